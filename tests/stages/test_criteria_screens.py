"""The screens of stage 2: the tree and the weights by keyboard, and lists from a worksheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.stages.criteria import operations, reading

TREE, WEIGHTS = "criteria.tree", "criteria.weights"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


def tree(document):
    """The tree as (group, criterion) in the order it is read."""
    return [(row["group"], row["name"]) for row in read(document, reading.criteria)]


@pytest.fixture
def small(document):
    """Two groups with three criteria, and the ids by name."""
    benefits = do(document, operations.add_group, "Benefits")
    effort = do(document, operations.add_group, "Effort")
    ids = {"Benefits": benefits, "Effort": effort}
    for name, group in (("Jobs", benefits), ("Nature", benefits), ("Cost", effort)):
        ids[name] = do(document, operations.add_criterion, name, group_id=group)
    return ids


def shown(screen, qtbot):
    qtbot.addWidget(screen)
    screen.resize(1090, 570)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


@pytest.fixture
def tree_screen(desk, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    return shown(SCREENS["tree"](desk, TREE), qtbot)


def type_line(qtbot, screen, text):
    qtbot.keyClicks(screen.table.foot.line, text)
    qtbot.keyClick(screen.table.foot.line, Qt.Key.Key_Return)


# Screens -------------------------------------------------------------------------------------------------


def test_a_tree_typed_by_hand(tree_screen, document, qtbot):
    tree_screen.begin_group()
    type_line(qtbot, tree_screen, "Benefits")
    type_line(qtbot, tree_screen, "Jobs")
    type_line(qtbot, tree_screen, "Nature")
    tree_screen.begin_group()
    type_line(qtbot, tree_screen, "Effort")
    type_line(qtbot, tree_screen, "Cost")
    assert tree(document) == [("Benefits", "Jobs"), ("Benefits", "Nature"), ("Effort", "Cost")]


def test_a_criterion_is_renamed_in_place(tree_screen, desk, document, qtbot):
    desk.do(operations.add_criterion, "Jobs")
    id = desk.read(reading.criteria)[0]["id"]
    tree_screen.table.view.setFocus()
    tree_screen.table.view.select_record(id)
    qtbot.keyClick(tree_screen.table.view, Qt.Key.Key_F2)
    tree_screen.table.view.editor.set_text("Decent jobs")
    qtbot.keyClick(tree_screen.table.view.editor.input, Qt.Key.Key_Return)
    assert tree(document) == [("", "Decent jobs")]
    desk.undo()
    assert tree(document) == [("", "Jobs")]


def test_alt_and_arrows_move_within_a_group_and_over_its_edge(small, tree_screen, document, qtbot):
    view = tree_screen.table.view
    view.setFocus()
    view.select_record(small["Nature"])
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(view, Qt.Key.Key_Up, alt)
    assert tree(document)[:2] == [("Benefits", "Nature"), ("Benefits", "Jobs")]
    qtbot.keyClick(view, Qt.Key.Key_Down, alt)
    qtbot.keyClick(view, Qt.Key.Key_Down, alt)
    assert tree(document) == [("Benefits", "Jobs"), ("Effort", "Nature"), ("Effort", "Cost")]
    assert view.current_id() == small["Nature"]
    view.select_record(small["Effort"])
    qtbot.keyClick(view, Qt.Key.Key_Up, alt)
    assert tree(document)[0] == ("Effort", "Nature")


def test_deleting_a_group_is_one_change(small, tree_screen, desk, document, qtbot):
    tree_screen.table.view.setFocus()
    tree_screen.table.view.select_record(small["Benefits"])
    qtbot.keyClick(tree_screen.table.view, Qt.Key.Key_Delete)
    assert tree(document) == [("Effort", "Cost")]
    desk.undo()
    assert len(tree(document)) == 3


def test_the_menu_offers_the_other_groups_and_says_a_refusal(small, tree_screen, desk):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    tree_screen.table.view.select_record(small["Benefits"])
    groups = next(action.menu() for action in tree_screen.table.menu_of_row().actions() if action.menu())
    assert [action.text() for action in groups.actions()] == ["No group: at the top", "Effort"]
    tree_screen.table.save_group(small["Benefits"], small["Benefits"])
    assert told == ["A group cannot stand below itself."]


def test_the_criterion_tab_keeps_what_is_written(small, tree_screen, document, qtbot):
    tree_screen.table.view.select_record(small["Jobs"])
    field = tree_screen.panel.fields["anchor_3"]
    field.editor.setPlainText("Some seasonal work")
    tree_screen.table.view.select_record(small["Cost"])
    rows = {row["name"]: row["anchor_3"] for row in read(document, reading.criteria)}
    assert rows == {"Jobs": "Some seasonal work", "Nature": "", "Cost": ""}
    assert field.value() == ""


def test_an_empty_tree_offers_the_core_criteria(tree_screen, document):
    tree_screen.take_core()
    assert len(tree(document)) == 12
    assert tree_screen.pages.currentIndex() == 0


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

LIST = (
    "Criterion\tGroup\tDirection\tUnit\tLow end\tHigh end\t1 means\t5 means\tSource\r\n"
    "Water\tBenefits\tMore is better\t\t1\t5\tNo water saved\tMuch water saved\tHandbook\r\n"
    "Upkeep\tRunning it\tLess is better\tthousand USD\t0\t600\t\t\tBudget\r\n"
    "Noise\trunning IT\tsideways\tdB\t9\t3\t\t\t\r\n"
    "\tBenefits\t\t\t\t\t\t\t\r\n"
)


def put_on_clipboard(text):
    QGuiApplication.clipboard().setText(text)


def names_shown(screen):
    return [row.values["name"] for row in screen.table.model.visible]


@pytest.fixture
def keys(tree_screen, qtbot):
    """Press a key in the tree."""

    def press(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(tree_screen.table.view, key, held)

    tree_screen.table.view.setFocus()
    return press


# The tree as a table: by keyboard only --------------------------------------------------------------------


def test_the_filter_keeps_the_groups_of_what_it_finds(document, small, tree_screen, qtbot):
    inner = do(document, operations.add_group, "Income", parent_id=small["Benefits"])
    do(document, operations.add_criterion, "Fair wages", group_id=inner)
    tree_screen.load()
    tree_screen.activateWindow()
    qtbot.waitUntil(tree_screen.isActiveWindow)
    tree_screen.table.view.setFocus()
    qtbot.keyClick(tree_screen.table.view, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(tree_screen.table.search.hasFocus)
    qtbot.keyClicks(tree_screen.table.search, "wages")
    assert names_shown(tree_screen) == ["Benefits", "Income", "Fair wages"]
    tree_screen.table.search.setText("jobs")
    assert names_shown(tree_screen) == ["Benefits", "Jobs"]
    assert tree_screen.table.model.visible[-1].values["last"], "the line to its group ends here now"
    tree_screen.table.search.setText("effort")
    assert names_shown(tree_screen) == ["Effort", "Cost"]
    tree_screen.table.search.setText("nothing like it")
    assert names_shown(tree_screen) == []
    tree_screen.table.search.clear()
    assert tree_screen.table.search.placeholderText() == "Filter 4 criteria"


def test_several_criteria_are_moved_turned_and_deleted_as_one_change_each(small, tree_screen, desk, document, keys):
    table = tree_screen.table
    table.view.select_record(small["Jobs"])
    keys(Qt.Key.Key_Down, SHIFT)
    assert table.tools.several
    table.tools.set_wanted.emit("direction", "cost")
    assert [row["direction"] for row in read(document, reading.criteria)] == ["cost", "cost", "benefit"]
    table.tools.set_wanted.emit("group_id", small["Effort"])
    assert {group for group, _ in tree(document)} == {"Effort"}
    desk.undo()
    desk.undo()
    assert [row["direction"] for row in read(document, reading.criteria)] == ["benefit"] * 3
    keys(Qt.Key.Key_A, CTRL)
    table.tools.set_wanted.emit("group_id", "")
    assert {group for group, _ in tree(document)} == {""}, "groups among the selected rows stay where they are"
    desk.undo()
    keys(Qt.Key.Key_Delete)
    assert (tree(document), read(document, reading.groups)) == ([], [])
    desk.undo()
    assert len(tree(document)) == 3


def test_a_group_alone_is_not_given_a_direction(small, tree_screen, desk):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    tree_screen.table.view.select_record(small["Effort"])
    tree_screen.table.set_selected("direction", "cost")
    assert told == ["Only criteria can be given this. Select some below their group."]


def test_a_list_is_pasted_with_its_groups_as_one_change_and_what_is_refused_is_named(
    small, tree_screen, desk, document, keys, qtbot
):
    put_on_clipboard(LIST)
    keys(Qt.Key.Key_V, CTRL)
    preview = tree_screen.table.preview
    assert preview.problems() == [
        "Row 4, Direction: “sideways” is not in the list: More is better and Less is better.",
        "Row 4, High end: The low end of the scale must be below the high end.",
        "Row 5, Criterion: This is missing, so the row is left out.",
    ]
    assert preview.add_button.text() == "Add 3 criteria"
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert tree(document) == [
        ("Benefits", "Jobs"),
        ("Benefits", "Nature"),
        ("Benefits", "Water"),
        ("Effort", "Cost"),
        ("Running it", "Upkeep"),
        ("Running it", "Noise"),
    ]
    rows = {row["name"]: row for row in read(document, reading.criteria)}
    assert (rows["Water"]["anchor_1"], rows["Water"]["anchor_5"]) == ("No water saved", "Much water saved")
    upkeep = rows["Upkeep"]
    assert (upkeep["direction"], upkeep["unit"], upkeep["low"], upkeep["high"], upkeep["source"]) == (
        "cost",
        "thousand USD",
        0,
        600,
        "Budget",
    )
    assert (rows["Noise"]["low"], rows["Noise"]["high"]) == (9, None)
    desk.undo()
    assert len(tree(document)) == 3
    assert [group["name"] for group in read(document, reading.groups)] == ["Benefits", "Effort"]


def test_names_pasted_on_a_group_become_its_criteria(small, tree_screen, document, keys, qtbot):
    tree_screen.table.view.select_record(small["Effort"])
    put_on_clipboard("Upkeep\r\nTraining\r\n")
    keys(Qt.Key.Key_V, CTRL)
    qtbot.keyClick(tree_screen.table.preview, Qt.Key.Key_Return)
    assert tree(document)[2:] == [("Effort", "Cost"), ("Effort", "Upkeep"), ("Effort", "Training")]


def test_a_block_of_cells_goes_over_criteria_and_leaves_the_groups_between_alone(
    small, tree_screen, desk, document, keys
):
    tree_screen.table.view.select_record(small["Nature"], "unit")
    put_on_clipboard("hectares\t0\t90\r\nUSD\t1\t7\r\n")
    keys(Qt.Key.Key_V, CTRL)
    rows = [(row["unit"], row["low"], row["high"]) for row in read(document, reading.criteria)]
    assert rows == [("", None, None), ("hectares", 0, 90), ("USD", 1, 7)]
    desk.undo()
    assert [row["unit"] for row in read(document, reading.criteria)] == [""] * 3


def test_what_is_copied_comes_back_the_same_by_pasting(small, tree_screen, document, keys, qtbot):
    values = {"unit": "days", "low": 0, "high": 12.5, "anchor_3": "some\nmore", "direction": "cost", "source": "Own"}
    do(document, operations.change_criterion, small["Jobs"], **values)
    do(document, operations.change_criterion, small["Nature"], applies_to="genetic_resources")
    tree_screen.load()
    before = read(document, reading.criteria)
    keys(Qt.Key.Key_A, CTRL)
    keys(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].split("\t")[:3] == ["Criterion", "Group", "Direction"]
    keys(Qt.Key.Key_Delete)
    put_on_clipboard(copied)
    tree_screen.table.paste_from_excel()
    qtbot.keyClick(tree_screen.table.preview, Qt.Key.Key_Return)
    kept = [name for name in reading.CRITERION_FIELDS if name not in ("id", "group_id")] + ["group"]
    after = read(document, reading.criteria)
    assert [{name: row[name] for name in kept} for row in after] == [
        {name: row[name] for name in kept} for row in before
    ]


def test_a_copied_group_is_the_list_of_its_criteria(small, tree_screen, keys):
    tree_screen.table.view.select_record(small["Benefits"])
    keys(Qt.Key.Key_C, CTRL | SHIFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[:2] for line in lines[1:]] == [["Jobs", "Benefits"], ["Nature", "Benefits"]]


def test_ctrl_d_duplicates_a_criterion_after_itself_without_its_weight(small, tree_screen, desk, document, keys):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    do(document, operations.change_criterion, small["Jobs"], anchor_1="None", unit="jobs")
    do(document, operations.set_weight, small["Jobs"], 5)
    tree_screen.table.view.select_record(small["Jobs"])
    keys(Qt.Key.Key_D, CTRL)
    first, copy = read(document, reading.criteria)[:2]
    assert (copy["name"], copy["anchor_1"], copy["unit"], copy["weight"]) == ("Jobs", "None", "jobs", None)
    assert (tree_screen.table.current(), first["weight"]) == (copy["id"], 5)
    tree_screen.table.view.select_record(small["Benefits"])
    keys(Qt.Key.Key_D, CTRL)
    assert told[-1] == "Only criteria can be duplicated. Choose one below its group."
    assert len(tree(document)) == 4


def test_a_click_on_a_head_leaves_the_order_of_the_tree(small, tree_screen):
    tree_screen.table.view.horizontalHeader().sectionClicked.emit(0)
    assert names_shown(tree_screen) == ["Benefits", "Jobs", "Nature", "Effort", "Cost"]
    menus = [action.text() for action in tree_screen.table.columns_menu().actions()]
    assert "Order by" not in menus


def test_an_empty_tree_offers_to_type_to_paste_and_to_take_the_core(tree_screen):
    from tna_desktop.ui.empty import EmptyState

    state = tree_screen.table.pages.currentWidget().findChild(EmptyState)
    assert [card.accessibleName() for card in state.buttons()] == [
        "Write your own",
        "Paste from Excel",
        "Start with the 12 core criteria",
    ]
