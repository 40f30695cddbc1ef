"""What the scores alone say about criteria: how much each one tells the technologies apart, and which say the same.

These numbers know nothing of what matters to people, so they are never used as the weights of an assessment. They show
where a weight meets scores that hardly differ, and where two criteria may count one thing twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .values import Normalisation, normalise
from .weights import FloatArray, NoWeights, frozen

#: From this correlation of the values on, two criteria order the technologies almost alike.
ALIKE = 0.95
#: With fewer technologies that both criteria score, a correlation says nothing.
FEWEST = 5


def entropy_weights(scores: ArrayLike) -> FloatArray:
    """Shares of one by how unevenly each criterion spreads its sum over the technologies (Shannon's entropy).

    ``scores``: m x n, all known, none below zero and no column of zeros; more and less being better make no
    difference. With p = x / sum of the column, a criterion's weight is in proportion to 1 + (sum of p ln p) / ln m; a
    column of equal scores has none. Raises ValueError for other scores, NoWeights where no column tells anything apart.
    Source: Shannon (1948) as used by Zeleny, *Multiple Criteria Decision Making* (1982), chapter 7.
    """
    X = _table(scores)
    if (X < 0).any() or (X.max(axis=0, initial=0.0) <= 0).any():
        raise ValueError("entropy needs scores that are not below zero, and some above it in every column")
    # By the largest first, so that neither huge nor tiny units overflow the sum.
    P = X / X.max(axis=0)
    P /= P.sum(axis=0)
    logs = np.log(P, out=np.zeros_like(P), where=P > 0)
    told = 1 + (P * logs).sum(axis=0) / np.log(len(X))
    told[(X[0] == X).all(axis=0)] = 0.0
    return _shares(np.maximum(told, 0.0))


def critic_weights(scores: ArrayLike, direction: ArrayLike) -> FloatArray:
    """Shares of one by how far a criterion's values spread, and how little the other criteria say the same.

    ``scores``: m x n, all known; ``direction``: n, +1 where more is better, -1 where less is. On values from 0 to 1 a
    criterion's weight is in proportion to its sample standard deviation times the sum of 1 - r over all criteria, r
    being the correlation with each. A column of equal scores has none and takes no part in the others' sums. Raises
    ValueError for unknown or infinite scores, NoWeights where no column tells anything apart.
    Source: Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995) 763-770.
    """
    X = _table(scores)
    values = normalise(X, direction, Normalisation.MINMAX)
    spread = values.std(axis=0, ddof=1)
    differ = np.flatnonzero((X[0] != X).any(axis=0))
    told = np.zeros(X.shape[1])
    if differ.size:
        R = np.corrcoef(values[:, differ], rowvar=False).reshape(differ.size, differ.size)
        told[differ] = spread[differ] * (1 - R).sum(axis=0)
    return _shares(np.maximum(told, 0.0) if differ.size > 1 else (spread > 0).astype(float))


@dataclass(frozen=True)
class Alike:
    """Two criteria, by their numbers from zero, whose values go together: ``correlation`` over ``technologies`` rows."""

    one: int
    other: int
    correlation: float
    technologies: int


def alike(values: ArrayLike, least: float = ALIKE) -> tuple[Alike, ...]:
    """Pairs of criteria that order the technologies almost alike, the closest first.

    ``values``: m x n points, more is always better, NaN where unknown or not applicable. Only rows that have both
    count, and only pairs with FEWEST rows or more that differ on both. ``least``: from which Pearson correlation on.
    A correlation below zero is a conflict between criteria, which is what weights are for, and is never told here.
    """
    V = np.asarray(values, dtype=float)
    found = []
    for one in range(V.shape[1]):
        for other in range(one + 1, V.shape[1]):
            both = V[~np.isnan(V[:, [one, other]]).any(axis=1)][:, [one, other]]
            if len(both) < FEWEST or (np.ptp(both, axis=0) <= 1e-9 * np.abs(both).max(initial=0.0)).any():
                continue
            together = float(np.corrcoef(both, rowvar=False)[0, 1])
            if together >= least - 1e-12:
                found.append(Alike(one, other, min(together, 1.0), len(both)))
    return tuple(sorted(found, key=lambda pair: (-pair.correlation, pair.one, pair.other)))


def _table(scores: ArrayLike) -> FloatArray:
    X = np.array(scores, dtype=float)
    if X.ndim != 2 or len(X) < 2 or not np.isfinite(X).all():
        raise ValueError("scores must be a table of two technologies or more, all known")
    return X


def _shares(told: FloatArray) -> FloatArray:
    if not told.sum() > 0:
        raise NoWeights("no criterion tells the technologies apart")
    return frozen(told / told.sum())
