"""What stage 2 computes: weights as shares of one, what the groups' weights have in common, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis.weights import NoWeights, WeightsAcrossGroups, compare_weights, normalised
from tna_desktop.kernel.workflow import Workflow

from .. import reading

#: How the agreed weights came about: set by the team; none set, so all criteria count the same; nothing to weigh.
SET, EQUAL, NONE = "set", "equal", "none"


@dataclass(frozen=True)
class CriterionWeight:
    """One criterion's weights. ``as_set`` is what was entered (None: nothing), ``share`` of one is what counts.

    ``groups`` maps a stakeholder group that weighed every criterion to its share of one; ``mean`` is the mean of
    these groups with equal voices; ``spread`` is highest minus lowest in percentage points. None where fewer groups
    have weighed than it takes.
    """

    id: str
    name: str
    short: str
    group_id: str | None
    as_set: float | None
    share: float
    groups: dict[str, float]
    mean: float | None
    spread: float | None


@dataclass(frozen=True)
class Weights:
    """The weights of all criteria in the order of the tree. ``origin`` says where the agreed ones come from."""

    origin: str
    criteria: tuple[CriterionWeight, ...]
    voices: tuple[str, ...]

    def group_shares(self) -> dict[str | None, float]:
        """The share of one that each branch has, as the sum of its criteria."""
        shares: dict[str | None, float] = {}
        for each in self.criteria:
            shares[each.group_id] = shares.get(each.group_id, 0.0) + each.share
        return shares


def weights(session: Session, workflow: Workflow | None = None) -> Weights:
    """The agreed weights as shares of one, and each group's.

    A criterion without a weight counts nothing once any weight is set; when none is set all count the same, and
    ``origin`` says so.
    """
    rows = reading.criteria(session)
    given = reading.group_weights(session)
    voices = _voices(given, workflow)
    origin, shares = agreed([row["weight"] for row in rows])
    table = np.array(
        [[given.get((row["id"], voice), np.nan) for row in rows] for voice in voices], dtype=float
    ).reshape(len(voices), len(rows))
    across = _across(table)
    criteria = []
    for number, row in enumerate(rows):
        by_group = (
            {}
            if across is None
            else {
                voice: float(across.shares[place, number])
                for place, voice in enumerate(voices)
                if across.counted[place]
            }
        )
        criteria.append(
            CriterionWeight(
                row["id"],
                row["name"],
                row["short"] or row["name"],
                row["group_id"],
                row["weight"],
                shares[number],
                by_group,
                None if across is None else float(across.mean[number]),
                float(across.spread[number]) if across is not None and len(by_group) > 1 else None,
            )
        )
    return Weights(
        origin,
        tuple(criteria),
        tuple(voice for voice in voices if across is not None and across.counted[voices.index(voice)]),
    )


@dataclass(frozen=True)
class GroupVoice:
    """The weights one stakeholder group gave: as set by criterion id, their sum, and the shares of one they count as.

    ``shares`` is empty until the group has weighed every criterion, because a missing weight is not a weight of zero.
    """

    as_set: dict[str, float]
    total: float
    criteria: int
    shares: dict[str, float]


def voice(session: Session, group: str) -> GroupVoice:
    """What one stakeholder group has weighed so far."""
    rows = [row["id"] for row in reading.criteria(session)]
    given = {id: weight for (id, key), weight in reading.group_weights(session).items() if key == group}
    whole = bool(rows) and len(given) == len(rows) and any(given.values())
    shares = normalised([given[id] for id in rows]) if whole else ()
    return GroupVoice(
        given, sum(given.values()), len(rows), {id: float(share) for id, share in zip(rows, shares, strict=False)}
    )


def agreed(as_set: list[float | None]) -> tuple[str, list[float]]:
    """Weights as they were set -> where they come from, and the shares of one that count."""
    if not as_set:
        return NONE, []
    if all(weight is None for weight in as_set):
        return EQUAL, [1 / len(as_set)] * len(as_set)
    try:
        return SET, [float(share) for share in normalised([weight or 0.0 for weight in as_set])]
    except NoWeights:
        return NONE, [0.0] * len(as_set)


def _across(table: np.ndarray) -> WeightsAcrossGroups | None:
    """The groups side by side; None as long as no group has weighed every criterion."""
    try:
        return compare_weights(table) if table.size else None
    except NoWeights:
        return None


def _voices(given: dict[tuple[str, str], float], workflow: Workflow | None) -> list[str]:
    known = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries] if workflow else []
    present = {group for _, group in given}
    return [key for key in known if key in present] + sorted(present - set(known))
