"""Step 1.3, coverage and roles: who takes part in which stage and how, the balance, and the bodies."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState, empty_page
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.screen import StepScreen

from .. import operations, reading, results
from .coverage_balance import BalanceView
from .coverage_bodies import BodiesView
from .coverage_grid import EVERYONE, CoverageGrid, CoverageModel, Line
from .coverage_painting import RoleLegend
from .gap import GapDialog

ROLES, BALANCE, BODIES = "roles", "balance", "bodies"
REGISTER = "stakeholders.register"
#: So many lines fit on a laptop: up to here all groups stand open at the beginning.
_FEW = 13


class _RoleMenu(Menu):
    """The digits work here too."""

    def keyPressEvent(self, event):
        found = next((each for each in self.actions() if event.text() and each.data() == event.text()), None)
        if found is None:
            super().keyPressEvent(event)
            return
        self.close()
        found.trigger()


class CoverageScreen(StepScreen):
    """Three views: the matrix of groups by stage with a role in each cell, the balance, and the bodies."""

    concerns = ("stakeholder", "stage_role", "group_gap", "contact", "attendance", "body", "membership")

    def build(self) -> None:
        say = self.language.say
        self._coverage: results.Coverage | None = None
        self.switch = Segmented(
            [(ROLES, say("Roles by stage")), (BALANCE, say("Balance")), (BODIES, say("Bodies"))],
            name=say("What is shown"),
        )
        self.switch.chosen.connect(self.show_view)
        self.accept_button = Button("", icon="check", on_click=self.accept_suggestions)
        self.open_button = Button(say("Open all groups"), "ghost", on_click=self._open_all)
        tools = QWidget()
        row(self.switch, None, self.open_button, self.accept_button, margins=(24, 2, 24, 8), parent=tools)
        self.model = CoverageModel(self.desk.workflow, self.language)
        self.grid = CoverageGrid(self.model)
        self.grid.given.connect(self.give)
        self.grid.reason_wanted.connect(self.record_gap)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.moved.connect(self._tell)
        self.balance = BalanceView(self.desk)
        self.bodies = BodiesView(self.desk)
        self.legend = RoleLegend(
            list(self.model.roles.values()), say("no part"), say("Digits give a role, from the least to the most")
        )
        self.foot = Label("", "meta", "text3", elide=True)
        foot = QWidget()
        column(Hairline(), self.legend, self.foot, gap=4, margins=(24, 0, 24, 6), parent=foot)
        matrix = QWidget()
        box = QVBoxLayout(matrix)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.grid, 1)
        box.addWidget(foot)
        self.views = QStackedWidget()
        for view in (matrix, self.balance, self.bodies):
            self.views.addWidget(view)
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(tools)
        inside.addWidget(self.views, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(work)
        self.pages.addWidget(self._nobody())
        self.body.addWidget(self.pages, 1)
        self._begun = False

    def _nobody(self) -> QWidget:
        say = self.language.say
        state = EmptyState(
            "users-three",
            say("Nobody is in the register yet"),
            say("First list who has a stake; then say here how each takes part in each stage."),
            [(say("Open the register"), lambda: self.desk.go(REGISTER))],
        )
        return empty_page(state)

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        found = self._coverage = self.desk.read(results.coverage_by_stage, self.desk.workflow)
        self.pages.setCurrentIndex(0 if found.everyone.stakeholders else 1)
        if not self._begun and found.everyone.stakeholders:
            self._begun = True
            if len(found.everyone.stakeholders) + len(found.groups) <= _FEW:
                self.model.opened = {group.key for group in found.groups if group.stakeholders}
        self.grid.show_again(lambda: self.model.show(found))
        self.balance.load()
        self.bodies.load()
        self._tell()

    def show_view(self, key: str) -> None:
        """Show the roles, the balance or the bodies."""
        left = self.views.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False
        self.switch.set_current(key)
        self.views.setCurrentIndex((ROLES, BALANCE, BODIES).index(key))
        self._tell()
        if left:  # Qt would put the keyboard into the first field it finds
            view = {ROLES: self.grid, BALANCE: self.balance, BODIES: self.bodies.table.view}[key]
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """The tools and the foot line say what a digit or Enter would do here."""
        say, say_n, found = self.language.say, self.language.say_n, self._coverage
        count, here = len(found.suggested) if found else 0, self.switch.current() == ROLES
        self.accept_button.setText(say_n("Accept one suggestion", "Accept {n} suggestions", count))
        self.accept_button.setToolTip(
            say("Fills empty cells only, from the role and the engagement noted in the register.")
        )
        self.accept_button.setVisible(here and count > 0)
        self.open_button.setText(say("Close all groups") if self.model.opened else say("Open all groups"))
        self.open_button.setVisible(here)
        line, column = self.grid.line(), self.grid.currentIndex().column()
        self.foot.setText(self._foot(line, column) if line else say("Choose a cell, then press a digit."))

    def _foot(self, line: Line, column: int) -> str:
        say, say_n = self.language.say, self.language.say_n
        name, stage = self.model.name(line), self.model.stages[column - 1][1] if column else ""
        if line.person is not None:
            if column:
                return say("{name}, {stage}: {words}", name=name, stage=stage, words=self.model.words(line, column))
            return say("{name}: a digit gives the same role in all stages.", name=name)
        if not line.ids:
            return (
                say("{group}: press Enter to record why nobody takes part.", group=name)
                if not line.group.gap
                else say("{group}: press Enter to change the reason.", group=name)
            )
        if column:
            return say_n(
                "{name}, {stage}: a digit goes to one stakeholder.",
                "{name}, {stage}: a digit goes to all {n} stakeholders.",
                len(line.ids),
                name=name,
                stage=stage,
            )
        return say_n(
            "{name}: a digit goes to one stakeholder in all stages; Enter opens and closes.",
            "{name}: a digit goes to all {n} stakeholders in all stages; Enter opens and closes.",
            len(line.ids),
            name=name,
        )

    def _open_all(self) -> None:
        self.grid.open_all(not self.model.opened)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    # Doing -------------------------------------------------------------------------------------------

    def give(self, line: Line, stage: str, role: str) -> None:
        """Give a role to all this line stands for, in one stage or (stage empty) in all; one change."""
        say_n = self.language.say_n
        if line.person is not None and stage:
            if line.person.roles.get(stage, "") != role:
                self.desk.attempt(operations.set_stage_role, line.person.id, stage, role)
            return
        stages = [stage] if stage else [key for key, _ in self.model.stages]
        changed = self.desk.attempt(operations.set_stage_roles, line.ids, stages, role, told=self.model.name(line))
        if changed and changed > 1:
            self.desk.notice(say_n("One role changed", "{n} roles changed", changed), undo=True)

    def accept_suggestions(self) -> None:
        """Take over what the register suggests, into empty cells only."""
        if self._coverage and self._coverage.suggested:
            taken = self.desk.attempt(operations.take_suggested_roles, self._coverage.suggested)
            if taken:
                text = self.language.say_n("One suggested role taken over", "{n} suggested roles taken over", taken)
                self.desk.notice(text, undo=True)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def record_gap(self, group: str) -> None:
        """Ask why nobody of a group takes part and who decided so, and keep both."""
        groups = self.desk.read(reading.groups, self.desk.workflow)
        found = next((each for each in groups if each.key == group), None)
        if found is not None:
            dialog = GapDialog(self.desk, found, self)
            dialog.exec()
            dialog.deleteLater()

    def menu_for(self, line: Line, column: int) -> Menu:
        """The roles to choose from, for one cell, a whole line, or everyone it stands for."""
        say = self.language.say
        menu = _RoleMenu(self.model.name(line), self)
        stage = self.model.stage(column)
        if line.ids:
            now = line.person.roles.get(stage, "") if line.person and stage else None
            for role, (level, name) in self.model.roles.items():
                menu.add(name, lambda role=role: self.give(line, stage, role), keys=str(level),
                         checked=None if now is None else now == role)  # fmt: skip
            menu.add(say("No part"), lambda: self.give(line, stage, ""), "x", keys="0")
        if stage and line.ids:
            menu.addSeparator()
            more = Menu(say("The same in all stages"), menu)
            for role, (_, name) in self.model.roles.items():
                more.add(name, lambda role=role: self.give(line, "", role))
            menu.addMenu(more)
        if line.person is None and not line.everyone:
            if line.ids:
                menu.addSeparator()
            else:
                menu.add(say("Record why nobody takes part…"), lambda: self.record_gap(line.group.key), "note-pencil")
            menu.add(say("Show this group in the register"),
                     lambda: self.desk.go(Place(REGISTER, None, line.group.key)), "table")  # fmt: skip
        if line.person is not None:
            id = line.person.id
            menu.addSeparator()
            menu.add(say("Show in the register"), lambda: self.desk.go(Place(REGISTER, id)), "table")
        return menu

    def _show_menu(self, place: QPoint) -> None:
        line = self.grid.line()
        if line is not None:
            menu = self.menu_for(line, self.grid.currentIndex().column())
            menu.exec(self.grid.viewport().mapToGlobal(place))
            menu.deleteLater()

    # The shell asks ----------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        say = self.language.say
        found = [
            Command("coverage.roles", say("Roles by stage"), lambda: self.show_view(ROLES), "table",
                    english="Roles by stage"),
            Command("coverage.balance", say("Balance of the register"), lambda: self.show_view(BALANCE),
                    "chart-bar-horizontal", english="Balance of the register"),
            Command("coverage.bodies", say("Bodies of the assessment"), lambda: self.show_view(BODIES), "gavel",
                    english="Bodies of the assessment"),
        ]  # fmt: skip
        if self._coverage and self._coverage.suggested:
            found.append(
                Command("coverage.accept", say("Accept the suggested roles"), self.accept_suggestions, "check",
                        english="Accept the suggested roles")
            )  # fmt: skip
        return [*found, *(self.bodies.table.commands() if self.switch.current() == BODIES else [])]

    def show_place(self, place: Place) -> None:
        found = self._coverage
        if found is None:
            return
        bodies = [row.id for row in self.bodies.table.rows()]
        if place.field == BODIES or place.record in bodies:
            self.show_view(BODIES)
            self.bodies.show_body(place.record, place.field if place.record else None)
            return
        self.show_view(ROLES)
        column = next((at for at, (key, _) in enumerate(self.model.stages, 1) if key == place.field), 0)
        if place.record:
            group = next((g.key for g in found.groups if any(p.id == place.record for p in g.stakeholders)), None)
            if group is not None:
                self.model.opened.add(group)
                self.grid.show_again(self.model.renew)
                self.grid.go_to(place.record, column or 1)
        else:
            self.grid.go_to(f"group {place.field}" if place.field and not column else EVERYONE, column)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
