"""SQLite and files: how a working copy is opened, how a file is replaced whole, how its content is sealed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import socket
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from . import migrations
from .errors import DocumentRefused
from .tables import Base
from .text import message

#: How often and how long to try again when a virus scanner or a sync program holds the file (seconds).
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)


def open_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine with one single connection, every commit durable before it returns.

    TRUNCATE with EXTRA loses no acknowledged commit at a power cut, on systems without a folder fsync too.
    The exclusive lock shows other programs, and a later recovery, that this copy is in use; it goes with the process.
    While a working copy is made from a file, nothing depends on it yet: then it need not be durable.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
        for pragma in (
            "page_size = 2048",  # of a new one: there are a hundred tables and indexes, most of them small
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE" if durable else "journal_mode = MEMORY",
            "synchronous = EXTRA" if durable else "synchronous = OFF",
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
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")

    return engine


def create_tables(engine: Engine) -> None:
    """Make every table in a new, empty database, and mark it as an assessment of the current format."""
    with engine.begin() as connection:
        for statement in _schema(tuple(Base.metadata.sorted_tables)):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.FORMAT}")


@cache
def _schema(tables: tuple[Table, ...]) -> tuple[str, ...]:
    """The statements that make the tables and their indexes; worked out once, they take longer than SQLite does."""
    dialect = sqlite.dialect()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))]
    return (*made, *(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes))


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


def seal(path: Path) -> str:
    """Check a finished copy and write its digest into it; answers the digest. Raises sqlite3.Error if it is damaged.

    A working copy on a dying disk must not take the place of a good file.
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF"):  # made durable when it is put in its place
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the working copy is damaged")
        value = digest(connection)
        connection.execute("INSERT OR REPLACE INTO seal (name, value) VALUES ('digest', ?)", (value,))
    return value


def stored_digest(path: Path) -> str | None:
    """The digest a sealed copy carries; None when it has none or cannot be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT value FROM seal WHERE name = 'digest'").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def without_history(path: Path) -> None:
    """Take the log out of a finished copy, so that nothing of it is left in the file's bytes either."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "secure_delete = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for table in ("touch", "change"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("VACUUM")


def bytes_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str | None:
    """A fingerprint of a file's bytes; None when there is none. Raises OSError when it is there but cannot be read."""
    seal_of_bytes = hashlib.sha256()
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(path))
            while piece := file.read(1 << 20):
                seal_of_bytes.update(piece)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return seal_of_bytes.hexdigest()


def _without_waiting(path: str, flags: int) -> int:
    """Open so that a pipe somebody put in the file's place cannot keep us waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def replace_whole(target: Path, write: Callable[[Path], None], *, check: Callable[[], None] | None = None) -> None:
    """Write a file beside the target and put it in its place whole. The old file stays as it was if anything fails.

    ``check`` is called when the new file lies ready, just before it takes the old one's place; what it raises stops
    everything. Raises DocumentRefused (missing, folder, full, unwritable) with a sentence that names the place.
    """
    if target.is_symlink():
        target = Path(os.path.realpath(target))  # the file itself, not the link to it, gets the new content
    folder = target.parent
    if not folder.is_dir():
        raise DocumentRefused(message("The folder {folder} is not there. Choose another place.", folder=folder), "missing")
    if target.is_dir():
        raise DocumentRefused(message("{path} is a folder. Choose a file name.", path=target), "folder")
    beside = part_path(target)
    try:
        beside.unlink(missing_ok=True)
        write(beside)
        with contextlib.suppress(OSError):
            shutil.copymode(target, beside)
        sync(beside)
        if check is not None:
            check()
        _replace(beside, target)
        sync(folder)
    except OSError as problem:
        raise refusal(problem, target) from problem
    except sqlite3.Error as problem:
        raise _worded("full" if "full" in str(problem) else "unwritable", target) from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


# Unfinished files beside the target --------------------------------------------------------------------


def part_path(target: Path) -> Path:
    """Where a new file is written before it takes the target's place; the name tells which program began it."""
    return target.with_name(f"{_part_start(target)}{_this_computer()}-{os.getpid()}.part")


def tidy_parts(target: Path) -> None:
    """Remove unfinished files that a crash left beside the target: of programs that are gone, or older than a day."""
    start, ours = _part_start(target), _this_computer()
    with contextlib.suppress(OSError):
        for path in list(target.parent.iterdir()):
            if not (path.name.startswith(start) and path.name.endswith(".part")):
                continue
            computer, _, pid = path.name[len(start) : -len(".part")].partition("-")
            gone = computer == ours and pid.isdecimal() and not is_running(int(pid))
            with contextlib.suppress(OSError):
                if gone or time.time() - path.lstat().st_mtime > 86_400:
                    path.unlink()


def _part_start(target: Path) -> str:
    name = target.name
    if len(name.encode("utf-8", "surrogateescape")) > 200:  # a name near the system's limit leaves no room for more
        name = bytes_digest(name.encode("utf-8", "surrogateescape"))[:16]
    return f".{name}."


def _this_computer() -> str:
    return bytes_digest(socket.gethostname().encode())[:8]


def is_running(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # asking by signal would end the program there; such files go after a day
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


# Errors in a planner's words ---------------------------------------------------------------------------


def refusal(problem: OSError, target: Path) -> DocumentRefused:
    """An operating system's error in a planner's words."""
    if problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return _worded("full", target)
    if problem.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE if hasattr(errno, "ESTALE") else -1):
        return _worded("missing", target)
    return _worded("unwritable", target)


def _worded(kind: str, target: Path) -> DocumentRefused:
    sentences = {
        "full": message("There is no room left where {path} is. Free some space or save elsewhere.", path=target),
        "missing": message("The disk or folder with {path} is gone. Put it back or save elsewhere.", path=target),
        "unwritable": message("{path} cannot be written. It may be protected or in use; save elsewhere.", path=target),
    }
    return DocumentRefused(sentences[kind], kind)


#: What the disk may say through SQLite (primary result codes); anything else is a mistake in the program.
_DISK = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_IOERR: "unwritable",
    sqlite3.SQLITE_READONLY: "unwritable",
    sqlite3.SQLITE_CANTOPEN: "unwritable",
    sqlite3.SQLITE_PERM: "unwritable",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


def disk_kind(problem: Exception) -> str | None:
    """Whether a database error is the disk's doing: full, busy, unwritable or damaged; None when it is not."""
    cause = problem.orig if isinstance(problem, DBAPIError) else problem
    if isinstance(cause, OSError):
        return "full" if cause.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)) else "unwritable"
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return "damaged" if type(cause) is sqlite3.DatabaseError else None
    return _DISK.get(code & 0xFF)


def working_refusal(problem: Exception, doing: str) -> DocumentRefused | None:
    """What to say when the working copy on this computer cannot be used; None when it is not the disk's doing.

    ``doing`` is "change" (the change was not kept), "save" (the work is safe, the file was not written) or "open".
    """
    kind = disk_kind(problem)
    if kind is None:
        return None
    sentences = {
        ("change", "full"): message(
            "This computer's disk is full, so the change was not kept. Free some space and try again."
        ),
        ("change", "busy"): message("The assessment is in use by another program; the change was not kept."),
        ("change", "unwritable"): message("The disk refused the change, so it was not kept. Save a copy elsewhere."),
        ("save", "full"): message(
            "This computer's disk is full, so the file was not written. Free some space and try again."
        ),
        ("save", "busy"): message("The assessment is in use by another program; the file was not written."),
        ("save", "unwritable"): message("This computer's disk failed, so the file was not written. Check the disk."),
        ("open", "full"): message(
            "This computer's disk is full, so the assessment was not opened. Free some space and try again."
        ),
        ("open", "busy"): message("The work left behind is in use by another program; close it there first."),
        ("open", "unwritable"): message("This computer's disk failed, so nothing was opened. Check the disk."),
    }
    damaged = message("The working copy on this computer is damaged. Go on with the file or with a backup of it.")
    return DocumentRefused(sentences.get((doing, kind), damaged), kind)


def sync(path: Path) -> None:
    """Make sure the disk has it. Windows has no sync for folders, nor have some shares; there the replace is all."""
    of_folder = path.is_dir()
    if sys.platform == "win32" and of_folder:
        return
    try:
        handle = os.open(path, os.O_RDONLY if of_folder or sys.platform != "win32" else os.O_RDWR)
    except PermissionError:
        if of_folder:
            return
        raise
    try:
        os.fsync(handle)
    except OSError as problem:
        if not of_folder or problem.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
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
