"""Stage 5: actions from measures, and a budget that adds up to the cent and says what it does not know."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tna_desktop.charts.columns import YearColumn, column_chart
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import ENGLISH, language
from tna_desktop.kernel.workflow import read_workflow, to_json
from tna_desktop.paths import data_folder
from tna_desktop.reports.chapter import Options
from tna_desktop.stages import load_tables
from tna_desktop.stages.actions import chapter, checks, figures, operations, reading, results, sheet
from tna_desktop.stages.barriers import operations as barriers
from tna_desktop.stages.barriers import reading as barriers_reading
from tna_desktop.stages.priorities import operations as priorities
from tna_desktop.stages.stakeholders import operations as stakeholders

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


def action(document, name, **values):
    return do(document, operations.add_action, name, **values)


def fund(document, action_id, source, amount, year=None, secured=False):
    return do(document, operations.add_funding, action_id, source=source, amount=amount, year=year, secured=secured)


# The plan ------------------------------------------------------------------------------------------------


def test_marked_measures_become_actions_once(document):
    nurseries = do(document, priorities.add_technology, name="Nurseries", shortlisted=True)
    banks = do(document, priorities.add_technology, name="Seed banks", shortlisted=True)
    do(document, barriers.add_barrier, nurseries, "No training")
    do(document, barriers.add_barrier, nurseries, "No money")
    do(document, barriers.add_barrier, banks, "No money")
    ids = {row["name"]: row["id"] for row in read(document, barriers_reading.barriers)}
    own = do(document, barriers.add_measure, "Hubs", barrier_id=ids["No training"], kind="training", to_plan=True)
    shared = do(document, barriers.add_measure, "Fund", barrier_id=ids["No money"], kind="finance", to_plan=True)
    do(document, barriers.add_measure, "Later", barrier_id=ids["No money"])
    waiting = [row["id"] for row in read(document, reading.waiting_measures)]
    assert sorted(waiting) == sorted([own, shared])
    assert do(document, operations.take_over_measures, WORKFLOW, waiting) == 2
    assert do(document, operations.take_over_measures, WORKFLOW, waiting) == 0
    rows = {row["name"]: row for row in read(document, reading.actions)}
    assert rows["Hubs"]["technology_id"] == nurseries and rows["Hubs"]["kind"] == "capacity"
    assert rows["Fund"]["technology_id"] is None  # the barrier hinders two: the team has to say
    assert rows["Fund"]["kind"] == "finance" and rows["Fund"]["measure"] == "Fund"
    assert read(document, reading.waiting_measures) == []


def test_an_action_cannot_end_before_it_starts(document):
    hubs = action(document, "Hubs", start="2028-03-01", end="2030-12-31")
    with pytest.raises(Refused) as refused:
        do(document, operations.change_action, hubs, start="2031-01-01")
    assert refused.value.field == "start"
    with pytest.raises(Refused) as refused:
        action(document, "Backwards", start="2028-03-01", end="2028-02-29")
    assert refused.value.field == "end"
    assert [row["start"] for row in read(document, reading.actions)] == [date(2028, 3, 1)]


def test_another_lead_has_not_agreed_yet(document):
    first = do(document, stakeholders.add_stakeholder, "Ministry", group="government")
    second = do(document, stakeholders.add_stakeholder, "University", group="research")
    hubs = action(document, "Hubs", lead_id=first)
    do(document, operations.change_action, hubs, lead_agreed=True)
    do(document, operations.change_action, hubs, lead_id=second)
    [row] = read(document, reading.actions)
    assert row["lead"] == "University" and row["lead_group"] == "research" and not row["lead_agreed"]
    do(document, operations.change_action, hubs, lead_id=None)
    with pytest.raises(Refused):
        do(document, operations.change_action, hubs, lead_agreed=True)


def test_removing_a_measure_keeps_the_action(document):
    measure = do(document, barriers.add_measure, "Fund", to_plan=True)
    do(document, operations.take_over_measures, WORKFLOW, [measure])
    do(document, barriers.remove_measures, [measure])
    [row] = read(document, reading.actions)
    assert row["name"] == "Fund" and row["measure_id"] is None


def test_the_five_ticks_count_what_is_there(document):
    lead = do(document, stakeholders.add_stakeholder, "Ministry")
    full = action(document, "Full", lead_id=lead, start="2027-01-01", end="2027-12-31", cost=10, indicator="x")
    fund(document, full, "gef", 10)
    bare = action(document, "Bare", start="2027-01-01")
    ticks = read(document, results.quality)
    assert [tick.key for tick in ticks] == ["lead_id", "dates", "cost", "source", "indicator"]
    assert all((tick.done, tick.all, tick.lacking) == (1, 2, (bare,)) for tick in ticks)


def test_a_cost_of_zero_is_known(document):
    action(document, "A letter", cost=0)
    assert next(tick for tick in read(document, results.quality) if tick.key == "cost").holds
    budget = read(document, results.budget)
    assert budget.uncosted == 0 and budget.covered_share is None


# The budget ----------------------------------------------------------------------------------------------


def plan(document):
    """Hubs 2,400 (900 + 300 found), houses 1,800 (2,000 found: 200 too much), mapping unknown (50 found)."""
    nurseries = do(document, priorities.add_technology, name="Nurseries", shortlisted=True)
    hubs = action(document, "Hubs", technology_id=nurseries, cost=2400, start="2027-07-01", end="2028-12-31")
    houses = action(document, "Houses", cost=1800)
    mapping = action(document, "Mapping")
    fund(document, hubs, "gbf_fund", 900, 2028, secured=True)
    fund(document, hubs, "bilateral", 300, 2027)
    fund(document, houses, "gbf_fund", 2000, 2028)
    fund(document, mapping, "bilateral", 50)
    return nurseries, hubs, houses, mapping


def test_totals_gap_and_surplus_by_hand(document):
    _, hubs, houses, mapping = plan(document)
    budget = read(document, results.budget)
    assert (budget.cost, budget.funded, budget.secured) == (4200, 3250, 900)
    assert (budget.covered, budget.gap) == (3000, 1200)
    assert budget.covered_share == pytest.approx(3000 / 4200)
    assert (budget.costed, budget.uncosted, budget.complete) == (2, 1, False)
    lines = {line.id: line for line in budget.actions}
    assert (lines[hubs].gap, lines[hubs].surplus, lines[hubs].over_funded) == (1200, 0, False)
    assert (lines[houses].gap, lines[houses].surplus, lines[houses].over_funded) == (0, 200, True)
    assert (lines[mapping].cost, lines[mapping].gap, lines[mapping].funded) == (None, None, 50)
    assert not lines[mapping].over_funded  # an unknown cost is not zero


def test_money_by_source_year_and_technology(document):
    nurseries, *_ = plan(document)
    budget = read(document, results.budget)
    assert [(part.key, part.funded) for part in budget.sources] == [("gbf_fund", 2900), ("bilateral", 350)]
    # The gap of 1,200 over 18 months: 6 in 2027 (400), 12 in 2028 (800).
    years = {part.key: part for part in budget.years}
    assert list(years) == [2027, 2028, None]
    assert (years[2027].funded, years[2027].gap, years[2027].cost) == (
        300,
        pytest.approx(400),
        pytest.approx(700),
    )
    assert (years[2028].funded, years[2028].gap) == (2900, pytest.approx(800))
    assert (years[None].funded, years[None].gap) == (50, 0)
    assert years[2028].by_source == {"gbf_fund": 2900}
    assert [(part.key, part.cost, part.funded, part.gap) for part in budget.technologies] == [
        (nurseries, 2400, 1200, 1200),
        (None, 1800, 2050, 0),
    ]


def test_an_action_paid_to_the_cent_has_no_gap_and_is_not_over_funded(document):
    small = action(document, "Small", cost=0.3)
    fund(document, small, "gef", 0.1)
    fund(document, small, "bilateral", 0.2)
    budget = read(document, results.budget)
    assert budget.gap == 0 and budget.funded == 0.3 and not budget.actions[0].over_funded


def test_an_unknown_amount_is_counted_and_not_added(document):
    hubs = action(document, "Hubs", cost=100)
    fund(document, hubs, "gef", None, 2028)
    budget = read(document, results.budget)
    assert budget.funded == 0 and budget.gap == 100 and budget.unknown_amounts == 1 and not budget.complete
    assert budget.sources == ()


def test_money_needs_an_action(document):
    with pytest.raises(Refused) as refused:
        fund(document, "", "gef", 10)
    assert refused.value.field == "action_id"


def test_units_keep_the_smallest_amount_visible():
    assert figures.in_unit([2_400_000, 900_000]) == (1e6, "million")
    assert figures.in_unit([2_400_000, 40_000]) == (1e3, "thousand")
    assert figures.in_unit([2_400_000, 150_000]) == (1e3, "thousand")  # 0.2 million would be a third too much
    assert figures.in_unit([2_400_000, 40]) == (1.0, "")
    assert figures.in_unit([4200, 1200]) == (1.0, "")
    assert figures.in_unit([0, 0]) == (1.0, "")


# Checks, sheets, chapter ---------------------------------------------------------------------------------


def test_checks_are_open_before_anything_is_planned(document):
    with document.reading() as session:
        for check in checks.CHECKS.values():
            assert check(session, WORKFLOW, "actions.plan").state is State.OPEN


def test_every_check_of_the_workflows_is_there():
    for key in ("cbd", "climate"):
        workflow, _ = read_workflow(data_folder("workflows") / key)
        stage = next(stage for stage in workflow.stages if stage.key == "actions")
        assert {check.check for step in stage.steps for check in step.checks} <= set(checks.CHECKS)


def test_the_check_of_costs_leads_to_the_action_without_one(document):
    *_, mapping = plan(document)
    with document.reading() as session:
        finding = checks.actions_costed(session, WORKFLOW, "actions.budget")
        gap = checks.funding_gap_known(session, WORKFLOW, "actions.budget")
        covered = checks.budget_covered(session, WORKFLOW, "actions.budget", at_least_share=0.5)
        more = checks.budget_covered(session, WORKFLOW, "actions.budget", at_least_share=0.75)
    assert [(place.record, place.field) for place in finding.places] == [(mapping, "cost")]
    assert gap.state is State.ATTENTION
    assert covered.text.english() == "71.4 % of the known cost has a source."  # 3,000 of 4,200
    assert (covered.state, more.state) == (State.GOOD, State.ATTENTION)


def test_the_lead_says_that_the_total_is_incomplete(document):
    plan(document)
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
    assert made.lead == (
        "The plan has three actions. 2 of 3 actions have a cost, 4,200 USD together; the total is incomplete. "
        "71 % of it has a source."
    )
    open_section = made.sections[-1]
    assert open_section.bullets == ("Mapping",)
    money = next(section for section in made.sections if section.pictures)
    assert "No source yet" in money.pictures[0].description
    assert money.asides[0].figure == "1,200 USD"


def test_the_lead_without_any_cost_claims_no_total(document):
    action(document, "Hubs")
    with document.reading() as session:
        made = chapter.chapter(session, WORKFLOW, ENGLISH, Options())
    assert made.lead == "The plan has one action. None has a cost yet, so the total is not known."


def test_a_small_gap_is_not_rounded_away(document):
    hubs = action(document, "Hubs", cost=1000)
    fund(document, hubs, "gef", 999)
    budget = read(document, results.budget)
    assert chapter.covered_sentence(budget, ENGLISH) == "99 % of it has a source."


def test_sheets_have_a_value_for_each_column_and_totals_add_up(document):
    plan(document)
    with document.reading() as session:
        tables = {table.key: table for table in sheet.sheets(session, WORKFLOW, ENGLISH, Options())}
    assert set(tables) == {"actions", "funding", "gaps", "budget_years"}
    for table in tables.values():
        for row in (*table.rows, table.total):
            assert len(row) == len(table.columns)
    years = tables["budget_years"]
    assert years.total[1] == pytest.approx(sum(row[1] for row in years.rows))
    assert years.total[1] == pytest.approx(3250 + 1200)
    assert tables["actions"].note == "2 of 3 actions have a cost; the total is incomplete."


def test_the_columns_say_in_words_what_they_show():
    columns = [YearColumn("2027", 1, 3, "4"), YearColumn("2028", 2, 0, "2")]
    svg, words = column_chart(columns, ENGLISH, found="has a source", missing="no source yet")
    assert words == "2027 (4, 25 % has a source) and 2028 (2, has a source)."
    assert svg.startswith("<svg") and ">2027<" in svg
    mirrored, _ = column_chart(columns, language("ar"), found="has a source", missing="no source yet")
    assert mirrored != svg
    with pytest.raises(ValueError):
        column_chart([YearColumn("2027", -1)], ENGLISH, found="", missing="")


# The screens ---------------------------------------------------------------------------------------------


@pytest.fixture
def desk(document, qtbot):
    from tna_desktop.settings import Settings
    from tna_desktop.ui.desk import Desk
    from tna_desktop.ui.theme import use_theme

    use_theme("light")
    made = Desk(document, WORKFLOW, language("en"), Settings())
    yield made
    made._quiet.stop()


def shown(qtbot, desk, step):
    from tna_desktop.stages.actions.screen import SCREENS

    screen = SCREENS[step](desk, f"actions.{step}")
    qtbot.addWidget(screen)
    screen.resize(1090, 570)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def test_one_click_takes_over_the_marked_measures_and_undo_takes_them_back(document, desk, qtbot):
    do(document, barriers.add_measure, "Fund", to_plan=True)
    do(document, barriers.add_measure, "Hubs", to_plan=True)
    action(document, "There before")
    screen = shown(qtbot, desk, "plan")
    assert screen.take_over.accessibleName() == "Take over 2 measures"
    screen.take_over.click()
    assert [row.values["name"] for row in screen.table.rows()] == ["There before", "Fund", "Hubs"]
    assert screen.take_over.isHidden()
    desk.undo()
    assert len(screen.table.rows()) == 1
    assert not screen.take_over.isHidden()


def test_a_tick_shows_only_the_actions_that_do_not_say_it(document, desk, qtbot):
    action(document, "Costed", cost=10)
    bare = action(document, "Bare")
    screen = shown(qtbot, desk, "plan")
    screen.quality._ticks["cost"].click()
    assert [row.id for row in screen.table.model.visible] == [bare]
    desk.do(operations.change_action, bare, cost=5)
    assert len(screen.table.model.visible) == 2  # nothing lacks a cost any more


def test_the_budget_shows_the_total_and_its_pictures_follow(document, desk, qtbot):
    _, hubs, *_ = plan(document)
    screen = shown(qtbot, desk, "budget")
    assert screen.total.text() == "4,200 USD"
    assert "incomplete" in screen.open_costs.text()
    before = screen.sources.picture.accessibleDescription()
    assert "No source yet: 1,200 USD" in before
    desk.do(operations.add_funding, hubs, source="gef", amount=1200, year=2028)
    assert screen.share.text() == "All of it has a source."
    assert "No source yet" not in screen.sources.picture.accessibleDescription()


def test_a_picture_can_be_copied_and_read_as_a_table(document, desk, qtbot):
    from PySide6.QtGui import QGuiApplication

    plan(document)
    screen = shown(qtbot, desk, "budget")
    screen.sources.copy_button.click()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage() and copied.hasFormat("image/svg+xml") and "In all" in copied.text()
    screen.sources.table_button.click()
    model = screen.sources.table.model()
    assert screen.sources.table.isVisible()
    cells = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert ["No source yet", "1,200", "–"] in cells


def test_adding_money_begins_with_the_action_that_lacks_some(document, desk, qtbot):
    _, hubs, *_ = plan(document)
    screen = shown(qtbot, desk, "budget")
    assert screen._defaults() == {"action_id": hubs}
