"""Weights as they are set: the agreed ones, those of a stakeholder group, and how groups become the country.

Each function is one entry in the log and one step of undo. While weights are locked all of them refuse.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.analysis.elicitation import Mean
from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import language, message

from .. import reading, results
from ..tables import Criterion, GroupVoice, GroupWeight, WeighingRound
from .ballots import refuse_if_closed
from .lock import STEP, refuse_if_locked, rule


@operation("Agreed weight set")
def set_weight(session: Session, criterion_id: str, weight: float | None) -> None:
    """Set the agreed weight of a criterion, as the team says it; None takes it back."""
    refuse_if_locked(session)
    _set(session, criterion_id, weight)


@operation("Group weight set")
def set_group_weight(session: Session, criterion_id: str, group: str, weight: float | None) -> None:
    """Set the weight a stakeholder group gives a criterion; None takes it back. It belongs to the newest round."""
    refuse_if_locked(session)
    refuse_if_closed(session)
    found = session.scalars(
        select(GroupWeight).where(GroupWeight.criterion_id == criterion_id, GroupWeight.group == group)
    ).first()
    criterion = records.fetch(session, Criterion, criterion_id)
    if found is None and weight is not None:
        records.add(session, GroupWeight, criterion_id=criterion_id, group=group, weight=weight)
    elif found is not None and weight is None:
        session.delete(found)
    elif found is not None:
        records.fill(found, {"weight": weight})
    about(session, criterion.name)


@operation("Agreed weights taken from the groups")
def adopt_weights(session: Session, weights: Mapping[str, float]) -> int:
    """Set several agreed weights at once (the mean of the groups, say): criterion id -> weight."""
    return _set_each(session, weights)


@operation("Agreed weights set")
def set_weights(session: Session, weights: Mapping[str, float | None]) -> int:
    """Set several agreed weights at once, as they were pasted: criterion id -> weight."""
    return _set_each(session, weights)


@operation("Group weights set")
def set_group_weights(session: Session, group: str, group_name: str, weights: Mapping[str, float | None]) -> int:
    """Set the weights a stakeholder group gives to several criteria at once: criterion id -> weight."""
    for criterion_id, weight in weights.items():
        set_group_weight(session, criterion_id, group, weight)
    about(session, group_name)
    return len(weights)


@operation("Weights pasted")
def set_all_weights(session: Session, voices: Mapping[str, Mapping[str, float]]) -> int:
    """Set the weights of several groups, and with "" the agreed ones, as one change."""
    for group, weights in voices.items():
        if group:
            for criterion_id, weight in weights.items():
                set_group_weight(session, criterion_id, group, weight)
        else:
            _set_each(session, weights)
    count = sum(len(weights) for weights in voices.values())
    about(session, str(count))
    return count


@operation("Voice of a group set")
def set_group_voice(session: Session, group: str, voice: float | None, reason: str = "", group_name: str = "") -> None:
    """How much a group counts in the country's weights; anything but one voice needs a reason. None is one voice."""
    refuse_if_locked(session)
    found = session.scalars(select(GroupVoice).where(GroupVoice.group == group)).first()
    column = GroupVoice.__table__.columns["voice"]
    wanted = records.accepted(column, voice)
    if wanted is None or wanted == 1:
        if found is not None:
            session.delete(found)
    elif not reason.strip():
        raise Refused(message("Write why this group does not have one voice like the others."), "reason")
    elif found is None:
        records.add(session, GroupVoice, group=group, voice=wanted, reason=reason)
    else:
        records.fill(found, {"voice": wanted, "reason": reason})
    if group_name:
        about(session, group_name)


@operation("Kind of mean chosen")
def set_mean(session: Session, mean: str, reason: str = "") -> None:
    """How the groups' weights become the country's: by the arithmetic or the geometric mean."""
    refuse_if_locked(session)
    if mean not in list(Mean):
        raise Refused(message("Choose the arithmetic or the geometric mean."), "mean")
    records.fill(rule(session), {"mean": mean, "reason": reason})


@operation("Weight agreed")
def agree_weight(
    session: Session, criterion_id: str, weight: float | None, reason: str = "", decided_by: str = ""
) -> None:
    """Settle on the weight of a criterion, with the reason; both stand with the criterion and in the decision log.

    A weight of None takes the agreed weight and its reason back, which is no decision.
    """
    refuse_if_locked(session)
    values = {"weight": weight, "weight_reason": reason if weight is not None else ""}
    record = records.change(session, Criterion, criterion_id, **values)
    if record.weight is None:
        return
    words = language(assessment.facts(session).language)
    assessment.record_decision(
        session,
        what=words.say("Weight of “{name}”: {weight}", name=record.name, weight=words.number(record.weight))[:400],
        reason=reason,
        decided_by=decided_by,
        step=STEP,
        kind="agreed_weight",
        record=criterion_id,
    )
    about(session, record.name)


@operation("Agreed weights taken from a round")
def adopt_round(session: Session, round_id: str | None, reason: str, decided_by: str = "") -> int:
    """Make the country's mean of a round the agreed weights, in points out of 100, by a decision with its reason.

    Without a round: the mean of what counts now, where weights were collected without rounds.
    """
    refuse_if_locked(session)
    target = records.fetch(session, WeighingRound, round_id) if round_id else None
    if not reason.strip():
        raise Refused(message("Write why the mean of the groups is taken."), "reason")
    if target is not None and not target.revealed:
        raise Refused(message("Round {n} is still hidden. Reveal it first.", n=target.number))
    ids = [row["id"] for row in reading.criteria(session)]
    said = [each for each in results.group_weights(session, None, round_id).values() if each.shares]
    mean = results.country(session, said, ids)
    if mean is None:
        raise Refused(message("No group has weighed every criterion in this round yet."))
    for id, share in mean.items():
        records.change(session, Criterion, id, weight=round(share * 100, 2), weight_reason=reason)
    say = language(assessment.facts(session).language).say
    assessment.record_decision(
        session,
        what=say("Agreed weights: the mean of round {n}", n=target.number)
        if target is not None
        else say("Agreed weights: the mean of the groups"),
        reason=reason,
        decided_by=decided_by,
        step=STEP,
        kind="agreed_weights",
        record=round_id or "",
    )
    about(session, str(target.number) if target is not None else str(len(mean)))
    return len(mean)


def _set_each(session: Session, weights: Mapping[str, float | None]) -> int:
    refuse_if_locked(session)
    for criterion_id, weight in weights.items():
        _set(session, criterion_id, weight)
    return len(weights)


def _set(session: Session, criterion_id: str, weight: float | None) -> None:
    """Set a weight without a reason; the reason of a weight that is no longer the agreed one goes with it."""
    before = records.fetch(session, Criterion, criterion_id).weight
    record = records.change(session, Criterion, criterion_id, weight=weight)
    if record.weight != before and record.weight_reason:
        record.weight_reason = ""
        session.flush()
