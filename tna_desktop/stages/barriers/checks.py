"""What good looks like in stage 4, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Message, message, message_n
from tna_desktop.kernel.workflow import Workflow

from . import reading


def shortlisted_have_barriers(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Every technology of the shortlist has enough barriers."""
    name, technologies = "shortlisted_have_barriers", reading.technologies(session)
    counts = {row["id"]: len(reading.causes(session, row["id"])) for row in technologies}
    if not technologies:
        return Finding(
            name,
            State.OPEN,
            message("No technology is on the shortlist yet."),
            (Place("priorities.ranking"),),
        )
    few = [row["id"] for row in technologies if counts[row["id"]] < at_least]
    if not any(counts.values()):
        return Finding(name, State.OPEN, message("No barrier is written yet."), (Place(step),))
    if not few:
        text = message("Each technology has at least {count} barriers.", count=at_least)
        return Finding(name, State.GOOD, text)
    text = message_n(
        "One technology has fewer than {least} barriers.",
        "{n} technologies have fewer than {least} barriers.",
        len(few),
        least=at_least,
    )
    return Finding(name, State.ATTENTION, text, tuple(Place(step, id) for id in few))


def core_problem_written(session: Session, workflow: Workflow, step: str) -> Finding:
    """The core problem of every technology of the shortlist is written."""
    name, technologies = "core_problem_written", reading.technologies(session)
    written = reading.core_problems(session)
    lacking = [row["id"] for row in technologies if row["id"] not in written]
    if len(lacking) == len(technologies):
        return Finding(
            name, State.OPEN, message("No core problem is written yet."), (Place(step, None, "core_problem"),)
        )
    if not lacking:
        return Finding(name, State.GOOD, message("Every technology has its core problem in one sentence."))
    text = message_n("One technology has no core problem.", "{n} technologies have no core problem.", len(lacking))
    return Finding(name, State.ATTENTION, text, tuple(Place(step, id, "core_problem") for id in lacking))


def barriers_rated(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every barrier of the shortlist is rated for how severe it is and how easily it could be lifted."""
    rows = reading.shortlist_barriers(session)
    lacking = [(row["id"], _first_empty(row, "severity", "ease")) for row in rows]
    return _each(
        "barriers_rated",
        step,
        rows,
        lacking,
        message("No barrier is written yet."),
        message("Every barrier is rated for severity and ease."),
        "One barrier is not rated for severity and ease.",
        "{n} barriers are not rated for severity and ease.",
    )


def barriers_answered(
    session: Session, workflow: Workflow, step: str, *, classes: Iterable[str] = ("killer", "crucial")
) -> Finding:
    """Every barrier of the classes that matter most has a measure."""
    wanted = set(classes)
    every = reading.shortlist_barriers(session)
    rows = [row for row in every if row["importance"] in wanted]
    if every and not rows:
        text = message("No barrier has a class yet in which a measure is asked for.")
        unclassed = tuple(Place("barriers.causes", row["id"], "importance") for row in every if not row["importance"])
        return Finding("barriers_answered", State.OPEN if unclassed else State.GOOD, text, unclassed)
    lacking = [(row["id"], "" if row["measures"] else "measures") for row in rows]
    return _each(
        "barriers_answered",
        step,
        rows,
        lacking,
        message("No barrier is written yet."),
        message("Every barrier that matters most has a measure."),
        "One barrier that matters most has no measure.",
        "{n} barriers that matter most have no measure.",
    )


def measures_rated(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every measure is rated for its effect and for how easy it is."""
    rows = reading.measures(session)
    lacking = [(row["id"], _first_empty(row, "effect", "ease")) for row in rows]
    return _each(
        "measures_rated",
        step,
        rows,
        lacking,
        message("No measure is written yet."),
        message("Every measure is rated for effect and ease."),
        "One measure is not rated for effect and ease.",
        "{n} measures are not rated for effect and ease.",
    )


def policy_needs_named(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Enough laws and rules that must change are named."""
    count = len(reading.policy_needs(session))
    text = message_n("One policy need is named.", "{n} policy needs are named.", count)
    state = State.GOOD if count >= at_least else State.ATTENTION if count else State.OPEN
    return Finding("policy_needs_named", state, text, () if state is State.GOOD else (Place(step),))


def policy_needs_have_body(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every policy need names the body that can act on it."""
    rows = reading.policy_needs(session)
    lacking = [(row["id"], _first_empty(row, "body")) for row in rows]
    return _each(
        "policy_needs_have_body",
        step,
        rows,
        lacking,
        message("No policy need is named yet."),
        message("Every policy need names the body that can act on it."),
        "One policy need names no body that can act on it.",
        "{n} policy needs name no body that can act on them.",
    )


def _first_empty(row: dict[str, Any], *names: str) -> str:
    return next((name for name in names if row[name] in (None, "")), "")


def _each(
    name: str,
    step: str,
    rows: list[dict[str, Any]],
    lacking: list[tuple[str, str]],
    none: Message,
    good: Message,
    one: str,
    many: str,
) -> Finding:
    """How a check stands that asks one thing of every row; ``lacking`` names the empty field of each, or nothing."""
    places = tuple(Place(step, id, field) for id, field in lacking if field)
    if not rows:
        return Finding(name, State.OPEN, none, (Place(step),))
    if not places:
        return Finding(name, State.GOOD, good)
    return Finding(name, State.ATTENTION, message_n(one, many, len(places)), places)


CHECKS = {
    check.__name__: check
    for check in (
        shortlisted_have_barriers,
        core_problem_written,
        barriers_rated,
        barriers_answered,
        measures_rated,
        policy_needs_named,
        policy_needs_have_body,
    )
}
