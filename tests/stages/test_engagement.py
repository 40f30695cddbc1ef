"""The engagement plan: levels, meetings, who is invited, who came, and what of it may be printed."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.tables import Attachment
from tna_desktop.kernel.text import language
from tna_desktop.stages.stakeholders import letters, operations, reading, results
from tna_desktop.stages.stakeholders.checks import CHECKS
from tna_desktop.stages.stakeholders.sections.engagement import engagement_section, participation_table, tables
from tna_desktop.stages.stakeholders.tables import Meeting, StageRole

STEP = "stakeholders.engagement"
ENGLISH = language("en")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def three(document):
    """A ministry, a university and a village, all invited to one workshop; its id and their entries."""
    for name, group in (("Ministry", "government"), ("University", "research"), ("Village", "local_communities")):
        do(document, operations.add_stakeholder, name=name, group=group)
    meeting = do(document, operations.add_meeting, "Workshop", stage="criteria", held_on="2026-03-12")
    do(document, operations.invite, meeting, [row["id"] for row in read(document, reading.register)])
    return meeting, [row["id"] for row in read(document, reading.invited, meeting)]


def check(document, name, **parameters):
    return read(document, CHECKS[name], WORKFLOW, STEP, **parameters)


def meeting_of(document, id):
    return read(document, reading.meeting, id)


# Levels --------------------------------------------------------------------------------------------------


def test_suggested_levels_fill_what_is_empty_and_leave_what_was_chosen(document):
    chosen = do(document, operations.add_stakeholder, name="Ministry", influence=5, interest=5, engagement="consult")
    empty = do(document, operations.add_stakeholder, name="University", influence=1, interest=5)
    nowhere = do(document, operations.add_stakeholder, name="Village")
    levels = read(document, results.suggested_levels, WORKFLOW)
    assert set(levels) == {chosen, empty}
    assert do(document, operations.accept_suggested_levels, levels) == 1
    plan = {row["id"]: row["engagement"] for row in read(document, reading.plan)}
    assert plan == {chosen: "consult", empty: levels[empty], nowhere: ""}
    document.undo()
    assert {row["engagement"] for row in read(document, reading.plan)} == {"consult", ""}


# Meetings ------------------------------------------------------------------------------------------------


def test_everyone_is_invited_once_and_an_invitation_can_be_taken_back(document, three):
    meeting, entries = three
    everyone = [row["id"] for row in read(document, reading.register)]
    assert do(document, operations.invite, meeting, [*everyone, everyone[0]]) == 0
    assert meeting_of(document, meeting)["invited"] == 3
    do(document, operations.take_back_invitations, [entries[1]])
    assert [row["name"] for row in read(document, reading.invited, meeting)] == ["Ministry", "Village"]
    document.undo()
    assert meeting_of(document, meeting)["invited"] == 3


def test_whoever_is_counted_came_and_the_meeting_was_held(document, three):
    meeting, entries = three
    do(document, operations.note_presence, entries[0], women="2")
    entry = read(document, reading.invited, meeting)[0]
    assert (entry["present"], entry["women"], entry["men"]) == (True, 2, None)
    assert meeting_of(document, meeting)["held"] is True
    document.undo()
    assert meeting_of(document, meeting)["held"] is False
    assert read(document, reading.invited, meeting)[0]["women"] is None


def test_who_did_not_come_was_not_counted(document, three):
    meeting, entries = three
    do(document, operations.note_presence, entries[0], women=2, men=1)
    do(document, operations.note_presence, entries[0], present=False)
    entry = read(document, reading.invited, meeting)[0]
    assert (entry["present"], entry["women"], entry["men"]) == (False, None, None)


def test_zero_women_is_a_count_and_empty_is_unknown(document, three):
    meeting, entries = three
    do(document, operations.note_presence, entries[0], present=True)
    do(document, operations.note_presence, entries[0], women="0")
    assert read(document, reading.invited, meeting)[0]["women"] == 0
    do(document, operations.note_presence, entries[0], women="")
    assert read(document, reading.invited, meeting)[0]["women"] is None


@pytest.mark.parametrize("wrong", ["many", "-1", "1.5"])
def test_a_number_of_persons_is_a_whole_number(document, three, wrong):
    with pytest.raises(Refused):
        do(document, operations.note_presence, three[1][0], women=wrong)
    assert not meeting_of(document, three[0])["held"]


def test_a_repeated_meeting_takes_invitations_along_but_not_who_came(document, three):
    meeting, entries = three
    do(document, operations.change_meeting, meeting, agenda="09:00 Opening", outcome="Agreed", place="Town hall")
    do(document, operations.note_presence, entries[0], women=2, men=1)
    do(document, operations.add_meeting, "Last")
    again = do(document, operations.repeat_meeting, meeting)
    assert [row["id"] for row in read(document, reading.meetings)][:2] == [meeting, again]
    made = meeting_of(document, again)
    assert (made["invited"], made["came"], made["held"], made["held_on"], made["outcome"]) == (3, 0, False, None, "")
    assert (made["agenda"], made["place"], made["stage"]) == ("09:00 Opening", "Town hall", "criteria")
    document.undo()
    assert len(read(document, reading.meetings)) == 2


def test_a_meeting_goes_with_its_invitations_and_comes_back_with_them(document, three):
    meeting, entries = three
    do(document, operations.note_presence, entries[2], men=4)
    do(document, operations.remove_meetings, [meeting])
    assert read(document, reading.meetings) == []
    document.undo()
    assert [row["men"] for row in read(document, reading.invited, meeting)] == [None, None, 4]


def test_only_those_with_a_part_in_the_stage_are_offered(document, three):
    ids = [row["id"] for row in read(document, reading.register)]
    from tna_desktop.kernel import records
    from tna_desktop.kernel.operation import operation

    @operation("Roles given")
    def give(session):
        for id, stage, role in ((ids[0], "criteria", "inform"), (ids[1], "criteria", "score"), (ids[2], "barriers", "involve")):  # fmt: skip
            records.add(session, StageRole, stakeholder_id=id, stage=stage, role=role)

    do(document, give)
    assert read(document, reading.with_a_part, "criteria") == [ids[1]]


def test_a_stakeholder_knows_its_meetings(document, three):
    meeting, entries = three
    village = read(document, reading.register)[2]["id"]
    do(document, operations.note_presence, entries[2], present=True)
    (met,) = read(document, reading.meetings_of, village)
    assert (met["name"], met["held"], met["present"]) == ("Workshop", True, True)
    assert [row["meetings"] for row in read(document, reading.plan)] == [1, 1, 1]


# Participation -------------------------------------------------------------------------------------------


def test_participation_is_counted_by_group_and_unknown_stays_unknown(document, three):
    meeting, entries = three
    second = do(document, operations.repeat_meeting, meeting)
    more = [row["id"] for row in read(document, reading.invited, second)]
    do(document, operations.note_presence, entries[0], women=2, men=1)
    do(document, operations.note_presence, entries[2], present=True)
    do(document, operations.note_presence, more[0], women=1)
    do(document, operations.note_presence, more[2], present=True)
    groups, whole = read(document, results.participation, WORKFLOW)
    rows = {each.group: (each.stakeholders, each.attendances, each.women, each.men, each.uncounted) for each in groups}
    # Ministry: twice, 2 + 1 women, 1 man and then nobody counted men; village: twice, never counted.
    assert rows == {"government": (1, 2, 3, 1, 1), "local_communities": (1, 2, None, None, 2)}
    assert (whole.stakeholders, whole.attendances, whole.women, whole.men, whole.uncounted) == (2, 4, 3, 1, 3)
    table = read(document, participation_table, WORKFLOW, ENGLISH)
    assert [row[3] for row in table.rows] == [3, None]
    assert table.total == ("All groups", 2, 4, 3, 1, 3)


def test_a_meeting_that_was_not_held_counts_for_nothing(document, three):
    meeting, entries = three
    do(document, operations.note_presence, entries[0], women=2, men=1)
    do(document, operations.change_meeting, meeting, held=False)
    groups, whole = read(document, results.participation, WORKFLOW)
    assert (groups, whole.attendances, whole.women) == ([], 0, None)


# Checks --------------------------------------------------------------------------------------------------


def test_meetings_without_a_day_are_not_planned_yet(document):
    assert check(document, "meetings_planned", at_least=2).state is State.OPEN
    do(document, operations.add_meeting, "First", held_on=date(2026, 5, 1))
    undated = do(document, operations.add_meeting, "Second")
    found = check(document, "meetings_planned", at_least=2)
    assert (found.state, found.text.english()) == (State.ATTENTION, "One meeting has no day yet.")
    assert found.places == (Place(STEP, undated, "held_on"),)
    do(document, operations.change_meeting, undated, held_on="2026-06-01")
    assert check(document, "meetings_planned", at_least=2).state is State.GOOD


def test_a_meeting_held_needs_an_outcome_and_who_was_present(document, three):
    meeting, entries = three
    assert check(document, "meetings_recorded").state is State.OPEN
    do(document, operations.change_meeting, meeting, held=True)
    assert check(document, "meetings_recorded").places == (Place(STEP, meeting, "outcome"),)
    do(document, operations.change_meeting, meeting, outcome="Agreed on nine criteria.")
    assert check(document, "meetings_recorded").places == (Place(STEP, meeting, "present"),)
    do(document, operations.note_presence, entries[0], present=True)
    assert check(document, "meetings_recorded").state is State.GOOD


def test_participation_is_counted_when_women_and_men_are_known(document, three):
    meeting, entries = three
    assert check(document, "participation_counted").state is State.OPEN
    do(document, operations.note_presence, entries[0], women=0, men=2)
    do(document, operations.note_presence, entries[0], present=True)
    do(document, operations.note_presence, entries[1], present=True)
    found = check(document, "participation_counted")
    assert found.text.english() == "For 1 of 2 stakeholders who came, women and men were not both counted."
    assert found.places == (Place(STEP, meeting, "present"),)
    do(document, operations.note_presence, entries[1], women=1, men=0)
    assert check(document, "participation_counted").state is State.GOOD


# The report ----------------------------------------------------------------------------------------------


def test_the_section_tells_of_meetings_and_names_no_person(document, three):
    meeting, entries = three
    ministry = read(document, reading.register)[0]["id"]
    do(document, operations.add_contact, ministry, "Canary Person", email="canary@example.org", phone="+000 canary")
    do(document, operations.change_meeting, meeting, outcome="Nine criteria were agreed.")
    do(document, operations.note_presence, entries[0], women=2, men=1)
    do(document, operations.note_presence, entries[1], present=True)
    do(document, operations.add_meeting, "Validation")
    section = read(document, engagement_section, WORKFLOW, ENGLISH)
    assert section.paragraphs == (
        "One meeting was held, and one more is planned.",
        "Two stakeholders came to it.",
        "2 women and one man were counted. For one presence, women and men were not both counted.",
    )
    assert section.bullets == ("Workshop: Nine criteria were agreed.",)
    assert [table.key for table in section.tables] == ["printed_meetings", "participation"]
    made = read(document, tables, WORKFLOW, ENGLISH)
    assert [table.key for table in made] == ["engagement_plan", "meetings", "participation"]
    told = repr((section, made)).lower()
    assert "canary" not in told


def test_without_a_meeting_there_is_no_section(document):
    assert read(document, engagement_section, WORKFLOW, ENGLISH) is None
    assert read(document, tables, WORKFLOW, ENGLISH) == []


# The letters' words --------------------------------------------------------------------------------------


def test_letters_go_to_organisations_by_group_with_their_contacts_names_only(document, three):
    village = read(document, reading.register)[2]["id"]
    do(document, operations.add_contact, village, "A. Tirel", position="Chief", email="x@example.org", phone="+0 1")
    with document.reading() as session:
        made = letters.invitations(session, WORKFLOW, three[0], text="Come.", signed="The Unit")
    assert [each.organisation for each in made.addressees] == ["Ministry", "Village", "University"]
    assert made.addressees[1].persons == (("A. Tirel", "Chief"),)
    assert "example.org" not in repr(made) and "+0 1" not in repr(made)


def test_letters_for_a_meeting_that_is_gone_are_refused(document):
    with document.reading() as session, pytest.raises(Refused):
        letters.attendance_list(session, WORKFLOW, "gone")


@pytest.mark.parametrize(
    ("written", "code"), [("English", "en"), ("français", "fr"), ("Arabic", "ar"), ("Veluai", "es"), ("", "es")]
)
def test_the_language_of_a_meeting_is_recognised_by_name(written, code):
    assert letters.language_code(written, "es") == code


def test_the_emblem_is_one_picture_and_can_be_taken_back(document):
    do(document, operations.set_emblem, PNG, "first.png")
    do(document, operations.set_emblem, b"\xff\xd8\xff" + b"0" * 9, "second.jpg")
    assert read(document, letters.emblem)[0] == "image/jpeg"
    assert read(document, lambda session: session.query(Attachment).count()) == 1
    document.undo()
    assert read(document, letters.emblem) == ("image/png", PNG)
    do(document, operations.set_emblem, b"")
    assert read(document, letters.emblem) is None


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"MZ", PNG + b"0" * (1 << 20)])
def test_what_is_no_small_picture_is_no_emblem(document, content):
    with pytest.raises(Refused) as refused:
        do(document, operations.set_emblem, content)
    assert refused.value.field == "emblem"


# The screen ----------------------------------------------------------------------------------------------


@pytest.fixture
def screen(desk, qtbot):
    from tna_desktop.stages.stakeholders.screen import SCREENS

    made = SCREENS["engagement"](desk, STEP)
    qtbot.addWidget(made)
    qtbot.addWidget(made.panel)
    made.resize(1090, 570)
    with qtbot.waitExposed(made):
        made.show()
    made.panel.resize(276, 560)
    with qtbot.waitExposed(made.panel):
        made.panel.show()
    return made


def test_accepting_suggestions_is_one_change(screen, desk):
    desk.do(operations.add_stakeholder, name="Ministry", influence=5, interest=5)
    desk.do(operations.add_stakeholder, name="Village", influence=1, interest=5)
    assert screen.accept_button.isVisible()
    assert screen.accept_button.words() == "Accept 2 suggestions"
    screen.accept_button.click()
    assert all(row["engagement"] for row in desk.read(reading.plan))
    assert not screen.accept_button.isVisible()
    desk.undo()
    assert not any(row["engagement"] for row in desk.read(reading.plan))


def test_a_meeting_is_typed_and_its_people_invited_from_the_panel(screen, desk, qtbot, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import meeting as panel

    first = desk.do(operations.add_stakeholder, name="Ministry", group="government")
    second = desk.do(operations.add_stakeholder, name="Village", group="local_communities")
    screen.show_view("meetings")
    screen.meetings.focus_add_line()
    qtbot.keyClicks(screen.meetings.foot.line, "Inception workshop")
    qtbot.keyClick(screen.meetings.foot.line, Qt.Key.Key_Return)
    assert screen.panel.title.text() == "Inception workshop"
    seen = {}

    def choose(parent, language, title, groups, **more):
        seen["groups"] = groups
        return [second]

    monkeypatch.setattr(panel.LibraryPicker, "choose", choose)
    screen.panel.choose()
    assert [line.name for line in screen.panel.people.lines] == ["Village"]
    screen.panel.choose()
    taken = {entry.key: entry.taken for _, entries in seen["groups"] for entry in entries}
    assert taken == {first: False, second: True}


def test_presence_and_counts_are_noted_with_the_keyboard(screen, desk, three, qtbot):
    meeting, entries = three
    screen.load()
    screen.show_meeting(meeting)
    line = screen.panel.people.lines[0]
    line.check.setFocus()
    qtbot.keyClick(line.check, Qt.Key.Key_Space)
    assert line.boxes() == [line.women, line.men]
    line.women.setFocus()
    qtbot.keyClicks(line.women, "12")
    qtbot.keyClick(line.women, Qt.Key.Key_Return)
    assert line.men.hasFocus()
    qtbot.keyClicks(line.men, "x")
    qtbot.keyClick(line.men, Qt.Key.Key_Return)
    entry = desk.read(reading.invited, meeting)[0]
    assert (entry["present"], entry["women"], entry["men"]) == (True, 12, None)
    assert line.men.text() == ""
    desk.undo()
    assert desk.read(reading.invited, meeting)[0]["women"] is None
    assert line.women.text() == ""


def test_delete_on_a_line_takes_the_invitation_back(screen, desk, three, qtbot):
    screen.load()
    screen.show_meeting(three[0])
    line = screen.panel.people.lines[1]
    line.check.setFocus()
    qtbot.keyClick(line.check, Qt.Key.Key_Delete)
    assert [each.name for each in screen.panel.people.lines] == ["Ministry", "Village"]
    desk.undo()
    assert len(screen.panel.people.lines) == 3


def test_agenda_and_outcome_are_kept_on_leaving_them(screen, desk, three, qtbot):
    screen.load()
    screen.show_meeting(three[0], "outcome")
    field = screen.panel.fields["outcome"]
    assert screen.panel.pages.currentIndex() == 1
    field.editor.setPlainText("Nine criteria were agreed.")
    field.commit()
    assert desk.read(reading.meeting, three[0])["outcome"] == "Nine criteria were agreed."


def test_a_finding_leads_to_the_meeting_or_the_stakeholder(screen, desk, three):
    screen.load()
    screen.show_place(Place(STEP, three[0], "held_on"))
    assert (screen.view(), screen.meetings.current()) == ("meetings", three[0])
    village = desk.read(reading.register)[2]["id"]
    screen.show_place(Place(STEP, village, "engagement"))
    assert (screen.view(), screen.plan.current()) == ("plan", village)


def test_the_wording_follows_the_language_until_somebody_changes_it(screen, desk, three, qtbot):
    from tna_desktop.stages.stakeholders.panels.meeting_letters import LettersDialog

    dialog = LettersDialog(desk, three[0], "invitation", screen)
    qtbot.addWidget(dialog)
    assert "“Workshop”" in str(dialog.text.value())
    dialog.text.set_value("Our own words.")
    dialog._offer()
    told, code = dialog.made()
    assert (told.text, code) == ("Our own words.", "en")
    assert len(told.addressees) == 3
    with desk.document.reading() as session:
        assert all("Our own words" not in str(row) for row in session.query(Meeting.agenda, Meeting.outcome))


def test_a_wording_that_cannot_be_read_is_told_at_its_field(screen, desk, three, qtbot, tmp_path, monkeypatch):
    from tna_desktop.paths import OVERRIDE, data_folder
    from tna_desktop.stages.stakeholders.panels.meeting_letters import LettersDialog

    shutil.copytree(data_folder("stakeholder_templates"), tmp_path / "stakeholder_templates")
    (tmp_path / "stakeholder_templates" / "letters" / "invitation.txt").write_bytes("Chère amie".encode("latin-1"))
    monkeypatch.setenv(OVERRIDE, str(tmp_path))
    dialog = LettersDialog(desk, three[0], "invitation", screen)
    qtbot.addWidget(dialog)
    assert "cannot be read" in dialog.text.error()
    dialog.text.set_value("Our own words.")
    assert dialog.made()[0].text == "Our own words."


def test_letters_are_written_where_the_person_says(screen, desk, three, qtbot, tmp_path, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import meeting_letters

    goal = tmp_path / "list"
    monkeypatch.setattr(meeting_letters.LettersDialog, "exec", lambda self: 1)
    monkeypatch.setattr(meeting_letters.QFileDialog, "getSaveFileName", lambda *_: (str(goal), ""))
    screen.load()
    screen.show_meeting(three[0])
    with qtbot.waitSignal(screen.letters.made, timeout=60_000):
        screen.print_letters(three[0], "attendance")
    assert goal.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert screen.banner.isVisible()


def test_invitations_to_nobody_are_not_made(screen, desk, qtbot, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import meeting_letters

    asked = []
    monkeypatch.setattr(meeting_letters.LettersDialog, "exec", lambda self: asked.append(self))
    meeting = desk.do(operations.add_meeting, "Empty")
    with qtbot.waitSignal(desk.noticed) as told:
        screen.print_letters(meeting, "invitation")
    assert told.args[0].text == "Nobody is invited to this meeting yet."
    assert asked == []


def test_letters_hold_nothing_that_is_withheld(screen, desk, three, qtbot):
    from tna_desktop.stages.priorities.operations import add_technology
    from tna_desktop.stages.stakeholders.panels.meeting_letters import LettersDialog

    technology = desk.do(add_technology, name="Canary bark medicine")
    desk.do(operations.change_meeting, three[0], agenda="09:00 Canary bark medicine", name="On Canary bark medicine")
    desk.do(operations.begin_consents, [("technology", technology)])
    for kind in ("invitation", "attendance"):
        dialog = LettersDialog(desk, three[0], kind, screen)
        qtbot.addWidget(dialog)
        assert "Canary" not in repr(dialog.made())


def test_everyone_is_noted_as_present_in_one_change_and_counts_stay(screen, desk, three):
    meeting, entries = three
    desk.do(operations.note_presence, entries[0], women=2, men=1)
    desk.do(operations.note_presence, entries[0], men=0)
    screen.load()
    screen.show_meeting(meeting)
    screen.panel.all_came()
    assert [(row["present"], row["women"]) for row in desk.read(reading.invited, meeting)] == [
        (True, 2), (True, None), (True, None),
    ]  # fmt: skip
    assert screen.panel.sum.text() == "3 of 3 came. Counted: 2 women and 0 men. 2 are not counted."
    desk.undo()
    assert [row["present"] for row in desk.read(reading.invited, meeting)] == [True, False, False]


def test_the_plan_shows_a_stakeholders_meetings_and_leads_there(screen, desk, three, qtbot):
    from tna_desktop.ui.buttons import IconButton

    screen.load()
    screen.plan.select(desk.read(reading.register)[0]["id"])
    shown = [each for each in screen.panel.findChildren(IconButton) if each.accessibleName() == "Show Workshop"]
    shown[0].click()
    assert (screen.view(), screen.panel.meeting) == ("meetings", three[0])
