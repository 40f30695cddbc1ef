"""The window: the start page, or the workspace of one open assessment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from tna_desktop.kernel.errors import DocumentRefused, Refused
from tna_desktop.kernel.text import language as language_of
from tna_desktop.settings import Recent, Settings
from tna_desktop.ui.tasks import Task
from tna_desktop.ui.theme import use_theme

from . import opening
from .languages import first_language
from .opening import Preparation
from .recent import step_of
from .start import StartPage, missing_files

if TYPE_CHECKING:
    from tna_desktop.kernel.document import Document
    from tna_desktop.kernel.recovery import LeftWork

    from .workspace import Workspace


class MainWindow(QMainWindow):
    """One window, one assessment at a time."""

    painted = Signal()
    erred = Signal(str)

    def __init__(self, settings: Settings, preparation: Preparation | None = None):
        super().__init__()
        self.settings = settings
        self.preparation = preparation or Preparation()
        self.language = language_of(first_language(settings.language))
        self.workspace: Workspace | None = None
        self.start: StartPage | None = None
        self._opening: Task | None = None
        self._looked = False
        self._was_painted = False
        self._left: list[LeftWork] = []
        self.erred.connect(self._tell_error)
        self.setMinimumSize(960, 560)
        self.resize(1366, 768)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.look()
        self.show_start()

    # Look --------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Put theme, text size and direction of the settings on the application."""
        app = QApplication.instance()
        rtl = Qt.LayoutDirection.RightToLeft if self.language.right_to_left else Qt.LayoutDirection.LeftToRight
        app.setLayoutDirection(rtl)
        bare = not self._was_painted and self.workspace is None
        use_theme(self.settings.theme, self.settings.text_size, self.language.code, first_picture=bare)

    def choose_language(self, code: str) -> None:
        """Speak another language from now on; what is open stays open, at the same place."""
        self._leave_field()
        self.settings.language = code
        self.settings.save()
        self.language = language_of(code)
        self.look()
        if self.workspace is not None:
            self.reopen_here()
        else:
            self.show_start()

    def reopen_here(self) -> None:
        """Build the workspace anew around the same document: it may be written now, or speaks another language."""
        if self.workspace is not None:
            here = self.workspace.here()
            document, workflow = self.workspace.desk.document, self.workspace.workflow
            seen = self.workspace.projecting.seen()
            self._put_away_workspace()
            self._show_workspace(document, workflow, here)
            if seen is not None and self.workspace is not None:
                self.workspace.projecting.resume(seen)

    def choose_theme(self, scheme: str) -> None:
        self.settings.theme = scheme
        self.settings.save()
        self.look()

    def choose_text_size(self, size: int) -> None:
        self.settings.text_size = size
        self.settings.save()
        self.look()
        if self.workspace is not None:
            self.workspace.arrange()

    # Start page --------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """The start page, with what is known now; files and left work are looked at a moment later."""
        page = StartPage(self.language, self.settings)
        page.began.connect(self.new_assessment)
        page.chose_file.connect(self.open_file)
        page.chose_backup.connect(self.open_backup)
        page.chose_sample.connect(self.open_sample)
        page.opened.connect(self._open_recent)
        page.sought.connect(self._find_recent)
        page.recovered.connect(self.recover)
        page.discarded.connect(self.discard)
        page.language_chosen.connect(self.choose_language)
        page.settings_wanted.connect(self.show_settings)
        page.help_wanted.connect(self.show_help)
        self._put(page)
        self.start = page
        self.setWindowTitle("TNA Desktop")
        if self._was_painted:
            self._look_around()
        else:
            page.installEventFilter(self)

    def show_settings(self) -> None:
        """The settings; beside an open assessment they are a page of the workspace."""
        if self.workspace is not None:
            self.workspace.show_page("settings")
            return
        from .preferences import Preferences

        page = Preferences(self, on_back=self.show_start)
        self.start = None
        self._put(page)

    def show_help(self) -> None:
        from .keyboard import KeyboardSheet

        KeyboardSheet(self.language, self).exec()

    def _put(self, page: Any) -> None:
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        while self.stack.count() > 1:
            old = self.stack.widget(0) if self.stack.widget(0) is not page else self.stack.widget(1)
            self.stack.removeWidget(old)
            old.deleteLater()

    def _look_around(self) -> None:
        """Which recent files are gone, and whether a crash left work behind."""
        settings, preparation = self.settings, self.preparation

        def left(_task: Task) -> list[LeftWork]:
            preparation.finish()
            from tna_desktop.kernel import recovery

            return recovery.left_work()

        files_task = Task(lambda _task: missing_files(settings))
        files_task.done.connect(self._looked_for_files)
        files_task.start()
        work_task = Task(left)
        work_task.done.connect(self._looked_for_work)
        work_task.start()

    def _looked_for_files(self, missing: set[str]) -> None:
        if self.start is not None:
            self.start.show_missing(missing)

    def _looked_for_work(self, left: list[LeftWork]) -> None:
        self._left = left
        if self.start is not None and not self.start.banners():
            self.start.show_left(left)

    def eventFilter(self, watched, event):
        if not self._was_painted and event.type() == QEvent.Type.Paint:
            self._was_painted = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._first_painted)
        return super().eventFilter(watched, event)

    def _first_painted(self) -> None:
        self.painted.emit()
        self.look()
        from .keyboard import bind

        bind(self)
        self.preparation.begin()
        if self.start is not None:
            self._look_around()

    # Opening -----------------------------------------------------------------------------------------

    def new_assessment(self) -> None:
        from .new_assessment import NewAssessment

        dialog = NewAssessment(self.language, self.settings, self)
        if dialog.exec():
            path, facts = dialog.path(), dialog.facts()
            self._open(lambda: opening.begun(path, facts), path)
        dialog.deleteLater()

    def open_file(self) -> None:
        from . import files

        folder = Path(self.settings.recent[0].path).parent if self.settings.recent else None
        path = files.ask_open(self, self.language, folder if folder and folder.is_dir() else None)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path, read_only: bool = False, place: str = "") -> None:
        if not place:
            place = next((step_of(each.place) for each in self.settings.recent if each.path == str(path)), "")
        self._open(lambda: opening.opened(path, read_only), path, place)

    def open_sample(self) -> None:
        self._open(opening.sample, opening.sample_path())

    def open_backup(self) -> None:
        from . import files
        from .backup_list import BackupDialog

        dialog = BackupDialog(self.language, self)
        if dialog.exec() and dialog.chosen() is not None:
            kept = dialog.chosen()
            suggestion = files.free_path(files.made_tna_folder(), files.file_name(dialog.suggestion()))
            target = files.ask_save(self, self.language, self.language.say("Restore the backup as"), suggestion)
            if target is not None:
                self._open(lambda: opening.restored(kept.path, target), target)
        dialog.deleteLater()

    def recover(self, left: LeftWork) -> None:
        self._open(lambda: opening.recovered(left), left.target)

    def discard(self, left: LeftWork) -> None:
        from tna_desktop.ui.dialogs import ask

        say = self.language.say
        sure = ask(self, say("Discard the work that was left?"),
                   self.language.say_n("{n} change will be gone. The file stays as it is.",
                                       "{n} changes will be gone. The file stays as it is.", left.changes),
                   say("Discard the work"), say("Keep it"), danger=True)  # fmt: skip
        if sure:
            from tna_desktop.kernel import recovery

            recovery.discard(left)
            self._left = [each for each in self._left if each != left]
            if self.start is not None:
                self.start.take_back()
                self.start.show_left(self._left)

    def _open_recent(self, recent: Recent) -> None:
        self.open_path(Path(recent.path), place=step_of(recent.place))

    def _find_recent(self, recent: Recent) -> None:
        from . import files

        path = files.ask_open(self, self.language)
        if path is not None:
            self.settings.forget(recent.path)
            self.open_path(path, place=step_of(recent.place))

    def _open(self, work: Callable[[], Document], path: Path | None, place: str = "") -> None:
        """Close what is open, then open in a worker; a refusal is told on the start page."""
        if self._opening is not None or not self.close_assessment():
            return
        preparation = self.preparation

        def prepared(_task: Task) -> Document:
            preparation.finish()
            return work()

        if self.start is None:
            self.show_start()
        self.start.take_back()
        self.start.setEnabled(False)
        task = Task(prepared)
        task.done.connect(lambda document: self._opened(document, place))
        task.failed.connect(lambda problem: self._refused(problem, path))
        self._opening = task
        self.setCursor(Qt.CursorShape.BusyCursor)
        task.start()

    def _opened(self, document: Document, place: str) -> None:
        from tna_desktop.kernel import assessment
        from tna_desktop.kernel.workflow import from_json

        self._opened_or_not()
        try:
            with document.reading() as session:
                content = assessment.facts(session).workflow_content
            workflow = from_json(content)
        except Refused as refused:
            document.close(publish=False)
            self.tell_error(self.language.tell(refused.reason))
            return
        self._show_workspace(document, workflow, place)

    def _refused(self, problem: Exception, path: Path | None) -> None:
        self._opened_or_not()
        if not isinstance(problem, Refused):
            raise problem
        say = self.language.say
        actions: list[tuple[str, Callable[[], object]]] = []
        kind = problem.kind if isinstance(problem, DocumentRefused) else ""
        if kind == "busy" and path is not None:
            actions = [(say("Open read-only"), lambda: self.open_path(path, read_only=True))]
        elif kind in ("damaged", "empty", "foreign"):
            actions = [(say("Open a backup…"), self.open_backup)]
        elif kind in ("missing", "folder"):
            actions = [(say("Find file"), self.open_file)]
        if self.start is not None:
            self.start.tell("error", self.language.tell(problem.reason), actions)

    def _opened_or_not(self) -> None:
        self._opening = None
        self.unsetCursor()
        if self.start is not None:
            self.start.setEnabled(True)

    # Workspace ---------------------------------------------------------------------------------------

    def _show_workspace(self, document: Document, workflow: Any, place: str) -> None:
        from tna_desktop.kernel.document import LOCAL
        from tna_desktop.ui.desk import Desk

        from .workspace import Workspace

        desk = Desk(document, workflow, self.language, self.settings)
        self.workspace = Workspace(desk, workflow, self, place)
        self.look()  # the whole look, should the window not have been painted yet
        self.start = None
        self._put(self.workspace)
        back = document.state.changes if document.target is not None and document.state.kind == LOCAL else 0
        self.workspace.begin()
        if back:
            desk.notice(
                self.language.say_n(
                    "One change is back that was not yet in the file.",
                    "{n} changes are back that were not yet in the file.",
                    back,
                )
            )

    def _put_away_workspace(self) -> None:
        if self.workspace is not None:
            self.workspace.end()
            self.workspace.desk.deleteLater()
            self.workspace = None

    def close_assessment(self) -> bool:
        """Publish and let the open assessment go; False when the person wants to stay. Work is never given up."""
        if self.workspace is None:
            return True
        self._leave_field()
        workspace = self.workspace
        if not workspace.saving.may_close():
            return False
        workspace.remember()
        self._put_away_workspace()
        workspace.desk.close()
        self.show_start()
        return True

    def closeEvent(self, event):
        if self.close_assessment():
            super().closeEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event):
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.workspace is not None:
            self.workspace.desk.publish()
        super().changeEvent(event)

    def _leave_field(self) -> None:
        """What is being typed is kept before the widget it stands in goes away."""
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def tell_error(self, sentence: str) -> None:
        """Say in one sentence that something went wrong; from whichever thread it comes."""
        self.erred.emit(sentence)

    def _tell_error(self, sentence: str) -> None:
        if self.workspace is not None:
            self.workspace.tell_error(sentence)
        elif self.start is not None:
            self.start.tell("error", sentence)
