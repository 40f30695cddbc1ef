"""Agreement between groups: the order, the spread, who stands apart, what a second round changed, and the reasons."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.builders.weighing import FIRST, SECOND, THIRD, case, flat, percents, small_tree, vote
from tna_desktop.analysis.agreement import Reading
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.criteria import chapter, checks, operations, results, sheet


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def ids(document):
    return small_tree(document)


def weigh(document, ids, group, *weights):
    names = [name for name in ids if name not in ("Benefits", "Effort")]
    values = {ids[name]: weight for name, weight in zip(names, weights, strict=True)}
    do(document, operations.set_group_weights, group, group, values)


def found(document, **values):
    return read(document, results.agreement, WORKFLOW, **values)


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, "criteria.agreement", **parameters)


def a_round(document, ids, rows, reveal=True):
    round_id = do(document, operations.open_round)
    for group, voter, *points in rows:
        vote(document, round_id, ids, group, voter, *points)
    if reveal:
        do(document, operations.reveal_round, round_id)
    return round_id


def test_nobody_has_weighed(document, ids):
    assert found(document) is None


def test_one_group_has_nobody_to_agree_with(document, ids):
    weigh(document, ids, FIRST, 50, 30, 20)
    only = found(document)
    assert (only.concordance.w, only.concordance.reading, only.apart, only.disputed) == (
        None,
        Reading.ONE_VOICE,
        (),
        (),
    )
    assert [each.spread for each in only.criteria] == [None, None, None]


def test_concordance_with_ties_by_hand(document, ids):
    """Ranks 3 2 1 and 1.5 1.5 3: sums 4.5 3.5 4, S = 0.5, T = 2^3 - 2 = 6, W = 12 x 0.5 / (4 x 24 - 2 x 6) = 1/14."""
    weigh(document, ids, FIRST, 50, 30, 20)
    weigh(document, ids, SECOND, 25, 25, 50)
    both = found(document)
    assert both.concordance.w == pytest.approx(1 / 14)
    assert results.order_words(both.concordance.reading).english() == "Every group has an order of its own."


def test_spread_lowest_highest_and_most_disputed_first(document, ids):
    weigh(document, ids, FIRST, 50, 30, 20)
    weigh(document, ids, SECOND, 25, 25, 50)
    both = found(document, threshold=14)
    jobs, nature, cost = both.criteria
    assert [round(each.spread, 6) for each in both.criteria] == [25, 5, 30]
    assert (cost.lowest_group, cost.highest_group) == (FIRST, SECOND)
    assert (round(jobs.lowest, 6), round(jobs.highest, 6), round(jobs.deviation, 6)) == (0.25, 0.5, 12.5)
    assert (both.disputed, both.by_spread) == ((cost.id, jobs.id), (cost.id, jobs.id, nature.id))
    assert found(document, threshold=25).disputed == (cost.id,)


def test_who_stands_apart(document, ids):
    """Shares 50 30 20 twice and 20 30 50: the third would move 30 points, each other half of (15 + 0 + 15) = 15."""
    for group, weights in ((FIRST, (50, 30, 20)), (SECOND, (50, 30, 20)), (THIRD, (20, 30, 50))):
        weigh(document, ids, group, *weights)
    three = found(document)
    assert [(each.group, round(each.points, 6)) for each in three.apart] == [(THIRD, 30), (FIRST, 15), (SECOND, 15)]
    assert three.apart[0].w_without == pytest.approx(1)
    # Ranks 3 2 1 twice and 1 2 3: sums 7 6 5, S = 2, W = 24 / (9 x 24) = 1/9.
    assert three.concordance.w == pytest.approx(1 / 9)


def test_local_and_whole_weight_of_branches_and_criteria(document, ids):
    """Means 37.5, 27.5 and 35: Benefits 65, of which Jobs 37.5 / 65 = 57.69 per cent; Cost all of Effort."""
    weigh(document, ids, FIRST, 50, 30, 20)
    weigh(document, ids, SECOND, 25, 25, 50)
    both = found(document)
    assert [
        (each.name, each.level, round(each.local * 100, 2), round(each.overall * 100, 2)) for each in both.branches
    ] == [
        ("Benefits", 0, 65.0, 65.0),
        ("Jobs", 1, 57.69, 37.5),
        ("Nature", 1, 42.31, 27.5),
        ("Effort", 0, 35.0, 35.0),
        ("Cost", 1, 100.0, 35.0),
    ]
    assert round(both.criteria[0].local, 4) == 0.5769


def test_the_agreed_weight_and_its_reason_stand_beside_the_groups(document, ids):
    weigh(document, ids, FIRST, 50, 30, 20)
    do(document, operations.agree_weight, ids["Jobs"], 30, "Work is scarce.")
    do(document, operations.agree_weight, ids["Cost"], 10, "Money can be found.")
    jobs, nature, cost = found(document).criteria
    assert [(each.agreed, each.reason) for each in (jobs, nature, cost)] == [
        (0.75, "Work is scarce."),
        (None, ""),
        (0.25, "Money can be found."),
    ]


def test_a_published_table_of_judges_with_ties(document):
    """Hollander and Wolfe: 22 runners; here each gives its own order of three ways as weights of a group."""
    given = case("kendall_w_ties_hollanderwolfe1973")
    ids = flat(document, ("Round out", "Narrow angle", "Wide angle"))
    for place, times in enumerate(given["inputs"]["scores_by_rater"]):
        values = dict(zip(ids.values(), times, strict=True))
        do(document, operations.set_group_weights, f"runner {place:02}", "A runner", values)
    order = found(document).concordance
    assert order.w == pytest.approx(given["expected"]["W"], abs=1e-9)
    assert order.chance == pytest.approx(given["expected"]["p_value"], abs=1e-6)


def test_a_second_round_is_compared_by_those_who_answered_in_both(document, ids):
    """Against each other W = 0; the same order W = 1. The second group moves (20 + 5 + 25) / 2 = 25 points."""
    first = a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 20, 30, 50), (THIRD, "Kim", 1, 1, 98)])
    second = a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 40, 35, 25)], reveal=False)
    assert read(document, results.compare_rounds, WORKFLOW, first, second) is None
    assert read(document, results.last_rounds) is None
    do(document, operations.reveal_round, second)
    assert read(document, results.last_rounds) == (first, second)
    change = read(document, results.compare_rounds, WORKFLOW, first, second)
    assert (change.before, change.after, change.groups) == (1, 2, (FIRST, SECOND))
    assert (change.w_before, change.w_after) == (pytest.approx(0), pytest.approx(1))
    jobs = change.criteria[0]
    assert (round(jobs.spread_before, 6), round(jobs.spread_after, 6)) == (30, 10)
    assert (round(jobs.mean_before, 6), round(jobs.mean_after, 6)) == (0.35, 0.45)
    assert {group: round(points, 6) for group, points in change.moved.items()} == {FIRST: 0, SECOND: 25}
    now = found(document)
    assert (now.round, now.kept) == (2, (THIRD,))


def test_weights_set_by_the_groups_are_the_before_of_the_first_round(document, ids):
    weigh(document, ids, FIRST, 50, 30, 20)
    weigh(document, ids, SECOND, 20, 30, 50)
    a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 50, 30, 20)])
    change = read(document, results.compare_rounds, WORKFLOW, *read(document, results.last_rounds))
    assert (change.w_before, change.w_after, change.moved[SECOND]) == (
        pytest.approx(0),
        pytest.approx(1),
        pytest.approx(30),
    )


def test_weights_of_a_hidden_round_are_not_in_the_comparison(document, ids):
    a_round(document, ids, [(FIRST, "Ana", 50, 30, 20)])
    a_round(document, ids, [(FIRST, "Ana", 1, 1, 98)], reveal=False)
    assert percents(ids, found(document).groups[0].shares) == {"Jobs": 50.0, "Nature": 30.0, "Cost": 20.0}


def test_equal_weights_have_no_order(document, ids):
    weigh(document, ids, FIRST, 1, 1, 1)
    weigh(document, ids, SECOND, 5, 5, 5)
    assert found(document).concordance.reading is Reading.NO_ORDER


@pytest.mark.parametrize("reading", list(Reading))
def test_every_reading_has_a_sentence(reading):
    assert results.order_words(reading).english().endswith(".")


def test_a_disputed_weight_wants_its_reason(document, ids):
    reasoned = checks.agreement.weights_reasoned
    weigh(document, ids, FIRST, 50, 30, 20)
    assert check(document, reasoned).state is State.OPEN
    weigh(document, ids, SECOND, 25, 25, 50)
    lacking = check(document, reasoned, spread_points=14)
    assert lacking.state is State.ATTENTION
    assert [(place.record, place.field) for place in lacking.places] == [
        (ids["Jobs"], "weight_reason"),
        (ids["Cost"], "weight_reason"),
    ]
    do(document, operations.agree_weight, ids["Jobs"], 40, "Work is scarce.")
    do(document, operations.agree_weight, ids["Cost"], 30, " ")
    assert [place.record for place in check(document, reasoned, spread_points=14).places] == [ids["Cost"]]
    do(document, operations.agree_weight, ids["Cost"], 30, "Money can be found.")
    assert check(document, reasoned, spread_points=14).state is State.GOOD
    assert check(document, reasoned, spread_points=40).state is State.GOOD


# The size of a real workshop ------------------------------------------------------------------------------


def test_forty_voters_twenty_criteria_two_rounds(document):
    ids = flat(document, [f"Criterion {n}" for n in range(20)])
    keys = list(ids.values())
    groups = [entry.key for entry in WORKFLOW.catalogue("stakeholder_groups").entries][:8]
    for turn in range(2):
        round_id = do(document, operations.open_round)
        rows = []
        for voter in range(40):
            points = [(id, "", "points", 1 + (place * (voter % 8 + 1) + turn) % 9) for place, id in enumerate(keys)]
            rows.append((groups[voter % 8], f"Voter {voter}", points))
        do(document, operations.record_ballots, round_id, "points", "criteria", rows)
        do(document, operations.reveal_round, round_id)
    both = found(document)
    assert len(both.groups) == 8 and all(each.voters == 5 for each in both.groups)
    assert sum(each.mean for each in both.criteria) == pytest.approx(1)
    assert read(document, results.compare_rounds, WORKFLOW, *read(document, results.last_rounds)).groups == tuple(
        groups
    )


# The report -----------------------------------------------------------------------------------------------


def told(document):
    """Every text of this stage's chapter and tables, as the report prints them."""
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
        tables = sheet.sheets(session, WORKFLOW, ENGLISH, Options())
    paragraphs = [made.lead, *(text for section in made.sections for text in section.paragraphs)]
    return " ".join(paragraphs), {table.key: table for table in tables}


def test_the_report_tells_how_weights_were_given_and_never_by_whom(document, ids):
    a_round(
        document, ids, [(FIRST, "Zebulon", 50, 30, 20), (FIRST, "Quintana", 30, 30, None), (SECOND, "", 20, 30, 50)]
    )
    weigh(document, ids, THIRD, 40, 30, 30)
    do(document, operations.agree_weight, ids["Cost"], 30, "Money can be found.")
    text, tables = told(document)
    assert [row[1:] for row in tables["weighing"].rows] == [
        (1, "Share out 100 points", "Each on their own", 1, 1, None),
        (1, "Share out 100 points", "The group together", 1, 0, None),
        (1, "Set by the group itself", "The group together", 1, 0, None),
    ]
    cost = next(row for row in tables["agreement"].rows if row[0] == "Cost")
    assert (round(cost[1]), cost[7], cost[8]) == (30, 1.0, "Money can be found.")
    for name in ("Zebulon", "Quintana"):
        assert name not in text and name not in str(tables)
    assert "On two criteria the groups lie more than 14 points apart." in text


def test_the_report_says_what_a_second_round_changed_and_that_a_voice_is_louder(document, ids):
    a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 20, 30, 50)])
    a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 40, 35, 25)])
    do(document, operations.set_group_voice, SECOND, 2, "It speaks for two regions.")
    text, _ = told(document)
    assert "From round 1 to round 2 the orders came closer, from 0.00 to 1.00." in text
    assert "has a voice of 2, while others have 1. Reason: It speaks for two regions." in text
    assert "The groups put the criteria in nearly the same order." in text


def test_the_report_of_a_hidden_round_tells_nothing(document, ids):
    a_round(document, ids, [(FIRST, "Ana", 50, 30, 20), (SECOND, "Eve", 20, 30, 50)], reveal=False)
    text, tables = told(document)
    assert "agreement" not in tables and "weighing" not in tables
    assert "order" not in text


def test_the_reason_of_a_weight_goes_when_another_weight_is_set(document, ids):
    """A reason must never be printed beside a weight it was not given for."""
    weigh(document, ids, FIRST, 50, 30, 20)
    do(document, operations.agree_weight, ids["Jobs"], 30, "Work is scarce.")
    do(document, operations.set_weight, ids["Jobs"], 30)
    assert found(document).criteria[0].reason == "Work is scarce."
    do(document, operations.set_weight, ids["Jobs"], 40)
    assert found(document).criteria[0].reason == ""
    document.undo()
    assert found(document).criteria[0].reason == "Work is scarce."
    do(document, operations.set_weights, {ids["Jobs"]: 10, ids["Cost"]: 5})
    assert found(document).criteria[0].reason == ""
