"""How long the Scores step keeps the window waiting with 300 technologies, 30 criteria and 40 assessors.

`make bench`, or: python -m pytest -m benchmark -s tests/benchmarks/bench_scores.py

360,000 scores of assessors and 9,000 agreed ones. Told by the clock (median and slowest) and, because the clock also
counts what other programs take, as the median time of the processor; by that one, whatever is beyond LONGEST is named
TOO LONG and fails. Of work beside the window, thousands of scores at once, the longest single turn counts.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tna_desktop.kernel.bulk import bulk_insert
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import new_id
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations, voices
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.stages.priorities.tables import Score

pytestmark = pytest.mark.benchmark
TECHNOLOGIES, CRITERIA, ASSESSORS, LONGEST = 300, 30, 40, 100
K = Qt.Key


@operation("Scores of one voice")
def fill(session, voice, cells, chance: random.Random, share=1.0):
    rows = (
        {"id": new_id(), "technology_id": technology, "criterion_id": criterion, "voice": voice,
         "value": float(chance.randint(1, 5)), "state": "value"}
        for technology, criterion in cells if chance.random() < share
    )  # fmt: skip
    return bulk_insert(session, Score.__table__, rows)


@pytest.fixture
def document(tmp_path: Path):
    made = room.new_document(tmp_path)
    chance = random.Random(4)
    groups = [room.do(made, criteria.add_group, f"Branch {at + 1}") for at in range(5)]
    columns = [
        room.do(
            made,
            criteria.add_criterion,
            f"Criterion {at + 1}",
            low=1,
            high=5,
            weight=1 + at % 4,
            group_id=groups[at % 5],
        )
        for at in range(CRITERIA)
    ]
    rows = [room.do(made, operations.add_technology, f"Technology {at + 1}") for at in range(TECHNOLOGIES)]
    cells = [(row, column) for row in rows for column in columns]
    for at in range(ASSESSORS):
        room.do(made, fill, f"A{at + 1:02}", cells, chance)
    room.do(made, fill, "", cells, chance, 0.9)
    yield made
    made.close(publish=False)


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """How long the window's thread was busy without a break, in milliseconds: by the clock and of the processor.

    What a key sets off and the painting after it are two turns of the loop; the longer one counts.
    """
    turns = []
    for turn in (work, QApplication.processEvents):
        clock, busy = time.perf_counter(), time.thread_time()
        turn()
        turns.append(((time.perf_counter() - clock) * 1000, (time.thread_time() - busy) * 1000))
    return max(turns)


def test_scores_of_forty_assessors(qapp, document) -> None:
    desk = room.new_desk(document)
    desk._quiet.setInterval(10**8)  # the file is another benchmark's matter
    lines: list[tuple[str, list[tuple[float, float]]]] = []

    def told(name: str, work: Callable[[], object], times: int = 15) -> None:
        measured = []
        for _ in range(times):
            measured.append(spent(work))
            while screen.voices._unread:
                slices.append(spent(QApplication.processEvents))
        lines.append((name, measured))

    def long_work(name: str, work: Callable[[], object]) -> None:
        """Work beside the window: its longest single turn on the window's thread until all is shown."""
        seq, turns = document.seq, [spent(work)]
        while document.seq == seq or desk.is_held or screen.voices._unread or not screen.pages.isEnabled():
            turns.append(spent(QApplication.processEvents))
        lines.append((name, [max(turns, key=lambda turn: turn[1])]))

    slices: list[tuple[float, float]] = []
    screen = SCREENS["scores"](desk, "priorities.scores")
    screen.resize(1090, 620)
    screen.tab.resize(276, 620)
    screen.tab.show()
    told("open", screen.show, 1)
    told("come back with another change behind", screen.load)
    grid = screen.grid
    grid.setFocus()
    told("page down", lambda: QTest.keyClick(grid, K.Key_PageDown), 20)
    bar = grid.verticalScrollBar()
    told("scroll by the wheel", lambda: bar.setValue(bar.value() + 90), 40)
    across = grid.horizontalScrollBar()
    told("scroll sideways", lambda: across.setValue((across.value() + 120) % max(1, across.maximum())), 20)
    told("next cell", lambda: QTest.keyClick(grid, K.Key_Right), 20)
    told("score the cell", lambda: QTest.keyClick(grid, chr(49 + random.randrange(5))), 20)
    told("next disagreement", lambda: QTest.keyClick(grid, K.Key_X))
    told("next empty", lambda: QTest.keyClick(grid, K.Key_N))
    told("take the mean", lambda: screen.voices._take(voices.MEAN, ""))
    told("undo", desk.undo)
    told("the list of voices", screen.voices.voices)
    names = iter([f"A{at:02}" for at in range(1, 21)])
    told("show a voice", lambda: screen.voices.show(next(names)))
    told("score in a voice", lambda: QTest.keyClick(grid, chr(49 + random.randrange(5))), 20)
    told("back to the agreed scores", lambda: screen.voices.show(""), 5)
    screen.grid.selectRow(3)
    told("score a whole row", lambda: QTest.keyClick(grid, chr(49 + random.randrange(5))), 10)
    long_work("take the means of 900", screen.voices.take_means)
    long_work("undo it", desk.undo)
    long_work("redo it", desk.redo)
    screen.grid.go_to(screen.model.index(0, 0))
    block = "\n".join("\t".join(str(1 + (row + at) % 5) for at in range(CRITERIA)) for row in range(TECHNOLOGIES))
    long_work("paste 9,000 scores", lambda: screen.paste(block))
    long_work("undo it", desk.undo)
    lines.append(("a slice of what the voices said", slices))
    print(f"\n{'':40}{'median':>9}{'slowest':>10}{'processor':>11}   ms")
    late = []
    for name, times in lines:
        clock, busy = [each[0] for each in times], statistics.median(each[1] for each in times)
        late += [name] if busy > LONGEST else []
        mark = "  TOO LONG" if busy > LONGEST else ""
        print(f"{name:40}{statistics.median(clock):9.1f}{max(clock):10.1f}{busy:11.1f}{mark}")
    screen.close()
    assert not late
