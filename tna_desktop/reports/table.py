"""A table of the report: the same columns and the same unrounded values go to PDF, Excel and the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class TableColumn:
    """A column. ``kind`` is text, number, percent (a share of one), money, date, year or rating (1 to 5).

    ``decimals`` is how many a reader sees; the value itself stays unrounded and Excel gets it whole.
    ``width`` is relative to the other columns.
    """

    key: str
    title: str
    kind: str = "text"
    decimals: int | None = None
    width: float = 1.0
    strong: bool = False


class Place(int):
    """A place in an order, 4 or, when shared, 4=. It counts and compares like any whole number."""

    tied: bool

    def __new__(cls, place: int, tied: bool = False) -> Place:
        made = super().__new__(cls, place)
        made.tied = tied
        return made


@dataclass(frozen=True)
class Table:
    """Rows of plain values under named columns. None is unknown and is shown as a dash, never as zero.

    ``key`` is a stable short name (an Excel sheet is named by ``title`` in the report's language).
    ``note`` stands below: the source, the date of the run, how something was treated.
    ``part_of`` is the key of a fuller table with the same rows; the workbook then holds that one instead.
    """

    key: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    total: Sequence[Any] | None = None
    wide: bool = False
    emphasis: frozenset[int] = field(default_factory=frozenset)
    part_of: str = ""


def places(ranks: Sequence[int | None]) -> list[Place | None]:
    """Ranks as a reader sees them, shared ones marked; None where there is no rank."""
    return [None if rank is None else Place(rank, ranks.count(rank) > 1) for rank in ranks]


def printed(table: Table, *droppable: str) -> Table:
    """The table as it is printed: of the columns with these keys, those without any value are left out.

    Only for what describes; a column of scores that nobody knows must stay and show its dashes.
    """
    if not table.rows:
        return table
    empty = {
        place
        for place, column in enumerate(table.columns)
        if column.key in droppable and all(row[place] in (None, "") for row in table.rows)
    }

    def kept(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value for place, value in enumerate(values) if place not in empty)

    total = None if table.total is None else kept(table.total)
    rows = [kept(row) for row in table.rows]
    key = f"printed_{table.key}"
    return replace(table, key=key, columns=kept(table.columns), rows=rows, total=total, part_of=table.key)
