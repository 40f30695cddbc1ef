"""The lines around a table: the tools above it, what can be done with several rows, and the line to type into below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QWidget

from tna_desktop.kernel.text import Language

from .buttons import Button
from .cell_editors import Note, start_at_side
from .fonts import ready_for, set_role
from .labels import IconMark, KeyCap, Label
from .layouts import leave_out
from .menus import Menu
from .painting import hairline, start
from .tokens import theme

_MOST_SETTERS = 3


class ToolRow(QWidget):
    """Filter, columns, the stage's own tools, paste and add; with several rows selected what can be done with them."""

    set_wanted = Signal(str, object)  # column key, value
    delete_wanted = Signal()
    clear_wanted = Signal()

    def __init__(
        self,
        language: Language,
        start_side: Sequence[QWidget],
        end_side: Sequence[QWidget],
        can_delete: bool,
        parent=None,
    ):
        super().__init__(parent)
        self.language = language
        usual, several = QWidget(), QWidget()
        line = QHBoxLayout(usual)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(8)
        for widget in start_side:
            line.addWidget(widget)
        line.addStretch(1)
        for widget in end_side:
            line.addWidget(widget)
        self._line, self._usual = line, (*start_side, *end_side)
        self._bulk = QHBoxLayout(several)
        self._bulk.setContentsMargins(24, 0, 24, 0)
        self._bulk.setSpacing(8)
        self._count = Label("", "body_strong", "petrol_ink")
        self._setters: list[Button] = []
        self.delete_button = Button(language.say("Delete"), "danger", "trash", on_click=self.delete_wanted.emit)
        leave_out(self.delete_button, unless=can_delete)
        self.clear_button = Button(language.say("Select none"), "ghost", on_click=self.clear_wanted.emit)
        self._bulk.addWidget(self._count)
        self._bulk.addSpacing(8)
        self._bulk.addWidget(self.delete_button)
        self._bulk.addStretch(1)
        self._bulk.addWidget(self.clear_button)
        self._escape = KeyCap("Esc")
        self._bulk.addWidget(self._escape)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(usual)
        self._stack.addWidget(several)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(48))

    def event(self, event):
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return super().event(event)

    def minimumSizeHint(self):
        """As narrow as the tools are by their icons: the row must not hold the window open."""
        shown = [widget for widget in self._usual if not widget.isHidden()]
        usual = sum(self._narrow(widget) for widget in shown) + self._line.spacing() * len(shown)
        few = (self._count, self.delete_button, self.clear_button)
        several = sum(self._narrow(widget) for widget in few if not widget.isHidden()) + 4 * self._bulk.spacing()
        margins = self._line.contentsMargins()
        return QSize(max(usual, several) + margins.left() + margins.right(), self.height())

    @staticmethod
    def _narrow(widget: QWidget) -> int:
        if isinstance(widget, Button) and widget.may_be_compact:
            return widget.width_with(True)
        return theme().px(120) if isinstance(widget, QLineEdit) else widget.sizeHint().width()

    def _fit(self) -> None:
        self._fit_tools()
        self._fit_several()

    def _fit_several(self) -> None:
        """Where room is short, the key goes first, then the words of “Delete”, then what can be set, the last first."""
        margins, gap = self._bulk.contentsMargins(), self._bulk.spacing()
        room = self.width() - margins.left() - margins.right() - gap
        fixed = (self._count, self.clear_button)
        left = [*self._setters, self._escape, *([] if self.delete_button.isHidden() else [self.delete_button])]
        wide = {each: each.sizeHint().width() + gap for each in left}
        wide.update(
            {self.delete_button: self.delete_button.width_with(False) + gap} if self.delete_button in wide else {}
        )
        over = sum(wide.values()) + sum(each.sizeHint().width() + gap for each in fixed) - room
        self._escape.setVisible(over <= 0)
        over -= wide[self._escape] if over > 0 else 0
        short = over > 0 and self.delete_button in wide
        self.delete_button.set_compact(short)
        over -= wide.get(self.delete_button, 0) - self.delete_button.width_with(True) - gap if short else 0
        for setter in reversed(self._setters):
            setter.setVisible(over <= 0)
            over -= wide[setter] if over > 0 else 0

    def _fit_tools(self) -> None:
        """Where room is short, one tool after the other is shown as its icon alone; the last keeps its words longest."""
        shown = [widget for widget in self._usual if not widget.isHidden()]
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._line.spacing() * len(shown)
        room -= sum(widget.sizeHint().width() for widget in shown if not isinstance(widget, Button | QLineEdit))
        room -= sum(widget.minimumWidth() for widget in shown if isinstance(widget, QLineEdit))
        buttons = [widget for widget in shown if isinstance(widget, Button)]
        wide = {each: each.width_with(False) if each.may_be_compact else each.sizeHint().width() for each in buttons}
        short = []
        for button in buttons:
            if sum(wide.values()) <= room:
                break
            if button.may_be_compact:
                wide[button] = button.width_with(True)
                short.append(button)
        for button in buttons:
            button.set_compact(button in short)

    @property
    def several(self) -> bool:
        """Whether the row speaks of several selected rows."""
        return self._stack.currentIndex() == 1

    def show_selected(self, number: int) -> None:
        """Two or more rows are selected: say what can be done with all of them."""
        self._stack.setCurrentIndex(1 if number > 1 else 0)
        self._count.set_text(self.language.say_n("{n} selected", "{n} selected", number))

    def offer(self, setters: Sequence[tuple[str, str, Sequence[tuple[object, str, str]]]]) -> None:
        """Columns that can be set for all selected rows: (key, title, [(value, name, icon)])."""
        for button in self._setters:
            button.setParent(None)
            button.deleteLater()
        self._setters = []
        for place, (key, title, values) in enumerate(setters[:_MOST_SETTERS]):
            button = Button(self.language.say("Set {column}", column=title), icon_end="caret-down")
            menu = Menu(button.text(), button)
            for value, name, icon in values:
                menu.add(name, lambda key=key, value=value: self.set_wanted.emit(key, value), icon)
            button.setMenu(menu)
            self._bulk.insertWidget(2 + place, button)
            self._setters.append(button)


class FootLine(QWidget):
    """The last line: type a name and press Enter; while a cell is edited, the keys that work there."""

    named = Signal(str)
    left = Signal(bool)  # back to the table; True: into its last row

    def __init__(self, language: Language, words: str, add: bool, widgets: Sequence[QWidget], parent=None):
        super().__init__(parent)
        self.language = language
        self.line = QLineEdit()
        self.line.setProperty("bare", True)
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        self.line.installEventFilter(self)
        start_at_side(self.line)
        self.line.textEdited.connect(self._typed)
        set_role(self.line, "body")
        plus = IconMark("plus", "petrol", 16)
        leave_out(plus, unless=add)
        leave_out(self.line, unless=add)
        self._keys, self._widgets = QWidget(), QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        for cap, what in (
            ("Enter", language.say("save")),
            ("Tab", language.say("next field")),
            ("Esc", language.say("cancel")),
        ):
            keys.addWidget(KeyCap(cap))
            keys.addWidget(Label(what, "meta", "text2"))
            keys.addSpacing(6)
        self._keys.hide()
        if not add and not widgets:  # an empty line would look like a row that says nothing
            widgets = (KeyCap("F2"), Label(language.say("change the cell"), "meta", "text2"))
        others = QHBoxLayout(self._widgets)
        others.setContentsMargins(0, 0, 0, 0)
        others.setSpacing(12)
        for widget in widgets:
            others.addWidget(widget)
        box = QHBoxLayout(self)
        box.setContentsMargins(24, 1, 24, 0)
        box.setSpacing(8)
        box.addWidget(plus)
        box.addWidget(self.line, 1)
        if not add:
            box.addStretch(1)
        box.addWidget(self._widgets)
        box.addWidget(self._keys)
        self._note: Note | None = None
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(38))

    def show_keys(self, editing: bool) -> None:
        self._keys.setVisible(editing)
        self._widgets.setVisible(not editing)

    def refuse(self, reason: str, host: QWidget) -> None:
        """Say above the line why this was not added; what was typed stays."""
        if self._note is None:
            self._note = Note(host)
        top = host.mapFromGlobal(self.mapToGlobal(self.rect().topLeft()))
        inner = self.line.geometry()
        self._note.tell(reason, QRect(top.x() + inner.x(), host.height() - 2, inner.width(), 2))
        self.line.setAccessibleDescription(reason)

    def _typed(self, text: str) -> None:
        ready_for(text)
        self.calm()

    def calm(self) -> None:
        if self._note is not None:
            self._note.hide()
        self.line.setAccessibleDescription("")

    def eventFilter(self, watched, event):
        kind = event.type()
        if kind == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self.update)
        elif kind == QEvent.Type.FocusOut:
            self.calm()
            self.update()
        elif kind == QEvent.Type.ShortcutOverride and event.key() in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            event.accept()
            return True
        elif kind == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.named.emit(self.line.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.line.text():
                    self.line.clear()
                    self.calm()
                else:
                    self.left.emit(False)
                return True
            if event.key() == Qt.Key.Key_Up:
                self.left.emit(True)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event):
        painter = start(self)
        hairline(painter, 0, 0, self.width(), "line2")
        if self.line.hasFocus():
            painter.fillRect(0, 0, self.width(), 2, theme().color("petrol"))
