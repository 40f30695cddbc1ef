"""The section on engagement: how stakeholders were engaged, which meetings there were, and who came. No persons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.table import Table, TableColumn, printed
from tna_desktop.reports.words import in_words

from .. import reading, results


def engagement_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """Meetings held and planned, and participation by group; None while no meeting is noted."""
    say = language.say
    meetings = reading.meetings(session)
    if not meetings:
        return None
    groups, whole = results.participation(session, workflow)
    took_part = participation_table(session, workflow, language)
    outcomes = tuple(
        say("{meeting}: {outcome}", meeting=row["name"], outcome=row["outcome"].strip().split("\n\n")[0])
        for row in meetings
        if row["held"] and row["outcome"].strip()
    )
    return Section(
        say("How they were engaged"),
        (
            _meetings_sentence(meetings, language),
            *_participation_sentences(whole, sum(1 for row in meetings if row["held"]), language),
        ),
        tables=(
            _short(meeting_table(session, workflow, language)),
            *((took_part,) if groups else ()),
        ),
        bullets=outcomes,
    )


def tables(session: Session, workflow: Workflow, language: Language) -> list[Table]:
    """The tables of this step for the workbook; those without any row are left out."""
    made = (engagement_table, meeting_table, participation_table)
    return [table for table in (make(session, workflow, language) for make in made) if table.rows]


def engagement_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How and when each stakeholder is engaged."""
    say, named = language.say, workflow.name
    rows = [
        (
            row["name"],
            named("stakeholder_groups", row["group"]),
            named("engagement_levels", row["engagement"]),
            row["approach"],
            row["met_when"],
            row["meetings"],
        )
        for row in reading.plan(session)
        if row["engagement"] or row["approach"] or row["met_when"] or row["meetings"]
    ]
    columns = (
        TableColumn("name", say("Stakeholder"), width=3, strong=True),
        TableColumn("group", say("Group"), width=2),
        TableColumn("engagement", say("Engagement"), width=1.2),
        TableColumn("approach", say("How"), width=3),
        TableColumn("met_when", say("When"), width=1.5),
        TableColumn("meetings", say("Meetings invited to"), "number", 0),
    )
    return Table("engagement_plan", say("Engagement plan"), columns, rows, wide=True)


def meeting_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Every meeting: day, kind, stage served, place, how many were invited and came, and the outcome."""
    say, named = language.say, workflow.name
    stages = {stage.key: stage.title for stage in workflow.stages}
    rows = [
        (
            row["name"],
            row["held_on"],
            named("meeting_kinds", row["kind"]),
            stages.get(row["stage"], row["stage"]),
            row["place"],
            row["invited"] or None,
            row["came"] if row["held"] and row["invited"] else None,
            say("Held") if row["held"] else say("Planned"),
            row["outcome"],
        )
        for row in reading.meetings(session)
    ]
    columns = (
        TableColumn("name", say("Meeting"), width=3, strong=True),
        TableColumn("held_on", say("Day"), "date", width=1.4),
        TableColumn("kind", say("Kind"), width=1.5),
        TableColumn("stage", say("Stage"), width=1.5),
        TableColumn("place", say("Place"), width=1.5),
        TableColumn("invited", say("Invited"), "number", 0),
        TableColumn("came", say("Came"), "number", 0),
        TableColumn("state", say("State"), width=1),
        TableColumn("outcome", say("Outcome"), width=4),
    )
    return Table("meetings", say("Meetings"), columns, rows, wide=True)


def participation_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Who came to the meetings held, by group: organisations, women, men, and who was not counted."""
    say = language.say
    groups, whole = results.participation(session, workflow)

    def row(each: results.Participation, name: str) -> tuple[Any, ...]:
        return name, each.stakeholders, each.attendances, each.women, each.men, each.uncounted

    columns = (
        TableColumn("group", say("Group"), width=3, strong=True),
        TableColumn("stakeholders", say("Stakeholders who came"), "number", 0, 1.3),
        TableColumn("attendances", say("Times present"), "number", 0, 1.1),
        TableColumn("women", say("Women"), "number", 0),
        TableColumn("men", say("Men"), "number", 0),
        TableColumn("uncounted", say("Times not counted"), "number", 0, 1.2),
    )
    return Table(
        "participation",
        say("Participation by group"),
        columns,
        [row(each, each.name or say("No group")) for each in groups],
        note=say("Persons are counted at each meeting: whoever came to two meetings counts twice. A dash is unknown."),
        total=row(whole, say("All groups")) if groups else None,
    )


def _short(table: Table) -> Table:
    """The meetings as the chapter shows them: outcomes stand in words below, the stage in the workbook."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in ("stage", "outcome")]
    columns = tuple(table.columns[place] for place in kept)
    rows = [tuple(row[place] for place in kept) for row in table.rows]
    return printed(replace(table, columns=columns, rows=rows), "kind", "place", "invited", "came")


def _meetings_sentence(meetings: list[dict[str, Any]], language: Language) -> str:
    held = sum(1 for row in meetings if row["held"])
    planned = len(meetings) - held
    was_held = language.say_n(
        "One meeting was held", "{n} meetings were held", held, n=in_words(held, language, first=True)
    )
    more = language.say_n("one more is planned", "{n} more are planned", planned, n=in_words(planned, language))
    if held and planned:
        return language.say("{held}, and {planned}.", held=was_held, planned=more)
    if held:
        return language.say("{sentence}.", sentence=was_held)
    return language.say_n(
        "One meeting is planned; none was held yet.",
        "{n} meetings are planned; none was held yet.",
        planned,
        n=in_words(planned, language, first=True),
    )


def _participation_sentences(whole: results.Participation, held: int, language: Language) -> tuple[str, ...]:
    """How many came, and how many women and men as far as they were counted; nothing is made up for the rest."""
    if not whole.attendances:
        return ()
    say_n = language.say_n
    number = in_words(whole.stakeholders, language, first=True)
    if held == 1:
        came = say_n("One stakeholder came to it.", "{n} stakeholders came to it.", whole.stakeholders, n=number)
    else:
        came = say_n(
            "One stakeholder came to at least one of them.",
            "{n} stakeholders came to at least one of them.",
            whole.stakeholders,
            n=number,
        )
    if whole.women is None and whole.men is None:
        return came, language.say("Women and men were not counted.")
    counted = language.say(
        "{women} and {men} were counted.",
        women=_women(whole.women, language),
        men=_men(whole.men, language),
    )
    if not whole.uncounted:
        return came, counted
    rest = say_n(
        "For one presence, women and men were not both counted.",
        "For {n} presences, women and men were not both counted.",
        whole.uncounted,
        n=in_words(whole.uncounted, language),
    )
    return came, language.say("{first} {second}", first=counted, second=rest)


def _women(count: int | None, language: Language) -> str:
    if count is None:
        return language.say("An unknown number of women")
    return language.say_n("One woman", "{n} women", count)


def _men(count: int | None, language: Language) -> str:
    if count is None:
        return language.say("an unknown number of men")
    return language.say_n("one man", "{n} men", count)
