"""What good looks like in stage 6, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import steps_done
from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from ..checking import all_checks, check_step
from . import reading

OWN = "synthesis"


def earlier_stages_done(session: Session, workflow: Workflow, step: str) -> Finding:
    """The team has called every step of the earlier stages done."""
    done = steps_done(session)
    places = [f"{stage.key}.{each.key}" for stage in workflow.stages if stage.key != OWN for each in stage.steps]
    open_ones = [place for place in places if place not in done]
    name = "earlier_stages_done"
    if not open_ones:
        return Finding(name, State.GOOD, message("Every step before this one is marked done."))
    text = message_n("One earlier step is not marked done.", "{n} earlier steps are not marked done.", len(open_ones))
    state = State.OPEN if len(open_ones) == len(places) else State.ATTENTION
    return Finding(name, state, text, tuple(Place(place) for place in open_ones))


def no_open_attention(session: Session, workflow: Workflow, step: str) -> Finding:
    """No check of an earlier stage asks for a look."""
    checks = all_checks()
    found = [
        finding
        for stage in workflow.stages if stage.key != OWN
        for each in stage.steps
        for finding in check_step(session, workflow, f"{stage.key}.{each.key}", each, checks)
    ]  # fmt: skip
    if all(finding.state is State.OPEN for finding in found):
        return Finding(
            "no_open_attention", State.OPEN, message("Nothing is begun yet, so there is nothing to look at.")
        )
    waiting = [finding for finding in found if finding.state is State.ATTENTION]
    if not waiting:
        return Finding("no_open_attention", State.GOOD, message("Nothing in the earlier stages asks for a look."))
    text = message_n(
        "One check of an earlier stage asks for a look.", "{n} checks of earlier stages ask for a look.", len(waiting)
    )
    return Finding(
        "no_open_attention", State.ATTENTION, text, tuple(finding.places[0] for finding in waiting if finding.places)
    )


def summary_written(session: Session, workflow: Workflow, step: str) -> Finding:
    """The summary is in the team's own words."""
    if reading.texts(session).get("summary"):
        return Finding("summary_written", State.GOOD, message("The summary is in the team's own words."))
    return Finding(
        "summary_written", State.OPEN, message("The summary still has its drafted text."), (Place(step, "summary"),)
    )


def report_exported(session: Session, workflow: Workflow, step: str) -> Finding:
    """A report was made at least once."""
    count = len(reading.versions(session))
    if not count:
        return Finding("report_exported", State.OPEN, message("No report was made yet."), (Place(step),))
    return Finding("report_exported", State.GOOD, message_n("One report was made.", "{n} reports were made.", count))


CHECKS = {check.__name__: check for check in (earlier_stages_done, no_open_attention, summary_written, report_exported)}
