"""Operations and readings that belong to the whole assessment: its facts, finished steps, notes, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import records
from .operation import about, operation
from .tables import Assessment, Decision, Note, StepState


@dataclass(frozen=True)
class Facts:
    """The assessment's own facts as screens and chapters read them."""

    country: str
    title: str
    year: int | None
    language: str
    prepared_by: str
    status: str
    currency: str
    fictional: str
    workflow_key: str
    workflow_content: str


def facts(session: Session) -> Facts:
    row = session.scalars(select(Assessment)).one()
    return Facts(**{name: getattr(row, name) for name in Facts.__dataclass_fields__})


@operation("Assessment facts changed")
def change_facts(session: Session, **values: Any) -> None:
    record = session.scalars(select(Assessment)).one()
    records.fill(record, values)
    about(session, record.title or record.country)


@operation("Step marked")
def mark_step(session: Session, step: str, done: bool, by: str = "") -> None:
    """Say that a step is done, or that it is not."""
    record = session.scalars(select(StepState).where(StepState.step == step)).first()
    record = record or records.add(session, StepState, step=step)
    records.fill(record, {"done": done, "by": by, "at": datetime.now(UTC)})
    about(session, step)


def steps_done(session: Session) -> frozenset[str]:
    """The steps the team has called done, as ``stage.step``."""
    return frozenset(session.scalars(select(StepState.step).where(StepState.done)))


@operation("Note written")
def add_note(session: Session, step: str, text: str, author: str = "", record: str = "") -> str:
    """Write a remark in the margin of a step; its author is who makes the change, unless another is named."""
    author = author or session.info.get("author", "")
    return records.add(session, Note, step=step, text=text, author=author, record=record, at=datetime.now(UTC)).id


@operation("Note changed")
def change_note(session: Session, id: str, text: str) -> None:
    records.change(session, Note, id, text=text)


@operation("Note removed")
def remove_notes(session: Session, ids: list[str]) -> int:
    return records.remove(session, Note, ids)


def notes(session: Session, step: str) -> list[dict[str, Any]]:
    """The notes of a step, oldest first: id, text, author, at."""
    rows = session.scalars(select(Note).where(Note.step == step).order_by(Note.rank))
    return [{"id": row.id, "text": row.text, "author": row.author, "at": row.at} for row in rows]


@operation("Decision recorded")
def record_decision(
    session: Session,
    *,
    what: str,
    reason: str = "",
    decided_by: str = "",
    step: str = "",
    kind: str = "",
    record: str = "",
    decided_on: date | None = None,
    inputs: str = "",
) -> str:
    """Write down what was decided, by whom and why. It is printed in the report."""
    return records.add(
        session,
        Decision,
        what=what,
        reason=reason,
        decided_by=decided_by,
        step=step,
        kind=kind,
        record=record,
        decided_on=decided_on or date.today(),
        at=datetime.now(UTC),
        inputs=inputs,
    ).id


@operation("Decision changed")
def change_decision(session: Session, id: str, **values: Any) -> None:
    records.change(session, Decision, id, **values)


@operation("Decision removed")
def remove_decisions(session: Session, ids: list[str]) -> int:
    return records.remove(session, Decision, ids)


def decisions(session: Session, step: str | None = None) -> list[dict[str, Any]]:
    """The decision log, newest first; of one stage or step if named (``stakeholders`` or ``stakeholders.register``)."""
    rows = session.scalars(select(Decision).order_by(Decision.decided_on.desc(), Decision.rank.desc()))
    names = ("id", "step", "record", "kind", "what", "reason", "decided_by", "decided_on", "at")
    return [
        {name: getattr(row, name) for name in names}
        for row in rows
        if not step or f"{row.step}.".startswith(f"{step}.")
    ]
