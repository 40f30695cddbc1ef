"""The Criterion tab: what a criterion means, and what each score on it means."""

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

ANCHORS = ("anchor_1", "anchor_2", "anchor_3", "anchor_4", "anchor_5")


class CriterionPanel(QWidget):
    """A form over the criterion one stands on; each field is kept on leaving it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self._id: str | None = None
        say = self.language.say
        self.name = Label("", "stage", wrap=True)
        self._none = Label(say("Choose a criterion to see what it means."), "body", "text2", wrap=True)
        self.fields = self._fields()
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self._form = QWidget()
        scores = Label(say("What the scores mean"), "label", "text2")
        f = self.fields
        column(
            f["definition"],
            4,
            scores,
            *(f[name] for name in ANCHORS),
            4,
            f["applies_to"],
            f["source"],
            gap=8,
            parent=self._form,
        )
        content = QWidget()
        inside = column(self.name, self._none, self._form, None, gap=10, margins=(20, 16, 20, 16), parent=content)
        inside.setStretch(inside.count() - 1, 1)
        column(scrolling(content), gap=0, parent=self)
        self.restyle()
        self.show_criterion(None)

    def _fields(self) -> dict[str, Field]:
        say = self.language.say
        made = {"definition": Field(self.language, say("Definition"), QPlainTextEdit())}
        for number, name in enumerate(ANCHORS, 1):
            label = self._score_words("benefit")[number - 1]
            made[name] = Field(self.language, label, QPlainTextEdit(), optional=number in (2, 4))
        kinds = [(choice.key, choice.name) for choice in applicability(self.language)]
        made["applies_to"] = Field(
            self.language,
            say("Applies to"),
            choice_box(kinds),
            help=say(
                "For other technologies answer “n/a” in the score table. The criterion is then left out for them and "
                "their other weights are scaled up: that is not a zero. An empty score is unknown, not “n/a”."
            ),
        )
        made["source"] = Field(self.language, say("Source"), QLineEdit())
        return made

    def _score_words(self, direction: str) -> list[str]:
        """The labels of the scores from 1 to 5; where less is better, 1 is the best."""
        say, number = self.language.say, self.language.number
        cost = direction == "cost"
        first = say("1, the best") if cost else say("1, the weakest")
        last = say("5, the weakest") if cost else say("5, the best")
        return [first, number(2), say("3, in the middle"), number(4), last]

    def restyle(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field.editor, QPlainTextEdit):
                lines = 4 if name == "definition" else 2 if name in ("anchor_2", "anchor_4") else 3
                show_lines(field.editor, lines)

    def show_criterion(self, row: dict[str, Any] | None) -> None:
        """Show a criterion's values, or say that none is chosen."""
        id = row["id"] if row else None
        if id != self._id:
            self.form.commit()
        self._id = id
        self.name.set_text(row["name"] if row else "")
        self.name.setVisible(bool(row))
        self._none.setVisible(not row)
        self._form.setVisible(bool(row))
        if row:
            for name, words in zip(ANCHORS, self._score_words(row["direction"]), strict=True):
                self.fields[name].set_label(words)
            self.form.show(row, id)

    def _save(self, **values: Any) -> None:
        if self._id:
            self.desk.do(operations.change_criterion, self._id, **values)
