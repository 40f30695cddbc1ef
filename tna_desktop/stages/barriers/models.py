"""The tables of stage 4 as screens show them: columns, rows and the lists to choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Entry, Workflow
from tna_desktop.ui.cell_values import Choice, Column, Row
from tna_desktop.ui.library import PickEntry

from . import reading, sheet

Choices = Callable[[], list[Choice]]


def choices(workflow: Workflow, catalogue: str) -> list[Choice]:
    """A catalogue as choices, with its icons."""
    return [
        Choice(entry.key, entry.name, icon=entry.get("icon") or "") for entry in workflow.catalogue(catalogue).entries
    ]


def short_choices(workflow: Workflow, catalogue: str) -> list[Choice]:
    """As choices(), with the short names where there are any: for narrow columns."""
    return [
        Choice(entry.key, entry.short or entry.name, icon=entry.get("icon") or "")
        for entry in workflow.catalogue(catalogue).entries
    ]


def cause_columns(workflow: Workflow, language: Language, here: Choices) -> list[Column]:
    """The barriers of one technology; ``here`` are the barriers that another one may be a cause of."""
    say = language.say
    sides = [Choice(key, name) for key, name in sheet.sides(language).items()]
    return [
        Column(
            "name",
            say("Barrier"),
            width=272,
            strong=True,
            required=True,
            names=(say("Obstacle"), say("Cause")),
        ),
        Column(
            "category",
            say("Kind"),
            "choice",
            width=138,
            choices=short_choices(workflow, "barrier_categories"),
            names=(say("Category"),),
        ),
        Column(
            "importance",
            say("Class"),
            "choice",
            width=106,
            choices=choices(workflow, "barrier_classes"),
            help=say("How much hangs on it"),
        ),
        Column("severity", say("Severity"), "rating", width=76, help=say("1 is a nuisance, 5 stops everything")),
        Column("ease", say("Ease"), "rating", width=76, help=say("1 can hardly be lifted, 5 easily")),
        Column(
            "cause_of_id",
            say("Cause of"),
            "choice",
            width=126,
            choices=here,
            help=say("The barrier that follows from this one"),
        ),
        Column(
            "measures",
            say("Measures"),
            "computed",
            width=76,
            least=900,
            help=say("How many measures answer it"),
        ),
        Column("others", say("Also hinders"), "computed", width=150, least=1180),
        Column(
            "phase",
            say("Phase"),
            "choice",
            width=140,
            choices=choices(workflow, "transfer_phases"),
            least=1340,
        ),
        Column("side", say("Side"), "choice", width=120, choices=sides, least=1470),
        Column("who_can_lift", say("Who can lift it"), "text", width=160, least=1600),
        Column("definition", say("Description"), "long", width=220, least=-1),
        Column("evidence", say("Evidence"), "long", width=220, least=-1),
    ]


def cause_rows(session: Session, technology_id: str | None, language: Language) -> list[Row]:
    return [
        Row(row["id"], {**row, "others": language.listing(row["others"])})
        for row in reading.causes(session, technology_id)
    ]


def measure_columns(workflow: Workflow, language: Language, barriers: Choices) -> list[Column]:
    """Measures with the barrier each answers."""
    say = language.say
    return [
        Column("name", say("Measure"), width=280, strong=True, required=True),
        Column(
            "barrier_id",
            say("Answers barrier"),
            "choice",
            width=184,
            choices=barriers,
            names=(say("Barrier"),),
        ),
        Column("kind", say("Kind"), "choice", width=112, choices=short_choices(workflow, "measure_kinds")),
        Column("effect", say("Effect"), "rating", width=80, help=say("1 hardly helps, 5 lifts the barrier")),
        Column("ease", say("Ease"), "rating", width=80, help=say("1 can hardly be done, 5 easily")),
        Column("to_plan", say("To the plan"), "flag", width=86, help=say("It goes on to the action plan")),
        Column(
            "policy_need",
            say("Policy need"),
            "flag",
            width=88,
            help=say("A law or rule must change for it"),
            least=930,
        ),
        Column("beneficiaries", say("Who gains"), width=150, least=1100),
        Column("technologies", say("Helps"), "computed", width=160, least=1280),
        Column("definition", say("Description"), "long", width=220, least=-1),
    ]


def measure_rows(session: Session, language: Language) -> list[Row]:
    """Measures by barrier; one that answers none is marked."""
    mark = {"barrier_id": language.say("This measure answers no barrier yet.")}
    return [
        Row(
            row["id"],
            {**row, "technologies": language.listing(row["technologies"])},
            {} if row["barrier_id"] else mark,
        )
        for row in reading.measures(session)
    ]


def policy_columns(language: Language, barriers: Choices) -> list[Column]:
    """What must change, in which law, and who can act."""
    say = language.say
    return [
        Column("name", say("What must change"), width=240, strong=True, required=True),
        Column("law", say("Law or rule"), width=150),
        Column("body", say("Body that can act"), width=150),
        Column("barrier_id", say("Answers barrier"), "choice", width=170, choices=barriers),
        Column("to_plan", say("To the plan"), "flag", width=86, help=say("It goes on to the action plan")),
        Column("effect", say("Effect"), "rating", width=80, least=1000),
        Column("ease", say("Ease"), "rating", width=80, least=1000),
        Column("technologies", say("Helps"), "computed", width=160, least=1100),
        Column("beneficiaries", say("Who gains"), width=150, least=1500),
        Column("definition", say("Description"), "long", width=220, least=-1),
    ]


def policy_rows(session: Session, language: Language) -> list[Row]:
    mark = {"body": language.say("It is not said who can act on this.")}
    return [
        Row(
            row["id"],
            {**row, "technologies": language.listing(row["technologies"])},
            {} if row["body"] else mark,
        )
        for row in reading.policy_needs(session)
    ]


def barrier_choices(session: Session, workflow: Workflow) -> list[Choice]:
    """The barriers that a measure may answer: those of the shortlist, and any that has a measure already."""
    return [
        Choice(row["id"], row["name"], icon=category_icon(workflow, row["category"]))
        for row in reading.barriers(session)
        if row["shortlisted"] or row["measures"]
    ]


def category_icon(workflow: Workflow, category: str) -> str:
    entry = workflow.catalogue("barrier_categories").find(category)
    return (entry.get("icon") or "") if entry else ""


def barrier_library(
    session: Session, workflow: Workflow, language: Language, technology_id: str
) -> list[tuple[str, list[PickEntry]]]:
    """What can be taken over as a barrier: those written for other technologies first, then the catalogue by kind.

    Keys are ``barrier:<id>`` and ``model:<key>``.
    """
    written, here = (
        reading.barriers(session),
        {row["barrier_id"] for row in reading.causes(session, technology_id)},
    )
    names = {row["id"]: row["short"] for row in reading.technologies(session)}
    entries = []
    for row in written:
        where = language.listing([names[id] for id in row["shortlisted"] if id != technology_id])
        said = language.say("Hinders {technologies}.", technologies=where) if where else row["definition"]
        if row["id"] not in here:
            entries.append(PickEntry(f"barrier:{row['id']}", row["name"], said))
    taken = {row["catalogue_key"] for row in written if row["id"] in here}
    elsewhere = {row["catalogue_key"] for row in written} - taken
    groups = [(language.say("Written for other technologies"), entries)] if entries else []
    for category in workflow.catalogue("barrier_categories").entries:
        models = [
            _model(entry, entry.key in taken)
            for entry in workflow.catalogue("barriers").entries
            if entry.get("category") == category.key and entry.key not in elsewhere
        ]
        if models:
            groups.append((category.name, models))
    return groups


def measure_library(
    session: Session, workflow: Workflow, language: Language, barrier_id: str | None = None
) -> list[tuple[str, list[PickEntry]]]:
    """Measures that suit each barrier without one (or the barrier named), by the barrier's kind.

    Keys are ``<barrier id>:<entry key>``.
    """
    rows: list[dict[str, Any]] = reading.shortlist_barriers(session)
    rows = [row for row in rows if (row["id"] == barrier_id if barrier_id else not row["measures"])]
    there = {(row["barrier_id"], row["catalogue_key"]) for row in reading.measures(session)}
    groups = []
    for row in rows:
        entries = [
            PickEntry(
                f"{row['id']}:{entry.key}",
                entry.name,
                entry.definition,
                entry.source,
                (row["id"], entry.key) in there,
            )
            for entry in workflow.catalogue("measures").entries
            if row["category"] in (entry.get("for_categories") or ())
        ]
        if entries:
            groups.append((row["name"], entries))
    return groups


def policy_library(session: Session, workflow: Workflow, language: Language) -> list[tuple[str, list[PickEntry]]]:
    taken = {row["catalogue_key"] for row in reading.measures(session)}
    entries = [_model(entry, entry.key in taken) for entry in workflow.catalogue("policy_needs").entries]
    return [
        (
            "",
            [
                PickEntry(each.key.removeprefix("model:"), each.name, each.definition, each.source, each.taken)
                for each in entries
            ],
        )
    ]


def _model(entry: Entry, taken: bool) -> PickEntry:
    return PickEntry(f"model:{entry.key}", entry.name, entry.definition, entry.source, taken)
