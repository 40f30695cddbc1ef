"""What good looks like in stage 1, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from ..tables import Contact, OverviewItem, Stakeholder


def scope_described(session: Session, workflow: Workflow, step: str) -> Finding:
    """Mandate, purpose and period are written down."""
    values = reading.scope(session)
    empty = [name for name in ("mandate", "purpose", "period_from", "period_to") if not values[name]]
    if len(empty) == 4:
        return Finding(
            "scope_described", State.OPEN, message("Nothing is written about the scope yet."), (Place(step),)
        )
    if empty:
        text = message_n("One part of the scope is still empty.", "{n} parts of the scope are still empty.", len(empty))
        return Finding("scope_described", State.ATTENTION, text, tuple(Place(step, None, name) for name in empty))
    return Finding("scope_described", State.GOOD, message("Mandate, purpose and period are written down."))


def overview_begun(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Enough of what exists already is listed."""
    count = session.scalar(select(func.count()).select_from(OverviewItem)) or 0
    text = message_n("One thing that exists already is listed.", "{n} things that exist already are listed.", count)
    state = State.GOOD if count >= at_least else State.ATTENTION if count else State.OPEN
    return Finding("overview_begun", state, text, () if count >= at_least else (Place(step),))


def groups_represented(session: Session, workflow: Workflow, step: str, *, at_least: int = 6) -> Finding:
    """Enough groups have at least one stakeholder."""
    groups = reading.groups(session, workflow)
    filled = sum(1 for group in groups if group.count)
    text = message("{count} of {all} groups are represented.", count=filled, all=len(groups))
    if not filled:
        return Finding("groups_represented", State.OPEN, text, (Place(step),))
    state = State.GOOD if filled >= at_least else State.ATTENTION
    return Finding("groups_represented", state, text, () if state is State.GOOD else (Place(step),))


def required_groups_present(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every group that must take part does, or the reason why not is recorded."""
    groups = [group for group in reading.groups(session, workflow) if group.required]
    missing = [group for group in groups if not group.count and not group.gap]
    if not any(group.count for group in reading.groups(session, workflow)):
        return Finding(
            "required_groups_present", State.OPEN, message("No group has a stakeholder yet."), (Place(step),)
        )
    if missing:
        text = message_n(
            "{groups} is not represented, and no reason is recorded.",
            "{groups} are not represented, and no reason is recorded.",
            len(missing),
            groups=[group.name for group in missing],
        )
        return Finding(
            "required_groups_present", State.ATTENTION, text, tuple(Place(step, None, g.key) for g in missing)
        )
    justified = sum(1 for group in groups if not group.count)
    if justified:
        text = message_n(
            "One group is missing with a recorded reason.", "{n} groups are missing with recorded reasons.", justified
        )
        return Finding("required_groups_present", State.GOOD, text)
    return Finding("required_groups_present", State.GOOD, message("Every group that must take part is represented."))


def stakeholders_have_group(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every stakeholder belongs to a group."""
    known = {entry.key for entry in workflow.catalogue("stakeholder_groups").entries}
    return _each_has(
        session,
        "stakeholders_have_group",
        step,
        "group",
        lambda row: row.group in known,
        message("Every stakeholder has a group."),
        lambda n: message_n("One stakeholder has no group.", "{n} stakeholders have no group.", n),
    )


def stakeholders_have_engagement(session: Session, workflow: Workflow, step: str) -> Finding:
    """For every stakeholder it is decided how it takes part."""
    return _each_has(
        session,
        "stakeholders_have_engagement",
        step,
        "engagement",
        lambda row: bool(row.engagement),
        message("For every stakeholder it is said how it takes part."),
        lambda n: message_n(
            "For one stakeholder it is not said how it takes part.",
            "For {n} stakeholders it is not said how they take part.",
            n,
        ),
    )


def contacts_balanced(session: Session, workflow: Workflow, step: str) -> Finding:
    """Both women and men are named as contacts."""
    sexes = set(session.scalars(select(Contact.sex)))
    if not sexes - {""}:
        return Finding(
            "contacts_balanced",
            State.OPEN,
            message("No contact has its sex recorded; this is optional."),
            (Place(step),),
        )
    if {"female", "male"} <= sexes:
        return Finding("contacts_balanced", State.GOOD, message("Both women and men are named as contacts."))
    text = (
        message("No woman is named as a contact yet.")
        if "female" not in sexes
        else message("No man is named as a contact yet.")
    )
    return Finding("contacts_balanced", State.ATTENTION, text, (Place(step),))


def _each_has(session, name, step, field, has, good, lacking_text) -> Finding:  # type: ignore[no-untyped-def]
    rows = list(session.scalars(select(Stakeholder).order_by(Stakeholder.rank)))
    lacking = [row for row in rows if not has(row)]
    if not rows:
        return Finding(name, State.OPEN, message("No stakeholder is listed yet."), (Place(step),))
    if not lacking:
        return Finding(name, State.GOOD, good)
    return Finding(
        name, State.ATTENTION, lacking_text(len(lacking)), tuple(Place(step, row.id, field) for row in lacking)
    )


CHECKS = {
    check.__name__: check
    for check in (
        scope_described,
        overview_begun,
        groups_represented,
        required_groups_present,
        stakeholders_have_group,
        stakeholders_have_engagement,
        contacts_balanced,
    )
}
