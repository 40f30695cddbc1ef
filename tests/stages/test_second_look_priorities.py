"""Places where a small change of a sign, an end or a filter went unnoticed by the tests of each part."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.stages.test_ranking_robustness import fill, page, tried, unlock, weigh
from tna_desktop.analysis.dominance import dominates
from tna_desktop.analysis.promethee import Preference, promethee2
from tna_desktop.analysis.sensitivity import one_way
from tna_desktop.stages.priorities import operations, reading, results, results_compare, voices
from tna_desktop.stages.priorities import results_first as first
from tna_desktop.stages.priorities import results_inputs as inputs
from tna_desktop.stages.priorities import results_robustness as robust


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


# Duels of two ---------------------------------------------------------------------------------------------


def test_a_criterion_alone_counts_only_those_it_applies_to():
    # Under the second criterion A and C alone meet: one wins its only duel, the other loses it.
    applies = [[True, True], [True, False], [True, True]]
    flows = promethee2([[1, 5], [2, 0], [3, 1]], [1, 1], [1, 1], applicable=applies)
    assert flows.by_criterion[:, 0].tolist() == [-1, 0, 1]
    assert flows.by_criterion[[0, 2], 1].tolist() == [1, -1] and np.isnan(flows.by_criterion[1, 1])


def test_a_difference_that_is_written_as_the_threshold_does_not_pass_it():
    # 0.1 + 0.7 is a little less than 0.8 in a computer; on paper the difference is exactly 0.7.
    flows = promethee2([[0.8], [0.1]], [1], [1], Preference.LINEAR, q=0.7, p=0.7)
    assert flows.net.tolist() == [0, 0]


@pytest.mark.parametrize("unit", [5e-324, 1e-300, 1.0, 1e300])
def test_the_unit_of_a_criterion_is_no_matter(unit):
    flows = promethee2([[2 * unit], [4 * unit], [8 * unit]], [1], [1], Preference.LINEAR, q=unit, p=4 * unit)
    # Differences of 2, 4 and 6 units: a third, full, full.
    assert flows.net.tolist() == pytest.approx([-2 / 3, -1 / 3, 1])


# Equal here and now ---------------------------------------------------------------------------------------


def test_an_order_that_changes_at_the_very_weight_in_use_has_no_room():
    found = one_way([[100, 0], [0, 100]], [1, 1])
    assert found.order_low.tolist() == found.order_high.tolist() == [0.5, 0.5]


def test_two_with_nothing_at_all_do_not_dominate_each_other():
    assert not dominates([[0, 0], [0, 0]]).any()
    assert dominates([[0, 1], [0, 0]]).tolist() == [[False, True], [False, False]]


def test_two_are_near_as_long_as_neither_wins_more_than_the_limit():
    def sure(share: float) -> robust.Robustness:
        wins = {("a", "b"): share, ("b", "a"): 1 - share}
        return robust.Robustness({}, {}, wins, 1, False, robust.ANY, 10, 1, 0.0, 0, "")

    assert sure(0.6).near("a", "b") and sure(0.6).near("b", "a")
    assert not sure(0.61).near("a", "b")


# The shortlist's line -------------------------------------------------------------------------------------


def test_where_two_lines_depart_as_often_the_upper_one_counts(document):
    # Only the second is chosen: above everything one departs (B), below B one too (A).
    (a, b, _), _ = fill(document, [[90], [70], [50]])
    do(document, operations.shortlist_technology, b, True)
    found = page(document).ranking
    assert found.cut == 0 and [each.id for each in found.departures()] == [b]


def test_fewer_technologies_than_a_shortlist_usually_has(document):
    fill(document, [[90], [70]])
    found = tried(document)
    assert found.length == 2 and list(found.shortlist.values()) == [1, 1]


def test_a_fact_that_cannot_move_its_technology_over_the_line_changes_nothing(document):
    # B lies between 40 and 60 whatever its last score; A (90) and C (10) stay where they are, and two go on.
    rows, columns = fill(document, [[90, 90], [50, None], [10, 10]], weights=[4, 1])
    do(document, operations.choose_shortlist, rows[:2])
    found = page(document)
    b = next(each for each in found.ranking.technologies if each.id == rows[1])
    assert (b.rank_best, b.rank_worst) == (2, 2)
    (fact,) = found.changes().facts
    assert fact.could_change == first.NOTHING


# What would change it -------------------------------------------------------------------------------------


def test_a_change_at_a_whole_percent_is_told_beyond_it(document):
    # Equal where Effect weighs exactly 80: B is first at 81, not at 80.
    (a, b), (effect, _) = fill(document, [[0, 100], [25, 0]])
    shown = page(document)
    table = [[0.0, 100.0], [25.0, 0.0]]
    made = first._Table([a, b], ["Effect", "Cost"], np.array(table), np.array([0.5, 0.5]), np.ones((2, 2), bool))
    up, down = made.change(0, 0.5, 0.8, b, a), made.change(1, 0.5, 0.2, b, a)
    assert (up.to, up.decimals) == (pytest.approx(0.81), 0) and (down.to, down.decimals) == (pytest.approx(0.19), 0)
    by_81 = results.ranked(shown.basis, results_compare.with_share(shown.basis.shares, 0, 0.81))
    assert by_81.ranked[0].id == b


def test_a_criterion_only_a_group_gives_weight_to_has_its_part_between_the_groups(document):
    # Agreed: Effect alone. The second group gives Cost up to 80 of 100, where B is far ahead.
    (a, b), columns = fill(document, [[60, 0], [40, 100]], weights=[1, 0])
    unlock(document)
    weigh(document, "government", columns, [100, 0])
    weigh(document, "research", columns, [20, 80])
    # Equal at 20 w = 100 (1 - w), w = 5/6; Effect lies between 0.2 and 1: B is first in (5/6 - 0.2) / 0.8.
    assert tried(document, robust.BETWEEN).first(b) == pytest.approx((5 / 6 - 0.2) / 0.8, abs=0.02)
    assert tried(document).first(a) == 1


def test_a_choice_that_was_taken_back_is_no_longer_older_than_its_data(document):
    (a, b), (effect, _) = fill(document, [[100, 0], [0, 60]])
    do(document, operations.shortlist_technology, b, True, reason="The region asks for it")
    do(document, operations.set_score, a, effect, value=90)
    assert [each["reason"] for each in read(document, inputs.aged)] == ["The region asks for it"]
    do(document, operations.shortlist_technology, b, False)
    assert read(document, inputs.aged) == []


def test_a_new_decision_on_the_whole_shortlist_counts_before_older_ones_on_single_technologies(document):
    (a, b), (effect, _) = fill(document, [[100, 0], [0, 60]])
    do(document, operations.shortlist_technology, b, True, reason="The region asks for it")
    do(document, operations.set_score, a, effect, value=90)
    do(document, operations.choose_shortlist, [a, b], reason="Both are paid for")
    assert read(document, inputs.aged) == []
    do(document, operations.set_score, a, effect, value=80)
    assert [each["reason"] for each in read(document, inputs.aged)] == ["Both are paid for"]
    do(document, operations.shortlist_technology, b, False, reason="Too dear now")
    assert [each["reason"] for each in read(document, inputs.aged)] == ["Both are paid for"]
    do(document, operations.set_score, a, effect, value=70)
    assert [each["reason"] for each in read(document, inputs.aged)] == ["Too dear now", "Both are paid for"]


# Whose answer ---------------------------------------------------------------------------------------------


def test_a_groups_answers_about_a_sector_are_not_the_agreed_ones(document):
    sector = do(document, operations.add_sector, "Forests")
    question = WORKFLOW.catalogue("sector_questions").entries[0].key
    do(document, operations.score_sector, sector, question, 2)
    do(document, operations.score_sector, sector, question, 5, voice="government")
    (row,) = read(document, reading.sectors)
    assert row["scores"] == {question: 2}
    do(document, operations.score_sector, sector, question, None)
    (row,) = read(document, reading.sectors)
    assert row["scores"] == {}


def test_voices_a_quarter_of_the_scale_apart_agree_still(document):
    # On a scale from 1 to 5 one point is a quarter; 0.1 to 0.4 of 0 to 1.2 is one too, though not in a computer.
    def spread(low: float, high: float) -> voices.Spread:
        return voices.Spread(low, high, (low + high) / 2, 2, 0, 0, "")

    assert not spread(3, 4).far_apart(1, 5) and spread(2.9, 4).far_apart(1, 5)
    assert not spread(0.1, 0.4).far_apart(0, 1.2)


def test_who_scored_half_of_it_alone_did_not_score_most_of_it(document):
    (a, b), (effect,) = fill(document, [[None], [None]])
    do(document, operations.set_scores, [(a, effect, {"value": 1})], "A1")
    do(document, operations.set_scores, [(b, effect, {"value": 1})], "A2")
    assert voices.mostly_one(read(document, voices.spreads)) is None
    do(document, operations.set_scores, [(b, effect, {"value": None})], "A2")
    assert voices.mostly_one(read(document, voices.spreads)) == ("A1", 1, 1)
