"""What a score is worth: value functions between the worst and the best, and normalisations of whole columns.

Methods: value functions as in Dodgson, Spackman, Pearman and Phillips, *Multi-criteria analysis: a manual* (2009),
chapter 6; the normalisations as in Jahan and Edwards, *A state-of-the-art survey on the influence of normalization
techniques in ranking*, Materials & Design 65 (2015) 335-342.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import FloatArray, frozen


class Shape(StrEnum):
    """How worth grows with the score."""

    PIECEWISE = "piecewise"  # straight between given points; linear is the same with two of them
    STEPS = "steps"  # constant between given levels; a threshold is the same with one of them


@dataclass(frozen=True, eq=False)
class ValueFunction:
    """The worth of a score on one criterion.

    ``at``: k increasing numbers in the criterion's unit. ``worth``: what the scores there are worth, in the scale of
    the values that were given (0..100 points unless said otherwise): k numbers for ``PIECEWISE``; k + 1 for
    ``STEPS``, the worth below the first level, between the levels and above the last one.
    """

    shape: Shape
    at: FloatArray
    worth: FloatArray

    def __call__(self, scores: ArrayLike) -> FloatArray:
        """The worth of scores of any shape, in the criterion's unit; NaN (unknown) stays NaN.

        A score beyond the first or last point is worth as much as that point. A score exactly on a level of steps has
        the better of the two values, whether more or less is better.
        """
        X = np.asarray(scores, dtype=float)
        if self.shape is Shape.PIECEWISE:
            # Halved, so that ends such as -1e308 and 1e308 do not overflow when they are subtracted.
            return np.interp(X / 2, self.at / 2, self.worth)
        below = self.worth[np.searchsorted(self.at, X, side="left")]
        above = self.worth[np.searchsorted(self.at, X, side="right")]
        return np.where(np.isnan(X), np.nan, np.maximum(below, above))

    @property
    def direction(self) -> int:
        """+1 where worth never falls as the score grows, -1 where it never rises, 0 where it does both."""
        change = np.diff(self.worth)
        if (change >= 0).all():
            return 1
        return -1 if (change <= 0).all() else 0


def linear(low: float, high: float, direction: int = 1, worst: float = 0.0, best: float = 100.0) -> ValueFunction:
    """A straight line between the ends ``low`` < ``high`` of a criterion, in its unit.

    ``direction``: +1 where more is better, -1 where less is. ``worst`` and ``best``: the worth of the two ends.
    Raises ValueError for ends that are not finite and in order, or another direction.
    """
    return piecewise([low, high], [worst, best] if _sign(direction) > 0 else [best, worst])


def piecewise(at: ArrayLike, worth: ArrayLike) -> ValueFunction:
    """Straight lines between two or more points: ``at`` k increasing scores, ``worth`` what each is worth.

    Raises ValueError for fewer than two points, points that do not increase, or numbers that are not finite.
    """
    function = _function(Shape.PIECEWISE, at, worth)
    if function.at.size < 2:
        raise ValueError("a value function needs two points or more")
    return function


def threshold(level: float, direction: int = 1, missed: float = 0.0, met: float = 100.0) -> ValueFunction:
    """``met`` from a level on and ``missed`` on its other side; the level itself meets it.

    ``direction``: +1 where at least the level is wanted, -1 where at most. Raises ValueError where ``met`` is below
    ``missed`` or a number is not finite.
    """
    if met < missed:
        raise ValueError("a threshold that is met cannot be worth less than one that is missed")
    return steps([level], [missed, met] if _sign(direction) > 0 else [met, missed])


def steps(levels: ArrayLike, worth: ArrayLike) -> ValueFunction:
    """Constant between levels: ``levels`` k increasing scores, ``worth`` k + 1 numbers, below the first one to above
    the last one.

    Raises ValueError for no level, levels that do not increase, or numbers that are not finite.
    """
    function = _function(Shape.STEPS, levels, worth)
    if not function.at.size:
        raise ValueError("steps need one level or more")
    return function


def _function(shape: Shape, at: ArrayLike, worth: ArrayLike) -> ValueFunction:
    X, Y = np.array(at, dtype=float), np.array(worth, dtype=float)
    if X.ndim != 1 or Y.shape != (X.size + (shape is Shape.STEPS),):
        raise ValueError("scores and what they are worth must be two rows of fitting length")
    if not (np.isfinite(X).all() and np.isfinite(Y).all() and (X[1:] > X[:-1]).all()):
        raise ValueError("scores must be finite and increase, and what they are worth must be finite")
    return ValueFunction(shape, frozen(X), frozen(Y))


def _sign(direction: int) -> int:
    if direction not in (1, -1):
        raise ValueError("a direction is +1 or -1")
    return direction


class Normalisation(StrEnum):
    """How a column of scores is put on a scale of its own; the formulas are for more is better, then for less."""

    MINMAX = "minmax"  # (x - min) / (max - min); (max - x) / (max - min)
    VECTOR = "vector"  # x / r; 1 - x / r, with r the root of the sum of squares
    MAX = "max"  # x / max; 1 - x / max
    RATIO = "ratio"  # x / max; min / x
    SUM = "sum"  # x / sum; (1 / x) / sum of all 1 / x


def normalise(scores: ArrayLike, direction: ArrayLike, how: Normalisation = Normalisation.MINMAX) -> FloatArray:
    """Columns of scores as numbers without a unit, where more is always better.

    ``scores``: m x n in each criterion's unit, NaN where unknown (it stays NaN and has no part in the rest).
    ``direction``: n, +1 where more is better, -1 where less is. Returns m x n: 0..1 for positive scores. A column in
    which all known scores are equal is 1 throughout under MINMAX, because it separates nothing; where the largest
    size is zero it is 0 (1 for costs) under VECTOR and MAX. Negative scores are divided by the largest size under
    MAX, so that their order stays.

    Raises ValueError for RATIO and SUM with a known score that is not above zero, shapes that do not fit, infinite
    scores or another direction.
    """
    X, sign = np.array(scores, dtype=float), np.array(direction, dtype=float)
    if X.ndim != 2 or sign.shape != X.shape[1:]:
        raise ValueError("scores must be a table of technologies by criteria, with a direction for each criterion")
    if not np.isin(sign, (1.0, -1.0)).all():
        raise ValueError("a direction is +1 or -1")
    if np.isinf(X).any():
        raise ValueError("scores must be finite numbers, or NaN where unknown")
    known = ~np.isnan(X)
    size = np.max(np.abs(X), axis=0, initial=0.0, where=known)
    # A power of two is an exact factor; it keeps squares and differences of huge or tiny scores in range.
    X = np.ldexp(X, -np.frexp(size)[1])
    cost = sign < 0
    if how is Normalisation.MINMAX:
        low = np.min(X, axis=0, initial=np.inf, where=known)
        high = np.max(X, axis=0, initial=-np.inf, where=known)
        with np.errstate(invalid="ignore"):
            width = high - low
            share = _divided(np.where(cost, high - X, X - low), width, 1.0)
        return frozen(np.where(known, share, np.nan))
    if how in (Normalisation.RATIO, Normalisation.SUM):
        if (X[known] <= 0).any():
            raise ValueError("this normalisation needs scores above zero")
        X = np.where(cost, 1 / X, X)
        total = (
            np.sum(X, axis=0, where=known) if how is Normalisation.SUM else np.max(X, axis=0, initial=0.0, where=known)
        )
        return frozen(np.where(known, _divided(X, total, 1.0), np.nan))
    if how is Normalisation.VECTOR:
        length = np.sqrt(np.sum(X * X, axis=0, where=known))
    else:
        length = np.max(np.abs(X), axis=0, initial=0.0, where=known)
    share = _divided(X, length, 0.0)
    return frozen(np.where(known, np.where(cost, 1 - share, share), np.nan))


def _divided(table: FloatArray, by: FloatArray, otherwise: float) -> FloatArray:
    """Every column divided by its number; ``otherwise`` where that is zero."""
    return np.divide(table, by, out=np.full_like(table, otherwise), where=by > 0)
