"""Scores: what is not asked for by rule, which technologies are shown, Excel and back, doubles kept apart, methods."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import (
    applicability,
    checks,
    competition,
    operations,
    reading,
    results,
    voices,
)
from tna_desktop.stages.priorities.models import DISPLAY, TOOLTIP
from tna_desktop.stages.priorities.panels import score_blocks
from tna_desktop.stages.priorities.score_rows import DIFFER, UNKNOWN, UNSURE, Shown
from tna_desktop.stages.priorities.screen import SCREENS

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def table(document):
    """Seeds uses genetic resources, Reef does not; Sharing is a criterion for those that do."""
    jobs = do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1)
    sharing = do(document, criteria.add_criterion, "Sharing", low=1, high=5, weight=1, applies_to="genetic_resources")
    reef = do(document, operations.add_technology, "Reef")
    seeds = do(document, operations.add_technology, "Seeds", genetic_resources=True)
    return reef, seeds, jobs, sharing


@pytest.fixture
def desk(document):
    made = room.new_desk(document)
    made.notices = []
    made.noticed.connect(lambda notice: made.notices.append(notice.text))
    return made


@pytest.fixture
def shown(desk, qtbot):
    def show():
        made = SCREENS["scores"](desk, "priorities.scores")
        for part in (made, made.tab, made.worth):
            qtbot.addWidget(part)
        made.resize(1090, 620)
        made.show()
        return made

    return show


def score(document, technology, criterion, **values):
    do(document, operations.set_score, technology, criterion, **values)


def cell(document, technology, criterion, voice=""):
    return read(document, reading.matrix, voice).cell(technology, criterion)


def found(document, name):
    with document.reading() as session:
        return checks.CHECKS[name](session, WORKFLOW, "priorities.scores")


# Not asked for by rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "flags", "expected"),
    [
        ("all", {}, True),
        ("genetic_resources", {"genetic_resources": True}, True),
        ("genetic_resources", {"traditional_knowledge": True}, False),
        ("traditional_knowledge", {"traditional_knowledge": True}, True),
        ("something of a later version", {}, True),
    ],
)
def test_the_rule(kind, flags, expected):
    technology = {"genetic_resources": False, "traditional_knowledge": False, "hardware": None} | flags
    assert applicability.applies({"applies_to": kind}, technology) is expected


def test_a_score_that_is_not_asked_for_is_missed_nowhere(document, table):
    reef, seeds, jobs, sharing = table
    score(document, reef, jobs, value=5)
    score(document, seeds, jobs, value=3)
    score(document, seeds, sharing, value=5)
    matrix = read(document, reading.matrix)
    assert matrix.cell(reef, sharing).by_rule and matrix.cell(reef, sharing).state == "not_applicable"
    assert (matrix.known(), matrix.asked()) == (3, 3)
    assert found(document, "scores_complete").state.name == "GOOD"
    # Reef: 100 on jobs alone. Seeds: (50 + 100) / 2.
    ranked = {each.name: (each.value, each.rank) for each in read(document, results.ranking).technologies}
    assert ranked == {"Reef": (100, 1), "Seeds": (75, 2)}
    told = {row["name"]: row for row in read(document, results.results_json)["technologies"]}
    assert told["Reef"]["not_applicable"] == ["Sharing"] and told["Seeds"]["not_applicable"] == []


def test_who_enters_a_score_all_the_same_is_taken_at_their_word(document, table):
    reef, seeds, jobs, sharing = table
    score(document, reef, jobs, value=5)
    score(document, reef, sharing, value=1)
    assert cell(document, reef, sharing).value == 1 and not cell(document, reef, sharing).by_rule
    ranked = {each.name: each.value for each in read(document, results.ranking).technologies}
    assert ranked["Reef"] == 50
    assert read(document, reading.matrix).asked() == 4
    # Cleared, it is not asked for again; a note on it stays.
    score(document, reef, sharing, evidence="Ministry, May")
    score(document, reef, sharing, value=None)
    assert cell(document, reef, sharing).by_rule and cell(document, reef, sharing).evidence == "Ministry, May"
    do(document, operations.change_technology, reef, genetic_resources=True)
    assert not cell(document, reef, sharing).known


def test_the_fingerprint_of_a_decision_follows_the_rule(document, table):
    reef, _, jobs, _ = table
    score(document, reef, jobs, value=5)
    before = read(document, results.results_json), read(document, operations.inputs_digest)
    do(document, operations.change_technology, reef, genetic_resources=True)
    assert read(document, operations.inputs_digest) != before[1]


def test_the_cell_says_why_it_is_not_asked_for(document, table, shown, qtbot):
    reef, seeds, _, sharing = table
    screen = shown()
    index = screen.model.place(reef, sharing)
    assert index.data(DISPLAY) == "n/a" and "only for technologies that use genetic resources" in index.data(TOOLTIP)
    assert screen.progress.accessibleName() == "0 of 3 cells scored"
    screen.grid.go_to(index)
    assert "Not asked" in screen.tab.rule.text() and screen.tab.state.current() == ""
    seq = document.seq
    for key in (K.Key_A, K.Key_Delete):
        qtbot.keyClick(screen.grid, key)
    assert document.seq == seq
    qtbot.keyClick(screen.grid, "4")
    assert cell(document, reef, sharing).value == 4 and "counts all the same" in screen.tab.rule.text()
    assert screen.progress.accessibleName() == "1 of 4 cells scored"
    qtbot.keyClick(screen.grid, "0")
    assert screen.model.cell(index).by_rule
    qtbot.keyClick(screen.grid, "N")  # the next empty one is asked for
    assert screen.model.key(screen.grid.currentIndex()) != (reef, sharing)


# Which technologies are shown ---------------------------------------------------------------------------


@pytest.fixture
def four(document):
    """Four technologies on one criterion: voices differ on the first, the second is unknown, the third not sure."""
    jobs = do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1)
    names = ("Reef", "Seeds", "Nets", "Bees")
    rows = [do(document, operations.add_technology, name, term=term) for name, term in zip(names, "slsl", strict=True)]
    for technology, value in zip((rows[0], rows[2], rows[3]), (3, 2, 4), strict=True):
        score(document, technology, jobs, value=value)
    score(document, rows[2], jobs, sureness="low")
    for voice, value in (("A1", 1), ("A2", 5)):
        score(document, rows[0], jobs, value=value, voice=voice)
    return rows, jobs


def names(screen):
    return [row["name"] for row in screen.model.rows]


def test_only_those_to_look_at_with_how_many_there_are(document, four, shown):
    screen = shown()
    assert [screen.model.count(which) for which in (DIFFER, UNKNOWN, UNSURE)] == [1, 1, 1]
    for which, name in ((DIFFER, "Reef"), (UNKNOWN, "Seeds"), (UNSURE, "Nets")):
        screen.rows.show_only(which)
        assert names(screen) == [name]
        assert screen.rows.button.words().endswith("1 of 4")
    screen.rows.open_menu()
    lines = {action.text(): action.data() for action in screen.rows.menu.actions()}
    assert lines["Only where voices differ"] == "1" and lines["All technologies"] == "4"
    screen.rows.menu.close()


def test_a_row_stays_while_it_is_worked_on(document, four, shown, qtbot):
    rows, jobs = four
    screen = shown()
    screen.rows.show_only(UNKNOWN)
    qtbot.keyClick(screen.grid, "5")
    assert cell(document, rows[1], jobs).value == 5 and names(screen) == ["Seeds"]
    assert screen.model.count(UNKNOWN) == 0
    screen.rows.show(Shown())
    assert len(names(screen)) == 4


def test_the_keyboard_opens_the_list_and_the_choice_is_remembered(document, four, shown, desk, qtbot):
    screen = shown()
    qtbot.keyClick(screen.grid, K.Key_F)
    assert screen.rows.menu.isVisible()
    screen.rows.menu.close()
    screen.rows.show_only(DIFFER)
    screen.voices.show("A1")
    assert names(screen) == ["Reef"]  # whoever's scores are shown
    again = shown()
    assert names(again) == ["Reef"] and "Voices differ" in again.rows.button.words()
    again.show_place(Place("priorities.scores", four[0][3]))
    assert len(names(again)) == 4


def test_a_group_that_competes_can_be_shown_alone(document, four, shown):
    do(document, competition.compete_within, competition.TERM)
    screen = shown()
    group = next(each for each in screen.rows.groups if four[0][0] in each.members)
    screen.rows.show(Shown(group=group.key))
    assert names(screen) == ["Reef", "Nets"]
    screen.rows.show(Shown(group=group.key, only=DIFFER))
    assert names(screen) == ["Reef"]
    do(document, competition.compete_within, competition.ALL)
    screen.load()
    assert names(screen) == ["Reef"] and screen.model.shown.group is None


# Excel and back -----------------------------------------------------------------------------------------

CELLS = (
    {"value": 2 / 3}, {"value": -1e-9}, {"value": 12345.678901234567}, {"value": None}, {"state": "not_applicable"},
    {"value": None, "low": 40.0, "high": 60.5}, {"value": 55.0, "low": 40.1, "high": 60.0}, {"value": -3.0, "low": -5.0, "high": -1.5},
    {"value": 3.5, "state": "conditional"}, {"value": None, "low": -2.0, "high": 2.0, "state": "conditional"},
    {"value": 7.0, "low": 5.0}, {"value": 1e15, "high": 1e16, "state": "conditional"},
)  # fmt: skip


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar", "ru", "zh"])
def test_what_is_copied_comes_back_the_same_to_the_last_digit(document, qtbot, code):
    desk = room.new_desk(document, code)
    columns = [do(document, criteria.add_criterion, f"C{at}", weight=1) for at in range(4)]
    rows = [do(document, operations.add_technology, f"T{at}") for at in range(6)]
    for at, values in enumerate(CELLS):
        score(document, rows[at // 4], columns[at % 4], **values)
    before = read(document, reading.matrix)
    screen = SCREENS["scores"](desk, "priorities.scores")
    qtbot.addWidget(screen)
    screen.show()
    places = [(row, column) for row in range(3) for column in range(4)]
    text = score_blocks.copied(screen.model, places)
    assert "?" in text and "n/a" in text and "*" in text
    # Onto empty rows, and onto others that say something else.
    for _ in range(2):
        screen.grid.go_to(screen.model.index(3, 0))
        screen.paste(text)
        after = read(document, reading.matrix)
        for at in range(len(CELLS)):
            row, column = at // 4, columns[at % 4]
            assert after.cell(rows[row + 3], column) == before.cell(rows[row], column), CELLS[at]
        desk.do(operations.set_scores, [(rows[3], each, {"value": 9.0, "state": "conditional"}) for each in columns])
    seq = document.seq
    screen.grid.go_to(screen.model.index(0, 0))
    screen.paste(text)
    assert document.seq == seq  # nothing is different


def test_a_star_is_a_condition_and_a_plain_number_is_none(document, desk, table, shown):
    reef, _, jobs, sharing = table
    screen = shown()
    screen.grid.go_to(screen.model.place(reef, jobs))
    screen.paste("4*\t\n")
    assert cell(document, reef, jobs).state == "conditional" and cell(document, reef, sharing).by_rule
    screen.paste("4")
    assert cell(document, reef, jobs).state == "value"
    screen.paste("3\n9*")
    assert screen.banner.isVisible() and "is outside the scale" in screen.banner.accessibleName()
    assert cell(document, reef, jobs).value == 3
    desk.undo()
    assert not screen.banner.isVisible()  # what was left out belonged to the paste
    screen.paste("9*")
    screen.voices.show("women_youth")
    assert not screen.banner.isVisible()  # nor to the scores of others


def test_a_large_block_is_one_change_and_the_window_goes_on(document, desk, shown, qtbot):
    columns = [do(document, criteria.add_criterion, f"C{at}", low=1, high=5, weight=1) for at in range(30)]
    rows = [do(document, operations.add_technology, f"T{at:02}") for at in range(30)]
    screen = shown()
    block = "\n".join("\t".join(str(1 + (row + column) % 5) for column in range(30)) for row in range(30))
    screen.grid.go_to(screen.model.index(0, 0))
    seq = document.seq
    screen.paste(block)
    assert document.seq == seq  # it has only begun
    qtbot.waitUntil(lambda: "900 scores pasted" in desk.notices, timeout=20000)
    assert document.seq == seq + 1 and screen.pages.isEnabled()
    matrix = read(document, reading.matrix)
    assert matrix.known() == 900 and matrix.cell(rows[2], columns[4]).value == 2
    assert screen.progress.accessibleName() == "900 of 900 cells scored"
    screen.paste(block)
    qtbot.waitUntil(lambda: "These scores are there already." in desk.notices, timeout=20000)
    assert document.seq == seq + 1
    assert desk.undo() is None and desk.is_held  # it takes its time: nobody waits for it
    assert desk.undo() is None  # the key again means nothing meanwhile
    qtbot.waitUntil(lambda: not desk.is_held, timeout=20000)
    assert document.seq == seq + 2
    assert read(document, reading.matrix).known() == 0
    assert screen.progress.accessibleName() == "0 of 900 cells scored"
    desk.redo()
    qtbot.waitUntil(lambda: not desk.is_held, timeout=20000)
    assert read(document, reading.matrix).known() == 900


def test_not_applicable_can_be_typed_as_it_is_written(document, table, shown, qtbot):
    reef, seeds, jobs, _ = table
    screen = shown()
    grid = screen.grid
    grid.setFocus()
    grid.go_to(screen.model.place(reef, jobs))
    qtbot.keyClicks(grid, "n")
    assert screen.model.key(grid.currentIndex()) == (seeds, jobs)  # on its own: the next cell without a score
    qtbot.keyClicks(grid, "/")
    qtbot.keyClicks(grid.editor, "a")
    qtbot.keyClick(grid.editor, K.Key_Return)
    assert cell(document, reef, jobs).state == "not_applicable" and not cell(document, seeds, jobs).known
    qtbot.keyClick(grid, K.Key_Up)
    qtbot.keyClicks(grid, "n")
    qtbot.keyClick(grid, K.Key_Down)
    qtbot.keyClicks(grid, "/")  # not after N any more: the search, as everywhere
    assert grid.editor is None


# Means --------------------------------------------------------------------------------------------------


def test_means_are_the_same_whether_the_voices_were_read_before_or_not(document, four):
    rows, jobs = four
    score(document, rows[1], jobs, value=2, voice="A1")
    score(document, rows[1], jobs, value=5, voice="A2")
    score(document, rows[1], jobs, evidence="Workshop")
    spreads = read(document, voices.spreads)
    for known in (None, spreads):
        assert do(document, voices.take_means, known) == 1
        taken = cell(document, rows[1], jobs)
        assert taken.value == 3.5 and taken.evidence == "Workshop"
        document.undo()
        assert not cell(document, rows[1], jobs).known and cell(document, rows[1], jobs).evidence == "Workshop"
    document.redo()
    assert cell(document, rows[1], jobs).value == 3.5


def test_a_cell_that_is_given_twice_in_one_change_holds_the_last(document, table):
    reef, _, jobs, _ = table
    do(
        document,
        operations.set_scores,
        [(reef, jobs, {"value": 2.0}), (reef, jobs, {"sureness": "low"}), (reef, jobs, {"value": 4.0})],
    )
    assert (cell(document, reef, jobs).value, cell(document, reef, jobs).sureness) == (4, "low")
    do(document, operations.set_scores, [(reef, jobs, {"value": None, "sureness": ""})])
    assert (reef, jobs) not in read(document, reading.matrix).cells
    document.undo()
    assert cell(document, reef, jobs).value == 4


# Methods ------------------------------------------------------------------------------------------------


def opinion(document, method, **how):
    return read(document, results.results_json, WORKFLOW, method, how.get("normalisation"), how.get("preference"))


def net(document, preference=None):
    told = opinion(document, "promethee2", preference=preference)
    return told, {row["name"]: row["value"] for row in told["technologies"]}


def test_promethee_compares_on_worth_where_a_criterion_has_a_peak(document):
    # Shade is best at 50: 10, 50 and 90 are worth 0, 100 and 0. By the unit alone, 90 would be first.
    shade = do(document, criteria.add_criterion, "Shade", low=0, high=100, weight=1)
    for name, value in (("Open", 10), ("Half", 50), ("Dark", 90)):
        score(document, do(document, operations.add_technology, name), shade, value=value)
    assert net(document)[1] == {"Dark": 1, "Half": 0, "Open": -1}
    do(document, operations.set_value_function, shade, "piecewise", [(10, 0), (50, 100), (90, 0)])
    told, flows = net(document)
    # Half beats both; the others are alike: 1, -1/2, -1/2.
    assert flows == {"Half": 1, "Open": -0.5, "Dark": -0.5} and told["preference"]["on_worth"] == ["Shade"]
    # Thresholds in the unit say nothing at a peak: still on worth, with q and p of its 100 points.
    do(document, criteria.change_criterion, shade, indifference=10, preference=20)
    told, flows = net(document, "linear")
    assert flows["Half"] == 1 and (told["preference"]["q"], told["preference"]["p"]) == ({"Shade": 10}, {"Shade": 50})


def test_promethee_keeps_the_unit_for_its_thresholds_where_worth_only_grows_or_falls(document):
    cost = do(document, criteria.add_criterion, "Cost", low=0, high=100, weight=1, direction="cost")
    for name, value in (("A", 20), ("B", 40), ("C", 45)):
        score(document, do(document, operations.add_technology, name), cost, value=value)
    do(document, operations.set_value_function, cost, "threshold", [(0, 100), (42, 0)])
    # On worth A and B are alike and beat C: 1/2, 1/2, -1.
    told, flows = net(document)
    assert flows == {"A": 0.5, "B": 0.5, "C": -1} and told["preference"]["in_unit"] == []
    # In the unit with q 5 and p 25: A over B (20-5)/20 = 0.75, A over C 1, B over C 0. A (1.75)/2, B -0.75/2, C -1/2.
    do(document, criteria.change_criterion, cost, indifference=5, preference=25)
    told, flows = net(document, "linear")
    assert flows == {"A": pytest.approx(0.875), "B": pytest.approx(-0.375), "C": pytest.approx(-0.5)}
    assert told["preference"]["in_unit"] == ["Cost"] and told["preference"]["on_worth"] == []


def test_promethee_without_value_functions_says_nothing_new(document, table):
    _, seeds, jobs, _ = table
    score(document, seeds, jobs, value=3)
    assert "on_worth" not in opinion(document, "promethee2")["preference"]


def test_ahp_by_ratios_and_where_there_are_none_by_worth(document):
    jobs = do(document, criteria.add_criterion, "Jobs", low=0, high=100, weight=1)
    cost = do(document, criteria.add_criterion, "Cost", low=0, high=100, weight=1, direction="cost")
    change = do(document, criteria.add_criterion, "Change", low=-2, high=2, weight=2)
    for name, values in (("A", (40, 10, 2)), ("B", (80, 20, 0))):
        technology = do(document, operations.add_technology, name)
        for criterion, value in zip((jobs, cost, change), values, strict=True):
            score(document, technology, criterion, value=value)
    told = opinion(document, "ahp")
    # Jobs 1/2 and 1, cost 1 and 1/2, change by worth 100 and 50: (0.5 + 1 + 2) / 4 and (1 + 0.5 + 1) / 4.
    values = {row["name"]: (row["value"], row["priority"]) for row in told["technologies"]}
    assert values == {"A": (0.875, pytest.approx(0.875 / 1.5)), "B": (0.625, pytest.approx(0.625 / 1.5))}
    assert told["on_worth"] == ["Change"] and told["normalisation"] == "ideal" and told["value_scale"] == [0, 1]
    # Distributive: (1/3 + 2/3 + 2 * 2/3) / 4 = 7/12.
    told = opinion(document, "ahp", normalisation="distributive")
    assert told["technologies"][0]["value"] == pytest.approx(7 / 12)
    json.dumps(told)


@pytest.mark.parametrize(("method", "way"), [("ahp", "vector"), ("topsis", "ideal"), ("ahp", "ratio")])
def test_a_normalisation_of_another_method_is_refused(document, table, method, way):
    with pytest.raises(Refused):
        opinion(document, method, normalisation=way)


def test_copying_by_keys_still_gives_plain_cells(document, table, shown, qtbot):
    reef, seeds, jobs, sharing = table
    score(document, seeds, jobs, value=3)
    screen = shown()
    screen.grid.selectAll()
    qtbot.keyClick(screen.grid, K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "?\tn/a\n3\t?"


def test_where_there_is_nothing_to_look_at_all_stay_shown(document, table, shown, desk):
    screen = shown()
    screen.rows.show_only(DIFFER)
    assert names(screen) == ["Reef", "Seeds"] and desk.notices == ["There is no technology on which the voices differ."]
    desk.do(operations.set_score, table[1], table[2], value=2)
    screen.rows.show_only(UNKNOWN)
    for technology, criterion in ((table[0], table[2]), (table[1], table[2]), (table[1], table[3])):
        desk.do(operations.set_score, technology, criterion, value=3)
    assert len(names(screen)) == 2 and screen.model.shown.only == UNKNOWN
    screen.load()
    assert len(names(screen)) == 2 and screen.model.shown == Shown()
