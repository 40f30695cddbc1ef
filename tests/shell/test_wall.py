"""The wall: it follows the step, leaves by Esc, goes blank, and is never handed anything people entered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tna_desktop.kernel import assessment


def test_project_shows_the_question_and_follows_the_step(space, qtbot) -> None:
    qtbot.mouseClick(space.appbar.project, Qt.MouseButton.LeftButton)
    assert space.wall.isVisible()
    space.show_step("stakeholders.register")
    assert space.wall.shown.question == "Who has a stake?"
    assert "Who has a stake?" in space.wall.accessibleName()
    space.show_step("criteria.weights")
    assert space.wall.shown.question == "How much does each matter?" and space.wall.shown.here == 1
    QTest.keyClick(space.wall, Qt.Key.Key_Escape)
    assert not space.wall.isVisible()


def test_a_clicker_makes_it_blank_and_brings_it_back(space) -> None:
    space.project()
    assert not white(space.wall)
    QTest.keyClick(space.wall, Qt.Key.Key_Period)
    assert white(space.wall)
    QTest.keyClick(space.wall, Qt.Key.Key_B)
    assert not white(space.wall)
    space.project()
    assert not space.wall.isVisible()


def test_nothing_people_entered_reaches_the_wall(space) -> None:
    space.desk.do(assessment.change_facts, title="CANARY-TITLE", prepared_by="CANARY-TEAM")
    space.desk.do(assessment.add_note, "stakeholders.register", "CANARY-NOTE")
    space.project()
    space.show_step("stakeholders.register")
    assert "CANARY" not in repr(space.wall.shown) + space.wall.accessibleName() + space.wall.windowTitle()
    space.wall.close()


def white(wall) -> bool:
    image = wall.grab().toImage()
    spots = range(0, image.height(), 3)
    return all(image.pixelColor(x, y).lightness() == 255 for y in spots for x in range(0, image.width(), 3))
