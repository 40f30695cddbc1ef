"""The gates of one technology: each question with its answer and the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column
from tna_desktop.ui.tokens import theme

from ...criteria import operations as criteria_operations
from ...criteria import reading as criteria_reading
from .. import reading, reading_longlist
from ..operations import answer_gate


class Gates(QScrollArea):
    """Every gate that applies to the technology the keyboard is on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self.id: str | None = None
        self._shown: tuple = ()
        say = desk.language.say
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(say("Gates"))
        self.title = Label("", "dialog_title", wrap=True)
        self.note = Label("", "meta", "text2", wrap=True)
        self.model_button = Button(
            say("Take over the model gates"), "outline", "list-bullets", small=True, on_click=self._take_model
        )
        self.gates: list[GateField] = []
        holder = QWidget()
        self._box = column(self.title, self.note, gap=8, margins=(16, 14, 16, 16), parent=holder)
        self._box.addWidget(self.model_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._box.addStretch(1)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.show_technology(None)

    def show_technology(self, id: str | None) -> None:
        """Show the gates of a technology and its answers."""
        if self.id is not None and id != self.id:
            for gate in self.gates:
                gate.reason.commit()
        self.id = id
        technology, gates, answers = self.desk.read(_of, id)
        say = self.language.say
        self.title.set_text(technology["name"] if technology else "")
        self.title.setVisible(technology is not None)
        self.model_button.setVisible(not gates)
        if technology is None:
            self.note.set_text(say("Choose a technology in the list."))
        elif not gates:
            self.note.set_text(say("There are no gates yet. A gate is a condition that no score can outweigh."))
        else:
            self.note.set_text(say("Gates come before scoring. A technology that does not pass one is not ranked."))
        wanted = [gate for gate in gates if technology and reading.gate_applies(gate, technology)]
        if self._shown != tuple((gate["id"], gate["name"], gate["question"]) for gate in wanted):
            self._build(wanted)
        for field in self.gates:
            field.show_answer(id, *answers.get((id, field.gate), ("", "")))

    def _build(self, gates: list[dict]) -> None:
        for field in self.gates:
            field.setParent(None)
            field.deleteLater()
        self.gates = [GateField(self.desk, gate) for gate in gates]
        for at, field in enumerate(self.gates):
            self._box.insertWidget(3 + at, field)
        self._shown = tuple((gate["id"], gate["name"], gate["question"]) for gate in gates)

    def _take_model(self) -> None:
        self.desk.attempt(criteria_operations.add_model_gates, self.desk.workflow)


def _of(session: Session, id: str | None) -> tuple[dict | None, list[dict], dict]:
    return reading_longlist.technology(session, id), criteria_reading.gates(session), reading.gate_answers(session)


class GateField(QWidget):
    """One gate: the question, the four answers, and why."""

    def __init__(self, desk: Desk, gate: dict):
        super().__init__()
        self.desk, self.gate, self.id = desk, gate["id"], ""
        self._pending = ""
        say = desk.language.say
        short = {
            "pass": say("Pass"),
            "conditional": say("On conditions"),
            "fail": say("Fail"),
            "not_assessed": say("Not yet"),
        }
        entries = desk.workflow.catalogue("gate_answers").entries
        choices = [(entry.key, short.get(entry.key, entry.name)) for entry in entries] or list(short.items())
        self.answer = Segmented(choices, reading.NOT_ASSESSED, gate["name"])
        for button in self.answer.buttons():
            button.setToolTip(next((entry.definition for entry in entries if entry.key == button.key), ""))
        self.reason = Field(desk.language, say("Reason"), QPlainTextEdit())
        self._follows = {
            "fail": say("It is not ranked as long as this stands. Its scores are kept."),
            "conditional": say("It is ranked. Write on which conditions it passes."),
        }
        self.follows = Label("", "meta", "amber_ink", wrap=True)
        column(
            Hairline(), 2, Label(gate["name"], "body_strong", wrap=True), Label(gate["question"], "meta", "text2", wrap=True),
            self.answer, self.follows, self.reason, gap=5, parent=self,
        )  # fmt: skip
        self.answer.chosen.connect(self._answered)
        self.reason.committed.connect(lambda words: self._keep(self._pending or self.answer.current(), str(words)))
        self.restyle()

    def restyle(self) -> None:
        self.reason.editor.setFixedHeight(theme().px(48))

    def _tell_what_follows(self, answer: str) -> None:
        self.follows.set_text(self._follows.get(answer, ""))
        self.follows.setVisible(answer in self._follows)

    def show_answer(self, technology: str | None, answer: str, reason: str) -> None:
        self._tell_what_follows(self._pending if technology == self.id and self._pending else answer)
        self.reason.setVisible(bool(answer) and answer != reading.NOT_ASSESSED or bool(reason))
        if technology == self.id and self._pending:
            self.reason.setVisible(True)
            return  # a fail waits for its reason
        self.id, self._pending = technology or "", ""
        self.answer.set_current(answer or reading.NOT_ASSESSED)
        if not self.reason.editor.hasFocus():
            self.reason.set_value(reason)
        self.reason.clear_error()

    def _answered(self, answer: str) -> None:
        self._keep(answer, str(self.reason.value()))

    def _keep(self, answer: str, reason: str) -> None:
        if not self.id:
            return
        try:
            self._pending = ""
            self.desk.do(answer_gate, self.id, self.gate, answer, reason)
        except Refused as refused:
            # What was chosen stays chosen; writing the reason keeps both.
            self._pending = answer
            self.answer.set_current(answer)
            self._tell_what_follows(answer)
            self.reason.setVisible(True)
            self.reason.show_error(self.desk.language.tell(refused.reason))
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
