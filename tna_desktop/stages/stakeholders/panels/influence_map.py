"""The influence map: who decides and who cares, by agreement of the team or as each assessor sees it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.commands import Command
from tna_desktop.ui.coverage import GroupPill
from tna_desktop.ui.empty import EmptyState, empty_page
from tna_desktop.ui.layouts import FlowRow, clear, column, row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.screen import StepScreen

from .. import operations, results
from ..results.map import MIDDLE, InfluenceMap, Spread, Standing
from .map_assessors import AssessorDialog, assessor_name
from .map_canvas import InfluenceCanvas, middle_spot
from .map_painting import Spot
from .map_side import AGREED, COMPARE, MapSide

_MAP, _EMPTY = 0, 1


class MapScreen(StepScreen):
    """Legend and map on the left, on the right who waits for a place and what the map says."""

    concerns = ("stakeholder", "placement", "stage_role")
    guide_open = False

    def build(self) -> None:
        self.shown = InfluenceMap((), (), ())
        self._view = AGREED
        self._groups: list[str] = []
        self._legend_told: list[tuple[str, int]] = []
        self.canvas = InfluenceCanvas(self.language)
        self.side = MapSide(self.language, self.desk.workflow)
        self._legend = QWidget()
        self._legend.setAccessibleName(self.language.say("Groups on the map"))
        self._flow = FlowRow(self._legend, gap=6, row_gap=6)
        policy = self._legend.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self._legend.setSizePolicy(policy)
        left = column(self._legend, gap=8)
        left.addWidget(self.canvas, 1)
        page = QWidget()
        whole = row(gap=20, margins=(24, 0, 16, 8), parent=page)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.pages.addWidget(self._empty_page())
        self.body.addWidget(self.pages, 1)
        self._connect()

    def _connect(self) -> None:
        canvas, side = self.canvas, self.side
        canvas.chosen.connect(self._chosen)
        canvas.placed.connect(self.place)
        canvas.moving.connect(self._point)
        canvas.taken_off.connect(self.take_off)
        canvas.let_fall.connect(self._fell)
        canvas.activated.connect(lambda _id: side.details.focus_level())
        side.view_chosen.connect(self.show_view)
        side.assessors.clicked.connect(self._assessor_menu)
        side.tray.chosen.connect(self._waiting_chosen)
        side.tray.entered.connect(self.place_in_middle)
        side.tray.lifted.connect(self._lifted)
        side.tray.dropped.connect(lambda _id, _where: canvas.guest_falls())
        side.tray.let_go.connect(canvas.cancel)
        side.spreads.chosen.connect(self._disputed_chosen)
        side.spreads.entered.connect(lambda id: self.take_means([id]))
        side.means_taken.connect(self.take_means)
        side.levels_accepted.connect(self.accept_levels)
        side.details.level_chosen.connect(self.choose_level)
        side.details.taken_off.connect(self.take_off)
        side.details.put_away.connect(lambda: self._chosen(""))

    def _empty_page(self) -> QWidget:
        say = self.language.say
        state = EmptyState(
            "users-three",
            say("There is nobody to place yet"),
            say("List a few stakeholders in the register first."),
            [(say("Go to the register"), lambda: self.desk.go("stakeholders.register"))],
        )
        for button in state.buttons():
            button.set_kind("outline")
        return empty_page(state)

    def resizeEvent(self, event):
        self.side.fit(self.width())
        super().resizeEvent(event)

    def restyle(self) -> None:
        self.side.fit(self.width())

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.shown = self.desk.read(results.influence_map, self.desk.workflow)
        if self._view not in (AGREED, COMPARE, *self.shown.assessors):
            self._view = AGREED
        if self._view == COMPARE and not self.shown.assessors:
            self._view = AGREED
        self.pages.setCurrentIndex(_MAP if self.shown.stakeholders else _EMPTY)
        self._show_legend()
        views = [AGREED, *self.shown.assessors, *([COMPARE] if self.shown.assessors else [])]
        self.side.show_views(views, self._view)
        self._show()

    def _show(self) -> None:
        before = self.canvas.current() or self.side.tray.current()
        spots = [spot for each in self.shown.stakeholders if (spot := self._spot(each)) is not None]
        line = self.language.say("Nobody placed yet. Drag a name onto the map, or choose one and press Enter.")
        self.canvas.show_map(spots, self._groups, line)
        waiting = [each for each in self.shown.waiting(self._assessor()) if self._passes(each)]
        chosen = self.canvas.current() or next((each.id for each in waiting if each.id == before), None)
        self.side.show_map(self.shown, self._view, waiting, chosen if self._told(chosen) else None)

    def _told(self, chosen: str | None) -> bool:
        """Whether the chosen one has details to show: a pill, or someone waiting of whom something is known."""
        if chosen is None:
            return False
        standing = self.shown.of(chosen)
        return chosen == self.canvas.current() or bool(standing and any(standing.known(self._assessor())))

    def _assessor(self) -> str:
        """Whose own map is shown; empty for the team's."""
        return "" if self._view == COMPARE else self._view

    def _passes(self, standing: Standing) -> bool:
        return not self._groups or standing.row.group in self._groups

    def _spot(self, standing: Standing) -> Spot | None:
        """A stakeholder as the canvas shows it; None where it has no place."""
        place, spread, settled = standing.place(self._assessor()), None, True
        if self._view == COMPARE:
            spread = standing.spread
            if place is None and spread is not None:
                place, settled = spread.mean, False
            if spread is not None and spread.assessors < 2:
                spread = None
        if place is None:
            return None
        return self._as_spot(standing, place.influence, place.interest, settled, spread)

    def _as_spot(
        self,
        standing: Standing,
        influence: float = MIDDLE,
        interest: float = MIDDLE,
        settled: bool = True,
        spread: Spread | None = None,
    ) -> Spot:
        row = standing.row
        group = self.desk.workflow.name("stakeholder_groups", row.group)
        disputed = spread is not None and spread.widest > self.shown.spread_points
        return Spot(row.id, row.name, standing.label, row.group, group, influence, interest, settled, spread, disputed)

    def _show_legend(self) -> None:
        counts = Counter(each.row.group for each in self.shown.stakeholders)
        entries = [each for each in self.desk.workflow.catalogue("stakeholder_groups").entries if counts[each.key]]
        told = [(entry.key, counts[entry.key]) for entry in entries]
        self._groups = [key for key in self._groups if counts[key]]
        if told == self._legend_told:
            return
        self._legend_told = told
        clear(self._flow)
        for entry in entries:
            pill = GroupPill(entry.key, entry.short or entry.name, counts[entry.key])
            pill.setChecked(entry.key in self._groups)
            pill.setToolTip(self.language.say("Show only these groups"))
            pill.picked.connect(self._filter)
            self._flow.addWidget(pill)
            pill.show()
        self._legend.updateGeometry()

    def _filter(self, group: str) -> None:
        self._groups = (
            [key for key in self._groups if key != group] if group in self._groups else [*self._groups, group]
        )
        self._show()

    def show_view(self, view: str) -> None:
        """Show the agreed map, an assessor's own, or all at once."""
        self.canvas.commit()
        self._view = view
        self.load()

    # Choosing ----------------------------------------------------------------------------------------

    def _chosen(self, id: str) -> None:
        if not id:
            self.canvas.set_current(None)
        self.side.show_chosen(self.shown, self._view, id or None)

    def _waiting_chosen(self, id: str) -> None:
        self.canvas.set_current(None)
        self.side.show_chosen(self.shown, self._view, id if self._told(id) else None)

    def _disputed_chosen(self, id: str) -> None:
        self.canvas.set_current(id)
        self.side.show_chosen(self.shown, self._view, id)

    def show_place(self, place: Place) -> None:
        standing = self.shown.of(place.record)
        if standing is None:
            return
        if not self._passes(standing):
            self._groups = []
            self._legend_told = []
        if self._view not in (AGREED, COMPARE):
            self._view = AGREED
        self.load()
        if self._spot(standing) is not None:
            self.canvas.set_current(standing.id)
            self._chosen(standing.id)
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.side.tray.set_current(standing.id)
            self.side.tray.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Placing -----------------------------------------------------------------------------------------

    def place(self, id: str, influence: float, interest: float) -> None:
        """Keep a finished move, as one change."""
        self.desk.attempt(operations.place_stakeholder, id, influence, interest, assessor=self._assessor())

    def place_in_middle(self, id: str) -> None:
        """Put someone on the map without the mouse, and go on there with the arrow keys; what is known stays."""
        standing = self.shown.of(id)
        if standing is None:
            return
        spot = middle_spot(self._as_spot(standing), standing.known(self._assessor()))
        self.place(id, spot.influence, spot.interest)
        self.canvas.set_current(id)
        self._chosen(id)
        self.canvas.setFocus(Qt.FocusReason.TabFocusReason)

    def take_off(self, id: str) -> None:
        """Back to the list of those without a place."""
        standing = self.shown.of(id)
        if standing is None or standing.place(self._assessor()) is None:
            return
        order = self.canvas.order()
        after = next((each for each in order[order.index(id) + 1 :] if each != id), None) if id in order else None
        self.desk.attempt(operations.take_off_map, id, assessor=self._assessor())
        if self.canvas.hasFocus() and after:
            self.canvas.set_current(after)
            self._chosen(after)

    def _lifted(self, id: str, where: QPoint) -> None:
        standing = self.shown.of(id)
        if standing is not None:
            self.canvas.guest_moves(self._as_spot(standing), where)

    def _fell(self, id: str, where: QPoint) -> None:
        """A pill let go beside the map: over the list it is taken off."""
        tray = self.side.tray_part
        if tray.isVisible() and tray.rect().contains(tray.mapFromGlobal(where)):
            self.take_off(id)

    def _point(self, id: str, value: object) -> None:
        """Tell the wall where a pill is on its way; an assessor's own map is nobody's business."""
        if not self._assessor():
            self.desk.pointing.emit(self.step_id, id, value)

    # Agreeing ----------------------------------------------------------------------------------------

    def take_means(self, ids: list[str] | None = None) -> None:
        """Make the mean of the assessors the agreed place: of these stakeholders, or of all, as one change."""
        means = {id: mean for id, mean in self.shown.means.items() if ids is None or id in ids}
        if means and self.desk.attempt(operations.adopt_places, means):
            told = self.language.say_n(
                "The mean is now the agreed place",
                "The means of {n} stakeholders are now the agreed places",
                len(means),
            )
            self.desk.notice(told, undo=True)

    def choose_level(self, id: str, level: str) -> None:
        self.desk.attempt(operations.choose_engagement, id, level)

    def accept_levels(self) -> None:
        """Take the suggested level where the team has not decided how someone takes part."""
        levels = self.shown.open_suggestions
        if levels and self.desk.attempt(operations.accept_suggested_levels, levels):
            told = self.language.say_n("One suggestion accepted", "{n} suggestions accepted", len(levels))
            self.desk.notice(told, undo=True)

    # Assessors ---------------------------------------------------------------------------------------

    def add_assessor(self) -> None:
        dialog = AssessorDialog(self.desk, self.shown.assessors, parent=self.window())
        if dialog.exec():
            self.show_view(dialog.kept)
        dialog.deleteLater()

    def rename_assessor(self, assessor: str) -> None:
        dialog = AssessorDialog(self.desk, self.shown.assessors, assessor, self.window())
        if dialog.exec() and self._view in (assessor, AGREED):
            self.show_view(dialog.kept)
        dialog.deleteLater()

    def remove_assessor(self, assessor: str) -> None:
        if self.desk.attempt(operations.remove_assessor, assessor):
            self.desk.notice(self.language.say("The assessor's map was removed"), undo=True)

    def _assessor_menu(self) -> None:
        say = self.language.say
        menu = Menu(say("Assessors"), self)
        menu.add(say("Add an assessor…"), self.add_assessor, "plus")
        if self._assessor():
            name = assessor_name(self.desk.workflow, self._assessor())
            menu.addSeparator()
            menu.add(say("Rename {name}…", name=name), lambda: self.rename_assessor(self._assessor()), "pencil-simple")
            menu.add(say("Remove {name}", name=name), lambda: self.remove_assessor(self._assessor()), "x", danger=True)
        button = self.side.assessors
        menu.exec(button.mapToGlobal(QPoint(0, button.height())))
        menu.deleteLater()

    def commands(self) -> list[Command]:
        say = self.language.say
        made = [
            Command("map.assessor", say("Add an assessor"), self.add_assessor, "plus", english="Add an assessor"),
            Command(
                "map.accept",
                say("Accept all suggested levels of engagement"),
                self.accept_levels,
                "check",
                english="Accept all suggested levels of engagement",
            ),
        ]
        if self.shown.assessors:
            made += [
                Command("map.compare", say("Compare the assessors"), lambda: self.show_view(COMPARE), "users",
                        english="Compare the assessors"),
                Command("map.agreed", say("Show the agreed map"), lambda: self.show_view(AGREED), "target",
                        english="Show the agreed map"),
                Command("map.means", say("Take all means of the assessors"), self.take_means, "users-three",
                        english="Take all means of the assessors"),
            ]  # fmt: skip
        for each in self.shown.stakeholders:
            title = say("Choose {name} on the map", name=each.label)
            made.append(Command(f"map.{each.id}", title, lambda id=each.id: self._find(id), "map-trifold"))
        return made

    def _find(self, id: str) -> None:
        self.show_place(Place(self.step_id, id))
