"""What stage 2 computes: weights as shares of one, what the groups' weights have in common, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.analysis.weights import NoWeights, normalised
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from .groups import country, group_weights

#: How the agreed weights came about: set by the team; none set, so all criteria count the same; nothing to weigh.
SET, EQUAL, NONE = "set", "equal", "none"


@dataclass(frozen=True)
class CriterionWeight:
    """One criterion's weights. ``as_set`` is what was entered (None: nothing), ``share`` of one is what counts.

    ``groups`` maps a stakeholder group that weighed every criterion to its share of one, by its own weights or by the
    mean of its voters (see groups.group_weights); ``mean`` is the country's, by the groups' voices and the kind of mean
    that were set; ``spread`` is highest minus lowest in percentage points. None where fewer groups have weighed than it
    takes.
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
    said = [each for each in group_weights(session, workflow).values() if each.shares]
    origin, shares = agreed([row["weight"] for row in rows])
    mean = country(session, said, [row["id"] for row in rows])
    criteria = []
    for row, share in zip(rows, shares, strict=True):
        by_group = {each.group: each.shares[row["id"]] for each in said}
        criteria.append(
            CriterionWeight(
                row["id"],
                row["name"],
                row["short"] or row["name"],
                row["group_id"],
                row["weight"],
                share,
                by_group,
                mean[row["id"]] if mean else None,
                round((max(by_group.values()) - min(by_group.values())) * 100, 9) if len(by_group) > 1 else None,
            )
        )
    return Weights(origin, tuple(criteria), tuple(each.group for each in said))


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
