"""The tables of stage 2: criteria with their scales, the weights and how they were given, where groups differ, the gates."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Table, TableColumn

from . import reading, results
from .limits import spread_limit


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    return [
        criteria_table(session, workflow, language),
        weight_table(session, workflow, language),
        *(
            table
            for table in (ways_table(session, workflow, language), agreement_table(session, workflow, language))
            if table.rows
        ),
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
                short_group(workflow, voice),
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


def ways_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How weights were given: by group, round and way, with how many answered; never who."""
    say = language.say
    ways = results.ways(session, workflow)
    rows = [
        (
            workflow.name("stakeholder_groups", each.group),
            each.round,
            workflow.name("weighing_methods", each.method) if each.method else say("Set by the group itself"),
            say("The group together") if each.together else say("Each on their own"),
            each.complete,
            each.incomplete,
            each.consistency,
        )
        for each in ways
    ]
    columns = (
        TableColumn("group", say("Group"), width=2.2, strong=True),
        TableColumn("round", say("Round"), "number", 0, width=0.7),
        TableColumn("method", say("How weights were given"), width=1.8),
        TableColumn("together", say("Who answered"), width=1.5),
        TableColumn("complete", say("Counted"), "number", 0, width=0.8),
        TableColumn("incomplete", say("Not complete"), "number", 0, width=0.9),
        TableColumn("consistency", say("Contradiction"), "number", 2, width=1.1),
    )
    note = say(
        "Contradiction is that of the ballot whose comparisons fit worst: 0 is none, and for pairs up to 0.10 is good enough."
    )
    compared = any(each.consistency is not None for each in ways)
    return Table("weighing", say("How weights were given"), columns, rows, note=note if compared else "", wide=True)


def agreement_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Where the groups stand on each criterion, the widest spread first, and the agreed weight with its reason."""
    say = language.say
    found = results.agreement(session, workflow, threshold=spread_limit(workflow))
    ordered = [found.criterion(id) for id in found.by_spread] if found else []
    rows = [
        (
            each.name,
            each.spread,
            each.lowest if each.spread is not None else None,
            short_group(workflow, each.lowest_group) if each.spread else "",
            each.highest if each.spread is not None else None,
            short_group(workflow, each.highest_group) if each.spread else "",
            each.mean,
            each.agreed,
            each.reason,
        )
        for each in ordered
        if each is not None
    ]
    columns = (
        TableColumn("name", say("Criterion"), width=2.2, strong=True),
        TableColumn("spread", say("Spread, points"), "number", 0, width=0.8),
        TableColumn("lowest", say("Lowest"), "percent", 0, width=0.8),
        TableColumn("lowest_group", say("Given by"), width=1.2),
        TableColumn("highest", say("Highest"), "percent", 0, width=0.8),
        TableColumn("highest_group", say("Given by"), width=1.2),
        TableColumn("mean", say("Mean of groups"), "percent", 1, width=0.9),
        TableColumn("agreed", say("Agreed"), "percent", 1, width=0.9),
        TableColumn("reason", say("Reason"), width=4),
    )
    note = agreement_note(found, language) if found else ""
    return Table("agreement", say("Where groups differ"), columns, rows, note=note, wide=True)


def agreement_note(found: results.Agreement, language: Language) -> str:
    """How far the orders agree, in plain words with the number behind them."""
    words = language.tell(results.order_words(found.concordance.reading))
    if found.concordance.w is None:
        return words
    return language.say(
        "{words} On a scale from 0 (everyone another order) to 1 (the same order) this is {w}.",
        words=words,
        w=language.number(found.concordance.w, 2),
    )


def short_group(workflow: Workflow, key: str) -> str:
    """A stakeholder group as a narrow column names it."""
    entry = workflow.catalogue("stakeholder_groups").find(key)
    return (entry.short or entry.name) if entry else key


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
