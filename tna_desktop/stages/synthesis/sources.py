"""The sources of the guidance as a reader looks them up: by kind, each document once, its places put together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tna_desktop.kernel.workflow import Source

#: In this order; what has another kind comes last.
KINDS = ("seed", "article", "decision", "handbook", "source")
# "Decision document, paragraphs" and "26, 27 and 28 (a)": a name, then numbers with letters in brackets, and small words.
_PLACES = re.compile(r"^(?P<name>.*?[^\W\d])\s+(?P<places>\d+(?:\s?\(\w+\))*(?:(?:,|\s\w{1,3})\s\d+(?:\s?\(\w+\))*)*)$")
_PLACE = re.compile(r"(?P<first>\d+)(?:\s?\((?P<part>\w+)\))?")
_APART = re.compile(r",\s*(?:(?:and|et|y|e|и|و)\s+)?|\s(?:and|et|y|e|и|و)\s")
_YEAR = 1900


def merged(sources: Iterable[Source]) -> tuple[str, ...]:
    """Every document once, by kind and in the order of its number."""
    found: dict[tuple[int, str], list[tuple[str, list[str]]]] = {}
    for source in dict.fromkeys(sources):
        kind = KINDS.index(source.kind) if source.kind in KINDS else len(KINDS)
        name, places = _parted(source.text)
        found.setdefault((kind, name.rstrip("s") if places else name), []).append((source.text, places))
    lines = []
    for (kind, name), group in found.items():
        texts = list(dict.fromkeys(text for text, _ in group))
        if len(texts) > 1:
            texts = _joined(texts, [place for _, places in group for place in places])
        lines += [(kind, _in_order(name if len(texts) == 1 else text), text) for text in texts]
    return tuple(text for _, _, text in sorted(lines))


def _parted(text: str) -> tuple[str, list[str]]:
    """A document's name and the places named in it; none where the text does not end in places."""
    match = _PLACES.match(text)
    if not match or _number(match["places"]) >= _YEAR:
        return text, []
    return match["name"], _APART.split(match["places"])


def _joined(texts: list[str], places: list[str]) -> list[str]:
    """One text for several places of a document, in the words of the text that names most of them.

    Where no text shows how its language says "and", nor that one place holds all others, the texts stay apart.
    """
    model = max(texts, key=lambda text: (len(_parted(text)[1]), text))
    last = next(
        (
            word.group().strip(", ")
            for word in _APART.finditer(model, len(_parted(model)[0]))
            if word.group().strip(", ")
        ),
        "",
    )
    kept = sorted({place for place in places if not _covered(place, places)}, key=_in_order)
    if len(kept) == 1:
        return [next((text for text in texts if _parted(text)[1] == kept), f"{_parted(model)[0]} {kept[0]}")]
    if not last:
        return texts
    return [f"{_parted(model)[0]} {', '.join(kept[:-1])} {last} {kept[-1]}"]


def _covered(place: str, places: list[str]) -> bool:
    """Whether a place lies within another: 28 (a) in 28, 16(3) in 16, 26 in 23 to 30."""
    first = _PLACE.findall(place)
    if len(first) > 1:
        if len({number for number, _ in first}) == 1 and first[0][0] in places:
            return True
        return any(
            _spans(other, int(first[0][0])) and _spans(other, int(first[-1][0])) for other in places if other != place
        )
    number, part = first[0]
    if part and number in places:
        return True
    return any(_spans(other, int(number)) for other in places if other != place)


def _spans(place: str, number: int) -> bool:
    ends = _PLACE.findall(place)
    return len(ends) == 2 and not any(part for _, part in ends) and int(ends[0][0]) <= number <= int(ends[1][0])


def _number(text: str) -> int:
    return int(_PLACE.findall(text)[0][0])


def _in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts 8(j) before 12 and VI/8 before X/16."""
    parts = re.findall(r"\b[IVXL]+\b|\d+|[^\W\d]+", text)
    return tuple(
        (0, int(part), "") if part.isdigit() else (0, _roman(part), "") if _roman(part) else (1, 0, part.casefold())
        for part in parts
    )


def _roman(text: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    if not text or set(text) - set(values):
        return 0
    numbers = [values[letter] for letter in text]
    return sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))
