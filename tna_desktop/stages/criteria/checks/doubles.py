"""What good looks like in the criteria tree: nothing is said, or counted, twice; conditions stand as gates."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import doubles, reading


def criteria_distinct(session: Session, workflow: Workflow, step: str) -> Finding:
    """No two criteria say the same, also not in other words' order or with one name inside the other."""
    rows = reading.criteria(session)
    if not rows:
        return Finding("criteria_distinct", State.OPEN, message("There are no criteria yet."), (Place(step),))
    pairs = doubles.near_doubles([(row["id"], row["name"]) for row in rows])
    if not pairs:
        return Finding("criteria_distinct", State.GOOD, message("No criterion stands there twice."))
    names = {row["id"]: row["name"] for row in rows}
    first, second = pairs[0]
    if len(pairs) == 1:
        text = message("“{first}” and “{second}” may say the same.", first=names[first], second=names[second])
    else:
        text = message_n(
            "One pair of criteria may say the same, such as “{first}” and “{second}”.",
            "{n} pairs of criteria may say the same, such as “{first}” and “{second}”.",
            len(pairs),
            first=names[first],
            second=names[second],
        )
    ids = dict.fromkeys(id for pair in pairs for id in pair)
    return Finding("criteria_distinct", State.ATTENTION, text, tuple(Place(step, id, "name") for id in ids))


def cost_counted_once(session: Session, workflow: Workflow, step: str) -> Finding:
    """Money is measured in one branch of the tree only."""
    rows = reading.criteria(session)
    if not rows:
        return Finding("cost_counted_once", State.OPEN, message("There are no criteria yet."), (Place(step),))
    twice = doubles.cost_in_branches(rows, reading.top_group(session))
    if not twice:
        money = sum(doubles.measures_money(row) for row in rows)
        return Finding(
            "cost_counted_once",
            State.GOOD,
            message("Cost stands in one branch only.") if money else message("No criterion measures money."),
        )
    return Finding(
        "cost_counted_once",
        State.ATTENTION,
        message(
            "Cost is counted in more than one branch: {names}. Keep it in one, or say how they differ.",
            names=[row["name"] for row in twice],
        ),
        tuple(Place(step, row["id"], "name") for row in twice),
    )


def gates_present(session: Session, workflow: Workflow, step: str, *, at_least: int = 1) -> Finding:
    """Conditions that must be met stand as gates, apart from the weights."""
    count = len(reading.gates(session))
    text = message_n("There is one gate.", "There are {n} gates.", count)
    if count >= at_least:
        return Finding("gates_present", State.GOOD, text)
    if not count and not reading.criteria(session):
        return Finding("gates_present", State.OPEN, message("There are no gates yet."), (Place(step, None, "gates"),))
    if not count:
        text = message("There are no gates yet: what a technology must meet should not be a matter of weight.")
    return Finding("gates_present", State.ATTENTION, text, (Place(step, None, "gates"),))


CHECKS = {check.__name__: check for check in (criteria_distinct, cost_counted_once, gates_present)}
