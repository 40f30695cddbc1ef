"""How much criteria tell technologies apart, and which say the same: published cases and hand calculations."""

import json
from pathlib import Path

import numpy as np
import pytest

from tna_desktop.analysis.contrast import alike, critic_weights, entropy_weights
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text())


@pytest.mark.parametrize("name", ["entropy_elsayed2017", "entropy_xu2004"])
def test_published_entropy_weights(name):
    case = published(name)
    assert entropy_weights(case["inputs"]["matrix"]).tolist() == pytest.approx(
        case["expected"]["weights"], abs=case["tolerance"]
    )


def test_published_critic_weights():
    case = published("critic_diakoulaki1995")
    found = critic_weights(case["inputs"]["matrix"], case["inputs"]["types"])
    assert found.tolist() == pytest.approx(case["expected"]["weights"], abs=case["tolerance"])


def test_entropy_by_hand():
    # First column 1 to 3: p = 1/4 and 3/4, entropy 0.8113 of one; the second is even and tells nothing apart.
    assert entropy_weights([[1, 5], [3, 5]]).tolist() == [1.0, 0.0]
    # 0.1887 and, with 1 to 1 to 0 of two rows impossible, 1 to 9: p = 0.1 and 0.9, entropy 0.4690, so 0.5310.
    assert entropy_weights([[1, 1], [3, 9]]).tolist() == pytest.approx([0.2622, 0.7378], abs=5e-5)


def test_critic_by_hand():
    # Values 0, 0.5, 1 and 1, 0.5, 0 (r = -1), and 0, 1, 0 (r = 0 with both); deviations 0.5, 0.5 and 0.57735.
    found = critic_weights([[0, 2, 0], [1, 1, 1], [2, 0, 0]], [1, 1, 1])
    told = np.array([0.5 * (0 + 2 + 1), 0.5 * (2 + 0 + 1), 0.57735 * (1 + 1 + 0)])
    assert found.tolist() == pytest.approx((told / told.sum()).tolist(), abs=1e-5)


def test_units_change_nothing_and_less_being_better_turns_a_column():
    table = np.array([[1.0, 7.0, 2.0], [4.0, 3.0, 9.0], [2.0, 8.0, 5.0], [9.0, 1.0, 4.0]])
    assert critic_weights(table * [1e200, 1e-200, 3], [1, -1, 1]).tolist() == pytest.approx(
        critic_weights(table, [1, -1, 1]).tolist()
    )
    assert critic_weights(table * [1, -1, 1], [1, 1, 1]).tolist() == pytest.approx(
        critic_weights(table, [1, -1, 1]).tolist()
    )
    assert entropy_weights(table * [1e305, 1e-305, 3]).tolist() == pytest.approx(entropy_weights(table).tolist())


@pytest.mark.parametrize("weigh", [entropy_weights, lambda table: critic_weights(table, [1, 1])])
def test_equal_columns_have_no_weight_and_nothing_at_all_is_refused(weigh):
    assert weigh([[2, 4], [2, 8], [2, 16]]).tolist() == [0.0, 1.0]
    with pytest.raises(NoWeights):
        weigh([[2, 4], [2, 4]])
    with pytest.raises(ValueError, match="all known"):
        weigh([[2, UNKNOWN], [3, 4]])


def test_entropy_refuses_what_it_cannot_share_out():
    with pytest.raises(ValueError, match="not below zero"):
        entropy_weights([[-1, 2], [3, 4]])


def test_criteria_that_order_alike_are_named_closest_first():
    one = [1, 2, 3, 4, 5]
    values = np.array([one, [2, 4, 6, 8, 10], [1, 2, 3, 4, 5.5], [5, 4, 3, 2, 1], [7, 7, 7, 7, 7]]).T
    found = alike(values)
    assert [(pair.one, pair.other) for pair in found] == [(0, 1), (0, 2), (1, 2)]
    assert found[0].correlation == pytest.approx(1) and found[0].technologies == 5


def test_too_few_scores_in_common_say_nothing():
    values = np.array([[1, 2, 3, 4, 5], [1, 2, 3, 4, UNKNOWN]]).T
    assert alike(values) == ()
