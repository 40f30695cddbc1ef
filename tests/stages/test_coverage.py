"""Coverage and roles: who takes part in which stage and how, the bodies, the balance, and what is still missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.text import language
from tna_desktop.stages.stakeholders import checks, operations, reading, results
from tna_desktop.stages.stakeholders.sections.coverage import coverage_section, tables
from tna_desktop.ui.buttons import Button

STEP = "stakeholders.coverage"
STAGES = [stage.key for stage in WORKFLOW.stages]


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def people(document):
    """Two ministries, one university, one people's council; their ids by a short name."""
    return {
        "environment": do(document, operations.add_stakeholder, "Ministry of environment", group="government"),
        "water": do(document, operations.add_stakeholder, "Ministry of water", group="government"),
        "university": do(document, operations.add_stakeholder, "University", group="research"),
        "council": do(document, operations.add_stakeholder, "Council of the Aru", group="indigenous_peoples"),
    }


def check(document, name, **parameters):
    found = read(document, checks.CHECKS[name], WORKFLOW, STEP, **parameters)
    return found.state, found.text.english()


def roles(document, id):
    return next(person.roles for person in read(document, reading.participants) if person.id == id)


def covered(document):
    return read(document, results.coverage_by_stage, WORKFLOW)


# Roles ---------------------------------------------------------------------------------------------------


def test_a_role_is_given_changed_and_taken_away_one_change_each(document, people):
    water = people["water"]
    do(document, operations.set_stage_role, water, "criteria", "consult")
    do(document, operations.set_stage_role, water, "criteria", "decide")
    assert roles(document, water) == {"criteria": "decide"}
    do(document, operations.set_stage_role, water, "criteria", "")
    assert roles(document, water) == {}
    document.undo()
    document.undo()
    assert roles(document, water) == {"criteria": "consult"}


def test_the_same_role_for_a_whole_group_in_all_stages_is_one_change(document, people):
    do(document, operations.set_stage_role, people["water"], "barriers", "inform")
    both = [people["environment"], people["water"]]
    assert do(document, operations.set_stage_roles, both, STAGES, "involve", "Government") == 12
    assert roles(document, people["water"]) == dict.fromkeys(STAGES, "involve")
    document.undo()
    assert roles(document, people["environment"]) == {}
    assert roles(document, people["water"]) == {"barriers": "inform"}


def test_roles_are_counted_by_group_and_stage(document, people):
    for name, role in (("environment", "decide"), ("water", "consult"), ("university", "consult")):
        do(document, operations.set_stage_role, people[name], "criteria", role)
    found = covered(document)
    government = next(group for group in found.groups if group.key == "government")
    assert government.counts["criteria"] == {"decide": 1, "consult": 1}
    assert government.taking_part("criteria") == 2 and government.taking_part("actions") == 0
    assert found.everyone.counts["criteria"] == {"decide": 1, "consult": 2}


def test_a_stakeholder_without_group_is_not_lost(document, people):
    stray = do(document, operations.add_stakeholder, "Somebody")
    assert [person.id for person in covered(document).groups[-1].stakeholders] == [stray]


def test_only_a_required_group_without_anybody_and_without_reason_needs_one(document, people):
    def missing():
        return [group.key for group in covered(document).groups if group.needs_reason]

    # Of the required groups, three have somebody; civil society, local authorities and partners are not required.
    assert missing() == ["local_communities", "private_sector", "women_youth"]
    do(document, operations.justify_gap, "private_sector", "Private sector", "None works in this field.")
    assert missing() == ["local_communities", "women_youth"]


def test_an_empty_register_has_no_gaps_to_explain(document):
    assert not any(group.needs_reason for group in covered(document).groups)


def test_suggestions_follow_the_register_and_fill_only_empty_cells(document, people):
    do(document, operations.change_stakeholder, people["environment"], role="decide", engagement="inform")
    do(document, operations.change_stakeholder, people["university"], role="score")
    do(document, operations.change_stakeholder, people["council"], engagement="collaborate")
    do(document, operations.set_stage_role, people["environment"], "barriers", "consult")
    suggested = covered(document).suggested
    assert suggested[people["environment"], "criteria"] == "decide"
    assert (people["environment"], "barriers") not in suggested
    assert [suggested[people["university"], stage] for stage in STAGES] == [
        "involve", "score", "score", "involve", "involve", "involve",
    ]  # fmt: skip
    assert suggested[people["council"], "actions"] == "involve"
    assert not any(id == people["water"] for id, _ in suggested)
    assert do(document, operations.take_suggested_roles, suggested) == 5 + 6 + 6
    assert roles(document, people["environment"])["barriers"] == "consult"
    assert covered(document).suggested == {}
    document.undo()
    assert roles(document, people["university"]) == {}


def test_a_suggestion_that_came_too_late_does_not_overwrite(document, people):
    do(document, operations.set_stage_role, people["water"], "criteria", "decide")
    assert do(document, operations.take_suggested_roles, {(people["water"], "criteria"): "inform"}) == 0
    assert roles(document, people["water"]) == {"criteria": "decide"}


def test_a_removed_stakeholder_takes_its_roles_and_seats_along_and_brings_them_back(document, people):
    body = do(document, operations.add_body, "Steering committee", kind="steering")
    do(document, operations.change_body, body, lead_id=people["water"])
    do(document, operations.set_stage_role, people["water"], "criteria", "decide")
    do(document, operations.remove_stakeholders, [people["water"]])
    kept = read(document, reading.bodies)[0]
    assert (kept["lead_id"], kept["members"]) == (None, [])
    document.undo()
    kept = read(document, reading.bodies)[0]
    assert (kept["lead"], [name for _, name, _ in kept["members"]]) == ("Ministry of water", ["Ministry of water"])
    assert roles(document, people["water"]) == {"criteria": "decide"}


# Bodies --------------------------------------------------------------------------------------------------


def test_members_are_chosen_as_one_change_and_a_leader_who_leaves_leads_no_more(document, people):
    body = do(document, operations.add_body, "Core team", kind="core_team")
    do(document, operations.choose_members, body, [people["university"], people["water"]])
    do(document, operations.change_body, body, lead_id=people["water"])
    found = read(document, reading.bodies)[0]
    assert [name for _, name, _ in found["members"]] == ["Ministry of water", "University"]
    do(document, operations.choose_members, body, [people["university"]])
    found = read(document, reading.bodies)[0]
    assert ([name for _, name, _ in found["members"]], found["lead_id"]) == (["University"], None)
    document.undo()
    assert read(document, reading.bodies)[0]["lead"] == "Ministry of water"


def test_who_comes_to_lead_a_body_is_a_member_of_it(document, people):
    body = do(document, operations.add_body, "Forests", kind="working_group", sector="forestry")
    do(document, operations.change_body, body, lead_id=people["council"])
    assert [id for id, _, _ in read(document, reading.bodies)[0]["members"]] == [people["council"]]


def test_the_usual_bodies_are_offered_once(document):
    usual = [("steering", "Steering body"), ("coordinator", "Coordinator"), ("core_team", "Core team")]
    do(document, operations.add_body, "National council", kind="steering")
    assert do(document, operations.add_bodies, usual) == 2
    assert do(document, operations.add_bodies, usual) == 0


def test_a_body_needs_a_name(document):
    with pytest.raises(Refused):
        do(document, operations.add_body, " ")


# Balance -------------------------------------------------------------------------------------------------


def test_what_is_not_known_is_told_apart_from_none(document, people):
    do(document, operations.change_stakeholder, people["water"], region="Northern coast")
    do(document, operations.change_stakeholder, people["university"], region="northern  coast ")
    do(document, operations.change_stakeholder, people["council"], region="Highlands")
    do(document, operations.add_contact, people["water"], "A", sex="female")
    do(document, operations.add_contact, people["water"], "B")
    found = read(document, results.balance, WORKFLOW)
    assert [(share.name, share.count, share.unknown) for share in found.regions] == [
        ("Northern coast", 2, False),
        ("Highlands", 1, False),
        ("", 1, True),
    ]
    assert [(share.key, share.count, share.unknown) for share in found.sexes] == [
        ("female", 1, False),
        ("male", 0, False),
        ("", 1, True),
    ]
    assert found.attendance == ()
    assert (found.known, found.stakeholders) == (1, 4)


# Checks --------------------------------------------------------------------------------------------------


def test_the_check_of_roles_counts_those_without_a_part(document, people):
    assert check(document, "roles_given")[0] is State.OPEN
    do(document, operations.set_stage_role, people["water"], "criteria", "decide")
    assert check(document, "roles_given") == (State.ATTENTION, "3 stakeholders have no part yet.")
    do(document, operations.set_stage_roles, list(people.values()), ["actions"], "inform")
    assert check(document, "roles_given")[0] is State.GOOD


def test_the_check_of_stages_says_where_nobody_decides_or_is_asked(document, people):
    assert check(document, "every_stage_has_roles")[0] is State.OPEN
    do(document, operations.set_stage_roles, [people["environment"]], STAGES, "decide")
    do(document, operations.set_stage_roles, [people["council"]], STAGES, "consult")
    assert check(document, "every_stage_has_roles")[0] is State.GOOD
    do(document, operations.set_stage_role, people["environment"], "barriers", "inform")
    do(document, operations.set_stage_role, people["council"], "criteria", "score")
    state, text = check(document, "every_stage_has_roles")
    assert (state, text) == (
        State.ATTENTION,
        "Nobody decides in Barriers. Nobody is consulted or involved in Criteria.",
    )
    found = read(document, checks.CHECKS["every_stage_has_roles"], WORKFLOW, STEP)
    assert [place.field for place in found.places] == ["criteria", "barriers"]


def test_the_check_of_bodies_asks_for_all_three_and_for_who_leads(document, people):
    assert check(document, "coordination_named")[0] is State.OPEN
    do(document, operations.add_bodies, [("steering", "Steering body"), ("coordinator", "Coordinator")])
    assert check(document, "coordination_named") == (State.ATTENTION, "One body is not named yet: Core team.")
    do(document, operations.add_bodies, [("core_team", "Core team")])
    for body in read(document, reading.bodies)[:2]:
        do(document, operations.change_body, body["id"], lead_id=people["water"])
    assert check(document, "coordination_named") == (State.ATTENTION, "It is not said who leads Core team.")
    do(document, operations.change_body, read(document, reading.bodies)[2]["id"], lead_id=people["university"])
    assert check(document, "coordination_named")[0] is State.GOOD


def test_the_check_of_balance_wants_a_region_and_a_contact(document, people):
    assert check(document, "balance_known", at_least_share=0.5)[0] is State.OPEN
    do(document, operations.change_stakeholder, people["water"], region="North")
    do(document, operations.add_contact, people["water"], "A")
    do(document, operations.change_stakeholder, people["council"], region="South")
    assert check(document, "balance_known", at_least_share=0.5)[0] is State.ATTENTION
    do(document, operations.add_contact, people["council"], "B")
    assert check(document, "balance_known", at_least_share=0.5) == (
        State.GOOD,
        "For 2 of 4 stakeholders it is known where they are and who speaks for them.",
    )


# The report ----------------------------------------------------------------------------------------------


def section(document):
    return read(document, coverage_section, WORKFLOW, language("en"))


def test_the_report_says_nothing_before_there_is_a_role_or_a_body(document, people):
    assert section(document) is None


def test_the_report_counts_roles_and_names_who_leads(document, people):
    do(document, operations.set_stage_role, people["environment"], "criteria", "decide")
    do(document, operations.set_stage_role, people["council"], "criteria", "consult")
    body = do(document, operations.add_body, "Steering committee", kind="steering")
    do(document, operations.change_body, body, lead_id=people["environment"])
    found = section(document)
    assert found.paragraphs[0] == "2 of 4 stakeholders have a part in at least one stage."
    by_group, by_role, bodies = found.tables
    assert [row[:3] for row in by_group.rows] == [
        ("Government and agencies", 0, 1),
        ("Indigenous peoples", 0, 1),
        ("Research and academia", 0, 0),
    ]
    assert by_group.total[:3] == ("All groups", 0, 2)
    assert [row[:3] for row in by_role.rows] == [("Is consulted", 0, 1), ("Decides", 0, 1)]
    assert list(bodies.rows[0]) == ["Steering committee", "Steering body", "Ministry of environment", 1]


def test_contacts_whose_sex_is_not_said_are_counted_as_such_and_never_named(document, people):
    do(document, operations.set_stage_role, people["water"], "criteria", "decide")
    do(document, operations.add_contact, people["water"], "CANARY", sex="female")
    do(document, operations.add_contact, people["water"], "CANARY")
    found = section(document)
    assert "Among the contacts there are one woman and 0 men. For 1 it is not said." in found.paragraphs
    assert "CANARY" not in str(found) + str(read(document, tables, WORKFLOW, language("en")))


# The screen ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def screen(people, desk, qtbot):
    return shown(desk, qtbot)


def shown(desk, qtbot):
    from tna_desktop.stages.stakeholders.screen import SCREENS

    made = SCREENS["coverage"](desk, STEP)
    qtbot.addWidget(made)
    made.resize(842, 570)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(qtbot, screen, *keys):
    for key in keys:
        qtbot.keyClick(screen.grid, key)


def test_an_empty_register_leads_to_the_register(document, desk, qtbot):
    screen = shown(desk, qtbot)
    button = screen.pages.currentWidget().findChild(Button)
    with qtbot.waitSignal(desk.went) as went:
        button.click()
    assert went.args[0].step == "stakeholders.register"
    do_on_desk = desk.do(operations.add_stakeholder, "Ministry", group="government")
    assert do_on_desk and screen.pages.currentIndex() == 0


def test_digits_give_roles_cell_by_cell_and_zero_takes_them_away(screen, people, document, desk, qtbot):
    screen.grid.go_to(people["water"], 2)
    press(qtbot, screen, "5", Qt.Key.Key_Down)
    assert screen.grid.line().group.key == "indigenous_peoples"
    assert roles(document, people["water"]) == {"criteria": "decide"}
    screen.grid.go_to(people["water"], 2)
    press(qtbot, screen, "0")
    assert roles(document, people["water"]) == {}
    desk.undo()
    assert roles(document, people["water"]) == {"criteria": "decide"}
    assert screen.model.words(screen.grid.line(), 2) == "Decides"


def test_a_digit_on_a_group_goes_to_all_of_it_and_on_a_name_to_all_stages(screen, people, document, qtbot):
    screen.grid.go_to("group government", 3)
    press(qtbot, screen, "2")
    assert roles(document, people["environment"]) == roles(document, people["water"]) == {"priorities": "consult"}
    screen.grid.go_to(people["council"], 0)
    press(qtbot, screen, "3")
    assert roles(document, people["council"]) == dict.fromkeys(STAGES, "involve")
    screen.grid.go_to("*", 6)
    press(qtbot, screen, "1")
    assert [roles(document, id)["synthesis"] for id in people.values()] == ["inform"] * 4


def test_enter_opens_and_closes_a_group_and_the_place_is_kept(screen, people, qtbot):
    assert screen.model.row_of(people["water"]) > 0  # a short register stands open
    screen.grid.go_to("group government", 1)
    press(qtbot, screen, Qt.Key.Key_Return)
    assert screen.model.row_of(people["water"]) < 0
    assert screen.grid.line().id == "group government"
    press(qtbot, screen, Qt.Key.Key_Plus)
    assert screen.model.row_of(people["water"]) > 0


def test_enter_on_a_missing_group_asks_for_the_reason(screen, desk, qtbot, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import coverage

    asked = []

    class Dialog:
        def __init__(self, desk, group, parent):
            asked.append(group.key)

        def exec(self):
            desk.do(operations.justify_gap, asked[0], "Local communities", "They declined.")

        def deleteLater(self):
            pass

    monkeypatch.setattr(coverage, "GapDialog", Dialog)
    screen.grid.go_to("group local_communities", 1)
    assert "reason" in screen.grid.model().data(screen.grid.currentIndex(), 11)
    press(qtbot, screen, Qt.Key.Key_Return)
    assert asked == ["local_communities"]
    assert "They declined." in screen.grid.model().data(screen.grid.currentIndex())


def test_suggestions_are_counted_on_the_button_and_taken_at_once(screen, people, desk, document):
    assert not screen.accept_button.isVisible()
    desk.do(operations.change_stakeholder, people["university"], role="advise")
    assert screen.accept_button.text() == "Accept 6 suggestions"
    screen.accept_button.click()
    assert roles(document, people["university"]) == dict.fromkeys(STAGES, "involve")
    assert not screen.accept_button.isVisible()
    desk.undo()
    assert roles(document, people["university"]) == {}


def test_a_place_of_a_check_is_found(screen, people):
    screen.open_button.click()
    screen.show_place(Place(STEP, people["water"]))
    assert screen.grid.line().id == people["water"]
    screen.show_place(Place(STEP, None, "barriers"))
    assert (screen.grid.line().id, screen.grid.currentIndex().column()) == ("*", 4)
    screen.show_place(Place(STEP, None, "bodies"))
    assert screen.views.currentWidget() is screen.bodies


def test_the_usual_bodies_are_begun_and_members_are_picked(screen, people, document, desk, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import coverage_bodies

    screen.show_view("bodies")
    screen.bodies.begin()
    assert [body["kind"] for body in read(document, reading.bodies)] == ["steering", "coordinator", "core_team"]
    seen = {}

    def choose(parent, language, title, groups, checked, **more):
        seen["names"] = [entry.name for _, entries in groups for entry in entries]
        return [people["council"]]

    monkeypatch.setattr(coverage_bodies.LibraryPicker, "choose", choose)
    screen.bodies.table.select(read(document, reading.bodies)[0]["id"])
    screen.bodies.choose_button.click()
    assert seen["names"] == ["Ministry of environment", "Ministry of water", "Council of the Aru", "University"]
    assert [name for _, name, _ in read(document, reading.bodies)[0]["members"]] == ["Council of the Aru"]


def test_the_balance_shows_a_dash_where_nobody_counted(screen, people, document, desk):
    desk.do(operations.change_stakeholder, people["water"], region="North")
    screen.show_view("balance")
    assert screen.balance.regions.accessibleDescription() == "North: 1; Not said: 3"
    assert not screen.balance.attendance.isVisible()


def test_sixty_stakeholders_open_and_close_without_losing_the_place(document, desk, qtbot):
    ids = [do(document, operations.add_stakeholder, f"Stakeholder {n}", group="government") for n in range(60)]
    screen = shown(desk, qtbot)
    assert screen.model.rowCount() == 1 + 9  # many stand closed
    screen.open_button.click()
    screen.grid.go_to(ids[40], 5)
    press(qtbot, screen, "4")
    assert screen.grid.line().id == ids[40]
    assert roles(document, ids[40]) == {"actions": "score"}


def test_every_cell_is_told_to_a_screen_reader(screen, people, qtmodeltester):
    qtmodeltester.check(screen.model)
    screen.grid.go_to(people["water"], 2)
    told = screen.model.data(screen.grid.currentIndex(), 11)
    assert told == "Ministry of water, Criteria: no part yet"


def test_the_menu_of_a_cell_takes_digits_as_well(screen, people, document, qtbot):
    screen.grid.go_to(people["water"], 2)
    menu = screen.menu_for(screen.grid.line(), 2)
    qtbot.addWidget(menu)
    qtbot.keyClick(menu, "4")
    assert roles(document, people["water"]) == {"criteria": "score"}
