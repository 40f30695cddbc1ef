"""What a column takes: the default of a new record, and whether a value from a stranger's file fits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary, String

from .tables import Moment

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{6})?")


def default_of(column: Any) -> Any:
    """The value a new record gets in this column when none is given."""
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


def fits(column: Any) -> Callable[[object], bool]:
    """Whether a value as SQLite stores it can be a value of this column. SQLite itself would take anything."""
    kind = column.type
    if isinstance(kind, Moment):
        accepts: Callable[[object], bool] = _is_moment
    elif isinstance(kind, Date):
        accepts = _is_day
    elif isinstance(kind, LargeBinary):
        accepts = _is_bytes
    elif isinstance(kind, Boolean):
        accepts = _is_flag
    elif isinstance(kind, Float):
        accepts = _is_number
    elif isinstance(kind, Integer):
        accepts = _is_whole
    elif isinstance(kind, String):
        accepts = _is_text if not kind.length else _text_up_to(kind.length)
    else:
        raise TypeError(f"no check for {column}")
    nullable = column.nullable
    return lambda value: nullable if value is None else accepts(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _text_up_to(limit: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= limit and "\0" not in value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int)


def _is_flag(value: object) -> bool:
    return isinstance(value, int) and value in (0, 1)


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value)) and _parses(date.fromisoformat, value)


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and bool(_MOMENT.fullmatch(value)) and _parses(datetime.fromisoformat, value)


def _parses(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True
