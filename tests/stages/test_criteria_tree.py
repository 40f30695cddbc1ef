"""Stage 2, criteria tree: branches within branches, moved by keys and by dragging; nothing said or counted twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import read_workflow
from tna_desktop.paths import data_folder
from tna_desktop.stages.criteria import checks, doubles, models, operations, reading
from tna_desktop.stages.criteria.balance import balance
from tna_desktop.stages.priorities import operations as priorities
from tna_desktop.stages.priorities import results as priorities_results

TREE, WEIGHTS = "criteria.tree", "criteria.weights"
ALT = Qt.KeyboardModifier.AltModifier
_K = Qt.Key


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def deep(document):
    """Two branches at the top, one of them with a branch below it, and four criteria; the ids by name."""
    ids = {}
    for name, above in (("Benefits", None), ("Income", "Benefits"), ("Effort", None)):
        ids[name] = do(document, operations.add_group, name, parent_id=ids.get(above))
    for name, group in (("Nature", "Benefits"), ("Jobs", "Income"), ("Wages", "Income"), ("Staff", "Effort")):
        ids[name] = do(document, operations.add_criterion, name, group_id=ids[group])
    return ids


def branches(document):
    """The branches as (depth, name), in the order they are read."""
    return [(group["depth"], group["name"]) for group in read(document, reading.groups)]


def tree(document):
    return [(row["group"], row["name"]) for row in read(document, reading.criteria)]


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, TREE, **parameters)


# Moving --------------------------------------------------------------------------------------------------


def test_a_branch_moves_with_all_below_it_as_one_change(document, deep):
    before = branches(document), tree(document)
    do(document, operations.place_group, deep["Benefits"], deep["Effort"])
    assert branches(document) == [(0, "Effort"), (1, "Benefits"), (2, "Income")]
    assert tree(document) == [("Effort", "Staff"), ("Benefits", "Nature"), ("Income", "Jobs"), ("Income", "Wages")]
    document.undo()
    assert (branches(document), tree(document)) == before


def test_a_branch_hangs_neither_on_itself_nor_on_its_own_branches(document, deep):
    with pytest.raises(Refused) as refused:
        do(document, operations.place_group, deep["Benefits"], deep["Benefits"])
    assert refused.value.reason.english() == "A group cannot stand below itself."
    for move in (
        lambda: do(document, operations.place_group, deep["Benefits"], deep["Income"]),
        lambda: do(document, operations.change_group, deep["Benefits"], parent_id=deep["Income"]),
        lambda: do(document, operations.place_entries, [deep["Benefits"], deep["Staff"]], deep["Income"]),
    ):
        with pytest.raises(Refused) as refused:
            move()
        assert refused.value.reason.english() == (
            "“Income” hangs below “Benefits”, so “Benefits” cannot be put below it."
        )
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (0, "Effort")]


def test_several_entries_move_as_one_change_and_what_hangs_on_a_moved_branch_stays_on_it(document, deep):
    ids = [deep["Nature"], deep["Income"], deep["Jobs"]]
    assert do(document, operations.place_entries, ids, deep["Effort"], deep["Staff"]) == 2
    assert tree(document) == [("Effort", "Staff"), ("Effort", "Nature"), ("Income", "Jobs"), ("Income", "Wages")]
    assert branches(document) == [(0, "Benefits"), (0, "Effort"), (1, "Income")]
    document.undo()
    assert tree(document)[0] == ("Benefits", "Nature")
    assert branches(document)[1] == (1, "Income")


# The screen: keys ----------------------------------------------------------------------------------------


def screen_of(desk, qtbot, rtl=False):
    from tna_desktop.stages.criteria.screen import SCREENS

    made = SCREENS["tree"](desk, TREE)
    if rtl:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(made)
    made.resize(1090, 570)
    with qtbot.waitExposed(made):
        made.show()
    made.table.view.setFocus()
    return made


def press(screen, qtbot, id, *keys, held=ALT):
    screen.table.view.select_record(id)
    for key in keys:
        qtbot.keyClick(screen.table.view, key, held)


def test_alt_right_puts_a_branch_below_the_one_before_it_and_alt_left_takes_it_out(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    press(screen, qtbot, deep["Effort"], _K.Key_Right)
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (1, "Effort")]
    assert screen.table.view.current_id() == deep["Effort"]
    press(screen, qtbot, deep["Effort"], _K.Key_Right)
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (2, "Effort")]
    press(screen, qtbot, deep["Effort"], _K.Key_Left, _K.Key_Left)
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (0, "Effort")]
    for _ in range(4):
        desk.undo()
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (0, "Effort")]
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    press(screen, qtbot, deep["Effort"], _K.Key_Left)
    press(screen, qtbot, deep["Benefits"], _K.Key_Right)
    assert told == [
        "“Effort” stands at the top already.",
        "There is no group here to move “Benefits” into.",
    ]


def test_alt_and_arrows_take_a_criterion_into_a_branch_and_out_to_none(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    press(screen, qtbot, deep["Nature"], _K.Key_Right)
    assert tree(document)[:3] == [("Income", "Jobs"), ("Income", "Wages"), ("Income", "Nature")]
    press(screen, qtbot, deep["Nature"], _K.Key_Left, _K.Key_Left)
    assert tree(document)[-1] == ("", "Nature")
    press(screen, qtbot, deep["Nature"], _K.Key_Right)
    assert tree(document)[-1] == ("Effort", "Nature")


def test_right_to_left_the_arrows_change_sides(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot, rtl=True)
    press(screen, qtbot, deep["Effort"], _K.Key_Left)
    assert branches(document)[-1] == (1, "Effort")
    press(screen, qtbot, deep["Effort"], _K.Key_Right)
    assert branches(document)[-1] == (0, "Effort")


def test_a_branch_is_folded_and_opened_by_the_arrows_and_opens_for_what_moves_in(document, deep, desk, qtbot):
    def names():
        return [row.values["name"] for row in screen.table.model.visible]

    screen = screen_of(desk, qtbot)
    none = Qt.KeyboardModifier.NoModifier
    press(screen, qtbot, deep["Benefits"], _K.Key_Left, held=none)
    assert names() == ["Benefits", "Effort", "Staff"]
    assert screen.table.search.placeholderText() == "Filter 4 criteria"
    screen.table.search.setText("wages")
    assert names() == ["Benefits", "Income", "Wages"]
    screen.table.search.clear()
    assert names() == ["Benefits", "Effort", "Staff"]
    press(screen, qtbot, deep["Effort"], _K.Key_Right)
    assert names() == ["Benefits", "Nature", "Income", "Jobs", "Wages", "Effort", "Staff"]
    press(screen, qtbot, deep["Income"], _K.Key_Left, held=none)
    assert names() == ["Benefits", "Nature", "Income", "Effort", "Staff"]
    qtbot.keyClick(screen.table.view, _K.Key_Right)
    assert "Jobs" in names()


def test_a_branch_says_how_many_criteria_hang_below_it_at_any_depth(document, deep):
    rows = read(document, models.tree_rows, language("en"))
    assert {row.values["name"]: row.values["count"] for row in rows if row.values["branch"]} == {
        "Benefits": 3,
        "Income": 2,
        "Effort": 1,
    }


def test_a_group_is_typed_below_another(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    screen.table.view.select_record(deep["Effort"])
    screen.table.begin_branch()
    qtbot.keyClicks(screen.table.foot.line, "Money")
    qtbot.keyClick(screen.table.foot.line, _K.Key_Return)
    assert branches(document)[-1] == (1, "Money")


# The screen: dragging ------------------------------------------------------------------------------------


def at(screen, id, part=0.5):
    """A point on the name of a row, a part of its height down."""
    view = screen.table.view
    rect = view.visualRect(view.records.place(id, "name"))
    return QPoint(rect.left() + 90, rect.top() + round(rect.height() * part))


def drag(screen, what, to, let_go=True):
    port = screen.table.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(screen, what))
    for step in (0.5, 1.0):
        begin = at(screen, what)
        where = QPoint(begin.x(), round(begin.y() + (to.y() - begin.y()) * step))
        _move(port, where)
    if let_go:
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, to)


def _move(port, where):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QGuiApplication, QMouseEvent

    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(where), QPointF(port.mapToGlobal(where)), left, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QGuiApplication.sendEvent(port, event)


def test_a_criterion_is_dragged_between_two_others_and_undone(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    drag(screen, deep["Staff"], at(screen, deep["Jobs"], 0.8))
    assert tree(document)[1:4] == [("Income", "Jobs"), ("Income", "Staff"), ("Income", "Wages")]
    desk.undo()
    drag(screen, deep["Staff"], at(screen, deep["Jobs"], 0.2))
    assert tree(document)[1] == ("Income", "Staff")
    desk.undo()
    assert tree(document)[-1] == ("Effort", "Staff")


def test_a_branch_is_dragged_onto_another_and_never_onto_its_own(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    drag(screen, deep["Benefits"], at(screen, deep["Income"], 0.7))
    drag(screen, deep["Benefits"], at(screen, deep["Wages"], 0.7))
    assert branches(document) == [(0, "Benefits"), (1, "Income"), (0, "Effort")]
    drag(screen, deep["Benefits"], at(screen, deep["Effort"], 0.7))
    assert branches(document) == [(0, "Effort"), (1, "Benefits"), (2, "Income")]
    desk.undo()
    drag(screen, deep["Effort"], at(screen, deep["Benefits"], 0.1))
    assert branches(document) == [(0, "Effort"), (0, "Benefits"), (1, "Income")]


def test_escape_lets_go_without_moving(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    to = at(screen, deep["Jobs"], 0.8)
    drag(screen, deep["Staff"], to, let_go=False)
    assert screen.table.view.drop is not None
    qtbot.keyClick(screen.table.view, _K.Key_Escape)
    QTest.mouseRelease(screen.table.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, to)
    assert tree(document)[-1] == ("Effort", "Staff")


def test_several_selected_rows_are_dragged_together_and_a_click_chooses_one(document, deep, desk, qtbot):
    screen = screen_of(desk, qtbot)
    view = screen.table.view
    view.select_record(deep["Jobs"])
    qtbot.keyClick(view, _K.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert set(screen.table.selected()) == {deep["Jobs"], deep["Wages"]}
    drag(screen, deep["Wages"], at(screen, deep["Effort"], 0.5))
    assert tree(document)[1:] == [("Effort", "Jobs"), ("Effort", "Wages"), ("Effort", "Staff")]
    desk.undo()
    view.select_record(deep["Jobs"])
    qtbot.keyClick(view, _K.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(screen, deep["Jobs"])
    )
    assert screen.table.selected() == [deep["Jobs"]]


# Said or counted twice -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("Jobs and income", "Income and jobs", True),
        ("Cost", "Cost to start", True),
        ("Conservation of species", "Conservation of species and habitats", True),
        ("Water", "Food and water security", False),
        ("Health of people", "Health of people", True),
        ("Skill", "Skills", True),
        ("Investment cost", "Running cost", False),
        ("Emplois et revenus", "Revenus et emplois", True),
        ("本地就业", "本地就业", True),
        ("本地就业", "本地收入", False),
    ],
)
def test_near_doubles_by_their_words(first, second, near):
    assert bool(doubles.near_doubles([("a", first), ("b", second)])) is near


@pytest.mark.parametrize("key", ["cbd", "climate"])
def test_the_library_itself_raises_no_alarm(key):
    workflow, _ = read_workflow(data_folder("workflows") / key)
    entries = workflow.catalogue("criteria").entries
    assert len(entries) > 10
    assert doubles.near_doubles([(entry.key, entry.name) for entry in entries]) == []


def test_near_doubles_are_named_and_marked_in_the_tree(document, deep):
    other = do(document, operations.add_criterion, "Local jobs", group_id=deep["Effort"])
    found = check(document, checks.doubles.criteria_distinct)
    assert (found.state, found.text.english()) == (State.ATTENTION, "“Jobs” and “Local jobs” may say the same.")
    assert [place.record for place in found.places] == [deep["Jobs"], other]
    marks = read(document, models.tree_marks, language("en"))
    assert marks[other] == {"name": "May say the same as “Jobs”."}


def test_cost_in_two_branches_is_named_and_within_one_branch_is_fine(document, deep):
    once = checks.doubles.cost_counted_once
    assert check(document, once).text.english() == "No criterion measures money."
    start = do(document, operations.add_criterion, "Cost to start", group_id=deep["Effort"])
    do(document, operations.add_criterion, "Yearly upkeep", unit="USD per hectare", group_id=deep["Effort"])
    assert check(document, once).state is State.GOOD
    saved = do(document, operations.add_criterion, "Money saved", unit="€/ha", group_id=deep["Income"])
    found = check(document, once)
    assert found.state is State.ATTENTION
    assert found.text.english() == (
        "Cost is counted in more than one branch: Money saved, Cost to start and Yearly upkeep. "
        "Keep it in one, or say how they differ."
    )
    assert {start, saved} <= {place.record for place in found.places}


def test_conditions_stand_as_gates(document):
    present = checks.doubles.gates_present
    assert check(document, present).state is State.OPEN
    do(document, operations.add_criterion, "Jobs")
    assert check(document, present).state is State.ATTENTION
    keys = [entry.key for entry in WORKFLOW.catalogue("gates").entries][:2]
    assert do(document, operations.add_model_gates, WORKFLOW, keys) == 2
    assert check(document, present, at_least=2).state is State.GOOD
    assert check(document, present, at_least=3).state is State.ATTENTION


# Branches that weigh more by number only -----------------------------------------------------------------


def test_a_branch_of_nine_in_twenty_weighs_more_by_number_and_a_heavy_one_on_purpose():
    flat = balance([("many", [0.05] * 9), ("some", [0.05] * 6), ("few", [0.05] * 5)])
    assert [(round(each.weight, 2), each.by_number_only) for each in flat] == [
        (0.45, True),
        (0.3, False),
        (0.25, False),
    ]
    meant = balance([("many", [0.02] * 9), ("few", [0.41, 0.41])])
    assert not any(each.by_number_only for each in meant)
    assert not any(each.by_number_only for each in balance([("one", [0.5, 0.5])]))


def test_the_check_names_the_branch_that_weighs_by_number(document, deep):
    def found():
        return read(document, checks.balance.branches_weigh_fairly, WORKFLOW, WEIGHTS)

    assert found().state is State.ATTENTION
    assert found().text.english() == (
        "“Benefits” has 75 % of the weight because 3 of 4 criteria stand in it, not because each matters more."
    )
    for name, weight in (("Nature", 10), ("Jobs", 20), ("Wages", 20), ("Staff", 50)):
        do(document, operations.set_weight, deep[name], weight)
    assert found().state is State.GOOD
    for name in ("Nature", "Jobs", "Wages", "Staff"):
        do(document, operations.set_weight, deep[name], 25)
    assert found().state is State.ATTENTION


def test_branches_that_were_weighed_themselves_have_the_weight_they_were_given(document, deep):
    for name in ("Nature", "Jobs", "Wages", "Staff"):
        do(document, operations.set_weight, deep[name], 25)
    round_id = do(document, operations.open_round)
    answers = [(deep["Benefits"], "", "points", 75), (deep["Effort"], "", "points", 25)]
    do(document, operations.record_ballot, round_id, "research", "", "points", "tree", answers)
    do(document, operations.reveal_round, round_id)
    found = read(document, checks.balance.branches_weigh_fairly, WORKFLOW, WEIGHTS)
    assert (found.state, found.text.english()) == (
        State.GOOD,
        "The branches were weighed themselves, so each has the weight it was given.",
    )


# Applicability -------------------------------------------------------------------------------------------


def test_what_does_not_apply_is_left_out_and_is_no_zero_as_the_panel_says(document, desk, qtbot):
    """By hand: 3 on a scale from 1 to 5 is 50 points. With the second criterion left out the value is 50, not 30."""
    one = do(document, operations.add_criterion, "Nature", low=1, high=5, weight=60)
    two = do(document, operations.add_criterion, "Part in the research", low=1, high=5, weight=40)
    applies, left_out, unknown = (do(document, priorities.add_technology, name) for name in ("A", "B", "C"))
    for technology in (applies, left_out, unknown):
        do(document, priorities.set_score, technology, one, value=3)
    do(document, priorities.set_score, applies, two, value=1)
    do(document, priorities.set_score, left_out, two, state="not_applicable")
    values = {each.id: each.value for each in read(document, priorities_results.ranking).technologies}
    assert values == {applies: pytest.approx(30), left_out: pytest.approx(50), unknown: None}
    screen = screen_of(desk, qtbot)
    screen.table.view.select_record(two)
    said = " ".join(label.text() for label in screen.panel.findChildren(type(screen.panel.name)))
    assert "their other weights are scaled up: that is not a zero" in said


def test_where_less_is_better_one_is_the_best_score(document, desk, qtbot):
    cost = do(document, operations.add_criterion, "Cost", direction="cost")
    screen = screen_of(desk, qtbot)
    screen.table.view.select_record(cost)
    assert screen.panel.fields["anchor_1"].editor.accessibleName() == "1, the best"
    assert screen.panel.fields["anchor_5"].editor.accessibleName() == "5, the weakest"


def test_the_library_tells_direction_applicability_and_what_the_scores_mean(document):
    picks = [entry for _, entries in read(document, models.model_groups, WORKFLOW, language("en")) for entry in entries]
    research = next(entry for entry in picks if entry.key == "research_participation")
    assert research.details[0] == "More is better · scored · applies to: Those that use genetic resources"
    assert [line[:2] for line in research.details[1:]] == ["1:", "3:", "5:"]
    assert all(entry.source and entry.definition for entry in picks)
