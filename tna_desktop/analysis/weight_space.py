"""Which weights are thought possible, and drawing from them: any, in an order, between limits, or around agreed ones.

Methods: uniform on all weights that sum to one by exponential draws, and in a given order by sorting them, as in
Tervonen and Lahdelma, *Implementing stochastic multicriteria acceptability analysis*, EJOR 178 (2007) 500-513.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from .weights import BoolArray, FloatArray, frozen, normalised

#: Rounds of the walk between limits after which its start has no part in where it is.
ROUNDS = 60


class WeightSpace(Protocol):
    """Weights thought possible for n criteria."""

    @property
    def counting(self) -> BoolArray:
        """n booleans: which criteria can have any weight at all."""

    @property
    def may_tie(self) -> bool:
        """Whether different technologies can have the same value in a part of the draws that is not zero."""

    def draw(self, generator: np.random.Generator, count: int) -> FloatArray:
        """``count`` draws: count x n numbers >= 0, each row in a scale of its own."""


@dataclass(frozen=True)
class AnyWeights:
    """Nothing is known about the weights of ``n`` criteria: every set of shares that sums to one is as likely."""

    n: int

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError("there must be a criterion")

    @property
    def counting(self) -> BoolArray:
        return np.ones(self.n, bool)

    may_tie = False

    def draw(self, generator: np.random.Generator, count: int) -> FloatArray:
        return generator.standard_exponential((self.n, count)).T


@dataclass(frozen=True)
class WeightsInOrder:
    """Only the order of importance is known: ``places`` n numbers, 1 for the most important criterion.

    Criteria with the same place may lie either way round. Every set of shares that keeps the order is as likely.
    """

    places: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("there must be a criterion")

    @property
    def counting(self) -> BoolArray:
        return np.ones(len(self.places), bool)

    may_tie = False

    def draw(self, generator: np.random.Generator, count: int) -> FloatArray:
        drawn = generator.standard_exponential((count, len(self.places)))
        drawn.sort(axis=1)
        weights, begin = np.empty_like(drawn), 0
        given = np.array(self.places)
        for place in sorted(set(self.places), reverse=True):
            members = np.flatnonzero(given == place)
            block = drawn[:, begin : begin + members.size]
            weights[:, members] = generator.permuted(block, axis=1) if members.size > 1 else block
            begin += members.size
        return weights


@dataclass(frozen=True, eq=False)
class WeightsWithin:
    """Every weight lies between limits: ``low`` and ``high``, n shares of one each. Every set of shares that sums to
    one and keeps the limits is as likely.

    Drawn by rejection, which is exact, from the smaller of the two corners the limits make; where hardly any draw
    keeps the limits, by a walk of ROUNDS rounds in which random pairs of weights share anew what they have together.
    Raises ValueError for limits out of order or outside 0..1, or between which no shares sum to one.
    """

    low: FloatArray
    high: FloatArray

    def __init__(self, low: ArrayLike, high: ArrayLike) -> None:
        below, above = np.array(low, dtype=float), np.array(high, dtype=float)
        if below.ndim != 1 or not below.size or below.shape != above.shape:
            raise ValueError("every criterion needs two limits")
        if not ((below >= 0) & (below <= above) & (above <= 1)).all():
            raise ValueError("limits must be in order and between 0 and 1")
        if below.sum() > 1 + 1e-9 or above.sum() < 1 - 1e-9:
            raise ValueError("no shares between these limits sum to one")
        object.__setattr__(self, "low", frozen(below))
        object.__setattr__(self, "high", frozen(above))

    @property
    def counting(self) -> BoolArray:
        return self.high > 0

    @property
    def may_tie(self) -> bool:
        return bool((self.low >= self.high).any() or self.low.sum() >= 1 - 1e-9 or self.high.sum() <= 1 + 1e-9)

    def draw(self, generator: np.random.Generator, count: int) -> FloatArray:
        room, up, down = self.high - self.low, 1 - self.low.sum(), self.high.sum() - 1
        if min(up, down) <= 1e-12:
            return np.tile(self.low if up <= down else self.high, (count, 1))
        size = min(up, down)
        kept: list[FloatArray] = []
        for _ in range(8):
            drawn = generator.standard_exponential((4 * count, room.size))
            drawn *= size / drawn.sum(axis=1, keepdims=True)
            kept.append(drawn[(drawn <= room).all(axis=1)])
            if sum(map(len, kept)) >= count:
                steps = np.concatenate(kept)[:count]
                return self.low + steps if up <= down else self.high - steps
        return self._walk(generator, count)

    def _walk(self, generator: np.random.Generator, count: int) -> FloatArray:
        room = self.high - self.low
        weights = np.tile(self.low + room * ((1 - self.low.sum()) / room.sum()), (count, 1))
        half = room.size // 2
        for _ in range(ROUNDS):
            order = generator.permutation(room.size)
            one, two = order[:half], order[half : 2 * half]
            both = weights[:, one] + weights[:, two]
            least = np.maximum(self.low[one], both - self.high[two])
            most = np.minimum(self.high[one], both - self.low[two])
            weights[:, one] = least + generator.random((count, half)) * np.maximum(most - least, 0.0)
            weights[:, two] = both - weights[:, one]
        return np.clip(weights, self.low, self.high)


@dataclass(frozen=True, eq=False)
class WeightsAround:
    """The agreed weights, each up to ``spread`` (0..1, a share of itself) higher or lower, independently and evenly,
    and then made to sum to one again. ``agreed``: n numbers >= 0 in any scale. A spread of 0 is the agreed weights
    alone.

    Raises NoWeights when no criterion counts, ValueError for a spread outside 0..1.
    """

    agreed: FloatArray
    spread: float

    def __init__(self, agreed: ArrayLike, spread: float) -> None:
        if not 0 <= spread <= 1:
            raise ValueError("the spread is a share between 0 and 1")
        object.__setattr__(self, "agreed", normalised(agreed))
        object.__setattr__(self, "spread", float(spread))

    @property
    def counting(self) -> BoolArray:
        return self.agreed > 0

    @property
    def may_tie(self) -> bool:
        return self.spread == 0

    def draw(self, generator: np.random.Generator, count: int) -> FloatArray:
        factors = generator.random((count, self.agreed.size))
        factors *= 2 * self.spread
        factors += 1 - self.spread
        factors *= self.agreed
        return factors
