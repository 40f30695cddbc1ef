"""The first score locks the weights; unlocking them is a decision with a reason."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.builders.weighing import FIRST, agreed_weights, numbers, small_tree, vote
from tna_desktop.kernel import assessment
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.intake import read_pasted
from tna_desktop.stages.criteria import checks, operations, reading
from tna_desktop.stages.priorities import operations as priorities
from tna_desktop.stages.priorities.score_table import read_score_table


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def ids(document):
    return small_tree(document)


@pytest.fixture
def pump(document):
    return do(document, priorities.add_technology, "Solar pump")


def agree(document, ids):
    do(document, operations.set_weights, {ids["Jobs"]: 50, ids["Nature"]: 30, ids["Cost"]: 20})


def score(document, ids, pump, value=3):
    return document.do(priorities.set_score, pump, ids["Jobs"], value=value)


def locked(document):
    return read(document, reading.weights_locked)


def state(document):
    found = read(document, checks.agreement.weights_locked, WORKFLOW, "criteria.agreement")
    return found.state, found.text.english()


def test_the_first_score_locks_the_weights_in_the_same_change(document, ids, pump):
    agree(document, ids)
    assert not locked(document) and state(document)[0] is State.OPEN
    change = score(document, ids, pump)
    assert change.touches("score") and change.touches("weight_rule")
    assert locked(document) and state(document)[0] is State.GOOD
    document.undo()
    assert not locked(document)
    document.redo()
    assert locked(document)


def test_many_scores_at_once_lock_them_too(document, ids, pump):
    agree(document, ids)
    do(document, priorities.set_scores, [(pump, ids["Jobs"], {"value": 4}), (pump, ids["Cost"], {"value": 2})])
    assert locked(document)


def test_no_score_and_no_weights_lock_nothing(document, ids, pump):
    score(document, ids, pump)
    assert not locked(document)
    agree(document, ids)
    score(document, ids, pump, 4)
    assert not locked(document)
    assert state(document) == (State.ATTENTION, "Scoring has begun, and the weights may still change. Lock them.")


def test_a_note_of_evidence_or_an_emptied_cell_is_no_score(document, ids, pump):
    agree(document, ids)
    do(document, priorities.set_score, pump, ids["Jobs"], evidence="A survey is under way")
    do(document, priorities.clear_scores, [(pump, ids["Jobs"])])
    assert not locked(document)


def test_a_table_that_is_brought_in_locks_nothing(document):
    table = read_score_table(read_pasted("Technology\tJobs\tCost\nweight\t2\t1\nSolar pump\t3\t4"))
    do(document, priorities.import_scores, table)
    assert read(document, reading.scoring_begun) and not locked(document)


def test_a_table_with_which_the_team_begins_to_score_locks_them(document, ids):
    agree(document, ids)
    table = read_score_table(read_pasted("Technology\tJobs\tCost\nSolar pump\t3\t4"))
    do(document, priorities.import_scores, table, begins=True)
    assert locked(document)


def test_while_locked_nothing_about_weights_can_change(document, ids, pump):
    do(document, operations.set_group_weight, ids["Jobs"], FIRST, 5)
    round_id = do(document, operations.open_round)
    ballot = vote(document, round_id, ids, FIRST, "Ana", 50, 30, 20)
    do(document, operations.reveal_round, round_id)
    agree(document, ids)
    score(document, ids, pump)
    before = agreed_weights(document)
    answers = numbers(ids, Jobs=1, Nature=1, Cost=1)
    for operation, *values in (
        (operations.set_weight, ids["Jobs"], 9),
        (operations.set_weights, {ids["Jobs"]: 9}),
        (operations.adopt_weights, {ids["Jobs"]: 9}),
        (operations.set_group_weight, ids["Jobs"], FIRST, 9),
        (operations.set_group_weights, FIRST, "First", {ids["Jobs"]: 9}),
        (operations.set_all_weights, {"": {ids["Jobs"]: 9}}),
        (operations.change_criterion, ids["Jobs"]),
        (operations.open_round,),
        (operations.record_ballot, round_id, FIRST, "Ben", "points", "criteria", answers),
        (operations.record_ballots, round_id, "points", "criteria", [(FIRST, "Ben", answers)]),
        (operations.remove_ballots, [ballot]),
        (operations.set_group_voice, FIRST, 2, "Because."),
        (operations.set_mean, "geometric", "Because."),
        (operations.agree_weight, ids["Jobs"], 9, "Because."),
        (operations.adopt_round, round_id, "Because."),
    ):
        more = {"weight": 9} if operation is operations.change_criterion else {}
        with pytest.raises(Refused) as refused:
            do(document, operation, *values, **more)
        assert refused.value.reason.english() == (
            "Scoring has begun, so the weights are locked. Unlock them with a reason to change them."
        ), operation
    assert agreed_weights(document) == before


def test_a_criterion_with_a_weight_stays_while_locked(document, ids, pump):
    agree(document, ids)
    score(document, ids, pump)
    spare = do(document, operations.add_criterion, "Spare")
    for wanted in ("Cost", "Effort", "Benefits"):
        with pytest.raises(Refused) as refused:
            do(document, operations.remove_entries, [ids[wanted]])
        assert "has one" in refused.value.reason.english()
    with pytest.raises(Refused):
        do(document, operations.add_criterion, "Heavy", weight=50)
    assert do(document, operations.remove_entries, [spare]) == 1
    do(document, operations.change_criterion, ids["Jobs"], definition="Paid work", weight=50)


def test_unlocking_is_a_decision_with_a_reason_and_lasts(document, ids, pump):
    agree(document, ids)
    score(document, ids, pump)
    with pytest.raises(Refused) as refused:
        do(document, operations.unlock_weights, " ")
    assert refused.value.field == "reason"
    do(document, operations.unlock_weights, "A weight was typed wrongly.", "Steering committee")
    decision = read(document, assessment.decisions)[0]
    assert (decision["kind"], decision["what"], decision["reason"], decision["decided_by"]) == (
        "weights_unlocked",
        "Weights unlocked",
        "A weight was typed wrongly.",
        "Steering committee",
    )
    do(document, operations.set_weight, ids["Jobs"], 40)
    score(document, ids, pump, 5)
    do(document, priorities.clear_scores, [(pump, ids["Jobs"])])
    score(document, ids, pump, 2)
    assert not locked(document)
    assert state(document)[0] is State.ATTENTION and "were unlocked" in state(document)[1]
    do(document, operations.lock_weights)
    assert locked(document) and state(document)[0] is State.GOOD


def test_what_is_not_locked_is_not_unlocked_and_nothing_agreed_is_not_locked(document, ids):
    with pytest.raises(Refused) as refused:
        do(document, operations.unlock_weights, "Because.")
    assert refused.value.reason.english() == "The weights are not locked."
    with pytest.raises(Refused):
        do(document, operations.lock_weights)


def test_weights_may_be_locked_before_any_score(document, ids):
    agree(document, ids)
    do(document, operations.lock_weights, "Plenary")
    with pytest.raises(Refused) as refused:
        do(document, operations.set_weight, ids["Jobs"], 9)
    assert refused.value.reason.english() == "The weights are locked. Unlock them with a reason to change them."
    assert read(document, assessment.decisions)[0]["kind"] == "weights_locked"


def test_the_kind_of_mean_leaves_the_lock_undecided(document, ids, pump):
    agree(document, ids)
    do(document, operations.set_mean, "geometric", "Ratios are compared.")
    score(document, ids, pump)
    assert locked(document) and read(document, reading.weight_rule).mean == "geometric"
