"""Editing in place: an editor lies over its cell until what is in it is accepted or given up. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from tna_desktop.kernel.text import UNKNOWN, Language

from .cell_values import NUMBERS, Choice, Column, editing_text, folded, understood
from .fonts import ready_for, set_role
from .icon_engine import icon
from .labels import Label
from .painting import CONTROL, box, start
from .shapes import shape_icon
from .tokens import theme

_STAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
_KEY = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: How an editor was left.
ENTER, TAB, BACKTAB, LEAVE = "enter", "tab", "backtab", "leave"


class CellEditor(QWidget):
    """The editor of one cell of one record. ``done`` asks to keep what is in it, ``given_up`` to forget it."""

    done = Signal(str)  # ENTER, TAB, BACKTAB or LEAVE
    given_up = Signal()

    def __init__(self, record: str, column: Column, value: Any, language: Language, name: str, parent: QWidget):
        super().__init__(parent)
        self.record, self.column, self.language, self.before = record, column, language, value
        self.closing = False
        self.refusal = ""
        self.input = self.make_input()
        set_role(self.input, "body_medium" if column.strong else "body")
        self.input.setAccessibleName(name)
        self.input.installEventFilter(self)
        self.setFocusProxy(self.input)
        self._note = Note(parent)
        self.show_value(value)

    def make_input(self) -> QWidget:
        line = QLineEdit(self)
        line.setProperty("bare", True)
        if self.column.kind == "date":
            line.setPlaceholderText(self.language.say("2027-03-31"))
        if self.column.kind in NUMBERS:
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            start_at_side(line)
        line.textEdited.connect(self.typed)
        return line

    def show_value(self, value: Any) -> None:
        text = editing_text(self.column, value, self.language)
        ready_for(text)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.input.setText(text)
        self.input.selectAll()

    def start_with(self, text: str) -> None:
        """Typing on a cell replaces what stood there."""
        self.input.setText(text)
        self.typed(text)

    def text(self) -> str:
        return self.input.text()

    def value(self) -> Any:
        """What the person means. Raises Refused when it cannot be understood."""
        return understood(self.column, self.text(), self.language)

    def changed(self) -> bool:
        """Whether the person typed something else than what stood there."""
        return self.text() != editing_text(self.column, self.before, self.language)

    def typed(self, text: str = "") -> None:
        ready_for(text)
        if self.refusal:
            self.refuse("")

    def refuse(self, reason: str) -> None:
        """Say beside the cell why this cannot be kept; an empty reason takes the words away."""
        self.refusal = reason
        self.input.setAccessibleDescription(reason)
        self._note.tell(reason, self.geometry())
        self.update()

    def place(self, cell: QRect) -> None:
        """Lie over the cell, wherever it is now."""
        self.setGeometry(cell)
        if self.refusal:
            self._note.tell(self.refusal, self.geometry())

    def close_down(self) -> None:
        self.closing = True
        self._note.hide()
        self._note.deleteLater()
        self.hide()
        self.deleteLater()

    def resizeEvent(self, event):
        pad = theme().px(11)
        self.input.setGeometry(self.rect().adjusted(pad, 3, -pad, -3))

    def paintEvent(self, event):
        look = theme()
        box(
            start(self),
            self.rect(),
            CONTROL,
            look.color("surface"),
            look.color("brick" if self.refusal else "petrol"),
            2.0,
        )

    def eventFilter(self, watched, event):
        kind = event.type()
        if self.closing:
            return super().eventFilter(watched, event)
        if kind == QEvent.Type.FocusOut and event.reason() not in _STAY:
            self.done.emit(LEAVE)
            return False
        if kind == QEvent.Type.ShortcutOverride and event.key() in (
            *_ENTER,
            Qt.Key.Key_Tab,
            Qt.Key.Key_Backtab,
            Qt.Key.Key_Escape,
        ):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress:
            return self.key(event)
        return super().eventFilter(watched, event)

    def key(self, event) -> bool:
        """True when the key was for the table and not for the input."""
        ways = {Qt.Key.Key_Tab: TAB, Qt.Key.Key_Backtab: BACKTAB}
        if event.key() in _ENTER:
            self.done.emit(ENTER)
        elif event.key() in ways:
            self.done.emit(ways[event.key()])
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            return False
        return True


class LongEditor(CellEditor):
    """Several lines: Enter keeps them, Shift+Enter begins a new one."""

    def make_input(self) -> QWidget:
        many = QPlainTextEdit(self)
        many.setFrameShape(QFrame.Shape.NoFrame)
        many.setStyleSheet("QPlainTextEdit, QPlainTextEdit:focus { border: 0; padding: 0; background: transparent; }")
        many.setTabChangesFocus(True)
        many.textChanged.connect(self.typed)
        return many

    def set_text(self, text: str) -> None:
        self.input.setPlainText(text)
        self.input.selectAll()

    def start_with(self, text: str) -> None:
        self.input.setPlainText(text)
        self.input.moveCursor(self.input.textCursor().MoveOperation.End)

    def text(self) -> str:
        return self.input.toPlainText()

    def place(self, cell: QRect) -> None:
        """Four lines high; upwards where there is no room below."""
        high, room = max(cell.height(), theme().px(104)), self.parentWidget().size()
        wide = min(max(cell.width(), theme().px(320)), room.width())
        top = cell.top() if cell.top() + high <= room.height() else max(0, cell.bottom() + 1 - high)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = max(0, cell.right() + 1 - wide) if rtl else min(cell.left(), room.width() - wide)
        super().place(QRect(left, top, wide, high))

    def key(self, event) -> bool:
        if event.key() in _ENTER and event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.input.insertPlainText("\n")
            return True
        return super().key(event)


class ChoiceEditor(CellEditor):
    """A list below the cell; typing narrows it, arrows and clicks choose."""

    def __init__(self, record, column, value, language, name, parent, options: Sequence[Choice] = ()):
        self._options = list(options)
        super().__init__(record, column, value, language, name, parent)
        self._list.setAccessibleName(name)

    def make_input(self) -> QWidget:
        self._list = QListWidget(self.parentWidget())
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setStyleSheet(_list_style())
        self._list.itemClicked.connect(self._clicked)
        self._list.setIconSize(QSize(theme().px(14), theme().px(14)))
        set_role(self._list, "body")
        self._list.hide()
        return super().make_input()

    def show_value(self, value: Any) -> None:
        name = next((choice.name for choice in self._options if choice.key == value), str(value or ""))
        self._shown = name
        self.set_text(name)
        self._fill("", value)

    def changed(self) -> bool:
        return self.value_or_none() != (self.before or "")

    def value_or_none(self) -> str | None:
        item = self._list.currentItem()
        if item is not None:
            return item.data(_KEY)
        return (self.before or "") if self.text() == self._shown else None

    def value(self) -> Any:
        found = self.value_or_none()
        if found is not None:
            return found
        return understood(self.column, self.text(), self.language, self._options)

    def typed(self, text: str = "") -> None:
        super().typed(text)
        self._fill(text, None)

    def place(self, cell: QRect) -> None:
        super().place(cell)
        high, gap = theme().px(30), 3
        wanted = max(1, self._list.count()) * high + 10
        below = self.parentWidget().height() - cell.bottom() - 1 - 2 * gap
        above = cell.top() - 2 * gap
        down = below >= min(wanted, 6 * high) or below >= above
        tall = min(wanted, 10 * high, max(2 * high, below if down else above))
        wide = max(cell.width(), theme().px(200))
        top = cell.bottom() + 1 + gap if down else cell.top() - gap - tall
        left = cell.right() + 1 - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else cell.left()
        self._list.setGeometry(max(0, min(left, self.parentWidget().width() - wide)), top, wide, tall)
        self._list.setVisible(self._list.count() > 0)
        self._list.raise_()

    def key(self, event) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in steps and self._list.count():
            row = self._list.currentRow() + steps[event.key()]
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
            return True
        return super().key(event)

    def close_down(self) -> None:
        self._list.hide()
        self._list.deleteLater()
        super().close_down()

    def _fill(self, words: str, current: Any) -> None:
        wanted = folded(words).split()
        self._list.clear()
        if not wanted and not self.column.required:
            self._add(Choice("", UNKNOWN))
        for choice in self._options:
            if all(word in folded(choice.name) for word in wanted):
                self._add(choice)
        keys = [self._list.item(row).data(_KEY) for row in range(self._list.count())]
        begins = [
            row for row in range(len(keys)) if wanted and folded(self._list.item(row).text()).startswith(folded(words))
        ]
        row = keys.index(current or "") if (current or "") in keys and not wanted else (begins or [0])[0]
        self._list.setCurrentRow(row if keys else -1)
        if self.isVisible():
            self.place(self.geometry())

    def _add(self, choice: Choice) -> None:
        ready_for(choice.name)
        item = QListWidgetItem(choice.name)
        item.setData(_KEY, choice.key)
        item.setSizeHint(QSize(0, theme().px(30)))
        if choice.group:
            item.setIcon(shape_icon(choice.group, 14))
        elif choice.icon:
            item.setIcon(icon(choice.icon))
        self._list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._list.setCurrentItem(item)
        self.done.emit(ENTER)


def _list_style() -> str:
    look = theme()
    return (
        f"QListWidget {{ background: {look.hex('raised')}; border: 1px solid {look.hex('line2')}; padding: 4px; }}"
        f"QListWidget::item {{ padding: 0 6px; border-radius: 4px; color: {look.hex('text')}; }}"
        f"QListWidget::item:selected {{ background: {look.hex('sel')}; color: {look.hex('petrol_ink')}; }}"
    )


class Note(Label):
    """Why something cannot be kept, below its cell; above it where there is no room."""

    def __init__(self, parent: QWidget):
        super().__init__("", "meta", "brick", wrap=True, parent=parent)
        self.setContentsMargins(10, 6, 10, 6)
        self.hide()

    def tell(self, reason: str, cell: QRect) -> None:
        self.setVisible(bool(reason))
        if not reason:
            return
        self.set_text(reason)
        room = self.parentWidget().size()
        width = min(self.sizeHint().width(), theme().px(360), room.width() - 16)
        high = self.heightForWidth(width)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = cell.right() + 1 - width if rtl else cell.left()
        top = cell.bottom() + 4 if cell.bottom() + 4 + high <= room.height() else cell.top() - 4 - high
        self.setGeometry(max(8, min(left, room.width() - width - 8)), max(0, top), width, high)
        self.raise_()

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        box(painter, self.rect(), CONTROL, look.color("brick_bg"), look.color("brick_line"))
        painter.end()
        super().paintEvent(event)


def start_at_side(line: QLineEdit) -> None:
    """Words begin at the side where lines begin in the window, whatever script they are in: as in the cells around."""
    rtl = line.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    line.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def make_editor(
    record: str, column: Column, value: Any, language: Language, name: str, options: Sequence[Choice], parent: QWidget
) -> CellEditor:
    """The editor that fits the kind of column."""
    if column.kind == "choice":
        return ChoiceEditor(record, column, value, language, name, parent, options)
    kind = LongEditor if column.kind == "long" else CellEditor
    return kind(record, column, value, language, name, parent)
