"""What good looks like in stage 2, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from .each import each_criterion


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
    return each_criterion(
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


CHECKS = {
    check.__name__: check
    for check in (
        criteria_enough,
        convention_criteria_present,
        criteria_have_anchors,
    )
}
