"""Agreement among voices against published coefficients of concordance, small tables by hand, and laws."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna_desktop.analysis.agreement import (
    Reading,
    agreement,
    chi_square_beyond,
    compare_rounds,
    concordance,
    reading_of,
)
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text())


# Kendall's W, published


def test_four_rankings_without_ties():
    case = published("kendall_w_proofwiki")
    outcome = concordance(case["inputs"]["ranks_by_rater"])
    assert outcome.w == pytest.approx(case["expected"]["W"], abs=case["tolerance"])
    assert outcome.reading is Reading.VERY_WEAK


def test_rounding_first_base_has_ties():
    case = published("kendall_w_ties_hollanderwolfe1973")
    outcome, expected = concordance(case["inputs"]["scores_by_rater"]), case["expected"]
    assert outcome.w == pytest.approx(expected["W"], abs=case["tolerance"]["W"])
    assert outcome.chi_square == pytest.approx(expected["chi2"], abs=case["tolerance"]["chi2"])
    assert outcome.freedom == 2
    assert outcome.chance == pytest.approx(expected["p_value"], abs=1e-9)
    assert outcome.reading is Reading.WEAK


def test_three_rankings_of_ten_with_many_ties():
    # Kendall and Gibbons (1990), chapter 6: W = 0.828 with the correction for ties
    outcome = concordance(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert outcome.w == pytest.approx(0.828, abs=5e-4)
    assert outcome.reading is Reading.VERY_STRONG


@pytest.mark.parametrize(
    ("freedom", "critical"),
    # Upper 5 per cent points of chi-square, as in any table
    [(1, 3.841), (2, 5.991), (3, 7.815), (4, 9.488), (7, 14.067), (10, 18.307), (19, 30.144)],
)
def test_chance_agrees_with_the_tables_of_chi_square(freedom, critical):
    assert chi_square_beyond(critical, freedom) == pytest.approx(0.05, abs=2e-5)


# By hand


def test_two_voices_the_same_and_the_other_way_round():
    assert concordance([[1, 2, 3], [10, 20, 90]]).w == 1
    assert concordance([[1, 2, 3], [3, 2, 1]]).w == 0
    assert concordance([[1, 2, 3], [3, 2, 1]]).chance == 1


def test_a_tie_is_half_of_each():
    # Ranks 1.5 1.5 3 and 1 2 3: sums 2.5 3.5 6, S = 2.25 + 0.25 + 4, 12 S / (4 x 24 - 2 x 6) = 78 / 84
    assert concordance([[5, 5, 9], [1, 2, 3]]).w == pytest.approx(78 / 84)


def test_ties_survive_the_rounding_of_shares():
    assert concordance([[0.1 + 0.2, 0.3, 1], [1, 1, 2]]).w == 1


@pytest.mark.parametrize(
    ("values", "reading"),
    [
        ([[1, 2, 3]], Reading.ONE_VOICE),
        (np.empty((0, 3)), Reading.ONE_VOICE),
        ([[1], [2]], Reading.NO_ORDER),
        ([[1, 1], [2, 2]], Reading.NO_ORDER),
    ],
)
def test_where_there_is_nothing_to_agree_on_it_is_said(values, reading):
    outcome = concordance(values)
    assert (outcome.w, outcome.chance, outcome.reading) == (None, None, reading)


def test_readings_step_halfway_between_the_published_values():
    words = [reading_of(w) for w in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert words == [Reading.VERY_WEAK, Reading.WEAK, Reading.MODERATE, Reading.STRONG, Reading.VERY_STRONG]
    assert reading_of(0.19) is Reading.VERY_WEAK
    assert reading_of(0.2) is Reading.WEAK
    assert reading_of(3 * 0.2) is reading_of(0.6) is Reading.STRONG
    assert reading_of(1) is Reading.VERY_STRONG


@pytest.mark.parametrize("values", [[[1, UNKNOWN]], [[1, float("inf")]], [1, 2]])
def test_values_that_are_not_known_are_refused(values):
    with pytest.raises(ValueError):
        concordance(values)


def test_spread_dispute_and_distance():
    # Shares .5 .3 .2 | .5 .2 .3 | .1 .3 .6
    table = agreement([[50, 30, 20], [5, 2, 3], [UNKNOWN, 1, 1], [10, 30, 60]])
    assert table.counted.tolist() == [True, True, False, True]
    assert table.spread.tolist() == pytest.approx([40, 10, 40])
    assert table.deviation.tolist() == pytest.approx([18.856, 4.714, 16.997], abs=1e-3)
    assert table.disputed == (0, 2, 1)  # the first two by deviation
    assert table.lowest_voice == (3, 1, 0)
    assert table.highest_voice == (0, 0, 3)
    assert table.distances[0, [0, 1, 3]].tolist() == pytest.approx([0, 10, 40])
    assert table.distances[1, 3] == pytest.approx(40)
    assert np.isnan(table.distances[2]).all()
    # The last against the mean of the others, .5 .25 .25: (.4 + .05 + .35) / 2
    assert table.apart[3] == pytest.approx(40)
    # The first against .3 .25 .45: (.2 + .05 + .25) / 2; the second against .3 .3 .4: (.2 + .1 + .1) / 2
    assert table.apart[[0, 1]].tolist() == pytest.approx([25, 20])
    assert np.isnan(table.apart[2])
    assert table.standing_apart == (3, 0, 1)
    # Without the last: ranks 3 2 1 and 3 1 2, sums 6 3 3, S = 6, 12 x 6 / (4 x 24)
    assert table.order_without[3] == pytest.approx(0.75)


def test_a_voice_alone_stands_apart_from_nobody():
    table = agreement([[UNKNOWN, 1], [3, 1]])
    assert table.standing_apart == (1,)
    assert np.isnan(table.apart).all()
    assert table.order.reading is Reading.ONE_VOICE
    assert table.spread.tolist() == [0, 0]


def test_nobody_is_said():
    with pytest.raises(NoWeights):
        agreement([[UNKNOWN, 1]])


def test_a_second_round_counts_who_answered_twice():
    before = [[80, 20, 0], [0, 20, 80], [UNKNOWN, 1, 1], [1, 1, 1]]
    after = [[60, 30, 10], [30, 20, 50], [1, 1, 1], [UNKNOWN, UNKNOWN, UNKNOWN]]
    rounds = compare_rounds(before, after)
    assert rounds.both.tolist() == [True, True, False, False]
    assert rounds.before.spread.tolist() == pytest.approx([80, 0, 80])
    assert rounds.spread_change.tolist() == pytest.approx([-50, 10, -40])
    assert rounds.mean_change.tolist() == pytest.approx([5, 5, -10])
    assert rounds.moved[:2].tolist() == pytest.approx([20, 30])
    assert np.isnan(rounds.moved[2:]).all()
    assert rounds.apart_change[:2].tolist() == pytest.approx([-40, -40])
    # Before: 3 2 1 and 1 2 3, W = 0. After: 3 2 1 and 2 1 3, sums 5 3 4, S = 2, W = 24 / 96
    assert rounds.w_change == pytest.approx(0.25)


def test_rounds_of_different_people_cannot_be_compared():
    with pytest.raises(NoWeights):
        compare_rounds([[1, 2], [UNKNOWN, 1]], [[UNKNOWN, 1], [1, 2]])
    with pytest.raises(ValueError):
        compare_rounds([[1, 2]], [[1, 2], [2, 1]])


def test_the_tables_given_are_left_as_they_were():
    before, after = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([[UNKNOWN, 1.0], [1.0, 1.0]])
    compare_rounds(before, after)
    assert before.tolist() == [[1, 2], [2, 1]]


# Laws

tables = st.integers(2, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 9), min_size=n, max_size=n), min_size=2, max_size=6)
)


@given(tables, st.randoms())
def test_only_the_order_counts_for_w(table, random):
    outcome = concordance(table)
    stretched = concordance(np.exp(np.array(table) / 3.0) - 5)
    backwards = concordance(-np.array(table))
    moved = np.array(table)[random.sample(range(len(table)), len(table))]
    moved = concordance(moved[:, random.sample(range(moved.shape[1]), moved.shape[1])])
    for other in (stretched, backwards, moved):
        assert (other.w is None) == (outcome.w is None)
        if outcome.w is not None:
            assert other.w == pytest.approx(outcome.w)
    if outcome.w is not None:
        assert 0 <= outcome.w <= 1 and 0 <= outcome.chance <= 1


@given(st.permutations(range(6)), st.integers(2, 9))
def test_the_same_order_is_full_agreement(ranks, m):
    assert concordance([ranks] * m).w == 1


@given(tables)
def test_w_without_ties_is_the_mean_rank_correlation(table):
    # W = (1 + (m - 1) mean Spearman) / m; the small slope makes every row a ranking without ties.
    ranks = np.argsort(np.argsort(np.array(table) + np.arange(len(table[0])) / 100, axis=1), axis=1)
    m = len(ranks)
    between = np.corrcoef(ranks)[np.triu_indices(m, 1)].mean()
    assert concordance(ranks).w == pytest.approx((1 + (m - 1) * between) / m, abs=1e-9)


@given(tables, st.floats(0.01, 100))
def test_distances_are_distances(table, factor):
    outcome = agreement([[factor * each for each in table[0]], *table[1:]])
    distances = outcome.distances
    assert np.abs(distances - distances.T).max() < 1e-9
    assert (np.diag(distances) == 0).all()
    assert distances.min() >= 0 and distances.max() <= 100
    through = distances[:, :, None] + distances[None, :, :]
    assert (distances[:, None, :] <= through + 1e-9).all()
    assert outcome.apart.tolist() == pytest.approx(agreement(table).apart.tolist(), abs=1e-9)


@given(tables)
def test_nothing_changed_is_no_change(table):
    rounds = compare_rounds(table, table)
    assert rounds.w_change in (None, 0)
    assert not rounds.moved.any() and not rounds.spread_change.any() and not rounds.apart_change.any()


def test_results_cannot_be_changed_afterwards():
    with pytest.raises(ValueError):
        agreement([[1, 2], [2, 1]]).apart[0] = 1
