"""Working in an assessment: the way along the rail, what the guide says, undo, languages and narrow windows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place
from tna_desktop.shell.keyboard import next_region
from tna_desktop.shell.palette import Palette
from tna_desktop.shell.rail_rows import StageRow, StepRow


def stage_row(space, key: str) -> StageRow:
    return next(row for row in space.rail.rows() if isinstance(row, StageRow) and row.key == key)


def step_row(space, place: str) -> StepRow:
    return next(row for row in space.rail.rows() if isinstance(row, StepRow) and row.place == place)


def test_only_steps_with_a_screen_are_on_the_way(space) -> None:
    assert [stop.place for stop in space.route] == [
        "stakeholders.scope",
        "stakeholders.register",
        "criteria.weights",
    ]
    assert space.here() == "stakeholders.scope"
    assert "Register" in space.header.next.words()


def test_next_leads_through_all_steps_and_ends(space) -> None:
    space.header.next.click()
    assert space.here() == "stakeholders.register"
    assert space.header.question() == "Who has a stake?"
    space.header.next.click()
    assert space.here() == "criteria.weights"
    assert space.header.next.isHidden()


def test_the_rail_says_in_words_how_each_stage_stands(space, qtbot) -> None:
    space.show_step("stakeholders.register")
    space.header.done.click()
    qtbot.waitUntil(lambda: "1 of 2 steps done" in stage_row(space, "stakeholders").accessibleName())
    name = stage_row(space, "stakeholders").accessibleName()
    assert name.startswith("Stage 1, Stakeholders, 1 of 2 steps done") and "current" in name
    assert "something needs a look" in step_row(space, "stakeholders.register").accessibleName()
    assert step_row(space, "criteria.weights").isHidden()
    assert space.desk.read(assessment.steps_done) == {"stakeholders.register"}


def test_a_stage_opens_at_its_first_step_that_is_not_done(space) -> None:
    space.desk.do(assessment.mark_step, "stakeholders.scope", True)
    space.show_step("criteria.weights")
    stage_row(space, "stakeholders").click()
    assert space.here() == "stakeholders.register"


def test_arrow_keys_go_along_the_rail(space, qtbot) -> None:
    row = stage_row(space, "stakeholders")
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Down)
    qtbot.keyClick(space.rail.window().focusWidget(), Qt.Key.Key_Down)
    assert space.rail.window().focusWidget() is step_row(space, "stakeholders.register")
    qtbot.keyClick(step_row(space, "stakeholders.register"), Qt.Key.Key_Return)
    assert space.here() == "stakeholders.register"


def test_a_check_in_the_guide_leads_to_one_place_after_the_other(space) -> None:
    space.show_step("stakeholders.register")
    attention, good = space.guide.rows()
    assert attention.accessibleName() == "At least two are listed: needs a look"
    assert good.accessibleName() == "Groups are balanced: good"
    attention.ask()
    attention.ask()
    good.ask()
    assert [place.record for place in space.screen().shown] == ["first", "second"]


def test_undo_names_what_it_takes_back(space) -> None:
    assert not space.appbar.undo.isEnabled()
    space.desk.do(assessment.record_decision, what="Six groups take part")
    assert space.appbar.undo.toolTip() == "Undo: Decision recorded: Six groups take part"
    space.appbar.undo.click()
    assert space.desk.read(assessment.decisions) == []
    assert space.appbar.redo.toolTip() == "Redo: Decision recorded: Six groups take part"
    space.appbar.redo.click()
    assert len(space.desk.read(assessment.decisions)) == 1


def test_notes_are_written_deleted_and_brought_back(space) -> None:
    space.show_step("stakeholders.register")
    space.notes._new.setPlainText("Ask the coast.")
    space.notes.add()
    (note,) = space.desk.read(assessment.notes, "stakeholders.register")
    assert note["text"] == "Ask the coast."
    space.notes.remove(note["id"])
    assert space.desk.read(assessment.notes, "stakeholders.register") == []
    assert space.telling.toast.isVisible()
    space.telling.toast._undo_it()
    assert len(space.desk.read(assessment.notes, "stakeholders.register")) == 1


def test_a_note_half_written_is_kept_when_the_step_changes(space) -> None:
    space.show_step("stakeholders.register")
    space.notes._new.setPlainText("Not finished")
    space.show_step("criteria.weights")
    assert [note["text"] for note in space.desk.read(assessment.notes, "stakeholders.register")] == ["Not finished"]
    assert space.notes._new.toPlainText() == ""


def test_the_offer_to_undo_goes_with_the_next_change(space) -> None:
    space.desk.do(assessment.change_facts, title="One")
    space.desk.notice("Changed.", undo=True)
    assert space.telling.toast.isVisible()
    space.desk.do(assessment.change_facts, title="Two")
    assert not space.telling.toast.isVisible()


def test_the_guide_follows_the_step_and_remembers(space, window) -> None:
    assert space.panel.is_open
    space.show_step("criteria.weights")
    assert not space.panel.is_open, "a canvas begins with the strip"
    space.toggle_guide()
    assert space.panel.is_open and window.settings.guide["criteria.weights"]
    assert space.panel.current_tab() == "guide", "the guide comes before a screen's own tab"
    space.show_step("stakeholders.scope")
    assert space.panel.is_open


def test_a_narrow_window_floats_the_guide_over_the_work(space, window, qtbot) -> None:
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: space.panel.floating)
    assert space.rail.collapsed
    assert not space.panel.isVisible()
    space.toggle_guide()
    assert space.panel.isVisible()
    assert space.panel.geometry().right() == space.width() - 1
    room = space.work.width()
    space.toggle_guide()
    assert space.work.width() == room, "the work area kept its width"


def test_large_text_needs_the_room_of_a_larger_window(space, window, qtbot) -> None:
    window.choose_text_size(130)
    qtbot.waitUntil(lambda: space.rail.collapsed)
    window.choose_text_size(100)
    qtbot.waitUntil(lambda: not space.rail.collapsed)


def test_another_language_keeps_the_place(space, window) -> None:
    space.show_step("stakeholders.register")
    window.choose_language("ar")
    try:
        assert window.workspace is not space
        assert window.workspace.here() == "stakeholders.register"
        assert window.workspace.isRightToLeft()
    finally:
        window.choose_language("en")


def test_the_palette_finds_steps_commands_and_records(space, qtbot) -> None:
    from tna_desktop.stages.stakeholders import operations

    space.desk.do(operations.add_stakeholder, name="Forestry Weighing Service")
    space.show_step("stakeholders.scope")
    space.search()
    palette = space.findChild(Palette)
    palette.query.setText("weig")
    palette.answer()
    lines = [line if isinstance(line, str) else line.title for line in palette.answers.lines]
    assert lines == ["Go to", "Weights", "Find", "Forestry Weighing Service"]
    qtbot.keyClick(palette.query, Qt.Key.Key_Down)
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert space.here() == "stakeholders.register"
    assert space.screen().shown[0].record is not None


def test_the_palette_runs_the_screens_own_commands_at_once(space, qtbot) -> None:
    space.search()
    palette = space.findChild(Palette)
    qtbot.keyClicks(palette.query, "paste")
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert space.screen().ran == ["paste"]


def test_after_a_command_the_keyboard_is_in_the_work_and_not_on_the_rail(space, qtbot) -> None:
    field = QLineEdit(space.screen())
    field.show()
    space.rail.findChildren(StageRow)[0].setFocus()
    space.search()
    palette = space.findChild(Palette)
    qtbot.keyClicks(palette.query, "paste")
    qtbot.keyClick(palette.query, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is field


def test_esc_puts_the_palette_away(space, qtbot) -> None:
    space.search()
    palette = space.findChild(Palette)
    qtbot.keyClick(palette.query, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_f6_goes_from_part_to_part(space) -> None:
    from PySide6.QtWidgets import QApplication

    space.rail.focusProxy().setFocus(Qt.FocusReason.TabFocusReason)
    next_region(space, 1)
    assert space.appbar.isAncestorOf(QApplication.focusWidget())
    next_region(space, 1)
    assert space.header.isAncestorOf(QApplication.focusWidget())
    next_region(space, -1)
    assert space.appbar.isAncestorOf(QApplication.focusWidget())


def test_pages_of_the_whole_open_and_lead_back(space) -> None:
    space.show_page("overview")
    assert space.header.isHidden() and not space.panel.isVisible()
    overview = space._pages["overview"]
    assert overview.next_step().place == "stakeholders.scope"
    space.go(Place("stakeholders.register"))
    assert space.here() == "stakeholders.register" and not space.header.isHidden()


def shown(page) -> list:
    return page.decisions.model.visible


def test_the_decision_log_is_filtered_by_stage_and_lists_every_change(space) -> None:
    space.desk.do(assessment.record_decision, what="Six groups", step="stakeholders.register")
    space.desk.do(assessment.record_decision, what="Equal weights", step="criteria.weights")
    space.show_page("decisions")
    page = space._pages["decisions"]
    page.filter_stage("criteria")
    assert [row.values["what"] for row in shown(page)] == ["Equal weights"]
    page.filter_stage("")
    assert len(shown(page)) == 2
    assert [row.values["about"] for row in page.changes.rows()] == ["Equal weights", "Six groups"]


def test_an_error_is_told_in_one_sentence(space, window) -> None:
    window.tell_error("Something went wrong; your work is safe.")
    assert space.telling.toast.isVisible()
