"""Points, swings and rankings as weights, and many voices as one."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna_desktop.analysis.elicitation import (
    AnswerFault,
    AnswerRefused,
    Mean,
    RankingRule,
    combine,
    from_points,
    from_ranking,
    from_swings,
    place_weights,
)
from tna_desktop.analysis.weights import NoWeights, compare_weights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text())


# Points and swings


def test_points_are_shares_of_what_was_given_and_tell_what_is_left():
    answer = from_points([50, 30, 10])
    assert answer.weights.tolist() == pytest.approx([5 / 9, 3 / 9, 1 / 9])
    assert (answer.given, answer.left) == (90, 10)
    assert from_points([60, 60]).left == -20


def test_swings_count_in_proportion_to_the_largest():
    # By hand: 100 + 80 + 20 = 200
    answer = from_swings([80, 100, 20, 0])
    assert answer.weights.tolist() == pytest.approx([0.4, 0.5, 0.1, 0])
    assert answer.largest == (1,)
    assert answer.anchored


def test_swings_without_a_full_one_stand_but_are_marked():
    answer = from_swings([40, 50, 50])
    assert answer.weights.tolist() == pytest.approx([2 / 7, 2.5 / 7, 2.5 / 7])
    assert answer.largest == (1, 2)
    assert not answer.anchored


@pytest.mark.parametrize(
    ("ask", "answers", "fault", "criterion"),
    [
        (from_points, [10, UNKNOWN], AnswerFault.MISSING, 1),
        (from_points, [-1, 5], AnswerFault.NEGATIVE, 0),
        (from_points, [1, float("inf")], AnswerFault.NOT_FINITE, 1),
        (from_swings, [100, 50, 101], AnswerFault.BEYOND_TOP, 2),
        (from_ranking, [1, 0, 2], AnswerFault.NOT_A_RANK, 1),
        (from_ranking, [1, UNKNOWN], AnswerFault.MISSING, 1),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(ask, answers, fault, criterion):
    with pytest.raises(AnswerRefused) as told:
        ask(answers)
    assert (told.value.fault, told.value.criterion) == (fault, criterion)


@pytest.mark.parametrize("ask", [from_points, from_swings])
def test_nothing_but_zeros_is_no_weight(ask):
    with pytest.raises(NoWeights):
        ask([0, 0])


def test_no_criterion_is_no_ranking():
    with pytest.raises(NoWeights):
        from_ranking([])


# Rankings


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7])
def test_published_rank_order_centroids(n):
    case = published("weights_roc")
    assert from_ranking(range(1, n + 1)).tolist() == pytest.approx(case["expected"][f"roc_{n}"], abs=case["tolerance"])


@pytest.mark.parametrize("rule", [RankingRule.SUM, RankingRule.RECIPROCAL])
def test_published_rank_sums_and_reciprocals(rule):
    case = published("weights_ranksum_reciprocal")
    expected = case["expected"][f"rank_{rule}"]
    assert from_ranking(range(1, 6), rule).tolist() == pytest.approx(expected, abs=case["tolerance"])


@pytest.mark.parametrize("ranks", [[2, 1, 2, 4], [2, 1, 2, 3], [2.5, 1, 2.5, 4]])
def test_a_shared_place_takes_the_mean_of_its_places(ranks):
    # Rank sum of four: 0.4 0.3 0.2 0.1; the second and third place share 0.25
    assert from_ranking(ranks, RankingRule.SUM).tolist() == pytest.approx([0.25, 0.4, 0.25, 0.1])


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8), st.sampled_from(RankingRule), st.randoms())
def test_rankings_keep_their_order_whatever_the_order_of_the_criteria(ranks, rule, random):
    weights = from_ranking(ranks, rule)
    assert weights.sum() == pytest.approx(1)
    for a in range(len(ranks)):
        for b in range(len(ranks)):
            assert (ranks[a] < ranks[b]) == (weights[a] > weights[b] + 1e-12)
    moved = list(range(len(ranks)))
    random.shuffle(moved)
    assert from_ranking([ranks[each] for each in moved], rule).tolist() == pytest.approx(weights[moved].tolist())


@given(st.integers(1, 30))
def test_the_centroid_is_the_middle_of_all_weights_with_that_order(n):
    # The corners of that set are equal weights on the first k criteria; their mean, criterion by criterion.
    corners = [[1 / k] * k + [0] * (n - k) for k in range(1, n + 1)]
    assert place_weights(n, RankingRule.CENTROID).tolist() == pytest.approx(np.mean(corners, axis=0).tolist())


# Many voices


def test_arithmetic_mean_with_voices():
    # By hand: three quarters of (0.2, 0.8) and one quarter of (0.6, 0.4)
    common = combine([[20, 80], [3, 2]], voices=[3, 1])
    assert common.weights.tolist() == pytest.approx([0.3, 0.7])
    assert common.voices.tolist() == pytest.approx([0.75, 0.25])


def test_geometric_mean_with_equal_voices():
    # By hand: sqrt(0.1 x 0.4) = 0.2, sqrt(0.9 x 0.6) = 0.7348
    common = combine([[0.1, 0.9], [0.4, 0.6]], mean=Mean.GEOMETRIC)
    assert common.weights.tolist() == pytest.approx([0.2 / (0.2 + 0.54**0.5), 0.54**0.5 / (0.2 + 0.54**0.5)])


def test_one_zero_is_a_veto_in_the_geometric_mean_and_is_told():
    common = combine([[0, 50, 50], [80, 10, 10]], mean=Mean.GEOMETRIC)
    assert common.weights.tolist() == pytest.approx([0, 0.5, 0.5])
    assert common.vetoed == (0,)
    assert combine([[0, 50, 50], [80, 10, 10]]).vetoed == ()
    with pytest.raises(NoWeights):
        combine([[0, 1], [1, 0]], mean=Mean.GEOMETRIC)


def test_who_said_nothing_leaves_the_voice_to_the_others():
    common = combine([[1, 3], [UNKNOWN, UNKNOWN], [0, 0], [3, 1]], voices=[1, 5, 5, 3])
    assert common.counted.tolist() == [True, False, False, True]
    assert common.voices.tolist() == pytest.approx([0.25, 0, 0, 0.75])
    assert common.weights.tolist() == pytest.approx([0.625, 0.375])


def test_a_voice_of_zero_is_not_heard_even_as_a_veto():
    common = combine([[0, 1], [1, 1]], voices=[0, 2], mean=Mean.GEOMETRIC)
    assert common.weights.tolist() == pytest.approx([0.5, 0.5])
    assert common.counted.tolist() == [False, True]


@pytest.mark.parametrize("voices", [[1], [1, -1], [1, UNKNOWN]])
def test_voices_that_are_none_are_refused(voices):
    with pytest.raises(ValueError) as told:
        combine([[1, 2], [2, 1]], voices)
    assert not isinstance(told.value, NoWeights)


def test_nobody_is_said():
    with pytest.raises(NoWeights):
        combine([[1, 2]], voices=[0])


tables = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 100), min_size=n, max_size=n), min_size=1, max_size=6)
)


@given(tables, st.sampled_from(Mean), st.floats(0.001, 1000))
def test_scale_and_order_of_the_voices_change_nothing(table, mean, factor):
    common = combine(table, mean=mean).weights
    rows = [[factor * each for each in table[0]], *table[1:]]
    assert combine(rows, mean=mean).weights.tolist() == pytest.approx(common.tolist())
    assert combine(table[::-1], mean=mean).weights.tolist() == pytest.approx(common.tolist())
    assert common.sum() == pytest.approx(1)


@given(tables)
def test_equal_voices_are_the_mean_used_everywhere_else(table):
    assert combine(table).weights.tolist() == pytest.approx(compare_weights(table).mean.tolist())


@given(tables, st.sampled_from(Mean))
def test_a_voice_of_two_is_the_same_as_two_alike(table, mean):
    doubled = combine([table[0], *table], mean=mean)
    louder = combine(table, [2] + [1] * (len(table) - 1), mean)
    assert louder.weights.tolist() == pytest.approx(doubled.weights.tolist())
