"""How sure a ranking is when weights and scores are not exact: the share of many trials in which each place is taken.

Method: SMAA-2, Lahdelma and Salminen, *SMAA-2: stochastic multicriteria acceptability analysis for group decision
making*, Operations Research 49 (2001) 444-454. In each trial weights and scores are drawn and the technologies ranked
by the weighted mean of their values. Places are found by sorting whole numbers: the bits of a positive number order
like the number itself, so the lowest of them can carry which technology it is, and one sort gives the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .weight_space import WeightSpace
from .weights import BoolArray, FloatArray, frozen

#: So many trials at a time: their numbers stay in the processor's cache.
CHUNK = 512
#: A product of so many multiplications stays in one thread; waiting for a second one costs more than it brings.
ONE_THREAD = 250_000
#: For so many trials at a time weights are drawn and central weights added up.
BLOCK = 1024
#: Values closer than this share of the largest are the same.
SAME = 1e-12

Worth = Callable[[ArrayLike], FloatArray]


@dataclass(frozen=True, eq=False)
class Acceptability:
    """The outcome for m technologies under n criteria; arrays are closed for writing.

    ``rank_acceptability``: m x m shares of the trials, technology by place; rows add up to one. A place is 1 + how many
    are strictly better, so that equal ones leave a place empty. ``central_weights``: m x n shares of one, the mean of the
    weights with which a technology is first; NaN where it never is. ``confidence``: m shares of the trials in which it
    is first when it has its central weights; NaN where it never is; None where it was not asked for. ``pairwise``:
    m x m shares of the trials in which the row is strictly better than the column; None where not asked for.
    ``trials``: how many. ``seed``: with the same one the same trials are drawn; None where they were given.
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
    NaN as the value, all are as likely (uniform). ``applicable``: m x n booleans, None = all; what does not apply is left
    out and the technology's other weights are scaled up. ``worth``: n value functions (None = the values are points
    already); with one, the values and ranges of its criterion are in the criterion's unit. ``weights``: see weight_space.
    ``seed``: a whole number >= 0. ``pairwise`` and ``confidence`` are computed when asked for.

    Equal technologies with exact values share their place in every trial. Ranges are drawn in 65,536 steps.
    Raises ValueError for fewer than one trial, shapes that do not fit, a value without a number and a range where it
    applies, a range that does not hold its value, or a technology to which no criterion that can have weight applies.
    """
    table = _Table.of(values, low, high, applicable, worth, weights.counting)
    if trials < 1 or seed < 0:
        raise ValueError("there must be one trial or more, and a seed that is not negative")
    n = weights.counting.size
    counted = _Count(table.multiplicity, n, pairwise)
    weight_source, score_source = (np.random.SFC64([seed, stream]) for stream in (0, 1))
    generator = np.random.Generator(weight_source)
    buffer = np.empty((min(trials, CHUNK), table.base.shape[1]))
    for begin in range(0, trials, BLOCK):
        W = weights.draw(generator, min(BLOCK, trials - begin))
        used = W[:, table.columns]
        for part in _parts(len(W)):
            S = table.sums(used[part], score_source, buffer[: part.stop - part.start])
            if not weights.may_tie:
                counted.distinct(S, part)
            elif not table.slabs and (W == W[0]).all():
                counted.ties(S[:1], W[:1], times=len(W))
                break
            else:
                counted.ties(S, W[part])
        if not weights.may_tie:
            counted.central(W)
    first = counted.first
    central = np.divide(counted.weights, first[:, np.newaxis], out=np.full((first.size, n), np.nan), where=first[:, np.newaxis] > 0)
    sure = None
    if confidence:
        sure = table.confidence(central[:, table.columns], trials, np.random.SFC64([seed, 1]))[table.place_of]
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

    ``values``: t x m x n points, or m x n where they are the same in every trial. ``weights``: t x n numbers >= 0 in any
    scale. Raises ValueError for shapes that do not fit, numbers that are not finite, or weights of which none is above
    zero.
    """
    V, W = np.array(values, dtype=float), np.array(weights, dtype=float)
    if W.ndim != 2 or not len(W) or V.ndim not in (2, 3) or V.shape[-1] != W.shape[1] or len(V) != len(W) and V.ndim == 3:
        raise ValueError("values and weights must be about the same trials and criteria")
    if not (np.isfinite(V).all() and np.isfinite(W).all() and (W >= 0).all() and (W > 0).any(axis=1).all()):
        raise ValueError("values and weights must be finite, and some weight of every trial above zero")
    trials, n = W.shape
    m = V.shape[-2]
    W /= W.sum(axis=1, keepdims=True)
    every = np.broadcast_to(V, (trials, m, n))
    counted = _Count(np.ones(m, np.intp), n, True)
    for begin in range(0, trials, CHUNK):
        part = slice(begin, begin + CHUNK)
        counted.ties(np.einsum("tmn,tn->tm", every[part], W[part]), W[part])
    first = counted.first
    central = np.divide(counted.weights, first[:, np.newaxis], out=np.full((m, n), np.nan), where=first[:, np.newaxis] > 0)
    sure = np.full(m, np.nan)
    for technology in np.flatnonzero(first):
        sums = every @ central[technology]
        best = sums.max(axis=1)
        sure[technology] = np.mean(sums[:, technology] >= best - SAME * np.abs(sums).max(axis=1))
    return Acceptability(
        frozen(counted.places / trials), frozen(central), frozen(sure), frozen(counted.better / trials), trials, None
    )


def _parts(trials: int) -> Iterator[slice]:
    for begin in range(0, trials, CHUNK):
        yield slice(begin, min(begin + CHUNK, trials))


@lru_cache(maxsize=4)
def _numbers(m: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Which technology a column is before sorting, and m times its place after it; a row for each trial of a chunk.

    Adding whole tables is three times as fast as adding one row to all.
    """
    number, place = np.arange(m, dtype=np.uint64), np.arange(m, dtype=np.int64)[::-1] * m
    return frozen(np.tile(number, (CHUNK, 1))), frozen(np.tile(place, (CHUNK, 1)))


class _Count:
    """What was counted so far, over technologies of which some may stand for several equal ones."""

    def __init__(self, multiplicity: NDArray[np.intp], n: int, pairwise: bool) -> None:
        m, every = multiplicity.size, int(multiplicity.sum())
        self.multiplicity, self.every = multiplicity, every
        self.alike = bool((multiplicity > 1).any())
        self.places = np.zeros((m, every), np.intp)
        self.by_place = np.zeros(m * m, np.intp)
        self.first = np.zeros(m, np.intp)
        self.weights = np.zeros((m, n))
        self.better = np.zeros((m, m), np.intp)
        self.pairwise = pairwise
        self.mask = np.uint64((1 << max(m - 1, 0).bit_length()) - 1)
        self.number, self.offset = _numbers(m)
        self.winners = np.empty(BLOCK, np.intp)

    def distinct(self, S: FloatArray, part: slice) -> None:
        """Count trials, a part of a block, whose values, t x m and none below zero, are all different; S is overwritten."""
        m = S.shape[1]
        if self.pairwise:
            self._pairs(np.ascontiguousarray(S.T))
        keys = S.view(np.uint64)
        keys &= ~self.mask
        keys |= self.number[: len(keys)]
        keys.sort(axis=1)
        keys &= self.mask
        order = keys.view(np.int64)
        self.winners[part] = order[:, -1]
        if self.alike:
            group = self.multiplicity[order[:, ::-1]]
            place = np.cumsum(group, axis=1) - group
            cells = order[:, ::-1] * self.every + place
            self.places += np.bincount(cells.ravel(), minlength=self.places.size).reshape(self.places.shape)
        else:
            order += self.offset[: len(keys)]
            self.by_place += np.bincount(order.ravel(), minlength=m * m)

    def central(self, W: FloatArray) -> None:
        """Add the weights of a block of trials to those with which its winners were first."""
        m, winners = self.first.size, self.winners[: len(W)]
        self.first += np.bincount(winners, minlength=m)
        share = 1 / np.add.reduce(W, axis=1)
        for criterion in range(W.shape[1]):
            self.weights[:, criterion] += np.bincount(winners, W[:, criterion] * share, m)

    @property
    def ranks(self) -> NDArray[np.intp]:
        """How often each took which place, technologies by places."""
        if self.alike:
            return self.places
        return self.places + self.by_place.reshape(self.first.size, -1).T

    def ties(self, S: FloatArray, W: FloatArray, times: int = 1) -> None:
        """Count trials in which different technologies may have the same value, t x m; each counts ``times``."""
        m = S.shape[1]
        W = W / W.sum(axis=1, keepdims=True)
        few = max(1, 200_000 // max(m * m, 1))
        for begin in range(0, len(S), few):
            part, shares = S[begin : begin + few], W[begin : begin + few]
            same = SAME * np.abs(part).max(axis=1, initial=0.0)
            better = part[:, :, np.newaxis] > (part + same[:, np.newaxis])[:, np.newaxis, :]
            group = better.view(np.uint8)
            if self.alike:
                place = np.tensordot(group, self.multiplicity, (1, 0))
            else:
                place = np.add.reduce(group, axis=1, dtype=np.int16).astype(np.intp)
            cells = np.arange(m) * self.every + place
            found = np.bincount(cells.ravel(), minlength=self.places.size)
            self.places += times * found.reshape(self.places.shape)
            first = place == 0
            self.first += times * first.sum(axis=0)
            self.weights += times * (first.T.astype(float) @ shares)
            if self.pairwise:
                self.better += times * np.add.reduce(group, axis=0, dtype=np.intp)

    def _pairs(self, T: FloatArray) -> None:
        for one in range(len(T) - 1):
            wins = np.add.reduce((T[one] > T[one + 1 :]).view(np.uint8), axis=1, dtype=np.uint16)
            self.better[one, one + 1 :] += wins
            self.better[one + 1 :, one] += T.shape[1] - wins.astype(np.intp)


@dataclass(frozen=True, eq=False)
class _Slab:
    """The cells of one criterion that are not exact, and how a draw becomes what they add to the base."""

    criterion: int
    rows: NDArray[np.intp] | slice
    width: NDArray[np.float32]
    start: NDArray[np.float32]
    peaked: BoolArray
    worth: Worth | None
    likely: FloatArray
    below: float


@dataclass(frozen=True, eq=False)
class _Table:
    """The values to draw from, without criteria that cannot count; equal exact technologies are kept once."""

    base: FloatArray  # k x m', criteria by technologies, none below zero
    slabs: tuple[_Slab, ...]
    applies: FloatArray | None  # k x m', 1 or 0
    columns: NDArray[np.intp] | slice
    place_of: NDArray[np.intp]  # m, where each technology is kept
    multiplicity: NDArray[np.intp]

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        low: ArrayLike | None,
        high: ArrayLike | None,
        applicable: ArrayLike | None,
        worth: Sequence[Worth | None] | None,
        counting: BoolArray,
    ) -> _Table:
        V = np.array(values, dtype=float)
        if V.ndim != 2 or V.shape[1:] != counting.shape:
            raise ValueError("values and weights must be about the same criteria")
        applies = np.ones(V.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
        L, H = (np.full(V.shape, np.nan) if each is None else np.array(each, dtype=float) for each in (low, high))
        functions: Sequence[Worth | None] = [None] * V.shape[1] if worth is None else worth
        if not (applies.shape == L.shape == H.shape == V.shape and len(functions) == V.shape[1]):
            raise ValueError("values, ranges and value functions must be about the same technologies and criteria")
        if not (applies & counting).any(axis=1).all():
            raise ValueError("no criterion that can have weight applies to one of the technologies")
        used = np.flatnonzero(counting)
        V, L, H, applies = V[:, used], L[:, used], H[:, used], applies[:, used]
        functions = [functions[criterion] for criterion in used]
        unknown = np.isnan(V)
        ranged = applies & ~np.isnan(L) & ~np.isnan(H) & ~((L == H) & ((V == L) | unknown))
        V = np.where(unknown & (L == H), L, V)
        inside = unknown | ((L <= V) & (V <= H))
        if not (np.isfinite(V) | ranged)[applies].all() or not ((L <= H) & inside & np.isfinite(L) & np.isfinite(H))[ranged].all():
            raise ValueError("every value needs a finite number or a range that holds it")
        V = np.where(applies, np.where(ranged & unknown, L, V), 0.0)
        place_of, keep, multiplicity = _kept_once(V, applies, ranged)
        V, L, H, applies, ranged, unknown = (each[keep] for each in (V, L, H, applies, ranged, unknown))

        base, slabs = V.copy(), []
        lowest = np.where(ranged, L, V)
        for criterion, function in enumerate(functions):
            rows = np.flatnonzero(ranged[:, criterion])
            if function is not None:
                base[:, criterion] = np.where(applies[:, criterion], function(V[:, criterion]), 0.0)
                # Worth need not grow with the score; the lowest it takes is looked for on a fine grid of the ranges.
                grid = L[rows, criterion] + np.linspace(0, 1, 257)[:, np.newaxis] * (H - L)[rows, criterion]
                lowest[:, criterion] = base[:, criterion]
                lowest[rows, criterion] = np.min(function(grid), axis=0, initial=np.inf)
            if not rows.size:
                continue
            peaked = ~unknown[rows, criterion]
            width = (H - L)[rows, criterion] / 65536
            start = (L - V)[rows, criterion] + width / 2
            # The root of a 16-bit number is 256 times the root of the share it stands for.
            scale = np.where(peaked, 1 / 256, 1.0)
            every = rows.size == len(V)
            slabs.append(
                _Slab(
                    criterion, slice(None) if every else rows, (width * scale).astype(np.float32),
                    (start * scale).astype(np.float32), peaked, function, V[rows, criterion], 0.0,
                )
            )  # fmt: skip
        # Whole-number keys need sums that are not negative; a constant for all changes no order.
        largest = float(np.abs(base).max(initial=0.0))
        below = float(lowest.min(initial=0.0, where=applies)) - (largest * 2.0**-10 if slabs else 0.0)
        base = np.where(applies, base - below, 0.0)
        for place, slab in enumerate(slabs):
            if slab.worth is not None:
                base[slab.rows, slab.criterion] = 0.0
                slabs[place] = _Slab(
                    slab.criterion, slab.rows, slab.width, slab.start, slab.peaked, slab.worth, slab.likely, below
                )
        return cls(
            np.ascontiguousarray(base.T), tuple(slabs), None if applies.all() else applies.T.astype(float),
            slice(None) if counting.all() else used, place_of, multiplicity,
        )  # fmt: skip

    def sums(self, W: FloatArray, source: np.random.SFC64, out: FloatArray) -> FloatArray:
        """The technologies' values in the trials with these weights, t x m', in ``out``; none below zero."""
        S, few = out, max(1, ONE_THREAD // max(self.base.size, 1))
        for begin in range(0, len(W), few):
            np.matmul(W[begin : begin + few], self.base, out=S[begin : begin + few])
        if self.slabs:
            total = np.zeros(S.T.shape, np.float32)
            columns = W.T.astype(np.float32)
            for slab in self.slabs:
                drawn = _drawn(slab, len(W), source)
                drawn *= columns[slab.criterion]
                if isinstance(slab.rows, slice):
                    total += drawn
                else:
                    total[slab.rows] += drawn
            S += total.T
        if self.applies is not None:
            S /= W @ self.applies
        return S

    def confidence(self, central: FloatArray, trials: int, source: np.random.SFC64) -> FloatArray:
        """How often each is first with its central weights, m' shares, over the same draws of scores."""
        some = np.flatnonzero(~np.isnan(central).any(axis=1))
        sure = np.full(central.shape[0], np.nan)
        C = central[some].astype(np.float32)
        share = None if self.applies is None else C @ self.applies.astype(np.float32)
        k, m = self.base.shape
        at, base = np.arange(some.size), self.base.astype(np.float32)
        first = np.zeros(some.size, np.intp)
        few = max(1, 60_000 // max(some.size * m, 1))
        for part in _parts(trials if self.slabs else 1):
            size = part.stop - part.start
            V = np.empty((size, k, m), np.float32)
            V[:] = base
            for slab in self.slabs:
                V[:, slab.criterion, slab.rows] += _drawn(slab, size, source).T
            for begin in range(0, size, few):
                # One small product for each trial: too small for the library to spread over threads.
                sums = C @ V[begin : begin + few]
                if share is not None:
                    sums /= share
                best = sums.max(axis=2)
                first += np.count_nonzero(sums[:, at, some] >= best * np.float32(1 - 1e-6), axis=0)
        sure[some] = first / (trials if self.slabs else 1)
        return sure


def _drawn(slab: _Slab, count: int, source: np.random.SFC64) -> NDArray[np.float32]:
    """What the r cells of a criterion add to the base in t trials: r x t.

    A triangular draw is likely + root(v) (u - likely), with u even over the range and v over 0..1: exact, without
    asking on which side of the peak it falls.
    """
    shape = slab.width.size, count
    cells = shape[0] * count
    halves = 2 if slab.peaked.any() else 1
    raw = source.random_raw(-(-cells * halves // 4)).view(np.uint16)
    drawn = raw[:cells].astype(np.float32).reshape(shape)
    drawn *= slab.width[:, np.newaxis]
    drawn += slab.start[:, np.newaxis]
    if halves == 2:
        root = raw[cells : 2 * cells].astype(np.float32).reshape(shape)
        root += np.float32(0.5)
        np.sqrt(root, out=root)
        if not slab.peaked.all():
            root[~slab.peaked] = 1.0
        drawn *= root
    if slab.worth is not None:
        return (slab.worth(slab.likely[:, np.newaxis] + drawn) - slab.below).astype(np.float32)
    return drawn


def _kept_once(V: FloatArray, applies: BoolArray, ranged: BoolArray) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Where each technology is kept, which ones are, and how many each of these stands for."""
    largest = float(np.abs(V).max(initial=0.0)) or 1.0
    rounded = np.round(V / largest, 12) + 0.0  # no negative zero
    exact = ~ranged.any(axis=1)
    seen: dict[object, int] = {}
    place_of = np.empty(len(V), np.intp)
    keep: list[int] = []
    for row in range(len(V)):
        key: object = (rounded[row].tobytes(), applies[row].tobytes()) if exact[row] else row
        place = seen.setdefault(key, len(keep))
        if place == len(keep):
            keep.append(row)
        place_of[row] = place
    return place_of, np.array(keep, np.intp), np.bincount(place_of, minlength=len(keep))
