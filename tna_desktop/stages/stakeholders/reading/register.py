"""What stage 1 shows: plain values out of the database, for screens, checks, chapters and sheets alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..tables import Contact, GroupGap, OverviewItem, Scope, Stakeholder

SCOPE_FIELDS = ("mandate", "purpose", "period_from", "period_to", "languages", "priorities", "targets", "conventions")
OVERVIEW_FIELDS = ("id", "name", "kind", "holder", "year", "gap", "link")
REGISTER_FIELDS = (
    "id",
    "name",
    "short",
    "group",
    "influence",
    "interest",
    "engagement",
    "role",
    "interests",
    "knowledge",
    "affected",
    "language",
    "region",
)


def scope(session: Session) -> dict[str, Any]:
    """The scope's values by name; empty ones when nothing was written yet."""
    row = session.scalars(select(Scope)).first()
    return {name: getattr(row, name) if row else (None if name.startswith("period") else "") for name in SCOPE_FIELDS}


def overview(session: Session) -> list[dict[str, Any]]:
    """What exists already, in the team's order."""
    return [_values(row, OVERVIEW_FIELDS) for row in session.scalars(select(OverviewItem).order_by(OverviewItem.rank))]


def register(session: Session) -> list[dict[str, Any]]:
    """All stakeholders in the team's order, with how many contacts each has. Remarks and contacts stay behind."""
    contacts = Counter(session.scalars(select(Contact.stakeholder_id)))
    return [
        {**_values(row, REGISTER_FIELDS), "contacts": contacts[row.id]}
        for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
    ]


def contacts(session: Session, stakeholder_id: str | None = None) -> list[dict[str, Any]]:
    """Persons behind stakeholders: private, for the team's own screen and an annex that is off by default."""
    query = select(Contact, Stakeholder.name).join(Stakeholder).order_by(Stakeholder.rank, Contact.rank)
    if stakeholder_id:
        query = query.where(Contact.stakeholder_id == stakeholder_id)
    names = ("id", "name", "position", "email", "phone", "sex", "age_band")
    return [{**_values(row, names), "stakeholder": stakeholder} for row, stakeholder in session.execute(query)]


def details(session: Session, stakeholder_id: str) -> dict[str, Any] | None:
    """What is noted about one stakeholder, with the team's own remarks; None when it is gone."""
    row = session.get(Stakeholder, stakeholder_id)
    return None if row is None else _values(row, (*REGISTER_FIELDS, "remarks"))


def stakeholder_name(session: Session, stakeholder_id: str) -> str:
    """The name of a stakeholder; empty when it is gone."""
    return session.scalar(select(Stakeholder.name).where(Stakeholder.id == stakeholder_id)) or ""


@dataclass(frozen=True)
class GroupCount:
    """How many stakeholders a group has. ``gap`` is the recorded reason why it has none."""

    key: str
    name: str
    short: str
    count: int
    required: bool
    gap: str = ""


def groups(session: Session, workflow: Workflow) -> list[GroupCount]:
    """Every group of the workflow in its order, with its count; stakeholders without a group are not counted."""
    counts = Counter(session.scalars(select(Stakeholder.group)))
    gaps = {row.group: row.reason for row in session.scalars(select(GroupGap))}
    return [
        GroupCount(
            entry.key,
            entry.name,
            entry.short or entry.name,
            counts[entry.key],
            bool(entry.get("required")),
            gaps.get(entry.key, ""),
        )
        for entry in workflow.catalogue("stakeholder_groups").entries
    ]


def find(session: Session, text: str) -> list[tuple[str, str, str, str]]:
    """Stakeholders whose name holds the text: (step, record, name, group), for the search box."""
    wanted = text.casefold()
    return [
        ("stakeholders.register", row.id, row.name, row.group)
        for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
        if wanted in row.name.casefold() or wanted in row.short.casefold()
    ]


def taken(session: Session) -> set[str]:
    """What of a model list is in the register: catalogue keys, and names in small letters."""
    rows = session.execute(select(Stakeholder.catalogue_key, Stakeholder.name))
    return {word for key, name in rows for word in (key, name.casefold()) if word}


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
