"""The influence map as a picture for the report: every stakeholder at its values, with its name and both numbers.

It works in grey print: groups differ by shape, values are written, and nothing is said by colour alone. The axes are not
mirrored in languages written from right to left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ..kernel.text import Language
from .drawing import DARK, LIGHT, Ink, family, fitted, plain, text_width
from .map_layout import Box, Mark, Pill, Scale, arranged, crowded
from .palette import shape_svg

#: Height of a name, size of its letters and of its mark, on the usual and on the crowded map.
ROOMY, CROWDED = (20.0, 11.0, 10.0), (15.0, 9.0, 8.0)
#: From so many names on the numbers are left to the table; they would not fit.
MOST_WITH_VALUES = 24


@dataclass(frozen=True)
class Point:
    """A stakeholder on the map; both values from 1 to 5."""

    name: str
    group: str
    influence: float
    interest: float


@dataclass(frozen=True)
class Words:
    """What stands around the map, already said: quadrants in reading order, axes and their ends."""

    quadrants: tuple[str, str, str, str]
    influence: str
    interest: str
    low: str
    high: str


def influence_chart(
    points: Sequence[Point],
    groups: Sequence[tuple[str, str]],
    words: Words,
    language: Language,
    description: str,
    *,
    width: float = 627,
    height: float = 560,
    dark: bool = False,
) -> str:
    """The picture as SVG text. ``groups`` are (key, name) of the groups that occur, for the legend."""
    picture = _Picture(language, DARK if dark else LIGHT, dark)
    top = picture.legend(groups, width)
    area = Box(30, top, width - 32, height - top - 34)
    scale = Scale(area, 34, 24)
    taken = picture.ground(scale, words)
    sizes = ROOMY
    pills = _laid_out(points, scale, sizes, taken, language)
    if crowded(pills):
        sizes = CROWDED
        pills = _laid_out(points, scale, sizes, taken, language)
    for pill in pills:
        if pill.pushed:
            picture.leader(pill, points[int(pill.id)].group)
    for pill in pills:
        picture.pill(pill, points[int(pill.id)], _label(points, int(pill.id), language), sizes)
    return picture.svg(width, height, description)


def _label(points: Sequence[Point], at: int, language: Language) -> tuple[str, str]:
    """Name, and both values where there is room for them."""
    point = points[at]
    [name] = fitted(point.name, 150, 11, lines=1)
    if len(points) > MOST_WITH_VALUES:
        return name, ""
    influence, interest = language.number(point.influence, 1), language.number(point.interest, 1)
    return name, language.say("{influence} / {interest}", influence=influence, interest=interest)


def _laid_out(
    points: Sequence[Point], scale: Scale, sizes: tuple[float, float, float], taken: Sequence[Box], language: Language
) -> list[Pill]:
    height, size, mark = sizes
    marks = []
    for at, point in enumerate(points):
        name, values = _label(points, at, language)
        wide = mark + 10 + text_width(name, size, 500) + (text_width(values, size - 1) + 5 if values else 0)
        marks.append(Mark(str(at), scale.x(point.interest), scale.y(point.influence), wide))
    return arranged(marks, scale.area, height, mark / 2 + 2, gap=1, taken=taken, turned=language.right_to_left)


class _Picture:
    """SVG text that grows from the ground up."""

    def __init__(self, language: Language, ink: Ink, dark: bool):
        self._language, self._ink, self._dark = language, ink, dark
        self._family = family(language)
        self._parts: list[str] = []

    def legend(self, groups: Sequence[tuple[str, str]], width: float) -> float:
        """The groups' shapes with their names; answers where the map may begin."""
        x, y = 2.0, 12.0
        for key, name in groups:
            wide = 16 + text_width(name, 11) + 12
            if x > 2 and x + wide > width:
                x, y = 2.0, y + 17
            self._parts.append(shape_svg(key, x + 6, y - 4, 10, dark=self._dark))
            self.text(x + 15, y, name, 11, self._ink.faint_text)
            x += wide
        return y + 10 if groups else 2.0

    def ground(self, scale: Scale, words: Words) -> list[Box]:
        """Quadrants, names and axes; answers what the names take."""
        ink, area = self._ink, scale.area
        middle_x, middle_y = scale.x(3), scale.y(3)
        taken = []
        for at, name in enumerate(words.quadrants):
            right, below = at % 2 == 1, at >= 2
            left, top = (middle_x + 1 if right else area.left), (middle_y + 1 if below else area.top)
            wide = (area.right if right else middle_x - 1) - left
            high = (area.bottom if below else middle_y - 1) - top
            self._parts.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="6"'
                f' fill="none" stroke="{ink.head_line}" stroke-width="1"/>'
            )
            length = text_width(name, 12, 600)
            start = left + wide - 9 - length if right else left + 9
            base = top + high - 9 if below else top + 17
            self.text(start + length if right else start, base, name, 12, ink.strong, 600, "end" if right else "start")
            taken.append(Box(start, base - 12, length, 16))
        for value in range(1, 6):
            number = self._language.number(value)
            self.text(scale.x(value), area.bottom + 13, number, 10, ink.faint_text, at="middle")
            self.text(area.left - 5, scale.y(value) + 3.5, number, 10, ink.faint_text, at="end")
        base = area.bottom + 29
        self.text(area.left + area.width / 2, base, words.interest, 11, ink.text, 600, "middle")
        self.text(area.left, base, words.low, 10, ink.faint_text)
        self.text(area.right, base, words.high, 10, ink.faint_text, at="end")
        self._parts.append(f'<g transform="translate(0 {area.bottom:.1f}) rotate(-90)">')
        self.text(area.height / 2, 11, words.influence, 11, ink.text, 600, "middle")
        self.text(0, 11, words.low, 10, ink.faint_text)
        self.text(area.height, 11, words.high, 10, ink.faint_text, at="end")
        self._parts.append("</g>")
        return taken

    def leader(self, pill: Pill, group: str) -> None:
        """From a name that was pushed aside to its place."""
        self._parts.append(
            f'<line x1="{pill.x:.1f}" y1="{pill.y:.1f}" x2="{pill.mark_x:.1f}" y2="{pill.middle:.1f}"'
            f' stroke="{self._ink.faint_text}" stroke-width="0.7"/>'
        )
        self._parts.append(shape_svg(group, round(pill.x, 1), round(pill.y, 1), 5, dark=self._dark))

    def pill(self, pill: Pill, point: Point, label: tuple[str, str], sizes: tuple[float, float, float]) -> None:
        height, size, mark = sizes
        box, ink = pill.box, self._ink
        self._parts.append(
            f'<rect x="{box.left:.1f}" y="{box.top + 0.5:.1f}" width="{box.width:.1f}" height="{height - 1:.1f}"'
            f' rx="{(height - 1) / 2:.1f}" fill="{ink.paper}" stroke="{ink.line}" stroke-width="0.8"/>'
        )
        self._parts.append(shape_svg(point.group, round(pill.mark_x, 1), round(pill.middle, 1), mark, dark=self._dark))
        name, values = label
        base = pill.middle + size * 0.36
        wide = text_width(values, size - 1)
        start = box.left + 5 if pill.turned else pill.mark_x + mark / 2 + 4
        end = pill.mark_x - mark / 2 - 4 if pill.turned else box.right - 5
        self.text(start, base, name, size, ink.text, 500)
        if values:
            self.text(max(end - wide, start), base, values, size - 1, ink.faint_text)

    def text(
        self, x: float, y: float, text: str, size: float, color: str, weight: int = 400, at: str = "start"
    ) -> None:
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family={quoteattr(self._family)} font-size="{size:g}"'
            f' font-weight="{weight}" fill="{color}" text-anchor="{at}">{escape(plain(text))}</text>'
        )

    def svg(self, width: float, height: float, description: str) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
            f' viewBox="0 0 {width:g} {height:g}" role="img" aria-label={quoteattr(plain(description))}>'
            + "".join(self._parts)
            + "</svg>"
        )
