"""The building blocks, as a person meets them: by keyboard, by screen reader, in both directions of writing."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tna_desktop.charts.palette import GROUPS
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import ActionCard, Button, IconButton
from tna_desktop.ui.choices import GroupSwitch, Segmented
from tna_desktop.ui.coverage import CoverageCell, CoverageCells, GroupPill
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.field import Field, SearchBox, show_lines
from tna_desktop.ui.labels import Chip, KeyCap, Label, StateMark
from tna_desktop.ui.layouts import FlowRow
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.notices import STAY, ProgressCard, Toast
from tna_desktop.ui.rating import Rating
from tna_desktop.ui.rosette import Rosette
from tna_desktop.ui.shapes import ShapeMark
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


# Buttons ---------------------------------------------------------------------------------------------


def test_a_button_works_by_keyboard(window, qtbot):
    pressed = []
    button = Button("Add stakeholder", on_click=lambda: pressed.append(1))
    window(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == [1]


def test_the_focus_ring_shows_for_the_keyboard_and_not_for_a_click(window):
    button, other = Button("Focus"), Button("Other")
    window(button, other)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    plain = picture(button)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not button.ring and picture(button) == plain
    other.setFocus(Qt.FocusReason.TabFocusReason)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ringed = picture(button)
    middle = ringed.height() // 2
    assert button.ring
    assert [ringed.pixelColor(x, middle).name() for x in (0, 1)] == ["#0e6a73", "#0e6a73"]


@pytest.mark.parametrize("kind", ["filled", "outline", "ghost", "link", "amber", "danger", "danger_filled"])
def test_every_kind_of_button_shows_where_the_keyboard_is(window, kind):
    button, other = Button("Go", kind), Button("Other")
    window(button, other)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    plain = picture(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert picture(button) != plain


def test_the_words_of_a_button_are_shown_and_said_as_they_are(qtbot):
    button = Button("Women & youth")
    qtbot.addWidget(button)
    assert button.words() == button.accessibleName() == "Women & youth"
    assert button.shortcut().isEmpty()


def test_controls_have_the_heights_of_the_design(qtbot):
    for widget, height in ((Button("Next"), 32), (Button("Small", small=True), 26), (Chip("Capacity"), 19)):
        qtbot.addWidget(widget)
        assert widget.sizeHint().height() == height


def test_an_arrow_at_the_end_turns_round_in_arabic(window):
    button = Button("Go", "filled", icon_end="arrow-right")
    window(button)
    button.setFixedWidth(button.sizeHint().width())
    there = picture(button)
    button.setLayoutDirection(RTL)
    back = picture(button)
    # What stood at the right end now stands, mirrored, at the left end.
    end = there.copy(there.width() - 36, 8, 22, 16).flipped(Qt.Orientation.Horizontal)
    assert similar(end, back.copy(14, 8, 22, 16))
    assert not similar(there.copy(14, 8, 22, 16), back.copy(14, 8, 22, 16))


def similar(one: QImage, two: QImage) -> bool:
    apart = sum(
        abs(one.pixelColor(x, y).lightness() - two.pixelColor(x, y).lightness()) > 60
        for x in range(one.width())
        for y in range(one.height())
    )
    return apart <= one.width() * one.height() * 0.04


def test_an_icon_button_has_a_name(qtbot):
    button = IconButton("arrow-u-up-left", "Undo")
    qtbot.addWidget(button)
    assert name(button) == button.toolTip() == "Undo"


def test_a_card_says_title_and_text(window, qtbot):
    pressed = []
    card = ActionCard("plus-circle", "New assessment", "Country, language, team", on_click=lambda: pressed.append(1))
    window(card)
    assert name(card) == "New assessment"
    assert card.accessibleDescription() == "Country, language, team"
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert pressed == [1]


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


# Fields ----------------------------------------------------------------------------------------------


def test_a_field_commits_once_on_leaving(window):
    field, other = Field(EN, "Country", QLineEdit()), Button("Other")
    window(field, other)
    heard = []
    field.committed.connect(heard.append)
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "Kelvara")
    assert heard == []
    other.setFocus(Qt.FocusReason.TabFocusReason)
    field.editor.setFocus()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert heard == ["Kelvara"]


def test_escape_brings_back_what_was_there(window):
    field = Field(EN, "Country", QLineEdit())
    field.set_value("Kelvara")
    window(field)
    heard = []
    field.committed.connect(heard.append)
    field.editor.setFocus()
    QTest.keyClicks(field.editor, " X")
    QTest.keyClick(field.editor, Qt.Key.Key_Escape)
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value() == "Kelvara" and heard == []


def test_a_text_of_several_lines_commits_on_leaving_and_tab_leaves(window):
    field, other = Field(EN, "Mandate", QPlainTextEdit()), Button("Other")
    window(field, other)
    heard = []
    field.committed.connect(heard.append)
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "One")
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    assert heard == ["One"]


def test_a_choice_commits_when_it_is_made_and_gives_its_key(window):
    combo = QComboBox()
    combo.addItem("Government", "government")
    combo.addItem("Research", "research")
    field = Field(EN, "Group", combo)
    window(field)
    heard = []
    field.committed.connect(heard.append)
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert heard == ["research"]
    field.set_value("government")
    assert heard == ["research"] and field.value() == "government"


def test_a_number_and_a_date_may_be_unknown(qtbot):
    number = QSpinBox()
    number.setRange(-1, 100)
    number.setSpecialValueText("–")
    day = QDateEdit()
    day.setMinimumDate(QDate(1900, 1, 1))
    day.setSpecialValueText("–")
    weights, start = Field(EN, "Weight", number), Field(EN, "Start", day)
    for field in (weights, start):
        qtbot.addWidget(field)
        field.set_value(None)
        assert field.value() is None
    weights.set_value(12)
    start.set_value(date(2026, 11, 22))
    assert (weights.value(), start.value()) == (12, date(2026, 11, 22))


def test_an_error_is_shown_read_out_and_gone_after_a_change(window):
    field = Field(EN, "Cost, USD", QLineEdit(), help="In whole dollars")
    window(field)
    field.show_error("Use digits only, as in 120 000")
    assert field.editor.accessibleDescription() == "Use digits only, as in 120 000"
    assert picture(field.editor).pixelColor(1, field.editor.height() // 2).name() == "#b23a2c"
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "120")
    QTest.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.error() == "" and field.editor.accessibleDescription() == "In whole dollars"


def test_a_field_has_the_name_of_its_label(qtbot):
    field = Field(EN, "Lead organisation", QLineEdit(), optional=True)
    qtbot.addWidget(field)
    assert name(field.editor) == "Lead organisation"


def test_scrolling_over_a_number_does_not_change_it(window, qtbot):
    number = QSpinBox()
    number.setValue(5)
    field, other = Field(EN, "Weight", number), Button("Other")
    window(field, other)
    other.setFocus()
    QTest.wheelEvent(
        field.window().windowHandle(), QPointF(field.mapTo(field.window(), number.geometry().center())), QPoint(0, 120)
    )
    assert field.value() == 5


def test_the_search_box_is_emptied_by_escape(window):
    box = SearchBox("Filter 27 stakeholders", "Ctrl F")
    window(box)
    box.setFocus()
    QTest.keyClicks(box, "min")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "" and name(box) == "Filter 27 stakeholders"


# Telling ---------------------------------------------------------------------------------------------


def test_a_banner_says_its_whole_sentence_and_offers_what_to_do(window):
    pressed = []
    banner = Banner(
        "attention",
        "Two scores are unknown.",
        "The ranking treats them as open.",
        [("Open", lambda: pressed.append(1))],
    )
    window(banner)
    assert name(banner) == "Two scores are unknown. The ranking treats them as open."
    QTest.mouseClick(banner.buttons()[0], Qt.MouseButton.LeftButton)
    assert pressed == [1]
    banner.tell("info", "Done.")
    assert banner.buttons() == [] and name(banner) == "Done."


@pytest.fixture
def host(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_a_toast_stands_at_the_bottom_centre_and_goes_after_six_seconds(host):
    toast = Toast(host, EN)
    toast.tell("3 stakeholders deleted")
    assert abs(toast.geometry().center().x() - 450) <= 1
    assert 500 < toast.geometry().bottom() < 600
    assert toast.timer.isActive() and toast.timer.interval() == STAY == 6000
    toast.timer.timeout.emit()
    assert not toast.isVisible()


def test_a_toast_waits_under_the_pointer(host, qapp):
    toast = Toast(host, EN)
    toast.tell("3 stakeholders deleted")
    at = QPointF(5, 5)
    qapp.sendEvent(toast, QEnterEvent(at, at, at))
    assert not toast.timer.isActive() and toast.isVisible()
    qapp.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.timer.isActive()


def test_undo_on_a_toast_takes_back_once(host):
    taken_back = []
    toast = Toast(host, EN)
    toast.tell("3 stakeholders deleted", undo=lambda: taken_back.append(1))
    undo = toast.findChild(Button)
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    undo.click()
    assert taken_back == [1] and not toast.isVisible()


def test_a_toast_without_undo_offers_none(host):
    toast = Toast(host, EN)
    toast.tell("Copied")
    assert not toast.findChild(Button).isVisible()


def test_a_toast_stays_in_the_middle_when_the_window_grows(host):
    toast = Toast(host, EN)
    toast.tell("Moved")
    host.resize(1300, 700)
    assert abs(toast.geometry().center().x() - 650) <= 1


def test_long_work_says_how_far_it_is_and_can_be_stopped(window):
    card = ProgressCard(EN, "Running 10 000 trials")
    window(card)
    card.set_progress(64, "about 4 seconds")
    assert name(card) == "Running 10 000 trials: 64 %, about 4 seconds"
    heard = []
    card.stopped.connect(lambda: heard.append(1))
    stop = card.findChild(Button)
    stop.click()
    stop.click()
    assert heard == [1]


def test_an_empty_state_begins_with_the_filled_button(window):
    pressed = []
    state = EmptyState(
        "tree-structure",
        "No causes yet",
        "Write the core problem first.",
        [("Write", lambda: pressed.append("write")), ("Start", lambda: pressed.append("start"))],
    )
    window(state)
    state.buttons()[0].click()
    assert pressed == ["write"] and name(state) == "No causes yet"


def lowest_label(card) -> tuple[int, int]:
    """The height the wrapped words of a card need at the width they have, and the height they are given."""
    labels = [label for label in card.findChildren(Label) if label.isVisible() and label.hasHeightForWidth()]
    return (
        sum(label.heightForWidth(label.width()) for label in labels),
        sum(label.height() for label in labels),
    )


@pytest.mark.parametrize(("code", "size"), [("en", 100), ("en", 130), ("ar", 100)])
@pytest.mark.parametrize("width", [460, 700, 1000])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_words_of_the_ways_to_begin_are_never_cut(window, code, size, width, count):
    use_theme("light", size, code)
    cards = [("table", "Paste from Excel", "Columns are recognised, nothing is lost.", print)] * count
    state = EmptyState("table", "What is there already?", "Begin with what exists.", cards=cards)
    state.setMaximumWidth(746)
    page = QWidget()
    box = QVBoxLayout(page)
    box.addStretch(1)
    box.addWidget(state, 0, Qt.AlignmentFlag.AlignHCenter)
    box.addStretch(1)
    made = window(page)
    made.resize(width, 600)
    QApplication.processEvents()
    for card in state.buttons():
        needed, given = lowest_label(card)
        assert given >= needed
        assert card.geometry().bottom() <= state.rect().bottom()


@pytest.mark.parametrize("size", [90, 100, 115, 130])
@pytest.mark.parametrize("lines", [2, 3])
def test_a_text_box_shows_whole_lines_at_every_text_size(window, size, lines):
    use_theme("light", size, "en")
    field = Field(EN, "Mandate", QPlainTextEdit())
    show_lines(field.editor, lines)
    window(field)
    field.set_value("One\nTwo\nThree\nFour\nFive")
    QApplication.processEvents()
    editor = field.editor
    first_hidden = editor.document().findBlockByNumber(lines)
    top = editor.blockBoundingGeometry(first_hidden).translated(editor.contentOffset()).top()
    last_shown = editor.document().findBlockByNumber(lines - 1)
    end = editor.blockBoundingGeometry(last_shown).translated(editor.contentOffset()).bottom()
    room = editor.viewport().height()
    assert end <= room <= top + 1, "the last line is whole, and nothing of the next one is seen"


def test_the_safe_choice_of_a_dialog_has_the_focus(qtbot):
    dialog = Dialog(
        "Remove all contact data?", "This cannot be undone. " * 8, "Remove contact data", "Keep the data", danger=True
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.safe_button
    assert dialog.width() <= 560 and name(dialog) == "Remove all contact data?"
    QTest.keyClick(dialog.safe_button, Qt.Key.Key_Space)
    assert dialog.result() == Dialog.DialogCode.Rejected


def test_escape_in_a_dialog_is_the_safe_choice_and_the_verb_accepts(qtbot):
    for act, expected in (
        (lambda d: QTest.keyClick(d, Qt.Key.Key_Escape), Dialog.DialogCode.Rejected),
        (lambda d: d.verb_button.click(), Dialog.DialogCode.Accepted),
    ):
        dialog = Dialog("Remove?", "", "Remove", "Keep")
        qtbot.addWidget(dialog)
        dialog.show()
        act(dialog)
        assert dialog.result() == expected and not dialog.isVisible()


def test_enter_in_a_form_of_a_dialog_is_the_verb(qtbot):
    edit = QLineEdit()
    dialog = Dialog("New assessment", "", "Create", "Cancel", body=edit)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.result() == Dialog.DialogCode.Accepted


# Text, marks, layout ---------------------------------------------------------------------------------


def test_text_that_does_not_fit_is_cut_and_whole_in_the_tooltip(window):
    label = Label("Ministry of Environment, Biodiversity Directorate", elide=True)
    window(label)
    label.resize(90, 20)
    assert label.is_cut() and label.toolTip() == "Ministry of Environment, Biodiversity Directorate"
    label.resize(600, 20)
    assert not label.is_cut() and label.toolTip() == ""


def test_wrapped_text_needs_more_height_in_less_width(qtbot):
    label = Label("A fair assessment starts with the people it will affect.", "voice", wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(1000) == 22
    assert label.heightForWidth(150) >= 3 * 22


@pytest.mark.parametrize(("direction", "empty"), [(LTR, "right"), (RTL, "left")])
def test_text_starts_at_the_start(window, direction, empty):
    label = Label("Start")
    window(label, direction=direction)
    label.setFixedSize(300, 20)
    image = picture(label)
    ink = [x for x in range(300) for y in range(20) if image.pixelColor(x, y).lightness() < 128]
    assert (max(ink) < 100) if empty == "right" else (min(ink) > 200)


@pytest.mark.parametrize("state", [State.GOOD, State.ATTENTION, State.OPEN, "begun", "wrong"])
def test_a_state_is_said_in_words(qtbot, state):
    mark = StateMark(state, "Every entry has a contact", icon_only=True)
    qtbot.addWidget(mark)
    assert name(mark) == mark.toolTip() == "Every entry has a contact"


def test_the_states_look_different_without_colour(qtbot):
    def grey(state: str) -> bytes:
        mark = StateMark(state, "x", icon_only=True)
        qtbot.addWidget(mark)
        image = picture(mark).convertToFormat(QImage.Format.Format_Mono)
        return bytes(image.constBits())

    assert len({grey(state) for state in ("good", "attention", "open", "begun", "wrong")}) == 5


def test_painted_marks_have_names(qtbot):
    rosette = Rosette(EN, [1, 1, 0.5, 0, 0, 0])
    for widget, said in (
        (rosette, "2 of 6 stages done, 1 begun"),
        (ShapeMark("research", "Research"), "Research"),
        (KeyCap("Ctrl K"), "Ctrl K"),
        (Chip("Policy need", "petrol"), "Policy need"),
    ):
        qtbot.addWidget(widget)
        assert name(widget) == said


def test_the_rosette_fills_as_work_goes_on(qtbot):
    rosette = Rosette(EN, [0] * 6, px=60)
    qtbot.addWidget(rosette)

    def amber() -> int:
        image = picture(rosette)
        return sum(image.pixelColor(x, y).name() == "#e58a1f" for x in range(60) for y in range(60))

    amounts = []
    for share in (0, 0.3, 0.7, 1):
        rosette.set_shares([share])
        amounts.append(amber())
    assert amounts[0] == 0 and 0 < amounts[1] < amounts[2] and amounts[3] == 0


def test_a_row_flows_and_mirrors(window):
    inner = QWidget()
    flow = FlowRow(inner, gap=10, row_gap=4)
    boxes = [QWidget() for _ in range(3)]
    for box in boxes:
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    window(inner)
    inner.resize(250, 60)
    flow.setGeometry(inner.rect())
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (110, 0), (0, 24)]
    inner.setLayoutDirection(RTL)
    flow.setGeometry(inner.rect())
    assert [(box.x(), box.y()) for box in boxes] == [(150, 0), (40, 0), (150, 24)]


def test_a_menu_shows_words_as_they_are_and_does_what_it_says(qtbot):
    done = []
    menu = Menu("Row")
    qtbot.addWidget(menu)
    menu.add("Women & youth", lambda: done.append("group"), "users-three")
    delete = menu.add("Delete", lambda: done.append("delete"), "trash", "Del", danger=True)
    menu.popup(QPoint(0, 0))
    menu.setActiveAction(delete)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert done == ["delete"] and name(menu) == "Row"


def test_blocks_made_without_a_parent_open_no_windows(qtbot, qapp):
    before = {widget for widget in qapp.topLevelWidgets() if widget.isVisible()}
    made = [
        Field(EN, "Country", QLineEdit(), help="Help", optional=True),
        EmptyState("flag", "Line", "Sentence", [("Go", print)], [("flag", "Card", "Text", print)]),
        Banner("info", "Lead", "Text", [("Do", print)]),
        StateMark("good", "done"),
        ProgressCard(EN, "Work", "Hint"),
        Dialog("Question?", "Text", "Do", "Keep"),
        ActionCard("flag", "Card", "Text", "Ctrl N"),
    ]
    for widget in made:
        qtbot.addWidget(widget)
    assert {widget for widget in qapp.topLevelWidgets() if widget.isVisible()} == before
