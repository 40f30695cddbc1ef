"""Forgetting a person: no value is left in rows, log, bytes or automatic backups; the log still explains the rows."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders.document import add, change, contents, filled_document, remove
from tna_desktop.kernel import assessment, backups, forgetting, journal
from tna_desktop.kernel.document import SAVED, Document
from tna_desktop.kernel.errors import DocumentRefused, Refused
from tna_desktop.kernel.occurrences import pattern_of, replacer
from tna_desktop.kernel.tables import Decision, Note
from tna_desktop.kernel.verifying import unexplained
from tna_desktop.stages.criteria.tables import Ballot, WeighingRound
from tna_desktop.stages.stakeholders.tables import Contact, Meeting, Placement, Stakeholder

NAME, MAIL, PHONE, POSITION = "Canaria Quill", "canary.quill@nest.example", "+000 77 4411 9083", "Keeper of canaries"
FORMER = "Canaria Feather"
CANARIES = (NAME, MAIL, PHONE, POSITION, FORMER)


@pytest.fixture
def document(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A person in every place a person can stand in, with a history behind each."""
    made = filled_document(tmp_path)
    made.do(add, Contact, id="quill", stakeholder_id="growers", name=FORMER, email=MAIL, author="Lead")
    made.do(change, Contact, "quill", name=NAME, phone=PHONE, position=POSITION, sex="female", author=NAME)
    made.do(assessment.add_note, "stakeholders.register", f"Call {NAME} on {PHONE} or +000-77-4411-9083.", author=NAME)
    made.do(assessment.record_decision, what="Five criteria", reason=f"As {NAME} proposed.", decided_by=NAME)
    made.do(add, Placement, id="put", stakeholder_id="ministry", assessor=NAME, influence=2.0, interest=3.0)
    made.do(add, WeighingRound, id="round", number=1)
    made.do(add, Ballot, id="vote", round_id="round", group="producers", voter=NAME)
    made.do(change, Stakeholder, "growers", remarks=f"Write to {MAIL.upper()}, not to Quill's office.")
    made.do(change, Stakeholder, "growers", remarks="Prefers visits.")
    yield made
    made.close()


def forget(document: Document, record: str = "quill", **options: str) -> journal.Change:
    with document.reading() as session:
        person = forgetting.find(session, "contact", record, **options)  # type: ignore[arg-type]
    return document.forget(person, author="Lead")


def everything(document: Document) -> str:
    return repr(contents(document, log=True))


def verified(document: Document) -> list[tuple[str, str]]:
    with document.reading() as session:
        return unexplained(session)


def labels(document: Document) -> list[str]:
    with document.reading() as session:
        return [each.label for each in journal.history(session)]


def test_no_value_is_left_in_rows_or_log_and_the_log_still_explains_the_rows(document: Document) -> None:
    assert all(canary in everything(document) for canary in CANARIES)
    forget(document)
    left = everything(document)
    assert [canary for canary in CANARIES if canary.casefold() in left.casefold()] == []
    assert "4411-9083" not in left
    assert verified(document) == []


def test_the_bytes_leave_the_published_file_and_the_working_copy(document: Document) -> None:
    document.publish()
    assert NAME.encode() in document.target.read_bytes()  # type: ignore[union-attr]
    forget(document)
    document.publish()
    for path in (document.target, document.folder / "working.tna"):
        content = path.read_bytes().lower()  # type: ignore[union-attr]
        assert [canary for canary in CANARIES if canary.encode().lower() in content] == []
    assert document.state.kind == SAVED
    reopened = Document.open(document.target, read_only=True)  # type: ignore[arg-type]
    assert verified(reopened) == []
    reopened.close()


def test_one_entry_says_it_without_the_name_and_older_entries_stay_with_their_time(document: Document) -> None:
    with document.reading() as session:
        before = [(each.id, each.at, each.label) for each in journal.history(session)]
    forget(document)
    with document.reading() as session:
        now = list(journal.history(session))
    assert [(each.id, each.at, each.label) for each in now[1:]] == before
    assert (now[0].label, now[0].about, now[0].author) == ("A person was forgotten", "", "Lead")


def test_what_others_did_stays_and_the_person_is_one_stand_in_everywhere(document: Document) -> None:
    change = forget(document)
    with document.reading() as session:
        assert session.get(Contact, "quill") is None
        note = session.scalars(select(Note)).one()
        decision = session.scalars(select(Decision)).one()
        stand_in = note.author
        assert stand_in.startswith("Forgotten person ")
        assert (decision.decided_by, decision.reason) == (stand_in, f"As {stand_in} proposed.")
        assert session.get(Placement, "put").assessor == stand_in  # type: ignore[union-attr]
        assert session.get(Ballot, "vote").voter == stand_in  # type: ignore[union-attr]
        assert note.text == f"Call {stand_in} on {stand_in} or {stand_in}."
        assert session.get(Contact, "hana").name == "Hana Idris"  # type: ignore[union-attr]
    assert change.touches("contact", "note", "ballot") and not change.touches("technology")


def test_it_cannot_be_undone_and_older_changes_go_back_and_forth_without_the_person(document: Document) -> None:
    forget(document)
    end = contents(document)
    steps = 0
    while document.can_undo:
        assert document.undo() is not None
        steps += 1
        left = everything(document)
        assert [canary for canary in CANARIES if canary.casefold() in left.casefold()] == []
        assert verified(document) == []
    # filled, note, decision, placement, round, ballot, remarks twice; the person's own two entries have nothing left.
    assert steps == 8
    for _ in range(steps):
        assert document.redo() is not None
    assert contents(document) == end
    assert not document.can_redo
    assert labels(document).count("A person was forgotten") == 1


def test_the_same_steps_can_be_undone_after_opening_again(document: Document) -> None:
    forget(document)
    document.publish()
    target = document.target
    assert target is not None
    document.close()
    again = Document.open(target)
    steps = 0
    while again.undo():
        steps += 1
    assert steps == 8
    again.close()


def test_an_undone_removal_of_the_organisation_brings_it_back_without_the_person(document: Document) -> None:
    document.do(remove, Stakeholder, "growers")
    forget(document)
    document.undo()
    with document.reading() as session:
        assert session.get(Stakeholder, "growers") is not None
        assert [row.name for row in session.scalars(select(Contact))] == ["Hana Idris"]
    assert NAME not in everything(document)


def test_a_person_removed_before_is_still_forgotten(document: Document) -> None:
    document.do(remove, Contact, "quill")
    forget(document)
    left = everything(document)
    assert [canary for canary in CANARIES if canary.casefold() in left.casefold()] == []
    assert verified(document) == []


def test_redo_does_not_bring_a_person_back(document: Document) -> None:
    document.do(change, Contact, "quill", phone="+000 12 3456 7890")
    document.undo()
    assert document.can_redo
    forget(document)
    while document.redo():
        pass
    assert "3456 7890" not in everything(document)


def test_someone_else_of_that_name_or_at_that_address_is_left_alone(document: Document) -> None:
    document.do(add, Contact, id="namesake", stakeholder_id="ministry", name=NAME, email="other@nest.example")
    document.do(change, Contact, "quill", email="office@growers.example")
    document.do(add, Contact, id="desk", stakeholder_id="growers", name="Front Desk", email="office@growers.example")
    forget(document)
    with document.reading() as session:
        assert session.get(Contact, "namesake").name == NAME  # type: ignore[union-attr]
        assert session.get(Contact, "desk").email == "office@growers.example"  # type: ignore[union-attr]
    assert MAIL not in everything(document)
    assert verified(document) == []


def test_the_same_person_at_two_organisations_is_forgotten_at_both(document: Document) -> None:
    document.do(add, Contact, id="second", stakeholder_id="ministry", name=NAME.upper(), email=MAIL)
    forget(document)
    with document.reading() as session:
        assert session.get(Contact, "second") is None


def test_an_entry_named_after_the_person_keeps_its_name_and_is_told(document: Document) -> None:
    document.do(add, Stakeholder, id="foundation", name=f"{NAME} Foundation")
    document.do(add, Meeting, id="talk", name=f"Talk with {NAME}")
    document.do(change, Meeting, "talk", name="Talk with the growers")
    with document.snapshot() as session:
        person = forgetting.find(session, "contact", "quill")
        found = forgetting.scrub(session.connection(), person)
    assert list(found.spared.values()) == [f"{NAME} Foundation"]
    forget(document)
    with document.reading() as session:
        assert session.get(Stakeholder, "foundation").name == f"{NAME} Foundation"  # type: ignore[union-attr]
    assert f"Talk with {NAME}" not in everything(document)
    assert verified(document) == []


def test_a_name_of_one_word_stays_in_printed_texts_and_leaves_those_of_the_team(document: Document) -> None:
    document.do(change, Contact, "hana", name="Hana")
    document.do(add, Meeting, id="talk", name="Talk", outcome="Hana is also a word in Kelvaran.")
    document.do(assessment.add_note, "stakeholders.register", "Ask Hana first; Hanako does not know.")
    forget(document, "hana", stand_in="Persona olvidada")
    with document.reading() as session:
        assert session.get(Meeting, "talk").outcome == "Hana is also a word in Kelvaran."  # type: ignore[union-attr]
        texts = list(session.scalars(select(Note.text).order_by(Note.rank)))
    assert texts[1].startswith("Ask Persona olvidada ") and texts[1].endswith(" first; Hanako does not know.")


def test_a_name_that_is_also_a_key_or_a_place_changes_neither(document: Document) -> None:
    document.do(change, Stakeholder, "ministry", region="Producers", remarks="Producers called.")
    document.do(change, Contact, "hana", name="Producers")
    document.do(assessment.record_decision, what="Go on", decided_by="Producers")
    forget(document, "hana")
    with document.reading() as session:
        assert session.get(Stakeholder, "growers").group == "producers"  # type: ignore[union-attr]
        assert session.get(Ballot, "vote").group == "producers"  # type: ignore[union-attr]
        assert session.get(Stakeholder, "ministry").region == "Producers"  # type: ignore[union-attr]
        assert "Producers" not in session.get(Stakeholder, "ministry").remarks  # type: ignore[union-attr]
        assert "Producers" not in [row.decided_by for row in session.scalars(select(Decision))]
    assert verified(document) == []


def test_a_contact_nobody_knows_and_a_read_only_file_are_refused(document: Document) -> None:
    with document.reading() as session, pytest.raises(Refused):
        forgetting.find(session, "contact", "nobody")
    document.publish()
    assert document.target is not None
    reading = Document.open(document.target, read_only=True)
    with pytest.raises(DocumentRefused):
        forget(reading)
    reading.close()


def test_automatic_backups_are_cleaned_and_named_ones_left(document: Document) -> None:
    automatic, named = document.backup(), document.backup("before workshop 1")
    assert NAME.encode() in automatic.path.read_bytes()
    with document.reading() as session:
        person = forgetting.find(session, "contact", "quill")
    document.forget(person)
    left = forgetting.in_backups(person, document.lineage)
    assert (left.cleaned, left.removed, [each.name for each in left.named]) == (1, 0, ["before workshop 1"])
    content = automatic.path.read_bytes().lower()
    assert [canary for canary in CANARIES if canary.encode().lower() in content] == []
    assert NAME.encode() in named.path.read_bytes()
    restored = automatic.path.parent.parent / "restored.tna"
    backups.restore(automatic, restored)
    again = Document.open(restored, read_only=True)
    assert verified(again) == []
    with again.reading() as session:
        assert session.get(Stakeholder, "growers") is not None
    again.close()
    # A second time there is nothing left to do.
    assert forgetting.in_backups(person, document.lineage).cleaned == 0


def test_a_backup_that_cannot_be_cleaned_is_removed(document: Document) -> None:
    broken = document.backup()
    broken.path.write_bytes(b"no database " + NAME.encode())
    with document.reading() as session:
        person = forgetting.find(session, "contact", "quill")
    assert forgetting.in_backups(person, document.lineage).removed == 1
    assert not broken.path.exists()


def test_a_failure_on_the_way_forgets_nothing_by_halves(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(document, log=True)

    def fail(*_args: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with document.reading() as session:
        person = forgetting.find(session, "contact", "quill")
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "_scrub_log", fail)
        with pytest.raises((DocumentRefused, sqlite3.OperationalError)):
            document.forget(person)
    assert contents(document, log=True) == before
    document.do(add, Stakeholder, name="Work goes on")


def test_moments_and_numbers_of_scrubbed_entries_are_exact(document: Document) -> None:
    note = document.do(add, Note, text=f"{NAME} said 0.1", at=datetime(2026, 3, 9, 8, 7, 6, 543210, tzinfo=UTC)).result
    document.do(change, Placement, "put", influence=0.1 + 1.2)
    forget(document)
    with document.reading() as session:
        assert session.get(Note, note).at == datetime(2026, 3, 9, 8, 7, 6, 543210, tzinfo=UTC)  # type: ignore[union-attr]
        assert session.get(Placement, "put").influence == 0.1 + 1.2  # type: ignore[union-attr]
    document.undo()
    with document.reading() as session:
        assert session.get(Placement, "put").influence == 2.0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Ana Gil", "ana\ngil came", True),
        ("Ana Gil", "Susana Gil", False),
        ("Ana Gil", "Ana Gilbert", False),
        ("李伟", "主席李伟同意", True),
        ("أحمد علي", "قال أحمد علي نعم", True),
        ("O'Neil-Ba (Dr.)", "with O'neil-ba (dr.), again", True),
    ],
)
def test_a_name_is_found_as_a_whole(name: str, text: str, found: bool) -> None:
    pattern = pattern_of([name])
    assert pattern is not None and bool(pattern.search(text)) is found


def test_the_longest_name_wins_and_endings_go_with_it() -> None:
    replaced = replacer({"Seed": "A", "Seed bank": "B"})
    assert replaced("Seed banks, the seed bank's seeds and seedlings") == "B, the B's A and seedlings"


def test_a_backup_that_can_neither_be_cleaned_nor_removed_is_told(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = document.backup()
    broken.path.write_bytes(b"no database " + NAME.encode())
    with document.reading() as session:
        person = forgetting.find(session, "contact", "quill")
    remove = Path.unlink

    def in_use(path: Path, missing_ok: bool = False) -> None:
        if path == broken.path:
            raise PermissionError("used by another program")
        remove(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", in_use)
    left = forgetting.in_backups(person, document.lineage)
    assert left.removed == 0
    assert [backup.path for backup in left.stuck] == [broken.path]
