"""Two criteria that put the technologies in the same order are named, so that nothing counts twice."""

from __future__ import annotations

import pytest

from tests.builders.room import WORKFLOW, do, new_document, read
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.stages.criteria.operations import add_criterion
from tna_desktop.stages.priorities.checks import CHECKS
from tna_desktop.stages.priorities.operations import add_technology, set_score

STEP = "priorities.scores"


@pytest.fixture
def document(tmp_path):
    made = new_document(tmp_path)
    yield made
    made.close(publish=False)


def scored(document, columns):
    """Criteria by name with (direction, low, high, scores of technologies A, B, …; None unknown)."""
    count = len(next(iter(columns.values()))[3])
    technologies = [do(document, add_technology, chr(65 + at)) for at in range(count)]
    ids = {}
    for name, (direction, low, high, scores) in columns.items():
        ids[name] = do(document, add_criterion, name, direction=direction, low=low, high=high)
        for technology, score in zip(technologies, scores, strict=True):
            if score is not None:
                do(document, set_score, technology, ids[name], value=score)
    return ids


def finding(document):
    return read(document, CHECKS["criteria_not_alike"], WORKFLOW, STEP)


def test_two_criteria_with_the_same_order_are_named_also_where_one_counts_downwards(document):
    ids = scored(document, {
        "Jobs": ("benefit", 0, 100, [10, 20, 30, 40, 50]),
        "Poverty left": ("cost", 0, 10, [9, 8, 7, 6, 5]),
        "Area": ("benefit", 0, 5, [3, 1, 4, 1, 5]),
    })  # fmt: skip
    found = finding(document)
    assert found.state is State.ATTENTION
    assert "“Jobs” and “Poverty left”" in ENGLISH.tell(found.text)
    assert [place.record for place in found.places] == [ids["Jobs"], ids["Poverty left"]]


def test_criteria_in_conflict_are_not_alike(document):
    scored(document, {
        "Jobs": ("benefit", 0, 100, [10, 20, 30, 40, 50]),
        "Cost": ("cost", 0, 100, [10, 20, 30, 40, 50]),
    })  # fmt: skip
    assert finding(document).state is State.GOOD


def test_with_few_scores_in_common_nothing_is_claimed(document):
    scored(document, {
        "Jobs": ("benefit", 0, 100, [10, 20, 30, 40, 50]),
        "Area": ("benefit", 0, 100, [10, 20, 30, 40, None]),
    })  # fmt: skip
    assert finding(document).state is State.OPEN
