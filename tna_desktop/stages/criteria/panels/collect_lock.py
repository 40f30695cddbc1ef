"""Weights that are locked: said in a banner, and unlocked in place with a reason that goes to the decision log."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.banner import Action, Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.layouts import row

from .. import operations


class WeightsBanner(QWidget):
    """One sentence above the weights with what can be done about it; the form for unlocking opens below it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.banner = Banner()
        self.reason = Field(self.language, say("Why the weights are to be changed"), QLineEdit())
        self.by = Field(self.language, say("Decided by"), QLineEdit(), optional=True)
        self.unlock_button = Button(say("Unlock the weights"), "outline", on_click=self.unlock)
        self.keep_button = Button(say("Keep them locked"), "ghost", on_click=self.close_form)
        self.form = QWidget()
        line = row(gap=12, parent=self.form)
        line.addWidget(self.reason, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.by, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.unlock_button, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.reason.editor.returnPressed.connect(self.unlock)  # type: ignore[attr-defined]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.banner)
        box.addWidget(self.form)
        self.form.hide()

    def tell(self, kind: str, text: str, action: Action | None = None) -> None:
        self.banner.tell(kind, "", text, [action] if action else [])
        self.show()

    def tell_locked(self, scoring: bool) -> None:
        say = self.language.say
        words = say("The weights are locked because scoring has begun.") if scoring else say("The weights are locked.")
        self.tell("info", words, (say("Unlock with a reason…"), self.open_form))

    def put_away(self) -> None:
        self.close_form()
        self.hide()

    def open_form(self) -> None:
        self.form.show()
        self.reason.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def close_form(self) -> None:
        self.form.hide()
        self.reason.set_value("")
        self.reason.clear_error()

    def unlock(self) -> None:
        try:
            self.desk.do(
                operations.unlock_weights, str(self.reason.value()).strip(), decided_by=str(self.by.value()).strip()
            )
        except Refused as refused:
            self.reason.show_error(self.language.tell(refused.reason))
            return
        self.close_form()
        self.desk.notice(self.language.say("The weights are unlocked; the reason is in the decision log"), undo=True)
