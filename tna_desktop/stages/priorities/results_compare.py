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

    ``enters``: who comes among the first by this group's weights and is not on the shortlist; ``leaves``: who is on the
    shortlist and does not come among them. As long as no shortlist is chosen, the first ones by the agreed weights stand
    in for it.
    """

    group: str
    name: str
    shares: tuple[float, ...]
    ranking: Ranking
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    first: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether this group would choose the very same."""
        return not self.enters and not self.leaves


def group_shares(session: Session, workflow: Workflow) -> dict[str, tuple[float, ...]]:
    """Each group that has weighed every criterion, with its shares of one in the order of the criteria."""
    order = [row["id"] for row in criteria_reading.criteria(session)]
    said = criteria_results.group_weights(session, workflow)
    return {key: tuple(each.shares[id] for id in order) for key, each in said.items() if each.shares}


def is_chosen(found: Ranking) -> bool:
    """Whether a shortlist is chosen that rankings can be held against."""
    return any(each.shortlisted for each in found.ranked)


def length_of(found: Ranking) -> int:
    """How many first places make the shortlist: as many as are chosen of those that have a rank."""
    chosen = sum(each.shortlisted for each in found.ranked)
    return min(chosen or USUAL_LENGTH, len(found.ranked))


def group_rankings(
    of: Basis, agreed: Ranking, shares: Mapping[str, tuple[float, ...]], names: Mapping[str, str]
) -> tuple[GroupRanking, ...]:
    """What every group's weights would put first, beside the shortlist or, where none is chosen, the agreed ranking."""
    decided = is_chosen(agreed)
    chosen = {each.id for each in agreed.technologies if each.shortlisted}
    length = length_of(agreed)
    among = _first(agreed, length)
    found = []
    for key, weights in shares.items():
        ranking = ranked(of, weights)
        # One without a rank by this group's weights can neither be taken nor left out by it.
        wanted = {each.id for each in ranking.ranked if each.id in chosen} if decided else among
        own = _first(ranking, len(wanted) if decided else length)
        leaves = wanted - own
        # Who shares the last place is not preferred to those on the shortlist that share it too.
        enters = (own if leaves or not decided else _surely_first(ranking, len(wanted))) - wanted
        found.append(
            GroupRanking(
                key, names.get(key, key), weights, ranking,
                tuple(each.id for each in ranking.ranked if each.id in enters),
                tuple(each.id for each in agreed.technologies if each.id in leaves),
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


def _surely_first(found: Ranking, length: int) -> set[str]:
    """Who takes one of the first places, however those that share a place are put in order."""
    places = [each.rank or 0 for each in found.ranked]
    return {each.id for each in found.ranked if sum(place <= (each.rank or 0) for place in places) <= length}


@dataclass(frozen=True)
class Side:
    """One technology on one criterion: its score in the unit, whether it applies, and its points of 100."""

    score: float | None
    applies: bool
    points: float | None


@dataclass(frozen=True)
class Row:
    """A criterion of the comparison. ``difference``: points of 100 by which the one is ahead; None where unknown.

    ``better``: by how much the one is better on this criterion, as much as it weighs for all; None where it does not apply
    to both, is unknown or does not count. It may be the other way round than ``difference`` where one of the two is judged on
    fewer criteria, which then count more for it.
    """

    criterion: Mapping[str, Any]
    share: float
    one: Side
    other: Side
    difference: float | None
    better: float | None = None

    @property
    def compares(self) -> bool:
        """Whether the criterion applies to both."""
        return self.one.applies and self.other.applies


@dataclass(frozen=True)
class HeadToHead:
    """Two technologies side by side; ``difference`` is None as long as one of them has an unknown score."""

    one: RankedTechnology
    other: RankedTechnology
    rows: tuple[Row, ...]
    difference: float | None

    @property
    def for_one(self) -> list[Row]:
        """Where the one is better, most points first; nobody is better on what does not apply to one of them."""
        return sorted((row for row in self.rows if (row.better or 0) > 1e-9), key=lambda row: -(row.better or 0))

    @property
    def for_other(self) -> list[Row]:
        return sorted((row for row in self.rows if (row.better or 0) < -1e-9), key=lambda row: row.better or 0)

    @property
    def not_for_one(self) -> list[Row]:
        """What counts for the other alone."""
        return [row for row in self.rows if row.share > 0 and row.other.applies and not row.one.applies]

    @property
    def not_for_other(self) -> list[Row]:
        return [row for row in self.rows if row.share > 0 and row.one.applies and not row.other.applies]


def head_to_head(found: Ranking, matrix: reading.Matrix, one: str, other: str) -> HeadToHead | None:
    """Who is better where, and by how many points; None where one of the two is not ranked at all."""
    rows = {each.id: each for each in found.technologies}
    first, second = rows.get(one), rows.get(other)
    if first is None or second is None or not first.contributions or not second.contributions:
        return None
    lines = []
    both = [[matrix.cell(each.id, row["id"]) for row in found.criteria] for each in (first, second)]
    # What a technology is judged on counts as if its weights made up one; what it weighs for all is the part of that.
    judged = [
        sum(share for share, cell in zip(found.shares, cells, strict=True) if cell.state != reading.NOT_APPLICABLE)
        for cells in both
    ]
    for at, criterion in enumerate(found.criteria):
        sides = [
            Side(cells[at].value, cells[at].state != reading.NOT_APPLICABLE, each.contributions[at])
            for each, cells in zip((first, second), both, strict=True)
        ]
        mine, theirs = sides[0].points, sides[1].points
        apart = better = None
        if mine is not None and theirs is not None:
            apart = mine - theirs
            if sides[0].applies and sides[1].applies and found.shares[at] > 0:
                better = mine * judged[0] - theirs * judged[1]
        lines.append(Row(criterion, found.shares[at], sides[0], sides[1], apart, better))
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
