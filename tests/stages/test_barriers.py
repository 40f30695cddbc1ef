"""Stage 4: barriers written once, measures that answer them, policy needs, and what the chapter says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.kernel.workflow import read_workflow, to_json
from tna_desktop.paths import data_folder
from tna_desktop.reports.chapter import Options
from tna_desktop.stages import load_tables
from tna_desktop.stages.barriers import chapter, checks, operations, reading, results, sheet
from tna_desktop.stages.priorities import operations as priorities

load_tables()
WORKFLOW, _ = read_workflow(data_folder("workflows") / "cbd")


@pytest.fixture
def document(tmp_path: Path):
    made = Document.create(
        tmp_path / "k.tna", country="Kelvara", workflow_key="cbd", workflow_content=to_json(WORKFLOW)
    )
    yield made
    made.close(publish=False)


def do(document, operation, *args, **values):
    return document.do(operation, *args, **values).result


def read(document, function, *args, **values):
    with document.reading() as session:
        return function(session, *args, **values)


def technology(document, name, shortlisted=True):
    return do(document, priorities.add_technology, name=name, shortlisted=shortlisted)


def barrier(document, technology_id, name, **values):
    """The barrier's own id; the operation answers the link's."""
    link = do(document, operations.add_barrier, technology_id, name, **values)
    return next(row["barrier_id"] for row in read(document, reading.causes, technology_id) if row["id"] == link)


def link_of(document, technology_id, barrier_id):
    return next(row["id"] for row in read(document, reading.causes, technology_id) if row["barrier_id"] == barrier_id)


# Written once --------------------------------------------------------------------------------------------


def test_a_barrier_of_the_same_name_is_linked_and_not_written_twice(document):
    nurseries, banks = technology(document, "Nurseries"), technology(document, "Seed banks")
    first = barrier(document, nurseries, "No training", severity=4)
    second = barrier(document, banks, "  no  TRAINING ", severity=2, who_can_lift="University")
    assert first == second
    assert len(read(document, reading.barriers)) == 1
    [row] = read(document, reading.causes, banks)
    assert row["severity"] == 4  # what was known stays
    assert row["who_can_lift"] == "University"  # what was empty is filled
    assert row["others"] == ["Nurseries"]


def test_a_barrier_cannot_stand_twice_at_one_technology(document):
    nurseries = technology(document, "Nurseries")
    barrier(document, nurseries, "No training")
    with pytest.raises(Refused) as refused:
        do(document, operations.add_barrier, nurseries, "No training")
    assert refused.value.field == "name"
    assert len(read(document, reading.causes, nurseries)) == 1


def test_a_barrier_cannot_take_the_name_of_another(document):
    nurseries = technology(document, "Nurseries")
    barrier(document, nurseries, "No training")
    other = barrier(document, nurseries, "No money")
    with pytest.raises(Refused) as refused:
        do(document, operations.change_hindrance, link_of(document, nurseries, other), name="no training")
    assert refused.value.field == "name"


def test_changing_a_barrier_at_one_technology_changes_it_at_all(document):
    nurseries, banks = technology(document, "Nurseries"), technology(document, "Seed banks")
    shared = barrier(document, nurseries, "No training")
    do(document, operations.take_barriers, WORKFLOW, banks, [shared])
    do(document, operations.change_hindrance, link_of(document, banks, shared), severity=5)
    assert read(document, reading.causes, nurseries)[0]["severity"] == 5


def test_removing_a_row_keeps_a_barrier_that_hinders_another_technology(document):
    nurseries, banks = technology(document, "Nurseries"), technology(document, "Seed banks")
    shared = barrier(document, nurseries, "No training")
    do(document, operations.take_barriers, WORKFLOW, banks, [shared])
    do(document, operations.add_measure, "Hubs", barrier_id=shared)
    do(document, operations.remove_hindrances, [link_of(document, nurseries, shared)])
    assert read(document, reading.causes, nurseries) == []
    assert len(read(document, reading.causes, banks)) == 1
    do(document, operations.remove_hindrances, [link_of(document, banks, shared)])
    assert read(document, reading.barriers) == []
    assert read(document, reading.measures) == []  # it answered what is gone
    document.undo()
    assert [row["name"] for row in read(document, reading.measures)] == ["Hubs"]
    assert len(read(document, reading.causes, banks)) == 1


def test_catalogue_entries_are_taken_once_and_linked_afterwards(document):
    nurseries, banks = technology(document, "Nurseries"), technology(document, "Seed banks")
    key = WORKFLOW.catalogue("barriers").entries[0].key
    assert do(document, operations.take_barriers, WORKFLOW, nurseries, [], [key]) == 1
    assert do(document, operations.take_barriers, WORKFLOW, nurseries, [], [key]) == 0
    assert do(document, operations.take_barriers, WORKFLOW, banks, [], [key]) == 1
    [row] = read(document, reading.barriers)
    assert row["technologies"] == [nurseries, banks]
    assert row["category"] == WORKFLOW.catalogue("barriers").entries[0].get("category")


def test_the_core_problem_is_one_per_technology(document):
    nurseries = technology(document, "Nurseries")
    do(document, operations.write_core_problem, nurseries, "Villages rarely run their own")
    do(document, operations.write_core_problem, nurseries, "Nobody pays for upkeep")
    assert read(document, reading.core_problem, nurseries) == "Nobody pays for upkeep"
    do(document, operations.write_core_problem, nurseries, " ")
    assert read(document, reading.core_problems) == {}


# Causes --------------------------------------------------------------------------------------------------


def test_causes_make_a_tree(document):
    nurseries = technology(document, "Nurseries")
    rights = barrier(document, nurseries, "Rights unclear")
    law = barrier(document, nurseries, "Law silent", cause_of_id=rights)
    barrier(document, nurseries, "Ministry changes", cause_of_id=law)
    money = barrier(document, nurseries, "No money")
    tree = results.cause_tree(read(document, reading.causes, nurseries))
    assert [node.barrier_id for node in tree] == [rights, money]
    assert tree[0].causes[0].name == "Law silent"
    assert tree[0].causes[0].causes[0].name == "Ministry changes"
    assert tree[0].depth == 3 and tree[1].depth == 1


def test_a_barrier_cannot_be_its_own_cause_even_through_others(document):
    nurseries = technology(document, "Nurseries")
    first = barrier(document, nurseries, "Rights unclear")
    second = barrier(document, nurseries, "Law silent", cause_of_id=first)
    third = barrier(document, nurseries, "Ministry changes", cause_of_id=second)
    for goal in (first, second, third):
        with pytest.raises(Refused) as refused:
            do(document, operations.change_hindrance, link_of(document, nurseries, first), cause_of_id=goal)
        assert refused.value.field == "cause_of_id"
        assert refused.value.reason.english().count(".") == 1 or goal == first
    assert len(results.cause_tree(read(document, reading.causes, nurseries))) == 1


def test_a_cause_must_be_a_barrier_of_the_same_technology(document):
    nurseries, banks = technology(document, "Nurseries"), technology(document, "Seed banks")
    here, there = barrier(document, nurseries, "Rights unclear"), barrier(document, banks, "No cold store")
    with pytest.raises(Refused):
        do(document, operations.change_hindrance, link_of(document, nurseries, here), cause_of_id=there)


def test_removing_a_barrier_hands_its_causes_upwards(document):
    nurseries = technology(document, "Nurseries")
    first = barrier(document, nurseries, "Rights unclear")
    second = barrier(document, nurseries, "Law silent", cause_of_id=first)
    third = barrier(document, nurseries, "Ministry changes", cause_of_id=second)
    do(document, operations.remove_hindrances, [link_of(document, nurseries, second)])
    rows = {row["barrier_id"]: row["cause_of_id"] for row in read(document, reading.causes, nurseries)}
    assert rows == {first: None, third: first}


def test_a_circle_from_a_merge_still_shows_every_barrier():
    def row(key, above):
        return {
            "id": key,
            "barrier_id": key,
            "cause_of_id": above,
            "name": key,
            "category": "",
            "severity": None,
            "ease": None,
            "measures": 0,
        }

    tree = results.cause_tree([row("a", "b"), row("b", "a"), row("c", "a")])
    assert [node.name for node in tree] == ["a", "b"]
    assert [node.name for node in tree[0].causes] == ["c"]


# Order and what is shared --------------------------------------------------------------------------------


def test_barriers_are_ranked_by_class_then_severity_and_ties_stay_ties(document):
    nurseries = technology(document, "Nurseries")
    for name, importance, severity in (
        ("unrated", "", None),
        ("important 3", "important", 3),
        ("killer 2", "killer", 2),
        ("important 5", "important", 5),
        ("important 3 too", "important", 3),
        ("important unknown", "important", None),
        ("insignificant 5", "insignificant", 5),
    ):
        barrier(document, nurseries, name, importance=importance, severity=severity)
    ranked = read(document, results.ranked, WORKFLOW)[nurseries]
    assert [(each.place, each.name, each.tied) for each in ranked] == [
        (1, "killer 2", False),
        (2, "important 5", False),
        (3, "important 3", True),
        (3, "important 3 too", True),
        (5, "important unknown", False),
        (6, "insignificant 5", False),
        (7, "unrated", False),
    ]


def shared_three(document):
    """Training hinders all three and lies behind "Few know it" at the nurseries; money hinders two and is worse."""
    nurseries, banks, gear = (technology(document, name) for name in ("Nurseries", "Seed banks", "Gear"))
    unlisted = technology(document, "Drones", shortlisted=False)
    few = barrier(document, nurseries, "Few know it", importance="important", severity=2)
    training = barrier(document, nurseries, "No training", importance="important", severity=4, cause_of_id=few)
    money = barrier(document, nurseries, "No money", importance="killer", severity=5)
    do(document, operations.take_barriers, WORKFLOW, banks, [training, money])
    do(document, operations.take_barriers, WORKFLOW, gear, [training])
    local = barrier(document, gear, "Nets torn")
    do(document, operations.take_barriers, WORKFLOW, unlisted, [local])
    return training, money


def test_common_barriers_say_what_lifting_them_unlocks(document):
    training, money = shared_three(document)
    found = read(document, results.common, WORKFLOW)
    assert [each.barrier_id for each in found] == [money, training]  # the worse class first
    assert found[0].technologies == ("Nurseries", "Seed banks")
    assert found[0].foremost_for == ("Nurseries", "Seed banks")
    assert found[1].technologies == ("Nurseries", "Seed banks", "Gear")
    assert found[1].foremost_for == ("Gear",)
    assert found[1].consequences == ("Few know it",)


def test_a_barrier_shared_only_with_a_technology_off_the_shortlist_is_not_common(document):
    shared_three(document)
    assert "Nets torn" not in [each.name for each in read(document, results.common, WORKFLOW)]


# Measures and policy needs -------------------------------------------------------------------------------


def test_a_measure_of_the_kind_policy_is_a_policy_need_by_itself(document):
    need = do(document, operations.add_measure, "Amend the act", kind="policy")
    other = do(document, operations.add_measure, "Train keepers", kind="training")
    assert [row["id"] for row in read(document, reading.policy_needs)] == [need]
    do(document, operations.change_measure, other, kind="policy")
    assert len(read(document, reading.policy_needs)) == 2
    do(document, operations.change_measure, other, kind="training")
    assert [row["id"] for row in read(document, reading.policy_needs)] == [need]
    with pytest.raises(Refused) as refused:
        do(document, operations.change_measure, need, policy_need=False)
    assert refused.value.field == "policy_need"


def test_suggested_measures_are_taken_once_for_each_barrier(document):
    nurseries = technology(document, "Nurseries")
    first = barrier(document, nurseries, "No money", category="economic_financial")
    second = barrier(document, nurseries, "No credit", category="economic_financial")
    assert [row["name"] for row in read(document, reading.unanswered)] == ["No money", "No credit"]
    pairs = [(first, "small_grants"), (first, "small_grants"), (second, "small_grants")]
    assert do(document, operations.take_measures, WORKFLOW, pairs) == 2
    assert do(document, operations.take_measures, WORKFLOW, pairs) == 0
    assert read(document, reading.unanswered) == []
    assert {row["kind"] for row in read(document, reading.measures)} == {"finance"}


def test_measures_stand_by_barrier_and_those_without_one_last(document):
    nurseries = technology(document, "Nurseries")
    first, second = barrier(document, nurseries, "No money"), barrier(document, nurseries, "No law")
    for name, answers in (
        ("loose", None),
        ("for law", second),
        ("for money", first),
        ("for money too", first),
    ):
        do(document, operations.add_measure, name, barrier_id=answers)
    assert [row["name"] for row in read(document, reading.measures)] == [
        "for money",
        "for money too",
        "for law",
        "loose",
    ]


# Checks, sheets, chapter ---------------------------------------------------------------------------------


def test_checks_are_open_before_anything_is_written(document):
    with document.reading() as session:
        for check in checks.CHECKS.values():
            assert check(session, WORKFLOW, "barriers.causes").state is State.OPEN


def test_every_check_of_the_workflows_is_there():
    for key in ("cbd", "climate"):
        workflow, _ = read_workflow(data_folder("workflows") / key)
        stage = next(stage for stage in workflow.stages if stage.key == "barriers")
        assert {check.check for step in stage.steps for check in step.checks} <= set(checks.CHECKS)


def test_barriers_that_matter_most_need_a_measure(document):
    nurseries = technology(document, "Nurseries")
    killer = barrier(document, nurseries, "No money", importance="killer")
    barrier(document, nurseries, "Rain", importance="insignificant")
    with document.reading() as session:
        finding = checks.barriers_answered(session, WORKFLOW, "barriers.measures", classes=("killer", "crucial"))
    assert finding.state is State.ATTENTION
    assert [place.record for place in finding.places] == [killer]
    do(document, operations.add_measure, "Fund", barrier_id=killer)
    with document.reading() as session:
        assert checks.barriers_answered(session, WORKFLOW, "barriers.measures").state is State.GOOD


def test_a_barrier_counts_as_rated_with_both_severity_and_ease(document):
    nurseries = technology(document, "Nurseries")
    known = barrier(document, nurseries, "No money", severity=5)
    with document.reading() as session:
        finding = checks.barriers_rated(session, WORKFLOW, "barriers.causes")
    assert [(place.record, place.field) for place in finding.places] == [(known, "ease")]


def test_the_chapter_leads_with_the_worst_common_barrier(document):
    shared_three(document)
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
    assert made.lead == (
        "Four barriers stand in the way of three technologies. The most severe one that several share is: No money."
    )
    assert [section.title for section in made.sections] == [
        "Barriers that several technologies share",
        "Nurseries",
        "Seed banks",
        "Gear",
        "What would lift them",
    ]


def test_the_chapter_holds_the_weightiest_barriers_with_their_measures_and_the_annex_all(document):
    nurseries = technology(document, "Nurseries")
    heavy = barrier(document, nurseries, "No money")
    light = barrier(document, nurseries, "No patience")
    do(document, operations.change_hindrance, link_of(document, nurseries, heavy), importance="crucial")
    do(document, operations.change_hindrance, link_of(document, nurseries, light), importance="important")
    for name in ("A fund", "A levy", "A loan"):
        do(document, operations.add_measure, name, barrier_id=heavy)
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
        annex = chapter.annex_sections(session, WORKFLOW, ENGLISH)
    section = next(each for each in made.sections if each.title == "Nurseries")
    assert [(row[0], row[-1]) for row in section.tables[0].rows] == [("No money", "A fund; A levy and one more")]
    assert "the annex on barriers lists them all" in section.paragraphs[-1]
    assert [row[1] for row in annex[0].tables[0].rows] == ["No money", "No patience"]
    assert [row[0] for row in annex[1].tables[0].rows] == ["A fund", "A levy", "A loan"]
    assert annex[2].bullets == ("No patience",)


def test_shared_barriers_count_what_follows_from_them(document):
    shared_three(document)
    with document.reading() as session:
        table = sheet.common_table(session, WORKFLOW, ENGLISH)
    place = [column.key for column in table.columns].index("consequences")
    assert all(isinstance(row[place], int) for row in table.rows)


def test_the_chapter_of_an_empty_assessment_says_so(document):
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
    assert made.lead == "It has not been written yet what stands in the way."


def test_sheets_hold_unknown_as_none_and_policy_needs_by_law(document):
    nurseries = technology(document, "Nurseries")
    barrier(document, nurseries, "No money")
    do(document, operations.add_policy_need, "B", law="Seed Act", body="Parliament")
    do(document, operations.add_policy_need, "C")
    do(document, operations.add_policy_need, "A", law="Coastal Act")
    with document.reading() as session:
        tables = {table.key: table for table in sheet.sheets(session, WORKFLOW, ENGLISH, Options())}
    assert set(tables) == {"barriers", "common_barriers", "measures", "policy_needs"}
    keys = [column.key for column in tables["barriers"].columns]
    assert tables["barriers"].rows[0][keys.index("severity")] is None
    assert [row[0] for row in tables["policy_needs"].rows] == ["Coastal Act", "Seed Act", ""]
    for table in tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)


# The screens ---------------------------------------------------------------------------------------------


@pytest.fixture
def desk(document, qtbot):
    from tna_desktop.kernel.text import language
    from tna_desktop.settings import Settings
    from tna_desktop.ui.desk import Desk
    from tna_desktop.ui.theme import use_theme

    use_theme("light")
    made = Desk(document, WORKFLOW, language("en"), Settings())
    yield made
    made._quiet.stop()


def shown(qtbot, desk, step):
    from tna_desktop.stages.barriers.screen import SCREENS

    screen = SCREENS[step](desk, f"barriers.{step}")
    qtbot.addWidget(screen)
    screen.resize(1090, 570)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def test_typing_a_name_adds_a_barrier_to_the_chosen_technology(document, desk, qtbot):
    from PySide6.QtCore import Qt

    technology(document, "Nurseries")
    banks = technology(document, "Seed banks")
    screen = shown(qtbot, desk, "causes")
    screen.switch.segments.buttons()[1].click()
    screen.table.focus_add_line()
    qtbot.keyClicks(screen.table.foot.line, "No cold store")
    qtbot.keyClick(screen.table.foot.line, Qt.Key.Key_Return)
    assert [row["name"] for row in read(document, reading.causes, banks)] == ["No cold store"]
    desk.undo()
    assert screen.table.rows() == []


def test_the_core_problem_is_kept_when_the_line_is_left(document, desk, qtbot):
    from PySide6.QtCore import Qt

    nurseries = technology(document, "Nurseries")
    screen = shown(qtbot, desk, "causes")
    screen.core.setFocus()
    qtbot.keyClicks(screen.core, "Villages rarely run their own")
    qtbot.keyClick(screen.core, Qt.Key.Key_Return)
    assert read(document, reading.core_problem, nurseries) == "Villages rarely run their own"


def test_the_tree_goes_by_arrow_keys_and_opens_the_table_at_the_same_barrier(document, desk, qtbot):
    from PySide6.QtCore import Qt

    nurseries = technology(document, "Nurseries")
    rights = barrier(document, nurseries, "Rights unclear")
    law = barrier(document, nurseries, "Law silent", cause_of_id=rights)
    screen = shown(qtbot, desk, "causes")
    screen.show_tree_view()
    screen.tree.set_current(link_of(document, nurseries, rights))
    qtbot.keyClick(screen.tree, Qt.Key.Key_Right)
    assert screen.tree.current() == link_of(document, nurseries, law)
    assert "Law silent, a cause of Rights unclear" in screen.tree.accessibleName()
    qtbot.keyClick(screen.tree, Qt.Key.Key_Return)
    assert screen.view_switch.current() == "table"
    assert screen.table.current() == link_of(document, nurseries, law)


def test_the_banner_names_barriers_without_a_measure(document, desk, qtbot):
    nurseries = technology(document, "Nurseries")
    answered = barrier(document, nurseries, "No money")
    screen = shown(qtbot, desk, "measures")
    assert not screen.banner.isHidden()
    assert "No money" in screen.banner.accessibleName()
    assert screen.suggest_button.isHidden(), "the banner offers it already"
    desk.do(operations.add_measure, "Fund", barrier_id=answered)
    assert screen.banner.isHidden() and not screen.suggest_button.isHidden()
