"""Languages: what the program says, and how a language writes numbers, dates and lists.

English texts are the keys of one gettext catalogue per language, shared by Python, the workflow YAML and the
report templates. A Language is passed to whoever speaks; there is no global one, so the window and the report
may use different languages at the same time. What people typed is never translated.
"""

from __future__ import annotations

import datetime as dt
import gettext
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ..paths import data_folder

if TYPE_CHECKING:
    from decimal import Decimal

# Babel is imported inside the functions that need it: it costs 8 ms, and a window can be painted without it.

#: The six UN languages, each named in itself; the order in which menus show them.
LANGUAGES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
RIGHT_TO_LEFT = {"ar"}
#: A made-up language for tests: every translated text is longer, accented and in brackets.
PSEUDO = "qps"
UNKNOWN = "–"
#: English as the United Nations write it: 5 March 2026, and no comma before the last "and".
_LOCALES = {"en": "en_001", PSEUDO: "en_001", "zh": "zh_Hans_CN"}
_ACCENTS = str.maketrans("aeiouyAEIOUYcn", "áéíóúýÁÉÍÓÚÝçñ")
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}")


@dataclass(frozen=True)
class Message:
    """A sentence to be said later, in whatever language: English with {named} places, and their values."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    many: str | None = None
    count: int | None = None

    def english(self) -> str:
        return ENGLISH.tell(self)


def message(text: str, /, **values: Any) -> Message:
    """Mark a sentence for translation; ``{name}`` places take the values when it is told."""
    return Message(text, values)


def message_n(one: str, many: str, count: int, /, **values: Any) -> Message:
    """As message(), with a form for one and a form for many; ``{n}`` is the count."""
    return Message(one, {"n": count, **values}, many, count)


class Language:
    """A language to speak in. Ask language(code) for one; it never changes afterwards."""

    def __init__(self, code: str):
        self.code = code
        self.locale = _LOCALES.get(code, code)
        self.right_to_left = code in RIGHT_TO_LEFT
        self._pseudo = code == PSEUDO
        self._catalogue = gettext.NullTranslations() if code in ("en", PSEUDO) else _catalogue(code)

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"

    def say(self, text: str, /, **values: Any) -> str:
        """The text in this language, with its {named} places filled."""
        if not text:  # gettext answers an empty text with the catalogue's header
            return ""
        found = _stretched(text) if self._pseudo else self._catalogue.gettext(text)
        return self._filled(found, values)

    def say_n(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """The form of the text that fits the count; ``{n}`` is the count."""
        if self._pseudo:
            found = _stretched(one if count == 1 else many)
        else:
            found = self._catalogue.ngettext(one, many, count)
        return self._filled(found, {"n": self.number(count), **values})

    def tell(self, sentence: Message | str) -> str:
        """Say a message that was put together elsewhere; plain strings pass as they are."""
        if isinstance(sentence, str):
            return sentence
        if sentence.many is None or sentence.count is None:
            return self.say(sentence.text, **sentence.values)
        values = {name: value for name, value in sentence.values.items() if name != "n"}
        return self.say_n(sentence.text, sentence.many, sentence.count, **values)

    def number(self, value: float | int | Decimal | None, decimals: int | None = None) -> str:
        """A number as this language writes it; None is a dash, because unknown is not zero.

        Without ``decimals`` there are as many as the number has, at most three. Halves are rounded away from zero, as
        Excel and school do, so that the report and the workbook show the same digits.
        """
        if value is None or not math.isfinite(value):
            return UNKNOWN
        if decimals is None and float(value).is_integer():
            decimals = 0
        from decimal import ROUND_HALF_UP, Decimal, localcontext

        from babel.numbers import format_decimal

        with localcontext(prec=400, rounding=ROUND_HALF_UP):
            rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-(3 if decimals is None else decimals)))
            pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
            return format_decimal(rounded or Decimal(0), format=pattern, locale=self.locale)  # never -0

    def compact(self, value: float | int | None) -> str:
        """A large number in few characters, for axes and tight cells: 1.3M, 1,3 M, 130万."""
        if value is None or not math.isfinite(value):
            return UNKNOWN
        from babel.numbers import format_compact_decimal

        return format_compact_decimal(value, locale=self.locale, fraction_digits=1)

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share of one as per cent: 0.5 is 50 %."""
        if share is None or not math.isfinite(share):
            return UNKNOWN
        from decimal import Decimal

        return self.say("{number} %", number=self.number(Decimal(str(share)) * 100, decimals))

    def money(self, amount: float | None, currency: str, unit: str = "") -> str:
        """An amount with its currency code: 1,250 USD; with a unit, 12.5 thousand USD.

        ``unit`` is thousand, million, billion, or another word as the team wrote it. The currency is a
        code and never a sign, because a report must not leave open which dollar is meant.
        """
        if amount is None or not math.isfinite(amount):
            return UNKNOWN
        whole = float(round(amount, 2)).is_integer()
        number = self.number(amount, 0 if whole else 1 if unit else 2)
        if unit == "thousand":
            return self.say("{amount} thousand {currency}", amount=number, currency=currency).strip()
        if unit == "million":
            return self.say("{amount} million {currency}", amount=number, currency=currency).strip()
        if unit == "billion":
            return self.say("{amount} billion {currency}", amount=number, currency=currency).strip()
        if unit:
            return self.say("{amount} {unit} {currency}", amount=number, unit=unit, currency=currency).strip()
        return self.say("{amount} {currency}", amount=number, currency=currency).strip()

    def date(self, day: dt.date | None, style: str = "long") -> str:
        """A day; ``style`` is short, medium, long, full or a pattern of the Unicode locale data ("LLLL y": month and year)."""
        if day is None:
            return UNKNOWN
        from babel.dates import format_date

        return format_date(day, style, locale=self.locale)

    def moment(self, at: dt.datetime | None) -> str:
        """A day and time of day, in the computer's time zone."""
        if at is None:
            return UNKNOWN
        from babel.dates import format_datetime

        return format_datetime(at.astimezone(), "d MMM y, HH:mm", locale=self.locale)

    def listing(self, items: Iterable[Any]) -> str:
        """Several words as one phrase: a, b and c."""
        words = [self.word(item) for item in items]
        if len(words) < 2:
            return "".join(words)
        from babel.lists import format_list

        return format_list(words, locale=self.locale)

    def word(self, value: Any) -> str:
        """A value as it stands inside a sentence: texts as they are, the rest as this language writes it.

        Whole numbers below 10,000 stay bare, because many of them are years.
        """
        if isinstance(value, str):
            return str(value)
        if isinstance(value, Message):
            return self.tell(value)
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, int):
            return str(value) if abs(value) < 10_000 else self.number(value)
        if isinstance(value, float):
            return self.number(value)
        if isinstance(value, dt.datetime):
            return self.moment(value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, list | tuple):
            return self.listing(value)
        return UNKNOWN if value is None else str(value)

    def _filled(self, text: str, values: Mapping[str, Any]) -> str:
        """Fill {named} places, once; a place without a value stays visible and stops nothing."""
        if not values:
            return text
        return _PLACE.sub(lambda place: self.word(values[place[1]]) if place[1] in values else place[0], text)


def half_up(value: float, decimals: int = 0) -> float:
    """A number with so many decimals, halves away from zero as in Language.number(): for what a message is to say."""
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _catalogue(code: str) -> gettext.NullTranslations:
    """The translations of a language; English stands in where there are none or the file is damaged."""
    try:
        return gettext.translation("tna", data_folder("resources") / "languages", [code], fallback=True)
    except (OSError, ValueError, EOFError, LookupError, ArithmeticError):
        return gettext.NullTranslations()


def _stretched(text: str) -> str:
    """A text as the made-up language says it: longer, accented, in brackets, its places left alone."""
    pieces = _PLACE.split(text)  # text, name, text, name, … text
    said = [f"{{{piece}}}" if at % 2 else piece.translate(_ACCENTS) for at, piece in enumerate(pieces)]
    letters = sum(len(piece) for piece in pieces[::2])
    return f"[{''.join(said)}{'~' * max(1, round(letters * 0.4))}]"


@cache
def language(code: str) -> Language:
    """The language with this code; an unknown code speaks English."""
    return Language(code) if code in LANGUAGES or code == PSEUDO else language("en")


ENGLISH = language("en")
