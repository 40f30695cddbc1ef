"""Rating something from 1 to 5 with five segments, by click or by number key; 0 clears, because unknown is not zero."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..kernel.text import Language
from .painting import CELL, KeyboardFocus, box, focus_ring, start
from .tokens import theme

_WIDE, _HIGH, _GAP = 10, 8, 3


def rating_size(levels: int = 5) -> QSize:
    look = theme()
    return QSize(levels * look.px(_WIDE) + (levels - 1) * look.px(_GAP), look.px(_HIGH))


def paint_rating(
    painter: QPainter,
    rect: QRectF,
    value: int | None,
    levels: int = 5,
    right_to_left: bool = False,
    enabled: bool = True,
) -> None:
    """Paint a rating at the start of a rectangle, centred in height, for lists and tables.

    What is not rated yet has hollow segments, so that it does not look like a low rating.
    """
    look = theme()
    rect = QRectF(rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide, high, gap = look.px(_WIDE), look.px(_HIGH), look.px(_GAP)
    top = round(rect.center().y() - high / 2)
    for level in range(1, levels + 1):
        left = (level - 1) * (wide + gap)
        x = rect.right() - left - wide if right_to_left else rect.left() + left
        place = QRectF(round(x), top, wide, high)
        if value is None:
            box(painter, place, 2, None, look.color("strong" if enabled else "line2"))
        elif level <= value:
            box(painter, place, 2, look.color("petrol" if enabled else "faint"))
        else:
            box(painter, place, 2, look.color("line"))
    painter.restore()


class Rating(KeyboardFocus, QWidget):
    """Five segments. Keys 1 to 5 rate, 0 or Delete clears, arrows go one up or down. ``rated`` tells the new value."""

    rated = Signal(object)  # int, or None for “not rated”

    def __init__(
        self,
        language: Language,
        value: int | None = None,
        name: str = "",
        levels: int = 5,
        words: Sequence[str] = (),
        read_only: bool = False,
        parent: QWidget | None = None,
    ):
        """``words`` are what the levels mean, from the lowest on, for the tooltip and the screen reader."""
        super().__init__(parent)
        self._language, self._name, self._levels = language, name, levels
        self._words, self._read_only = tuple(words), read_only
        self._value: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus)
        self.set_value(value)

    def value(self) -> int | None:
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value without telling anybody."""
        self._value = None if value is None else max(1, min(self._levels, int(value)))
        said = self.in_words()
        self.setToolTip(said)
        self.setAccessibleName(
            self._language.say("{what}: {value}", what=self._name, value=said) if self._name else said
        )
        self.update()

    def in_words(self) -> str:
        """The value as a screen reader says it."""
        if self._value is None:
            return self._language.say("Not rated")
        if len(self._words) >= self._value:
            return self._language.say(
                "{value} of {levels}, {meaning}",
                value=self._value,
                levels=self._levels,
                meaning=self._words[self._value - 1],
            )
        return self._language.say("{value} of {levels}", value=self._value, levels=self._levels)

    def sizeHint(self):
        size = rating_size(self._levels)
        return QSize(size.width() + 2 * theme().px(4), theme().px(26))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event):
        painter = start(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pad = theme().px(4)
        area = QRectF(self.rect()).adjusted(pad, 0, -pad, 0)
        paint_rating(painter, area, self._value, self._levels, rtl, self.isEnabled())
        if self.ring:
            focus_ring(painter, self.rect(), CELL)

    def mousePressEvent(self, event):
        if self._read_only or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        look = theme()
        place = event.position().x() - look.px(4)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place = self.width() - 2 * look.px(4) - place
        level = int(place // (look.px(_WIDE) + look.px(_GAP))) + 1
        self._rate(max(1, min(self._levels, level)))

    def keyPressEvent(self, event):
        key, value = event.key(), self._value or 0
        forward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {Qt.Key.Key_Right: forward, Qt.Key.Key_Left: -forward, Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if self._read_only:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._rate(None)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_0 <= self._levels:
            self._rate(int(key - Qt.Key.Key_0))
        elif key in steps:
            self._rate(max(1, min(self._levels, value + steps[key])))
        else:
            super().keyPressEvent(event)

    def _rate(self, value: int | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.rated.emit(value)
