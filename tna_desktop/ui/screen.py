"""A step's screen: builds itself once, reloads when a change concerns it, and goes stale while it is hidden."""

from __future__ import annotations

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.journal import Change
from tna_desktop.kernel.workflow import Step

from .commands import Command
from .desk import Desk


class StepScreen(QWidget):
    """The work area of one step, below the step header. Subclasses write build() and load().

    ``concerns`` are the tables whose changes make it reload; empty means all of them. ``guide_open`` says whether the
    margin panel starts open on a laptop (forms and tables) or as a strip (canvases); ``own_tabs_first`` whether this
    screen's own tabs come before the guide, because its work is done there.
    """

    panel_wanted = Signal()  # open the margin panel at this screen's own tab

    concerns: tuple[str, ...] = ()
    guide_open = True
    own_tabs_first = False

    def __init__(self, desk: Desk, step: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.step_id, self.language = desk, step, desk.language
        self.step: Step = desk.workflow.step(step) or Step(step, step, "")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._stale = True
        self.build()
        desk.changed.connect(self._heard)

    def build(self) -> None:
        """Make the widgets, once. The database is not asked here."""

    def load(self) -> None:
        """Read what is shown and show it."""

    def question(self) -> str:
        """The title of the step header; a screen may make it more precise."""
        return self.step.question

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        """Tabs this screen puts before Guide and Notes in the margin panel: (title, widget)."""
        return []

    def commands(self) -> list[Command]:
        """What can be done here by name, for the palette."""
        return []

    def show_place(self, place: Place) -> None:
        """Bring a record (and a field of it) into view and select it."""

    def _heard(self, change: Change) -> None:
        if self.concerns and not change.touches(*self.concerns):
            return
        if self.isVisible():
            self.load()
            self._stale = False
        else:
            self._stale = True

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            try:
                self.load()
            except Exception:  # Qt has no way to pass it on from here; the program's hook tells the person
                sys.excepthook(*sys.exc_info())
