"""Weights from a worksheet: a column of numbers, or a block with the criteria's names and a column for each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.text import Language
from tna_desktop.ui.cell_values import folded, read_number, unknown

#: Whose weights a column holds when no head says so: those that are shown.
SHOWN = None
Voice = str | None


@dataclass
class PastedWeights:
    """For each voice (a group's key, "" for the agreed weights) the weights by criterion; and what fits nowhere."""

    given: dict[Voice, dict[str, float]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(len(weights) for weights in self.given.values())


def pasted_weights(
    table: Sequence[Sequence[str]],
    criteria: Sequence[tuple[str, str]],
    here: int,
    voices: Mapping[str, str],
    language: Language,
) -> PastedWeights:
    """What a pasted table means for these criteria (id, name). Raises Refused when a number cannot be understood.

    ``here`` is the criterion one stands on; ``voices`` are the words that may head a column, with the voice they mean.
    """
    if not table:
        raise Refused(message("There is nothing to paste. Copy the cells in Excel first, then come back."))
    by_name = {folded(name): id for id, name in criteria}
    headed = len(table) > 1 and folded(table[0][0]) not in by_name and _is_head(table[0], language)
    body = list(table[1:] if headed else table)
    first = 2 if headed else 1
    if any(len(line) > 1 and folded(line[0]) in by_name for line in body):
        columns = _columns(table[0] if headed else (), len(table[0]), voices)
        return _by_name(body, first, by_name, columns, language)
    cells = [(number, line[0]) for number, line in enumerate(body, first) if line and line[0].strip()]
    if len(cells) > len(criteria) - here:
        raise Refused(
            message(
                "{count} weights do not fit: {room} criteria follow from here.",
                count=len(cells),
                room=len(criteria) - here,
            )
        )
    below = zip(criteria[here:], cells, strict=False)
    return PastedWeights({SHOWN: {id: _weight(text, line, language) for (id, _), (line, text) in below}})


def _is_head(line: Sequence[str], language: Language) -> bool:
    """Whether a line holds words only: no cell of it is a number."""
    for text in line:
        try:
            read_number(text, language)
        except Refused:
            continue
        return False
    return any(text.strip() for text in line)


def _columns(head: Sequence[str], count: int, voices: Mapping[str, str]) -> list[tuple[int, Voice]]:
    """Which columns hold weights, and whose. Without heads that name voices it is the second one."""
    known = {folded(words): voice for words, voice in voices.items()}
    named = [(place, known[folded(text)]) for place, text in enumerate(head) if place and folded(text) in known]
    return list(named) or ([(1, SHOWN)] if count > 1 else [])


def _by_name(
    body: Sequence[Sequence[str]],
    first: int,
    by_name: Mapping[str, str],
    columns: Sequence[tuple[int, Voice]],
    language: Language,
) -> PastedWeights:
    found = PastedWeights()
    for number, line in enumerate(body, first):
        id = by_name.get(folded(line[0]))
        if id is None:
            if any(line[place].strip() for place, _ in columns):
                found.unknown.append(line[0] or str(number))
            continue
        for place, voice in columns:
            text = line[place].strip()
            if not unknown(text) and text not in ("-", "–", "—"):
                found.given.setdefault(voice, {})[id] = _weight(text, number, language)
    return found


def _weight(text: str, line: int, language: Language) -> float:
    try:
        return read_number(text, language)
    except Refused as refused:
        raise Refused(message("Nothing was pasted. Row {row}: {reason}", row=line, reason=refused.reason)) from None
