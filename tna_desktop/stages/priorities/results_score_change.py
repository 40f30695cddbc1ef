"""The smallest change of one score that changes first place, in a score that can be entered: a step of its scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tna_desktop.analysis.ranking import TIE
from tna_desktop.analysis.weights import FloatArray

from . import worth
from .results import Ranking
from .second_opinions import Numbers

#: A scale with more whole steps than this is as good as a measured one.
MOST_STEPS = 100
#: So many candidates, the smallest first, are ranked anew where the scores themselves make the ends of a scale.
MOST_TRIED = 200


@dataclass(frozen=True)
class ScoreChange:
    """With the score ``to`` instead of ``now`` the technologies ``first`` come first, ``challenger`` among them.

    Both in the criterion's unit, or ``in_points``: what the score is worth, where the criterion has a value function
    over something measured. The change was computed with ``to`` as it is written: with so many ``decimals``, None for as
    many as it has.
    ``technology`` is the ``leader`` or the ``challenger``.
    """

    technology: str
    criterion: str
    now: float
    to: float
    leader: str
    challenger: str
    first: tuple[str, ...]
    decimals: int | None = None
    in_points: bool = False


@dataclass(frozen=True)
class Steps:
    """Whole steps from ``low`` to ``high``: the ends that all criteria scored in whole steps share, else None.

    ``alone``: whether no criterion with a weight is measured. ``enough``: whether a step of one score is enough.
    """

    low: float | None
    high: float | None
    alone: bool
    enough: bool


def takes_whole_steps(criterion: Mapping[str, Any], scores: FloatArray) -> bool:
    """Whether scores on a criterion are whole points: without a unit, between whole ends; on a wider scale than 1 to 5
    only as long as every known score is whole."""
    low, high = criterion["low"], criterion["high"]
    if criterion["unit"] or low is None or high is None or not 2 <= high - low <= MOST_STEPS:
        return False
    known = scores[~np.isnan(scores)]
    return float(low).is_integer() and float(high).is_integer() and ((low, high) == (1, 5) or not (known % 1).any())


def smallest(found: Ranking, numbers: Numbers, rows: Sequence[int], used: Sequence[int]) -> ScoreChange | None:
    """The smallest change, in points, of one score that puts somebody else first, alone or beside the leader.

    ``rows``, ``used``: the technologies that have a rank and the criteria on which all their scores are known, by
    their numbers. None where nothing is enough, and where first place is shared.
    """
    table = _Scores(found, numbers, list(rows), list(used))
    return None if table.leader < 0 else next(table.changes(), None)


def steps(
    found: Ranking, numbers: Numbers, rows: Sequence[int], used: Sequence[int], change: ScoreChange | None
) -> Steps | None:
    """What whole steps can do; None where no criterion with a weight is scored in them."""
    weighted = [column for column in used if numbers.weights[column] > 0]
    whole = [column for column in weighted if takes_whole_steps(found.criteria[column], numbers.scores[:, column])]
    if not whole:
        return None
    enough = change is not None and change.criterion in {found.criteria[column]["id"] for column in whole}
    if change is not None and not enough:
        table = _Scores(found, numbers, list(rows), list(used), only=frozenset(whole))
        enough = next(table.changes(), None) is not None
    ends = {(found.criteria[column]["low"], found.criteria[column]["high"]) for column in whole}
    low, high = ends.pop() if len(ends) == 1 else (None, None)
    return Steps(low, high, len(whole) == len(weighted), enough)


class _Scores:
    """The technologies with a rank, in points, and how much each single score would have to change."""

    def __init__(
        self, found: Ranking, numbers: Numbers, rows: list[int], used: list[int], only: frozenset[int] | None = None
    ):
        self.found, self.numbers, self.rows, self.used, self.only = found, numbers, rows, used, only
        cells = np.ix_(rows, used)
        self.points = np.nan_to_num(numbers.points[cells])
        applied = np.where(numbers.applies[cells], numbers.weights[used], 0.0)
        self.applied = applied / np.maximum(applied.sum(axis=1, keepdims=True), 1e-300)
        self.now = (self.applied * self.points).sum(axis=1)
        order: list[int] = np.argsort(-self.now, kind="stable").tolist()
        # Shared first place has no leader to overtake.
        alone = len(order) > 1 and self.now[order[0]] - self.now[order[1]] > TIE
        self.leader, self.second = (order[0], order[1]) if alone else (-1, -1)

    def changes(self) -> Iterator[ScoreChange]:
        """Every change of one score that is enough, those of the fewest points first."""
        gap = np.maximum(self.now[self.leader] - self.now, 0.0)
        gap[self.leader] = gap[self.second]
        way = np.where(np.arange(len(self.rows)) == self.leader, -1.0, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = np.where(self.applied > 0, gap[:, np.newaxis] / self.applied, np.inf)
        cost = np.full(needed.shape, np.inf)
        wanted: dict[int, FloatArray] = {}
        for at, column in enumerate(self.used):
            if self.only is not None and column not in self.only:
                continue
            if takes_whole_steps(self.found.criteria[column], self.numbers.scores[:, column]):
                cost[:, at], wanted[at] = self._stepped(at, column, needed[:, at], way)
            else:
                room = np.where(way > 0, 100 - self.points[:, at], self.points[:, at])
                cost[:, at] = np.where(needed[:, at] <= room + TIE, needed[:, at], np.inf)
        order = np.argsort(np.round(cost, 9), axis=None, kind="stable")[:MOST_TRIED]
        for place in order.tolist():
            row, at = divmod(place, len(self.used))
            if not math.isfinite(cost[row, at]):
                return
            change = (
                self._tried(row, at, float(wanted[at][row]))
                if at in wanted
                else self._measured(row, at, float(needed[row, at] * way[row]))
            )
            if change is not None:
                yield change

    def _stepped(self, at: int, column: int, needed: FloatArray, way: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The nearest whole step that is enough, for each technology, and how many points it changes."""
        low, high = self.found.criteria[column]["low"], self.found.criteria[column]["high"]
        levels = np.arange(low, high + 1)
        change = (self._worth(column, levels) - self.points[:, at, np.newaxis]) * way[:, np.newaxis]
        far = np.abs(levels - self.numbers.scores[self.rows, column][:, np.newaxis])
        far = np.where((change >= needed[:, np.newaxis] - TIE) & (change > 0), far, np.inf)
        nearest = np.nanargmin(np.where(np.isnan(far), np.inf, far), axis=1)
        every = np.arange(len(self.rows))
        enough = np.isfinite(far[every, nearest])
        return np.where(enough, change[every, nearest], np.inf), levels[nearest]

    def _worth(self, column: int, levels: FloatArray) -> FloatArray:
        """What scores on a criterion are worth, between the ends in use."""
        function = worth.function_of(self.found.criteria[column])
        if function is not None:
            return np.asarray(function(levels), dtype=float)
        low, high = float(self.numbers.low[column]), float(self.numbers.high[column])
        share = np.clip((levels - low) / (high - low), 0, 1) if high > low else np.ones_like(levels)
        return 100 * (share if self.numbers.direction[column] > 0 else 1 - share)

    def _measured(self, row: int, at: int, points: float) -> ScoreChange | None:
        """The change of something measured, in the fewest digits that are still enough and on its scale."""
        column = self.used[at]
        own = worth.function_of(self.found.criteria[column]) is not None
        low, high = (0.0, 100.0) if own else (float(self.numbers.low[column]), float(self.numbers.high[column]))
        now = float(self.points[row, at])
        exact = now + points
        if not own:
            part = exact / 100 if self.numbers.direction[column] > 0 else 1 - exact / 100
            exact = low + part * (high - low)
            now = float(self.numbers.scores[self.rows[row], column])
        for to, decimals in _written(min(max(now, low), high), exact, own):
            within = min(max(to, low), high)
            change = self._tried(row, at, within, decimals if within == to else None, own)
            if change is not None:
                return change
        return None

    def _tried(
        self, row: int, at: int, to: float, decimals: int | None = None, in_points: bool = False
    ) -> ScoreChange | None:
        """The change with exactly this score, if it does change first place."""
        column = self.used[at]
        first = self._first(row, at, to, in_points)
        mine, leader = self.rows[row], self.rows[self.leader]
        rivals = [other for other in first if other != leader]
        if not rivals or (mine != leader and mine not in rivals):
            return None
        ids, challenger = self.numbers.ids, rivals[0] if mine == leader else mine
        now = float(self.points[row, at] if in_points else self.numbers.scores[mine, column])
        return ScoreChange(
            ids[mine], self.found.criteria[column]["id"], now, to, ids[leader], ids[challenger],
            tuple(ids[other] for other in first), decimals, in_points,
        )  # fmt: skip

    def _first(self, row: int, at: int, to: float, in_points: bool) -> list[int]:
        """Who comes first with one score changed, by number; nobody where that depends on scores of other groups."""
        column = self.used[at]
        values = self.now.copy()
        points = to if in_points else float(self._worth(column, np.array([to]))[0])
        values[row] += self.applied[row, at] * (points - self.points[row, at])
        held = [self.rows[each] for each in np.flatnonzero(values >= values.max() - TIE).tolist()]
        if in_points or not self._moves_an_end(self.rows[row], column):
            return held
        again = self._ranked_again(self.rows[row], column, to)
        return again if self.found.among is None or again == held else []

    def _moves_an_end(self, row: int, column: int) -> bool:
        """Whether a score alone makes the end of its scale, so that all points change with it."""
        criterion, scores = self.found.criteria[column], self.numbers.scores[:, column]
        if worth.function_of(criterion) is not None:
            return False
        mine, others = scores[row], np.delete(scores, row)
        known = others[~np.isnan(others)]
        return bool(
            criterion["low"] is None and (not known.size or mine < known.min())
            or criterion["high"] is None and (not known.size or mine > known.max())
        )  # fmt: skip

    def _ranked_again(self, row: int, column: int, to: float) -> list[int]:
        scores = np.where(self.numbers.applies, self.numbers.scores, np.nan)
        scores[row, column] = to
        low, high = (
            np.array([np.nan if each[end] is None else float(each[end]) for each in self.found.criteria])
            for end in ("low", "high")
        )
        if self.found.among is not None:
            # The other groups hold the ends of the criteria that are not changed here.
            others = np.arange(len(low)) != column
            low, high = np.where(others, self.numbers.low, low), np.where(others, self.numbers.high, high)
        summed = worth.weighted_sum(
            self.found.criteria, scores, low, high, self.numbers.direction, self.numbers.weights, self.numbers.applies
        )
        values = np.where(np.isnan(summed.values), -np.inf, summed.values)
        return [each for each in self.rows if values[each] >= values[self.rows].max() - TIE]


def _written(now: float, exact: float, in_points: bool) -> Iterator[tuple[float, int | None]]:
    """Numbers at or just beyond the exact one, as seen from ``now``, with their decimals: the roundest first."""
    apart = abs(exact - now)
    if apart <= 0:
        return
    size = math.floor(math.log10(apart)) - 1
    if in_points:
        size = min(size, 0)
    for power in range(size, size - 5, -1):
        count = exact / 10.0**power
        near = round(count)
        if abs(count - near) > 1e-6:
            near = math.ceil(count) if exact > now else math.floor(count)
        yield float(f"{near}e{power}"), -power if power < -3 else None
