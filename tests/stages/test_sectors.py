"""Sectors: need before technology, the choice by a line in the order, and the goals that are served."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.stages.priorities import operations, reading
from tna_desktop.stages.priorities.operations_sectors import GOAL, change_goals, choose_sector, move_line
from tna_desktop.stages.priorities.panels.sector_order import _ROW
from tna_desktop.stages.priorities.reading_sectors import coverage
from tna_desktop.stages.priorities.results_sectors import sector_line
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.stages.stakeholders import operations as stakeholders
from tna_desktop.ui.tokens import theme

QUESTIONS = [entry.key for entry in WORKFLOW.catalogue("sector_questions").entries]


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    made = room.new_desk(document)
    made.places = []
    made.went.connect(made.places.append)
    return made


@pytest.fixture
def screen(desk, qtbot):
    made = SCREENS["sectors"](desk, "priorities.sectors")
    qtbot.addWidget(made)
    made.resize(1000, 620)
    made.show()
    return made


@pytest.fixture
def four(document):
    """Coast 5, Farms 4, Woods 3 and Towns 2 on every question, in the order Towns, Coast, Woods, Farms."""
    found = {}
    for name, level in (("Towns", 2), ("Coast", 5), ("Woods", 3), ("Farms", 4)):
        answers = {operations.ANSWER + key: level for key in QUESTIONS}
        found[name] = do(document, operations.add_sector, name, **answers)
    return found


def line_of(document):
    return read(document, sector_line, WORKFLOW)


def chosen(document):
    return {row["name"] for row in read(document, reading.sectors) if row["chosen"]}


# The line ----------------------------------------------------------------------------------------------


def test_the_line_stands_where_the_fewest_choices_depart(document, four):
    assert [each.name for each in line_of(document).order] == ["Coast", "Farms", "Woods", "Towns"]
    for name in ("Coast", "Farms", "Towns"):
        do(document, choose_sector, four[name], True)
    found = line_of(document)
    assert (found.cut, found.departing) == (2, {four["Towns"]})
    do(document, choose_sector, four["Coast"], False)
    # Chosen are the second and the last: no line fits both, so it stands on top or takes one of them.
    found = line_of(document)
    assert found.cut == 0 and found.departing == {four["Farms"], four["Towns"]}


def test_moving_the_line_is_one_change_and_leaves_other_decisions_alone(document, four):
    do(document, choose_sector, four["Towns"], True, "The mayors pay for it")
    order = [four[name] for name in ("Coast", "Farms", "Woods", "Towns")]
    before = document.seq
    assert do(document, move_line, order, 0, 2) == 2
    assert document.seq == before + 1 and chosen(document) == {"Coast", "Farms", "Towns"}
    do(document, operations.change_sector, four["Farms"], reason="Half of all jobs")
    do(document, move_line, order, 2, 1)
    rows = {row["name"]: row for row in read(document, reading.sectors)}
    assert not rows["Farms"]["chosen"] and rows["Farms"]["reason"] == ""
    assert rows["Towns"]["chosen"] and rows["Towns"]["reason"] == "The mayors pay for it"
    document.undo()
    assert {row["name"]: row["reason"] for row in read(document, reading.sectors)}["Farms"] == "Half of all jobs"
    with pytest.raises(Refused):
        do(document, move_line, order, 0, 9)


def test_a_sector_without_all_answers_has_no_place_and_departs_when_chosen(document, four):
    new = do(document, operations.add_sector, "Mines", chosen=True)
    found = line_of(document)
    assert found.ranked == 4 and found.order[-1].id == new and found.departing == {new}


def test_the_line_is_moved_by_keyboard_and_space_asks_for_a_reason(document, four, screen, qtbot):
    screen.show_view("line")
    canvas = screen.order.canvas
    canvas.setFocus()
    for _ in range(2):
        qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert chosen(document) == {"Coast", "Farms"} and "the line stands after 2" in canvas.accessibleName()
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert chosen(document) == {"Coast", "Farms", "Towns"}
    assert "against the order" in canvas.accessibleDescription()
    assert "Towns is chosen although" in screen.order.told.accessibleName()
    assert screen.order.reason.isVisible() and screen.order.told.accessibleName()
    screen.order.reason.editor.setText("The mayors pay for it")
    screen.order.reason.commit()
    assert {row["name"]: row["reason"] for row in read(document, reading.sectors)}["Towns"] == "The mayors pay for it"
    qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert chosen(document) == {"Coast", "Towns"}


def test_the_line_is_dragged_and_only_letting_go_changes_anything(document, four, screen, qtbot):
    screen.show_view("line")
    canvas, high = screen.order.canvas, theme().px(_ROW)
    before = document.seq
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 2))
    QTest.mouseMove(canvas, QPoint(200, high * 3 + 3))
    assert document.seq == before
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, high * 3 + 3))
    assert document.seq == before + 1 and chosen(document) == {"Coast", "Farms", "Woods"}


def test_a_reason_that_goes_with_the_line_is_said_and_comes_back_with_one_key(document, desk, four, screen, qtbot):
    do(document, operations.change_sector, four["Farms"], reason="Half of all jobs")
    told: list[str] = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    screen.show_view("line")
    canvas = screen.order.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert told == []  # Coast had no reason
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert told == ["The reason of Farms went with its old place."]
    desk.undo()
    assert {row["name"]: row["reason"] for row in read(document, reading.sectors)}["Farms"] == "Half of all jobs"


# Need --------------------------------------------------------------------------------------------------


def test_need_comes_first_as_long_as_nothing_is_answered(document, desk, qtbot):
    id = do(document, operations.add_sector, "Coast", current_level=2, desired_level=5)
    do(document, operations.add_sector, "Woods")
    made = SCREENS["sectors"](desk, "priorities.sectors")
    qtbot.addWidget(made)
    made.show()
    assert made.switch.current() == "need" and made.pages.currentWidget() is made.need
    rows = {row.id: row.values for row in made.need.rows()}
    assert rows[id]["gap"] == 3
    model = made.need.model
    place = model.place(id, "gap")
    assert model.data(place, 11) == "now 2 of 5, wanted 5 of 5: a gap of 3"
    made.need.view.put(model.place(id, "current_level"), 4)
    assert {row.id: row.values for row in made.need.rows()}[id]["gap"] == 1
    grabbed = made.need.view.grab()
    assert not grabbed.isNull()


def test_places_lead_to_the_view_that_shows_them(document, four, screen):
    for field, view in (("need", "need"), ("goals", "goals"), ("reason", "questions")):
        screen.show_place(Place("priorities.sectors", four["Woods"], field))
        assert screen.switch.current() == view


# Goals -------------------------------------------------------------------------------------------------


def test_a_goal_is_served_where_it_is_named_and_empty_columns_are_told(document, four):
    do(document, stakeholders.change_scope, targets="Restore land; Save species; Share knowledge")
    do(
        document,
        operations.change_sector,
        four["Coast"],
        goals="National strategy, targets 2 and 4; save  SPECIES",
        chosen=True,
    )
    do(document, operations.change_sector, four["Woods"], goals="Restore land")
    found = read(document, coverage)
    assert found.goals == ("Restore land", "Save species", "Share knowledge")
    assert (
        found.served[four["Coast"]] == {"Save species"}
        and found.other[four["Coast"]] == "National strategy, targets 2 and 4"
    )
    assert found.empty == ("Restore land", "Share knowledge"), "a sector that is not chosen serves nothing"
    do(document, operations.change_sector, four["Coast"], chosen=False)
    assert read(document, coverage).empty == ("Share knowledge",)


def test_ticking_a_goal_keeps_what_else_is_written(document, four):
    do(document, stakeholders.change_scope, targets="Restore land; Save species")
    do(document, operations.change_sector, four["Coast"], goals="Sea plan 2030")
    do(document, change_goals, four["Coast"], **{GOAL + "Save species": True})
    do(document, change_goals, four["Coast"], **{GOAL + "Restore land": True})
    do(document, change_goals, four["Coast"], **{GOAL + "Save species": False})
    rows = {row["name"]: row["goals"] for row in read(document, reading.sectors)}
    assert rows["Coast"] == "Sea plan 2030; Restore land"


def test_the_matrix_is_ticked_by_keyboard_and_names_empty_goals(document, four, screen, qtbot):
    do(document, stakeholders.change_scope, targets="Restore land; Save species")
    do(document, choose_sector, four["Coast"], True, "Reefs")
    screen.show_view("goals")
    table = screen.goals.table
    assert table.grouped.heads() == ["Chosen: one sector", "Not chosen: 3 sectors"]
    table.view.setFocus()
    table.select(four["Coast"])
    table.view.select_record(four["Coast"], GOAL + "Save species")
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert read(document, coverage).served[four["Coast"]] == {"Save species"}
    assert screen.goals.told.accessibleName().endswith("No chosen sector serves this goal: Restore land.")
    place = table.model.place(four["Coast"], "other")
    table.view.put(place, "Sea plan")
    found = read(document, coverage)
    assert found.served[four["Coast"]] == {"Save species"} and found.other[four["Coast"]] == "Sea plan"


def test_without_goals_the_matrix_leads_to_the_scope(document, four, screen, desk):
    screen.show_view("goals")
    assert screen.goals.nothing.isVisible() and not screen.goals.table.isVisible()
    screen.goals.nothing.buttons()[0].click()
    assert desk.places[-1].step == "stakeholders.scope"
