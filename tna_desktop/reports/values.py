"""Cell values as a reader sees them; the values themselves stay whole for the workbook."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from math import isfinite
from typing import Any

from ..kernel.text import Language, Message
from .table import Place, Table, TableColumn

#: What a reader sees where nothing is known.
UNKNOWN = "–"
#: Kinds whose values stand at the inline end of their column.
NUMERIC = frozenset({"number", "percent", "money", "rating"})
# Characters that neither XML nor a page may hold: control characters, lone surrogates, the two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text without the characters that no file may hold."""
    return _UNPRINTABLE.sub("", text)


def known(value: Any) -> bool:
    """Whether there is something to show: None, empty text and numbers that are no numbers are unknown."""
    if value is None or value == "":
        return False
    return not (isinstance(value, float) and not isfinite(value))


def plain_text(value: Any, language: Language) -> str:
    """A value that is no number as text: what was typed stays as typed, messages are told."""
    if isinstance(value, bool):
        return language.say("Yes") if value else language.say("No")
    if isinstance(value, Message):
        return cleaned(language.tell(value))
    return cleaned(str(value))


def shown(value: Any, column: TableColumn, language: Language) -> str:
    """A cell as this language writes it, with the decimals the column asks for; unknown is a dash."""
    if not known(value):
        return UNKNOWN
    if isinstance(value, datetime):
        return language.moment(value) if column.kind != "date" else language.date(value.date(), "medium")
    if isinstance(value, date):
        return language.date(value, "medium")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return plain_text(value, language)
    if isinstance(value, Place) and value.tied:
        return language.say("{rank}=", rank=language.number(value))
    if column.kind == "year":
        return str(value)
    if column.kind == "percent":
        return language.percent(value, column.decimals or 0)
    if column.kind == "money":
        return language.number(value, column.decimals or 0)
    return language.number(value, column.decimals)


def text_direction(text: str) -> str | None:
    """The direction in which this text is read, told by its first letter; None when it has none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None


def is_numeric(column: TableColumn) -> bool:
    return column.kind in NUMERIC


def rows_of(table: Table) -> list[list[Any]]:
    """The rows with exactly one value for each column: missing ones are unknown, surplus ones are left out."""
    width = len(table.columns)
    return [[*row[:width], *[None] * (width - len(row))] for row in map(list, table.rows)]
