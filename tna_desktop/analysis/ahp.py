"""Technologies by the ratios of their scores: the synthesis of the analytic hierarchy process.

Method: Saaty, *The analytic hierarchy process* (1980), where each column becomes shares of its sum (distributive mode);
Forman and Gass, *The analytic hierarchy process - an exposition*, Operations Research 49 (2001) 469-486, where each
column becomes shares of its best (ideal mode). Scores stand in for the pairwise comparisons they would answer: one
that is twice as good gets twice the priority. That takes a scale on which zero means nothing.

In the distributive mode a technology that is added or left out changes all the others' shares, so two others may
change places though nothing about them did (rank reversal: Belton and Gear, *On a short-coming of Saaty's method of
analytic hierarchies*, Omega 11 (1983) 228-230). In the ideal mode that happens only when it is the best on a criterion.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .ordering import Places, places
from .weights import FloatArray, frozen, normalised


class Mode(StrEnum):
    """What the scores of a criterion are divided by."""

    IDEAL = "ideal"  # the best one: it has 1
    DISTRIBUTIVE = "distributive"  # their sum: all together have 1; where a criterion applies to some only, their part


@dataclass(frozen=True, eq=False)
class Priorities:
    """The outcome for m technologies; arrays are closed for writing.

    ``values``: m, weighted means of the columns' shares: in the ideal mode 1 is the best on every criterion; NaN where
    a score that counts is unknown or no criterion applies. ``priorities``: the same as shares of one among the
    technologies that have a value. ``rank``: 1 + how many have a higher value, None without one.
    """

    values: FloatArray
    priorities: FloatArray
    rank: Places
    tied: tuple[bool, ...]


def priorities(
    scores: ArrayLike,
    direction: ArrayLike,
    weights: ArrayLike,
    mode: Mode = Mode.IDEAL,
    applicable: ArrayLike | None = None,
) -> Priorities:
    """Rank technologies by the ratios of their scores.

    ``scores``: m x n on ratio scales, NaN = unknown; not below zero where more is better, above zero where less is.
    ``direction``: n, +1 where more is better, -1 where less is: a cost counts by its reciprocal. ``weights``: n numbers
    >= 0 in any scale. ``applicable``: m x n booleans, None = all; what does not apply is left out and the technology's
    other weights are scaled up. A technology with an unknown score that counts has no value and moves nobody else's.

    Raises NoWeights when no criterion counts; ValueError for shapes that do not fit, infinite or negative scores, a
    cost of zero, or another direction.
    """
    X, w = np.array(scores, dtype=float), normalised(weights)
    if X.ndim != 2 or w.shape != X.shape[1:]:
        raise ValueError("scores and weights must be about the same criteria")
    applies = np.ones(X.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    if applies.shape != X.shape:
        raise ValueError("what applies must be said of every score")
    counts = applies & (w > 0)
    complete = ~(counts & np.isnan(X)).any(axis=1, keepdims=True)
    return synthesis(shares(np.where(applies & complete, X, np.nan), direction, mode), w, applies)


def shares(scores: ArrayLike, direction: ArrayLike, mode: Mode = Mode.IDEAL) -> FloatArray:
    """Each column as ratios to its best, or to its sum; NaN stays NaN and has no part. See priorities()."""
    X, sign = np.array(scores, dtype=float), np.array(direction, dtype=float)
    if X.ndim != 2 or sign.shape != X.shape[1:] or not np.isin(sign, (1.0, -1.0)).all():
        raise ValueError("scores must be a table of technologies by criteria, with +1 or -1 for each criterion")
    known = ~np.isnan(X)
    if np.isinf(X).any() or (X[known] < 0).any() or (X[:, sign < 0][known[:, sign < 0]] == 0).any():
        raise ValueError("ratios need scores that are not below zero, and costs above zero")
    # A power of two is an exact factor; it keeps reciprocals and sums of huge or tiny scores in range.
    X = np.ldexp(X, -np.frexp(np.max(X, axis=0, initial=0.0, where=known))[1])
    smallest = np.min(X, axis=0, initial=np.inf, where=known)
    with np.errstate(invalid="ignore"):
        # Of a cost, the cheapest through each one: reciprocals, as ratios to the best.
        X = np.where(sign < 0, smallest / X, X)
    if mode is Mode.IDEAL:
        by, alike = np.max(X, axis=0, initial=0.0, where=known), 1.0
    else:
        # The mean share is the same on every criterion: who shares one with few must not win by that alone.
        of_all = max(int(known.any(axis=1).sum()), 1)
        by = np.sum(X, axis=0, where=known) * of_all / np.maximum(known.sum(axis=0), 1)
        alike = 1 / of_all
    # Where all have nothing, the criterion separates nobody.
    found = np.divide(X, by, out=np.broadcast_to(alike, X.shape).copy(), where=by > 0)
    return frozen(np.where(known, found, np.nan))


def synthesis(ratios: ArrayLike, weights: ArrayLike, applicable: ArrayLike | None = None) -> Priorities:
    """Weighted means of what shares() answers, for each technology over the criteria that apply to it."""
    X, w = np.array(ratios, dtype=float), normalised(weights)
    applies = np.ones(X.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    applied = np.where(applies, w, 0.0)
    total = applied.sum(axis=1)
    with np.errstate(invalid="ignore"):
        values = np.where(applied > 0, applied * X, 0.0).sum(axis=1) / np.where(total > 0, total, np.nan)
    rank, tied = places(values)
    together = np.nansum(values)
    one = values / together if together > 0 else np.full_like(values, np.nan)
    return Priorities(frozen(values), frozen(one), rank, tied)
