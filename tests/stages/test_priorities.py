"""Stage 3 through its operations and readings: what a team enters, and what follows from it."""

import json
from pathlib import Path

import pytest

from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.intake import read_table
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.kernel.workflow import read_workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.stages import load_tables
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.criteria import reading as criteria_reading
from tna_desktop.stages.priorities import chapter, checks, operations, reading, results, sheet
from tna_desktop.stages.priorities.score_table import ScoreCell, ScoreCriterion, ScoreTable, read_score_table

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases" / "tna"
load_tables()


@pytest.fixture
def document(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    made = Document.create(None, country="Kelvara", workflow_key="cbd")
    yield made
    made.close(publish=False)


@pytest.fixture(scope="module")
def workflow():
    return read_workflow(ROOT / "workflows" / "cbd")[0]


def do(document, operation, *args, **values):
    return document.do(operation, *args, **values).result


def read(document, function, *args):
    with document.reading() as session:
        return function(session, *args)


def matrix_of(document, scores, weights=None, **ends):
    """Technologies A, B … by criteria 1, 2 … with these scores (None unknown, "n/a"); answers their ids."""
    ends = ends or {"low": 0.0, "high": 100.0}
    columns = [
        do(
            document,
            criteria.add_criterion,
            f"Criterion {at + 1}",
            weight=None if weights is None else weights[at],
            **ends,
        )
        for at in range(len(scores[0]))
    ]
    rows = [do(document, operations.add_technology, "ABCDEFGH"[at]) for at in range(len(scores))]
    for technology, line in zip(rows, scores, strict=True):
        for criterion, value in zip(columns, line, strict=True):
            if value == "n/a":
                do(document, operations.set_score, technology, criterion, state="not_applicable")
            elif value is not None:
                do(document, operations.set_score, technology, criterion, value=value)
    return rows, columns


def ranking_of(document):
    return read(document, results.ranking)


def by_name(ranking):
    return {each.name: each for each in ranking.technologies}


def finding(document, workflow, name, **parameters):
    with document.reading() as session:
        return checks.CHECKS[name](session, workflow, "priorities.step", **parameters)


# Published cases -------------------------------------------------------------------------------------


def imported(document, name):
    path = CASES / "import" / name
    if not path.is_file():
        pytest.skip("the published cases are not here")
    return do(document, operations.import_scores, read_score_table(read_table(path)))


def test_the_enterprise_case_gives_the_published_totals(document):
    assert imported(document, "02_enterprise.csv") == {"criteria": 8, "technologies": 4, "scores": 32}
    ranking = ranking_of(document)
    published = json.loads((CASES / "02_enterprise_scoring_matrix.json").read_text())["published_totals"]
    assert {each.name: each.value * 1.6 for each in ranking.technologies} == pytest.approx(published)
    assert [(each.rank, each.value) for each in ranking.ranked] == [(1, 76.875), (2, 70.625), (3, 46.25), (4, 45.0)]
    assert ranking.ranked[0].name == "Cultural Based (Handicraft)"


def test_the_offshore_wind_case_gives_the_min_max_weighted_sum(document):
    assert imported(document, "04_offshore_wind.csv")["scores"] == 48
    ranking = ranking_of(document)
    assert [each.name for each in ranking.ranked] == ["A2", "A4", "A1", "A3"]
    values = {each.name: each.value for each in ranking.technologies}
    assert values == pytest.approx({"A1": 38.1043, "A2": 71.1827, "A3": 31.5605, "A4": 51.1415}, abs=5e-4)


def test_the_energy_case_gives_its_tie(document):
    imported(document, "10_tie.csv")
    ranking = ranking_of(document)
    published = {
        "Chiller": 3.2,
        "Timers": 3.6,
        "Occupancy Sensors": 3.9,
        "Contact Sensors": 3.6,
        "Temperature Optimization": 4.2,
        "Window Tinting": 3.8,
    }
    assert {each.name: each.value / 20 for each in ranking.technologies} == pytest.approx(published)
    assert [(each.rank, each.tied) for each in ranking.ranked] == [
        (1, False),
        (2, False),
        (3, False),
        (4, True),
        (4, True),
        (6, False),
    ]
    assert {each.name for each in ranking.ranked if each.tied} == {"Timers", "Contact Sensors"}


# Importing -------------------------------------------------------------------------------------------


def test_importing_again_meets_what_is_there_and_leaves_it_when_a_cell_is_empty(document):
    (a, b), (one, two) = matrix_of(document, [[10, 20], [30, 40]])
    cost = do(document, criteria.add_criterion, "Cost", direction="cost")
    table = ScoreTable(
        (ScoreCriterion("criterion  1"), ScoreCriterion("Cost"), ScoreCriterion("New")),
        ("A", "C"),
        (
            (ScoreCell("value", 55), ScoreCell("unknown"), ScoreCell("not_applicable")),
            (ScoreCell("unknown"), ScoreCell("value", 9), ScoreCell("value", 1)),
        ),
    )
    preview = read(document, reading.import_preview, table)
    assert (preview.new_criteria, preview.met_criteria, preview.new_technologies, preview.met_technologies) == (
        ("New",),
        2,
        ("C",),
        1,
    )
    assert (preview.scores, preview.replaced) == (4, 1)
    assert do(document, operations.import_scores, table) == {"criteria": 1, "technologies": 1, "scores": 4}
    matrix = read(document, reading.matrix)
    assert [row["name"] for row in matrix.technologies] == ["A", "B", "C"]
    assert matrix.cell(a, one).value == 55 and matrix.cell(a, two).value == 20 and matrix.cell(b, one).value == 30
    # A table that says nothing about directions does not turn a cost into a benefit.
    assert next(row for row in matrix.criteria if row["id"] == cost)["direction"] == "cost"
    document.undo()
    assert read(document, reading.matrix).cell(a, one).value == 10
    assert len(read(document, reading.technologies)) == 2


def test_a_score_beyond_its_scale_is_imported_and_counts_as_the_end(document):
    table = ScoreTable(
        (ScoreCriterion("Jobs", low=0, high=10),), ("A", "B"), ((ScoreCell("value", 25),), (ScoreCell("value", 5),))
    )
    do(document, operations.import_scores, table)
    assert [each.value for each in ranking_of(document).ranked] == [100, 50]


# Scores ----------------------------------------------------------------------------------------------


def test_a_score_must_lie_on_the_scale_and_inside_its_range(document):
    (a,), (one,) = matrix_of(document, [[None]], low=1.0, high=5.0)
    with pytest.raises(Refused) as refused:
        do(document, operations.set_score, a, one, value=6)
    assert refused.value.field == "value" and "from 1 to 5" in ENGLISH.tell(refused.value.reason)
    do(document, operations.set_score, a, one, value=3, low=2, high=4)
    with pytest.raises(Refused) as refused:
        do(document, operations.set_score, a, one, low=3.5)
    assert refused.value.field == "low"
    with pytest.raises(Refused):
        do(document, operations.set_score, a, one, low=4, high=2)
    cell = read(document, reading.matrix).cell(a, one)
    assert (cell.value, cell.low, cell.high) == (3, 2, 4)
    do(document, operations.set_score, a, one, value=5)
    cell = read(document, reading.matrix).cell(a, one)
    assert (cell.value, cell.low, cell.high) == (5, None, None)


def test_clearing_leaves_the_evidence_and_otherwise_nothing(document):
    (a,), (one, two) = matrix_of(document, [[3, 4]])
    do(document, operations.set_score, a, one, evidence="Parks 2024")
    do(document, operations.clear_scores, [(a, one), (a, two)])
    matrix = read(document, reading.matrix)
    assert matrix.cells.keys() == {(a, one)} and matrix.cell(a, one).evidence == "Parks 2024"
    assert matrix.known() == 0
    do(document, operations.set_score, a, two, value=None)
    assert read(document, reading.matrix).cells.keys() == {(a, one)}


def test_a_condition_stays_when_the_number_changes(document):
    (a,), (one,) = matrix_of(document, [[3]])
    do(document, operations.set_score, a, one, state="conditional")
    do(document, operations.set_score, a, one, value=5)
    assert read(document, reading.matrix).cell(a, one).state == "conditional"
    assert ranking_of(document).ranked[0].value == 5


def test_several_scores_are_one_change_and_all_or_nothing(document):
    (a, b), (one, two) = matrix_of(document, [[10, 20], [30, 40]])
    with pytest.raises(Refused):
        do(document, operations.set_scores, [(a, one, {"value": 1}), (b, two, {"value": 101})])
    assert read(document, reading.matrix).cell(a, one).value == 10
    assert do(document, operations.set_scores, [(a, one, {"value": 1}), (b, two, {"state": "not_applicable"})]) == 2
    matrix = read(document, reading.matrix)
    assert matrix.cell(a, one).value == 1 and matrix.cell(b, two).state == "not_applicable"
    document.undo()
    matrix = read(document, reading.matrix)
    assert matrix.cell(a, one).value == 10 and matrix.cell(b, two).value == 40


# Ranking ---------------------------------------------------------------------------------------------


def test_an_unknown_score_gives_a_range_and_no_rank(document):
    # Weights 3 to 1. A: 0.75*80 + 0.25*? -> 60 to 85. B: 0.75*50 + 0.25*100 = 62.5. C: 30 + 10 = 40.
    matrix_of(document, [[80, None], [50, 100], [40, 40]], weights=[3, 1])
    found = by_name(ranking_of(document))
    assert (found["A"].value, found["A"].rank, found["A"].unknown) == (None, None, 1)
    assert (found["A"].value_low, found["A"].value_high) == (60, 85)
    assert (found["A"].rank_best, found["A"].rank_worst) == (1, 2)
    assert (found["B"].rank, found["B"].value, found["C"].rank) == (1, 62.5, 2)


def test_what_does_not_apply_is_left_out_and_the_rest_rescaled(document):
    # A is judged on the first two criteria alone: (2*50 + 1*80) / 3 = 60.
    matrix_of(document, [[50, 80, "n/a"], [60, 60, 60]], weights=[2, 1, 7])
    found = by_name(ranking_of(document))
    assert found["A"].value == pytest.approx(60) and found["B"].value == pytest.approx(60)
    assert found["A"].rank == found["B"].rank == 1 and found["A"].tied and found["B"].tied


def test_less_is_better_where_the_criterion_says_so(document):
    rows, (one,) = matrix_of(document, [[20], [70]])
    do(document, criteria.change_criterion, one, direction="cost")
    assert [(each.name, each.value) for each in ranking_of(document).ranked] == [("A", 80), ("B", 30)]


def test_a_technology_that_fails_a_gate_takes_no_part(document):
    (a, b), _ = matrix_of(document, [[90], [20]])
    gate = do(document, criteria.add_gate, "No damage")
    with pytest.raises(Refused) as refused:
        do(document, operations.answer_gate, a, gate, "fail", "  ")
    assert refused.value.field == "reason"
    do(document, operations.answer_gate, a, gate, "fail", "Harms the river")
    found = by_name(ranking_of(document))
    assert found["A"].failed == ("No damage",) and found["A"].rank is None
    assert found["B"].rank == 1
    do(document, operations.answer_gate, a, gate, "conditional", "Only inland")
    assert by_name(ranking_of(document))["A"].rank == 1
    do(document, operations.answer_gate, a, gate, "")
    assert read(document, reading.gate_answers) == {}


def test_a_gate_for_genetic_resources_concerns_only_those_who_use_them(document):
    (a,), _ = matrix_of(document, [[90]])
    gate = do(document, criteria.add_gate, "Lawful access", applies_to="genetic_resources")
    do(document, operations.change_technology, a, genetic_resources=True)
    do(document, operations.answer_gate, a, gate, "fail", "No permit")
    assert by_name(ranking_of(document))["A"].failed == ("Lawful access",)
    do(document, operations.change_technology, a, genetic_resources=False)
    assert by_name(ranking_of(document))["A"].failed == ()


def test_parts_by_branch_add_up_to_the_value(document):
    (a,), (one, two) = matrix_of(document, [[50, 100]], weights=[1, 3])
    do(document, criteria.change_criterion, one, group_id=do(document, criteria.add_group, "Nature"))
    ranking = ranking_of(document)
    assert [name for _, name in ranking.branches] == ["Nature", ""]
    assert ranking.ranked[0].parts == (12.5, 75) and ranking.ranked[0].value == 87.5


def test_without_weights_all_count_the_same_and_nothing_is_hidden(document):
    matrix_of(document, [[0, 100]])
    assert ranking_of(document).weights_origin == "equal" and ranking_of(document).ranked[0].value == 50
    assert read(document, results.results_json)["ranking"] == ["A"]


# The shortlist ---------------------------------------------------------------------------------------


def test_departures_are_the_fewest_that_explain_the_choice(document):
    (a, b, c, d, e), _ = matrix_of(document, [[90], [80], [70], [60], [50]])
    do(document, operations.choose_shortlist, [a, b, c])
    ranking = ranking_of(document)
    assert (ranking.cut, ranking.shortlist_length, ranking.departures()) == (3, 3, [])
    do(document, operations.shortlist_technology, b, False, reason="Not ours to use", decided_by="Steering group")
    ranking = ranking_of(document)
    assert ranking.cut == 3 and [each.name for each in ranking.departures()] == ["B"] and ranking.shortlist_length == 0
    decision = read(document, assessment.decisions, "priorities.ranking")[0]
    assert (decision["what"], decision["kind"], decision["decided_by"]) == ("B", "left_out", "Steering group")
    do(document, operations.choose_shortlist, [a, e])
    assert [each.name for each in ranking_of(document).departures()] == ["E"]
    assert by_name(ranking_of(document))["B"].shortlist_reason == "Not ours to use"  # its place did not change
    do(document, operations.choose_shortlist, [a, b])
    assert by_name(ranking_of(document))["B"].shortlist_reason == ""


def test_a_shortlist_may_end_between_equals(document):
    (a, b, c), _ = matrix_of(document, [[90], [50], [50]])
    do(document, operations.choose_shortlist, [a, c])
    ranking = ranking_of(document)
    assert [each.name for each in ranking.ranked] == ["A", "C", "B"]
    assert ranking.cut == 2 and ranking.departures() == []


def test_choosing_without_a_rank_is_a_departure(document):
    (a, b), _ = matrix_of(document, [[90, 50], [50, None]])
    do(document, operations.choose_shortlist, [a, b])
    assert [each.name for each in ranking_of(document).departures()] == ["B"]


# Sectors and technologies ----------------------------------------------------------------------------


def test_sectors_rank_by_the_mean_of_their_answers(document, workflow):
    questions = [entry.key for entry in workflow.catalogue("sector_questions").entries]
    answers = {"Fisheries": [5, 4, 4, 3], "Crops": [4, 4, 4, 4], "Forests": [5, 5, 5, None], "Water": [2, 2, 2, 2]}
    for name, values in answers.items():
        given = {operations.ANSWER + question: value for question, value in zip(questions, values, strict=True)}
        do(document, operations.add_sector, name, current_level=1, desired_level=4, **given)
    rows = read(document, results.sector_ranking, workflow)
    assert [(row.name, row.value, row.rank, row.tied) for row in rows] == [
        ("Fisheries", 4, 1, True), ("Crops", 4, 1, True), ("Water", 2, 3, False), ("Forests", None, None, False),
    ]  # fmt: skip
    assert rows[0].gap == 3
    do(document, operations.change_sector, rows[3].id, **{operations.ANSWER + questions[3]: 5})
    assert read(document, results.sector_ranking, workflow)[0].name == "Forests"
    document.undo()
    do(document, operations.score_sector, rows[0].id, questions[0], None)
    assert {row.name: row.rank for row in read(document, results.sector_ranking, workflow)} == {
        "Crops": 1,
        "Water": 2,
        "Fisheries": None,
        "Forests": None,
    }


def test_shares_of_a_technology_add_up_to_one(document):
    with pytest.raises(Refused) as refused:
        do(document, operations.add_technology, "Nets", hardware=0.5, software=0.5, orgware=0.5)
    assert refused.value.field == "hardware"
    id = do(document, operations.add_technology, "Nets", hardware=0.5, software=0.3, orgware=0.2)
    with pytest.raises(Refused):
        do(document, operations.change_technology, id, hardware=0.9)
    do(document, operations.change_technology, id, place="Coast")
    assert read(document, reading.technologies)[0]["place"] == "Coast"


def test_model_lists_are_taken_once_and_bring_their_facets(document, workflow):
    do(document, operations.add_model_sectors, workflow, ["seed_breeding"])
    assert do(document, operations.add_model_technologies, workflow, ["community_seed_bank", "cryopreservation"]) == 2
    assert do(document, operations.add_model_technologies, workflow, ["community_seed_bank"]) == 0
    bank = next(row for row in read(document, reading.technologies) if row["catalogue_key"] == "community_seed_bank")
    assert bank["sector"] == "Seed and plant breeding" and bank["traditional"] and bank["reach"] == "community"
    assert (bank["hardware"], bank["software"], bank["orgware"]) == (0.3, 0.4, 0.3)


def test_removing_a_sector_keeps_its_technologies(document):
    sector = do(document, operations.add_sector, "Fisheries")
    do(document, operations.add_technology, "Nets", sector_id=sector)
    do(document, operations.remove_sectors, [sector])
    assert [(row["name"], row["sector"]) for row in read(document, reading.technologies)] == [("Nets", "")]
    document.undo()
    assert read(document, reading.technologies)[0]["sector"] == "Fisheries"


def test_removing_a_technology_takes_its_scores_along(document):
    (a, b), (one,) = matrix_of(document, [[90], [20]])
    gate = do(document, criteria.add_gate, "No damage")
    do(document, operations.answer_gate, a, gate, "pass")
    do(document, operations.remove_technologies, [a])
    assert read(document, reading.matrix).cells.keys() == {(b, one)} and read(document, reading.gate_answers) == {}
    document.undo()
    assert read(document, reading.matrix).cell(a, one).value == 90


# Checks ----------------------------------------------------------------------------------------------


def test_every_check_is_open_while_nothing_is_entered(document, workflow):
    assert {name: finding(document, workflow, name).state for name in checks.CHECKS} == {
        name: State.OPEN for name in checks.CHECKS
    }


def test_a_choice_without_a_reason_needs_a_look(document, workflow):
    id = do(document, operations.add_sector, "Fisheries", chosen=True)
    found = finding(document, workflow, "sector_choice_reasoned")
    assert found.state is State.ATTENTION and [(place.record, place.field) for place in found.places] == [
        (id, "reason")
    ]
    do(document, operations.change_sector, id, reason="Most jobs")
    assert finding(document, workflow, "sector_choice_reasoned").state is State.GOOD
    assert finding(document, workflow, "sectors_chosen", at_least=2, at_most=6).state is State.ATTENTION


def test_descriptions_lead_to_the_first_thing_that_lacks(document, workflow):
    id = do(document, operations.add_technology, "Nets", definition="Nets that let turtles out", place="Coast")
    found = finding(document, workflow, "technologies_described")
    assert found.state is State.ATTENTION and found.places[0].record == id and found.places[0].field == "term"
    do(document, operations.change_technology, id, term="short", hardware=0.8, software=0.1, orgware=0.1)
    assert finding(document, workflow, "technologies_described").state is State.GOOD
    assert finding(document, workflow, "hardware_not_alone", at_most_share=0.6).state is State.ATTENTION


def test_gates_that_do_not_apply_need_no_answer(document, workflow):
    id = do(document, operations.add_technology, "Nets")
    do(document, criteria.add_gate, "Lawful access", applies_to="genetic_resources")
    gate = do(document, criteria.add_gate, "No damage")
    do(document, operations.answer_gate, id, gate, "not_assessed")
    assert finding(document, workflow, "gates_answered").state is State.ATTENTION
    do(document, operations.answer_gate, id, gate, "pass")
    assert finding(document, workflow, "gates_answered").state is State.GOOD


def test_empty_scores_are_named_and_their_share_counts(document, workflow):
    (a, b), (one, two) = matrix_of(document, [[10, 20], ["n/a", None]])
    found = finding(document, workflow, "scores_complete", at_least_share=0.9)
    assert found.state is State.ATTENTION and [(place.record, place.field) for place in found.places] == [(b, two)]
    assert finding(document, workflow, "scores_complete", at_least_share=0.75).state is State.GOOD
    assert finding(document, workflow, "scores_evidenced", at_least_share=0.5).state is State.ATTENTION
    do(document, operations.set_score, a, one, evidence="Parks 2024")
    assert finding(document, workflow, "scores_evidenced", at_least_share=0.5).state is State.GOOD
    assert finding(document, workflow, "ranking_computable").places[0].record == b


def test_the_worst_scores_are_still_a_ranking(document, workflow):
    matrix_of(document, [[0], [0]])
    assert finding(document, workflow, "ranking_computable").state is State.GOOD


def test_a_near_tie_at_the_cut_needs_a_reason(document, workflow):
    (a, b, c), _ = matrix_of(document, [[90], [52], [50]])
    do(document, operations.choose_shortlist, [a, b])
    assert finding(document, workflow, "near_ties_discussed", within_points=3).state is State.ATTENTION
    assert finding(document, workflow, "near_ties_discussed", within_points=1).state is State.GOOD
    do(document, operations.choose_shortlist, [a, b], reason="B helps the coast", decided_by="All groups")
    assert finding(document, workflow, "near_ties_discussed", within_points=3).state is State.GOOD
    assert finding(document, workflow, "departures_reasoned").state is State.GOOD
    do(document, operations.choose_shortlist, [a, c])
    assert finding(document, workflow, "departures_reasoned").state is State.ATTENTION


# Report ----------------------------------------------------------------------------------------------


def test_the_chapter_says_the_finding_first_and_the_tables_agree(document, workflow):
    (a, b, c), (one,) = matrix_of(document, [[90], [52], [None]])
    do(document, operations.choose_shortlist, [a])
    options = Options()
    with document.reading() as session:
        made = chapter.chapter(session, workflow, ENGLISH, options)
        tables = {table.key: table for table in sheet.sheets(session, workflow, ENGLISH, options)}
    assert made.lead.startswith("A comes first, 38.0 points of 100 ahead of B.") and "C" in made.lead.split(".")[-2]
    assert [row[:2] for row in tables["ranking"].rows] == [(1, "A"), (2, "B"), (None, "C")]
    assert tables["scores"].rows == [("A", 90), ("B", 52), ("C", None)]


def test_search_finds_technologies_and_sectors(document):
    do(document, operations.add_sector, "Coral reefs")
    do(document, operations.add_technology, "Coral gardening")
    assert {row[0] for row in read(document, reading.find, "CORAL")} == {"priorities.longlist", "priorities.sectors"}
    assert read(document, criteria_reading.criteria) == []
