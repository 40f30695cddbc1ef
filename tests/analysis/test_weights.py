import numpy as np
import pytest

from tna_desktop.analysis.weights import NoWeights, compare_weights, mean_weights, normalised

UNKNOWN = float("nan")


def test_points_become_shares_of_one():
    assert normalised([30, 50, 20]).tolist() == pytest.approx([0.3, 0.5, 0.2])
    assert normalised([20] * 7).tolist() == pytest.approx([1 / 7] * 7)


def test_published_weights_that_add_up_to_a_hundred_and_a_bit():
    weights = [20, 5, 5, 1.67, 1.67, 11.67, 11.67, 5, 5, 16.67, 8.33, 8.33]
    assert normalised(weights)[0] == pytest.approx(20 / 100.01)
    assert normalised(weights).sum() == pytest.approx(1)


@pytest.mark.parametrize("weights", [[1e308, 1e308], [5e-324, 5e-324]])
def test_weights_at_the_ends_of_the_number_range(weights):
    assert normalised(weights).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("weights", [[0, 0, 0], []])
def test_no_weight_at_all_is_said(weights):
    with pytest.raises(NoWeights):
        normalised(weights)


@pytest.mark.parametrize("weights", [[1, -1], [1, UNKNOWN], [1, float("inf")], [[1, 2]]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError) as told:
        normalised(weights)
    assert not isinstance(told.value, NoWeights)


def test_every_group_has_an_equal_voice_whatever_its_scale():
    # 1:3 in points and 3:1 in per cent: by hand 0.25/0.75 and 0.75/0.25, mean one half each, 50 points apart
    across = compare_weights([[1, 3], [75, 25]])
    assert across.mean.tolist() == pytest.approx([0.5, 0.5])
    assert across.lowest.tolist() == pytest.approx([0.25, 0.25])
    assert across.highest.tolist() == pytest.approx([0.75, 0.75])
    assert across.spread.tolist() == pytest.approx([50, 50])


def test_a_group_without_weights_has_no_part_in_the_mean():
    across = compare_weights([[1, 1], [UNKNOWN, UNKNOWN], [3, 1]])
    assert across.counted.tolist() == [True, False, True]
    assert across.mean.tolist() == pytest.approx([0.625, 0.375])
    assert np.isnan(across.shares[1]).all()


def test_a_group_counts_only_when_it_weighted_every_criterion():
    assert mean_weights([[5, UNKNOWN], [0, 0], [1, 3]]).tolist() == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize("table", [[[UNKNOWN, UNKNOWN]], [[0, 0]], np.empty((0, 3))])
def test_no_group_at_all_is_said(table):
    with pytest.raises(NoWeights):
        mean_weights(table)


@pytest.mark.parametrize("table", [[[1, -1]], [[1, float("inf")]], [1, 2]])
def test_group_weights_that_are_none_are_refused(table):
    with pytest.raises(ValueError):
        mean_weights(table)


def test_results_cannot_be_changed_afterwards():
    with pytest.raises(ValueError):
        mean_weights([[1, 1]])[0] = 1
