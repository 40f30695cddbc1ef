"""A question, only for what cannot be undone: what will happen, and verbs on the buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from .buttons import Button
from .labels import Label
from .layouts import row
from .tokens import theme

#: No wider than this at 100 %.
WIDEST = 560
_NARROWEST = 440


class Dialog(QDialog):
    """A question with two answers; ``exec()`` is true for the verb. Without a form the safe one has the focus."""

    def __init__(
        self,
        question: str,
        text: str = "",
        verb: str = "",
        safe: str = "",
        danger: bool = False,
        body: QWidget | None = None,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(text)
        self._question = Label(question, "dialog_title", wrap=True)
        self._text = Label(text, "body", "text2", wrap=True)
        self.body = body
        self.safe_button = Button(safe, "outline", on_click=self.reject)
        self.verb_button = Button(verb, "danger_filled" if danger else "filled", on_click=self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 20, 18)
        layout.setSpacing(6)
        layout.addWidget(self._question)
        layout.addWidget(self._text)
        if body is not None:
            layout.addSpacing(6)
            layout.addWidget(body, 1)
        layout.addSpacing(8)
        layout.addLayout(row(None, self.safe_button, self.verb_button, gap=8))
        # Only now: a part without a parent would show itself as a window.
        for part, words in ((self._text, text), (self.safe_button, safe), (self.verb_button, verb)):
            part.setVisible(bool(words))
        if body is None and safe:
            self.safe_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif body is not None:
            # In a form Enter means: done.
            self.verb_button.setAutoDefault(True)
            self.verb_button.setDefault(True)
            body.setFocus(Qt.FocusReason.TabFocusReason)
        self.restyle()

    def restyle(self) -> None:
        widest = theme().px(WIDEST)
        self.setMinimumWidth(min(theme().px(_NARROWEST), widest))
        self.setMaximumWidth(widest)

    def showEvent(self, event):
        # Wrapped text needs to know the width before it can say its height.
        width = min(theme().px(WIDEST), max(theme().px(492), self.sizeHint().width()))
        layout = self.layout()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.resize(width, max(height, self.minimumSizeHint().height()))
        super().showEvent(event)


def ask(parent: QWidget | None, question: str, text: str, verb: str, safe: str, danger: bool = False) -> bool:
    """Ask, and say whether the person chose the verb."""
    dialog = Dialog(question, text, verb, safe, danger, parent=parent)
    chosen = bool(dialog.exec())
    dialog.deleteLater()
    return chosen
