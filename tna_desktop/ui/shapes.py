"""The marks of the stakeholder groups: a colour and a shape each, the same on every screen, the wall and the report."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from ..charts import palette
from ..charts.palette import GROUPS, SHAPES
from .painting import start
from .tokens import theme

__all__ = [
    "GROUPS", "SHAPES", "ShapeMark", "group_color", "group_outline", "paint_shape", "shape_icon", "shape_path",
]  # fmt: skip


def group_color(group: str) -> QColor:
    """The colour of a group in the theme of the moment."""
    return QColor(palette.group_color(group, theme().dark))


def group_outline(group: str) -> QColor | None:
    """The outline a pale group needs on white; None where the fill alone is clear enough."""
    outline = palette.group_outline(group, theme().dark)
    return QColor(outline) if outline else None


def shape_path(group: str, rect: QRect | QRectF) -> QPainterPath:
    """The group's shape inside a rectangle."""
    rect = QRectF(rect)
    side = min(rect.width(), rect.height()) / 2
    center = rect.center()
    return QTransform(side, 0, 0, side, center.x(), center.y()).map(_unit_path(palette.group_shape(group)))


def paint_shape(painter: QPainter, group: str, rect: QRect | QRectF, filled: bool = True, halo: bool = False) -> None:
    """Paint a group's mark. Hollow is for groups nobody is in yet; a halo parts it from a mark that lies under it."""
    path = shape_path(group, rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if halo:
        painter.strokePath(path, QPen(theme().color("bg"), 3.0))
    color, outline = group_color(group), group_outline(group)
    if filled:
        painter.setBrush(color)
        painter.setPen(QPen(outline, 1.0) if outline else Qt.PenStyle.NoPen)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(outline or color, 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
    painter.drawPath(path)
    painter.restore()


def shape_icon(group: str, px: int = 14) -> QIcon:
    """The mark as an icon, for lists and combo boxes; it follows the theme by itself."""
    return _icon(group, px)


class ShapeMark(QWidget):
    """A group's mark on its own. ``name`` is what a screen reader says; leave it empty beside the group's name."""

    def __init__(self, group: str, name: str = "", px: int = 14, parent: QWidget | None = None):
        super().__init__(parent)
        self._group, self._px = group, px
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.restyle()

    def set_group(self, group: str, name: str = "") -> None:
        self._group = group
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def restyle(self) -> None:
        side = theme().px(self._px)
        self.setFixedSize(side, side)

    def paintEvent(self, event):
        painter = start(self)
        paint_shape(painter, self._group, QRectF(self.rect()).adjusted(1, 1, -1, -1))


@cache
def _unit_path(shape: str) -> QPainterPath:
    """The shape in a box from -1 to 1; the same outlines as palette.SHAPE_PATHS."""
    path = QPainterPath()
    points = palette.shape_points(shape)
    if points:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    elif shape == "half":
        path.moveTo(-1, 0.52)
        path.arcTo(QRectF(-1, -0.48, 2, 2), 180, -180)
    else:
        path.addEllipse(QPointF(0, 0), 0.92, 0.92)
    path.closeSubpath()
    return path


class _Engine(QIconEngine):
    def __init__(self, group: str):
        super().__init__()
        self._group = group

    def paint(self, painter, rect, mode, state):
        paint_shape(painter, self._group, QRectF(rect).adjusted(1, 1, -1, -1))

    def pixmap(self, size, mode, state):
        made = QPixmap(size)
        made.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def actualSize(self, size, mode, state):
        side = min(size.width(), size.height())
        return QSize(side, side)

    def clone(self):
        return _Engine(self._group)


_engines: list[QIconEngine] = []


@cache
def _icon(group: str, px: int) -> QIcon:
    engine = _Engine(group)
    _engines.append(engine)
    return QIcon(engine)
