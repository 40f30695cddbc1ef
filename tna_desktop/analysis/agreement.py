"""How far the voices agree on what counts: in the order of the criteria, in each criterion's weight, and who
stands apart.

The order: Kendall's coefficient of concordance W with its correction for ties (Kendall and Gibbons 1990, Rank
Correlation Methods, chapter 6). The weights: differences in percentage points. The voices: how many of 100
points one would have to move to come to what another says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import BoolArray, FloatArray, compare_weights, frozen

#: Weights closer than this part of a voice's largest one are the same weight: rounding, not opinion.
_TIE = 1e-9


class Reading(StrEnum):
    """What a coefficient of concordance says, in steps around the values that Schmidt (1997), Decision Sciences
    28, 763-774, puts words to: 0.1, 0.3, 0.5, 0.7 and 0.9."""

    VERY_WEAK = "very_weak"  # below 0.2: everyone has an order of their own
    WEAK = "weak"  # below 0.4: the orders have little in common
    MODERATE = "moderate"  # below 0.6: the orders are alike in part
    STRONG = "strong"  # below 0.8: the orders are alike, with differences worth a talk
    VERY_STRONG = "very_strong"  # 0.8 and more: nearly the same order
    ONE_VOICE = "one_voice"  # there is nobody to agree with
    NO_ORDER = "no_order"  # one criterion, or every voice holds all criteria equal


def reading_of(w: float) -> Reading:
    """The reading of a coefficient of concordance between 0 and 1."""
    steps = ((0.2, Reading.VERY_WEAK), (0.4, Reading.WEAK), (0.6, Reading.MODERATE), (0.8, Reading.STRONG))
    # The margin keeps 0.6 in the upper step when it arrives as 0.5999999999999999.
    return next((reading for limit, reading in steps if w < limit - 1e-12), Reading.VERY_STRONG)


@dataclass(frozen=True)
class Concordance:
    """Whether m voices put n criteria in the same order.

    ``w``: 0 (as if by chance or against each other) to 1 (the same order); None when there is no order to
    compare. ``chi_square`` = m (n - 1) w with ``freedom`` = n - 1. ``chance``: how often orders drawn at random
    would agree at least so well, by the chi-square approximation, which is rough for fewer than about eight
    voices on fewer than six criteria; None without w.
    """

    w: float | None
    reading: Reading
    chi_square: float | None
    freedom: int
    chance: float | None


def concordance(values: ArrayLike) -> Concordance:
    """Kendall's W, corrected for ties.

    ``values``: m x n finite numbers, ranks, weights or scores, each row in its own scale; only their order
    within a row counts, and equal ones share their mean rank. With R_j the sums of ranks, S their squared
    deviations from m (n + 1) / 2 and T the sum of t^3 - t over all sets of t equal ranks,
    W = 12 S / (m^2 (n^3 - n) - m T). Raises ValueError for an unknown or infinite value.
    """
    given = np.array(values, dtype=float)
    if given.ndim != 2 or not np.isfinite(given).all():
        raise ValueError("values must be a table of voices by criteria, all of them known")
    m, n = given.shape
    freedom = max(n - 1, 0)
    if m < 2:
        return Concordance(None, Reading.ONE_VOICE, None, freedom, None)
    ranks = np.empty((m, n))
    ties = 0.0
    for row in range(m):
        ranks[row], tied = _mean_ranks(given[row])
        ties += tied
    most = m * m * (n**3 - n) - m * ties
    if most <= 0:
        return Concordance(None, Reading.NO_ORDER, None, freedom, None)
    deviations = ranks.sum(axis=0) - m * (n + 1) / 2
    w = min(1.0, 12 * float(deviations @ deviations) / most)
    chi_square = m * (n - 1) * w
    return Concordance(w, reading_of(w), chi_square, freedom, chi_square_beyond(chi_square, freedom))


def rank_similarity(one: ArrayLike, other: ArrayLike) -> float | None:
    """How alike two rankings of the same things are: Kendall's tau-b, which counts equal places as Kendall did in *The
    treatment of ties in ranking problems*, Biometrika 33 (1945) 239-251.

    ``one``, ``other``: n places, or other numbers of which only the order counts, NaN for what has none; what has no
    place in one of them is left out. 1 the same order, -1 the reverse, 0 as many pairs one way as the other:
    (P - Q) / root((P + Q + T) (P + Q + U)) with P pairs in the same order, Q in opposite ones, and T and U pairs
    that are equal only in the one and only in the other. None where one of them has no order. Raises ValueError for
    rankings of different length.
    """
    a, b = np.array(one, dtype=float), np.array(other, dtype=float)
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("both rankings must be about the same things")
    both = ~(np.isnan(a) | np.isnan(b))
    first, second = (np.sign(each[both][:, np.newaxis] - each[both]) for each in (a, b))
    most = float(np.count_nonzero(first)) * float(np.count_nonzero(second))
    return float((first * second).sum()) / math.sqrt(most) if most else None


@dataclass(frozen=True)
class TopSimilarity:
    """How alike two rankings are, by measures that let the first places count more.

    ``spearman``: the squares of all differences of places alike, -1 to 1. ``weighted_spearman``: the same with more
    weight on first places (Dancelli, Manisera and Vezzoli 2013). ``ws``: a difference at place 1 counts twice as
    much as one at place 2, and so on, 0 to 1; it is not the same the other way round.
    """

    spearman: float
    weighted_spearman: float
    ws: float


def top_similarity(reference: ArrayLike, other: ArrayLike) -> TopSimilarity:
    """How alike a ranking is to a reference, with an eye on the first places.

    ``reference``, ``other``: n places from 1 on, two or more and all known; equal ones share the mean of the places
    they take up. Raises ValueError for other numbers. Source: Sałabun and Urbaniak, *A new coefficient of rankings
    similarity in decision-making problems*, ICCS 2020, 632-645.
    """
    x, y = np.array(reference, dtype=float), np.array(other, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or x.size < 2:
        raise ValueError("both rankings must be about the same two things or more")
    if not (np.isfinite(x).all() and np.isfinite(y).all() and min(x.min(), y.min()) >= 1):
        raise ValueError("places are counted from one, and all must be known")
    n = float(x.size)
    squares = (x - y) ** 2
    weights = (n - x + 1) + (n - y + 1)
    farthest = np.maximum(np.abs(1 - x), np.abs(n - x))
    return TopSimilarity(
        float(1 - 6 * squares.sum() / (n * (n * n - 1))),
        float(1 - 6 * (squares * weights).sum() / (n**4 + n**3 - n**2 - n)),
        float(1 - (np.exp2(-x) * np.abs(x - y) / farthest).sum()),
    )


@dataclass(frozen=True, eq=False)
class Agreement:
    """What m voices have in common on n criteria, and where and who they differ; arrays are closed for writing.

    ``shares``: m x n shares of one, NaN in rows that do not count. ``counted``: m booleans. ``mean``: n shares
    of one with an equal voice for each counted row. ``lowest``, ``highest``: n shares; ``lowest_voice``,
    ``highest_voice``: n rows that said so, the first of equals. ``spread``: n, highest minus lowest in
    percentage points, 0..100. ``deviation``: n, standard deviation of the shares in percentage points.
    ``disputed``: criteria, widest spread first, then larger deviation. ``distances``: m x m points out of 100
    that one voice would have to move to say what the other says (half the sum of the differences); NaN for
    rows that do not count. ``apart``: m, the same from each voice to the mean of the others; NaN when alone or
    not counted. ``standing_apart``: the counted rows, farthest first. ``order``: whether they agree on the
    order. ``order_without``: m, W without that voice; NaN where there is none.
    """

    shares: FloatArray
    counted: BoolArray
    mean: FloatArray
    lowest: FloatArray
    highest: FloatArray
    lowest_voice: tuple[int, ...]
    highest_voice: tuple[int, ...]
    spread: FloatArray
    deviation: FloatArray
    disputed: tuple[int, ...]
    distances: FloatArray
    apart: FloatArray
    standing_apart: tuple[int, ...]
    order: Concordance
    order_without: FloatArray


def agreement(by_voice: ArrayLike) -> Agreement:
    """How far the voices agree.

    ``by_voice``: m x n finite numbers >= 0, each row in its own scale; NaN where nothing was said. A row counts
    once it has every weight and at least one above zero, as in compare_weights(). Raises NoWeights when no row
    counts, ValueError for a negative or infinite weight.
    """
    across = compare_weights(by_voice)
    shares, counted = across.shares, across.counted
    rows = np.flatnonzero(counted)
    said = shares[rows]
    m, count = len(shares), len(rows)
    deviation = said.std(axis=0) * 100

    distances = np.full((m, m), np.nan)
    distances[np.ix_(rows, rows)] = 50 * np.abs(said[:, None, :] - said[None, :, :]).sum(axis=2)
    apart, without = np.full(m, np.nan), np.full(m, np.nan)
    if count > 1:
        others = (said.sum(axis=0) - said) / (count - 1)
        apart[rows] = 50 * np.abs(said - others).sum(axis=1)
        for position, row in enumerate(rows):
            w = concordance(np.delete(said, position, axis=0)).w
            without[row] = np.nan if w is None else w

    # Rounded, so that criteria and voices that are equal but for the last bit keep the order they came in.
    plain = said.round(12)
    disputed = np.lexsort((-deviation.round(9), -across.spread.round(9)))
    standing = rows[np.argsort(-apart[rows].round(9), kind="stable")]
    return Agreement(
        shares,
        counted,
        across.mean,
        across.lowest,
        across.highest,
        tuple(rows[plain.argmin(axis=0)].tolist()),
        tuple(rows[plain.argmax(axis=0)].tolist()),
        across.spread,
        frozen(deviation),
        tuple(disputed.tolist()),
        frozen(distances),
        frozen(apart),
        tuple(standing.tolist()),
        concordance(said),
        frozen(without),
    )


@dataclass(frozen=True, eq=False)
class RoundsCompared:
    """What a second round changed, for the voices that answered in both.

    ``both``: m booleans, who did. ``before``, ``after``: the agreement among these alone, so that who came or
    left changes nothing. ``w_change``: W after minus before; None where either has none. ``spread_change``: n
    percentage points, below zero where a criterion is less disputed. ``mean_change``: n percentage points.
    ``moved``: m points out of 100 that each voice moved. ``apart_change``: m points, below zero for who came
    closer to the others. NaN for voices that did not answer twice.
    """

    both: BoolArray
    before: Agreement
    after: Agreement
    w_change: float | None
    spread_change: FloatArray
    mean_change: FloatArray
    moved: FloatArray
    apart_change: FloatArray


def compare_rounds(before: ArrayLike, after: ArrayLike) -> RoundsCompared:
    """Two rounds side by side.

    ``before``, ``after``: m x n as in agreement(), row by row the same voices, NaN where one did not answer.
    Raises NoWeights when nobody answered in both, ValueError for tables of different shape.
    """
    first, second = np.array(before, dtype=float), np.array(after, dtype=float)
    if first.shape != second.shape:
        raise ValueError("both rounds must be about the same voices and criteria")
    both = compare_weights(first).counted & compare_weights(second).counted
    first[~both], second[~both] = np.nan, np.nan
    old, new = agreement(first), agreement(second)
    change = None if old.order.w is None or new.order.w is None else new.order.w - old.order.w
    return RoundsCompared(
        frozen(both),
        old,
        new,
        change,
        frozen(new.spread - old.spread),
        frozen((new.mean - old.mean) * 100),
        frozen(50 * np.abs(new.shares - old.shares).sum(axis=1)),
        frozen(new.apart - old.apart),
    )


def _mean_ranks(values: FloatArray) -> tuple[FloatArray, float]:
    """Ranks from the smallest, equals sharing their mean, and the sum of t^3 - t over sets of t equals."""
    order = np.argsort(values, kind="stable")
    ascending = values[order]
    width = _TIE * np.abs(values).max(initial=0.0)
    starts = np.concatenate(([True], np.diff(ascending) > width)) if len(values) else np.zeros(0, bool)
    tied = np.cumsum(starts) - 1
    sizes = np.bincount(tied)
    last = np.cumsum(sizes)
    ranks = np.empty(len(values))
    ranks[order] = (last - (sizes - 1) / 2)[tied]
    return ranks, float((sizes.astype(float) ** 3 - sizes).sum())


def chi_square_beyond(value: float, freedom: int) -> float:
    """How often chi-square with whole degrees of freedom is at least ``value``: a finite sum for each parity."""
    half = value / 2
    if half <= 0:
        return 1.0
    if freedom % 2:
        total = math.erfc(math.sqrt(half))
        powers = (k + 0.5 for k in range(freedom // 2))
    else:
        total = 0.0
        powers = (float(k) for k in range(freedom // 2))
    return min(1.0, total + sum(math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers))
