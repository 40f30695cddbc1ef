"""What the two tables of the engagement plan show: how each stakeholder is engaged, and the meetings."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.records import Choice, Column, Row

from .. import reading, results
from ..models import choices, group_choices


def plan_columns(workflow: Workflow, language: Language) -> list[Column]:
    say = language.say
    return [
        Column("name", say("Stakeholder"), width=210, strong=True, editable=False),
        Column("group", say("Group"), "choice", width=150, least=900, choices=group_choices(workflow), editable=False),
        Column(
            "suggested",
            say("Suggested"),
            "computed",
            width=96,
            help=say("The level that follows from its place on the influence map"),
        ),
        Column(
            "engagement",
            say("Engagement"),
            "choice",
            width=112,
            choices=choices(workflow, "engagement_levels"),
            help=say("How they take part in this assessment"),
        ),
        Column("approach", say("How"), "text", width=180, help=say("Workshop, interview, letter, visit …")),
        Column("met_when", say("When"), "text", width=112, help=say("A month, a season, or before which decision")),
        Column(
            "meetings",
            say("Meetings"),
            "number",
            width=84,
            least=800,
            editable=False,
            decimals=0,
            help=say("Meetings it is invited to"),
        ),
    ]


def plan_rows(workflow: Workflow) -> Callable[[Session], list[Row]]:
    def rows(session: Session) -> list[Row]:
        levels = results.suggested_levels(session, workflow)
        return [
            Row(
                row["id"],
                {
                    **row,
                    "suggested": workflow.name("engagement_levels", levels.get(row["id"], "")),
                    "meetings": row["meetings"] or None,
                },
            )
            for row in reading.plan(session)
        ]

    return rows


def meeting_columns(workflow: Workflow, language: Language) -> list[Column]:
    say = language.say
    return [
        Column(
            "name", say("Meeting"), width=200, strong=True, required=True, names=("Name", "Title", "Event", "Workshop")
        ),
        Column("held_on", say("Day"), "date", width=104, names=("Date", "Held on")),
        Column("place", say("Place"), width=104, names=("Where", "Venue")),
        Column("kind", say("Kind"), "choice", width=110, choices=choices(workflow, "meeting_kinds"), names=("Type",)),
        Column(
            "stage",
            say("Stage"),
            "choice",
            width=104,
            choices=[Choice(stage.key, stage.title) for stage in workflow.stages],
            help=say("The stage this meeting serves"),
        ),
        Column("came", say("Came"), "computed", width=84, help=say("How many came of those invited")),
        Column("held", say("Held"), "flag", width=56),
        Column("hours", say("Hours"), width=110, least=960, names=("Time",)),
        Column("language", say("Language"), width=100, least=1080),
        Column("agenda", say("Agenda"), "long", width=150, least=1240),
        Column("outcome", say("Outcome"), "long", width=170, least=1400),
    ]


def meeting_rows(language: Language) -> Callable[[Session], list[Row]]:
    def rows(session: Session) -> list[Row]:
        return [Row(row["id"], {**row, "came": came_words(row, language)}) for row in reading.meetings(session)]

    return rows


def came_words(row: dict, language: Language) -> str:
    """How many came of those invited; while it was not held, only how many are invited."""
    if not row["invited"]:
        return ""
    if not row["held"]:
        return language.number(row["invited"])
    return language.say(
        "{came} of {invited}", came=language.number(row["came"]), invited=language.number(row["invited"])
    )
