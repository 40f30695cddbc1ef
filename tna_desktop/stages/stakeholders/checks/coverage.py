"""What good looks like in the step coverage: roles given, bodies named, balance known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Message, message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading, results

#: The bodies without which nobody coordinates, by their keys in the catalogue of bodies.
NEEDED_BODIES = ("steering", "coordinator", "core_team")
ASKED = ("consult", "involve")
_NOBODY = message("No stakeholder is listed yet.")
_NO_ROLE = message("No stakeholder has a role in a stage yet.")


def roles_given(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every stakeholder has a part in at least one stage."""
    people, stages = reading.participants(session), {stage.key for stage in workflow.stages}
    lacking = [person for person in people if not stages & person.roles.keys()]
    if not people or len(lacking) == len(people):
        return Finding("roles_given", State.OPEN, _NO_ROLE if people else _NOBODY, (Place(step),))
    if lacking:
        text = message_n("One stakeholder has no part yet.", "{n} stakeholders have no part yet.", len(lacking))
        return Finding("roles_given", State.ATTENTION, text, tuple(Place(step, person.id) for person in lacking))
    return Finding("roles_given", State.GOOD, message("Every stakeholder has a part in at least one stage."))


def every_stage_has_roles(session: Session, workflow: Workflow, step: str) -> Finding:
    """In every stage someone decides, and someone is consulted or involved."""
    found = results.coverage_by_stage(session, workflow).everyone
    if not any(found.counts.values()):
        return Finding("every_stage_has_roles", State.OPEN, _NO_ROLE if found.stakeholders else _NOBODY, (Place(step),))
    undecided = [stage for stage in workflow.stages if not found.counts[stage.key]["decide"]]
    unasked = [stage for stage in workflow.stages if not any(found.counts[stage.key][role] for role in ASKED)]
    places = tuple(Place(step, None, s.key) for s in workflow.stages if s in undecided or s in unasked)
    if not places:
        text = message("In every stage someone decides and someone is consulted or involved.")
        return Finding("every_stage_has_roles", State.GOOD, text)
    return Finding("every_stage_has_roles", State.ATTENTION, _lacking(undecided, unasked), places)


def _lacking(undecided: list, unasked: list) -> Message:
    no_decision = message("Nobody decides in {stages}.", stages=[stage.title for stage in undecided])
    no_voice = message("Nobody is consulted or involved in {stages}.", stages=[stage.title for stage in unasked])
    if undecided and unasked:
        return message("{one} {two}", one=no_decision, two=no_voice)
    return no_decision if undecided else no_voice


def coordination_named(session: Session, workflow: Workflow, step: str) -> Finding:
    """A steering body, a coordinator and a core team are named, each with who leads."""
    bodies = [body for body in reading.bodies(session) if body["kind"] in NEEDED_BODIES]
    if not bodies:
        text = message("No steering body, coordinator or core team is named yet.")
        return Finding("coordination_named", State.OPEN, text, (Place(step, None, "bodies"),))
    missing = [kind for kind in NEEDED_BODIES if not any(body["kind"] == kind for body in bodies)]
    if missing:
        names = [workflow.name("body_kinds", kind) for kind in missing]
        text = message_n("One body is not named yet: {names}.", "{n} bodies are not named yet: {names}.",
                         len(missing), names=names)  # fmt: skip
        return Finding("coordination_named", State.ATTENTION, text, (Place(step, None, "bodies"),))
    led = {body["kind"] for body in bodies if body["lead_id"]}
    leaderless = [body for body in bodies if body["kind"] not in led]
    if leaderless:
        names = [body["name"] for body in leaderless]
        text = message_n("It is not said who leads {names}.", "It is not said who leads {names}.", len(names),
                         names=names)  # fmt: skip
        places = tuple(Place(step, body["id"], "lead_id") for body in leaderless)
        return Finding("coordination_named", State.ATTENTION, text, places)
    text = message("Steering body, coordinator and core team are named, each with who leads.")
    return Finding("coordination_named", State.GOOD, text)


def balance_known(session: Session, workflow: Workflow, step: str, *, at_least_share: float = 0.5) -> Finding:
    """For enough stakeholders it is known where they are and who speaks for them: a region and a contact."""
    people = reading.participants(session)
    if not people:
        return Finding("balance_known", State.OPEN, _NOBODY, (Place(step),))
    lacking = [person for person in people if not (person.region and person.contacts)]
    known = len(people) - len(lacking)
    text = message(
        "For {known} of {all} stakeholders it is known where they are and who speaks for them.",
        known=known,
        all=len(people),
    )
    if known >= at_least_share * len(people) - 1e-9:
        return Finding("balance_known", State.GOOD, text)
    places = tuple(
        Place("stakeholders.register", person.id, "contacts" if person.region else "region") for person in lacking
    )
    return Finding("balance_known", State.ATTENTION if known else State.OPEN, text, places)


CHECKS = {check.__name__: check for check in (roles_given, every_stage_has_roles, coordination_named, balance_known)}
