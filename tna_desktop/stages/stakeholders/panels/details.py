"""The tab beside the register: the contacts of the stakeholder one stands on, and what else is noted about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.forms import RecordForm
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.scrolling import scrolling

from .. import operations, reading
from .contacts import ContactPanel

CONTACTS, DETAILS = "contacts", "details"
_LONG = {"interests": 3, "knowledge": 3, "affected": 2, "remarks": 3}


class StakeholderPanel(QWidget):
    """Contacts or details of one stakeholder; a switch above says which."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        say = desk.language.say
        self.contacts, self.details = ContactPanel(desk), DetailsPanel(desk)
        self.switch = Segmented(
            [(CONTACTS, say("Contacts")), (DETAILS, say("Details"))], name=say("What is shown about the stakeholder")
        )
        self.switch.chosen.connect(self.show_part)
        self._parts = QStackedWidget()
        self._parts.addWidget(self.contacts)
        self._parts.addWidget(self.details)
        column(row(self.switch, None, margins=(20, 12, 20, 0)), self._parts, gap=0, parent=self)

    def show_part(self, key: str) -> None:
        """Show the contacts or the details; what was being written is kept."""
        self.switch.set_current(key)
        self.contacts.form.commit()
        self.details.form.commit()
        self._parts.setCurrentIndex((CONTACTS, DETAILS).index(key))

    def show_stakeholder(self, stakeholder: str | None) -> None:
        self.contacts.show_stakeholder(stakeholder)
        self.details.show_stakeholder(stakeholder)


class DetailsPanel(QWidget):
    """Place, language, interests, knowledge held and remarks; each field is kept on leaving it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._stakeholder: str | None = None
        self.name = Label("", "stage", wrap=True)
        self._none = Label(say("Choose a stakeholder to see what is noted about it."), "body", "text2", wrap=True)
        self.fields = {
            "region": Field(self.language, say("Region"), QLineEdit()),
            "language": Field(self.language, say("Language"), QLineEdit()),
            "interests": Field(self.language, say("Interest in the matter"), QPlainTextEdit()),
            "knowledge": Field(self.language, say("Knowledge held"), QPlainTextEdit()),
            "affected": Field(self.language, say("How it is affected"), QPlainTextEdit()),
            "short": Field(
                self.language,
                say("Short name"),
                QLineEdit(),
                say("For maps, charts and the wall: at most 22 characters"),
            ),
            "remarks": Field(
                self.language,
                say("Remarks"),
                QPlainTextEdit(),
                say("For the team only: in no report and on no wall."),
            ),
        }
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self._form = QWidget()
        column(*self.fields.values(), gap=10, parent=self._form)
        content = QWidget()
        column(self.name, self._none, self._form, None, gap=10, margins=(20, 16, 20, 16), parent=content)
        column(scrolling(content), gap=0, parent=self)
        self.restyle()
        self.show_stakeholder(None)

    def restyle(self) -> None:
        for name, lines in _LONG.items():
            show_lines(self.fields[name].editor, lines)

    def show_stakeholder(self, stakeholder: str | None) -> None:
        """Show one stakeholder; what was being written for another is kept there."""
        if stakeholder != self._stakeholder:
            self.form.commit()
            self._stakeholder = stakeholder
        values = self.desk.read(reading.details, stakeholder) if stakeholder else None
        self.name.set_text(values["name"] if values else "")
        self.name.setVisible(values is not None)
        self._form.setVisible(values is not None)
        self._none.setVisible(values is None)
        if values is not None:
            self.form.show(values, stakeholder)

    def _save(self, **values: Any) -> None:
        if self._stakeholder:
            self.desk.do(operations.change_stakeholder, self._stakeholder, **values)
