"""The log: whatever is done can be undone and redone, value by value, over every table of every stage."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, String, inspect, select, update
from sqlalchemy.orm import Session

from tests.builders.document import add, change, contents, filled_document, remove
from tna_desktop.kernel import records
from tna_desktop.kernel.bulk import bulk_insert
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import Base, Moment, Record
from tna_desktop.stages.actions.tables import Action
from tna_desktop.stages.barriers.tables import Barrier, Hindrance, Measure
from tna_desktop.stages.criteria.tables import CriteriaGroup, Criterion
from tna_desktop.stages.priorities.tables import Score, Sector, SectorScore, Technology
from tna_desktop.stages.stakeholders.tables import Stakeholder

KINDS = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)),
    key=lambda kind: kind.__name__,
)


def keys(session: Session, kind: type[Record]) -> list[str]:
    return list(session.scalars(select(kind.id).order_by(kind.id)))


def by_table(name: str) -> type[Record]:
    return next(kind for kind in KINDS if kind.__tablename__ == name)


def random_value(session: Session, column: Any, dice: random.Random) -> Any:
    if column.foreign_keys:
        other = by_table(next(iter(column.foreign_keys)).column.table.name)
        there = keys(session, other)
        return dice.choice([*there, None] if column.nullable and there else there or [None])
    kind = column.type
    if isinstance(kind, Boolean):
        return dice.random() < 0.5
    if isinstance(kind, (Float, Integer)):
        low, high = column.info.get("low"), column.info.get("high")
        number = dice.uniform(low if low is not None else -1e6, high if high is not None else 1e6)
        return None if dice.random() < 0.2 and column.nullable else int(number) if isinstance(kind, Integer) else number
    if isinstance(kind, Moment):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromordinal(dice.randrange(700_000, 760_000))
    if isinstance(kind, LargeBinary):
        return dice.randbytes(20)
    assert isinstance(kind, String)
    return dice.choice(["", "a", "mañana", "نهر", "雨🌧", "line\nline"]) + str(dice.randrange(30))


def random_values(session: Session, kind: type[Record], dice: random.Random) -> dict[str, Any]:
    columns = [column for column in kind.__table__.columns if column.key not in ("id", "rank")]
    return {column.key: random_value(session, column, dice) for column in columns}


@operation("Random")
def random_step(session: Session, seed: int) -> None:
    """Some adding, changing and removing in random tables. May be refused, which must leave nothing."""
    dice = random.Random(seed)
    for _ in range(dice.randrange(1, 4)):
        kind = dice.choice([kind for kind in KINDS if kind.__tablename__ != "assessment"])
        there = keys(session, kind)
        what = dice.random()
        if what < 0.5 or not there:
            records.add(session, kind, **random_values(session, kind, dice))
        elif what < 0.75:
            values = random_values(session, kind, dice)
            chosen = dice.sample(sorted(values), k=min(3, len(values)))
            records.change(session, kind, dice.choice(there), **{name: values[name] for name in chosen})
        elif what < 0.85:
            records.move(session, kind, dice.choice(there), dice.choice([None, *there]))
        else:
            records.remove(session, kind, dice.sample(there, k=min(2, len(there))))


# Random play ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_random_play_undone_is_the_start_and_redone_is_the_end(tmp_path: Path, seed: int) -> None:
    document = filled_document(tmp_path)
    start = contents(document)
    states = [start]
    dice = random.Random(seed)
    for step in range(40):
        before = contents(document)
        try:
            done = document.do(random_step, seed * 1000 + step)
        except Refused:
            assert contents(document) == before
            continue
        if done.touched:
            states.append(contents(document))
        if dice.random() < 0.15:
            back = dice.randrange(1, min(6, len(states) + 1))
            for _ in range(min(back, len(states) - 1)):
                document.undo()
                states.pop()
                assert contents(document) == states[-1]
    end = contents(document)
    for state in reversed(states[:-1]):
        assert document.undo() is not None
        assert contents(document) == state
    for state in states[1:]:
        assert document.redo() is not None
        assert contents(document) == state
    document.close()
    again = Document.open(document.target)
    assert contents(again) == end
    for _ in states[1:]:
        assert again.undo() is not None
    assert contents(again) == start
    again.close()


# What was found to go wrong -------------------------------------------------------------------------------


def test_records_that_only_lose_a_reference_are_in_the_log(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)
    done = document.do(remove, Sector, "farming")
    touched = {(touch.table, touch.record): touch for touch in done.touched}
    rice = touched["technology", "rice"]
    assert rice.before["sector_id"] == "farming" and rice.after["sector_id"] is None
    assert touched["sector_score", "farming-need"].after is None
    document.undo()
    assert contents(document) == before


def test_a_barrier_goes_with_its_measures_and_comes_back_with_everything(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)
    done = document.do(remove, Barrier, "floods")
    assert (done.removed("barrier"), done.removed("hindrance"), done.removed("measure")) == (1, 2, 1)
    assert done.removed("action") == 0 and done.touches("action")
    with document.reading() as session:
        assert session.get(Action, "survey").measure_id is None
    document.undo()
    assert contents(document) == before


def test_a_tree_of_criteria_goes_and_comes_back_whole(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    below = "income"
    for depth in range(6):
        below = document.do(add, CriteriaGroup, name=f"Level {depth}", parent_id=below).result
        document.do(add, Criterion, name=f"Criterion {depth}", group_id=below)
    before = contents(document)
    done = document.do(remove, CriteriaGroup, "benefits")
    assert done.removed("criteria_group") == 8 and done.removed("criterion") == 7
    after = contents(document)
    document.undo()
    assert contents(document) == before
    document.redo()
    assert contents(document) == after


def test_a_branch_cannot_hang_below_itself(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    for parent in ("benefits", "income"):
        with pytest.raises(Refused, match="cannot hang below itself") as refused:
            document.do(change, CriteriaGroup, "benefits", parent_id=parent)
        assert refused.value.field == "parent_id"
    with document.engine.begin() as connection:  # as a stranger's file might have it
        connection.exec_driver_sql("UPDATE criteria_group SET parent_id = 'income' WHERE id = 'benefits'")
    with pytest.raises(Refused, match="in a ring"):
        document.do(remove, CriteriaGroup, "benefits")


def test_parent_and_child_named_together_go_once(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)
    done = document.do(remove, CriteriaGroup, "benefits", "income", "income", "not there")
    assert done.result == 2
    document.undo()
    assert contents(document) == before


def test_entries_that_exchanged_a_unique_value_change_back(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.do(add, SectorScore, id="second", sector_id="farming", question="chance", value=1)
    before = contents(document)

    @operation("Exchanged")
    def exchange(session: Session) -> None:
        first, second = session.get(SectorScore, "farming-need"), session.get(SectorScore, "second")
        first.question = "kept aside"
        session.flush()
        second.question = "need"
        session.flush()
        first.question = "chance"

    document.do(exchange)
    after = contents(document)
    document.undo()
    assert contents(document) == before
    document.redo()
    assert contents(document) == after


def test_a_record_replaced_by_one_with_the_same_key_comes_back(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)

    @operation("Replaced")
    def replace(session: Session, flush: bool) -> None:
        session.delete(session.get(Stakeholder, "ministry"))
        if flush:
            session.flush()
        session.add(Stakeholder(id="ministry", name="Another ministry"))

    for flush in (True, False):
        document.do(replace, flush)
        document.undo()
        assert contents(document) == before


def test_a_measure_moved_to_another_barrier_survives_the_old_one(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)

    @operation("Moved and removed")
    def move_and_remove(session: Session) -> None:
        barrier = session.get(Barrier, "floods")
        assert [measure.id for measure in barrier.measures] == ["raise"]  # read before, as a screen might
        records.change(session, Measure, "raise", barrier_id="credit")
        records.add(session, Measure, id="late", name="Late", barrier_id="floods")
        records.remove(session, Barrier, ["floods"])

    document.do(move_and_remove)
    with document.reading() as session:
        assert session.get(Measure, "raise").barrier_id == "credit"
        assert session.get(Measure, "late") is None
    document.undo()
    assert contents(document) == before


def test_thousands_at_once_are_logged_and_undone(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)

    @operation("Scores read in")
    def read_in(session: Session) -> int:
        rows = [
            {"technology_id": "rice", "criterion_id": "jobs", "voice": f"v{number}", "value": number / 7}
            for number in range(3000)
        ]
        return bulk_insert(session, Score.__table__, rows)

    done = document.do(read_in)
    assert done.result == 3000 and len(done.touched) == 3000
    after = contents(document)
    assert len(after["score"]) == 3004
    document.undo()
    assert contents(document) == before
    document.redo()
    assert contents(document) == after


def test_bulk_values_are_checked_like_all_others(tmp_path: Path) -> None:
    document = filled_document(tmp_path)

    @operation("Scores read in")
    def read_in(session: Session, **values: Any) -> int:
        row = {"technology_id": "rice", "criterion_id": "jobs", "voice": "x", **values}
        return bulk_insert(session, Score.__table__, [row])

    before = contents(document)
    for values, field in (
        ({"value": float("nan")}, "value"),
        ({"value": "many"}, "value"),
        ({"voice": "v" * 61}, "voice"),
    ):
        with pytest.raises(Refused) as refused:
            document.do(read_in, **values)
        assert refused.value.field == field
    assert contents(document) == before
    document.do(read_in, evidence="with\0 a NUL")
    with document.reading() as session:
        assert session.scalars(select(Score.evidence).where(Score.voice == "x")).one() == "with a NUL"


def test_a_refusal_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before, seq = contents(document, log=True), document.seq

    @operation("Half")
    def half(session: Session) -> None:
        records.add(session, Stakeholder, name="Half-way")
        records.remove(session, Technology, ["rice"])
        raise Refused(message("Not like this."), "name")

    with pytest.raises(Refused, match="Not like this"):
        document.do(half)
    assert contents(document, log=True) == before and document.seq == seq
    assert document.do(add, Stakeholder, name="Next").seq == seq + 1


def test_a_clash_is_told_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)
    with pytest.raises(Refused, match="There is an entry like this already"):
        document.do(add, Hindrance, technology_id="rice", barrier_id="credit")
    with pytest.raises(Refused, match="no longer there"):
        document.do(add, Hindrance, technology_id="rice", barrier_id="gone")
    assert contents(document, log=True) == before


@pytest.mark.parametrize("name", ["commit", "rollback", "begin_nested"])
def test_an_operation_cannot_end_its_own_transaction(tmp_path: Path, name: str) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)

    @operation("Own way")
    def own_way(session: Session) -> None:
        records.add(session, Stakeholder, name="X")
        getattr(session, name)()

    with pytest.raises(RuntimeError):
        document.do(own_way)
    assert contents(document, log=True) == before


def test_bulk_statements_past_the_log_are_refused(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)
    ways = (
        lambda session: session.execute(update(Technology).values(name="All the same")),
        lambda session: session.query(Technology).delete(),
        lambda session: session.bulk_save_objects([Stakeholder(name="X")]),
        lambda session: session.bulk_insert_mappings(Stakeholder, [{"name": "X"}]),
    )
    for way in ways:
        with pytest.raises(RuntimeError, match="bypass the journal"):
            document.do(way)
    assert contents(document, log=True) == before


def test_a_reading_writes_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)
    with pytest.raises(RuntimeError, match=r"Document\.do"), document.reading() as session:
        session.add(Stakeholder(name="X"))
        session.flush()
    assert contents(document, log=True) == before
    assert document.do(add, Stakeholder, name="Y").seq


def test_what_an_operation_sets_directly_still_leaves_a_file_that_opens(tmp_path: Path) -> None:
    document = filled_document(tmp_path)

    @operation("Set")
    def set_directly(session: Session, name: str, value: Any) -> None:
        setattr(session.get(Technology, "rice"), name, value)

    for name, value in (("name", "with\0NUL"), ("name", "half \ud800 a sign"), ("hardware", float("inf"))):
        with pytest.raises(Refused) as refused:
            document.do(set_directly, name, value)
        assert refused.value.field == name


def test_doing_the_same_again_leaves_no_entry(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    seq = document.seq
    assert not document.do(change, Technology, "rice", name="Flood-tolerant rice").touched
    assert document.seq == seq and document.do(add, Stakeholder, name="X").seq == seq + 1


def test_a_preview_does_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)
    assert document.preview(remove, Technology, "rice").removed("hindrance") == 2
    assert contents(document, log=True) == before


# Values ---------------------------------------------------------------------------------------------------


def test_every_table_can_be_reached_by_the_random_play() -> None:
    for kind in KINDS:
        assert inspect(kind).local_table is Base.metadata.tables[kind.__tablename__]
    assert len(KINDS) >= 30
