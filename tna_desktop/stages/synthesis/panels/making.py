"""Making the report off the window's thread: the same functions as the command line, with progress and a way to stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.tasks import Task


class Making(QObject):
    """Makes one report at a time; the newest wish wins."""

    made = Signal(object)  # Path
    failed = Signal(str)
    progressed = Signal(float)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None):
        super().__init__(parent)
        self.desk = desk
        self._task: Task | None = None

    @property
    def busy(self) -> bool:
        return self._task is not None

    def make(self, path: Path, code: str, options: Options) -> None:
        """Write the report to the path, as PDF or Excel by its ending, in the language with this code."""
        self.stop()
        desk = self.desk

        def work(task: Task) -> Path | None:
            from tna_desktop.reports.pdf import write_pdf
            from tna_desktop.reports.workbook import write_workbook

            from ..report import book_of

            book = book_of(desk.document, language(code), options)
            if task.cancelled:
                return None
            if path.suffix.lower() == ".xlsx":
                write_workbook(book, language(code), path)
                return path
            whole = write_pdf(
                book, language(code), path, progress=task.progressed.emit, cancelled=lambda: task.cancelled
            )
            return path if whole else None

        task = Task(work)
        self._task = task
        task.progressed.connect(self.progressed)
        task.done.connect(lambda made, task=task: self._done(task, made))
        task.failed.connect(lambda problem, task=task: self._failed(task, problem))
        task.stopped_early.connect(lambda task=task: self._over(task))
        task.start()

    def stop(self) -> None:
        """Give the report under way up; what stood at its place stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.ended.emit()

    def _done(self, task: Task, made: Path | None) -> None:
        if self._over(task) and made is not None:
            self.made.emit(made)

    def _failed(self, task: Task, problem: Exception) -> None:
        if not self._over(task):
            return
        if isinstance(problem, Refused):
            self.failed.emit(self.desk.language.tell(problem.reason))
        else:
            self.failed.emit(
                self.desk.language.say("The report could not be made: {problem}", problem=str(problem)[:200])
            )
            raise problem

    def _over(self, task: Task) -> bool:
        if task is not self._task:
            return False
        self._task = None
        self.ended.emit()
        return True
