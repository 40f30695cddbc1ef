"""Recording why a group of stakeholders does not take part."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.layouts import column
from tna_desktop.ui.theme import theme

from .. import operations
from ..reading import GroupCount


class GapDialog(Dialog):
    """The reason, and who decided; both go to the decision log and the reason into the report."""

    def __init__(self, desk: Desk, group: GroupCount, parent: QWidget | None = None):
        say = desk.language.say
        self._desk, self._group = desk, group
        self.reason = Field(desk.language, say("Reason"), QPlainTextEdit())
        self.reason.editor.setFixedHeight(theme().px(84))
        self.reason.set_value(group.gap)
        self.decided_by = Field(desk.language, say("Decided by"), QLineEdit(), optional=True)
        self.decided_by.editor.setPlaceholderText(say("The steering group, a person, a meeting"))
        body = QWidget()
        column(self.reason, self.decided_by, gap=12, parent=body)
        body.setFocusProxy(self.reason.editor)
        super().__init__(
            say("Why does nobody of this group take part?"),
            say("{group}. The reason is kept in the decision log and printed in the report.", group=group.name),
            say("Record the reason"),
            say("Cancel"),
            body=body,
            parent=parent,
        )

    def accept(self) -> None:
        try:
            self._desk.do(
                operations.justify_gap,
                self._group.key,
                self._group.name,
                str(self.reason.value()),
                str(self.decided_by.value()),
            )
        except Refused as refused:
            self.reason.show_error(self._desk.language.tell(refused.reason))
            self.reason.editor.setFocus()
            return
        super().accept()
