"""The workspace: rail, app bar, step header, the step's screen and the margin panel around one open assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.journal import Change
from tna_desktop.kernel.progress import Progress
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.tokens import theme
from tna_desktop.ui.wall import Wall

from .appbar import AppBar
from .checkup import Checkup
from .guide import Guide
from .header import StepHeader
from .notes import Notes
from .panel import FloatingFrame, MarginPanel
from .rail import Here, Rail
from .recent import place_text
from .route import Route, Stop
from .saving import Saving
from .telling import Telling
from .wall import Projecting
from .wall_strip import WallStrip

if TYPE_CHECKING:
    from .window import MainWindow

#: Widths at 100 % text size: below FLOAT the guide floats, below RAIL the rail is narrow, from WIDE on there is room.
FLOAT, RAIL, WIDE = 1200, 1366, 1600


class Workspace(QWidget):
    """One open assessment in the window."""

    def __init__(self, desk: Desk, workflow: Workflow, window: MainWindow, place: str = ""):
        super().__init__()
        self.desk, self.workflow, self.main = desk, workflow, window
        self.language = desk.language
        self.route = Route(desk.workflow)
        self.checkup = Checkup(desk, self)
        self._facts = desk.read(assessment.facts)
        self._screens: dict[str, StepScreen] = {}
        self._pages: dict[str, QWidget] = {}
        self._stop: Stop | None = None
        self._page = ""
        self._rail_here: bool | None = None
        self._first_place = place
        self._focus_before: QWidget | None = None
        self._build()
        self.projecting = Projecting(self)
        self.appbar.add_strip(WallStrip(self.language, self.projecting))
        self.projecting.changed.connect(lambda: self.appbar.show_projecting(self.projecting.is_on))
        self.saving = Saving(self)
        self._banner_slot.addWidget(self.saving.banner)
        self._connect()

    # Making ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        desk = self.desk
        self._menu = Menu(self.language.say("Assessment"), self)
        self.rail = Rail(self.language, desk.workflow, self.route, self._menu)
        self.appbar = AppBar(self.language)
        self.header = StepHeader(self.language)
        self.guide = Guide(self.language, desk.go)
        self.notes = Notes(desk)
        self.panel = MarginPanel(self.language, self.guide, self.notes)
        self.stack = QStackedWidget()
        self.stack.setSizePolicy(self.stack.sizePolicy().Policy.Ignored, self.stack.sizePolicy().Policy.Ignored)
        self.work = QWidget()
        self.work.setAccessibleName(self.language.say("Work area"))
        inside = QVBoxLayout(self.work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.header)
        inside.addWidget(self.stack, 1)
        self._middle = QHBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.work, 1)
        self._middle.addWidget(self.panel)
        self._banner_slot = QVBoxLayout()
        self._banner_slot.setContentsMargins(24, 0, 24, 0)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.appbar)
        right.addLayout(self._banner_slot)
        right.addLayout(self._middle, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self._shade = FloatingFrame(self)
        self._shade.hide()
        self.telling = Telling(desk, self.work, self)
        self._fill_menu()

    def _connect(self) -> None:
        desk, bar = self.desk, self.appbar
        self.rail.chosen.connect(self.show_step)
        self.rail.stage_chosen.connect(self.show_stage)
        self.rail.page_chosen.connect(self.show_page)
        bar.searched.connect(self.search)
        bar.undone.connect(desk.undo)
        bar.redone.connect(desk.redo)
        bar.language_chosen.connect(self.main.choose_language)
        bar.guide_wanted.connect(self.open_guide)
        bar.projected.connect(self.project)
        bar.screens_wanted.connect(lambda: bar.pop_up(self.projecting.menu(bar)))
        self.panel.opened.connect(self.open_guide)
        self.header.marked.connect(self._mark)
        self.header.went_on.connect(lambda: self.step_by(1))
        self.notes.counted.connect(self.panel.count_notes)
        self.checkup.found.connect(self._found)
        desk.went.connect(self.go)
        desk.changed.connect(self._heard)
        desk.held.connect(self._hold)

    def begin(self) -> None:
        """Show the first step and start checking; after the workspace is in the window."""
        self.rail.name(self._facts.title or self._facts.country, self._facts.year)
        self._found(self.checkup.progress)
        self.saving.tell(self.desk.document.state)
        self._tell_history()
        if self._first_place in ("overview", "decisions", "settings"):
            self.show_page(self._first_place)
        else:
            first = self.route.find(self._first_place) or next(iter(self.route), None)
            if first is not None:
                self.show_step(first.place)
            else:
                self.show_page("overview")
        if self._facts.title or self._facts.country:
            self.main.setWindowTitle(self.language.say("{title} – TNA Desktop", title=self.title()))
        self.checkup.run()
        self.desk.publish()

    def end(self) -> None:
        """Stop everything that runs by itself."""
        self.saving.stop()
        self.checkup.stop()
        self.telling.stop()
        self.projecting.stop()

    def _fill_menu(self) -> None:
        say, window = self.language.say, self.main
        self._menu.add(say("Assessment details…"), self.edit_facts, "pencil-simple")
        self._menu.add(say("Save a copy…"), lambda: self.saving.save_copy(), "copy", "Ctrl S")
        self._menu.addSeparator()
        self._menu.add(say("New assessment…"), window.new_assessment, "plus-circle", "Ctrl N")
        self._menu.add(say("Open a file…"), window.open_file, "folder-open", "Ctrl O")
        self._menu.add(say("Open a backup…"), window.open_backup, "clock-counter-clockwise")
        self._menu.add(say("Close this assessment"), window.close_assessment, "x")
        self._menu.addSeparator()
        self._menu.add(say("Keyboard"), window.show_help, "keyboard")

    # Going -------------------------------------------------------------------------------------------

    def here(self) -> str:
        """The step or page that is shown."""
        return self._page or (self._stop.place if self._stop else "")

    def stop(self) -> Stop | None:
        return self._stop if not self._page else None

    def screen(self) -> StepScreen | None:
        return self._screens.get(self._stop.place) if self._stop and not self._page else None

    def go(self, place: Place) -> None:
        """Show a place: its step, and in it the record."""
        if place.step in ("overview", "decisions", "settings"):
            self.show_page(place.step)
            return
        if self.route.find(place.step) is None:
            return
        self.show_step(place.step)
        screen = self.screen()
        if screen is not None and (place.record or place.field):
            screen.show_place(place)
        if self.panel.floating and self.panel.is_open:
            self.open_guide(False)

    def show_step(self, place: str) -> None:
        stop = self.route.find(place)
        if stop is None:
            return
        self._stop, self._page = stop, ""
        if place not in self._screens:
            self._screens[place] = stop.screen(self.desk, place)
            self.stack.addWidget(self._screens[place])
            self._screens[place].panel_wanted.connect(self.panel.show_own)
        screen = self._screens[place]
        self.header.show()
        self.header.tell(stop, screen.question(), self.route.beside(place, 1))
        self.header.show_done(place in self.checkup.done, not self.desk.document.read_only)
        self.stack.setCurrentWidget(screen)
        self.guide.show_step(stop.step, self.checkup.findings.get(place, ()))
        self.notes.show_step(place)
        self.panel.set_tabs(screen.panel_tabs(), screen.own_tabs_first)
        self.notes.load()
        self.panel.strip.set_attention(self.checkup.attention(place))
        self.rail.show_here(Here(place, "", stop.stage))
        self.arrange()
        self.projecting.tell()

    def show_stage(self, key: str) -> None:
        """The first step of the stage that is not done, else its first."""
        stops = self.route.of_stage(key)
        if stops:
            stop = next((each for each in stops if each.place not in self.checkup.done), stops[0])
            self.show_step(stop.place)

    def step_by(self, by: int) -> None:
        if self._stop is not None:
            stop = self.route.beside(self._stop.place, by)
            if stop is not None:
                self.show_step(stop.place)

    def show_page(self, key: str) -> None:
        """One of the pages of the whole: overview, decisions, settings."""
        if key not in self._pages:
            self._pages[key] = self._made_page(key)
            self.stack.addWidget(self._pages[key])
        self._page = key
        self.header.hide()
        self.stack.setCurrentWidget(self._pages[key])
        self.rail.show_here(Here("", key, self._stop.stage if self._stop else ""))
        self.arrange()

    def _made_page(self, key: str) -> QWidget:
        if key == "overview":
            from .overview import Overview

            return Overview(self)
        if key == "decisions":
            from .decisions import Decisions

            return Decisions(self)
        from .preferences import Preferences

        return Preferences(self.main)

    def search(self) -> None:
        """The palette."""
        from .palette import Palette

        palette = Palette(self)
        palette.open()

    def edit_facts(self) -> None:
        from .new_assessment import FactsDialog

        dialog = FactsDialog(self.desk, self.main)
        dialog.exec()
        dialog.deleteLater()

    # Changes -----------------------------------------------------------------------------------------

    def _hold(self, held: bool) -> None:
        """While many records are written nothing else is done here; then the keys go where they went before."""
        if held:
            focus = QApplication.focusWidget()
            self._focus_before = focus if focus is not None and self.isAncestorOf(focus) else None
        for part in (self.rail, self.appbar, self.header, self.stack, self.panel):
            part.setEnabled(not held)
        if not held and self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heard(self, change: Change) -> None:
        self._tell_history()
        if change.touches("assessment"):
            self._facts = self.desk.read(assessment.facts)
            self.rail.name(self._facts.title or self._facts.country, self._facts.year)
        screen = self.screen()
        if screen is not None and self._stop is not None:
            question = screen.question()
            if question != self.header.question():
                self.header.tell(self._stop, question, self.route.beside(self._stop.place, 1))

    def _tell_history(self) -> None:
        self.appbar.tell_history(self.desk.document.next_undo(), self.desk.document.next_redo())

    def _found(self, progress: Progress) -> None:
        self.rail.show_progress(progress)
        self.projecting.later()
        if self._stop is not None:
            place = self._stop.place
            self.guide.show_findings(self.checkup.findings.get(place, ()))
            self.panel.strip.set_attention(self.checkup.attention(place))
            self.header.show_done(place in self.checkup.done, not self.desk.document.read_only)

    def _mark(self, done: bool) -> None:
        if self._stop is not None:
            self.desk.attempt(assessment.mark_step, self._stop.place, done, self.desk.settings.author)

    # The wall ----------------------------------------------------------------------------------------

    @property
    def wall(self) -> Wall | None:
        """What the room sees, while something is projected."""
        return self.projecting.wall

    @property
    def facts(self) -> assessment.Facts:
        return self._facts

    def project(self) -> None:
        """Show the room where the team is, on the second screen where there is one; again, and it is put away."""
        self.projecting.toggle()

    def step_shown(self) -> str:
        """The step the team is at, also while a page of the whole is open over it."""
        return self._stop.place if self._stop is not None else ""

    # Widths ------------------------------------------------------------------------------------------

    def effective_width(self) -> float:
        """The width as if the text were 100 %: large letters need the room of a larger window."""
        return self.width() * 100 / theme().text_size

    def arrange(self) -> None:
        """Rail and guide for this width and step, as they were left."""
        width = self.effective_width()
        narrow = width < RAIL or self.desk.settings.rail_collapsed
        self.rail.collapse(narrow if self._rail_here is None else self._rail_here)
        self.panel.setVisible(not self._page)
        self.appbar.guide.setVisible(not self._page)
        floating = width < FLOAT
        if floating != self.panel.floating:
            self._rail_here = None
            self._float(floating)
        if self._page:
            self._shade.hide()
            return
        wide = width >= WIDE
        open_now = self.panel.is_open if floating else self._wants_guide(wide)
        self.panel.set_open(open_now, wide)
        self.panel.setVisible(open_now or not floating)
        self.appbar.show_guide(open_now)
        self._place_floating()

    def _wants_guide(self, wide: bool) -> bool:
        if self._stop is None:
            return False
        kept = self.desk.settings.guide.get(self._stop.place)
        return kept if kept is not None else wide or getattr(self._stop.screen, "guide_open", True)

    def open_guide(self, is_open: bool) -> None:
        """Open or close the margin panel, and remember it for this step."""
        if self._stop is None or self._page:
            return
        if not self.panel.floating:
            self.desk.settings.guide[self._stop.place] = is_open
            self.desk.settings.save()
        self.panel.set_open(is_open, self.effective_width() >= WIDE)
        self.arrange()

    def toggle_guide(self) -> None:
        self.open_guide(not self.panel.is_open)

    def toggle_rail(self) -> None:
        collapsed = not self.rail.collapsed
        if self.effective_width() >= RAIL:
            self.desk.settings.rail_collapsed = collapsed
            self.desk.settings.save()
            self._rail_here = None
        else:
            self._rail_here = collapsed
        self.arrange()

    def _float(self, floating: bool) -> None:
        if floating:
            self._middle.removeWidget(self.panel)
            self.panel.setParent(self)
            self.panel.set_open(False)
        else:
            self._shade.hide()
            self._middle.addWidget(self.panel)
        self.panel.set_floating(floating)

    def _place_floating(self) -> None:
        shown = self.panel.floating and self.panel.is_open and not self._page
        self._shade.setVisible(shown)
        if not shown:
            return
        top = self.appbar.height()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self.panel.width()
        left = 0 if rtl else self.width() - width
        self.panel.setGeometry(left, top, width, self.height() - top)
        self._shade.setGeometry(width if rtl else left - 14, top, 14, self.height() - top)
        self._shade.raise_()
        self.panel.raise_()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() or self.panel.floating:
            self.arrange()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape and self.panel.floating and self.panel.is_open:
            self.open_guide(False)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event):
        if event.type() == QEvent.Type.FontChange:
            self.arrange()
        super().changeEvent(event)

    # What the window asks ----------------------------------------------------------------------------

    def title(self) -> str:
        """The assessment's title, else its country."""
        return self._facts.title or self._facts.country

    def regions(self) -> list[QWidget]:
        """Where F6 goes, in order."""
        panel = [self.panel] if self.panel.isVisible() and self.panel.is_open else []
        header = [self.header] if self.header.isVisible() else []
        return [self.rail, self.appbar, *header, self.stack, *panel]

    def moved(self) -> None:
        """The document has another file now: what was read-only may be written."""
        self.remember()
        self.main.reopen_here()

    def remember(self) -> None:
        """Put the file on the recent list, with where the team was and how far."""
        target = self.desk.document.target
        if target is None:
            return
        place = ""
        if self._stop is not None:
            english = self.workflow.step(self._stop.place)
            place = place_text(
                self._stop.place, self._stop.stage_number, english.title if english else self._stop.title
            )
        self.desk.settings.remember(target, self.title(), place, self.checkup.progress.shares)

    def tell_error(self, sentence: str) -> None:
        self.telling.error(sentence)
