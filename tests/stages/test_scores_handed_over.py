"""What leaves with the report and the workbook: ranges of scores with their ends, and missing facts told in few words."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.stages.test_ranking_robustness import fill
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.priorities import chapter, operations, sheet


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def test_the_ends_of_a_range_stand_in_the_workbook(document):
    (a, b), (effect, cost) = fill(document, [[40, 10], [70, None]])
    do(document, operations.set_score, a, effect, value=55, low=40, high=60)
    do(document, operations.set_score, b, cost, value=None, low=20, high=40)
    table = read(document, sheet.evidence_table, WORKFLOW, ENGLISH)
    assert [column.key for column in table.columns][2:5] == ["value", "low", "high"]
    assert [tuple(row)[:5] for row in table.rows] == [("A", "Effect", 55, 40, 60), ("B", "Cost", 30, 20, 40)]
    assert "its ends stand in the Excel file" in read(document, sheet.score_table, ENGLISH).note


def test_without_ranges_nothing_is_said_of_them(document):
    fill(document, [[40, 10], [70, 20]])
    assert read(document, sheet.evidence_table, WORKFLOW, ENGLISH).rows == []
    assert "Excel" not in read(document, sheet.score_table, ENGLISH).note


def test_of_many_missing_facts_the_report_names_five_and_counts_the_rest(document):
    # Of A all is known; B to E lack two scores each, and each of the eight could bring its technology to the top.
    fill(document, [[50, 50, 50]] + 4 * [[None, None, 60]])
    told = read(document, chapter.chapter, WORKFLOW, ENGLISH, Options())
    section = next(each for each in told.sections if each.title == "How sure this is")
    assert len([text for text in section.paragraphs if "points depend on it" in text]) == 5
    assert "So could 3 more unknown scores." in section.paragraphs
