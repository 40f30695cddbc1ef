"""What the engagement plan shows: who is engaged how, the meetings, who was invited and who came."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..tables import Attendance, Contact, Meeting, StageRole, Stakeholder

PLAN_FIELDS = ("id", "name", "short", "group", "influence", "interest", "engagement", "approach", "met_when")
MEETING_FIELDS = (
    "id",
    "name",
    "kind",
    "stage",
    "held_on",
    "hours",
    "place",
    "language",
    "held",
    "agenda",
    "outcome",
)
#: Who is only informed of a stage's results has no part in its meetings.
INFORMED = "inform"


def plan(session: Session) -> list[dict[str, Any]]:
    """All stakeholders in the team's order with how and when they are engaged, and to how many meetings invited."""
    invited: dict[str, int] = {}
    for stakeholder in session.scalars(select(Attendance.stakeholder_id)):
        invited[stakeholder] = invited.get(stakeholder, 0) + 1
    return [
        {**{name: getattr(row, name) for name in PLAN_FIELDS}, "meetings": invited.get(row.id, 0)}
        for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
    ]


def meetings(session: Session) -> list[dict[str, Any]]:
    """All meetings in the team's order, with how many stakeholders were invited and how many came."""
    invited: dict[str, int] = {}
    came: dict[str, int] = {}
    for meeting, present in session.execute(select(Attendance.meeting_id, Attendance.present)):
        invited[meeting] = invited.get(meeting, 0) + 1
        came[meeting] = came.get(meeting, 0) + bool(present)
    return [
        {
            **{name: getattr(row, name) for name in MEETING_FIELDS},
            "invited": invited.get(row.id, 0),
            "came": came.get(row.id, 0),
        }
        for row in session.scalars(select(Meeting).order_by(Meeting.rank))
    ]


def meeting(session: Session, id: str | None) -> dict[str, Any] | None:
    """One meeting as meetings() gives it; None when it is gone."""
    return next((row for row in meetings(session) if row["id"] == id), None) if id else None


def invited(session: Session, meeting_id: str | None) -> list[dict[str, Any]]:
    """Who is invited to a meeting, in the order of the register: name, group, whether they came, women and men."""
    query = (
        select(Attendance, Stakeholder)
        .join(Stakeholder, Attendance.stakeholder_id == Stakeholder.id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Stakeholder.rank)
    )
    return [
        {
            "id": entry.id,
            "stakeholder_id": who.id,
            "name": who.name,
            "short": who.short or who.name,
            "group": who.group,
            "present": entry.present,
            "women": entry.women,
            "men": entry.men,
        }
        for entry, who in session.execute(query)
    ]


def meetings_of(session: Session, stakeholder_id: str | None) -> list[dict[str, Any]]:
    """The meetings a stakeholder is invited to: id, name, day, held, and whether it came."""
    query = (
        select(Attendance, Meeting)
        .join(Meeting, Attendance.meeting_id == Meeting.id)
        .where(Attendance.stakeholder_id == stakeholder_id)
        .order_by(Meeting.rank)
    )
    return [
        {"id": met.id, "name": met.name, "held_on": met.held_on, "held": met.held, "present": entry.present}
        for entry, met in session.execute(query)
    ]


def with_a_part(session: Session, stage: str) -> list[str]:
    """The stakeholders that take part in a stage in any way but being informed, in the register's order."""
    query = (
        select(StageRole.stakeholder_id)
        .join(Stakeholder, StageRole.stakeholder_id == Stakeholder.id)
        .where(StageRole.stage == stage, StageRole.role.not_in(("", INFORMED)))
        .order_by(Stakeholder.rank)
    )
    return list(session.scalars(query))


def addressees(session: Session, meeting_id: str, workflow: Workflow) -> list[dict[str, Any]]:
    """Who a meeting's letters go to, by group in the workflow's order: organisation, and the names of its contacts.

    Names of persons: only for letters and lists the team makes for itself. E-mail and phone stay behind.
    """
    persons: dict[str, list[dict[str, str]]] = {}
    for row in session.scalars(select(Contact).order_by(Contact.rank)):
        persons.setdefault(row.stakeholder_id, []).append({"name": row.name, "position": row.position})
    order = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries]
    rows = [
        {
            "organisation": row["name"],
            "group": row["group"],
            "group_name": workflow.name("stakeholder_groups", row["group"]) if row["group"] in order else "",
            "persons": persons.get(row["stakeholder_id"], []),
        }
        for row in invited(session, meeting_id)
    ]
    return sorted(rows, key=lambda row: order.index(row["group"]) if row["group"] in order else len(order))
