"""Trials off the window's thread: a question goes to a worker, the answer comes back; nothing stale is ever told."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from tna_desktop.ui.desk import Desk
from tna_desktop.ui.tasks import Task

from ..results_robustness import Question, Robustness, robustness

#: So many answers are kept, so that going back and forth between groups takes no time.
KEPT = 24


class Trials(QObject):
    """Asks for trials. ``answered`` comes once for the question asked last, and never for one before it."""

    answered = Signal(object)  # Robustness

    def __init__(self, desk: Desk, parent: QObject | None = None):
        super().__init__(parent)
        self._desk = desk
        self._known: OrderedDict[str, Robustness] = OrderedDict()
        self._wanted = ""
        self._task: Task | None = None

    def ask(self, asked: Question | None) -> Robustness | None:
        """The answer if it is known; otherwise None, and ``answered`` follows."""
        self._wanted = asked.key if asked else ""
        if asked is None or asked.key in self._known:
            return self._known.get(self._wanted)
        if self._task is not None:
            self._task.cancel()
        self._task = task = Task(lambda _task: robustness(asked))
        self._desk.watch(task, self._desk.language.say("Trying other weights and scores"))
        task.done.connect(self._done)
        task.start()
        return None

    def _done(self, found: object) -> None:
        if not isinstance(found, Robustness):
            return
        self._known[found.key] = found
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if found.key == self._wanted:
            self._task = None
            self.answered.emit(found)
