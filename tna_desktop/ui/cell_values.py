"""What a cell says and what a person may write into it: one rule per kind of column, for typing and pasting."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.text import UNKNOWN, Language

NUMBERS = ("number", "money", "year")
READ_ONLY = ("computed", "shares")


@dataclass(frozen=True)
class Choice:
    """One of the values a cell can have. ``group`` is a stakeholder group whose shape stands before the name.

    ``short`` stands in its place where there is no room for the name.
    """

    key: str
    name: str
    group: str = ""
    icon: str = ""
    short: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; ``key`` is both the value's name in a row and the keyword of the change operation.

    ``short`` names the value of the row that stands in this one's place where it does not fit; ``lines`` in how many
    lines a long text may stand.
    """

    key: str
    title: str
    kind: str = "text"
    width: int = 140
    choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = ()
    editable: bool = True
    strong: bool = False
    least: int = 0
    help: str = ""
    decimals: int | None = None
    names: tuple[str, ...] = ()
    required: bool = False
    short: str = ""
    lines: int = 1

    @property
    def writable(self) -> bool:
        return self.editable and self.kind not in READ_ONLY

    def options(self) -> list[Choice]:
        return list(self.choices() if callable(self.choices) else self.choices)


@dataclass(frozen=True)
class Row:
    """A record as the table shows it. ``marks`` say, per column, why a value needs a look."""

    id: str
    values: Mapping[str, Any]
    marks: Mapping[str, str] = field(default_factory=dict)


def shown(column: Column, value: Any, language: Language, options: Iterable[Choice] | None = None) -> str:
    """The cell's text in the person's language; a dash where nothing is known."""
    kind = column.kind
    if kind == "flag":
        return language.say("Yes") if value else language.say("No")
    if unknown(value):
        return UNKNOWN
    if kind == "choice":
        every = column.options() if options is None else options
        return next((choice.name for choice in every if choice.key == value), str(value))
    if kind == "rating":
        return language.say("{value} of 5", value=language.number(value, None if float(value).is_integer() else 1))
    if kind == "year":
        return str(int(value))
    if kind == "date":
        return language.date(_as_day(value), "medium") if _as_day(value) else str(value)
    if kind == "shares":
        if isinstance(value, int | float):
            return language.percent(value)
        return ", ".join(language.percent(share) for share in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return language.number(value, column.decimals)
    return str(value)


def editing_text(column: Column, value: Any, language: Language) -> str:
    """What stands in the editor when it opens: numbers as they are typed, days as 2027-03-31."""
    if unknown(value):
        return ""
    if column.kind == "date":
        return _as_day(value).isoformat() if _as_day(value) else str(value)
    if column.kind in ("number", "money"):
        text = f"{value:.10f}".rstrip("0").rstrip(".")
        return text.replace(".", _marks(language.locale)[0])
    return str(value) if column.kind != "year" else str(int(value))


def understood(column: Column, text: str, language: Language, options: Iterable[Choice] | None = None) -> Any:
    """The value a person means by this text. Raises Refused with one sentence when it cannot be told."""
    kind, text = column.kind, text.strip("\ufeff") if column.kind == "long" else " ".join(text.split())
    bare = text.strip()
    if kind in ("text", "long"):
        return bare
    if bare in ("", UNKNOWN, "-", "—"):
        return "" if kind == "choice" else False if kind == "flag" else None
    if kind == "choice":
        return _chosen(bare, list(column.options() if options is None else options), column.key)
    if kind == "flag":
        return _yes_or_no(bare, language, column.key)
    if kind == "date":
        return read_day(bare, language, column.key)
    number = read_number(bare, language, column.key)
    if kind == "rating" and number not in (1, 2, 3, 4, 5):
        raise Refused(message("Give a number from {low} to {high}.", low=1, high=5), column.key)
    if kind in ("rating", "year"):
        if not number.is_integer():
            raise Refused(message("“{text}” cannot be used here. Give a whole number.", text=bare), column.key)
        return int(number)
    return number


def read_number(text: str, language: Language, key: str | None = None) -> float:
    """A number as people and worksheets write it: 1250.5, 1 250,5, 1,250.50, USD 1'250."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    plain = plain.replace("٫", ".").replace("٬", "").replace("−", "-")
    plain = re.sub(r"^[A-Z]{3}\b|\b[A-Z]{3}$|[$€£¥\s\u00a0\u202f'’]", "", plain.strip())
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        decimal = "." if plain.rfind(".") > plain.rfind(",") else ","
        plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif points + commas > 1:
        plain = plain.replace(",", "").replace(".", "")
    elif points + commas == 1:
        mark = "." if points else ","
        decimal, grouping = _marks(language.locale)
        thousands = mark == grouping and re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", plain)
        plain = plain.replace(mark, "" if thousands else ".")
    try:
        if not re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", plain, re.IGNORECASE):
            raise ValueError
        number = float(plain)
        if not math.isfinite(number):
            raise ValueError
    except ValueError:
        raise Refused(message("“{text}” is not a number. Use digits only, as in 120000.", text=text), key) from None
    return number


def read_day(text: str, language: Language, key: str | None = None) -> date:
    """A day as people and worksheets write it: 2027-03-31, 31.3.2027, 3/31/2027 where months come first."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    parts = re.fullmatch(
        r"(\d{1,4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,4})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", plain
    )
    if parts:
        first, second, third = (int(part) for part in parts.groups())
        if first > 31:
            year, month, day = first, second, third
        else:
            year = third + (2000 if third < 100 else 0)
            month_first = _month_first(language.locale) if first <= 12 and second <= 12 else second > 12
            month, day = (first, second) if month_first else (second, first)
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise Refused(message("“{text}” is not a day. Write it as 2027-03-31.", text=text), key)


def folded(text: str) -> str:
    """A text for comparing: no capitals, no accents, no doubled spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def unknown(value: Any) -> bool:
    """Whether nothing is known: an empty text, None; never zero."""
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or (isinstance(value, str | list | tuple) and len(value) == 0)


def _chosen(text: str, options: list[Choice], key: str) -> str:
    wanted = folded(text)
    for choice in options:
        if wanted in (folded(choice.key), folded(choice.name)):
            return choice.key
    near = [choice for choice in options if len(wanted) >= 3 and folded(choice.name).startswith(wanted)]
    if len(near) == 1:
        return near[0].key
    names = [choice.name for choice in options[:8]]
    raise Refused(message("“{text}” is not in the list: {names}.", text=text, names=names), key)


def _yes_or_no(text: str, language: Language, key: str) -> bool:
    wanted = folded(text)
    if wanted in {"1", "x", "✓", "✔", "yes", "y", "true", "oui", "si", "да", "是", "نعم", folded(language.say("Yes"))}:
        return True
    if wanted in {"0", "no", "n", "false", "non", "нет", "否", "لا", folded(language.say("No"))}:
        return False
    raise Refused(message("“{text}” is neither yes nor no.", text=text), key)


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _marks(locale: str) -> tuple[str, str]:
    """The decimal and the grouping sign of a language."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    decimal, grouping = get_decimal_symbol(locale), get_group_symbol(locale)
    return (decimal if decimal in ".," else "."), grouping


@lru_cache(maxsize=16)
def _month_first(locale: str) -> bool:
    from babel.dates import get_date_format

    pattern = get_date_format("short", locale=locale).pattern.casefold()
    return pattern.find("m") < pattern.find("d") and not pattern.startswith("y")
