"""Scores of groups and assessors beside the agreed ones; every number by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import chapter, operations, reading, results, sheet, voices
from tna_desktop.stages.priorities.models import ACCESSIBLE_TEXT, DISPLAY, TOOLTIP
from tna_desktop.stages.priorities.panels import score_voice_room
from tna_desktop.stages.priorities.screen import SCREENS

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def table(document):
    """Two technologies on a scale from 1 to 5 and a cost from 0 to 1000; nothing is agreed yet."""
    jobs = do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1)
    cost = do(document, criteria.add_criterion, "Cost", unit="USD", low=0, high=1000, direction="cost", weight=1)
    reef, seeds = (do(document, operations.add_technology, name) for name in ("Reef", "Seeds"))
    return reef, seeds, jobs, cost


@pytest.fixture
def spoken(document, table):
    """Government, research and A1 on three of the four cells."""
    reef, seeds, jobs, cost = table
    for voice, one, other in (("government", 2, 300), ("research", 3, None), ("A1", 5, 400)):
        do(document, operations.set_score, reef, jobs, value=one, voice=voice)
        do(document, operations.set_score, reef, cost, value=other, voice=voice)
    do(document, operations.set_score, seeds, jobs, value=4, voice="A1")
    return table


@pytest.fixture
def screen(document, qtbot):
    desk = room.new_desk(document)
    desk.notices = []
    desk.noticed.connect(lambda notice: desk.notices.append(notice.text))
    made = SCREENS["scores"](desk, "priorities.scores")
    qtbot.addWidget(made)
    qtbot.addWidget(made.tab)
    qtbot.addWidget(made.worth)
    made.resize(1090, 620)
    made.show()
    return made


def agreed(document, row, column):
    return read(document, reading.matrix).cell(row, column)


def press(qtbot, widget, text):
    for letter in text:
        qtbot.keyClick(widget, letter)


# Reading -----------------------------------------------------------------------------------------------


def test_each_voice_keeps_its_own_scores_and_the_agreed_ones_stay_unknown(document, spoken):
    reef, seeds, jobs, cost = spoken
    assert read(document, reading.matrix, "A1").cell(reef, jobs).value == 5
    assert read(document, reading.matrix, "government").cell(reef, cost).value == 300
    assert not agreed(document, reef, jobs).known
    found = read(document, voices.voices, WORKFLOW)
    assert [(each.key, each.scores) for each in found if each.scores] == [("government", 2), ("research", 1), ("A1", 3)]
    assert [each.key for each in found if not each.group] == ["A1"]


def test_voices_disagree_where_they_lie_further_apart_than_a_quarter_of_the_scale(document, spoken):
    reef, seeds, jobs, cost = spoken
    found = read(document, voices.spreads)
    assert (found[reef, jobs].low, found[reef, jobs].high, found[reef, jobs].count) == (2, 5, 3)
    assert found[reef, jobs].mean == pytest.approx(10 / 3)
    assert found[reef, jobs].far_apart(1, 5)
    # 300 and 400 of 1000 are a tenth apart; a single voice cannot disagree with itself.
    assert not found[reef, cost].far_apart(0, 1000) and not found[seeds, jobs].far_apart(1, 5)
    assert (seeds, cost) not in found
    do(document, operations.set_score, reef, cost, state="not_applicable", voice="research")
    assert read(document, voices.spreads)[reef, cost].far_apart(0, 1000)
    assert read(document, voices.spreads, {(reef, cost), (seeds, cost)}).keys() == {(reef, cost)}


def test_one_point_from_one_to_five_is_no_disagreement_and_two_are(document, table):
    reef, _, jobs, _ = table
    do(document, operations.set_score, reef, jobs, value=2, voice="A1")
    do(document, operations.set_score, reef, jobs, value=3, voice="A2")
    assert not read(document, voices.spreads)[reef, jobs].far_apart(1, 5)
    do(document, operations.set_score, reef, jobs, value=4, voice="A2")
    assert read(document, voices.spreads)[reef, jobs].far_apart(1, 5)


def test_one_voice_that_scored_most_alone_is_named(document, table):
    reef, seeds, jobs, cost = table
    for cell in ((reef, jobs), (reef, cost), (seeds, jobs)):
        do(document, operations.set_score, *cell, value=3, voice="A1")
    do(document, operations.set_score, reef, jobs, value=3, voice="A2")
    assert voices.mostly_one(read(document, voices.spreads)) == ("A1", 2, 3)
    do(document, operations.set_score, seeds, jobs, value=3, voice="A2")
    assert voices.mostly_one(read(document, voices.spreads)) is None


def test_what_each_voice_said_groups_first(document, spoken):
    reef, _, jobs, cost = spoken
    do(document, operations.set_score, reef, jobs, voice="A1", comment="After the storm", evidence="Counted")
    found = read(document, voices.said, WORKFLOW, reef, jobs)
    assert [(each.voice, each.cell.value) for each in found] == [("government", 2), ("research", 3), ("A1", 5)]
    assert found[2].cell.comment == "After the storm" and found[2].cell.evidence == "Counted"
    assert [each.voice for each in read(document, voices.said, WORKFLOW, reef, cost)] == ["government", "A1"]


# Agreeing ----------------------------------------------------------------------------------------------


def test_mean_median_or_one_voice_become_the_agreed_score(document, spoken):
    reef, _, jobs, _ = spoken
    do(document, operations.set_score, reef, jobs, evidence="Workshop of May", sureness="low")
    do(document, voices.take, reef, jobs, voices.MEAN)
    cell = agreed(document, reef, jobs)
    assert cell.value == pytest.approx(10 / 3) and cell.evidence == "Workshop of May" and cell.sureness == "low"
    do(document, voices.take, reef, jobs, voices.MEDIAN)
    assert agreed(document, reef, jobs).value == 3
    do(document, operations.set_score, reef, jobs, value=None, low=4, high=5, voice="A1")
    do(document, voices.take, reef, jobs, "voice", "A1")
    cell = agreed(document, reef, jobs)
    assert (cell.only_range, cell.low, cell.high) == (True, 4, 5)
    with pytest.raises(Refused):
        do(document, voices.take, reef, jobs, "voice", "A9")


def test_means_are_taken_where_nothing_is_agreed_as_one_change(document, spoken):
    reef, seeds, jobs, cost = spoken
    do(document, operations.set_score, seeds, jobs, value=2)
    do(document, operations.set_score, reef, cost, evidence="Only a note so far")
    assert do(document, voices.take_means) == 2
    assert agreed(document, reef, jobs).value == pytest.approx(10 / 3)
    assert agreed(document, reef, cost).value == 350 and agreed(document, reef, cost).evidence == "Only a note so far"
    assert agreed(document, seeds, jobs).value == 2  # was agreed
    assert not agreed(document, seeds, cost).known  # unknown to all stays unknown
    document.undo()
    assert not agreed(document, reef, jobs).known and not agreed(document, reef, cost).known
    document.redo()
    assert agreed(document, reef, cost).value == 350


def test_what_some_say_does_not_apply_is_left_to_be_talked_about(document, spoken):
    reef, seeds, jobs, cost = spoken
    do(document, operations.set_score, reef, jobs, state="not_applicable", voice="research")
    do(document, operations.set_score, seeds, cost, state="not_applicable", voice="research")
    assert do(document, voices.take_means) == 3
    assert not agreed(document, reef, jobs).known
    assert agreed(document, seeds, cost).state == "not_applicable"


def test_the_ranking_counts_the_agreed_scores_alone(document, spoken):
    assert all(row.value is None for row in read(document, results.ranking).technologies)
    do(document, voices.take_means)
    found = {row.name: row.value for row in read(document, results.ranking).technologies}
    # Jobs (10/3 - 1) / 4, cost 1 - 350 / 1000, each half.
    assert found["Reef"] == pytest.approx(100 * ((10 / 3 - 1) / 4 + 0.65) / 2)


# Assessors ---------------------------------------------------------------------------------------------


def test_an_assessor_is_renamed_and_removed_with_all_scores(document, spoken):
    reef, seeds, jobs, cost = spoken
    assert do(document, voices.rename_voice, WORKFLOW, "A1", "MK") == "MK"
    assert read(document, reading.matrix, "MK").cell(seeds, jobs).value == 4
    assert not read(document, reading.matrix, "A1").cells
    assert do(document, voices.remove_voice, WORKFLOW, "MK") == 3
    assert not read(document, reading.matrix, "MK").cells
    document.undo()
    assert read(document, reading.matrix, "MK").cell(reef, jobs).value == 5
    for voice in ("government", ""):
        with pytest.raises(Refused):
            do(document, voices.remove_voice, WORKFLOW, voice)


@pytest.mark.parametrize(
    ("code", "reason"), [(" ", "short code"), ("a1", "already"), ("government", "already"), ("x" * 61, "61")]
)
def test_a_code_that_is_none_or_taken_is_refused(document, spoken, code, reason):
    with pytest.raises(Refused) as refused:
        read(document, voices.new_code, WORKFLOW, code)
    assert reason in language("en").tell(refused.value.reason)


def test_no_report_and_no_workbook_tells_of_voices(document, spoken):
    reef, _, jobs, _ = spoken
    do(document, operations.set_score, reef, jobs, voice="A1", comment="Secret remark", evidence="Assessor's own note")
    do(document, operations.set_score, reef, jobs, value=3, comment="Talked about it")
    words = language("en")
    told = repr(read(document, chapter.chapter, WORKFLOW, words, Options())) + repr(
        read(document, sheet.sheets, WORKFLOW, words, Options())
    )
    for secret in ("A1", "Secret remark", "Assessor's own note", "Talked about it"):
        assert secret not in told


# Ranges ------------------------------------------------------------------------------------------------


def test_a_range_or_an_estimate_is_typed_in_the_grid(document, table, screen, qtbot):
    reef, seeds, jobs, cost = table
    screen.grid.go_to(screen.model.place(reef, cost))
    press(qtbot, screen.grid, "4")
    screen.grid.editor.setText("400..600")
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    cell = agreed(document, reef, cost)
    assert (cell.only_range, cell.low, cell.high, cell.value) == (True, 400, 600, 500)
    assert screen.model.data(screen.model.place(reef, cost), DISPLAY) == "400–600"
    press(qtbot, screen.grid, "1")  # the cell below
    screen.grid.editor.setText("400..550..600")
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    cell = agreed(document, seeds, cost)
    assert (cell.value, cell.low, cell.high, cell.only_range) == (550, 400, 600, False)
    assert "between 400 and 600" in screen.model.data(screen.model.place(seeds, cost), TOOLTIP)
    # The editor shows it as it was typed; a plain number instead lets the range go.
    screen.grid.go_to(screen.model.place(seeds, cost))
    qtbot.keyClick(screen.grid, K.Key_F2)
    assert screen.grid.editor.text() == "400..550..600"
    screen.grid.editor.setText("500")
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    cell = agreed(document, seeds, cost)
    assert (cell.value, cell.low, cell.high) == (500, None, None)


@pytest.mark.parametrize("text", ["600..400", "400..", "1..2..3..4", "400..1200", "a..b"])
def test_a_range_that_cannot_be_is_refused_in_its_cell(document, table, screen, qtbot, text):
    reef, _, _, cost = table
    screen.grid.go_to(screen.model.place(reef, cost))
    press(qtbot, screen.grid, "4")
    screen.grid.editor.setText(text)
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    assert screen.grid.editor is not None and screen.grid.editor.text() == text
    assert not agreed(document, reef, cost).known


def test_a_point_after_a_score_from_one_to_five_begins_a_range(document, table, screen, qtbot):
    reef, _, jobs, _ = table
    screen.grid.go_to(screen.model.place(reef, jobs))
    press(qtbot, screen.grid, "3.")
    assert screen.grid.editor.text() == "3.."
    screen.grid.editor.setText("3..4")
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    cell = agreed(document, reef, jobs)
    assert (cell.low, cell.high, cell.only_range) == (3, 4, True)


def test_ranges_go_to_a_spreadsheet_and_come_back(document, table, screen, qtbot):
    reef, seeds, jobs, cost = table
    screen.grid.go_to(screen.model.place(reef, jobs))
    screen.paste("2..4\t400..550..600\nn/a\t12.5")
    assert (agreed(document, reef, jobs).low, agreed(document, reef, jobs).high) == (2, 4)
    before = read(document, reading.matrix).cells
    screen.grid.selectAll()
    qtbot.keyClick(screen.grid, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2..4\t400..550..600\nn/a\t12.5"
    do_clear = [(row, column) for row in (reef, seeds) for column in (jobs, cost)]
    screen.desk.do(operations.clear_scores, do_clear)
    screen.grid.go_to(screen.model.index(0, 0))
    qtbot.keyClick(screen.grid, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert read(document, reading.matrix).cells == before


def test_depends_and_do_not_know_by_key(document, table, screen, qtbot):
    reef, _, jobs, _ = table
    screen.grid.go_to(screen.model.place(reef, jobs))
    press(qtbot, screen.grid, "d")
    assert agreed(document, reef, jobs).state == "unknown"  # there is no score yet that could depend
    press(qtbot, screen.grid, "4d")
    assert (agreed(document, reef, jobs).state, agreed(document, reef, jobs).value) == ("conditional", 4)
    press(qtbot, screen.grid, "d")
    assert agreed(document, reef, jobs).state == "value"
    press(qtbot, screen.grid, "?")
    assert not agreed(document, reef, jobs).known


def test_a_comment_stays_with_its_score(document, table, screen, qtbot):
    reef, seeds, jobs, _ = table
    screen.grid.go_to(screen.model.place(reef, jobs))
    screen.tab.comment.editor.setPlainText("Two of us were not sure.")
    screen.grid.go_to(screen.model.place(seeds, jobs))
    assert agreed(document, reef, jobs).comment == "Two of us were not sure."
    assert screen.tab.comment.value() == ""
    assert not agreed(document, reef, jobs).known  # said of a score nobody has given


# The screen by voice -----------------------------------------------------------------------------------


def test_typing_in_a_voice_writes_that_voice(document, spoken, screen, qtbot):
    reef, seeds, jobs, cost = spoken
    screen.voices.switch.chosen.emit("government")
    assert screen.model.data(screen.model.place(reef, jobs), DISPLAY) == "2"
    screen.grid.go_to(screen.model.place(seeds, jobs))
    press(qtbot, screen.grid, "1")
    screen.paste("5")
    screen.tab.evidence.editor.setPlainText("Ministry's count")
    screen.voices.switch.chosen.emit("")
    cell = read(document, reading.matrix, "government").cell(seeds, jobs)
    assert cell.value == 5 and cell.evidence == "Ministry's count"
    assert not agreed(document, seeds, jobs).known and not agreed(document, seeds, jobs).evidence
    assert screen.model.data(screen.model.place(seeds, jobs), DISPLAY) == "–"


def test_disagreement_is_shown_said_and_found(document, spoken, screen, qtbot):
    reef, seeds, jobs, cost = spoken
    place = screen.model.place(reef, jobs)
    assert "The voices disagree: 3 of them go from 2 to 5." in screen.model.data(place, ACCESSIBLE_TEXT)
    assert screen.model.apart(reef, screen.model.columns[0]) == "2–5"
    assert screen.model.apart(reef, screen.model.columns[1]) == ""
    assert screen.voices.line.isVisible() and "one score" in screen.voices.line.accessibleName()
    screen.grid.go_to(screen.model.place(seeds, cost))
    press(qtbot, screen.grid, "x")
    assert screen.model.key(screen.grid.currentIndex()) == (reef, jobs)
    # What changes in a voice is seen beside the agreed scores at once.
    do_ = screen.desk.do
    do_(operations.set_score, reef, jobs, value=3, voice="A1")
    assert screen.model.apart(reef, screen.model.columns[0]) == ""
    do_(operations.set_score, seeds, jobs, value=1, voice="government")
    assert screen.model.apart(seeds, screen.model.columns[0]) == "1–4"
    screen.desk.undo()
    assert screen.model.apart(seeds, screen.model.columns[0]) == ""


def test_the_panel_lists_what_each_voice_said_and_takes_it(document, spoken, screen, qtbot):
    reef, seeds, jobs, cost = spoken
    screen.tab.show()
    screen.grid.go_to(screen.model.place(reef, jobs))
    box = screen.tab.voices
    lines = [box.list.item(at).text() for at in range(box.list.count())]
    assert lines == ["Government and agencies: 2", "Research and academia: 3", "A1: 5"]
    assert box.mean.words() == "Take the mean, 3.33" and box.median.words() == "Take the median, 3"
    assert not box.one.isEnabled()
    qtbot.mouseClick(box.median, Qt.MouseButton.LeftButton)
    assert agreed(document, reef, jobs).value == 3
    box.list.setCurrentRow(2)
    qtbot.mouseClick(box.one, Qt.MouseButton.LeftButton)
    assert agreed(document, reef, jobs).value == 5
    screen.grid.go_to(screen.model.place(seeds, cost))
    assert not box.isVisibleTo(screen.tab)


def test_the_means_are_taken_from_the_line_above(document, spoken, screen, qtbot):
    reef, seeds, jobs, cost = spoken
    take = next(each for each in screen.voices.line.buttons() if "means" in each.words())
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert screen.desk.notices[-1] == "3 means taken as agreed"
    assert screen.model.data(screen.model.place(reef, cost), DISPLAY) == "350"
    assert not any("means" in each.words() for each in screen.voices.line.buttons())


def test_assessors_come_and_go_on_the_screen(document, table, screen, qtbot, monkeypatch):
    reef, _, jobs, _ = table
    answers = iter(["B2", "B3"])
    monkeypatch.setattr(score_voice_room, "ask_code", lambda _p, _l, _q, _v, understood, *_: understood(next(answers)))
    screen.voices.add()
    assert screen.voice == "B2" and [each.key for each in screen.voices.voices()][-1] == "B2"
    screen.grid.go_to(screen.model.place(reef, jobs))
    press(qtbot, screen.grid, "4")
    screen.voices.rename()
    assert screen.voice == "B3" and read(document, reading.matrix, "B3").cell(reef, jobs).value == 4
    assert screen.model.data(screen.model.place(reef, jobs), DISPLAY) == "4"
    screen.voices.remove()
    assert screen.voice == "" and not read(document, reading.matrix, "B3").cells
    assert "B3" not in [each.key for each in screen.voices.voices()]


# The value of a score ----------------------------------------------------------------------------------


def test_the_value_of_a_score_is_drawn_dragged_and_moved_by_keys(document, table, screen, qtbot):
    reef, _, _, cost = table
    screen.worth.resize(276, 620)
    screen.worth.show()
    screen.grid.go_to(screen.model.place(reef, cost))
    tab = screen.worth
    assert tab.shape.current() == "" and not tab.add.isVisible()
    qtbot.mouseClick(tab.shape.buttons()[1], Qt.MouseButton.LeftButton)
    assert fact(document, cost) == ("piecewise", "0:100 500:50 1000:0")
    curve = tab.curve
    here = curve.place((500, 50)).toPoint()
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=here)
    qtbot.mouseMove(curve, QPoint(here.x(), curve.place((500, 80)).toPoint().y()))
    assert fact(document, cost)[1] == "0:100 500:50 1000:0"  # kept when it is let go
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton)
    moved = dict(curve.points)[500]
    assert abs(moved - 80) <= 1 and fact(document, cost)[1] == f"0:100 500:{moved:g} 1000:0"
    curve.setFocus()
    curve.chosen = 0
    qtbot.keyClick(curve, K.Key_PageDown)
    qtbot.keyClick(curve, K.Key_Up)
    qtbot.keyClick(curve, K.Key_Right, SHIFT)
    before = document.seq
    curve._keep()
    assert document.seq == before + 1 and fact(document, cost)[1] == f"0:100 600:{moved + 1:g} 1000:0"
    screen.desk.undo()
    assert dict(curve.points) == {0: 100, 500: moved, 1000: 0}


def test_points_are_typed_added_and_removed(document, table, screen, qtbot):
    reef, _, _, cost = table
    screen.grid.go_to(screen.model.place(reef, cost))
    tab = screen.worth
    tab.show()
    qtbot.mouseClick(tab.shape.buttons()[3], Qt.MouseButton.LeftButton)
    assert fact(document, cost)[0] == "steps"
    level, worth, _ = tab._rows[1]
    level.setFocus()
    level.selectAll()
    qtbot.keyClicks(level, "250")
    qtbot.keyClick(level, K.Key_Return)
    assert fact(document, cost)[1].split()[1] == "250:50"
    worth.selectAll()
    qtbot.keyClicks(worth, "150")
    qtbot.keyClick(worth, K.Key_Return)
    assert "between 0 and 100" in tab.problem.text() and fact(document, cost)[1].split()[1] == "250:50"
    worth.selectAll()
    qtbot.keyClicks(worth, "60")
    qtbot.keyClick(worth, K.Key_Return)
    assert fact(document, cost)[1].split()[1] == "250:60" and not tab.problem.text()
    count = len(fact(document, cost)[1].split())
    qtbot.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    assert len(fact(document, cost)[1].split()) == count + 1
    tab._rows[0][2].click()
    assert len(fact(document, cost)[1].split()) == count and fact(document, cost)[1].startswith("0:")
    qtbot.mouseClick(tab.shape.buttons()[0], Qt.MouseButton.LeftButton)
    assert fact(document, cost) == ("", "")


def fact(document, criterion):
    from tna_desktop.stages.criteria import reading as criteria_reading

    row = next(row for row in read(document, criteria_reading.criteria) if row["id"] == criterion)
    return row["value_shape"], row["value_points"]
