"""Adding, changing, moving and removing records, with the checks every table shares."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Boolean, Date, Float, Integer, String, Text, func, select
from sqlalchemy.orm import Session

from .errors import Refused
from .operation import about
from .tables import Record
from .text import message

Kind = TypeVar("Kind", bound=Record)


def add(session: Session, kind: type[Kind], **values: Any) -> Kind:
    """Add a record at the end of its list. Raises Refused when a value cannot be accepted."""
    last = session.scalar(select(func.max(kind.rank)))
    record = kind()
    record.rank = float(values.pop("rank", (last or 0.0) + 1.0))
    if "id" in values:
        record.id = values.pop("id")
    fill(record, values)
    for column in kind.__table__.columns:  # type: ignore[attr-defined]
        if column.info.get("required") and not getattr(record, column.key):
            raise Refused(message("This needs a text."), column.key)
    session.add(record)
    session.flush()
    _tell(session, record)
    return record


def change(session: Session, kind: type[Kind], id: str, **values: Any) -> Kind:
    """Change values of a record. Raises Refused when the record is gone or a value cannot be accepted."""
    record = fetch(session, kind, id)
    fill(record, values)
    session.flush()
    _tell(session, record)
    return record


def remove(session: Session, kind: type[Kind], ids: Iterable[str]) -> int:
    """Remove records and what hangs on them; answers how many of the named ones were there."""
    found = [record for record in (session.get(kind, id) for id in ids) if record is not None]
    for record in found:
        _tell(session, record)
        session.delete(record)
    session.flush()
    return len(found)


def move(session: Session, kind: type[Kind], id: str, after: str | None) -> None:
    """Put a record after another one in its list; None puts it first."""
    record = fetch(session, kind, id)
    others = [other for other in session.scalars(select(kind).order_by(kind.rank, kind.id)) if other.id != id]
    place = next((index + 1 for index, other in enumerate(others) if other.id == after), 0)
    below = others[place - 1].rank if place else (others[0].rank - 2.0 if others else 0.0)
    above = others[place].rank if place < len(others) else below + 2.0
    if above - below < 1e-6:
        for index, other in enumerate(others):
            other.rank = float(index + 1)
        below, above = float(place), float(place + 1)
    record.rank = (below + above) / 2
    session.flush()
    _tell(session, record)


def fetch(session: Session, kind: type[Kind], id: str) -> Kind:
    record = session.get(kind, id)
    if record is None:
        raise Refused(message("This entry is no longer there. Someone may have removed it."))
    return record


def fill(record: Record, values: dict[str, Any]) -> None:
    """Set values by column name, each checked against its column; unknown names are a programming error."""
    columns = record.__table__.columns  # type: ignore[attr-defined]
    for name, value in values.items():
        if name not in columns:
            raise KeyError(f"{type(record).__name__} has no column {name}")
        setattr(record, name, accepted(columns[name], value))


def accepted(column: Any, value: Any) -> Any:
    """The value as the column keeps it. Raises Refused with one sentence and the column's name."""
    kind, info, name = column.type, column.info, column.key
    if isinstance(kind, (String, Text)):
        return _accepted_text(value, kind.length, bool(info.get("required")), name, column.nullable)
    if value is None or (isinstance(value, str) and not value.strip()):
        return False if isinstance(kind, Boolean) else None
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, (Float, Integer)):
        return _accepted_number(value, isinstance(kind, Integer), info.get("low"), info.get("high"), name)
    if isinstance(kind, Date) and not isinstance(value, date):
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise Refused(message("“{text}” is not a day. Write it as 2027-03-31.", text=value), name) from None
    if isinstance(kind, Date) and isinstance(value, datetime):
        return value.date()
    return value


def _accepted_text(value: Any, limit: int | None, required: bool, name: str, nullable: bool) -> str | None:
    if value is None and nullable:
        return None
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
    if required and not text:
        raise Refused(message("This needs a text."), name)
    if limit and len(text) > limit:
        raise Refused(message("This text has {count} characters; {limit} fit here.", count=len(text), limit=limit), name)
    return text or (None if nullable else "")


def _accepted_number(value: Any, whole: bool, low: float | None, high: float | None, name: str) -> float | int:
    try:
        number = float(str(value).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        raise Refused(message("“{text}” is not a number. Use digits only, as in 120000.", text=value), name) from None
    if not math.isfinite(number) or (whole and not number.is_integer()):
        raise Refused(message("“{text}” cannot be used here. Give a whole number.", text=value) if whole else message("This number is too large."), name)
    if low is not None and number < low or high is not None and number > high:
        if low is not None and high is not None:
            raise Refused(message("Give a number from {low} to {high}.", low=_plain(low), high=_plain(high)), name)
        raise Refused(message("Give a number of at least {low}.", low=_plain(low or 0)) if low is not None else message("Give a number of at most {high}.", high=_plain(high or 0)), name)
    return int(number) if whole else number


def _plain(value: float) -> str:
    return f"{value:g}"


def _tell(session: Session, record: Record) -> None:
    name = getattr(record, "name", "") or getattr(record, "what", "")
    if name and "about" not in session.info:
        about(session, name)
