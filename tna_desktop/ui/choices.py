"""Choosing one of a few: the segmented control and the switch between the groups of stakeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ..kernel.text import Language
from .fonts import font, ready_for
from .layouts import FlowRow, clear
from .painting import CONTROL, KeyboardFocus, box, direct, draw_text, focus_ring, start, text_width
from .painting import mirrored as mirrored_rect
from .shapes import paint_shape
from .tokens import theme


class ChoiceButton(KeyboardFocus, QRadioButton):
    """One of several that exclude each other, painted by its subclass; arrow keys are the row's business."""

    def __init__(self, key: str, text: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.key, self.words = key, text
        ready_for(text)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def keyPressEvent(self, event):
        # Radio buttons would take the arrows for themselves; the row knows better.
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def nextCheckState(self):
        # A click on the chosen one leaves it chosen.
        self.setChecked(True)

    def minimumSizeHint(self):
        return self.sizeHint()


class ChoiceRow(QWidget):
    """What rows of choices share: one is chosen, arrow keys go along, Tab enters at the chosen one."""

    chosen = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: list[ChoiceButton] = []

    def current(self) -> str:
        """The key of what is chosen; empty if nothing is."""
        return next((button.key for button in self._buttons if button.isChecked()), "")

    def set_current(self, key: str | None) -> None:
        """Choose without telling anybody."""
        for button in self._buttons:
            button.blockSignals(True)
            # Qt refuses to leave an exclusive row without a choice; here an unknown key means none.
            button.setAutoExclusive(False)
            button.setChecked(button.key == key)
            button.setAutoExclusive(True)
            button.blockSignals(False)
            button.update()
        self._set_tab_stop()

    def buttons(self) -> list[ChoiceButton]:
        return list(self._buttons)

    def _take(self, buttons: Sequence[ChoiceButton]) -> None:
        self._buttons = list(buttons)
        for button in self._buttons:
            button.clicked.connect(self._clicked)
        self._set_tab_stop()

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self._choose(button)

    def _choose(self, button: ChoiceButton) -> None:
        self.set_current(button.key)
        self.chosen.emit(button.key)

    def _set_tab_stop(self) -> None:
        stop = next((button for button in self._buttons if button.isChecked()), None)
        stop = stop or (self._buttons[0] if self._buttons else None)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def keyPressEvent(self, event):
        step = self._step(event.key())
        focused = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        count = len(self._buttons)
        goal = (focused + step) % count if isinstance(step, int) else {"first": 0, "last": count - 1}[step]
        button = self._buttons[goal]
        if button.isEnabled():
            button.setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(button)

    def _step(self, key: int) -> int | str | None:
        forward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        return {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: "first",
            Qt.Key.Key_End: "last",
        }.get(key)


class _Segment(ChoiceButton):
    """A segment, with a group's mark in front if it stands for a group."""

    def __init__(self, key: str, text: str, group: str = "", parent: QWidget | None = None):
        super().__init__(key, text, parent)
        self._group, self._tight, self._whole = group, False, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_tight(self, tight: bool) -> None:
        """Show the mark alone while another one is chosen; the name stays as tooltip and for screen readers."""
        tight = tight and bool(self._group)
        if tight != self._tight:
            self._tight = tight
            self._tip()
            self.updateGeometry()
            self.update()

    def set_whole(self, name: str) -> None:
        """The whole name where the words are a short one: for the tooltip and for screen readers."""
        self._whole = name
        self.setAccessibleName(name)
        self._tip()

    def _tip(self) -> None:
        self.setToolTip(self._whole if self._tight or self._whole != self.words else "")

    @property
    def _bare(self) -> bool:
        return self._tight and not self.isChecked()

    def restyle(self) -> None:
        self.setFont(font("label_medium"))
        self.updateGeometry()

    def full_width(self) -> int:
        look = theme()
        mark = look.px(18) if self._group else 0
        # Room for the chosen one's heavier letters, so that nothing moves when the choice does.
        return int(text_width(self.words, font("label"))) + 1 + mark + 2 * look.px(10)

    def sizeHint(self):
        look = theme()
        return QSize(look.px(11 + 2 * 10) if self._bare else self.full_width(), look.px(28))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        direct(painter, self)
        area = QRectF(self.rect())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        on = self.isChecked()
        if on:
            box(painter, area, CONTROL - 1, look.color("surface"), look.color("line2"))
        ink = "faint" if not self.isEnabled() else "text" if on or self.underMouse() else "text2"
        x = look.px(10)
        if self._group:
            side = look.px(11)
            place = mirrored_rect(QRectF(x, (area.height() - side) / 2, side, side), area.width(), rtl)
            paint_shape(painter, self._group, place)
            x += look.px(18)
        if self._bare:
            if self.ring:
                focus_ring(painter, area, CONTROL - 1)
            return
        words = mirrored_rect(QRectF(x, 0, area.width() - x - look.px(10), area.height()), area.width(), rtl)
        draw_text(painter, words, self.words, font("label" if on else "label_medium"), look.color(ink))
        if self.ring:
            focus_ring(painter, area, CONTROL - 1)


class Segmented(ChoiceRow):
    """A choice of two to seven; for more use a combo box. ``chosen`` tells the key."""

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        current: str | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ):
        super().__init__(name, parent)
        self._flow = FlowRow(self, gap=2, row_gap=2)
        self._flow.setContentsMargins(3, 3, 3, 3)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_choices(choices, current)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        """Other choices. Without ``current`` the first is chosen."""
        clear(self._flow)
        buttons = [self._segment(key, text) for key, text in choices]
        for button in buttons:
            self._flow.addWidget(button)
        self._take(buttons)
        if choices:
            self.set_current(choices[0][0] if current is None else current)
        self.updateGeometry()

    def _segment(self, key: str, text: str) -> ChoiceButton:
        return _Segment(key, text)

    def paintEvent(self, event):
        box(start(self), self.rect(), CONTROL + 2, theme().color("mist2"))


class GroupSwitch(Segmented):
    """Whose view is shown: all groups together (key ""), or one group, with its mark.

    Where the names do not fit in so many ``lines``, only the chosen group keeps its name beside its mark.
    """

    def __init__(
        self,
        language: Language,
        groups: Sequence[tuple[str, str]] = (),
        current: str = "",
        name: str = "",
        parent: QWidget | None = None,
        lines: int = 1,
    ):
        self._language, self._most = language, lines
        super().__init__((), None, name or language.say("Group"), parent)
        self.set_groups(groups, current)

    def set_groups(
        self, groups: Sequence[tuple[str, str]], current: str = "", shorts: Mapping[str, str] | None = None
    ) -> None:
        """The groups by (key, name). ``shorts``: short names by key, written where there are any."""
        known = shorts or {}
        named = [(key, known.get(key) or name) for key, name in groups]
        self.set_choices([("", self._language.say("All groups")), *named], current)
        for button, (_, name) in zip(self._buttons[1:], groups, strict=True):
            if isinstance(button, _Segment):
                button.set_whole(name)

    def _segment(self, key: str, text: str) -> ChoiceButton:
        return _Segment(key, text, key)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        super().set_choices(choices, current)
        self._fit()

    def set_current(self, key: str | None) -> None:
        super().set_current(key)
        for button in self._buttons:
            button.updateGeometry()
        self._flow.invalidate()

    def restyle(self) -> None:
        self._fit()

    def sizeHint(self):
        """As wide as with all names, so that they come back when there is room again."""
        return QSize(self._full_width(), super().sizeHint().height())

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._fit()

    def heightForWidth(self, width):
        if width < self._full_width() and self._lines(width) <= self._most:
            return self._flow.heightForWidth(width)
        lines = -(-self._tight_width() // max(1, width)) if width < self._tight_width() else 1
        return self._flow.heightForWidth(width) if lines > 1 else super().sizeHint().height()

    def paintEvent(self, event):
        # The ground ends where the last mark does: names that are left out leave no empty track.
        used = self.childrenRect().adjusted(-3, 0, 3, 0)
        box(start(self), used.intersected(self.rect()), CONTROL + 2, theme().color("mist2"))

    def _fit(self) -> None:
        tight = self.width() < self._full_width() and self._lines(self.width()) > self._most
        for button in self._buttons:
            if isinstance(button, _Segment):
                button.set_tight(tight)
        self._flow.invalidate()
        self.update()

    def _lines(self, width: int) -> int:
        """How many lines all names take."""
        margins, lines, used = self._flow.contentsMargins(), 1, 0
        room = width - margins.left() - margins.right()
        for button in self._buttons:
            wide = button.full_width() if isinstance(button, _Segment) else 0
            if used and used + 2 + wide > room:
                lines, used = lines + 1, 0
            used += wide + (2 if used else 0)
        return lines

    def _full_width(self) -> int:
        widths = [button.full_width() for button in self._buttons if isinstance(button, _Segment)]
        margins = self._flow.contentsMargins()
        return sum(widths) + 2 * max(0, len(widths) - 1) + margins.left() + margins.right()

    def _tight_width(self) -> int:
        look, margins = theme(), self._flow.contentsMargins()
        buttons = [button for button in self._buttons if isinstance(button, _Segment)]
        named = max((button.full_width() for button in buttons), default=0)
        whole = next((button.full_width() for button in buttons if not button.key), 0)
        marks = look.px(31) * max(0, len(buttons) - 2)
        return named + whole + marks + 2 * max(0, len(buttons) - 1) + margins.left() + margins.right()
