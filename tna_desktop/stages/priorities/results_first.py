"""What would change first place or the shortlist: one weight, one score, or a fact that is missing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tna_desktop.analysis.dominance import missing_facts
from tna_desktop.analysis.sensitivity import OneWay, one_way

from . import results_score_change, second_opinions
from .results import RankedTechnology, Ranking
from .results_score_change import ScoreChange, Steps
from .second_opinions import AHP, PROMETHEE2, TOPSIS, Numbers

#: What finding out an unknown score could change.
FIRST, SHORTLIST, NOTHING = "first", "shortlist", "nothing"


@dataclass(frozen=True)
class WeightChange:
    """With the weight ``to`` instead of ``now`` (shares of one, the others in proportion) ``technology`` is ahead.

    ``decimals``: to how many decimals of a hundred ``to`` must be written for that to be true.
    """

    criterion: str
    now: float
    to: float
    technology: str
    instead_of: str
    decimals: int


@dataclass(frozen=True)
class Stay:
    """Between which weights of a criterion (shares of one) first place stays, and who would be first beyond."""

    criterion: str
    now: float
    low: float
    high: float
    below: str
    above: str


@dataclass(frozen=True)
class Fact:
    """An unknown score and what knowing it could change. ``swing``: how many points out of 100 depend on it."""

    technology: str
    criterion: str
    swing: float
    could_change: str


@dataclass(frozen=True)
class Changes:
    """What would change the outcome; technologies and criteria by id. ``first``: who is first now.

    ``weight`` and ``score`` are None where no single change is enough, or where first place is shared anyway.
    ``line``: the smallest change of one weight that swaps the last above the shortlist's line for the next below.
    ``steps``: what whole steps of a scale can do, None where no score is given in them.
    """

    first: tuple[str, ...]
    weight: WeightChange | None
    line: WeightChange | None
    score: ScoreChange | None
    stays: tuple[Stay, ...]
    facts: tuple[Fact, ...]
    steps: Steps | None = None


def changes(found: Ranking, numbers: Numbers) -> Changes:
    """What would change first place and the shortlist. Technologies without a rank count only for what is missing."""
    facts = _facts(found, numbers)
    names = [row["id"] for row in found.criteria]
    rank = {each.id: each for each in found.ranked}
    rows = [row for row, id in enumerate(numbers.ids) if id in rank]
    if not rows:
        return Changes((), None, None, None, (), facts)
    points, applies = numbers.points[rows], numbers.applies[rows]
    # A criterion without weight may have unknown scores; its weight cannot be thought higher then.
    used = np.flatnonzero(~(np.isnan(points) & applies).any(axis=0))
    points, applies, weights = points[:, used], applies[:, used], numbers.weights[used]
    ids, criteria = [numbers.ids[row] for row in rows], [names[column] for column in used.tolist()]
    ends = _at_the_cut(found, ids)
    one = one_way(np.nan_to_num(points), weights, applies, [ends] if ends else [])
    first = tuple(ids[each] for each in one.first)
    stays = tuple(
        Stay(
            criteria[at], float(one.weights[at]), float(one.low[at]), float(one.high[at]),
            ids[one.challenger_below[at]] if one.challenger_below[at] >= 0 else "",
            ids[one.challenger_above[at]] if one.challenger_above[at] >= 0 else "",
        )
        for at in range(len(criteria))
    )  # fmt: skip
    table = _Table(ids, criteria, np.nan_to_num(points), weights, applies)
    if len(first) != 1:
        return Changes(first, None, _at_the_line(found, table, one), None, stays, facts)
    smallest = one.smallest_change
    weight = None
    if smallest is not None:
        weight = table.change(smallest.criterion, smallest.now, smallest.to, ids[smallest.challenger], first[0])
    score = results_score_change.smallest(found, numbers, rows, used.tolist())
    steps = results_score_change.steps(found, numbers, rows, used.tolist(), score) if len(rows) > 1 else None
    return Changes(first, weight, _at_the_line(found, table, one), score, stays, facts, steps)


@dataclass(frozen=True, eq=False)
class _Table:
    ids: list[str]
    criteria: list[str]
    points: np.ndarray
    weights: np.ndarray
    applies: np.ndarray

    def values(self, criterion: int, share: float) -> np.ndarray:
        """All values with this share of one criterion and the others in proportion."""
        others = np.where(np.arange(self.weights.size) == criterion, 0.0, self.weights)
        total = others.sum()
        even = np.where(np.arange(self.weights.size) == criterion, 0.0, 1 / max(1, self.weights.size - 1))
        weights = (1 - share) * (others / total if total > 0 else even)
        weights[criterion] = share
        applied = np.where(self.applies, weights, 0.0)
        return (applied * self.points).sum(axis=1) / np.maximum(applied.sum(axis=1), 1e-300)

    def change(self, criterion: int, now: float, to: float, technology: str, instead_of: str) -> WeightChange:
        """The change written so that what is said is true: rounded beyond the point where the two are equal."""
        mine, theirs = self.ids.index(technology), self.ids.index(instead_of)
        for decimals in (0, 1, 2):
            step = 10**decimals * 100
            written = (
                (math.floor(to * step + 1e-9) + 1) / step if to > now else (math.ceil(to * step - 1e-9) - 1) / step
            )
            if 0 <= written <= 1 and round(written * step) != round(now * step):
                values = self.values(criterion, written)
                if values[mine] > values[theirs] and (values[mine] >= values.max() - 1e-9 or decimals == 2):
                    return WeightChange(self.criteria[criterion], now, written, technology, instead_of, decimals)
        return WeightChange(self.criteria[criterion], now, to, technology, instead_of, 2)

    def change_of_pair(self, criterion: int, now: float, to: float, technology: str, instead_of: str) -> WeightChange:
        """As change(), for two that need not be first."""
        pair = [self.ids.index(technology), self.ids.index(instead_of)]
        only = _Table([technology, instead_of], self.criteria, self.points[pair], self.weights, self.applies[pair])
        return only.change(criterion, now, to, technology, instead_of)


def _at_the_cut(found: Ranking, ids: list[str]) -> tuple[int, int] | None:
    """The rows of the last one above the shortlist's line and of the first one below, the smaller number first."""
    rows, cut = found.ranked, found.cut
    if not 0 < cut < len(rows):
        return None
    one, other = sorted((ids.index(rows[cut - 1].id), ids.index(rows[cut].id)))
    return one, other


def _at_the_line(found: Ranking, table: _Table, one: OneWay) -> WeightChange | None:
    """The smallest change of one weight that swaps the two between which the shortlist ends."""
    rows, cut = found.ranked, found.cut
    if not 0 < cut < len(rows):
        return None
    best = min(
        ((abs(float(one.weight[at]) - float(one.weights[one.criterion[at]])), int(at)) for at in range(len(one.weight))
         if abs(float(one.weight[at]) - float(one.weights[one.criterion[at]])) > 1e-9),
        default=None,
    )  # fmt: skip
    if best is None:
        return None
    criterion = int(one.criterion[best[1]])
    return table.change_of_pair(
        criterion, float(one.weights[criterion]), float(one.weight[best[1]]), rows[cut].id, rows[cut - 1].id
    )


def _facts(found: Ranking, numbers: Numbers) -> tuple[Fact, ...]:
    """The unknown scores that count, those that could change most first."""
    rows: dict[str, RankedTechnology] = {each.id: each for each in found.technologies}
    length = sum(each.shortlisted for each in found.technologies if not each.failed)
    facts = []
    for fact in missing_facts(np.clip(numbers.points, 0, 100), numbers.weights, numbers.applies):
        id = numbers.ids[fact.technology]
        each = rows[id]
        could = NOTHING
        if fact.at_stake > 0:
            could = FIRST
        elif length and (each.rank_best or 0) <= length < (each.rank_worst or 0):
            could = SHORTLIST
        facts.append(Fact(id, found.criteria[fact.criterion]["id"], fact.swing, could))
    order = (FIRST, SHORTLIST, NOTHING)
    return tuple(sorted(facts, key=lambda fact: (order.index(fact.could_change), -fact.swing)))


@dataclass(frozen=True)
class Order:
    """The technologies in the order of another method, best first; ``tied``: those that share a place."""

    method: str
    ids: tuple[str, ...]
    tied: frozenset[str]


def other_orders(numbers: Numbers, whole: Numbers | None = None) -> tuple[Order, ...]:
    """The same scores and weights by other methods; technologies with unknown scores have no place in them.

    ``whole``: as in second_opinions.second_opinion.
    """
    orders = []
    for method in (TOPSIS, PROMETHEE2, AHP):
        found = second_opinions.second_opinion(numbers, method, None, None, whole)
        placed = [(rank, at) for at, rank in enumerate(found.rank) if rank is not None]
        ids = tuple(numbers.ids[at] for _, at in sorted(placed))
        orders.append(Order(method, ids, frozenset(numbers.ids[at] for _, at in placed if found.tied[at])))
    return tuple(orders)
