"""What the step coverage shows: everyone with their roles by stage, the bodies, and what balance is counted from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..tables import Body, Contact, Membership, StageRole, Stakeholder


@dataclass(frozen=True)
class Participant:
    """A stakeholder and how it takes part: ``roles`` by stage, ``contacts`` the persons noted for it."""

    id: str
    name: str
    group: str
    role: str
    engagement: str
    region: str
    contacts: int
    roles: dict[str, str] = field(default_factory=dict)


def participants(session: Session) -> list[Participant]:
    """Everyone in the register's order."""
    roles: dict[str, dict[str, str]] = {}
    for row in session.scalars(select(StageRole)):
        if row.role:
            roles.setdefault(row.stakeholder_id, {})[row.stage] = row.role
    contacts = Counter(session.scalars(select(Contact.stakeholder_id)))
    return [
        Participant(
            row.id,
            row.name,
            row.group,
            row.role,
            row.engagement,
            row.region.strip(),
            contacts[row.id],
            roles.get(row.id, {}),
        )
        for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
    ]


def bodies(session: Session) -> list[dict[str, Any]]:
    """The bodies in the team's order; ``lead`` is a name, ``members`` are (id, name, group) in the register's order."""
    seats: dict[str, list[tuple[str, str, str]]] = {}
    query = select(Membership.body_id, Stakeholder).join(Stakeholder).order_by(Stakeholder.rank)
    for body_id, stakeholder in session.execute(query):
        seats.setdefault(body_id, []).append((stakeholder.id, stakeholder.name, stakeholder.group))
    names = {id: name for id, name in session.execute(select(Stakeholder.id, Stakeholder.name))}
    return [
        {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "sector": row.sector,
            "task": row.task,
            "lead_id": row.lead_id,
            "lead": names.get(row.lead_id or "", ""),
            "members": seats.get(row.id, []),
        }
        for row in session.scalars(select(Body).order_by(Body.rank))
    ]


def contact_sexes(session: Session) -> Counter[str]:
    """How many contacts there are of each sex; an empty key counts those for whom it is not said."""
    return Counter(session.scalars(select(Contact.sex)))
