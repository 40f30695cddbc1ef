"""The building blocks, as a person meets them: by keyboard, by screen reader, in both directions of writing."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import ActionCard, Button, IconButton
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.field import Field, SearchBox
from tna_desktop.ui.labels import Chip, KeyCap, Label, StateMark
from tna_desktop.ui.layouts import FlowRow
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.notices import ProgressCard
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
