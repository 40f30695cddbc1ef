"""The influence map by mouse and keys: placing, assessors, comparing, and the list of those who wait."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.findings import Place as Where
from tna_desktop.stages.stakeholders import operations
from tna_desktop.stages.stakeholders.panels.influence_map import MapScreen
from tna_desktop.stages.stakeholders.panels.map_canvas import QUIET
from tna_desktop.stages.stakeholders.panels.map_side import AGREED, COMPARE
from tna_desktop.stages.stakeholders.results import map as results

STEP = "stakeholders.map"

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


def add(document, name, influence=None, interest=None, **values):
    values = {"group": "government", **values}
    return do(document, operations.add_stakeholder, name=name, influence=influence, interest=interest, **values)


def seen(document):
    return read(document, results.influence_map, WORKFLOW)


def place(document, id, assessor=""):
    return seen(document).of(id).place(assessor)


@pytest.fixture
def opened(document, desk, qtbot):
    """The screen with three on the map and two who wait."""
    ids = {
        "ministry": add(document, "Environment Ministry", 4.5, 4.0, short="Environment"),
        "savers": add(document, "Seed savers", 2.0, 4.0, group="civil_society"),
        "port": add(document, "Port", 2.0, 1.5, group="local_authorities"),
        "lab": add(document, "Laboratory", group="research"),
        "patent": add(document, "Patent office", 4.0, None),
    }
    screen = MapScreen(desk, STEP)
    qtbot.addWidget(screen)
    screen.resize(1050, 560)
    screen.show()
    qtbot.waitExposed(screen)
    return screen, ids


def drag(canvas, id, by, *, drop=True):
    begin = canvas.place_of(id).toPoint()
    QTest.mousePress(canvas, LEFT, NONE, begin)
    QTest.mouseMove(canvas, begin + by / 2)
    QTest.mouseMove(canvas, begin + by)
    if drop:
        QTest.mouseRelease(canvas, LEFT, NONE, begin + by)


def points(canvas, influence=0.0, interest=0.0):
    """So many points on the axes as pixels."""
    scale = canvas.scale()
    return QPoint(round(scale.x(1 + interest) - scale.x(1)), round(scale.y(1 + influence) - scale.y(1)))


def waiting(screen):
    model = screen.side.tray.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# The screen ----------------------------------------------------------------------------------------------


def test_a_drag_is_one_change_and_undo_brings_the_pill_back(opened, document, desk):
    screen, ids = opened
    told = []
    desk.pointing.connect(lambda *values: told.append(values))
    drag(screen.canvas, ids["savers"], points(screen.canvas, 1.0, -0.5))
    assert place(document, ids["savers"]) == results.Place(3.0, 3.5)
    assert told[0][:2] == (STEP, ids["savers"])
    assert told[-2][2] == (3.0, 3.5)
    assert told[-1] == (STEP, ids["savers"], None)
    desk.undo()
    assert place(document, ids["savers"]) == results.Place(2.0, 4.0)
    assert screen.canvas.place_of(ids["savers"]).y() == pytest.approx(screen.canvas.scale().y(2.0), abs=1)


def test_escape_lets_a_drag_go_and_nothing_is_kept(opened, document):
    screen, ids = opened
    before = document.next_undo()
    drag(screen.canvas, ids["savers"], points(screen.canvas, 1.0), drop=False)
    QTest.keyClick(screen.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(screen.canvas, LEFT, NONE, QPoint(300, 100))
    assert place(document, ids["savers"]) == results.Place(2.0, 4.0)
    assert document.next_undo() == before


def test_a_click_chooses_and_moves_nothing(opened, document):
    screen, ids = opened
    before = document.next_undo()
    QTest.mouseClick(screen.canvas, LEFT, NONE, screen.canvas.place_of(ids["savers"]).toPoint())
    assert screen.canvas.current() == ids["savers"]
    assert screen.side.details.name.text() == "Seed savers"
    assert screen.side.details.quadrant.text() == "Give a stronger voice"
    assert document.next_undo() == before


def test_a_pill_cannot_leave_the_axes(opened, document):
    screen, ids = opened
    drag(screen.canvas, ids["ministry"], points(screen.canvas, 0.7, 1.1))
    assert place(document, ids["ministry"]) == results.Place(5.0, 5.0)


def test_arrow_presses_that_follow_each_other_are_one_change(opened, document, qtbot):
    screen, ids = opened
    canvas = screen.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.set_current(ids["port"])
    for key, held in ((Qt.Key.Key_Up, NONE), (Qt.Key.Key_Up, NONE), (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Left, NONE)):
        QTest.keyClick(canvas, key, held)
    assert place(document, ids["port"]) == results.Place(2.0, 1.5)  # not yet
    assert "influence 2.2, interest 1.9" in canvas.accessibleName()
    qtbot.waitUntil(lambda: place(document, ids["port"]) == results.Place(2.2, 1.9), timeout=QUIET * 5)
    document.undo()
    assert place(document, ids["port"]) == results.Place(2.0, 1.5)


@pytest.mark.parametrize("leave", ["focus", "hide", "close", "other pill", "undo key", "press elsewhere"])
def test_a_move_by_keys_is_never_lost(opened, document, desk, leave):
    screen, ids = opened
    canvas = screen.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.set_current(ids["port"])
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    if leave == "focus":
        screen.side.view.editor.setFocus()
    elif leave == "hide":
        screen.hide()
    elif leave == "close":
        screen.close()
    elif leave == "other pill":
        canvas.set_current(ids["savers"])
    elif leave == "undo key":
        QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.mousePress(screen, LEFT, NONE, QPoint(2, 2))
    assert place(document, ids["port"]) == results.Place(2.1, 1.5)
    desk.undo()
    assert place(document, ids["port"]) == results.Place(2.0, 1.5)


def test_tab_goes_through_the_pills_in_reading_order_and_leaves_behind_the_last(opened):
    screen, ids = opened
    canvas = screen.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    order = [canvas.current()]
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        order.append(canvas.current())
    assert order == [ids["ministry"], ids["port"], ids["savers"]]
    QTest.keyClick(canvas, Qt.Key.Key_Backtab, SHIFT)
    assert canvas.current() == ids["port"]
    QTest.keyClick(canvas, Qt.Key.Key_End)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()


def test_letters_choose_a_pill(opened):
    screen, ids = opened
    screen.canvas.setFocus()
    QTest.keyClicks(screen.canvas, "se")
    assert screen.canvas.current() == ids["savers"]


def test_enter_in_the_list_puts_someone_in_the_middle_and_delete_takes_it_off(opened, document):
    screen, ids = opened
    tray = screen.side.tray
    assert waiting(screen) == ["Laboratory", "Patent office"]
    tray.setFocus()
    tray.set_current(ids["lab"])
    QTest.keyClick(tray, Qt.Key.Key_Return)
    assert place(document, ids["lab"]) == results.Place(3.0, 3.0)
    assert screen.canvas.current() == ids["lab"]
    assert QApplication.focusWidget() is screen.canvas
    assert waiting(screen) == ["Patent office"]
    QTest.keyClick(screen.canvas, Qt.Key.Key_Delete)
    assert place(document, ids["lab"]) is None
    assert waiting(screen) == ["Laboratory", "Patent office"]


def test_what_is_known_of_someone_who_waits_stays_when_it_is_placed(opened, document):
    screen, ids = opened
    screen.place_in_middle(ids["patent"])
    assert place(document, ids["patent"]) == results.Place(4.0, 3.0)


def test_a_name_is_dragged_from_the_list_onto_the_map(opened, document):
    screen, ids = opened
    tray, canvas = screen.side.tray, screen.canvas
    index = tray.model().index(0, 0)
    begin = tray.visualRect(index).center()
    scale = canvas.scale()
    goal = canvas.mapToGlobal(QPoint(round(scale.x(4.2)), round(scale.y(2.3))))
    goal = tray.viewport().mapFromGlobal(goal)
    QTest.mousePress(tray.viewport(), LEFT, NONE, begin)
    QTest.mouseMove(tray.viewport(), begin - QPoint(30, 0))
    QTest.mouseMove(tray.viewport(), goal)
    QTest.mouseRelease(tray.viewport(), LEFT, NONE, goal)
    assert place(document, ids["lab"]) == results.Place(2.3, 4.2)


def test_a_pill_dropped_on_the_list_is_taken_off_the_map(opened, document):
    screen, ids = opened
    canvas = screen.canvas
    goal = canvas.mapFromGlobal(screen.side.tray.mapToGlobal(QPoint(60, 10)))
    drag(canvas, ids["port"], goal - canvas.place_of(ids["port"]).toPoint())
    assert place(document, ids["port"]) is None
    assert "Port" in waiting(screen)
    document.undo()
    assert place(document, ids["port"]) == results.Place(2.0, 1.5)


def test_the_legend_filters_map_and_list(opened):
    screen, ids = opened
    screen._filter("government")
    assert screen.canvas.order() == [ids["ministry"]]
    assert waiting(screen) == ["Patent office"]
    screen._filter("government")
    assert len(screen.canvas.order()) == 3


def test_an_assessors_map_is_his_own_and_the_wall_hears_nothing_of_it(opened, document, desk):
    screen, ids = opened
    told = []
    desk.pointing.connect(lambda *values: told.append(values))
    desk.do(operations.add_assessor, "Amina")
    screen.show_view("Amina")
    assert screen.canvas.order() == []
    assert len(waiting(screen)) == 5
    screen.place_in_middle(ids["ministry"])
    drag(screen.canvas, ids["ministry"], points(screen.canvas, 1.0, 0.0))
    assert place(document, ids["ministry"], "Amina") == results.Place(4.0, 3.0)
    assert place(document, ids["ministry"]) == results.Place(4.5, 4.0)
    assert told == []
    screen.show_view(AGREED)
    assert len(screen.canvas.order()) == 3


def test_comparing_lists_the_widest_first_and_the_mean_is_taken_from_there(opened, document, desk):
    screen, ids = opened
    for assessor, influence in (("Amina", 1.0), ("research", 4.0)):
        desk.do(operations.add_assessor, assessor)
        desk.do(operations.place_stakeholder, ids["savers"], influence, 4.0, assessor=assessor)
        desk.do(operations.place_stakeholder, ids["lab"], 2.0, 2.0, assessor=assessor)
    screen.show_view(COMPARE)
    model = screen.side.spreads.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Seed savers", "Laboratory"]
    assert ids["lab"] in screen.canvas.order()  # at the mean, though nobody agreed on it yet
    screen.take_means([ids["savers"]])
    assert place(document, ids["savers"]) == results.Place(2.5, 4.0)
    assert place(document, ids["lab"]) is None
    screen.take_means()
    assert place(document, ids["lab"]) == results.Place(2.0, 2.0)


def test_the_suggestion_is_accepted_or_overruled_beside_the_map(opened, document):
    screen, ids = opened
    screen.show_place(Where(STEP, ids["savers"]))
    details = screen.side.details
    assert details.suggested.text().startswith("Suggested: Involve.")
    details.accept.click()
    assert seen(document).of(ids["savers"]).row.engagement == "involve"
    assert not details.accept.isVisible()
    details.level.editor.setCurrentIndex(details.level.editor.findData("consult"))
    details.level.commit()
    assert seen(document).of(ids["savers"]).row.engagement == "consult"
    screen.accept_levels()
    assert seen(document).of(ids["ministry"]).row.engagement == "collaborate"
    assert seen(document).of(ids["savers"]).row.engagement == "consult"


def test_empty_states(document, desk, qtbot):
    screen = MapScreen(desk, STEP)
    qtbot.addWidget(screen)
    screen.show()
    went = []
    desk.went.connect(went.append)
    screen.pages.currentWidget().findChildren(type(screen.side.take_one))[0].click()
    assert went[0].step == "stakeholders.register"
    add(document, "Laboratory")
    screen.load()
    assert screen.pages.currentIndex() == 0
    assert waiting(screen) == ["Laboratory"]
    assert screen.canvas.order() == []


def test_a_change_from_elsewhere_does_not_break_a_move(opened, document, desk):
    screen, ids = opened
    canvas = screen.canvas
    drag(canvas, ids["savers"], points(canvas, 1.0), drop=False)
    desk.do(operations.change_stakeholder, ids["port"], name="Port Serin")
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(400, 100))
    assert place(document, ids["savers"]) == results.Place(3.0, 4.0)
    drag(canvas, ids["savers"], points(canvas, 1.0), drop=False)
    desk.do(operations.remove_stakeholders, [ids["savers"]])
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(400, 100))
    assert ids["savers"] not in canvas.order()


def test_right_to_left_the_axes_stay(document, qtbot):
    desk = room.new_desk(document, "ar")
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        west, east = add(document, "West", 3.0, 1.5), add(document, "East", 3.0, 4.5)
        screen = MapScreen(desk, STEP)
        qtbot.addWidget(screen)
        screen.resize(1050, 560)
        screen.show()
        canvas = screen.canvas
        assert canvas.place_of(west).x() < canvas.place_of(east).x()
        assert screen.side.geometry().right() < canvas.geometry().left()
        canvas.setFocus()
        canvas.set_current(west)
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        canvas.commit()
        assert place(document, west) == results.Place(3.0, 1.6)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
