"""Sectors: where technology is needed most, answered question by question, and which sectors are chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.layouts import FlowRow
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, TableTexts

from .. import operations, reading
from ..voices import AGREED
from .sector_groups import SectorsByGroup
from .sector_order import SectorOrder
from .sector_questions import QuestionsView
from .sector_views import GoalMatrix, NeedTable
from .wording import sector_kinds

NEED, QUESTIONS, GROUPS, LINE, GOALS = "need", "questions", "groups", "line", "goals"


class SectorsScreen(StepScreen):
    """Need first, then the questions and what follows from them, the choice by a line, and the goals that are served."""

    concerns = ("sector", "sector_score", "scope")

    def build(self) -> None:
        say = self.language.say
        texts = TableTexts(
            title=say("Sectors"), filter=say("Filter {n} sectors"), add=say("Add sector"),
            removed=lambda n: self.language.say_n("One sector deleted", "{n} sectors deleted", n),
        )  # fmt: skip
        empty = EmptyTexts(
            "squares-four", say("Which sectors depend on biodiversity, or harm it?"),
            say("Take some from the list or write your own; then answer the same questions for each."),
            model_title=say("Choose from the list"), model_text=self._list_words(), model=self.open_library,
        )  # fmt: skip
        self.library_button = Button(say("From the list…"), "outline", "list-bullets", on_click=self.open_library)
        self.answers = QuestionsView(self.desk, texts, empty, (self.library_button,))
        self.table = self.answers.table
        from_list = Button(say("From the list…"), "outline", "list-bullets", on_click=self.open_library)
        self.need = NeedTable(self.desk, texts, empty, (from_list,))
        self.groups = SectorsByGroup(self.desk)
        self.order = SectorOrder(self.desk)
        self.goals = GoalMatrix(self.desk, lambda: self.desk.go(Place("stakeholders.scope", field="targets")))
        views = {
            NEED: (say("Need"), self.need), QUESTIONS: (say("Questions"), self.answers),
            GROUPS: (say("Groups"), self.groups), LINE: (say("Choice"), self.order), GOALS: (say("Goals"), self.goals),
        }  # fmt: skip
        self.pages = QStackedWidget()
        self._views = {key: widget for key, (_, widget) in views.items()}
        for widget in self._views.values():
            self.pages.addWidget(widget)
        self.switch = Segmented(
            [(key, words) for key, (words, _) in views.items()], QUESTIONS, say("View of the sectors")
        )
        self.switch.chosen.connect(self.show_view)
        self._begun = False
        line = FlowRow(gap=12, row_gap=4)
        line.setContentsMargins(24, 2, 24, 2)
        line.addWidget(self.switch)
        line.addWidget(self.answers.switch)
        self.body.addLayout(line)
        self.body.addWidget(self.pages, 1)

    def load(self) -> None:
        self.answers.load()
        self.need.reload()
        if not self._begun:
            # Need before technology: as long as nothing is answered, that is where to begin.
            self._begun = True
            answered = any(each.values["mean"] is not None for each in self.table.rows())
            self.switch.set_current(QUESTIONS if answered else NEED)
        self.show_view(self.switch.current())

    def show_view(self, key: str) -> None:
        """Show need, questions, groups, choice or goals."""
        self.switch.set_current(key)
        view = self._views[key]
        if isinstance(view, SectorOrder | GoalMatrix | SectorsByGroup):
            view.load()
        self.answers.switch.setVisible(key == QUESTIONS)
        self.pages.setCurrentWidget(view)

    def show_place(self, place: Place) -> None:
        if not place.record:
            return
        if place.field in ("current_level", "desired_level", "gap", "need"):
            self.show_view(NEED)
            self.need.select(place.record, place.field)
        elif place.field == "goals":
            self.show_view(GOALS)
            self.goals.table.select(place.record)
        else:
            self.show_view(QUESTIONS)
            if self.answers.voice:
                self.answers.show_voice(AGREED)
            self.table.select(place.record, place.field)

    def commands(self) -> list[Command]:
        say = self.language.say
        library = Command(
            "sectors.library",
            say("Choose sectors from the list"),
            self.open_library,
            "list-bullets",
            english="Choose sectors from the list",
        )
        views = [
            Command("sectors.need", say("Need of the sectors"), lambda: self.show_view(NEED), "target", english="Need of the sectors"),
            Command("sectors.groups", say("Order of the sectors by group"), lambda: self.show_view(GROUPS), "users-three", english="Order of the sectors by group"),
            Command("sectors.line", say("Choose sectors by a line"), lambda: self.show_view(LINE), "chart-bar-horizontal", english="Choose sectors by a line"),
            Command("sectors.goals", say("Goals the sectors serve"), lambda: self.show_view(GOALS), "table", english="Goals the sectors serve"),
        ]  # fmt: skip
        here = self.answers.commands() if self.switch.current() == QUESTIONS else []
        return [library, *views, *here, *(self.need if self.switch.current() == NEED else self.table).commands()]

    def _list_words(self) -> str:
        count = len(self.desk.workflow.catalogue("sectors").entries)
        return self.language.say_n("One sector or programme", "{n} sectors and programmes", count)

    def open_library(self) -> None:
        """The model list, by kind; what is chosen is taken over, nothing else."""
        taken = {row["catalogue_key"] for row in self.desk.read(reading.sectors)}
        entries = self.desk.workflow.catalogue("sectors").entries
        groups = [
            (
                name,
                [
                    PickEntry(e.key, e.name, e.definition, e.source, e.key in taken)
                    for e in entries
                    if e.get("kind", "") == kind
                ],
            )
            for kind, name in (*sector_kinds(self.language), ("", ""))
        ]
        chosen = LibraryPicker.choose(
            self,
            self.language,
            self.language.say("Choose sectors from the list"),
            [group for group in groups if group[1]],
        )
        if chosen:
            count = self.desk.attempt(operations.add_model_sectors, self.desk.workflow, chosen)
            if count:
                self.desk.notice(self.language.say_n("One sector added", "{n} sectors added", count), undo=True)
