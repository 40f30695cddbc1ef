"""Colours of scores: what was measured is coloured by the points it is worth, and the legend says so."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import do
from tna_desktop.charts.palette import score_color
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations
from tna_desktop.stages.priorities.models import ACCESSIBLE_TEXT, CELL, COLUMN, TINT, TOOLTIP
from tna_desktop.stages.priorities.panels.score_marks import Legend
from tna_desktop.stages.priorities.panels.score_painting import cell_colors
from tna_desktop.stages.priorities.screen import SCREENS


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def rows(document):
    return [do(document, operations.add_technology, f"T{n}") for n in range(4)]


@pytest.fixture
def screen(document, qtbot):
    def show():
        made = SCREENS["scores"](room.new_desk(document), "priorities.scores")
        qtbot.addWidget(made)
        made.resize(1090, 620)
        made.show()
        return made

    return show


def color(model, row, criterion):
    index = model.place(row, criterion)
    return cell_colors(index.data(COLUMN), index.data(CELL), index.data(TINT))[0].name().upper()


def test_a_measured_cost_has_the_colour_of_its_points(document, rows, screen):
    cost = do(document, criteria.add_criterion, "Start cost", unit="USD", low=0, high=600, direction="cost", weight=1)
    five = do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1)
    for row, usd, score in zip(rows, (35, 140, 395, 600), (5, 4, 2, 1), strict=True):
        do(document, operations.set_score, row, cost, value=usd)
        do(document, operations.set_score, row, five, value=score)
    model = screen().model
    # 565, 460, 205 and 0 of 600 saved: 94, 77, 34 and 0 points; the nearest of the five steps 0, 25, 50, 75, 100.
    assert [color(model, row, cost) for row in rows] == [score_color(step, False).upper() for step in (5, 4, 2, 1)]
    assert [color(model, row, five) for row in rows] == [score_color(step, False).upper() for step in (5, 4, 2, 1)]
    said = model.data(model.place(rows[1], cost), ACCESSIBLE_TEXT)
    assert said == "T1, Start cost: 140 USD. worth 77 of 100 points"
    assert model.data(model.place(rows[1], cost), TOOLTIP) == "140 USD. worth 77 of 100 points"


def test_a_value_function_of_its_own_decides_about_the_colour(document, rows, screen):
    power = do(document, criteria.add_criterion, "Power", unit="kW", low=0, high=100, weight=1)
    for row, value in zip(rows, (10, 50, 60, 100), strict=True):
        do(document, operations.set_score, row, power, value=value)
    do(document, operations.set_value_function, power, "threshold", [(0, 0), (60, 100)])
    model = screen().model
    assert [color(model, row, power) for row in rows] == [score_color(step, False).upper() for step in (1, 1, 5, 5)]


def test_the_legend_says_what_the_colour_of_a_measured_value_is_only_where_there_is_one(document, rows, screen):
    do(document, criteria.add_criterion, "Jobs", low=1, high=5, weight=1)
    shown = screen()
    legend = shown.findChild(Legend)
    assert "measured" not in legend.accessibleName()
    do(document, criteria.add_criterion, "Cost", unit="USD", low=0, high=600, direction="cost", weight=1)
    legend = screen().findChild(Legend)
    assert "measured: by points" in legend.accessibleName() and "measured: by points" in legend.toolTip()
