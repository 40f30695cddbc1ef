"""The crossovers of a few pairs alone: the same as among all, and how far first place stays does not change."""

from __future__ import annotations

import numpy as np

from tna_desktop.analysis.sensitivity import one_way


def test_the_crossovers_of_one_pair_are_those_it_has_among_all():
    chance = np.random.default_rng(8)
    values, weights = chance.uniform(0, 100, (7, 4)), chance.uniform(1, 5, 4)
    applies = chance.random((7, 4)) > 0.15
    applies[:, 0] = True
    whole, few = one_way(values, weights, applies), one_way(values, weights, applies, [(1, 4)])
    mine = (whole.pair == [1, 4]).all(axis=1)
    assert mine.any() and (few.pair == [1, 4]).all()
    assert np.array_equal(whole.criterion[mine], few.criterion)
    assert np.allclose(whole.weight[mine], few.weight)
    assert np.array_equal(whole.low, few.low) and np.array_equal(whole.high, few.high)
    assert np.array_equal(whole.challenger_above, few.challenger_above)


def test_without_pairs_only_first_place_is_looked_at():
    # A leads by 10 points at weights of a half; B gains 40 where the second weighs all: equal at 0.6 of the second.
    found = one_way([[80, 40], [20, 80]], [1, 1], pairs=[])
    assert found.first == (0,) and len(found.weight) == 0
    assert np.allclose(found.high, [1.0, 0.6]) and np.allclose(found.low, [0.4, 0.0])
