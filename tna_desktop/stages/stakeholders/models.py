"""What the tables of stage 1 show: columns and rows, said in the person's language."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.library import PickEntry
from tna_desktop.ui.records import Choice, Column, Row

from . import reading


def choices(workflow: Workflow, catalogue: str) -> list[Choice]:
    return [Choice(entry.key, entry.name) for entry in workflow.catalogue(catalogue).entries]


def group_choices(workflow: Workflow) -> list[Choice]:
    """The groups of stakeholders, each with its shape."""
    return [
        Choice(entry.key, entry.name, group=entry.key) for entry in workflow.catalogue("stakeholder_groups").entries
    ]


def register_columns(workflow: Workflow, language: Language) -> list[Column]:
    """The register's columns; those that need a wide window come last."""
    say = language.say
    return [
        Column(
            "name",
            say("Stakeholder"),
            width=250,
            strong=True,
            required=True,
            names=("Organisation", "Organization", "Institution", "Name"),
        ),
        Column("group", say("Group"), "choice", width=176, choices=group_choices(workflow), names=("Type", "Category")),
        Column("influence", say("Influence"), "rating", width=84, help=say("Power to decide or to block, from 1 to 5")),
        Column("interest", say("Interest"), "rating", width=84, help=say("How much is at stake for them, from 1 to 5")),
        Column(
            "engagement",
            say("Engagement"),
            "choice",
            width=102,
            choices=choices(workflow, "engagement_levels"),
            help=say("How they take part in this assessment"),
        ),
        Column("role", say("Role"), "choice", width=120, least=1040, choices=choices(workflow, "stakeholder_roles")),
        Column(
            "contacts",
            say("Contacts"),
            "number",
            width=84,
            least=1150,
            editable=False,
            decimals=0,
            help=say("Persons noted for this stakeholder; see the Contacts tab"),
        ),
        Column("region", say("Region"), width=120, least=1280),
        Column("interests", say("Interest in the matter"), "long", width=150, least=1400),
        Column("knowledge", say("Knowledge held"), "long", width=150, least=1560),
        Column("language", say("Language"), width=110, least=1800),
        Column(
            "short",
            say("Short name"),
            width=130,
            least=-1,
            help=say("For maps, charts and the wall: at most 22 characters"),
        ),
        Column("affected", say("How it is affected"), "long", width=190, least=-1),
    ]


def register_rows(session: Session) -> list[Row]:
    return [Row(row["id"], {**row, "contacts": row["contacts"] or None}) for row in reading.register(session)]


def overview_columns(workflow: Workflow, language: Language) -> list[Column]:
    say = language.say
    return [
        Column(
            "name",
            say("What exists"),
            width=250,
            strong=True,
            required=True,
            names=("Name", "Title", "Option", "Resource"),
        ),
        Column(
            "kind",
            say("Kind"),
            "choice",
            width=122,
            choices=choices(workflow, "overview_kinds"),
            names=("Type", "Category"),
        ),
        Column("holder", say("Held by"), width=118, names=("Holder", "Owner", "Institution")),
        Column("year", say("Year"), "year", width=64),
        Column("gap", say("Gap it leaves"), "long", width=170, names=("Gap",)),
        Column("link", say("Where to find it"), width=150, least=980, names=("Link", "Source", "Address", "URL")),
    ]


def overview_rows(session: Session) -> list[Row]:
    return [Row(row["id"], row) for row in reading.overview(session)]


def model_groups(session: Session, workflow: Workflow, language: Language) -> list[tuple[str, list[PickEntry]]]:
    """The model list as it is offered: group by group, with reason and source; what is there already is marked."""
    there = reading.taken(session)
    say = language.say
    groups: dict[str, list[PickEntry]] = {entry.key: [] for entry in workflow.catalogue("stakeholder_groups").entries}
    for entry in reading.model_list(workflow.key):
        name = say(entry["name"])
        taken = entry["key"] in there or name.casefold() in there
        groups.setdefault(entry["group"], []).append(
            PickEntry(entry["key"], name, say(entry.get("reason", "")), say(entry.get("source", "")), taken)
        )
    return [(workflow.name("stakeholder_groups", key), entries) for key, entries in groups.items() if entries]
