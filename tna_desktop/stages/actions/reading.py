"""What stage 5 shows: actions with who, when and what for, and the money found for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..barriers import reading as barriers_reading
from ..barriers.tables import Measure
from ..priorities import reading as priorities_reading
from ..stakeholders import reading as stakeholders_reading
from .tables import Action, Funding

ACTION_FIELDS = (
    "id",
    "name",
    "short",
    "measure_id",
    "technology_id",
    "kind",
    "lead_id",
    "lead_agreed",
    "partners",
    "start",
    "end",
    "cost",
    "indicator",
    "baseline",
    "target",
    "risks",
    "state",
    "definition",
)
FUNDING_FIELDS = ("id", "action_id", "source", "name", "year", "amount", "secured")


def actions(session: Session) -> list[dict[str, Any]]:
    """All actions in the team's order.

    ``lead``, ``lead_group``, ``technology`` and ``measure`` are words, empty when they are not chosen.
    """
    leads = {row["id"]: row for row in stakeholders_reading.register(session)}
    technologies = {row["id"]: row["short"] or row["name"] for row in priorities_reading.technologies(session)}
    measures = {row.id: row.name for row in session.execute(select(Measure.id, Measure.name))}
    rows = []
    for row in session.scalars(select(Action).order_by(Action.rank)):
        lead = leads.get(row.lead_id or "")
        rows.append(
            {
                **{name: getattr(row, name) for name in ACTION_FIELDS},
                "lead": lead["name"] if lead else "",
                "lead_group": lead["group"] if lead else "",
                "technology": technologies.get(row.technology_id or "", ""),
                "measure": measures.get(row.measure_id or "", ""),
            }
        )
    return rows


def fundings(session: Session) -> list[dict[str, Any]]:
    """All money found, by action in the plan's order; ``action`` is the action's name."""
    query = select(Funding, Action.name).join(Action).order_by(Action.rank, Funding.rank)
    return [
        {**{name: getattr(row, name) for name in FUNDING_FIELDS}, "action": action}
        for row, action in session.execute(query)
    ]


def waiting_measures(session: Session) -> list[dict[str, Any]]:
    """Measures marked for the plan that no action carries out yet."""
    there = set(session.scalars(select(Action.measure_id)))
    return [row for row in barriers_reading.measures(session) if row["to_plan"] and row["id"] not in there]


def find(session: Session, text: str) -> list[tuple[str, str, str, str]]:
    """Actions whose name holds the text: (step, record, name, lead), for the search box."""
    wanted = text.casefold()
    return [
        ("actions.plan", row["id"], row["name"], row["lead"])
        for row in actions(session)
        if wanted in row["name"].casefold()
    ]
