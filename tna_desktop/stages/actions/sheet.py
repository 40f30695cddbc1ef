"""The tables of stage 5: the action plan, the money found for it, and the budget by year."""

from __future__ import annotations

from math import fsum

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Table, TableColumn

from . import reading, results


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    budget = results.budget(session)
    return [
        action_table(session, workflow, language),
        funding_table(session, workflow, language, budget),
        gap_table(budget, workflow, language),
        year_table(budget, workflow, language),
    ]


def action_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Every action: who leads it, when, at what cost, and how one will know."""
    say, named, budget = language.say, workflow.name, results.budget(session)
    money = {each.id: each for each in budget.actions}
    rows = [
        (
            row["name"],
            row["technology"],
            row["measure"],
            named("action_kinds", row["kind"]),
            row["lead"],
            say("yes") if row["lead_agreed"] else "",
            row["start"],
            row["end"],
            row["cost"],
            money[row["id"]].gap,
            row["indicator"],
            row["target"],
            named("action_states", row["state"]),
        )
        for row in reading.actions(session)
    ]
    columns = (
        TableColumn("name", say("Action"), width=3, strong=True),
        TableColumn("technology", say("Technology"), width=1.6),
        TableColumn("measure", say("Carries out"), width=2),
        TableColumn("kind", say("Kind"), width=1.3),
        TableColumn("lead", say("Lead"), width=1.8),
        TableColumn("lead_agreed", say("Lead agreed"), width=0.8),
        TableColumn("start", say("Start"), "date", width=1.1),
        TableColumn("end", say("End"), "date", width=1.1),
        TableColumn("cost", say("Cost, {currency}", currency=budget.currency), "money", width=1.2),
        TableColumn("gap", say("No source, {currency}", currency=budget.currency), "money", width=1.2),
        TableColumn("indicator", say("Indicator"), width=2),
        TableColumn("target", say("Target"), width=1.2),
        TableColumn("state", say("State"), width=1),
    )
    total = (say("Whole plan"), "", "", "", "", "", None, None, budget.cost, budget.gap, "", "", "") if rows else None
    return Table("actions", say("Action plan"), columns, rows, note=cost_note(budget, language), total=total, wide=True)


def plan_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The action plan as it stands in the report: fewer columns, the same values."""
    say, budget = language.say, results.budget(session)
    money = {each.id: each for each in budget.actions}
    rows = [
        (
            row["name"],
            row["technology"],
            row["lead"],
            row["start"],
            row["end"],
            row["cost"],
            money[row["id"]].gap,
        )
        for row in reading.actions(session)
    ]
    columns = (
        TableColumn("name", say("Action"), width=2.7, strong=True),
        TableColumn("technology", say("Technology"), width=1.5),
        TableColumn("lead", say("Lead"), width=2.3),
        TableColumn("start", say("Start"), "date", width=1.4),
        TableColumn("end", say("End"), "date", width=1.4),
        TableColumn("cost", say("Cost, {currency}", currency=budget.currency), "money", width=1.2),
        TableColumn("gap", say("No source, {currency}", currency=budget.currency), "money", width=1.2),
    )
    total = (say("Whole plan"), "", "", None, None, budget.cost, budget.gap)
    return Table(
        "plan",
        say("Action plan"),
        columns,
        rows,
        note=cost_note(budget, language),
        total=total,
        wide=True,
        part_of="actions",
    )


def funding_table(session: Session, workflow: Workflow, language: Language, budget: results.Budget) -> Table:
    """The money found for each action, by source and year."""
    say = language.say
    rows = [
        (
            row["action"],
            source_name(workflow, language, row["source"]),
            row["name"],
            str(row["year"] or ""),
            row["amount"],
            say("yes") if row["secured"] else "",
        )
        for row in reading.fundings(session)
    ]
    columns = (
        TableColumn("action", say("Action"), width=3, strong=True),
        TableColumn("source", say("Source"), width=2),
        TableColumn("name", say("Programme or donor"), width=2),
        TableColumn("year", say("Year"), width=0.7),
        TableColumn("amount", say("Amount, {currency}", currency=budget.currency), "money", width=1.3),
        TableColumn("secured", say("Promised in writing"), width=1),
    )
    total = (say("All money"), "", "", "", budget.funded, "") if rows else None
    note = (
        language.say_n(
            "One amount is not known and is not in the total.",
            "{n} amounts are not known and are not in the total.",
            budget.unknown_amounts,
        )
        if budget.unknown_amounts
        else ""
    )
    return Table("funding", say("Funding"), columns, rows, note=note, total=total)


def gap_table(budget: results.Budget, workflow: Workflow, language: Language) -> Table:
    """For each action, its cost, what has a source, what is promised and what is missing."""
    say = language.say
    rows = [
        (each.name, each.technology, each.cost, each.funded, each.secured, each.gap, each.surplus or None)
        for each in budget.actions
    ]
    columns = (
        TableColumn("action", say("Action"), width=3, strong=True),
        TableColumn("technology", say("Technology"), width=1.6),
        TableColumn("cost", say("Cost, {currency}", currency=budget.currency), "money"),
        TableColumn("funded", say("Has a source"), "money"),
        TableColumn("secured", say("Promised in writing"), "money"),
        TableColumn("gap", say("No source yet"), "money"),
        TableColumn("surplus", say("More than the cost"), "money"),
    )
    total = (say("Whole plan"), "", budget.cost, budget.funded, budget.secured, budget.gap, None) if rows else None
    return Table("gaps", say("Budget by action"), columns, rows, note=cost_note(budget, language), total=total)


def year_table(budget: results.Budget, workflow: Workflow, language: Language) -> Table:
    """The need of each year, the money found by source, and what is missing."""
    say = language.say
    keys = [part.key for part in budget.sources]
    rows = [
        (year_name(part, language), part.cost, *(part.by_source.get(key) for key in keys), part.gap)
        for part in budget.years
    ]
    columns = (
        TableColumn("year", say("Year"), width=1.2, strong=True),
        TableColumn("need", say("Need, {currency}", currency=budget.currency), "money"),
        *(TableColumn(key or "none", source_name(workflow, language, key), "money") for key in keys),
        TableColumn("gap", say("No source yet"), "money"),
    )
    total = (
        (
            say("All years"),
            fsum(part.cost for part in budget.years),
            *(part.funded for part in budget.sources),
            budget.gap,
        )
        if rows
        else None
    )
    return Table(
        "budget_years",
        say("Budget by year"),
        columns,
        rows,
        note=year_note(language),
        total=total,
        wide=len(keys) > 3,
    )


def year_summary(budget: results.Budget, language: Language) -> Table:
    """The need of each year and how much of it has a source: the numbers behind the columns."""
    say = language.say
    rows = [(year_name(part, language), part.cost, part.funded, part.gap) for part in budget.years]
    columns = (
        TableColumn("year", say("Year"), strong=True),
        TableColumn("need", say("Need, {currency}", currency=budget.currency), "money"),
        TableColumn("funded", say("Has a source"), "money"),
        TableColumn("gap", say("No source yet"), "money"),
    )
    title = say("Need and sources by year")
    return Table("years", title, columns, rows, note=year_note(language))


def source_table(budget: results.Budget, workflow: Workflow, language: Language) -> Table:
    """How much comes from each source, and how much has none: the numbers behind the bar."""
    say = language.say
    named = [(source_name(workflow, language, part.key), part.funded, part.secured) for part in budget.sources]
    rows = (*named, (say("No source yet"), budget.gap, None))
    columns = (
        TableColumn("source", say("Source"), width=3, strong=True),
        TableColumn("amount", say("Amount, {currency}", currency=budget.currency), "money"),
        TableColumn("secured", say("Promised in writing"), "money"),
    )
    return Table("budget_sources", say("Budget by source"), columns, rows, note=cost_note(budget, language))


def source_name(workflow: Workflow, language: Language, key: str) -> str:
    return workflow.name("funding_sources", key) or language.say("Source not named")


def year_name(part: results.Part, language: Language) -> str:
    return part.name or language.say("Year not known")


def cost_note(budget: results.Budget, language: Language) -> str:
    """Whether the total is complete, in one sentence; empty when every cost is known."""
    if not budget.uncosted:
        return ""
    return language.say(
        "{costed} of {all} actions have a cost; the total is incomplete.",
        costed=budget.costed,
        all=len(budget.actions),
    )


def year_note(language: Language) -> str:
    """How need comes to its year, in one sentence."""
    return language.say("Money stands in its own year; what has no source is spread over the months of its action.")
