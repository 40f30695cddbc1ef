"""Work in the background: whatever it brings arrives, each time, and exactly once."""

from __future__ import annotations

from tests.builders.whole_window import rest, wait_for
from tna_desktop.ui.tasks import Task


def test_no_result_is_lost(qapp) -> None:
    """A result that never arrives would leave the window opening, saving or checking for ever."""
    arrived: list[int] = []
    for number in range(200):
        task = Task(lambda _task, number=number: [str(each) for each in range(500)] and number)
        task.done.connect(arrived.append)
        task.start()
        if number % 7 == 0:
            rest(1)
    wait_for(lambda: len(arrived) >= 200, 20)
    rest(20)
    assert sorted(arrived) == list(range(200))


def test_a_failure_arrives_as_what_it_was(qapp) -> None:
    failed: list[Exception] = []

    def work(_task: Task) -> None:
        raise ValueError("no")

    task = Task(work)
    task.failed.connect(failed.append)
    task.start()
    wait_for(lambda: bool(failed), 10)
    assert str(failed[0]) == "no"


def test_stopped_work_says_so_and_nothing_else(qapp) -> None:
    told: list[str] = []

    def work(task: Task) -> int:
        while not task.cancelled:
            pass
        return 1

    task = Task(work)
    task.done.connect(lambda _result: told.append("done"))
    task.stopped_early.connect(lambda: told.append("stopped"))
    task.start()
    task.cancel()
    wait_for(lambda: bool(told), 10)
    rest(20)
    assert told == ["stopped"]
