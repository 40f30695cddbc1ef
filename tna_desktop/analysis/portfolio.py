"""Choosing under a budget: which options together are worth most for the money, when some need or exclude others.

A 0/1 programme, solved to a proved optimum by HiGHS (Huangfu and Hall, Mathematical Programming Computation 10 (2018)
119-142). The problem is the knapsack problem with side conditions, as in Kellerer, Pferschy and Pisinger, *Knapsack
Problems* (2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .weights import FloatArray

#: Sums of costs this close, as a share of the budget, are equal: money is kept in binary fractions.
SAME = 1e-9


@dataclass(frozen=True)
class Portfolio:
    """The best choice. ``chosen``: the options, from zero, in order. ``value``: the sum of their values. ``costs``: what
    they use of each budget. ``gap``: by how much of one the best value may still be higher; 0 where it is proved."""

    chosen: tuple[int, ...]
    value: float
    costs: tuple[float, ...]
    gap: float


def best_portfolio(
    values: ArrayLike,
    costs: ArrayLike,
    budgets: ArrayLike,
    needs: Sequence[tuple[int, int]] = (),
    excludes: Sequence[tuple[int, int]] = (),
    groups: Sequence[object] = (),
    least_per_group: int = 0,
    seconds: float = 10.0,
) -> Portfolio | None:
    """The options that are worth most together within the budgets; None where nothing meets all conditions.

    ``values``: n numbers >= 0 of any unit. ``costs``: n numbers >= 0 for one budget, or k x n for ``budgets``, k numbers
    >= 0 in the units of the costs. ``needs``: (option, the one it cannot do without). ``excludes``: pairs of which one
    at most may be chosen. ``groups``: n names; of each at least ``least_per_group`` must be chosen. The search ends
    after ``seconds``, and ``gap`` then says how far the best value found may be from the best one there is; None then
    means that nothing was found in that time. Raises ValueError for shapes that do not fit, numbers below zero or
    unknown ones: an unknown cost is not a cost of zero.
    """
    V, C, B = _checked(values, costs, budgets)
    members: dict[object, list[int]] = {}
    for option, name in enumerate(groups):
        members.setdefault(name, []).append(option)
    if groups and len(groups) != V.size:
        raise ValueError("every option is in one group")
    if any(not (0 <= one < V.size and 0 <= other < V.size) for one, other in (*needs, *excludes)):
        raise ValueError("needs and exclusions are pairs of options, counted from zero")
    if not V.size:
        return Portfolio((), 0.0, tuple(0.0 for _ in B), 0.0)

    rows: list[tuple[float, float, list[int], list[float]]] = []
    most = np.inf
    for cost, budget in zip(C, B, strict=True):
        # As shares of the budget, so that riels and billions are the same to the solver.
        unit = budget or float(cost.max()) or 1.0
        rows.append((-most, budget / unit + SAME, list(range(V.size)), (cost / unit).tolist()))
    rows += [(-most, 0.0, [one, other], [1.0, -1.0]) for one, other in needs if one != other]
    rows += [(-most, 1.0, [one, other], [1.0, 1.0]) for one, other in excludes if one != other]
    rows += [(float(least_per_group), most, each, [1.0] * len(each)) for each in members.values() if least_per_group]
    barred = {one for one, other in excludes if one == other}
    found = _solve(V / (V.max() or 1.0), rows, barred, seconds)
    if found is None:
        return None
    chosen, gap = found
    return Portfolio(
        tuple(chosen), float(V[chosen].sum()), tuple(float(cost[chosen].sum()) for cost in C), gap
    )  # fmt: skip


def _checked(values: ArrayLike, costs: ArrayLike, budgets: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    V, C, B = np.array(values, dtype=float), np.atleast_2d(np.array(costs, dtype=float)), np.atleast_1d(
        np.array(budgets, dtype=float)
    )  # fmt: skip
    if V.ndim != 1 or B.ndim != 1 or C.shape != (B.size, V.size):
        raise ValueError("there must be one value for each option, and one cost for each option and budget")
    if any(not np.isfinite(each).all() or (each < 0).any() for each in (V, C, B)):
        raise ValueError("values, costs and budgets must be known and not below zero")
    return V, C, B


def _solve(
    values: FloatArray, rows: list[tuple[float, float, list[int], list[float]]], barred: set[int], seconds: float
) -> tuple[list[int], float] | None:
    import highspy  # a tenth of a second, and few sessions ask this question

    solver = highspy.Highs()
    for name, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", seconds)):
        solver.setOptionValue(name, setting)
    for option, value in enumerate(values.tolist()):
        solver.addVar(0.0, 0.0 if option in barred else 1.0)
        solver.changeColCost(option, -value)
        solver.changeColIntegrality(option, highspy.HighsVarType.kInteger)
    for low, high, columns, factors in rows:
        bounds = (max(low, -highspy.kHighsInf), min(high, highspy.kHighsInf))
        solver.addRow(*bounds, len(columns), np.array(columns, dtype=np.int32), np.array(factors))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    taken = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5).tolist()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return taken, 0.0 if proved else float(max(info.mip_gap, 0.0))
