"""What stage 2 shows: the criteria in their groups, and the weights as they were set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment

from ..tables import CriteriaGroup, Criterion, Gate, GroupWeight

CRITERION_FIELDS = (
    "id",
    "name",
    "short",
    "definition",
    "group_id",
    "direction",
    "unit",
    "low",
    "high",
    "anchor_1",
    "anchor_2",
    "anchor_3",
    "anchor_4",
    "anchor_5",
    "applies_to",
    "indifference",
    "preference",
    "value_shape",
    "value_points",
    "weight",
    "weight_reason",
    "source",
    "catalogue_key",
)


def groups(session: Session) -> list[dict[str, Any]]:
    """The branches of the tree in the order they are read: a branch, then the branches below it. ``depth`` from 0."""
    rows = list(session.scalars(select(CriteriaGroup).order_by(CriteriaGroup.rank)))
    ordered: list[dict[str, Any]] = []

    def walk(parent: str | None, depth: int) -> None:
        for row in rows:
            if row.parent_id == parent:
                ordered.append(
                    {
                        "id": row.id,
                        "name": row.name,
                        "short": row.short or row.name,
                        "definition": row.definition,
                        "parent_id": row.parent_id,
                        "depth": depth,
                        "catalogue_key": row.catalogue_key,
                    }
                )
                walk(row.id, depth + 1)

    walk(None, 0)
    return ordered


def criteria(session: Session) -> list[dict[str, Any]]:
    """All criteria in the order of the tree (group by group, then those without a group), with ``group`` as a name."""
    order = {group["id"]: (place, group["name"]) for place, group in enumerate(groups(session))}
    last = (len(order), "")
    rows = [
        {**{name: getattr(row, name) for name in CRITERION_FIELDS}, "group": order.get(row.group_id, last)[1]}
        for row in session.scalars(select(Criterion).order_by(Criterion.rank))
    ]
    return sorted(rows, key=lambda row: order.get(row["group_id"], last)[0])


def gates(session: Session) -> list[dict[str, Any]]:
    names = ("id", "name", "question", "applies_to", "source", "catalogue_key")
    return [{name: getattr(row, name) for name in names} for row in session.scalars(select(Gate).order_by(Gate.rank))]


def group_weights(session: Session) -> dict[tuple[str, str], float]:
    """The weights stakeholder groups gave, as set: (criterion id, group key) -> weight."""
    rows = session.scalars(select(GroupWeight).where(GroupWeight.weight.is_not(None)))
    return {(row.criterion_id, row.group): row.weight for row in rows}  # type: ignore[misc]


def settled(session: Session) -> set[str]:
    """The criteria whose weight was decided one by one since the mean of the groups was last taken."""
    found = set()
    for decision in assessment.decisions(session, "criteria.agreement"):  # newest first
        if decision["kind"] == "agreed_weights":
            break
        if decision["kind"] == "agreed_weight":
            found.add(decision["record"])
    return found


def top_group(session: Session) -> dict[str, str]:
    """For every branch the branch at the top it belongs to: what charts colour by."""
    parents = {group["id"]: group["parent_id"] for group in groups(session)}
    tops = {}
    for id in parents:
        top = id
        while parents[top]:
            top = parents[top]
        tops[id] = top
    return tops


def find(session: Session, text: str) -> list[tuple[str, str, str, str]]:
    """Criteria whose name holds the text: (step, record, name, group), for the search box."""
    wanted = text.casefold()
    return [
        ("criteria.tree", row["id"], row["name"], row["group"])
        for row in criteria(session)
        if wanted in row["name"].casefold()
    ]
