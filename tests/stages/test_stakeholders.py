"""Stage 1: the scope, what exists already, who has a stake, and who is missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.stakeholders import checks, operations, reading, sheet

STEP = "stakeholders.register"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


def check(document, function, **parameters):
    return read(document, function, WORKFLOW, STEP, **parameters)


def names(document):
    return [row["name"] for row in read(document, reading.register)]


# Scope ---------------------------------------------------------------------------------------------------


def test_the_scope_is_written_piece_by_piece_and_taken_back(document):
    do(document, operations.change_scope, mandate="Cabinet decision 4")
    do(document, operations.change_scope, period_from="2026", period_to="2030")
    scope = read(document, reading.scope)
    assert (scope["mandate"], scope["period_from"], scope["period_to"]) == ("Cabinet decision 4", 2026, 2030)
    document.undo()
    document.undo()
    assert read(document, reading.scope)["mandate"] == ""


def test_a_period_that_ends_before_it_begins_is_refused_at_the_year_that_was_typed(document):
    do(document, operations.change_scope, period_from=2030)
    with pytest.raises(Refused) as refused:
        do(document, operations.change_scope, period_to=2026)
    assert refused.value.field == "period_to"
    assert read(document, reading.scope)["period_to"] is None


def test_the_scope_check_counts_the_parts_that_are_empty(document):
    assert check(document, checks.register.scope_described).state is State.OPEN
    do(document, operations.change_scope, mandate="Cabinet", period_from=2026)
    found = check(document, checks.register.scope_described)
    assert (found.state, found.text.english()) == (State.ATTENTION, "2 parts of the scope are still empty.")
    assert [place.field for place in found.places] == ["purpose", "period_to"]
    do(document, operations.change_scope, purpose="Priorities", period_to=2030)
    assert check(document, checks.register.scope_described).state is State.GOOD


def test_existing_options_keep_their_order_and_their_kind(document):
    first = do(document, operations.add_overview_item, name="Seed bank", kind="technology", year="2011")
    second = do(document, operations.add_overview_item, name="National strategy", kind="policy")
    do(document, operations.move_overview_item, second, after=None)
    assert [(row["id"], row["kind"]) for row in read(document, reading.overview)] == [
        (second, "policy"),
        (first, "technology"),
    ]
    assert check(document, checks.register.overview_begun, at_least=3).state is State.ATTENTION


# Register ------------------------------------------------------------------------------------------------


def test_groups_are_counted_and_a_stakeholder_without_group_is_not(document):
    for name, group in (("Ministry", "government"), ("Agency", "government"), ("University", "research"), ("?", "")):
        do(document, operations.add_stakeholder, name=name, group=group)
    counts = {group.key: group.count for group in read(document, reading.groups, WORKFLOW)}
    assert (counts["government"], counts["research"], counts["partners"]) == (2, 1, 0)
    found = check(document, checks.register.groups_represented, at_least=3)
    assert (found.state, found.text.english()) == (State.ATTENTION, "2 of 9 groups are represented.")
    assert check(document, checks.register.groups_represented, at_least=2).state is State.GOOD
    assert check(document, checks.register.stakeholders_have_group).text.english() == "One stakeholder has no group."


def test_a_required_group_is_missing_until_it_is_there_or_explained(document):
    required = [group for group in read(document, reading.groups, WORKFLOW) if group.required]
    for group in required[1:]:
        do(document, operations.add_stakeholder, name=group.name, group=group.key)
    found = check(document, checks.register.required_groups_present)
    assert (found.state, [place.field for place in found.places]) == (State.ATTENTION, [required[0].key])
    do(document, operations.justify_gap, required[0].key, required[0].name, "They declined.", "Steering group")
    assert check(document, checks.register.required_groups_present).state is State.GOOD
    kept = next(group for group in read(document, reading.groups, WORKFLOW) if group.key == required[0].key)
    assert kept.gap == "They declined."
    decision = read(document, assessment.decisions, STEP)[0]
    assert (decision["reason"], decision["decided_by"]) == ("They declined.", "Steering group")
    document.undo()
    assert check(document, checks.register.required_groups_present).state is State.ATTENTION
    assert read(document, assessment.decisions, STEP) == []


def test_a_reason_of_blanks_is_no_reason_also_when_there_was_one(document):
    do(document, operations.justify_gap, "partners", "Partners", "None works here.")
    with pytest.raises(Refused) as refused:
        do(document, operations.justify_gap, "partners", "Partners", "  ")
    assert refused.value.field == "reason"


def test_the_model_list_is_taken_once_and_never_doubles_a_name(document):
    entries = [entry.values() for entry in reading.model_lists(WORKFLOW)[0].entries]
    do(document, operations.add_stakeholder, name=entries[0]["name"].upper())
    assert do(document, operations.add_model_stakeholders, entries[:4], language("en")) == 3
    assert do(document, operations.add_model_stakeholders, entries[:5], language("en")) == 1
    assert len(names(document)) == 5
    document.undo()
    assert len(names(document)) == 4


def test_contacts_go_with_their_stakeholder_and_come_back_with_it(document):
    ministry = do(document, operations.add_stakeholder, name="Ministry")
    do(document, operations.add_contact, ministry, "A. Tirel", sex="female")
    assert read(document, reading.register)[0]["contacts"] == 1
    assert check(document, checks.register.contacts_balanced).text.english() == "No man is named as a contact yet."
    do(document, operations.remove_stakeholders, [ministry])
    assert read(document, reading.contacts) == []
    document.undo()
    assert [row["name"] for row in read(document, reading.contacts, ministry)] == ["A. Tirel"]


def test_contacts_are_in_no_table_unless_they_are_asked_for(document):
    ministry = do(document, operations.add_stakeholder, name="Ministry", remarks="Difficult")
    do(document, operations.add_contact, ministry, "A. Tirel", phone="+000 1")
    for asked, there in ((False, False), (True, True)):
        tables = read(document, sheet.sheets, WORKFLOW, language("en"), Options(contacts=asked))
        cells = [str(cell) for table in tables for line in table.rows for cell in line]
        assert ("A. Tirel" in cells) is there
        assert "Difficult" not in cells


def test_the_search_finds_stakeholders_by_name_and_short_name(document):
    do(document, operations.add_stakeholder, name="Ministry of Water", short="MoW")
    assert [hit[2] for hit in read(document, reading.find, "mow")] == ["Ministry of Water"]


# Screens -------------------------------------------------------------------------------------------------


@pytest.fixture
def scope_screen(desk, qtbot):
    from tna_desktop.stages.stakeholders.screen import SCREENS

    return shown(SCREENS["scope"](desk, "stakeholders.scope"), qtbot)


@pytest.fixture
def register_screen(desk, qtbot):
    from tna_desktop.stages.stakeholders.screen import SCREENS

    return shown(SCREENS["register"](desk, STEP), qtbot)


def shown(screen, qtbot):
    qtbot.addWidget(screen)
    screen.resize(1090, 570)
    with qtbot.waitExposed(screen):
        screen.show()
    return screen


def write(qtbot, field, text):
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.editor, text)
    field.commit()


def test_the_form_keeps_a_field_on_leaving_it(scope_screen, document, desk, qtbot):
    write(qtbot, scope_screen.fields["mandate"], "Cabinet decision 4")
    assert read(document, reading.scope)["mandate"] == "Cabinet decision 4"
    desk.undo()
    assert scope_screen.fields["mandate"].value() == ""


def test_a_refused_year_stays_in_its_field_with_the_reason(scope_screen, document, desk, qtbot):
    field = scope_screen.fields["period_from"]
    write(qtbot, field, "soon")
    assert "not a number" in field.error()
    desk.do(operations.change_scope, purpose="Something else changes meanwhile")
    assert field.value() == "soon"
    write(qtbot, field, "2027")
    assert field.error() == ""
    assert read(document, reading.scope)["period_from"] == 2027


def test_targets_are_chosen_from_the_list_and_own_words_stay(scope_screen, document, desk, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import scope

    desk.do(operations.change_scope, targets="2 Restoration; our own goal")
    seen = {}

    def choose(parent, language, title, groups, checked, **more):
        seen["checked"] = checked
        return ["target_7"]

    monkeypatch.setattr(scope.LibraryPicker, "choose", choose)
    scope_screen._choose("targets", WORKFLOW.catalogue("gbf_targets").entries, True)
    assert seen["checked"] == ["target_2"]
    assert read(document, reading.scope)["targets"] == "7 Pollution; our own goal"


def test_a_list_of_what_exists_comes_from_an_excel_file_after_a_look_at_it(scope_screen, document, desk, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for line in (
        ("Title", "Type", "Owner", "Year", "Gap"),
        ("Seed bank", "Technology in use", "Ministry", 2011, "No cold room"),
        ("Climate TNA", "Earlier assessment", "", 2016, None),
        ("National strategy", "Policy or plan", "Cabinet", "soon", ""),
    ):
        book.active.append(line)
    book.save(tmp_path / "list.xlsx")
    scope_screen.table.exchange.open_file(tmp_path / "list.xlsx")
    preview = scope_screen.table.preview
    assert preview.keys() == ["name", "kind", "holder", "year", "gap"]
    assert len(preview.problems()) == 1 and read(document, reading.overview) == []
    preview.add_button.click()
    rows = read(document, reading.overview)
    assert [(row["name"], row["kind"], row["holder"], row["year"]) for row in rows] == [
        ("Seed bank", "technology", "Ministry", 2011),
        ("Climate TNA", "assessment", "", 2016),
        ("National strategy", "policy", "Cabinet", None),
    ]
    desk.undo()
    assert read(document, reading.overview) == []


def test_a_file_that_is_no_table_is_refused_in_one_sentence(scope_screen, desk, tmp_path, qtbot):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with qtbot.waitSignal(desk.noticed) as told:
        scope_screen.table.exchange.open_file(tmp_path / "list.xlsx")
    assert told.args[0].kind == "refused" and scope_screen.table.preview is None


def test_a_name_typed_below_the_table_joins_the_group_that_is_shown(register_screen, document, qtbot):
    register_screen.add_to("research")
    line = register_screen.table.foot.line
    qtbot.keyClicks(line, "University of Kelvara")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [(row["name"], row["group"]) for row in read(document, reading.register)] == [
        ("University of Kelvara", "research")
    ]


def test_the_banner_names_the_missing_group_until_the_reason_is_recorded(register_screen, desk):
    assert not register_screen.banner.isVisible()
    required = [group for group in desk.read(reading.groups, desk.workflow) if group.required]
    for group in required[1:]:
        desk.do(operations.add_stakeholder, name=group.name, group=group.key)
    assert register_screen.banner.isVisible()
    assert required[0].name in register_screen.banner.accessibleName()
    desk.do(operations.justify_gap, required[0].key, required[0].name, "They declined.")
    assert not register_screen.banner.isVisible()
    register_screen.coverage.buttons()[
        1 + [group.key for group in register_screen._groups].index(required[0].key)
    ].click()
    assert "They declined." in register_screen.banner.accessibleName()
    desk.undo()
    assert required[0].name in register_screen.banner.accessibleName()


def test_a_coverage_cell_filters_the_table(register_screen, desk):
    for name, group in (("Ministry", "government"), ("University", "research")):
        desk.do(operations.add_stakeholder, name=name, group=group)
    register_screen.coverage.buttons()[1].click()
    assert [row.values["name"] for row in register_screen.table.model.visible] == ["Ministry"]
    register_screen.coverage.buttons()[0].click()
    assert len(register_screen.table.model.visible) == 2


def test_the_reason_dialog_asks_for_words_and_keeps_them(register_screen, desk, document, qtbot):
    from tna_desktop.stages.stakeholders.panels.gap import GapDialog

    group = desk.read(reading.groups, desk.workflow)[1]
    dialog = GapDialog(desk, group)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.verb_button.click()
    assert dialog.isVisible() and dialog.reason.error()
    dialog.reason.editor.setPlainText("No such people live here.")
    dialog.decided_by.editor.setText("Ministry")
    dialog.verb_button.click()
    assert not dialog.isVisible()
    assert desk.read(reading.groups, desk.workflow)[1].gap == "No such people live here."


def test_a_contact_is_made_when_its_name_is_written_and_each_field_is_kept(register_screen, desk, document, qtbot):
    ministry = desk.do(operations.add_stakeholder, name="Ministry")
    register_screen.table.select(ministry)
    panel = register_screen.contacts
    panel.begin()
    write(qtbot, panel.fields["email"], "a@env.example")
    assert read(document, reading.contacts) == []
    write(qtbot, panel.fields["name"], "A. Tirel")
    write(qtbot, panel.fields["position"], "Director")
    found = read(document, reading.contacts, ministry)
    assert [(row["name"], row["position"], row["email"]) for row in found] == [
        ("A. Tirel", "Director", "a@env.example")
    ]
    panel.remove_button.click()
    assert read(document, reading.contacts) == []
    desk.undo()
    assert read(document, reading.register)[0]["contacts"] == 1


def test_the_details_tab_keeps_what_is_known_and_the_teams_remarks(register_screen, desk, document, qtbot):
    ministry = desk.do(operations.add_stakeholder, name="Ministry")
    desk.do(operations.add_stakeholder, name="University")
    register_screen.table.select(ministry)
    details = register_screen.details
    write(qtbot, details.fields["language"], "French")
    details.fields["remarks"].editor.setPlainText("Call first")
    register_screen.table.select(desk.read(reading.register)[1]["id"])
    kept = read(document, reading.details, ministry)
    assert (kept["language"], kept["remarks"]) == ("French", "Call first")
    assert details.fields["remarks"].value() == ""
    desk.do(operations.remove_stakeholders, [ministry])
    assert read(document, reading.details, ministry) is None


def test_adding_a_contact_from_the_row_menu_asks_for_the_tab(register_screen, desk, qtbot):
    ministry = desk.do(operations.add_stakeholder, name="Ministry")
    command = register_screen._row_menu(ministry)[0]
    with qtbot.waitSignal(register_screen.panel_wanted):
        command.run()
    assert register_screen.contacts.fields["name"].isVisibleTo(register_screen.contacts)


def test_a_hidden_screen_catches_up_when_it_is_shown(register_screen, desk):
    register_screen.hide()
    desk.do(operations.add_stakeholder, name="Ministry", group="government")
    assert register_screen.table.rows() == []
    register_screen.show()
    assert [row.values["name"] for row in register_screen.table.rows()] == ["Ministry"]
