"""What tells: banners, toasts, long work, empty states and dialogs."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tna_desktop.kernel.text import language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.labels import Label
from tna_desktop.ui.notices import STAY, ProgressCard, Toast
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


def name(widget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


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
