"""Step 5.3, budget: the money by source and year, and what has no source yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.pictures import PictureView
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import chapter, figures, operations, reading, results, sheet
from ..models import action_choices, budget_tables, funding_columns, funding_rows, said

YEARS_HIGH = 142


class BudgetScreen(StepScreen):
    """The finding in one line, the money by source and by year as pictures, and the table of who pays what."""

    concerns = ("action", "funding", "technology", "assessment")
    guide_open = False

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        read = self.desk.read
        self.total = Label("", "big_number")
        self.share = Label("", "body", "text2", wrap=True)
        self.open_costs = Label("", "meta", "text2", wrap=True)
        self.years_title = Label("", "label", "text", elide=True)
        self.years_note = Label("", "meta", "text3", wrap=True)
        self.sources = PictureView(self.language, say("Money by source"))
        self.years = PictureView(self.language, say("Need and sources by year"))
        self.table = RecordTable(
            self.desk,
            columns=funding_columns(self.desk.workflow, self.language, lambda: read(action_choices)),
            rows=lambda session: funding_rows(session, self.language),
            add=operations.add_funding,
            change=operations.change_funding,
            remove=operations.remove_funding,
            noun=(say("source of money"), say("sources of money")),
            name_column="name",
            add_line=False,
            defaults=self._defaults,
            texts=TableTexts(
                filter=lambda n: say_n("Filter one source", "Filter {n} sources", n),
                add=say("Add money"),
                removed=lambda n: say_n("{n} source deleted", "{n} sources deleted", n),
            ),
            currency=lambda: read(assessment.facts).currency,
            empty=EmptyTexts(
                "coin",
                say("Who pays?"),
                say("Add a line for each source and year; an amount that is not known yet may stay empty."),
                type_title=say("Add the first source"),
                type_text=say("For the first action that has no money yet."),
            ),
        )
        self._top = self._make_top()
        empty = EmptyState(
            "flag",
            say("No action is planned yet"),
            say("Money is found for actions. Write the action plan first."),
            [(say("Go to the action plan"), lambda: self.desk.go("actions.plan"))],
        )
        self._work = QWidget()
        box = QVBoxLayout(self._work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._top)
        box.addWidget(Hairline())
        box.addWidget(self.table, 1)
        self._none = QWidget()
        column(None, empty, None, margins=(24, 12, 24, 12), parent=self._none)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._work, 1)

    def _make_top(self) -> QWidget:
        top = QWidget()
        halves = QHBoxLayout(top)
        halves.setContentsMargins(24, 2, 24, 10)
        halves.setSpacing(36)
        first = QVBoxLayout()
        first.setSpacing(6)
        head = row(self.total, gap=10)
        head.addWidget(self.share, 1)
        for button in self.sources.tools():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        first.addLayout(head)
        first.addWidget(self.sources)
        first.addWidget(self.open_costs)
        first.addStretch(1)
        second = QVBoxLayout()
        second.setSpacing(0)
        second.addLayout(row(self.years_title, None, *self.years.tools(), gap=4))
        second.addWidget(self.years)
        second.addWidget(self.years_note)
        second.addStretch(1)
        halves.addLayout(first, 3)
        halves.addLayout(second, 2)
        return top

    def load(self) -> None:
        say, language, workflow = self.language.say, self.language, self.desk.workflow
        budget = self.desk.read(results.budget)
        self._none.setVisible(not budget.actions)
        self._work.setVisible(bool(budget.actions))
        if budget.costed:
            self.total.set_text(figures.total_shown(budget, language))
            self.share.set_text(chapter.covered_sentence(budget, language))
        else:
            self.total.set_text(say("Cost not known"))
            self.share.set_text(say("No action has a cost yet."))
        notes = [note for note in (sheet.cost_note(budget, language), self._over(budget)) if note]
        self.open_costs.set_text("\n".join(notes))
        self.open_costs.setVisible(bool(notes))
        self.years_title.set_text(figures.year_title(budget, language) if budget.years else "")
        self.years_note.set_text(
            say("What has no source is spread over the months of its action.") if budget.gap else ""
        )
        by_source, by_year = budget_tables(budget, workflow, language)
        money = bool(budget.funded or budget.gap)

        def draw_sources(width: float, dark: bool) -> tuple[str, str]:
            return figures.money_bar(budget, workflow, language, width=width, dark=dark)

        def draw_years(width: float, dark: bool) -> tuple[str, str]:
            return figures.year_columns(budget, language, width=width, height=YEARS_HIGH, dark=dark)

        self.sources.show_picture(
            draw_sources if money else None, *(said(by_source, language) if money else (None, None))
        )
        self.years.show_picture(
            draw_years if budget.years else None, *(said(by_year, language) if budget.years else (None, None))
        )
        self.table.reload()

    def _over(self, budget: results.Budget) -> str:
        over = [each.name for each in budget.actions if each.over_funded]
        if not over:
            return ""
        return self.language.say_n(
            "More money is named than this action costs: {names}.",
            "More money is named than these actions cost: {names}.",
            len(over),
            names=self.language.listing(over),
        )

    def _defaults(self) -> dict[str, str]:
        """A new line is for the action of the current line, else for the first one that lacks money."""
        current = next((each for each in self.table.rows() if each.id == self.table.current()), None)
        if current is not None:
            return {"action_id": current.values["action_id"]}
        actions = self.desk.read(results.budget).actions
        lacking = next((each for each in actions if each.gap), None) or (actions[0] if actions else None)
        return {"action_id": lacking.id} if lacking else {}

    def show_place(self, place: Place) -> None:
        """A line of money, or the first line of an action."""
        if place.record:
            rows = self.desk.read(reading.fundings)
            line = next((each["id"] for each in rows if place.record in (each["id"], each["action_id"])), None)
            if line:
                self.table.select(line, place.field)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            *self.table.commands(),
            Command(
                "budget.copy",
                say("Copy the picture of the money"),
                self.sources.copy,
                "copy",
                english="Copy the picture of the money",
            ),
        ]
