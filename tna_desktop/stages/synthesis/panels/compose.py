"""6.2 Compose: the team's own words for the report, part by part. Numbers stay with the stages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.field import Field
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.screen import StepScreen

from ..operations import write_text
from ..reading import texts
from .preview import ReportPreview

WIDE = 400


class ComposeScreen(StepScreen):
    """A field for each part of the report beside the pages; an empty field keeps the text drafted from the data."""

    concerns = ("report_text",)

    def build(self) -> None:
        say = self.language.say
        holder = QWidget()
        lines = column(gap=14, margins=(24, 8, 20, 20), parent=holder)
        lines.addWidget(
            Label(
                say("What you write here stands first in its chapter. Leave a field empty to keep the drafted text."),
                tone="text2",
                wrap=True,
            )
        )
        self.fields: dict[str, Field] = {}
        for part in self.desk.workflow.outline:
            if part.key.startswith("annex"):
                continue
            editor = QPlainTextEdit()
            editor.setFixedHeight(110 if part.key in ("summary", "next_steps") else 76)
            editor.setTabChangesFocus(True)
            field = Field(self.language, part.title, editor, optional=True)
            field.committed.connect(lambda text, key=part.key, title=part.title: self._write(key, title, text))
            self.fields[part.key] = field
            lines.addWidget(field)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(WIDE)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the focus
        self.area = area
        self.preview = ReportPreview(self.desk)
        line = row(area, self.preview, gap=0)
        line.setStretch(1, 1)
        self.body.addLayout(line, 1)

    def load(self) -> None:
        own = self.desk.read(texts)
        for key, field in self.fields.items():
            field.set_value(own.get(key, ""))
        self.preview.refresh()

    def showEvent(self, event):
        super().showEvent(event)
        self.preview.refresh()  # what was changed, or withheld, elsewhere must not stand here any longer

    def show_place(self, place: Place) -> None:
        field = self.fields.get(place.record or "")
        if field is not None:
            self.area.ensureWidgetVisible(field)
            field.editor.setFocus()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.area.setFixedWidth(WIDE if self.width() > 760 else max(280, self.width() // 2))

    def _write(self, part: str, title: str, text: object) -> None:
        try:
            self.desk.do(write_text, part, str(text), title=title)
        except Refused as refused:
            self.fields[part].show_error(self.language.tell(refused.reason))
