"""Weights from comparing criteria two at a time, also when not all pairs were compared, and which answer does
not fit the others.

Method: the principal eigenvector of the matrix of ratios and its consistency ratio (Saaty 1980, The Analytic
Hierarchy Process). Pairs that were not compared take the ratios that make the largest eigenvalue smallest
(Bozóki, Fülöp and Rónyai 2010, Mathematical and Computer Modelling 52, 318-333).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .weights import BoolArray, FloatArray, frozen, normalised

#: Saaty's scale: 1 = as important, 3 = moderately more, 5 = strongly, 7 = very strongly, 9 = extremely, and
#: the reciprocals for less.
SCALE = (*(1 / step for step in range(9, 1, -1)), *(float(step) for step in range(1, 10)))
#: At most this consistency ratio is taken as good enough (Saaty 1980).
ACCEPTABLE = 0.10
#: Mean consistency index of random matrices for n = 1 to 15: Saaty (1980), the first table he published.
_SAATY = (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
#: A ratio beyond this is a slip of the keyboard, and its eigenvector is numerical noise.
_LARGEST_RATIO = 1e6
#: Printed matrices round 1/8 to 0.13, so that a pair's product may be off by 4 per cent; a whole step of the
#: scale, from 8 to 9, is 12.
_ROUNDING = 0.05
#: How many of the most deviating answers are tried for a repair: all of them up to ten criteria.
_CANDIDATES = 45


class RandomIndex(StrEnum):
    """Where the random index comes from."""

    SAATY_1980 = "saaty_1980"  # up to 15 criteria
    ALONSO_LAMATA_2006 = "alonso_lamata_2006"  # from 16 on: their straight line through simulated values


class ComparisonFault(StrEnum):
    """Why comparisons cannot be used."""

    NOT_POSITIVE = "not_positive"
    BEYOND_SCALE = "beyond_scale"
    NOT_RECIPROCAL = "not_reciprocal"  # a over b and b over a were both given, and do not fit together
    NOT_ONE_TO_ITSELF = "not_one_to_itself"
    NOT_CONNECTED = "not_connected"  # no chain of comparisons leads from one criterion to the other
    MISSING = "missing"


class ComparisonRefused(ValueError):
    """Comparisons that give no weights. ``pair``: the two criteria, from zero, at which it shows."""

    def __init__(self, fault: ComparisonFault, pair: tuple[int, int]):
        self.fault = fault
        self.pair = pair
        super().__init__(f"the comparison of criteria {pair[0]} and {pair[1]} cannot be used: {fault.value}")


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """The outcome for n criteria; arrays are closed for writing.

    ``weights``: n shares of one. ``matrix``: n x n ratios, row over column, with what was not compared filled
    in. ``compared``: n x n booleans, True where an answer stands (and on the diagonal). ``eigenvalue``: the
    largest, n or more. ``consistency_index``: (eigenvalue - n) / (n - 1). ``random_index``, ``index_source``:
    what that is measured by, and from where. ``consistency_ratio``: the one divided by the other; zero for one
    or two criteria. ``strict_ratio``: the same, by a random index lowered for the pairs not compared, because
    fewer answers contradict each other less; equal to ``consistency_ratio`` where all pairs were compared.
    """

    weights: FloatArray
    matrix: FloatArray
    compared: BoolArray
    eigenvalue: float
    consistency_index: float
    random_index: float
    index_source: RandomIndex
    consistency_ratio: float
    strict_ratio: float

    @property
    def acceptable(self) -> bool:
        """Whether the answers fit together well enough: the strict ratio is at most 0.10."""
        return self.strict_ratio <= ACCEPTABLE


@dataclass(frozen=True)
class Repair:
    """The one answer to think over first, and what would fit the others better.

    ``pair``: (a, b) from zero, the way round in which ``given``, how many times a counts as much as b, is one
    or more. ``fitting``: what all other answers together say about a over b. ``suggested``: the step of the
    scale 1/9..9 that is most consistent. ``consistency_ratio``, ``strict_ratio``: what they would then be. A
    suggestion is a question to the person who answered, never a correction made for them.
    """

    pair: tuple[int, int]
    given: float
    fitting: float
    suggested: float
    consistency_ratio: float
    strict_ratio: float


def matrix_of(count: int, comparisons: Mapping[tuple[int, int], float]) -> FloatArray:
    """The n x n matrix of ``comparisons``: (a, b) -> how many times a counts as much as b; NaN where none was
    made. Raises ComparisonRefused when a pair was answered both ways and the answers differ, or one criterion
    was compared with itself at another value than 1."""
    matrix = np.full((count, count), np.nan)
    for (a, b), ratio in comparisons.items():
        if not (0 <= a < count and 0 <= b < count):
            raise ValueError(f"there is no pair {a}, {b} among {count} criteria")
        matrix[a, b] = ratio
    return frozen(_completed(matrix))


def compare_pairs(matrix: ArrayLike) -> PairwiseWeights:
    """Weights from pairwise comparisons.

    ``matrix``: n x n, row over column, positive numbers up to a million (the scale asks for 1/9..9); NaN where
    a pair was not compared. One triangle is enough. Where both are given they must be reciprocal to within 5
    per cent, the rounding of printed matrices, and the one above 1 is taken as what was answered. Raises
    ComparisonRefused, naming the pair, for anything else, and when the comparisons fall into parts that
    nothing connects.
    """
    given = _completed(matrix)
    compared = ~np.isnan(given)
    _check_connected(compared)
    filled = _filled(given)
    eigenvalue, vector = _principal(filled)
    n = len(filled)
    missing = int(np.count_nonzero(~compared)) // 2
    index, ratio, strict = _consistency(eigenvalue, n, missing)
    random_index, source = random_index_of(n)
    return PairwiseWeights(
        normalised(vector),
        frozen(filled),
        frozen(compared),
        eigenvalue,
        index,
        random_index,
        source,
        ratio,
        strict,
    )


def suggest_repair(matrix: ArrayLike) -> Repair | None:
    """The answer that fits the others worst, with the step of the scale that would fit best; None when no
    single change of an answer makes the whole more consistent.

    ``matrix`` and errors as in compare_pairs(). Each answer is taken away and filled in as if it had not been
    given, which is what the others imply; of the two steps of the scale around that value the more consistent
    one counts. The worst answer is the one whose change lowers the largest eigenvalue most. Above ten criteria
    only the 45 answers farthest from the ratio of the two weights are tried (Saaty 2003, European Journal of
    Operational Research 145, 85-91, orders them so).
    """
    given = _completed(matrix)
    now = compare_pairs(given)
    n, missing = len(given), int(np.count_nonzero(~now.compared)) // 2
    logs = np.log(now.weights)
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n) if now.compared[a, b]]
    # Rounded, so that equal deviations keep the order of the criteria whatever the last bit says.
    pairs.sort(key=lambda pair: -round(abs(np.log(given[pair]) - logs[pair[0]] + logs[pair[1]]), 9))
    best, lowest = None, now.eigenvalue - 1e-9 * n
    for a, b in pairs[:_CANDIDATES]:
        if given[a, b] < 1:
            a, b = b, a
        opened = given.copy()
        opened[a, b] = opened[b, a] = np.nan
        if _unreached(~np.isnan(opened)) is not None:
            continue  # nothing else speaks about this pair, so nothing contradicts it
        fitting = float(_filled(opened)[a, b])
        for step in _steps_around(fitting):
            opened[a, b], opened[b, a] = step, 1 / step
            eigenvalue = _principal(_filled(opened))[0]
            if eigenvalue < lowest - 1e-12:
                lowest = eigenvalue
                _, ratio, strict = _consistency(eigenvalue, n, missing)
                best = Repair((a, b), float(given[a, b]), fitting, step, ratio, strict)
    return best


def combine_judgements(matrices: Sequence[ArrayLike], voices: ArrayLike | None = None) -> FloatArray:
    """One matrix for a group: the geometric mean of every comparison, NaN where nobody made it.

    ``matrices``: m of n x n as in compare_pairs(). ``voices``: m numbers >= 0, None = equal; for each pair
    those who compared it share the voices. The geometric mean is the only one that keeps a over b the
    reciprocal of b over a (Aczél and Saaty 1983, Journal of Mathematical Psychology 27, 93-102). Raises
    ComparisonRefused like compare_pairs(), NoWeights when no voice counts, ValueError when sizes differ.
    """
    each = [_completed(matrix) for matrix in matrices]
    if not each or any(one.shape != each[0].shape for one in each):
        raise ValueError("there must be matrices, all about the same criteria")
    voice = normalised(np.ones(len(each)) if voices is None else voices)
    if len(voice) != len(each):
        raise ValueError("there must be one voice for each matrix")
    logs = np.log(np.stack(each))
    heard = voice[:, None, None] * ~np.isnan(logs)
    total = heard.sum(axis=0)
    mean = np.divide((heard * np.nan_to_num(logs)).sum(axis=0), total, out=np.full_like(total, np.nan), where=total > 0)
    return frozen(np.exp(mean))


def random_index_of(n: int) -> tuple[float, RandomIndex]:
    """The mean consistency index of random matrices of n criteria, and whose table it is from: Saaty's (1980)
    up to 15; above, (2.7699 n - 4.3513 - n) / (n - 1) by Alonso and Lamata (2006), International Journal of
    Uncertainty, Fuzziness and Knowledge-Based Systems 14, 445-459."""
    if n <= len(_SAATY):
        return float(_SAATY[max(n, 1) - 1]), RandomIndex.SAATY_1980
    return (1.7699 * n - 4.3513) / (n - 1), RandomIndex.ALONSO_LAMATA_2006


def _consistency(eigenvalue: float, n: int, missing: int) -> tuple[float, float, float]:
    """Consistency index, ratio and strict ratio. For pairs not compared the random index shrinks in a straight
    line, to zero when only a chain is left: Ágoston and Csató (2022), Omega 108, 102576."""
    if n < 3:
        return 0.0, 0.0, 0.0
    index = max(0.0, (eigenvalue - n) / (n - 1))
    random_index, _ = random_index_of(n)
    left = 1 - 2 * missing / ((n - 1) * (n - 2))
    strict = index / (random_index * left) if left > 1e-12 else 0.0
    return index, index / random_index, strict


def _completed(matrix: ArrayLike) -> FloatArray:
    """A copy with both triangles filled from what was given, checked."""
    given = np.array(matrix, dtype=float)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or len(given) == 0:
        raise ValueError("comparisons must be a square table, criteria by criteria")
    n = len(given)
    for a in range(n):
        if not np.isnan(given[a, a]) and abs(given[a, a] - 1) > 1e-9:
            raise ComparisonRefused(ComparisonFault.NOT_ONE_TO_ITSELF, (a, a))
        given[a, a] = 1.0
        for b in range(a + 1, n):
            there, back = float(given[a, b]), float(given[b, a])
            for ratio in (there, back):
                if ratio <= 0:
                    raise ComparisonRefused(ComparisonFault.NOT_POSITIVE, (a, b))
                if ratio > _LARGEST_RATIO or ratio < 1 / (1.01 * _LARGEST_RATIO):
                    raise ComparisonRefused(ComparisonFault.BEYOND_SCALE, (a, b))
            if not np.isnan(there) and not np.isnan(back) and abs(there * back - 1) > _ROUNDING:
                raise ComparisonRefused(ComparisonFault.NOT_RECIPROCAL, (a, b))
            # The number above 1 is what was answered, the other its reciprocal, perhaps rounded in print.
            if np.isnan(there) or back > there:
                given[a, b] = 1 / back
            else:
                given[b, a] = 1 / there
    return given


def _unreached(compared: BoolArray) -> int | None:
    """A criterion that no chain of comparisons connects with the first one."""
    reached = {0}
    waiting = [0]
    while waiting:
        for other in np.flatnonzero(compared[waiting.pop()]).tolist():
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return next((each for each in range(len(compared)) if each not in reached), None)


def _check_connected(compared: BoolArray) -> None:
    lost = _unreached(compared)
    if lost is not None:
        raise ComparisonRefused(ComparisonFault.NOT_CONNECTED, (0, lost))


def _principal(matrix: FloatArray) -> tuple[float, FloatArray]:
    """The largest eigenvalue and its positive eigenvector.

    The rows' geometric means are divided out first: what is left is near a table of ones, so that ratios of a
    thousand and more cost no digits.
    """
    logs = np.log(matrix)
    means = logs.mean(axis=1)
    values, vectors = np.linalg.eig(np.exp(logs - means[:, None] + means[None, :]))
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real) * np.exp(means - means.max())
    return float(values[largest].real), vector


def _filled(given: FloatArray) -> FloatArray:
    """The matrix with NaN replaced so that the largest eigenvalue is smallest.

    The eigenvalue is convex in the logarithms of the missing ratios and has one lowest point when all criteria
    are connected; Newton's steps lead there from the logarithmic least squares weights of what was compared.
    """
    missing = np.isnan(given)
    rows, columns = np.nonzero(np.triu(missing))
    if not len(rows):
        return given.copy()
    known = ~missing
    laplacian = np.diag(known.sum(axis=1)) - known.astype(float)
    weight = np.linalg.lstsq(laplacian, np.nan_to_num(np.log(given)).sum(axis=1), rcond=None)[0]
    logs = weight[rows] - weight[columns]

    def at(logs: FloatArray) -> FloatArray:
        filled = given.copy()
        filled[rows, columns], filled[columns, rows] = np.exp(logs), np.exp(-logs)
        return filled

    filled = at(logs)
    value = _principal(filled)[0]
    for _ in range(100):
        step = _newton_step(filled, rows, columns)
        farthest = float(np.abs(step).max())
        if farthest < 1e-11:
            break
        length = min(1.0, 2.0 / farthest)
        while True:
            filled = at(logs + length * step)
            new_value = _principal(filled)[0]
            # The step points downhill, so some length of it does not climb. Close to the bottom the eigenvalue
            # is flat to its last digit and no longer tells; there the full step is right.
            if new_value <= value or farthest < 1e-3 or length < 1e-6:
                break
            length /= 2
        logs, value = logs + length * step, new_value
    return filled


def _newton_step(matrix: FloatArray, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> FloatArray:
    """How to change the logarithms of the ratios at ``rows``, ``columns`` so that the largest eigenvalue falls.

    With right and left eigenvectors v and u, u.v = 1, and D the derivative of the matrix by one logarithm, the
    first derivatives of the eigenvalue are u D v and the second ones u D' v + u D S D v twice, S being the
    inverse of (eigenvalue - matrix) on all but v.
    """
    value, right = _principal(matrix)
    left = _principal(matrix.T)[1]
    # Seen in units of the weights all ratios are near one, and nothing is lost to their size.
    scaled = matrix * right[None, :] / right[:, None]
    v = np.ones(len(matrix))
    u = left * right / (left @ right)
    there, back = scaled[rows, columns], scaled[columns, rows]
    number = np.arange(len(rows))
    onto = np.zeros((len(matrix), len(rows)))  # D v, one column for each ratio
    onto[rows, number], onto[columns, number] = there, -back
    from_left = np.zeros((len(rows), len(matrix)))  # u D, one row for each
    from_left[number, columns], from_left[number, rows] = u[rows] * there, -u[columns] * back
    others = np.linalg.inv(value * np.eye(len(matrix)) - scaled + np.outer(v, u)) - np.outer(v, u)
    bent = from_left @ others @ onto
    curvature = np.diag(u[rows] * there + u[columns] * back) + bent + bent.T
    return np.array(np.linalg.lstsq(curvature, -(from_left @ v), rcond=None)[0], dtype=float)


def _steps_around(ratio: float) -> tuple[float, ...]:
    """The steps of the scale just below and just above a ratio, or the end of the scale beyond which it is."""
    above = int(np.searchsorted(SCALE, ratio))
    return SCALE[max(above - 1, 0) : above + 1]
