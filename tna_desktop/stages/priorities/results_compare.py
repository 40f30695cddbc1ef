"""Rankings side by side: what each group's weights would put first, and two technologies head to head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.analysis.agreement import rank_similarity
from tna_desktop.kernel.workflow import Workflow

from ..criteria import reading as criteria_reading
from ..criteria import results as criteria_results
from . import reading
from .results import Basis, RankedTechnology, Ranking, ranked
from .results_robustness import USUAL_LENGTH


@dataclass(frozen=True)
class GroupRanking:
    """The ranking by one group's weights. ``shares``: of one, in the criteria's order.

    ``enters`` and ``leaves``: the technologies that come among the first ``length`` by this group's weights and not by
    the agreed ones, and the other way round.
    """

    group: str
    name: str
    shares: tuple[float, ...]
    ranking: Ranking
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    first: tuple[str, ...]


def group_shares(session: Session, workflow: Workflow) -> dict[str, tuple[float, ...]]:
    """Each group that has weighed every criterion, with its shares of one in the order of the criteria."""
    order = [row["id"] for row in criteria_reading.criteria(session)]
    said = criteria_results.group_weights(session, workflow)
    return {key: tuple(each.shares[id] for id in order) for key, each in said.items() if each.shares}


def length_of(found: Ranking) -> int:
    """How many first places make the shortlist: as many as are chosen of those that have a rank."""
    chosen = sum(each.shortlisted for each in found.ranked)
    return min(chosen or USUAL_LENGTH, len(found.ranked))


def group_rankings(
    of: Basis, agreed: Ranking, shares: Mapping[str, tuple[float, ...]], names: Mapping[str, str]
) -> tuple[GroupRanking, ...]:
    """What every group's weights would put first, beside the agreed ranking."""
    length = length_of(agreed)
    among = _first(agreed, length)
    found = []
    for key, weights in shares.items():
        ranking = ranked(of, weights)
        own = _first(ranking, length)
        found.append(
            GroupRanking(
                key, names.get(key, key), weights, ranking,
                tuple(each.id for each in ranking.ranked if each.id in own - among),
                tuple(each.id for each in agreed.ranked if each.id in among - own),
                tuple(each.id for each in ranking.ranked if each.rank == 1),
            )
        )  # fmt: skip
    return tuple(found)


def likeness(one: Ranking, other: Ranking) -> float | None:
    """How alike two rankings are, over the technologies ranked in both: 1 the same order, -1 the reverse; see
    analysis.agreement.rank_similarity. None where there is no order to compare."""
    places = {each.id: float(each.rank) for each in other.ranked if each.rank is not None}
    both = [(float(each.rank), places[each.id]) for each in one.ranked if each.rank is not None and each.id in places]
    return rank_similarity([first for first, _ in both], [second for _, second in both]) if len(both) > 1 else None


def _first(found: Ranking, length: int) -> set[str]:
    """Who takes one of the first places; those that share the last of them are all in."""
    return {each.id for each in found.ranked if (each.rank or 0) <= length}


@dataclass(frozen=True)
class Side:
    """One technology on one criterion: its score in the unit, whether it applies, and its points of 100."""

    score: float | None
    applies: bool
    points: float | None


@dataclass(frozen=True)
class Row:
    """A criterion of the comparison. ``difference``: points of 100 by which the one is ahead; None where unknown."""

    criterion: Mapping[str, Any]
    share: float
    one: Side
    other: Side
    difference: float | None


@dataclass(frozen=True)
class HeadToHead:
    """Two technologies side by side; ``difference`` is None as long as one of them has an unknown score."""

    one: RankedTechnology
    other: RankedTechnology
    rows: tuple[Row, ...]
    difference: float | None

    @property
    def for_one(self) -> list[Row]:
        """Where the one is better, most points first."""
        return sorted(
            (row for row in self.rows if (row.difference or 0) > 1e-9), key=lambda row: -(row.difference or 0)
        )

    @property
    def for_other(self) -> list[Row]:
        return sorted((row for row in self.rows if (row.difference or 0) < -1e-9), key=lambda row: row.difference or 0)


def head_to_head(found: Ranking, matrix: reading.Matrix, one: str, other: str) -> HeadToHead | None:
    """Who is better where, and by how many points; None where one of the two is not ranked at all."""
    rows = {each.id: each for each in found.technologies}
    first, second = rows.get(one), rows.get(other)
    if first is None or second is None or not first.contributions or not second.contributions:
        return None
    lines = []
    for at, criterion in enumerate(found.criteria):
        sides = []
        for each in (first, second):
            cell = matrix.cell(each.id, criterion["id"])
            applies = cell.state != reading.NOT_APPLICABLE
            sides.append(Side(cell.value, applies, each.contributions[at]))
        known = sides[0].points is not None and sides[1].points is not None
        apart = (sides[0].points or 0.0) - (sides[1].points or 0.0) if known else None
        lines.append(Row(criterion, found.shares[at], sides[0], sides[1], apart))
    apart = None if first.value is None or second.value is None else first.value - second.value
    return HeadToHead(first, second, tuple(lines), apart)


def with_share(shares: tuple[float, ...], at: int, share: float) -> tuple[float, ...]:
    """The weights with one of them changed and the others kept in proportion, so that all add up to one."""
    share = min(max(share, 0.0), 1.0)
    rest = sum(shares) - shares[at]
    if len(shares) == 1:
        return (1.0,)
    if rest <= 1e-12:
        return tuple(share if place == at else (1 - share) / (len(shares) - 1) for place in range(len(shares)))
    return tuple(share if place == at else each * (1 - share) / rest for place, each in enumerate(shares))
