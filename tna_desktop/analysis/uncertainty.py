"""How sure a ranking is when weights and scores are not exact: the share of many trials in which each place is taken.

Method: SMAA-2, Lahdelma and Salminen, *SMAA-2: stochastic multicriteria acceptability analysis for group decision
making*, Operations Research 49 (2001) 444-454. In each trial weights and scores are drawn and the technologies ranked
by the weighted mean of their values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .rank_counting import BLOCK, CHUNK, SAME, PlaceCount
from .uncertain_values import UncertainValues
from .varying_cells import Scratch, Worth
from .weight_space import WeightSpace
from .weights import FloatArray, frozen


@dataclass(frozen=True, eq=False)
class Acceptability:
    """The outcome for m technologies under n criteria; arrays are closed for writing.

    ``rank_acceptability``: m x m shares of the trials, technology by place; rows add up to one. A place is 1 + how
    many are strictly better, so that equal ones leave a place empty. ``central_weights``: m x n shares of one, the
    mean of the weights with which a technology is first; NaN where it never is. ``confidence``: m shares of the
    trials in which it is first when it has its central weights; NaN where it never is; None where it was not asked
    for. ``pairwise``: m x m shares of the trials in which the row is strictly better than the column; None where not
    asked for. ``trials``: how many. ``seed``: with the same one the same trials are drawn; None where they were
    given.
    """

    rank_acceptability: FloatArray
    central_weights: FloatArray
    confidence: FloatArray | None
    pairwise: FloatArray | None
    trials: int
    seed: int | None

    @property
    def standard_error(self) -> FloatArray:
        """m x m, of each rank acceptability: the root of p (1 - p) / trials."""
        p = self.rank_acceptability
        return np.sqrt(p * (1 - p) / self.trials)

    @property
    def largest_standard_error(self) -> float:
        """The largest that any share of this many trials can have: 0.5 / root of trials."""
        return 0.5 / float(np.sqrt(self.trials))


def smaa2(
    values: ArrayLike,
    weights: WeightSpace,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    applicable: ArrayLike | None = None,
    worth: Sequence[Worth | None] | None = None,
    trials: int = 10_000,
    seed: int = 1,
    pairwise: bool = False,
    confidence: bool = False,
) -> Acceptability:
    """Rank the technologies in many trials and count.

    ``values``: m x n points, more is better, in any scale (0..100 as in ranking). ``low``, ``high``: m x n, the range
    of a value that is not exact, NaN where it is: with a value inside, values near it are likelier (triangular); with
    NaN as the value, all are as likely (uniform). ``applicable``: m x n booleans, None = all; what does not apply is
    left out and the technology's other weights are scaled up. ``worth``: n value functions (None = the values are
    points already); with one, the values and ranges of its criterion are in the criterion's unit. ``weights``: see
    weight_space. ``seed``: a whole number >= 0. ``pairwise`` and ``confidence`` are computed when asked for.

    Equal technologies with exact values share their place in every trial. Ranges are drawn in 65,536 steps.
    Raises ValueError for fewer than one trial, shapes that do not fit, a value without a number and a range where it
    applies, a range that does not hold its value, or a technology to which no criterion that can have weight applies.
    """
    table = UncertainValues.of(values, low, high, applicable, worth, weights.counting)
    if trials < 1 or seed < 0:
        raise ValueError("there must be one trial or more, and a seed that is not negative")
    n = weights.counting.size
    if not table.multiplicity.size:
        none = frozen(np.zeros((0, 0)))
        sure, wins = frozen(np.zeros(0)) if confidence else None, none if pairwise else None
        return Acceptability(none, frozen(np.zeros((0, n))), sure, wins, trials, seed)
    counted = PlaceCount(table.multiplicity, n, pairwise, weights.may_tie or table.may_tie)
    weight_source, score_source = (np.random.SFC64([seed, stream]) for stream in (0, 1))
    generator = np.random.Generator(weight_source)
    scratch = Scratch(table.base.shape[1], bool(table.varying))
    for begin in range(0, trials, BLOCK):
        W = weights.draw(generator, min(BLOCK, trials - begin))
        alone = weights.may_tie and not table.varying and not np.ptp(W, axis=0).any()
        shares = np.ascontiguousarray(W.T)
        shares /= np.add.reduce(shares, axis=0)
        used = shares[table.columns]
        if alone:  # the same weights and values in every trial
            counted.ties(table.sums(used[:, :1], score_source, scratch), shares[:, :1].T, times=len(W))
            continue
        for part in range(0, len(W), CHUNK):
            S = table.sums(used[:, part : part + CHUNK], score_source, scratch)
            counted.count(S, shares[:, part : part + CHUNK], part)
        counted.finish(shares)
    central = counted.central_weights
    sure = None
    if confidence:
        again = np.random.SFC64([seed, 1])  # the same draws of scores once more
        sure = table.confidence(central[:, table.columns], trials, again, scratch)[table.place_of]
    return Acceptability(
        frozen((counted.ranks / trials)[table.place_of]),
        frozen(central[table.place_of]),
        None if sure is None else frozen(sure),
        frozen((counted.better / trials)[np.ix_(table.place_of, table.place_of)]) if pairwise else None,
        trials,
        seed,
    )


def of_trials(values: ArrayLike, weights: ArrayLike) -> Acceptability:
    """The same, the full set, from trials that are given.

    ``values``: t x m x n points, or m x n where they are the same in every trial. ``weights``: t x n numbers >= 0 in
    any scale. Raises ValueError for shapes that do not fit, numbers that are not finite, or weights of which none is
    above zero.
    """
    V, W = np.array(values, dtype=float), np.array(weights, dtype=float)
    fits = W.ndim == 2 and len(W) and V.ndim in (2, 3) and V.shape[-1] == W.shape[1]
    if not fits or (V.ndim == 3 and len(V) != len(W)):
        raise ValueError("values and weights must be about the same trials and criteria")
    if not (np.isfinite(V).all() and np.isfinite(W).all() and (W >= 0).all() and (W > 0).any(axis=1).all()):
        raise ValueError("values and weights must be finite, and some weight of every trial above zero")
    trials, n = W.shape
    m = V.shape[-2]
    W /= W.sum(axis=1, keepdims=True)
    every = np.broadcast_to(V, (trials, m, n))
    counted = PlaceCount(np.ones(m, np.intp), n, True)
    for begin in range(0, trials, CHUNK):
        part = slice(begin, begin + CHUNK)
        counted.ties(np.einsum("tmn,tn->tm", every[part], W[part]), W[part])
    central = counted.central_weights
    sure = np.full(m, np.nan)
    for technology in np.flatnonzero(counted.first):
        sums = every @ central[technology]
        best = sums.max(axis=1)
        sure[technology] = np.mean(sums[:, technology] >= best - SAME * np.abs(sums).max(axis=1))
    return Acceptability(
        frozen(counted.places / trials), frozen(central), frozen(sure), frozen(counted.better / trials), trials, None
    )
