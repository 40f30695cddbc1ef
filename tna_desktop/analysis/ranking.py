"""Which technologies come first: the weighted sum of scores between 0 and 100, honest about what is not
known.

Method: additive value model with linear value functions, as in Dodgson, Spackman, Pearman and Phillips,
*Multi-criteria analysis: a manual* (2009), chapter 6. Every score is first put on a scale from 0 (the worse
end of its criterion) to 100 (the better end); a technology's value is the mean of these points, weighted by
the criteria.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import BoolArray, FloatArray, frozen, normalised

#: Values closer than this, in points out of 100, are the same value: wider than the rounding noise of a sum
#: of a few hundred numbers (about 1e-12), far finer than any difference a person could mean.
TIE = 1e-9


class RemarkKind(StrEnum):
    """What a reader of the ranking should know about a technology, a criterion or one cell."""

    OUTSIDE_ENDS = "outside_ends"  # a score beyond the criterion's given ends, counted as the end itself
    NO_DIFFERENCE = "no_difference"  # a criterion whose ends are equal: it separates nothing
    NOT_APPLICABLE = "not_applicable"  # a technology judged on fewer criteria, their weights scaled up to one
    UNKNOWN = "unknown"  # a technology without a value of its own, because scores that count are unknown
    NOTHING_TO_JUDGE = "nothing_to_judge"  # a technology to which no criterion with a weight applies
    NO_SCORES = "no_scores"  # a criterion under which not one score is known


@dataclass(frozen=True)
class Remark:
    """A remark with the index of the technology and of the criterion it is about; None when about all of
    them."""

    kind: RemarkKind
    technology: int | None = None
    criterion: int | None = None


@dataclass(frozen=True, eq=False)
class Ranking:
    """The outcome for m technologies under n criteria; arrays are closed for writing.

    ``values``: m points 0..100, NaN where a score that counts is unknown or no criterion applies.
    ``value_low``, ``value_high``: m points, the value with every unknown score at its worst and at its best;
    NaN only where no criterion applies. ``rank``: 1 + how many technologies with a value are better; None
    without a value. ``tied``: whether another technology has the same value. ``rank_best``, ``rank_worst``:
    the best and worst rank among all technologies that the unknown scores leave open; None where no criterion
    applies. ``points``: m x n points 0..100 on each criterion; NaN where unknown or not applicable.
    ``contributions``: m x n, weight times points, adding up to the value; 0 where not applicable, NaN where
    an unknown score counts. ``weights``: n shares of one. ``applied``: m x n, each technology's weights,
    scaled up to one over the criteria that apply. ``low``, ``high``: n, the ends used, in the criterion's
    unit; NaN where neither was given nor a score is known.
    """

    values: FloatArray
    value_low: FloatArray
    value_high: FloatArray
    rank: tuple[int | None, ...]
    tied: tuple[bool, ...]
    rank_best: tuple[int | None, ...]
    rank_worst: tuple[int | None, ...]
    points: FloatArray
    contributions: FloatArray
    weights: FloatArray
    applied: FloatArray
    low: FloatArray
    high: FloatArray
    remarks: tuple[Remark, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """Technologies as a table lists them: by rank, then those with unknown scores by the middle of what
        is possible, then those no criterion applies to; equals in the order in which they were entered."""

        def place(row: int) -> tuple[int, float]:
            rank = self.rank[row]
            if rank is not None:
                return 0, rank
            middle = self.value_low[row] + self.value_high[row]
            return (2, 0.0) if np.isnan(middle) else (1, -float(middle))

        return tuple(sorted(range(len(self.rank)), key=place))

    def by_group(self, groups: Sequence[int], count: int | None = None) -> FloatArray:
        """Contributions added up by group of criteria: m x g points, adding up to ``value_low``.

        ``groups``: n group numbers 0..g-1, one per criterion. ``count`` is g where a group may be without
        criteria. An unknown score contributes nothing here.
        """
        if len(groups) != self.contributions.shape[1]:
            raise ValueError("every criterion needs the number of its group")
        if any(group < 0 for group in groups):
            raise ValueError("groups are numbered from zero")
        sums = np.zeros((len(self.rank), max(groups, default=-1) + 1 if count is None else count))
        for criterion, group in enumerate(groups):
            sums[:, group] += np.nan_to_num(self.contributions[:, criterion])
        return frozen(sums)


def weighted_sum(
    scores: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    direction: ArrayLike,
    weights: ArrayLike,
    applicable: ArrayLike | None = None,
) -> Ranking:
    """Rank technologies by the weighted mean of their points on each criterion.

    ``scores``: m x n in each criterion's unit, NaN = unknown. ``applicable``: m x n booleans, False where a
    criterion does not apply to a technology (its score is then ignored); None = all apply. ``low``, ``high``:
    n, the smallest and largest number of each criterion's scale; NaN takes the smallest or largest known
    applicable score, so unknown scores have no part in it, and an end taken from the data never passes the
    given one. ``direction``: n, +1 where more is better, -1 where less is. ``weights``: n numbers >= 0 in any
    scale.

    Points are 100 x (score - low) / (high - low), mirrored where less is better. A score beyond a given end
    counts as that end, with a remark. Where both ends are equal every known score has 100 points, with a
    remark. What does not apply is left out and the technology's other weights are scaled up to one, with a
    remark. An unknown score under a criterion of weight zero changes nothing.

    Raises NoWeights when no criterion counts; ValueError for shapes that do not fit, infinite scores, a low
    end above the high one, or a direction other than +1 and -1.
    """
    X = np.array(scores, dtype=float)
    if X.ndim != 2:
        raise ValueError("scores must be a table of technologies by criteria")
    m, n = X.shape
    applies = np.ones((m, n), bool) if applicable is None else np.array(applicable, dtype=bool)
    given_low, given_high, sign = (np.array(each, dtype=float) for each in (low, high, direction))
    if applies.shape != (m, n) or any(each.shape != (n,) for each in (given_low, given_high, sign, np.array(weights))):
        raise ValueError("scores, ends, directions and weights must be about the same technologies and criteria")
    if not np.isin(sign, (1.0, -1.0)).all():
        raise ValueError("a direction is +1 or -1")
    X = np.where(applies, X, np.nan)
    if np.isinf(X).any() or np.isinf(given_low).any() or np.isinf(given_high).any():
        raise ValueError("scores and ends must be finite numbers, or NaN where unknown")
    if (given_low > given_high).any():
        raise ValueError("the low end of a criterion lies above its high end")

    w = normalised(weights)
    known = ~np.isnan(X)
    ends_low, ends_high = _ends(X, given_low, given_high)
    points = _points(X, ends_low, ends_high, sign)

    applied = np.where(applies, w, 0.0)
    total = applied.sum(axis=1, keepdims=True)
    judged = total[:, 0] > 0
    applied = np.divide(applied, total, out=np.zeros_like(applied), where=total > 0)
    counts = applied > 0
    contributions = np.where(counts, applied * points, 0.0)
    open_weight = np.where(counts & ~known, applied, 0.0).sum(axis=1)
    value_low = np.where(judged, np.minimum(np.nansum(contributions, axis=1), 100.0), np.nan)
    value_high = np.minimum(value_low + 100 * open_weight, 100.0)
    values = np.where(judged & ~(counts & ~known).any(axis=1), value_low, np.nan)

    return Ranking(
        frozen(values),
        frozen(value_low),
        frozen(value_high),
        _rank(values, values),
        tuple(bool(np.count_nonzero(np.abs(values - value) <= TIE) > 1) for value in values),
        _rank(value_high, value_low),
        _rank(value_low, value_high),
        frozen(points),
        frozen(contributions),
        w,
        frozen(applied),
        frozen(ends_low),
        frozen(ends_high),
        tuple(_remarks(X, applies, given_low, given_high, ends_low, ends_high, w, counts)),
    )


def _ends(X: FloatArray, low: FloatArray, high: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = ~np.isnan(X)
    smallest = np.min(X, axis=0, initial=np.inf, where=known)
    largest = np.max(X, axis=0, initial=-np.inf, where=known)
    none = ~known.any(axis=0)
    smallest[none], largest[none] = np.nan, np.nan
    return (
        np.where(np.isnan(low), np.fmin(smallest, high), low),
        np.where(np.isnan(high), np.fmax(largest, low), high),
    )


def _points(X: FloatArray, low: FloatArray, high: FloatArray, sign: FloatArray) -> FloatArray:
    # Scaling by a power of two is exact, and keeps ends such as -1e308 and 1e308 from overflowing when
    # subtracted.
    exponent = np.frexp(np.nan_to_num(np.maximum(np.abs(low), np.abs(high))))[1]
    with np.errstate(over="ignore"):  # a score far beyond the ends may become infinite; it is then cut to the end
        x = np.ldexp(X, -exponent)
    bottom, top = np.ldexp(low, -exponent), np.ldexp(high, -exponent)
    width = top - bottom
    apart = width > 0
    with np.errstate(divide="ignore", over="ignore"):
        share = np.divide(np.where(sign > 0, x - bottom, top - x), width, out=np.ones_like(x), where=apart)
    return np.where(np.isnan(X), np.nan, 100 * np.clip(share, 0.0, 1.0))


def _rank(mine: FloatArray, theirs: FloatArray) -> tuple[int | None, ...]:
    """1 + how many others are surely better, comparing my values with theirs; None for a value that is
    NaN."""
    ranks: list[int | None] = []
    for row, value in enumerate(mine):
        better = theirs > value + TIE  # never true for NaN
        better[row] = False
        ranks.append(None if np.isnan(value) else 1 + int(np.count_nonzero(better)))
    return tuple(ranks)


def _remarks(
    X: FloatArray,
    applies: BoolArray,
    given_low: FloatArray,
    given_high: FloatArray,
    low: FloatArray,
    high: FloatArray,
    w: FloatArray,
    counts: BoolArray,
) -> list[Remark]:
    known = ~np.isnan(X)
    remarks = []
    for criterion in range(X.shape[1]):
        if not known[:, criterion].any():
            remarks.append(Remark(RemarkKind.NO_SCORES, criterion=criterion))
        elif low[criterion] == high[criterion]:
            remarks.append(Remark(RemarkKind.NO_DIFFERENCE, criterion=criterion))
    outside = np.less(X, given_low) | np.greater(X, given_high)
    for technology, criterion in np.argwhere(outside).tolist():
        remarks.append(Remark(RemarkKind.OUTSIDE_ENDS, technology, criterion))
    for technology in range(X.shape[0]):
        if not counts[technology].any():
            remarks.append(Remark(RemarkKind.NOTHING_TO_JUDGE, technology))
            continue
        for criterion in np.flatnonzero(~applies[technology] & (w > 0)).tolist():
            remarks.append(Remark(RemarkKind.NOT_APPLICABLE, technology, criterion))
        for criterion in np.flatnonzero(counts[technology] & ~known[technology]).tolist():
            remarks.append(Remark(RemarkKind.UNKNOWN, technology, criterion))
    return remarks
