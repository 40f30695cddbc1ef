"""Sectors: where technology is needed most, answered question by question, and which sectors are chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.layouts import row
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import Choice, Column, EmptyTexts, RecordTable, Row, TableTexts

from .. import operations, reading, results
from ..operations import ANSWER
from .sector_order import SectorOrder
from .sector_views import GoalMatrix, NeedTable
from .wording import sector_kinds

NEED, QUESTIONS, LINE, GOALS = "need", "questions", "line", "goals"


class SectorsScreen(StepScreen):
    """Need first, then the questions and what follows from them, the choice by a line, and the goals that are served."""

    concerns = ("sector", "sector_score", "scope")

    def build(self) -> None:
        say, workflow = self.language.say, self.desk.workflow
        self.questions = workflow.catalogue("sector_questions").entries
        kinds = [Choice(key, name) for key, name in sector_kinds(self.language)]
        names = (say("Sector"), say("Programme"))
        columns = [
            Column("name", say("Sector"), width=150, strong=True, required=True, names=names),
            Column("kind", say("Kind"), "choice", 112, choices=kinds, least=1060),
            *(
                Column(
                    ANSWER + entry.key,
                    entry.short or entry.name,
                    "rating",
                    94 if len(entry.short or entry.name) > 9 else 84,
                    help=_explained(entry),
                    names=(entry.name,),
                )
                for entry in self.questions
            ),
            Column(
                "mean",
                say("Mean"),
                "computed",
                60,
                decimals=2,
                help=say("The mean of the answers; a sector with an open answer has none."),
            ),
            Column("rank", say("Rank"), "computed", 58),
            Column(
                "current_level",
                say("Level now"),
                "rating",
                88,
                least=-1,
                help=say("Where the sector stands today, from 1 to 5."),
            ),
            Column(
                "desired_level",
                say("Level wanted"),
                "rating",
                104,
                least=-1,
                help=say("Where the sector should be, from 1 to 5."),
            ),
            Column("chosen", say("Chosen"), "flag", 66),
            Column("reason", say("Reason"), "long", 90, help=say("Why this sector was chosen, or left out.")),
        ]
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
        self.table = RecordTable(
            self.desk, columns=columns, rows=self._rows,
            add=operations.add_sector, change=operations.change_sector, remove=operations.remove_sectors, move=operations.move_sector,
            noun=(say("sector"), say("sectors")), tools=(self.library_button,),
            texts=texts, empty=empty,
        )  # fmt: skip
        from_list = Button(say("From the list…"), "outline", "list-bullets", on_click=self.open_library)
        self.need = NeedTable(self.desk, texts, empty, (from_list,))
        self.order = SectorOrder(self.desk)
        self.goals = GoalMatrix(self.desk, lambda: self.desk.go(Place("stakeholders.scope", field="targets")))
        views = {
            NEED: (say("Need"), self.need), QUESTIONS: (say("Questions"), self.table),
            LINE: (say("Choice"), self.order), GOALS: (say("Goals"), self.goals),
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
        line = row(self.switch, None, margins=(24, 2, 24, 2))
        self.body.addLayout(line)
        self.body.addWidget(self.pages, 1)

    def load(self) -> None:
        self.table.reload()
        self.need.reload()
        if not self._begun:
            # Need before technology: as long as nothing is answered, that is where to begin.
            self._begun = True
            answered = any(each.values["mean"] is not None for each in self.table.rows())
            self.switch.set_current(QUESTIONS if answered else NEED)
        self.show_view(self.switch.current())

    def show_view(self, key: str) -> None:
        """Show need, questions, choice or goals."""
        self.switch.set_current(key)
        view = self._views[key]
        if isinstance(view, SectorOrder | GoalMatrix):
            view.load()
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
            Command("sectors.line", say("Choose sectors by a line"), lambda: self.show_view(LINE), "chart-bar-horizontal", english="Choose sectors by a line"),
            Command("sectors.goals", say("Goals the sectors serve"), lambda: self.show_view(GOALS), "table", english="Goals the sectors serve"),
        ]  # fmt: skip
        return [library, *views, *(self.need if self.switch.current() == NEED else self.table).commands()]

    def _rows(self, session: Session) -> list[Row]:
        say, number = self.language.say, self.language.number
        ranked = {each.id: each for each in results.sector_ranking(session, self.desk.workflow)}
        rows = []
        for sector in reading.sectors(session):
            each = ranked[sector["id"]]
            answers = {ANSWER + entry.key: sector["scores"].get(entry.key) for entry in self.questions}
            rank = each.rank if not each.tied or each.rank is None else say("{rank}=", rank=number(each.rank))
            marks = (
                {"reason": say("Write why this sector was chosen.")}
                if sector["chosen"] and not sector["reason"]
                else {}
            )
            rows.append(Row(sector["id"], {**sector, **answers, "mean": each.value, "rank": rank}, marks))
        return rows

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


def _explained(entry) -> str:
    """A question with what 1, 3 and 5 mean."""
    anchors = [f"{step}  {text}" for step, text in (entry.get("anchors") or {}).items()]
    return "\n".join([entry.definition or entry.name, *anchors])
