"""Weights from the best and the worst criterion: how much more does the most important one count than each of
the others, and each of the others than the least important.

Method: the linear best-worst model (Rezaei 2016, Omega 64, 126-130) with the input-based consistency ratio
(Liang, Brunelli and Rezaei 2020, Omega 96, 102175). The linear programme is solved by HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .pairwise import ComparisonFault, ComparisonRefused
from .weights import FloatArray, frozen, normalised

#: Answers are 1 = as important to 9 = extremely more important.
TOP_OF_SCALE = 9.0
#: Up to which input-based ratio answers are taken as consistent enough, by best over worst (rows 3 to 9) and
#: number of criteria (columns 3 to 9): Liang, Brunelli and Rezaei (2020), table 3. For best over worst 2 it is 0.
_THRESHOLDS = {
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
#: How far the solver may be off: the tightest that HiGHS takes.
_TOLERANCE = 1e-10


@dataclass(frozen=True, eq=False)
class BestWorstWeights:
    """The outcome for n criteria; arrays are closed for writing.

    ``weights``: n shares of one. ``deviation``: xi of the linear model, the largest difference between an
    answer and the weights, in shares of one; zero when all answers agree.
    ``ratios``: n, the input-based consistency ratio of each criterion, zero when best over it times it over
    worst is best over worst. ``consistency_ratio``: the largest of them, 0..1 for answers from 1 to best over
    worst. ``threshold``: up to which that is good enough; None where none was published.
    ``most_doubtful``: the criterion with the largest ratio, None when all are zero. ``fitting``: n, what best
    over each criterion would be to agree with that criterion over worst.
    """

    weights: FloatArray
    deviation: float
    ratios: FloatArray
    consistency_ratio: float
    threshold: float | None
    most_doubtful: int | None
    fitting: FloatArray

    @property
    def acceptable(self) -> bool | None:
        """Whether the answers fit together well enough; None where no threshold was published."""
        if self.threshold is None:
            return True if self.consistency_ratio == 0 else None
        return self.consistency_ratio <= self.threshold + 1e-12


def best_worst(best: int, worst: int, best_to_others: ArrayLike, others_to_worst: ArrayLike) -> BestWorstWeights:
    """Weights by the linear best-worst method.

    ``best``, ``worst``: the most and the least important criterion, from zero; different unless there is only
    one. ``best_to_others``: n numbers 1..9, best over each, 1 at ``best``. ``others_to_worst``: n numbers 1..9,
    each over worst, 1 at ``worst``. Best over worst stands in both and must be the same, and no other answer
    may be larger, or another criterion would be the best or the worst.

    The weights minimise xi subject to |w_best - a_best,j w_j| <= xi and |w_j - a_j,worst w_worst| <= xi for
    every criterion j, w >= 0, sum w = 1; only one set of weights does. Raises ComparisonRefused with the pair
    that is wrong, ValueError for shapes and positions that do not fit.
    """
    over, under = np.array(best_to_others, dtype=float), np.array(others_to_worst, dtype=float)
    _check(best, worst, over, under)
    n = len(over)
    full = float(over[worst])
    weights, deviation = (np.ones(1), 0.0) if n == 1 else _solve(best, worst, over, under)
    ratios = np.abs(over * under - full) / (full * full - full) if full > 1 else np.zeros(n)
    ratios[[best, worst]] = 0.0
    ratios[ratios < 1e-12] = 0.0
    largest = int(np.argmax(ratios))
    return BestWorstWeights(
        normalised(weights),
        deviation,
        frozen(ratios),
        float(ratios[largest]),
        _threshold(full, n),
        largest if ratios[largest] > 0 else None,
        frozen(full / under),
    )


def _threshold(full: float, n: int) -> float | None:
    """The published threshold. Two criteria or a best that is no better than the worst cannot contradict
    themselves; above nine criteria the value for nine is used, which is the stricter one."""
    if n <= 2 or full in (1.0, 2.0):
        return 0.0
    row = _THRESHOLDS.get(int(full)) if full == int(full) else None
    return None if row is None else row[min(n, 9) - 3]


def _check(best: int, worst: int, over: FloatArray, under: FloatArray) -> None:
    n = len(over) if over.ndim == 1 else 0
    if n == 0 or under.shape != over.shape:
        raise ValueError("there must be two rows of answers about the same criteria")
    if not (0 <= best < n and 0 <= worst < n):
        raise ValueError("the best and the worst must be among the criteria")
    if best == worst and n > 1:
        raise ValueError("the best and the worst must be two criteria")
    for each in range(n):
        for answer, pair in ((over[each], (best, each)), (under[each], (each, worst))):
            if np.isnan(answer):
                raise ComparisonRefused(ComparisonFault.MISSING, pair)
            if not 1 <= answer <= TOP_OF_SCALE:
                raise ComparisonRefused(ComparisonFault.BEYOND_SCALE, pair)
    for answers, each in ((over, best), (under, worst)):
        if answers[each] != 1:
            raise ComparisonRefused(ComparisonFault.NOT_ONE_TO_ITSELF, (each, each))
    if over[worst] != under[best]:
        raise ComparisonRefused(ComparisonFault.NOT_RECIPROCAL, (best, worst))
    for each in range(n):
        if over[each] > over[worst]:
            raise ComparisonRefused(ComparisonFault.BEYOND_SCALE, (best, each))
        if under[each] > under[best]:
            raise ComparisonRefused(ComparisonFault.BEYOND_SCALE, (each, worst))


def _solve(best: int, worst: int, over: FloatArray, under: FloatArray) -> tuple[FloatArray, float]:
    """The weights with the smallest xi, and xi.

    They are the only ones: seen with xi held at one, they are what makes the sum of the weights largest. Every
    other weight has an upper limit that rises with best or with worst, and every limit on best rises with worst
    and the other way round; so there is no direction in which the sum stays the same.
    """
    import highspy  # a tenth of a second, and only this method needs it

    n = len(over)
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("primal_feasibility_tolerance", _TOLERANCE),
        ("dual_feasibility_tolerance", _TOLERANCE),
    ):
        solver.setOptionValue(option, value)
    for _ in range(n):
        solver.addVar(0.0, 1.0)
    solver.addVar(0.0, highspy.kHighsInf)
    solver.changeColCost(n, 1.0)
    solver.addRow(1.0, 1.0, n, np.arange(n, dtype=np.int32), np.ones(n))
    answers = {(best, each, float(over[each])) for each in range(n) if each != best}
    answers |= {(each, worst, float(under[each])) for each in range(n) if each != worst}
    for first, second, ratio in sorted(answers):
        columns = np.array([first, second, n], dtype=np.int32)
        solver.addRow(-highspy.kHighsInf, 0.0, 3, columns, np.array([1.0, -ratio, -1.0]))
        solver.addRow(-highspy.kHighsInf, 0.0, 3, columns, np.array([-1.0, ratio, -1.0]))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ArithmeticError("the linear programme of the best-worst method was not solved")
    solution = np.array(solver.getSolution().col_value)
    deviation = float(solution[n])
    return np.maximum(solution[:n], 0.0), deviation if deviation > 10 * _TOLERANCE else 0.0
