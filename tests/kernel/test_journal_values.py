"""The log's values: every digit, day and script comes back, and a log that was tampered with is refused."""

from __future__ import annotations

import random
import struct
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders.document import add, change, contents, filled_document, new_document, remove
from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.journal import history
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import Attachment, Note, Record
from tna_desktop.stages.actions.tables import Action
from tna_desktop.stages.criteria.tables import Criterion
from tna_desktop.stages.stakeholders.tables import Stakeholder


def keys(session: Session, kind: type[Record]) -> list[str]:
    return list(session.scalars(select(kind.id).order_by(kind.id)))


def awkward_numbers() -> list[float]:
    dice = random.Random(11)
    doubles = [struct.unpack("<d", dice.randbytes(8))[0] for _ in range(400)]
    doubles += [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1 + 0.2, -0.0, 2.0**53 + 2, 1e22, 1 / 3]
    return [number for number in doubles if number == number and abs(number) != float("inf")]


# Values ---------------------------------------------------------------------------------------------------


def test_numbers_keep_every_digit_through_log_and_file(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    numbers = awkward_numbers()

    @operation("Numbers")
    def write(session: Session, turn: int) -> None:
        for place, value in enumerate(numbers[turn:] + numbers[:turn]):
            key = f"n{place}"
            if turn:
                records.change(session, Criterion, key, low=value)
            else:
                records.add(session, Criterion, id=key, name=key, low=value)

    def lows(there: Document) -> list[float]:
        with there.reading() as session:
            found = dict(session.execute(select(Criterion.id, Criterion.low)).all())
        return [found[f"n{place}"] for place in range(len(numbers))]

    document.do(write, 0)
    document.do(write, 5)
    assert lows(document) == numbers[5:] + numbers[:5]
    document.undo()
    assert lows(document) == numbers
    document.close()
    again = Document.open(document.target)
    assert lows(again) == numbers
    again.undo()
    again.redo()
    assert lows(again) == numbers


def test_days_moments_bytes_and_all_scripts_come_back(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    text = "Ångström – 雨🌧 – نهر ‏كلمة‏ – é"
    key = document.do(add, Action, name=text, start=date(1, 1, 1), end=date(9999, 12, 31)).result
    picture = bytes(range(256))
    document.do(add, Attachment, name="All bytes", content=picture)
    at = datetime(2026, 5, 4, 3, 2, 1, 234567, tzinfo=UTC)
    document.do(add, Note, step="x", text="n", at=at)
    for kind in (Action, Attachment, Note):
        with document.reading() as session:
            there = keys(session, kind)
        document.do(remove, kind, *there)
    for _ in range(3):
        document.undo()
    document.close()
    again = Document.open(document.target)
    with again.reading() as session:
        action = session.get(Action, key)
        assert (action.name, action.start, action.end) == (text, date(1, 1, 1), date(9999, 12, 31))
        assert session.scalars(select(Attachment.content)).one() == picture
        assert session.scalars(select(Note.at)).one() == at


@pytest.mark.parametrize("year", [1970, 1979, 2099])
def test_a_wrong_clock_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    document = new_document(tmp_path)
    first = document.do(add, Stakeholder, name="In our days")

    class WrongClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(year, 1, 1, tzinfo=tz)

    for module in ("document", "recovery", "holding", "backups", "assessment"):
        monkeypatch.setattr(f"tna_desktop.kernel.{module}.datetime", WrongClock)
    second = document.do(add, Stakeholder, name="Clock wrong")
    document.do(assessment.mark_step, "stakeholders.scope", True, by="Ana")
    assert second.at.year == year and second.seq == first.seq + 1
    document.undo()
    document.close()
    again = Document.open(document.target)
    with again.reading() as session:
        assert [entry.about for entry in history(session)][-2:] == ["Clock wrong", "In our days"]
    again.undo()
    with again.reading() as session:
        assert session.scalars(select(Stakeholder.name)).all() == ["In our days"]
    again.close()


def test_author_and_subject_are_cleaned_and_cut(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    done = document.do(add, Stakeholder, name="n" * 300, author="Ana\0\ud800 " + "x" * 300)
    assert done.author.startswith("Ana x") and len(done.author) == 120 and len(done.about) == 200


def test_a_log_that_was_tampered_with_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    for record_table, record, before, after in (
        ("change", "x", '{"id": "x"}', None),
        ("no_such_table", "x", "{}", None),
        ("stakeholder", "ministry", "not json", "{}"),
        ("stakeholder", "ministry", '["a list"]', "{}"),
        ("stakeholder", "not there", '{"name": "x"}', '{"name": "y"}'),
        ("action", "survey", '{"start": "no day"}', "{}"),
    ):
        done = document.do(change, Stakeholder, "ministry", name=f"M {record_table} {before}")
        with document.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE touch SET record_table = ?, record = ?, before = ?, after = ? WHERE change = ?",
                (record_table, record, before, after, done.id),
            )
        state = contents(document, log=True)
        with pytest.raises(Refused, match="can no longer be taken back"):
            document.undo()
        assert contents(document, log=True) == state
