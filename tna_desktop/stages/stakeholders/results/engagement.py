"""Who took part in the meetings, counted by group: organisations, women, men, and those who were not counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..tables import Attendance, Meeting, Stakeholder
from .map import influence_map

#: The key of those who belong to no group of the workflow.
NO_GROUP = ""


@dataclass(frozen=True)
class Participation:
    """Participation of one group, or of all, in the meetings held.

    ``stakeholders`` came at least once; ``attendances`` counts each meeting of each of them. ``women`` and ``men`` are
    persons present, each meeting anew, and None where nobody was counted. ``uncounted`` attendances lack the number
    of women, of men, or of both.
    """

    group: str
    name: str
    stakeholders: int
    attendances: int
    women: int | None
    men: int | None
    uncounted: int


def participation(session: Session, workflow: Workflow) -> tuple[list[Participation], Participation]:
    """Every group that came to a meeting held, in the workflow's order, and all groups together."""
    query = (
        select(Attendance, Stakeholder.group)
        .join(Stakeholder, Attendance.stakeholder_id == Stakeholder.id)
        .join(Meeting, Attendance.meeting_id == Meeting.id)
        .where(Attendance.present, Meeting.held)
    )
    known = {entry.key: entry.name for entry in workflow.catalogue("stakeholder_groups").entries}
    by_group: dict[str, list[Attendance]] = {}
    for entry, group in session.execute(query):
        by_group.setdefault(group if group in known else NO_GROUP, []).append(entry)
    rows = [_counted(key, name, by_group[key]) for key, name in (known | {NO_GROUP: ""}).items() if key in by_group]
    return rows, _counted(NO_GROUP, "", [entry for entries in by_group.values() for entry in entries])


def _counted(key: str, name: str, entries: list[Attendance]) -> Participation:
    return Participation(
        key,
        name,
        stakeholders=len({entry.stakeholder_id for entry in entries}),
        attendances=len(entries),
        women=_sum(entry.women for entry in entries),
        men=_sum(entry.men for entry in entries),
        uncounted=sum(1 for entry in entries if entry.women is None or entry.men is None),
    )


def _sum(counts: Any) -> int | None:
    """The sum of what was counted; None where nothing was."""
    found = [count for count in counts if count is not None]
    return sum(found) if found else None


def suggested_levels(session: Session, workflow: Workflow) -> dict[str, str]:
    """The level of engagement that its place on the map suggests for each stakeholder placed there."""
    shown = influence_map(session, workflow)
    found = {each.id: shown.suggestion(each) for each in shown.stakeholders}
    return {id: level for id, level in found.items() if level}
