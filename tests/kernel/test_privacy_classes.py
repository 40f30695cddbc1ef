"""Who may see what is stored: every column says it, and what says nothing leaves nowhere."""

from __future__ import annotations

import pytest

import tests.builders.document  # noqa: F401  (loads every stage's tables)
from tna_desktop.kernel.tables import PRIVATE, PUBLIC, TEAM, Base

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_who_may_see_it(column) -> None:  # type: ignore[no-untyped-def]
    assert column.info.get("privacy") in (PUBLIC, TEAM, PRIVATE)


def test_people_and_the_values_in_the_log_are_private() -> None:
    private = {str(column) for column in COLUMNS if column.info["privacy"] == PRIVATE}
    assert private >= {
        "contact.name",
        "contact.position",
        "contact.email",
        "contact.phone",
        "stakeholder.remarks",
        "placement.assessor",
        "touch.before",
        "touch.after",
    }


def test_nothing_of_the_log_is_public() -> None:
    for name in ("change", "touch"):
        assert all(column.info["privacy"] != PUBLIC for column in Base.metadata.tables[name].columns)


def test_what_single_assessors_think_stays_with_the_team() -> None:
    # The place the team agreed on stands with the stakeholder, and is printed.
    for column in ("influence", "interest"):
        assert Base.metadata.tables["placement"].columns[column].info["privacy"] != PUBLIC


def test_every_column_can_be_checked_when_it_comes_from_a_strangers_file() -> None:
    from tna_desktop.kernel.column_values import fits

    for column in COLUMNS:
        assert fits(column)(object()) is False
        assert fits(column)(None) is column.nullable
