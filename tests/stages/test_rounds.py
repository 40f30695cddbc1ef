"""Rounds: what is hidden until it is revealed, what a group says, and how groups become the country."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.builders.weighing import (
    FIRST,
    SECOND,
    agreed_weights,
    compared,
    everything,
    group_percents,
    numbers,
    percents,
    small_tree,
    vote,
)
from tna_desktop.kernel import assessment
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.stages.criteria import checks, operations, reading, results


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


# Rounds --------------------------------------------------------------------------------------------------


def test_a_round_is_hidden_until_it_is_revealed(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    do(document, operations.set_group_weights, SECOND, "Second", {ids[name]: 1 for name in ("Jobs", "Nature", "Cost")})
    assert read(document, results.group_weights, WORKFLOW) == {}
    assert read(document, results.group_weights, WORKFLOW, round_id) == {}
    assert read(document, results.weights, WORKFLOW).voices == ()
    assert read(document, results.agreement, WORKFLOW) is None
    assert read(document, reading.shown_round) is None
    assert read(document, reading.ballot_counts, round_id) == {FIRST: 1}
    do(document, operations.reveal_round, round_id)
    assert set(read(document, results.weights, WORKFLOW).voices) == {FIRST, SECOND}
    document.undo()
    assert read(document, results.weights, WORKFLOW).voices == ()


def test_a_new_hidden_round_changes_nothing_of_what_is_shown(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    do(document, operations.reveal_round, round_id)
    before = read(document, results.weights, WORKFLOW)
    second = do(document, operations.open_round)
    vote(document, second, ids, FIRST, "Ana", 10, 10, 80)
    assert read(document, results.weights, WORKFLOW) == before
    do(document, operations.reveal_round, second)
    assert group_percents(document, ids) == {FIRST: {"Jobs": 10.0, "Nature": 10.0, "Cost": 80.0}}
    assert group_percents(document, ids, round_id) == {FIRST: {"Jobs": 50.0, "Nature": 30.0, "Cost": 20.0}}


def test_a_closed_round_takes_no_more(document, ids, round_id):
    ballot = vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    with pytest.raises(Refused) as refused:
        do(document, operations.close_round, round_id)
    assert refused.value.reason.english() == "Round 1 is still hidden. Reveal it before you close it."
    do(document, operations.reveal_round, round_id)
    do(document, operations.close_round, round_id)
    sentence = "Round 1 is closed. Open a new round to change what was answered."
    for attempt in (
        lambda: vote(document, round_id, ids, FIRST, "Ben", 1, 1, 1),
        lambda: do(document, operations.remove_ballots, [ballot]),
        lambda: do(document, operations.set_group_weight, ids["Jobs"], FIRST, 3),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.reason.english() == sentence


def test_a_hidden_round_with_answers_keeps_the_next_from_opening_and_an_empty_one_is_kept(document, ids, round_id):
    assert do(document, operations.open_round) == round_id
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    with pytest.raises(Refused):
        do(document, operations.open_round)
    do(document, operations.reveal_round, round_id)
    do(document, operations.open_round)
    assert [(each.number, each.revealed, each.closed) for each in read(document, reading.rounds)] == [
        (1, True, True),
        (2, False, False),
    ]


def test_weights_set_before_any_round_become_the_first_round(document, ids):
    do(
        document,
        operations.set_group_weights,
        FIRST,
        "First",
        {ids["Jobs"]: 200, ids["Nature"]: 120, ids["Cost"]: 80},
    )
    before = read(document, results.weights, WORKFLOW)
    second = do(document, operations.open_round)
    rounds = read(document, reading.rounds)
    assert [(each.number, each.revealed, each.closed, each.ballots) for each in rounds] == [
        (1, True, True, 1),
        (2, False, False, 0),
    ]
    assert rounds[1].id == second
    assert read(document, reading.group_weights) == {}
    assert read(document, results.weights, WORKFLOW) == before
    document.undo()
    assert read(document, reading.rounds) == []
    assert read(document, reading.group_weights)[ids["Jobs"], FIRST] == 200


def test_a_group_that_does_not_answer_again_keeps_what_it_said(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    vote(document, round_id, ids, SECOND, "Eve", 20, 30, 50)
    do(document, operations.reveal_round, round_id)
    second = do(document, operations.open_round)
    vote(document, second, ids, FIRST, "Ana", 40, 30, 30)
    vote(document, second, ids, SECOND, "Eve", 40, None, None)
    do(document, operations.reveal_round, second)
    found = read(document, results.group_weights, WORKFLOW)
    assert [(found[group].round, found[group].kept) for group in (FIRST, SECOND)] == [(2, False), (1, True)]
    assert percents(ids, found[SECOND].shares)["Cost"] == 50.0
    assert set(read(document, results.said_in, WORKFLOW, second)) == {FIRST}


# What a group says ---------------------------------------------------------------------------------------


def test_a_group_is_the_mean_of_its_voters_and_tells_who_is_left_out(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    vote(document, round_id, ids, FIRST, "Ben", 30, 30, 40)
    vote(document, round_id, ids, FIRST, "Cem", 30, None, None)
    do(document, operations.reveal_round, round_id)
    found = read(document, results.group_weights, WORKFLOW)[FIRST]
    assert percents(ids, found.shares) == {"Jobs": 40.0, "Nature": 30.0, "Cost": 30.0}
    assert (found.origin, found.voters, found.left_out) == (results.VOTERS, 2, 1)
    assert [each.english() for each in found.why] == ["One ballot is not complete."]


def test_a_ballot_of_the_group_as_a_whole_counts_before_its_voters(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    vote(document, round_id, ids, FIRST, "", 20, 20, 60)
    do(document, operations.reveal_round, round_id)
    found = read(document, results.group_weights, WORKFLOW)[FIRST]
    assert (found.origin, percents(ids, found.shares)["Cost"], found.left_out) == (results.BALLOT, 60.0, 1)
    do(document, operations.set_group_weights, FIRST, "First", {ids["Jobs"]: 1, ids["Nature"]: 1, ids["Cost"]: 2})
    found = read(document, results.group_weights, WORKFLOW)[FIRST]
    assert (found.origin, percents(ids, found.shares)["Cost"], found.left_out) == (results.OWN, 50.0, 2)
    vote(document, round_id, ids, FIRST, "", 30, 30, 40)
    assert read(document, results.group_weights, WORKFLOW)[FIRST].origin == results.BALLOT


def test_voters_may_answer_in_different_ways(document, ids, round_id):
    """Points 60 20 20 and the order Jobs, Nature, Cost (11/18, 5/18, 2/18): means 60.56, 23.89, 15.56."""
    vote(document, round_id, ids, FIRST, "Ana", 60, 20, 20)
    answers = numbers(ids, "rank", Jobs=1, Nature=2, Cost=3)
    do(document, operations.record_ballot, round_id, FIRST, "Ben", "rank", "criteria", answers)
    do(document, operations.reveal_round, round_id)
    found = read(document, results.group_weights, WORKFLOW)[FIRST]
    assert percents(ids, found.shares) == {"Jobs": 60.56, "Nature": 23.89, "Cost": 15.56}
    assert found.methods == ("points", "rank")


def two_groups(document, ids):
    for group, weights in ((FIRST, (50, 30, 20)), (SECOND, (25, 25, 50))):
        given = {ids[name]: weight for name, weight in zip(("Jobs", "Nature", "Cost"), weights, strict=True)}
        do(document, operations.set_group_weights, group, group, given)


def means(document):
    return [round(each.mean * 100, 2) for each in read(document, results.weights, WORKFLOW).criteria]


# Groups and the country ----------------------------------------------------------------------------------


def test_a_louder_voice_needs_a_reason_and_changes_the_mean(document, ids):
    """Three voices against one: 0.75 x 50 + 0.25 x 25 = 43.75."""
    two_groups(document, ids)
    assert means(document) == [37.5, 27.5, 35.0]
    with pytest.raises(Refused) as refused:
        do(document, operations.set_group_voice, FIRST, 3, " ")
    assert refused.value.field == "reason"
    do(document, operations.set_group_voice, FIRST, 3, "It speaks for three ministries.")
    assert means(document) == [43.75, 28.75, 27.5]
    assert read(document, results.group_weights, WORKFLOW)[FIRST].voice == 3
    do(document, operations.set_group_voice, FIRST, 0, "It only listens.")
    assert means(document) == [25.0, 25.0, 50.0]
    assert read(document, results.weights, WORKFLOW).voices == (FIRST, SECOND)
    do(document, operations.set_group_voice, FIRST, 1)
    assert (means(document), read(document, reading.group_voices)) == ([37.5, 27.5, 35.0], {})


def test_the_geometric_mean(document, ids):
    """Roots of 0.125, 0.075 and 0.1 are 0.35355, 0.27386 and 0.31623, together 0.94364."""
    two_groups(document, ids)
    do(document, operations.set_mean, "geometric", "Ratios are compared.")
    assert means(document) == [37.47, 29.02, 33.51]
    with pytest.raises(Refused):
        do(document, operations.set_mean, "harmonic")


def test_the_mean_of_a_round_becomes_the_agreed_weights(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    vote(document, round_id, ids, SECOND, "Eve", 25, 25, 50)
    with pytest.raises(Refused):
        do(document, operations.adopt_round, round_id, "All agree.")
    do(document, operations.reveal_round, round_id)
    with pytest.raises(Refused):
        do(document, operations.adopt_round, round_id, "")
    do(document, operations.adopt_round, round_id, "All agree.", "The steering committee")
    assert agreed_weights(document) == {"Jobs": 37.5, "Nature": 27.5, "Cost": 35.0}
    decision = read(document, assessment.decisions, "criteria.agreement")[0]
    assert (decision["kind"], decision["what"], decision["decided_by"]) == (
        "agreed_weights",
        "Agreed weights: the mean of round 1",
        "The steering committee",
    )


def test_an_agreed_weight_stands_with_its_reason_and_in_the_log(document, ids):
    do(document, operations.agree_weight, ids["Jobs"], 12.5, "Work is scarce.", "Plenary")
    row = read(document, reading.criteria)[0]
    assert (row["weight"], row["weight_reason"]) == (12.5, "Work is scarce.")
    decision = read(document, assessment.decisions)[0]
    assert (decision["kind"], decision["what"], decision["record"]) == (
        "agreed_weight",
        "Weight of “Jobs”: 12.5",
        ids["Jobs"],
    )


def operations_in_turn(ids, round_id, ballot):
    def points(**given):
        return numbers(ids, **given)

    return [
        (operations.record_ballot, round_id, SECOND, "Eve", "points", "criteria", points(Jobs=5)),
        (operations.record_ballot, round_id, FIRST, "", "points", "criteria", points(Jobs=5)),
        (operations.record_ballots, round_id, "points", "criteria", [(FIRST, "Ana", points(Jobs=1, Nature=2))]),
        (operations.remove_ballots, [ballot]),
        (operations.reveal_round, round_id),
        (operations.set_group_voice, FIRST, 2, "Two bodies."),
        (operations.set_mean, "geometric", "Ratios."),
        (operations.agree_weight, ids["Jobs"], 7, "Because.", "Plenary"),
    ]


# Undo ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(8))
def test_every_operation_is_undone_and_done_again(document, ids, round_id, place):
    do(document, operations.set_group_weight, ids["Jobs"], FIRST, 4)
    ballot = vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    operation, *values = operations_in_turn(ids, round_id, ballot)[place]
    there_and_back(document, operation, *values)


def test_opening_closing_adopting_and_locking_are_undone_and_done_again(document, ids, round_id):
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    do(document, operations.reveal_round, round_id)
    do(document, operations.set_group_weights, SECOND, "Second", {ids[name]: 1 for name in ("Jobs", "Nature", "Cost")})
    there_and_back(document, operations.adopt_round, round_id, "All agree.")
    there_and_back(document, operations.close_round, round_id)
    there_and_back(document, operations.open_round)
    there_and_back(document, operations.lock_weights)
    there_and_back(document, operations.unlock_weights, "A mistake was found.")


def there_and_back(document, operation, *values):
    before = everything(document)
    assert document.do(operation, *values).touched
    after = everything(document)
    assert after != before
    document.undo()
    assert everything(document) == before
    document.redo()
    assert everything(document) == after


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, "criteria.weights", **parameters)


# Checks --------------------------------------------------------------------------------------------------


def test_contradicting_ballots_are_found_once_they_are_revealed(document, ids, round_id):
    consistent = checks.weights.answers_consistent
    assert check(document, consistent).state is State.OPEN
    circle = compared(ids, "ratio", ("Jobs", "Nature", 3), ("Nature", "Cost", 3), ("Cost", "Jobs", 3))
    ballot = do(document, operations.record_ballot, round_id, FIRST, "Ana", "pairwise", "criteria", circle)
    assert check(document, consistent).state is State.OPEN
    do(document, operations.reveal_round, round_id)
    found = check(document, consistent)
    assert (found.state, [place.record for place in found.places]) == (State.ATTENTION, [ballot])
    assert check(document, consistent, at_most_ratio=1.2).state is State.GOOD
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    assert check(document, consistent).state is State.GOOD


def test_rounds_are_to_be_revealed_and_closed(document, ids, round_id):
    closed = checks.agreement.rounds_closed
    assert check(document, closed).state is State.OPEN
    vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    assert check(document, closed).text.english() == "Round 1 is still hidden."
    do(document, operations.reveal_round, round_id)
    assert check(document, closed).state is State.ATTENTION
    do(document, operations.close_round, round_id)
    assert check(document, closed).state is State.GOOD
