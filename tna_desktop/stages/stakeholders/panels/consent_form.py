"""The consent record of one entry: whose knowledge it is, what they agreed to, and whether it may be shared."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.forms import RecordForm, choice_box
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.scrolling import scrolling

from .. import operations, reading
from ..models import choices, kind_names


class ConsentForm(QWidget):
    """All fields of a record; each is kept when it is left. An entry without a record shows how to begin one."""

    removal_wanted = Signal()
    beginning_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.setAccessibleName(say("Consent record"))
        self._id: str | None = None
        self.kind = Label("", "label", "text2", wrap=True)
        self.title = Label("", "dialog_title", wrap=True)
        self.told = Label("", "body", "text2", wrap=True)
        self.begin_button = Button(say("Begin the record"), "outline", "plus", on_click=self.beginning_wanted.emit)
        self.remove_button = Button(say("Remove this record"), "danger", small=True, on_click=self.removal_wanted.emit)
        self.fields = self._fields()
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self._record = QWidget()
        column(*self.fields.values(), row(None, self.remove_button), gap=10, parent=self._record)
        content = QWidget()
        inside = column(
            self.kind, self.title, self.told, row(self.begin_button, None), self._record, None,
            gap=8, margins=(20, 16, 20, 16), parent=content,
        )  # fmt: skip
        inside.setStretch(inside.count() - 1, 1)
        column(scrolling(content), gap=0, parent=self)
        self.restyle()
        self.show_row(None)

    def restyle(self) -> None:
        show_lines(self.fields["conditions"].editor, 4)

    def _fields(self) -> dict[str, Field]:
        say = self.language.say
        forms = [(choice.key, choice.name) for choice in choices(self.desk.workflow, "consent_forms")]
        may = [(False, say("No, withheld from every output")), (True, say("Yes, it may be shared"))]
        day = QLineEdit()
        day.setPlaceholderText(say("2027-03-31"))
        day.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        made = {
            "stakeholder_id": Field(self.language, say("Whose knowledge"), choice_box([("", say("Not in the register"))])),
            "holder": Field(
                self.language, say("Holders, in their own words"), QLineEdit(), optional=True,
                help=say("Where the register does not say it: a people, a village, a family, an elder"),
            ),
            "form": Field(self.language, say("Form of consent"), choice_box([("", say("Not said")), *forms])),
            "given_on": Field(self.language, say("Given on"), day),
            "conditions": Field(
                self.language, say("Conditions"), QPlainTextEdit(), help=say("In their words, as they were agreed")
            ),
            "protocol": Field(self.language, say("Community protocol"), QLineEdit(), optional=True),
            "may_be_shown": Field(self.language, say("May it be shared?"), choice_box(may)),  # type: ignore[arg-type]
        }  # fmt: skip
        return made

    def show_row(self, values: dict[str, Any] | None) -> None:
        """Show a record, an entry that waits for one (its ``id`` is then not a record's), or nothing."""
        say = self.language.say
        begun = values if values and not values["waits"] else None
        if (values or {}).get("id") != self._id:
            self.form.commit()
        self._id = begun["id"] if begun else None
        self.kind.set_text(kind_names(self.language).get(values["kind"], "") if values else "")
        self.kind.setVisible(bool(values))
        self.title.set_text((values["entry"] or say("An entry that was removed")) if values else "")
        self.title.setVisible(bool(values))
        self.told.set_text(self._telling(values))
        self.told.setVisible(bool(self.told.text()))
        self.begin_button.setVisible(bool(values) and begun is None)
        self._record.setVisible(begun is not None)
        if begun is not None:
            self._show_record(begun)

    def _show_record(self, values: dict[str, Any]) -> None:
        self._offer_holders()
        shown = {
            **values,
            "stakeholder_id": values["stakeholder_id"] or "",
            "given_on": values["given_on"].isoformat() if values["given_on"] else "",
            "may_be_shown": values["may_be_shown"] == "yes",
        }
        self.form.show(shown, values["id"])
        entry = self.desk.workflow.catalogue("consent_forms").find(values["form"])
        self.fields["form"].set_help(entry.definition if entry else "")

    def focus(self, field: str | None) -> None:
        """Put the keyboard into a field of the record."""
        if field in self.fields and self._id:
            self.fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _telling(self, values: dict[str, Any] | None) -> str:
        say = self.language.say
        if values is None:
            return say("Choose an entry to see on what terms it may be used.")
        if values["waits"]:
            return say(
                "This entry carries traditional knowledge. Ask those whose knowledge it is, in good time and in their own "
                "way, and write down here what they say. A record begins as withheld."
            )
        if values["may_be_shown"] != "yes":
            return say("Withheld: no report, no table and no wall shows it.")
        return ""

    def _offer_holders(self) -> None:
        box = self.fields["stakeholder_id"].editor
        wanted = [("", self.language.say("Not in the register")), *self.desk.read(reading.holders)]
        if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] == wanted:
            return
        current = box.currentData()
        box.blockSignals(True)
        box.clear()
        for key, name in wanted:
            box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(current)))
        box.blockSignals(False)

    def _save(self, **values: Any) -> None:
        if self._id:
            self.desk.do(operations.change_consent, self._id, **values)
