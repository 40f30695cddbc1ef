"""Values that are not all exact, made ready to be drawn many times: what is fixed is put into one table, and for every
criterion the cells that vary are drawn together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rank_counting import CHUNK
from .weights import BoolArray, FloatArray

#: A product of so many multiplications stays in one thread; waiting for a second one costs more than it brings.
ONE_THREAD = 250_000

Worth = Callable[[ArrayLike], FloatArray]


def parts(trials: int) -> Iterator[slice]:
    """The trials, a chunk at a time."""
    for begin in range(0, trials, CHUNK):
        yield slice(begin, min(begin + CHUNK, trials))


@dataclass(frozen=True, eq=False)
class VaryingCells:
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
class UncertainValues:
    """The values to draw from, without criteria that cannot count; equal exact technologies are kept once."""

    base: FloatArray  # k x m', criteria by technologies, none below zero
    slabs: tuple[VaryingCells, ...]
    applies: FloatArray | None  # k x m', 1 or 0
    columns: NDArray[np.intp] | slice
    place_of: NDArray[np.intp]  # m, where each technology is kept
    multiplicity: NDArray[np.intp]

    @property
    def may_tie(self) -> bool:
        """Whether different technologies can have the same value whatever the weights: where something does not apply
        to one of them, or a value function is level over a part of a range.
        """
        return self.applies is not None or any(slab.worth is not None for slab in self.slabs)

    @classmethod
    def of(
        cls,
        values: ArrayLike,
        low: ArrayLike | None,
        high: ArrayLike | None,
        applicable: ArrayLike | None,
        worth: Sequence[Worth | None] | None,
        counting: BoolArray,
    ) -> UncertainValues:
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
        functions = [functions[criterion] for criterion in used.tolist()]
        unknown = np.isnan(V)
        ranged = applies & ~np.isnan(L) & ~np.isnan(H) & ~((L == H) & ((V == L) | unknown))
        V = np.where(unknown & (L == H), L, V)
        inside = unknown | ((L <= V) & (V <= H))
        if (
            not (np.isfinite(V) | ranged)[applies].all()
            or not ((L <= H) & inside & np.isfinite(L) & np.isfinite(H))[ranged].all()
        ):
            raise ValueError("every value needs a finite number or a range that holds it")
        V = np.where(applies, np.where(ranged & unknown, L, V), 0.0)
        if all(function is None for function in functions):
            # Draws have seven digits and a smaller range of numbers; a power of two is an exact factor.
            size = np.fmax(np.fmax(np.abs(V), np.abs(L)), np.abs(H))
            exponent = np.frexp(np.max(size, initial=0.0, where=applies & ~np.isnan(size)))[1]
            V, L, H = (np.ldexp(each, -exponent) for each in (V, L, H))
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
            # Numbers of 16 bits stand for the middles of as many steps; the half step is the same in every draw.
            width, start = (H - L)[rows, criterion] / 65536, (L - V)[rows, criterion] / 65536
            likely = V[rows, criterion] + (width + start) / 2
            if function is None:
                base[rows, criterion] = likely
            every = rows.size == len(V)
            slabs.append(
                VaryingCells(
                    criterion, slice(None) if every else rows, width.astype(np.float32), start.astype(np.float32),
                    peaked, function, likely, 0.0,
                )
            )  # fmt: skip
        # Whole-number keys need sums that are not negative; a constant for all changes no order.
        largest = float(np.abs(base).max(initial=0.0))
        below = float(lowest.min(initial=0.0, where=applies)) - (largest * 2.0**-10 if slabs else 0.0)
        base = np.where(applies, base - below, 0.0)
        for place, slab in enumerate(slabs):
            if slab.worth is not None:
                base[slab.rows, slab.criterion] = 0.0
                slabs[place] = VaryingCells(
                    slab.criterion, slab.rows, slab.width, slab.start, slab.peaked, slab.worth, slab.likely, below
                )
        return cls(
            np.ascontiguousarray(base.T), tuple(slabs), None if applies.all() else applies.T.astype(float),
            slice(None) if counting.all() else used, place_of, multiplicity,
        )  # fmt: skip

    def varied(self, W: FloatArray, source: np.random.SFC64, scratch: Scratch) -> NDArray[np.floating[Any]] | None:
        """What the cells that vary add in the trials with these weights, m' x t; None where none does."""
        if not self.slabs:
            return None
        total: NDArray[np.floating[Any]] = scratch.total[: self.base.shape[1] * len(W)].reshape(-1, len(W))
        if any(slab.worth is not None for slab in self.slabs):
            total = np.empty(total.shape)  # with seven digits alone, equal worth would not be seen to be equal
        total[:] = 0.0
        columns = W.T.astype(np.float32)
        for slab in self.slabs:
            drawn = _drawn(slab, len(W), source, scratch)
            drawn *= columns[slab.criterion] if slab.worth is None else W[:, slab.criterion]
            if isinstance(slab.rows, slice):
                total += drawn
            else:
                total[slab.rows] += drawn
        return total

    def sums(self, W: FloatArray, varied: NDArray[np.floating[Any]] | None, out: FloatArray) -> FloatArray:
        """The technologies' values in the trials with these weights, t x m', in ``out``; none below zero.

        ``varied``: m' x t, from varied().
        """
        S, few = out, max(1, ONE_THREAD // max(self.base.size, 1))
        for begin in range(0, len(W), few):
            np.matmul(W[begin : begin + few], self.base, out=S[begin : begin + few])
        if varied is not None:
            S += varied.T
        if self.applies is not None:
            S /= W @ self.applies
        return S

    def confidence(self, central: FloatArray, trials: int, source: np.random.SFC64, scratch: Scratch) -> FloatArray:
        """How often each is first with its central weights, m' shares, over the same draws of scores."""
        some = np.flatnonzero(~np.isnan(central).any(axis=1))
        sure = np.full(central.shape[0], np.nan)
        C = central[some].astype(np.float32)
        share = None if self.applies is None else C @ self.applies.astype(np.float32)
        k, m = self.base.shape
        at, base = np.arange(some.size), self.base.astype(np.float32)
        first = np.zeros(some.size, np.intp)
        few = max(1, 60_000 // max(some.size * m, 1))
        for part in parts(trials if self.slabs else 1):
            size = part.stop - part.start
            V = np.empty((size, k, m), np.float32)
            V[:] = base
            for slab in self.slabs:
                V[:, slab.criterion, slab.rows] += _drawn(slab, size, source, scratch).T
            for begin in range(0, size, few):
                # One small product for each trial: too small for the library to spread over threads.
                sums = C @ V[begin : begin + few]
                if share is not None:
                    sums /= share
                best = sums.max(axis=2)
                first += np.count_nonzero(sums[:, at, some] >= best * np.float32(1 - 1e-6), axis=0)
        sure[some] = first / (trials if self.slabs else 1)
        return sure


class Scratch:
    """Room for the draws of a chunk, used again for each: asking the system for memory took longer than drawing."""

    def __init__(self, m: int) -> None:
        self.total, self.drawn, self.more = (np.empty(m * CHUNK, np.float32) for _ in range(3))
        self.smaller, self.larger = (np.empty(m * CHUNK, np.uint16) for _ in range(2))


def _drawn(slab: VaryingCells, count: int, source: np.random.SFC64, scratch: Scratch) -> NDArray[np.floating[Any]]:
    """What the r cells of a criterion add to the base in t trials: r x t, valid until the next draw.

    Of two even numbers over 0..1 the larger one is the root of an even one, and the smaller one is an even share of
    it. So likely + root(v) (u - likely), the triangular draw with u even over the range, needs neither root nor
    product: it is likely + (high - low) smaller + (low - likely) larger. An even draw from the lowest on needs one.
    """
    shape = slab.width.size, count
    cells = shape[0] * count
    drawn, more, smaller, larger = (
        each[:cells].reshape(shape) for each in (scratch.drawn, scratch.more, scratch.smaller, scratch.larger)
    )
    # One row of raw numbers at a time: with two of them the system is asked for memory again and again.
    np.copyto(smaller, source.random_raw(-(-cells // 4)).view(np.uint16)[:cells].reshape(shape))
    if slab.peaked.any():
        other = source.random_raw(-(-cells // 4)).view(np.uint16)[:cells].reshape(shape)
        np.maximum(smaller, other, out=larger)
        np.minimum(smaller, other, out=smaller, where=True if slab.peaked.all() else slab.peaked[:, np.newaxis])
    np.copyto(drawn, smaller)
    drawn *= slab.width[:, np.newaxis]
    if slab.peaked.any():
        np.copyto(more, larger)
        more *= slab.start[:, np.newaxis]
        drawn += more
    if slab.worth is not None:
        return slab.worth(slab.likely[:, np.newaxis] + drawn) - slab.below
    return drawn


def _kept_once(
    V: FloatArray, applies: BoolArray, ranged: BoolArray
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Where each technology is kept, which ones are, and how many each of these stands for."""
    largest = float(np.abs(V).max(initial=0.0)) or 1.0
    rounded: FloatArray = np.round(V / largest, 12)
    rounded += 0.0  # no negative zero
    exact = [not row.any() for row in ranged]
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
