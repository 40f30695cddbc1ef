"""The tables of stage 5 as screens show them: columns, rows and the lists to choose from."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports import values
from tna_desktop.reports.table import Table
from tna_desktop.ui.cell_values import Choice, Column, Row
from tna_desktop.ui.picture_table import Heading

from ..barriers import reading as barriers_reading
from ..priorities import reading as priorities_reading
from ..stakeholders import reading as stakeholders_reading
from . import reading, results, sheet

Choices = Callable[[], list[Choice]]


def _catalogue(workflow: Workflow, key: str) -> list[Choice]:
    return [Choice(entry.key, entry.name) for entry in workflow.catalogue(key).entries]


def action_columns(
    workflow: Workflow, language: Language, technologies: Choices, measures: Choices, leads: Choices
) -> list[Column]:
    """Actions with who, when and at what cost."""
    say = language.say
    return [
        Column("name", say("Action"), width=236, strong=True, required=True),
        Column("technology_id", say("Technology"), "choice", width=142, choices=technologies),
        Column("lead_id", say("Lead"), "choice", width=138, choices=leads, names=(say("Responsible"),)),
        Column("lead_agreed", say("Agreed"), "flag", width=64, least=900, help=say("The lead has said yes")),
        Column("start", say("Start"), "date", width=100),
        Column("end", say("End"), "date", width=100),
        Column("cost", say("Cost"), "money", width=96),
        Column("indicator", say("Indicator"), width=150, least=1080, help=say("How one will know that it worked")),
        Column(
            "state",
            say("State"),
            "choice",
            width=92,
            choices=_catalogue(workflow, "action_states"),
            least=1190,
        ),
        Column(
            "measure_id",
            say("Carries out"),
            "choice",
            width=160,
            choices=measures,
            least=1380,
            help=say("The measure that this action carries out"),
        ),
        Column("kind", say("Kind"), "choice", width=130, choices=_catalogue(workflow, "action_kinds"), least=1520),
        Column("target", say("Target"), width=120, least=1660),
        Column("partners", say("Partners"), width=150, least=-1),
        Column("baseline", say("Where it starts from"), width=140, least=-1),
        Column("risks", say("Risks"), "long", width=200, least=-1),
        Column("definition", say("Description"), "long", width=220, least=-1),
    ]


def action_rows(session: Session) -> list[Row]:
    return [Row(row["id"], row) for row in reading.actions(session)]


def funding_columns(workflow: Workflow, language: Language, actions: Choices) -> list[Column]:
    """Money for an action from a source in a year."""
    say = language.say
    return [
        Column("action_id", say("Action"), "choice", width=230, choices=actions, strong=True, required=True),
        Column("source", say("Source"), "choice", width=180, choices=_catalogue(workflow, "funding_sources")),
        Column("name", say("Programme or donor"), width=160),
        Column("year", say("Year"), "year", width=64),
        Column("amount", say("Amount"), "money", width=120),
        Column("secured", say("In writing"), "flag", width=84, help=say("It is promised in writing")),
    ]


def funding_rows(session: Session, language: Language) -> list[Row]:
    """Money found; an amount that is not known, and money beyond what an action costs, are marked."""
    over = {each.id for each in results.budget(session).actions if each.over_funded}
    rows = []
    for row in reading.fundings(session):
        marks = {}
        if row["amount"] is None:
            marks["amount"] = language.say("This amount is not known and is not in the total.")
        elif row["action_id"] in over:
            marks["amount"] = language.say("More money is named for this action than it costs.")
        rows.append(Row(row["id"], row, marks))
    return rows


def technology_choices(session: Session) -> list[Choice]:
    """The shortlisted technologies, and any other that has an action."""
    used = {row["technology_id"] for row in reading.actions(session)}
    return [
        Choice(row["id"], row["short"] or row["name"])
        for row in priorities_reading.technologies(session)
        if row["shortlisted"] or row["id"] in used
    ]


def measure_choices(session: Session) -> list[Choice]:
    return [Choice(row["id"], row["name"]) for row in barriers_reading.measures(session)]


def lead_choices(session: Session) -> list[Choice]:
    """The stakeholders, each with the shape of its group."""
    return [
        Choice(row["id"], row["short"] or row["name"], row["group"]) for row in stakeholders_reading.register(session)
    ]


def action_choices(session: Session) -> list[Choice]:
    return [Choice(row["id"], row["name"]) for row in reading.actions(session)]


def said(table: Table, language: Language) -> tuple[list[Heading], list[list[str]]]:
    """A table of the report as the table behind a picture shows it, its total last."""
    rows = [*values.rows_of(table), *([list(table.total)] if table.total else [])]
    headings = [Heading(column.title, values.is_numeric(column)) for column in table.columns]
    return headings, [
        [values.shown(cell, column, language) for cell, column in zip(row, table.columns, strict=True)] for row in rows
    ]


def budget_tables(budget: results.Budget, workflow: Workflow, language: Language) -> tuple[Table, Table]:
    """The numbers behind the two pictures: by source, and by year."""
    return sheet.source_table(budget, workflow, language), sheet.year_summary(budget, language)
