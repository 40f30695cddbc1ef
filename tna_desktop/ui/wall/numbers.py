"""A large number on every screen while one is chosen, because the system's names for screens tell nobody anything."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QScreen
from PySide6.QtWidgets import QWidget

from ..fonts import font
from ..painting import draw_text, start
from .look import GROUND, PETROL

SIDE = 260


class ScreenNumber(QWidget):
    """A number in the middle of one screen; it takes neither the focus nor the pointer."""

    def __init__(self, number: str, screen: QScreen):
        flags = Qt.WindowType
        super().__init__(
            None,
            flags.ToolTip
            | flags.FramelessWindowHint
            | flags.WindowStaysOnTopHint
            | flags.WindowDoesNotAcceptFocus
            | flags.WindowTransparentForInput,
        )
        self.number = number
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAccessibleName(number)
        place = screen.geometry()
        self.setScreen(screen)
        self.setGeometry(
            place.left() + (place.width() - SIDE) // 2, place.top() + (place.height() - SIDE) // 2, SIDE, SIDE
        )

    def paintEvent(self, event):
        painter = start(self)
        painter.fillRect(self.rect(), QColor(PETROL))
        face = font("big_number")
        face.setPixelSize(180)
        draw_text(painter, QRectF(self.rect()), self.number, face, QColor(GROUND), "center")
