"""Which technology lies nearest to the best and farthest from the worst: TOPSIS.

Method: Hwang and Yoon, *Multiple attribute decision making* (1981), chapter 3, with the normalisation named, because
different ones may put different technologies first (Opricovic and Tzeng, EJOR 156 (2004) 445-455).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .ordering import Places, places
from .weights import FloatArray, frozen, normalised


@dataclass(frozen=True, eq=False)
class Closeness:
    """The outcome for m technologies under n criteria; arrays are closed for writing.

    ``values``: m, 0 (in every criterion the worst that is there) to 1 (in every one the best); NaN where a score that
    counts is unknown. ``to_best``, ``to_worst``: m distances. ``rank``: 1 + how many are better, None without a
    value. ``tied``: whether another one has the same value. ``best``, ``worst``: n, the two imagined technologies, in
    the normalised scale; NaN where no score is known.
    """

    values: FloatArray
    to_best: FloatArray
    to_worst: FloatArray
    rank: Places
    tied: tuple[bool, ...]
    best: FloatArray
    worst: FloatArray


def topsis(shares: ArrayLike, weights: ArrayLike, applicable: ArrayLike | None = None) -> Closeness:
    """Rank technologies by how near they are to the best and how far from the worst that occur.

    ``shares``: m x n as normalise() gives them, more is better, NaN = unknown. ``weights``: n numbers >= 0 in any
    scale. ``applicable``: m x n booleans, None = all. A technology with an unknown score under a criterion that
    counts is left out of everything, the best and worst included. What does not apply to a technology is left out and
    its other weights are scaled up to one. Where no two technologies differ, each is as good as the best: 1.

    Raises NoWeights when no criterion counts; ValueError for shapes that do not fit or infinite shares.
    """
    R = np.array(shares, dtype=float)
    w = normalised(weights)
    if R.ndim != 2 or R.shape[1:] != w.shape:
        raise ValueError("shares and weights must be about the same criteria")
    applies = np.ones(R.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    if applies.shape != R.shape or np.isinf(R).any():
        raise ValueError("shares must be finite, and applicable about the same technologies and criteria")
    counts = applies & (w > 0)
    taking_part = counts.any(axis=1) & ~(counts & np.isnan(R)).any(axis=1)
    considered = counts & taking_part[:, np.newaxis]
    seen = considered.any(axis=0)
    best = np.where(seen, np.max(R, axis=0, initial=-np.inf, where=considered), np.nan)
    worst = np.where(seen, np.min(R, axis=0, initial=np.inf, where=considered), np.nan)

    applied = np.where(considered, w, 0.0)
    total = applied.sum(axis=1, keepdims=True)
    applied = np.divide(applied, total, out=np.zeros_like(applied), where=total > 0)
    filled = np.where(considered, R, 0.0)
    up, down = np.nan_to_num(best), np.nan_to_num(worst)
    to_best = np.sqrt(np.sum(np.square(applied * (up - filled)), axis=1))
    to_worst = np.sqrt(np.sum(np.square(applied * (filled - down)), axis=1))
    both = to_best + to_worst
    values = np.divide(to_worst, both, out=np.ones_like(both), where=both > 0)
    values[~taking_part] = to_best[~taking_part] = to_worst[~taking_part] = np.nan
    rank, tied = places(values)
    return Closeness(frozen(values), frozen(to_best), frozen(to_worst), rank, tied, frozen(best), frozen(worst))
