"""The panel of a gate: what it asks, of which technologies, and what the three answers mean."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.forms import RecordForm, choice_box
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column
from tna_desktop.ui.scrolling import scrolling

from .. import operations
from ..models import applicability


class GatePanel(QWidget):
    """A form over the gate one stands on, and how gates are answered; each field is kept on leaving it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self._id: str | None = None
        say = self.language.say
        self.name = Label("", "stage", wrap=True)
        kinds = [(choice.key, choice.name) for choice in applicability(self.language)]
        self.fields = {
            "question": Field(self.language, say("Question"), QPlainTextEdit()),
            "applies_to": Field(self.language, say("Applies to"), choice_box(kinds)),
            "source": Field(self.language, say("Source"), QLineEdit()),
        }
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self._form = QWidget()
        column(*self.fields.values(), gap=8, parent=self._form)
        answers = [
            Label(say("A gate carries no weight, and no score can outweigh it."), "body", wrap=True),
            *(
                Label(text, "body", "text2", wrap=True, lead=word)
                for word, text in (
                    (say("Passes:"), say("the technology goes on to the ranking.")),
                    (say("Passes on conditions:"), say("it goes on, and the conditions are written down.")),
                    (say("Fails:"), say("it is listed apart with the reason, and is not ranked.")),
                )
            ),
            Label(say("Answers are given for each technology, in the step Scores."), "meta", "text2", wrap=True),
        ]
        content = QWidget()
        column(self.name, self._form, 6, *answers, None, gap=8, margins=(20, 16, 20, 16), parent=content)
        column(scrolling(content, focus=True), gap=0, parent=self)
        self.restyle()
        self.show_gate(None)

    def restyle(self) -> None:
        editor = self.fields["question"].editor
        if isinstance(editor, QPlainTextEdit):
            show_lines(editor, 5)

    def show_gate(self, row: dict[str, Any] | None) -> None:
        """Show a gate's values, or only how gates are answered."""
        id = row["id"] if row else None
        if id != self._id:
            self.form.commit()
        self._id = id
        self.name.set_text(row["name"] if row else "")
        self.name.setVisible(bool(row))
        self._form.setVisible(bool(row))
        if row:
            self.form.show(row, id)

    def _save(self, **values: Any) -> None:
        if self._id:
            self.desk.do(operations.change_gate, self._id, **values)
