"""Taking from a model list: search, groups, keys, and what cannot be taken twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tna_desktop.kernel.text import language
from tna_desktop.ui.library import CHECK, ON, PARTLY, LibraryModel, LibraryPicker, PickEntry
from tna_desktop.ui.theme import use_theme

GROUPS = [
    (
        "Knowledge",
        [
            PickEntry("data", "Missing data", "Nobody knows how much there is.", "Decision X/1"),
            PickEntry("skills", "Few skills", "Too few people can run it."),
        ],
    ),
    ("Money", [PickEntry("credit", "No crédit", taken=True), PickEntry("cost", "High cost of data")]),
]


@pytest.fixture
def picker(qtbot):
    use_theme("light", 100, "en")
    made = LibraryPicker(language("en"), "Common barriers", GROUPS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def row_of(picker, words):
    return next(
        place
        for place, line in enumerate(picker.model.lines)
        if words == (line.entry.name if line.entry else line.group)
    )


def test_nothing_is_checked_and_nothing_can_be_taken_at_first(picker):
    assert picker.chosen() == []
    assert not picker.verb_button.isEnabled()


def test_space_checks_and_the_button_says_how_many(picker, qtbot):
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.list.hasFocus()
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    qtbot.keyClick(picker.list, Qt.Key.Key_Down)
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.chosen() == ["data", "skills"]
    assert picker.verb_button.words() == "Add 2"
    qtbot.keyClick(picker.list, Qt.Key.Key_Return)
    assert picker.result() == 1


def test_search_finds_in_names_and_definitions_without_accents_and_capitals(picker):
    picker.search.setText("CREDIT")
    assert [line.entry.key for line in picker.model.lines if line.entry] == ["credit"]
    picker.search.setText("people run")
    assert [line.entry.key for line in picker.model.lines if line.entry] == ["skills"]
    picker.search.setText("volcano")
    assert picker.model.lines == []
    assert not picker.list.isVisible()


def test_what_was_checked_stays_checked_while_searching(picker):
    picker.model.toggle(picker.model.index(row_of(picker, "Few skills")))
    picker.search.setText("cost")
    picker.model.toggle(picker.model.index(row_of(picker, "High cost of data")))
    assert picker.chosen() == ["skills", "cost"]


def test_a_group_checks_what_is_shown_of_it_and_never_what_is_taken(picker):
    head = picker.model.index(row_of(picker, "Money"))
    picker.model.toggle(head)
    assert picker.chosen() == ["cost"]
    picker.model.toggle(head)
    assert picker.chosen() == []
    picker.search.setText("data")
    picker.model.check_shown()
    assert picker.chosen() == ["data", "cost"]


def test_a_group_says_that_some_of_it_is_checked(picker):
    picker.model.toggle(picker.model.index(row_of(picker, "Missing data")))
    assert picker.model.index(row_of(picker, "Knowledge")).data(CHECK) == PARTLY
    picker.model.toggle(picker.model.index(row_of(picker, "Few skills")))
    assert picker.model.index(row_of(picker, "Knowledge")).data(CHECK) == ON


def test_a_screen_reader_hears_whether_an_entry_is_checked(picker):
    from tna_desktop.ui.library import ACCESSIBLE_TEXT

    assert picker.model.index(row_of(picker, "No crédit")).data(ACCESSIBLE_TEXT) == "No crédit, taken already"
    entry = picker.model.index(row_of(picker, "Missing data"))
    assert entry.data(ACCESSIBLE_TEXT) == "Missing data, not checked"
    picker.model.toggle(entry)
    assert entry.data(ACCESSIBLE_TEXT) == "Missing data, checked"


def test_entries_checked_beforehand_come_back_in_the_order_of_the_list(qtbot):
    made = LibraryPicker(language("en"), "Common barriers", GROUPS, checked=["cost", "data", "credit", "unknown"])
    qtbot.addWidget(made)
    assert made.chosen() == ["data", "cost"]
    assert made.verb_button.isEnabled()


def test_the_model_keeps_qts_rules():
    model = LibraryModel(language("en"), GROUPS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.search("data")
    model.search("")
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert tester.model() is model
