"""What scores are worth by the value functions of their criteria; every number by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.criteria import reading as criteria_reading
from tna_desktop.stages.priorities import operations, results, worth


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def scored(document):
    """Three technologies; jobs from 0 to 200 and a cost from 0 to 1000, each half of the weight."""
    jobs = do(document, criteria.add_criterion, "Jobs", unit="jobs", low=0, high=200, weight=1)
    cost = do(document, criteria.add_criterion, "Cost", unit="USD", low=0, high=1000, direction="cost", weight=1)
    rows = [do(document, operations.add_technology, name) for name in ("Reef", "Seeds", "Drones")]
    for row, (many, dear) in zip(rows, ((50, 100), (100, 600), (200, 1000)), strict=True):
        do(document, operations.set_scores, [(row, jobs, {"value": many}), (row, cost, {"value": dear})])
    return rows, (jobs, cost)


def values(document):
    return {row.name: row.value for row in read(document, results.ranking).technologies}


def test_without_a_value_function_worth_lies_on_a_straight_line(document, scored):
    # Reef 25 and 90, Seeds 50 and 40, Drones 100 and 0; half of each.
    assert values(document) == pytest.approx({"Reef": 57.5, "Seeds": 45, "Drones": 50})


def test_points_in_between_change_the_ranking(document, scored):
    _, (jobs, _) = scored
    # The first hundred jobs count most: 0 is worth 0, 100 is worth 80, 200 is worth 100.
    do(document, operations.set_value_function, jobs, "piecewise", [(0, 0), (100, 80), (200, 100)])
    # Reef (40 + 90) / 2, Seeds (80 + 40) / 2, Drones (100 + 0) / 2.
    assert values(document) == pytest.approx({"Reef": 65, "Seeds": 60, "Drones": 50})
    found = read(document, results.ranking)
    assert [row.name for row in found.ranked] == ["Reef", "Seeds", "Drones"]
    assert found.low == (0, 0) and found.high == (200, 1000)
    document.undo()
    assert values(document) == pytest.approx({"Reef": 57.5, "Seeds": 45, "Drones": 50})


def test_a_threshold_is_met_from_its_level_on_or_up_to_it(document, scored):
    _, (jobs, cost) = scored
    do(document, operations.set_value_function, jobs, "threshold", [(0, 0), (100, 100)])
    do(document, operations.set_value_function, cost, "threshold", [(0, 100), (600, 0)])
    # Jobs are met by Seeds and Drones; a cost of at most 600 by Reef and Seeds.
    assert values(document) == pytest.approx({"Reef": 50, "Seeds": 100, "Drones": 50})


def test_steps_hold_until_the_next_level(document, scored):
    _, (jobs, cost) = scored
    do(document, operations.set_value_function, jobs, "steps", [(0, 10), (60, 30), (200, 100)])
    # 50 jobs are worth 10, 100 are worth 30, 200 are worth 100.
    assert values(document) == pytest.approx({"Reef": 50, "Seeds": 35, "Drones": 50})


def test_the_matrix_of_scores_in_points(document, scored):
    _, (jobs, _) = scored
    do(document, operations.set_value_function, jobs, "piecewise", [(0, 0), (100, 80), (200, 100)])
    rows = read(document, criteria_reading.criteria)
    table = [[50, 100], [150, np.nan], [250, 2000]]
    found = worth.points(rows, table, [0, 0], [200, 1000], [1, -1])
    assert found == pytest.approx(np.array([[40, 90], [90, np.nan], [100, 0]]), nan_ok=True)


def test_a_range_is_worth_what_its_scores_are_worth(document, scored):
    (reef, *_), (jobs, _) = scored
    # Best in the middle: from 40 to 120 the least is worth 40, the most, at 100, is worth 100.
    do(document, operations.set_value_function, jobs, "piecewise", [(0, 0), (100, 100), (200, 0)])
    function = worth.function_of(read(document, criteria_reading.criteria)[0])
    least, most = worth.worth_between(function, np.array([40.0, 120.0]), np.array([120.0, 120.0]))
    assert least.tolist() == pytest.approx([40, 80]) and most.tolist() == pytest.approx([100, 80])
    steps = worth.shaped("steps", [(0, 10), (60, 30), (200, 100)])
    least, most = worth.worth_between(steps, np.array([60.0, 50.0]), np.array([199.0, 60.0]))
    assert least.tolist() == [30, 10] and most.tolist() == [30, 30]


def test_trials_draw_a_range_by_its_worth(document, scored):
    (reef, seeds, drones), (jobs, cost) = scored
    do(document, operations.set_value_function, jobs, "threshold", [(0, 0), (100, 100)])
    # Anything from 120 to 180 jobs is worth 100: no trial can see a difference.
    do(document, operations.set_score, reef, jobs, value=None, low=120, high=180)
    found = read(document, results.results_json, room.WORKFLOW, trials=500, seed=3)
    shares = {row["name"]: row["rank_acceptability"] for row in found["technologies"]}
    assert shares["Reef"][0] == 1


@pytest.mark.parametrize(
    ("shape", "points", "reason"),
    [
        ("piecewise", [(0, 0)], "two points"),
        ("threshold", [(0, 0), (1, 1), (2, 2)], "two points"),
        ("piecewise", [(5, 0), (5, 100)], "above the one before"),
        ("steps", [(0, 0), (1, 120)], "lies between 0 and 100"),
        ("wavy", [(0, 0), (1, 100)], "no such kind"),
        ("piecewise", [(number, 50) for number in range(13)], "At most 12"),
    ],
)
def test_points_that_make_no_value_function_are_refused(document, scored, shape, points, reason):
    _, (jobs, _) = scored
    with pytest.raises(Refused) as refused:
        do(document, operations.set_value_function, jobs, shape, points)
    assert reason in room.language("en").tell(refused.value.reason)
    assert values(document) == pytest.approx({"Reef": 57.5, "Seeds": 45, "Drones": 50})


def test_it_may_be_set_while_weights_are_locked(document, scored):
    _, (jobs, _) = scored
    assert read(document, criteria_reading.weights_locked)
    do(document, operations.set_value_function, jobs, "threshold", [(0, 0), (100, 100)])
    do(document, operations.set_value_function, jobs, "")
    assert values(document)["Seeds"] == pytest.approx(45)


def test_points_come_back_from_the_file_as_they_were_set():
    points = ((-5.5, 0.0), (0.1, 33.3), (1e6, 100.0))
    assert worth.points_of({"value_points": worth.written(points)}) == points
    assert worth.points_of({"value_points": "5:a"}) == ()
