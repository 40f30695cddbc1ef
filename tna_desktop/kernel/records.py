"""Adding, changing, moving and removing records, with the checks every table shares."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Boolean, Column, Date, Float, Integer, String, Text, func, select
from sqlalchemy.orm import Session

from .errors import Refused
from .operation import about
from .tables import Base, Moment, Record
from .text import message

Kind = TypeVar("Kind", bound=Record)
#: Beyond this, a number loses its last digits on the way through a table or a spreadsheet.
LARGEST_WHOLE = 2**53
#: Grouping signs go; the minus sign and the Arabic decimal sign become what Python reads.
_SIGNS = str.maketrans(
    {
        " ": "",
        "\u00a0": "",
        "\u202f": "",
        "\u2009": "",
        "'": "",
        "’": "",
        "\u066c": "",
        "\u2212": "-",
        "\u066b": ".",
    }
)
#: “120,000”: a hundred and twenty thousand for some, a hundred and twenty for others.
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def add(session: Session, kind: type[Kind], /, **values: Any) -> Kind:
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
    _refuse_ring(session, record, values)
    _tell(session, record)
    return record


def change(session: Session, kind: type[Kind], id: str, /, **values: Any) -> Kind:
    """Change values of a record. Raises Refused when the record is gone or a value cannot be accepted."""
    record = fetch(session, kind, id)
    fill(record, values)
    session.flush()
    _refuse_ring(session, record, values)
    if any(record.__table__.columns[name].foreign_keys for name in values):  # type: ignore[attr-defined]
        session.expire_all()  # it hangs on another record now: lists that were read before are out of date
    _tell(session, record)
    return record


def remove(session: Session, kind: type[Kind], ids: Iterable[str]) -> int:
    """Remove records and what hangs on them; answers how many of the named ones were there."""
    session.flush()
    session.expire_all()  # so that what hangs on them is read now, not remembered from before
    found = [record for record in (session.get(kind, id) for id in dict.fromkeys(ids)) if record is not None]
    for record in found:
        _tell(session, record)
        session.delete(record)
    session.flush()
    return len(found)


def reach(session: Session, ids: Iterable[str], enough: int) -> int:
    """How many records there are in these and all that hangs on them; counted no further than beyond ``enough``."""
    found: set[str] = set()
    waiting = set(ids)
    while waiting and len(found) <= enough:
        found |= waiting
        below: set[str] = set()
        for column in _references():
            query = select(column.table.c.id).where(column.in_(waiting)).limit(enough + 1)
            below.update(session.scalars(query))
            if len(found | below) > enough:
                break
        waiting = below - found
    return len(found | waiting)


@cache
def _references() -> tuple[Column[Any], ...]:
    """Every column that names a record of another table."""
    return tuple(column for table in Base.metadata.sorted_tables for column in table.columns if column.foreign_keys)


def move(session: Session, kind: type[Kind], id: str, after: str | None) -> None:
    """Put a record after another one in its list; None puts it first."""
    record = fetch(session, kind, id)
    if after == id:
        return
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
        if name not in columns or name == "id":
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
        return _accepted_flag(value, name)
    if isinstance(kind, (Float, Integer)):
        return _accepted_number(value, isinstance(kind, Integer), info.get("low"), info.get("high"), name)
    if isinstance(kind, Date) and not isinstance(value, date):
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise Refused(message("“{text}” is not a day. Write it as 2027-03-31.", text=value), name) from None
    if isinstance(kind, Date) and isinstance(value, datetime):
        return value.date()
    if isinstance(kind, Moment) and not isinstance(value, datetime):
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise Refused(message("“{text}” is not a day. Write it as 2027-03-31.", text=value), name) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return value


def tidy(text: Any) -> str:
    """A text without signs that cannot be written or printed; lines end in one way, accents are written in one way."""
    if isinstance(text, str) and text.isascii() and text.isprintable():
        return text.strip()
    clean = str(text).replace("\r\n", "\n").replace("\r", "\n")
    clean = unicodedata.normalize("NFC", clean)
    kept = (sign for sign in clean if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return "".join(kept).replace("\ufffe", "").replace("\uffff", "").strip()


def _accepted_flag(value: Any, name: str) -> bool:
    if isinstance(value, str):
        word = value.strip().lower()
        if word not in ("0", "1", "true", "false", "yes", "no"):
            raise Refused(message("“{text}” is neither yes nor no.", text=value), name)
        return word in ("1", "true", "yes")
    return bool(value)


def _accepted_text(value: Any, limit: int | None, required: bool, name: str, nullable: bool) -> str | None:
    if value is None and nullable:
        return None
    text = "" if value is None else tidy(value)
    if required and not text:
        raise Refused(message("This needs a text."), name)
    if limit and len(text) > limit:
        raise Refused(
            message("This text has {count} characters; {limit} fit here.", count=len(text), limit=limit), name
        )
    return text or (None if nullable else "")


def _accepted_number(value: Any, whole: bool, low: float | None, high: float | None, name: str) -> float | int:
    try:
        number = float(_digits(value, name) if isinstance(value, str) else value)
    except (TypeError, ValueError):
        raise Refused(message("“{text}” is not a number. Use digits only, as in 120000.", text=value), name) from None
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > LARGEST_WHOLE and whole:
        raise Refused(message("This number is too large."), name)
    if whole and not number.is_integer():
        raise Refused(message("“{text}” cannot be used here. Give a whole number.", text=value), name)
    if low is not None and number < low or high is not None and number > high:
        if low is not None and high is not None:
            raise Refused(message("Give a number from {low} to {high}.", low=_plain(low), high=_plain(high)), name)
        if low is not None:
            raise Refused(message("Give a number of at least {low}.", low=_plain(low)), name)
        raise Refused(message("Give a number of at most {high}.", high=_plain(high or 0)), name)
    return int(number) if whole else number


def _digits(text: str, name: str) -> str:
    """A number as Python reads it. Spaces group digits; a comma may be the decimal sign, but never a guess."""
    plain = text.translate(_SIGNS)
    if _AMBIGUOUS.fullmatch(plain):
        raise Refused(
            message("“{text}” can be read in two ways. Write it without a comma, as in 120000.", text=text),
            name,
        )
    if "_" in plain or plain.lower().lstrip("+-")[:1] in ("n", "i"):
        raise ValueError(text)
    return plain.replace(",", ".")


def _plain(value: float) -> str:
    return f"{value:g}"


def _refuse_ring(session: Session, record: Record, names: Iterable[str]) -> None:
    """An entry of a tree cannot hang below itself, neither directly nor by way of others."""
    table = record.__table__  # type: ignore[attr-defined]
    for name in names:
        if any(key.column.table is table for key in table.columns[name].foreign_keys):
            above, passed = getattr(record, name), {record.id}
            while above is not None:
                if above in passed:
                    raise Refused(message("An entry cannot hang below itself. Choose another place."), name)
                passed.add(above)
                above = session.scalar(select(table.c[name]).where(table.c.id == above))


def _tell(session: Session, record: Record) -> None:
    name = getattr(record, "name", "") or getattr(record, "what", "")
    if name and "about" not in session.info:
        about(session, name)
