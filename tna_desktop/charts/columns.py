"""Need by year: a column for each year, filled as far as money is found, hatched where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.text import Language
from .drawing import Drawing, fitted, legend, text_width
from .palette import parts as part_colors


@dataclass(frozen=True)
class YearColumn:
    """A year, the money found for it and what is missing; both zero or more. ``shown`` stands above the column."""

    name: str
    found: float
    gap: float = 0.0
    shown: str = ""

    @property
    def whole(self) -> float:
        return self.found + self.gap


def column_chart(
    columns: Sequence[YearColumn],
    language: Language,
    *,
    found: str,
    missing: str,
    title: str = "",
    width: float = 360,
    height: float = 150,
    dark: bool = False,
) -> tuple[str, str]:
    """The picture as SVG text, and the sentences that say the same.

    ``found`` and ``missing`` name the two parts in the legend, which stands there only where there is room for it.
    Columns stand in the order given, all from zero. Raises ValueError for an amount below zero.
    """
    if any(amount < 0 for each in columns for amount in (each.found, each.gap)):
        raise ValueError("columns begin at zero")
    drawing = Drawing(width, language, dark)
    ink, color = drawing.ink, part_colors(dark)[0]
    top = 0.0
    if title:
        drawing.text(0, 14, title, size=12, weight=600)
        top = 20
    entries: list[tuple[str, str | None]] = [(found, color), (missing, None)]
    below = 44 if height >= 140 else 22
    base = height - below
    full = max((each.whole for each in columns), default=0) or 1
    scale = max(base - top - 22, 1) / full
    slot = width / max(len(columns), 1)
    thick = min(44.0, slot * 0.62)
    for place, each in enumerate(columns):
        middle = (place + 0.5) * slot
        paid, open_part = each.found * scale, each.gap * scale
        if paid > 0:
            drawing.rect(middle - thick / 2, base - paid, thick, paid, color)
        if open_part > 1:
            drawing.hatch(middle - thick / 2, base - paid - open_part, thick, open_part, ink.faint_text)
        size = 12 if text_width(each.shown, 12, 600) <= slot else 11
        drawing.text(middle, base - paid - open_part - 6, each.shown, size=size, weight=600, at="middle")
        [name] = fitted(each.name, slot - 2, 12, lines=1)
        drawing.text(middle, base + 16, name, size=12, color=ink.faint_text, at="middle")
    drawing.rect(0, base, width, 1, ink.head_line)
    if height >= 140:
        legend(drawing, 0, base + 38, entries, width)
    description = _description(columns, language, found, missing, title)
    return drawing.svg(height, description), description


def _description(columns: Sequence[YearColumn], language: Language, found: str, missing: str, title: str) -> str:
    if not columns:
        return language.say("There is no money to show yet.")
    said = [
        language.say("{name} ({number}, {part})", name=each.name, number=each.shown, part=missing)
        if each.gap and not each.found
        else language.say("{name} ({number}, {part})", name=each.name, number=each.shown, part=found)
        if not each.gap
        else language.say(
            "{name} ({number}, {share} {part})",
            name=each.name,
            number=each.shown,
            part=found,
            share=language.percent(each.found / each.whole),
        )
        for each in columns
    ]
    sentence = language.say("{bars}.", bars=language.listing(said))
    return language.say("{title}: {bars}", title=title, bars=sentence) if title else sentence
