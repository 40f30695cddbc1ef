"""6.1 Readiness: what is still open, each with a way to go there, beside the report as it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Hairline, Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.rosette import Rosette
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.tokens import theme

from ..results import Readiness, readiness
from .preview import ReportPreview

WIDE = 286


class ReadinessScreen(StepScreen):
    """The checks that do not hold, those that need a look first; and the pages as they are now."""

    def build(self) -> None:
        self.preview = ReportPreview(self.desk)
        self.list = QWidget()
        self.list.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list.setProperty("surface", "bg")
        self.lines = column(gap=6, margins=(24, 4, 16, 16), parent=self.list)
        area = QScrollArea()
        area.setWidget(self.list)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(theme().px(WIDE))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons take the focus
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.language.say("What is still open"))
        line = row(area, Hairline(vertical=True), self.preview, gap=0)
        line.setStretch(2, 1)
        self.body.addLayout(line, 1)

    def load(self) -> None:
        found = self.desk.read(readiness, self.desk.workflow)
        clear(self.lines)
        self._head(found)
        attention = [each for each in found.open if each[1].state is State.ATTENTION]
        waiting = [each for each in found.open if each[1].state is State.OPEN]
        say = self.language.say
        for title, entries in ((say("To decide before the final version"), attention), (say("Not begun yet"), waiting)):
            if entries:
                self.lines.addSpacing(8)
                self.lines.addWidget(Label(title, "label", "text2", wrap=True))
                for step, finding in entries:
                    self.lines.addWidget(self._entry(step, finding))
        self.lines.addSpacing(8)
        self.lines.addWidget(Hairline())
        self.lines.addWidget(Label(say("By stage"), "label", "text2"))
        for stage in found.stages:
            whole = stage.checks and stage.good == stage.checks
            mark = StateMark("good" if whole else "begun" if stage.good else "open", stage.title)
            count = Label(say("{good} of {all}", good=stage.good, all=stage.checks), tone="text2")
            self.lines.addLayout(row(mark, None, count))
        self.lines.addStretch(1)
        self.preview.refresh()

    def _head(self, found: Readiness) -> None:
        say = self.language.say
        share = found.good / found.checks if found.checks else 0.0
        words = (
            say("Ready to hand over")
            if share == 1
            else say("Ready to share as a draft")
            if share >= 0.6
            else say("Still in the making")
        )
        counted = say("{good} of {all} checks hold", good=found.good, all=found.checks)
        self.lines.addLayout(
            row(Rosette(self.language, found.progress.shares, 46),
                column(Label(words, "body_strong", wrap=True), Label(counted, tone="text2", wrap=True), gap=0), gap=12)
        )  # fmt: skip

    def _entry(self, step: str, finding: Finding) -> QWidget:
        attention = finding.state is State.ATTENTION
        stage_title = next((stage.title for stage in self.desk.workflow.stages if step.startswith(f"{stage.key}.")), "")
        step_text = self.desk.workflow.step(step)
        entry = QWidget()
        words = self.language.tell(finding.text)
        where = self.language.say("{stage}, {step}", stage=stage_title, step=step_text.title if step_text else "")
        mark = StateMark(finding.state, words, icon_only=True)
        go = Button(
            self.language.say("Open"),
            small=True,
            on_click=lambda: self.desk.go(finding.places[0] if finding.places else Place(step)),
        )
        go.setAccessibleName(self.language.say("Open: {what}", what=words))
        told, place = (
            Label(words, "body_medium", "amber_ink" if attention else "text", wrap=True),
            Label(where, "meta", "text2", wrap=True),
        )
        for label in (told, place):
            label.setMinimumWidth(theme().px(90))  # a long word is broken rather than the list made wider
        text = column(told, place, gap=0)
        line = row(mark, text, go, gap=8, parent=entry)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(go, Qt.AlignmentFlag.AlignTop)
        return entry
