"""A new assessment on one page, where only the country is required; and the same facts of an open one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from tna_desktop.kernel.text import LANGUAGES, Language
from tna_desktop.kernel.workflow import available_workflows
from tna_desktop.paths import user_documents
from tna_desktop.settings import Settings
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import RecordForm, choice_box
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row

from . import files


class NewAssessment(Dialog):
    """Asks for the country and offers the rest. ``path()`` and ``facts()`` tell what was chosen."""

    def __init__(self, language: Language, settings: Settings, parent: QWidget | None = None):
        say = language.say
        self.language = language
        self._chosen: Path | None = None
        self.country = Field(language, say("Country or region"), QLineEdit())
        self.title = Field(language, say("Title"), QLineEdit(), optional=True)
        self.year = Field(language, say("Year"), _year(date.today().year))
        self.report_language = Field(language, say("Language of the report"), choice_box(list(LANGUAGES.items())))
        self.report_language.set_value(language.code if language.code in LANGUAGES else "en")
        known = [(each.key, say(each.title)) for each in available_workflows()]
        self.workflow = Field(language, say("Process to follow"), choice_box(known))
        if any(key == "cbd" for key, _title in known):
            self.workflow.set_value("cbd")
        self.prepared_by = Field(language, say("Prepared by"), QLineEdit(), optional=True)
        self._place = Label("", "meta", "text2", elide=True)
        change = Button(say("Change…"), "outline", small=True, on_click=self.choose_place)
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(11)
        lines.addWidget(self.country)
        lines.addWidget(self.title)
        lines.addLayout(_pair(self.year, self.report_language))
        lines.addWidget(self.workflow)
        lines.addWidget(self.prepared_by)
        lines.addWidget(Label(say("The file"), "label", "text2"))
        where = row(gap=8)
        where.addWidget(self._place, 1)
        where.addWidget(change)
        lines.addLayout(where)
        body.setFocusProxy(self.country)
        super().__init__(
            say("Which assessment do you begin?"), "", say("Begin"), say("Cancel"), body=body, parent=parent
        )
        self.country.editor.textChanged.connect(lambda _text: self._follow())
        self.title.editor.textChanged.connect(lambda _text: self._follow())
        self.year.editor.valueChanged.connect(lambda _year: self._follow())
        self._follow()

    def path(self) -> Path:
        """Where the file goes: chosen, or a free name in the usual folder."""
        if self._chosen is not None:
            return self._chosen
        say = self.language.say
        country = str(self.country.value()).strip() or say("assessment")
        name = str(self.title.value()).strip() or say("{country} TNA {year}", country=country, year=self.year.value())
        return files.free_path(user_documents() / files.FOLDER, files.file_name(name))

    def facts(self) -> dict[str, Any]:
        """What the new assessment begins with."""
        return {
            "workflow": self.workflow.value() or "",
            "country": str(self.country.value()).strip(),
            "title": str(self.title.value()).strip(),
            "year": self.year.value(),
            "language": self.report_language.value(),
            "prepared_by": str(self.prepared_by.value()).strip(),
        }

    def choose_place(self) -> None:
        found = files.ask_save(self, self.language, self.language.say("Where should the file go?"), self.path())
        if found is not None:
            self._chosen = found
            self._follow()

    def accept(self) -> None:
        if not str(self.country.value()).strip():
            self.country.show_error(self.language.say("Write the country or region this assessment is for."))
            self.country.setFocus()
            return
        if self._chosen is not None and self._chosen.exists():
            self._place.set_tone("brick")
            self._place.set_text(self.language.say("There is a file of this name already. Choose another one."))
            return
        super().accept()

    def _follow(self) -> None:
        path = self.path()
        self._place.set_tone("text2")
        self._place.set_text(" / ".join(part for part in path.parts[-3:] if part not in ("/", "\\")))
        self._place.setToolTip(str(path))
        if str(self.country.value()).strip():
            self.country.clear_error()


class FactsDialog(Dialog):
    """The facts of the open assessment; each field is kept when it is left."""

    def __init__(self, desk: Any, parent: QWidget | None = None):
        from tna_desktop.kernel import assessment

        language, say = desk.language, desk.language.say
        self.fields = {
            "country": Field(language, say("Country or region"), QLineEdit()),
            "title": Field(language, say("Title"), QLineEdit(), optional=True),
            "year": Field(language, say("Year"), _year(date.today().year)),
            "language": Field(language, say("Language of the report"), choice_box(list(LANGUAGES.items()))),
            "prepared_by": Field(language, say("Prepared by"), QLineEdit(), optional=True),
            "status": Field(
                language,
                say("Status"),
                QLineEdit(),
                say("For example: draft for the second workshop."),
                optional=True,
            ),
            "currency": Field(language, say("Currency"), QLineEdit(), say("A code of three letters, as in USD.")),
        }
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(11)
        lines.addWidget(self.fields["country"])
        lines.addWidget(self.fields["title"])
        lines.addLayout(_pair(self.fields["year"], self.fields["language"]))
        lines.addWidget(self.fields["prepared_by"])
        lines.addLayout(_pair(self.fields["status"], self.fields["currency"]))
        body.setFocusProxy(self.fields["country"])
        super().__init__(say("What is this assessment called?"), "", "", say("Close"), body=body, parent=parent)
        body.setEnabled(not desk.document.read_only)
        self.form = RecordForm(language, self.fields, lambda **values: desk.do(assessment.change_facts, **values), self)
        found = desk.read(assessment.facts)
        self.form.show({name: getattr(found, name) for name in self.fields})

    def reject(self) -> None:
        self.form.commit()
        if not any(field.error() for field in self.fields.values()):
            super().reject()


def _year(now: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1990, 2200)
    box.setValue(now)
    box.setGroupSeparatorShown(False)
    return box


def _pair(first: QWidget, second: QWidget):
    line = row(gap=16)
    line.addWidget(first, 1)
    line.addWidget(second, 1)
    return line
