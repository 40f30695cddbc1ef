"""How alike two rankings are, against published and hand-counted examples."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from tna_desktop.analysis.agreement import rank_similarity, top_similarity

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"

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


def test_the_published_case_of_similarity_at_the_top():
    path = CASES / "rank_similarity_salabun2020.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    case = json.loads(path.read_text())
    found = top_similarity(case["inputs"]["rank_a"], case["inputs"]["rank_b"])
    wanted = case["expected"]
    assert (found.spearman, found.weighted_spearman, found.ws) == pytest.approx(
        (wanted["spearman"], wanted["weighted_spearman"], wanted["WS"]), abs=case["tolerance"]
    )


def test_an_exchange_at_the_top_counts_more_than_one_at_the_end():
    first, last = top_similarity([1, 2, 3, 4], [2, 1, 3, 4]), top_similarity([1, 2, 3, 4], [1, 2, 4, 3])
    assert first.spearman == last.spearman == pytest.approx(0.8)
    # 1 - (1/2 x 1/3 + 1/4 x 1/2) and 1 - (1/8 x 1/2 + 1/16 x 1/3), by hand.
    assert (first.ws, last.ws) == pytest.approx((0.7083, 0.9167), abs=5e-5)
    assert first.weighted_spearman < last.weighted_spearman
    same = top_similarity([1, 2, 3], [1, 2, 3])
    assert (same.spearman, same.weighted_spearman, same.ws) == (1, 1, 1)


@pytest.mark.parametrize("places", [[1], [1, UNKNOWN], [0, 1]])
def test_places_that_are_none_are_refused(places):
    with pytest.raises(ValueError, match="places|two things"):
        top_similarity(places, places)
