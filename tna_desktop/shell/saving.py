"""Saving: says whether the work is in the file, tries again when it is not, and lets nothing be lost at closing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tna_desktop.kernel.document import FAILED, LOCAL, READ_ONLY, SavedState
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.desk import Notice
from tna_desktop.ui.dialogs import Dialog

from . import files

if TYPE_CHECKING:
    from .workspace import Workspace

#: How long to wait before trying a file again that could not be written, in milliseconds.
RETRY = 10_000


class Saving(QObject):
    """Watches the saved state of one open assessment. ``banner`` is shown above the work area while it says something."""

    def __init__(self, workspace: Workspace):
        super().__init__(workspace)
        self.workspace, self.desk = workspace, workspace.desk
        self.banner = Banner(parent=workspace)
        self.banner.hide()
        self._was_failing = False
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY)
        self._retry.timeout.connect(self.desk.publish)
        self.desk.saved.connect(self.tell)

    def stop(self) -> None:
        self._retry.stop()

    def tell(self, state: SavedState) -> None:
        """Show how it stands, and keep trying while the file cannot be written."""
        say = self.desk.language.say
        document = self.desk.document
        self.workspace.appbar.saved.tell(state, document.target is not None)
        if state.kind == FAILED:
            reason = self.desk.language.tell(state.reason) if state.reason else ""
            if state.problem == "changed":
                # Someone else's work is in the file: the person decides, nothing is tried again by itself.
                self._retry.stop()
                actions = [
                    (say("Save as a copy"), self.save_elsewhere),
                    (say("Replace the file"), self.replace),
                ]
            else:
                self._retry.start()
                actions = [
                    (say("Save elsewhere"), self.save_elsewhere),
                    (say("Try again"), self.desk.publish),
                ]
            self.banner.tell("error", say("Not saved to the file."), reason, actions)
            self.banner.show()
            self._was_failing = True
            return
        self._retry.stop()
        if state.kind == READ_ONLY:
            sentence = say("You can read everything and export it.")
            self.banner.tell(
                "info",
                say("This assessment is open read-only."),
                sentence,
                [(say("Save a copy to edit"), self.save_elsewhere)],
            )
            self.banner.show()
            return
        self.banner.hide()
        if self._was_failing and state.kind != LOCAL:
            self._was_failing = False
            self.desk.notice(say("The file can be written again; all changes are saved."))

    # What can be done --------------------------------------------------------------------------------

    def save_elsewhere(self) -> bool:
        """Go on in a file of another name or place. Answers whether it was saved."""
        path = self._ask(self.desk.language.say("Save this assessment as"))
        if path is None:
            return False
        try:
            self.desk.document.save_as(path)
        except DocumentRefused as refused:
            self.desk.refuse(refused)
            return False
        self.desk.saved.emit(self.desk.document.state)
        self.workspace.moved()
        return True

    def save_copy(self) -> None:
        """A copy under another name; the work goes on where it was."""
        say = self.desk.language.say
        path = self._ask(say("Save a copy"))
        if path is None:
            return
        try:
            self.desk.document.save_copy(path)
        except DocumentRefused as refused:
            self.desk.refuse(refused)
        else:
            self.desk.notice(say("Copy saved as {name}.", name=path.name))

    def keep_backup(self, name: str) -> None:
        """Keep a named backup, which is never thinned out."""
        say = self.desk.language.say
        try:
            self.desk.document.backup(name)
        except OSError:
            self.desk.noticed.emit(
                Notice(say("The backup could not be written; this computer's disk may be full."), "refused")
            )
        else:
            self.desk.notice(say("Backup “{name}” kept.", name=name) if name else say("Backup kept."))

    def replace(self) -> None:
        """Put this work in place of what someone else saved there; asked first, for their work goes."""
        say = self.desk.language.say
        name = self.desk.document.target.name if self.desk.document.target else ""
        dialog = Dialog(say("Replace the file?"), say("What someone else saved in {name} will be gone.", name=name),
                        say("Replace the file"), say("Keep theirs"), danger=True, parent=self.workspace)  # fmt: skip
        if dialog.exec():
            try:
                self.desk.document.publish(overwrite=True)
            except DocumentRefused as refused:
                self.desk.refuse(refused)
            self.desk.saved.emit(self.desk.document.state)

    def may_close(self) -> bool:
        """Bring the work into the file; if that fails, say so. False when the person rather stays."""
        document = self.desk.document
        if document.read_only or document.state.kind not in (LOCAL, FAILED):
            return True
        say = self.desk.language.say
        if document.target is not None:
            try:
                document.publish()
                return True
            except DocumentRefused as refused:
                reason = self.desk.language.tell(refused.reason)
        else:
            reason = say("This assessment has no file yet.")
        self.desk.saved.emit(document.state)
        kept = say("Your work is safe on this computer, and the next start offers it again.")
        dialog = Dialog(say("The work is not in the file. Close anyway?"), "\n".join((reason, kept)),
                        say("Close, keep it on this computer"), say("Stay"), parent=self.workspace)  # fmt: skip
        return bool(dialog.exec())

    def _ask(self, title: str) -> Path | None:
        document = self.desk.document
        folder = (
            document.target.parent if document.target and document.target.parent.is_dir() else files.made_tna_folder()
        )
        stem = document.target.stem if document.target else files.file_name(self.workspace.title())
        suggestion = files.free_path(folder, self.desk.language.say("{name} copy", name=stem))
        return files.ask_save(self.workspace, self.desk.language, title, suggestion)
