"""The tables of stage 2: criteria with their scales, the gates, and the weights as set and as they count."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Table, TableColumn

from . import reading, results


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    return [
        criteria_table(session, workflow, language),
        weight_table(session, workflow, language),
        gate_table(session, workflow, language),
    ]


def criteria_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Each criterion with its group, direction, scale and what the scores mean."""
    say = language.say
    directions = {"benefit": say("More is better"), "cost": say("Less is better")}
    rows = [
        (
            row["name"],
            row["group"],
            directions.get(row["direction"], ""),
            row["unit"],
            row["low"],
            row["high"],
            row["anchor_1"],
            row["anchor_3"],
            row["anchor_5"],
            row["source"],
        )
        for row in reading.criteria(session)
    ]
    columns = (
        TableColumn("name", say("Criterion"), width=2.4, strong=True),
        TableColumn("group", say("Group"), width=1.6),
        TableColumn("direction", say("Direction"), width=1.1),
        TableColumn("unit", say("Unit"), width=0.8),
        TableColumn("low", say("Low end"), "number", width=0.7),
        TableColumn("high", say("High end"), "number", width=0.7),
        TableColumn("anchor_1", say("1 means"), width=2),
        TableColumn("anchor_3", say("3 means"), width=2),
        TableColumn("anchor_5", say("5 means"), width=2),
        TableColumn("source", say("Source"), width=1.6),
    )
    note = say("An empty end of the scale means that the lowest or highest score in the table is taken.")
    return Table("criteria", say("Criteria"), columns, rows, note=note, wide=True)


def weight_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The agreed weight as set and as a share, the mean of the groups, and each group's share."""
    say = language.say
    weights = results.weights(session, workflow)
    rows = [
        (
            each.name,
            each.as_set,
            each.share,
            *((each.mean, each.spread) if weights.voices else ()),
            *(each.groups.get(voice) for voice in weights.voices),
        )
        for each in weights.criteria
    ]
    columns = (
        TableColumn("name", say("Criterion"), width=2.6, strong=True),
        TableColumn("as_set", say("As set"), "number"),
        TableColumn("share", say("Counts as"), "percent", 1, width=1.5),
        *(
            (
                TableColumn("mean", say("Mean of groups"), "percent", 1, width=1.5),
                TableColumn("spread", say("Spread, points"), "number", 0),
            )
            if weights.voices
            else ()
        ),
        *(
            TableColumn(
                voice,
                workflow.catalogue("stakeholder_groups").find(voice).short or workflow.name("stakeholder_groups", voice)  # type: ignore[union-attr]
                if workflow.catalogue("stakeholder_groups").find(voice)
                else voice,
                "percent",
                0,
            )
            for voice in weights.voices
        ),
    )
    return Table(
        "weights",
        say("Weights"),
        columns,
        rows,
        note=origin_note(weights.origin, language),
        wide=len(weights.voices) > 3,
    )


def gate_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The conditions every technology must pass; they carry no weight."""
    say = language.say
    rows = [(row["name"], row["question"], row["source"]) for row in reading.gates(session)]
    columns = (
        TableColumn("name", say("Gate"), width=2, strong=True),
        TableColumn("question", say("Question"), width=4),
        TableColumn("source", say("Source"), width=2),
    )
    return Table("gates", say("Gates"), columns, rows, wide=True)


def origin_note(origin: str, language: Language) -> str:
    """Where the weights that count come from, in one sentence."""
    if origin == results.EQUAL:
        return language.say("No weight was set, so every criterion counts the same.")
    if origin == results.NONE:
        return language.say("There are no weights, so nothing can be ranked.")
    return language.say("Weights count as their share of the sum of all weights set.")
