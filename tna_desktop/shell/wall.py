"""Projecting: which screen the wall is on, and telling it what its step shows. Nothing but that reaches the wall."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from tna_desktop.kernel.projected import Projection
from tna_desktop.stages import stage as stage_of
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.wall import Header, ScreenNumber, Stages, Wall, keys

from .route import Stop

if TYPE_CHECKING:
    from .workspace import Workspace

log = logging.getLogger(__name__)
#: Changes that follow each other within this many milliseconds are shown together.
TOGETHER = 40


class Seen(NamedTuple):
    """Where the wall is and what is on it."""

    screen: str
    page: int
    blank: bool
    legend: bool


class Projecting(QObject):
    """The wall of one workspace: opened, told, followed, put away."""

    changed = Signal()  # opened, closed, another page, blank or not

    def __init__(self, space: Workspace):
        super().__init__(space)
        self.space, self.desk, self.language = space, space.desk, space.language
        self.wall: Wall | None = None
        self._at_end = False
        self._hid_window = self._was_maximized = False
        self._numbers: list[ScreenNumber] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER)
        self._soon.timeout.connect(self.tell)
        self.desk.changed.connect(self.later)
        self.desk.pointing.connect(self._point)
        QGuiApplication.instance().screenRemoved.connect(self._screen_removed)

    # Opening and closing -----------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        return self.wall is not None and self.wall.isVisible()

    def toggle(self) -> None:
        """Show the room where the team is; again, and it is put away."""
        if self.is_on:
            self.stop()
        else:
            self.start()

    def start(self, screen: QScreen | None = None) -> None:
        """Project on a screen: the one named, the one chosen last time, else another than the laptop's window is on."""
        self.stop()
        own = self.space.main.screen()
        screen = screen or chosen_screen(self.desk.settings.wall_screen, own)
        wall = Wall(self.language, self.desk.settings.wall_text_size)
        self.wall = wall
        wall.stepped.connect(self._step)
        wall.turned.connect(lambda _page, _of: self.changed.emit())
        wall.blanked.connect(lambda _blank: self.changed.emit())
        wall.sized.connect(self._remember_size)
        wall.ended.connect(self._ended)
        wall.lost.connect(self._lost)
        self._put_popups_away()
        wall.open_on(screen, audience=screen.name() == own.name())
        self.tell()
        self.changed.emit()

    def from_start(self) -> None:
        """Project this step from its first page."""
        if self.is_on:
            self.wall.go(0)
        else:
            self.start()

    def seen(self) -> Seen | None:
        """What the room sees now, to be taken up by another window's wall; None when nothing is projected."""
        if not self.is_on:
            return None
        return Seen(self.wall.screen().name(), self.wall.page, self.wall.blank, self.wall.legend)

    def resume(self, seen: Seen) -> None:
        """Go on projecting where another wall was."""
        screen = next((each for each in QGuiApplication.screens() if each.name() == seen.screen), None)
        if screen is None:
            return
        self.start(screen)
        self.wall.resume(seen.page, seen.blank, seen.legend)
        if not self.wall.audience:
            self.space.main.activateWindow()

    def stop(self) -> None:
        if self.wall is not None:
            self.wall.close()

    def _ended(self) -> None:
        wall, self.wall = self.wall, None
        self._soon.stop()
        if wall is not None:
            wall.deleteLater()
        if self._hid_window:
            self._hid_window = False
            show = self.space.main.showMaximized if self._was_maximized else self.space.main.showNormal
            show()
        self.space.main.activateWindow()
        self.changed.emit()

    # Telling -----------------------------------------------------------------------------------------

    def later(self, _change: object = None) -> None:
        """Something changed: tell the wall in a moment, together with what else changes until then."""
        if self.is_on and not self._soon.isActive():
            self._soon.start()

    def tell(self) -> None:
        """What the step shows now. Whatever goes wrong, the question and the stages can be seen."""
        self._soon.stop()
        stop = self.space.route.find(self.space.step_shown())
        if self.wall is None or stop is None:
            return
        at_end, self._at_end = self._at_end, False
        self.wall.tell(self._header(stop), self._projection(stop), at_end)

    def _header(self, stop: Stop) -> Header:
        say, facts = self.language.say, self.space.facts
        step = say("Step {stage}.{step}, {title}", stage=stop.stage_number, step=stop.number, title=stop.title)
        title = facts.title or facts.country
        year = str(facts.year or "")
        if year and year not in title:
            title = say("{title} {year}", title=title, year=year)
        shares = tuple(self.space.checkup.progress.shares)
        return Header(stop.step.question, step, self._veiled(title), shares)

    def _veiled(self, title: str) -> str:
        """The assessment's title without the name of a withheld entry; rather no title than such a name."""
        from tna_desktop.stages.stakeholders.withholding import veil  # as in _projection

        try:
            return self.desk.read(veil, self.language)(title)
        except Exception:
            log.exception("what is withheld cannot be read")
            return ""

    def _projection(self, stop: Stop) -> Projection:
        from tna_desktop.stages.stakeholders.withholding import (
            projected,
        )  # loads the tables: not before the first paint

        view = view_of(stop.place)
        if view is not None:
            try:
                projection = self.desk.read(projected, view, self.desk.workflow, self.language)
                if projection.pages:
                    return projection
            except Exception:  # a view that fails must not stop a session with forty people in the room
                log.exception("what %s shows on the wall cannot be made", stop.place)
        return Projection((self._stages(stop),))

    def _stages(self, stop: Stop) -> Stages:
        say, progress, stages = self.language.say, self.space.checkup.progress, self.desk.workflow.stages
        counts = [progress.stage(stage.key) for stage in stages]
        told = tuple(
            (stage.title, say("{done} of {total} steps", done=each.done, total=each.total))
            for stage, each in zip(stages, counts, strict=True)
        )
        here = next((at for at, stage in enumerate(stages) if stage.key == stop.stage), 0)
        return Stages(told, tuple(progress.shares), here)

    def _point(self, step: str, record: str, value: Any) -> None:
        """Something is dragged on the laptop; when it is let go, the wall is told what is so now."""
        if not self.is_on or step != self.space.step_shown():
            return
        if value is None:
            self.later()
        else:
            self.wall.point(record, value)

    def _step(self, by: int) -> None:
        """Beyond the last page comes the next step, before the first one the last page of the step before."""
        self._at_end = by < 0
        self.space.step_by(by)
        self._at_end = False

    # From the laptop ---------------------------------------------------------------------------------

    def do(self, asked: str) -> None:
        """What a button or a key of the laptop's window asks of the wall: one of ``keys.NEXT``, ``BACK``, ``BLANK``."""
        if self.is_on:
            self.wall.do(asked)

    def turn(self, by: int) -> None:
        self.do(keys.NEXT if by > 0 else keys.BACK)

    def make_blank(self) -> None:
        self.do(keys.BLANK)

    # Screens -----------------------------------------------------------------------------------------

    def menu(self, parent) -> Menu:
        """The screens there are, by number and name; the numbers stand on the screens meanwhile."""
        say, settings = self.language.say, self.desk.settings
        menu = Menu(say("Where to project"), parent)
        own, screens = self.space.main.screen(), QGuiApplication.screens()
        chosen = chosen_screen(settings.wall_screen, own)
        for number, screen in enumerate(screens, 1):
            words = self.screen_words(screen, number, own)
            menu.add(
                words,
                lambda screen=screen: self._choose(screen),
                "presentation",
                checked=screen.name() == chosen.name(),
            )
        if len(screens) > 1:
            menu.aboutToShow.connect(self._show_numbers)
            menu.aboutToHide.connect(self._hide_numbers)
        if self.is_on:
            menu.addSeparator()
            menu.add(say("Stop projecting"), self.stop, "x", "F5")
        return menu

    def screen_words(self, screen: QScreen, number: int, own: QScreen) -> str:
        say, size = self.language.say, screen.geometry()
        told = {"n": number, "screen": screen.name(), "width": str(size.width()), "height": str(size.height())}
        if screen.name() == own.name():
            return say("Project on {n}: this screen, {width} × {height}", **told)
        return say("Project on {n}: {screen}, {width} × {height}", **told)

    def _choose(self, screen: QScreen) -> None:
        if len(QGuiApplication.screens()) > 1:
            # To take the only screen is no choice to be kept for the day there is a projector.
            self.desk.settings.wall_screen = name_of(screen)
            self.desk.settings.save()
        self.start(screen)

    def _show_numbers(self) -> None:
        self._hide_numbers()
        for number, screen in enumerate(QGuiApplication.screens(), 1):
            sign = ScreenNumber(self.language.number(number), screen)
            sign.show()
            self._numbers.append(sign)

    def _hide_numbers(self) -> None:
        for sign in self._numbers:
            sign.close()
            sign.deleteLater()
        self._numbers.clear()

    def _remember_size(self, size: int) -> None:
        self.desk.settings.wall_text_size = size
        self.desk.settings.save()

    def _put_popups_away(self) -> None:
        """Menus and lists of suggestions are windows of their own and would lie over the wall."""
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass

    def _screen_removed(self, screen: QScreen) -> None:
        """The laptop's own screen is gone while the room looks at the other: its window must not jump there."""
        self._hide_numbers()
        own, walls = self.space.main.screen().name(), self.wall.screen().name() if self.is_on else ""
        if self.is_on and screen.name() == own != walls:
            self.wall.audience = True
            self._put_window_away()

    def _put_window_away(self) -> None:
        """Until somebody leaves the wall, the laptop's window is only an entry of the system's bar."""
        self._was_maximized, self._hid_window = self.space.main.isMaximized(), True
        self.space.main.showMinimized()

    def _lost(self) -> None:
        """The projector is gone; the wall has put itself away before anything could be seen to move."""
        self.space.tell_error(self.language.say("The second screen is gone. Nothing is projected any more."))


def view_of(place: str) -> Callable[..., Projection] | None:
    """What a step shows on the wall, if its stage says so."""
    key, _, step = place.partition(".")
    try:
        if find_spec(f"tna_desktop.stages.{key}.wall") is None:
            return None
        return stage_of(key).module("wall").VIEWS.get(step)
    except Exception:  # a stage that cannot be loaded shows the question and the stages
        log.exception("the wall of %s cannot be loaded", key)
        return None


# Screens are compared by name: Qt hands out the same one in more than one wrapping, and they are not equal.


def name_of(screen: QScreen) -> str:
    """A screen as it is remembered: systems number screens anew, but name and size stay."""
    size = screen.geometry()
    return f"{screen.name()} {size.width()}x{size.height()}"


def chosen_screen(remembered: str, own: QScreen) -> QScreen:
    """The screen that was chosen if it is there; else another than the laptop's; else that, which the wall takes over."""
    screens = QGuiApplication.screens()
    known = next((screen for screen in screens if remembered and name_of(screen) == remembered), None)
    return known or next((screen for screen in screens if screen.name() != own.name()), own)
