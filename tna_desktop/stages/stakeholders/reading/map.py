"""What the influence map shows: who stands where, by agreement and as each assessor sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..tables import Placement, StageRole, Stakeholder

#: Who takes decisions, among the roles in the assessment and the roles in a stage.
DECIDES = "decide"
#: Influence and interest, from 1 to 5; None is unknown.
Seen = tuple[float | None, float | None]


@dataclass(frozen=True)
class MapRow:
    """A stakeholder with its agreed place, and the places assessors gave it (by assessor; those are private)."""

    id: str
    name: str
    short: str
    group: str
    engagement: str
    influence: float | None
    interest: float | None
    decides: bool = False
    affected: bool = False
    given: Mapping[str, Seen] = field(default_factory=dict)


def map_rows(session: Session) -> list[MapRow]:
    """Every stakeholder in the team's order, whether it has a place on the map or not."""
    given: dict[str, dict[str, Seen]] = {}
    for row in session.scalars(select(Placement).order_by(Placement.rank)):
        given.setdefault(row.stakeholder_id, {})[row.assessor] = (row.influence, row.interest)
    deciders = set(session.scalars(select(StageRole.stakeholder_id).where(StageRole.role == DECIDES)))
    return [
        MapRow(
            row.id,
            row.name,
            row.short,
            row.group,
            row.engagement,
            row.influence,
            row.interest,
            row.role == DECIDES or row.id in deciders,
            bool(row.affected.strip()),
            given.get(row.id, {}),
        )
        for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
    ]


def assessors(session: Session) -> list[str]:
    """Who has a map of their own, in the order they were added: names of persons, or keys of groups. Private."""
    return list(dict.fromkeys(session.scalars(select(Placement.assessor).order_by(Placement.rank))))
