"""Forgetting a person: one question that says what will happen, then it is done for good."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel import forgetting
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message, message_n
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.tasks import Task

from ..forgetting import Outlook, outlook, sentences


class ForgetDialog(Dialog):
    """What forgetting does and what it cannot reach. The safe answer has the focus."""

    def __init__(self, desk: Desk, found: Outlook, parent: QWidget | None = None):
        say = desk.language.say
        self.lines = sentences(found, desk.language)
        body = QWidget()
        lines = column(gap=6, parent=body)
        for text in self.lines:
            mark, words = IconMark("circle-fill", "text3", 6, beside="body"), Label(text, "body", "text2", wrap=True)
            line = row(mark, words, gap=8)
            line.setStretch(1, 1)
            line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        super().__init__(
            say("Forget {name}?", name=found.name),
            say("This cannot be undone."),
            say("Forget the person"),
            say("Cancel"),
            danger=True,
            body=body,
            parent=parent,
        )
        self.setAccessibleDescription(" ".join((say("This cannot be undone."), *self.lines)))
        self.verb_button.setDefault(False)
        self.verb_button.setAutoDefault(False)
        self.safe_button.setFocus()


def forget_person(desk: Desk, contact: str, parent: QWidget | None = None) -> bool:
    """Ask once, then take the person out of the assessment, its log, the file and the automatic backups."""
    try:
        found = outlook(desk.document, contact, desk.language)
        dialog = ForgetDialog(desk, found, parent)
        chosen = bool(dialog.exec())
        dialog.deleteLater()
        if not chosen:
            return False
        desk.forget(found.person)
    except Refused as refused:
        desk.refuse(refused)
        return False
    desk.publish()
    desk.notice(desk.language.say("The person was forgotten"))
    lineage = desk.document.lineage
    task = Task(lambda _task: forgetting.in_backups(found.person, lineage))
    task.done.connect(lambda left: _tell(desk, left))
    task.failed.connect(lambda _problem: _not_cleaned(desk))
    desk.watch(task, desk.language.say("Cleaning the backups on this computer"))
    task.start()
    return True


def _tell(desk: Desk, left: forgetting.InBackups) -> None:
    if left.removed:
        desk.notice(
            desk.language.say_n(
                "One backup could not be cleaned and was removed",
                "{n} backups could not be cleaned and were removed",
                left.removed,
            )
        )
    if left.stuck:
        desk.refuse(
            Refused(
                message_n(
                    "One backup could neither be cleaned nor removed, and still holds the person: {names}.",
                    "{n} backups could neither be cleaned nor removed, and still hold the person: {names}.",
                    len(left.stuck),
                    names=[backup.path.name for backup in left.stuck],
                )
            )
        )


def _not_cleaned(desk: Desk) -> None:
    desk.refuse(Refused(message("The backups on this computer could not be cleaned and may still hold the person.")))
