"""A file someone hands us: is it an assessment, is it whole, can this version read it? Then its rows are copied.

The file itself is never opened for writing and never adopted. Its bytes are taken into the working folder, checked
there, brought to the current format if it is older, and its rows are copied value by value, each checked against its
column, into a fresh database that this program made. Triggers, views and anything else a stranger may have put in
stay behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from . import disk_words, migrations, placing, storage
from .column_values import default_of, fits
from .errors import DocumentRefused
from .tables import Base
from .text import message

MAGIC = b"SQLite format 3\x00"
#: No assessment comes near this; it keeps a wrong file from filling the disk.
LARGEST = 512 * 1024 * 1024
#: No single value comes near this.
LARGEST_VALUE = 128 * 1024 * 1024
#: How long a check may take before the file is called damaged (seconds).
LONGEST = 60.0
#: Without these tables a database is not an assessment, whatever its header says.
NEEDED = frozenset({"assessment", "change", "touch", "seal"})


def read_file(path: Path) -> bytes:
    """The bytes of an assessment file. Raises DocumentRefused for anything that cannot be one."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise DocumentRefused(message("{name} is a folder, not an assessment file.", name=name), "folder")
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
        sentence = message("{name} cannot be read. Check the disk or the permissions.", name=name)
        raise DocumentRefused(sentence, "missing") from problem
    _check_header(content, name)
    return content


def _check_header(content: bytes, name: str) -> None:
    if not content:
        raise DocumentRefused(message("{name} is empty. Look for a backup of it.", name=name), "empty")
    if not content.startswith(MAGIC):
        kinds = {
            b"\x89PNG": "a picture",
            b"PK\x03\x04": "an Excel or zip file",
            b"%PDF": "a PDF",
            b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
        }
        kind = next((words for start, words in kinds.items() if content.startswith(start)), "")
        if kind == "an Excel or zip file":
            sentence = message(
                "{name} is an Excel or zip file, not an assessment. Bring a score table in with Import.",
                name=name,
            )
        elif kind:
            sentence = message("{name} is not an assessment; it looks like another kind of file.", name=name)
        elif not content.strip(b"\x00"):
            raise DocumentRefused(
                message("{name} holds only zeros: it was damaged. Look for a backup of it.", name=name),
                "damaged",
            )
        else:
            sentence = message("{name} is not an assessment file.", name=name)
        raise DocumentRefused(sentence, "foreign")
    if len(content) < 512:
        raise DocumentRefused(message("{name} is cut off. Look for a backup of it.", name=name), "damaged")
    application, version = int.from_bytes(content[68:72], "big"), int.from_bytes(content[60:64], "big")
    if application != migrations.APPLICATION_ID:
        raise DocumentRefused(
            message("{name} is a database of another program, not an assessment.", name=name), "foreign"
        )
    if version > 0x7FFFFFFF or version == 0:
        raise _damaged(name)
    if version > migrations.FORMAT:
        raise _newer(name, version)


def take_in(content: bytes, name: str, folder: Path) -> int:
    """Check the bytes of an assessment and copy its rows into a fresh working copy in the folder.

    Answers the format it was in. Raises DocumentRefused (damaged, foreign, newer, full) and then leaves the folder
    without a working copy.
    """
    working = folder / "working.tna"
    with _opened(content, name, folder) as source:
        found = _check_whole(source, name)
        try:
            if found < migrations.FORMAT:
                migrations.migrate(source, found)
            _copy_rows(source, working, name)
        except BaseException:
            for leftover in folder.glob("working.tna*"):
                leftover.unlink(missing_ok=True)
            raise
    return found


def check(content: bytes, name: str) -> None:
    """Check the bytes of an assessment. Raises DocumentRefused when this program would not open them."""
    with tempfile.TemporaryDirectory() as folder, _opened(content, name, Path(folder)) as source:
        _check_whole(source, name)


def renew(folder: Path, name: str) -> None:
    """Check a working copy that a crash left, and bring it to the current format if an older program made it.

    Raises DocumentRefused (damaged, newer, busy, full); the working copy is then as it was.
    """
    working = folder / "working.tna"
    try:
        with contextlib.closing(_cautious(working)) as source:
            found = source.execute("PRAGMA user_version").fetchone()[0]
            if found > migrations.FORMAT:
                raise _newer(name, found)
            if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or not migrations.can_migrate(found):
                raise _damaged(name)
            if found == migrations.FORMAT:
                return
            content = source.serialize()
    except sqlite3.Error as problem:
        raise disk_words.working_refusal(problem, "open") or _damaged(name) from problem
    newer = folder / "newer"
    newer.mkdir(exist_ok=True)
    with _opened(content, name, newer) as source:
        migrations.migrate(source, found)
        _copy_rows(source, newer / "working.tna", name)
    os.replace(newer / "working.tna", working)


@contextlib.contextmanager
def _opened(content: bytes, name: str, folder: Path):  # type: ignore[no-untyped-def]
    """The bytes as a database in the folder, opened with every caution; whatever goes wrong is told as a refusal."""
    incoming = folder / "incoming.tna"
    try:
        incoming.write_bytes(content)
        with contextlib.closing(_cautious(incoming)) as source:
            yield source
    except DBAPIError as problem:  # from the working copy: a stranger's value that no column takes, or the disk
        refused = None if isinstance(problem, IntegrityError) else disk_words.working_refusal(problem, "open")
        raise refused or _damaged(name) from problem
    except sqlite3.Error as problem:
        full = disk_words.disk_kind(problem) == "full"
        raise (disk_words.working_refusal(problem, "open") if full else None) or _damaged(name) from problem
    except OSError as problem:
        raise disk_words.working_refusal(problem, "open") or _damaged(name) from problem
    except (ValueError, TypeError, OverflowError, MemoryError, RecursionError) as problem:
        raise _damaged(name) from problem
    finally:
        for leftover in folder.glob("incoming.tna*"):
            leftover.unlink(missing_ok=True)


def _damaged(name: str) -> DocumentRefused:
    sentence = message("{name} is damaged and was not opened. Open a backup of it instead.", name=name)
    return DocumentRefused(sentence, "damaged")


def _newer(name: str, found: int) -> DocumentRefused:
    sentence = message(
        "{name} was made by a newer version of TNA Desktop (format {found}; this one reads up to {known}). "
        "Update to open it.",
        name=name,
        found=found,
        known=migrations.FORMAT,
    )
    return DocumentRefused(sentence, "newer")


def _cautious(path: Path) -> sqlite3.Connection:
    """A connection that runs nothing the file may carry, and that gives up when a check takes too long."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    started = time.monotonic()
    connection.set_progress_handler(lambda: time.monotonic() - started > LONGEST, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _check_whole(source: sqlite3.Connection, name: str) -> int:
    """Everything that can be known of the file as a whole; answers its format."""
    found = int(source.execute("PRAGMA user_version").fetchone()[0])
    if not migrations.can_migrate(found):
        raise _damaged(name)
    known, tables = set(Base.metadata.tables), set()
    for kind, table, root in source.execute("SELECT type, name, rootpage FROM sqlite_master").fetchall():
        if kind == "table" and not str(table).startswith("sqlite_"):
            tables.add(table)
        strange = kind not in ("table", "index") or not root  # a virtual table has no page of its own
        if strange or (found == migrations.FORMAT and not tables <= known):
            raise DocumentRefused(
                message("{name} holds parts no assessment has; it was not opened.", name=name), "foreign"
            )
    for table in tables if found == migrations.FORMAT else ():
        named = {row[1] for row in source.execute(f'PRAGMA table_xinfo("{table}")')}
        if not named <= set(Base.metadata.tables[table].columns.keys()):
            raise DocumentRefused(
                message("{name} holds parts no assessment has; it was not opened.", name=name), "foreign"
            )
    if not tables >= NEEDED:
        raise DocumentRefused(
            message("{name} lacks parts every assessment has; it was not opened.", name=name), "foreign"
        )
    if source.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise _damaged(name)
    if source.execute("PRAGMA foreign_key_check").fetchone():
        raise _damaged(name)
    stored = source.execute("SELECT value FROM seal WHERE name = 'digest'").fetchone()
    if stored is None or stored[0] != storage.digest(source):
        raise _damaged(name)
    if source.execute("SELECT count(*) FROM assessment").fetchone()[0] != 1:
        raise _damaged(name)
    return found


def _copy_rows(source: sqlite3.Connection, working: Path, name: str) -> None:
    """Copy every known table's known columns into a database this program made, each value checked."""
    working.unlink(missing_ok=True)
    engine = storage.open_engine(working, durable=False)
    try:
        storage.create_tables(engine)
        present = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        with engine.begin() as target:
            target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in Base.metadata.sorted_tables:
                if table.name not in present or table.name == "seal":
                    continue
                there = {row[1] for row in source.execute(f'PRAGMA table_info("{table.name}")')}
                columns = [column for column in table.columns if column.name in there]
                added = [column for column in table.columns if column.name not in there]
                listed = ", ".join(f'"{column.name}"' for column in columns)
                rows = source.execute(f'SELECT {listed} FROM "{table.name}"').fetchall()
                for place, column in enumerate(columns):
                    accepts: Callable[[object], bool] = fits(column)
                    if not all(accepts(row[place]) for row in rows):
                        raise _damaged(name)
                if added:
                    rows = [(*row, *(default_of(column) for column in added)) for row in rows]
                if rows:
                    listed = ", ".join(f'"{column.name}"' for column in (*columns, *added))
                    places = ", ".join("?" for _ in (*columns, *added))
                    target.exec_driver_sql(f'INSERT INTO "{table.name}" ({listed}) VALUES ({places})', rows)
    finally:
        engine.dispose()
    placing.sync(working)
