"""The weights of stage 2 on the screen: typed by digits, pasted from a worksheet, seen and heard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.kernel.text import language
from tna_desktop.stages.criteria import operations, reading
from tna_desktop.stages.criteria.panels.weight_rows import slider_end
from tna_desktop.stages.stakeholders import operations as stakeholders

TREE, WEIGHTS = "criteria.tree", "criteria.weights"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def small(document):
    """Two groups with three criteria, and the ids by name."""
    benefits = do(document, operations.add_group, "Benefits")
    effort = do(document, operations.add_group, "Effort")
    ids = {"Benefits": benefits, "Effort": effort}
    for name, group in (("Jobs", benefits), ("Nature", benefits), ("Cost", effort)):
        ids[name] = do(document, operations.add_criterion, name, group_id=group)
    return ids


def weigh(document, ids, group, jobs, nature, cost):
    do(
        document,
        operations.set_group_weights,
        group,
        group,
        {ids["Jobs"]: jobs, ids["Nature"]: nature, ids["Cost"]: cost},
    )


def shown(screen, qtbot):
    qtbot.addWidget(screen)
    screen.resize(1090, 570)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


@pytest.fixture
def weight_screen(desk, small, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    return shown(SCREENS["weights"](desk, WEIGHTS), qtbot)


# Screens -------------------------------------------------------------------------------------------------


def test_digits_set_a_weight_and_enter_goes_down_over_the_branches(weight_screen, small, document, qtbot):
    view = weight_screen.view
    view.setFocus()
    assert view.current_id() == small["Jobs"]
    for number in ("30", "15", "7.5"):
        qtbot.keyClicks(view, number[0])
        qtbot.keyClicks(view.editor.input, number[1:])
        qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert [row["weight"] for row in read(document, reading.criteria)] == [30, 15, 7.5]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_id() == small["Jobs"]


def test_a_negative_weight_is_refused_beside_its_cell(weight_screen, small, document, qtbot):
    view = weight_screen.view
    view.setFocus()
    view.edit_record(small["Jobs"], "weight")
    view.editor.set_text("-3")
    qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert view.editor.refusal == "Give a number of at least 0."
    assert read(document, reading.criteria)[0]["weight"] is None


def test_with_a_group_chosen_the_numbers_are_that_groups(weight_screen, small, document, desk, qtbot):
    button = next(each for each in weight_screen.switch.buttons() if each.key == "research")
    button.click()
    view = weight_screen.view
    view.setFocus()
    view.edit_record(small["Jobs"], "weight")
    view.editor.set_text("40")
    qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert read(document, reading.group_weights) == {(small["Jobs"], "research"): 40}
    assert read(document, reading.criteria)[0]["weight"] is None
    said = [child.accessibleName() for child in weight_screen._facts.children() if hasattr(child, "accessibleName")]
    assert "1 of 3 criteria weighed; the group counts once all are" in said
    weight_screen.switch.buttons()[0].click()
    assert [row.values["weight"] for row in weight_screen.model.visible if not row.values["branch"]] == [None] * 3


def test_the_mean_of_the_groups_is_taken_as_one_change(weight_screen, small, document, desk):
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    weight_screen.load()
    weight_screen.mean_button.click()
    assert [row["weight"] for row in read(document, reading.criteria)] == [37.5, 27.5, 35.0]
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_a_column_of_numbers_is_pasted_from_the_current_row_down(weight_screen, small, document, desk, qtbot):
    weight_screen.view.setFocus()
    weight_screen.view.select_record(small["Nature"], "weight")
    QGuiApplication.clipboard().setText("12,5\r\n40\r\n")
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row["weight"] for row in read(document, reading.criteria)] == [None, 12.5, 40]
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_a_block_with_names_finds_its_criteria_and_too_many_numbers_are_refused(weight_screen, small, document, desk):
    told = []
    desk.noticed.connect(lambda notice: told.append((notice.kind, notice.text)))
    QGuiApplication.clipboard().setText("Criterion\tWeight\nCost\t3\nJobs\t5\nSomething else\t1\n")
    weight_screen.paste()
    assert [row["weight"] for row in read(document, reading.criteria)] == [5, None, 3]
    QGuiApplication.clipboard().setText("1\n2\n3\n4\n")
    weight_screen.view.select_record(small["Jobs"])
    weight_screen.paste()
    assert told[-1] == ("refused", "4 weights do not fit: 3 criteria follow from here.")


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def put_on_clipboard(text):
    QGuiApplication.clipboard().setText(text)


def paste_weights(screen, qtbot, text):
    put_on_clipboard(text)
    screen.view.setFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_V, CTRL)


# Weights from a worksheet ----------------------------------------------------------------------------------


def test_a_column_with_its_head_is_pasted_without_the_head(weight_screen, small, document, qtbot):
    weight_screen.view.select_record(small["Jobs"], "weight")
    paste_weights(weight_screen, qtbot, "Weight\r\n50\r\n30\r\n20\r\n")
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, 30, 20]


def test_a_block_with_groups_in_its_head_sets_them_all_as_one_change(weight_screen, small, document, desk, qtbot):
    block = "Criterion\tAgreed\tResearch\tNotes\r\nCost\t20\t60\tlow\r\nJobs\t50\t25\t\r\nNature\t30\t15\t\r\n"
    paste_weights(weight_screen, qtbot, block)
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, 30, 20]
    assert read(document, reading.group_weights) == {
        (small["Jobs"], "research"): 25,
        (small["Nature"], "research"): 15,
        (small["Cost"], "research"): 60,
    }
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3
    assert read(document, reading.group_weights) == {}


def test_a_pasted_weight_that_is_no_number_is_named_and_nothing_is_written(weight_screen, small, document, desk, qtbot):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    paste_weights(weight_screen, qtbot, "Jobs\t50\r\nCost\tmuch\r\n")
    assert told == ["Nothing was pasted. Row 2: “much” is not a number. Use digits only, as in 120000."]
    paste_weights(weight_screen, qtbot, "Jobs\t50\r\nHappiness\t3\r\n")
    assert told[-1] == "One weight pasted. Not among the criteria: Happiness."
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, None, None]


def test_one_number_goes_into_all_selected_weights_and_delete_takes_them_back(weight_screen, small, document, qtbot):
    weight_screen.view.setFocus()
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_A, CTRL)
    paste_weights(weight_screen, qtbot, "7")
    assert [row["weight"] for row in read(document, reading.criteria)] == [7, 7, 7]
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Criterion\tWeight\r\nJobs\t7\r\nNature\t7\r\nCost\t7"
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_Delete)
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_the_slider_keeps_one_weight_when_it_is_let_go(weight_screen, small, document, desk):
    view = weight_screen.view
    index = view.records.place(small["Jobs"], "slider")
    rect, port = view.slider_rect(index).toRect(), view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseMove(port, QPoint(rect.right() + 40, rect.center().y()))
    assert read(document, reading.criteria)[0]["weight"] is None
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(rect.right() + 40, rect.center().y()))
    assert read(document, reading.criteria)[0]["weight"] == slider_end([], 3)
    desk.undo()
    assert read(document, reading.criteria)[0]["weight"] is None


def test_a_screen_reader_hears_what_the_strip_shows(weight_screen, small, document):
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    weight_screen.load()
    cell = weight_screen.view.records.place(small["Jobs"], "strip")
    assert cell.data(11) == "agreed 33 %, Research 50 % and Partners 25 %"
    agreement = weight_screen.view.records.place(small["Jobs"], "agreement").data(11)
    assert agreement == "Low, ± 12 pts"


def test_only_groups_that_can_weigh_are_offered(document, small, desk, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    do(document, stakeholders.add_stakeholder, name="University", group="research")
    screen = shown(SCREENS["weights"](desk, WEIGHTS), qtbot)
    assert [button.key for button in screen.switch.buttons()] == ["", "research"]
    desk.do(operations.set_group_weight, small["Jobs"], "partners", 3)
    assert [button.key for button in screen.switch.buttons()] == ["", "research", "partners"]


def test_right_to_left_the_strip_begins_at_the_right(document, small, qtbot):
    from PySide6.QtCore import QRectF

    from tna_desktop.stages.criteria.panels.strip import along

    area = QRectF(10, 0, 100, 20)
    assert (along(area, 0.1, 0.4, False), along(area, 0.1, 0.4, True)) == (35, 85)
    assert language("ar").right_to_left
