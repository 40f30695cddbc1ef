"""What every block painted by hand shares: crisp rounded boxes, the focus ring, text that starts at the right side."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from .tokens import theme

#: Qt.FocusReason of a click: the only one after which no ring is shown.
_CLICK = Qt.FocusReason.MouseFocusReason
CELL, CONTROL, CARD, DIALOG = 4, 6, 8, 12


class KeyboardFocus:
    """Mix into a QWidget: ``self.ring`` says whether it has the focus and got it by the keyboard."""

    _by_keyboard = False

    def focusInEvent(self, event):
        self._by_keyboard = event.reason() != _CLICK
        super().focusInEvent(event)  # type: ignore[misc]
        self.update()  # type: ignore[attr-defined]

    def focusOutEvent(self, event):
        super().focusOutEvent(event)  # type: ignore[misc]
        self.update()  # type: ignore[attr-defined]

    def keyPressEvent(self, event):
        # Who clicked first and then goes on with keys needs to see where they are.
        if not self._by_keyboard:
            self._by_keyboard = True
            self.update()  # type: ignore[attr-defined]
        super().keyPressEvent(event)  # type: ignore[misc]

    @property
    def ring(self) -> bool:
        return self._by_keyboard and self.hasFocus()  # type: ignore[attr-defined]


def start(widget: QWidget) -> QPainter:
    """A painter with smooth edges on a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box whose line lies inside the rectangle, on whole pixels."""
    inner = QRectF(rect)
    if line is not None:
        inner.adjust(width / 2, width / 2, -width / 2, -width / 2)
        pen = QPen(line, width)
        if dashed:
            pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius, radius)


def focus_ring(painter: QPainter, rect: QRect | QRectF, radius: float, token: str = "petrol") -> None:
    """The 2 px ring that shows where the keyboard is."""
    box(painter, rect, radius, None, theme().color(token), 2.0)


def hairline(painter: QPainter, x: int, y: int, length: int, token: str = "line", vertical: bool = False) -> None:
    """A line of exactly one pixel; drawLine with smooth edges would give a grey line of two."""
    painter.fillRect(QRect(x, y, 1, length) if vertical else QRect(x, y, length, 1), theme().color(token))


def text_width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def draw_text(painter: QPainter, rect: QRectF, text: str, font: QFont, color: QColor, align: str = "start") -> None:
    """One line of text, centred in height, at the start, the centre or the end of a rectangle that is already mirrored.

    The painter's layout direction decides which side the start is; set it with ``direct`` first.
    """
    painter.setFont(font)
    painter.setPen(color)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = rect.left()
    if align == "center":
        left += (rect.width() - width) / 2
    elif (align == "end") != rtl:
        left = rect.right() - width
    baseline = rect.top() + (rect.height() - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    write(painter, QPointF(left, baseline), text)


def write(painter: QPainter, place: QPointF, text: str) -> None:
    """Paint a text from its left end on, in the order in which it is read.

    Without a letter of a right-to-left script it is read from left to right wherever it stands: "57 of 100", "> 99"
    and "5=" would otherwise come out as "of 100 57", "99 <" and "=5" on a page that begins at the right.
    """
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft and not has_right_to_left(text):
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(place, text)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return
    painter.drawText(place, text)


@lru_cache(maxsize=4096)
def has_right_to_left(text: str) -> bool:
    """Whether a letter of a right-to-left script is in it."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def direct(painter: QPainter, widget: QWidget) -> None:
    painter.setLayoutDirection(widget.layoutDirection())


def visual_alignment(widget: QWidget, alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """Left, centre or right as it is seen: the start side is the right one in right-to-left languages.

    QStyle knows this too, but only to touch that class costs five milliseconds at start-up.
    """
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    seen = alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft and not seen & Qt.AlignmentFlag.AlignAbsolute:
        seen = right if seen & left else left if seen & right else seen
    return seen | Qt.AlignmentFlag.AlignAbsolute


def mirrored(rect: QRectF, width: float, right_to_left: bool) -> QRectF:
    """A rectangle measured from the start side, put where it belongs in this direction of writing."""
    if not right_to_left:
        return rect
    return QRectF(width - rect.left() - rect.width(), rect.top(), rect.width(), rect.height())
