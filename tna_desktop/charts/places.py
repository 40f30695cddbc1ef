"""How often each technology takes which place, as a strip of cells: the darker, the oftener; every share in figures too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.text import Language
from .drawing import Drawing, fitted, text_width
from .palette import ink_on, rank_step, sequential

#: More places than these share one column, the last.
MOST = 10
#: Cells with a smaller share of the trials stay without a figure.
LEAST = 0.005


@dataclass(frozen=True)
class PlacesRow:
    """A technology in the strip. ``shares``: of the trials, by place, first place first; they add up to one.

    ``shortlist``: the share in which it is among the first; ``chosen``: whether it is on the shortlist.
    """

    name: str
    shares: tuple[float, ...]
    shortlist: float
    chosen: bool


def places_chart(
    rows: Sequence[PlacesRow], length: int, language: Language, *, width: float = 627, row_height: float = 26
) -> tuple[str, str]:
    """The picture as SVG text, and the sentences that say the same. ``length``: how many first places are a shortlist."""
    drawing = Drawing(width, language)
    ink, say = drawing.ink, language.say
    columns = min(max((len(row.shares) for row in rows), default=1), MOST)
    heading = say("Among the first {n}", n=language.number(length)) if length > 1 else say("First")
    last = max(text_width(heading, 11, 600), 60) + 10
    names = min(width * 0.36, 14 + max((text_width(row.name, 12, 600) for row in rows), default=80))
    cell = (width - names - last) / columns
    drawing.text(names, 12, say("How often each place comes up, of 100 trials"), size=12, weight=600)
    base = 32.0
    for place in range(columns):
        more = place == columns - 1 and any(len(row.shares) > columns for row in rows)
        head = say("{n}+", n=language.number(place + 1)) if more else language.number(place + 1)
        drawing.text(names + (place + 0.5) * cell, base, head, size=11, color=ink.faint_text, at="middle")
    drawing.text(width, base, heading, size=11, weight=600, color=ink.faint_text, at="end")
    y = base + 7
    drawing.rect(0, y, width, 1, ink.head_line)
    y += 3
    for row in rows:
        y += _row(drawing, row, names, cell, columns, y, row_height, language)
    told = _description(rows, length, language)
    return drawing.svg(round(y + 4), told), told


def _row(
    drawing: Drawing, row: PlacesRow, names: float, cell: float, columns: int, y: float, height: float, language: Language
) -> float:  # fmt: skip
    ink = drawing.ink
    weight, color = (600, ink.text) if row.chosen else (400, ink.faint_text)
    lines = fitted(row.name, names - 12, 12, weight)
    height = max(height, len(lines) * 14.4 + 8)
    base = y + height / 2 + 4.3
    for number, line in enumerate(lines):
        drawing.text(0, base + (number - (len(lines) - 1) / 2) * 14.4, line, size=12, weight=weight, color=color)
    shares = folded(row.shares, columns)
    most = max(range(columns), key=lambda place: shares[place])
    for place, share in enumerate(shares):
        step = rank_step(share)
        x = names + place * cell
        drawing.rect(x + 1, y + 1.5, cell - 2, height - 3, sequential(step), round_by=2)
        if share >= LEAST:
            drawing.text(
                x + cell / 2, base, language.number(share * 100, 0), size=11, weight=600 if place == most else 400,
                color=ink_on(step), at="middle",
            )  # fmt: skip
    drawing.text(
        drawing.width, base, _of_hundred(row.shortlist, language), size=12, weight=weight, color=color, at="end"
    )
    return height


def folded(shares: Sequence[float], columns: int) -> tuple[float, ...]:
    """The shares in so many columns; the last one takes all that is left, and what is not there is none."""
    first = [*shares, *[0.0] * columns][: columns - 1]
    return (*first, max(0.0, sum(shares[columns - 1 :])))


def _of_hundred(share: float, language: Language) -> str:
    """Never rounded to all or none."""
    if 0.995 < share < 1:
        return language.say("> 99")
    if 0 < share < 0.005:
        return language.say("< 1")
    return language.number(share * 100, 0)


def _description(rows: Sequence[PlacesRow], length: int, language: Language) -> str:
    say = language.say
    if not rows:
        return say("No technology has been ranked yet.")
    told = [language.say_n("One technology in many trials.", "{n} technologies in many trials.", len(rows))]
    for row in rows:
        most = max(range(len(row.shares)), key=lambda place: row.shares[place])
        told.append(
            say(
                "{name}: most often at place {place}, in {n} of 100 trials; among the first {length} in {share}.",
                name=row.name,
                place=most + 1,
                n=_of_hundred(row.shares[most], language),
                length=length,
                share=_of_hundred(row.shortlist, language),
            )  # fmt: skip
        )
    return " ".join(told)
