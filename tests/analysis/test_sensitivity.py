"""What overturns first place: the published exact crossovers, small tables by hand, and trying instead of solving."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis.sensitivity import one_way, smallest_score_change, smallest_weight_shift
from tna_desktop.analysis.weights import NoWeights

CASE = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda" / "sensitivity_oneway_crossovers_3x3.json"
# The same table by hand, for where the published one is absent.
VALUES, WEIGHTS = [[0.9, 0.2, 0.5], [0.5, 0.8, 0.4], [0.3, 0.6, 0.9]], [0.5, 0.3, 0.2]


def at(values, weights, criterion, weight, applicable=None):
    """The values with one weight set and the others in proportion."""
    V, w = np.array(values, dtype=float), np.array(weights, dtype=float) / np.sum(weights)
    A = np.ones(V.shape) if applicable is None else np.array(applicable, dtype=float)
    rest = np.delete(w, criterion).sum()
    changed = w * (1 - weight) / rest if rest > 0 else np.full(w.size, (1 - weight) / (w.size - 1))
    changed[criterion] = weight
    with np.errstate(invalid="ignore"):
        return ((A * V) @ changed) / (A @ changed)


def test_published_crossovers():
    if not CASE.exists():
        pytest.skip("the published cases are not beside this checkout")
    case = json.loads(CASE.read_text(encoding="utf-8"))
    found = one_way(case["inputs"]["values"], case["inputs"]["weights"])
    assert found.values.tolist() == pytest.approx(case["expected"]["base_scores"], abs=case["tolerance"])
    expected = [(each["criterion"], *each["pair"], each["weight"]) for each in case["expected"]["crossovers"]]
    ours = zip(found.criterion.tolist(), *found.pair.T.tolist(), found.weight.tolist(), strict=True)
    for mine, published in zip(ours, expected, strict=True):
        assert mine == pytest.approx(published, abs=case["tolerance"])


def test_published_analytic_crossover():
    path = CASE.with_name("smaa_exact_2x2_analytic.json")
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    case = json.loads(path.read_text(encoding="utf-8"))
    found = one_way(case["inputs"]["values"], [1, 1])
    assert found.weight[found.criterion == 0].tolist() == pytest.approx([case["expected"]["crossover_w1"]], abs=1e-12)


def test_stability_of_first_place_by_hand():
    found = one_way(VALUES, WEIGHTS)
    assert found.first == (0,)
    assert found.low.tolist() == pytest.approx([4 / 9, 0, 0]) and found.high.tolist() == pytest.approx(
        [1, 11 / 32, 9 / 25]
    )
    assert found.challenger_below.tolist() == [1, -1, -1] and found.challenger_above.tolist() == [-1, 1, 2]
    assert found.order_high.tolist() == pytest.approx([1, 11 / 32, 2 / 7])
    change = found.smallest_change
    assert change is not None and (change.criterion, change.challenger) == (1, 1)
    assert (change.now, change.to) == (pytest.approx(0.3), pytest.approx(11 / 32))


def test_the_least_weight_to_move_by_hand():
    # 0.04 apart. Of the leader's lead over the second, 0.4 on the first criterion and -0.6 on the second: 0.04 weight.
    shift = smallest_weight_shift(VALUES, WEIGHTS)
    assert shift is not None and shift.challenger == 1 and shift.moved == pytest.approx(0.04)
    assert shift.weights.tolist() == pytest.approx([0.46, 0.34, 0.2])
    assert smallest_weight_shift([[1, 1], [0, 0]], [1, 1]) is None


def test_the_smallest_score_change_by_hand():
    # 0.04 apart; the first criterion has half of the weight, so 0.08 there is enough.
    change = smallest_score_change(VALUES, WEIGHTS, 0, 1)
    assert change is not None and (change.technology, change.criterion, change.challenger) == (0, 0, 1)
    assert change.to == pytest.approx(0.82)
    # With no room left below for the leader, the challenger has to rise.
    up = smallest_score_change([[50, 50], [0, 90]], [1, 1], low=50)
    assert up is not None and (up.technology, up.leader, up.challenger) == (1, 0, 1) and up.to == pytest.approx(10)
    assert smallest_score_change([[100, 100], [0, 0]], [1, 1]) is None
    assert smallest_score_change([[100, 100]], [1, 1]) is None


def test_a_shared_first_place_is_overturned_by_the_smallest_change():
    found = one_way([[1, 0], [0, 1], [0, 0]], [1, 1])
    assert found.first == (0, 1) and found.low.tolist() == found.high.tolist() == [0.5, 0.5]
    assert found.challenger_above.tolist() == [0, 1]
    assert smallest_weight_shift([[1, 0], [0, 1]], [1, 1]).moved == 0
    assert smallest_score_change([[1, 0], [0, 1]], [1, 1]).now == 1


def test_equal_technologies_stay_first_together():
    found = one_way([[1, 0.5], [1, 0.5], [0, 1]], [1, 1])
    assert found.first == (0, 1)
    assert found.low.tolist() == pytest.approx([1 / 3, 0]) and found.high.tolist() == pytest.approx([1, 2 / 3])
    assert (0, 1) not in {tuple(pair) for pair in found.pair.tolist()}


def test_one_criterion_one_technology_and_all_the_weight_on_one():
    assert one_way([[1], [2]], [1]).weight.size == 0
    assert one_way([[1, 2]], [1, 1]).high.tolist() == [1, 1]
    found = one_way([[1, 0, 0], [0, 1, 1]], [1, 0, 0])
    assert found.low[0] == pytest.approx(0.5) and found.high[1] == pytest.approx(0.5)


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(NoWeights):
        one_way([[1, 2]], [0, 0])
    for mistake in (([[1, 2]], [1]), ([[float("nan")]], [1]), ([[1, 2]], [1, 0], [[False, True]])):
        with pytest.raises(ValueError):
            one_way(*mistake)


@st.composite
def tables(draw):
    m, n = draw(st.integers(1, 5)), draw(st.integers(2, 4))
    values = draw(arrays.arrays(float, (m, n), elements=st.integers(0, 10).map(float)))
    weights = draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    applies = draw(arrays.arrays(bool, (m, n), elements=st.sampled_from([True, True, True, False])))
    applies[:, 0] = True
    return values, weights, applies


@given(tables())
@settings(deadline=None)
def test_every_crossover_is_one_and_none_is_missing(table):
    values, weights, applies = table
    n = len(weights)
    found = one_way(values, weights, applies)
    for criterion, (one, two), weight in zip(found.criterion, found.pair, found.weight, strict=True):
        if 0 < weight < 1:
            sums = at(values, weights, criterion, weight, applies)
            assert sums[one] == pytest.approx(sums[two], abs=1e-8)
    # Where the sign of a difference changes between two grid points, there is a crossover between them.
    grid = np.linspace(0.003, 0.997, 41)
    for criterion in range(n):
        sums = np.array([at(values, weights, criterion, t, applies) for t in grid])
        for one, two in combinations(range(len(values)), 2):
            apart = sums[:, one] - sums[:, two]
            for k in range(len(grid) - 1):
                if apart[k] * apart[k + 1] < -1e-12:
                    mine = (found.criterion == criterion) & (found.pair == (one, two)).all(axis=1)
                    assert ((found.weight[mine] >= grid[k]) & (found.weight[mine] <= grid[k + 1])).any()


@given(tables())
@settings(deadline=None)
def test_first_place_is_the_same_inside_the_interval_and_another_just_outside(table):
    values, weights, applies = table
    found = one_way(values, weights, applies)
    if len(found.first) != 1:
        return
    leader = found.first[0]
    for criterion in range(len(weights)):
        low, high = found.low[criterion], found.high[criterion]
        assert low <= found.weights[criterion] <= high
        for inside in np.linspace(low, high, 7)[1:-1]:
            sums = at(values, weights, criterion, inside, applies)
            assert sums[leader] >= sums.max() - 1e-9
        for end, who in ((low, found.challenger_below[criterion]), (high, found.challenger_above[criterion])):
            if who >= 0:
                sums = at(values, weights, criterion, end, applies)
                assert sums[leader] == pytest.approx(sums[who], abs=1e-8)


@given(tables())
@settings(deadline=None)
def test_the_least_shift_is_never_above_the_change_of_one_weight(table):
    values, weights, _ = table
    found, shift = one_way(values, weights), smallest_weight_shift(values, weights)
    if shift is None:
        assert found.smallest_change is None
        return
    assert shift.weights.sum() == pytest.approx(1) and (shift.weights >= -1e-12).all()
    sums = values @ shift.weights
    leader = found.first[0]
    assert sums[shift.challenger] >= sums[leader] - 1e-8 or len(found.first) > 1
    if found.smallest_change is not None:
        assert shift.moved <= abs(found.smallest_change.to - found.smallest_change.now) + 1e-9


@given(tables())
@settings(deadline=None)
def test_no_smaller_score_change_is_enough(table):
    values, weights, applies = table
    change = smallest_score_change(values, weights, 0, 10, applies)
    if change is None:
        return
    assert 0 <= change.to <= 10

    def sums(step):
        changed = values.copy()
        changed[change.technology, change.criterion] += step
        return ((changed * applies) @ weights) / (applies @ np.array(weights))

    full = change.to - change.now
    assert sums(full)[change.leader] == pytest.approx(sums(full)[change.challenger], abs=1e-8)
    if abs(full) > 1e-6:
        assert sums(0.99 * full).argmax() == change.leader
