"""What the tables of stage 2 show: the criteria under their groups, as rows of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Entry, Workflow
from tna_desktop.ui.library import PickEntry
from tna_desktop.ui.records import Choice, Column, Row

from . import doubles, reading

#: The row under which criteria without a group stand; it is no record.
LOOSE = "-"


def tree_columns(language: Language, groups: Sequence[Choice] | Callable[[], Sequence[Choice]]) -> list[Column]:
    say = language.say
    return [
        Column("name", say("Criterion"), width=300, strong=True, required=True),
        Column(
            "direction",
            say("Direction"),
            "choice",
            width=132,
            choices=directions(language),
            required=True,
            help=say("Whether a high value is good or bad"),
        ),
        Column("unit", say("Unit"), width=96, help=say("Of a measured criterion; empty for one that is scored")),
        Column(
            "low",
            say("Low end"),
            "number",
            width=70,
            help=say("The lowest value of the scale; empty: the lowest one found"),
        ),
        Column(
            "high",
            say("High end"),
            "number",
            width=74,
            help=say("The highest value of the scale; empty: the highest one found"),
        ),
        Column(
            "short",
            say("Short name"),
            width=130,
            least=980,
            help=say("For matrix heads and charts: at most 22 characters"),
        ),
        Column("group_id", say("Group"), "choice", width=180, least=1080, choices=groups),
        Column("definition", say("Definition"), "long", width=240, least=-1),
        *anchor_columns(language),
        Column("applies_to", say("Applies to"), "choice", width=170, least=-1, choices=applicability(language)),
        Column("source", say("Source"), width=200, least=-1),
    ]


def anchor_columns(language: Language) -> list[Column]:
    """What each score means, from 1 to 5."""
    return [
        Column(
            f"anchor_{n}",
            language.say("{n} means", n=n),
            "long",
            width=200,
            least=-1,
            names=(str(n), language.say("Score {n}", n=n)),
        )
        for n in range(1, 6)
    ]


def listed_columns(language: Language) -> list[Column]:
    """A list of criteria as it goes to a worksheet and comes back: the group by its name, nothing but the name needed."""
    say = language.say
    shown = {column.key: column for column in tree_columns(language, ())}
    shown["group"] = Column("group", say("Group"))
    shown["direction"] = replace(shown["direction"], required=False)
    anchors = [column.key for column in anchor_columns(language)]
    keys = [
        "name",
        "group",
        "direction",
        "unit",
        "low",
        "high",
        *anchors,
        "source",
        "short",
        "definition",
        "applies_to",
    ]
    return [shown[key] for key in keys]


def gate_columns(language: Language) -> list[Column]:
    say = language.say
    return [
        Column("name", say("Gate"), width=210, strong=True, required=True),
        Column("question", say("Question"), "long", width=330),
        Column("applies_to", say("Applies to"), "choice", width=150, choices=applicability(language)),
        Column("source", say("Source"), width=170, least=980),
    ]


def directions(language: Language) -> list[Choice]:
    return [Choice("benefit", language.say("More is better")), Choice("cost", language.say("Less is better"))]


def applicability(language: Language) -> list[Choice]:
    say = language.say
    return [
        Choice("all", say("All technologies")),
        Choice("genetic_resources", say("Those that use genetic resources")),
        Choice("traditional_knowledge", say("Those that use traditional knowledge")),
    ]


def under_groups(
    groups: Iterable[dict[str, Any]], criteria: Sequence[dict[str, Any]], loose: str, every_group: bool = True
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each branch with its criteria, in the order of the tree; those without a group come last, under ``loose``.

    Without ``every_group`` only branches that have a criterion, be it further down.
    """
    found, groups = [], list(groups)
    parents, held = {group["id"]: group["parent_id"] for group in groups}, set()
    for row in criteria:
        above = row["group_id"]
        while above and above not in held:
            held.add(above)
            above = parents.get(above)
    for group in groups:
        inside = [row for row in criteria if row["group_id"] == group["id"]]
        if every_group or group["id"] in held:
            found.append((group, inside))
    rest = [row for row in criteria if not row["group_id"]]
    if rest:
        found.append(({"id": LOOSE, "name": loose, "short": loose, "parent_id": None, "depth": 0}, rest))
    return found


def tree_rows(session: Session, language: Language) -> list[Row]:
    """Branches and the criteria below them. ``branch`` says which is which, ``last`` ends a branch."""
    rows = []
    marks = tree_marks(session, language)
    branches = under_groups(reading.groups(session), reading.criteria(session), language.say("Without a group"))
    held = _held([(group, len(inside)) for group, inside in branches])
    for group, inside in branches:
        depth = group["depth"]
        short = group["short"] if group["short"] != group["name"] else ""
        rows.append(
            Row(
                group["id"],
                {
                    "branch": True,
                    "depth": depth,
                    "name": group["name"],
                    "short": short,
                    "group_id": group["parent_id"] or "",
                    "count": held[group["id"]],
                },
            )
        )
        for number, row in enumerate(inside, 1):
            last = number == len(inside)
            rows.append(
                Row(
                    row["id"],
                    {**row, "group_id": row["group_id"] or "", "branch": False, "depth": depth, "last": last},
                    marks.get(row["id"], {}),
                )
            )
    return rows


def tree_marks(session: Session, language: Language) -> dict[str, dict[str, str]]:
    """What wants a look in the tree, by criterion and column: names that may say the same, cost counted twice."""
    rows = reading.criteria(session)
    names = {row["id"]: row["name"] for row in rows}
    say = language.say
    marks: dict[str, dict[str, str]] = {}
    for row in doubles.cost_in_branches(rows, reading.top_group(session)):
        marks[row["id"]] = {
            "name": say("Cost is counted in another branch too. Keep it in one, or say how they differ.")
        }
    for first, second in doubles.near_doubles([(row["id"], row["name"]) for row in rows]):
        for id, other in ((first, second), (second, first)):
            marks[id] = {"name": say("May say the same as “{name}”.", name=names[other])}
    return marks


def _held(branches: Sequence[tuple[dict[str, Any], int]]) -> dict[str, int]:
    """How many criteria each branch holds, with those in the branches below it."""
    counts = {group["id"]: count for group, count in branches}
    for group, _ in reversed(branches):  # what hangs below is read later
        if group["parent_id"]:
            counts[group["parent_id"]] += counts[group["id"]]
    return counts


def model_groups(session: Session, workflow: Workflow, language: Language) -> list[tuple[str, list[PickEntry]]]:
    """The library of criteria as it is offered, group by group; what is in the tree already is marked."""
    there = {row["catalogue_key"] for row in reading.criteria(session)}
    names = {entry.key: entry.name for entry in workflow.catalogue("criteria_groups").entries}
    found: dict[str, list[PickEntry]] = {key: [] for key in names}
    for entry in workflow.catalogue("criteria").entries:
        about = _about_criterion(entry, language)
        pick = PickEntry(entry.key, entry.name, entry.definition, entry.source, entry.key in there, about)
        found.setdefault(entry.get("group", ""), []).append(pick)
    return [(names.get(key, key), entries) for key, entries in found.items() if entries]


def _about_criterion(entry: Entry, language: Language) -> tuple[str, ...]:
    """Direction, unit and applicability of a criterion of the library, and what its scores mean."""
    say = language.say
    kind = _name_of(directions(language), entry.get("direction", "benefit"))
    applies = _name_of(applicability(language), entry.get("applies_to") or "all")
    unit = entry.get("unit", "")
    head = [kind, say("in {unit}", unit=unit) if unit else say("scored"), say("applies to: {which}", which=applies)]
    anchors = entry.get("anchors") or {}
    scores = [say("{score}: {meaning}", score=score, meaning=text) for score, text in sorted(anchors.items())]
    return (say("{first} · {second} · {third}", first=head[0], second=head[1], third=head[2]), *scores)


def _name_of(choices: Sequence[Choice], key: str) -> str:
    return next((choice.name for choice in choices if choice.key == key), "")


def model_gates(session: Session, workflow: Workflow, language: Language) -> list[tuple[str, list[PickEntry]]]:
    """The library of gates as it is offered; what is there already is marked."""
    there = {row["catalogue_key"] for row in reading.gates(session)}
    say, kinds = language.say, applicability(language)
    entries = [
        PickEntry(
            entry.key,
            entry.name,
            entry.get("question", entry.definition),
            entry.source,
            entry.key in there,
            (
                *([entry.definition] if entry.definition != entry.get("question", entry.definition) else []),
                say("Applies to: {which}", which=_name_of(kinds, entry.get("applies_to") or "all")),
            ),
        )
        for entry in workflow.catalogue("gates").entries
    ]
    return [("", entries)] if entries else []


def core_keys(workflow: Workflow) -> list[str]:
    """The criteria to begin with."""
    return [entry.key for entry in workflow.catalogue("criteria").entries if entry.get("core")]
