"""Who is at least as good everywhere, who can be first at all, and which missing facts could decide first place.

Methods: dominance and potential optimality as in Hazen, *Partial information, dominance, and potential optimality in
multiattribute utility theory*, Operations Research 34 (1986) 296-310; both without a linear programme, and where that
leaves the answer open, it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import BoolArray, FloatArray, frozen, normalised

#: Values closer than this share of the largest are the same.
SAME = 1e-12


def dominates(low: ArrayLike, high: ArrayLike | None = None, counts: ArrayLike | None = None) -> BoolArray:
    """Whether the row is surely at least as good as the column on every criterion and better on one: m x m booleans.

    ``low``, ``high``: m x n, the least and the most each value can be, more is better; ``high`` None where all values
    are exact. ``counts``: n booleans, the criteria with a weight; None = all. Put what does not apply at -infinity to
    infinity: it then never helps to dominate. With exact values nobody who is dominated can be first alone, whatever
    the weights. Raises ValueError for shapes that do not fit, NaN, or a range out of order.
    """
    L = np.array(low, dtype=float)
    H = L if high is None else np.array(high, dtype=float)
    if L.ndim != 2 or H.shape != L.shape or np.isnan(L).any() or np.isnan(H).any() or (L > H).any():
        raise ValueError("values must be a table of technologies by criteria, with ranges in order")
    used = np.ones(L.shape[1], bool) if counts is None else np.array(counts, dtype=bool)
    if used.shape != L.shape[1:]:
        raise ValueError("every criterion either counts or does not")
    never_worse = np.ones((len(L), len(L)), bool)
    better = np.zeros_like(never_worse)
    for criterion in np.flatnonzero(used):
        mine, theirs = L[:, criterion, np.newaxis], H[:, criterion]
        same = SAME * float(np.max(np.abs(H[:, criterion]), initial=0.0, where=np.isfinite(H[:, criterion])))
        never_worse &= mine >= theirs - same
        better |= mine > theirs + same
    np.fill_diagonal(better, False)
    return frozen(never_worse & better)


class CanBeFirst(StrEnum):
    """Whether some weights put a technology in first place, alone or shared."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # neither a proof nor a refutation was found


def can_be_first(
    values: ArrayLike, corners: ArrayLike | None = None, tried: ArrayLike | None = None
) -> tuple[CanBeFirst, ...]:
    """For each of m technologies, whether it can be first for some of the weights thought possible.

    ``values``: m x n finite points, more is better. ``corners``: k x n weights whose mixtures are all the weights
    thought possible; None = any weights, i.e. each criterion alone. ``tried``: t x n further weights inside, such as
    the central weights of many trials. YES: it is first at a corner or a tried weight. NO: another one is better at
    every corner, and so everywhere between. With one or two corners the answer is exact and never OPEN. Raises
    ValueError for shapes that do not fit or numbers that are not finite.
    """
    V = np.array(values, dtype=float)
    if V.ndim != 2 or not np.isfinite(V).all():
        raise ValueError("values must be a table of finite numbers")
    E = np.eye(V.shape[1]) if corners is None else np.array(corners, dtype=float)
    T = np.zeros((0, V.shape[1])) if tried is None else np.array(tried, dtype=float)
    if E.ndim != 2 or not len(E) or E.shape[1:] != V.shape[1:] or T.ndim != 2 or T.shape[1:] != V.shape[1:]:
        raise ValueError("weights must be about the same criteria as the values")
    at = V @ E.T
    same = SAME * float(np.abs(at).max(initial=0.0))
    found = [CanBeFirst.OPEN] * len(V)
    sums = np.hstack([at, V @ T.T])
    first = (sums >= sums.max(axis=0, initial=-np.inf) - same).any(axis=1)
    worse = (at[np.newaxis] > at[:, np.newaxis] + same).all(axis=2).any(axis=1)
    for technology in range(len(V)):
        if first[technology]:
            found[technology] = CanBeFirst.YES
        elif worse[technology]:
            found[technology] = CanBeFirst.NO
        elif len(E) <= 2:
            found[technology] = CanBeFirst.YES if _first_between(at, technology, same) else CanBeFirst.NO
    return tuple(found)


def _first_between(at: FloatArray, technology: int, same: float) -> bool:
    """Whether the line between two corners is highest somewhere: where it is not below the others, and all at once."""
    ahead = at[technology] - at
    start, change = ahead[:, 0] + same, ahead[:, -1] - ahead[:, 0]
    rising, falling = change > 0, change < 0
    where = np.divide(-start, change, out=np.zeros_like(start), where=change != 0)
    begin = np.max(where, initial=0.0, where=rising)
    end = np.min(where, initial=1.0, where=falling)
    return bool(begin <= end and (start[change == 0] >= 0).all())


@dataclass(frozen=True)
class MissingFact:
    """An unknown score, and what knowing it could be worth for choosing the first place.

    ``swing``: by how many points the technology's value depends on it. ``at_stake``: the points by which a choice of
    first place made without it can be wrong, at most; 0 where it cannot change who is first.
    """

    technology: int
    criterion: int
    swing: float
    at_stake: float


def missing_facts(
    points: ArrayLike, weights: ArrayLike, applicable: ArrayLike | None = None
) -> tuple[MissingFact, ...]:
    """The unknown scores that count, those most at stake first.

    ``points``: m x n, 0..100, NaN = unknown: anything from 0 to 100. ``weights``: n numbers >= 0 in any scale.
    ``applicable``: m x n booleans, None = all; a technology's weights are scaled up over what applies. A fact decides
    nothing where its technology can never be first, or is first whatever it turns out to be; otherwise at stake is
    the least of its swing, how far its technology may surpass the best of the others at their worst, and how far it
    may fall behind the best of the others at their best. Raises NoWeights when no criterion counts; ValueError for
    shapes that do not fit or points outside 0..100.
    """
    X, w = np.array(points, dtype=float), normalised(weights)
    applies = np.ones(X.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    if X.ndim != 2 or X.shape[1:] != w.shape or applies.shape != X.shape:
        raise ValueError("points and weights must be about the same technologies and criteria")
    X = np.where(applies, X, np.nan)
    if np.less(X, 0).any() or np.greater(X, 100).any():
        raise ValueError("points must be between 0 and 100")
    applied = np.where(applies, w, 0.0)
    total = applied.sum(axis=1, keepdims=True)
    applied = np.divide(applied, total, out=np.zeros_like(applied), where=total > 0)
    unknown = applies & np.isnan(X)
    low = np.where(total[:, 0] > 0, (applied * np.nan_to_num(X)).sum(axis=1), -np.inf)
    high = low + 100 * (applied * unknown).sum(axis=1)
    facts = []
    for technology, criterion in np.argwhere(unknown & (applied > 0)).tolist():
        others = np.arange(len(X)) != technology
        swing = 100 * float(applied[technology, criterion])
        above = high[technology] - low[others].max(initial=-np.inf)
        behind = high[others].max(initial=-np.inf) - low[technology]
        stake = max(min(swing, float(above), float(behind)), 0.0)
        facts.append(MissingFact(technology, criterion, swing, stake if stake > 1e-9 else 0.0))
    return tuple(sorted(facts, key=lambda fact: (-fact.at_stake, -fact.swing)))
