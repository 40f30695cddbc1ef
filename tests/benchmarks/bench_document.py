"""How long a change, an opening and a publication take, beside what the bare SQLite driver takes for the same writes.

`make bench`, or: python -m pytest -m benchmark -s tests/benchmarks/bench_document.py
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.builders.document import change, filled_document
from tna_desktop.kernel.bulk import bulk_insert
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.stages.priorities.tables import Score
from tna_desktop.stages.stakeholders.tables import Stakeholder

pytestmark = pytest.mark.benchmark
ROUNDS = 400


def median(work: Callable[[], Any], rounds: int) -> float:
    """Milliseconds, the median of some rounds."""
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


@operation("Scores read in")
def read_in(session: Session, count: int) -> int:
    rows = [
        {"technology_id": "rice", "criterion_id": "jobs", "voice": f"v{number}", "value": number / 7}
        for number in range(count)
    ]
    return bulk_insert(session, Score.__table__, rows)


class Bare:
    """The same three writes (the record, the change, the touch), equally durable, straight through the driver."""

    def __init__(self, source: Path, path: Path):
        path.write_bytes(source.read_bytes())
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE",
            "synchronous = EXTRA",
            "secure_delete = ON",
        ):
            self.connection.execute(f"PRAGMA {pragma}").fetchall()
        self.image = self.connection.execute("SELECT after FROM touch WHERE record = 'ministry'").fetchone()[0]

    def change(self, number: int) -> None:
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        run("UPDATE stakeholder SET name = ? WHERE id = 'ministry'", (f"Ministry {number}",))
        run(
            'INSERT INTO "change" (id, label, about, author, at) VALUES (?, ?, ?, ?, ?)',
            (f"bare{number}", "Changed", f"Ministry {number}", "", "2026-01-01 00:00:00.000000"),
        )
        run(
            "INSERT INTO touch (change, record_table, record, before, after)"
            " VALUES (?, 'stakeholder', 'ministry', ?, ?)",
            (f"bare{number}", self.image, self.image),
        )
        run("COMMIT")


def numbers() -> Iterator[int]:
    count = 0
    while True:
        yield (count := count + 1)


def test_document_beside_the_bare_driver(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    bare, count = Bare(document.target, tmp_path / "bare.db"), numbers()
    ours, theirs = [], []
    for _ in range(4):  # in turns, so that a busy machine is busy for both
        theirs.append(median(lambda: bare.change(next(count)), ROUNDS // 4))
        ours.append(
            median(lambda: document.do(change, Stakeholder, "ministry", name=f"Ministry {next(count)}"), ROUNDS // 4)
        )
    change_ms, bare_ms = statistics.median(ours), statistics.median(theirs)
    print(f"\nsmall change   {change_ms:7.2f} ms   bare driver {bare_ms:6.2f} ms   {change_ms / bare_ms:4.1f} times")
    undo_ms = median(document.undo, ROUNDS // 4)
    print(f"undo           {undo_ms:7.2f} ms                         {undo_ms / bare_ms:4.1f} times")
    started = time.perf_counter()
    document.do(read_in, 5000)
    print(f"5,000 scores   {(time.perf_counter() - started) * 1000:7.0f} ms")
    document.publish()

    def changed_and_published() -> None:
        document.do(change, Stakeholder, "ministry", name=f"Ministry {next(count)}")
        document.publish()

    publish_ms = median(changed_and_published, 15) - change_ms
    copy_ms = median(lambda: bare_copy(document.target, tmp_path / "copy.db"), 15)
    size = document.target.stat().st_size / 1e6
    print(
        f"publish        {publish_ms:7.1f} ms   bare backup {copy_ms:6.1f} ms   {publish_ms / copy_ms:4.1f} times"
        f"   {size:.1f} MB"
    )
    document.close()

    def open_and_close() -> None:
        Document.open(document.target).close()

    open_ms, read_ms = median(open_and_close, 7), median(lambda: bare_read(document.target), 7)
    print(f"open and close {open_ms:7.1f} ms   bare check  {read_ms:6.1f} ms   {open_ms / read_ms:4.1f} times")


def bare_copy(source: Path, target: Path) -> None:
    """What publishing cannot do without: a durable copy."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as there, sqlite3.connect(target) as copy:
        there.backup(copy)
    there.close()
    copy.close()


def bare_read(path: Path) -> None:
    """What opening cannot do without: a check of the whole file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA integrity_check").fetchall()
    connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
