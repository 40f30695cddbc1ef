"""Working folders: where the working copy of an open document lives, and how work left by a crash is found again."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shutil
import socket
import sqlite3
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..paths import user_data


@dataclass(frozen=True)
class Session:
    """What is known of one opening of a document, kept beside its working copy."""

    target: str
    title: str
    pid: int
    opened: str
    published: int = 0
    file_digest: str | None = None


@dataclass(frozen=True)
class LeftWork:
    """Work that a crash or a power cut left: changes that are on this computer but not in the file."""

    folder: Path
    target: Path | None
    title: str
    changes: int
    last: datetime | None


def work_root() -> Path:
    root = user_data() / "work"
    root.mkdir(parents=True, exist_ok=True)
    return root


def new_folder() -> Path:
    folder = work_root() / uuid.uuid4().hex
    folder.mkdir()
    return folder


def write_session(folder: Path, session: Session) -> None:
    """Replace the session note whole, so that a crash leaves the old one or the new one."""
    beside = folder / "session.part"
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(asdict(session), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / "session.json")


def read_session(folder: Path) -> Session | None:
    try:
        return Session(**json.loads((folder / "session.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def in_use(folder: Path) -> bool:
    """Whether a running program holds this working copy; its lock goes away with the program."""
    working = folder / "working.tna"
    if not working.exists():
        return False
    try:
        with contextlib.closing(sqlite3.connect(f"{working.as_uri()}?mode=rw", uri=True, timeout=0)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        return "locked" in str(problem)
    except sqlite3.Error:
        return False
    return False


def left_work() -> list[LeftWork]:
    """Working copies with changes that never reached their file, newest first. Finished ones are tidied away."""
    found = []
    for folder in work_root().iterdir():
        if not folder.is_dir() or in_use(folder):
            continue
        session = read_session(folder)
        left = _left(folder, session) if session else None
        if left is not None and left.changes > 0:
            found.append(left)
        elif session is not None or _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
    return sorted(found, key=lambda left: left.last or datetime.min.replace(tzinfo=UTC), reverse=True)


def _left(folder: Path, session: Session) -> LeftWork | None:
    try:
        with contextlib.closing(sqlite3.connect(folder / "working.tna", timeout=0)) as connection:
            count, last = connection.execute(
                "SELECT count(*), max(at) FROM change WHERE seq > ?", (session.published,)
            ).fetchone()
    except sqlite3.Error:
        return None
    moment = datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None
    return LeftWork(folder, Path(session.target) if session.target else None, session.title, count, moment)


def _is_old(folder: Path) -> bool:
    """A folder without a note may belong to a program that is just starting; after a day it does not."""
    with contextlib.suppress(OSError):
        return datetime.now(UTC).timestamp() - folder.stat().st_mtime > 86_400
    return False


def discard(left: LeftWork) -> None:
    """Give up left work; the file it belongs to stays as it is."""
    shutil.rmtree(left.folder, ignore_errors=True)


def published(session: Session, seq: int, digest: str | None) -> Session:
    return replace(session, published=seq, file_digest=digest)


# The lock note beside the document -------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """Who has a document open, as the note beside it says."""

    user: str
    host: str
    pid: int
    work: str
    at: str


def note_path(target: Path) -> Path:
    return target.with_name(f".~lock.{target.name}#")


def read_holder(target: Path) -> Holder | None:
    """Who has the document open; None when nobody has, or when the note was left by a program that is gone."""
    try:
        holder = Holder(**json.loads(note_path(target).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if holder.host == socket.gethostname() and not in_use(Path(holder.work)):
        return None
    return holder


def write_holder(target: Path, folder: Path) -> None:
    """Leave a note that the document is open here. A medium that takes no note is no reason not to work."""
    holder = Holder(_user(), socket.gethostname(), os.getpid(), str(folder), datetime.now(UTC).isoformat())
    with contextlib.suppress(OSError):
        note_path(target).write_text(json.dumps(asdict(holder)), "utf-8")


def remove_holder(target: Path, folder: Path) -> None:
    with contextlib.suppress(OSError, ValueError, TypeError):
        if json.loads(note_path(target).read_text("utf-8")).get("work") == str(folder):
            note_path(target).unlink()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
