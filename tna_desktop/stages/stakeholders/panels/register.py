"""Step 1.1, register: everyone with a stake, and which groups are still missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.coverage import CoverageCell, CoverageCells
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import leave_out, row
from tna_desktop.ui.rating import Rating
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading
from ..models import model_shelves, register_columns, register_rows, unread_words
from .details import CONTACTS, StakeholderPanel
from .gap import GapDialog
from .model_lists import ModelListPicker


class RegisterScreen(StepScreen):
    """Coverage of the groups on top (a click filters), a banner for what is missing, and the table."""

    concerns = ("stakeholder", "group_gap", "contact")

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        self._groups: list[reading.GroupCount] = []
        self.coverage = CoverageCells(self.language)
        self.coverage.chosen.connect(self._filter)
        self.banner = Banner()
        self.banner.setVisible(False)
        models = sum(len(each.entries) for each in reading.model_lists(self.desk.workflow)[:1])
        library = Button(say("Model lists"), icon="list-bullets", on_click=self.open_library)
        leave_out(library, unless=models)
        self.table = RecordTable(
            self.desk,
            columns=register_columns(self.desk.workflow, self.language),
            rows=register_rows,
            add=operations.add_stakeholder,
            change=operations.change_stakeholder,
            remove=operations.remove_stakeholders,
            move=operations.move_stakeholder,
            defaults=self._defaults,
            noun=(say("stakeholder"), say("stakeholders")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one stakeholder", "Filter {n} stakeholders", n),
                add=say("Add stakeholder"),
                removed=lambda n: say_n("{n} stakeholder deleted", "{n} stakeholders deleted", n),
            ),
            tools=(library,),
            row_menu=self._row_menu,
            foot=(_legend(self.language),),
            empty=EmptyTexts(
                "users-three",
                say("Who should be at the table?"),
                say("Begin with five names. The coverage of the groups follows as you type."),
                type_title=say("Type one by one"),
                type_text=say("A name and Enter. The rest can wait."),
                model_title=say("Start from a model list") if models else "",
                model_text=say_n(
                    "One common organisation, to keep or to leave out.",
                    "{n} common organisations, to keep or to leave out.",
                    models,
                ),
                model=self.open_library if models else None,
            ),
        )
        top = QWidget()
        layout = QVBoxLayout(top)
        layout.setContentsMargins(24, 2, 24, 8)
        layout.setSpacing(8)
        layout.addWidget(self.coverage)
        layout.addWidget(self.banner)
        self.body.addWidget(top)
        self.body.addWidget(self.table, 1)
        self.beside = StakeholderPanel(self.desk)
        self.contacts, self.details = self.beside.contacts, self.beside.details
        self.table.current_changed.connect(self._show_beside)

    def load(self) -> None:
        self._groups = self.desk.read(reading.groups, self.desk.workflow)
        total = len(self.desk.read(reading.register))
        self.coverage.set_cells(
            [
                CoverageCell(group.key, group.short, group.count, bool(total) and group.required and not group.gap)
                for group in self._groups
            ],
            total,
        )
        self._tell(total)
        self.table.reload()
        self._show_beside(self.table.current())

    # Groups ------------------------------------------------------------------------------------------

    def _filter(self, group: str) -> None:
        self.table.set_filter((lambda row: row.values["group"] == group) if group else None)
        self._tell(sum(each.count for each in self._groups) or len(self.table.rows()))

    def _defaults(self) -> dict[str, str]:
        """A stakeholder typed while one group is shown belongs to it."""
        return {"group": self.coverage.current()} if self.coverage.current() else {}

    def _tell(self, total: int) -> None:
        """The one banner: a group that must take part and has nobody, or why the chosen group has nobody."""
        say, chosen = self.language.say, self.coverage.current()
        missing = [group for group in self._groups if group.required and not group.count and not group.gap]
        missing.sort(key=lambda group: group.key != chosen)
        explained = next(
            (group for group in self._groups if group.key == chosen and group.gap and not group.count), None
        )
        self.banner.setVisible(bool(explained) or (bool(total) and bool(missing)))
        if explained:
            self.banner.tell(
                "info",
                say("{group}: nobody takes part.", group=explained.name),
                explained.gap,
                [(say("Change the reason"), lambda: self.record_gap(explained.key))],
            )
        elif missing:
            key = missing[0].key
            entry = self.desk.workflow.catalogue("stakeholder_groups").find(key)
            self.banner.tell(
                "attention",
                say("{group}: none yet.", group=missing[0].name),
                entry.get("reason", "") if entry else "",
                [(say("Add one"), lambda: self.add_to(key)), (say("Record why not"), lambda: self.record_gap(key))],
            )

    def add_to(self, group: str) -> None:
        """Show one group, ready to type a name into it."""
        self.coverage.set_current(group)
        self._filter(group)
        self.table.focus_add_line()

    def record_gap(self, group: str) -> None:
        """Ask why nobody of a group takes part and who decided so, and keep both."""
        found = next((each for each in self._groups if each.key == group), None)
        if found is None:
            return
        dialog = GapDialog(self.desk, found, self)
        dialog.exec()
        dialog.deleteLater()

    # Model list --------------------------------------------------------------------------------------

    def open_library(self) -> None:
        """Offer the model lists; what is chosen is added as one change."""
        say = self.language.say
        shelves = self.desk.read(model_shelves, self.desk.workflow, self.language)
        unread = unread_words(self.language)
        if not shelves:
            self.desk.notice(unread)
            return
        chosen = ModelListPicker.choose_from(
            self,
            self.language,
            say("Who usually has a stake?"),
            shelves,
            text=say("Check what fits your country. Names can be changed afterwards."),
            unread=unread,
        )
        if chosen:
            entries = [entry.values() for entry in reading.model_entries(self.desk.workflow, set(chosen))]
            added = self.desk.attempt(operations.add_model_stakeholders, entries, self.language)
            if added:
                text = self.language.say_n(
                    "One stakeholder added from the model lists", "{n} stakeholders added from the model lists", added
                )
                self.desk.notice(text, undo=True)

    # Beside the table --------------------------------------------------------------------------------

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Details"), self.beside)]

    def _show_beside(self, stakeholder: str | None) -> None:
        self.beside.show_stakeholder(stakeholder)

    def _row_menu(self, stakeholder: str) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "contact",
                say("Add a contact"),
                lambda: self._add_contact(stakeholder),
                "users",
                english="Add a contact",
            )
        ]

    def _add_contact(self, stakeholder: str) -> None:
        self.table.select(stakeholder)
        self.beside.show_stakeholder(stakeholder)
        self.beside.show_part(CONTACTS)
        self.panel_wanted.emit()
        self.contacts.begin()

    # The shell asks ----------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        say = self.language.say
        own = Command(
            "stakeholders.library",
            say("Take stakeholders from a model list"),
            self.open_library,
            "list-bullets",
            english="Take stakeholders from a model list",
        )
        return [own, *self.table.commands()]

    def show_place(self, place: Place) -> None:
        if place.record:
            self.coverage.set_current("")
            self._filter("")
            self.table.select(place.record, place.field)
        elif any(group.key == place.field for group in self._groups):
            self.coverage.set_current(place.field)
            self._filter(place.field or "")
            self.coverage.setFocus(Qt.FocusReason.OtherFocusReason)


def _legend(language) -> QWidget:  # type: ignore[no-untyped-def]
    """How to read the segments."""
    say = language.say
    legend = QWidget()
    low = Rating(language, 1, read_only=True)
    high = Rating(language, 5, read_only=True)
    for mark in (low, high):
        mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    row(low, Label(say("low"), "meta", "text3"), 4, high, Label(say("high"), "meta", "text3"), gap=6, parent=legend)
    legend.setAccessibleName(say("One segment is low, five are high"))
    return legend
