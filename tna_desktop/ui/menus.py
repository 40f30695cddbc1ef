"""Menus: icon, words, keys; what deletes is brick."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from .fonts import font, ready_for, set_role
from .icons import paint_icon
from .labels import Label
from .painting import CARD, CELL, box, direct, draw_text, start, text_width
from .painting import mirrored as mirrored_rect
from .tokens import theme

_ICON, _TOKEN = "menuIcon", "menuToken"


class Menu(QMenu):
    """A menu of commands. ``add`` puts a line in; everything else is a QMenu."""

    def __init__(self, name: str = "", parent: QWidget | None = None):
        super().__init__(name, parent)
        set_role(self, "body")
        self.setAccessibleName(name)
        # Round corners: what lies outside them must not be painted.
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def add(
        self,
        words: str,
        on_click: Callable[[], object] | None = None,
        icon: str = "",
        keys: str = "",
        danger: bool = False,
        enabled: bool = True,
        checked: bool | None = None,
    ) -> QAction:
        """One line. ``keys`` is only shown, the window owns the shortcuts. ``checked``: a choice with a check."""
        ready_for(words)
        action = QAction(words.replace("&", "&&"), self)
        action.setEnabled(enabled)
        action.setProperty(_ICON, icon)
        action.setProperty(_TOKEN, "brick" if danger else "text2")
        action.setData(keys)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        if on_click is not None:
            action.triggered.connect(lambda _checked=False: on_click())
        self.addAction(action)
        return action

    def sizeHint(self):
        look = theme()
        keys = max((self._keys_width(action) for action in self.actions()), default=0)
        words = max(
            (text_width(_words(action), self.font()) for action in self.actions() if not action.isSeparator()),
            default=0.0,
        )
        natural = super().sizeHint()
        wide = look.px(40) + int(words) + (look.px(32) + keys if keys else 0) + look.px(16)
        return QSize(max(natural.width(), wide, look.px(180)), natural.height())

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        direct(painter, self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box(painter, self.rect(), CARD, look.color("raised"), look.color("line2"))
        for action in self.actions():
            place = QRectF(self.actionGeometry(action))
            if not action.isVisible() or not place.isValid():
                continue
            # The lines reach from side to side, whatever Qt measured for its own painting.
            place.setLeft(5)
            place.setRight(self.width() - 5)
            if action.isSeparator():
                painter.fillRect(QRectF(place.left(), round(place.center().y()), place.width(), 1), look.color("line"))
                continue
            self._paint_line(painter, place, action, rtl)

    def _paint_line(self, painter, place: QRectF, action: QAction, rtl: bool) -> None:
        look = theme()
        token = action.property(_TOKEN) or "text2"
        enabled = action.isEnabled()
        if action is self.activeAction() and enabled:
            box(painter, place, CELL, look.color("brick_bg" if token == "brick" else "sel2"))

        def at(left: float, width: float) -> QRectF:
            inner = mirrored_rect(QRectF(left, 0, width, place.height()), place.width(), rtl)
            return inner.translated(place.left(), place.top())

        name = "check" if action.isChecked() else action.property(_ICON)
        if name:
            side = look.px(15)
            square = at(look.px(11), side)
            square = QRectF(square.left(), place.center().y() - side / 2, side, side)
            paint_icon(painter, square, name, "faint" if not enabled else token)
        ink = "faint" if not enabled else "brick" if token == "brick" else "text"
        left = look.px(34)
        words = at(left, place.width() - left)
        draw_text(painter, words, _words(action), self.font(), look.color(ink))
        keys = self._keys(action)
        end = look.px(10)
        if action.menu() is not None:
            side = look.px(12)
            square = at(place.width() - end - side, side)
            square = QRectF(square.left(), place.center().y() - side / 2, side, side)
            paint_icon(painter, square, "caret-left" if rtl else "caret-right", "text3")
        elif keys:
            width = text_width(keys, font("meta"))
            draw_text(painter, at(place.width() - end - width, width), keys, font("meta"), look.color("text3"))

    @staticmethod
    def _keys(action: QAction) -> str:
        if isinstance(action.data(), str) and action.data():
            return action.data()
        return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")

    def _keys_width(self, action: QAction) -> int:
        keys = self._keys(action)
        return int(text_width(keys, font("meta"))) + 1 if keys else 0


def _words(action: QAction) -> str:
    return action.text().replace("&&", "&")


class Tip(Label):
    """A tooltip that stays, for pictures of the interface and for charts that place their own."""

    def __init__(self, text: str, parent: QWidget | None = None):
        super().__init__(text, "label_medium", "tip_text", parent=parent)
        self.setContentsMargins(12, 5, 12, 5)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event):
        painter = start(self)
        box(painter, self.rect(), CELL, theme().color("tip"))
        painter.end()
        super().paintEvent(event)
