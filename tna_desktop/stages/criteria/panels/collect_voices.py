"""How the groups become the country: the kind of mean, and how much each group's voice counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.labels import Label
from tna_desktop.ui.shapes import ShapeMark

from .. import operations, reading
from .ask import NumberCell
from .collect_rows import group_names

ARITHMETIC, GEOMETRIC = "arithmetic", "geometric"


class VoicePanel(QWidget):
    """A tab of the margin panel. One voice for each group unless someone says otherwise, and why."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.rows: dict[str, _VoiceRow] = {}
        self.mean = Segmented(
            [(ARITHMETIC, say("Arithmetic")), (GEOMETRIC, say("Geometric"))], ARITHMETIC, say("Kind of mean")
        )
        self.mean.chosen.connect(lambda _key: self._keep_mean())
        self.mean_note = Label("", "meta", "text2", wrap=True)
        self.reason = Field(self.language, say("Why this mean"), QLineEdit(), optional=True)
        self.reason.committed.connect(lambda _text: self._keep_mean())
        self.refusal = Label("", "meta", "brick", wrap=True)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(10)
        box.addWidget(Label(say("How groups become the country"), "label", "text2", wrap=True))
        box.addWidget(
            Label(
                say("The country's weight is the mean of the groups, and every group has one voice, large or small."),
                "body",
                wrap=True,
            )
        )
        box.addWidget(self.mean)
        box.addWidget(self.mean_note)
        box.addWidget(self.reason)
        box.addSpacing(6)
        box.addWidget(Label(say("Voice of each group"), "label", "text2"))
        for key, name in group_names(desk.workflow):
            self.rows[key] = _VoiceRow(desk, key, name)
            box.addWidget(self.rows[key])
        box.addWidget(self.refusal)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def load(self) -> None:
        rule = self.desk.read(reading.weight_rule)
        voices = self.desk.read(reading.group_voices)
        say = self.language.say
        self.mean.set_current(rule.mean)
        self.mean_note.setText(
            say("Shares are multiplied: a group that gives nothing to a criterion takes it away from all.")
            if rule.mean == GEOMETRIC
            else say("Shares are added up and divided by the number of voices.")
        )
        if not self.reason.editor.hasFocus():
            self.reason.set_value(rule.reason)
        for part in (self.mean, self.reason):
            part.setEnabled(not rule.locked)
        self.refusal.hide()
        for key, line in self.rows.items():
            voice, reason = voices.get(key, (1.0, ""))
            line.show_voice(voice, reason, rule.locked)

    def _keep_mean(self) -> None:
        try:
            self.desk.do(operations.set_mean, self.mean.current(), str(self.reason.value()).strip())
        except Refused as refused:
            self.load()
            self.refusal.setText(self.language.tell(refused.reason))
            self.refusal.show()


class _VoiceRow(QWidget):
    """A group with its voice; another voice than one asks for a reason before it is kept."""

    def __init__(self, desk: Desk, group: str, name: str):
        super().__init__()
        self.desk, self.language, self.group, self.name = desk, desk.language, group, name
        say = self.language.say
        self._shown = (1.0, "")
        self.cell = NumberCell(self.language, say("Voice of {group}", group=name), 0, 100)
        self.cell.typed.connect(self._typed)
        self.cell.editingFinished.connect(self._left)
        self.cell.stepped.connect(self._step)
        self.reason = Field(self.language, say("Why not one voice"), QLineEdit())
        self.reason.editor.returnPressed.connect(self._keep)  # type: ignore[attr-defined]
        self.keep_button = Button(say("Keep this voice"), small=True, on_click=self._keep)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(ShapeMark(group, px=12), 0, 0)
        grid.addWidget(Label(name, "body", max_lines=2), 0, 1)
        grid.addWidget(self.cell, 0, 2)
        grid.addWidget(self.reason, 1, 0, 1, 3)
        grid.addWidget(self.keep_button, 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self.reason.hide()
        self.keep_button.hide()

    def show_voice(self, voice: float, reason: str, locked: bool) -> None:
        if (voice, reason) != self._shown or not self._open():
            self._shown = (voice, reason)
            self.cell.set_value(voice)
            self.reason.set_value(reason)
            self.reason.clear_error()
            self.reason.setVisible(voice != 1)
            self.keep_button.hide()
        self.cell.setEnabled(not locked)
        self.reason.setEnabled(not locked)

    def _open(self) -> bool:
        return self.cell.hasFocus() or self.reason.editor.hasFocus() or self.keep_button.isVisibleTo(self)

    def _typed(self) -> None:
        value = self.cell.value()
        self.reason.setVisible(value is not None and value != 1)
        self.keep_button.setVisible(value is not None and value != 1)

    def _step(self, by: int) -> None:
        if by > 0:
            self._left()
            if self.reason.isVisibleTo(self):
                self.reason.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _left(self) -> None:
        """One voice needs no reason and is kept at once."""
        if self.cell.value() == 1 and self._shown[0] != 1:
            self._keep()

    def _keep(self) -> None:
        voice = self.cell.value()
        if voice is None:
            return
        try:
            self.desk.do(
                operations.set_group_voice,
                self.group,
                voice,
                str(self.reason.value()).strip() if voice != 1 else "",
                group_name=self.name,
            )
        except Refused as refused:
            self.reason.show_error(self.language.tell(refused.reason))
            return
        self.keep_button.hide()
