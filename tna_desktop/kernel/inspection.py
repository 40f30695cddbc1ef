"""A file someone hands us: is it an assessment, is it whole, can this version read it? Then its rows are copied.

The file itself is never opened for writing and never adopted. Its bytes are taken into the working folder, checked
there, brought to the current format if it is older, and its rows are copied table by table into a fresh database
that this program made. Triggers, views and anything else a stranger may have put in stay behind.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import time
from pathlib import Path


from . import migrations, storage
from .errors import DocumentRefused
from .tables import Base
from .text import message

MAGIC = b"SQLite format 3\x00"
#: No assessment comes near this; it keeps a wrong file from filling the disk.
LARGEST = 512 * 1024 * 1024
#: How long a check may take before the file is called damaged (seconds).
LONGEST = 60.0


def read_file(path: Path) -> bytes:
    """The bytes of an assessment file. Raises DocumentRefused for anything that cannot be one."""
    name = path.name or str(path)
    if path.is_dir():
        raise DocumentRefused(message("{name} is a folder, not an assessment file.", name=name), "folder")
    try:
        if not path.exists():
            raise DocumentRefused(message("There is no file {path}.", path=path), "missing")
        if not path.is_file():
            raise DocumentRefused(message("{name} is not a file that can be opened.", name=name), "foreign")
        if path.stat().st_size > LARGEST:
            raise DocumentRefused(message("{name} is too large to be an assessment.", name=name), "foreign")
        content = path.read_bytes()
    except OSError as problem:
        if problem.errno == errno.ENAMETOOLONG:
            raise DocumentRefused(message("There is no file {path}.", path=path), "missing") from problem
        raise DocumentRefused(message("{name} cannot be read. Check the disk or the permissions.", name=name), "missing") from problem
    _check_header(content, name)
    return content


def _check_header(content: bytes, name: str) -> None:
    if not content:
        raise DocumentRefused(message("{name} is empty. Look for a backup of it.", name=name), "empty")
    if not content.startswith(MAGIC):
        kinds = {b"\x89PNG": "a picture", b"PK\x03\x04": "an Excel or zip file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Excel or Word file"}
        kind = next((words for start, words in kinds.items() if content.startswith(start)), "")
        if kind == "an Excel or zip file":
            sentence = message("{name} is an Excel or zip file, not an assessment. Bring a score table in with Import.", name=name)
        elif kind:
            sentence = message("{name} is not an assessment; it looks like another kind of file.", name=name)
        elif not content.strip(b"\x00"):
            raise DocumentRefused(message("{name} holds only zeros: it was damaged. Look for a backup of it.", name=name), "damaged")
        else:
            sentence = message("{name} is not an assessment file.", name=name)
        raise DocumentRefused(sentence, "foreign")
    if len(content) < 512:
        raise DocumentRefused(message("{name} is cut off. Look for a backup of it.", name=name), "damaged")
    application, version = int.from_bytes(content[68:72], "big"), int.from_bytes(content[60:64], "big")
    if application != migrations.APPLICATION_ID:
        raise DocumentRefused(message("{name} is a database of another program, not an assessment.", name=name), "foreign")
    if version > migrations.FORMAT:
        raise DocumentRefused(
            message(
                "{name} was made by a newer version of TNA Desktop (format {found}; this one reads up to {known}). Update to open it.",
                name=name, found=version, known=migrations.FORMAT,
            ),
            "newer",
        )


def take_in(content: bytes, name: str, folder: Path) -> Path:
    """Check the bytes of an assessment and copy its rows into a fresh working copy in the folder.

    Raises DocumentRefused (damaged, foreign, newer) and leaves the folder without a working copy.
    """
    incoming, working = folder / "incoming.tna", folder / "working.tna"
    try:
        incoming.write_bytes(content)
        with contextlib.closing(_cautious(incoming)) as source:
            _check_whole(source, name)
            found = source.execute("PRAGMA user_version").fetchone()[0]
            if found < migrations.FORMAT:
                migrations.migrate(source, found)
            _copy_rows(source, working)
    except sqlite3.Error as problem:
        raise _damaged(name) from problem
    except OSError as problem:
        raise storage.refusal(problem, working) from problem
    finally:
        for leftover in folder.glob("incoming.tna*"):
            leftover.unlink(missing_ok=True)
    return working


def _damaged(name: str) -> DocumentRefused:
    return DocumentRefused(message("{name} is damaged and was not opened. Open a backup of it instead.", name=name), "damaged")


def _cautious(path: Path) -> sqlite3.Connection:
    """A connection that runs nothing the file may carry, and that gives up when a check takes too long."""
    connection = sqlite3.connect(path, isolation_level=None)
    started = time.monotonic()
    connection.set_progress_handler(lambda: time.monotonic() - started > LONGEST, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _check_whole(source: sqlite3.Connection, name: str) -> None:
    known = set(Base.metadata.tables)
    for kind, table, sql in source.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if table.startswith("sqlite_"):
            continue
        strange = kind in ("trigger", "view") or (kind == "table" and (sql or "").upper().startswith("CREATE VIRTUAL"))
        if strange or (kind == "table" and table not in known and source.execute("PRAGMA user_version").fetchone()[0] == migrations.FORMAT):
            raise DocumentRefused(message("{name} holds parts no assessment has; it was not opened.", name=name), "foreign")
    if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise _damaged(name)
    if source.execute("PRAGMA foreign_key_check").fetchone():
        raise _damaged(name)
    stored = source.execute("SELECT value FROM seal WHERE name = 'digest'").fetchone()
    if stored is None or stored[0] != storage.digest(source):
        raise _damaged(name)


def _copy_rows(source: sqlite3.Connection, working: Path) -> None:
    """Copy every known table's known columns through the column types into a database this program made."""
    working.unlink(missing_ok=True)
    engine = storage.open_engine(working)
    try:
        storage.create_tables(engine)
        present = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        with engine.begin() as target:
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in Base.metadata.sorted_tables:
                if table.name not in present or table.name == "seal":
                    continue
                there = {row[1] for row in source.execute(f'PRAGMA table_info("{table.name}")')}
                names = [column.name for column in table.columns if column.name in there]
                listed = ", ".join(f'"{column}"' for column in names)
                places = ", ".join("?" for _ in names)
                rows = source.execute(f'SELECT {listed} FROM "{table.name}"').fetchall()
                if rows:
                    target.exec_driver_sql(f'INSERT INTO "{table.name}" ({listed}) VALUES ({places})', rows)
    finally:
        engine.dispose()
