"""The checkup: runs the checks a moment after a change, step by step and off the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Finding
from tna_desktop.kernel.progress import Progress, progress_of
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.stages import checking
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.tasks import Task

#: How long nothing must have changed before the checks run, in milliseconds.
QUIET = 350


class Checkup(QObject):
    """Findings and progress of the open assessment. ``found`` arrives after every run."""

    found = Signal(object)  # Progress

    def __init__(self, desk: Desk, parent: QObject | None = None):
        super().__init__(parent)
        self.desk = desk
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.done: frozenset[str] = desk.read(assessment.steps_done)
        self.progress: Progress = progress_of(desk.workflow, {}, self.done)
        self._task: Task | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.run)
        desk.changed.connect(self._heard)

    def run(self) -> None:
        """Check now; while a run is under way, once more after it."""
        if self._task is not None:
            self._again = True
            return
        document, workflow = self.desk.document, self.desk.workflow

        def work(task: Task) -> tuple[dict[str, tuple[Finding, ...]], frozenset[str]]:
            checks = checking.all_checks()
            found = {}
            # Step by step: an edit waits for the checks of one step at most.
            for place, step in _steps(workflow):
                if task.cancelled:
                    break
                with document.reading() as session:
                    found[place] = checking.check_step(session, workflow, place, step, checks)
            with document.reading() as session:
                return found, assessment.steps_done(session)

        self._task = Task(work)
        self._task.done.connect(self._took)
        self._task.failed.connect(self._failed)
        self._task.stopped_early.connect(self._stopped)
        self._task.start()

    def stop(self) -> None:
        """Nothing more is checked: the document is about to close."""
        self._timer.stop()
        self._again = False
        if self._task is not None:
            self._task.cancel()

    def attention(self, place: str) -> int:
        return self.progress.step(place).attention

    def _heard(self, change: object) -> None:
        if change.touches("step_state"):
            # What the person just said is shown at once.
            self.done = self.desk.read(assessment.steps_done)
            self._tell()
        self._timer.start()

    def _took(self, result: tuple[dict[str, tuple[Finding, ...]], frozenset[str]]) -> None:
        self._task = None
        self.findings, self.done = result
        self._tell()
        if self._again:
            self._again = False
            self._timer.start()

    def _failed(self, problem: Exception) -> None:
        self._task = None
        raise problem

    def _stopped(self) -> None:
        self._task = None

    def _tell(self) -> None:
        self.progress = progress_of(self.desk.workflow, self.findings, self.done)
        self.found.emit(self.progress)


def _steps(workflow: Workflow) -> list[tuple[str, object]]:
    return [(f"{stage.key}.{step.key}", step) for stage in workflow.stages for step in stage.steps]
