"""What is accepted as a text, a number, a day; and where a record stands in its list."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders.document import add, change, filled_document, new_document
from tna_desktop.kernel import records
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.records import accepted
from tna_desktop.kernel.tables import Note
from tna_desktop.stages.actions.tables import Action
from tna_desktop.stages.priorities.tables import Technology
from tna_desktop.stages.stakeholders.tables import (
    Scope,  # noqa: E402,I001
    Stakeholder,
)

NAME, REMARKS = Stakeholder.__table__.c.name, Stakeholder.__table__.c.remarks
INFLUENCE, COST = Stakeholder.__table__.c.influence, Action.__table__.c.cost
FLAG, DAY, MOMENT = Technology.__table__.c.shortlisted, Action.__table__.c.start, Note.__table__.c.at
YEAR, LEAD = Scope.__table__.c.period_from, Action.__table__.c.lead_id


@pytest.mark.parametrize(
    ("column", "given", "kept"),
    [
        (NAME, "  Ministry  of Water ", "Ministry  of Water"),
        (NAME, "a\0b\x07c\x1b[31m\x7f\x85", "abc[31m"),
        (NAME, "half \ud800 a sign \ufffe\uffff", "half  a sign"),
        (NAME, "e\u0301", "\u00e9"),
        (NAME, "👩\u200d🌾 \u200fعربي\u200e", "👩\u200d🌾 \u200fعربي\u200e"),
        (NAME, 5, "5"),
        (REMARKS, "one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        (REMARKS, None, ""),
        (LEAD, "", None),
        (LEAD, None, None),
        (INFLUENCE, "3.5", 3.5),
        (INFLUENCE, "3,5", 3.5),
        (INFLUENCE, "٣٫٥", 3.5),
        (INFLUENCE, "", None),
        (INFLUENCE, None, None),
        (INFLUENCE, 1, 1.0),
        (COST, "120 000", 120000.0),
        (COST, "120\u202f000,55", 120000.55),
        (COST, "1’250’000.5", 1250000.5),
        (COST, "0,125", 0.125),
        (COST, "1e3", 1000.0),
        (YEAR, "2026", 2026),
        (YEAR, 2026.0, 2026),
        (FLAG, "false", False),
        (FLAG, "Yes", True),
        (FLAG, 0, False),
        (FLAG, None, False),
        (DAY, " 2027-03-31 ", date(2027, 3, 31)),
        (DAY, datetime(2027, 3, 31, 23, 0), date(2027, 3, 31)),
        (DAY, "", None),
        (MOMENT, "2027-03-31T10:00:00", datetime(2027, 3, 31, 10, tzinfo=UTC)),
    ],
)
def test_what_is_kept_of_what_is_given(column: Any, given: Any, kept: Any) -> None:
    assert accepted(column, given) == kept


@pytest.mark.parametrize(
    ("column", "given", "sentence"),
    [
        (NAME, " \0 ", "This needs a text"),
        (NAME, "x" * 301, "This text has 301 characters; 300 fit here"),
        (INFLUENCE, "high", "is not a number"),
        (INFLUENCE, 0.99, "from 1 to 5"),
        (INFLUENCE, 5.01, "from 1 to 5"),
        (INFLUENCE, float("nan"), "too large"),
        (COST, -1, "at least 0"),
        (COST, "120,000", "two ways"),
        (COST, "1_000", "is not a number"),
        (COST, "nan", "is not a number"),
        (COST, "-inf", "is not a number"),
        (COST, "infinity", "is not a number"),
        (COST, "1e999", "too large"),
        (COST, 10**400, "too large"),
        (COST, [1], "is not a number"),
        (YEAR, 2026.5, "whole number"),
        (YEAR, 10**30, "too large"),
        (YEAR, 1989, "from 1990 to 2200"),
        (FLAG, "perhaps", "neither yes nor no"),
        (DAY, "31/03/2027", "is not a day"),
        (DAY, "2027-02-30", "is not a day"),
        (MOMENT, "soon", "is not a day"),
    ],
)
def test_what_is_refused_is_told_in_a_sentence(column: Any, given: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        accepted(column, given)
    assert refused.value.field == column.key


def test_a_required_text_cannot_be_left_out_or_emptied(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    for values in ({}, {"name": ""}, {"name": None}):
        with pytest.raises(Refused) as refused:
            document.do(add, Stakeholder, **values)
        assert refused.value.field == "name"
    with pytest.raises(Refused):
        document.do(change, Stakeholder, "ministry", name="")


def test_a_record_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no longer there"):
        filled_document(tmp_path).do(change, Stakeholder, "nobody", name="X")


def test_unknown_columns_and_keys_are_programming_errors(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    for name in ("nmae", "id"):
        with pytest.raises(KeyError):
            document.do(lambda session, name=name: records.fill(session.get(Stakeholder, "ministry"), {name: "x"}))


# The order of a list --------------------------------------------------------------------------------------


@operation("Moved")
def move(session: Session, id: str, after: str | None) -> None:
    records.move(session, Stakeholder, id, after)


def order(document: Document) -> str:
    with document.reading() as session:
        return "".join(session.scalars(select(Stakeholder.id).order_by(Stakeholder.rank, Stakeholder.id)))


@pytest.fixture
def list_of_five(tmp_path: Path) -> Document:
    document = new_document(tmp_path)
    for key in "abcde":
        document.do(add, Stakeholder, id=key, name=key)
    return document


@pytest.mark.parametrize(
    ("id", "after", "then"),
    [
        ("a", "c", "bcade"),
        ("e", None, "eabcd"),
        ("e", "a", "aebcd"),
        ("a", "e", "bcdea"),
        ("c", "b", "abcde"),
        ("c", "c", "abcde"),
        ("a", None, "abcde"),
        ("c", "nobody", "cabde"),
    ],
)
def test_moving_in_a_list(list_of_five: Document, id: str, after: str | None, then: str) -> None:
    list_of_five.do(move, id, after)
    assert order(list_of_five) == then
    if then != "abcde":
        list_of_five.undo()
        assert order(list_of_five) == "abcde"


def test_moving_to_the_same_gap_again_and_again(list_of_five: Document) -> None:
    """Each time the gap is halved; before it closes the list is numbered anew, and undo brings every number back."""
    for turn in range(60):
        list_of_five.do(move, "be"[turn % 2], "a")
    assert order(list_of_five) == "aebcd"
    while list_of_five.next_undo().label == "Moved":
        list_of_five.undo()
    assert order(list_of_five) == "abcde"


def test_moving_among_records_of_equal_rank(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    for key in "abcde":
        document.do(add, Stakeholder, id=key, name=key, rank=0.0)
    document.do(move, "d", "a")
    assert order(document) == "adbce"
