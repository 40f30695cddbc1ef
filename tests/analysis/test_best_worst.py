"""The linear best-worst method against its author's example, small ones by hand, and laws that always hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna_desktop.analysis.best_worst import best_worst
from tna_desktop.analysis.pairwise import ComparisonFault, ComparisonRefused

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text())


def largest_difference(weights, best, worst, over, under):
    """What the linear model makes smallest, written down a second time."""
    first = np.abs(weights[best] - np.array(over) * weights)
    second = np.abs(weights - np.array(under) * weights[worst])
    return max(np.delete(first, best).max(), np.delete(second, worst).max())


# Published


def test_buying_a_car():
    case = published("bwm_linear_rezaei2016_ex1")
    inputs, expected = case["inputs"], case["expected"]
    outcome = best_worst(1, 4, inputs["best_to_others"], inputs["others_to_worst"])
    assert outcome.weights.tolist() == pytest.approx(expected["weights"], abs=case["tolerance"])
    assert outcome.deviation == pytest.approx(expected["xi"], abs=case["tolerance"])
    assert outcome.consistency_ratio == 0
    assert outcome.most_doubtful is None
    assert outcome.acceptable


def test_the_nonlinear_model_of_the_same_author_is_a_bound():
    # That case is of the other model, which makes the largest difference between ratios smallest (0.26). The
    # linear weights cannot have a smaller one, and put the criteria in the same order.
    case = published("bwm_nonlinear_rezaei2015")
    over, under = case["inputs"]["best_to_others"], case["inputs"]["others_to_worst"]
    weights = best_worst(2, 0, over, under).weights
    ratios = max(abs(weights[2] / weights[1] - 2), abs(weights[1] / weights[0] - 5), abs(weights[2] / weights[0] - 8))
    assert ratios >= case["expected"]["xi"] - case["tolerance"]
    assert np.argsort(weights).tolist() == np.argsort(case["expected"]["weights"]).tolist()


# By hand


def test_transport_by_the_linear_model():
    # Best c, worst a; c over b 2, b over a 5, c over a 8. All three differences are xi:
    # c - 2b = -xi, b - 5a = -xi, c - 8a = xi, a + b + c = 1, so a = 2/28, b = 9/28, c = 17/28, xi = 1/28.
    outcome = best_worst(2, 0, [8, 2, 1], [1, 5, 8])
    assert outcome.weights.tolist() == pytest.approx([2 / 28, 9 / 28, 17 / 28])
    assert outcome.deviation == pytest.approx(1 / 28)
    # |2 x 5 - 8| / (64 - 8); threshold for best over worst 8 and three criteria
    assert outcome.ratios.tolist() == pytest.approx([0, 2 / 56, 0])
    assert outcome.consistency_ratio == pytest.approx(2 / 56)
    assert outcome.threshold == 0.1309
    assert outcome.acceptable
    assert outcome.most_doubtful == 1
    assert outcome.fitting[1] == pytest.approx(8 / 5)


def test_a_contradiction_names_its_criterion():
    # Best over c is 9, although c is hardly less than worst-to-best 9: |9 x 9 - 9| / 72 = 1
    outcome = best_worst(0, 3, [1, 3, 9, 9], [9, 3, 9, 1])
    assert outcome.consistency_ratio == pytest.approx(1)
    assert outcome.most_doubtful == 2
    assert outcome.acceptable is False


def test_one_criterion_and_two():
    assert best_worst(0, 0, [1], [1]).weights.tolist() == [1]
    outcome = best_worst(1, 0, [4, 1], [1, 4])
    assert outcome.weights.tolist() == pytest.approx([0.2, 0.8])
    assert outcome.acceptable


def test_all_equal():
    outcome = best_worst(0, 2, [1, 1, 1], [1, 1, 1])
    assert outcome.weights.tolist() == pytest.approx([1 / 3] * 3)
    assert outcome.acceptable


def test_without_a_published_threshold_nothing_is_claimed():
    assert best_worst(0, 2, [1, 2, 4.5], [4.5, 3, 1]).acceptable is None
    twelve = best_worst(0, 11, [1, *[2] * 10, 9], [9, *[4] * 10, 1])
    assert twelve.threshold == 0.3662  # that of nine criteria


@pytest.mark.parametrize(
    ("best", "worst", "over", "under", "fault", "pair"),
    [
        (0, 2, [1, UNKNOWN, 4], [4, 2, 1], ComparisonFault.MISSING, (0, 1)),
        (0, 2, [1, 2, 4], [4, UNKNOWN, 1], ComparisonFault.MISSING, (1, 2)),
        (0, 2, [1, 0.5, 4], [4, 2, 1], ComparisonFault.BEYOND_SCALE, (0, 1)),
        (0, 2, [1, 2, 10], [10, 2, 1], ComparisonFault.BEYOND_SCALE, (0, 2)),
        (0, 2, [1, 5, 4], [4, 2, 1], ComparisonFault.BEYOND_SCALE, (0, 1)),
        (0, 2, [1, 2, 4], [4, 5, 1], ComparisonFault.BEYOND_SCALE, (1, 2)),
        (0, 2, [1, 2, 4], [3, 2, 1], ComparisonFault.NOT_RECIPROCAL, (0, 2)),
        (0, 2, [2, 2, 4], [4, 2, 1], ComparisonFault.NOT_ONE_TO_ITSELF, (0, 0)),
        (0, 2, [1, 2, 4], [4, 2, 3], ComparisonFault.NOT_ONE_TO_ITSELF, (2, 2)),
    ],
)
def test_answers_that_cannot_be_used_name_the_pair(best, worst, over, under, fault, pair):
    with pytest.raises(ComparisonRefused) as told:
        best_worst(best, worst, over, under)
    assert (told.value.fault, told.value.pair) == (fault, pair)


@pytest.mark.parametrize(("best", "worst", "over"), [(0, 0, [1, 2]), (0, 2, [1, 2]), (0, 1, [])])
def test_positions_that_do_not_fit_are_refused(best, worst, over):
    with pytest.raises(ValueError):
        best_worst(best, worst, over, over)


# Laws


@st.composite
def answers(draw):
    n, full = draw(st.integers(2, 8)), draw(st.integers(1, 9))
    best, worst = draw(st.permutations(range(n)))[:2]
    over = draw(st.lists(st.integers(1, full), min_size=n, max_size=n))
    under = draw(st.lists(st.integers(1, full), min_size=n, max_size=n))
    over[best] = under[worst] = 1
    over[worst] = under[best] = full
    return best, worst, over, under


@given(answers(), st.data())
@settings(deadline=None)
def test_no_other_weights_are_closer_to_the_answers(asked, data):
    best, worst, over, under = asked
    outcome = best_worst(*asked)
    assert outcome.weights.sum() == pytest.approx(1)
    assert outcome.weights.min() >= 0
    reached = largest_difference(outcome.weights, *asked)
    assert reached == pytest.approx(outcome.deviation, abs=1e-8)
    factors = np.array(data.draw(st.lists(st.floats(0.5, 2), min_size=len(over), max_size=len(over))))
    for strength in (1, 0.1, 0.01):
        other = outcome.weights * factors**strength
        assert largest_difference(other / other.sum(), *asked) >= reached - 1e-8


@given(answers(), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_criteria_changes_nothing(asked, random):
    best, worst, over, under = asked
    moved = list(range(len(over)))
    random.shuffle(moved)
    again = best_worst(
        moved.index(best), moved.index(worst), [over[each] for each in moved], [under[each] for each in moved]
    )
    assert again.weights.tolist() == pytest.approx(best_worst(*asked).weights[moved].tolist(), abs=1e-7)


@given(st.lists(st.floats(1, 9), min_size=2, max_size=8))
@settings(deadline=None)
def test_answers_that_all_agree_give_back_their_weights(sizes):
    weights = np.array(sizes)
    best, worst = int(np.argmax(weights)), int(np.argmin(weights))
    if best == worst:
        worst = 1 - best
    outcome = best_worst(best, worst, weights[best] / weights, weights / weights[worst])
    assert outcome.weights.tolist() == pytest.approx((weights / weights.sum()).tolist(), abs=1e-8)
    assert outcome.deviation == pytest.approx(0, abs=1e-8)
    assert outcome.consistency_ratio == pytest.approx(0, abs=1e-9)
