"""What may be done in stage 4. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Workflow

from ..priorities.tables import Technology
from .tables import Barrier, CoreProblem, Hindrance, Measure

#: The kind of measure that changes a law or a rule; it is a policy need by itself.
POLICY = "policy"


@operation("Core problem written")
def write_core_problem(session: Session, technology_id: str, text: str) -> None:
    """Say in one sentence what keeps a technology from spreading; an empty text takes it back."""
    technology = records.fetch(session, Technology, technology_id)
    about(session, technology.name)
    found = session.scalars(select(CoreProblem).where(CoreProblem.technology_id == technology_id)).first()
    if not text.strip():
        if found is not None:
            session.delete(found)
    elif found is None:
        records.add(session, CoreProblem, technology_id=technology_id, text=text)
    else:
        records.fill(found, {"text": text})


@operation("Barrier added")
def add_barrier(session: Session, technology_id: str, name: str, **values: Any) -> str:
    """Write down what hinders a technology; answers the link between the two.

    A barrier of that name that is written already is not written twice: it is linked, and only what was still
    empty in it is filled. Raises Refused when it stands at this technology already.
    """
    records.fetch(session, Technology, technology_id)
    cause_of = values.pop("cause_of_id", None)
    barrier = barrier_named(session, name)
    if barrier is None:
        barrier = records.add(session, Barrier, name=name, **values)
    else:
        if _hindrance(session, technology_id, barrier.id) is not None:
            raise Refused(message("“{name}” stands here already.", name=barrier.name), "name")
        known = {key: value for key, value in values.items() if value not in (None, "") and not getattr(barrier, key)}
        records.fill(barrier, known)
        about(session, barrier.name)
    link = records.add(session, Hindrance, technology_id=technology_id, barrier_id=barrier.id)
    if cause_of:
        _set_cause(session, link, cause_of)
    return link.id


@operation("Barrier changed")
def change_hindrance(session: Session, id: str, **values: Any) -> None:
    """Change a barrier from one technology: it changes wherever it stands, its place in the tree only here."""
    link = records.fetch(session, Hindrance, id)
    if "cause_of_id" in values:
        about(session, link.barrier.name)
        _set_cause(session, link, values.pop("cause_of_id"))
    if values:
        change_barrier(session, link.barrier_id, **values)


@operation("Barrier changed")
def change_barrier(session: Session, id: str, **values: Any) -> None:
    """Change a barrier wherever it stands. Raises Refused when another barrier has that name."""
    twin = barrier_named(session, values.get("name") or "")
    if twin is not None and twin.id != id:
        raise Refused(
            message("“{name}” is written already. Take it from the common barriers instead.", name=twin.name),
            "name",
        )
    records.change(session, Barrier, id, **values)


@operation("Barrier removed")
def remove_hindrances(session: Session, ids: list[str]) -> int:
    """Take barriers away from a technology; one that hinders nothing else goes, and its measures with it.

    What was a cause of a removed barrier becomes a cause of what that one caused.
    """
    links = [link for link in (session.get(Hindrance, id) for id in ids) if link is not None]
    for link in links:
        barrier = link.barrier
        about(session, barrier.name)
        for lower in session.scalars(
            select(Hindrance).where(
                Hindrance.technology_id == link.technology_id, Hindrance.cause_of_id == link.barrier_id
            )
        ):
            lower.cause_of_id = link.cause_of_id
        session.flush()
        session.delete(link)
        session.flush()
        session.expire(barrier)
        if session.scalars(select(Hindrance).where(Hindrance.barrier_id == barrier.id)).first() is None:
            session.delete(barrier)
            session.flush()
    return len(links)


@operation("Barrier moved")
def move_hindrance(session: Session, id: str, after: str | None) -> None:
    records.move(session, Hindrance, id, after)


@operation("Common barriers taken over")
def take_barriers(
    session: Session,
    workflow: Workflow,
    technology_id: str,
    barriers: Iterable[str] = (),
    keys: Iterable[str] = (),
) -> int:
    """Link barriers written before, and take entries of the catalogue over; answers how many now stand here anew.

    An entry of the catalogue that another technology has taken over is linked too. Hand in the workflow in the
    language of the document.
    """
    technology = records.fetch(session, Technology, technology_id)
    wanted = set(keys)
    ids = list(dict.fromkeys(barriers))
    for entry in workflow.catalogue("barriers").entries:
        if entry.key not in wanted:
            continue
        barrier = session.scalars(select(Barrier).where(Barrier.catalogue_key == entry.key)).first()
        barrier = barrier or barrier_named(session, entry.name)
        if barrier is None:
            barrier = records.add(
                session,
                Barrier,
                name=entry.name,
                definition=entry.definition,
                category=entry.get("category", ""),
                phase=entry.get("phase", ""),
                side=entry.get("side", "national"),
                catalogue_key=entry.key,
            )
        ids.append(barrier.id)
    made = 0
    for id in dict.fromkeys(ids):
        records.fetch(session, Barrier, id)
        if _hindrance(session, technology_id, id) is None:
            records.add(session, Hindrance, technology_id=technology_id, barrier_id=id)
            made += 1
    about(session, technology.name)
    return made


@operation("Measure added")
def add_measure(session: Session, name: str, **values: Any) -> str:
    """Write down what would lift a barrier. One of the kind policy is a policy need by itself."""
    if values.get("kind") == POLICY:
        values["policy_need"] = True
    return records.add(session, Measure, name=name, **values).id


@operation("Measure changed")
def change_measure(session: Session, id: str, **values: Any) -> None:
    """Change a measure; the policy need follows its kind. Raises Refused when the two would contradict each other."""
    before = records.fetch(session, Measure, id)
    kind = values.get("kind", before.kind)
    if kind == POLICY:
        if "policy_need" in values and not values["policy_need"] and "kind" not in values:
            raise Refused(
                message("A measure of this kind is always a policy need. Change its kind first."),
                "policy_need",
            )
        values["policy_need"] = True
    elif before.kind == POLICY and "policy_need" not in values:
        values["policy_need"] = False
    records.change(session, Measure, id, **values)


@operation("Measure removed")
def remove_measures(session: Session, ids: list[str]) -> int:
    """Remove measures; actions that carry one out stay, without it."""
    return records.remove(session, Measure, ids)


@operation("Measure moved")
def move_measure(session: Session, id: str, after: str | None) -> None:
    records.move(session, Measure, id, after)


@operation("Suggested measures taken over")
def take_measures(session: Session, workflow: Workflow, pairs: Iterable[tuple[str | None, str]]) -> int:
    """Take entries of the catalogue of measures over, each for a barrier; answers how many.

    ``pairs`` are (barrier id, entry key). A barrier gets an entry only once.
    """
    there = {(row.barrier_id, row.catalogue_key) for row in session.scalars(select(Measure))}
    made = 0
    for barrier_id, key in pairs:
        entry = workflow.catalogue("measures").find(key)
        if entry is None or (barrier_id, key) in there:
            continue
        if barrier_id:
            records.fetch(session, Barrier, barrier_id)
        add_measure(
            session,
            entry.name,
            barrier_id=barrier_id,
            kind=entry.get("kind", ""),
            definition=entry.definition,
            catalogue_key=key,
        )
        there.add((barrier_id, key))
        made += 1
    about(session, str(made))
    return made


@operation("Policy needs taken from the library")
def take_policy_needs(session: Session, workflow: Workflow, keys: Iterable[str]) -> int:
    """Take policy needs of the catalogue over, each only once; which barrier each answers is for the team to say."""
    there = set(session.scalars(select(Measure.catalogue_key)))
    wanted = [entry for entry in workflow.catalogue("policy_needs").entries if entry.key in set(keys) - there]
    for entry in wanted:
        add_measure(
            session,
            entry.name,
            kind=POLICY,
            definition=entry.definition,
            catalogue_key=entry.key,
        )
    about(session, str(len(wanted)))
    return len(wanted)


@operation("Policy need added")
def add_policy_need(session: Session, name: str, **values: Any) -> str:
    """Name a law or rule that must change; it is a measure like any other."""
    values.setdefault("kind", POLICY)
    return add_measure(session, name, **{**values, "policy_need": True})


@operation("Policy need removed")
def remove_policy_needs(session: Session, ids: list[str]) -> int:
    return records.remove(session, Measure, ids)


def barrier_named(session: Session, name: str) -> Barrier | None:
    """The barrier of that name, whatever the capitals and the spaces; None when there is none."""
    wanted = _same(name)
    return next((row for row in session.scalars(select(Barrier)) if wanted and _same(row.name) == wanted), None)


def _same(name: str) -> str:
    return " ".join(str(name).split()).casefold()


def _hindrance(session: Session, technology_id: str, barrier_id: str) -> Hindrance | None:
    return session.scalars(
        select(Hindrance).where(Hindrance.technology_id == technology_id, Hindrance.barrier_id == barrier_id)
    ).first()


def _set_cause(session: Session, link: Hindrance, cause_of: str | None) -> None:
    """Put a barrier under another one of the same tree. A barrier cannot, through others, be its own cause."""
    if not cause_of:
        link.cause_of_id = None
        session.flush()
        return
    above = {
        row.barrier_id: row.cause_of_id
        for row in session.scalars(select(Hindrance).where(Hindrance.technology_id == link.technology_id))
    }
    if cause_of not in above:
        raise Refused(message("Choose a barrier of the same technology."), "cause_of_id")
    at: str | None = cause_of
    seen: set[str] = set()
    while at and at not in seen:
        if at == link.barrier_id:
            raise Refused(
                message("A barrier cannot be its own cause. Choose another one.")
                if cause_of == link.barrier_id
                else message(
                    "{name} is itself a cause of this barrier, so it cannot follow from it.",
                    name=_name(session, cause_of),
                ),
                "cause_of_id",
            )
        seen.add(at)
        at = above.get(at)
    link.cause_of_id = cause_of
    session.flush()


def _name(session: Session, barrier_id: str) -> str:
    return records.fetch(session, Barrier, barrier_id).name
