"""How long the window takes to answer, beside what Qt and SQLite need at least for the same.

`make bench`, or: python -m pytest -m benchmark -s tests/benchmarks/bench_window.py
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView

from tests.builders.whole_window import close_window, open_window, rest, settle, wait_for
from tna_desktop.stages.priorities import operations as priorities
from tna_desktop.stages.priorities import results
from tna_desktop.stages.stakeholders import operations as stakeholders

pytestmark = pytest.mark.benchmark
EDITS = 60


def painted() -> None:
    """Everything that is due happens, the painting of what changed too."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def spent(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


class Bare:
    """What cannot be done without: one durable commit of a row."""

    def __init__(self, path: Path):
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "synchronous = EXTRA"):
            self.connection.execute(f"PRAGMA {pragma}").fetchall()
        self.connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        self.number = 0

    def commit(self) -> None:
        self.number += 1
        self.connection.execute("INSERT INTO note (text) VALUES (?)", (f"{self.number}",))


def table(rows: list[tuple[str, float, float, float | None]]) -> None:
    print(f"\n{'':34}{'median':>9}{'slowest':>10}{'least':>9}{'times':>8}")
    for name, middle, worst, least in rows:
        beside = f"{least:9.2f}{middle / least:8.1f}" if least else ""
        print(f"{name:34}{middle:9.1f}{worst:10.1f}{beside}   ms")


def test_edits_beside_a_bare_commit_and_repaint(qapp, sample: Path, tmp_path: Path) -> None:
    window = open_window(sample)
    space = window.workspace
    desk, bare, rows = space.desk, Bare(tmp_path / "bare.db"), []
    for place, edit in (("stakeholders.register", _stakeholder), ("priorities.scores", _score)):
        space.show_step(place)
        settle()
        change, view = edit(desk), next(each for each in space.screen().findChildren(QTableView) if each.isVisible())
        painted()
        ours, least = [], []
        for number in range(EDITS):
            rest(2)
            least.append(spent(lambda view=view: (bare.commit(), view.viewport().repaint())))
            ours.append(spent(lambda number=number, change=change: (change(number), painted())))
        rows.append((f"one edit in {place}", statistics.median(ours), max(ours), statistics.median(least)))
    space.show_step("priorities.ranking")
    settle()
    change, ours = _score(desk), []
    for number in range(20):
        rest(2)
        ours.append(spent(lambda number=number, change=change: (change(number), painted())))
    rows.append(("one score, and ranked anew", statistics.median(ours), max(ours), None))
    alone = [spent(lambda: desk.read(results.ranking, desk.workflow)) for _ in range(20)]
    rows.append(("the ranking alone", statistics.median(alone), max(alone), None))
    table(rows)
    close_window(window)


def _stakeholder(desk) -> Callable[[int], object]:
    from tna_desktop.stages.stakeholders import reading

    first = desk.read(reading.register)[0]["id"]
    return lambda number: desk.do(stakeholders.change_stakeholder, first, name=f"Ministry {number}")


def _score(desk) -> Callable[[int], object]:
    from tna_desktop.stages.priorities import reading

    technology, criterion = next(
        key for key, cell in desk.read(reading.matrix, "").cells.items() if cell.value is not None
    )
    return lambda number: desk.do(priorities.set_scores, [(technology, criterion, {"value": float(1 + number % 5)})])


def test_from_a_click_to_the_sample_painted(qapp, sample: Path) -> None:
    ours = []
    for _ in range(5):
        window = open_window()
        started = time.perf_counter()
        window.open_path(sample)
        wait_for(lambda window=window: window.workspace is not None)
        painted()
        ours.append((time.perf_counter() - started) * 1000)
        close_window(window)
    table([("opening the sample", statistics.median(ours), max(ours), None)])
