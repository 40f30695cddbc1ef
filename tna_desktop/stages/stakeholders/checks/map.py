"""What a good influence map looks like, computed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Workflow

from ..results import map as results


def stakeholders_placed(session: Session, workflow: Workflow, step: str, *, at_least_share: float = 0.9) -> Finding:
    """Nearly everyone has a place on the map."""
    name = "stakeholders_placed"
    shown_map = results.influence_map(session, workflow)
    everyone, placed = len(shown_map.stakeholders), len(shown_map.placed())
    if not everyone:
        return Finding(name, State.OPEN, message("No stakeholder is listed yet."), (Place(step),))
    if not placed:
        return Finding(name, State.OPEN, message("Nobody is on the map yet."), (Place(step),))
    text = message("{placed} of {all} stakeholders have a place on the map.", placed=placed, all=everyone)
    waiting = tuple(Place(step, each.id) for each in shown_map.waiting())
    state = State.GOOD if placed >= at_least_share * everyone - 1e-9 else State.ATTENTION
    return Finding(name, state, text, waiting)


def deciders_on_map(session: Session, workflow: Workflow, step: str) -> Finding:
    """Everyone who decides has a place on the map."""
    return _finding("deciders_on_map", results.deciders(results.influence_map(session, workflow)), step)


def interest_has_influence(session: Session, workflow: Workflow, step: str) -> Finding:
    """Those who care most have influence, or are involved."""
    return _finding("interest_has_influence", results.voices(results.influence_map(session, workflow)), step)


def placements_agree(session: Session, workflow: Workflow, step: str, *, spread_points: float = 1.5) -> Finding:
    """Assessors put nobody at places that are far apart."""
    shown_map = results.influence_map(session, workflow)
    return _finding("placements_agree", results.agreement(shown_map, spread_points), step)


def _finding(name: str, remark: results.Remark, step: str) -> Finding:
    places = tuple(Place(step, id) for id in remark.about) if remark.state is State.ATTENTION else ()
    if remark.state is State.OPEN:
        places = (Place(step),)
    return Finding(name, remark.state, remark.text, places)


CHECKS = {
    check.__name__: check for check in (stakeholders_placed, deciders_on_map, interest_has_influence, placements_agree)
}
