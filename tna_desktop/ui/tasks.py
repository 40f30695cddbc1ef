"""Work off the window's thread: a function runs in a worker, its result arrives as a signal."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

#: How long a task that is over stays, in milliseconds.
LINGER = 1000


class Task(QObject):
    """Work under way. Exactly one of done, failed or stopped_early arrives, on the window's thread."""

    done = Signal(object)
    failed = Signal(object)
    stopped_early = Signal()
    progressed = Signal(float)

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None = None):
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()

    @property
    def cancelled(self) -> bool:
        """The work asks this now and then and ends when it is true."""
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()

    def _over(self, *_outcome: object) -> None:
        """Let go, on the window's thread: in the worker it would be pulled from under Qt. A little later, because what
        was told may still be on its way to others."""
        QTimer.singleShot(LINGER, self.deleteLater)

    def start(self) -> Task:
        for outcome in (self.done, self.failed, self.stopped_early):
            outcome.connect(self._over)
        key = id(self)
        _ALIVE[key] = self
        self.destroyed.connect(lambda *_gone: _ALIVE.pop(key, None))
        QThreadPool.globalInstance().start(_Run(self))
        return self


#: Tasks under way, each until Qt has let go of it.
_ALIVE: dict[int, Task] = {}


class _Run(QRunnable):
    def __init__(self, task: Task):
        super().__init__()
        self.task = task

    def run(self) -> None:
        task = self.task
        try:
            result = task._work(task)
        except Exception as problem:  # whatever went wrong in a worker must reach the window, not vanish
            _emit(task, task.stopped_early if task.cancelled else task.failed, *(() if task.cancelled else (problem,)))
        else:
            _emit(task, task.stopped_early if task.cancelled else task.done, *(() if task.cancelled else (result,)))


def _emit(task: Task, signal: Any, *values: Any) -> None:
    with contextlib.suppress(RuntimeError):  # the window may have closed before the work ended
        signal.emit(*values)
