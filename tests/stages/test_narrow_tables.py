"""Sectors and the long list beside the open guide on a laptop: names are whole or short, the rest has a tooltip."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.stages.priorities import operations, reading
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.ui.cell_painting import cell_lines, content_rect
from tna_desktop.ui.records import COLUMN, DISPLAY, SHORT

REASON = "Most families eat from the lagoon every day, and villages already close reefs by custom, so we begin here."


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def shown(document, qtbot):
    keys = ["marine_coastal", "agricultural", "water_supply", "biotechnology"]
    do(document, operations.add_model_sectors, WORKFLOW, keys)
    sectors = read(document, reading.sectors)
    for sector in sectors:
        do(document, operations.change_sector, sector["id"], reason=REASON, chosen=True)
    names = {"Pollinator habitat and native beekeeping": "Pollinators", "Biological control with risk assessment": "Biological control",
             "Mangrove restoration by water flow": "Mangrove restoration"}  # fmt: skip
    for at, (name, short) in enumerate(names.items()):
        do(document, operations.add_technology, name, short=short, sector_id=sectors[at]["id"], definition=REASON)

    def show(step):
        screen = SCREENS[step](room.new_desk(document), f"priorities.{step}")
        qtbot.addWidget(screen)
        screen.resize(842, 570)
        screen.show()
        return screen

    return show


def written(table, key):
    """What stands in each cell of a column, whether it is cut, and the tooltip."""
    view, model = table.view, table.model
    column, found = model.column_of(key), []
    for row in range(model.rowCount()):
        index = model.index(row, column)
        rect = view.visualRect(index)
        room_ = content_rect(rect, view.is_first(column), view.is_last(column), False)
        lines, _ = cell_lines(index.data(DISPLAY), index.data(SHORT) or "", index.data(COLUMN), room_.width())
        found.append((lines, any(line.endswith("…") for line in lines), view.itemDelegate().tip(rect, index)))
    return found


@pytest.mark.parametrize(("step", "keys"), [("sectors", ("name",)), ("longlist", ("name", "sector_id"))])
def test_names_are_not_cut_beside_the_guide(shown, step, keys):
    screen = shown(step)
    for key in keys:
        for lines, cut, tip in written(screen.table, key):
            assert not cut, lines
            assert tip != " ".join(lines)  # a tooltip says more than the cell, or nothing


@pytest.mark.parametrize(("step", "key"), [("sectors", "reason"), ("longlist", "definition")])
def test_reasons_take_two_lines_and_what_is_left_out_is_a_tooltip(shown, step, key):
    for lines, _, tip in written(shown(step).table, key):
        assert len(lines) == 2 and tip == REASON


def test_the_sector_stands_by_its_short_name_and_says_the_whole_one(shown):
    found = written(shown("longlist").table, "sector_id")
    assert (["Agricultural"], False, "Agricultural biodiversity") in found


def test_the_need_and_the_goals_keep_whole_names_too(shown):
    screen = shown("sectors")
    screen.show_view("need")
    assert not any(cut for _, cut, _ in written(screen.need, "name"))
