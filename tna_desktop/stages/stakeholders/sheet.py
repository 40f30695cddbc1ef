"""The tables of stage 1, as the workbook and the report show them. Contacts only when asked for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Table, TableColumn

from . import reading
from .sections import coverage, engagement
from .sections.consent import consent_table
from .sections.map import map_table


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    tables = [
        stakeholder_table(session, workflow, language),
        group_table(session, workflow, language),
        *(table for table in (map_table(session, workflow, language),) if table.rows),
        *coverage.tables(session, workflow, language),
        *engagement.tables(session, workflow, language),
        *(table for table in (consent_table(session, workflow, language),) if table.rows),
        overview_table(session, workflow, language),
    ]
    if options.contacts:
        tables.append(contact_table(session, workflow, language))
    return tables


def stakeholder_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Who has a stake, by group; without remarks or persons, which stay with the team."""
    say, named = language.say, workflow.name
    rows = [
        (
            row["name"],
            named("stakeholder_groups", row["group"]),
            named("engagement_levels", row["engagement"]),
            named("stakeholder_roles", row["role"]),
            row["interests"],
        )
        for row in reading.register(session)
    ]
    columns = (
        TableColumn("name", say("Stakeholder"), width=3, strong=True),
        TableColumn("group", say("Group"), width=2),
        TableColumn("engagement", say("Engagement"), width=1.2),
        TableColumn("role", say("Role"), width=1.2),
        TableColumn("interests", say("Interest in the matter"), width=3),
    )
    return Table("stakeholders", say("Stakeholders"), columns, rows, wide=True)


def group_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How many stakeholders each group has, and why a group has none."""
    say = language.say
    groups = reading.groups(session, workflow)
    explained = any(group.gap for group in groups)
    rows = [(group.name, group.count, group.gap)[: 3 if explained else 2] for group in groups]
    columns = (
        TableColumn("group", say("Group"), width=3, strong=True),
        TableColumn("count", say("Stakeholders"), "number", 0),
        TableColumn("gap", say("Reason where there is none"), width=3),
    )[: 3 if explained else 2]
    return Table(
        "stakeholder_groups",
        say("Groups represented"),
        columns,
        rows,
        total=(say("All groups"), sum(group.count for group in groups), "")[: len(columns)],
    )


def overview_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """What exists already, who holds it and what gap it leaves."""
    say, named = language.say, workflow.name
    rows = [
        (row["name"], named("overview_kinds", row["kind"]), row["holder"], row["year"], row["gap"], row["link"])
        for row in reading.overview(session)
    ]
    columns = (
        TableColumn("name", say("What exists"), width=3, strong=True),
        TableColumn("kind", say("Kind"), width=1.5),
        TableColumn("holder", say("Held by"), width=2),
        TableColumn("year", say("Year"), "year"),
        TableColumn("gap", say("Gap it leaves"), width=3),
        TableColumn("link", say("Where to find it"), width=2),
    )
    return Table("overview", say("Existing options and resources"), columns, rows, wide=True)


def contact_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Names and contact data; made only when a person asks for it."""
    say = language.say
    rows = [
        (row["stakeholder"], row["name"], row["position"], row["email"], row["phone"])
        for row in reading.contacts(session)
    ]
    columns = (
        TableColumn("stakeholder", say("Stakeholder"), width=3, strong=True),
        TableColumn("name", say("Name"), width=2),
        TableColumn("position", say("Position"), width=2),
        TableColumn("email", say("E-mail"), width=2),
        TableColumn("phone", say("Phone"), width=1.5),
    )
    return Table("contacts", say("Contacts"), columns, rows, wide=True)
