"""Cells with little room: two lines, then the short name, and the whole text as a tooltip wherever it is not whole."""

from __future__ import annotations

import pytest

from tna_desktop.kernel.text import language
from tna_desktop.ui.cell_painting import cell_lines
from tna_desktop.ui.cell_values import Choice, Column, Row
from tna_desktop.ui.fonts import font
from tna_desktop.ui.grid import RecordView
from tna_desktop.ui.painting import text_width
from tna_desktop.ui.records import RecordModel
from tna_desktop.ui.theme import use_theme

LONG = "Pollinator habitat and native beekeeping"


@pytest.fixture(autouse=True)
def looks(qapp):
    use_theme("light", 100, "en")


def test_what_fits_stands_on_one_line_in_full_size() -> None:
    assert cell_lines("Fisheries", "Fish", Column("name", "Name", lines=2), 200) == (["Fisheries"], "body")
    assert cell_lines("Fisheries", "", Column("name", "Name", strong=True), 200) == (["Fisheries"], "body_medium")


def test_then_it_takes_two_smaller_lines_and_then_its_short_name() -> None:
    column = Column("name", "Name", strong=True, lines=2)
    lines, role = cell_lines(LONG, "Pollinators", column, 170)
    assert " ".join(lines) == LONG and len(lines) == 2 and role == "label_medium"
    assert all(text_width(line, font(role)) <= 170 for line in lines)
    assert cell_lines(LONG, "Pollinators", column, 90) == (["Pollinators"], "body_medium")


def test_at_last_the_second_line_ends_in_an_ellipsis() -> None:
    words = "Most families eat from the lagoon every day, and villages already close reefs by custom."
    lines, role = cell_lines(words, "", Column("reason", "Reason", "long", lines=2), 100)
    assert len(lines) == 2 and lines[1].endswith("…") and words.startswith(lines[0])
    assert all(text_width(line, font(role)) <= 100 for line in lines)
    assert cell_lines(words, "", Column("reason", "Reason", "long"), 100)[0][0].endswith("…")


def test_a_tooltip_says_the_whole_text_exactly_where_it_is_not_whole(qtbot) -> None:
    columns = [
        Column("name", "Name", width=170, strong=True, lines=2, short="short"),
        Column("sector", "Sector", "choice", 90, choices=[Choice("m", "Marine and coastal biodiversity", short="Marine")]),
        Column("reason", "Reason", "long", 100, lines=2),
    ]  # fmt: skip
    model = RecordModel(columns, language("en"))
    view = RecordView(model, None)
    qtbot.addWidget(view)
    view.resize(396, 200)
    words = "Most families eat from the lagoon every day, and villages already close reefs by custom."
    model.load([Row("a", {"name": LONG, "short": "Pollinators", "sector": "m", "reason": words}),
                Row("b", {"name": "Fisheries", "short": "", "sector": "", "reason": "Old."})])  # fmt: skip
    view.show()

    def tip(row: int, column: int) -> str:
        index = model.index(row, column)
        return view.itemDelegate().tip(view.visualRect(index), index)

    assert tip(0, 0) == ""  # whole, on two lines
    assert tip(0, 1) == "Marine and coastal biodiversity"
    assert tip(0, 2) == words
    assert [tip(1, column) for column in range(3)] == ["", "", ""]
