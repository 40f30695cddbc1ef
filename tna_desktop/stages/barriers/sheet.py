"""The tables of stage 4: barriers by technology, those several technologies share, measures, and policy needs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Place, Table, TableColumn

from . import reading, results

#: How many barriers stand for a technology in which none is of the two heaviest classes.
FEW = 5


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    return [
        barrier_table(session, workflow, language),
        common_table(session, workflow, language),
        measure_table(session, workflow, language),
        policy_table(session, workflow, language),
    ]


def sides(language: Language) -> dict[str, str]:
    """On whose side a barrier stands."""
    return {"national": language.say("In the country"), "provider": language.say("On the provider’s side")}


def barrier_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Every barrier of every shortlisted technology, ranked, with what it is a cause of."""
    say, named = language.say, workflow.name
    order = results.ranked(session, workflow)
    rows = []
    for technology in reading.technologies(session):
        causes = {row["barrier_id"]: row for row in reading.causes(session, technology["id"])}
        for barrier in order[technology["id"]]:
            row = causes[barrier.barrier_id]
            above = causes.get(row["cause_of_id"])
            rows.append(
                (
                    technology["name"],
                    Place(barrier.place, barrier.tied),
                    row["name"],
                    named("barrier_categories", row["category"]),
                    named("barrier_classes", row["importance"]),
                    row["severity"],
                    row["ease"],
                    above["name"] if above else "",
                    named("transfer_phases", row["phase"]),
                    sides(language).get(row["side"], ""),
                    row["who_can_lift"],
                    row["measures"],
                    row["evidence"],
                )
            )
    columns = (
        TableColumn("technology", say("Technology"), width=2, strong=True),
        TableColumn("place", say("Place"), "number", 0, width=0.6),
        TableColumn("name", say("Barrier"), width=3, strong=True),
        TableColumn("category", say("Kind"), width=1.6),
        TableColumn("importance", say("Class"), width=1.1),
        TableColumn("severity", say("Severity, 1 to 5"), "rating"),
        TableColumn("ease", say("Ease, 1 to 5"), "rating"),
        TableColumn("cause_of", say("Cause of"), width=2),
        TableColumn("phase", say("Phase"), width=1.4),
        TableColumn("side", say("Side"), width=1.2),
        TableColumn("who", say("Who can lift it"), width=1.6),
        TableColumn("measures", say("Measures"), "number", 0, width=0.8),
        TableColumn("evidence", say("Evidence"), width=2),
    )
    return Table("barriers", say("Barriers"), columns, rows, note=order_note(language), wide=True)


def technology_table(session: Session, workflow: Workflow, language: Language, technology: dict[str, str]) -> Table:
    """The barriers of one technology, as they stand in the report."""
    say, named = language.say, workflow.name
    rows = [
        (
            Place(each.place, each.tied),
            each.name,
            named("barrier_categories", each.category),
            named("barrier_classes", each.importance),
            each.severity,
            each.ease,
            each.measures,
        )
        for each in results.ranked(session, workflow)[technology["id"]]
    ]
    columns = (
        TableColumn("place", say("Place"), "number", 0, width=0.7),
        TableColumn("name", say("Barrier"), width=4.2, strong=True),
        TableColumn("category", say("Kind"), width=3),
        TableColumn("importance", say("Class"), width=1.4),
        TableColumn("severity", say("Severity, 1 to 5"), "rating"),
        TableColumn("ease", say("Ease, 1 to 5"), "rating"),
        TableColumn("measures", say("Measures"), "number", 0, width=0.9),
    )
    title = say("Barriers to {technology}", technology=technology["name"])
    return Table(
        f"barriers_{technology['id']}", title, columns, rows, note=order_note(language), wide=True, part_of="barriers"
    )


def weighty_table(session: Session, workflow: Workflow, language: Language, technology: dict[str, str]) -> Table:
    """The barriers of one technology that weigh most, each with the measures that would lift it."""
    say, named = language.say, workflow.name
    measures: dict[str, list[str]] = {}
    for row in reading.measures(session):
        measures.setdefault(row["barrier_id"], []).append(row["name"])
    rows = [
        (
            each.name,
            named("barrier_categories", each.category),
            named("barrier_classes", each.importance),
            each.severity,
            some_names(measures.get(each.barrier_id, []), language),
        )
        for each in weighty(results.ranked(session, workflow)[technology["id"]], workflow)
    ]
    columns = (
        TableColumn("name", say("Barrier"), width=3, strong=True),
        TableColumn("category", say("Kind"), width=2),
        TableColumn("importance", say("Class"), width=1.1),
        TableColumn("severity", say("Severity, 1 to 5"), "rating"),
        TableColumn("measures", say("What would lift it"), width=3.2),
    )
    title = say("The weightiest barriers to {technology}", technology=technology["name"])
    return Table(f"weighty_{technology['id']}", title, columns, rows, wide=True, part_of="barriers")


def weighty(ranked: Sequence[results.RankedBarrier], workflow: Workflow) -> list[results.RankedBarrier]:
    """The barriers a reader must know: those of the two heaviest classes, or the first few where none is so heavy."""
    heaviest = {entry.key for entry in workflow.catalogue("barrier_classes").entries[:2]}
    found = [each for each in ranked if each.importance in heaviest]
    return found or list(ranked[:FEW])


def some_names(names: Sequence[str], language: Language) -> str:
    """At most two names, then how many more."""
    if len(names) <= 2:
        return "; ".join(names)
    return language.say_n("{names} and one more", "{names} and {n} more", len(names) - 2, names="; ".join(names[:2]))


def measure_list(session: Session, workflow: Workflow, language: Language) -> Table:
    """The measures as the annex lists them: fewer columns, the same values."""
    say, named = language.say, workflow.name
    ways = ("policy_need", say("Policy needs")), ("to_plan", say("Action plan"))
    rows = [
        (
            row["name"],
            row["barrier"],
            named("measure_kinds", row["kind"]),
            row["effect"],
            row["ease"],
            row["beneficiaries"],
            "; ".join(words for name, words in ways if row[name]),
        )
        for row in reading.measures(session)
    ]
    columns = (
        TableColumn("name", say("Measure"), width=3, strong=True),
        TableColumn("barrier", say("Answers barrier"), width=2.8),
        TableColumn("kind", say("Kind"), width=1.6),
        TableColumn("effect", say("Effect, 1 to 5"), "rating", width=0.8),
        TableColumn("ease", say("Ease, 1 to 5"), "rating", width=0.8),
        TableColumn("beneficiaries", say("Who gains"), width=1.8),
        TableColumn("way", say("Goes into"), width=1.2),
    )
    return Table("measure_list", say("All measures"), columns, rows, wide=True, part_of="measures")


def common_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Barriers that hinder more than one technology, and what lifting them would open."""
    say, named = language.say, workflow.name
    rows = [
        (
            each.name,
            named("barrier_classes", each.importance),
            each.severity,
            len(each.technologies),
            ", ".join(each.technologies),
            len(each.consequences),
            each.measures,
        )
        for each in results.common(session, workflow)
    ]
    columns = (
        TableColumn("name", say("Barrier"), width=3, strong=True),
        TableColumn("importance", say("Class"), width=1.2),
        TableColumn("severity", say("Severity, 1 to 5"), "rating"),
        TableColumn("count", say("Technologies"), "number", 0),
        TableColumn("technologies", say("Lifting it helps"), width=3),
        TableColumn("consequences", say("Barriers that follow"), "number", 0, width=1.1),
        TableColumn("measures", say("Measures"), "number", 0, width=0.9),
    )
    return Table("common_barriers", say("Common barriers"), columns, rows, wide=True)


def measure_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """What would lift each barrier, how well and how easily, and who gains."""
    say, named = language.say, workflow.name
    rows = [
        (
            row["name"],
            row["barrier"],
            named("measure_kinds", row["kind"]),
            row["effect"],
            row["ease"],
            row["beneficiaries"],
            ", ".join(row["technologies"]),
            say("yes") if row["policy_need"] else "",
            say("yes") if row["to_plan"] else "",
        )
        for row in reading.measures(session)
    ]
    columns = (
        TableColumn("name", say("Measure"), width=3, strong=True),
        TableColumn("barrier", say("Answers barrier"), width=2.6),
        TableColumn("kind", say("Kind"), width=1.4),
        TableColumn("effect", say("Effect, 1 to 5"), "rating"),
        TableColumn("ease", say("Ease, 1 to 5"), "rating"),
        TableColumn("beneficiaries", say("Who gains"), width=1.8),
        TableColumn("technologies", say("Technologies"), width=2),
        TableColumn("policy_need", say("Policy need"), width=0.9),
        TableColumn("to_plan", say("To the action plan"), width=0.9),
    )
    return Table("measures", say("Measures"), columns, rows, wide=True)


def policy_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The laws and rules that must change, by law and by the body that can act; unnamed ones come last."""
    say = language.say
    needs = sorted(
        reading.policy_needs(session),
        key=lambda row: (not row["law"], row["law"].casefold(), not row["body"], row["body"].casefold()),
    )
    rows = [(row["law"], row["body"], row["name"], row["barrier"], ", ".join(row["technologies"])) for row in needs]
    columns = (
        TableColumn("law", say("Law or rule"), width=2),
        TableColumn("body", say("Body that can act"), width=2),
        TableColumn("name", say("What must change"), width=3, strong=True),
        TableColumn("barrier", say("Answers barrier"), width=2.4),
        TableColumn("technologies", say("Technologies"), width=2),
    )
    return Table("policy_needs", say("Policy needs"), columns, rows, wide=True)


def order_note(language: Language) -> str:
    """How barriers are put in order, in one sentence."""
    return language.say("By class, then by severity; equal barriers share a place.")
