"""The value of a score as a curve: what each level is worth, with points to drag."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.painting import (
    CONTROL,
    KeyboardFocus,
    box,
    direct,
    draw_text,
    focus_ring,
    hairline,
    start,
    text_width,
)
from tna_desktop.ui.tokens import theme

from .. import worth
from ..worth import LINEAR, PIECEWISE, Point

_K = Qt.Key
#: After so many milliseconds without a key, what was moved by keys is kept as one change.
_REST = 700
#: Along the scale a point moves by this share of it, with Shift by ten times as much.
_STEP = 0.01


class ValueCurve(KeyboardFocus, QWidget):
    """``moved`` tells the points while they move, ``kept`` when they are let go."""

    moved = Signal(object)
    kept = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self.shape, self.points, self.scores = LINEAR, list[Point](), list[float]()
        self.low, self.high, self.cost, self.chosen = 0.0, 1.0, False, 0
        self._dragged = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._keep)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def sizeHint(self):
        return QSize(theme().px(240), theme().px(190))

    def show_curve(
        self, shape: str, points: Sequence[Point], low: float, high: float, cost: bool, scores: Sequence[float]
    ) -> None:
        """The curve of a criterion with the scores on it. What is being moved stays as it is."""
        if self._dragged or self._rest.isActive():
            return
        self.shape, self.points, self.low, self.high, self.cost = shape, list(points), low, high, cost
        self.scores = list(scores)
        self.chosen = min(self.chosen, max(0, len(self.points) - 1))
        self._tell()

    def _tell(self) -> None:
        say, number = self.language.say, self.language.number
        parts = [
            say("{level} is worth {worth}", level=number(level), worth=number(value)) for level, value in self.points
        ]
        self.setAccessibleName(say("What a score is worth"))
        if not self.points:
            text = say("A straight line from {low} to {high}.", low=number(self.low), high=number(self.high))
        else:
            text = say("Point {n} of {all}: {point}", n=self.chosen + 1, all=len(parts), point=parts[self.chosen])
        self.setAccessibleDescription(text)
        self.update()

    # Places ------------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        look = theme()
        side = text_width(self.language.number(100), font("smallest")) + look.px(14)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        foot = line_height("smallest") + look.px(6)
        area = QRectF(self.rect()).adjusted(side, look.px(10), -look.px(12), -foot)
        return area if not rtl else QRectF(self.width() - area.right(), area.top(), area.width(), area.height())

    def place(self, point: Point) -> QPointF:
        """Where a point is painted; the scale begins at the start side."""
        area, wide = self._area(), self.high - self.low
        share = (point[0] - self.low) / wide if wide > 0 else 0.0
        share = min(1.0, max(0.0, share))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        return QPointF(area.left() + share * area.width(), area.bottom() - point[1] / 100 * area.height())

    def _point_at(self, place: QPointF) -> Point:
        area = self._area()
        share = min(1.0, max(0.0, (place.x() - area.left()) / max(1.0, area.width())))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        height = min(1.0, max(0.0, (area.bottom() - place.y()) / max(1.0, area.height())))
        return self.low + share * (self.high - self.low), 100 * height

    # Moving ------------------------------------------------------------------------------------------

    def _move(self, level: float, value: float) -> None:
        """Move the chosen point, between its neighbours; the first one of steps keeps its level."""
        at, wide = self.chosen, self.high - self.low
        gap = wide * _STEP
        fixed = self.shape != PIECEWISE and at == 0
        low = self.points[at - 1][0] + gap if at else self.low
        high = self.points[at + 1][0] - gap if at + 1 < len(self.points) else self.high
        level = self.points[at][0] if fixed or high < low else min(high, max(low, level))
        grain = 10.0 ** np.floor(np.log10(wide / 60)) if wide > 0 else 1.0
        tidy = float(round(level / grain) * grain)
        level = tidy if low <= tidy <= high and not fixed else level
        self.points[at] = (round(level, 10), float(round(min(100.0, max(0.0, value)))))
        self._tell()
        self.moved.emit(tuple(self.points))

    def _keep(self) -> None:
        self._rest.stop()
        self.kept.emit(tuple(self.points))

    def _nearest(self, place: QPointF) -> int | None:
        reach = theme().px(14)
        apart = [(self.place(point) - place).manhattanLength() for point in self.points]
        best = min(range(len(apart)), key=lambda at: apart[at], default=None)
        return best if best is not None and apart[best] <= reach else None

    def mousePressEvent(self, event):
        near = self._nearest(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near is not None:
            self.chosen, self._dragged = near, True
            self._tell()

    def mouseMoveEvent(self, event):
        if self._dragged:
            self._move(*self._point_at(event.position()))
        else:
            near = self._nearest(event.position())
            self.setCursor(Qt.CursorShape.ArrowCursor if near is None else Qt.CursorShape.SizeAllCursor)

    def mouseReleaseEvent(self, event):
        if self._dragged:
            self._dragged = False
            self._keep()

    def keyPressEvent(self, event):
        key = event.key()
        if not self.points:
            super().keyPressEvent(event)
            return
        if key in (_K.Key_PageDown, _K.Key_PageUp):
            self.chosen = (self.chosen + (1 if key == _K.Key_PageDown else -1)) % len(self.points)
            self._tell()
            return
        forward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        along = {_K.Key_Right: forward, _K.Key_Left: -forward}.get(key, 0)
        up = {_K.Key_Up: 1, _K.Key_Down: -1}.get(key, 0)
        if not along and not up:
            super().keyPressEvent(event)
            return
        more = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        level, value = self.points[self.chosen]
        self._move(level + along * more * _STEP * (self.high - self.low), value + up * more)
        self._rest.start()

    def focusOutEvent(self, event):
        super().focusOutEvent(event)
        if self._rest.isActive():
            self._keep()

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        look, area = theme(), self._area()
        painter = start(self)
        direct(painter, self)
        small = font("smallest")
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box(painter, self.rect(), CONTROL, look.color("surface"), look.color("line2"))
        for value in (0, 50, 100):
            y = area.bottom() - value / 100 * area.height()
            hairline(painter, int(area.left()), int(y), int(area.width()))
            words = self.language.number(value)
            wide = text_width(words, small)
            left = area.right() + look.px(9) if rtl else area.left() - look.px(9) - wide
            place = QRectF(left, y - line_height("smallest") / 2, wide, line_height("smallest"))
            draw_text(painter, place, words, small, look.color("text2"), "center")
        for end, align in ((self.low, "start"), (self.high, "end")):
            place = QRectF(area.left(), area.bottom() + look.px(3), area.width(), line_height("smallest"))
            draw_text(painter, place, self.language.compact(end), small, look.color("text2"), align)
        painter.setPen(QPen(look.color("text3"), 1.5))
        for score in self.scores:
            x = self.place((score, 0.0)).x()
            painter.drawLine(QPointF(x, area.bottom() - look.px(5)), QPointF(x, area.bottom()))
        painter.setPen(QPen(look.color("petrol"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path())
        for at, point in enumerate(self.points):
            middle, radius = self.place(point), look.px(5)
            mine = at == self.chosen and self.hasFocus()
            painter.setPen(QPen(look.color("petrol"), 2))
            painter.setBrush(look.color("petrol") if mine else look.color("surface"))
            painter.drawEllipse(middle, radius, radius)
            if mine:
                painter.setPen(QPen(look.color("petrol"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, radius + 3, radius + 3)
        if self.ring:
            focus_ring(painter, self.rect(), CONTROL)

    def _path(self) -> QPainterPath:
        path = QPainterPath()
        function = worth.shaped(self.shape, self.points)
        if function is None:
            ends = [(self.low, 100.0), (self.high, 0.0)] if self.cost else [(self.low, 0.0), (self.high, 100.0)]
            path.moveTo(self.place(ends[0]))
            path.lineTo(self.place(ends[1]))
            return path
        if self.shape == PIECEWISE:
            corners = [(self.low, float(function([self.low])[0])), *self.points]
            corners.append((self.high, float(function([self.high])[0])))
        else:
            corners = []
            for at, (level, value) in enumerate(self.points):
                until = self.points[at + 1][0] if at + 1 < len(self.points) else self.high
                corners += [(self.low if at == 0 else level, value), (until, value)]
        path.moveTo(self.place(corners[0]))
        for corner in corners[1:]:
            path.lineTo(self.place(corner))
        return path
