"""Cells of a table that are not exact: blocks that are drawn together, the draws, and what they bring to the values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .rank_counting import CHUNK
from .weights import BoolArray, FloatArray

#: So many numbers are drawn at a time: enough for the calls not to count, few enough for the processor's cache.
ROOM = 240_000

Worth = Callable[[ArrayLike], FloatArray]


@dataclass(frozen=True, eq=False)
class VaryingCells:
    """A block of cells, r technologies by c criteria, and how draws become what they add to the base: ``width`` times the
    smaller of two numbers below 65,536 and ``start`` times the larger one. ``alone``: cells with one number instead of
    two, where no value is likelier than others. A cell of the block that is exact has no width.
    """

    rows: NDArray[np.intp]
    criteria: NDArray[np.intp]
    width: FloatArray
    start: FloatArray
    alone: BoolArray
    likely: FloatArray
    worth: Worth | None  # of the only criterion
    below: float

    @cached_property
    def numbers(self) -> int:
        """How many numbers a cell needs: 1 or 2."""
        return 1 if self.alone.all() else 2

    @cached_property
    def mixed(self) -> bool:
        """Whether some cells need one number and some two."""
        return self.numbers == 2 and bool(self.alone.any())

    @cached_property
    def factors(self) -> NDArray[np.float32]:
        """Of all numbers of a technology, r x numbers c x 1."""
        each = (self.width, self.start)[: self.numbers]
        return np.concatenate(each, axis=1)[:, :, np.newaxis].astype(np.float32)

    def added(self, at: slice, whole: NDArray[np.uint16]) -> FloatArray:
        """What each cell of some of the rows adds in t trials, g x c x t, by the numbers of draws()."""
        cells: FloatArray = whole[:, 0] * self.width[at, :, np.newaxis]
        if self.numbers == 2:
            cells += whole[:, 1] * self.start[at, :, np.newaxis]
        return cells if self.worth is None else self.worth(self.likely[at, :, np.newaxis] + cells) - self.below


class Scratch:
    """Room for the numbers of a chunk, used again for each: asking the system for memory took longer than drawing."""

    def __init__(self, m: int, varies: bool) -> None:
        self.sums = np.empty(m * CHUNK)
        self.varied = np.empty(m * CHUNK if varies else 0, np.float32)
        self.whole, self.drawn = (np.empty(ROOM if varies else 0, kind) for kind in (np.uint16, np.float32))


def blocks(
    ranged: BoolArray, unknown: BoolArray, width: FloatArray, start: FloatArray, likely: FloatArray,
    functions: Sequence[Worth | None], below: float,
) -> Iterator[VaryingCells]:  # fmt: skip
    """The cells that vary: technologies of which nearly all do in one block, which is faster, the rest by criterion."""
    most = (ranged.sum(axis=1) > 0.8 * ranged.shape[1]) & all(function is None for function in functions)
    found = [(np.flatnonzero(most), np.flatnonzero(ranged[most].any(axis=0)))]
    for criterion, column in enumerate((ranged & ~most[:, np.newaxis]).T):
        found.append((np.flatnonzero(column), np.array([criterion])))
    for rows, criteria in found:
        if rows.size:
            cells = np.ix_(rows, criteria)
            worth = functions[criteria[0]] if criteria.size == 1 else None
            alone = unknown[cells] | ~ranged[cells]
            yield VaryingCells(rows, criteria, width[cells], start[cells], alone, likely[cells], worth, below)


def draws(
    varying: Sequence[VaryingCells], count: int, source: np.random.SFC64, scratch: Scratch
) -> Iterator[tuple[VaryingCells, slice, NDArray[np.uint16]]]:
    """Draws of the cells that vary, in t trials: some rows of a block at a time, g x numbers x c x t whole numbers
    below 65,536, the smaller ones before the larger ones; valid until the next draw.

    Of two even numbers over 0..1 the larger one is the root of an even one, and the smaller one is an even share of
    it. So likely + root(v) (u - likely), the triangular draw with u even over the range, needs neither root nor
    product: it is likely + (high - low) smaller + (low - likely) larger. An even draw from the lowest on needs one.
    """
    for cells in varying:
        c, numbers = cells.criteria.size, cells.numbers
        few = max(1, ROOM // (numbers * c * count))
        for begin in range(0, cells.rows.size, few):
            at = slice(begin, min(begin + few, cells.rows.size))
            shape = at.stop - begin, numbers, c, count
            whole, one = part(scratch.whole, shape), _even(source, (shape[0], c, count))
            if numbers == 1:
                whole[:, 0] = one
            else:
                other = _even(source, one.shape)
                if cells.mixed:
                    other[cells.alone[at]] = 65535
                np.minimum(one, other, out=whole[:, 0])
                np.maximum(one, other, out=whole[:, 1])
            yield cells, at, whole


def vary(
    total: FloatArray, varying: Sequence[VaryingCells], shares: FloatArray, source: np.random.SFC64, scratch: Scratch
) -> None:
    """Add to the technologies' values, m x t, what the cells that vary bring in trials with these weights, k x t.

    The sums of numbers of seven digits are not left to a matrix product: it adds in another order on other machines.
    """
    t = shares.shape[1]
    short, varied = shares.astype(np.float32), part(scratch.varied, total.shape)
    varied[:] = 0.0
    for cells, at, whole in draws(varying, t, source, scratch):
        rows = cells.rows[at]
        if cells.worth is not None:
            total[rows] += (cells.added(at, whole) * shares[cells.criteria])[:, 0]
        else:
            drawn = part(scratch.drawn, whole.shape)
            np.copyto(drawn, whole)
            drawn *= short[cells.criteria]
            terms = drawn.reshape(len(rows), -1, t)
            terms *= cells.factors[at]
            varied[rows] += np.add.reduce(terms, axis=1)
    total += varied


def part(room: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """As much of a room as is needed, or a new one."""
    size = prod(shape)
    return room[:size].reshape(shape) if size <= room.size else np.empty(shape, room.dtype)


def _even(source: np.random.SFC64, shape: tuple[int, int, int]) -> NDArray[np.uint16]:
    """Whole numbers below 65,536, all as likely."""
    size = shape[0] * shape[1] * shape[2]
    return source.random_raw(-(-size // 4)).view(np.uint16)[:size].reshape(shape)
