"""What may be done in the step coverage: roles by stage, and the bodies that carry the assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.operation import about, operation

from ..tables import Body, Membership, StageRole, Stakeholder


@operation("Role in a stage changed")
def set_stage_role(session: Session, stakeholder_id: str, stage: str, role: str) -> None:
    """Say how a stakeholder takes part in one stage; an empty role takes what was said away."""
    stakeholder = records.fetch(session, Stakeholder, stakeholder_id)
    _set(session, _known(session), [stakeholder.id], [stage], role)
    about(session, stakeholder.name)


@operation("Roles in stages changed")
def set_stage_roles(
    session: Session, stakeholder_ids: Iterable[str], stages: Iterable[str], role: str, told: str = ""
) -> int:
    """Give several stakeholders the same role in several stages; answers how many roles changed.

    ``told`` names for the log what they have in common: a stakeholder, a group, a stage.
    """
    ids = [records.fetch(session, Stakeholder, id).id for id in dict.fromkeys(stakeholder_ids)]
    changed = _set(session, _known(session), ids, list(stages), role)
    about(session, told)
    return changed


@operation("Suggested roles taken over")
def take_suggested_roles(session: Session, roles: Mapping[tuple[str, str], str]) -> int:
    """Take roles by (stakeholder, stage) over wherever nothing is said yet; answers how many were taken."""
    known = _known(session)
    taken = 0
    for (stakeholder_id, stage), role in roles.items():
        if (row := known.get((stakeholder_id, stage))) is not None and row.role:
            continue
        taken += _set(session, known, [records.fetch(session, Stakeholder, stakeholder_id).id], [stage], role)
    about(session, str(taken))
    return taken


def _known(session: Session) -> dict[tuple[str, str], StageRole]:
    return {(row.stakeholder_id, row.stage): row for row in session.scalars(select(StageRole))}


def _set(
    session: Session, known: dict[tuple[str, str], StageRole], ids: list[str], stages: list[str], role: str
) -> int:
    changed, gone = 0, []
    for id in ids:
        for stage in stages:
            row = known.get((id, stage))
            if (row.role if row else "") == role:
                continue
            changed += 1
            if row is None:
                known[id, stage] = records.add(session, StageRole, stakeholder_id=id, stage=stage, role=role)
            elif role:
                records.fill(row, {"role": role})
            else:
                gone.append(known.pop((id, stage)).id)
    if gone:
        records.remove(session, StageRole, gone)
    session.flush()
    return changed


# Bodies --------------------------------------------------------------------------------------------------


@operation("Body added")
def add_body(session: Session, name: str, **values: Any) -> str:
    return records.add(session, Body, name=name, **values).id


@operation("Bodies added")
def add_bodies(session: Session, bodies: Iterable[tuple[str, str]]) -> int:
    """Add bodies by (kind, name), each kind only where there is none of it yet; answers how many were added."""
    there = set(session.scalars(select(Body.kind)))
    added = 0
    for kind, name in bodies:
        if kind not in there:
            records.add(session, Body, name=name, kind=kind)
            there.add(kind)
            added += 1
    about(session, str(added))
    return added


@operation("Body changed")
def change_body(session: Session, id: str, **values: Any) -> None:
    """Change a body. Who comes to lead it is a member of it as well."""
    body = records.change(session, Body, id, **values)
    if body.lead_id and "lead_id" in values:
        _join(session, body.id, [body.lead_id])


@operation("Body removed")
def remove_bodies(session: Session, ids: list[str]) -> int:
    return records.remove(session, Body, ids)


@operation("Body moved")
def move_body(session: Session, id: str, after: str | None) -> None:
    records.move(session, Body, id, after)


@operation("Members chosen")
def choose_members(session: Session, body_id: str, stakeholder_ids: Iterable[str]) -> None:
    """Say who sits in a body. Whoever leads it and is no longer a member leads it no more."""
    body = records.fetch(session, Body, body_id)
    wanted = list(dict.fromkeys(stakeholder_ids))
    rows = session.scalars(select(Membership).where(Membership.body_id == body.id))
    records.remove(session, Membership, [row.id for row in rows if row.stakeholder_id not in wanted])
    _join(session, body_id, wanted)
    body = records.fetch(session, Body, body_id)
    if body.lead_id and body.lead_id not in wanted:
        records.fill(body, {"lead_id": None})
        session.flush()
    about(session, body.name)


def _join(session: Session, body_id: str, stakeholder_ids: list[str]) -> None:
    there = set(session.scalars(select(Membership.stakeholder_id).where(Membership.body_id == body_id)))
    for id in stakeholder_ids:
        if id not in there:
            stakeholder = records.fetch(session, Stakeholder, id)
            records.add(session, Membership, body_id=body_id, stakeholder_id=stakeholder.id)
