"""The Contacts tab: the persons behind a stakeholder. They stay in the file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import RecordForm, choice_box
from tna_desktop.ui.labels import Hairline, IconMark, Label
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.scrolling import scrolling

from .. import operations, reading
from .forget import forget_person

NEW = ""


class ContactPanel(QWidget):
    """One line per person; the chosen one opens as a form, which keeps each field on leaving it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._stakeholder: str | None = None
        self._contact: str | None = None
        self._rows: list[dict[str, Any]] = []
        self.name = Label("", "stage", wrap=True)
        self._private = row(
            IconMark("lock-simple", "text3", 14, beside="meta"),
            Label(say("Contacts stay in this file and are left out of reports."), "meta", "text3", wrap=True),
            gap=6,
        )
        self._private.setStretch(1, 1)
        self._none = Label("", "body", "text2", wrap=True)
        self._people = QVBoxLayout()
        self._people.setSpacing(2)
        self.fields = self._fields()
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self.remove_button = Button(say("Remove this contact"), "danger", small=True, on_click=self._remove)
        self.forget_button = Button(say("Forget this person…"), "ghost", small=True, on_click=self._forget)
        self._form = QWidget()
        column(
            Hairline(),
            4,
            *self.fields.values(),
            row(None, self.remove_button),
            row(None, self.forget_button),
            gap=10,
            margins=(0, 4, 0, 0),
            parent=self._form,
        )
        self.add_button = Button(say("Add a contact"), icon="plus", small=True, on_click=self.begin)
        content = QWidget()
        inside = column(
            self.name,
            self._private,
            self._none,
            self._people,
            row(self.add_button, None),
            self._form,
            None,
            gap=10,
            margins=(20, 16, 20, 16),
            parent=content,
        )
        inside.setStretch(inside.count() - 1, 1)
        column(scrolling(content), gap=0, parent=self)
        self._show()

    def _fields(self) -> dict[str, Field]:
        say = self.language.say
        sexes = [("", say("Not said")), ("female", say("Woman")), ("male", say("Man")), ("other", say("Other"))]
        ages = [
            ("", say("Not said")),
            ("under_30", say("Under 30")),
            ("30_59", say("30 to 59")),
            ("60_plus", say("60 or more")),
        ]
        made = {
            "name": Field(self.language, say("Name"), QLineEdit()),
            "position": Field(self.language, say("Position"), QLineEdit()),
            "email": Field(self.language, say("E-mail"), QLineEdit()),
            "phone": Field(self.language, say("Phone"), QLineEdit()),
            "sex": Field(self.language, say("Sex"), choice_box(sexes), optional=True),
            "age_band": Field(self.language, say("Age"), choice_box(ages), optional=True),
        }
        for name in ("email", "phone"):
            # Addresses and numbers are read from left to right in every language.
            made[name].editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return made

    def show_stakeholder(self, stakeholder: str | None) -> None:
        """Show the persons of one stakeholder; what was being written for another is kept there."""
        if stakeholder != self._stakeholder:
            self.form.commit()
            self._stakeholder, self._contact = stakeholder, None
        self._show()

    def begin(self) -> None:
        """An empty form; the contact is made when its name is written."""
        if self._stakeholder:
            self._contact = NEW
            self._show()
            self.fields["name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        say, here = self.language.say, self._stakeholder
        self._rows = self.desk.read(reading.contacts, here) if here else []
        known = {each["id"] for each in self._rows}
        if self._contact != NEW and self._contact not in known:
            self._contact = None
        self.name.set_text(self.desk.read(reading.stakeholder_name, here) if here else "")
        self.name.setVisible(bool(here))
        self.add_button.setEnabled(bool(here))
        nobody = (
            say("No person is noted for this stakeholder.")
            if here
            else say("Choose a stakeholder to see its contacts.")
        )
        self._none.set_text(nobody)
        self._none.setVisible(not self._rows and self._contact is None)
        clear(self._people)
        for each in self._rows:
            words = (
                say("{name}, {position}", name=each["name"], position=each["position"])
                if each["position"]
                else each["name"]
            )
            button = Button(
                words,
                "ghost",
                "caret-down" if each["id"] == self._contact else "caret-right",
                small=True,
                tooltip=words,
                on_click=lambda id=each["id"]: self._open(id),
            )
            self._people.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._form.setVisible(self._contact is not None)
        self.remove_button.setVisible(bool(self._contact))
        self.forget_button.setVisible(bool(self._contact))
        values = next((each for each in self._rows if each["id"] == self._contact), {"sex": "", "age_band": ""})
        if self._contact != NEW or self.form.record != (here, NEW):
            # A new person's form is not in the file yet: what stands in it must not be taken away.
            self.form.show(values, (here, self._contact))

    def _open(self, contact: str) -> None:
        self.form.commit()
        self._contact = None if contact == self._contact else contact
        self._show()

    def _save(self, **values: Any) -> None:
        if self._contact:
            self.desk.do(operations.change_contact, self._contact, **values)
        elif self._contact == NEW and self._stakeholder and str(self.fields["name"].value()).strip():
            written = {name: field.value() for name, field in self.fields.items()}
            # The change makes the panel show itself again: it must know its contact only afterwards.
            self._contact = self.desk.do(operations.add_contact, self._stakeholder, **written)
            self._show()

    def _forget(self) -> None:
        self.form.commit()
        if self._contact and forget_person(self.desk, self._contact, self):
            self._contact = None
            self._show()

    def _remove(self) -> None:
        if self._contact:
            gone, self._contact = self._contact, None
            self.desk.attempt(operations.remove_contacts, [gone])
            self.desk.notice(self.language.say("Contact removed"), undo=True)
            self._show()
