"""Rounds and ballots: what may be answered, what a ballot says, what a group says, and that hidden stays hidden."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import do, read
from tests.builders.weighing import (
    FIRST,
    SECOND,
    ballot_outcome,
    case,
    compared,
    flat,
    numbers,
    percents,
    small_tree,
    vote,
)
from tna_desktop.kernel.errors import Refused
from tna_desktop.stages.criteria import operations, reading, results


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def ids(document):
    return small_tree(document)


@pytest.fixture
def round_id(document, ids):
    return do(document, operations.open_round)


def say(document, ids, method, answers, level="criteria"):
    return read(document, results.answers_outcome, method, level, answers)


def names(ids):
    return {id: name for name, id in ids.items()}


def refusal(document, round_id, method, answers, level="criteria"):
    with pytest.raises(Refused) as refused:
        do(document, operations.record_ballot, round_id, FIRST, "Ana", method, level, answers)
    assert refused.value.field == "answers"
    return refused.value.reason.english()


# What a ballot says --------------------------------------------------------------------------------------


def test_points_count_as_shares_and_what_is_left_is_told(document, ids):
    found = say(document, ids, "points", numbers(ids, Jobs=45, Nature=30, Cost=15))
    assert percents(ids, found.shares) == {"Jobs": 50.0, "Nature": 33.33, "Cost": 16.67}
    assert (found.complete, found.families[0].given, found.families[0].left) == (True, 90, 10)
    assert results.fault_words(found.faults[0], {}).english() == "10 points are still to be given."
    over = say(document, ids, "points", numbers(ids, Jobs=60, Nature=30, Cost=20))
    assert (over.families[0].left, over.complete) == (-10, True)
    assert results.fault_words(over.faults[0], {}).english() == "10 points too many were given."


def test_a_missing_answer_is_not_a_zero(document, ids):
    found = say(document, ids, "points", numbers(ids, Jobs=60, Nature=40))
    assert (found.complete, found.shares, found.lacking) == (False, {}, (ids["Cost"],))
    assert (found.answered, found.asked) == (2, 3)
    zero = say(document, ids, "points", numbers(ids, Jobs=60, Nature=40, Cost=0))
    assert percents(ids, zero.shares) == {"Jobs": 60.0, "Nature": 40.0, "Cost": 0.0}


@pytest.mark.parametrize("method", ["points", "swing"])
def test_zero_for_everything_is_told_and_does_not_count(document, ids, method):
    found = say(document, ids, method, numbers(ids, method, Jobs=0, Nature=0, Cost=0))
    assert not found.complete
    assert results.fault_words(found.faults[0], {}).english().startswith("Everything has zero")


def test_swing_is_in_proportion_and_wants_a_hundred(document, ids):
    found = say(document, ids, "swing", numbers(ids, "swing", Jobs=100, Nature=60, Cost=40))
    assert percents(ids, found.shares) == {"Jobs": 50.0, "Nature": 30.0, "Cost": 20.0}
    assert (found.families[0].anchored, found.faults) == (True, ())
    low = say(document, ids, "swing", numbers(ids, "swing", Jobs=50, Nature=30, Cost=20))
    assert (low.complete, low.families[0].anchored) == (True, False)
    assert percents(ids, low.shares) == percents(ids, found.shares)


def test_order_gives_the_rank_order_centroid_and_equal_places_share(document, ids):
    """Three places weigh 11/18, 5/18 and 2/18; the last two shared are 7/36 each."""
    found = say(document, ids, "rank", numbers(ids, "rank", Jobs=2, Nature=1, Cost=3))
    assert percents(ids, found.shares) == {"Jobs": 27.78, "Nature": 61.11, "Cost": 11.11}
    shared = say(document, ids, "rank", numbers(ids, "rank", Jobs=2, Nature=1, Cost=2))
    assert percents(ids, shared.shares) == {"Jobs": 19.44, "Nature": 61.11, "Cost": 19.44}


def test_order_with_even_steps_gives_the_rank_sum(document, ids):
    # Three criteria: 3, 2 and 1 parts of 6; two that share places two and three have one and a half parts each.
    found = say(document, ids, "rank_sum", numbers(ids, "rank", Jobs=2, Nature=1, Cost=3))
    assert [found.shares[ids[name]] for name in ("Nature", "Jobs", "Cost")] == pytest.approx([3 / 6, 2 / 6, 1 / 6])
    shared = say(document, ids, "rank_sum", numbers(ids, "rank", Jobs=2, Nature=1, Cost=2))
    assert [shared.shares[ids[name]] for name in ("Nature", "Jobs", "Cost")] == pytest.approx([3 / 6, 1.5 / 6, 1.5 / 6])


def test_pairs_that_fit_give_exact_weights_also_from_a_chain(document, ids):
    """Jobs 2 x Nature, Nature 2 x Cost: 4/7, 2/7, 1/7, whether or not Jobs 4 x Cost was asked."""
    chain = say(document, ids, "pairwise", compared(ids, "ratio", ("Jobs", "Nature", 2), ("Cost", "Nature", 1 / 2)))
    assert percents(ids, chain.shares) == {"Jobs": 57.14, "Nature": 28.57, "Cost": 14.29}
    assert (chain.complete, chain.answered, chain.asked) == (True, 2, 3)
    assert chain.consistency.ratio == 0
    assert results.repair_words(chain.consistency, names(ids)) is None


def test_pairs_that_contradict_name_the_pair_and_a_repair(document, ids):
    """A circle of threes: the eigenvalue is 1 + 3 + 1/3, so the ratio is (4.3333 - 3) / 2 / 0.58 = 1.1494."""
    answers = compared(ids, "ratio", ("Jobs", "Nature", 3), ("Nature", "Cost", 3), ("Cost", "Jobs", 3))
    found = say(document, ids, "pairwise", answers).consistency
    assert round(found.ratio, 4) == 1.1494
    assert (found.threshold, found.acceptable) == (0.10, False)
    assert (found.pair, found.given) == ((ids["Jobs"], ids["Nature"]), 3)
    assert (found.suggested, round(found.ratio_after, 9)) == (pytest.approx(1 / 9), 0)
    assert results.repair_words(found, names(ids)).english() == (
        "“Jobs” over “Nature” was answered with 3. Does “Nature” count more, 9 times?"
    )


def test_pairs_that_connect_nothing_name_what_to_compare(document, ids):
    found = say(document, ids, "pairwise", compared(ids, "ratio", ("Jobs", "Nature", 3)))
    assert (found.complete, found.lacking) == (False, (ids["Cost"],))
    assert results.fault_words(found.faults[0], names(ids)).english() == (
        "Nothing connects “Jobs” with “Cost” yet. Compare the two."
    )


def test_best_and_worst_that_fit_give_exact_weights(document, ids):
    """Jobs 2 x Nature, 8 x Cost; Nature 4 x Cost: 8/13, 4/13, 1/13."""
    answers = compared(ids, "over", ("Jobs", "Nature", 2), ("Jobs", "Cost", 8))
    answers += compared(ids, "under", ("Nature", "Cost", 4))
    found = say(document, ids, "best_worst", answers)
    assert percents(ids, found.shares) == {"Jobs": 61.54, "Nature": 30.77, "Cost": 7.69}
    assert (found.answered, found.asked, found.consistency.ratio) == (3, 3, 0)


def test_best_and_worst_that_contradict_name_the_criterion_and_the_threshold(document, ids):
    """2 times 2 is not 8: |4 - 8| / (64 - 8) = 0.0714, below the published 0.1309; with 4 over Nature it would fit."""
    answers = compared(ids, "over", ("Jobs", "Nature", 2), ("Jobs", "Cost", 8))
    answers += compared(ids, "under", ("Nature", "Cost", 2))
    found = say(document, ids, "best_worst", answers).consistency
    assert (round(found.ratio, 4), found.threshold, found.acceptable) == (0.0714, 0.1309, True)
    assert (found.pair, found.given, found.suggested, found.ratio_after) == ((ids["Jobs"], ids["Nature"]), 2, 4, 0)


def test_best_and_worst_may_be_named_before_any_number(document, ids):
    found = say(document, ids, "best_worst", compared(ids, "over", ("Jobs", "Jobs", 1)))
    assert [results.fault_words(fault, {}).english() for fault in found.faults] == ["Say which matters least."]
    both = compared(ids, "over", ("Jobs", "Jobs", 1)) + compared(ids, "under", ("Cost", "Cost", 1))
    found = say(document, ids, "best_worst", both)
    assert (found.faults, found.answered, found.asked) == ((), 0, 3)
    assert set(found.lacking) == {ids["Jobs"], ids["Nature"], ids["Cost"]}


def test_down_the_tree_the_whole_weight_is_the_product(document, ids):
    """Benefits 60 with Jobs 75 and Nature 25, Effort 40 with Cost alone: 45, 15 and 40 per cent."""
    answers = numbers(ids, Benefits=60, Effort=40, Jobs=75, Nature=25)
    found = say(document, ids, "points", answers, "tree")
    assert percents(ids, found.shares) == {"Jobs": 45.0, "Nature": 15.0, "Cost": 40.0}
    assert found.nodes[ids["Jobs"]] == results.NodeWeight(0.75, pytest.approx(0.45))
    assert found.nodes[ids["Benefits"]] == results.NodeWeight(pytest.approx(0.6), pytest.approx(0.6))
    families = read(document, reading.families, "tree")
    assert [(each.name, [node.name for node in each.nodes]) for each in families] == [
        ("", ["Benefits", "Effort"]),
        ("Benefits", ["Jobs", "Nature"]),
    ]


def test_a_branch_without_criteria_asks_nothing(document, ids):
    do(document, operations.add_group, "Empty", parent_id=ids["Effort"])
    assert "Empty" not in [node.name for node in read(document, reading.nodes, "tree")]
    loose = do(document, operations.add_criterion, "Loose")
    assert [node.id for node in read(document, reading.families, "tree")[0].nodes][-1] == loose


def test_answers_about_what_is_gone_are_left_out_and_a_new_criterion_is_lacking(document, ids, round_id):
    ballot = vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    do(document, operations.remove_entries, [ids["Cost"]])
    found = read(document, ballot_outcome, ballot)
    assert percents(ids, found.shares) == {"Jobs": 62.5, "Nature": 37.5}
    new = do(document, operations.add_criterion, "Time")
    assert read(document, ballot_outcome, ballot).lacking == (new,)


def test_published_pairs(document):
    for name in ("ahp_saaty2008_drinks", "ahp_wangchin2011"):
        given = case(name)
        matrix, expected = given["inputs"]["matrix"], given["expected"]
        made = flat(document, [f"{name} {place}" for place in range(len(matrix))])
        keys = list(made)
        pairs = [(keys[a], keys[b], matrix[a][b]) for a in range(len(keys)) for b in range(a + 1, len(keys))]
        round_id = do(document, operations.open_round)
        ballot = do(
            document,
            operations.record_ballot,
            round_id,
            FIRST,
            "",
            "pairwise",
            "criteria",
            compared(made, "ratio", *pairs),
        )
        do(document, operations.reveal_round, round_id)
        found = read(document, ballot_outcome, ballot)
        assert [found.shares[made[key]] for key in keys] == pytest.approx(expected["weights"], abs=6e-4)
        if "CR" in expected:
            assert found.consistency.ratio == pytest.approx(expected["CR"], abs=5e-4)
            assert found.consistency.acceptable
        else:
            assert found.consistency.ratio == pytest.approx((7.4199 - 6) / 5 / 1.24, abs=1e-4)
            assert found.consistency.acceptable is False and found.consistency.pair
        do(document, operations.remove_entries, list(made.values()))


def test_published_best_and_worst(document):
    given = case("bwm_linear_rezaei2016_ex1")
    keys, over, under = (given["inputs"][name] for name in ("criteria", "best_to_others", "others_to_worst"))
    made = flat(document, keys)
    answers = compared(made, "over", *[("price", key, value) for key, value in zip(keys, over, strict=True)])
    answers += compared(made, "under", *[(key, "style", value) for key, value in zip(keys, under, strict=True)])
    round_id = do(document, operations.open_round)
    ballot = do(document, operations.record_ballot, round_id, FIRST, "Ana", "best_worst", "criteria", answers)
    found = read(document, ballot_outcome, ballot)
    assert [found.shares[made[key]] for key in keys] == pytest.approx(given["expected"]["weights"], abs=1e-6)


# What is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "value", "sentence"),
    [
        ("points", -1, "Give “Nature” a number from 0 to 100."),
        ("points", 100.5, "Give “Nature” a number from 0 to 100."),
        ("swing", float("inf"), "Give “Nature” a number from 0 to 100."),
        ("swing", "-5", "Give “Nature” a number from 0 to 100."),
        ("rank", 0, "Give “Nature” a place from 1 to 3, as a whole number."),
        ("rank", 4, "Give “Nature” a place from 1 to 3, as a whole number."),
        ("rank", 1.5, "Give “Nature” a place from 1 to 3, as a whole number."),
        ("points", "many", "Give “Nature” a number from 0 to 100."),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name(document, ids, round_id, method, value, sentence):
    assert refusal(document, round_id, method, numbers(ids, method, Jobs=1, Nature=value)) == sentence


@pytest.mark.parametrize("ratio", [0, 0.1, 9.5, -2])
def test_a_ratio_beyond_the_scale_is_refused_by_pair(document, ids, round_id, ratio):
    answers = compared(ids, "ratio", ("Jobs", "Nature", ratio))
    assert refusal(document, round_id, "pairwise", answers) == "Answer “Jobs” over “Nature” with 1/9 to 9."


@pytest.mark.parametrize("ratio", [1 / 9, 0.11, 1, 9])
def test_the_ends_of_the_scale_are_taken(document, ids, round_id, ratio):
    answers = compared(ids, "ratio", ("Jobs", "Nature", ratio))
    assert do(document, operations.record_ballot, round_id, FIRST, "Ana", "pairwise", "criteria", answers)


def test_contradictions_that_cannot_be_are_refused_by_name(document, ids, round_id):
    twice = compared(ids, "ratio", ("Jobs", "Nature", 3), ("Nature", "Jobs", 3))
    assert refusal(document, round_id, "pairwise", twice) == "“Nature” and “Jobs” are compared twice."
    itself = compared(ids, "ratio", ("Jobs", "Jobs", 1))
    assert refusal(document, round_id, "pairwise", itself) == "“Jobs” has to be compared with another one."
    same = compared(ids, "over", ("Jobs", "Nature", 2)) + compared(ids, "under", ("Nature", "Jobs", 2))
    assert refusal(document, round_id, "best_worst", same) == "“Jobs” cannot be the most and the least important one."
    two = compared(ids, "over", ("Jobs", "Nature", 2), ("Cost", "Nature", 2))
    assert refusal(document, round_id, "best_worst", two) == "Only one can be the most important: “Cost” or “Jobs”."
    beyond = compared(ids, "over", ("Jobs", "Nature", 7), ("Jobs", "Cost", 5)) + compared(
        ids, "under", ("Cost", "Cost", 1)
    )
    assert refusal(document, round_id, "best_worst", beyond) == (
        "“Nature” would count less than “Cost”, which is the least important."
    )
    below = compared(ids, "over", ("Jobs", "Cost", 5)) + compared(ids, "under", ("Nature", "Cost", 7))
    assert refusal(document, round_id, "best_worst", below) == (
        "“Nature” would count more than “Jobs”, which is the most important."
    )
    differ = compared(ids, "over", ("Jobs", "Cost", 5)) + compared(ids, "under", ("Jobs", "Cost", 6))
    assert refusal(document, round_id, "best_worst", differ) == "“Jobs” over “Cost” has two answers."


def test_answers_of_another_kind_or_another_branch_are_refused(document, ids, round_id):
    assert refusal(document, round_id, "points", numbers(ids, "swing", Jobs=3))
    across = compared(ids, "ratio", ("Jobs", "Cost", 3))
    assert "another branch" in refusal(document, round_id, "pairwise", across, "tree")
    with pytest.raises(Refused):
        do(document, operations.record_ballot, round_id, FIRST, "Ana", "dice", "criteria", [])


def test_one_impossible_ballot_of_many_keeps_all_out(document, ids, round_id):
    rows = [(FIRST, "Ana", numbers(ids, Jobs=50, Nature=30, Cost=20)), (FIRST, "Ben", numbers(ids, Jobs=-5))]
    with pytest.raises(Refused):
        do(document, operations.record_ballots, round_id, "points", "criteria", rows)
    assert read(document, reading.ballots, round_id) == []


# Recording -----------------------------------------------------------------------------------------------


def test_a_second_ballot_of_a_voter_takes_the_place_of_the_first(document, ids, round_id):
    first = vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    again = do(
        document, operations.record_ballot, round_id, FIRST, " Ana ", "rank", "criteria", numbers(ids, "rank", Jobs=1)
    )
    rows = read(document, reading.ballots, round_id)
    assert again == first
    assert [(row.voter, row.method, row.answers) for row in rows] == [
        ("Ana", "rank", ((ids["Jobs"], "", "rank", 1.0),))
    ]
    document.undo()
    assert read(document, ballot_outcome, first).complete


def test_an_empty_ballot_counts_for_nobody(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", None, None, None)
    vote(document, round_id, ids, FIRST, "Ben", 50, 30, 20)
    vote(document, round_id, ids, SECOND, "Eve", 50, 30, None)
    assert read(document, reading.ballot_counts, round_id) == {FIRST: 1, SECOND: 1}
    assert read(document, reading.current_round).ballots == 2


def test_many_ballots_are_one_change_and_the_log_names_nobody(document, ids, round_id):
    rows = [(FIRST, f"Person {n}", numbers(ids, Jobs=50 + n, Nature=30 - n, Cost=20), n % 2 == 0) for n in range(8)]
    change = document.do(operations.record_ballots, round_id, "points", "criteria", rows)
    assert len(change.result) == 8 and change.about == "8"
    assert [row.checked for row in read(document, reading.ballots, round_id)] == [True, False] * 4
    alone = document.do(operations.record_ballot, round_id, FIRST, "Person 3", "points", "criteria", rows[0][2])
    assert "Person" not in alone.about
    document.undo()
    document.undo()
    assert read(document, reading.ballots, round_id) == []


def test_the_same_answers_again_are_no_change(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    change = document.do(
        operations.record_ballot,
        round_id,
        FIRST,
        "Ana",
        "points",
        "criteria",
        numbers(ids, Jobs=50, Nature=30, Cost=20),
    )
    assert not change.touched


def test_two_passes_over_a_paper_ballot_name_the_cells_that_differ(document, ids):
    first = numbers(ids, Jobs=50, Nature=30, Cost=20)
    assert results.differences(first, list(reversed(first))) == ()
    second = [*numbers(ids, Jobs=50, Nature=3), (ids["Cost"], "", "points", None)]
    found = results.differences(first, second)
    assert [results.difference_words(each, names(ids)).english() for each in found] == [
        "“Nature”: first 30, then 3.",
        "“Cost”: first 20, then –.",
    ]
    one = compared(ids, "ratio", ("Jobs", "Nature", 3), ("Jobs", "Cost", 5))
    other = compared(ids, "ratio", ("Nature", "Jobs", 1 / 3), ("Cost", "Jobs", 5))
    found = results.differences(one, other)
    assert {(each.first, each.second) for each in found} == {(5, None), (None, 5)}
