"""Weights are locked when scoring begins; unlocking them is a decision with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.text import language, message

from .. import reading
from ..reading.ballots import LOCKED, UNLOCKED
from ..tables import Criterion, WeightRule

STEP = "criteria.agreement"


@operation("Weights locked")
def lock_weights(session: Session, decided_by: str = "") -> None:
    """Lock the agreed weights, so that nobody changes them with the scores in view."""
    if reading.weights_locked(session):
        return
    if not _anything_agreed(session):
        raise Refused(message("No weight is agreed yet, so there is nothing to lock."))
    rule(session).locked = True
    _decide(session, LOCKED, "", decided_by)


@operation("Weights unlocked")
def unlock_weights(session: Session, reason: str, decided_by: str = "") -> None:
    """Let weights be changed again; the reason stands in the decision log. They stay so until someone locks them."""
    if not reason.strip():
        raise Refused(message("Write why the weights are to be changed."), "reason")
    if not reading.weights_locked(session):
        raise Refused(message("The weights are not locked."))
    rule(session).locked = False
    _decide(session, UNLOCKED, reason, decided_by)


def lock_as_scoring_begins(session: Session) -> None:
    """Part of the change that enters the first score: lock the weights, unless someone decided about that before."""
    if _anything_agreed(session) and not reading.weight_rule(session).decided:
        rule(session).locked = True
        session.flush()


def refuse_if_locked(session: Session) -> None:
    """Raise Refused while the weights are locked, saying why and how to unlock them."""
    if not reading.weights_locked(session):
        return
    if reading.scoring_begun(session):
        raise Refused(
            message("Scoring has begun, so the weights are locked. Unlock them with a reason to change them.")
        )
    raise Refused(message("The weights are locked. Unlock them with a reason to change them."))


def refuse_loss_if_locked(session: Session, ids: Iterable[str]) -> None:
    """Raise Refused while the weights are locked and these criteria or groups carry some: the others would weigh more."""
    if not reading.weights_locked(session):
        return
    gone = set(ids)
    for branch in reading.groups(session):
        if branch["parent_id"] in gone:
            gone.add(branch["id"])
    for row in reading.criteria(session):
        if row["weight"] and (row["id"] in gone or row["group_id"] in gone):
            raise Refused(
                message(
                    "The weights are locked, and “{name}” has one. Unlock them with a reason to remove it.",
                    name=row["name"],
                )
            )


def rule(session: Session) -> WeightRule:
    """The one row about how weights are put together, made where there is none."""
    found = session.scalars(select(WeightRule).order_by(WeightRule.rank)).first()
    return found if found is not None else records.add(session, WeightRule)


def _anything_agreed(session: Session) -> bool:
    return session.scalar(select(Criterion.id).where(Criterion.weight > 0).limit(1)) is not None


def _decide(session: Session, kind: str, reason: str, decided_by: str) -> None:
    # The log is printed as it stands, so it is written in the language of the assessment.
    say = language(assessment.facts(session).language).say
    what = say("Weights locked") if kind == LOCKED else say("Weights unlocked")
    assessment.record_decision(session, what=what, reason=reason, decided_by=decided_by, step=STEP, kind=kind)
