"""Stage 2: the criteria in their groups, the gates, and weights that are compared and never mixed up."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.stages.criteria import checks, models, operations, reading, results
from tna_desktop.stages.criteria.panels.strip import stacked
from tna_desktop.stages.criteria.panels.weight_rows import axis, level, slider_end

TREE, WEIGHTS = "criteria.tree", "criteria.weights"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, TREE, **parameters)


def tree(document):
    """The tree as (group, criterion) in the order it is read."""
    return [(row["group"], row["name"]) for row in read(document, reading.criteria)]


@pytest.fixture
def small(document):
    """Two groups with three criteria, and the ids by name."""
    benefits = do(document, operations.add_group, "Benefits")
    effort = do(document, operations.add_group, "Effort")
    ids = {"Benefits": benefits, "Effort": effort}
    for name, group in (("Jobs", benefits), ("Nature", benefits), ("Cost", effort)):
        ids[name] = do(document, operations.add_criterion, name, group_id=group)
    return ids


# Tree ----------------------------------------------------------------------------------------------------


def test_criteria_stand_in_the_order_of_their_groups(document, small):
    do(document, operations.add_criterion, "Loose")
    do(document, operations.add_criterion, "Food", group_id=small["Benefits"])
    assert tree(document) == [
        ("Benefits", "Jobs"),
        ("Benefits", "Nature"),
        ("Benefits", "Food"),
        ("Effort", "Cost"),
        ("", "Loose"),
    ]


def test_a_criterion_is_placed_first_in_another_group_and_back(document, small):
    do(document, operations.place_criterion, small["Nature"], small["Effort"])
    assert tree(document) == [("Benefits", "Jobs"), ("Effort", "Nature"), ("Effort", "Cost")]
    do(document, operations.place_criterion, small["Jobs"], small["Effort"], small["Nature"])
    assert tree(document) == [("Effort", "Nature"), ("Effort", "Jobs"), ("Effort", "Cost")]
    document.undo()
    document.undo()
    assert tree(document) == [("Benefits", "Jobs"), ("Benefits", "Nature"), ("Effort", "Cost")]


def test_a_branch_below_another_is_read_after_it_and_never_below_itself(document, small):
    inner = do(document, operations.add_group, "Income", parent_id=small["Benefits"])
    do(document, operations.place_criterion, small["Jobs"], inner)
    assert [(group["name"], group["depth"]) for group in read(document, reading.groups)] == [
        ("Benefits", 0),
        ("Income", 1),
        ("Effort", 0),
    ]
    assert tree(document)[0] == ("Benefits", "Nature")
    assert read(document, reading.top_group)[inner] == small["Benefits"]
    with pytest.raises(Refused) as refused:
        do(document, operations.change_group, small["Benefits"], parent_id=inner)
    assert refused.value.field == "parent_id"


def test_removing_a_branch_takes_all_below_it_and_undo_brings_all_back(document, small):
    do(document, operations.set_weight, small["Jobs"], 3)
    do(document, operations.set_group_weight, small["Jobs"], "research", 5)
    do(document, operations.remove_entries, [small["Benefits"], small["Cost"]])
    assert tree(document) == []
    document.undo()
    assert len(tree(document)) == 3
    assert read(document, reading.group_weights) == {(small["Jobs"], "research"): 5}


def test_the_low_end_of_a_scale_stays_below_the_high_end(document, small):
    with pytest.raises(Refused) as refused:
        do(document, operations.change_criterion, small["Cost"], low=10, high="10")
    assert refused.value.field == "high"
    with pytest.raises(Refused):
        do(document, operations.add_criterion, "Height", low="ten")
    assert read(document, reading.criteria)[2]["low"] is None


def test_the_library_brings_groups_anchors_and_sources_once(document):
    core = models.core_keys(WORKFLOW)
    assert do(document, operations.add_model_criteria, WORKFLOW, core) == 12
    assert do(document, operations.add_model_criteria, WORKFLOW, core[:3]) == 0
    rows = read(document, reading.criteria)
    assert len({row["group"] for row in rows}) == 4
    assert all(row["anchor_1"] and row["anchor_5"] and row["source"] for row in rows)
    assert (rows[0]["low"], rows[0]["high"]) == (1, 5)
    for function in (
        checks.criteria.criteria_enough,
        checks.criteria.criteria_have_anchors,
        checks.doubles.criteria_distinct,
    ):
        assert check(document, function).state is State.GOOD


def test_gates_are_taken_once_and_carry_no_weight(document):
    gates = len(WORKFLOW.catalogue("gates").entries)
    assert do(document, operations.add_model_gates, WORKFLOW) == gates
    assert do(document, operations.add_model_gates, WORKFLOW) == 0
    rows = read(document, reading.gates)
    do(document, operations.move_gate, rows[-1]["id"], None)
    assert read(document, reading.gates)[0]["id"] == rows[-1]["id"]
    assert read(document, results.weights).criteria == ()


def test_a_criterion_in_a_branch_below_counts_for_the_group_that_is_asked_for(document):
    do(document, operations.add_model_criteria, WORKFLOW, models.core_keys(WORKFLOW)[:1])
    asked = {"groups": ("development", "convention")}
    found = check(document, checks.criteria.convention_criteria_present, **asked)
    assert found.text.english() == "No criterion yet in: Contribution to the Convention."
    inner = do(document, operations.add_group, "Species", parent_id=None)
    do(document, operations.add_criterion, "Frogs", group_id=inner)
    convention = do(document, operations.add_group, "Convention", catalogue_key="convention")
    do(document, operations.change_group, inner, parent_id=convention)
    assert check(document, checks.criteria.convention_criteria_present, **asked).state is State.GOOD


def test_two_criteria_of_one_name_are_found(document, small):
    do(document, operations.add_criterion, "jobs")
    found = check(document, checks.doubles.criteria_distinct)
    assert (found.state, len(found.places)) == (State.ATTENTION, 2)


def shares(document):
    return {each.name: round(each.share, 4) for each in read(document, results.weights, WORKFLOW).criteria}


def weigh(document, ids, group, jobs, nature, cost):
    do(
        document,
        operations.set_group_weights,
        group,
        group,
        {ids["Jobs"]: jobs, ids["Nature"]: nature, ids["Cost"]: cost},
    )


# Weights -------------------------------------------------------------------------------------------------


def test_without_any_weight_all_count_the_same_and_with_one_the_others_count_nothing(document, small):
    assert shares(document) == {"Jobs": 0.3333, "Nature": 0.3333, "Cost": 0.3333}
    assert read(document, results.weights).origin == results.EQUAL
    do(document, operations.set_weight, small["Jobs"], 8)
    assert shares(document) == {"Jobs": 1.0, "Nature": 0.0, "Cost": 0.0}
    found = check(document, checks.weights.weights_agreed)
    assert found.text.english() == "2 criteria have no agreed weight and do not count."


def test_weights_of_any_size_count_as_their_share(document, small):
    do(document, operations.set_weights, {small["Jobs"]: 30, small["Nature"]: 15, small["Cost"]: 15})
    assert shares(document) == {"Jobs": 0.5, "Nature": 0.25, "Cost": 0.25}
    heavy = check(document, checks.weights.no_criterion_dominates, at_most_share=0.4)
    assert heavy.text.english() == "The heaviest criterion is Jobs, with 50 % of the weight."
    assert heavy.places == (Place(TREE, small["Jobs"], "weight"),)
    with pytest.raises(Refused):
        do(document, operations.set_weight, small["Jobs"], -1)


def test_weights_that_are_all_zero_are_no_agreement(document, small):
    do(document, operations.set_weights, {small[name]: 0 for name in ("Jobs", "Nature", "Cost")})
    assert check(document, checks.weights.weights_agreed).state is State.ATTENTION
    assert read(document, results.weights).origin == results.NONE


def test_a_group_counts_once_it_has_weighed_every_criterion(document, small):
    weigh(document, small, "research", 50, 30, 20)
    do(document, operations.set_group_weight, small["Jobs"], "partners", 9)
    found = read(document, results.weights, WORKFLOW)
    assert found.voices == ("research",)
    assert found.criteria[0].spread is None
    voice = read(document, results.voice, "partners")
    assert (voice.as_set, voice.total, voice.shares) == ({small["Jobs"]: 9}, 9, {})
    assert check(document, checks.weights.weights_disputed).state is State.OPEN


def test_mean_and_spread_give_every_group_the_same_voice(document, small):
    """research: 50 30 20 of 100; partners: 1 1 2 of 4 = 25 25 50 %. Means 37.5 27.5 35, spreads 25 5 30."""
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    found = read(document, results.weights, WORKFLOW).criteria
    assert [round(each.mean * 100, 6) for each in found] == [37.5, 27.5, 35.0]
    assert [round(each.spread, 6) for each in found] == [25.0, 5.0, 30.0]
    disputed = check(document, checks.weights.weights_disputed, spread_points=14)
    assert [place.record for place in disputed.places] == [small["Jobs"], small["Cost"]]
    assert check(document, checks.weights.groups_weighed, at_least=2).state is State.GOOD


def test_taking_a_group_weight_back_takes_the_group_out(document, small):
    weigh(document, small, "research", 50, 30, 20)
    do(document, operations.set_group_weight, small["Cost"], "research", None)
    assert read(document, results.weights, WORKFLOW).voices == ()
    document.undo()
    assert read(document, results.weights, WORKFLOW).voices == ("research",)


@pytest.mark.parametrize(
    ("spread", "word"), [(None, ""), (0, "high"), (6, "high"), (6.1, "medium"), (14, "medium"), (14.1, "low")]
)
def test_agreement_in_words(spread, word):
    assert level(spread, 14) == word


def test_the_strip_reaches_beyond_the_highest_share_in_round_steps():
    top, ticks = axis(0.24)
    assert (top > 0.24, ticks) == (True, (0.0, 0.1, 0.2))
    assert axis(1.0) == (1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
    assert axis(0.0)[1] == (0.0, 0.05, 0.1)


def test_the_slider_ends_at_a_round_number_beyond_the_largest_weight():
    assert slider_end([], 3) == 80
    assert slider_end([18], 12) == 25
    assert slider_end([5, 3], 12) == 10
    assert slider_end([0.3, 0.7], 2) == 1.0
    assert slider_end([100], 2) == 150


def test_equal_marks_are_stacked_above_and_below_so_that_none_is_hidden():
    assert stacked([10, 10, 10, 40, 45], 11) == [0, -1, 1, 0, -1]
