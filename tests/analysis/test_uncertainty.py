"""Shares of trials against published and exact ones, given trials, enumeration, and laws that always hold."""

import json
from itertools import permutations
from math import factorial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis.uncertainty import of_trials, smaa2
from tna_desktop.analysis.values import linear, piecewise
from tna_desktop.analysis.weight_space import AnyWeights, WeightsAround, WeightsInOrder, WeightsWithin
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / name
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def close(found, expected, tolerance):
    np.testing.assert_allclose(found, np.array(expected, dtype=float), rtol=0, atol=tolerance)


# Published and exact


def test_given_trials_with_ties_and_a_dominated_technology():
    case = published("smaa2_fixed_samples_rsmaa.json")
    found, expected = of_trials(case["inputs"]["measurements"], case["inputs"]["weights"]), case["expected"]
    close(found.rank_acceptability, expected["rank_acceptability"], case["tolerance"])
    close(found.central_weights, expected["central_weights"], case["tolerance"])
    close(found.confidence, expected["confidence_factor"], case["tolerance"])
    close(found.pairwise, expected["pairwise_winning"], case["tolerance"])


def test_exact_acceptability_of_two_by_two():
    case = published("smaa_exact_2x2_analytic.json")
    found = smaa2(case["inputs"]["values"], AnyWeights(2), trials=400_000, confidence=True)
    close(found.rank_acceptability[:, 0], case["expected"]["acceptability"], case["tolerance"]["acceptability"])
    close(found.central_weights, case["expected"]["central_weights"], case["tolerance"]["central_weights"])
    assert found.confidence.tolist() == [1, 1]


def test_published_antidepressants():
    # Their scores are normal and lognormal; they are drawn here and handed over as given trials.
    case = published("smaa2_antidepressants_tervonen2011.json")
    given, generator, trials = case["inputs"], np.random.default_rng(5), 60_000
    values = np.empty((trials, 4, 6))
    for criterion, (kind, params, scale) in enumerate(
        zip(given["distributions"], given["params_mean_sd_by_criterion"], given["scales"], strict=True)
    ):
        for row, (mean, deviation) in enumerate(params):
            drawn = generator.normal(mean, deviation, trials)
            drawn = np.exp(drawn) if kind[row] == "lognormal" else drawn
            share = (drawn - scale[0]) / (scale[1] - scale[0])
            values[:, row, criterion] = share if given["directions"][criterion] > 0 else 1 - share
    found = of_trials(values, generator.standard_exponential((trials, 6)))
    for name, ours in (
        ("rank_acceptability", found.rank_acceptability),
        ("central_weights", found.central_weights),
        ("confidence_factor", found.confidence),
    ):
        close(ours, case["expected"][name], case["tolerance"][name])
        close(ours, case["high_precision_reference"][name], 0.008)
    close(found.pairwise, case["high_precision_reference"]["pairwise_winning"], 0.008)


def test_three_symmetric_technologies_share_all_places_by_symmetry():
    found = smaa2(np.eye(3) * 100, AnyWeights(3), trials=50_000, pairwise=True, confidence=True)
    close(found.rank_acceptability, np.full((3, 3), 1 / 3), 4 * found.largest_standard_error)
    close(found.pairwise, (1 - np.eye(3)) / 2, 4 * found.largest_standard_error)
    # The mean of the largest of three shares is 11/18.
    close(np.diag(found.central_weights), [11 / 18] * 3, 0.01)


def test_triangular_and_uniform_values_against_integrals():
    # One criterion: a value of 50 against ranges. P(triangular(0, 20, 100) > 50) = 50 * 50 / (100 * 80); uniform: a half.
    found = smaa2(
        [[50], [20]], AnyWeights(1), low=[[UNKNOWN], [0]], high=[[UNKNOWN], [100]], trials=100_000, pairwise=True
    )
    assert found.pairwise[1, 0] == pytest.approx(50 * 50 / 8000, abs=0.005)
    found = smaa2(
        [[50], [UNKNOWN]], AnyWeights(1), low=[[UNKNOWN], [20]], high=[[UNKNOWN], [80]], trials=100_000, pairwise=True
    )
    assert found.pairwise[1, 0] == pytest.approx(0.5, abs=0.006)
    # Both kinds in one column: the uniform one is above 50 half of the time, and the two are independent.
    found = smaa2(
        [[50], [UNKNOWN], [50]],
        AnyWeights(1),
        low=[[UNKNOWN], [20], [20]],
        high=[[UNKNOWN], [80], [80]],
        trials=100_000,
    )
    assert found.rank_acceptability[0].tolist() == pytest.approx([0.25, 0.5, 0.25], abs=0.006)


def test_confidence_is_how_often_it_is_first_with_its_own_central_weights():
    # One criterion: the central weight is 1, so confidence is the acceptability of first place.
    found = smaa2(
        [[50], [20]], AnyWeights(1), low=[[UNKNOWN], [0]], high=[[UNKNOWN], [100]], trials=20_000, confidence=True
    )
    close(found.confidence, found.rank_acceptability[:, 0], 1e-3)


# Weights


def drawn(space, count=40_000):
    weights = space.draw(np.random.Generator(np.random.SFC64(3)), count)
    return weights / weights.sum(axis=1, keepdims=True)


def test_any_weights_are_even_over_the_simplex():
    weights = drawn(AnyWeights(4))
    close(weights.mean(axis=0), [0.25] * 4, 0.005)
    close(weights.var(axis=0), [3 / 80] * 4, 0.002)  # (n - 1) / (n^2 (n + 1))


def test_weights_in_an_order_have_the_centroid_of_the_order():
    weights = drawn(WeightsInOrder((2, 1, 3)))
    assert (weights[:, 1] >= weights[:, 0]).all() and (weights[:, 0] >= weights[:, 2]).all()
    close(weights.mean(axis=0), [5 / 18, 11 / 18, 2 / 18], 0.005)
    shared = drawn(WeightsInOrder((1, 1, 2)))
    close(shared.mean(axis=0), [8 / 18, 8 / 18, 2 / 18], 0.005)
    assert 0.48 < (shared[:, 0] > shared[:, 1]).mean() < 0.52


@pytest.mark.parametrize(
    ("low", "high", "mean"),
    [
        ([0.1, 0.1, 0.1], [1, 1, 1], [1 / 3] * 3),
        ([0, 0, 0], [0.4, 0.4, 0.4], [1 / 3] * 3),
        ([0.3, 0, 0], [0.5, 1, 1], None),
        ([0.2, 0.3, 0.5], [0.2, 0.3, 0.5], [0.2, 0.3, 0.5]),
        ([0, 0.5, 0], [1, 0.5, 1], [0.25, 0.5, 0.25]),
    ],
)
def test_weights_between_limits_keep_them(low, high, mean):
    weights = drawn(WeightsWithin(low, high))
    assert (weights >= np.array(low) - 1e-9).all() and (weights <= np.array(high) + 1e-9).all()
    if mean is not None:
        close(weights.mean(axis=0), mean, 0.005)


def test_the_walk_between_limits_is_as_even_as_rejection():
    space = WeightsWithin([0.05, 0, 0.1, 0.2], [0.5, 0.6, 0.4, 0.45])
    exact, walked = drawn(space), space._walk(np.random.Generator(np.random.SFC64(4)), 40_000)
    close(walked.mean(axis=0), exact.mean(axis=0), 0.004)
    close(walked.std(axis=0), exact.std(axis=0), 0.004)
    close(np.quantile(walked, [0.1, 0.5, 0.9], axis=0), np.quantile(exact, [0.1, 0.5, 0.9], axis=0), 0.008)


def test_narrow_limits_around_many_weights_are_drawn_by_the_walk():
    low, high = np.full(20, 0.045), np.full(20, 0.055)
    weights = drawn(WeightsWithin(low, high), 2_000)
    assert (weights >= low - 1e-9).all() and (weights <= high + 1e-9).all()
    assert weights.std(axis=0).min() > 0.002


def test_weights_around_the_agreed_ones():
    weights = WeightsAround([5, 3, 2, 0], 0.2).draw(np.random.Generator(np.random.SFC64(3)), 10_000)
    assert (np.abs(weights - [0.5, 0.3, 0.2, 0]) <= np.array([0.1, 0.06, 0.04, 0]) + 1e-12).all()
    found = smaa2([[90, 10, 50, 0], [20, 80, 50, 100]], WeightsAround([5, 3, 2, 0], 0.2), trials=2_000)
    assert found.central_weights[0, 3] == 0 and found.rank_acceptability[0, 0] > 0.99


def test_without_a_spread_the_trials_are_the_ranking_itself():
    found = smaa2(
        [[40, 60], [60, 40], [10, 10]], WeightsAround([1, 1], 0), trials=1_000, pairwise=True, confidence=True
    )
    assert found.rank_acceptability.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.central_weights[:2].tolist() == [[0.5, 0.5]] * 2 and np.isnan(found.central_weights[2]).all()
    assert found.confidence[:2].tolist() == [1, 1] and np.isnan(found.confidence[2])
    assert found.pairwise.tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: AnyWeights(0),
        lambda: WeightsInOrder(()),
        lambda: WeightsWithin([0.6, 0.6], [1, 1]),
        lambda: WeightsWithin([0, 0], [0.4, 0.4]),
        lambda: WeightsWithin([0.5], [0.4]),
        lambda: WeightsAround([1], 1.5),
        lambda: smaa2([[1]], AnyWeights(1), trials=0),
        lambda: smaa2([[1, 2]], AnyWeights(1)),
        lambda: smaa2([[UNKNOWN]], AnyWeights(1)),
        lambda: smaa2([[5]], AnyWeights(1), low=[[6]], high=[[7]]),
        lambda: smaa2([[5]], AnyWeights(1), applicable=[[False]]),
        lambda: of_trials([[1]], [[0]]),
        lambda: of_trials([[UNKNOWN]], [[1]]),
    ],
)
def test_what_cannot_be_meant_is_refused(mistake):
    with pytest.raises(ValueError):
        mistake()


def test_agreed_weights_of_zero_are_said():
    with pytest.raises(NoWeights):
        WeightsAround([0, 0], 0.1)


# What a reader relies on


def test_the_same_seed_gives_the_same_trials_and_the_error_is_stated():
    values = np.random.default_rng(2).random((6, 4)) * 100
    one, again, other = (smaa2(values, AnyWeights(4), trials=3_000, seed=seed) for seed in (4, 4, 5))
    assert one.rank_acceptability.tolist() == again.rank_acceptability.tolist() != other.rank_acceptability.tolist()
    assert (one.trials, one.seed) == (3_000, 4)
    p = one.rank_acceptability
    close(one.standard_error, np.sqrt(p * (1 - p) / 3_000), 1e-15)
    assert one.standard_error.max() <= one.largest_standard_error == pytest.approx(0.5 / np.sqrt(3_000))
    close(p, other.rank_acceptability, 6 * one.largest_standard_error)


def test_equal_technologies_share_their_places():
    found = smaa2([[1, 2], [3, 1], [1, 2], [0, 0]], AnyWeights(2), trials=5_000, pairwise=True, confidence=True)
    assert found.rank_acceptability[0].tolist() == found.rank_acceptability[2].tolist()
    assert found.pairwise[0, 2] == found.pairwise[2, 0] == 0
    first = found.rank_acceptability[0, 0]
    # Where the two are first the other one is third; where it is first, they are both second.
    assert found.rank_acceptability[1].tolist() == pytest.approx([1 - first, 0, first, 0])
    assert found.rank_acceptability[3].tolist() == [0, 0, 0, 1]


def test_what_does_not_apply_is_left_out():
    # The second is judged on the first criterion alone: 60 whatever the weights. The first is above where w1 < 0.4.
    found = smaa2(
        [[0, 100], [60, 0]], AnyWeights(2), applicable=[[True, True], [True, False]], trials=50_000, confidence=True
    )
    assert found.rank_acceptability[0, 0] == pytest.approx(0.4, abs=0.01)
    assert found.confidence.tolist() == [1, 1]


def test_value_functions_are_applied_to_what_is_drawn():
    # Uniform between 0 and 10 with a value of x on 0..5 and 100 beyond: above 60 where x > 6 * 5 / 10 = 3.
    bent = piecewise([0, 5, 10], [0, 100, 100])
    found = smaa2(
        [[3], [UNKNOWN]],
        AnyWeights(1),
        low=[[UNKNOWN], [0]],
        high=[[UNKNOWN], [10]],
        worth=[bent],
        trials=50_000,
        pairwise=True,
    )
    assert found.pairwise[1, 0] == pytest.approx(0.7, abs=0.01)
    straight = smaa2([[3], [4]], AnyWeights(1), low=[[1], [2]], high=[[8], [9]], worth=[linear(0, 10)], trials=5_000)
    points = smaa2([[30], [40]], AnyWeights(1), low=[[10], [20]], high=[[80], [90]], trials=5_000)
    close(straight.rank_acceptability, points.rank_acceptability, 0.002)


def test_one_technology_and_one_criterion():
    found = smaa2([[7]], AnyWeights(1), trials=10, pairwise=True, confidence=True)
    assert found.rank_acceptability.tolist() == [[1]] and found.confidence.tolist() == [1]
    assert found.central_weights.tolist() == [[1]] and found.pairwise.tolist() == [[0]]


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e290])
def test_the_size_of_values_has_no_part(unit):
    values = np.random.default_rng(2).random((5, 3)) - 0.5
    for spread in (0, 0.25):
        plain, other = (
            smaa2(
                values * size, AnyWeights(3), low=(values - spread) * size, high=(values + spread) * size,
                trials=2_000, pairwise=True, confidence=True,
            )
            for size in (1, unit)
        )  # fmt: skip
        close(other.rank_acceptability, plain.rank_acceptability, 0.002)
        close(other.confidence, plain.confidence, 0.002)


def test_no_technologies_at_all():
    found = smaa2(np.zeros((0, 2)), AnyWeights(2), trials=10, confidence=True)
    assert found.rank_acceptability.shape == (0, 0) and found.confidence.size == 0


def test_more_technologies_than_fit_in_a_byte():
    values = np.arange(300, dtype=float)[:, np.newaxis] * [1, 1]
    found = smaa2(values, AnyWeights(2), trials=50)
    assert (found.rank_acceptability == np.eye(300)[::-1]).all()


TABLE = arrays.arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.integers(0, 6).map(float))


@given(TABLE, st.integers(0, 100))
@settings(deadline=None, max_examples=60)
def test_trials_by_whole_numbers_agree_with_counting_one_by_one(values, seed):
    m, n = values.shape
    trials = 700
    found = smaa2(values, AnyWeights(n), trials=trials, seed=seed, pairwise=True, confidence=True)
    weights = AnyWeights(n).draw(np.random.Generator(np.random.SFC64([seed, 0])), trials)
    given = of_trials(values, weights)
    close(found.rank_acceptability, given.rank_acceptability, 1e-12)
    close(found.central_weights, given.central_weights, 1e-9)
    close(found.pairwise, given.pairwise, 1e-12)
    close(found.confidence, given.confidence, 1e-12)
    close(found.rank_acceptability.sum(axis=1), np.ones(m), 1e-12)


@given(TABLE)
@settings(deadline=None, max_examples=40)
def test_dominance_is_never_violated(values):
    found = smaa2(values, AnyWeights(values.shape[1]), trials=400, pairwise=True)
    for one in range(len(values)):
        for other in range(len(values)):
            if (values[one] >= values[other]).all():
                assert found.pairwise[other, one] == 0
                assert found.rank_acceptability[one, 0] >= found.rank_acceptability[other, 0]


@given(TABLE, st.data())
@settings(deadline=None, max_examples=40)
def test_order_of_entry_and_scale_have_no_part(values, data):
    rows = data.draw(st.permutations(range(len(values))))
    plain = smaa2(values, AnyWeights(values.shape[1]), trials=400)
    other = smaa2(values[rows] * 8 + 3, AnyWeights(values.shape[1]), trials=400)
    close(other.rank_acceptability, plain.rank_acceptability[rows], 1e-12)


def test_exact_orders_of_single_strengths():
    # Each is best on its own criterion and equal elsewhere: all orders are equally likely.
    found = smaa2(np.eye(4) * 50 + 20, AnyWeights(4), trials=60_000, pairwise=True)
    share = np.zeros((4, 4))
    for order in permutations(range(4)):
        for place, technology in enumerate(order):
            share[technology, place] += 1 / factorial(4)
    close(found.rank_acceptability, share, 4 * found.largest_standard_error)
