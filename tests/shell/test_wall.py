"""Projecting from the window: it follows the step, the keys and the screens, and is never handed anything private."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import two_screens
from tna_desktop.kernel import assessment
from tna_desktop.kernel.projected import Bar, Bars, NameList, Names, Projection, WeightRow, Weights
from tna_desktop.shell import wall as projecting

KEY = Qt.Key


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> dict:
    """Views of the two stages of the small method; what they saw is counted."""
    seen: list[str] = []
    title = {"words": "Reef Wardens"}

    def register(session, workflow, language):
        seen.append("register")
        names = (title["words"], *(f"Name {n}" for n in range(60)))
        return Projection((Names((NameList("Civil society", names, "civil_society", "61"),)),), "61 stakeholders")

    def weights(session, workflow, language):
        row = WeightRow("c1", "Cost to start", "12 %", (("research", 0.1), ("partners", 0.2)), 0.12)
        return Projection((Weights((row,)),), "", (("research", "Research"), ("partners", "Partners")))

    def broken(session, workflow, language):
        raise ValueError("no")

    found = {"stakeholders.register": register, "criteria.weights": weights, "stakeholders.scope": broken}
    monkeypatch.setattr(projecting, "view_of", found.get)
    return {"seen": seen, "title": title, "views": found}


@pytest.fixture
def on(space, views):
    """The workspace with its wall up, at the register."""
    space.show_step("stakeholders.register")
    space.project()
    yield space
    space.projecting.stop()


def words(space) -> set[str]:
    return {each.words for each in space.wall.texts()}


def test_project_shows_the_step_and_follows_it(space, views, qtbot) -> None:
    qtbot.mouseClick(space.appbar.project, Qt.MouseButton.LeftButton)
    space.show_step("stakeholders.register")
    qtbot.waitUntil(lambda: space.wall.isVisible() and space.wall.isActiveWindow())
    assert {"Who has a stake?", "Reef Wardens", "Step 1.2, Register", "Republic of Kelvara 2026"} <= words(space)
    space.show_step("criteria.weights")
    assert "Cost to start" in words(space) and "Reef Wardens" not in words(space)
    QTest.keyClick(space.wall, KEY.Key_Escape)
    assert space.wall is None and not space.projecting.is_on


def test_f5_on_the_laptop_puts_it_away_and_begins_again(on) -> None:
    on.project()
    assert on.wall is None
    on.project()
    assert on.wall.isVisible()


def test_a_step_without_a_view_and_one_whose_view_fails_show_the_question_and_the_stages(on, views, caplog) -> None:
    on.show_step("stakeholders.scope")
    assert {"What is this for?", "Stakeholders", "Criteria"} <= words(on)
    assert any("cannot be made" in record.getMessage() for record in caplog.records)
    caplog.clear()
    views["views"].pop("criteria.weights")
    on.show_step("criteria.weights")
    assert {"How much does each matter?", "Stakeholders", "0 of 2 steps"} <= words(on)


def test_changes_are_told_together_and_at_once(on, views, qtbot) -> None:
    before = len(views["seen"])
    views["title"]["words"] = "Highland Herders"
    for year in (2027, 2028, 2029):
        on.desk.do(assessment.change_facts, year=year)
    qtbot.waitUntil(lambda: "Highland Herders" in words(on))
    qtbot.waitUntil(lambda: "Republic of Kelvara 2029" in words(on))
    assert len(views["seen"]) - before <= 3  # three changes and the checks after them are not told one by one


def test_what_is_dragged_moves_and_what_is_let_go_is_told_anew(on, qtbot) -> None:
    on.show_step("criteria.weights")
    on.desk.pointing.emit("criteria.weights", "c1", 0.2)
    assert "20 %" in words(on)
    on.desk.pointing.emit("stakeholders.register", "c1", 0.3)  # another step's pointing is not for this page
    assert "20 %" in words(on)
    on.desk.pointing.emit("criteria.weights", "c1", None)
    qtbot.waitUntil(lambda: "12 %" in words(on))


def test_the_clicker_goes_on_to_the_next_step_and_back_to_the_last_page(on) -> None:
    pages = on.wall.pages
    assert pages > 1
    for _ in range(pages):
        QTest.keyClick(on.wall, KEY.Key_PageDown)
    assert on.here() == "criteria.weights" and on.wall.page == 0
    QTest.keyClick(on.wall, KEY.Key_PageUp)
    assert on.here() == "stakeholders.register" and on.wall.page == pages - 1
    on.show_step("criteria.weights")
    on.show_step("stakeholders.register")
    assert on.wall.page == 0


def test_the_strip_in_the_app_bar_tells_the_page_and_turns_it(on, qtbot) -> None:
    strip = next(each for each in on.appbar.children() if type(each).__name__ == "WallStrip")
    pages = on.wall.pages
    assert strip.isVisible() and strip.words.text() == f"Page 1 of {pages}"
    assert strip.accessibleName() == f"Projecting: page 1 of {pages}"
    qtbot.mouseClick(strip.on, Qt.MouseButton.LeftButton)
    assert on.wall.page == 1 and strip.words.text() == f"Page 2 of {pages}"
    qtbot.mouseClick(strip.back, Qt.MouseButton.LeftButton)
    assert on.wall.page == 0
    qtbot.mouseClick(strip.blank, Qt.MouseButton.LeftButton)
    assert on.wall.blank and strip.words.text() == "Blank"
    qtbot.mouseClick(strip.blank, Qt.MouseButton.LeftButton)
    assert not on.wall.blank
    qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)
    assert on.wall is None and not strip.isVisible()


def test_keys_on_the_laptop_act_on_the_wall_only_with_alt(on, window, qtbot) -> None:
    qtbot.waitUntil(on.wall.isActiveWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    target = on.appbar.search
    target.setFocus()
    QTest.keyClick(target, KEY.Key_PageDown)
    QTest.keyClick(target, KEY.Key_B)
    assert on.wall.page == 0 and not on.wall.blank
    QTest.keyClick(target, KEY.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert on.wall.page == 1
    QTest.keyClick(target, KEY.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(target, KEY.Key_B, Qt.KeyboardModifier.AltModifier)
    assert on.wall.page == 0 and on.wall.blank
    QTest.keyClick(target, KEY.Key_F5)
    assert on.wall is None


def test_the_text_size_of_the_wall_is_remembered(on) -> None:
    QTest.keyClick(on.wall, KEY.Key_Plus)
    assert on.desk.settings.wall_text_size == 1
    on.project()
    on.project()
    assert on.wall.size_index == 1


def test_the_menu_names_the_screens_and_the_only_one_is_no_choice_to_be_kept(space, views) -> None:
    menu = space.projecting.menu(space)
    first = menu.actions()[0]
    screen = QApplication.primaryScreen()
    size = screen.geometry()
    assert first.text() == f"Project on 1: this screen, {size.width()} × {size.height()}" and first.isChecked()
    first.trigger()
    assert space.wall.isVisible() and space.wall.audience
    assert space.desk.settings.wall_screen == ""
    space.projecting.stop()


def test_on_the_only_screen_the_wall_takes_over_and_the_pointer_hides(on) -> None:
    assert on.wall.audience and on.wall.geometry() == on.main.screen().geometry()
    assert on.wall.cursor().shape() != Qt.CursorShape.BlankCursor
    on.wall._pointer.timeout.emit()
    assert on.wall.cursor().shape() == Qt.CursorShape.BlankCursor
    middle = QPointF(on.wall.rect().center())
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, middle, middle, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(on.wall, moved)
    assert on.wall.cursor().shape() != Qt.CursorShape.BlankCursor


def test_nothing_people_wrote_beside_the_facts_reaches_the_wall(on, qtbot) -> None:
    on.desk.do(assessment.change_facts, prepared_by="CANARY-TEAM")
    on.desk.do(assessment.add_note, "stakeholders.register", "CANARY-NOTE")
    on.desk.notice("CANARY-NOTICE")
    on.projecting.tell()
    held = repr(vars(on.wall)) + on.wall.accessibleName() + on.wall.accessibleDescription() + on.wall.windowTitle()
    assert "CANARY" not in held + " ".join(words(on))
    assert on.wall.children() and not on.wall.findChildren(type(on))
    for value in vars(on.wall).values():
        assert type(value).__name__ not in ("Desk", "Document", "Session", "Workspace")


def test_a_ranking_of_one_step_is_not_on_the_page_of_the_next(on, views) -> None:
    views["views"]["criteria.weights"] = lambda session, workflow, language: Projection(
        (Bars((Bar("t", "Reef gardens", "1", 82.0, "82"),)),), "Reef gardens leads"
    )
    on.show_step("criteria.weights")
    assert "Reef gardens" in words(on)
    on.show_step("stakeholders.register")
    assert "Reef gardens" not in " ".join(words(on)) + on.wall.accessibleName() + on.wall.accessibleDescription()


# Two screens -------------------------------------------------------------------------------------------------

STORY = """
import json, os, sys
from pathlib import Path
os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = sys.argv[1]
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.builders import two_screens, whole_window
from tna_desktop.sample import build_sample
path = Path(sys.argv[1]) / "kelvara.tna"
build_sample(path)
window = whole_window.open_window(path)
space = window.workspace
told = {}
space.show_step("stakeholders.register")
space.project()
whole_window.rest(50)
told["screen"], told["place"] = space.wall.screen().name(), list(space.wall.geometry().getRect())
told["audience"], told["words"] = space.wall.audience, [each.words for each in space.wall.texts()]
told["menu"] = [action.text() for action in space.projecting.menu(space).actions()]
space.projecting.menu(space).actions()[0].trigger()
told["own"] = [space.wall.screen().name(), space.wall.audience, space.desk.settings.wall_screen]
space.projecting.menu(space).actions()[1].trigger()
told["kept"] = space.desk.settings.wall_screen
space.project()
space.project()
told["again"] = space.wall.screen().name()
space.projecting.menu(space).aboutToShow.emit()
told["numbers"] = [(sign.number, sign.screen().name()) for sign in space.projecting._numbers if sign.isVisible()]
space.projecting.menu(space).aboutToHide.emit()
whole_window.rest(50)
told["numbers_left"] = len(space.projecting._numbers)
# The test's way of pulling a cable frees the platform's screen, which its windows ask once more when they are freed.
space.wall.deleteLater = lambda: None
two_screens.pull_cable(sys.argv[2])
whole_window.rest(50)
told["screens"] = [screen.name() for screen in app.screens()]
told["on"] = space.projecting.is_on
told["walls"] = sum(type(each).__name__ == "Wall" and each.isVisible() for each in app.topLevelWidgets())
told["notice"] = space.telling.toast.accessibleName() if space.telling.toast.isVisibleTo(space) else ""
told["window"] = window.isVisible() and not window.isMinimized()
if space.wall is not None:
    told["wall_on"] = space.wall.screen().name()
    told["left_words"] = [each.words for each in space.wall.texts()]
space.desk.document.close(publish=False)
print(json.dumps(told), flush=True)
os._exit(0)
"""
linux_only = pytest.mark.skipif(not two_screens.can_pull_cables(), reason="needs Qt's offscreen platform for Linux")


@linux_only
def test_the_wall_is_on_the_projector_and_closes_to_a_notice_when_its_cable_is_pulled(tmp_path) -> None:
    told = two_screens.run(STORY, tmp_path, str(tmp_path), "projector")
    assert told["screen"] == "projector" and told["place"] == [1366, 0, 1280, 800] and not told["audience"]
    assert told["menu"][:2] == ["Project on 1: this screen, 1366 × 768", "Project on 2: projector, 1280 × 800"]
    assert told["own"] == ["laptop", True, "laptop 1366x768"]
    assert told["kept"] == "projector 1280x800" and told["again"] == "projector"
    assert told["numbers"] == [["1", "laptop"], ["2", "projector"]] and told["numbers_left"] == 0
    assert told["screens"] == ["laptop"]
    assert not told["on"] and told["walls"] == 0 and told["window"]
    assert told["notice"] == "The second screen is gone. Nothing is projected any more."


@linux_only
def test_when_the_laptops_own_screen_goes_its_window_does_not_jump_onto_the_wall(tmp_path) -> None:
    told = two_screens.run(STORY, tmp_path, str(tmp_path), "laptop")
    assert told["screens"] == ["projector"] and told["on"] and told["wall_on"] == "projector"
    assert not told["window"] and told["left_words"] == told["words"]


def test_a_window_put_away_comes_back_when_somebody_leaves_the_wall(on, window) -> None:
    on.projecting._put_window_away()
    assert window.isMinimized()
    QTest.keyClick(on.wall, KEY.Key_Escape)
    assert window.isVisible() and not window.isMinimized()


def test_another_language_of_the_window_leaves_the_wall_where_it_was(on, window, qtbot) -> None:
    on.wall.go(1)
    on.wall.make_blank(True)
    window.choose_language("fr")
    space = window.workspace
    assert space is not on and space.projecting.is_on
    assert space.wall.page == 1 and space.wall.blank
    assert space.wall.language.code == "fr"
    space.projecting.stop()
