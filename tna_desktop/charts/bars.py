"""Bars in a row: one number per name, all from zero, the number written beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.text import Language
from .drawing import Drawing, fitted, mixed, text_width
from .palette import parts as part_colors


@dataclass(frozen=True)
class Bar:
    """A name and its number, zero or more; None is unknown and has a word instead of a bar.

    ``shown`` is what stands beside the bar, where the plain number is not enough (money, a share).
    """

    name: str
    value: float | None
    shown: str = ""


def bar_chart(
    bars: Sequence[Bar],
    language: Language,
    *,
    title: str = "",
    most: float | None = None,
    cut: int = 0,
    decimals: int | None = None,
    width: float = 720,
    row_height: float = 30,
    dark: bool = False,
) -> tuple[str, str]:
    """The picture as SVG text, and the sentences that say the same.

    Bars stand in the order given. ``most`` is the number at the full length (the largest bar where absent). ``cut``
    draws a dashed line after so many bars; those below are paler. Raises ValueError for a number below zero.
    """
    known = [bar.value for bar in bars if bar.value is not None]
    if any(value < 0 for value in known):
        raise ValueError("bars begin at zero")
    drawing = Drawing(width, language, dark)
    ink = drawing.ink
    color = part_colors(dark)[0]
    labels = [_shown(bar, language, decimals) for bar in bars]
    bar_x = round(min(width * 0.4, 16 + max((text_width(bar.name, 13, 500) for bar in bars), default=0)))
    room = width - bar_x - 12 - max((text_width(label, 13, 600) for label in labels), default=0)
    full = max([most or 0, *known], default=0) or 1
    y = 0.0
    if title:
        drawing.text(0, 14, title, size=12, weight=600)
        y = 24
    for place, (bar, label) in enumerate(zip(bars, labels, strict=True)):
        if cut and place == cut:
            drawing.line(0, y + 7, width, y + 7, ink.strong, thick=1.5, dashes="6 4")
            y += 14
        elif place:
            drawing.rect(0, y, width, 1, ink.line)
        chosen = not cut or place < cut
        middle = y + row_height / 2
        # A long name takes two lines in smaller letters rather than lose its end.
        names = fitted(bar.name, bar_x - 12, 13, 500, lines=1)
        size = 13 if names == [bar.name] else 11.5
        names = names if size == 13 else fitted(bar.name, bar_x - 12, size, 500, lines=2)
        for line, name in enumerate(names):
            base = middle + size * 0.36 + (line - (len(names) - 1) / 2) * size * 1.15
            drawing.text(0, base, name, size=size, weight=500, color="" if chosen else ink.faint_text)
        length = (bar.value or 0) / full * room
        if length:
            drawing.rect(bar_x, middle - 7, length, 14, color if chosen else mixed(color, ink.paper, 0.6))
        known_bar = bar.value is not None
        drawing.text(
            bar_x + length + (8 if length else 0),
            middle + 4.7,
            label,
            weight=600 if known_bar else 400,
            color="" if known_bar else ink.faint_text,
        )
        y += row_height
    description = _description(bars, labels, language, title, cut)
    return drawing.svg(round(y + 2), description), description


def _shown(bar: Bar, language: Language, decimals: int | None) -> str:
    if bar.value is None:
        return bar.shown or language.say("unknown")
    return bar.shown or language.number(bar.value, decimals)


def _description(bars: Sequence[Bar], labels: Sequence[str], language: Language, title: str, cut: int) -> str:
    if not bars:
        return language.say("There is nothing to show yet.")
    listed = language.listing(
        language.say("{name} ({number})", name=bar.name, number=label) for bar, label in zip(bars, labels, strict=True)
    )
    sentences = [
        language.say("{title}: {bars}.", title=title, bars=listed) if title else language.say("{bars}.", bars=listed)
    ]
    if cut:
        sentences.append(
            language.say_n("The first one is above the line.", "The first {n} are above the line.", min(cut, len(bars)))
        )
    return " ".join(sentences)
