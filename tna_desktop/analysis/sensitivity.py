"""What would change first place: one weight at a time exactly, several weights at once, or one single score.

Method: one-way sensitivity as in Triantaphyllou and Sánchez, *A sensitivity analysis approach for some deterministic
multi-criteria decision-making methods*, Decision Sciences 28 (1997) 151-194. The weight of one criterion goes from 0
to 1 while the others keep their proportions; a technology's value is then a straight line (a quotient of two where a
criterion does not apply to it), and where two lines cross is found by solving, not by trying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .weights import BoolArray, FloatArray, frozen, normalised

#: Values closer than this share of the largest value are the same.
SAME = 1e-11


@dataclass(frozen=True, eq=False)
class OneWay:
    """What happens when one weight changes and the others keep their proportions.

    ``weights``: n shares of one, as they are. ``values``: m values, as they are. ``first``: the technologies in first
    place. ``criterion``, ``pair``, ``weight``: the k crossovers, by criterion and pair: at this weight (0..1) of this
    criterion the two technologies (k x 2, the smaller number first) have the same value. ``low``, ``high``: n,
    between these weights of a criterion first place stays with the same technologies; 0 and 1 where nothing overturns
    it. ``challenger_below``, ``challenger_above``: n, who joins first place there, -1 where nobody does.
    ``order_low``, ``order_high``: n, between them the whole order stays. Arrays are closed for writing.
    """

    weights: FloatArray
    values: FloatArray
    first: tuple[int, ...]
    criterion: NDArray[np.intp]
    pair: NDArray[np.intp]
    weight: FloatArray
    low: FloatArray
    high: FloatArray
    challenger_below: NDArray[np.intp]
    challenger_above: NDArray[np.intp]
    order_low: FloatArray
    order_high: FloatArray

    @property
    def smallest_change(self) -> WeightChange | None:
        """The smallest change of one weight that overturns first place; None when no change of one weight does."""
        found = [
            WeightChange(criterion, float(self.weights[criterion]), float(end[criterion]), int(who[criterion]))
            for end, who in ((self.low, self.challenger_below), (self.high, self.challenger_above))
            for criterion in np.flatnonzero(who >= 0).tolist()
        ]
        return min(found, key=lambda change: abs(change.to - change.now), default=None)


@dataclass(frozen=True)
class WeightChange:
    """At weight ``to`` (0..1) of the ``criterion`` instead of ``now``, the ``challenger`` shares first place; beyond
    it, it has first place alone.
    """

    criterion: int
    now: float
    to: float
    challenger: int


@dataclass(frozen=True, eq=False)
class WeightShift:
    """The least weight that has to move between criteria so that the ``challenger`` shares first place.

    ``weights``: n shares after it. ``moved``: 0..1, what the criteria that lose give up together.
    """

    challenger: int
    weights: FloatArray
    moved: float


@dataclass(frozen=True)
class ScoreChange:
    """With the value ``to`` instead of ``now`` for one ``technology`` on one ``criterion``, the ``challenger`` shares
    first place with the ``leader``; ``technology`` is one of the two. In the unit of the values."""

    technology: int
    criterion: int
    now: float
    to: float
    leader: int
    challenger: int


def one_way(
    values: ArrayLike,
    weights: ArrayLike,
    applicable: ArrayLike | None = None,
    pairs: Sequence[tuple[int, int]] | None = None,
) -> OneWay:
    """Every crossover of two technologies, and how far each weight may go before first place changes.

    ``values``: m x n points, more is better, in any scale (0..100 as in ranking). ``weights``: n numbers >= 0 in any
    scale. ``applicable``: m x n booleans, None = all; what does not apply is left out and the technology's other
    weights are scaled up. A criterion that has all the weight gives it to the others in equal parts as it falls. Two
    technologies that are equal at every weight have no crossover. ``pairs``: the crossovers of these alone are told, the
    smaller number first, and the order is theirs; None = of all. How far first place stays is about all in any case.

    Raises NoWeights when no criterion counts; ValueError for shapes that do not fit, values that are not finite where
    they apply, or a technology to which no criterion with a weight applies.
    """
    V, w, applies = _checked(values, weights, applicable)
    m, n = V.shape
    now = (V @ w) / (applies @ w)
    first = _first(now)
    lines = _lines(V, w, applies)
    one, two = np.triu_indices(m, 1) if pairs is None else np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    at = lines.crossings(one, two)
    t = w[np.newaxis, :, np.newaxis]
    order_low = np.max(at, axis=(0, 2), initial=0.0, where=at <= t)
    order_high = np.min(at, axis=(0, 2), initial=1.0, where=at >= t)
    at = at.transpose(1, 2, 0)
    criterion, pair, root = np.nonzero(at >= 0)
    (low, below), (high, above) = (_reach(lines, first, w, side) for side in (-1, 1))
    return OneWay(
        w, frozen(now), first, frozen(criterion), frozen(np.stack([one[pair], two[pair]], axis=1)),
        frozen(at[criterion, pair, root]), frozen(low), frozen(high), frozen(below), frozen(above),
        frozen(order_low), frozen(order_high),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Lines:
    """Every technology's value while the weight t of each criterion in turn goes from 0 to 1: (rest + t (own - rest))
    / (share + t (1 - share)), all n x m, where ``share`` is what applies of the other weights; None where everything
    applies, so that the lines are straight.
    """

    own: FloatArray
    rest: FloatArray
    share: FloatArray | None
    same: float

    def slope(self, which: NDArray[np.intp], t: FloatArray) -> FloatArray:
        """n x len(which), at the weights ``t`` of the n criteria."""
        own, rest = self.own[:, which], self.rest[:, which]
        if self.share is None:
            return own - rest
        share, t = self.share[:, which], t[:, np.newaxis]
        below = share + t * (1 - share)
        return ((own - rest) * below - (rest + t * (own - rest)) * (1 - share)) / below**2

    def crossings(self, one: NDArray[np.intp] | int, two: NDArray[np.intp]) -> FloatArray:
        """The weights 0..1 at which pairs are equal: 1 or 2 x n x pairs, NaN where there is none."""
        rise = self.own - self.rest
        if isinstance(one, int):
            one = np.array([one])
        A, B, a, b = self.rest.take(one, 1), self.rest.take(two, 1), rise.take(one, 1), rise.take(two, 1)
        if self.share is None:
            return _in_range(self._straight(A - B, a - b))[np.newaxis]
        D, E = self.share.take(one, 1), self.share.take(two, 1)
        start, bend = A * E - B * D, a * (1 - E) - b * (1 - D)
        change = A * (1 - E) + a * E - B * (1 - D) - b * D
        straight = np.abs(bend) <= self.same
        with np.errstate(divide="ignore", invalid="ignore"):
            # The two roots written so that nothing cancels.
            q = -(change + np.copysign(np.sqrt(change * change - 4 * bend * start), change)) / 2
            first = np.where(straight, self._straight(start, change), q / bend)
            second = np.where(straight, np.nan, start / q)
        return _in_range(np.stack([first, np.where(second == first, np.nan, second)]))

    def _straight(self, start: FloatArray, change: FloatArray) -> FloatArray:
        return np.divide(-start, change, out=np.full_like(start, np.nan), where=np.abs(change) > self.same)


def _in_range(at: FloatArray) -> FloatArray:
    at[(at < -SAME) | (at > 1 + SAME)] = np.nan
    return np.clip(at, 0.0, 1.0) + 0.0  # no negative zero


def _lines(V: FloatArray, w: FloatArray, applies: BoolArray) -> _Lines:
    n = w.size
    others = np.tile(w, (n, 1))
    np.fill_diagonal(others, 0.0)
    total = others.sum(axis=1, keepdims=True)
    others = np.divide(others, total, out=np.full_like(others, 1 / max(n - 1, 1)), where=total > 0)
    np.fill_diagonal(others, 0.0)
    own, rest = V.T.copy(), others @ V.T
    same = SAME * float(np.abs(V).max(initial=0.0))
    if n == 1:
        return _Lines(own, own, None, same)
    if applies.all():
        return _Lines(own, rest, None, same)
    applied = applies.T
    share = np.where(applies.all(axis=1), 1.0, others @ applied)
    # Where only this criterion applies, or all but it, its weight changes nothing.
    rest = np.where(share <= 0, own, rest)
    rest = np.where(applied, rest, np.divide(rest, share, out=np.zeros_like(rest), where=share > 0))
    own = np.where(applied, own, rest)
    return _Lines(own, rest, np.where(applied & (share > 0), share, 1.0), same)


def _reach(lines: _Lines, first: tuple[int, ...], w: FloatArray, side: int) -> tuple[FloatArray, NDArray[np.intp]]:
    """How far each weight may go to one side before first place changes, and who then joins; -1 for nobody."""
    end, who = np.full(w.size, 0.0 if side < 0 else 1.0), np.full(w.size, -1, np.intp)
    if not first:
        return end, who
    rivals = np.delete(np.arange(lines.own.shape[1]), first)
    at = lines.crossings(first[0], rivals)
    beyond = (at > SAME) & (at < 1 - SAME)
    distance = np.where(beyond, (at - w[:, np.newaxis]) * side, np.inf)
    distance = np.where(distance > 0, distance, np.inf).min(axis=0)
    if rivals.size:
        nearest = distance.argmin(axis=1)
        step = distance[np.arange(w.size), nearest]
        found = np.isfinite(step)
        end[found] = (w + side * step)[found]
        who[found] = rivals[nearest[found]]
    if len(first) > 1:
        # Those in first place are equal at this very weight only, unless their lines are the same.
        leaders = np.array(first)
        ahead = side * lines.slope(leaders, w)
        parted = (np.ptp(ahead, axis=1) > 100 * lines.same) & ((w > SAME) if side < 0 else (w < 1 - SAME))
        end[parted] = w[parted]
        who[parted] = leaders[ahead.argmax(axis=1)[parted]]
    return end, who


def smallest_weight_shift(values: ArrayLike, weights: ArrayLike) -> WeightShift | None:
    """The least weight in all that has to move from some criteria to others to overturn first place.

    ``values``: m x n points, every criterion applies. ``weights``: n numbers >= 0 in any scale. Exact: for every
    challenger, weight goes to the criterion where it gains most on the leader, from those where it loses most, until
    the gap is closed. None where no weights put anyone else first. Where first place is shared already, nothing
    moves. Raises as one_way().
    """
    V, w, _ = _checked(values, weights, None)
    now = V @ w
    first = _first(now)
    if len(first) != 1:
        return WeightShift(first[1], w, 0.0) if first else None
    best: WeightShift | None = None
    for challenger in range(len(V)):
        if challenger == first[0]:
            continue
        lead = V[first[0]] - V[challenger]
        to = int(np.argmin(lead))
        gap, after, moved = float(lead @ w), w.copy(), 0.0
        if lead[to] > 0:
            continue
        for source in np.argsort(-lead).tolist():
            gain = float(lead[source] - lead[to])
            if gain <= 0 or gap <= 0:
                break
            part = min(float(w[source]), gap / gain)
            after[source] -= part
            after[to] += part
            gap -= part * gain
            moved += part
        if gap <= SAME * np.abs(V).max() and (best is None or moved < best.moved):
            best = WeightShift(challenger, frozen(after), moved)
    return best


def smallest_score_change(
    values: ArrayLike, weights: ArrayLike, low: float = 0.0, high: float = 100.0, applicable: ArrayLike | None = None
) -> ScoreChange | None:
    """The smallest change of one value, within ``low`` and ``high``, that makes a challenger share first place.

    ``values``: m x n points between ``low`` and ``high``; the ends of the criteria are held where they are.
    ``weights`` and ``applicable`` as in one_way(). None where no single value within its scale is enough, or only one
    technology is there. Where first place is shared already, the change is zero. Raises as one_way().
    """
    V, w, applies = _checked(values, weights, applicable)
    if len(V) < 2:
        return None
    applied = np.where(applies, w, 0.0)
    applied /= applied.sum(axis=1, keepdims=True)
    now = (applied * V).sum(axis=1)
    order = np.argsort(-now, kind="stable")
    leader, second = int(order[0]), int(order[1])
    gap = np.maximum(now[leader] - now, 0.0)
    gap[leader] = gap[second]
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(applied > 0, gap[:, np.newaxis] / applied, np.inf)
    room = high - V
    room[leader] = V[leader] - low
    needed = np.where(needed <= room + SAME * (high - low), needed, np.inf)
    technology, criterion = (int(each) for each in np.unravel_index(np.argmin(needed), needed.shape))
    if not np.isfinite(needed[technology, criterion]):
        return None
    value, change = float(V[technology, criterion]), float(needed[technology, criterion])
    to = max(value - change, low) if technology == leader else min(value + change, high)
    return ScoreChange(technology, criterion, value, to, leader, second if technology == leader else technology)


def _checked(
    values: ArrayLike, weights: ArrayLike, applicable: ArrayLike | None
) -> tuple[FloatArray, FloatArray, BoolArray]:
    V, w = np.array(values, dtype=float), normalised(weights)
    if V.ndim != 2 or V.shape[1:] != w.shape:
        raise ValueError("values and weights must be about the same criteria")
    applies = np.ones(V.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    if applies.shape != V.shape or not np.isfinite(V[applies]).all():
        raise ValueError("values must be finite where they apply")
    if not (applies & (w > 0)).any(axis=1).all():
        raise ValueError("no criterion with a weight applies to one of the technologies")
    return np.where(applies, V, 0.0), w, applies


def _first(values: FloatArray) -> tuple[int, ...]:
    if not values.size:
        return ()
    return tuple(np.flatnonzero(values >= values.max() - SAME * max(1e-300, float(np.abs(values).max()))).tolist())
