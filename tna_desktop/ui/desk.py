"""The desk: the open assessment as the window sees it. The only way from a screen to the document, and back.

Data flows one way: a screen asks the desk to do an operation; the document changes; ``changed`` tells every view,
and each decides whether it is concerned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from tna_desktop.kernel import journal
from tna_desktop.kernel.document import LOCAL, Document, SavedState
from tna_desktop.kernel.errors import DocumentRefused, Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.forgetting import Person
from tna_desktop.kernel.journal import Change
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow, translated
from tna_desktop.settings import Settings

from .tasks import Task

Result = TypeVar("Result")
#: The visible file follows the last change after this many milliseconds of quiet.
QUIET = 1200
#: A change of more records than this is made off the window's thread.
MANY = 200


@dataclass(frozen=True)
class Job:
    """Long work under way: the window shows a card with how far it is and, where that can be, a way to stop it."""

    task: Task
    what: str
    hint: str = ""
    can_stop: bool = True


@dataclass(frozen=True)
class Notice:
    """Something to tell in passing. kind: done (a toast), refused (why something was not done)."""

    text: str
    kind: str = "done"
    undo: bool = False


class Desk(QObject):
    """An open document with the language, workflow and settings it is shown in.

    The workflow's texts are already in the window's language.
    """

    changed = Signal(object)  # Change
    went = Signal(object)  # Place
    noticed = Signal(object)  # Notice
    saved = Signal(object)  # SavedState
    began = Signal(object)  # Job
    held = Signal(bool)  # a change of many records is under way (or over): until then nothing else is to be changed
    pointing = Signal(str, str, object)  # step, record, value while it is dragged (None: let go); for the wall

    def __init__(self, document: Document, workflow: Workflow, language: Language, settings: Settings):
        super().__init__()
        self.document, self.workflow = document, translated(workflow, language)
        self.language, self.settings = language, settings
        self._publishing: Task | None = None
        self.is_held = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.publish)

    # Reading and writing -----------------------------------------------------------------------------

    def read(self, function: Callable[..., Result], *args: Any, **values: Any) -> Result:
        """``function(session, ...)`` in a reading; it gives plain values, never records."""
        with self.document.reading() as session:
            return function(session, *args, **values)

    def do(self, operation: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Run an operation; durable when this returns. Answers its result. Raises Refused for the form to show."""
        change = self.document.do(operation, *args, author=self.settings.author, **values)
        self._tell(change)
        return change.result

    def attempt(self, operation: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """As do(), for places without a form: a refusal is told as a notice and the answer is None."""
        try:
            return self.do(operation, *args, **values)
        except Refused as refused:
            self.refuse(refused)
            return None

    def do_later(
        self, what: str, operation: Callable[..., Any], *args: Any, then: Callable[[Any], Any], **values: Any
    ) -> Task:
        """As attempt(), for work on thousands of records: off the window's thread, with a card that says ``what``.

        ``then`` gets the result, or None after a refusal, when the views have heard of the change. It is one change
        and cannot be stopped half-way; until it is made, ``held`` keeps everything else.
        """
        author = self.settings.author
        return self._later(what, lambda: self.document.do(operation, *args, author=author, **values), then)

    def do_many(
        self,
        count: int,
        what: str,
        operation: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], Any],
        **values: Any,
    ) -> None:
        """As do_later() where ``count`` records are many, at once where they are few."""
        if count > MANY:
            self.do_later(what, operation, *args, then=then, **values)
        else:
            then(self.attempt(operation, *args, **values))

    def _later(self, what: str, make: Callable[[], Change | None], then: Callable[[Any], Any]) -> Task:
        task = Task(lambda _task: make())

        def done(change: Change | None) -> None:
            if change is not None:
                self._tell(change)
            self._hold(False)
            then(change.result if change is not None else None)

        def failed(problem: Exception) -> None:
            self._hold(False)
            then(None)
            if not isinstance(problem, Refused):
                raise problem
            self.refuse(problem)

        task.done.connect(done)
        task.failed.connect(failed)
        self._hold(True)
        self.began.emit(Job(task, what, can_stop=False))
        return task.start()

    def _hold(self, held: bool) -> None:
        self.is_held = held
        self.held.emit(held)

    def forget(self, person: Person) -> Change:
        """Take a person out of the assessment and its log, for good. Raises DocumentRefused."""
        change = self.document.forget(person, author=self.settings.author)
        self._tell(change)
        return change

    def undo(self) -> Change | None:
        """Take the last change back. None: there is none, it was refused, or it is so large that it takes its time."""
        return self._reverse(
            self.document.undo,
            self.document.next_undo(),
            lambda n: self.language.say("Taking back {n} entries", n=n),
        )

    def redo(self) -> Change | None:
        """Do again what was undone last; answers as undo() does."""
        return self._reverse(
            self.document.redo,
            self.document.next_redo(),
            lambda n: self.language.say("Doing {n} entries again", n=n),
        )

    def _reverse(
        self, reverse: Callable[[str], Change | None], target: Change | None, what: Callable[[str], str]
    ) -> Change | None:
        if target is None or self.is_held:
            return None
        author, count = self.settings.author, self.read(journal.count_touched, target.id)
        if count > MANY:
            self._later(what(self.language.number(count)), lambda: reverse(author), lambda _result: None)
            return None
        try:
            change = reverse(author)
        except Refused as refused:
            self.refuse(refused)
            return None
        if change is not None:
            self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        if change.touched:
            self.changed.emit(change)
            self.saved.emit(self.document.state)
            self._quiet.start()

    # Telling -----------------------------------------------------------------------------------------

    def refuse(self, refused: Refused) -> None:
        self.noticed.emit(Notice(self.language.tell(refused.reason), "refused"))
        self.saved.emit(self.document.state)

    def notice(self, text: str, *, undo: bool = False) -> None:
        self.noticed.emit(Notice(text, "done", undo))

    def watch(self, task: Task, what: str, hint: str = "") -> Task:
        """Have a card shown while a task takes longer than a second. Start the task as usual."""
        self.began.emit(Job(task, what, hint))
        return task

    def go(self, place: Place | str) -> None:
        """Show a place: a step, and within it a record and a field."""
        self.went.emit(Place(place) if isinstance(place, str) else place)

    # Saving ------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Bring the work into the visible file, off the window's thread. Never two at a time."""
        if self._publishing is not None:
            self._quiet.start()
            return
        if self.document.state.kind == "saved" or self.document.read_only or self.document.target is None:
            return
        task = Task(lambda _task: self.document.publish())
        task.done.connect(self._published)
        task.failed.connect(self._not_published)
        task.stopped_early.connect(self._published)
        self._publishing = task
        task.start()

    def _published(self, _result: object = None) -> None:
        self._publishing = None
        state: SavedState = self.document.state
        self.saved.emit(state)
        if state.kind == LOCAL:
            self._quiet.start()

    def _not_published(self, problem: Exception) -> None:
        self._publishing = None
        self.saved.emit(self.document.state)
        if not isinstance(problem, DocumentRefused):
            raise problem

    def close(self) -> None:
        """Publish, keep a backup, and let the document go."""
        self._quiet.stop()
        self.document.close()
