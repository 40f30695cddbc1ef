"""Step 4.2, measures: what would lift each barrier, and which barriers nothing answers yet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_values import Choice
from tna_desktop.ui.commands import Command
from tna_desktop.ui.library import LibraryPicker
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading
from ..models import barrier_choices, measure_columns, measure_library, measure_rows

#: So many names stand in the banner; the others are counted.
NAMED = 3


class MeasuresScreen(StepScreen):
    """Barriers without a measure on top, with suggestions; below, the measures by barrier."""

    concerns = ("measure", "barrier", "hindrance", "technology")
    guide_open = False

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        self.banner = Banner("attention")
        self.banner.setVisible(False)
        self._top = QWidget()
        layout = QVBoxLayout(self._top)
        layout.setContentsMargins(24, 2, 24, 8)
        layout.addWidget(self.banner)
        self._top.setVisible(False)
        self.suggest_button = Button(say("Suggest measures"), icon="lightbulb", on_click=self.open_library)
        self.table = RecordTable(
            self.desk,
            columns=measure_columns(self.desk.workflow, self.language, self._barriers),
            rows=lambda session: measure_rows(session, self.language),
            add=operations.add_measure,
            change=operations.change_measure,
            remove=operations.remove_measures,
            noun=(say("measure"), say("measures")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one measure", "Filter {n} measures", n),
                add=say("Add measure"),
                removed=lambda n: say_n("{n} measure deleted", "{n} measures deleted", n),
            ),
            tools=(self.suggest_button,),
            row_menu=self._row_menu,
            empty=EmptyTexts(
                "wrench",
                say("What would lift each barrier?"),
                say("A measure answers a barrier: money, a rule, training, equipment, an agreement."),
                type_title=say("Type one by one"),
                type_text=say("A few words and Enter; choose the barrier beside it."),
                model_icon="lightbulb",
                model_title=say("Suggest measures"),
                model_text=say("For each barrier, what suits its kind."),
                model=self.open_library,
            ),
        )
        self.body.addWidget(self._top)
        self.body.addWidget(self.table, 1)

    def load(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        unanswered = self.desk.read(reading.unanswered)
        names = [each["name"] for each in unanswered[:NAMED]]
        more = len(unanswered) - len(names)
        self._top.setVisible(bool(unanswered))
        self.suggest_button.setVisible(not unanswered)  # the banner offers it already
        self.banner.setVisible(bool(unanswered))
        if unanswered:
            listed = [*names, *([say_n("one more", "{n} more", more)] if more else [])]
            self.banner.tell(
                "attention",
                say_n("One barrier has no measure:", "{n} barriers have no measure:", len(unanswered)),
                say("{names}.", names=self.language.listing(listed)),
                [(say("Suggest measures"), self.open_library)],
            )
        self.table.reload()

    def _barriers(self) -> list[Choice]:
        return self.desk.read(barrier_choices, self.desk.workflow)

    def _row_menu(self, measure: str) -> list[Command]:
        row = next((each for each in self.table.rows() if each.id == measure), None)
        barrier = row.values["barrier_id"] if row else None
        if not barrier:
            return []
        say = self.language.say
        return [
            Command("more", say("More measures for this barrier"), lambda: self.open_library(barrier), "lightbulb"),
            Command(
                "barrier",
                say("Show the barrier"),
                lambda: self.desk.go(Place("barriers.causes", barrier)),
                "tree-structure",
            ),
        ]

    def open_library(self, barrier: str | None = None) -> None:
        """Offer what suits the kind of each barrier without a measure, or of the barrier named."""
        say = self.language.say
        barrier = barrier if isinstance(barrier, str) else None
        groups = self.desk.read(measure_library, self.desk.workflow, self.language, barrier)
        if not groups:
            self.desk.notice(
                say("There is nothing to suggest: every barrier has a measure, or its kind is not chosen yet.")
            )
            return
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("What could lift these barriers?"),
            groups,
            text=say("Suggestions by the kind of barrier; the name can be changed afterwards."),
        )
        if chosen:
            pairs = [tuple(key.split(":", 1)) for key in chosen]
            made = self.desk.attempt(operations.take_measures, self.desk.workflow, pairs)
            if made:
                self.desk.notice(self.language.say_n("One measure added", "{n} measures added", made), undo=True)

    def show_place(self, place: Place) -> None:
        """A measure, or a barrier that has none: then the suggestions are one key away."""
        if place.record:
            self.table.select(place.record, place.field)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            *self.table.commands(),
            Command(
                "measures.suggest",
                say("Suggest measures"),
                self.open_library,
                "lightbulb",
                english="Suggest measures",
            ),
        ]
