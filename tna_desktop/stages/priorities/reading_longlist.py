"""What the long list says beside its own columns: consent, gates, and which technologies may be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..criteria import reading as criteria_reading
from ..stakeholders.reading import consent as consent_reading
from ..stakeholders.tables import Consent, Stakeholder
from ..stakeholders.withholding import withheld
from . import reading
from .tables import Technology

#: What may be known of the consent to the knowledge in a technology.
WITHHELD, OPEN, WAITING, NOT_ASKED = "withheld", "open", "waiting", ""
KIND = Technology.__tablename__


@dataclass(frozen=True)
class ConsentStatus:
    """How it stands with the consent to what a technology carries. ``record`` is the consent record, if there is one.

    withheld: it leaves no output. open: it may be shown. waiting: it carries knowledge and nobody was asked.
    """

    state: str = NOT_ASKED
    record: str = ""
    form: str = ""
    whose: str = ""


@dataclass(frozen=True)
class GateStatus:
    """How far a technology is through the gates that apply to it."""

    failed: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    gates: int = 0


def consents(session: Session) -> dict[str, ConsentStatus]:
    """By technology, how it stands with consent; those it does not concern are left out."""
    closed = withheld(session)
    found = {
        each.id: ConsentStatus(WAITING) for each in consent_reading.waiting(session) if each.kind == KIND
    }  # fmt: skip
    for row in consent_reading.consents(session):
        id = row["record"]
        if row["kind"] == KIND and (id not in found or not row["may_be_shown"]):
            found[id] = ConsentStatus(WITHHELD if id in closed else OPEN, row["id"], row["form"], row["whose"])
    return found


def technology(session: Session, id: str | None) -> dict[str, Any] | None:
    """One technology with its fact sheet, None when it is gone; the list may be long, and the keyboard is quick."""
    row = session.get(Technology, id) if id else None
    return None if row is None else {name: getattr(row, name) for name in reading.TECHNOLOGY_FIELDS}


def consent_of(session: Session, technology: Mapping[str, Any]) -> ConsentStatus | None:
    """How it stands with the consent to one technology; None where it does not concern it."""
    rows = session.execute(
        select(Consent.id, Consent.form, Consent.holder, Consent.may_be_shown, Stakeholder.name)
        .outerjoin(Stakeholder, Consent.stakeholder_id == Stakeholder.id)
        .where(Consent.kind == KIND, Consent.record == technology["id"])
        .order_by(Consent.may_be_shown, Consent.rank, Consent.id)
    ).all()
    if not rows:
        carries = any(technology[column.key] for column in Technology.__table__.columns if column.info.get("knowledge"))
        return ConsentStatus(WAITING) if carries else None
    first = rows[0]  # one that is closed closes the entry
    return ConsentStatus(
        OPEN if first.may_be_shown else WITHHELD, first.id, first.form, first.holder or first.name or ""
    )  # fmt: skip


def gate_states(session: Session, technologies: Sequence[Mapping[str, Any]]) -> dict[str, GateStatus]:
    """By technology, which gates it failed, passes on conditions only, or was not held against."""
    gates, answers = criteria_reading.gates(session), reading.gate_answers(session)
    found = {}
    for row in technologies:
        names: dict[str, list[str]] = {"fail": [], "conditional": [], "": []}
        mine = [gate for gate in gates if reading.gate_applies(gate, row)]
        for gate in mine:
            answer = answers.get((row["id"], gate["id"]), ("",))[0]
            names.get("" if answer in ("", reading.NOT_ASSESSED) else answer, []).append(gate["name"])
        found[row["id"]] = GateStatus(
            tuple(names["fail"]), tuple(names["conditional"]), tuple(names[""]), len(mine)
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class LongList:
    """The long list as its table shows it."""

    technologies: list[dict[str, Any]]
    consents: dict[str, ConsentStatus]
    gates: dict[str, GateStatus]


def long_list(session: Session) -> LongList:
    rows = reading.technologies(session)
    return LongList(rows, consents(session), gate_states(session, rows))
