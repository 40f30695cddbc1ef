"""What good looks like in stage 2, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from collections import Counter

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from . import reading, results


def criteria_enough(
    session: Session, workflow: Workflow, step: str, *, at_least: int = 6, at_most: int = 20
) -> Finding:
    """There are enough criteria to tell technologies apart, and few enough to score them all."""
    count = len(reading.criteria(session))
    text = message_n("There is one criterion.", "There are {n} criteria.", count)
    if not count:
        return Finding("criteria_enough", State.OPEN, text, (Place(step),))
    state = State.GOOD if at_least <= count <= at_most else State.ATTENTION
    return Finding("criteria_enough", state, text, () if state is State.GOOD else (Place(step),))


def convention_criteria_present(
    session: Session, workflow: Workflow, step: str, *, groups: tuple[str, ...] = ()
) -> Finding:
    """Each group of criteria the workflow asks for has at least one criterion."""
    name = "convention_criteria_present"
    rows, branches = reading.criteria(session), reading.groups(session)
    if not rows:
        return Finding(name, State.OPEN, message("There are no criteria yet."), (Place(step),))
    tops = reading.top_group(session)
    used = {row["group_id"] for row in rows} | {tops.get(row["group_id"]) for row in rows}
    filled = {branch["catalogue_key"] for branch in branches if branch["id"] in used}
    missing = [key for key in groups if key not in filled]
    if not missing:
        return Finding(name, State.GOOD, message("Every group of criteria asked for has a criterion."))
    names = [workflow.name("criteria_groups", key) for key in missing]
    return Finding(name, State.ATTENTION, message("No criterion yet in: {groups}.", groups=names), (Place(step),))


def criteria_have_anchors(session: Session, workflow: Workflow, step: str) -> Finding:
    """It is written for each scored criterion what 1, 3 and 5 mean; a measured one needs a unit instead."""
    rows = reading.criteria(session)
    lacking = [row for row in rows if not row["unit"] and not (row["anchor_1"] and row["anchor_3"] and row["anchor_5"])]
    return _each(
        "criteria_have_anchors",
        step,
        rows,
        lacking,
        "anchor_1",
        message("It is written what each score means."),
        lambda n: message_n(
            "For one criterion it is not written what 1, 3 and 5 mean.",
            "For {n} criteria it is not written what 1, 3 and 5 mean.",
            n,
        ),
    )


def criteria_distinct(session: Session, workflow: Workflow, step: str) -> Finding:
    """No two criteria have the same name."""
    rows = reading.criteria(session)
    counts = Counter(row["name"].casefold() for row in rows)
    twice = [row for row in rows if counts[row["name"].casefold()] > 1]
    return _each(
        "criteria_distinct",
        step,
        rows,
        twice,
        "name",
        message("No criterion stands there twice."),
        lambda n: message_n("One criterion stands there twice.", "{n} criteria share a name with another.", n),
    )


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
    return _each(
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
        share=f"{heaviest.share * 100:.0f}",
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
    return _each(
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


def _each(name, step, rows, lacking, field, good, lacking_text) -> Finding:  # type: ignore[no-untyped-def]
    if not rows:
        return Finding(name, State.OPEN, message("There are no criteria yet."), (Place(step),))
    if not lacking:
        return Finding(name, State.GOOD, good)
    return Finding(
        name,
        State.ATTENTION,
        lacking_text(len(lacking)),
        tuple(Place(step, row["id"], field) for row in lacking),
    )


CHECKS = {
    check.__name__: check
    for check in (
        criteria_enough,
        convention_criteria_present,
        criteria_have_anchors,
        criteria_distinct,
        weights_agreed,
        groups_weighed,
        no_criterion_dominates,
        weights_disputed,
    )
}
