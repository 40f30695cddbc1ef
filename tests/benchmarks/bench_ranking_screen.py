"""How long the Ranking step keeps the window waiting with 300 technologies and 30 criteria, all together and apart.

`make bench`, or: python -m pytest -m benchmark -s tests/benchmarks/bench_ranking_screen.py

Told by the clock and as the time of the processor; by that one, whatever is beyond LONGEST is named TOO LONG and fails.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_scores import CRITERIA, LONGEST, TECHNOLOGIES, fill
from tests.builders import room
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import competition, operations
from tna_desktop.stages.priorities.screen import SCREENS

pytestmark = pytest.mark.benchmark


@pytest.fixture
def document(tmp_path: Path):
    made = room.new_document(tmp_path)
    chance = random.Random(4)
    groups = [room.do(made, criteria.add_group, f"Branch {at + 1}") for at in range(5)]
    columns = [
        room.do(made, criteria.add_criterion, f"Criterion {at + 1}", low=1, high=5, weight=1 + at % 4, group_id=groups[at % 5])
        for at in range(CRITERIA)
    ]  # fmt: skip
    reaches = ("site", "community", "landscape", "national")
    rows = [
        room.do(made, operations.add_technology, f"Technology {at + 1}", reach=reaches[at % 4])
        for at in range(TECHNOLOGIES)
    ]
    room.do(made, fill, "", [(row, column) for row in rows for column in columns], chance)
    yield made
    made.close(publish=False)


def longest(work: Callable[[], object], turns: int = 8) -> tuple[float, float]:
    """The longest turn of the loop that the work sets off, in milliseconds: by the clock and of the processor."""
    found = []
    for turn in (work, *[QApplication.processEvents] * turns):
        clock, busy = time.perf_counter(), time.thread_time()
        turn()
        found.append(((time.perf_counter() - clock) * 1000, (time.thread_time() - busy) * 1000))
        time.sleep(0.01)  # the trials are under way in a worker
    return max(found, key=lambda each: each[1])


@pytest.mark.parametrize("within", ["", "reach"])
def test_the_ranking_is_shown_at_once(qapp, document, within) -> None:
    if within:
        room.do(document, competition.compete_within, within)
    desk = room.new_desk(document)
    desk._quiet.setInterval(10**8)  # the file is another benchmark's matter
    screen = SCREENS["ranking"](desk, "priorities.ranking")
    screen.resize(1090, 620)
    lines = [("first showing", longest(screen.show)), ("again with a change behind", longest(screen.load))]
    bar = screen.view.verticalScrollBar()
    lines.append(("scroll", longest(lambda: bar.setValue(bar.value() + 300))))
    for view in ("groups", "changes", "compare", "try", "ranking"):
        lines.append((view, longest(lambda view=view: screen.show_view(view))))
    lines.append(("as a table", longest(screen.switch_view)))
    print(f"\n{within or 'all together':34}{'clock':>9}{'processor':>11}   ms")
    for name, (clock, busy) in lines:
        print(f"{name:34}{clock:9.1f}{busy:11.1f}{'  TOO LONG' if busy > LONGEST else ''}")
    screen.close()
    assert not [name for name, (_, busy) in lines if busy > LONGEST]
