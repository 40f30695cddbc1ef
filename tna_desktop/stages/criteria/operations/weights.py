"""Weights as they are set: the agreed ones and those of a stakeholder group. One entry in the log each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.operation import about, operation

from ..tables import Criterion, GroupWeight


@operation("Agreed weight set")
def set_weight(session: Session, criterion_id: str, weight: float | None) -> None:
    """Set the agreed weight of a criterion, as the team says it; None takes it back."""
    records.change(session, Criterion, criterion_id, weight=weight)


@operation("Group weight set")
def set_group_weight(session: Session, criterion_id: str, group: str, weight: float | None) -> None:
    """Set the weight a stakeholder group gives a criterion; None takes it back."""
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


def _set_each(session: Session, weights: Mapping[str, float | None]) -> int:
    for criterion_id, weight in weights.items():
        records.change(session, Criterion, criterion_id, weight=weight)
    return len(weights)
