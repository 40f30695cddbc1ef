"""Values that are not all exact, made ready to be drawn many times: what is fixed is put into one table, which is
multiplied with the weights; the cells that vary are added (varying_cells).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rank_counting import CHUNK
from .varying_cells import ROOM, Scratch, VaryingCells, Worth, blocks, draws, part, vary
from .weights import BoolArray, FloatArray

#: A product of so many multiplications stays in one thread; waiting for a second one costs more than it brings.
ONE_THREAD = 250_000


@dataclass(frozen=True, eq=False)
class UncertainValues:
    """The values to draw from, without criteria that cannot count; equal exact technologies are kept once."""

    base: FloatArray  # k x m', criteria by technologies, none below zero
    varying: tuple[VaryingCells, ...]
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
    ) -> UncertainValues:
        V = np.array(values, dtype=float)
        if V.ndim != 2 or V.shape[1:] != counting.shape:
            raise ValueError("values and weights must be about the same criteria")
        applies = np.ones(V.shape, bool) if applicable is None else np.array(applicable, dtype=bool)
        none = low is None or high is None
        L, H = (V if none else np.array(each, dtype=float) for each in (low, high))
        functions: Sequence[Worth | None] = [None] * V.shape[1] if worth is None else worth
        if not (applies.shape == L.shape == H.shape == V.shape and len(functions) == V.shape[1]):
            raise ValueError("values, ranges and value functions must be about the same technologies and criteria")
        if not (applies & counting).any(axis=1).all():
            raise ValueError("no criterion that can have weight applies to one of the technologies")
        used = slice(None) if counting.all() else np.flatnonzero(counting)
        V, L, H, applies = V[:, used], L[:, used], H[:, used], applies[:, used]
        functions = [function for function, counts in zip(functions, counting.tolist(), strict=True) if counts]
        unknown, ranged = np.isnan(V), np.zeros(V.shape, bool)
        if not none:
            ranged = applies & ~np.isnan(L) & ~np.isnan(H) & ~((L == H) & ((V == L) | unknown))
            V = np.where(unknown & (L == H), L, V)
            inside = unknown | ((L <= V) & (V <= H))
            if not ((L <= H) & inside & np.isfinite(L) & np.isfinite(H))[ranged].all():
                raise ValueError("every range must hold its value")
        if not (np.isfinite(V) | ranged)[applies].all():
            raise ValueError("every value needs a finite number or a range that holds it")
        V = np.where(applies, np.where(ranged & unknown, L, V), 0.0)
        plain = all(function is None for function in functions)
        if plain:
            # Without a unit; a power of two is an exact factor.
            size = float(np.abs(V).max(initial=0.0))
            if not none:
                size = max(size, float(np.fmax(np.abs(L), np.abs(H)).max(initial=0.0, where=ranged)))
            V, L, H = (np.ldexp(each, -np.frexp(size)[1]) for each in (V, L, H))
        place_of, keep, multiplicity = _kept_once(V, applies, ranged)
        if keep.size < len(V):
            V, L, H, applies, ranged, unknown = (each[keep] for each in (V, L, H, applies, ranged, unknown))
        lowest = np.where(ranged, L, V)
        # Numbers of 16 bits stand for the middles of as many steps; the half step is the same in every draw.
        width, start = (np.where(ranged, step / 65536, 0.0) for step in (H - L, L - V))
        likely = V + (width + start) / 2
        base = likely.copy()
        for criterion, function in enumerate(functions):
            if function is None:
                continue
            rows = np.flatnonzero(ranged[:, criterion])
            base[:, criterion] = np.where(applies[:, criterion], function(V[:, criterion]), 0.0)
            # Worth need not grow with the score; the lowest it takes is looked for on a fine grid of the ranges.
            grid = L[rows, criterion] + np.linspace(0, 1, 257)[:, np.newaxis] * (H - L)[rows, criterion]
            lowest[:, criterion] = base[:, criterion]
            lowest[rows, criterion] = np.min(function(grid), axis=0, initial=np.inf)
        # Whole-number keys need sums that are not negative; a constant for all changes no order.
        below = float(lowest.min(initial=0.0, where=applies))
        if ranged.any():
            below -= float(np.abs(base).max(initial=0.0)) * 2.0**-10
        base = np.where(applies, base - below, 0.0)
        for criterion, function in enumerate(functions):
            if function is not None:
                base[ranged[:, criterion], criterion] = 0.0
        return cls(
            np.ascontiguousarray(base.T), tuple(blocks(ranged, unknown, width, start, likely, functions, below)),
            None if applies.all() else applies.T.astype(float), used, place_of, multiplicity,
        )  # fmt: skip

    @property
    def may_tie(self) -> bool:
        """Whether different technologies can have the same value whatever the weights: where something does not apply
        to one of them, or a value function is level over a part of a range.
        """
        return self.applies is not None or any(cells.worth is not None for cells in self.varying)

    def sums(self, shares: FloatArray, source: np.random.SFC64, scratch: Scratch) -> FloatArray:
        """The technologies' values in the trials with these weights, k x t shares of one: t x m', none below zero;
        valid until the next ones.
        """
        m, t = self.base.shape[1], shares.shape[1]
        if not self.varying and self.applies is None:
            return _product(shares.T, self.base, part(scratch.sums, (t, m)))
        total = _product(self.base.T, shares, part(scratch.sums, (m, t)))
        if self.varying:
            vary(total, self.varying, shares, source, scratch)
        if self.applies is not None:
            total /= self.applies.T @ shares
        return total.T

    def confidence(self, central: FloatArray, trials: int, source: np.random.SFC64, scratch: Scratch) -> FloatArray:
        """How often each is first with its central weights, m' shares, over the same draws of scores."""
        some = np.flatnonzero(~np.isnan(central).any(axis=1))
        sure = np.full(central.shape[0], np.nan)
        C = central[some].astype(np.float32)
        share = None if self.applies is None else (C @ self.applies.astype(np.float32)).T[:, :, np.newaxis]
        k, m = self.base.shape
        own = np.arange(some.size)
        first = np.zeros(some.size, np.intp)
        few = max(1, ROOM // max(some.size * m, 1))
        trials = trials if self.varying else 1
        V, compared = np.empty((m, k, min(trials, CHUNK)), np.float32), np.empty(few * some.size * m, np.float32)
        V[:] = self.base.T[:, :, np.newaxis]
        for start in range(0, trials, CHUNK):
            size = min(CHUNK, trials - start)
            for cells, at, whole in draws(self.varying, size, source, scratch):
                where = np.ix_(cells.rows[at], cells.criteria)
                V[:, :, :size][where] = cells.added(at, whole) + self.base.T[where][:, :, np.newaxis]
            for begin in range(0, size, few):
                V_part = V[:, :, begin : min(begin + few, size)]
                sums = np.matmul(C, V_part, out=part(compared, (m, some.size, V_part.shape[2])))
                if share is not None:
                    sums /= share
                best = sums.max(axis=0)
                first += np.count_nonzero(sums[some, own] >= best * np.float32(1 - 1e-6), axis=1)
        sure[some] = first / trials
        return sure


def _product(A: FloatArray, B: FloatArray, out: FloatArray) -> FloatArray:
    """A @ B, in equal parts."""
    few = -(-len(A) // max(1, -(-len(A) * B.size // ONE_THREAD)))
    for begin in range(0, len(A), few):
        np.matmul(A[begin : begin + few], B, out=out[begin : begin + few])
    return out


def _kept_once(
    V: FloatArray, applies: BoolArray, ranged: BoolArray
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Where each technology is kept, which ones are, and how many each of these stands for."""
    largest = float(np.abs(V).max(initial=0.0)) or 1.0
    rounded: FloatArray = np.ascontiguousarray(np.round(V / largest, 12))
    rounded += 0.0  # no negative zero
    rounded[~applies] = np.inf
    keys: list[object] = rounded.view(f"V{rounded.itemsize * rounded.shape[1]}").ravel().tolist()
    for row in np.flatnonzero(ranged.any(axis=1)).tolist():
        keys[row] = row
    places: dict[object, int] = {}
    place_of = np.array([places.setdefault(key, len(places)) for key in keys], np.intp)
    if len(places) == len(keys):
        return place_of, place_of, np.ones_like(place_of)
    return place_of, np.unique(place_of, return_index=True)[1], np.bincount(place_of, minlength=len(places))
