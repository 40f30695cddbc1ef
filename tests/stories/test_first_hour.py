"""A new user without a mouse: from an empty window to a report in one hour, and all the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.builders.document import contents
from tests.builders.keyboard import answering, focused, go, press, tab_to, write
from tests.builders.whole_window import close_window, listening, open_window, rest, settle, wait_for
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
            press("Down", "Space", "Down", "Space", "Enter")

        tab_to("Choose from the library")
        answering(take_two, "Enter")
        print([row for row in space.screen()._rows])
        go("Weights")
        print("weights", focused(), space.screen().model.rowCount())
        close_window(window)
    assert heard == []
