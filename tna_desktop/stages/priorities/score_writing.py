"""Scores as they are written: what a new score does to the one that stands there, for one cell or for thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.bulk import bulk_change, bulk_insert
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.tables import new_id
from tna_desktop.kernel.text import message

from ..criteria.tables import Criterion
from .score_table import NOT_APPLICABLE, UNKNOWN, VALUE
from .tables import Score

CONDITIONAL = "conditional"
#: What may be said of a score that is unknown.
NOTES = ("evidence", "sureness", "comment")
_SAID = ("state", "value", "low", "high", *NOTES)
_NOTHING: Mapping[str, Any] = {"state": UNKNOWN, "value": None, "low": None, "high": None} | dict.fromkeys(NOTES, "")
#: Up to so many technologies, only their scores are read to set some of them.
_FEW = 200

Key = tuple[str, str]


def write_scores(
    session: Session,
    cells: Iterable[tuple[str, Criterion, Mapping[str, Any]]],
    voice: str = "",
    on_scale: bool = True,
) -> int:
    """Write scores of one voice: (technology id, criterion, values). What says nothing leaves no record.

    ``on_scale``: refuse what lies beyond the ends of its criterion, and a range that does not hold its score. Answers
    how many cells were given.
    """
    cells = list(cells)
    there = _written(session, voice, {technology for technology, _, _ in cells})
    wanted: dict[Key, dict[str, Any]] = {}
    for technology, criterion, values in cells:
        key = (technology, criterion.id)
        stands = wanted.get(key) or there.get(key, ("", _NOTHING))[1]
        wanted[key] = {**stands, **outcome(criterion, values, stands, on_scale)}
    made: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any] | None] = {}
    for key, said in wanted.items():
        id, before = there.get(key, ("", _NOTHING))
        if said == before:
            continue
        says_nothing = said["state"] == UNKNOWN and not any(said[name] for name in NOTES)
        if id:
            changed[id] = None if says_nothing else said
        elif not says_nothing:
            place = {"id": new_id(), "technology_id": key[0], "criterion_id": key[1], "voice": voice, "rank": 0.0}
            made.append({**place, **said})
    bulk_change(session, Score.__table__, changed)  # type: ignore[arg-type]
    bulk_insert(session, Score.__table__, made)  # type: ignore[arg-type]
    return len(cells)


def _written(session: Session, voice: str, technologies: Collection[str]) -> dict[Key, tuple[str, Mapping[str, Any]]]:
    """The scores of a voice as they stand: id and what they say."""
    columns = [getattr(Score, name) for name in ("technology_id", "criterion_id", "id", *_SAID)]
    query = select(*columns).where(Score.voice == voice)
    if len(technologies) <= _FEW:
        query = query.where(Score.technology_id.in_(list(technologies)))
    session.flush()
    rows = session.connection().execute(query)
    return {(row[0], row[1]): (row[2], dict(zip(_SAID, row[3:], strict=True))) for row in rows}


def outcome(
    criterion: Criterion, values: Mapping[str, Any], stands: Mapping[str, Any], on_scale: bool = True
) -> dict[str, Any]:
    """What a score says after these values were set on it: the values that change. ``stands``: what it says before."""
    values = {name: records.accepted(Score.__table__.columns[name], value) for name, value in values.items()}
    if "value" in values and "state" not in values:
        held = CONDITIONAL if stands["state"] == CONDITIONAL else VALUE
        only_range = values.get("low") is not None and values.get("high") is not None
        values["state"] = held if values["value"] is not None or only_range else UNKNOWN
    if values.get("state") in (UNKNOWN, NOT_APPLICABLE):
        values |= {"value": None, "low": None, "high": None}
    if on_scale:
        _check_on_scale(criterion, values)
        _check_range(values, stands)
    return values


def _check_on_scale(criterion: Criterion, values: Mapping[str, Any]) -> None:
    low, high = criterion.low, criterion.high
    for name in ("value", "low", "high"):
        number = values.get(name)
        if number is not None and (low is not None and number < low or high is not None and number > high):
            raise Refused(
                message("{number} is outside the scale of {criterion}, which goes from {low} to {high}.", number=number,
                        criterion=criterion.name, low="–" if low is None else low, high="–" if high is None else high),
                name,
            )  # fmt: skip


def _check_range(values: dict[str, Any], stands: Mapping[str, Any]) -> None:
    """A range holds the score; an old range that a new score leaves is let go."""
    value, low, high = (values.get(name, stands[name]) for name in ("value", "low", "high"))
    if low is not None and high is not None and low > high:
        raise Refused(message("The lowest number must not be above the highest."), "low" if "low" in values else "high")
    outside = value is not None and (low is not None and value < low or high is not None and value > high)
    if not outside:
        return
    if values.get("low") is not None or values.get("high") is not None:
        raise Refused(
            message("The range must hold the score, which is {number}.", number=value),
            "low" if values.get("low") is not None else "high",
        )
    values |= {"low": None, "high": None}
