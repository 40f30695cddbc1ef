"""What a decision rested on: a fingerprint of scores, weights, scales and gates, and which decisions are older."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import decisions
from tna_desktop.kernel.tables import Decision

from ..criteria import reading as criteria_reading
from ..criteria import results as criteria_results
from . import reading
from .competition import competing_groups

STEP = "priorities.ranking"
#: What stands between the names of a decided shortlist.
BETWEEN = ", "
#: Decisions about who is on the shortlist: the whole of it, one more, one less.
KINDS = ("shortlist", "shortlisted", "left_out")


def inputs_digest(session: Session, matrix: reading.Matrix | None = None) -> str:
    """A fingerprint of all that decides the ranking: scores and ranges, shares of weights, scales, failed gates, who competes.

    Names and texts have no part in it; weights that stand in the same proportions are the same. ``matrix``: where the
    agreed scores are read already.
    """
    matrix = matrix or reading.matrix(session)
    failed = reading.failed_gates(session)
    criteria = criteria_reading.criteria(session)
    _, shares = criteria_results.agreed([row["weight"] for row in criteria])
    content: dict[str, Any] = {
        "criteria": sorted(
            [
                row["id"],
                round(share, 9),
                row["low"],
                row["high"],
                row["direction"],
                row.get("value_shape", ""),
                row.get("value_points", ""),
            ]
            for row, share in zip(criteria, shares, strict=True)
        ),
        "technologies": sorted([row["id"], row["id"] in failed] for row in matrix.technologies),
        "scores": sorted(
            [*place, cell.state, cell.value, cell.low, cell.high] for place, cell in matrix.cells.items() if cell.known
        ),
    }
    groups = competing_groups(session)
    if groups:  # all together leaves the fingerprint as it always was
        content["competing"] = sorted(sorted(each.members) for each in groups)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Since:
    """How the shortlist differs from the one decided last (on ``day``), beyond what was decided one by one since."""

    day: date | None
    added: tuple[str, ...]
    gone: tuple[str, ...]


def since_decided(session: Session) -> Since | None:
    """What was changed about the shortlist since it was decided, without a decision. None: nothing, or nobody can tell.

    The decision names the list as it was; where a name is no longer found, nothing is claimed.
    """
    rows = sorted(decisions(session, STEP), key=_newest_first, reverse=True)
    last = next((at for at, row in enumerate(rows) if row["kind"] == KINDS[0]), None)
    if last is None:
        return None
    technologies = reading.technologies(session)
    decided = _named(rows[last]["what"], {row["name"]: row["id"] for row in technologies})
    if decided is None:
        return None
    one_by_one = {row["record"] for row in rows[:last] if row["kind"] in KINDS[1:]}
    open_ = [row for row in technologies if row["id"] not in one_by_one]
    added = tuple(row["name"] for row in open_ if row["shortlisted"] and row["id"] not in decided)
    gone = tuple(row["name"] for row in open_ if not row["shortlisted"] and row["id"] in decided)
    return Since(rows[last]["decided_on"], added, gone) if added or gone else None


def _named(text: str, ids: dict[str, str]) -> set[str] | None:
    """Whose names, joined by commas, make up the text; None where something else stands in it."""
    found, rest = set(), f"{BETWEEN}{text}"
    for name in sorted(ids, key=len, reverse=True):
        rest, said = re.subn(f"{re.escape(BETWEEN + name)}(?={BETWEEN}|$)", "", rest, count=1)
        if said:
            found.add(ids[name])
    return None if rest else found


def _newest_first(row: dict[str, Any]) -> tuple[date, str]:
    """What decisions are ordered by; one without a day is older than any with one."""
    return (row["decided_on"] or date.min, row["at"].isoformat() if row["at"] else "")


def counting(session: Session) -> list[dict[str, Any]]:
    """The decisions on the shortlist that still count, newest first: on the whole of it, and on each one since.

    Of several decisions about the same the newest counts; one about a technology, as long as it stands.
    """
    chosen = {row["id"] for row in reading.shortlist(session)}
    counts: dict[tuple[str, str], dict[str, Any]] = {}
    # The newest day first; of one day the one written down last.
    for each in sorted(decisions(session, STEP), key=_newest_first, reverse=True):
        if each["kind"] not in KINDS:
            continue
        if each["kind"] != KINDS[0] and (each["kind"] == KINDS[1]) != (each["record"] in chosen):
            continue
        counts.setdefault(("" if each["kind"] == KINDS[0] else "one", each["record"]), each)
    return list(counts.values())


def aged(session: Session, matrix: reading.Matrix | None = None) -> list[dict[str, Any]]:
    """The decisions on the shortlist that still count and are older than the data they rest on, newest first.

    The last one on the whole shortlist was made knowing all earlier ones: none of those is older than its data any
    more. A decision without a fingerprint says nothing about its data.
    """
    marks = {id: mark for id, mark in session.execute(select(Decision.id, Decision.inputs)) if mark}
    counted = counting(session) if marks else []
    whole = next((at for at, each in enumerate(counted) if each["kind"] == KINDS[0]), len(counted))
    marked = [each for each in counted[: whole + 1] if each["id"] in marks]
    if not marked:
        return []
    now = inputs_digest(session, matrix)
    return [each for each in marked if marks[each["id"]] != now]
