"""A table of the report: the same columns and the same unrounded values go to PDF, Excel and the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Table:
    """Rows of plain values under named columns. None is unknown and is shown as a dash, never as zero.

    ``key`` is a stable short name (an Excel sheet is named by ``title`` in the report's language).
    ``note`` stands below: the source, the date of the run, how something was treated.
    """

    key: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    total: Sequence[Any] | None = None
    wide: bool = False
    emphasis: frozenset[int] = field(default_factory=frozenset)
