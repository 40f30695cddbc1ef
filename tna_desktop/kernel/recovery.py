"""Working folders: where the working copy of an open document lives, and how work left by a crash is found again."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..paths import user_data
from . import disk_words, placing
from .errors import DocumentRefused
from .text import message


@dataclass(frozen=True)
class Session:
    """What is known of one opening of a document, kept beside its working copy.

    ``published`` is the last change that is in the file (-1: the file was never written), ``file_digest`` the file
    as we last read or wrote it. ``coming`` and ``coming_digest`` say the same of a file that is just being put in
    its place: a crash in that moment leaves either file, and both are ours.
    """

    target: str
    title: str
    pid: int
    opened: str
    published: int = 0
    file_digest: str | None = None
    coming: int | None = None
    coming_digest: str | None = None

    def settled(self) -> Session:
        """The note as it is true now: if the coming file has arrived, its changes are published."""
        if self.coming is None or not self.target:
            return self
        try:
            arrived = placing.file_digest(Path(self.target)) == self.coming_digest
        except OSError:
            return self
        return published(self, self.coming, self.coming_digest) if arrived else self


@dataclass(frozen=True)
class LeftWork:
    """Work that a crash or a power cut left: changes that are on this computer but not in the file.

    ``damaged`` says that the working copy cannot be read; then the number of changes is not known (0).
    """

    folder: Path
    target: Path | None
    title: str
    changes: int
    last: datetime | None
    damaged: bool = False


def work_root() -> Path:
    root = user_data() / "work"
    root.mkdir(parents=True, exist_ok=True)
    return root


def new_folder() -> Path:
    """An empty folder for a working copy. Raises DocumentRefused when this computer lets us keep none."""
    try:
        folder = work_root() / f"{uuid.uuid4().hex}-{os.getpid()}"
        folder.mkdir(mode=0o700)
        placing.sync(folder.parent)
    except OSError as problem:
        raise DocumentRefused(
            message(
                "This computer does not let the program keep its working copy. Check the disk and its permissions."
            ),
            disk_words.disk_kind(problem) or "unwritable",
        ) from problem
    return folder


@contextlib.contextmanager
def begun_folder() -> Iterator[Path]:
    """A folder for a working copy; it goes again when the document does not come about."""
    folder = new_folder()
    try:
        with disk_words.told("open"):
            yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def new_session(target: Path | None, title: str, seq: int, digest: str | None) -> Session:
    return Session(str(target) if target else "", title, os.getpid(), datetime.now(UTC).isoformat(), seq, digest)


def write_session(folder: Path, session: Session) -> None:
    """Replace the session note whole, so that a crash leaves the old one or the new one."""
    beside = folder / "session.part"
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(asdict(session), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / "session.json")
    placing.sync(folder)


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
    """Working copies with changes that never reached their file, newest first. Finished ones are tidied away.

    A working copy that cannot be read is never tidied away; it is told as damaged.
    """
    found = []
    for folder in work_root().iterdir():
        if not folder.is_dir() or in_use(folder):
            continue
        session = read_session(folder)
        left = _left(folder, session.settled()) if session else None
        if left is not None and (left.changes > 0 or left.damaged):
            found.append(left)
        elif session is not None or _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)
    return sorted(found, key=lambda left: left.last or datetime.min.replace(tzinfo=UTC), reverse=True)


def ahead_of(target: Path) -> LeftWork | None:
    """Work left on a file that stands as that work last knew it: it holds all that the file holds, and more."""
    for left in left_work():
        session = read_session(left.folder)
        if session is None or left.damaged or left.target != target.absolute():
            continue
        with contextlib.suppress(OSError):
            if session.settled().file_digest == placing.file_digest(target):
                return left
    return None


def _left(folder: Path, session: Session) -> LeftWork | None:
    working = folder / "working.tna"
    if not working.exists():
        return None
    target = Path(session.target) if session.target else None
    try:
        with contextlib.closing(sqlite3.connect(f"{working.as_uri()}?mode=rw", uri=True, timeout=0)) as connection:
            count = connection.execute("SELECT count(*) FROM change WHERE seq > ?", (session.published,)).fetchone()[0]
            last = connection.execute("SELECT at FROM change ORDER BY seq DESC LIMIT 1").fetchone()
        moment = datetime.fromisoformat(last[0]).replace(tzinfo=UTC) if last else None
    except (sqlite3.Error, ValueError, TypeError):
        return LeftWork(folder, target, session.title, 0, None, damaged=True)
    return LeftWork(folder, target, session.title, count, moment)


def _is_abandoned(folder: Path) -> bool:
    """A folder without a note may belong to a program that is just starting: as long as that runs, or for a day."""
    pid = folder.name.rpartition("-")[2]
    if pid.isdecimal() and not placing.is_running(int(pid)):
        return True
    with contextlib.suppress(OSError):
        return datetime.now(UTC).timestamp() - folder.stat().st_mtime > 86_400
    return False


def discard(left: LeftWork) -> None:
    """Give up left work; the file it belongs to stays as it is."""
    shutil.rmtree(left.folder, ignore_errors=True)


def published(session: Session, seq: int, digest: str | None) -> Session:
    return replace(session, published=seq, file_digest=digest, coming=None, coming_digest=None)


def coming(session: Session, seq: int, digest: str | None) -> Session:
    """The note for the moment in which a file with these changes is put in its place."""
    return replace(session, coming=seq, coming_digest=digest)


def moved(session: Session, target: Path, seq: int, digest: str | None) -> Session:
    return published(replace(session, target=str(target)), seq, digest)
