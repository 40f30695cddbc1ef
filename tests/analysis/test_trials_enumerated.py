"""The trials against a slow plain count of every single one, on small tables with all that can happen to a table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.values import piecewise
from tna_desktop.analysis.weight_space import AnyWeights, WeightsAround, WeightsInOrder, WeightsWithin

TRIALS = 300
UNKNOWN = float("nan")


def one_by_one(values, applies, weights):
    """Shares of places, of pairs and central weights, trial by trial in plain words; close values are equal."""
    m, n = values.shape
    places, better = np.zeros((m, m)), np.zeros((m, m))
    first: list[list[np.ndarray]] = [[] for _ in range(m)]
    for drawn in weights:
        shares = [np.where(row, drawn, 0.0) / drawn[row].sum() for row in applies]
        sums = [float(np.where(row, v, 0.0) @ w) for row, v, w in zip(applies, values, shares, strict=True)]
        same = 1e-11 * max(abs(v) for v in values[applies])
        for one in range(m):
            above = [other for other in range(m) if sums[other] > sums[one] + same]
            places[one, len(above)] += 1
            better[above, one] += 1
            if not above:
                first[one].append(drawn / drawn.sum())
    central = [np.mean(each, axis=0) if each else np.full(n, np.nan) for each in first]
    return places / len(weights), better / len(weights), np.array(central)


@st.composite
def problems(draw):
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    unit = draw(st.sampled_from([1e-200, 1e-6, 1.0, 1e8, 1e200]))
    cell = st.integers(-2, 4)
    rows = draw(st.lists(st.tuples(*[cell] * n), min_size=m, max_size=m))
    values = np.array(rows, dtype=float) * unit
    applies = np.array(
        draw(st.lists(st.tuples(*[st.sampled_from([True, True, True, False])] * n), min_size=m, max_size=m))
    )
    agreed = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any))
    space = draw(
        st.sampled_from(
            [
                AnyWeights(n),
                WeightsInOrder(tuple(range(1, n + 1))),
                WeightsAround(agreed, 0.3),
                WeightsAround(agreed, 0.0),
                WeightsWithin([0.0] * n, [1.0] * n),
            ]
        )
    )
    for row in applies:
        if not (row & space.counting).any():
            row[:] = True
    return values, applies, space


@given(problems(), st.integers(0, 50))
@settings(deadline=None, max_examples=150)
def test_counting_all_at_once_is_counting_one_by_one(problem, seed):
    values, applies, space = problem
    found = smaa2(values, space, applicable=applies, trials=TRIALS, seed=seed, pairwise=True)
    weights = space.draw(np.random.Generator(np.random.SFC64([seed, 0])), TRIALS)
    places, better, central = one_by_one(values, applies & space.counting, weights)
    np.testing.assert_allclose(found.rank_acceptability, places, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.pairwise, better, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.central_weights, central, rtol=0, atol=1e-9)


def test_equal_where_something_does_not_apply_shares_its_place():
    # Both are worth 60 whatever the weights: nobody is better, whoever was entered first.
    for order in ([0, 1], [1, 0]):
        values, applies = np.array([[60.0, 0.0], [60.0, 60.0]])[order], np.array([[True, False], [True, True]])[order]
        found = smaa2(values, AnyWeights(2), applicable=applies, trials=1_000, pairwise=True)
        assert found.rank_acceptability.tolist() == [[1, 0], [1, 0]]
        assert found.pairwise.tolist() == [[0, 0], [0, 0]]
        assert found.central_weights[0].tolist() == pytest.approx(found.central_weights[1].tolist())


def test_ranges_on_the_level_part_of_a_value_function_are_equal():
    # Worth 100 from 5 on: 6..9 and 7..8 are both worth 100 in every trial; 3..8 is in 60 of 100.
    level = piecewise([0, 5, 5.000001, 10], [0, 0, 100, 100])
    found = smaa2(
        [[UNKNOWN], [UNKNOWN], [UNKNOWN]], AnyWeights(1), low=[[6], [7], [3]], high=[[9], [8], [8]], worth=[level],
        trials=20_000, pairwise=True,
    )  # fmt: skip
    assert found.rank_acceptability[:2].tolist() == [[1, 0, 0]] * 2
    assert found.pairwise[:2, :2].tolist() == [[0, 0], [0, 0]]
    assert found.rank_acceptability[2].tolist() == pytest.approx([0.6, 0, 0.4], abs=0.015)


@pytest.mark.parametrize("peak", [0, 10, 35, 50, 80, 100])
def test_a_range_follows_the_triangle_at_every_part_of_it(peak):
    # Against exact values at each tenth: how often it is below x is x^2 / 100 peak up to the peak, and so from above.
    marks = np.arange(10.0, 100.0, 10.0)
    values = np.append(marks, peak)[:, np.newaxis]
    low, high = (np.append(np.full(9, UNKNOWN), end)[:, np.newaxis] for end in (0, 100))
    found = smaa2(values, AnyWeights(1), low=low, high=high, trials=100_000, pairwise=True)
    below = [x * x / (100 * peak) if x < peak else 1 - (100 - x) ** 2 / (100 * (100 - peak)) for x in marks]
    np.testing.assert_allclose(found.pairwise[:9, 9], below, rtol=0, atol=4 * found.largest_standard_error)


def test_many_ranges_and_a_single_one_among_exact_values_have_the_mean_and_spread_of_the_triangle():
    # A sum of twelve triangular values against its normal limit: mean (a + b + c) / 3, variance
    # (a a + b b + c c - a b - a c - b c) / 18 each.
    a, c, b = 10.0, 30.0, 90.0
    mean, variance = (a + b + c) / 3, (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    marks = mean + np.sqrt(variance / 12) * np.array([-1.0, 0.0, 1.0])
    values = np.vstack([np.tile(marks[:, np.newaxis], 12), np.full(12, c)])
    low, high = (np.vstack([np.full((3, 12), UNKNOWN), np.full(12, end)]) for end in (a, b))
    found = smaa2(values, WeightsAround([1] * 12, 0.0), low=low, high=high, trials=40_000, pairwise=True)
    assert found.pairwise[:3, 3].tolist() == pytest.approx([0.1587, 0.5, 0.8413], abs=0.02)
