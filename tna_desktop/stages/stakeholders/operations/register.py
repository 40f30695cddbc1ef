"""What may be done in stage 1. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import Language, message

from ..tables import Contact, GroupGap, OverviewItem, Scope, Stakeholder


@operation("Scope changed")
def change_scope(session: Session, **values: Any) -> None:
    """Write down what the assessment is for; the scope is made when it is first written."""
    scope = session.scalars(select(Scope)).first() or records.add(session, Scope)
    records.fill(scope, values)
    if scope.period_from and scope.period_to and scope.period_from > scope.period_to:
        field = "period_from" if "period_from" in values else "period_to"
        raise Refused(message("The first year must not be later than the last year."), field)


@operation("Existing option added")
def add_overview_item(session: Session, name: str, **values: Any) -> str:
    return records.add(session, OverviewItem, name=name, **values).id


@operation("Existing option changed")
def change_overview_item(session: Session, id: str, **values: Any) -> None:
    records.change(session, OverviewItem, id, **values)


@operation("Existing option removed")
def remove_overview_items(session: Session, ids: list[str]) -> int:
    return records.remove(session, OverviewItem, ids)


@operation("Existing option moved")
def move_overview_item(session: Session, id: str, after: str | None) -> None:
    records.move(session, OverviewItem, id, after)


@operation("Stakeholder added")
def add_stakeholder(session: Session, name: str, **values: Any) -> str:
    return records.add(session, Stakeholder, name=name, **values).id


@operation("Stakeholder changed")
def change_stakeholder(session: Session, id: str, **values: Any) -> None:
    records.change(session, Stakeholder, id, **values)


@operation("Stakeholder removed")
def remove_stakeholders(session: Session, ids: list[str]) -> int:
    return records.remove(session, Stakeholder, ids)


@operation("Stakeholder moved")
def move_stakeholder(session: Session, id: str, after: str | None) -> None:
    records.move(session, Stakeholder, id, after)


@operation("Model list added")
def add_model_stakeholders(session: Session, entries: Iterable[dict[str, str]], language: Language) -> int:
    """Take entries of model lists over, each once: one that was taken over before, or has the same name, is left out.

    ``entries`` carry key, name, short, group and, if there is one, role; answers how many were added.
    """
    there = {row.catalogue_key for row in session.scalars(select(Stakeholder))}
    names = {row.name.casefold() for row in session.scalars(select(Stakeholder))}
    added = 0
    for entry in entries:
        name = language.say(entry["name"])
        if entry["key"] in there or name.casefold() in names:
            continue
        records.add(
            session,
            Stakeholder,
            name=name,
            short=language.say(entry.get("short", "")),
            group=entry["group"],
            role=entry.get("role", ""),
            catalogue_key=entry["key"],
        )
        names.add(name.casefold())
        there.add(entry["key"])
        added += 1
    about(session, str(added))
    return added


@operation("Contact added")
def add_contact(session: Session, stakeholder_id: str, name: str, **values: Any) -> str:
    return records.add(session, Contact, stakeholder_id=stakeholder_id, name=name, **values).id


@operation("Contact changed")
def change_contact(session: Session, id: str, **values: Any) -> None:
    records.change(session, Contact, id, **values)


@operation("Contact removed")
def remove_contacts(session: Session, ids: list[str]) -> int:
    return records.remove(session, Contact, ids)


@operation("Missing group justified")
def justify_gap(session: Session, group: str, group_name: str, reason: str, decided_by: str = "") -> None:
    """Record why a group has no stakeholder: kept with the group, and in the decision log."""
    if not reason.strip():
        raise Refused(message("Write the reason in a sentence."), "reason")
    gap = session.scalars(select(GroupGap).where(GroupGap.group == group)).first()
    if gap is None:
        records.add(session, GroupGap, group=group, reason=reason)
    else:
        records.fill(gap, {"reason": reason})
    assessment.record_decision(
        session, what=group_name, reason=reason, decided_by=decided_by, step="stakeholders.register", kind="group_gap"
    )
    about(session, group_name)
