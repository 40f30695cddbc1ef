"""The sample of Kelvara: believable, whole, made by the real operations, and honest about what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.journal import history
from tna_desktop.kernel.progress import progress_of
from tna_desktop.kernel.workflow import Workflow, from_json
from tna_desktop.sample import build_sample
from tna_desktop.stages import load_tables
from tna_desktop.stages.actions import reading as actions_reading
from tna_desktop.stages.actions import results as actions_results
from tna_desktop.stages.barriers import reading as barriers_reading
from tna_desktop.stages.barriers import results as barriers_results
from tna_desktop.stages.checking import run_checks
from tna_desktop.stages.criteria import reading as criteria_reading
from tna_desktop.stages.criteria import results as criteria_results
from tna_desktop.stages.priorities import reading as priorities_reading
from tna_desktop.stages.priorities import results as priorities_results
from tna_desktop.stages.stakeholders import reading as stakeholders_reading

load_tables()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "kelvara.tna"
    build_sample(path)
    return path


@contextmanager
def _read(path: Path) -> Iterator[tuple[Session, Workflow]]:
    document = Document.open(path, read_only=True)
    try:
        with document.reading() as session:
            yield session, from_json(assessment.facts(session).workflow_content)
    finally:
        document.close(publish=False)


def test_it_says_that_kelvara_is_fictional(sample: Path) -> None:
    with _read(sample) as (session, _):
        facts = assessment.facts(session)
    assert facts.country == "Kelvara"
    assert facts.fictional == "Kelvara is a fictional country; every name and number in this sample is invented."


def test_an_existing_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "mine.tna"
    path.write_bytes(b"something of mine")
    with pytest.raises(DocumentRefused) as refused:
        build_sample(path)
    assert "exists already" in refused.value.reason.english()
    assert path.read_bytes() == b"something of mine"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as refused:
        build_sample(tmp_path / "nowhere" / "kelvara.tna")
    assert "is not there" in refused.value.reason.english()


def test_every_group_takes_part_with_indigenous_peoples_and_local_communities_apart(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        groups = {group.key: group.count for group in stakeholders_reading.groups(session, workflow)}
        contacts = stakeholders_reading.contacts(session)
    assert len(groups) == 9 and all(groups.values())
    assert 27 <= sum(groups.values()) <= 30
    assert groups["indigenous_peoples"] >= 2 and groups["local_communities"] >= 2
    assert contacts and all(row["email"].endswith(".example") for row in contacts)
    assert {"female", "male"} <= {row["sex"] for row in contacts}


def test_twelve_criteria_stand_in_four_groups_and_one_is_measured_in_money(sample: Path) -> None:
    with _read(sample) as (session, _):
        rows = criteria_reading.criteria(session)
    assert len(rows) == 12
    assert len({row["group"] for row in rows}) == 4
    (measured,) = [row for row in rows if row["unit"]]
    assert (measured["direction"], measured["low"], measured["high"]) == ("cost", 0, 600)


def test_six_groups_weigh_and_differ_on_three_criteria(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        weights = criteria_results.weights(session, workflow)
    assert len(weights.voices) == 6
    assert sum(each.share for each in weights.criteria) == pytest.approx(1)
    far_apart = {each.name for each in weights.criteria if (each.spread or 0) > 14}
    assert far_apart == {
        "Gains for indigenous peoples and local communities",
        "Cost to start at the first sites",
        "Effect on species and ecosystems",
    }


def test_the_ranking_has_a_clear_first_and_a_near_tie_at_the_shortlist(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        ranking = priorities_results.ranking(session, workflow)
    values = {each.name: each.value for each in ranking.technologies}
    names = [each.name for each in ranking.ranked]
    assert names[:5] == [
        "Customary closure",
        "Mangrove restoration by water flow",
        "Community seed bank",
        "Selective fishing gear",
        "Rodent eradication on islands",
    ]
    # Customary closure by hand: points of 94 that apply to it, a cost of 35 on a scale of 600 down to 0.
    points = (
        10 * 50 + 6 * 50 + 12 * 100 + 7 * 100 + 8 * 100 + 11 * (600 - 35) / 6 + 16 * 75 + 9 * 75 + 8 * 100 + 7 * 100
    )
    assert values["Customary closure"] == pytest.approx(points / 94)
    assert values["Customary closure"] - values["Mangrove restoration by water flow"] > 5
    assert abs(values["Selective fishing gear"] - values["Rodent eradication on islands"]) < 1
    known = [value for value in values.values() if value is not None]
    assert min(known) < 35 and max(known) > 80


def test_the_shortlist_departs_once_with_a_reason_and_who_decided(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        ranking = priorities_results.ranking(session, workflow)
        decisions = assessment.decisions(session, "priorities.ranking")
    assert sum(each.shortlisted for each in ranking.technologies) == 4
    (departure,) = ranking.departures()
    assert departure.name == "Rodent eradication on islands" and "petrel" in departure.shortlist_reason
    (record,) = [row for row in decisions if row["record"] == departure.id]
    assert record["decided_by"] == "Steering group" and record["decided_on"].isoformat() == "2026-08-20"


def test_two_scores_are_unknown_and_most_carry_evidence(sample: Path) -> None:
    with _read(sample) as (session, _):
        matrix = priorities_reading.matrix(session)
    cells = [matrix.cell(t["id"], c["id"]) for t in matrix.technologies for c in matrix.criteria]
    states = Counter(cell.state for cell in cells)
    # Two criteria of the Convention's articles 16(3) and 19 apply to one technology of twelve only.
    assert states == {"value": 120, "not_applicable": 22, "unknown": 2}
    noted = sum(bool(cell.evidence) for cell in cells if cell.state == "value")
    assert noted >= 60


def test_barriers_make_trees_and_several_are_shared(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        technologies = barriers_reading.technologies(session)
        rows = barriers_reading.shortlist_barriers(session)
        shared = barriers_results.common(session, workflow)
        trees = {each["short"]: barriers_reading.causes(session, each["id"]) for each in technologies}
        problems = barriers_reading.core_problems(session)
    assert len(technologies) == 4 and len(problems) == 4
    assert 38 <= len(rows) <= 45
    assert 9 <= len(shared) <= 12
    for tree in trees.values():
        above = {row["barrier_id"]: row["cause_of_id"] for row in tree}
        assert None in above.values()
        assert any(above.get(cause) for cause in above.values() if cause)  # at least three barriers in a chain


def test_measures_are_of_many_kinds_and_policy_needs_name_law_and_body(sample: Path) -> None:
    with _read(sample) as (session, _):
        measures, needs = barriers_reading.measures(session), barriers_reading.policy_needs(session)
    assert 28 <= len(measures) <= 34
    assert len({row["kind"] for row in measures}) >= 7
    assert len(needs) == 6 and all(row["law"] and row["body"] for row in needs)


def test_fifteen_actions_have_lead_and_dates_and_three_fifths_of_their_cost_a_source(sample: Path) -> None:
    with _read(sample) as (session, _):
        actions, budget = actions_reading.actions(session), actions_results.budget(session)
    assert len(actions) == 15
    assert all(row["lead"] and row["indicator"] and row["target"] for row in actions)
    assert {row["start"].year for row in actions} | {row["end"].year for row in actions} == {2027, 2028, 2029, 2030}
    assert sum(row["cost"] is None for row in actions) == 1
    assert budget.cost == 1_214_000 and budget.covered == 726_000


def test_it_is_nearly_done_with_a_handful_of_open_points(sample: Path) -> None:
    with _read(sample) as (session, workflow):
        found = run_checks(session, workflow)
        progress = progress_of(workflow, found, assessment.steps_done(session))
    assert 0.75 <= progress.share <= 0.9
    earlier = [finding for step, findings in found.items() if not step.startswith("synthesis.") for finding in findings]
    open_ones = {finding.check for finding in earlier if finding.state is not State.GOOD}
    assert open_ones == {
        "interest_has_influence", "participation_counted", "consent_recorded", "ranking_computable",
        "actions_costed", "funding_gap_known",
    }  # fmt: skip


def test_its_log_reads_like_work_by_several_hands(sample: Path) -> None:
    with _read(sample) as (session, _):
        changes = list(history(session, newest=1000))
    assert 40 <= len(changes) <= 120
    assert {change.author for change in changes} == {"Secretariat", "Facilitator", "Scoring panel", "Steering group"}
    assert not any(change.undoes for change in changes)


def test_every_key_in_it_is_known_to_the_workflow(sample: Path) -> None:
    """A key the workflow does not know would be printed as it stands, small letters, underscores and all."""
    with _read(sample) as (session, workflow):
        used = {
            "stakeholder_groups": {row["group"] for row in stakeholders_reading.register(session)},
            "stakeholder_roles": {row["role"] for row in stakeholders_reading.register(session)},
            "engagement_levels": {row["engagement"] for row in stakeholders_reading.register(session)},
            "overview_kinds": {row["kind"] for row in stakeholders_reading.overview(session)},
            "purposes": {row["purpose"] for row in priorities_reading.technologies(session)},
            "ownerships": {row["ownership"] for row in priorities_reading.technologies(session)},
            "gate_answers": {answer for answer, _ in priorities_reading.gate_answers(session).values()},
            "barrier_categories": {row["category"] for row in barriers_reading.barriers(session)},
            "barrier_classes": {row["importance"] for row in barriers_reading.barriers(session)},
            "transfer_phases": {row["phase"] for row in barriers_reading.barriers(session)},
            "measure_kinds": {row["kind"] for row in barriers_reading.measures(session)},
            "action_kinds": {row["kind"] for row in actions_reading.actions(session)},
            "action_states": {row["state"] for row in actions_reading.actions(session)},
            "funding_sources": {row["source"] for row in actions_reading.fundings(session)},
        }
    for catalogue, keys in used.items():
        assert keys <= {entry.key for entry in workflow.catalogue(catalogue).entries}, catalogue
