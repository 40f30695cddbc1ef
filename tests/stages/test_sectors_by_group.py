"""Answers of groups about the sectors beside the agreed ones; every number by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.priorities import operations, reading, results, sheet
from tna_desktop.stages.priorities.operations import ANSWER
from tna_desktop.stages.priorities.operations_sectors import answer_for_group, choose_sector, take_answers
from tna_desktop.stages.priorities.reading_sectors import group_answers
from tna_desktop.stages.priorities.results_sectors import group_orders
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.stages.priorities.sections_sectors import group_words, orders_words, sector_groups_section
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.records import ACCESSIBLE_TEXT

K = Qt.Key
ENGLISH = language("en")
QUESTIONS = [entry.key for entry in WORKFLOW.catalogue("sector_questions").entries]
FIRST, SECOND = QUESTIONS[:2]


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def three(document):
    """Coast, Farms and Woods; nothing is agreed."""
    return {name: do(document, operations.add_sector, name) for name in ("Coast", "Farms", "Woods")}


@pytest.fixture
def screen(document, three, qtbot):
    desk = room.new_desk(document)
    desk.notices = []
    desk.noticed.connect(lambda notice: desk.notices.append(notice.text))
    made = SCREENS["sectors"](desk, "priorities.sectors")
    qtbot.addWidget(made)
    made.resize(1090, 620)
    made.show()
    made.show_view("questions")
    return made


def answer(document, group, id, *values):
    """Values in the order of the questions; None is left out."""
    given = {ANSWER + key: value for key, value in zip(QUESTIONS, values, strict=False) if value is not None}
    do(document, answer_for_group, WORKFLOW, group, id, **given)


def all_alike(document, group, **levels):
    """The same answer to all questions, by sector id."""
    for id, level in levels.items():
        answer(document, group, id, *[level] * len(QUESTIONS))


def scores(document, id):
    return next(row["scores"] for row in read(document, reading.sectors) if row["id"] == id)


def orders(document):
    return {each.group: each for each in read(document, group_orders, WORKFLOW)}


# Answers -----------------------------------------------------------------------------------------------


def test_a_group_answers_without_touching_what_is_agreed(document, three):
    coast = three["Coast"]
    do(document, operations.score_sector, coast, FIRST, 3)
    answer(document, "research", coast, 5, 2)
    answer(document, "government", coast, 3)
    found = read(document, group_answers, WORKFLOW)
    assert found[coast, FIRST].by_group == {"government": 3, "research": 5}
    assert list(found[coast, FIRST].by_group) == ["government", "research"], "in the order of the workflow"
    assert found[coast, SECOND].by_group == {"research": 2}
    assert scores(document, coast) == {FIRST: 3}
    do(document, answer_for_group, WORKFLOW, "research", coast, **{ANSWER + FIRST: None})
    assert read(document, group_answers, WORKFLOW)[coast, FIRST].by_group == {"government": 3}
    document.undo()
    assert read(document, group_answers, WORKFLOW)[coast, FIRST].by_group == {"government": 3, "research": 5}


def test_two_points_apart_is_disagreement_and_one_is_not(document, three):
    coast = three["Coast"]
    answer(document, "government", coast, 3, 4)
    answer(document, "research", coast, 5, 5)
    found = read(document, group_answers, WORKFLOW)
    assert found[coast, FIRST].far_apart and (found[coast, FIRST].low, found[coast, FIRST].high) == (3, 5)
    assert not found[coast, SECOND].far_apart


def test_only_groups_and_questions_of_the_workflow_and_levels_from_1_to_5(document, three):
    with pytest.raises(Refused):
        do(document, answer_for_group, WORKFLOW, "Ana", three["Coast"], **{ANSWER + FIRST: 3})
    with pytest.raises(Refused):
        do(document, answer_for_group, WORKFLOW, "research", three["Coast"], **{ANSWER + "luck": 3})
    with pytest.raises(Refused):
        do(document, answer_for_group, WORKFLOW, "research", three["Coast"], **{ANSWER + FIRST: 6})
    assert read(document, group_answers, WORKFLOW) == {}


# Agreeing ----------------------------------------------------------------------------------------------


def test_means_are_taken_only_where_nothing_is_agreed_and_unknown_is_never_zero(document, three):
    coast, farms = three["Coast"], three["Farms"]
    do(document, operations.score_sector, coast, FIRST, 1)
    answer(document, "government", coast, 4, 2)
    answer(document, "research", coast, 5, 3)
    answer(document, "women_youth", coast, None, 3)
    answer(document, "research", farms, 4)
    before = document.seq
    assert do(document, take_answers, WORKFLOW) == 2
    assert document.seq == before + 1
    assert scores(document, coast) == {FIRST: 1, SECOND: pytest.approx(8 / 3)}
    assert scores(document, farms) == {FIRST: 4}, "one group answered: its answer is the mean; the rest stays unknown"
    assert scores(document, three["Woods"]) == {}
    assert do(document, take_answers, WORKFLOW) == 0
    document.undo()
    document.undo()
    assert scores(document, coast) == {FIRST: 1} and scores(document, farms) == {}


def test_on_wish_agreed_answers_are_written_over_all_or_one(document, three):
    coast = three["Coast"]
    do(document, operations.score_sector, coast, FIRST, 1)
    do(document, operations.score_sector, coast, SECOND, 1)
    for group, one, other in (("government", 2, 5), ("research", 3, 5), ("partners", 5, 5)):
        answer(document, group, coast, one, other)
    assert do(document, take_answers, WORKFLOW, "median", [(coast, FIRST)], over=True) == 1
    assert scores(document, coast) == {FIRST: 3, SECOND: 1}
    assert do(document, take_answers, WORKFLOW, over=True) == 2
    assert scores(document, coast) == {FIRST: pytest.approx(10 / 3), SECOND: 5}
    assert do(document, take_answers, WORKFLOW, over=True) == 0, "nothing to change is no change"


def test_a_sector_takes_its_answers_along(document, three):
    answer(document, "research", three["Coast"], 5)
    do(document, operations.remove_sectors, [three["Coast"]])
    assert read(document, group_answers, WORKFLOW) == {}
    document.undo()
    assert read(document, group_answers, WORKFLOW)[three["Coast"], FIRST].by_group == {"research": 5}


# Orders ------------------------------------------------------------------------------------------------


def test_each_group_has_an_order_of_its_own(document, three):
    coast, farms, woods = three.values()
    all_alike(document, "research", **{coast: 2, farms: 5, woods: 5})
    answer(document, "government", coast, *[4] * len(QUESTIONS))
    answer(document, "government", farms, 5)
    found = orders(document)
    research = {row.id: (row.rank, row.tied, row.value) for row in found["research"].order}
    assert research == {coast: (3, False, 2), farms: (1, True, 5), woods: (1, True, 5)}
    assert {row.id for row in found["research"].first} == {farms, woods}
    government = {row.id: row.rank for row in found["government"].order}
    assert government == {coast: 1, farms: None, woods: None}, "a sector not fully answered has no place"
    assert (found["government"].answered, found["government"].asked) == (len(QUESTIONS) + 1, 3 * len(QUESTIONS))
    assert all(each.rank is None for each in read(document, results.sector_ranking, WORKFLOW)), "nothing is agreed"


def test_who_would_choose_differently(document, three):
    coast, farms, woods = three.values()
    do(document, choose_sector, coast, True)
    all_alike(document, "government", **{coast: 5, farms: 4, woods: 3})
    all_alike(document, "research", **{coast: 3, farms: 5, woods: 4})
    # Two share the first place: neither is surely the one that would be chosen, but Coast surely is not.
    all_alike(document, "private_sector", **{coast: 1, farms: 5, woods: 5})
    # Coast is not answered: nothing can be said.
    all_alike(document, "partners", **{farms: 5, woods: 4})
    found = orders(document)
    assert not found["government"].differs and not found["partners"].differs
    assert (found["research"].enters, found["research"].leaves) == ((farms,), (coast,))
    assert (found["private_sector"].enters, found["private_sector"].leaves) == ((), (coast,))
    told = [group_words(each, ENGLISH) for each in found.values()]
    assert "Research and academia would choose Farms rather than Coast." in told
    assert "Private sector would leave out Coast." in told
    words = orders_words(list(found.values()), ENGLISH)
    assert words == (
        "By their own answers, 2 of 4 groups would choose other sectors: Research and academia and Private sector."
    )


# Report and workbook -----------------------------------------------------------------------------------


def test_report_and_workbook_have_places_by_group_and_no_stray_voice(document, three):
    assert read(document, sector_groups_section, WORKFLOW, ENGLISH) is None
    coast, farms, woods = three.values()
    do(document, choose_sector, coast, True)
    all_alike(document, "research", **{coast: 3, farms: 5, woods: 4})
    do(document, operations.score_sector, coast, FIRST, 2, voice="Canary")
    section = read(document, sector_groups_section, WORKFLOW, ENGLISH)
    (table,) = section.tables
    assert [column.key for column in table.columns] == ["name", "agreed", "research", "chosen"]
    assert {row[0]: row[2] for row in table.rows} == {"Coast": 3, "Farms": 1, "Woods": 2}
    assert section.bullets == ("Research and academia would choose Farms rather than Coast.",)
    tables = read(document, sheet.sheets, WORKFLOW, ENGLISH, Options())
    assert "sector_groups" in {each.key for each in tables}
    assert "Canary" not in repr(tables) + repr(section)


def test_a_mean_of_groups_is_not_rounded_away_in_the_workbook(document, three):
    answer(document, "research", three["Coast"], 4)
    answer(document, "government", three["Coast"], 3)

    def decimals():
        table = read(document, sheet.sector_table, WORKFLOW, ENGLISH)
        return next(column.decimals for column in table.columns if column.key == FIRST)

    assert decimals() == 0
    do(document, take_answers, WORKFLOW)
    assert decimals() == 2


# Screen ------------------------------------------------------------------------------------------------


def test_a_group_is_answered_for_by_digits(document, three, screen, qtbot):
    coast = three["Coast"]
    do(document, operations.score_sector, coast, FIRST, 3)
    menu = Menu("", screen)
    screen.answers.switch.fill(menu)
    next(each for each in menu.actions() if each.text().startswith("Research")).trigger()
    table = screen.answers.table
    assert screen.answers.voice == "research"
    assert "Answers of Research and academia." in screen.answers.line.accessibleName()
    table.select(coast, ANSWER + FIRST)
    qtbot.keyClick(table.view, K.Key_5)
    assert read(document, group_answers, WORKFLOW)[coast, FIRST].by_group == {"research": 5}
    assert scores(document, coast) == {FIRST: 3}
    row = table.model.record(coast)
    assert row.values[ANSWER + FIRST] == 5 and row.values[ANSWER + SECOND] is None
    table.select(coast, ANSWER + FIRST)
    qtbot.keyClick(table.view, K.Key_0)
    assert read(document, group_answers, WORKFLOW) == {}
    document.undo()
    screen.answers.line.buttons()[0].click()
    assert screen.answers.voice == "" and table.model.record(coast).values[ANSWER + FIRST] == 3


def test_what_is_added_while_a_group_is_shown_answers_for_the_group(document, three, screen):
    screen.answers.show_voice("government")
    table = screen.answers.table
    id = table.do(table.adding, name="Towns", **{ANSWER + FIRST: 4})
    assert scores(document, id) == {}
    assert read(document, group_answers, WORKFLOW)[id, FIRST].by_group == {"government": 4}


def test_spread_is_said_and_the_mean_of_one_cell_is_taken(document, three, screen):
    coast = three["Coast"]
    do(document, operations.score_sector, coast, FIRST, 1)
    answer(document, "government", coast, 2)
    answer(document, "research", coast, 5)
    screen.load()
    table = screen.answers.table
    place = table.model.place(coast, ANSWER + FIRST)
    said = "The groups disagree: Government 2 and Research 5"
    assert table.model.data(place, ACCESSIBLE_TEXT) == f"1 of 5. {said}"
    assert "disagree on one answer" in screen.answers.line.accessibleName()
    screen.answers.next_apart()
    assert screen.answers.strip.isVisible() and said in screen.answers.strip.told.text()
    assert screen.answers.strip.mean.text() == "Take the mean, 3.50"
    screen.answers.strip.mean.click()
    assert scores(document, coast) == {FIRST: 3.5}
    assert not table.view.grab().isNull()
    document.undo()
    assert scores(document, coast) == {FIRST: 1}


def test_means_where_nothing_is_agreed_are_one_notice(document, three, screen):
    answer(document, "government", three["Coast"], 2, 4)
    screen.load()
    (action,) = [button for button in screen.answers.line.buttons() if "means" in button.text()]
    action.click()
    assert scores(document, three["Coast"]) == {FIRST: 2, SECOND: 4}
    assert screen.desk.notices[-1] == "2 means taken as agreed"


def test_orders_stand_side_by_side_and_the_choice_says_who_would_choose_differently(document, three, screen):
    coast, farms, woods = three.values()
    for id, level in ((coast, 5), (farms, 4), (woods, 3)):
        do(document, operations.change_sector, id, **{ANSWER + key: level for key in QUESTIONS})
    do(document, choose_sector, coast, True, "Reefs")
    all_alike(document, "research", **{coast: 3, farms: 5, woods: 4})
    screen.show_view("groups")
    rows = {row.id: row.values for row in screen.groups.table.rows()}
    assert (rows[coast]["agreed"], rows[coast]["research"]) == ("1 ✓", "3 ▼")
    assert (rows[farms]["agreed"], rows[farms]["research"]) == ("2", "1 ▲")
    assert rows[woods]["research"] == "2"
    assert "Research and academia would choose Farms rather than Coast." in screen.groups.told.text()
    screen.show_view("line")
    screen.order.stand(farms)
    assert screen.order.others.text() == "By their own answers these would choose it: Research and academia."
    assert "would choose it: Research" in screen.order.canvas.accessibleDescription()
    screen.order.stand(woods)
    assert screen.order.others.isHidden()
    assert not screen.order.canvas.grab().isNull()
