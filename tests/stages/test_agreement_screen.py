"""Stage 2, agreement: the disputed criteria one by one, what the room settles on, the rounds, and the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.text import language
from tna_desktop.stages.criteria import checks, operations, reading, results
from tna_desktop.stages.criteria.panels import agreement_page

STEP = "criteria.agreement"
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
_K = Qt.Key
#: Points of 100. By hand: spreads 30 (Nature), 10 (Jobs) and 40 (Cost); means 40, 26.67 and 33.33.
FIRST = {"government": (50, 30, 20), "research": (50, 30, 20), "private_sector": (20, 20, 60)}
#: The private sector moves: spreads 20, 10 and 30.
SECOND = {"government": (50, 30, 20), "research": (50, 30, 20), "private_sector": (30, 20, 50)}


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def ids(document):
    branch = do(document, operations.add_group, "What counts")
    return {
        name: do(document, operations.add_criterion, name, group_id=branch, definition=f"What {name} means.")
        for name in ("Nature", "Jobs", "Cost")
    }


def weigh(document, ids, given):
    for group, points in given.items():
        do(document, operations.set_group_weights, group, group, dict(zip(ids.values(), points, strict=True)))


@pytest.fixture
def weighed(document, ids):
    weigh(document, ids, FIRST)
    return ids


@pytest.fixture
def agreed(document, weighed):
    """The groups' mean is agreed: 40, 26.67 and 33.33 points of 100."""
    do(document, operations.adopt_round, None, "Each group has one voice.")
    return weighed


def page(document):
    return read(document, agreement_page.page, WORKFLOW, language("en"))


def screen_of(desk, qtbot):
    from tna_desktop.stages.criteria.screen import SCREENS

    made = SCREENS["agreement"](desk, STEP)
    qtbot.addWidget(made)
    made.resize(1090, 570)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.list.setFocus()
    return made


def written(screen):
    """All that can be read on the page that is shown, and above it."""
    QGuiApplication.processEvents()
    screens = [screen.pages.currentWidget(), screen.headline, screen.round, screen.banner]
    labels = [label for part in screens for label in (part, *part.findChildren(QLabel))]
    return " ".join(
        label.text() for label in labels if hasattr(label, "text") and callable(label.text) and label.isVisible()
    )


def decisions(document):
    return [
        (each["kind"], each["what"], each["reason"], each["decided_by"])
        for each in read(document, assessment.decisions)
    ]


def weights(document):
    return {row["name"]: row["weight"] for row in read(document, reading.criteria)}


# What is shown -------------------------------------------------------------------------------------------


def test_only_disputed_criteria_the_widest_first_with_who_stands_apart_in_words(document, weighed):
    found = page(document)
    assert found.state == agreement_page.DISPUTED
    assert [(each.name, each.spread) for each in found.criteria] == [("Cost", 40), ("Nature", 30)]
    cost = found.criteria[0]
    assert (cost.lowest.name, cost.highest.name) == ("Government", "Private sector")
    assert cost.words == (
        "Private sector would give it 60 %, Government only 20 %: 40 points apart.",
        "Without Private sector the others lie within 0 points.",
    )
    assert found.headline.endswith("2 criteria need a discussion.")
    assert not found.agreed_set


def test_the_measure_has_its_name_only_where_it_is_explained(weighed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    assert "Kendall" not in written(screen)
    screen.views.setFocus()
    QTest.keyClick(screen.views.buttons()[0], _K.Key_Right)
    QTest.keyClick(screen.views.buttons()[1], _K.Key_Right)
    assert screen.views.current() == "how"
    assert "Kendall's W" in written(screen)


def test_a_share_becomes_the_weight_that_counts_as_it(document, agreed):
    cost = page(document).criteria[0]
    assert cost.agreed == pytest.approx(1 / 3, abs=1e-4)
    assert cost.weight_of(0.5) == pytest.approx(66.67)  # as much as the two others together
    assert cost.share_of(66.67) == pytest.approx(0.5)
    assert cost.weight_of(1.0) is None


# Empty states --------------------------------------------------------------------------------------------


def test_without_weights_the_screen_leads_to_where_they_are_given(ids, desk, qtbot):
    went = []
    desk.went.connect(lambda place: went.append(place.step))
    screen = screen_of(desk, qtbot)
    assert "There are no weights to compare yet" in written(screen)
    from tna_desktop.ui.empty import EmptyState

    button = screen.pages.currentWidget().findChild(EmptyState).buttons()[0]
    button.setFocus()
    qtbot.keyClick(button, _K.Key_Space)
    assert went == ["criteria.weights"]


def test_where_nothing_is_disputed_the_room_goes_on(document, ids, desk, qtbot):
    weigh(document, ids, {"government": (40, 30, 30), "research": (45, 30, 25)})
    screen = screen_of(desk, qtbot)
    assert "No criterion is disputed" in written(screen)
    assert "No criterion needs a discussion." in screen.headline.text()


# Settling by keys ----------------------------------------------------------------------------------------


def test_the_mean_is_taken_with_a_reason_before_anything_is_settled(document, weighed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    assert not screen.form.isVisible() and "No weight is agreed yet." in screen.begin.accessibleName()
    screen.adopt()
    reason = screen.reason_line.reason
    qtbot.keyClick(reason.editor, _K.Key_Return)
    assert reason.error() == "Write why the mean of the groups is taken."
    qtbot.keyClicks(reason.editor, "One voice each")
    qtbot.keyClick(reason.editor, _K.Key_Return)
    assert weights(document) == {"Nature": 40, "Jobs": pytest.approx(26.67), "Cost": pytest.approx(33.33)}
    assert decisions(document) == [("agreed_weights", "Agreed weights: the mean of the groups", "One voice each", "")]
    assert screen.form.isVisible() and not screen.reason_line.isVisible()
    assert screen.headline.text().endswith("2 criteria need a discussion.")


def test_down_enter_type_ctrl_enter_settles_and_goes_to_the_next(document, agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    assert screen.name.text() == "Cost"
    qtbot.keyClick(screen.list, _K.Key_Down)
    assert screen.name.text() == "Nature" and screen.definition.text() == "What Nature means."
    qtbot.keyClick(screen.list, _K.Key_Up)
    qtbot.keyClick(screen.list, _K.Key_Return)
    weight, reason, decided = (field.editor for field in (screen.form.weight, screen.form.reason, screen.form.decided))
    qtbot.waitUntil(weight.hasFocus)
    qtbot.keyClicks(weight, "66.67")
    assert screen.form.counts.text().startswith("Counts as 50.0 %.")
    qtbot.keyClick(weight, _K.Key_Return)
    qtbot.keyClick(reason, _K.Key_Return, CTRL)
    assert screen.form.reason.error() == "Write in one sentence why this weight is agreed."
    qtbot.keyClicks(reason, "The budget is small")
    qtbot.keyClick(reason, _K.Key_Return)
    qtbot.keyClicks(decided, "Plenary")
    qtbot.keyClick(decided, _K.Key_Return, CTRL)
    assert weights(document)["Cost"] == pytest.approx(66.67)
    assert decisions(document)[0] == ("agreed_weight", "Weight of “Cost”: 66.67", "The budget is small", "Plenary")
    assert screen.name.text() == "Nature" and screen.form.reason.value() == ""
    assert screen.form.decided.value() == "Plenary"
    assert screen.headline.text().endswith("One criterion needs a discussion.")
    desk.undo()
    assert weights(document)["Cost"] == pytest.approx(33.33)
    assert decisions(document)[0][0] == "agreed_weights"


def test_a_weight_that_is_no_number_is_refused_beside_its_field(document, agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    qtbot.keyClick(screen.list, _K.Key_Return)
    qtbot.keyClicks(screen.form.weight.editor, "much")
    qtbot.keyClicks(screen.form.reason.editor, " indeed")
    qtbot.keyClick(screen.form.reason.editor, _K.Key_Return, CTRL)
    assert "“much” is not a number" in screen.form.weight.error()
    assert screen.form.weight.value() == "much"
    assert weights(document)["Cost"] == pytest.approx(33.33)


def test_next_goes_on_without_settling_and_comes_round(agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    screen.next()
    assert screen.name.text() == "Nature"
    screen.next()
    assert screen.name.text() == "Cost"


def test_when_all_is_settled_it_says_so(document, agreed, desk, qtbot):
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    screen = screen_of(desk, qtbot)
    for _ in range(2):
        qtbot.keyClick(screen.list, _K.Key_Return)
        qtbot.keyClicks(screen.form.reason.editor, "As the mean")
        qtbot.keyClick(screen.form.weight.editor, _K.Key_Return, CTRL)
    assert told == ["“Cost” is settled", "All disputed criteria are settled"]
    assert screen.headline.text().endswith("All 2 disputed criteria are settled.")
    assert [each.settled for each in screen.model.criteria] == [True, True]


# The wall follows ----------------------------------------------------------------------------------------


def test_the_wall_is_told_the_share_while_it_is_nudged_and_that_it_was_let_go(agreed, desk, qtbot):
    pointed = []
    desk.pointing.connect(lambda step, record, value: pointed.append((step, record, value)))
    screen = screen_of(desk, qtbot)
    qtbot.keyClick(screen.list, _K.Key_Return)
    qtbot.keyClick(screen.form.weight.editor, _K.Key_Up)
    step, record, share = pointed[-1]
    assert (step, record) == (STEP, agreed["Cost"]) and share == pytest.approx(0.34, abs=1e-3)
    qtbot.keyClick(screen.form.weight.editor, _K.Key_Escape)
    assert pointed[-1] == (STEP, agreed["Cost"], None)
    assert float(screen.form.weight.value()) == pytest.approx(33.33)
    assert screen.list.hasFocus()


def test_the_tick_is_dragged_and_what_is_settled_counts_as_that_share(document, agreed, desk, qtbot):
    pointed = []
    desk.pointing.connect(lambda _step, _record, value: pointed.append(value))
    screen = screen_of(desk, qtbot)
    plot = screen.plot
    begin = QPointF(plot.tick_at(), plot.height() / 2)

    def mouse(kind, where, held):
        button = Qt.MouseButton.LeftButton if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        QGuiApplication.sendEvent(plot, QMouseEvent(kind, where, QPointF(plot.mapToGlobal(where)), button, held, NONE))

    left = Qt.MouseButton.LeftButton
    mouse(QEvent.Type.MouseButtonPress, begin, left)
    for by in (10, 40, 60):
        mouse(QEvent.Type.MouseMove, begin + QPointF(by, 0), left)
    mouse(QEvent.Type.MouseButtonRelease, begin + QPointF(60, 0), Qt.MouseButton.NoButton)
    share = pointed[-1]
    assert share > 0.36 and len(pointed) == 4
    qtbot.keyClicks(screen.form.reason.editor, "The budget is small")
    screen.settle()
    assert pointed[-1] is None
    found = next(each for each in read(document, results.weights).criteria if each.name == "Cost")
    assert found.share == pytest.approx(share, abs=1e-3)


# Rounds --------------------------------------------------------------------------------------------------


def test_a_hidden_round_shows_counts_only_until_it_is_revealed(document, agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    assert screen.round.text() == "The weights were collected without rounds."
    screen.open_round()
    assert screen.round.text() == "Round 2 is hidden: nobody has answered yet."
    weigh(document, agreed, SECOND)
    screen.load()
    said = written(screen)
    assert screen.round.text() == "Round 2 is hidden: 3 groups have answered."
    assert "Nothing is shown until the round is revealed." in said and "Weights are given" in said
    assert "%" not in said and "points" not in said and "Cost" not in said
    assert screen.page.criteria == () and screen.page.compared == ()
    screen.reveal()
    assert screen.round.text() == "Round 2 is revealed and still open."
    assert [(each.name, each.spread) for each in screen.model.criteria] == [("Cost", 30), ("Nature", 20)]


def test_before_and_after_a_second_round(document, agreed, desk, qtbot):
    do(document, operations.open_round)
    weigh(document, agreed, SECOND)
    do(document, operations.reveal_round, read(document, reading.current_round).id)
    screen = screen_of(desk, qtbot)
    private = next(voice for voice in screen.model.criteria[0].voices if voice.group == "private_sector")
    assert (private.before, private.share) == (pytest.approx(0.6), pytest.approx(0.5))
    assert "Private sector 50 %, before 60 %" in screen.plot.accessibleName()
    assert "One group moved since the round before." in screen.apart.text()
    screen.views.setFocus()
    QTest.keyClick(screen.views.buttons()[0], _K.Key_Right)
    assert screen.compared.table.isVisible()
    assert screen.compared.words.text() == (
        "From round 1 to round 2 the groups came closer on 2 criteria and moved apart on 0."
    )
    rows = [row.values for row in screen.compared.table.rows()]
    assert [(row["name"], round(row["spread_before"]), round(row["spread_after"]), row["change"]) for row in rows] == [
        ("Cost", 40, 30, "Closer"),
        ("Nature", 30, 20, "Closer"),
        ("Jobs", 10, 10, "As before"),
    ]
    assert [round(rows[0][key], 2) for key in ("mean_before", "mean_after")] == [33.33, 30.0]
    screen.close_round()
    assert screen.round.text() == "Round 2 is closed."


# The lock ------------------------------------------------------------------------------------------------


def test_locking_and_unlocking_are_decisions_and_a_banner_says_so(document, agreed, desk, qtbot):
    do(document, operations.agree_weight, agreed["Cost"], 33.33, "As the mean")
    screen = screen_of(desk, qtbot)
    screen.lock()
    qtbot.keyClicks(screen.reason_line.decided.editor, "Steering committee")
    qtbot.keyClick(screen.reason_line.decided.editor, _K.Key_Return)
    assert decisions(document)[0] == ("weights_locked", "Weights locked", "", "Steering committee")
    assert screen.banner.isVisible() and "The weights are locked." in screen.banner.accessibleName()
    assert not screen.form.isVisible() and not screen.begin_line.isVisible()
    assert screen.settled.text() == "Settled at 33.3 %: As the mean", "the reason can still be read"
    screen.banner.buttons()[0].click()
    qtbot.keyClick(screen.reason_line.reason.editor, _K.Key_Return)
    assert screen.reason_line.reason.error() == "Write why the weights are to be changed."
    qtbot.keyClicks(screen.reason_line.reason.editor, "A group came late")
    qtbot.keyClick(screen.reason_line.reason.editor, _K.Key_Return)
    assert decisions(document)[0][:3] == ("weights_unlocked", "Weights unlocked", "A group came late")
    assert screen.form.isVisible() and not screen.banner.isVisible()


def test_escape_closes_the_question_and_nothing_happens(document, agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    screen.lock()
    qtbot.keyClick(screen.reason_line.decided.editor, _K.Key_Escape)
    assert not screen.reason_line.isVisible()
    assert not read(document, reading.weights_locked)


def test_a_place_leads_to_its_criterion(agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    screen.show_place(Place(STEP, agreed["Nature"], "weight"))
    assert screen.name.text() == "Nature"


def test_the_list_is_heard_with_spread_and_both_ends(agreed, desk, qtbot):
    screen = screen_of(desk, qtbot)
    assert screen.model.index(0).data(11) == "Cost, 40 points apart, Government 20 %, Private sector 60 %"


def test_the_model_of_the_list_is_sound(agreed, desk, qtbot, qtmodeltester):
    screen = screen_of(desk, qtbot)
    qtmodeltester.check(screen.model)


def test_the_check_counts_a_difference_that_was_settled_as_discussed(document, agreed):
    def found():
        return read(document, checks.weights.weights_disputed, WORKFLOW, STEP, spread_points=14)

    assert (found().state, len(found().places)) == (State.ATTENTION, 2)
    do(document, operations.agree_weight, agreed["Cost"], 30, "The budget is small")
    assert [place.record for place in found().places] == [agreed["Nature"]]
    do(document, operations.agree_weight, agreed["Nature"], 40, "It is what this is for")
    assert found().state is State.GOOD
    do(document, operations.adopt_round, None, "All anew")
    assert found().state is State.ATTENTION
