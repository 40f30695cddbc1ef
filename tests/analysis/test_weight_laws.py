"""Laws that hold for whatever people answer: weights, means of many voices and agreement."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tna_desktop.analysis.agreement import agreement, concordance
from tna_desktop.analysis.best_worst import best_worst
from tna_desktop.analysis.elicitation import Mean, RankingRule, combine, from_points, from_ranking, from_swings
from tna_desktop.analysis.pairwise import SCALE, compare_pairs

amounts = st.lists(st.integers(0, 100), min_size=1, max_size=9).filter(any)
tables = st.integers(2, 7).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=2, max_size=6)
)


def shuffled(random, count):
    moved = list(range(count))
    random.shuffle(moved)
    return moved


@settings(deadline=None)
@given(amounts, st.randoms())
def test_points_and_swings_follow_their_criteria_wherever_they_stand(given_points, random):
    moved = shuffled(random, len(given_points))
    for weigh in (from_points, from_swings):
        weights = weigh(given_points).weights
        assert weigh([given_points[place] for place in moved]).weights.tolist() == pytest.approx(
            weights[moved].tolist()
        )
        assert weights.sum() == pytest.approx(1)
        assert (weights >= 0).all()


@settings(deadline=None)
@given(amounts, st.floats(1e-6, 1e6))
def test_the_scale_of_points_does_not_count(given_points, factor):
    scaled = np.array(given_points) * factor
    weights = from_points(given_points).weights.tolist()
    assert from_points(scaled).weights.tolist() == pytest.approx(weights, rel=1e-9)
    assert from_swings(scaled, 100 * factor * (1 + 1e-12)).weights.tolist() == pytest.approx(weights, rel=1e-9)
    assert combine([scaled, given_points]).weights.tolist() == pytest.approx(weights, rel=1e-9)


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=9), st.sampled_from(RankingRule))
def test_a_better_place_never_weighs_less_and_a_shared_one_the_same(ranks, rule):
    weights = from_ranking(ranks, rule)
    assert weights.sum() == pytest.approx(1)
    for (one, first), (two, second) in combinations(zip(ranks, weights.tolist(), strict=True), 2):
        assert (one < two) == (first > second + 1e-12)
        assert one != two or first == second


@settings(deadline=None)
@given(st.permutations(range(1, 8)), st.data())
def test_the_centroid_lies_among_all_weights_in_that_order(order, data):
    """Every set of weights in the order lies between the corners, and the centroid is their mean: it is in the order,
    and moving any two neighbours together keeps the sum."""
    weights = from_ranking(order)
    tied = list(order)
    place = data.draw(st.integers(1, 6))
    tied[order.index(place + 1)] = place
    shared = from_ranking(tied)
    both = [order.index(place), order.index(place + 1)]
    assert shared[both].tolist() == pytest.approx([weights[both].mean()] * 2)
    others = [at for at in range(7) if at not in both]
    assert shared[others].tolist() == pytest.approx(weights[others].tolist())


@settings(deadline=None)
@given(st.lists(st.sampled_from(SCALE), min_size=2, max_size=8))
def test_ratios_that_fit_have_no_contradiction_and_one_wrong_answer_has(weights):
    share = np.array(weights)
    matrix = share[:, None] / share[None, :]
    found = compare_pairs(matrix)
    assert (found.consistency_ratio, found.strict_ratio) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9))
    assert found.weights.tolist() == pytest.approx((share / share.sum()).tolist())
    assume(len(weights) > 2)
    matrix[0, 1] *= 2
    matrix[1, 0] /= 2
    assert compare_pairs(matrix).consistency_ratio > 1e-3


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=8), st.randoms())
def test_best_and_worst_follow_their_criteria_and_sum_to_one(middle, random):
    full = max(middle)
    over, under = [1, *middle, full], [full, *reversed(middle), 1]
    best, worst = 0, len(over) - 1
    found = best_worst(best, worst, over, under)
    assert found.weights.sum() == pytest.approx(1)
    moved = shuffled(random, len(over))
    again = best_worst(moved.index(best), moved.index(worst), [over[at] for at in moved], [under[at] for at in moved])
    assert again.weights.tolist() == pytest.approx(found.weights[moved].tolist(), abs=1e-7)
    assert again.consistency_ratio == pytest.approx(found.consistency_ratio)
    assert 0 <= found.consistency_ratio <= 1 + 1e-12


@settings(deadline=None)
@given(st.lists(st.integers(1, 100), min_size=1, max_size=8), st.lists(st.floats(0.01, 100), min_size=1, max_size=6))
def test_what_all_say_is_what_both_means_say_whatever_the_voices(said, voices):
    table = [[each * (1 + row) for each in said] for row in range(len(voices))]
    expected = (np.array(said) / sum(said)).tolist()
    for mean in Mean:
        assert combine(table, voices, mean).weights.tolist() == pytest.approx(expected, rel=1e-9)


@settings(deadline=None)
@given(tables, st.randoms(), st.sampled_from(Mean))
def test_means_follow_criteria_and_voices_wherever_they_stand(table, random, mean):
    table = [[each + 1 for each in row] for row in table]
    voices = list(range(1, len(table) + 1))
    common = combine(table, voices, mean).weights
    rows, columns = shuffled(random, len(table)), shuffled(random, len(table[0]))
    again = combine(np.array(table)[np.ix_(rows, columns)], np.array(voices)[rows], mean).weights
    assert again.tolist() == pytest.approx(common[columns].tolist())
    assert common.sum() == pytest.approx(1)
    # No mean leaves the span of what was said: nobody's lowest, nobody's highest share is passed by the arithmetic one.
    shares = combine(table, voices).shares
    if mean is Mean.ARITHMETIC:
        assert (common <= shares.max(axis=0) + 1e-12).all() and (common >= shares.min(axis=0) - 1e-12).all()


@settings(deadline=None)
@given(tables)
def test_when_all_hold_one_above_another_both_means_do(table):
    table = [[*row, max(row) + 1] for row in table]
    for mean in Mean:
        weights = combine([[each + 1 for each in row] for row in table], None, mean).weights
        assert (weights[-1] > weights[:-1]).all()


@settings(deadline=None)
@given(tables, st.randoms())
def test_concordance_lies_between_none_and_full_wherever_criteria_and_voices_stand(table, random):
    found = concordance(table)
    rows, columns = shuffled(random, len(table)), shuffled(random, len(table[0]))
    again = concordance(np.array(table)[np.ix_(rows, columns)])
    assert again.w == pytest.approx(found.w)
    if found.w is not None:
        assert 0 <= found.w <= 1
        assert 0 <= found.chance <= 1
    else:
        assert all(len(set(row)) == 1 for row in table)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.integers(2, 6))
def test_one_order_is_full_agreement_with_ties_and_without(order, voices):
    assume(len(set(order)) > 1)
    table = [[(row + 1) * each + row for each in order] for row in range(voices)]
    assert concordance(table).w == pytest.approx(1)
    untied = [[each + place / 100 for place, each in enumerate(row)] for row in [order] * voices]
    assert concordance(untied).w == pytest.approx(1)


@settings(deadline=None)
@given(tables)
def test_agreement_is_the_same_whatever_scale_each_voice_uses(table):
    table = np.array(table) + 1.0
    scaled = table * (1 + np.arange(len(table)))[:, None]
    one, two = agreement(table), agreement(scaled)
    assert one.order.w == pytest.approx(two.order.w)
    assert one.spread.tolist() == pytest.approx(two.spread.tolist(), abs=1e-9)
    assert one.mean.sum() == pytest.approx(1)
    assert (one.spread >= 0).all() and (one.spread <= 100).all()
    assert one.apart.tolist() == pytest.approx(two.apart.tolist(), abs=1e-9)
