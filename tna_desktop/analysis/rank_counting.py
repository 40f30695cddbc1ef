"""Which technology took which place, counted over many trials: by sorting whole numbers where no two values are equal,
pair by pair where they may be.

The bits of a positive number order like the number itself, so the lowest of them can carry which technology it is, and
one sort of whole numbers, which processors do many at a time, gives the order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .weights import FloatArray, frozen

#: So many trials at a time: their numbers stay in the processor's cache. No power of two, because then the numbers of
#: all technologies in a trial want the same place in the cache, and turning a table over takes four times as long.
CHUNK = 1000
#: For so many trials at a time weights are drawn and added up, and pairs compared; at most 8 times 255.
BLOCK = 2000
#: Values closer than this share of the largest are the same.
SAME = 1e-12


@lru_cache(maxsize=4)
def _numbers(m: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Which technology a column is before sorting, and m times its place after it; a row for each trial of a chunk.

    Adding whole tables is three times as fast as adding one row to all.
    """
    number, place = np.arange(m, dtype=np.uint64), np.arange(m, dtype=np.int64)[::-1] * m
    return frozen(np.tile(number, (CHUNK, 1))), frozen(np.tile(place, (CHUNK, 1)))


class PlaceCount:
    """What was counted so far, over technologies of which some may stand for several equal ones. ``doubtful``: values
    that seem different are looked at once more, and trials in which some are the same counted pair by pair.
    """

    def __init__(self, multiplicity: NDArray[np.intp], n: int, pairwise: bool, doubtful: bool = False) -> None:
        m, every = multiplicity.size, int(multiplicity.sum())
        self.multiplicity, self.every = multiplicity, every
        self.alike = bool((multiplicity > 1).any())
        self.places = np.zeros((m, every), np.intp)
        self.by_place = np.zeros(m * m, np.intp)
        self.first = np.zeros(m, np.intp)
        self.weights = np.zeros((n, m))
        self.better = np.zeros((m, m), np.intp)
        self.pairwise, self.doubtful = pairwise, doubtful
        self.mask = np.uint64((1 << max(m - 1, 0).bit_length()) - 1)
        self.number, self.offset = _numbers(m)
        self.winners = np.empty(BLOCK, np.intp)
        self.standing = np.empty((m if pairwise else 0, BLOCK), np.uint8 if m <= 256 else np.uint16)
        self.place = np.tile(np.arange(m, dtype=self.standing.dtype), CHUNK if pairwise else 0)

    def count(self, S: FloatArray, shares: FloatArray, begin: int) -> None:
        """Count a chunk of a block of trials, from its trial ``begin`` on. ``S``: the values of the technologies, t x m,
        none below zero; overwritten. ``shares``: the weights of the chunk, n x t, that sum to one.
        """
        m, S = S.shape[1], np.ascontiguousarray(S)
        kept = np.arange(begin, begin + len(S))
        if self.doubtful:
            ascending = np.sort(S, axis=1)
            alike = (np.diff(ascending, axis=1) <= 4 * SAME * ascending[:, -1:]).any(axis=1)
            if alike.any():
                self.winners[kept] = m  # nobody: ties() adds the weights itself
                self.ties(S[alike], shares[:, alike].T)
                S, kept = S[~alike], kept[~alike]
        keys = S.view(np.uint64)
        keys &= ~self.mask
        keys |= self.number[: len(keys)]
        keys.sort(axis=1)
        keys &= self.mask
        order = keys.view(np.int64)
        self.winners[kept] = order[:, -1]
        if self.standing.size:
            cells = order * BLOCK
            cells += kept[:, np.newaxis]
            self.standing.reshape(-1)[cells.reshape(-1)] = self.place[: order.size]
        if self.alike:
            group = self.multiplicity[order[:, ::-1]]
            place = np.cumsum(group, axis=1) - group
            cells = order[:, ::-1] * self.every + place
            self.places += np.bincount(cells.ravel(), minlength=self.places.size).reshape(self.places.shape)
        else:
            order += self.offset[: len(keys)]
            self.by_place += np.bincount(order.ravel(), minlength=m * m)

    def finish(self, shares: FloatArray) -> None:
        """Add up, for a block of trials that is counted, who is better than whom and the winners' weights, n x t."""
        m, winners = self.first.size, self.winners[: shares.shape[1]]
        self.first += np.bincount(winners, minlength=m + 1)[:m]
        for criterion, weights in enumerate(shares):
            self.weights[criterion] += np.bincount(winners, weights, m + 1)[:m]
        if self.standing.size:
            self._pairs(self.standing[:, : winners.size], winners < m)

    @property
    def central_weights(self) -> FloatArray:
        """The mean weights with which each was first, technologies by criteria; NaN for one that never was."""
        first = self.first[:, np.newaxis]
        return np.divide(self.weights.T, first, out=np.full((first.size, len(self.weights)), np.nan), where=first > 0)

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
            self.weights += times * (shares.T @ first.astype(float))
            if self.pairwise:
                self.better += times * np.add.reduce(group, axis=0, dtype=np.intp)

    def _pairs(self, standing: NDArray[np.unsignedinteger[Any]], counts: NDArray[np.bool_]) -> None:
        """Count who is better than whom, from where each stands in the trials of a block, m x t, the worst at 0.

        Eight answers of a byte each are added up as one whole number; no byte overflows in a block.
        """
        T = standing if counts.all() else np.compress(counts, standing, axis=1)
        m, t = T.shape
        wins = np.zeros((m, -(-t // 8) * 8), bool)
        for one in range(m - 1):
            others = wins[: m - 1 - one]
            np.greater(T[one], T[one + 1 :], out=others[:, :t])
            eights = np.add.reduce(others.view(np.uint64), axis=1)
            better = eights.view(np.uint8).reshape(-1, 8).sum(axis=1, dtype=np.intp)
            self.better[one, one + 1 :] += better
            self.better[one + 1 :, one] += t - better
