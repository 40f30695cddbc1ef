"""How the influence map looks: ground and axes, pills with their marks, spreads, and what shows while one is moved.

The axes are not mirrored in languages written from right to left: a map has its east on the right everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tna_desktop.charts.map_layout import Box, Pill, Scale
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.notices import shadow
from tna_desktop.ui.painting import CARD, box, draw_text, focus_ring, text_width
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.tokens import theme

from ..results.map import DECIDE_TOGETHER, KEEP_ENGAGED, KEEP_INFORMED, QUADRANTS, STRONGER_VOICE, Spread

#: Pills of the usual and of the crowded map: height, mark, inset of the mark's centre, space after the name.
ROOMY, CROWDED = (26, 12, 15, 11), (19, 10, 11, 7)
_START, _BOTTOM = 46, 42


@dataclass(frozen=True)
class Spot:
    """A stakeholder as the canvas shows it.

    ``settled`` is False where only assessors, not the team, gave the place; ``disputed`` where they lie far apart.
    """

    id: str
    name: str
    label: str
    group: str
    group_name: str
    influence: float
    interest: float
    settled: bool = True
    spread: Spread | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Measures:
    """The sizes of pills at the moment."""

    height: float
    mark: float
    inset: float
    end: float
    face: QFont
    widest: float

    def width(self, label: str) -> float:
        words = min(text_width(label, self.face), self.widest)
        return round(self.inset + self.mark / 2 + 5 + words + self.end)

    def words(self, label: str) -> str:
        """The name as it fits; the whole one is in the tooltip."""
        if text_width(label, self.face) <= self.widest:
            return label
        return QFontMetricsF(self.face).elidedText(label, Qt.TextElideMode.ElideRight, self.widest)


def measures(density: int, area: Box) -> Measures:
    """The sizes for a map with room (0), a crowded one (1), and one where long names must be cut as well (2)."""
    look = theme()
    height, mark, inset, end = (look.px(each) for each in (CROWDED if density else ROOMY))
    widest = max(area.width * (0.22 if density else 0.27), look.px(70)) if density < 2 else look.px(74)
    return Measures(height, mark, inset, end, font("smallest" if density else "label_medium"), widest)


def area_of(width: float, height: float) -> Box:
    """The map's own area: what is left beside the axes."""
    look = theme()
    start, bottom = look.px(_START), look.px(_BOTTOM)
    return Box(start, look.px(4), max(width - start - look.px(4), 40), max(height - bottom - look.px(4), 40))


def scale_of(area: Box) -> Scale:
    look = theme()
    return Scale(area, min(look.px(36), area.width / 10), min(look.px(26), area.height / 10))


def quadrant_boxes(scale: Scale) -> dict[str, QRectF]:
    area, middle_x, middle_y = scale.area, round(scale.x(3.0)), round(scale.y(3.0))
    left, top = QRectF(area.left, area.top, middle_x - 1 - area.left, middle_y - 1 - area.top), area.top
    right = QRectF(middle_x + 1, top, area.right - middle_x - 1, left.height())
    below = area.bottom - middle_y - 1
    return {
        KEEP_ENGAGED: left,
        DECIDE_TOGETHER: right,
        KEEP_INFORMED: QRectF(left.left(), middle_y + 1, left.width(), below),
        STRONGER_VOICE: QRectF(right.left(), middle_y + 1, right.width(), below),
    }


def name_boxes(scale: Scale, language: Language) -> dict[str, QRectF]:
    """Where the quadrants' names stand: in the outer corners."""
    look, face = theme(), font("voice")
    found = {}
    for key, place in quadrant_boxes(scale).items():
        wide, high = text_width(language.tell(QUADRANTS[key]), face) + 2, line_height("voice")
        left = place.left() + look.px(12) if place.left() <= scale.area.left else place.right() - look.px(12) - wide
        top = place.top() + look.px(7) if place.top() <= scale.area.top else place.bottom() - look.px(7) - high
        found[key] = QRectF(left, top, wide, high)
    return found


def paint_ground(painter: QPainter, scale: Scale, language: Language, ghost: bool) -> None:
    """Quadrants, their names and the axes. ``ghost``: nobody is placed yet, and the axes stand back."""
    look = theme()
    names = name_boxes(scale, language)
    for key, place in quadrant_boxes(scale).items():
        together = key == DECIDE_TOGETHER
        box(painter, place, CARD, look.color("sel2" if together and not ghost else "mist"), look.color("line"))
        ink = "text3" if ghost else "petrol_ink" if together else "text2"
        draw_text(painter, names[key], language.tell(QUADRANTS[key]), font("voice"), look.color(ink))
    _paint_axes(painter, scale, language, "text3" if ghost else "text2")


def _paint_axes(painter: QPainter, scale: Scale, language: Language, ink: str) -> None:
    look, say, area = theme(), language.say, scale.area
    color, faint, high = look.color(ink), look.color("text3"), line_height("smallest")
    for value in range(1, 6):
        words = language.number(value)
        x, y = scale.x(value), scale.y(value)
        draw_text(painter, QRectF(x - 20, area.bottom + 3, 40, high), words, font("smallest"), faint, "center")
        wide = text_width(words, font("smallest"))
        start = QRectF(area.left - look.px(7) - wide, y - high / 2, wide, high)
        draw_text(painter, start, words, font("smallest"), faint)
    base = area.bottom + 3 + high + 1
    title, low, top = say("Interest in the assessment"), say("low"), say("high")
    line = line_height("label")
    draw_text(painter, QRectF(area.left, base, area.width, line), title, font("label"), color, "center")
    _paint_ends(painter, area.left, area.width, base, line, low, top)
    painter.save()
    painter.translate(0, area.bottom)
    painter.rotate(-90)
    title = say("Influence on decisions")
    draw_text(painter, QRectF(0, look.px(2), area.height, line), title, font("label"), color, "center")
    _paint_ends(painter, 0, area.height, look.px(2), line, low, top)
    painter.restore()


def _paint_ends(painter: QPainter, start: float, length: float, top: float, high: float, low: str, most: str) -> None:
    look, face, faint = theme(), font("smallest"), theme().color("text3")
    draw_text(painter, QRectF(start + 4, top, text_width(low, face), high), low, face, faint)
    side = look.px(12)
    wide = text_width(most, face)
    draw_text(painter, QRectF(start + length - side - wide - 7, top, wide, high), most, face, faint)
    arrow = QRectF(start + length - side - 3, top + (high - side) / 2, side, side)
    paint_icon(painter, arrow, "arrow-right", "text3")


def paint_line(painter: QPainter, scale: Scale, line: str) -> None:
    """One sentence in the middle of the empty map."""
    look, area, face = theme(), scale.area, font("voice")
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    room = QRectF(area.left, area.top, area.width, area.height).adjusted(50, 30, -50, -30)
    words = QFontMetricsF(face).boundingRect(room, flags, line)
    box(painter, words.adjusted(-18, -12, 18, 12), CARD, look.color("surface"), look.color("line2"))
    painter.setPen(look.color("text2"))
    painter.setFont(face)
    painter.drawText(room, flags, line)


def paint_focus(painter: QPainter, scale: Scale) -> None:
    """The keyboard is on the map, and no pill is chosen."""
    area = scale.area
    focus_ring(painter, QRectF(area.left, area.top, area.width, area.height), CARD)


def paint_spread(painter: QPainter, scale: Scale, spread: Spread, strong: bool, wide: bool) -> None:
    """From the lowest to the highest place that assessors gave: a cross through the mean, in a soft box where it is wide."""
    look = theme()
    left, right = scale.x(spread.interest[0]), scale.x(spread.interest[1])
    top, bottom = scale.y(spread.influence[1]), scale.y(spread.influence[0])
    place = QRectF(left, top, right - left, bottom - top)
    fill = look.color("petrol", 40 if strong else 16)
    if strong or wide:
        box(painter, place.adjusted(-3, -3, 3, 3), 6, fill, look.color("petrol", 255 if strong else 90))
    painter.setPen(QPen(look.color("petrol", 255 if strong else 110), 1.6 if strong else 1.0))
    x, y = scale.x(spread.mean.interest), scale.y(spread.mean.influence)
    painter.drawLine(QLineF(left, y, right, y))
    painter.drawLine(QLineF(x, top, x, bottom))


def paint_leader(painter: QPainter, pill: Pill, group: str) -> None:
    """The thin line from a name that was pushed aside to its small mark where it belongs."""
    painter.setPen(QPen(theme().color("strong"), 1.0))
    painter.drawLine(QLineF(pill.x, pill.y, pill.mark_x, pill.middle))
    paint_shape(painter, group, QRectF(pill.x - 3.5, pill.y - 3.5, 7, 7), halo=True)


def paint_pill(
    painter: QPainter,
    pill: Pill,
    label: str,
    group: str,
    sizes: Measures,
    *,
    chosen: bool = False,
    lifted: bool = False,
    settled: bool = True,
    ring: bool = False,
) -> None:
    """A mark with its name. ``lifted``: it is being moved. Not ``settled``: the place is only the assessors' mean."""
    look = theme()
    place = QRectF(pill.box.left, pill.box.top, pill.box.width, pill.box.height)
    radius = place.height() / 2
    if lifted:
        shadow(painter, place, radius, look.px(9))
    if chosen or lifted:
        box(painter, place, radius, look.color("surface"), look.color("petrol"), 2.0)
    else:
        box(
            painter,
            place,
            radius,
            look.color("surface"),
            look.color("line2" if settled else "petrol"),
            1.0,
            not settled,
        )
    side = sizes.mark
    paint_shape(painter, group, QRectF(pill.mark_x - side / 2, place.center().y() - side / 2, side, side))
    words = sizes.words(label)
    wide = text_width(words, sizes.face)
    left = place.left() + sizes.end if pill.turned else pill.mark_x + side / 2 + 5
    draw_text(painter, QRectF(left, place.top(), wide, place.height()), words, sizes.face, look.color("text"))
    if ring:
        focus_ring(painter, place.adjusted(-3, -3, 3, 3), radius + 3)


def paint_crosshair(painter: QPainter, scale: Scale, influence: float, interest: float) -> None:
    """Dashed lines from a pill to both axes; below the pills."""
    x, y = scale.x(interest), scale.y(influence)
    pen = QPen(theme().color("petrol"), 1.2)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(scale.area.left, y, x, y))
    painter.drawLine(QLineF(x, y, x, scale.area.bottom))


def paint_path(painter: QPainter, scale: Scale, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Where a pill came from: a hollow place, and a dotted line from it. Both as influence, interest."""
    first = QPointF(scale.x(begin[1]), scale.y(begin[0]))
    last = QPointF(scale.x(end[1]), scale.y(end[0]))
    pen = QPen(theme().color("text2"), 1.2)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(theme().color("bg"))
    side = theme().px(7)
    painter.drawEllipse(first, side, side)
    line = QLineF(first, last)
    if line.length() > side:
        painter.drawLine(QLineF(line.pointAt(side / line.length()), last))


def paint_values(painter: QPainter, scale: Scale, influence: float, interest: float, language: Language) -> None:
    """Both values on their axes, with one decimal."""
    look, face = theme(), font("label")
    wide, high = look.px(34), look.px(22)
    x, y = scale.x(interest), scale.y(influence)
    for value, place in (
        (influence, QRectF(scale.area.left, y - high / 2, wide, high)),
        (interest, QRectF(x - wide / 2, scale.area.bottom - high / 2, wide, high)),
    ):
        box(painter, place, 4, look.color("petrol"))
        draw_text(painter, place, language.number(value, 1), face, look.color("on_petrol"), "center")
