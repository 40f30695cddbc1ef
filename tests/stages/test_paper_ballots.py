"""Paper ballots: typed in by digits and Enter, typed again to check, and read from a worksheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.stages.criteria import operations, reading
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


def ballots(document):
    return read(document, reading.ballots, read(document, reading.current_round).id)


@pytest.fixture
def paper(document, ids, screen):
    """The grid for paper ballots, with two of them typed in; on the first one Nature was read as 25 instead of 35."""
    screen.collect_button.click()
    press(ENTER)
    form = screen.collect.list.form
    form.group.set_value("government")
    form.paper_button.click()
    write("", "", 45, 25, 20)
    write("17", "4", 50, 30, 20)
    return screen.collect.keypad


# Paper ---------------------------------------------------------------------------------------------------


def test_digits_and_enter_type_in_ballots_one_after_the_other(document, ids, paper):
    first, second = ballots(document)
    assert (first.voter, first.group) == ("1", "government")
    assert (second.voter, second.group) == ("17", "research")
    assert [value for *_, value in second.answers] == [50, 30, 20]
    assert paper.model.text(0, 2) == "90"  # the sum is there to be seen
    assert paper.model.rows[2].code == "18"
    assert paper.grid.currentIndex().row() == 2
    document.undo()
    assert len(ballots(document)) == 1


def test_the_sum_is_right_while_one_types(document, ids, paper):
    write("", "", 10)
    assert paper.model.text(2, 2) == "10"
    write(15)
    assert paper.model.text(2, 2) == "25"


def test_a_ballot_that_is_left_half_way_is_kept_as_far_as_it_goes(document, ids, paper):
    write("", "", 10)
    QTest.keyClicks(paper.grid, "15")
    paper.grid.clearFocus()
    assert [value for *_, value in ballots(document)[2].answers] == [10, 15]


def test_what_cannot_be_used_is_said_below_its_cell_and_stays(document, ids, paper):
    write("", "")
    write(300)
    assert paper.grid.typed == "300"
    assert paper.grid._note.text() == "Give a number from 0 to 100."
    press(ESC)
    assert paper.grid.typed is None
    assert paper.isVisible()


def test_a_code_that_was_misread_is_mended_in_one_change(document, ids, paper):
    paper.grid.go_to(1, 0)
    write("18")
    press(Qt.Key.Key_Up)
    assert [each.voter for each in ballots(document)] == ["1", "18"]
    document.undo()
    assert [each.voter for each in ballots(document)] == ["1", "17"]


def test_the_same_code_twice_in_a_group_is_not_written_over(document, ids, paper):
    write("1", "1", 10, 20, 70)
    assert "code 1 already" in paper.grid._note.text()
    assert len(ballots(document)) == 2
    write("2")
    paper.grid.go_to(2, 5)
    press(ENTER)
    assert [ballot.voter for ballot in ballots(document)] == ["1", "17", "2"]


def test_the_second_typing_is_blind_and_finds_the_slip(document, ids, paper):
    paper.again_button.click()
    assert [paper.model.text(0, column) for column in range(6)] == ["1", "Government", "", "", "", ""]
    write(45, 35, 20)
    assert paper.settle.isVisible()
    assert paper.settle.words.text() == "1: “Nature”: first 25, then 35."
    write(35)  # what stands on the paper
    assert not paper.settle.isVisible()
    first, second = ballots(document)
    assert (first.checked, second.checked) == (True, False)
    assert [value for *_, value in first.answers] == [45, 35, 20]
    write(50, 30, 20)  # the keyboard is on the next ballot
    assert [ballot.checked for ballot in ballots(document)] == [True, True]
    assert paper.hint.text() == "All ballots were typed twice and agree."


def test_what_was_typed_twice_and_is_changed_wants_to_be_typed_again(document, ids, paper):
    paper.again_button.click()
    write(45, 25, 20)
    paper.again_button.click()
    assert ballots(document)[0].checked
    paper.grid.go_to(0, 4)
    paper.grid.setFocus()
    write(35)
    paper.grid.go_to(1, 4)
    assert not ballots(document)[0].checked


def test_ballots_come_from_a_worksheet_in_any_order_of_columns(document, ids, paper):
    QGuiApplication.clipboard().setText("Code\tGroup\tCost\tJobs\tNature\nA7\tresearch\t10\t70\t20\nA8\t4\t30\t40\t30")
    paper.paste()
    found = {ballot.voter: {node: value for node, _, _, value in ballot.answers} for ballot in ballots(document)}
    assert found["A7"] == {ids["Cost"]: 10, ids["Jobs"]: 70, ids["Nature"]: 20}
    assert set(found) == {"1", "17", "A7", "A8"}
    document.undo()
    assert len(ballots(document)) == 2


def test_a_worksheet_with_a_wrong_number_changes_nothing_and_names_the_row(document, ids, paper):
    told = []
    paper.desk.noticed.connect(lambda notice: told.append(notice.text))
    QGuiApplication.clipboard().setText("A7\tresearch\t10\t70\t20\nA8\t4\t30\t400\t30")
    paper.paste()
    assert told == ["Nothing was pasted. Row 2: Give a number from 0 to 100."]
    assert len(ballots(document)) == 2


def test_a_ballot_is_taken_out_of_the_grid_and_comes_back(document, ids, paper):
    paper.grid.go_to(0, 3)
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert [row.code for row in paper.model.rows] == ["17", "18"]
    paper.desk.undo()
    assert [row.code for row in paper.model.rows] == ["1", "17", "18"]
