"""What the disk and the database refuse, in a planner's words."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from .errors import DocumentRefused
from .text import Message, message


def refusal(problem: OSError, target: Path) -> DocumentRefused:
    """An operating system's error in a planner's words."""
    if problem.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return worded("full", target)
    if problem.errno in (
        errno.ENOENT,
        errno.ENODEV,
        errno.ENXIO,
        errno.ESTALE if hasattr(errno, "ESTALE") else -1,
    ):
        return worded("missing", target)
    return worded("unwritable", target)


def worded(kind: str, target: Path) -> DocumentRefused:
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


@contextlib.contextmanager
def told(doing: str) -> Iterator[None]:
    """What this computer's own disk does not let us do, as a refusal."""
    try:
        yield
    except (OSError, sqlite3.Error, DBAPIError) as problem:
        refusal = working_refusal(problem, doing)
        if refusal is None:
            raise
        raise refusal from problem


def clash(problem: IntegrityError) -> Message:
    text = str(problem.orig)
    if "UNIQUE" in text:
        return message("There is an entry like this already.")
    if "FOREIGN KEY" in text and (problem.statement or "").startswith(("INSERT", "UPDATE")):
        return message("The entry this one belongs to is no longer there.")
    if "FOREIGN KEY" in text:
        return message("Other entries still refer to this one.")
    return message("A value does not fit here; nothing was changed.")
