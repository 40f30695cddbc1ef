"""What good looks like where weights are set, computed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import half_up, message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading, results
from .each import each_criterion


def weights_agreed(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every criterion has an agreed weight."""
    rows = reading.criteria(session)
    weighed = [row for row in rows if row["weight"] is not None]
    if not weighed:
        return Finding(
            "weights_agreed",
            State.OPEN,
            message("No weight is agreed yet; all criteria count the same."),
            (Place(step),),
        )
    if not any(row["weight"] for row in weighed):
        nothing = message("Every agreed weight is zero, so nothing can be ranked.")
        return Finding("weights_agreed", State.ATTENTION, nothing, (Place(step, weighed[0]["id"], "weight"),))
    lacking = [row for row in rows if row["weight"] is None]
    return each_criterion(
        "weights_agreed",
        step,
        rows,
        lacking,
        "weight",
        message("Every criterion has an agreed weight."),
        lambda n: message_n(
            "One criterion has no agreed weight and does not count.",
            "{n} criteria have no agreed weight and do not count.",
            n,
        ),
    )


def groups_weighed(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Enough stakeholder groups gave a weight to every criterion."""
    count = len(results.weights(session, workflow).voices)
    text = message_n("One group has weighed every criterion.", "{n} groups have weighed every criterion.", count)
    state = State.GOOD if count >= at_least else State.ATTENTION if count else State.OPEN
    return Finding("groups_weighed", state, text, () if state is State.GOOD else (Place(step),))


def no_criterion_dominates(session: Session, workflow: Workflow, step: str, *, at_most_share: float = 0.4) -> Finding:
    """No single criterion carries so much weight that it decides alone."""
    weights = results.weights(session, workflow)
    if weights.origin == results.NONE or not weights.criteria:
        return Finding("no_criterion_dominates", State.OPEN, message("There are no weights yet."), (Place(step),))
    heaviest = max(weights.criteria, key=lambda each: each.share)
    text = message(
        "The heaviest criterion is {name}, with {share} % of the weight.",
        name=heaviest.name,
        share=half_up(heaviest.share, 2) * 100,
    )
    good = heaviest.share <= at_most_share or len(weights.criteria) == 1
    return Finding(
        "no_criterion_dominates",
        State.GOOD if good else State.ATTENTION,
        text,
        () if good else (Place(step, heaviest.id, "weight"),),
    )


def weights_disputed(session: Session, workflow: Workflow, step: str, *, spread_points: float = 14) -> Finding:
    """The groups' weights do not lie far apart, or it is known where they do."""
    weights = results.weights(session, workflow)
    if len(weights.voices) < 2:
        return Finding(
            "weights_disputed",
            State.OPEN,
            message("Two groups have to weigh before their weights can be compared."),
            (Place(step),),
        )
    apart = [each for each in weights.criteria if each.spread is not None and each.spread > spread_points]
    settled = reading.settled(session)
    if apart and all(each.id in settled for each in apart):
        words = message_n(
            "The groups are far apart on one criterion; its weight was discussed and settled.",
            "The groups are far apart on {n} criteria; their weights were discussed and settled.",
            len(apart),
        )
        return Finding("weights_disputed", State.GOOD, words)
    apart = [each for each in apart if each.id not in settled]
    return each_criterion(
        "weights_disputed",
        step,
        list(weights.criteria),
        [{"id": each.id} for each in apart],
        "weight",
        message("The groups' weights lie close together."),
        lambda n: message_n(
            "On one criterion the groups are far apart: discuss it.",
            "On {n} criteria the groups are far apart: discuss them.",
            n,
        ),
    )


def answers_consistent(session: Session, workflow: Workflow, step: str, *, at_most_ratio: float = 0.1) -> Finding:
    """People's comparisons do not contradict each other much; only answers that everybody may see are looked at.

    ``at_most_ratio`` is for pairs; for the best and the worst criterion the published threshold counts.
    """
    name = "answers_consistent"
    shown = reading.shown_round(session)
    ballots = reading.ballots(session, shown.id) if shown else []
    nodes = {level: reading.nodes(session, level) for level in {row.level for row in ballots}}
    asked = [
        (row, results.outcome(nodes[row.level], row.method, row.level, row.answers, repair=False)) for row in ballots
    ]
    compared = [(row, each.consistency) for row, each in asked if each.complete and each.consistency]
    if not compared:
        if ballots or results.weights(session, workflow).voices:
            text = message("Nobody compared criteria with each other, so no answers can contradict each other.")
            return Finding(name, State.GOOD, text)
        return Finding(name, State.OPEN, message("Nobody has answered yet."), (Place(step),))
    doubtful = [
        row
        for row, each in compared
        if (each.ratio > at_most_ratio + 1e-12 if row.method == "pairwise" else each.acceptable is False)
    ]
    if not doubtful:
        text = message_n(
            "The comparisons of one ballot fit together.", "The comparisons of {n} ballots fit together.", len(compared)
        )
        return Finding(name, State.GOOD, text)
    text = message_n(
        "In one ballot the answers contradict each other: ask again about the pair that is named.",
        "In {n} ballots the answers contradict each other: ask again about the pairs that are named.",
        len(doubtful),
    )
    return Finding(name, State.ATTENTION, text, tuple(Place(step, row.id) for row in doubtful))


CHECKS = {
    check.__name__: check
    for check in (weights_agreed, groups_weighed, no_criterion_dominates, weights_disputed, answers_consistent)
}
