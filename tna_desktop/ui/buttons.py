"""Buttons: one filled per screen, the rest outlined, quiet, or for what needs care; all with a visible focus ring."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from .fonts import font, ready_for
from .icons import mirrored, paint_icon
from .labels import Label
from .layouts import column, row
from .painting import CARD, CONTROL, KeyboardFocus, box, direct, draw_text, focus_ring, start, text_width
from .painting import mirrored as mirrored_rect
from .tokens import theme


class _Kind(NamedTuple):
    """The tokens of one kind of button: ground, line, ink, icon, and the ground under the pointer."""

    ground: str | None
    line: str | None
    ink: str
    icon: str
    hover: str | None


KINDS = {
    "filled": _Kind("petrol", None, "on_petrol", "on_petrol", "petrol_hover"),
    "outline": _Kind("surface", "line2", "text", "petrol", "sel2"),
    "ghost": _Kind(None, None, "text2", "text2", "mist2"),
    "link": _Kind(None, None, "petrol", "petrol", None),
    "amber": _Kind("surface", "amber_line", "amber_ink", "amber_icon", "amber_bg"),
    "danger": _Kind("surface", "brick_line", "brick", "brick", "brick_bg"),
    "danger_filled": _Kind("brick", None, "on_brick", "on_brick", "brick_hover"),
    "ghost_amber": _Kind(None, None, "amber_ink", "amber_icon", "amber_line"),
    "ghost_brick": _Kind(None, None, "brick", "brick", "brick_line"),
    "rail": _Kind(None, None, "rail_amber", "rail_amber", "rail_hi"),
}


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class EnterPresses:
    """Mix into a button: Enter does what a click does, also where a dialog has another default button."""

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            self.click()  # type: ignore[attr-defined]
        else:
            super().keyPressEvent(event)  # type: ignore[misc]


class Button(EnterPresses, KeyboardFocus, QPushButton):
    """A button with a verb. Icons named arrow or caret left and right turn round in right-to-left languages."""

    def __init__(
        self,
        text: str = "",
        kind: str = "outline",
        icon: str = "",
        icon_end: str = "",
        small: bool = False,
        tooltip: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._kind, self._small = kind, small
        self._start_icon, self._end_icon = icon, icon_end
        self._compact, self._own_tip = False, tooltip
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setToolTip(tooltip)
        self.setText(text)
        self.restyle()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def setText(self, text: str) -> None:
        """The words on the button, as they are: an & is an &."""
        ready_for(text)
        self._words = text
        # Qt would read a single & as a keyboard mnemonic.
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        return self._words

    def set_compact(self, compact: bool) -> None:
        """Show only the icon where room is short; the words become the tooltip. Needs an icon."""
        if compact != self._compact and self._start_icon:
            self._compact = compact
            self.setToolTip(self._own_tip or (self._words if compact else ""))
            self.updateGeometry()
            self.update()

    @property
    def compact(self) -> bool:
        return self._compact

    def _shown(self) -> str:
        return "" if self._compact else self._words

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        self.restyle()
        self.update()

    def set_icon(self, name: str, at_end: bool = False) -> None:
        if at_end:
            self._end_icon = name
        else:
            self._start_icon = name
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        quiet = KINDS[self._kind].ground is None and self._kind.startswith("ghost")
        if self._small:
            self.setFont(font("label_medium" if quiet else "label"))
        else:
            self.setFont(font("body_medium" if quiet else "body_strong"))
        self.updateGeometry()

    @property
    def may_be_compact(self) -> bool:
        return bool(self._start_icon and self._words)

    def width_with(self, compact: bool) -> int:
        """How wide the button wants to be, as its icon alone or with its words."""
        pad, gap, side = self._measures()
        words = "" if compact else self._words
        icons = len(self._icons())
        return int(2 * pad + text_width(words, self.font()) + icons * side + (gap * icons if words else 0)) + 1

    def sizeHint(self):
        return QSize(self.width_with(self._compact), theme().px(26 if self._small else 32))

    def minimumSizeHint(self):
        return self.sizeHint()

    def paintEvent(self, event):
        look = theme()
        kind = KINDS[self._kind]
        painter = start(self)
        direct(painter, self)
        enabled, over = self.isEnabled(), self.underMouse() and self.isEnabled()
        ground, line, ink, icon = kind.ground, kind.line, kind.ink, kind.icon
        if not enabled:
            plain = kind.ground is None
            ground, line, ink, icon = (
                (None if plain else "mist2"),
                (None if plain else "line"),
                "faint",
                "faint",
            )
        elif self.isChecked():
            ground, line, ink, icon = "sel", None, "petrol_ink", "petrol"
        elif over or self.isDown():
            ground = kind.hover or ground
        area = QRectF(self.rect())
        if ground or line:
            box(
                painter,
                area,
                CONTROL,
                look.color(ground) if ground else None,
                look.color(line) if line else None,
            )
        self._paint_content(painter, area, ink, icon, underline=self._kind == "link" and (over or self.ring))
        if self.ring:
            if self._kind in ("filled", "danger_filled"):
                # Petrol on petrol would not be seen: a ring with a gap.
                focus_ring(painter, area, CONTROL, "petrol" if self._kind == "filled" else "brick")
                box(painter, area.adjusted(2, 2, -2, -2), CONTROL - 1, None, look.color("bg"), 2.0)
            else:
                focus_ring(painter, area, CONTROL, "rail_text" if self._kind == "rail" else "petrol")

    def _paint_content(self, painter, area: QRectF, ink: str, icon: str, underline: bool) -> None:
        pad, gap, side = self._measures()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        icons = self._icons()
        words = text_width(self._shown(), self.font())
        whole = words + len(icons) * side + (gap * len(icons) if self._shown() else 0)
        # A button that is wider than its words, as in a column of buttons, centres them.
        x = max(pad, (area.width() - whole) / 2)
        face = self.font()
        face.setUnderline(underline)

        def at(left: float, width: float) -> QRectF:
            return mirrored_rect(QRectF(left, 0, width, area.height()), area.width(), rtl)

        for name, at_end in icons:
            if not at_end:
                self._paint_icon(painter, at(x, side), mirrored(name, rtl), icon)
                x += side + gap
        if self._shown():
            draw_text(painter, at(x, words), self._shown(), face, theme().color(ink))
            x += words + gap
        for name, at_end in icons:
            if at_end:
                self._paint_icon(painter, at(x, side), mirrored(name, rtl), ink)

    @staticmethod
    def _paint_icon(painter, place: QRectF, name: str, token: str) -> None:
        side = place.width()
        paint_icon(painter, QRectF(place.left(), place.center().y() - side / 2, side, side), name, token)

    def _icons(self) -> list[tuple[str, bool]]:
        found = [(self._start_icon, False)] if self._start_icon else []
        end = self._end_icon or ("caret-down" if self.menu() is not None else "")
        return [*found, (end, True)] if end else found

    def _measures(self) -> tuple[int, int, int]:
        """Padding, gap between icon and words, side of an icon."""
        look = theme()
        if self._kind == "link":
            return look.px(4), look.px(4), look.px(14)
        if self._small:
            return look.px(9), look.px(4), look.px(14)
        return look.px(16 if self._kind == "filled" else 13), look.px(4), look.px(16)


class IconButton(Button):
    """A button that is only an icon; its name is tooltip and accessible name."""

    def __init__(
        self,
        icon: str,
        name: str,
        token: str = "text2",
        px: int = 16,
        small: bool = False,
        checkable: bool = False,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ):
        self._icon_px, self._token = px, token
        super().__init__("", "ghost", icon, small=small, on_click=on_click, parent=parent)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self):
        side = theme().px(26 if self._small else 32)
        return QSize(side, side)

    def _paint_content(self, painter, area, ink, icon, underline):
        side = theme().px(self._icon_px)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        token = icon if icon in ("faint", "petrol") else self._token
        place = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        paint_icon(painter, place, mirrored(self._start_icon, rtl), token)


class ActionCard(EnterPresses, KeyboardFocus, QAbstractButton):
    """A large way to begin: icon, title, one line of text and the keys that do the same."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        keys: str = "",
        filled: bool = False,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._icon, self._filled = icon, filled
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        ink, ink2, ink3 = ("on_petrol",) * 3 if filled else ("text", "text2", "text3")
        title_label = Label(title, "stage", ink, wrap=True)
        text_label = Label(text, "meta", ink2, wrap=True)
        keys_label = Label(keys, "smallest", ink3)
        # The names of keys are read from left to right in every language.
        keys_label.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for label in (title_label, text_label, keys_label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column(
            row(None, keys_label),
            20,
            title_label,
            text_label,
            None,
            gap=0,
            margins=(15, 14, 15, 12),
            parent=self,
        )
        text_label.setVisible(bool(text))
        self.restyle()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(96))

    def sizeHint(self):
        look = theme()
        return QSize(look.px(240), max(look.px(96), self.layout().sizeHint().height()))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        # A narrow card needs more lines; a window that is short of room must not cut them off.
        self.setMinimumHeight(max(theme().px(96), self.layout().heightForWidth(event.size().width())))
        # That may have made the card higher while its parts are still laid out for the height before.
        self.layout().setGeometry(self.rect())

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        over = self.underMouse() and self.isEnabled()
        area = QRectF(self.rect())
        if self._filled:
            box(painter, area, CARD, look.color("petrol_hover" if over else "petrol"))
        else:
            box(painter, area, CARD, look.color("sel2" if over else "surface"), look.color("line2"))
        side = look.px(18)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = mirrored_rect(QRectF(16, 14, side, side), area.width(), rtl)
        paint_icon(painter, place, self._icon, "on_petrol" if self._filled else "petrol")
        if self.ring:
            focus_ring(painter, area, CARD, "petrol")
            if self._filled:
                box(painter, area.adjusted(2, 2, -2, -2), CARD - 1, None, look.color("bg"), 2.0)
