"""A field of a form: label above, help below, a reason when something is wrong; commits on leaving, Esc restores."""

from __future__ import annotations

import math
from datetime import date

from PySide6.QtCore import QDate, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from ..kernel.text import Language
from .fonts import ROLE, font, ready_for, set_role
from .icons import paint_icon
from .labels import IconMark, KeyCap, Label
from .layouts import row
from .painting import start
from .tokens import theme


class Field(QWidget):
    """One thing to fill in. ``committed`` tells the value once, when the person leaves the field having changed it."""

    committed = Signal(object)

    def __init__(
        self,
        language: Language,
        label: str,
        editor: QWidget,
        help: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.editor = editor
        self._help_text = help
        ready_for(label)
        set_role(editor, "body")
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(help)
        self._label = Label(label, "label", "text2", elide=True)
        self._label.setBuddy(editor)
        self._optional = Label(language.say("optional"), "meta", "text3")
        self._help = Label(help, "meta", "text3", wrap=True)
        self._error_mark = IconMark("x-circle-fill", "brick", 14, beside="meta")
        self._error = Label("", "meta", "brick", wrap=True)
        self._error_row = QWidget()
        error = row(self._error_mark, gap=6, parent=self._error_row)
        error.addWidget(self._error, 1)
        error.setAlignment(self._error_mark, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = row(self._label, self._optional, None, gap=8)
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(self._help)
        layout.addWidget(self._error_row)
        # Only now: a part without a parent would show itself as a window.
        for part, shown in (
            (self._label, bool(label)),
            (self._optional, optional),
            (self._help, bool(help)),
            (self._error_row, False),
        ):
            part.setVisible(shown)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(editor)
        self._connect()
        self._last = self.value()

    # The value -----------------------------------------------------------------------------------------

    def value(self) -> object:
        """What is in the field now: text, number, date, or the data of the chosen entry."""
        editor = self.editor
        if isinstance(editor, QLineEdit):
            return editor.text()
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        if isinstance(editor, QComboBox):
            return editor.currentText() if editor.isEditable() else editor.currentData()
        if isinstance(editor, QDateEdit):
            unknown = editor.specialValueText() and editor.date() == editor.minimumDate()
            chosen = editor.date()
            return None if unknown else date(chosen.year(), chosen.month(), chosen.day())
        if isinstance(editor, (QSpinBox, QDoubleSpinBox)):
            # A special text at the minimum stands for “not known”.
            unknown = editor.specialValueText() and editor.value() == editor.minimum()
            return None if unknown else editor.value()
        raise TypeError(f"A Field cannot hold a {type(editor).__name__}.")

    def set_value(self, value: object) -> None:
        """Show a value without telling anybody; it is what Esc restores."""
        editor = self.editor
        editor.blockSignals(True)
        try:
            self._show(editor, value)
        finally:
            editor.blockSignals(False)
        self._last = self.value()

    @staticmethod
    def _show(editor: QWidget, value) -> None:
        if isinstance(editor, QLineEdit):
            ready_for(str(value or ""))
            editor.setText("" if value is None else str(value))
            editor.setCursorPosition(0)
        elif isinstance(editor, QPlainTextEdit):
            ready_for(str(value or ""))
            editor.setPlainText("" if value is None else str(value))
        elif isinstance(editor, QComboBox):
            if editor.isEditable():
                editor.setEditText("" if value is None else str(value))
            else:
                editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QDateEdit):
            shown = editor.minimumDate() if value is None else QDate(value.year, value.month, value.day)
            editor.setDate(shown)
        elif isinstance(editor, (QSpinBox, QDoubleSpinBox)):
            editor.setValue(editor.minimum() if value is None else value)

    # What is wrong -------------------------------------------------------------------------------------

    def show_error(self, text: str) -> None:
        """Say below the field what is wrong and what to do; what was typed stays."""
        self._error.setText(text)
        self._error_row.setVisible(True)
        self._help.setVisible(False)
        self.editor.setAccessibleDescription(text)
        self._mark_wrong(True)

    def clear_error(self) -> None:
        if self.error():
            self._error.setText("")
            self._error_row.setVisible(False)
            self._help.setVisible(bool(self._help_text))
            self.editor.setAccessibleDescription(self._help_text)
            self._mark_wrong(False)

    def error(self) -> str:
        """What is said to be wrong; empty if nothing."""
        return self._error.text()

    def set_label(self, text: str) -> None:
        self._label.setText(text)
        self.editor.setAccessibleName(text)

    def set_help(self, text: str) -> None:
        self._help_text = text
        self._help.setText(text)
        self._help.setVisible(bool(text) and not self.error())

    def commit(self) -> None:
        """Tell the value now if it is another one than before; leaving the field does this by itself."""
        value = self.value()
        if value != self._last:
            self._last = value
            self.clear_error()
            self.committed.emit(value)

    def restore(self) -> bool:
        """Bring back what was there before; says whether there was something to bring back."""
        if self.value() == self._last:
            return False
        self.set_value(self._last)
        self.clear_error()
        return True

    # Keys and leaving ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        editor = self.editor
        editor.installEventFilter(self)
        if isinstance(editor, QComboBox):
            # The delegate combo boxes come with ignores the style sheet.
            editor.setItemDelegate(QStyledItemDelegate(editor))
            editor.activated.connect(lambda _index: self.commit())
            if editor.isEditable():
                editor.lineEdit().editingFinished.connect(self.commit)
            editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        elif isinstance(editor, QAbstractSpinBox):
            editor.editingFinished.connect(self.commit)
            editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if not isinstance(editor, QDateEdit):
                # The style sheet's padding does not reach the text of number boxes.
                editor.lineEdit().setTextMargins(9, 0, 9, 0)
        elif isinstance(editor, QLineEdit):
            editor.editingFinished.connect(self.commit)
            editor.textEdited.connect(ready_for)
        elif isinstance(editor, QPlainTextEdit):
            # Tab goes to the next field; a text of several lines needs none of it.
            editor.setTabChangesFocus(True)

    def eventFilter(self, watched, event):
        kind = event.type()
        if kind == QEvent.Type.FocusOut and isinstance(self.editor, QPlainTextEdit):
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif kind == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            if self.value() != self._last:
                # Otherwise a dialog or the window would take the key for itself.
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            if self.restore():
                return True
        elif kind == QEvent.Type.Wheel and not watched.hasFocus():
            # Scrolling a page must not change what the pointer happens to pass over.
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _mark_wrong(self, wrong: bool) -> None:
        self.editor.setProperty("wrong", wrong)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
        self.editor.update()


def show_lines(editor: QPlainTextEdit, lines: int) -> None:
    """Make a text box as high as so many whole lines, at every text size; what is below is scrolled, never cut."""
    editor.ensurePolished()
    spacing = math.ceil(QFontMetricsF(font(editor.property(ROLE) or "body")).lineSpacing())
    margins = editor.contentsMargins()
    # The document's own margin counts once, above the first line: below the last one the next would look in.
    inside = lines * spacing + round(editor.document().documentMargin())
    editor.setFixedHeight(margins.top() + inside + margins.bottom())


class SearchBox(QLineEdit):
    """A quiet box to search or filter, with a magnifying glass and, if given, the keys that lead to it."""

    def __init__(self, placeholder: str, keys: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("quiet", True)
        set_role(self, "body")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._cap = KeyCap(keys, parent=self) if keys else None
        self.textChanged.connect(self._show_cap)
        self.textEdited.connect(ready_for)
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        # Text margins do mirror, as far as Qt is told which side is which.
        lead, tail = look.px(24), (self._cap.sizeHint().width() if self._cap else 0)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(tail if rtl else lead, 0, lead if rtl else tail, 0)
        self._place_cap()

    def changeEvent(self, event):
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.restyle()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._place_cap()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)

    def paintEvent(self, event):
        super().paintEvent(event)
        side = theme().px(16)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - theme().px(11) - side if rtl else theme().px(11)
        paint_icon(start(self), QRectF(left, (self.height() - side) / 2, side, side), "magnifying-glass", "text3")

    def _place_cap(self) -> None:
        if self._cap is None:
            return
        size: QSize = self._cap.sizeHint()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 8 if rtl else self.width() - size.width() - 8
        self._cap.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    def _show_cap(self, text: str) -> None:
        if self._cap is not None:
            self._cap.setVisible(not text)
