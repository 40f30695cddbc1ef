"""What the tables of stage 1 show: columns and rows, said in the person's language."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.library import PickEntry
from tna_desktop.ui.records import Choice, Column, Row

from . import reading


@dataclass(frozen=True)
class Shelf:
    """One model list to take from: its entries by group."""

    key: str
    title: str
    description: str
    kind: str
    groups: tuple[tuple[str, tuple[PickEntry, ...]], ...]


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
            help=say("Persons noted for this stakeholder; see the panel beside the table"),
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


def model_shelves(session: Session, workflow: Workflow, language: Language) -> list[Shelf]:
    """The model lists as they are offered: group by group, with reason and source; what is there already is marked.

    What stands in two lists under one key or one name is one entry: checked here, it is checked there.
    """
    there, say = reading.taken(session), language.say
    by_name: dict[str, str] = {}
    shelves = []
    for each in reading.model_lists(workflow):
        groups: dict[str, list[PickEntry]] = {
            entry.key: [] for entry in workflow.catalogue("stakeholder_groups").entries
        }
        for entry in each.entries:
            name = say(entry.name)
            key = by_name.setdefault(name.casefold(), entry.key)
            taken = key in there or name.casefold() in there
            groups.setdefault(entry.group, []).append(PickEntry(key, name, say(entry.reason), say(entry.source), taken))
        names = {key: workflow.name("stakeholder_groups", key) or say("No group") for key in groups}
        shelves.append(
            Shelf(
                each.key,
                say(each.title),
                say(each.description),
                each.kind,
                tuple((names[key], tuple(entries)) for key, entries in groups.items() if entries),
            )
        )
    return shelves


def unread_words(language: Language) -> str:
    """Which files of model lists cannot be read, and what to do; nothing where all can."""
    files = reading.unread_lists()
    return (
        language.say_n(
            "The model list {files} cannot be read, so it is missing here. Take this file from the installation again, "
            "or mend it in the folder “stakeholder_templates”, and open the lists anew.",
            "The model lists {files} cannot be read, so they are missing here. Take these files from the installation "
            "again, or mend them in the folder “stakeholder_templates”, and open the lists anew.",
            len(files),
            files=language.listing([language.say("“{name}”", name=name) for name in files]),
        )
        if files
        else ""
    )


# Consent -----------------------------------------------------------------------------------------------


def kind_names(language: Language) -> dict[str, str]:
    """What the kinds of entries are called that can have a consent record."""
    say = language.say
    return {
        "technology": say("Technologies"),
        "stakeholder": say("Knowledge held"),
        "overview_item": say("Existing options and resources"),
        "barrier": say("Barriers"),
        "measure": say("Measures"),
        "action": say("Actions"),
        "meeting": say("Meetings"),
    }


def consent_columns(workflow: Workflow, language: Language) -> list[Column]:
    """The columns of the consent list; what an entry is and what it says is changed where it stands."""
    say = language.say
    shown = [Choice("no", say("Withheld"), icon="eye-slash"), Choice("yes", say("May be shared"), icon="eye")]
    kinds = [Choice(key, name) for key, name in kind_names(language).items()]
    return [
        Column("entry", say("Entry"), width=250, strong=True, editable=False),
        Column("kind", say("Kind"), "choice", width=130, choices=kinds, editable=False, least=900),
        Column("whose", say("Whose knowledge"), width=130, editable=False),
        Column("form", say("Form of consent"), "choice", width=140, choices=choices(workflow, "consent_forms")),
        Column("given_on", say("Given on"), "date", width=96),
        Column("may_be_shown", say("In outputs"), "choice", width=112, choices=shown),
    ]


def consent_rows(session: Session, language: Language) -> list[Row]:
    """What waits for a record, then the records. An entry that waits stands under its own key."""
    say = language.say
    mark = {"may_be_shown": say("No consent record yet: nothing of it is withheld until a record says so")}

    def named(kind: str, name: str) -> str:
        return say("Knowledge of {name}", name=name) if kind == "stakeholder" and name else name

    rows = []
    for entry in reading.waiting(session):
        values = {"entry": named(entry.kind, entry.name), "kind": entry.kind, "record": entry.id, "waits": True}
        # No answer of the list, so its words stand there as they are.
        rows.append(Row(entry.id, {**values, "may_be_shown": say("Not withheld")}, mark))
    for row in reading.consents(session):
        gone = {} if row["entry"] else {"entry": say("This entry was removed")}
        values = {**row, "entry": named(row["kind"], row["entry"]), "waits": False}
        rows.append(Row(row["id"], {**values, "may_be_shown": "yes" if row["may_be_shown"] else "no"}, gone))
    return rows
