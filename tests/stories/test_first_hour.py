"""A new user without a mouse: from an empty window to a report in one hour, and all the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.builders.document import contents
from tests.builders.keyboard import answering, go, press, tab_to, write
from tests.builders.whole_window import close_window, listening, open_window, rest, settle, wait_for
from tna_desktop.stages.actions import reading as actions
from tna_desktop.stages.barriers import reading as barriers
from tna_desktop.stages.criteria import reading as criteria
from tna_desktop.stages.priorities import reading as priorities
from tna_desktop.stages.stakeholders import reading as stakeholders
from tna_desktop.ui.library import LINE


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
            picker = QApplication.activeModalWidget()
            core = picker.chosen()
            press("Down")
            for _ in range(picker.model.rowCount()):
                entry = picker.list.currentIndex().data(LINE).entry
                if entry is not None and entry.key in core[2:] and entry.key in picker.chosen():
                    press("Space")
                press("Down")
            press("Enter")

        press("Ctrl+K")
        write("criteria from the library")
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
            press(row[0], "Right", row[1], "Left", "Down")
        cells = desk.read(priorities.matrix, "").cells
        assert len(cells) == 6

        # By hand, on a scale from 1 to 5 with weights 60 and 40: 100 × (0.6 × (a - 1) / 4 + 0.4 × (b - 1) / 4).
        # Weirs 3, 3: 50. Seed banks 5, 1: 60. Reef closures 2, 5: 55.
        go("Ranking")
        screen = space.screen()
        assert [each.name for each in screen.ranking.ranked] == ["Seed banks", "Reef closures", "Weirs"]
        screen.view.setFocus()
        press("Home", "Space")
        settle()
        assert [row["name"] for row in desk.read(priorities.shortlist)] == ["Seed banks"]

        # Stages 4 and 5: what stands in its way, what helps, who does it and for how much.
        go("Causes")
        tab_to("Type one by one")
        press("Enter")
        write("No cold store")
        press("Enter", "Esc")
        assert [row["name"] for row in desk.read(barriers.barriers)] == ["No cold store"]
        go("Measures")
        tab_to("Type one by one")
        press("Enter")
        write("Build a store")
        press("Enter", "Esc")
        assert [row["name"] for row in desk.read(barriers.measures)] == ["Build a store"]
        go("Action plan")
        tab_to("Type one by one")
        press("Enter")
        write("Build the first store")
        press("Enter", "Esc")
        table = space.screen().table
        table.select(table.rows()[0].id, "cost")
        write("40000")
        press("Enter")
        assert [(row["name"], row["cost"]) for row in desk.read(actions.actions)] == [("Build the first store", 40000)]

        # Stage 6: what is open, and the report.
        go("Readiness")
        assert space.here() == "synthesis.readiness"
        for kind, button in (("pdf", "Export PDF"), ("xlsx", "Excel")):
            path = tmp_path / f"report.{kind}"
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked, path=path: (str(path), ""))
            press("Ctrl+E")
            rest(50)
            tab_to(button)
            press("Enter")
            wait_for(lambda path=path: path.exists() and space.screen().pdf.isEnabled(), 60)
            assert path.stat().st_size > 5000
        settle()

        # All of it back, and all of it again.
        whole = contents(desk.document)
        count = 0
        while space.appbar.undo.isEnabled():
            press("Ctrl+Z")
            count += 1
            assert count < 200
        assert contents(desk.document) == begun
        while space.appbar.redo.isEnabled():
            press("Ctrl+Y")
        assert contents(desk.document) == whole
        close_window(window)
    assert heard == []
