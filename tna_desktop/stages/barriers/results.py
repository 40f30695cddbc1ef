"""What stage 4 computes: barriers in order, barriers shared by several technologies, and the tree of causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from . import reading


@dataclass(frozen=True)
class RankedBarrier:
    """A barrier's place at one technology. Equal ones share a place; the next place is then left out."""

    place: int
    tied: bool
    barrier_id: str
    name: str
    category: str
    importance: str
    severity: int | None
    ease: int | None
    measures: int


@dataclass(frozen=True)
class CommonBarrier:
    """A barrier that hinders more than one technology of the shortlist, and what lifting it would open.

    ``technologies`` are their names, ``foremost_for`` those in which no barrier is worse, ``consequences`` the other
    barriers that follow from it in any of the trees.
    """

    barrier_id: str
    name: str
    category: str
    importance: str
    severity: int | None
    technologies: tuple[str, ...]
    foremost_for: tuple[str, ...]
    consequences: tuple[str, ...]
    measures: int


@dataclass(frozen=True)
class Cause:
    """A barrier in a technology's tree, with what causes it."""

    id: str
    barrier_id: str
    name: str
    category: str
    severity: int | None
    ease: int | None
    measures: int
    causes: tuple[Cause, ...]

    @property
    def depth(self) -> int:
        """How many barriers stand in the longest chain that begins here."""
        return 1 + max((each.depth for each in self.causes), default=0)


def ranked(session: Session, workflow: Workflow) -> dict[str, tuple[RankedBarrier, ...]]:
    """For each technology of the shortlist (by id), its barriers: the worst class first, in it the most severe.

    What has no class comes after all classes, what has no severity after all severities. Ties stay ties.
    """
    return {
        technology["id"]: _in_order(reading.causes(session, technology["id"]), workflow)
        for technology in reading.technologies(session)
    }


def common(session: Session, workflow: Workflow) -> tuple[CommonBarrier, ...]:
    """Barriers that hinder more than one shortlisted technology, the worst first, then those that hinder most."""
    technologies = reading.technologies(session)
    names = {row["id"]: row["short"] for row in technologies}
    trees = {id: reading.causes(session, id) for id in names}
    places = {id: _in_order(rows, workflow) for id, rows in trees.items()}
    known = {row["id"]: row["name"] for row in reading.barriers(session)}
    found = []
    for row in reading.shortlist_barriers(session):
        if len(row["shortlisted"]) < 2:
            continue
        follows: dict[str, None] = {}
        for id in row["shortlisted"]:
            follows |= dict.fromkeys(_upwards(trees[id], row["id"]))
        foremost = [
            id for id in row["shortlisted"] if any(e.place == 1 and e.barrier_id == row["id"] for e in places[id])
        ]
        found.append(
            (
                _worst_first(row, workflow),
                -len(row["shortlisted"]),
                CommonBarrier(
                    row["id"],
                    row["name"],
                    row["category"],
                    row["importance"],
                    row["severity"],
                    tuple(names[id] for id in row["shortlisted"]),
                    tuple(names[id] for id in foremost),
                    tuple(known[id] for id in follows if id != row["id"]),
                    row["measures"],
                ),
            )
        )
    return tuple(entry[2] for entry in sorted(found, key=lambda entry: entry[:2]))


def cause_tree(rows: Sequence[dict[str, Any]]) -> tuple[Cause, ...]:
    """The direct causes with what is behind them, from reading.causes().

    A barrier whose chain runs in a circle (two copies may have been merged so) stands as a direct cause.
    """
    known = {row["barrier_id"]: row for row in rows}
    below: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        above = row["cause_of_id"] if row["cause_of_id"] in known else None
        if above is not None and row["barrier_id"] in _upwards(rows, row["barrier_id"]):
            above = None
        below.setdefault(above, []).append(row)

    def grown(row: dict[str, Any]) -> Cause:
        return Cause(
            row["id"],
            row["barrier_id"],
            row["name"],
            row["category"],
            row["severity"],
            row["ease"],
            row["measures"],
            tuple(grown(each) for each in below.get(row["barrier_id"], ())),
        )

    return tuple(grown(row) for row in below.get(None, ()))


def _upwards(rows: Sequence[dict[str, Any]], barrier_id: str) -> list[str]:
    """The barriers that follow from one, nearest first; it is itself among them when the chain runs in a circle."""
    above = {row["barrier_id"]: row["cause_of_id"] for row in rows}
    found: list[str] = []
    at = above.get(barrier_id)
    while at and at in above and at not in found:
        found.append(at)
        at = above[at]
    return found


def _worst_first(row: dict[str, Any], workflow: Workflow) -> tuple[int, int]:
    classes = [entry.key for entry in workflow.catalogue("barrier_classes").entries]
    place = classes.index(row["importance"]) if row["importance"] in classes else len(classes)
    return place, -(row["severity"] or 0)


def _in_order(rows: Sequence[dict[str, Any]], workflow: Workflow) -> tuple[RankedBarrier, ...]:
    measured = sorted(((_worst_first(row, workflow), row) for row in rows), key=lambda pair: pair[0])
    order = [pair[0] for pair in measured]
    return tuple(
        RankedBarrier(
            order.index(key) + 1,
            order.count(key) > 1,
            row["barrier_id"],
            row["name"],
            row["category"],
            row["importance"],
            row["severity"],
            row["ease"],
            row["measures"],
        )
        for key, row in measured
    )
