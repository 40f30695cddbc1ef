"""The rosette on the screen: the progress of the six stages, and the large flower of the start screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..charts import rosette
from ..kernel.text import Language
from .painting import start
from .tokens import theme


def paint_rosette(
    painter: QPainter,
    rect: QRect | QRectF,
    shares: Sequence[float],
    on_rail: bool = False,
    faded: bool = False,
    dark: bool | None = None,
) -> None:
    """Paint the progress rosette into a rectangle. ``faded`` is for an assessment whose file is not there.

    ``dark`` is the theme's own affair but for the wall, which is white in every theme.
    """
    rect = QRectF(rect)
    tint = rosette.colors(theme().dark if dark is None else dark, on_rail)
    side = min(rect.width(), rect.height())
    width = max(1.2, min(side / 28, 4.0))
    radius = (side - width) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if faded:
        painter.setOpacity(painter.opacity() * 0.45)
    painter.translate(rect.center())
    painter.scale(radius, radius)
    petals = list(enumerate([*shares, *(0.0,) * rosette.PETALS][: rosette.PETALS]))
    # What is still to do lies under what is begun and done.
    for petal, share in sorted(petals, key=lambda entry: entry[1] > 0):
        painter.save()
        painter.rotate(60 * petal)
        if share >= 1:
            painter.fillPath(_petal(), QColor(tint.done))
        else:
            color = QColor(tint.begun if share > 0 else tint.to_do)
            painter.strokePath(_petal(), QPen(color, width / radius))
            if share > 0:
                painter.fillPath(_part(share), color)
        painter.restore()
    painter.restore()


class Rosette(QWidget):
    """Six petals, clockwise from the top, one per stage: done, begun or to do."""

    def __init__(
        self,
        language: Language,
        shares: Sequence[float] = (),
        px: int = 36,
        on_rail: bool = False,
        faded: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._language, self._px, self._on_rail, self._faded = language, px, on_rail, faded
        self._shares: tuple[float, ...] = ()
        self.restyle()
        self.set_shares(shares)

    def shares(self) -> tuple[float, ...]:
        return self._shares

    def set_shares(self, shares: Sequence[float]) -> None:
        """The progress of each stage, from 0 to 1."""
        self._shares = tuple(max(0.0, min(1.0, share)) for share in shares)
        done = sum(share >= 1 for share in self._shares)
        begun = sum(0 < share < 1 for share in self._shares)
        self.setAccessibleName(
            self._language.say(
                "{done} of {stages} stages done, {begun} begun", done=done, stages=rosette.PETALS, begun=begun
            )
        )
        self.update()

    def restyle(self) -> None:
        side = theme().px(self._px)
        self.setFixedSize(side, side)

    def paintEvent(self, event):
        paint_rosette(start(self), self.rect(), self._shares, self._on_rail, self._faded)


class RosetteArt(QWidget):
    """The large flower on the rail's colour; its petals show what is done, the open ones are amber."""

    def __init__(self, shares: Sequence[float] = (1, 1, 1, 1, 1, 0), parent: QWidget | None = None):
        super().__init__(parent)
        self._shares = tuple(shares)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_shares(self, shares: Sequence[float]) -> None:
        self._shares = tuple(shares)
        self.update()

    def sizeHint(self):
        return QSize(420, 640)

    def paintEvent(self, event):
        painter = start(self)
        painter.fillRect(self.rect(), theme().color("rail"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_art(painter, self.width(), self.height(), self._shares, mirrored)


def paint_art(painter: QPainter, width: int, height: int, shares: Sequence[float], mirrored: bool = False) -> None:
    """The large flower as rosette.art_svg() draws it; by hand, because it is in the first picture of every session."""
    x, y = rosette.ART_CENTER[0] * width, rosette.ART_CENTER[1] * height
    reach = rosette.ART_RADIUS * width
    outline = _petal()
    painter.save()
    painter.translate(width - x if mirrored else x, y)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(rosette.ART_LINE), 1.2))
    for scale in rosette.echoes():
        for petal in range(rosette.PETALS):
            # The outline is scaled and not the painter: a line is 1.2 pixels wide in every echo.
            painter.drawPath(QTransform().rotate(60 * petal).scale(reach * scale, reach * scale).map(outline))
    painter.setPen(Qt.PenStyle.NoPen)
    tint = rosette.colors(theme().dark, on_rail=True)
    heart = reach * rosette.ART_HEART
    for petal, share in enumerate([*shares, *(0.0,) * rosette.PETALS][: rosette.PETALS]):
        painter.setBrush(QColor(tint.done if share >= 1 else tint.begun))
        turned = QTransform().rotate(60 * (-petal if mirrored else petal))
        painter.drawPath(turned.scale(heart, heart).map(outline))
    painter.restore()


def _petal() -> QPainterPath:
    """One petal in a flower of radius 1; the same outline as rosette.PETAL."""
    return _part(1.0)


@lru_cache(maxsize=64)
def _part(share: float) -> QPainterPath:
    first, one, two, last = rosette.petal_part(share)
    path = QPainterPath()
    path.moveTo(*first)
    path.cubicTo(*one, *two, *last)
    path.lineTo(-last[0], last[1])
    path.cubicTo(-two[0], two[1], -one[0], one[1], *first)
    path.closeSubpath()
    return path
