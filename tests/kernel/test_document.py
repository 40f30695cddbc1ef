"""The document as a whole: making, saving under other names, sharing, and what the person is told."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders.document import add, change, contents, filled_document, new_document, remove
from tna_desktop.kernel import assessment, placing, recovery
from tna_desktop.kernel.document import LOCAL, SAVED, Document
from tna_desktop.kernel.errors import DocumentRefused, Refused
from tna_desktop.kernel.journal import history
from tna_desktop.kernel.operation import operation
from tna_desktop.stages.stakeholders.tables import Contact, Stakeholder


def test_a_new_document_is_a_file_that_opens(tmp_path: Path) -> None:
    document = new_document(tmp_path, title="Needs", year=2026)
    assert document.state.kind == SAVED and not document.can_undo and document.undo() is None
    document.close()
    again = Document.open(tmp_path / "kelvara.tna")
    with again.reading() as session:
        facts = assessment.facts(session)
    assert (facts.country, facts.title, facts.year, facts.language) == ("Kelvara", "Needs", 2026, "en")
    assert again.lineage == document.lineage and len(again.lineage) == 32
    again.close()


def test_two_new_documents_are_two(tmp_path: Path) -> None:
    assert new_document(tmp_path, "a.tna").lineage != new_document(tmp_path, "b.tna").lineage


def test_beginning_never_overwrites(tmp_path: Path) -> None:
    taken = tmp_path / "taken.tna"
    taken.write_text("something")
    dangling = tmp_path / "dangling.tna"
    dangling.symlink_to(tmp_path / "nowhere.tna")
    for target in (taken, dangling):
        with pytest.raises(DocumentRefused, match="exists already"):
            Document.create(target, country="Kelvara")
    with pytest.raises(DocumentRefused, match="is not there"):
        Document.create(tmp_path / "no folder" / "new.tna", country="Kelvara")
    assert taken.read_text() == "something" and list(recovery.work_root().iterdir()) == []


@pytest.mark.parametrize(
    "facts", [{"country": ""}, {"country": "x" * 121}, {"country": "K", "year": 12}, {"year": "soon"}]
)
def test_facts_that_cannot_be_are_refused_and_leave_nothing(tmp_path: Path, facts: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        Document.create(tmp_path / "new.tna", **facts)
    assert refused.value.field in facts
    assert list(tmp_path.iterdir()) == [] and list(recovery.work_root().iterdir()) == []


def test_facts_are_cleaned(tmp_path: Path) -> None:
    document = new_document(tmp_path, country="Kel\0vara\r\n")
    with document.reading() as session:
        assert assessment.facts(session).country == "Kelvara"
    with pytest.raises(Refused):
        document.do(assessment.change_facts, country=" ")


def test_everything_comes_back_from_the_file(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.do(change, Stakeholder, "ministry", name="Renamed")
    document.undo()
    expected = contents(document, log=True)
    document.close()
    again = Document.open(document.target)
    assert contents(again, log=True) == expected
    assert again.next_redo().about == "Renamed" and again.next_undo().label == "Filled"
    again.redo()
    with again.reading() as session:
        assert session.get(Stakeholder, "ministry").name == "Renamed"
    again.close()


def test_undo_and_redo_follow_each_other(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    for name in "ABC":
        document.do(add, Stakeholder, name=name)

    def names() -> str:
        with document.reading() as session:
            return "".join(session.scalars(select(Stakeholder.name).order_by(Stakeholder.rank)))

    seen = []
    for step in "uuruurrrrru":
        undone = document.undo() if step == "u" else document.redo()
        seen.append((names(), undone.about if undone else None))
    assert seen == [
        ("AB", "C"),
        ("A", "B"),
        ("AB", "B"),
        ("A", "B"),
        ("", "A"),
        ("A", "A"),
        ("AB", "B"),
        ("ABC", "C"),
        ("ABC", None),
        ("ABC", None),
        ("AB", "C"),
    ]
    document.do(add, Stakeholder, name="D")
    assert names() == "ABD" and not document.can_redo and document.redo() is None


def test_the_log_tells_who_did_what(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    document.do(add, Stakeholder, id="growers", name="Growers", author="Ana")
    document.do(remove, Stakeholder, "growers", author="Ben")
    document.undo(author="Cai")
    with document.reading() as session:
        told = [(entry.label, entry.about, entry.author, entry.seq) for entry in history(session)]
        assert len(list(history(session, record="growers"))) == 3
        assert [entry.seq for entry in history(session, newest=1)] == [3]
    assert told == [
        ("Removed", "Growers", "Cai", 3),
        ("Removed", "Growers", "Ben", 2),
        ("Added", "Growers", "Ana", 1),
    ]


def test_a_note_is_written_by_who_is_at_the_desk(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    document.do(assessment.add_note, "stakeholders.scope", "Ask again", author="Ana")
    with document.reading() as session:
        assert [note["author"] for note in assessment.notes(session, "stakeholders.scope")] == ["Ana"]


def test_decisions_of_a_stage_and_of_a_step(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    for step in ("criteria.tree", "criteria.weights", "criteria_other.x"):
        document.do(assessment.record_decision, what=f"About {step}", step=step, kind="choice")
    with document.reading() as session:
        assert len(assessment.decisions(session)) == 3
        assert {each["step"] for each in assessment.decisions(session, "criteria")} == {
            "criteria.tree",
            "criteria.weights",
        }
        assert [each["step"] for each in assessment.decisions(session, "criteria.tree")] == ["criteria.tree"]


def test_reading_and_changing_do_not_mix(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    with document.reading() as outer, document.reading() as inner:
        assert outer.get(Stakeholder, "ministry").name == inner.get(Stakeholder, "ministry").name
        with pytest.raises(RuntimeError, match="within a reading"):
            document.do(add, Stakeholder, name="X")

    @operation("Mixed")
    def mixed(session: Session) -> None:
        with document.reading():
            pass

    @operation("Nested")
    def nested(session: Session) -> None:
        document.do(add, Stakeholder, name="X")

    for wrong in (mixed, nested):
        with pytest.raises(RuntimeError, match="one change at a time"):
            document.do(wrong)
    with pytest.raises(ZeroDivisionError), document.reading():
        raise ZeroDivisionError
    assert document.do(add, Stakeholder, name="Y").seq


# Other names ----------------------------------------------------------------------------------------------


def test_a_copy_is_whole_and_the_document_stays_where_it_is(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    document.do(add, Stakeholder, name="Not yet in the file")
    document.save_copy(tmp_path / "copy.tna")
    assert document.target.name == "kelvara.tna" and document.state.kind == LOCAL
    copy = Document.open(tmp_path / "copy.tna")
    assert contents(copy, log=True) == contents(document, log=True)
    copy.close()
    with pytest.raises(DocumentRefused, match="itself"):
        document.save_copy(document.target)
    for place, kind in ((tmp_path, "folder"), (tmp_path / "none" / "x.tna", "missing")):
        with pytest.raises(DocumentRefused) as refused:
            document.save_copy(place)
        assert refused.value.kind == kind


def test_going_on_under_another_name(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    before = document.target.read_bytes()
    document.do(add, Stakeholder, name="New")
    document.save_as(tmp_path / "second.tna")
    assert document.target == tmp_path / "second.tna" and document.state.kind == SAVED
    assert (tmp_path / "kelvara.tna").read_bytes() == before
    Document.open(tmp_path / "kelvara.tna").close()  # nobody has it any more
    with pytest.raises(DocumentRefused):
        Document.open(tmp_path / "second.tna")
    document.do(add, Stakeholder, name="Newer")
    document.save_as(document.target)
    assert document.state.kind == SAVED
    document.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "second.tna")) as connection:
        assert connection.execute("SELECT count(*) FROM stakeholder").fetchone() == (4,)


def test_a_change_made_while_saving_as_is_not_taken_for_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = filled_document(tmp_path)
    replace_whole = placing.replace_whole

    def meanwhile(*args: object, **values: object) -> None:
        document.do(add, Stakeholder, name="Meanwhile")
        replace_whole(*args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(placing, "replace_whole", meanwhile)
        document.save_as(tmp_path / "second.tna")
    assert (document.state.kind, document.state.changes) == (LOCAL, 1)
    document.publish()
    assert document.state.kind == SAVED


def test_sharing_without_history_leaves_nothing_of_it_in_the_bytes(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    gone = document.do(add, Contact, stakeholder_id="growers", name="CANARY-PERSON", phone="CANARY-PHONE").result
    document.do(change, Stakeholder, "ministry", remarks="CANARY-REMARK", author="CANARY-AUTHOR")
    document.do(change, Stakeholder, "ministry", remarks="Harmless")
    document.do(remove, Contact, gone)
    with_history, without = tmp_path / "with.tna", tmp_path / "without.tna"
    document.save_copy(with_history)
    document.save_copy(without, history=False)
    assert with_history.read_bytes().count(b"CANARY") >= 4
    assert b"CANARY" not in without.read_bytes()
    assert without.stat().st_size < with_history.stat().st_size
    copy = Document.open(without)
    everything = contents(copy, log=True)
    assert everything["change"] == [] and everything["touch"] == []
    assert contents(copy) == contents(document) and copy.lineage == document.lineage
    assert not copy.can_undo
    copy.do(add, Stakeholder, name="The other team works on")
    copy.close()
    assert document.can_undo and len(contents(document, log=True)["change"]) == 5


def test_closing_without_publishing_gives_the_changes_up_but_for_a_backup(tmp_path: Path) -> None:
    from tna_desktop.kernel import backups

    document = filled_document(tmp_path)
    before = document.target.read_bytes()
    document.close(publish=False)
    assert document.target.read_bytes() == before and recovery.left_work() == []
    assert len(backups.kept(document.lineage)) == 1


def test_the_file_shrinks_to_what_is_needed(tmp_path: Path) -> None:
    target = new_document(tmp_path).target
    connection = sqlite3.connect(target)
    unused = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    assert unused == 0 and target.stat().st_size < 400_000
