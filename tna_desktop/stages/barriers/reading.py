"""What stage 4 shows: barriers by technology with their place in the tree, measures, and policy needs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..priorities import reading as priorities_reading
from ..priorities.tables import Technology
from .tables import Barrier, CoreProblem, Hindrance, Measure

BARRIER_FIELDS = (
    "id",
    "name",
    "definition",
    "category",
    "phase",
    "side",
    "importance",
    "severity",
    "ease",
    "evidence",
    "who_can_lift",
    "catalogue_key",
)
MEASURE_FIELDS = (
    "id",
    "name",
    "barrier_id",
    "kind",
    "policy_need",
    "law",
    "body",
    "effect",
    "ease",
    "beneficiaries",
    "definition",
    "to_plan",
    "catalogue_key",
)


def technologies(session: Session) -> list[dict[str, Any]]:
    """The shortlisted technologies: id, name, short (the name where there is no short one)."""
    return [
        {"id": row["id"], "name": row["name"], "short": row["short"] or row["name"]}
        for row in priorities_reading.shortlist(session)
    ]


def barriers(session: Session) -> list[dict[str, Any]]:
    """Every barrier in the order in which it was written.

    ``technologies`` are the ids of all technologies it hinders, ``shortlisted`` of those that go on; ``measures`` is
    how many answer it.
    """
    hindered: dict[str, list[str]] = {}
    going_on: dict[str, list[str]] = {}
    for barrier_id, technology_id, shortlisted in session.execute(
        select(Hindrance.barrier_id, Technology.id, Technology.shortlisted).join(Technology).order_by(Technology.rank)
    ):
        hindered.setdefault(barrier_id, []).append(technology_id)
        if shortlisted:
            going_on.setdefault(barrier_id, []).append(technology_id)
    answers = Counter(session.scalars(select(Measure.barrier_id)))
    return [
        {
            **_values(row, BARRIER_FIELDS),
            "technologies": hindered.get(row.id, []),
            "shortlisted": going_on.get(row.id, []),
            "measures": answers[row.id],
        }
        for row in session.scalars(select(Barrier).order_by(Barrier.rank))
    ]


def shortlist_barriers(session: Session) -> list[dict[str, Any]]:
    """The barriers that hinder a technology of the shortlist."""
    return [row for row in barriers(session) if row["shortlisted"]]


def causes(session: Session, technology_id: str | None) -> list[dict[str, Any]]:
    """The barriers of one technology in the team's order.

    ``id`` is the link's, ``barrier_id`` the barrier's, ``cause_of_id`` the barrier it is a cause of in this tree;
    ``others`` names the other technologies it hinders.
    """
    if not technology_id:
        return []
    names = {row["id"]: row["short"] or row["name"] for row in priorities_reading.technologies(session)}
    known = {row["id"]: row for row in barriers(session)}
    query = select(Hindrance.id, Hindrance.barrier_id, Hindrance.cause_of_id).where(
        Hindrance.technology_id == technology_id
    )
    return [
        {
            **known[barrier_id],
            "id": id,
            "barrier_id": barrier_id,
            "cause_of_id": cause_of_id,
            "others": [names[other] for other in known[barrier_id]["technologies"] if other != technology_id],
        }
        for id, barrier_id, cause_of_id in session.execute(query.order_by(Hindrance.rank, Hindrance.id))
    ]


def core_problem(session: Session, technology_id: str | None) -> str:
    """The problem at the root of a technology's tree; empty when it is not written."""
    return session.scalars(select(CoreProblem.text).where(CoreProblem.technology_id == technology_id)).first() or ""


def core_problems(session: Session) -> dict[str, str]:
    """Technology id -> core problem, where it is written."""
    return {row.technology_id: row.text for row in session.scalars(select(CoreProblem)) if row.text}


def measures(session: Session) -> list[dict[str, Any]]:
    """All measures by barrier, in the order of the barriers; those without a barrier come last.

    ``barrier`` is its name, ``technologies`` the names of the shortlisted technologies that it helps.
    """
    names = {row["id"]: row["short"] for row in technologies(session)}
    known = {row["id"]: row for row in barriers(session)}
    places = {id: place for place, id in enumerate(known)}
    rows = []
    for row in session.scalars(select(Measure).order_by(Measure.rank)):
        barrier = known.get(row.barrier_id)
        helped = [names[id] for id in barrier["shortlisted"]] if barrier else []
        rows.append(
            {
                **_values(row, MEASURE_FIELDS),
                "barrier": barrier["name"] if barrier else "",
                "category": barrier["category"] if barrier else "",
                "technologies": helped,
            }
        )
    return sorted(rows, key=lambda row: places.get(row["barrier_id"], len(places)))


def policy_needs(session: Session) -> list[dict[str, Any]]:
    """The measures that change a law or a rule, in the team's order."""
    ranks = {id: place for place, id in enumerate(session.scalars(select(Measure.id).order_by(Measure.rank)))}
    return sorted((row for row in measures(session) if row["policy_need"]), key=lambda row: ranks[row["id"]])


def unanswered(session: Session) -> list[dict[str, Any]]:
    """Barriers of the shortlist that no measure answers."""
    return [row for row in shortlist_barriers(session) if not row["measures"]]


def placed(session: Session, record: str) -> tuple[str, str] | None:
    """Where a barrier stands: (technology id, link id) for the id of a barrier or of a link; None when nowhere."""
    rows = session.execute(
        select(Technology.id, Hindrance.id)
        .join(Hindrance, Hindrance.technology_id == Technology.id)
        .where((Hindrance.id == record) | (Hindrance.barrier_id == record))
        .order_by(Technology.shortlisted.desc(), Technology.rank)
    ).all()
    return (rows[0][0], rows[0][1]) if rows else None


def find(session: Session, text: str) -> list[tuple[str, str, str, str]]:
    """Barriers, measures, policy needs whose name holds the text: (step, record, name, where), for the search."""
    wanted = text.casefold()
    names = {row["id"]: row["short"] for row in technologies(session)}
    found = [
        ("barriers.causes", row["id"], row["name"], ", ".join(names[id] for id in row["shortlisted"]))
        for row in shortlist_barriers(session)
    ]
    found += [
        (
            "barriers.policy" if row["policy_need"] else "barriers.measures",
            row["id"],
            row["name"],
            row["barrier"],
        )
        for row in measures(session)
    ]
    return [entry for entry in found if wanted in entry[2].casefold()]


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
