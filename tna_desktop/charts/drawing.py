"""The pencil of every chart: rectangles, hatches, lines and labels as SVG text, mirrored for right-to-left languages.

Hatches are drawn as single lines and faint colours are mixed beforehand, because neither patterns nor transparency
look the same in every place that shows the pictures. Widths of labels are estimated: the same text is set by
Qt on the screen and by the report's own layout.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ..kernel.text import Language


@dataclass(frozen=True)
class Ink:
    """The colours around the marks, for light or dark ground."""

    paper: str
    text: str
    faint_text: str
    strong: str
    line: str
    head_line: str


LIGHT = Ink("#FFFFFF", "#12272B", "#52686D", "#0F6670", "#E1E8E9", "#AFBEC1")
DARK = Ink("#101B1E", "#E6EFF0", "#9DB2B6", "#5CC0C7", "#22353A", "#3E565C")

_FAMILIES = {"ar": "IBM Plex Sans Arabic", "zh": "IBM Plex Sans SC"}
_NARROW, _WIDE = "iljtfrI.,:;'|!()[]/ ", "mwMW@%—"


class Drawing:
    """A picture that grows from top to bottom. All places are given as if read from left to right."""

    def __init__(self, width: float, language: Language, dark: bool = False):
        self.width = width
        self.ink = DARK if dark else LIGHT
        self._mirrored = language.right_to_left
        self._family = family(language)
        self._marks: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, color: str, *, round_by: float = 0) -> None:
        corner = f' rx="{round_by:g}"' if round_by else ""
        left = self._left(x, width)
        box = f'x="{left:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{height:.2f}"'
        self._marks.append(f'<rect {box} fill="{color}"{corner}/>')

    def hatch(self, x: float, y: float, width: float, height: float, color: str, *, gap: float = 5) -> None:
        """A box of slanted lines with an outline: what has no source, or is not known."""
        left, right, bottom = self._left(x, width), self._left(x, width) + width, y + height
        lines = []
        start = left - height + gap - (left - height) % gap  # on one grid, so that boxes side by side match
        while start < right:
            x1, y1, x2, y2 = start, bottom, start + height, y
            if x1 < left:
                x1, y1 = left, bottom - (left - start)
            if x2 > right:
                x2, y2 = right, y + (start + height - right)
            lines.append(f"M{x1:.2f},{y1:.2f}L{x2:.2f},{y2:.2f}")
            start += gap
        if lines:
            self._marks.append(f'<path d="{"".join(lines)}" stroke="{color}" stroke-width="0.8" fill="none"/>')
        self._marks.append(
            f'<rect x="{left + 0.5:.2f}" y="{y + 0.5:.2f}" width="{max(width - 1, 0):.2f}" height="{height - 1:.2f}"'
            f' fill="none" stroke="{color}" stroke-width="1"/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, color: str, *, thick: float = 1, dashes: str = ""
    ) -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        x1, x2 = self._left(x1, 0), self._left(x2, 0)
        self._marks.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{color}"'
            f' stroke-width="{thick:g}"{dashed}/>'
        )

    def text(
        self, x: float, y: float, text: str, *, size: float = 13, weight: int = 400, color: str = "", at: str = "start"
    ) -> None:
        """A label on the baseline ``y``. ``at`` is the end of it that stands at ``x``: start, middle or end."""
        if self._mirrored:
            at = {"start": "end", "end": "start"}.get(at, at)
        self._marks.append(
            f'<text x="{self._left(x, 0):.2f}" y="{y:.2f}" font-family={quoteattr(self._family)} font-size="{size:g}"'
            f' font-weight="{weight}" fill="{color or self.ink.text}" text-anchor="{at}">{escape(plain(text))}</text>'
        )

    def svg(self, height: float, description: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{height:g}"'
            f' viewBox="0 0 {self.width:g} {height:g}" role="img" aria-label={quoteattr(plain(description))}>'
            + "".join(self._marks)
            + "</svg>"
        )

    def _left(self, x: float, width: float) -> float:
        return self.width - x - width if self._mirrored else x


def family(language: Language) -> str:
    """The font of a language's letters."""
    return _FAMILIES.get(language.code, "IBM Plex Sans")


def plain(text: str) -> str:
    """A label in one line, without the control characters that XML has no place for."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def text_width(text: str, size: float = 13, weight: int = 400) -> float:
    """About how wide a label will be, rather too wide than too narrow."""
    ems = 0.0
    for sign in text:
        if unicodedata.combining(sign):
            continue
        if unicodedata.east_asian_width(sign) in "WF":
            ems += 1
        elif sign in _NARROW:
            ems += 0.34
        elif sign in _WIDE:
            ems += 0.9
        else:
            ems += 0.66 if sign.isupper() else 0.59
    return ems * size * (1.05 if weight >= 500 else 1)


def fitted(text: str, width: float, size: float = 13, weight: int = 400, lines: int = 2) -> list[str]:
    """The text in at most so many lines of that width; what does not fit ends in an ellipsis."""
    out: list[str] = []
    rest = plain(text)
    while rest:
        cut = _that_fits(rest, width, size, weight)
        if cut == len(rest):
            out.append(rest)
            break
        if len(out) == lines - 1:
            out.append(rest[: _that_fits(rest, width - text_width("…", size, weight), size, weight)].rstrip() + "…")
            break
        space = rest.rfind(" ", 1, cut + 1)
        cut = space if space > 0 else cut
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return out or [""]


def _that_fits(text: str, width: float, size: float, weight: int) -> int:
    cut = len(text)
    while cut > 1 and text_width(text[:cut], size, weight) > width:
        cut -= 1
    return cut


def mixed(color: str, ground: str, share: float) -> str:
    """The colour as it looks when only that share of it covers the ground."""
    pairs = ((int(color[place : place + 2], 16), int(ground[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02X}" for top, below in pairs)


def legend(
    drawing: Drawing, x: float, y: float, entries: list[tuple[str, str | None]], width: float, size: float = 12
) -> float:
    """A row of small squares with their names, on further rows where it does not fit; a colour of None is a hatch.

    ``y`` is the baseline of the first row; returns the baseline of the last.
    """
    at = x
    for name, color in entries:
        [label] = fitted(name, width - 16, size, lines=1)
        needed = 16 + text_width(label, size)
        if at > x and at + needed > x + width:
            at, y = x, y + size * 1.6
        if color is None:
            drawing.hatch(at, y - size + 2.5, 10, 10, drawing.ink.faint_text, gap=3.5)
        else:
            drawing.rect(at, y - size + 2.5, 10, 10, color, round_by=1.5)
        drawing.text(at + 15, y, label, size=size, color=drawing.ink.faint_text)
        at += needed + 14
    return y
