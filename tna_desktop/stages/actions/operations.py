"""What may be done in stage 5. Each function is one entry in the log and one step of undo."""

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

from ..barriers import reading as barriers_reading
from ..barriers.tables import Measure
from .tables import Action, Funding

#: What kind of action a kind of measure becomes, where the two lists use different words.
_KINDS = {"training": "capacity", "research": "research_pilot", "infrastructure": "investment"}


@operation("Action added")
def add_action(session: Session, name: str, **values: Any) -> str:
    action = records.add(session, Action, name=name, **values)
    _check_dates(action)
    return action.id


@operation("Action changed")
def change_action(session: Session, id: str, **values: Any) -> None:
    """Change an action. Another lead has not agreed yet, so that mark goes when the lead changes."""
    action = records.fetch(session, Action, id)
    lead = values.get("lead_id", action.lead_id) or None
    if lead != action.lead_id:
        values.setdefault("lead_agreed", False)
    if values.get("lead_agreed") and not lead:
        raise Refused(message("Choose who leads this action first."), "lead_agreed")
    records.change(session, Action, id, **values)
    _check_dates(action, "start" if "start" in values and "end" not in values else "end")


@operation("Action removed")
def remove_actions(session: Session, ids: list[str]) -> int:
    """Remove actions with their money, milestones and links to other actions; the measures stay."""
    return records.remove(session, Action, ids)


@operation("Action moved")
def move_action(session: Session, id: str, after: str | None) -> None:
    records.move(session, Action, id, after)


@operation("Measures taken over")
def take_over_measures(session: Session, workflow: Workflow, ids: Iterable[str]) -> int:
    """Make an action of each of these measures that none carries out yet; answers how many.

    The technology is known only when the measure's barrier hinders a single one of the shortlist.
    """
    there = set(session.scalars(select(Action.measure_id)))
    hindered = {row["id"]: row["shortlisted"] for row in barriers_reading.barriers(session)}
    kinds = {entry.key for entry in workflow.catalogue("action_kinds").entries}
    planned = workflow.catalogue("action_states").find("planned")
    made = 0
    for id in dict.fromkeys(ids):
        measure = records.fetch(session, Measure, id)
        if id in there:
            continue
        technologies = hindered.get(measure.barrier_id or "", [])
        kind = measure.kind if measure.kind in kinds else _KINDS.get(measure.kind, "")
        records.add(
            session,
            Action,
            name=measure.name,
            definition=measure.definition,
            measure_id=id,
            technology_id=technologies[0] if len(technologies) == 1 else None,
            kind=kind if kind in kinds else "",
            state="planned" if planned else "",
        )
        made += 1
    about(session, str(made))
    return made


@operation("Money added")
def add_funding(session: Session, action_id: str, **values: Any) -> str:
    """Say where money for an action comes from, in which year; the amount may be unknown."""
    if not action_id:
        raise Refused(message("Choose the action this money is for."), "action_id")
    action = records.fetch(session, Action, action_id)
    about(session, action.name)
    return records.add(session, Funding, action_id=action_id, **values).id


@operation("Money changed")
def change_funding(session: Session, id: str, **values: Any) -> None:
    funding = records.fetch(session, Funding, id)
    if "action_id" in values:
        if not values["action_id"]:
            raise Refused(message("Choose the action this money is for."), "action_id")
        records.fetch(session, Action, values["action_id"])
    records.change(session, Funding, id, **values)
    about(session, session.get(Action, funding.action_id).name)  # type: ignore[union-attr]


@operation("Money removed")
def remove_funding(session: Session, ids: list[str]) -> int:
    return records.remove(session, Funding, ids)


@operation("Money moved")
def move_funding(session: Session, id: str, after: str | None) -> None:
    records.move(session, Funding, id, after)


def _check_dates(action: Action, field: str = "end") -> None:
    if action.start and action.end and action.end < action.start:
        raise Refused(message("The end lies before the start. Change one of the two."), field)
