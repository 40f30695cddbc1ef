"""Dominance, who can be first at all, and missing facts: by hand and against trying."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis.dominance import CanBeFirst, can_be_first, dominates, missing_facts
from tna_desktop.analysis.ranking import weighted_sum

UNKNOWN = float("nan")
YES, NO, OPEN = CanBeFirst.YES, CanBeFirst.NO, CanBeFirst.OPEN


def test_dominance_by_hand():
    assert dominates([[3, 3], [3, 2], [4, 1], [3, 3]]).tolist() == [
        [False, True, False, False],
        [False, False, False, False],
        [False, False, False, False],
        [False, True, False, False],
    ]


def test_ranges_dominate_only_when_sure():
    low, high = [[5, 5], [1, 1], [4, 1]], [[6, 6], [5, 4], [9, 2]]
    assert dominates(low, high).tolist() == [[False, True, False], [False] * 3, [False] * 3]
    infinite = float("inf")
    assert not dominates([[9, 9], [1, -infinite]], [[9, 9], [1, infinite]])[0, 1]


def test_a_criterion_without_weight_has_no_part():
    assert dominates([[3, 0], [2, 9]], counts=[True, False]).tolist() == [[False, True], [False, False]]


def test_who_can_be_first_by_hand():
    # The third is dominated by nobody, but never first between the two: it lies below the line that joins them.
    assert can_be_first([[1, 0], [0, 1], [0.4, 0.4]]) == (YES, YES, NO)
    assert can_be_first([[1, 0], [0, 1], [0.6, 0.6]]) == (YES, YES, YES)
    assert can_be_first([[1, 0], [0, 1], [0.5, 0.5]]) == (YES, YES, YES)


def test_three_criteria_leave_some_open_until_a_weight_is_found():
    values = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.4, 0.4, 0.4], [0, 0, 0]]
    assert can_be_first(values) == (YES, YES, YES, OPEN, NO)
    assert can_be_first(values, tried=[[1, 1, 1]])[3] is YES
    assert can_be_first([[2, 2, 2], [1, 1, 1]]) == (YES, NO)


def test_only_the_weights_thought_possible_count():
    # The first criterion has half of the weight or more.
    assert can_be_first([[1, 0], [0, 0.9]], corners=[[1, 0], [0.5, 0.5]]) == (YES, NO)


def test_missing_facts_by_hand():
    # 80 for sure; 45 to 95; 10 to 60, which never reaches 80.
    facts = missing_facts([[80, 80], [90, UNKNOWN], [20, UNKNOWN]], [1, 1])
    assert [(fact.technology, fact.criterion) for fact in facts] == [(1, 1), (2, 1)]
    assert [fact.swing for fact in facts] == [50, 50]
    # The second is at most 95 and 15 above 80, at least 45 and 35 behind it: at most 15 can be lost.
    assert [fact.at_stake for fact in facts] == [pytest.approx(15), 0]


def test_a_missing_fact_about_a_sure_winner_or_without_weight_decides_nothing():
    assert missing_facts([[100, UNKNOWN], [10, 0]], [1, 1])[0].at_stake == 0
    assert missing_facts([[UNKNOWN, 5], [10, 0]], [0, 1]) == ()
    assert missing_facts([[UNKNOWN, 5]], [1, 1])[0].at_stake == 0
    assert missing_facts([[UNKNOWN, 5], [3, 4]], [1, 1], [[False, True], [True, True]]) == ()


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: dominates([[UNKNOWN]]),
        lambda: dominates([[2]], [[1]]),
        lambda: dominates([[2]], counts=[True, False]),
        lambda: can_be_first([[UNKNOWN]]),
        lambda: can_be_first([[1]], corners=[[1, 2]]),
        lambda: missing_facts([[101]], [1]),
        lambda: missing_facts([[1, 2]], [1]),
    ],
)
def test_what_cannot_be_meant_is_refused(mistake):
    with pytest.raises(ValueError):
        mistake()


TABLE = arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 3)), elements=st.integers(0, 6).map(float))


@given(TABLE)
@settings(deadline=None)
def test_answers_agree_with_many_weights(values):
    n = values.shape[1]
    weights = np.random.default_rng(1).dirichlet(np.ones(n), 300)
    sums = values @ weights.T
    first = (sums >= sums.max(axis=0) - 1e-12).any(axis=1)
    for technology, answer in enumerate(can_be_first(values)):
        assert not (answer is NO and first[technology])
        assert n > 2 or answer is not OPEN
    beaten = dominates(values)
    for one, other in np.argwhere(beaten):
        assert (sums[one] >= sums[other] - 1e-12).all()


@given(TABLE.filter(lambda table: table.shape[1] == 2))
@settings(deadline=None)
def test_two_criteria_are_answered_exactly(values):
    # Between neighbouring crossings nothing changes, so trying every crossing and every middle is exact.
    at = {0.0, 1.0}
    for one in values:
        for other in values:
            change = (one - other)[0] - (one - other)[1]
            if change:
                at.add(float(-(one - other)[1] / change))
    points = sorted(t for t in at if 0 <= t <= 1)
    points += [(a + b) / 2 for a, b in zip(points, points[1:], strict=False)]
    sums = values @ np.array([[t, 1 - t] for t in points]).T
    first = (sums >= sums.max(axis=0) - 1e-9).any(axis=1)
    assert [answer is YES for answer in can_be_first(values)] == first.tolist()


@given(arrays.arrays(float, (3, 2), elements=st.sampled_from([0.0, 20.0, 50.0, 80.0, 100.0, UNKNOWN])), st.randoms())
def test_what_is_not_at_stake_never_changes_who_is_first(points, chance):
    facts = missing_facts(points, [2, 1])
    for fact in facts:
        if fact.at_stake > 0:
            continue
        filled = np.where(
            np.isnan(points),
            np.array([[chance.choice([0.0, 40.0, 100.0]) for _ in range(2)] for _ in range(3)]),
            points,
        )
        best = []
        for answer in (0.0, 100.0):
            filled[fact.technology, fact.criterion] = answer
            values = weighted_sum(filled, [0, 0], [100, 100], [1, 1], [2, 1]).values
            best.append(values[fact.technology] >= np.delete(values, fact.technology).max() - 1e-9)
            strictly = values[fact.technology] > np.delete(values, fact.technology).max() + 1e-9
            best[-1] = (bool(best[-1]), bool(strictly))
        # It may at most come to share first place or stop sharing it, never take it or lose it.
        assert not (best[0] == (False, False) and best[1] == (True, True))
