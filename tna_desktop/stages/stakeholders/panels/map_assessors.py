"""Who places stakeholders on a map of their own: a person or a group, added, renamed and removed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.layouts import column

from .. import operations


def assessor_name(workflow: Workflow, assessor: str) -> str:
    """What the team calls an assessor: a group by its short name, a person as written."""
    entry = workflow.catalogue("stakeholder_groups").find(assessor)
    return (entry.short or entry.name) if entry else assessor


class AssessorDialog(Dialog):
    """Adds an assessor, or gives one another name. ``kept`` is the assessor afterwards."""

    def __init__(self, desk: Desk, known: tuple[str, ...], assessor: str = "", parent: QWidget | None = None):
        say = desk.language.say
        self._desk, self._assessor = desk, assessor
        self.kept = ""
        groups = desk.workflow.catalogue("stakeholder_groups")
        choices = [("", say("A person, by name"))]
        choices += [(entry.key, entry.short or entry.name) for entry in groups.entries if entry.key not in known]
        self.group = Field(desk.language, say("Who places"), choice_box(choices))
        self.name = Field(desk.language, say("Name"), QLineEdit())
        self.name.set_value(assessor if groups.find(assessor) is None else "")
        self.group.editor.currentIndexChanged.connect(lambda _index: self._tell())
        body = QWidget()
        column(self.group, self.name, gap=12, parent=body)
        body.setFocusProxy(self.name.editor)
        super().__init__(
            say("Whose name should this map have?")
            if assessor
            else say("Who places stakeholders on a map of their own?"),
            say("Names of assessors stay with the team: they never go to the wall or into the report."),
            say("Rename") if assessor else say("Add the assessor"),
            say("Cancel"),
            body=body,
            parent=parent,
        )

    def _tell(self) -> None:
        self.name.setVisible(not self.group.value())

    def accept(self) -> None:
        name = str(self.group.value() or self.name.value() or "")
        try:
            if self._assessor:
                self.kept = self._desk.do(operations.rename_assessor, self._assessor, name)
            else:
                self.kept = self._desk.do(operations.add_assessor, name)
        except Refused as refused:
            self.name.show_error(self._desk.language.tell(refused.reason))
            self.name.editor.setFocus()
            return
        super().accept()
