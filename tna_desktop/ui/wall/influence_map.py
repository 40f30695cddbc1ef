"""The influence map: every stakeholder a pill at its place, 24 with their names on a page, the others as their shape.

The axes are never mirrored: interest grows to the right in every language, as in the books the teams know.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen

from ...charts.palette import GROUPS, group_color, group_outline
from ...kernel.projected import Map, Pill
from ...kernel.text import Language
from ..tokens import Script, theme
from .canvas import Canvas
from .look import GROUND, INK, LINE, MIST, MOST_PILLS, PETROL, QUIET, SOFT, STRONG
from .nudging import Box, Place, Wish, placed
from .paging import Sheet, divided
from .room import Room

#: How much of the map, and of one quadrant, pills may cover before it cannot be read; how near to the edge they come.
FULL, CROWDED, EDGE = 0.40, 0.62, 46.0
SHAPE, GAP = 26.0, 8.0


@dataclass(frozen=True)
class _Shared:
    """What all pages of the map share: who else is on it, and where the map itself stands."""

    others: tuple[Pill, ...]
    area: Box
    caption: float
    waiting: str


def sheets(page: Map, room: Room) -> list[Sheet]:
    """At most 24 names a page, fewer where they are long; by group, so that a page can be talked about."""
    order = {group: at for at, group in enumerate(GROUPS)}
    pills = sorted(page.pills, key=lambda pill: order.get(pill.group, len(order)))
    area = _area(page, room, 0.0)
    costs = [_cost(pill, room) for pill in pills]
    ends = {at for at in range(len(pills) - 1) if pills[at].group != pills[at + 1].group}
    cuts = divided(costs, _limit(pills, costs, _free(page, room, area)), MOST_PILLS, ends)
    if len(cuts) > 1:
        caption = room.line("head") + 8
        area = _area(page, room, caption)
        cuts = divided(costs, _limit(pills, costs, _free(page, room, area)), MOST_PILLS, ends)
    else:
        caption = 0.0
    found = []
    for first, last in cuts or [(0, 0)]:
        named = tuple(pills[first:last])
        others = tuple(pill for pill in pills if pill not in named)
        shared = _Shared(others, area, caption, page.waiting)
        part = Map(named, page.quadrants, page.influence, page.interest, page.low, page.high, page.waiting)
        found.append(Sheet(part, shared, ids=tuple(pill.id for pill in named)))
    return found


def _free(page: Map, room: Room, area: Box) -> float:
    """How much of the map is free for pills: all but its rim and the names of the quadrants."""
    inner = _inner(area)
    names = sum((box.width + 10) * (box.height + 10) for box in _corner_names(page, room, area))
    return max(1.0, inner.width * inner.height - names)


def _limit(pills: list[Pill], costs: list[float], free: float) -> float:
    """How much room the names of one page may take: less where all stand in one quadrant, so that they stay in it.

    Counted in whole pages, so that a pill that moves a little divides nothing anew.
    """
    loads = [0.0] * 4
    for pill, cost in zip(pills, costs, strict=True):
        loads[(2 if pill.influence < 3 else 0) + (1 if pill.interest >= 3 else 0)] += cost
    pages = max(1, math.ceil(max(loads) / (CROWDED * free / 4)))
    return min(FULL * free, sum(costs) / pages * 1.1)


def _area(page: Map, room: Room, caption: float) -> Box:
    axis = room.line("axis") + 8
    return Box(axis, caption, room.width - axis, room.height - axis - caption)


def _name_lines(pill: Pill, room: Room) -> tuple[str, ...]:
    return room.lines(pill.name, "pill", room.grown(380))


def _size(pill: Pill, room: Room) -> tuple[float, float]:
    lines = _name_lines(pill, room)
    wide = max(room.wide(line, "pill") for line in lines)
    side = _side(room)
    return side + GAP + wide + room.grown(34), max(len(lines) * room.line("pill"), side) + room.grown(14)


def _side(room: Room) -> float:
    return SHAPE * (1 + (room.factor - 1) * 0.5)


def _cost(pill: Pill, room: Room) -> float:
    wide, high = _size(pill, room)
    return (wide + 8) * (high + 8)


class _Spots:
    """Where a rating stands on the map."""

    def __init__(self, area: Box):
        self.area = area

    def at(self, influence: float, interest: float) -> QPointF:
        area = self.area
        across, up = (_share(interest), _share(influence))
        x = area.left + EDGE + across * (area.width - 2 * EDGE)
        y = area.bottom - EDGE - up * (area.height - 2 * EDGE)
        return QPointF(x, y)


def _share(rating: float) -> float:
    return max(0.0, min(1.0, (rating - 1) / 4))


def layout(sheet: Sheet, room: Room) -> dict[str, Place]:
    """The places of the pills that have a name on this page; kept, so that a drag moves one pill and no other."""
    return _layout(sheet.page, sheet.shared.area, room.factor, room.language, theme().script)


@lru_cache(maxsize=24)
def _layout(page: Map, area: Box, factor: float, language: Language, _script: Script) -> dict[str, Place]:
    room, spots = Room(area.right, area.bottom, factor, language), _Spots(area)
    wishes = [_wish(pill, spots.at(pill.influence, pill.interest), room, area) for pill in page.pills]
    found = placed(wishes, _inner(area), _quadrants(area), _corner_names(page, room, area))
    return {pill.id: place for pill, place in zip(page.pills, found, strict=True)}


def _wish(pill: Pill, spot: QPointF, room: Room, area: Box) -> Wish:
    wide, high = _size(pill, room)
    turned = (spot.x() - area.left) / area.width > 0.7
    return Wish(spot.x(), spot.y(), wide, high, room.grown(13) + _side(room) / 2, turned)


def _inner(area: Box) -> Box:
    return Box(area.left + 10, area.top + 10, area.width - 20, area.height - 20)


def _quadrants(area: Box) -> list[Box]:
    """Keep engaged, decide together, keep informed, give a stronger voice."""
    wide, high = area.width / 2, area.height / 2
    return [Box(area.left + across * wide, area.top + down * high, wide, high) for down in (0, 1) for across in (0, 1)]


def _corner_names(page: Map, room: Room, area: Box) -> list[Box]:
    """The names of the quadrants in the outer corners, so that no pill covers them."""
    boxes = []
    for at, (name, quadrant) in enumerate(zip(page.quadrants, _quadrants(area), strict=True)):
        lines = room.lines(name, "quadrant", quadrant.width - 60)
        wide = max(room.wide(line, "quadrant") for line in lines)
        high = len(lines) * room.line("quadrant")
        left = quadrant.right - wide - 24 if at % 2 else quadrant.left + 24
        top = quadrant.top + 16 if at < 2 else quadrant.bottom - high - 14
        boxes.append(Box(left, top, wide, high))
    return boxes


# Painting ----------------------------------------------------------------------------------------------------


def paint(canvas: Canvas, sheet: Sheet) -> None:
    """The page; the pill in hand lies over all others, at its true place."""
    room, shared = canvas.room, sheet.shared
    if shared.caption:
        canvas.write(_caption(canvas, sheet), "head", 0, 0, room.width, shared.caption, ink=PETROL)
    with canvas.as_it_is():
        _paint_ground(canvas, sheet)
        _paint_axes(canvas, sheet)
        spots = _Spots(shared.area)
        pointed = {pill.id: canvas.pointing[pill.id] for pill in sheet.page.pills if pill.id in canvas.pointing}
        corners = _corner_names(sheet.page, room, shared.area)
        for other in shared.others:
            spot = spots.at(*_rating(other, canvas.pointing.get(other.id)))
            canvas.shape(other.group, spot.x(), _beside(spot, corners, shared.area), _side(room) * 0.72, SOFT)
        for pill in sheet.page.pills:
            if pill.spread is not None and pill.id not in pointed:
                _paint_spread(canvas, pill, spots)
        places = layout(sheet, room)
        for pill in sheet.page.pills:
            if pill.id not in pointed:
                _paint_leader(canvas, pill, places[pill.id], spots)
        for pill in sheet.page.pills:
            if pill.id not in pointed:
                _paint_pill(canvas, pill, places[pill.id])
        for pill in sheet.page.pills:
            if pill.id in pointed:
                spot = spots.at(*_rating(pill, pointed[pill.id]))
                wish = _wish(pill, spot, room, shared.area)
                _paint_pill(canvas, pill, placed([wish], _inner(shared.area), ())[0], in_hand=True)


def _beside(spot: QPointF, corners: list[Box], area: Box) -> float:
    """The height of a shape without a name: not on the name of a quadrant."""
    for box in corners:
        if box.left - 14 < spot.x() < box.right + 14 and box.top - 14 < spot.y() < box.bottom + 14:
            return box.bottom + 16 if box.top < area.top + area.height / 2 else box.top - 16
    return spot.y()


def _rating(pill: Pill, pointed: Any) -> tuple[float, float]:
    if isinstance(pointed, tuple | list) and len(pointed) == 2 and None not in pointed:
        return float(pointed[0]), float(pointed[1])
    return pill.influence, pill.interest


def _caption(canvas: Canvas, sheet: Sheet) -> str:
    groups = dict.fromkeys(pill.group for pill in sheet.page.pills)
    names = [canvas.names[group] for group in groups if canvas.names.get(group)]
    say = canvas.room.language.say
    count, total = len(sheet.page.pills), len(sheet.page.pills) + len(sheet.shared.others)
    words = say("{groups}: {count} of {total} with their names", groups=names, count=count, total=total)
    if names and canvas.room.wide(words, "head") <= canvas.room.width:
        return words
    return say("{count} of {total} with their names", count=count, total=total)


def _paint_ground(canvas: Canvas, sheet: Sheet) -> None:
    page, area = sheet.page, sheet.shared.area
    for at, quadrant in enumerate(_quadrants(area)):
        canvas.box(
            quadrant.left + (4 if at % 2 else 0),
            quadrant.top + (4 if at > 1 else 0),
            quadrant.width - 4,
            quadrant.height - 4,
            SOFT if at == 1 else MIST,
            14,
            LINE,
            2,
        )
    for at, (name, box) in enumerate(zip(page.quadrants, _corner_names(page, canvas.room, area), strict=True)):
        ink, ground = (PETROL, SOFT) if at == 1 else (QUIET, MIST)
        align = "end" if at % 2 else "start"
        canvas.write(name, "quadrant", box.left, box.top, box.width + 1, ink=ink, ground=ground, align=align)


def _paint_axes(canvas: Canvas, sheet: Sheet) -> None:
    room, page, area = canvas.room, sheet.page, sheet.shared.area
    y, middle = area.bottom + 8, area.left + area.width / 2
    step = room.line("axis")
    wide = room.wide(page.interest, "head")
    canvas.write(page.interest, "head", middle - wide / 2 - 24, y, wide + 2, ink=QUIET)
    arrow = middle + wide / 2 - 6
    canvas.arrow(arrow, y + step / 2, arrow + 34, y + step / 2, QUIET)
    canvas.write(page.low, "axis", area.left, y, area.width / 3, ink=QUIET)
    end = room.wide(page.high, "axis")
    canvas.write(page.high, "axis", area.right - end, y, end + 2, ink=QUIET)
    tall = room.wide(page.influence, "head")
    center = area.top + area.height / 2
    canvas.write_up(page.influence, "head", 0, center + 24, ink=QUIET)
    top = center + 6 - tall / 2
    canvas.arrow(step / 2, top, step / 2, top - 34, QUIET)
    canvas.write_up(page.low, "axis", 0, area.bottom, ink=QUIET, align="start")
    canvas.write_up(page.high, "axis", 0, area.top, ink=QUIET, align="end")
    if sheet.shared.waiting:
        free = (area.left + area.width / 2) - wide / 2 - 60 - room.wide(page.low, "axis") - area.left
        words = sheet.shared.waiting
        if room.wide(words, "axis") < free:
            canvas.write(words, "axis", area.left + room.wide(page.low, "axis") + 34, y, free, ink=INK)


def _paint_spread(canvas: Canvas, pill: Pill, spots: _Spots) -> None:
    """How far the assessors lie apart, softly: a pale oval and a thin cross from the lowest to the highest."""
    low_interest, high_interest, low_influence, high_influence = pill.spread or (0, 0, 0, 0)
    if high_interest - low_interest < 0.5 and high_influence - low_influence < 0.5:
        return
    first, last = spots.at(high_influence, low_interest), spots.at(low_influence, high_interest)
    rect = QRectF(canvas.spot(first.x(), first.y()), canvas.spot(last.x(), last.y()))
    color = QColor(group_outline(pill.group) or group_color(pill.group))
    oval = QPainterPath()
    oval.addEllipse(rect.adjusted(-8, -8, 8, 8))
    color.setAlpha(22)
    canvas.painter.fillPath(oval, color)
    middle = spots.at(pill.influence, pill.interest)
    cross = QPainterPath(QPointF(rect.left(), canvas.top + middle.y()))
    cross.lineTo(rect.right(), canvas.top + middle.y())
    cross.moveTo(canvas.left + middle.x(), rect.top())
    cross.lineTo(canvas.left + middle.x(), rect.bottom())
    color.setAlpha(120)
    canvas.painter.strokePath(cross, QPen(color, 2.5))


def _paint_leader(canvas: Canvas, pill: Pill, place: Place, spots: _Spots) -> None:
    spot, shape = spots.at(pill.influence, pill.interest), _shape_at(place, canvas.room)
    if abs(spot.x() - shape[0]) < 12 and abs(spot.y() - shape[1]) < 12:
        return
    canvas.line(spot.x(), spot.y(), shape[0], shape[1], STRONG, 2.5)
    canvas.shape("", spot.x(), spot.y(), 13, MIST)


def _shape_at(place: Place, room: Room) -> tuple[float, float]:
    reach = room.grown(13) + _side(room) / 2
    box = place.box
    return (box.right - reach if place.turned else box.left + reach, box.top + box.height / 2)


def _paint_pill(canvas: Canvas, pill: Pill, place: Place, in_hand: bool = False) -> None:
    room, box = canvas.room, place.box
    radius = min(box.height / 2, room.grown(28))
    line, thick = (PETROL, 4.0) if in_hand else (STRONG, 2.0)
    canvas.box(box.left, box.top, box.width, box.height, GROUND, radius, line, thick)
    x, y = _shape_at(place, room)
    canvas.shape(pill.group, x, y, _side(room))
    side = _side(room)
    wide = box.width - side - GAP - room.grown(31)
    left = box.left + room.grown(18) if place.turned else box.left + room.grown(13) + side + GAP
    lines = _name_lines(pill, room)
    canvas.write_lines(
        lines, "pill", left, box.top, wide + 2, box.height, align="end" if place.turned else "start", ground=GROUND
    )
