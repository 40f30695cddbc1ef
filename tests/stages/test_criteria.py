"""Stage 2: the criteria in their groups, the gates, and weights that are compared and never mixed up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.text import language
from tna_desktop.stages.criteria import checks, models, operations, reading, results
from tna_desktop.stages.criteria.panels.strip import stacked
from tna_desktop.stages.criteria.panels.weight_rows import axis, level, slider_end
from tna_desktop.stages.stakeholders import operations as stakeholders

TREE, WEIGHTS = "criteria.tree", "criteria.weights"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, TREE, **parameters)


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


# Tree ----------------------------------------------------------------------------------------------------


def test_criteria_stand_in_the_order_of_their_groups(document, small):
    do(document, operations.add_criterion, "Loose")
    do(document, operations.add_criterion, "Food", group_id=small["Benefits"])
    assert tree(document) == [
        ("Benefits", "Jobs"),
        ("Benefits", "Nature"),
        ("Benefits", "Food"),
        ("Effort", "Cost"),
        ("", "Loose"),
    ]


def test_a_criterion_is_placed_first_in_another_group_and_back(document, small):
    do(document, operations.place_criterion, small["Nature"], small["Effort"])
    assert tree(document) == [("Benefits", "Jobs"), ("Effort", "Nature"), ("Effort", "Cost")]
    do(document, operations.place_criterion, small["Jobs"], small["Effort"], small["Nature"])
    assert tree(document) == [("Effort", "Nature"), ("Effort", "Jobs"), ("Effort", "Cost")]
    document.undo()
    document.undo()
    assert tree(document) == [("Benefits", "Jobs"), ("Benefits", "Nature"), ("Effort", "Cost")]


def test_a_branch_below_another_is_read_after_it_and_never_below_itself(document, small):
    inner = do(document, operations.add_group, "Income", parent_id=small["Benefits"])
    do(document, operations.place_criterion, small["Jobs"], inner)
    assert [(group["name"], group["depth"]) for group in read(document, reading.groups)] == [
        ("Benefits", 0),
        ("Income", 1),
        ("Effort", 0),
    ]
    assert tree(document)[0] == ("Benefits", "Nature")
    assert read(document, reading.top_group)[inner] == small["Benefits"]
    with pytest.raises(Refused) as refused:
        do(document, operations.change_group, small["Benefits"], parent_id=inner)
    assert refused.value.field == "parent_id"


def test_removing_a_branch_takes_all_below_it_and_undo_brings_all_back(document, small):
    do(document, operations.set_weight, small["Jobs"], 3)
    do(document, operations.set_group_weight, small["Jobs"], "research", 5)
    do(document, operations.remove_entries, [small["Benefits"], small["Cost"]])
    assert tree(document) == []
    document.undo()
    assert len(tree(document)) == 3
    assert read(document, reading.group_weights) == {(small["Jobs"], "research"): 5}


def test_the_low_end_of_a_scale_stays_below_the_high_end(document, small):
    with pytest.raises(Refused) as refused:
        do(document, operations.change_criterion, small["Cost"], low=10, high="10")
    assert refused.value.field == "high"
    with pytest.raises(Refused):
        do(document, operations.add_criterion, "Height", low="ten")
    assert read(document, reading.criteria)[2]["low"] is None


def test_the_library_brings_groups_anchors_and_sources_once(document):
    core = models.core_keys(WORKFLOW)
    assert do(document, operations.add_model_criteria, WORKFLOW, core) == 12
    assert do(document, operations.add_model_criteria, WORKFLOW, core[:3]) == 0
    rows = read(document, reading.criteria)
    assert len({row["group"] for row in rows}) == 4
    assert all(row["anchor_1"] and row["anchor_5"] and row["source"] for row in rows)
    assert (rows[0]["low"], rows[0]["high"]) == (1, 5)
    for function in (
        checks.criteria.criteria_enough,
        checks.criteria.criteria_have_anchors,
        checks.doubles.criteria_distinct,
    ):
        assert check(document, function).state is State.GOOD


def test_gates_are_taken_once_and_carry_no_weight(document):
    gates = len(WORKFLOW.catalogue("gates").entries)
    assert do(document, operations.add_model_gates, WORKFLOW) == gates
    assert do(document, operations.add_model_gates, WORKFLOW) == 0
    rows = read(document, reading.gates)
    do(document, operations.move_gate, rows[-1]["id"], None)
    assert read(document, reading.gates)[0]["id"] == rows[-1]["id"]
    assert read(document, results.weights).criteria == ()


def test_a_criterion_in_a_branch_below_counts_for_the_group_that_is_asked_for(document):
    do(document, operations.add_model_criteria, WORKFLOW, models.core_keys(WORKFLOW)[:1])
    asked = {"groups": ("development", "convention")}
    found = check(document, checks.criteria.convention_criteria_present, **asked)
    assert found.text.english() == "No criterion yet in: Contribution to the Convention."
    inner = do(document, operations.add_group, "Species", parent_id=None)
    do(document, operations.add_criterion, "Frogs", group_id=inner)
    convention = do(document, operations.add_group, "Convention", catalogue_key="convention")
    do(document, operations.change_group, inner, parent_id=convention)
    assert check(document, checks.criteria.convention_criteria_present, **asked).state is State.GOOD


def test_two_criteria_of_one_name_are_found(document, small):
    do(document, operations.add_criterion, "jobs")
    found = check(document, checks.doubles.criteria_distinct)
    assert (found.state, len(found.places)) == (State.ATTENTION, 2)


# Weights -------------------------------------------------------------------------------------------------


def shares(document):
    return {each.name: round(each.share, 4) for each in read(document, results.weights, WORKFLOW).criteria}


def weigh(document, ids, group, jobs, nature, cost):
    do(
        document,
        operations.set_group_weights,
        group,
        group,
        {ids["Jobs"]: jobs, ids["Nature"]: nature, ids["Cost"]: cost},
    )


def test_without_any_weight_all_count_the_same_and_with_one_the_others_count_nothing(document, small):
    assert shares(document) == {"Jobs": 0.3333, "Nature": 0.3333, "Cost": 0.3333}
    assert read(document, results.weights).origin == results.EQUAL
    do(document, operations.set_weight, small["Jobs"], 8)
    assert shares(document) == {"Jobs": 1.0, "Nature": 0.0, "Cost": 0.0}
    found = check(document, checks.weights.weights_agreed)
    assert found.text.english() == "2 criteria have no agreed weight and do not count."


def test_weights_of_any_size_count_as_their_share(document, small):
    do(document, operations.set_weights, {small["Jobs"]: 30, small["Nature"]: 15, small["Cost"]: 15})
    assert shares(document) == {"Jobs": 0.5, "Nature": 0.25, "Cost": 0.25}
    heavy = check(document, checks.weights.no_criterion_dominates, at_most_share=0.4)
    assert heavy.text.english() == "The heaviest criterion is Jobs, with 50 % of the weight."
    assert heavy.places == (Place(TREE, small["Jobs"], "weight"),)
    with pytest.raises(Refused):
        do(document, operations.set_weight, small["Jobs"], -1)


def test_weights_that_are_all_zero_are_no_agreement(document, small):
    do(document, operations.set_weights, {small[name]: 0 for name in ("Jobs", "Nature", "Cost")})
    assert check(document, checks.weights.weights_agreed).state is State.ATTENTION
    assert read(document, results.weights).origin == results.NONE


def test_a_group_counts_once_it_has_weighed_every_criterion(document, small):
    weigh(document, small, "research", 50, 30, 20)
    do(document, operations.set_group_weight, small["Jobs"], "partners", 9)
    found = read(document, results.weights, WORKFLOW)
    assert found.voices == ("research",)
    assert found.criteria[0].spread is None
    voice = read(document, results.voice, "partners")
    assert (voice.as_set, voice.total, voice.shares) == ({small["Jobs"]: 9}, 9, {})
    assert check(document, checks.weights.weights_disputed).state is State.OPEN


def test_mean_and_spread_give_every_group_the_same_voice(document, small):
    """research: 50 30 20 of 100; partners: 1 1 2 of 4 = 25 25 50 %. Means 37.5 27.5 35, spreads 25 5 30."""
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    found = read(document, results.weights, WORKFLOW).criteria
    assert [round(each.mean * 100, 6) for each in found] == [37.5, 27.5, 35.0]
    assert [round(each.spread, 6) for each in found] == [25.0, 5.0, 30.0]
    disputed = check(document, checks.weights.weights_disputed, spread_points=14)
    assert [place.record for place in disputed.places] == [small["Jobs"], small["Cost"]]
    assert check(document, checks.weights.groups_weighed, at_least=2).state is State.GOOD


def test_taking_a_group_weight_back_takes_the_group_out(document, small):
    weigh(document, small, "research", 50, 30, 20)
    do(document, operations.set_group_weight, small["Cost"], "research", None)
    assert read(document, results.weights, WORKFLOW).voices == ()
    document.undo()
    assert read(document, results.weights, WORKFLOW).voices == ("research",)


@pytest.mark.parametrize(
    ("spread", "word"), [(None, ""), (0, "high"), (6, "high"), (6.1, "medium"), (14, "medium"), (14.1, "low")]
)
def test_agreement_in_words(spread, word):
    assert level(spread, 14) == word


def test_the_strip_reaches_beyond_the_highest_share_in_round_steps():
    top, ticks = axis(0.24)
    assert (top > 0.24, ticks) == (True, (0.0, 0.1, 0.2))
    assert axis(1.0) == (1.0, (0.0, 0.25, 0.5, 0.75, 1.0))
    assert axis(0.0)[1] == (0.0, 0.05, 0.1)


def test_the_slider_ends_at_a_round_number_beyond_the_largest_weight():
    assert slider_end([], 3) == 80
    assert slider_end([18], 12) == 25
    assert slider_end([5, 3], 12) == 10
    assert slider_end([0.3, 0.7], 2) == 1.0
    assert slider_end([100], 2) == 150


def test_equal_marks_are_stacked_above_and_below_so_that_none_is_hidden():
    assert stacked([10, 10, 10, 40, 45], 11) == [0, -1, 1, 0, -1]


# Screens -------------------------------------------------------------------------------------------------


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


@pytest.fixture
def weight_screen(desk, small, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    return shown(SCREENS["weights"](desk, WEIGHTS), qtbot)


def type_line(qtbot, screen, text):
    qtbot.keyClicks(screen.table.foot.line, text)
    qtbot.keyClick(screen.table.foot.line, Qt.Key.Key_Return)


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


def test_digits_set_a_weight_and_enter_goes_down_over_the_branches(weight_screen, small, document, qtbot):
    view = weight_screen.view
    view.setFocus()
    assert view.current_id() == small["Jobs"]
    for number in ("30", "15", "7.5"):
        qtbot.keyClicks(view, number[0])
        qtbot.keyClicks(view.editor.input, number[1:])
        qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert [row["weight"] for row in read(document, reading.criteria)] == [30, 15, 7.5]
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_id() == small["Jobs"]


def test_a_negative_weight_is_refused_beside_its_cell(weight_screen, small, document, qtbot):
    view = weight_screen.view
    view.setFocus()
    view.edit_record(small["Jobs"], "weight")
    view.editor.set_text("-3")
    qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert view.editor.refusal == "Give a number of at least 0."
    assert read(document, reading.criteria)[0]["weight"] is None


def test_with_a_group_chosen_the_numbers_are_that_groups(weight_screen, small, document, desk, qtbot):
    button = next(each for each in weight_screen.switch.buttons() if each.key == "research")
    button.click()
    view = weight_screen.view
    view.setFocus()
    view.edit_record(small["Jobs"], "weight")
    view.editor.set_text("40")
    qtbot.keyClick(view.editor.input, Qt.Key.Key_Return)
    assert read(document, reading.group_weights) == {(small["Jobs"], "research"): 40}
    assert read(document, reading.criteria)[0]["weight"] is None
    said = [child.accessibleName() for child in weight_screen._facts.children() if hasattr(child, "accessibleName")]
    assert "1 of 3 criteria weighed; the group counts once all are" in said
    weight_screen.switch.buttons()[0].click()
    assert [row.values["weight"] for row in weight_screen.model.visible if not row.values["branch"]] == [None] * 3


def test_the_mean_of_the_groups_is_taken_as_one_change(weight_screen, small, document, desk):
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    weight_screen.load()
    weight_screen.mean_button.click()
    assert [row["weight"] for row in read(document, reading.criteria)] == [37.5, 27.5, 35.0]
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_a_column_of_numbers_is_pasted_from_the_current_row_down(weight_screen, small, document, desk, qtbot):
    weight_screen.view.setFocus()
    weight_screen.view.select_record(small["Nature"], "weight")
    QGuiApplication.clipboard().setText("12,5\r\n40\r\n")
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row["weight"] for row in read(document, reading.criteria)] == [None, 12.5, 40]
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_a_block_with_names_finds_its_criteria_and_too_many_numbers_are_refused(weight_screen, small, document, desk):
    told = []
    desk.noticed.connect(lambda notice: told.append((notice.kind, notice.text)))
    QGuiApplication.clipboard().setText("Criterion\tWeight\nCost\t3\nJobs\t5\nSomething else\t1\n")
    weight_screen.paste()
    assert [row["weight"] for row in read(document, reading.criteria)] == [5, None, 3]
    QGuiApplication.clipboard().setText("1\n2\n3\n4\n")
    weight_screen.view.select_record(small["Jobs"])
    weight_screen.paste()
    assert told[-1] == ("refused", "4 weights do not fit: 3 criteria follow from here.")


# The tree as a table: by keyboard only --------------------------------------------------------------------

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


# Weights from a worksheet ----------------------------------------------------------------------------------


def paste_weights(screen, qtbot, text):
    put_on_clipboard(text)
    screen.view.setFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_V, CTRL)


def test_a_column_with_its_head_is_pasted_without_the_head(weight_screen, small, document, qtbot):
    weight_screen.view.select_record(small["Jobs"], "weight")
    paste_weights(weight_screen, qtbot, "Weight\r\n50\r\n30\r\n20\r\n")
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, 30, 20]


def test_a_block_with_groups_in_its_head_sets_them_all_as_one_change(weight_screen, small, document, desk, qtbot):
    block = "Criterion\tAgreed\tResearch\tNotes\r\nCost\t20\t60\tlow\r\nJobs\t50\t25\t\r\nNature\t30\t15\t\r\n"
    paste_weights(weight_screen, qtbot, block)
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, 30, 20]
    assert read(document, reading.group_weights) == {
        (small["Jobs"], "research"): 25,
        (small["Nature"], "research"): 15,
        (small["Cost"], "research"): 60,
    }
    desk.undo()
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3
    assert read(document, reading.group_weights) == {}


def test_a_pasted_weight_that_is_no_number_is_named_and_nothing_is_written(weight_screen, small, document, desk, qtbot):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    paste_weights(weight_screen, qtbot, "Jobs\t50\r\nCost\tmuch\r\n")
    assert told == ["Nothing was pasted. Row 2: “much” is not a number. Use digits only, as in 120000."]
    paste_weights(weight_screen, qtbot, "Jobs\t50\r\nHappiness\t3\r\n")
    assert told[-1] == "One weight pasted. Not among the criteria: Happiness."
    assert [row["weight"] for row in read(document, reading.criteria)] == [50, None, None]


def test_one_number_goes_into_all_selected_weights_and_delete_takes_them_back(weight_screen, small, document, qtbot):
    weight_screen.view.setFocus()
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_A, CTRL)
    paste_weights(weight_screen, qtbot, "7")
    assert [row["weight"] for row in read(document, reading.criteria)] == [7, 7, 7]
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Criterion\tWeight\r\nJobs\t7\r\nNature\t7\r\nCost\t7"
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(weight_screen.view, Qt.Key.Key_Delete)
    assert [row["weight"] for row in read(document, reading.criteria)] == [None] * 3


def test_the_slider_keeps_one_weight_when_it_is_let_go(weight_screen, small, document, desk):
    view = weight_screen.view
    index = view.records.place(small["Jobs"], "slider")
    rect, port = view.slider_rect(index).toRect(), view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseMove(port, QPoint(rect.right() + 40, rect.center().y()))
    assert read(document, reading.criteria)[0]["weight"] is None
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(rect.right() + 40, rect.center().y()))
    assert read(document, reading.criteria)[0]["weight"] == slider_end([], 3)
    desk.undo()
    assert read(document, reading.criteria)[0]["weight"] is None


def test_a_screen_reader_hears_what_the_strip_shows(weight_screen, small, document):
    weigh(document, small, "research", 50, 30, 20)
    weigh(document, small, "partners", 1, 1, 2)
    weight_screen.load()
    cell = weight_screen.view.records.place(small["Jobs"], "strip")
    assert cell.data(11) == "agreed 33 %, Research 50 % and Partners 25 %"
    agreement = weight_screen.view.records.place(small["Jobs"], "agreement").data(11)
    assert agreement == "Low, ± 12 pts"


def test_only_groups_that_can_weigh_are_offered(document, small, desk, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    do(document, stakeholders.add_stakeholder, name="University", group="research")
    screen = shown(SCREENS["weights"](desk, WEIGHTS), qtbot)
    assert [button.key for button in screen.switch.buttons()] == ["", "research"]
    desk.do(operations.set_group_weight, small["Jobs"], "partners", 3)
    assert [button.key for button in screen.switch.buttons()] == ["", "research", "partners"]


def test_right_to_left_the_strip_begins_at_the_right(document, small, qtbot):
    from PySide6.QtCore import QRectF

    from tna_desktop.stages.criteria.panels.strip import along

    area = QRectF(10, 0, 100, 20)
    assert (along(area, 0.1, 0.4, False), along(area, 0.1, 0.4, True)) == (35, 85)
    assert language("ar").right_to_left
