"""A new user without a mouse: from an empty window to a report in one hour, and all the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.builders.document import contents
from tests.builders.keyboard import answering, focused, go, press, tab_to, write
from tests.builders.whole_window import close_window, listening, open_window, rest, settle, wait_for
from tna_desktop.stages.actions import reading as actions
from tna_desktop.stages.barriers import reading as barriers
from tna_desktop.stages.criteria import reading as criteria
from tna_desktop.stages.priorities import reading as priorities
from tna_desktop.stages.stakeholders import reading as stakeholders


def test_from_an_empty_window_to_a_report_and_back(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with listening() as heard:
        window = open_window()

        def begin() -> None:
            write("Kelvara")
            press("Enter")

        answering(begin, "Ctrl+N")
        wait_for(lambda: window.workspace is not None)
        window.activateWindow()
        settle()
        space = window.workspace
        desk = space.desk
        begun = contents(desk.document)

        # Stage 1: three stakeholders, the first one with group and ratings.
        press("Ctrl+PgDown")
        assert space.here() == "stakeholders.register"
        tab_to("Type one by one")
        press("Enter")
        for name in ("Ministry of Water", "Growers Union", "Reef Council"):
            write(name)
            press("Enter")
        press("Esc", "Home", "Up", "Up", "Right")
        write("gov")
        press("Enter")
        table = space.screen().table
        table.select(table.rows()[0].id, "influence")
        press("4", "Right", "5")
        rows = desk.read(stakeholders.register)
        assert [row["name"] for row in rows] == ["Ministry of Water", "Growers Union", "Reef Council"]
        assert (rows[0]["group"], rows[0]["influence"], rows[0]["interest"]) == ("government", 4, 5)

        # Stage 2: two criteria from the library, weighed 60 to 40.
        go("Criteria tree")

        def take_two() -> None:
            # The core criteria are checked already; two are enough for this hour.
            press("Down", "Ctrl+A", "Ctrl+A")
            press("Space", "Down", "Space", "Enter")

        tab_to("Choose from the library")
        answering(take_two, "Enter")
        assert len(desk.read(criteria.criteria)) == 2
        go("Weights")
        first, second = (row["id"] for row in desk.read(criteria.criteria))
        weights = space.screen()
        weights.view.select_record(first, "weight")
        weights.view.setFocus()
        write("60")
        press("Enter")
        weights.view.select_record(second, "weight")
        weights.view.setFocus()
        write("40")
        press("Enter")
        assert [row["weight"] for row in desk.read(criteria.criteria)] == [60, 40]

        # Stage 3: three technologies, scored by digits.
        go("Long list")
        tab_to("Type one by one")
        press("Enter")
        for name in ("Weirs", "Seed banks", "Reef closures"):
            write(name)
            press("Enter")
        press("Esc")
        go("Scores")
        grid = space.screen().grid
        grid.setFocus()
        grid.go_to(grid.model().index(0, 0))
        for row in (("3", "3"), ("5", "1"), ("2", "5")):
            for digit in row:
                press(digit)
        print("SCORES", desk.read(priorities.matrix, "").cells)
        go("Ranking")
        ranking = space.screen().ranking
        print("RANK", [(each.name, each.value) for each in ranking.ranked])
        print("foc", focused())
        view = space.screen().view
        view.setFocus()
        press("Home", "Space")
        print("short", [each["name"] for each in desk.read(priorities.technologies) if each["shortlisted"]])

        # Stages 4 and 5: what stands in its way, what helps, who does it and for how much.
        go("Causes")
        tab_to("Type one by one")
        press("Enter")
        write("Closures have no standing in law")
        press("Enter", "Esc")
        go("Measures")
        tab_to("Add measure")
        press("Enter")
        write("Write closures into the fisheries act")
        press("Enter", "Esc")
        print("M", desk.read(barriers.measures))
        go("Action plan")
        print("plan", focused(), focused().accessibleName())
        close_window(window)
    assert heard == []
