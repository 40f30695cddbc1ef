"""The screens of stage 3 as a person uses them: type, click, paste, drag, take back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations, reading, results
from tna_desktop.stages.priorities.models import ACCESSIBLE_TEXT, DISPLAY
from tna_desktop.stages.priorities.panels import score_import
from tna_desktop.stages.priorities.score_rows import Shown
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.ui.library import LibraryPicker

K = Qt.Key


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    made = room.new_desk(document)
    made.notices = []
    made.noticed.connect(lambda notice: made.notices.append(notice.text))
    made.places = []
    made.went.connect(made.places.append)
    return made


@pytest.fixture
def shown(desk, qtbot):
    """Shows the screen of a step, ready to be used."""

    def show(step, width=1090, height=620):
        screen = SCREENS[step](desk, f"priorities.{step}")
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        return screen

    return show


@pytest.fixture
def scored(document):
    """Four technologies on two scales from 1 to 5 and a cost in USD; the last has an unknown cost."""
    group = do(document, criteria.add_group, "Nature")
    columns = [
        do(
            document,
            criteria.add_criterion,
            "Habitats",
            low=1,
            high=5,
            weight=2,
            group_id=group,
            anchor_1="None",
            anchor_5="Many",
        ),
        do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1),
        do(document, criteria.add_criterion, "Cost", unit="USD", low=0, high=1000, direction="cost", weight=1),
    ]
    rows = [do(document, operations.add_technology, name) for name in ("Reef", "Seeds", "Drones", "Traps")]
    scores = [[5, 4, 100], [4, 5, 500], [2, 2, 200], [1, 1, None]]
    cells = [
        (row, column, {"value": value})
        for row, line in zip(rows, scores, strict=True)
        for column, value in zip(columns, line, strict=True)
        if value is not None
    ]
    do(document, operations.set_scores, cells)
    return rows, columns


def press(qtbot, widget, text):
    for letter in text:
        qtbot.keyClick(widget, letter)


def cell(document, row, column):
    return read(document, reading.matrix).cell(row, column)


def in_dialog(act):
    """Do something in the dialog that opens next."""

    def later():
        act(QApplication.activeModalWidget())

    QTimer.singleShot(0, later)


# Scores ------------------------------------------------------------------------------------------------


def test_number_keys_score_and_nothing_else_is_told(document, shown, scored, qtbot):
    (reef, *_), (habitats, *_) = scored
    screen = shown("scores")
    told = []
    screen.model.dataChanged.connect(
        lambda first, last, *_: told.append((first.row(), first.column(), last.row(), last.column()))
    )
    screen.model.modelReset.connect(lambda: told.append("everything"))
    screen.grid.go_to(screen.model.place(reef, habitats))
    press(qtbot, screen.grid, "3")
    assert cell(document, reef, habitats).value == 3
    assert told == [(0, 0, 0, 0)]
    press(qtbot, screen.grid, "9")
    assert cell(document, reef, habitats).value == 3
    press(qtbot, screen.grid, "0")
    assert not cell(document, reef, habitats).known
    document_change = screen.desk.undo()
    assert document_change is not None and screen.model.data(screen.model.place(reef, habitats), DISPLAY) == "3"


def test_digits_open_the_number_editor_where_something_was_measured(document, shown, scored, qtbot):
    (reef, seeds, *_), (_, _, cost) = scored
    screen = shown("scores")
    screen.grid.go_to(screen.model.place(reef, cost))
    press(qtbot, screen.grid, "250")
    qtbot.keyClick(screen.grid, "2")
    editor = screen.grid.editor
    assert editor is not None
    editor.setText("1 250")
    qtbot.keyClick(editor, K.Key_Return)
    assert (
        screen.grid.editor is editor and cell(document, reef, cost).value == 100
    )  # beyond the scale: what was typed stays
    editor.setText("250,5")
    qtbot.keyClick(editor, K.Key_Return)
    assert cell(document, reef, cost).value == 250.5
    assert screen.grid.editor is None and screen.model.key(screen.grid.currentIndex()) == (seeds, cost)
    qtbot.keyClick(screen.grid, K.Key_Return)
    screen.grid.editor.setText("7")
    qtbot.keyClick(screen.grid.editor, K.Key_Escape)
    assert cell(document, seeds, cost).value == 500


def test_letters_say_what_is_known_of_a_score(document, shown, scored, qtbot):
    (reef, *_), (habitats, jobs, _) = scored
    screen = shown("scores")
    screen.grid.go_to(screen.model.place(reef, habitats))
    levels = []
    for _ in range(4):
        press(qtbot, screen.grid, "c")
        levels.append(cell(document, reef, habitats).sureness)
    assert levels == ["low", "medium", "high", ""]
    press(qtbot, screen.grid, "a")
    assert cell(document, reef, habitats).state == "not_applicable"
    assert screen.model.data(screen.model.place(reef, habitats), DISPLAY) == "n/a"
    press(qtbot, screen.grid, "-")
    assert cell(document, reef, habitats).state == "unknown"


def test_next_empty_goes_to_what_is_unknown(shown, scored, qtbot):
    rows, columns = scored
    screen = shown("scores")
    screen.grid.go_to(screen.model.index(0, 0))
    assert screen.progress.accessibleName() == "11 of 12 cells scored"
    press(qtbot, screen.grid, "n")
    assert screen.model.key(screen.grid.currentIndex()) == (rows[3], columns[2])
    press(qtbot, screen.grid, "1")
    qtbot.keyClick(screen.grid.editor, K.Key_Return)
    assert screen.progress.accessibleName() == "12 of 12 cells scored"
    assert not screen.next_button.isEnabled()


def test_a_block_is_chosen_with_shift_and_scored_as_one_change(document, shown, scored, qtbot):
    (reef, seeds, *_), (habitats, jobs, cost) = scored
    screen = shown("scores")
    screen.grid.go_to(screen.model.place(reef, habitats))
    for key in (K.Key_Right, K.Key_Right, K.Key_Down):
        qtbot.keyClick(screen.grid, key, Qt.KeyboardModifier.ShiftModifier)
    assert len(screen.grid.chosen()) == 6
    press(qtbot, screen.grid, "2")
    assert [cell(document, row, column).value for row in (reef, seeds) for column in (habitats, jobs)] == [2, 2, 2, 2]
    assert cell(document, reef, cost).value == 100
    screen.desk.undo()
    assert [cell(document, row, column).value for row in (reef, seeds) for column in (habitats, jobs)] == [5, 4, 4, 5]


def test_pasting_is_one_change_and_names_what_it_left_out(document, shown, scored, desk, qtbot):
    (reef, seeds, *_), (habitats, jobs, cost) = scored
    screen = shown("scores")
    screen.grid.go_to(screen.model.place(reef, habitats))
    before = document.seq
    QGuiApplication.clipboard().setText("3\t7\tn/a\n1\t\tmany")
    qtbot.keyClick(screen.grid, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document.seq == before + 1
    assert cell(document, reef, habitats).value == 3 and cell(document, reef, jobs).value == 4
    assert cell(document, reef, cost).state == "not_applicable"
    assert cell(document, seeds, habitats).value == 1 and not cell(document, seeds, jobs).known
    assert screen.banner.isVisible()
    said = screen.banner.accessibleName()
    assert "2 cells were left out" in said and "Reef, Jobs" in said and "Seeds, Cost" in said
    desk.undo()
    assert cell(document, seeds, jobs).value == 5


def test_copied_scores_come_back_the_same(document, shown, scored, qtbot):
    rows, columns = scored
    screen = shown("scores")
    screen.grid.selectAll()
    qtbot.keyClick(screen.grid, K.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.split("\n")[0] == "5\t4\t100" and text.split("\n")[3] == "1\t1\t?"
    before = document.seq
    screen.grid.go_to(screen.model.index(0, 0))
    qtbot.keyClick(screen.grid, K.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document.seq == before  # nothing is different, so nothing is logged


def test_the_tab_tells_and_changes_the_score_the_keyboard_is_on(document, shown, scored, qtbot):
    (reef, *_), (habitats, _, cost) = scored
    screen = shown("scores")
    tab = screen.panel_tabs()[0][1]
    qtbot.addWidget(tab)
    tab.show()
    screen.grid.go_to(screen.model.place(reef, habitats))
    assert (tab.technology.text(), tab.criterion.text(), tab.anchors.current()) == ("Reef", "Habitats", "5")
    tab.anchors.buttons()[3].click()
    assert cell(document, reef, habitats).value == 2
    tab.sureness.buttons()[2].click()
    tab.evidence.editor.setPlainText("Parks 2024")
    screen.grid.go_to(screen.model.place(reef, cost))  # leaving the score keeps what was written about it
    assert (cell(document, reef, habitats).sureness, cell(document, reef, habitats).evidence) == ("high", "Parks 2024")
    assert cell(document, reef, cost).evidence == ""
    tab.low.editor.setText("150")
    tab.low.commit()
    assert tab.low.error() and cell(document, reef, cost).low is None
    tab.low.editor.setText("50")
    tab.low.commit()
    assert not tab.low.error() and cell(document, reef, cost).low == 50
    tab.state.buttons()[2].click()
    assert cell(document, reef, cost).state == "not_applicable"


def test_a_sector_can_be_shown_alone(document, shown, scored):
    rows, _ = scored
    sector = do(document, operations.add_sector, "Coast")
    do(document, operations.change_technology, rows[1], sector_id=sector)
    screen = shown("scores")
    screen.rows.show(Shown(sector=sector))
    assert [row["name"] for row in screen.model.rows] == ["Seeds"]
    assert screen.rows.button.words() == "Coast: 1 of 4" and screen.progress.accessibleName() == "3 of 3 cells scored"
    screen.show_place(Place("priorities.scores", rows[0]))
    assert screen.model.rowCount() == 4 and screen.model.key(screen.grid.currentIndex())[0] == rows[0]


def test_every_cell_speaks(document, shown, scored):
    (reef, _, _, traps), (habitats, _, cost) = scored
    do(document, operations.set_score, reef, habitats, sureness="low", evidence="Parks 2024")
    screen = shown("scores")
    QAbstractItemModelTester(screen.model)
    said = screen.model.data(screen.model.place(reef, habitats), ACCESSIBLE_TEXT)
    assert said == "Reef, Habitats: 5 of 5. low sureness. Parks 2024"
    assert screen.model.data(screen.model.place(traps, cost), ACCESSIBLE_TEXT) == "Traps, Cost: unknown"


def test_a_cost_is_darker_where_it_is_lower(shown, scored):
    (reef, seeds, *_), (_, _, cost) = scored
    screen = shown("scores")
    model = screen.model
    tints = [model.position(model.columns[2], model.cell(model.place(row, cost))) for row in (reef, seeds)]
    assert tints == [pytest.approx(0.9), pytest.approx(0.5)]


def test_without_technologies_the_screen_says_how_to_begin(shown, desk):
    screen = shown("scores")
    assert screen.pages.currentIndex() == 1
    screen._empty.buttons()[0].click()
    assert desk.places[-1].step == "priorities.longlist"


# Importing ---------------------------------------------------------------------------------------------


def test_a_table_is_imported_after_a_preview(document, shown, desk, tmp_path):
    screen = shown("scores")
    path = tmp_path / "scores.csv"
    path.write_text("technology,Jobs,Cost\n#direction,benefit,cost\nReef,5,10\nSeeds,3,20\n")
    in_dialog(lambda dialog: dialog.reject())
    assert not score_import.import_file(screen, desk, path)
    assert read(document, reading.technologies) == []
    in_dialog(lambda dialog: dialog.accept())
    assert score_import.import_file(screen, desk, path)
    assert screen.progress.accessibleName() == "4 of 4 cells scored" and screen.pages.currentIndex() == 0


def test_problem_cells_are_left_out_only_when_the_person_says_so(document, shown, desk, tmp_path):
    screen = shown("scores")
    path = tmp_path / "scores.csv"
    path.write_text("technology,Jobs,Cost\n#direction,benefit,cost\nReef,5,ten\nSeeds,3,20\nreef,1,1\n")
    seen = []

    def look(dialog):
        seen.append((dialog.verb_button.words(), dialog.safe_button.isDefault()))
        dialog.reject()

    in_dialog(look)
    assert not score_import.import_file(screen, desk, path)
    assert seen == [("Leave 2 cells out and import", True)] and read(document, reading.technologies) == []
    in_dialog(lambda dialog: dialog.accept())
    assert score_import.import_file(screen, desk, path)
    assert [row["name"] for row in read(document, reading.technologies)] == ["Reef", "Seeds"]
    assert read(document, reading.matrix).known() == 3


def test_a_file_that_is_no_table_is_refused_in_one_sentence(shown, desk, tmp_path):
    screen = shown("scores")
    path = tmp_path / "page.csv"
    path.write_text("<html></html>")
    assert not score_import.import_file(screen, desk, path)
    assert "web page" in desk.notices[-1]


# Ranking -----------------------------------------------------------------------------------------------


def test_the_ranking_opens_with_its_sentence(document, shown, scored):
    screen = shown("ranking")
    assert "Reef comes first" in screen.banner.accessibleName()
    assert "No shortlist is chosen yet" in screen.banner.accessibleName()
    QAbstractItemModelTester(screen.model)
    said = [screen.model.data(screen.model.index(at), ACCESSIBLE_TEXT) for at in range(4)]
    # Reef: (2*100 + 75 + 90) / 4 = 91.25 points, shown as 91.3.
    assert said[0] == "Rank 1: Reef, 91.3 points of 100"
    # Traps: nothing but at most 25 points from its unknown cost.
    assert said[3] == "No rank: Traps, between 0 and 25 points, one score unknown"


def test_the_line_chooses_the_shortlist(document, shown, scored, qtbot):
    screen = shown("ranking")
    handle = screen.view.handle
    handle.setFocus()
    for _ in range(2):
        qtbot.keyClick(handle, K.Key_Down)
    assert [row["name"] for row in read(document, reading.shortlist)] == ["Reef", "Seeds"]
    assert handle.accessibleName() == "Shortlist: first 2"
    qtbot.keyClick(handle, K.Key_Up)
    assert handle.accessibleName() == "Shortlist: the first one"
    screen.desk.undo()
    assert handle.accessibleName() == "Shortlist: first 2" and screen.view.cut == 2
    for _ in range(5):
        qtbot.keyClick(handle, K.Key_Down)
    assert len(read(document, reading.shortlist)) == 3  # never past the last one that has a rank


def test_the_line_can_be_dragged(document, shown, scored, qtbot):
    screen = shown("ranking")
    view = screen.view
    third = view.visualRect(screen.model.index(2)).bottom()
    handle = view.handle
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    view.drag_to(third)
    assert view.cut == 3 and read(document, reading.shortlist) == []  # nothing is decided while it moves
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert len(read(document, reading.shortlist)) == 3


def test_departing_from_the_ranking_asks_why(document, shown, scored, qtbot):
    rows, _ = scored
    do(document, operations.choose_shortlist, [rows[0]])
    screen = shown("ranking")
    screen.view.setCurrentIndex(screen.model.index(2))

    def without_reason(dialog):
        dialog.accept()
        assert dialog.isVisible() and dialog.reason.error()
        dialog.reject()

    in_dialog(without_reason)
    qtbot.keyClick(screen.view, K.Key_Space)
    assert len(read(document, reading.shortlist)) == 1

    def with_reason(dialog):
        dialog.reason.set_value("The islands asked for it")
        dialog.decided_by.set_value("Steering group")
        dialog.accept()

    in_dialog(with_reason)
    qtbot.keyClick(screen.view, K.Key_Space)
    assert [row["name"] for row in read(document, reading.shortlist)] == ["Reef", "Drones"]
    assert [each.name for each in screen.ranking.departures()] == ["Drones"]
    decision = read(document, assessment.decisions, "priorities.ranking")[0]
    assert (decision["reason"], decision["decided_by"]) == ("The islands asked for it", "Steering group")
    assert "departs from the ranking for Drones" in screen.banner.accessibleName()
    assert screen.view.handle.accessibleName() == "Shortlist: the first one, 1 more"


def test_the_next_one_after_the_line_needs_no_reason(document, shown, scored, qtbot):
    rows, _ = scored
    do(document, operations.choose_shortlist, [rows[0]])
    screen = shown("ranking")
    screen.view.setCurrentIndex(screen.model.index(1))
    qtbot.keyClick(screen.view, K.Key_Space)
    assert [row["name"] for row in read(document, reading.shortlist)] == ["Reef", "Seeds"]


def test_a_click_on_the_number_leads_to_the_scores(shown, scored, desk, qtbot):
    rows, _ = scored
    screen = shown("ranking")
    rect = screen.view.visualRect(screen.model.index(0))
    number = screen.view.itemDelegate().number_rect(
        rect.toRectF() if hasattr(rect, "toRectF") else rect, screen.model.rows[0]
    )
    qtbot.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(number.center()).toPoint())
    assert desk.places[-1] == Place("priorities.scores", rows[0])


def test_rows_change_places_when_scores_change(document, shown, scored, desk):
    (reef, seeds, *_), (habitats, *_) = scored
    screen = shown("ranking")
    screen.view.setCurrentIndex(screen.model.index(1))
    desk.do(operations.set_score, reef, habitats, value=1)
    assert [row.name for row in screen.model.rows][:1] == ["Seeds"]
    assert screen.view.current().name == "Seeds"  # the one that was chosen, at its new place


def test_the_table_has_exact_values_and_the_chart_can_be_copied(shown, scored, desk):
    screen = shown("ranking")
    screen.switch_view()
    first = screen.table.rows()[0].values
    assert (first["rank"], first["name"], first["value"]) == ("1", "Reef", 91.25)
    screen.switch_view()
    screen.copy_chart()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and bytes(data.data("image/svg+xml").data()).startswith(b"<svg")
    assert "Reef" in data.text()


def test_a_failed_gate_stands_at_the_end_with_its_name(document, shown, scored):
    rows, _ = scored
    gate = do(document, criteria.add_gate, "No damage")
    do(document, operations.answer_gate, rows[0], gate, "fail", "Harms the river")
    screen = shown("ranking")
    assert screen.model.data(screen.model.index(3), ACCESSIBLE_TEXT) == "Reef: not ranked, did not pass No damage"


def test_nothing_to_rank_says_what_is_missing(shown, desk):
    screen = shown("ranking")
    screen._empty.buttons()[0].click()
    assert desk.places[-1].step == "criteria.tree"


# Sectors and long list ---------------------------------------------------------------------------------


def test_sectors_are_answered_in_the_table(document, shown, desk):
    first = WORKFLOW.catalogue("sector_questions").entries[0].key
    ids = [do(document, operations.add_sector, name) for name in ("Fisheries", "Crops")]
    do(document, operations.change_sector, ids[0], chosen=True)
    screen = shown("sectors")
    column = screen.table.model.column_of(operations.ANSWER + first)
    screen.table.view.put(screen.table.model.index(0, column), 4)
    assert read(document, reading.sectors)[0]["scores"] == {first: 4}
    row = screen.table.rows()[0]
    assert row.values["mean"] is None and "reason" in row.marks and "reason" not in screen.table.rows()[1].marks
    for question in WORKFLOW.catalogue("sector_questions").entries:
        desk.do(operations.score_sector, ids[1], question.key, 3)
    assert screen.table.rows()[1].values["mean"] == 3 and screen.table.rows()[1].values["rank"] == 1


def test_sectors_are_offered_by_kind_and_taken_when_chosen(document, shown, monkeypatch):
    offered = []

    def choose(parent, language, title, groups, **more):
        offered.extend(groups)
        return ["fisheries", "forestry"]

    monkeypatch.setattr(LibraryPicker, "choose", choose)
    screen = shown("sectors")
    assert read(document, reading.sectors) == []
    screen.open_library()
    assert [name for name, _ in offered] == ["Economic sector", "Ecosystem programme", "Cross-cutting issue"]
    assert [row["name"] for row in read(document, reading.sectors)] == ["Forestry and wood", "Fisheries"]
    offered.clear()
    screen.open_library()
    assert {entry.key for _, entries in offered for entry in entries if entry.taken} == {"fisheries", "forestry"}


def test_the_fact_sheet_keeps_what_is_written(document, shown, qtbot):
    id = do(document, operations.add_technology, "Nets")
    other = do(document, operations.add_technology, "Traps")
    screen = shown("longlist")
    sheet = screen.panel_tabs()[0][1]
    qtbot.addWidget(sheet)
    sheet.show()
    screen.table.select(id)
    assert sheet.title.text() == "Nets"
    sheet.fields["costs"].editor.setPlainText("USD 200 each")
    screen.table.select(other)
    rows = {row["name"]: row for row in read(document, reading.technologies)}
    assert rows["Nets"]["costs"] == "USD 200 each" and rows["Traps"]["costs"] == ""
    assert sheet.fields["costs"].value() == ""
    hardware, software = sheet.shares.boxes
    hardware.editor.setText("60 %")
    hardware.commit()
    assert read(document, reading.technologies)[1]["hardware"] is None  # one alone is not enough
    software.editor.setText("50")
    software.commit()
    assert software.error()
    software.editor.setText("30")
    software.commit()
    found = read(document, reading.technologies)[1]
    assert (found["hardware"], found["software"], found["orgware"]) == pytest.approx((0.6, 0.3, 0.1))
    assert sheet.shares.rest.value() == "10 %"
    assert screen.mix.accessibleName() == "On average: Hardware 60 %, Know-how 30 % and Organisation 10 %"


def test_a_failed_gate_needs_a_reason_and_marks_the_technology(document, shown, qtbot):
    id = do(document, operations.add_technology, "Nets")
    screen = shown("longlist")
    gates = screen.panel_tabs()[1][1]
    qtbot.addWidget(gates)
    gates.show()
    screen.table.select(id)
    gates.model_button.click()
    names = [field.accessibleName() or field.gate for field in gates.gates]
    assert len(names) == 5  # lawful access concerns only what uses genetic resources
    field = gates.gates[0]
    next(button for button in field.answer.buttons() if button.key == "fail").click()
    assert field.reason.error() and read(document, reading.gate_answers) == {}
    field.reason.editor.setPlainText("Harms the river")
    field.reason.commit()
    assert read(document, reading.gate_answers) == {(id, field.gate): ("fail", "Harms the river")}
    assert "name" in screen.table.rows()[0].marks
    assert read(document, results.ranking).technologies[0].failed


@pytest.mark.parametrize("step", list(SCREENS))
def test_every_screen_fits_a_small_laptop(shown, scored, step):
    screen = shown(step, 842, 570)
    assert screen.minimumSizeHint().width() <= 842
