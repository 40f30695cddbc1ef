"""Formats: an old document opens in a new program, and its file stays as it was until there is something to save."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.document import add, contents, filled_document
from tna_desktop.kernel import backups, inspection, migrations, recovery
from tna_desktop.kernel.document import SAVED, Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.stages.stakeholders.tables import Stakeholder

#: The format of this program, and the next one, which these tests invent.
NOW, NEXT = migrations.FORMAT, migrations.FORMAT + 1
DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"


def renames_a_value(connection: sqlite3.Connection) -> None:
    """As a real step might: a code got another name."""
    connection.execute("UPDATE stakeholder SET \"group\" = 'farmers' WHERE \"group\" = 'producers'")


@pytest.fixture
def next_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "FORMAT", NEXT)
    monkeypatch.setattr(migrations, "STEPS", {NOW: renames_a_value})


def group_of_growers(document: Document) -> str:
    with document.reading() as session:
        return session.get(Stakeholder, "growers").group


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("format_*.tna")), ids=lambda path: path.stem)
def test_documents_of_every_format_open(path: Path, tmp_path: Path) -> None:
    """The files in tests/documents were made by the version of their time; see make_documents.py there."""
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    document = Document.open(copy)
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    with document.reading() as session:
        connection = session.connection().connection.driver_connection
        connection.row_factory = sqlite3.Row
        for table, records in expected["records"].items():
            for key, values in records.items():
                row = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,)).fetchone()
                assert {name: row[name] for name in values} == values
        counts = {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in expected["counts"]
        }
        connection.row_factory = None
    assert counts == expected["counts"]
    assert document.undo().label == expected["last_change"]
    document.redo()
    document.do(add, Stakeholder, name="New in an old document")
    document.close()
    Document.open(copy).close()


def test_a_golden_document_of_the_current_format_is_there() -> None:
    assert (DOCUMENTS / f"format_{migrations.FORMAT}.tna").is_file()


def test_an_older_document_is_brought_up_and_its_file_waits(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    document = filled_document(tmp_path)
    document.close()
    before = document.target.read_bytes()
    request.getfixturevalue("next_format")
    again = Document.open(document.target)
    assert group_of_growers(again) == "farmers" and again.state.kind == SAVED
    assert document.target.read_bytes() == before
    kept = [backup for backup in backups.kept(again.lineage) if backup.name]
    assert [(backup.name, backup.path.read_bytes()) for backup in kept] == [(f"format {NOW}", before)]
    again.do(add, Stakeholder, name="X")
    again.close()
    assert int.from_bytes(document.target.read_bytes()[60:64], "big") == NEXT
    last = Document.open(document.target)
    assert group_of_growers(last) == "farmers"
    last.undo()
    last.undo()
    last.close()


def test_a_newer_document_is_refused_by_an_older_program(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("next_format")
    document = filled_document(tmp_path)
    document.close()
    migrations.FORMAT = NOW
    with pytest.raises(
        DocumentRefused, match=rf"format {NEXT}; this one reads up to {NOW}\). Update to open it"
    ) as refused:
        Document.open(document.target)
    assert refused.value.kind == "newer"


def test_a_column_that_is_new_gets_its_default(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    document = filled_document(tmp_path)
    document.close()
    expected = contents(Document.open(document.target, read_only=True))

    def loses(connection: sqlite3.Connection) -> None:
        """The reverse of a new column: as if the older format had not had it."""
        names = [row[1] for row in connection.execute("PRAGMA table_info(stakeholder)") if row[1] != "region"]
        listed = ", ".join(f'"{name}"' for name in names)
        connection.execute(f"CREATE TABLE older AS SELECT {listed} FROM stakeholder")
        connection.execute("DROP TABLE stakeholder")
        connection.execute("ALTER TABLE older RENAME TO stakeholder")
        connection.execute("DROP TABLE report_text")

    request.getfixturevalue("next_format")
    migrations.STEPS[NOW] = loses
    again = Document.open(document.target)
    assert contents(again) == expected
    again.close()


def test_a_step_that_fails_leaves_everything_as_it_was(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    document = filled_document(tmp_path)
    document.close()
    before = document.target.read_bytes()
    request.getfixturevalue("next_format")

    def half(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM stakeholder")
        connection.execute("no SQL at all")

    for step in ({NOW: half}, {}):
        migrations.STEPS.clear()
        migrations.STEPS.update(step)
        with pytest.raises(DocumentRefused) as refused:
            Document.open(document.target)
        assert refused.value.kind == "damaged" and document.target.read_bytes() == before
    assert list(recovery.work_root().iterdir()) == []


def test_work_left_by_an_older_program_is_brought_up(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    document = filled_document(tmp_path)
    document.engine.dispose()  # as a crash does
    request.getfixturevalue("next_format")
    (left,) = recovery.left_work()
    again = Document.recover(left)
    assert group_of_growers(again) == "farmers"
    again.close()
    assert int.from_bytes(document.target.read_bytes()[60:64], "big") == NEXT
    assert list(recovery.work_root().iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("left", [False, True])
def test_a_kill_in_the_middle_of_a_step(tmp_path: Path, left: bool) -> None:
    document = filled_document(tmp_path)
    if left:
        document.engine.dispose()
    else:
        document.close()
    before = document.target.read_bytes()
    program = Path(__file__).parent / "crash" / "migrating.py"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(program), str(document.target)],
        cwd=root,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == -signal.SIGKILL
    assert document.target.read_bytes() == before
    offered = recovery.left_work()
    assert [each.changes for each in offered] == ([1] if left else [])
    again = Document.recover(offered[0]) if left else Document.open(document.target)
    assert group_of_growers(again) == "producers"
    again.close()
    with contextlib.closing(sqlite3.connect(document.target)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list(recovery.work_root().iterdir()) == []
    assert inspection.read_file(document.target)[60:64] == NOW.to_bytes(4, "big")
