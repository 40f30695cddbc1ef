"""What a crash leaves: nothing that was acknowledged is lost, and the next start offers it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders.document import add, change, contents, filled_document, new_document
from tna_desktop.kernel import holding, placing, recovery
from tna_desktop.kernel.document import FAILED, LOCAL, SAVED, Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.stages.stakeholders.tables import Stakeholder

PROGRAMS = Path(__file__).parent / "crash"
ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def program(name: str, *arguments: Any) -> Iterator[subprocess.Popen[str]]:
    """One of the programs in crash/, in the same folders as this test; it is gone at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAMS / name), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()


def names_in(database: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        return {row[0] for row in connection.execute("SELECT name FROM stakeholder")}


def die(document: Document) -> None:
    """Let go of a document as a crash does: the lock goes with the program, everything else stays."""
    document.engine.dispose()


# kill -9 --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    target, acknowledged = document.target, tmp_path / "acknowledged.txt"
    acknowledged.touch()
    document.close()
    dice, offered = random.Random(7), 0
    with program("editor.py", target, acknowledged) as editor:
        assert editor.stdout.readline() == "ready\n"
        for turn in range(45):
            editor.stdin.write(f"{turn} {dice.uniform(0.0, 0.3):.4f}\n")
            editor.stdin.flush()
            assert editor.stdout.readline() == "killed\n"
            promised = set(acknowledged.read_text().split())
            visible = Document.open(target, read_only=True)  # refused if anything in it were damaged
            with visible.reading() as session:
                published = set(session.scalars(select(Stakeholder.name)))
            visible.close()
            left = recovery.left_work()
            assert len(left) <= 1
            kept = names_in(left[0].folder / "working.tna") if left else published
            assert promised <= kept
            # Nothing stands in the visible file that the offered work lacks, but for what was taken back since.
            assert published - {"taken back"} <= kept
            offered += len(left)
    assert offered > 10 and len(promised) > 30  # fewer on a busy machine
    left = recovery.left_work()
    document = Document.recover(left[0]) if left else Document.open(target)
    document.publish()
    assert document.state.kind == SAVED
    document.close()
    assert recovery.left_work() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acknowledged.txt", target.name]
    assert list(recovery.work_root().iterdir()) == []


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_while_the_file_is_put_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    document = filled_document(tmp_path)
    document.publish()
    document.do(add, Stakeholder, name="Late")

    class PowerCut(BaseException):
        pass

    def cut(source: Path, target: Path) -> None:
        if moment == "after":
            os.replace(source, target)
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(placing, "_replace", cut)
        document.publish()
    end = contents(document)
    die(document)
    left = recovery.left_work()
    if moment == "after":
        assert left == []  # the file has it all
        again = Document.open(document.target)
    else:
        assert [(each.changes, each.target) for each in left] == [(1, document.target)]
        again = Document.recover(left[0])
        assert again.state.kind == LOCAL
        again.publish()
    assert again.state.kind == SAVED and contents(again) == end
    again.close()


def test_unfinished_files_of_dead_programs_are_tidied_up(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    target = document.target
    document.close()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    here = placing._this_computer()
    stale = tmp_path / f".{target.name}.{here}-{dead.pid}.part"
    alive = tmp_path / f".{target.name}.{here}-{os.getppid()}.part"
    elsewhere = tmp_path / f".{target.name}.0badcafe-{dead.pid}.part"
    old = tmp_path / f".{target.name}.0badcafe-17.part"
    other = tmp_path / f".other.tna.{here}-{dead.pid}.part"
    for path in (stale, alive, elsewhere, old, other):
        path.write_text("half")
    os.utime(old, (1_000_000, 1_000_000))
    Document.open(target, read_only=True).close()
    assert stale.exists()
    Document.open(target).close()
    assert [path.exists() for path in (stale, old, alive, elsewhere, other)] == [False, False, True, True, True]


def test_working_folders_of_programs_that_died_while_starting_go(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    gone, starting = (recovery.work_root() / f"{'0' * 32}-{pid}" for pid in (dead.pid, os.getppid()))
    for folder in (gone, starting):
        folder.mkdir()
        (folder / "incoming.tna").write_text("half")
    assert recovery.left_work() == []
    assert not gone.exists() and starting.exists()


# What is offered ------------------------------------------------------------------------------------------


def test_left_work_tells_what_it_is(tmp_path: Path) -> None:
    document = filled_document(tmp_path, title="Needs of Kelvara")
    document.publish()
    for number in range(3):
        last = document.do(add, Stakeholder, name=f"S{number}")
    die(document)
    (left,) = recovery.left_work()
    assert (left.title, left.changes, left.last, left.damaged) == ("Needs of Kelvara", 3, last.at, False)
    assert left.target == document.target


def test_work_without_a_file_is_offered_too(tmp_path: Path) -> None:
    document = Document.create(None, country="Kelvara")
    assert document.state.kind == LOCAL
    document.do(add, Stakeholder, name="Never saved")
    document.close()
    (left,) = recovery.left_work()
    assert left.target is None and left.changes == 1
    again = Document.recover(left)
    again.save_as(tmp_path / "now.tna")
    assert again.state.kind == SAVED
    again.close()
    assert recovery.left_work() == []


def test_discarded_work_is_gone_and_the_file_as_it_was(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    before = document.target.read_bytes()
    document.do(add, Stakeholder, name="X")
    die(document)
    recovery.discard(recovery.left_work()[0])
    assert recovery.left_work() == [] and document.target.read_bytes() == before


def test_work_in_use_is_not_offered(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    assert recovery.left_work() == []
    document.do(add, Stakeholder, name="Still here")
    assert recovery.left_work() == [] and document.folder.exists()
    document.close()


def test_a_damaged_working_copy_is_told_and_never_thrown_away(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    die(document)
    working = document.folder / "working.tna"
    working.write_bytes(b"\0" * 5000)
    (left,) = recovery.left_work()
    assert left.damaged and working.exists()
    with pytest.raises(DocumentRefused) as refused:
        Document.recover(left)
    assert refused.value.kind == "damaged" and working.exists()


def test_recovered_work_goes_on_being_undoable(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)
    document.do(add, Stakeholder, name="X")
    document.do(add, Stakeholder, name="Y")
    document.undo()
    die(document)
    again = Document.recover(recovery.left_work()[0])
    assert again.redo().about == "Y"
    again.undo()
    again.undo()
    assert contents(again) == before
    again.close()


def test_recovered_work_does_not_overwrite_what_someone_else_saved_meanwhile(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    document.do(add, Stakeholder, name="Ours")
    die(document)
    theirs = Document.open(document.target)
    theirs.do(add, Stakeholder, name="Theirs")
    with pytest.raises(DocumentRefused) as refused:
        Document.recover(recovery.left_work()[0])
    assert refused.value.kind == "busy"
    theirs.close()
    again = Document.recover(recovery.left_work()[0])
    with pytest.raises(DocumentRefused) as refused:
        again.publish()
    assert refused.value.kind == "changed" and again.state.kind == FAILED
    again.save_as(tmp_path / "ours.tna")
    again.close()
    assert "Ours" in names_in(tmp_path / "ours.tna") and "Theirs" in names_in(document.target)


# The disk at the very end ---------------------------------------------------------------------------------


def test_a_failure_after_the_change_was_kept_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.exc import OperationalError

    from tna_desktop.kernel.journal import WorkingSession

    document = filled_document(tmp_path)
    commit = WorkingSession.commit

    def failing(session: WorkingSession) -> None:
        commit(session)
        problem = sqlite3.OperationalError("disk I/O error")
        problem.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise OperationalError("COMMIT", {}, problem)

    with monkeypatch.context() as patch:
        patch.setattr(WorkingSession, "commit", failing)
        done = document.do(add, Stakeholder, id="kept", name="Kept")
    assert done.seq == document.seq and document.can_undo
    document.undo()
    with document.reading() as session:
        assert session.get(Stakeholder, "kept") is None


# Two programs ---------------------------------------------------------------------------------------------


def test_a_second_program_is_told_who_has_the_file(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    with program("holder.py", document.target) as first:
        assert first.stdout.readline() == "open saved\n"
        with pytest.raises(DocumentRefused) as refused:
            Document.open(document.target)
        assert refused.value.kind == "busy" and socket.gethostname() in str(refused.value)
        reader = Document.open(document.target, read_only=True)
        with pytest.raises(DocumentRefused, match="read-only"):
            reader.do(add, Stakeholder, name="X")
        with pytest.raises(DocumentRefused) as refused:
            filled_document(tmp_path, "other.tna").save_as(document.target)
        assert refused.value.kind == "busy"
        reader.close()
        assert holding.note_path(document.target).exists()
    document = Document.open(document.target)  # the other was killed: its note says nothing any more
    with program("holder.py", document.target) as second:
        assert second.stdout.readline().startswith("busy kelvara.tna is open on")
    with program("holder.py", document.target, "read-only") as second:
        assert second.stdout.readline() == "open read_only\n"
    document.close()
    assert not holding.note_path(document.target).exists()


def test_the_same_program_does_not_open_a_file_twice(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    with pytest.raises(DocumentRefused) as refused:
        Document.open(document.target)
    assert refused.value.kind == "busy"
    document.do(change, Stakeholder, "ministry", name="Still works")
    document.close()


def test_a_note_from_another_computer_counts(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    note = {"user": "ana", "host": "field-laptop", "pid": 4, "work": "/somewhere", "at": "2026-01-01"}
    holding.note_path(document.target).write_text(json.dumps(note))
    with pytest.raises(DocumentRefused, match=r"kelvara\.tna is open on field-laptop \(ana\)"):
        Document.open(document.target)
    Document.open(document.target, read_only=True).close()
    assert json.loads(holding.note_path(document.target).read_text()) == note


@pytest.mark.parametrize(
    "note",
    [
        "",
        "{",
        "[]",
        "null",
        '{"user": 1}',
        "[" * 20_000,
        "\0" * 100,
        '"' * 9,
        ('{"user": "a", "host": ["h"], "pid": 1, "work": "w", "at": ""}'),
    ],
)
def test_a_note_that_is_none_is_ignored(tmp_path: Path, note: str) -> None:
    document = filled_document(tmp_path)
    document.close()
    holding.note_path(document.target).write_text(note)
    document = Document.open(document.target)
    assert holding.read_holder(document.target).pid == os.getpid()
    document.close()
    assert not holding.note_path(document.target).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_the_notes_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    os.mkfifo(holding.note_path(document.target))
    Document.open(document.target).close()


# Threads --------------------------------------------------------------------------------------------------


def test_publishing_in_one_thread_while_another_works_loses_nothing(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    problems: list[BaseException] = []
    done = threading.Event()

    def publish() -> None:
        try:
            while not done.is_set():
                document.publish()
        except BaseException as problem:
            problems.append(problem)

    def read() -> None:
        try:
            while not done.is_set():
                with document.reading() as session:
                    seen = session.scalars(select(Stakeholder.name)).all()
                    assert "taken back" not in seen
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=publish), threading.Thread(target=read)]
    for thread in threads:
        thread.start()
    for number in range(150):
        document.do(add, Stakeholder, name=f"S{number}")
        if number % 10 == 0:
            document.do(add, Stakeholder, name="then gone")
            document.undo()
    done.set()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    assert problems == []
    document.publish()
    assert document.state.kind == SAVED
    expected = contents(document, log=True)
    document.close()
    again = Document.open(document.target)
    assert contents(again, log=True) == expected
    assert len(expected["stakeholder"]) == 152
    again.close()


def test_two_threads_that_undo_take_back_two_changes(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document)
    for number in range(20):
        document.do(add, Stakeholder, name=f"S{number}")
    threads = [threading.Thread(target=lambda: [document.undo() for _ in range(10)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert contents(document) == before


def test_closing_while_a_thread_publishes(tmp_path: Path) -> None:
    for turn in range(5):
        document = filled_document(tmp_path, f"{turn}.tna")
        problems: list[BaseException] = []

        def publish(document: Document = document, problems: list[BaseException] = problems) -> None:
            try:
                for _ in range(5):
                    document.publish()
            except BaseException as problem:
                problems.append(problem)

        thread = threading.Thread(target=publish)
        thread.start()
        document.do(add, Stakeholder, name="Last")
        document.close()
        thread.join(timeout=30)
        assert not thread.is_alive() and problems == []
        assert "Last" in names_in(document.target)
    assert list(recovery.work_root().iterdir()) == []


def test_a_closed_document_says_so(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    document.close()
    document.publish()
    with pytest.raises(RuntimeError, match="closed"):
        document.do(add, Stakeholder, name="X")
    with pytest.raises(RuntimeError, match="closed"), document.reading():
        pass
    assert not document.folder.exists()
