"""The canvas: paints a page and keeps account of every text and mark, with its size, its ink and its ground.

Places are measured from the start side, so that a page is written once for both directions of writing. What a test or
a screen reader wants to know is read from the account and not from the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ...charts import palette
from ..fonts import ready_for
from ..icons import renderer
from ..painting import write
from ..shapes import shape_path
from .look import GROUND, INK
from .room import Room, metrics


@dataclass(frozen=True)
class Written:
    """A text on the wall: the size of its letters and its place in pixels of the screen, its ink and its ground."""

    words: str
    pixels: float
    ink: str
    ground: str
    place: QRectF
    passing: bool = False


@dataclass(frozen=True)
class Mark:
    """A mark that means something: a shape, a bar, a tick; ``ink`` is what sets it off from its ground."""

    what: str
    ink: str
    ground: str
    place: QRectF


@dataclass
class Account:
    """All that was painted."""

    texts: list[Written] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


class Canvas:
    """A painter for one part of the wall, whose own corner at the start side is 0, 0."""

    def __init__(
        self,
        painter: QPainter,
        room: Room,
        left: float,
        top: float,
        unit: float,
        account: Account,
        names: dict[str, str] | None = None,
        pointing: dict[str, Any] | None = None,
    ):
        self.painter, self.room, self.unit, self.account = painter, room, unit, account
        self.left, self.top = left, top
        self.names, self.pointing = names or {}, pointing or {}
        self.mirrors = room.rtl

    @contextmanager
    def as_it_is(self) -> Iterator[None]:
        """What is not mirrored: the axes of the influence map."""
        kept, self.mirrors = self.mirrors, False
        yield
        self.mirrors = kept

    def at(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A place in this part, put where it belongs in this direction of writing, in the painter's measure."""
        if self.mirrors:
            x = self.room.width - x - width
        return QRectF(self.left + x, self.top + y, width, height)

    def spot(self, x: float, y: float) -> QPointF:
        return self.at(x, y, 0, 0).topLeft()

    def _screen(self, rect: QRectF) -> QRectF:
        unit = self.unit
        return QRectF(rect.left() * unit, rect.top() * unit, rect.width() * unit, rect.height() * unit)

    # Texts -------------------------------------------------------------------------------------------

    def write(
        self,
        words: str,
        role: str,
        x: float,
        y: float,
        width: float,
        height: float | None = None,
        *,
        ink: str = INK,
        ground: str = GROUND,
        align: str = "start",
        passing: bool = False,
    ) -> float:
        """Write a text into a width, in as many lines as it needs; answers how high it is.

        With a ``height`` it stands in its middle, without one it begins at y.
        """
        if not words:
            return 0.0
        lines = self.room.lines(words, role, width)
        return self.write_lines(lines, role, x, y, width, height, ink=ink, ground=ground, align=align, passing=passing)

    def write_lines(
        self,
        lines: tuple[str, ...],
        role: str,
        x: float,
        y: float,
        width: float,
        height: float | None = None,
        *,
        ink: str = INK,
        ground: str = GROUND,
        align: str = "start",
        passing: bool = False,
    ) -> float:
        room, step = self.room, self.room.line(role)
        pixels = room.pixels(role)
        measure = metrics(role, pixels)
        high = len(lines) * step
        top = y if height is None else y + (height - high) / 2
        self.painter.setFont(room.face(role))
        self.painter.setPen(QColor(ink))
        for line in lines:
            ready_for(line)
            wide = room.wide(line, role)
            start = x + {"start": 0.0, "center": (width - wide) / 2, "end": width - wide}[align]
            place = self.at(start, top, wide, step)
            baseline = place.top() + (step - measure.ascent() - measure.descent()) / 2 + measure.ascent()
            write(self.painter, QPointF(place.left(), baseline), line)
            self.account.texts.append(
                Written(line, pixels * self.unit, ink, ground, self._screen(place), passing),
            )
            top += step
        return high

    def write_up(
        self,
        words: str,
        role: str,
        x: float,
        middle: float,
        *,
        ink: str = INK,
        ground: str = GROUND,
        align: str = "center",
    ) -> None:
        """One line that reads upwards, its middle (or its start, or its end) at a height."""
        room = self.room
        wide, step = room.wide(words, role), room.line(role)
        bottom = middle + {"center": wide / 2, "start": 0.0, "end": wide}[align]
        place = self.at(x, bottom - wide, step, wide)
        measure = metrics(role, room.pixels(role))
        self.painter.save()
        self.painter.translate(place.left(), place.bottom())
        self.painter.rotate(-90)
        self.painter.setFont(room.face(role))
        self.painter.setPen(QColor(ink))
        self.painter.drawText(QPointF(0, (step - measure.ascent() - measure.descent()) / 2 + measure.ascent()), words)
        self.painter.restore()
        self.account.texts.append(
            Written(words, room.pixels(role) * self.unit, ink, ground, self._screen(place), False),
        )

    # Marks -------------------------------------------------------------------------------------------

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = None,
        radius: float = 0.0,
        line: str | None = None,
        thick: float = 2.0,
        dashed: bool = False,
        alpha: int = 255,
    ) -> QRectF:
        """A box, its line inside the place. Grounds and frames are not marks."""
        rect = self.at(x, y, width, height)
        brush = QColor(fill) if fill else None
        if brush is not None:
            brush.setAlpha(alpha)
        inner = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2) if line else rect
        if line:
            pen = QPen(QColor(line), thick)
            if dashed:
                pen.setDashPattern([5, 3])
            self.painter.setPen(pen)
        else:
            self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(brush if brush is not None else Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(inner, radius, radius)
        return rect

    def bar(
        self,
        what: str,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        ground: str = GROUND,
        line: str | None = None,
        hatched: bool = False,
        radius: float = 4.0,
    ) -> None:
        """A bar that stands for a quantity; hatched where a source is missing or unknown."""
        rect = self.box(x, y, width, height, fill, radius, line, 2.5)
        if hatched:
            self.painter.save()
            clip = QPainterPath()
            clip.addRoundedRect(rect, radius, radius)
            self.painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
            self.painter.setPen(QPen(QColor(line or INK), 2.5))
            step = 13.0
            reach = rect.left() - rect.height()
            while reach < rect.right():
                self.painter.drawLine(QPointF(reach, rect.bottom()), QPointF(reach + rect.height(), rect.top()))
                reach += step
            self.painter.restore()
        self.account.marks.append(Mark(what, line or fill or INK, ground, self._screen(rect)))

    def shape(
        self,
        group: str,
        x: float,
        y: float,
        side: float,
        ground: str = GROUND,
        halo: bool = False,
        hollow: bool = False,
    ) -> None:
        """A group's mark, its centre at x, y; a halo parts it from what lies under it."""
        rect = self.at(x - side / 2, y - side / 2, side, side)
        path = shape_path(group, rect)
        color = palette.group_color(group)
        outline = palette.group_outline(group)
        if halo:
            pen = QPen(QColor(GROUND), 6.0)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self.painter.strokePath(path, pen)
        if hollow:
            self.painter.setBrush(QColor(GROUND))
            pen = QPen(QColor(outline or color), 3.0)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self.painter.setPen(pen)
        else:
            self.painter.setBrush(QColor(color))
            self.painter.setPen(QPen(QColor(outline), 2.0) if outline else Qt.PenStyle.NoPen)
        self.painter.drawPath(path)
        self.account.marks.append(Mark(group, outline or color, GROUND if halo else ground, self._screen(rect)))

    def icon(self, name: str, x: float, y: float, side: float, ink: str, ground: str = GROUND) -> None:
        rect = self.at(x, y, side, side)
        renderer(name, ink).render(self.painter, rect)
        self.account.marks.append(Mark(name, ink, ground, self._screen(rect)))

    def path(self, path: QPainterPath, ink: str, thick: float = 3.0) -> None:
        """A line along a path that is already in its place."""
        pen = QPen(QColor(ink), thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(path)

    def line(self, x1: float, y1: float, x2: float, y2: float, ink: str, thick: float = 2.0) -> None:
        pen = QPen(QColor(ink), thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.painter.setPen(pen)
        self.painter.drawLine(self.spot(x1, y1), self.spot(x2, y2))

    def tick(self, what: str, x: float, y: float, height: float, ink: str, ground: str = GROUND) -> None:
        """An upright mark on a scale, 5 wide."""
        rect = self.at(x - 2.5, y, 5, height)
        self.painter.fillRect(rect, QColor(ink))
        self.account.marks.append(Mark(what, ink, ground, self._screen(rect)))

    def diamond(self, what: str, x: float, y: float, half: float, ink: str, ground: str = GROUND) -> None:
        rect = self.at(x - half, y - half, 2 * half, 2 * half)
        center = rect.center()
        path = QPainterPath(QPointF(center.x(), rect.top()))
        for corner in (
            QPointF(rect.right(), center.y()),
            QPointF(center.x(), rect.bottom()),
            QPointF(rect.left(), center.y()),
        ):
            path.lineTo(corner)
        path.closeSubpath()
        self.painter.fillPath(path, QColor(ink))
        self.account.marks.append(Mark(what, ink, ground, self._screen(rect)))

    def arrow(self, x1: float, y1: float, x2: float, y2: float, ink: str, thick: float = 3.0, head: float = 11) -> None:
        """An arrow, level or upright."""
        first, last = self.spot(x1, y1), self.spot(x2, y2)
        long = ((last.x() - first.x()) ** 2 + (last.y() - first.y()) ** 2) ** 0.5 or 1.0
        dx, dy = (last.x() - first.x()) / long, (last.y() - first.y()) / long
        path = QPainterPath(first)
        path.lineTo(last)
        path.moveTo(last.x() - head * (dx + dy), last.y() - head * (dy - dx))
        path.lineTo(last)
        path.lineTo(last.x() - head * (dx - dy), last.y() - head * (dy + dx))
        self.path(path, ink, thick)

    def chip(
        self, words: str, x: float, y: float, ink: str, ground: str, line: str, icon: str = "", end: bool = False
    ) -> float:
        """A short word in a pill at a height, begun at x (or ended there); answers its width."""
        room = self.room
        high, side = chip_height(room), room.grown(28)
        wide = chip_width(room, words, bool(icon))
        left = x - wide if end else x
        self.box(left, y, wide, high, ground, high / 2, line, 2)
        inner = left + room.grown(16)
        if icon:
            self.icon(icon, inner, y + (high - side) / 2, side, line, ground)
            inner += side + room.grown(9)
        self.write(words, "head", inner, y, room.wide(words, "head") + 2, high, ink=ink, ground=ground)
        return wide


def chip_height(room: Room) -> float:
    return room.line("head") + room.grown(8)


def chip_width(room: Room, words: str, icon: bool) -> float:
    return room.wide(words, "head") + room.grown(32 + (37 if icon else 0)) + 2
