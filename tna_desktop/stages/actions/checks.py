"""What good looks like in stage 5, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Message, message, message_n
from tna_desktop.kernel.workflow import Workflow

from ..barriers import reading as barriers_reading
from . import reading, results


def actions_enough(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Enough actions are planned."""
    count = len(reading.actions(session))
    text = message_n("One action is planned.", "{n} actions are planned.", count)
    state = State.GOOD if count >= at_least else State.ATTENTION if count else State.OPEN
    return Finding("actions_enough", state, text, () if state is State.GOOD else (Place(step),))


def technologies_have_action(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every technology of the shortlist has an action."""
    name, technologies = "technologies_have_action", barriers_reading.technologies(session)
    if not technologies:
        return Finding(
            name,
            State.OPEN,
            message("No technology is on the shortlist yet."),
            (Place("priorities.ranking"),),
        )
    served = {row["technology_id"] for row in reading.actions(session)}
    lacking = [row["short"] for row in technologies if row["id"] not in served]
    if not served - {None}:
        return Finding(name, State.OPEN, message("No technology has an action yet."), (Place(step),))
    if not lacking:
        return Finding(name, State.GOOD, message("Every technology has an action."))
    text = message_n(
        "One technology has no action: {names}.",
        "{n} technologies have no action: {names}.",
        len(lacking),
        names=", ".join(lacking),
    )
    return Finding(name, State.ATTENTION, text, (Place(step),))


def actions_have_lead(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every action has a body that leads it."""
    return _tick(
        session,
        "actions_have_lead",
        step,
        "lead_id",
        message("Every action has a lead."),
        "One action has no lead.",
        "{n} actions have no lead.",
    )


def actions_have_dates(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every action has a start and an end."""
    return _tick(
        session,
        "actions_have_dates",
        step,
        "dates",
        message("Every action has a start and an end."),
        "One action has no start or no end.",
        "{n} actions have no start or no end.",
    )


def actions_have_indicator(session: Session, workflow: Workflow, step: str) -> Finding:
    """For every action it is written how one will know that it worked."""
    return _tick(
        session,
        "actions_have_indicator",
        step,
        "indicator",
        message("Every action says how one will know that it worked."),
        "One action does not say how one will know that it worked.",
        "{n} actions do not say how one will know that they worked.",
    )


def actions_costed(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every action has a cost; an unknown one is not taken for zero."""
    return _tick(
        session,
        "actions_costed",
        "actions.plan",
        "cost",
        message("Every action has a cost."),
        "One action has no cost; the total is incomplete.",
        "{n} actions have no cost; the total is incomplete.",
    )


def funding_gap_known(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every cost and every amount is known, so that the gap is."""
    name, budget = "funding_gap_known", results.budget(session)
    if not budget.costed:
        return Finding(
            name,
            State.OPEN,
            message("No action has a cost yet, so the gap is not known."),
            (Place("actions.plan"),),
        )
    if budget.complete:
        text = message("{gap} {currency} have no source.", gap=budget.gap, currency=budget.currency)
        return Finding(name, State.GOOD, text if budget.gap else message("There is no gap: all costs have a source."))
    places = [Place("actions.plan", each.id, "cost") for each in budget.actions if each.cost is None]
    places += [Place(step, row["id"], "amount") for row in reading.fundings(session) if row["amount"] is None]
    text = message_n(
        "The gap is not known: one cost or amount is missing.",
        "The gap is not known: {n} costs or amounts are missing.",
        len(places),
    )
    return Finding(name, State.ATTENTION, text, tuple(places))


def budget_covered(session: Session, workflow: Workflow, step: str, *, at_least_share: float = 0.5) -> Finding:
    """Enough of the known cost has a named source."""
    name, budget = "budget_covered", results.budget(session)
    if budget.covered_share is None:
        return Finding(name, State.OPEN, message("No action has a cost yet."), (Place("actions.plan"),))
    # With a decimal, so that a gap does not look closed when it is not.
    text = message("{share} % of the known cost has a source.", share=f"{budget.covered_share * 100:.1f}")
    if budget.covered_share >= at_least_share:
        return Finding(name, State.GOOD, text)
    return Finding(name, State.ATTENTION, text, (Place(step),))


def _tick(session: Session, name: str, step: str, key: str, good: Message, one: str, many: str) -> Finding:
    """How a check stands that asks one thing of every action."""
    tick = next(each for each in results.quality(session) if each.key == key)
    if not tick.all:
        return Finding(name, State.OPEN, message("No action is planned yet."), (Place("actions.plan"),))
    if tick.holds:
        return Finding(name, State.GOOD, good)
    starts = {row["id"]: row["start"] for row in reading.actions(session)}
    fields = {id: ("end" if starts[id] else "start") if key == "dates" else key for id in tick.lacking}
    places = tuple(Place(step, id, field) for id, field in fields.items())
    return Finding(name, State.ATTENTION, message_n(one, many, len(tick.lacking)), places)


CHECKS = {
    check.__name__: check
    for check in (
        actions_enough,
        technologies_have_action,
        actions_have_lead,
        actions_have_dates,
        actions_have_indicator,
        actions_costed,
        funding_gap_known,
        budget_covered,
    )
}
