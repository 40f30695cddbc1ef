"""Kendall's tau-b against published and hand-counted examples."""

from itertools import permutations

import pytest

from tna_desktop.analysis.agreement import rank_similarity

UNKNOWN = float("nan")


def test_nine_measured_lots_of_tuna():
    # Hollander and Wolfe (1973), Nonparametric Statistical Methods, p. 185: 26 pairs agree and 10 do not.
    lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    quality = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    assert rank_similarity(lightness, quality) == pytest.approx(0.4444444, abs=1e-7)


def test_equal_places_by_hand():
    # Of six pairs two are in the same order and none in opposite ones; T = 1, U = 3: 2 / root((2 + 1) (2 + 3)).
    assert rank_similarity([1, 1, 3, 4], [1, 2, 2, 2]) == pytest.approx(2 / (5 * 3) ** 0.5)


def test_the_same_the_reverse_and_one_exchange():
    assert rank_similarity([1, 2, 3, 4], [1, 2, 3, 4]) == 1
    assert rank_similarity([1, 2, 3, 4], [4, 3, 2, 1]) == -1
    assert rank_similarity([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(1 - 2 / 6)


def test_what_has_no_place_is_left_out_and_without_an_order_there_is_no_answer():
    assert rank_similarity([1, 2, UNKNOWN, 3], [1, 2, 3, UNKNOWN]) == 1
    for one, other in (([], []), ([1], [1]), ([1, 1], [1, 2]), ([1, UNKNOWN], [1, 2])):
        assert rank_similarity(one, other) is None
    with pytest.raises(ValueError):
        rank_similarity([1, 2], [1, 2, 3])


def test_over_all_orders_the_mean_is_none_and_it_is_symmetric():
    found = [rank_similarity([1, 2, 3, 4], order) for order in permutations(range(4))]
    assert sum(found) == pytest.approx(0)
    for order in permutations(range(4)):
        assert rank_similarity(order, [2, 1, 4, 3]) == rank_similarity([2, 1, 4, 3], order)
