"""The decision box: why the team decided so, and who decided; it goes to the decision log and into the report."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field
from tna_desktop.ui.layouts import column
from tna_desktop.ui.tokens import theme


class DecisionBox(Dialog):
    """A question, a reason and the people who decided. Without a reason it asks for one."""

    def __init__(
        self, language: Language, question: str, text: str, verb: str, reason: str = "", parent: QWidget | None = None
    ):
        say = language.say
        self._language = language
        self.reason = Field(language, say("Reason"), QPlainTextEdit())
        self.reason.set_value(reason)
        self.decided_by = Field(language, say("Who decided"), QLineEdit(), optional=True)
        self.decided_by.editor.setPlaceholderText(say("The steering group, at its meeting in May"))
        body = QWidget()
        column(self.reason, self.decided_by, gap=10, parent=body)
        body.setFocusProxy(self.reason)
        super().__init__(question, text, verb, say("Cancel"), body=body, parent=parent)

    def restyle(self) -> None:
        super().restyle()
        self.reason.editor.setFixedHeight(theme().px(84))

    def accept(self) -> None:
        if not self.words()[0]:
            self.reason.show_error(
                self._language.say("Write why, in one sentence. The report prints it beside the ranking.")
            )
            self.reason.editor.setFocus()
            return
        super().accept()

    def words(self) -> tuple[str, str]:
        """The reason, and who decided."""
        return str(self.reason.value()).strip(), str(self.decided_by.value()).strip()
