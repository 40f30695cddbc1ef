"""Collecting weights by keys: every way of asking gives the shares computed by hand, and slips on paper are found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import do, read
from tests.builders.weighing import ballot_outcome
from tna_desktop.kernel.errors import Refused
from tna_desktop.stages.criteria import operations, reading
from tna_desktop.stages.criteria.panels.ask_points import shared_out
from tna_desktop.stages.criteria.panels.ask_rank import moved, placed, tied
from tna_desktop.stages.criteria.panels.weights import WeightScreen
from tna_desktop.stages.stakeholders import operations as stakeholders

ENTER, ESC, ALT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def ids(document):
    """Two branches: Jobs and Nature are benefits, Cost stands alone in its branch."""
    found = {name: do(document, operations.add_group, name) for name in ("Benefits", "Effort")}
    for name, branch in (("Jobs", "Benefits"), ("Nature", "Benefits"), ("Cost", "Effort")):
        found[name] = do(document, operations.add_criterion, name, group_id=found[branch])
    for group in ("government", "research"):
        do(document, stakeholders.add_stakeholder, name=f"The {group}", group=group)
    return found


@pytest.fixture
def screen(document, ids, qtbot):
    made = WeightScreen(room.new_desk(document), "criteria.weights")
    qtbot.addWidget(made)
    made.resize(1098, 570)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write(*answers):
    """Each answer with Enter, wherever the keyboard is."""
    for answer in answers:
        QTest.keyClicks(QApplication.focusWidget(), str(answer))
        press(ENTER)


def begin(screen, method, voter="V-1", group="research", level="criteria"):
    """Collect weights, open the round if there is none, and begin a ballot with Enter."""
    screen.collect_button.click()
    if screen.collect.state.round is None:
        press(ENTER)  # the button that opens the first round has the keyboard
    form = screen.collect.list.form
    form.group.set_value(group)
    form.method.set_value(method)
    form.level.set_current(level)
    form.begin()
    write(voter)
    return screen.collect.ballot


def ballots(document):
    return read(document, reading.ballots, read(document, reading.current_round).id)


def shares(document, ids, place=0):
    found = read(document, ballot_outcome, ballots(document)[place].id)
    return [found.shares.get(ids[name]) for name in ("Jobs", "Nature", "Cost")]


# One ballot ----------------------------------------------------------------------------------------------


def test_points_are_shared_out_and_what_is_left_is_said(document, ids, screen):
    page = begin(screen, "points")
    write(50, 30)
    assert page.asker.rest.text() == "20 points left"
    write(20)
    assert page.asker.rest.text() == "All 100 points are shared out"
    press(ENTER)  # the last cell leads to the button that keeps the ballot
    assert shares(document, ids) == pytest.approx([0.5, 0.3, 0.2])
    assert ballots(document)[0].voter == "V-1"
    document.undo()
    assert ballots(document) == []


def test_the_rest_of_the_points_is_offered_in_even_parts(document, ids, screen):
    page = begin(screen, "points")
    write(89)
    page.asker.fill_button.click()
    QTest.keyClick(page.asker, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shares(document, ids) == pytest.approx([0.89, 0.06, 0.05])
    assert shared_out(11, 3) == [4, 4, 3]
    assert shared_out(0, 2) == [0, 0]


def test_too_many_points_are_said_and_a_number_beyond_the_scale_does_not_count(document, ids, screen):
    page = begin(screen, "points")
    write(80, 30)
    assert page.asker.rest.text() == "10 points too many"
    write(300)
    assert page.asker.rest.text() == "Give a number from 0 to 100."
    page.finish()
    assert len(ballots(document)[0].answers) == 2


def test_swings_show_both_ends_of_the_scale_and_count_in_proportion(document, ids, screen):
    do(document, operations.change_criterion, ids["Cost"], direction="cost", low=0, high=50, unit="USD")
    do(document, operations.change_criterion, ids["Jobs"], anchor_1="none", anchor_5="thousands")
    page = begin(screen, "swing")
    said = page.asker.table.cell(ids["Cost"], "swing").accessibleDescription()
    assert said == "From “50 USD” to “0 USD”"  # the worst end first
    assert page.asker.table.cell(ids["Jobs"], "swing").accessibleDescription() == "From “none” to “thousands”"
    write(100, 60, 40)
    press(ENTER)
    assert shares(document, ids) == pytest.approx([0.5, 0.3, 0.2])


def test_an_order_gives_the_rank_order_centroid_also_with_equal_places(document, ids, screen):
    page = begin(screen, "rank")
    assert page.asker.answers() == []  # the order as it stands is nobody's answer
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up, ALT)  # Jobs, Cost, Nature
    press(Qt.Key.Key_Down)
    QTest.keyClicks(QApplication.focusWidget(), "=")  # Jobs, then Cost and Nature in one place
    press(ENTER)
    press(ENTER)
    # places 1, 2, 3 of three weigh 11/18, 5/18, 2/18; two in one place share their mean
    assert shares(document, ids) == pytest.approx([11 / 18, 3.5 / 18, 3.5 / 18])


def test_places_move_are_shared_and_part_again():
    places = [["a"], ["b"], ["c"]]
    assert moved(places, "c", -1) == [["a"], ["c"], ["b"]]
    assert moved(places, "a", -1) == places
    shared = tied(places, "b")
    assert shared == [["a", "b"], ["c"]]
    assert tied(shared, "b") == places
    assert moved(shared, "a", 1) == [["b"], ["a"], ["c"]]
    assert placed(shared, "c", "b") == [["a"], ["c"], ["b"]]
    assert placed(places, "a", None) == [["b"], ["c"], ["a"]]


def test_pairs_are_compared_with_digits_and_a_chain_is_enough(document, ids, screen):
    page = begin(screen, "pairwise")
    assert page.asker.progress.text() == "Pair 1 of 3"
    write(2)  # Jobs twice Nature
    assert "connected" in page.asker.state.text()
    write(2)  # Nature twice Cost
    assert "suffice" in page.asker.state.text()
    assert page.shares.bars.accessibleDescription() == "Jobs 57.1 %, Nature 28.6 % and Cost 14.3 %"
    write(4)  # Jobs four times Cost
    assert page.asker.progress.text() == "3 of 3 answered"
    press(ENTER)
    assert shares(document, ids) == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_arrows_lean_to_the_name_on_their_side(document, ids, screen):
    page = begin(screen, "pairwise")
    for _ in range(3):
        press(Qt.Key.Key_Right)
    assert page.asker.scale.step() == -4
    assert page.asker.said.text() == "“Nature” matters moderately to strongly more than “Jobs”"
    press(Qt.Key.Key_Delete)
    assert page.asker.answers() == []
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the first name stands at the right now
    press(Qt.Key.Key_Right)
    assert page.asker.scale.step() == 2


def test_a_pair_that_contradicts_the_rest_is_asked_again_and_mended_with_one_button(document, ids, screen):
    page = begin(screen, "pairwise")
    write(2, 2, 4)
    page.asker.go(1)  # from the last pair to the first: Jobs and Nature
    page.asker.go(-1)
    press(Qt.Key.Key_Delete)
    for _ in range(8):
        press(Qt.Key.Key_Right)  # Cost nine times Jobs, though twice and twice say a quarter
    assert page.asker.banner.isVisible()
    question = page.asker.banner.accessibleName()
    assert "“Cost” over “Jobs” was answered with 9" in question
    page.asker.banner.buttons()[0].click()
    page.finish()
    assert shares(document, ids) == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_best_and_worst_with_their_two_rows(document, ids, screen):
    page = begin(screen, "best_worst")
    for field, name in ((page.asker.best, "Jobs"), (page.asker.worst, "Cost")):
        field.editor.setFocus()
        QTest.keyClicks(field.editor, name)
        field.commit()
    page.begin()
    write(2, 4, 2)  # Jobs over Nature, Jobs over Cost, Nature over Cost
    press(ENTER)
    assert shares(document, ids) == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_branch_by_branch_the_weights_are_multiplied_down(document, ids, screen):
    page = begin(screen, "points", level="tree")
    write(60, 40)  # Benefits and Effort
    write(75, 25)  # within Benefits; Cost is alone in its branch and is not asked about
    told = page.shares.bars.accessibleDescription()
    assert "Jobs 75.0 % within its branch, 45.0 % in all" in told
    press(ENTER)
    assert shares(document, ids) == pytest.approx([0.45, 0.15, 0.40])


# Ballots of a round --------------------------------------------------------------------------------------


def test_an_interrupted_ballot_is_kept_as_incomplete_and_goes_on_where_it_stopped(document, ids, screen):
    begin(screen, "points")
    write(50)
    press(ESC)
    assert len(ballots(document)) == 1
    row = screen.collect.list.table.rows()[0]
    assert row.values["state"] == "incomplete, 1 of 3"
    assert row.marks
    page = begin(screen, "points")  # the same voter: the same ballot
    write(30, 20)
    press(ENTER)
    assert shares(document, ids) == pytest.approx([0.5, 0.3, 0.2])
    assert len(ballots(document)) == 1
    assert not page.changed


def test_leaving_the_step_keeps_a_ballot_and_forgetting_it_does_not(document, ids, screen):
    page = begin(screen, "points")
    write(50)
    screen.hide()
    assert len(ballots(document)[0].answers) == 1
    screen.show()
    write(30)
    page.drop_button.click()
    assert len(ballots(document)[0].answers) == 1


def test_closing_the_window_keeps_what_was_answered(document, ids, screen):
    begin(screen, "points")
    write(50)
    QApplication.focusWidget().clearFocus()  # as the window does before it closes
    assert len(ballots(document)[0].answers) == 1


def test_undo_while_a_ballot_is_open_takes_its_answers_from_the_screen(document, ids, screen):
    page = begin(screen, "points")
    write(50)
    page.keep()
    page.asker.table.cell(ids["Nature"], "points").setFocus()
    write(30)
    page.keep()
    screen.desk.undo()
    assert page.asker.table.values() == {(ids["Jobs"], "points"): 50}


def test_a_hidden_round_shows_only_numbers_of_ballots_until_it_is_revealed(document, ids, screen):
    for voter, points in (("V-1", (50, 30, 20)), ("V-2", (30, 30, 40))):
        begin(screen, "points", voter)
        write(*points)
        press(ENTER)
    assert screen.collect.count.text() == "2 ballots are in. Hidden until revealed."
    screen.collect.back()
    screen.switch.buttons()[1].click()
    screen.switch.set_current("research")
    screen.load()
    assert [row.values["weight"] for row in screen.page.rows if not row.values["branch"]] == [None, None, None]
    assert not screen.view.editable
    assert "2 ballots" in screen.banner.banner.accessibleName()
    screen.collect_button.click()
    screen.collect.reveal_button.click()
    screen.collect.back()
    assert [row.values["weight"] for row in screen.page.rows if not row.values["branch"]] == [40, 30, 30]
    assert facts(screen)[1] == "mean of 2 people "
    assert not screen.view.editable  # they are the voters', and are changed on their ballots
    local = [row.values["local"] for row in screen.page.rows if not row.values["branch"]]
    assert local == ["57.1 %", "42.9 %", "100.0 %"]  # 40 and 30 of 70


def facts(screen):
    flow = screen._flow
    return [flow.itemAt(at).widget().accessibleName() for at in range(flow.count())]


def test_weights_set_by_the_group_itself_are_said_to_be_so(document, ids, screen):
    for name, weight in (("Jobs", 2), ("Nature", 1), ("Cost", 1)):
        do(document, operations.set_group_weight, ids[name], "research", weight)
    screen.switch.set_current("research")
    screen.load()
    assert facts(screen)[1] == "set by the group "
    assert screen.view.editable
    assert not screen.banner.isVisible()


def test_a_ballot_is_removed_and_brought_back(document, ids, screen):
    begin(screen, "points")
    write(50, 30, 20)
    press(ENTER)
    table = screen.collect.list.table
    table.select(table.rows()[0].id)
    table.delete_selected()
    assert ballots(document) == []
    screen.desk.undo()
    assert len(ballots(document)) == 1
    assert len(table.rows()) == 1


def test_a_closed_round_takes_no_more_and_the_next_one_begins_empty(document, ids, screen):
    begin(screen, "points")
    write(50, 30, 20)
    press(ENTER)
    screen.collect.reveal_button.click()
    screen.collect.close_button.click()
    assert not screen.collect.list.form.begin_button.isEnabled()
    screen.collect.new_button.click()
    assert [each.number for each in screen.collect.state.rounds] == [1, 2]
    assert screen.collect.list.form.begin_button.isEnabled()
    assert screen.collect.list.table.rows() == []
    assert screen.collect.count.text().startswith("0 of 1 in")


# The table -----------------------------------------------------------------------------------------------


def test_locked_weights_are_read_only_until_a_reason_is_given(document, ids, screen):
    for name in ("Jobs", "Nature", "Cost"):
        do(document, operations.set_weight, ids[name], 10)
    do(document, operations.lock_weights)
    screen.load()
    assert screen.banner.isVisible()
    assert not screen.view.editable
    screen.banner.banner.buttons()[0].click()
    screen.banner.unlock()
    assert screen.banner.reason.error()
    QTest.keyClicks(screen.banner.reason.editor, "A new law changed the costs")
    press(ENTER)
    assert not screen.banner.isVisible()
    assert screen.view.editable
    do(document, operations.set_weight, ids["Jobs"], 20)


def test_a_louder_voice_needs_a_reason_and_one_voice_none(document, ids, screen):
    line = screen.voices.rows["research"]
    line.cell.setText("2")
    line._keep()
    assert line.reason.error()
    line.reason.set_value("They speak for two institutes")
    line._keep()
    assert read(document, reading.group_voices) == {"research": (2.0, "They speak for two institutes")}
    line.cell.setText("1")
    line._keep()
    assert read(document, reading.group_voices) == {}


def test_the_kind_of_mean_is_chosen_beside_the_table(document, ids, screen):
    screen.voices.mean.buttons()[1].click()
    assert read(document, reading.weight_rule).mean == "geometric"
    screen.desk.undo()
    assert screen.voices.mean.current() == "arithmetic"


def test_the_wall_follows_the_slider_of_an_agreed_weight(document, ids, screen, qtbot):
    for name, weight in (("Jobs", 50), ("Nature", 25), ("Cost", 25)):
        do(document, operations.set_weight, ids[name], weight)
    screen.load()
    told = []
    screen.desk.pointing.connect(lambda *what: told.append(what))
    index = screen.view.records.place(ids["Jobs"], "slider")
    area = screen.view.slider_rect(index)
    QTest.mousePress(
        screen.view.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(area.right() - 8, area.center().y()).toPoint()
    )
    weight = screen.view.dragged[1]
    assert told[-1] == ("criteria.weights", ids["Jobs"], pytest.approx(weight / (weight + 50)))
    QTest.mouseRelease(screen.view.viewport(), Qt.MouseButton.LeftButton)
    assert told[-1] == ("criteria.weights", ids["Jobs"], None)


def test_ballots_are_refused_while_weights_are_locked(document, ids):
    do(document, operations.set_weight, ids["Jobs"], 10)
    do(document, operations.lock_weights)
    with pytest.raises(Refused):
        do(document, operations.open_round)
