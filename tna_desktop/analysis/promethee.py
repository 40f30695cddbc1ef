"""Which technology is preferred to the others, pair by pair: PROMETHEE II.

Method: Brans and Vincke, *A preference ranking organisation method*, Management Science 31 (1985) 647-656, with the
usual and the linear preference function (criteria of type I and V there), weights made to sum to one and flows
divided by the number of the others, as in Brans and Mareschal, *PROMETHEE methods* (2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .ordering import Places, places
from .weights import BoolArray, FloatArray, frozen, normalised

#: From so many technologies on, sorting and adding up is faster than comparing every pair.
MANY = 120


class Preference(StrEnum):
    """How a difference on one criterion becomes a preference between 0 and 1."""

    USUAL = "usual"  # any difference is a full preference
    LINEAR = "linear"  # none up to q, full from p on, straight in between; a step where q and p are equal


@dataclass(frozen=True, eq=False)
class Flows:
    """The outcome for m technologies under n criteria; arrays are closed for writing.

    ``net``: m, -1 (every other one is fully preferred to it) to 1 (it is preferred to every other one), adding up to
    zero; NaN where a score that counts is unknown. ``leaving``, ``entering``: m, 0..1; net is their difference.
    ``rank``: 1 + how many have a higher net flow, None without one. ``tied``: whether another one has the same.
    ``by_criterion``: m x n, -1..1, the net flow on each criterion alone; where every criterion applies to every
    technology, net is their weighted mean. NaN where a technology has no place or the criterion does not apply.
    """

    net: FloatArray
    leaving: FloatArray
    entering: FloatArray
    rank: Places
    tied: tuple[bool, ...]
    by_criterion: FloatArray


def promethee2(
    scores: ArrayLike,
    direction: ArrayLike,
    weights: ArrayLike,
    preference: Preference = Preference.USUAL,
    q: ArrayLike = 0.0,
    p: ArrayLike = 0.0,
    applicable: ArrayLike | None = None,
) -> Flows:
    """Rank technologies by their net flow of preference.

    ``scores``: m x n in each criterion's unit, NaN = unknown. ``direction``: n, +1 where more is better, -1 where
    less is. ``weights``: n numbers >= 0 in any scale. ``q``, ``p``: for the linear preference, one or n differences
    in the criterion's unit, 0 <= q <= p. ``applicable``: m x n booleans, None = all. A technology with an unknown
    score under a criterion that counts is left out and compared with nobody. Two technologies are compared on the
    criteria that apply to both, with these weights scaled up to one. One technology alone has flows of zero.

    Raises NoWeights when no criterion counts; ValueError for shapes that do not fit, infinite numbers, another
    direction, or q and p out of order.
    """
    X, sign, w = np.array(scores, dtype=float), np.array(direction, dtype=float), normalised(weights)
    if X.ndim != 2 or sign.shape != X.shape[1:] or w.shape != sign.shape:
        raise ValueError("scores, directions and weights must be about the same criteria")
    applies = np.ones(X.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
    if applies.shape != X.shape or np.isinf(X).any() or not np.isin(sign, (1.0, -1.0)).all():
        raise ValueError("scores must be finite or NaN, and a direction is +1 or -1")
    indifferent = np.broadcast_to(np.asarray(q, dtype=float), sign.shape)
    full = np.broadcast_to(np.asarray(p, dtype=float), sign.shape)
    if preference is Preference.USUAL:
        indifferent = full = np.zeros_like(sign)
    if not (np.isfinite(full).all() and (indifferent >= 0).all() and (indifferent <= full).all()):
        raise ValueError("the differences must be finite, zero or more, and q at most p")

    counts = applies & (w > 0)
    taking_part = np.flatnonzero(counts.any(axis=1) & ~(counts & np.isnan(X)).any(axis=1))
    used = np.flatnonzero(w > 0)
    m = X.shape[0]
    leaving, entering = np.full(m, np.nan), np.full(m, np.nan)
    by_criterion = np.full(X.shape, np.nan)
    table = X[np.ix_(taking_part, used)] * sign[used]
    inside = counts[np.ix_(taking_part, used)]
    # A power of two is an exact factor; it keeps differences of huge or tiny scores in range.
    size = np.max(np.abs(table), axis=0, initial=0.0, where=inside)
    exponent = -np.frexp(np.maximum(size, full[used]))[1]
    table = np.ldexp(table, exponent)
    limits = np.ldexp(indifferent[used], exponent), np.ldexp(full[used], exponent)
    flow = _all_apply if inside.all() else _some_apply
    leaving[taking_part], entering[taking_part], single = flow(table, w[used], *limits, inside)
    by_criterion[np.ix_(taking_part, used)] = single
    net = leaving - entering + 0.0  # no negative zero
    rank, tied = places(net)
    return Flows(frozen(net), frozen(leaving), frozen(entering), rank, tied, frozen(by_criterion))


def _all_apply(
    X: FloatArray, w: FloatArray, q: FloatArray, p: FloatArray, inside: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    m, n = X.shape
    others = max(m - 1, 1)
    out, into = np.empty((m, n)), np.empty((m, n))
    for criterion in range(n):
        x = X[:, criterion]
        one = _sums if m >= MANY and _exact_in_sums(x, q[criterion], p[criterion]) else _pairwise_sums
        out[:, criterion], into[:, criterion] = one(x, q[criterion], p[criterion])
    out /= others
    into /= others
    return out @ w, into @ w, out - into


def _some_apply(
    X: FloatArray, w: FloatArray, q: FloatArray, p: FloatArray, inside: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The same where pairs share different criteria, so that every pair has weights of its own."""
    m, n = X.shape
    preferred, shared, single = np.zeros((m, m)), np.zeros((m, m)), np.full((m, n), np.nan)
    for criterion in range(n):
        both = inside[:, criterion, np.newaxis] & inside[:, criterion]
        P = np.where(both, _preferences(X[:, criterion], q[criterion], p[criterion]), 0.0)
        preferred += w[criterion] * P
        shared += w[criterion] * both
        others = np.maximum(both.sum(axis=1) - 1, 1)
        single[:, criterion] = np.where(inside[:, criterion], (P.sum(axis=1) - P.sum(axis=0)) / others, np.nan)
    preferred = np.divide(preferred, shared, out=np.zeros_like(preferred), where=shared > 0)
    others = max(m - 1, 1)
    return preferred.sum(axis=1) / others, preferred.sum(axis=0) / others, single


def _preferences(x: FloatArray, q: float, p: float) -> FloatArray:
    """Row over column: m x m, 0..1."""
    if p > q:
        half = x / 2  # so that differences of the largest numbers do not overflow
        with np.errstate(over="ignore"):
            return np.clip((half[:, np.newaxis] - half - q / 2) / (p / 2 - q / 2), 0.0, 1.0)
    return (x[:, np.newaxis] > x + _step(x, q)).astype(float)


def _step(x: FloatArray, q: float) -> float:
    """A difference that is written as exactly q must not pass for more because of rounding."""
    return q + 1e-12 * float(np.abs(np.nan_to_num(x)).max(initial=0.0)) if q else 0.0


def _pairwise_sums(x: FloatArray, q: float, p: float) -> tuple[FloatArray, FloatArray]:
    P = _preferences(x, q, p)
    return P.sum(axis=1), P.sum(axis=0)


def _exact_in_sums(x: FloatArray, q: float, p: float) -> bool:
    """Sums of scores lose the digits of a difference that is tiny beside them, and overflow near the largest number."""
    with np.errstate(over="ignore"):
        spread = float(np.ptp(x))
    return p <= q or (p - q > 1e-4 * spread and spread < 1e300)


def _sums(x: FloatArray, q: float, p: float) -> tuple[FloatArray, FloatArray]:
    """Preferences over all others and of all others, by sorting once instead of comparing every pair."""
    ascending = np.sort(x)
    m = x.size
    if p <= q:
        step = _step(x, q)
        # Compared as x > y + step in both directions, as _preferences does.
        raised = ascending + step
        return (
            np.searchsorted(raised, x, side="left").astype(float),
            (m - np.searchsorted(ascending, x + step, side="right")).astype(float),
        )
    middle = ascending[m // 2]
    ascending, x = ascending - middle, x - middle  # sums of small numbers round less
    below = np.concatenate([[0.0], np.cumsum(ascending)])
    first, last = np.searchsorted(ascending, x - p, side="right"), np.searchsorted(ascending, x - q, side="left")
    out = first + ((last - first) * (x - q) - (below[last] - below[first])) / (p - q)
    last, first = np.searchsorted(ascending, x + p, side="left"), np.searchsorted(ascending, x + q, side="right")
    into = (m - last) + ((below[last] - below[first]) - (last - first) * (x + q)) / (p - q)
    return out, into
