"""The weighted sum against published tables, small tables worked out by hand, and laws that always hold."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis.ranking import TIE, Remark, RemarkKind, weighted_sum
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
UNKNOWN = float("nan")


def published(name):
    path = CASES / name
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text()) if path.suffix == ".json" else list(csv.reader(path.open(encoding="utf-8")))


def ranked(scores, *, low=None, high=None, direction=None, weights=None, applicable=None):
    n = np.shape(scores)[1]
    return weighted_sum(
        scores,
        [UNKNOWN] * n if low is None else low,
        [UNKNOWN] * n if high is None else high,
        [1] * n if direction is None else direction,
        [1] * n if weights is None else weights,
        applicable,
    )


def kinds(ranking):
    return [remark.kind for remark in ranking.remarks]


# Published tables


def test_enterprise_scores_give_the_published_totals():
    case = published("tna/02_enterprise_scoring_matrix.json")
    scores = np.array([criterion["scores"] for criterion in case["criteria"]]).T
    ranking = ranked(scores, low=[0] * 8, high=[20] * 8)
    totals = [case["published_totals"][name] for name in case["options"]]  # out of 160
    assert (ranking.values * 1.6).tolist() == pytest.approx(totals)
    assert [case["options"][row] for row in ranking.order] == case["derived_ranking_by_total"]
    assert ranking.remarks == ()


def test_offshore_wind_gives_the_min_max_weighted_sum():
    case = published("tna/04_offshore_wind_prosa_2017.json")
    ranking = ranked(
        np.array([criterion["values"] for criterion in case["criteria"]]).T,
        direction=[1 if criterion["direction"] == "benefit" else -1 for criterion in case["criteria"]],
        weights=[criterion["published_weight"] for criterion in case["criteria"]],
    )
    second_opinion = case["computed_here_not_published"]
    assert (ranking.values / 100).tolist() == pytest.approx(second_opinion["min_max_weighted_sum"], abs=1e-6)
    assert list(ranking.rank) == second_opinion["min_max_weighted_sum_rank"]
    assert [case["alternatives"][row] for row in ranking.order] == ["A2", "A4", "A1", "A3"]


def test_energy_measures_share_the_fourth_place():
    rows = published("tna/10_energy_measures_with_tie.csv")
    criteria = [row for row in rows[1:] if row[0] != "PUBLISHED TOTAL"]
    totals = [float(cell) for cell in rows[-1][2:]]  # weighted means out of 5
    scores = np.array([[float(cell) for cell in row[2:]] for row in criteria]).T
    ranking = ranked(scores, low=[0] * 5, high=[5] * 5, weights=[float(row[1]) for row in criteria])
    assert (ranking.values / 20).tolist() == pytest.approx(totals)
    row = {name: place for place, name in enumerate(rows[0][2:])}
    assert ranking.rank[row["Timers"]] == ranking.rank[row["Contact Sensors"]] == 4
    assert [name for name in row if ranking.tied[row[name]]] == ["Timers", "Contact Sensors"]
    assert ranking.rank[row["Chiller"]] == 6
    assert ranking.rank[row["Temperature Optimization"]] == 1


def test_published_simple_additive_weighting():
    # Its "linear" normalisation divides by the largest score of each criterion: the scale from 0 to that
    # score.
    case = published("mcda/wsm_jmcdm7x5.json")
    scores = np.array(case["inputs"]["matrix"])
    ranking = ranked(scores, low=[0] * 7, weights=case["inputs"]["weights"])
    total = sum(case["inputs"]["weights"])
    assert (ranking.values / 100 * total).tolist() == pytest.approx(case["expected"]["scores"], abs=case["tolerance"])
    assert list(ranking.order) == case["expected"]["ranking_best_first"]


def test_published_sum_with_columns_adding_up_to_one():
    # Its normalisation (inverse for costs, then a share of the column) is done here; the sum from 0 to 1 is
    # ours.
    case = published("mcda/wsm_kracka2010.json")
    matrix, types = np.array(case["inputs"]["matrix"]), np.array(case["inputs"]["types"])
    shares = np.where(types > 0, matrix, 1 / matrix)
    shares /= shares.sum(axis=0)
    ranking = ranked(shares, low=[0] * 7, high=[1] * 7, weights=case["inputs"]["weights"])
    assert (ranking.values / 100).tolist() == pytest.approx(case["expected"]["scores"], abs=case["tolerance"])
    assert list(ranking.rank) == case["expected"]["rank"]


# Worked out by hand


def test_costs_are_mirrored_and_weights_shared():
    # Jobs 10 of 0..20: 50 points, a quarter of the weight; cost 30 of 0..40: 25 points, three quarters: 12.5
    # + 18.75
    ranking = ranked([[10, 30]], low=[0, 0], high=[20, 40], direction=[1, -1], weights=[1, 3])
    assert ranking.points.tolist() == [[50, 25]]
    assert ranking.contributions.tolist() == [[12.5, 18.75]]
    assert ranking.values.tolist() == [31.25]
    assert ranking.rank == (1,) and ranking.tied == (False,)


def test_an_unknown_score_opens_an_interval_and_no_rank():
    # 80; 50 known of half the weight -> 25..75; 60
    ranking = ranked([[80, 80], [50, UNKNOWN], [60, 60]], low=[0, 0], high=[100, 100])
    assert ranking.values.tolist() == pytest.approx([80, UNKNOWN, 60], nan_ok=True)
    assert ranking.value_low.tolist() == [80, 25, 60] and ranking.value_high.tolist() == [80, 75, 60]
    assert ranking.rank == (1, None, 2)
    assert ranking.rank_best == (1, 2, 2) and ranking.rank_worst == (1, 3, 3)
    assert ranking.remarks == (Remark(RemarkKind.UNKNOWN, 1, 1),)
    assert ranking.order == (0, 2, 1)
    assert math.isnan(ranking.contributions[1, 1])


def test_an_unknown_score_without_weight_changes_nothing():
    ranking = ranked([[50, UNKNOWN], [60, 1]], low=[0, 0], high=[100, 2], weights=[1, 0])
    assert ranking.values.tolist() == [50, 60]
    assert ranking.remarks == ()


def test_what_does_not_apply_is_left_out_and_the_rest_scaled_up():
    # 40 x 1/4 + 80 x 1/4 of a half -> (40 + 80) / 2; the score under the criterion that does not apply is
    # ignored
    ranking = ranked(
        [[40, 80, 7], [40, 80, 100]],
        low=[0] * 3,
        high=[100] * 3,
        weights=[1, 1, 2],
        applicable=[[True, True, False], [True, True, True]],
    )
    assert ranking.values.tolist() == [60, 80]
    assert ranking.applied.tolist() == [[0.5, 0.5, 0], [0.25, 0.25, 0.5]]
    assert ranking.contributions[0].tolist() == [20, 40, 0]
    assert ranking.remarks == (Remark(RemarkKind.NOT_APPLICABLE, 0, 2),)


def test_a_technology_to_which_nothing_applies_has_no_place():
    ranking = ranked([[1, 1], [3, 4]], applicable=[[False, False], [True, True]])
    assert math.isnan(ranking.values[0]) and math.isnan(ranking.value_low[0]) and math.isnan(ranking.value_high[0])
    assert ranking.rank == (None, 1) and ranking.rank_best == (None, 1) and ranking.rank_worst == (None, 1)
    assert Remark(RemarkKind.NOTHING_TO_JUDGE, 0) in ranking.remarks
    assert ranking.order == (1, 0)


def test_ends_from_the_data_come_from_known_scores_that_apply():
    ranking = ranked([[10], [20], [UNKNOWN], [900]], applicable=[[True], [True], [True], [False]])
    assert ranking.low.tolist() == [10] and ranking.high.tolist() == [20]
    assert ranking.points[:2, 0].tolist() == [0, 100]


def test_an_end_from_the_data_never_passes_the_given_one():
    ranking = ranked([[7], [9]], high=[5])
    assert ranking.low.tolist() == [5] and ranking.high.tolist() == [5]
    assert kinds(ranking).count(RemarkKind.OUTSIDE_ENDS) == 2


def test_a_score_beyond_its_scale_counts_as_the_end_and_is_said():
    ranking = ranked([[-1, 2], [5, 9]], low=[0, 0], high=[5, 5])
    assert ranking.points.tolist() == [[0, 40], [100, 100]]
    assert ranking.remarks == (Remark(RemarkKind.OUTSIDE_ENDS, 0, 0), Remark(RemarkKind.OUTSIDE_ENDS, 1, 1))


def test_a_criterion_that_separates_nothing_gives_all_its_points():
    ranking = ranked([[4, 1], [4, 2]], direction=[-1, 1])
    assert ranking.points[:, 0].tolist() == [100, 100]
    assert ranking.values.tolist() == [50, 100]
    assert ranking.remarks == (Remark(RemarkKind.NO_DIFFERENCE, criterion=0),)


def test_one_technology_under_one_criterion():
    ranking = ranked([[3]])
    assert ranking.values.tolist() == [100] and ranking.rank == (1,)
    assert ranked([[UNKNOWN]]).value_low.tolist() == [0] and ranked([[UNKNOWN]]).value_high.tolist() == [100]


def test_nothing_known_at_all():
    ranking = ranked([[UNKNOWN, UNKNOWN], [UNKNOWN, UNKNOWN]])
    assert ranking.rank == (None, None)
    assert ranking.rank_best == (1, 1) and ranking.rank_worst == (2, 2)
    assert ranking.value_low.tolist() == [0, 0] and ranking.value_high.tolist() == [100, 100]
    assert kinds(ranking).count(RemarkKind.NO_SCORES) == 2


def test_identical_technologies_share_the_first_place():
    ranking = ranked([[0.1, 0.7, 0.3]] * 3 + [[0, 0, 0]], low=[0] * 3, high=[1] * 3, weights=[0.1, 0.2, 0.7])
    assert ranking.rank == (1, 1, 1, 4)
    assert ranking.tied == (True, True, True, False)


def test_rounding_noise_does_not_break_a_tie_and_a_real_difference_does():
    # 0.1 + 0.2 against 0.3 differs in the seventeenth digit
    assert ranked([[0.1, 0.2], [0.3, 0.0]], low=[0, 0], high=[1, 1]).rank == (1, 1)
    assert ranked([[50.0000001], [50.0]], low=[0], high=[100]).rank == (1, 2)


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1e9, 1e300])
def test_the_unit_of_a_criterion_has_no_part_in_the_ranking(unit):
    plain = ranked([[1, 5], [4, 2], [2, 3]])
    other = ranked(np.array([[1, 5], [4, 2], [2, 3]]) * [unit, 1])
    assert other.values.tolist() == pytest.approx(plain.values.tolist())


def test_ends_at_the_ends_of_the_number_range():
    ranking = ranked([[-1e308], [0], [1e308]])
    assert ranking.points[:, 0].tolist() == [0, 50, 100]
    assert ranked([[1e308], [2.0]], low=[0], high=[4]).points[:, 0].tolist() == [100, 50]


def test_no_technologies_is_an_empty_ranking():
    assert ranked(np.empty((0, 2))).order == ()


def test_contributions_by_group_of_criteria():
    ranking = ranked([[80, 40, 20]], low=[0] * 3, high=[100] * 3, weights=[2, 1, 1])
    assert ranking.by_group([0, 1, 1]).tolist() == [[40, 15]]
    assert ranking.by_group([0, 2, 2], count=4).tolist() == [[40, 0, 15, 0]]
    with pytest.raises(ValueError):
        ranking.by_group([0, 1])


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(NoWeights):
        ranked([[1, 2]], weights=[0, 0])
    with pytest.raises(NoWeights):
        ranked(np.empty((2, 0)))


@pytest.mark.parametrize(
    "mistake",
    [
        {"low": [3, 0], "high": [2, 1]},
        {"direction": [1, 0]},
        {"direction": [1]},
        {"weights": [1, -1]},
        {"weights": [1]},
        {"low": [float("-inf"), 0]},
        {"applicable": [[True]]},
    ],
)
def test_input_that_cannot_be_meant_is_refused(mistake):
    with pytest.raises(ValueError):
        ranked([[1, 2], [3, 4]], **mistake)
    with pytest.raises(ValueError):
        ranked([[1, float("inf")]])


# Laws

CELL = st.one_of(st.floats(0, 10), st.integers(0, 5).map(float))


@st.composite
def tables(draw, unknown=True):
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    scores = draw(arrays.arrays(float, (m, n), elements=CELL | st.just(UNKNOWN) if unknown else CELL))
    weights = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any))
    direction = draw(st.lists(st.sampled_from([1, -1]), min_size=n, max_size=n))
    applicable = draw(arrays.arrays(bool, (m, n), elements=st.sampled_from([True, True, True, False])))
    return dict(
        scores=scores,
        low=[0.0] * n,
        high=[10.0] * n,
        direction=direction,
        weights=weights,
        applicable=applicable,
    )


def close(one, other):
    assert one == pytest.approx(other, abs=1e-9, nan_ok=True)


@given(tables(), st.randoms())
def test_the_order_of_rows_and_columns_has_no_part(table, chance):
    m, n = table["scores"].shape
    rows, columns = chance.sample(range(m), m), chance.sample(range(n), n)
    plain = weighted_sum(**table)
    shuffled = weighted_sum(
        table["scores"][np.ix_(rows, columns)],
        *([table[name][column] for column in columns] for name in ("low", "high", "direction", "weights")),
        table["applicable"][np.ix_(rows, columns)],
    )
    close(shuffled.value_low, plain.value_low[rows])
    close(shuffled.value_high, plain.value_high[rows])
    assert shuffled.rank == tuple(plain.rank[row] for row in rows)
    assert shuffled.rank_best == tuple(plain.rank_best[row] for row in rows)
    assert shuffled.rank_worst == tuple(plain.rank_worst[row] for row in rows)


@given(tables(), st.floats(1e-3, 1e3))
def test_the_scale_of_the_weights_has_no_part(table, factor):
    plain = weighted_sum(**table)
    scaled = weighted_sum(**{**table, "weights": [weight * factor for weight in table["weights"]]})
    close(scaled.value_low, plain.value_low)
    assert scaled.rank == plain.rank


@given(tables(), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3), st.booleans())
def test_another_unit_and_zero_of_a_criterion_have_no_part(table, slope, shift, from_data):
    n = table["scores"].shape[1]
    if from_data:
        table = {**table, "scores": np.round(table["scores"], 1), "low": [UNKNOWN] * n, "high": [UNKNOWN] * n}

    def moved(numbers):
        return np.array(numbers, dtype=float) * slope + shift

    plain = weighted_sum(**table)
    other = weighted_sum(
        **{
            **table,
            "scores": moved(table["scores"]),
            "low": moved(table["low"]),
            "high": moved(table["high"]),
        }
    )
    # A shift of 1000 beside a step of 0.001 x 0.1 leaves nine digits.
    assert other.value_low == pytest.approx(plain.value_low, abs=1e-5, nan_ok=True)
    assert other.value_high == pytest.approx(plain.value_high, abs=1e-5, nan_ok=True)


@given(tables(unknown=False), st.data())
def test_a_technology_that_is_nowhere_worse_is_never_ranked_behind(table, data):
    scores = table["scores"]
    m, n = scores.shape
    gains = data.draw(arrays.arrays(float, n, elements=st.floats(0, 5)))
    better = np.clip(scores[0] + gains * np.array(table["direction"]), 0, 10)
    ranking = weighted_sum(
        **{
            **table,
            "scores": np.vstack([scores, better]),
            "applicable": np.vstack([table["applicable"], table["applicable"][:1]]),
        }
    )
    if ranking.rank[0] is not None:
        assert ranking.values[m] >= ranking.values[0] - TIE
        assert ranking.rank[m] <= ranking.rank[0]


@given(tables(), st.data())
def test_whatever_the_unknown_scores_turn_out_to_be_was_foreseen(table, data):
    scores = table["scores"]
    filling = data.draw(arrays.arrays(float, scores.shape, elements=st.floats(0, 10)))
    before = weighted_sum(**table)
    after = weighted_sum(**{**table, "scores": np.where(np.isnan(scores), filling, scores)})
    for row in range(len(scores)):
        if after.rank[row] is None:
            assert before.rank_best[row] is None
            continue
        assert before.value_low[row] - TIE <= after.values[row] <= before.value_high[row] + TIE
        assert before.rank_best[row] <= after.rank[row] <= before.rank_worst[row]


@given(tables())
def test_values_stay_on_the_scale_and_contributions_add_up(table):
    ranking = weighted_sum(**table)
    judged = ~np.isnan(ranking.value_low)
    assert (ranking.value_low[judged] >= 0).all() and (ranking.value_high[judged] <= 100).all()
    close(np.nansum(ranking.contributions, axis=1)[judged], ranking.value_low[judged])
    close(ranking.applied.sum(axis=1)[judged], np.ones(int(judged.sum())))
    groups = [criterion % 2 for criterion in range(table["scores"].shape[1])]
    close(ranking.by_group(groups).sum(axis=1)[judged], ranking.value_low[judged])
