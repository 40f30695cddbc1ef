"""How sure the ranking is, who sees it otherwise, what would change it, and decisions older than their data."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.criteria import reading as criteria_reading
from tna_desktop.stages.priorities import (
    chapter,
    group_words,
    operations,
    ranking_page,
    ranking_words,
    results,
    results_compare,
    sheet_robustness,
)
from tna_desktop.stages.priorities import results_first as first
from tna_desktop.stages.priorities import results_inputs as inputs
from tna_desktop.stages.priorities import results_robustness as robust
from tna_desktop.stages.priorities.panels.ranking_painting import merged
from tna_desktop.stages.priorities.screen import SCREENS

K = Qt.Key
EN = language("en")


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def fill(document, scores, weights=None, names="ABCDEF", labels=("Effect", "Cost", "Jobs")):
    """Technologies by criteria on scales from 0 to 100; None is unknown. The weights stay unlocked."""
    width = len(scores[0])
    columns = [do(document, criteria.add_criterion, label, low=0, high=100) for label in labels[:width]]
    for column, weight in zip(columns, weights or [1] * width, strict=True):
        do(document, criteria.set_weight, column, weight)
    rows = [do(document, operations.add_technology, name) for name, _ in zip(names, scores, strict=False)]
    cells = [
        (row, column, {"value": value})
        for row, line in zip(rows, scores, strict=True)
        for column, value in zip(columns, line, strict=True)
        if value is not None
    ]
    do(document, operations.set_scores, cells)
    return rows, columns


def unlock(document):
    do(document, criteria.unlock_weights, "The list has changed")


def page(document):
    return read(document, ranking_page.read_page, WORKFLOW)


def tried(document, weights=robust.AROUND, shown=None):
    shown = shown or page(document)
    asked = shown.question(shown.ranking, weights)
    assert asked is not None
    return robust.robustness(asked)


def weigh(document, group, columns, weights):
    for column, weight in zip(columns, weights, strict=True):
        do(document, criteria.set_group_weight, column, group, weight)


# Trials ------------------------------------------------------------------------------------------------


def test_any_weights_give_the_share_of_weights_that_put_one_first(document):
    # A is first where 100 w > 60 (1 - w), that is from w = 0.375 on: in 0.625 of all weights.
    (a, b), _ = fill(document, [[100, 0], [0, 60]])
    found = tried(document, robust.ANY)
    assert found.first(a) == pytest.approx(0.625, abs=4 * found.standard_error)
    assert found.first(a) + found.first(b) == pytest.approx(1)
    assert found.standard_error == pytest.approx(0.005) and found.trials == 10_000
    assert tried(document, robust.ANY).ranks == found.ranks  # the same data, the same answer


def test_around_the_agreed_weights_only_a_corner_overturns_first_place(document):
    # Both factors are even between 0.7 and 1.3; B is first where f1 < 0.6 f2: 0.00533 of 0.36, or 0.0148.
    (a, b), _ = fill(document, [[100, 0], [0, 60]])
    found = tried(document)
    assert found.first(b) == pytest.approx(0.0148, abs=0.006)
    assert found.wins[a, b] == pytest.approx(found.first(a))


def test_between_the_groups_weights(document):
    # The groups give Effect 20 and 50 of 100; B is first below 37.5: (37.5 - 20) / 30 = 0.583.
    (_, b), columns = fill(document, [[100, 0], [0, 60]])
    unlock(document)
    weigh(document, "government", columns, [20, 80])
    weigh(document, "research", columns, [50, 50])
    found = tried(document, robust.BETWEEN)
    assert found.weights == robust.BETWEEN
    assert found.first(b) == pytest.approx(0.583, abs=0.02)


def test_one_group_alone_spans_nothing_so_the_agreed_weights_are_taken(document):
    _, columns = fill(document, [[100, 0], [0, 60]])
    unlock(document)
    weigh(document, "government", columns, [20, 80])
    assert tried(document, robust.BETWEEN).weights == robust.AROUND


def test_an_unknown_score_is_drawn_from_the_whole_scale(document):
    # One criterion: B lies anywhere between 0 and 100, A at 70, so B is first in 30 of 100 trials, with no rank of its own.
    (a, b), _ = fill(document, [[70], [None]])
    shown = page(document)
    found = tried(document, shown=shown)
    assert found.first(b) == pytest.approx(0.3, abs=0.02) and found.uncertain == 1
    assert [each.id for each in shown.ranking.ranked] == [a]


def test_a_range_is_drawn_within_its_ends(document):
    # B lies evenly between 40 and 80, A at 70: B is first in a quarter of the trials.
    (_, b), (effect,) = fill(document, [[70], [None]])
    do(document, operations.set_score, b, effect, state="value", low=40, high=80)
    assert tried(document).first(b) == pytest.approx(0.25, abs=0.02)


def test_the_shortlist_counts_as_many_places_as_are_chosen(document):
    rows, _ = fill(document, [[90], [70], [50], [30]])
    assert tried(document).length == 3 and not tried(document).chosen
    do(document, operations.choose_shortlist, rows[:2])
    found = tried(document)
    assert found.length == 2 and found.chosen
    assert [found.shortlist[row] for row in rows] == [1, 1, 0, 0]


def test_nothing_to_rank_and_a_single_technology(document):
    assert page(document).question(page(document).ranking, robust.ANY) is None
    (only,), _ = fill(document, [[50, 50]])
    found = tried(document)
    assert found.ranks == {only: (1.0,)} and found.wins == {}


def test_identical_technologies_share_first_place_in_every_trial(document):
    rows, _ = fill(document, [[50, 50], [50, 50]])
    assert [tried(document).first(row) for row in rows] == [1, 1]


def test_one_that_failed_a_gate_is_not_tried(document):
    rows, _ = fill(document, [[90], [70], [50]])
    gate = do(document, criteria.add_gate, "No damage")
    do(document, operations.answer_gate, rows[0], gate, "fail", "Harms the river")
    assert set(tried(document).ranks) == set(rows[1:])


def test_the_question_changes_with_its_data_and_with_nothing_else(document):
    (a, _), (effect, _) = fill(document, [[100, 0], [0, 60]])

    def key():
        shown = page(document)
        return shown.question(shown.ranking, robust.AROUND).key

    before = key()
    do(document, operations.change_technology, a, definition="A net that lets young fish go")
    assert key() == before
    do(document, operations.set_score, a, effect, value=90)
    assert key() != before
    document.undo()
    assert key() == before


# Sentences ---------------------------------------------------------------------------------------------


def test_safe_choices_are_told_without_jargon(document):
    rows, _ = fill(document, [[90], [70], [50], [30]])
    shown = page(document)
    words = ranking_words.sure_words(shown.ranking, tried(document), EN)
    assert words == "A comes first in 100 of 100 trials with other weights and scores."
    do(document, operations.choose_shortlist, rows[:2])
    shown = page(document)
    words = ranking_words.sure_words(shown.ranking, tried(document), EN)
    assert words.startswith("All 2 on the shortlist are safe choices: among the first 2 in at least 100 of 100 trials")
    do(document, operations.choose_shortlist, [rows[0], rows[3]])
    words = ranking_words.sure_words(page(document).ranking, tried(document), EN)
    assert words.startswith("A is a safe choice") and words.endswith("Less sure: D (in 0).")


def test_a_share_is_never_rounded_to_all_or_none():
    assert [ranking_words.of_hundred(share, EN) for share in (1.0, 0.9999, 0.934, 0.0001, 0.0)] == [
        "100", "more than 99", "93", "fewer than 1", "0",
    ]  # fmt: skip


def test_near_ties_at_the_line_and_for_first_place_are_called_so(document):
    # A and B are two points apart; B and C (the line) forty.
    rows, _ = fill(document, [[81], [79], [39]])
    do(document, operations.choose_shortlist, rows[:2])
    ties = robust.near_ties(page(document).ranking, None, 2)
    assert [(tie.one, tie.other, tie.at_the_line) for tie in ties] == [(rows[0], rows[1], False)]
    assert robust.near_ties(page(document).ranking, None, 1.9) == ()


def test_where_trials_do_not_tell_two_apart_it_is_a_near_tie_whatever_the_points(document):
    # Five points apart, but with any weights B wins where 100 w < 90 (1 - w): in 0.474 of the trials.
    rows, _ = fill(document, [[100, 0], [0, 90]])
    do(document, operations.choose_shortlist, rows[:1])
    shown = page(document)
    found = tried(document, robust.ANY, shown)
    (tie,) = robust.near_ties(shown.ranking, found, 2)
    assert tie.points == pytest.approx(5) and tie.wins == pytest.approx(0.526, abs=0.02) and tie.at_the_line
    assert "near tie at the end of the shortlist" in ranking_words.near_words((tie,), shown.ranking, EN)
    # Around the agreed weights A is ahead where f1 > 0.9 f2, in 0.68 of the trials: clear enough.
    assert robust.near_ties(shown.ranking, tried(document), 2) == ()


# What would change it ----------------------------------------------------------------------------------


def test_the_smallest_weight_change_is_told_so_that_it_is_true(document):
    # 50 points against 30; equal where Effect weighs 37.5, so at 37 B is first.
    (a, b), (effect, cost) = fill(document, [[100, 0], [0, 60]])
    shown = page(document)
    what = shown.changes()
    assert what.first == (a,)
    assert (what.weight.criterion, what.weight.technology, what.weight.to) == (effect, b, pytest.approx(0.37))
    assert (
        ranking_words.first_words(shown.ranking, what, EN)
        == "If “Effect” weighed 37 instead of 50 of 100, B would be first."
    )
    assert [(stay.low, stay.high) for stay in what.stays] == [(0.375, 1.0), (0.0, 0.625)]
    by_37 = results.ranked(shown.basis, results_compare.with_share(shown.basis.shares, 0, 0.37))
    by_38 = results.ranked(shown.basis, results_compare.with_share(shown.basis.shares, 0, 0.38))
    assert (by_37.ranked[0].id, by_38.ranked[0].id) == (b, a)


def test_the_smallest_score_change_is_in_the_criterions_own_unit(document):
    # B lacks 20 points; half a weight makes that 40 points, and a cost of 0 to 1000 makes it 400.
    effect = do(document, criteria.add_criterion, "Effect", low=0, high=100)
    cost = do(document, criteria.add_criterion, "Cost", unit="USD", low=0, high=1000, direction="cost")
    a, b = (do(document, operations.add_technology, name) for name in ("A", "B"))
    do(document, operations.set_scores, [
        (a, effect, {"value": 0}), (a, cost, {"value": 0}), (b, effect, {"value": 60}), (b, cost, {"value": 1000}),
    ])  # fmt: skip
    shown = page(document)
    change = shown.changes().score
    assert (change.leader, change.challenger) == (a, b)
    assert (change.technology, change.criterion, change.now, change.to) == (a, cost, 0, pytest.approx(400))
    assert ranking_words.score_words(change, shown.ranking, EN) == (
        "If the score of A on “Cost” were 400 USD instead of 0, B would share first place with it."
    )


def test_missing_facts_say_what_they_could_change(document):
    # C reaches from 10 to 60 and may pass B (50), not A (95); D from 0 to 10 passes nobody.
    rows, columns = fill(
        document, [[100, 90, 95], [50, 50, 50], [10, 10, None], [0, 0, None]], weights=[1, 1, 2]
    )  # fmt: skip
    do(document, operations.choose_shortlist, rows[:2])
    do(document, operations.set_score, rows[3], columns[2], value=0)
    shown = page(document)
    (fact,) = shown.changes().facts
    # C: 5 points known, 50 open: from 5 to 55, so it may pass B at 50 and with it the line.
    assert (fact.technology, fact.criterion, fact.could_change) == (rows[2], columns[2], first.SHORTLIST)
    assert fact.swing == pytest.approx(50)
    assert ranking_words.fact_words(fact, shown.ranking, EN) == (
        "Jobs of C: 50 points depend on it, and it could change the shortlist."
    )
    # Without its score on Jobs, A may fall to 47.5, below the 55 that C may reach.
    do(document, operations.set_score, rows[0], columns[2], value=None)
    facts = page(document).changes().facts
    assert facts[0].could_change == first.FIRST


def test_a_leader_that_is_better_everywhere_stays_first(document):
    rows, _ = fill(document, [[90, 90], [10, 20]])
    shown = page(document)
    assert shown.changes().weight is None
    assert ranking_words.first_words(shown.ranking, shown.changes(), EN) == (
        "A stays first whatever a single criterion weighs."
    )


def test_one_that_is_first_whatever_its_unknown_score_is_told_so(document):
    # C: 90 * 3/4 = 67.5 points at least, above the 50 of A; it has no rank, but first place is its own.
    fill(document, [[50, 50], [20, 60], [90, None]], weights=[3, 1])
    shown = page(document)
    assert chapter.conclusion(shown.ranking, EN) == (
        "C comes first whatever its unknown scores turn out to be. Of those fully scored: A comes first, "
        "20.0 points of 100 ahead of B."
    )
    assert ranking_words.first_words(shown.ranking, shown.changes(), EN).endswith(
        "This leaves out C, whose scores are not all known."
    )
    assert ranking_words.facts_words(shown.changes().facts, EN) == (
        "The scores still missing can change neither first place nor the shortlist."
    )


def test_other_methods_give_their_order(document):
    fill(document, [[90, 90], [10, 20]])
    shown = page(document)
    told = ranking_words.opinion_words(shown.orders(), shown.ranking, EN)
    assert told == [
        "By distance from the best and the worst: the same order.", "By duels of two: the same order.",
        "By how many times better: the same order.",
    ]  # fmt: skip


# Groups ------------------------------------------------------------------------------------------------


def test_a_group_that_sees_it_otherwise_is_named_and_an_incomplete_one_is_not_offered(document):
    # Agreed: A 60, B 50, C 40. By (10, 90): A 28, B 50, C 72, so C and B come before A.
    rows, columns = fill(document, [[100, 20], [50, 50], [0, 80]])
    do(document, operations.choose_shortlist, rows[:1])
    unlock(document)
    weigh(document, "research", columns, [10, 90])
    weigh(document, "government", columns, [50, 50])
    do(document, criteria.set_group_weight, columns[0], "civil_society", 3)
    shown = page(document)
    assert [key for key, _ in shown.groups] == ["government", "research"]
    government, research = shown.group_rankings()
    assert (government.enters, government.leaves) == ((), ())
    assert (research.enters, research.leaves) == ((rows[2],), (rows[0],))
    assert [each.rank for each in research.ranking.ranked] == [1, 2, 3]
    assert [round(each.value) for each in research.ranking.ranked] == [72, 50, 28]
    name = dict(shown.groups)["research"]
    assert group_words.groups_words(shown.ranking, shown.group_rankings(), 1, EN) == (
        f"Of 2 groups one would choose the same shortlist by its own weights: {dict(shown.groups)['government']}. "
        f"{name} would take C instead of A."
    )
    table = sheet_robustness.group_places_table(shown, EN)
    assert [[int(place) for place in row[1:]] for row in table.rows] == [[1, 1, 3], [2, 2, 2], [3, 3, 1]]


def test_two_technologies_head_to_head(document):
    # A: 50 and 0 of 100 points; B: 0 and 30.
    (a, b), (effect, cost) = fill(document, [[100, 0], [0, 60]])
    shown = page(document)
    pair = results_compare.head_to_head(shown.ranking, shown.matrix, a, b)
    assert [row.difference for row in pair.rows] == [50, -30] and pair.difference == pytest.approx(20)
    assert ranking_words.pair_words(pair, EN) == (
        "A is 20.0 points of 100 ahead of B. A is better on “Effect”; B is better on “Cost”."
    )


def test_one_weight_moves_and_the_others_keep_their_proportions():
    assert results_compare.with_share((0.5, 0.3, 0.2), 0, 0.75) == pytest.approx((0.75, 0.15, 0.1))
    assert results_compare.with_share((1.0, 0.0, 0.0), 0, 0.5) == pytest.approx((0.5, 0.25, 0.25))
    assert results_compare.with_share((1.0,), 0, 0.5) == (1.0,)


# Decisions and their data ------------------------------------------------------------------------------


def test_a_decision_says_when_it_is_older_than_its_data(document):
    (a, b), (effect, cost) = fill(document, [[100, 0], [0, 60]])
    do(document, operations.choose_shortlist, [a], reason="Staff for one", decided_by="Steering group")
    assert read(document, inputs.aged) == []
    do(document, operations.change_technology, a, short="Alpha")
    do(document, operations.shortlist_technology, b, True)
    assert read(document, inputs.aged) == []  # a name and a choice are not what it rested on
    do(document, operations.set_score, b, effect, value=90)
    (old,) = read(document, inputs.aged)
    assert old["reason"] == "Staff for one"
    assert "scores, weights or gates have changed since" in ranking_words.aged_words([old], EN)
    told = read(document, chapter.chapter, WORKFLOW, EN, Options())
    section = next(each for each in told.sections if each.title == "The shortlist")
    assert any("have changed since" in text for text in section.paragraphs)
    document.undo()
    assert read(document, inputs.aged) == []


def test_the_decision_log_marks_it(document, qtbot):
    from tna_desktop.shell.decisions import Decisions

    (a, b), (effect, _) = fill(document, [[100, 0], [0, 60]])
    do(document, operations.choose_shortlist, [a], reason="Staff for one")

    class Space:
        desk, language = room.new_desk(document), EN

    log = Decisions(Space())
    qtbot.addWidget(log)
    log.load()
    assert [row.values["state"] for row in log.decisions.rows()] == [""]
    do(document, operations.set_score, b, effect, value=10)
    log.load()
    assert [row.values["state"] for row in log.decisions.rows()] == ["older than its data"]


def test_weights_in_the_same_proportions_are_the_same_data_and_others_are_not(document):
    (a, _), columns = fill(document, [[100, 0], [0, 60]])
    do(document, operations.choose_shortlist, [a], reason="Staff for one")
    unlock(document)
    do(document, criteria.set_weights, dict.fromkeys(columns, 7))
    assert read(document, inputs.aged) == []
    do(document, criteria.set_weight, columns[0], 8)
    assert len(read(document, inputs.aged)) == 1
    do(document, operations.choose_shortlist, [a], reason="Still so")
    assert read(document, inputs.aged) == []


def test_a_gate_ages_the_decision_too(document):
    (a, b), _ = fill(document, [[100, 0], [0, 60]])
    do(document, operations.shortlist_technology, a, True, reason="Best")
    gate = do(document, criteria.add_gate, "No damage")
    do(document, operations.answer_gate, b, gate, "pass", "")
    assert read(document, inputs.aged) == []
    do(document, operations.answer_gate, b, gate, "fail", "Harms the river")
    assert [each["what"] for each in read(document, inputs.aged)] == ["A"]


def test_tried_weights_are_accepted_with_a_reason_and_refused_while_locked(document):
    _, columns = fill(document, [[100, 0], [0, 60]])
    assert read(document, criteria_reading.weights_locked)
    wanted = dict(zip(columns, (30.0, 70.0), strict=True))
    with pytest.raises(Refused, match="Unlock them with a reason"):
        do(document, operations.accept_weights, wanted, reason="Cost counts more")
    unlock(document)
    with pytest.raises(Refused):
        do(document, operations.accept_weights, wanted, reason=" ")
    do(document, operations.accept_weights, wanted, reason="Cost counts more", decided_by="Steering group")
    assert [round(share, 3) for share in page(document).basis.shares] == [0.3, 0.7]
    (noted,) = (each for each in read(document, assessment.decisions) if each["kind"] == "agreed_weights")
    assert (noted["reason"], noted["decided_by"]) == ("Cost counts more", "Steering group")


def test_the_chapter_says_how_sure_it_is(document):
    rows, _ = fill(document, [[100, 0], [0, 60]])
    do(document, operations.choose_shortlist, rows[:1])
    told = read(document, chapter.chapter, WORKFLOW, EN, Options())
    section = next(each for each in told.sections if each.title == "How sure this is")
    assert any("safe choice" in text for text in section.paragraphs)
    assert "If “Effect” weighed 37 instead of 50 of 100, B would be first." in section.paragraphs
    assert "10,000 trials, seed 1" in section.pictures[0].note
    assert not any("SMAA" in text for text in section.paragraphs)


# The screen --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(document, qtbot):
    made = room.new_desk(document)
    made.places = []
    made.went.connect(made.places.append)
    return made


@pytest.fixture
def shown(desk, qtbot):
    def show(width=1090, height=620):
        screen = SCREENS["ranking"](desk, "priorities.ranking")
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        qtbot.waitUntil(lambda: screen.sure is not None, timeout=5000)
        return screen

    return show


def test_the_screen_tells_the_trials_and_forgets_them_when_a_score_changes(document, shown, desk, qtbot):
    rows, columns = fill(document, [[90, 90], [10, 20]])
    do(document, operations.choose_shortlist, rows[:1])
    screen = shown()
    assert "is a safe choice" in screen.banner.accessibleName()
    assert screen.view.sure.shortlist[rows[0]] == 1
    said = screen.model.data(screen.model.index(0), 11)
    assert said.endswith("first in 100 of 100 trials, most often at place 1")
    assert any("10,000 times (seed 1" in text for text in ranking_words.how_words(screen.sure, EN))
    before = screen.sure
    desk.do(operations.set_score, rows[1], columns[0], value=95)
    assert screen.sure is None and screen.view.sure is None  # nothing stale while the new trials run
    qtbot.waitUntil(lambda: screen.sure is not None, timeout=5000)
    assert screen.sure.key != before.key
    desk.undo()
    qtbot.waitUntil(lambda: screen.sure is not None, timeout=5000)
    assert screen.sure.key == before.key


def test_a_group_reorders_the_rows_and_chooses_nothing(document, shown, qtbot):
    rows, columns = fill(document, [[100, 20], [50, 50], [0, 80]])
    do(document, operations.choose_shortlist, rows[:1])
    unlock(document)
    weigh(document, "research", columns, [10, 90])
    screen = shown()
    assert [button.key for button in screen.group.buttons()] == ["", "research"]
    screen.group.buttons()[1].click()
    assert [row.name for row in screen.model.rows] == ["C", "B", "A"]
    assert screen.view.locked and "Choose “All groups”" in screen.banner.accessibleName()
    screen.view.setCurrentIndex(screen.model.index(0))
    qtbot.keyClick(screen.view, K.Key_Space)
    assert [row["name"] for row in read(document, results.reading.shortlist)] == ["A"]
    screen.group.buttons()[0].click()
    assert [row.name for row in screen.model.rows] == ["A", "B", "C"] and not screen.view.locked


def test_the_views_are_reached_by_the_keyboard(document, shown, desk, qtbot):
    (a, b), (effect, _) = fill(document, [[100, 0], [0, 60]])
    screen = shown()
    screen.views.buttons()[0].setFocus()
    qtbot.keyClick(screen.views.buttons()[0], K.Key_Right)
    assert screen.groups.isVisible() and "No group has weighed" in screen.groups.banner.accessibleName()
    qtbot.keyClick(screen.views.buttons()[1], K.Key_Right)
    assert "If “Effect” weighed 37 instead of 50 of 100, B would be first." in screen.what.sentences()
    qtbot.keyClick(screen.views.buttons()[2], K.Key_Right)
    assert "A is 20.0 points of 100 ahead of B." in screen.compared.banner.accessibleName()
    rows = {row.id: row.values for row in screen.compared.table.rows()}
    assert rows[effect]["better"] == "A" and rows["sum"]["difference"] == pytest.approx(20)
    qtbot.keyClick(screen.views.buttons()[3], K.Key_Right)
    assert screen.tried.isVisible()
    screen.commands()


def test_trying_weights_changes_nothing_until_it_is_accepted(document, shown, desk, qtbot, monkeypatch):
    (a, b), (effect, cost) = fill(document, [[100, 0], [0, 60]])
    screen = shown()
    screen.show_view("try")
    tried = screen.tried
    assert tried.accept_button.isHidden() and "locked" in tried.note.text()
    tried.unlock_button.click()
    assert desk.places[-1].step == "criteria.agreement"
    slider = tried.sliders[0]
    assert slider.value() == 100  # of 200 steps: half
    qtbot.keyClick(slider, K.Key_PageDown)
    # 90 of 200 steps: A 45, B 33 points.
    assert [round(row.value, 1) for row in tried.model.rows] == [45, 33]
    for _ in range(2):
        qtbot.keyClick(slider, K.Key_PageDown)
    # 70 of 200 steps: A 35, B 39 points.
    assert tried.banner.accessibleName().startswith("With these weights: B comes first, 4.0 points of 100 ahead of A.")
    assert page(document).basis.shares == (0.5, 0.5)
    tried.back_button.click()
    assert not tried.changed() and not tried.back_button.isEnabled()
    desk.do(criteria.unlock_weights, "The list has changed")
    assert not tried.accept_button.isHidden()
    slider.setValue(60)
    monkeypatch.setattr(screen, "ask_reason", lambda *words: ("Cost counts more", "All of us"))
    tried.accept_button.click()
    assert page(document).basis.shares == pytest.approx((0.3, 0.7))
    assert not tried.changed()


def test_an_older_decision_asks_to_be_made_again(document, shown, desk, qtbot):
    (a, b), (effect, _) = fill(document, [[100, 0], [0, 60]])
    do(document, operations.choose_shortlist, [a], reason="Staff for one")
    do(document, operations.set_score, b, effect, value=10)
    screen = shown()
    assert "have changed since" in screen.banner.accessibleName()
    assert [button.words() for button in screen.banner.buttons()] == ["Decide again", "How this works"]


def test_the_trials_can_take_other_weights(document, shown, qtbot):
    fill(document, [[100, 0], [0, 60]])
    screen = shown()
    around = screen.sure
    assert [action.isEnabled() for action in screen.weights_menu().actions()] == [True, False, True]
    screen.set_weights(robust.ANY)
    qtbot.waitUntil(lambda: screen.sure is not None, timeout=5000)
    assert screen.sure.weights == robust.ANY and screen.sure.key != around.key
    assert "any weights" in screen.origin.text()


@pytest.mark.parametrize("width", [640, 842, 1090, 1640])
def test_the_rows_are_painted_at_every_width(document, shown, width):
    rows, _ = fill(document, [[90, 90], [50, 40], [10, None]])
    screen = shown(width)
    screen.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not screen.grab().isNull()
    at = screen.view.columns()
    assert at.bar + at.bar_width <= (at.heat or at.share or at.check)
    QApplication.processEvents()


def test_the_last_cell_stands_for_all_the_places_left():
    assert merged((0.5, 0.2, 0.2, 0.1), 3) == pytest.approx((0.5, 0.2, 0.3))
    assert merged((0.5, 0.5), 3) == (0.5, 0.5)
