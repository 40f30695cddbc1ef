"""What may be done on the influence map. Each function is one entry in the log and one step of undo.

An assessor is a person's name or the key of a stakeholder group; it is private and never stands in the log's title.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message

from ..tables import Placement, Stakeholder


@operation("Stakeholder placed on the map")
def place_stakeholder(session: Session, id: str, influence: float, interest: float, assessor: str = "") -> None:
    """Put a stakeholder where the team agrees, or where one assessor sees it."""
    values = {"influence": influence, "interest": interest}
    if not assessor:
        records.change(session, Stakeholder, id, **values)
        return
    about(session, records.fetch(session, Stakeholder, id).name)
    records.fill(_placement(session, id, assessor), values)


@operation("Stakeholder taken off the map")
def take_off_map(session: Session, id: str, assessor: str = "") -> None:
    """Make influence and interest unknown again; for an assessor, only what this assessor said."""
    values = {"influence": None, "interest": None}
    if not assessor:
        records.change(session, Stakeholder, id, **values)
        return
    about(session, records.fetch(session, Stakeholder, id).name)
    records.fill(_placement(session, id, assessor), values)


@operation("Mean of the assessors taken")
def adopt_places(session: Session, places: Mapping[str, tuple[float, float]]) -> int:
    """Make these places, influence and interest by stakeholder, the agreed ones; answers how many."""
    for id, (influence, interest) in places.items():
        records.change(session, Stakeholder, id, influence=influence, interest=interest)
    if len(places) > 1:
        about(session, str(len(places)))
    return len(places)


@operation("Engagement decided")
def choose_engagement(session: Session, id: str, level: str) -> None:
    """Say how a stakeholder takes part; empty takes it back."""
    records.change(session, Stakeholder, id, engagement=level)


@operation("Assessor added")
def add_assessor(session: Session, assessor: str) -> str:
    """Give someone an empty map to fill. Answers the name as it is kept."""
    name = _new_name(session, assessor)
    last = session.scalar(select(func.max(Placement.rank))) or 0.0
    ids = list(session.scalars(select(Stakeholder.id).order_by(Stakeholder.rank)))
    if not ids:
        raise Refused(message("List the stakeholders first."), "assessor")
    for number, id in enumerate(ids):
        records.add(session, Placement, stakeholder_id=id, assessor=name, rank=last + 1 + number)
    return name


@operation("Assessor renamed")
def rename_assessor(session: Session, assessor: str, name: str) -> str:
    """Give an assessor another name; what was placed stays."""
    new = _new_name(session, name, assessor)
    for row in _rows(session, assessor):
        row.assessor = new
    session.flush()
    return new


@operation("Assessor removed")
def remove_assessor(session: Session, assessor: str) -> int:
    """Take an assessor's map away; the agreed places stay."""
    rows = _rows(session, assessor)
    return records.remove(session, Placement, [row.id for row in rows])


def _rows(session: Session, assessor: str) -> list[Placement]:
    rows = list(session.scalars(select(Placement).where(Placement.assessor == assessor)))
    if not rows:
        raise Refused(message("This assessor is no longer there. Someone may have removed it."))
    return rows


def _placement(session: Session, id: str, assessor: str) -> Placement:
    query = select(Placement).where(Placement.stakeholder_id == id, Placement.assessor == assessor)
    return session.scalars(query).first() or records.add(session, Placement, stakeholder_id=id, assessor=assessor)


def _new_name(session: Session, name: str, but: str = "") -> str:
    kept = records.tidy(name)
    if not kept:
        raise Refused(message("Write the name of a person, or choose a group."), "assessor")
    others = {each.casefold() for each in session.scalars(select(Placement.assessor)) if each != but}
    if kept.casefold() in others:
        raise Refused(message("There is an assessor with this name already."), "assessor")
    return kept
