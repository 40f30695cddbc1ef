"""How much each criterion counts: weights that add up to one, and one mean in which every group has an equal
voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class NoWeights(ValueError):
    """No criterion counts for anything, so nothing can be ranked: every weight is zero or there is none."""


def frozen(array: NDArray) -> NDArray:
    """The same array, closed for writing: a result never changes after it was handed out."""
    array.setflags(write=False)
    return array


def normalised(weights: ArrayLike) -> FloatArray:
    """Weights of any size as shares that add up to one.

    ``weights``: n finite numbers >= 0, e.g. points, stars or per cent. Returns n shares in 0..1.
    Raises NoWeights when there is none above zero, ValueError for a negative, unknown or infinite one.
    """
    given = np.array(weights, dtype=float)
    if given.ndim != 1:
        raise ValueError("weights must be one row of numbers")
    if not np.isfinite(given).all() or (given < 0).any():
        raise ValueError("weights must be finite numbers, zero or more")
    largest = given.max(initial=0.0)
    if largest == 0:
        raise NoWeights("Every weight is zero, so no criterion separates the technologies.")
    shares = given / largest  # before adding up, so that weights near the end of the number range do not overflow
    return frozen(shares / shares.sum())


@dataclass(frozen=True, eq=False)
class WeightsAcrossGroups:
    """What the groups' weights have in common and where they differ.

    ``shares``: g x n, each counted group's weights as shares of one, NaN in the rows that do not count.
    ``counted``: g booleans. ``mean``: n shares that add up to one, every counted group with the same voice.
    ``lowest``, ``highest``: n shares. ``spread``: n, highest minus lowest in percentage points (0..100).
    """

    shares: FloatArray
    counted: BoolArray
    mean: FloatArray
    lowest: FloatArray
    highest: FloatArray
    spread: FloatArray


def compare_weights(group_weights: ArrayLike) -> WeightsAcrossGroups:
    """Put the groups' weights side by side and take the mean in which every group has an equal voice.

    ``group_weights``: g x n finite numbers >= 0, each group in its own scale; NaN where a group gave none. A
    group counts once it gave every criterion a weight and at least one above zero; until then it is left out,
    because a missing weight is not a weight of zero. Raises NoWeights when no group counts, ValueError for a
    negative or infinite weight.
    """
    given = np.array(group_weights, dtype=float)
    if given.ndim != 2:
        raise ValueError("group weights must be a table of groups by criteria")
    if np.isinf(given).any() or (given < 0).any():
        raise ValueError("weights must be finite numbers, zero or more")
    counted = ~np.isnan(given).any(axis=1) & (given > 0).any(axis=1)
    if not counted.any():
        raise NoWeights("No group has given weights yet.")
    shares = np.full_like(given, np.nan)
    for group in np.flatnonzero(counted):
        shares[group] = normalised(given[group])
    voices = shares[counted]
    lowest, highest = voices.min(axis=0), voices.max(axis=0)
    return WeightsAcrossGroups(
        frozen(shares),
        frozen(counted),
        frozen(voices.mean(axis=0)),
        frozen(lowest),
        frozen(highest),
        frozen((highest - lowest) * 100),
    )


def mean_weights(group_weights: ArrayLike) -> FloatArray:
    """The mean of the groups' weights with an equal voice for each; see compare_weights(). Returns n
    shares."""
    return compare_weights(group_weights).mean
