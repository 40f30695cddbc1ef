"""SQLite and files: how a working copy is opened, how a file is replaced whole, how its content is sealed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from .errors import DocumentRefused
from .migrations import APPLICATION_ID, FORMAT
from .tables import Base
from .text import message

#: How often and how long to try again when a virus scanner or a sync program holds the file (seconds).
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)


def open_engine(path: Path) -> Engine:
    """An engine with one single connection, every commit durable before it returns.

    TRUNCATE with EXTRA loses no acknowledged commit at a power cut, on systems without a folder fsync too.
    The exclusive lock shows other programs, and a later recovery, that this copy is in use; it goes with the process.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE",
            "synchronous = EXTRA",
            "fullfsync = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "secure_delete = ON",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def create_tables(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
        connection.commit()


def raw(engine: Engine) -> sqlite3.Connection:
    """The driver's connection behind the engine: for copying and for counting, never for writing records."""
    with engine.connect() as connection:
        return connection.connection.driver_connection  # type: ignore[return-value]


def digest(connection: sqlite3.Connection) -> str:
    """A fingerprint of every value in the document, in an order that does not depend on how the file is laid out."""
    seal = hashlib.sha256()
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        if name == "seal" or name.startswith("sqlite_"):
            continue
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        order = "seq" if "seq" in columns else "number" if "record_table" in columns else "id"
        seal.update(f"{name}:{columns}".encode())
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY "{order}"'):
            seal.update(repr(row).encode("utf-8", "surrogatepass"))
    return seal.hexdigest()


def seal(path: Path) -> None:
    """Write the digest into a finished copy."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY").fetchall()
        value = digest(connection)
        connection.execute("INSERT OR REPLACE INTO seal (name, value) VALUES ('digest', ?)", (value,))


def file_digest(path: Path) -> str | None:
    """A fingerprint of a file's bytes; None when it is not there or cannot be read."""
    seal_of_bytes = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(1 << 20):
                seal_of_bytes.update(piece)
    except OSError:
        return None
    return seal_of_bytes.hexdigest()


def replace_whole(target: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside the target and put it in its place whole. The old file stays as it was if anything fails.

    Raises DocumentRefused (missing, full, unwritable) with a sentence that names the place.
    """
    folder = target.parent
    if not folder.is_dir():
        raise DocumentRefused(message("The folder {folder} is not there. Choose another place.", folder=folder), "missing")
    if target.is_dir():
        raise DocumentRefused(message("{path} is a folder. Choose a file name.", path=target), "folder")
    beside = folder / f".{target.name}.{os.getpid()}.part"
    try:
        write(beside)
        _sync(beside)
        _replace(beside, target)
        _sync(folder)
    except OSError as problem:
        raise refusal(problem, target) from problem
    except sqlite3.Error as problem:
        kind = "full" if "full" in str(problem) else "unwritable"
        raise _worded(kind, target) from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def refusal(problem: OSError, target: Path) -> DocumentRefused:
    """An operating system's error in a planner's words."""
    if problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return _worded("full", target)
    if problem.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return _worded("missing", target)
    return _worded("unwritable", target)


def _worded(kind: str, target: Path) -> DocumentRefused:
    sentences = {
        "full": message("There is no room left where {path} is. Free some space or save elsewhere.", path=target),
        "missing": message("The disk or folder with {path} is gone. Put it back or save elsewhere.", path=target),
        "unwritable": message("{path} cannot be written. It may be protected or in use; save elsewhere.", path=target),
    }
    return DocumentRefused(sentences[kind], kind)


def _sync(path: Path) -> None:
    """Make sure the disk has it. Windows has no sync for folders; there the replace itself is enough."""
    if sys.platform == "win32" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(source: Path, target: Path) -> None:
    for pause in (*PATIENCE, None):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)
