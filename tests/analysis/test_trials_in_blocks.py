"""Trials are counted a block at a time and cells that vary drawn together: neither may show in what is counted."""

import numpy as np
import pytest

from tna_desktop.analysis.rank_counting import BLOCK, CHUNK
from tna_desktop.analysis.uncertainty import of_trials, smaa2
from tna_desktop.analysis.weight_space import AnyWeights, WeightsAround, WeightsInOrder, WeightsWithin

UNKNOWN = float("nan")


def all_weights(space, trials, seed):
    generator = np.random.Generator(np.random.SFC64([seed, 0]))
    return np.concatenate([space.draw(generator, min(BLOCK, trials - begin)) for begin in range(0, trials, BLOCK)])


@pytest.mark.parametrize("trials", [1, 7, CHUNK - 1, CHUNK + 3, BLOCK, BLOCK + 1, 2 * BLOCK + CHUNK + 13])
@pytest.mark.parametrize(
    "space", [AnyWeights(4), WeightsInOrder((1, 2, 2, 3)), WeightsWithin([0.1] * 4, [1, 0.1, 1, 1])]
)
def test_every_trial_is_counted_once_whatever_their_number(trials, space):
    values = np.random.default_rng(4).integers(0, 5, (9, 4)).astype(float)
    values[3] = values[7]
    found = smaa2(values, space, trials=trials, seed=6, pairwise=True)
    given = of_trials(values, all_weights(space, trials, 6))
    np.testing.assert_allclose(found.rank_acceptability, given.rank_acceptability, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.central_weights, given.central_weights, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.pairwise, given.pairwise, rtol=0, atol=1e-12)


def test_limits_that_leave_one_weight_fixed_share_places_only_where_values_are_equal():
    # All weight but a tenth goes to the second criterion, in which the first two are equal: the first decides.
    found = smaa2([[2, 5], [1, 5], [0, 5]], WeightsWithin([0.1, 0.9], [0.1, 0.9]), trials=2_500, pairwise=True)
    assert found.rank_acceptability.tolist() == np.eye(3).tolist()
    found = smaa2([[1, 5], [1, 5.0 + 1e-15], [0, 9]], WeightsWithin([0.5, 0], [0.5, 1]), trials=2_500, pairwise=True)
    assert found.pairwise[:2, :2].tolist() == [[0, 0], [0, 0]]
    assert found.rank_acceptability[2].tolist() == [1, 0, 0]


def test_more_technologies_than_a_byte_can_count_are_compared_pair_by_pair():
    values = np.random.default_rng(5).permutation(300).astype(float)[:, np.newaxis] * [1, 1]
    found = smaa2(values, AnyWeights(2), trials=30, pairwise=True)
    assert (found.pairwise == (values[:, :1] > values[:, 0])).all()


def ranges(values, cells, spread=20.0):
    return np.where(cells, values - spread, UNKNOWN), np.where(cells, values + spread, UNKNOWN)


def test_a_cell_varies_alike_whether_its_neighbours_do_or_not():
    # The first technology has one range and is in competition with marks that are exact. Where all others have ranges
    # in all criteria, and where they have none, it is above its marks as often as its triangle says.
    marks = [40.0, 50.0, 57.0]
    plain = np.array([[50.0, 50, 50, 50]] + [[mark, 50, 50, 50] for mark in marks] + [[10.0] * 4] * 6)
    wanted = [1 - 0.5 * 0.5**2, 0.5, 0.5 * (13 / 20) ** 2]
    one = np.zeros(plain.shape, bool)
    one[0, 0] = True
    most = one.copy()
    most[4:] = True
    for cells in (one, most):
        low, high = ranges(plain, cells)
        found = smaa2(plain, WeightsAround([1, 0.5, 0.5, 0.5], 0), low=low, high=high, trials=40_000, pairwise=True)
        np.testing.assert_allclose(found.pairwise[0, 1:4], wanted, rtol=0, atol=4 * found.largest_standard_error)


@pytest.mark.parametrize("neighbours", [0, 1])
def test_known_and_unknown_cells_drawn_together_keep_their_own_law(neighbours):
    # Of twelve criteria half are triangular over 0..40 around 10 and half even over 0..40: against marks at the mean of
    # their sum and one deviation from it, by the normal law.
    n = 12
    likely, size = np.where(np.arange(n) % 2, 10.0, UNKNOWN), 40.0
    triangle = (50 / 3, (1600 + 100 - 400) / 18)
    even = (20.0, 1600 / 12)
    mean = (triangle[0] + even[0]) / 2
    deviation = np.sqrt((triangle[1] + even[1]) / 2 / n)
    marks = mean + deviation * np.array([-1.0, 0.0, 1.0])
    values = np.vstack([likely, np.tile(marks[:, np.newaxis], n), np.full((neighbours, n), 1.0)])
    low, high = np.full(values.shape, UNKNOWN), np.full(values.shape, UNKNOWN)
    low[0], high[0] = 0.0, size
    low[4:, :5], high[4:, :5] = 0.0, 2.0
    found = smaa2(
        values, WeightsAround([1] * n, 0.0), low=low, high=high, trials=40_000, pairwise=True, confidence=True
    )
    assert found.pairwise[0, 1:4].tolist() == pytest.approx([0.8413, 0.5, 0.1587], abs=0.02)


def test_confidence_meets_the_same_draws_as_the_trials():
    # With weights that are always the same the central weights are these weights: confidence is the share of first places.
    generator = np.random.default_rng(8)
    values = generator.random((7, 6)) * 60 + 20
    for share in (0.3, 1.0):
        low, high = ranges(values, generator.random(values.shape) < share)
        found = smaa2(values, WeightsAround([3, 2, 1, 1, 1, 1], 0), low=low, high=high, trials=2_345, confidence=True)
        first = found.rank_acceptability[:, 0]
        np.testing.assert_allclose(found.confidence[first > 0], first[first > 0], rtol=0, atol=2 / 2_345)
