"""What one voice answers, as weights: points to share out, swings, a ranking; and one set of weights for many
voices.

Pairwise and best-worst comparisons have modules of their own. README.md beside this file tells what each
method asks, its formula, its source and the conventions chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import BoolArray, FloatArray, NoWeights, frozen, normalised


class AnswerFault(StrEnum):
    """Why an answer about one criterion cannot be used."""

    MISSING = "missing"  # nothing was answered
    NOT_FINITE = "not_finite"  # infinite
    NEGATIVE = "negative"  # less than zero
    BEYOND_TOP = "beyond_top"  # a swing larger than the largest one may be
    NOT_A_RANK = "not_a_rank"  # a rank below one


class AnswerRefused(ValueError):
    """An answer that gives no weight. ``criterion``: its index, from zero; ``fault``: what is wrong with it."""

    def __init__(self, fault: AnswerFault, criterion: int):
        self.fault = fault
        self.criterion = criterion
        super().__init__(f"the answer about criterion {criterion} cannot be used: {fault.value}")


def _answers(given: ArrayLike) -> FloatArray:
    answers = np.array(given, dtype=float)
    if answers.ndim != 1:
        raise ValueError("answers must be one row of numbers, one per criterion")
    for wrong, fault in (
        (np.isnan(answers), AnswerFault.MISSING),
        (np.isinf(answers), AnswerFault.NOT_FINITE),
        (answers < 0, AnswerFault.NEGATIVE),
    ):
        if wrong.any():
            raise AnswerRefused(fault, int(np.flatnonzero(wrong)[0]))
    return answers


@dataclass(frozen=True, eq=False)
class PointWeights:
    """Weights from points shared out. ``weights``: n shares of one. ``given``: the sum of the points.
    ``left``: points still to give, below zero when more were given than there were to share."""

    weights: FloatArray
    given: float
    left: float


def from_points(points: ArrayLike, total: float = 100.0) -> PointWeights:
    """Direct points: ``total`` points are shared among the criteria, and each weighs as its share.

    ``points``: n finite numbers >= 0. They are always divided by their own sum, so that 98 or 103 points do no
    harm; ``left`` tells the difference from ``total``. Raises NoWeights when every criterion has zero,
    AnswerRefused for a missing, infinite or negative number. Source: Bottomley, Doyle and Green (2000),
    Organizational Behavior and Human Decision Processes 83, 553-560 (point allocation).
    """
    answers = _answers(points)
    weights = normalised(answers)
    given = float(answers.sum())
    return PointWeights(weights, given, float(total) - given)


@dataclass(frozen=True, eq=False)
class SwingWeights:
    """Weights from swings. ``weights``: n shares of one. ``largest``: the criteria with the largest swing, from
    zero. ``anchored``: whether that swing has the full ``top`` points, as the question asks for."""

    weights: FloatArray
    largest: tuple[int, ...]
    anchored: bool


def from_swings(swings: ArrayLike, top: float = 100.0) -> SwingWeights:
    """Swing: all criteria at their worst, which one would you raise to its best first? It has 100; the others
    as much as raising them is worth beside it.

    ``swings``: n numbers 0..``top``; a weight is a swing divided by the sum of all. Only proportions count:
    when nothing has ``top`` the weights stand, and ``anchored`` is False. Raises NoWeights when every swing is
    zero, AnswerRefused for a missing, infinite or negative swing or one beyond ``top``. Source: von
    Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, chapter 8; Dodgson and others
    (2009), Multi-criteria analysis: a manual, 6.2.10.
    """
    answers = _answers(swings)
    if (answers > top).any():
        raise AnswerRefused(AnswerFault.BEYOND_TOP, int(np.flatnonzero(answers > top)[0]))
    weights = normalised(answers)
    peak = answers.max()
    return SwingWeights(weights, tuple(np.flatnonzero(answers == peak).tolist()), bool(peak == top))


class RankingRule(StrEnum):
    """How the place in a ranking becomes a weight."""

    CENTROID = "centroid"  # rank order centroid
    SUM = "sum"
    RECIPROCAL = "reciprocal"


def place_weights(count: int, rule: RankingRule) -> FloatArray:
    """The weights of the places 1 to ``count``, most important first: n shares that add up to one.

    CENTROID: w_i = (1/n) sum of 1/k for k from i to n (Edwards and Barron 1994; Barron and Barrett 1996,
    Management Science 42, 1515-1523). SUM: w_i in proportion to n + 1 - i; RECIPROCAL: in proportion to 1/i
    (both Stillwell, Seaver and Edwards 1981). Raises NoWeights for no criterion.
    """
    if count < 1:
        raise NoWeights("There is no criterion to rank.")
    place = np.arange(1, count + 1, dtype=float)
    if rule is RankingRule.CENTROID:
        return normalised(np.cumsum(1 / place[::-1])[::-1])
    return normalised(count + 1 - place if rule is RankingRule.SUM else 1 / place)


def from_ranking(ranks: ArrayLike, rule: RankingRule = RankingRule.CENTROID) -> FloatArray:
    """Ranking: the criteria in order of importance, ties allowed, as n shares of one.

    ``ranks``: n numbers >= 1, the smallest is the most important. Only their order counts, so 1 2 2 4, 1 2 2 3
    and 1 2.5 2.5 4 mean the same. Criteria that share a place share the mean of the weights of the places that
    they take up together. Raises AnswerRefused for a missing, infinite or too small rank, NoWeights when there
    is no criterion.
    """
    answers = _answers(ranks)
    if (answers < 1).any():
        raise AnswerRefused(AnswerFault.NOT_A_RANK, int(np.flatnonzero(answers < 1)[0]))
    by_place = place_weights(len(answers), rule)
    weights = np.empty(len(answers))
    for rank in np.unique(answers):
        same = answers == rank
        first = int(np.count_nonzero(answers < rank))
        weights[same] = by_place[first : first + int(np.count_nonzero(same))].mean()
    return frozen(weights)


class Mean(StrEnum):
    """How the weights of several voices become one."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


@dataclass(frozen=True, eq=False)
class CommonWeights:
    """One set of weights for m voices and n criteria.

    ``weights``: n shares of one. ``shares``: m x n, what each counted voice said as shares of one; NaN in the
    rows that do not count. ``counted``: m booleans. ``voices``: m shares of one, how loud each voice was; zero
    where it does not count. ``vetoed``: criteria that have zero only because the geometric mean takes one
    voice's zero for everyone's.
    """

    weights: FloatArray
    shares: FloatArray
    counted: BoolArray
    voices: FloatArray
    mean: Mean
    vetoed: tuple[int, ...]


def combine(by_voice: ArrayLike, voices: ArrayLike | None = None, mean: Mean = Mean.ARITHMETIC) -> CommonWeights:
    """One set of weights from many: of the persons in a group, or of the groups in a country.

    ``by_voice``: m x n finite numbers >= 0, each row in its own scale; NaN where nothing was said. ``voices``:
    m finite numbers >= 0, how much each row counts; None = equally. A row counts once it has every weight, at
    least one above zero, and a voice above zero; the others share out its voice. Every row is put to shares of
    one first. ARITHMETIC: the weighted mean of the shares. GEOMETRIC: their weighted geometric mean, brought
    back to a sum of one (Forman and Peniwati 1998, European Journal of Operational Research 108, 165-169);
    one zero makes a zero.

    Raises NoWeights when no row counts or the geometric mean leaves nothing, ValueError for shapes that do not
    fit and for negative or infinite numbers.
    """
    given = np.array(by_voice, dtype=float)
    if given.ndim != 2:
        raise ValueError("weights must be a table of voices by criteria")
    loud = np.ones(len(given)) if voices is None else np.array(voices, dtype=float)
    if loud.shape != (len(given),):
        raise ValueError("there must be one voice for each row of weights")
    if np.isinf(given).any() or (given < 0).any() or not np.isfinite(loud).all() or (loud < 0).any():
        raise ValueError("weights and voices must be finite numbers, zero or more")
    counted = ~np.isnan(given).any(axis=1) & (given > 0).any(axis=1) & (loud > 0)
    if not counted.any():
        raise NoWeights("No voice has given weights yet.")
    shares = np.full_like(given, np.nan)
    for row in np.flatnonzero(counted):
        shares[row] = normalised(given[row])
    voice = normalised(np.where(counted, loud, 0.0))
    said, share = shares[counted], voice[counted]
    vetoed: tuple[int, ...] = ()
    if mean is Mean.ARITHMETIC:
        weights = normalised(share @ said)
    else:
        kept = (said > 0).all(axis=0)
        if not kept.any():
            raise NoWeights("Every criterion has a zero from one voice or another, so the geometric mean leaves none.")
        logs = share @ np.log(said[:, kept])
        product = np.zeros(given.shape[1])
        product[kept] = np.exp(logs - logs.max())
        weights = normalised(product)
        vetoed = tuple(np.flatnonzero(~kept & (said > 0).any(axis=0)).tolist())
    return CommonWeights(weights, frozen(shares), frozen(counted), voice, mean, vetoed)
