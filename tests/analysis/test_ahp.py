"""Ratios of scores, against Belton and Gear's published example and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tna_desktop.analysis.ahp import Mode, priorities, shares
from tna_desktop.analysis.weights import NoWeights

#: Belton and Gear (1983): three criteria of equal weight; the ratios of three technologies on each.
BELTON_GEAR = [[1, 9, 8], [9, 1, 9], [1, 1, 1]]
MORE = [1, 1, 1]


def test_belton_and_gear_the_published_priorities_and_the_reversal_by_a_copy():
    before = priorities(BELTON_GEAR, MORE, [1, 1, 1], Mode.DISTRIBUTIVE)
    assert np.round(before.priorities, 2).tolist() == [0.45, 0.47, 0.08]
    assert before.rank == (2, 1, 3)
    # A copy of the second technology joins: published as 0.37, 0.29, 0.06, 0.29.
    after = priorities([*BELTON_GEAR, BELTON_GEAR[1]], MORE, [1, 1, 1], Mode.DISTRIBUTIVE)
    assert np.round(after.priorities, 2).tolist() == [0.37, 0.29, 0.06, 0.29]
    assert after.rank == (1, 2, 4, 2) and after.tied == (False, True, False, True)


def test_in_the_ideal_mode_a_copy_turns_nothing():
    before = priorities(BELTON_GEAR, MORE, [1, 1, 1])
    # By hand: (1/9 + 1 + 8/9) / 3, (1 + 1/9 + 1) / 3, (1/9 + 1/9 + 1/9) / 3.
    assert before.values == pytest.approx([2 / 3, 19 / 27, 1 / 9])
    assert sum(before.priorities) == pytest.approx(1)
    after = priorities([*BELTON_GEAR, BELTON_GEAR[1]], MORE, [1, 1, 1])
    assert after.values[:3] == pytest.approx(before.values)
    assert after.rank == (3, 1, 4, 1)


def test_a_cost_counts_by_its_reciprocal():
    # 100, 200 and 400: the cheapest through each is 1, 1/2, 1/4; as shares 4/7, 2/7, 1/7.
    costs = [[100], [200], [400]]
    assert priorities(costs, [-1], [1]).values == pytest.approx([1, 0.5, 0.25])
    assert priorities(costs, [-1], [1], Mode.DISTRIBUTIVE).values == pytest.approx([4 / 7, 2 / 7, 1 / 7])


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("unit", [1e-200, 1e-3, 7.0, 1e300])
def test_another_unit_changes_nothing(mode, unit):
    table = np.array([[3.0, 40], [2, 10], [5, 70]])
    direction, weights = [1, -1], [2, 1]
    here, there = (priorities(table * by, direction, weights, mode) for by in (1.0, [unit, 1.0]))
    assert there.values == pytest.approx(here.values, rel=1e-12)
    assert there.rank == here.rank


@pytest.mark.parametrize("mode", Mode)
def test_who_is_better_everywhere_is_before(mode):
    chance = np.random.default_rng(5)
    for _ in range(50):
        table = chance.uniform(1, 9, (6, 4))
        direction, weights = chance.choice([1, -1], 4), chance.uniform(0.1, 1, 4)
        better = table[0] * np.where(direction > 0, 1.1, 0.9)
        found = priorities(np.vstack([table, better]), direction, weights, mode)
        assert found.rank[-1] < found.rank[0]
        turned = priorities(np.vstack([table, better])[::-1], direction, weights, mode)
        assert turned.rank == found.rank[::-1]


def test_an_unknown_score_has_no_value_and_moves_nobody():
    found = priorities([[4, 2], [8, np.nan], [2, 4]], [1, 1], [1, 1])
    assert np.isnan(found.values[1]) and found.rank == (1, None, 1)
    # 8 takes no part: the best known by all is 4.
    assert found.values[[0, 2]] == pytest.approx([0.75, 0.75])
    assert priorities([[4, 2], [8, np.nan]], [1, 1], [1, 0]).rank == (2, 1)


def test_who_shares_a_criterion_with_few_does_not_win_by_that():
    # Alike on the first criterion; the second applies to the first technology alone: its mean share is a third.
    applies = np.array([[True, True], [True, False], [True, False]])
    table = [[5, 2], [5, np.nan], [5, np.nan]]
    found = priorities(table, [1, 1], [1, 1], Mode.DISTRIBUTIVE, applies)
    assert found.values == pytest.approx([1 / 3, 1 / 3, 1 / 3]) and found.rank == (1, 1, 1)


def test_a_column_of_nothing_separates_nobody():
    assert shares([[0], [0]], [1]).tolist() == [[1], [1]]
    assert shares([[0], [0]], [1], Mode.DISTRIBUTIVE).tolist() == [[0.5], [0.5]]
    assert shares([[0], [4]], [1]).tolist() == [[0], [1]]
    assert priorities([[3]], [1], [1]).values.tolist() == [1]


@pytest.mark.parametrize(
    ("scores", "direction"),
    [([[-1], [2]], [1]), ([[0], [2]], [-1]), ([[np.inf], [2]], [1]), ([[1], [2]], [0]), ([[1], [2]], [1, 1])],
)
def test_what_has_no_ratios_is_refused(scores, direction):
    with pytest.raises(ValueError):
        priorities(scores, direction, [1])


def test_without_weights_there_is_nothing_to_say():
    with pytest.raises(NoWeights):
        priorities([[1], [2]], [1], [0])
