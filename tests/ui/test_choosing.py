"""Choosing and rating, as a person meets them: by keyboard, by screen reader, in both directions of writing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from tna_desktop.charts.palette import GROUPS
from tna_desktop.kernel.text import language
from tna_desktop.ui.choices import GroupSwitch, Segmented
from tna_desktop.ui.coverage import CoverageCell, CoverageCells, GroupPill
from tna_desktop.ui.rating import Rating
from tna_desktop.ui.theme import use_theme

EN = language("en")

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture(autouse=True)
def light(qapp):
    use_theme("light", 100, "en", contrast=False)
    yield
    use_theme("light", 100, "en", contrast=False)


@pytest.fixture
def window(qtbot):
    """A window that has the focus, to put blocks into."""
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(700, 400)

    def put(*widgets, direction=LTR):
        made.setLayoutDirection(direction)
        for widget in widgets:
            made.layout().addWidget(widget)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return put


def picture(widget) -> QImage:
    return widget.grab().toImage()


def name(widget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


# Choosing --------------------------------------------------------------------------------------------


def test_arrow_keys_choose_in_a_segmented_control(window):
    choice = Segmented([("timeline", "Timeline"), ("table", "Table"), ("board", "Board by lead")])
    window(choice)
    heard = []
    choice.chosen.connect(heard.append)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left):
        QTest.keyClick(choice.focusProxy(), key)
    assert heard == ["table", "board", "timeline", "board", "table"]
    assert choice.current() == "table"


def test_arrow_keys_follow_the_eye_in_right_to_left(window):
    choice = Segmented([("a", "A"), ("b", "B"), ("c", "C")])
    window(choice, direction=RTL)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(choice.focusProxy(), Qt.Key.Key_Left)
    assert choice.current() == "b"
    buttons = choice.buttons()
    assert buttons[0].x() > buttons[1].x() > buttons[2].x()


def test_setting_a_choice_is_silent_and_clicking_tells_once(window):
    choice = Segmented([("a", "A"), ("b", "B")])
    window(choice)
    heard = []
    choice.chosen.connect(heard.append)
    choice.set_current("b")
    QTest.mouseClick(choice.buttons()[0], Qt.MouseButton.LeftButton)
    assert (choice.current(), heard) == ("a", ["a"])


def test_segments_are_radio_buttons_to_a_screen_reader(window):
    choice = Segmented([("a", "Timeline"), ("b", "Table")])
    window(choice)
    seen = [QAccessible.queryAccessibleInterface(button) for button in choice.buttons()]
    assert [one.role() for one in seen] == [QAccessible.Role.RadioButton] * 2
    assert [one.text(QAccessible.Text.Name) for one in seen] == ["Timeline", "Table"]
    assert [bool(one.state().checked) for one in seen] == [True, False]


def test_the_group_switch_begins_with_all_groups(window):
    switch = GroupSwitch(EN, [("government", "Government"), ("research", "Research")])
    window(switch)
    assert [(button.key, button.words) for button in switch.buttons()][0] == ("", "All groups")
    switch.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(switch.focusProxy(), Qt.Key.Key_Right)
    assert switch.current() == "government"


def test_the_group_switch_keeps_to_one_line_with_marks_alone_where_names_do_not_fit(window):
    switch = GroupSwitch(EN, [(group, group.replace("_", " ")) for group in GROUPS])
    window(switch)
    wide = switch.sizeHint()
    switch.resize(wide)
    assert all(button.sizeHint().width() > 60 for button in switch.buttons())
    switch.resize(560, wide.height())
    assert switch.heightForWidth(560) == wide.height()
    marks = switch.buttons()[1:]
    assert all(button.sizeHint().width() < 40 and button.toolTip() == button.words for button in marks)
    assert all(button.accessibleName() for button in marks)
    marks[2].click()
    assert marks[2].sizeHint().width() > 60  # the chosen one has its name beside it
    assert switch.heightForWidth(150) > wide.height()


@pytest.fixture
def cells(window):
    made = CoverageCells(EN)
    made.set_cells(
        [
            CoverageCell("government", "Government", 9),
            CoverageCell("indigenous_peoples", "Indigenous peoples", 0, required=True),
            CoverageCell("research", "Research", 0),
        ]
    )
    window(made)
    return made


def test_cells_say_group_and_count_and_what_is_missing(cells):
    assert [name(button) for button in cells.buttons()] == [
        "All groups: 9",
        "Government: 9",
        "Indigenous peoples: None yet",
        "Research: 0",
    ]


def test_a_missing_required_group_is_amber_and_an_empty_one_is_not(cells):
    missing, empty = cells.buttons()[2], cells.buttons()[3]
    assert picture(missing).pixelColor(8, missing.height() - 6).name() == "#fdf3e3"
    assert picture(empty).pixelColor(8, empty.height() - 6).name() == "#ffffff"


def test_cells_filter_by_keyboard_and_by_click(cells):
    heard = []
    cells.chosen.connect(heard.append)
    cells.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(cells.focusProxy(), Qt.Key.Key_Right)
    QTest.mouseClick(cells.buttons()[3], Qt.MouseButton.LeftButton)
    assert heard == ["government", "research"]


def test_cells_keep_the_choice_when_the_counts_change(cells):
    cells.set_current("government")
    cells.set_cells([CoverageCell("government", "Government", 10)])
    assert cells.current() == "government"
    cells.set_cells([CoverageCell("research", "Research", 1)])
    assert cells.current() == ""


def test_nine_groups_fit_in_one_row_of_a_laptop_and_no_word_is_broken(qtbot):
    made = CoverageCells(EN)
    qtbot.addWidget(made)
    names = ["Government", "Indigenous peoples", "Local communities", "Research", "Civil society", "Private sector"]
    names += ["Women & youth", "Local authorities", "Partners"]
    made.set_cells([CoverageCell(key, words, 2) for key, words in zip(GROUPS, names, strict=True)])
    made.resize(818, made.heightForWidth(818))
    assert made.heightForWidth(818) == 62
    assert all(button.width() >= button.widest_word() for button in made.buttons())
    assert made.heightForWidth(500) > 62


def test_cells_begin_at_the_right_in_arabic(window):
    made = CoverageCells(EN)
    made.set_cells([CoverageCell("government", "Government", 1), CoverageCell("research", "Research", 1)])
    window(made, direction=RTL)
    assert [button.x() for button in made.buttons()] == sorted((b.x() for b in made.buttons()), reverse=True)
    assert made.buttons()[0].geometry().right() == made.width() - 1


def test_a_pill_tells_its_group(window):
    pill = GroupPill("research", "Research", 5)
    window(pill)
    heard = []
    pill.picked.connect(heard.append)
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert heard == ["research"] and pill.isChecked() and name(pill) == "Research 5"


# Rating ----------------------------------------------------------------------------------------------


def test_number_keys_rate_and_zero_clears(window):
    rating = Rating(EN, None, "Influence")
    window(rating)
    heard = []
    rating.rated.connect(heard.append)
    rating.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_4, Qt.Key.Key_4, Qt.Key.Key_6, Qt.Key.Key_0, Qt.Key.Key_1):
        QTest.keyClick(rating, key)
    assert heard == [4, None, 1]


def test_a_rating_says_its_value_in_words(qtbot):
    rating = Rating(EN, 4, "Influence", words=["very low", "low", "medium", "high", "very high"])
    qtbot.addWidget(rating)
    assert name(rating) == "Influence: 4 of 5, high"
    rating.set_value(None)
    assert name(rating) == "Influence: Not rated"


def test_not_rated_looks_different_from_the_lowest_rating(qtbot):
    rating = Rating(EN, None)
    qtbot.addWidget(rating)
    unknown = picture(rating)
    rating.set_value(1)
    assert picture(rating) != unknown


@pytest.mark.parametrize(("direction", "value"), [(LTR, 2), (RTL, 4)])
def test_a_click_on_a_segment_rates_from_the_start_side(window, direction, value):
    rating = Rating(EN, 1)
    window(rating, direction=direction)
    second = QPoint(4 + 13 + 5, rating.height() // 2)
    QTest.mouseClick(rating, Qt.MouseButton.LeftButton, pos=second)
    assert rating.value() == value


def test_arrows_on_a_rating_are_mirrored(window):
    rating = Rating(EN, 3)
    window(rating, direction=RTL)
    rating.setFocus()
    QTest.keyClick(rating, Qt.Key.Key_Left)
    assert rating.value() == 4


def test_a_rating_to_read_cannot_be_changed(window):
    rating = Rating(EN, 3, read_only=True)
    window(rating)
    QTest.keyClick(rating, Qt.Key.Key_5)
    QTest.mouseClick(rating, Qt.MouseButton.LeftButton, pos=QPoint(8, 13))
    assert rating.value() == 3 and rating.focusPolicy() == Qt.FocusPolicy.NoFocus
