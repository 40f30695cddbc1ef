"""The lock note beside a document: who has it open, so that two people do not write over each other."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import stat
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from . import placing, recovery
from .errors import DocumentRefused
from .text import message

#: No note is longer; whatever else lies there is not one.
LONGEST = 10_000


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
    holder = _read(note_path(target))
    if holder is None or (holder.host == socket.gethostname() and not _is_held(holder)):
        return None
    return holder


def refuse_if_held(target: Path) -> None:
    """Raises DocumentRefused (busy) when someone else has the document open."""
    holder = read_holder(target)
    if holder is not None:
        raise DocumentRefused(
            message(
                "{name} is open on {host} ({user}). Open it read-only, or close it there first.",
                name=target.name,
                host=holder.host,
                user=holder.user,
            ),
            "busy",
        )


def claim(target: Path, folder: Path) -> None:
    """Leave a note that the document is open here. A medium that takes no note is no reason not to work.

    Raises DocumentRefused (busy) when someone else was quicker.
    """
    note = json.dumps(
        asdict(Holder(_user(), socket.gethostname(), os.getpid(), str(folder), datetime.now(UTC).isoformat()))
    )
    for _attempt in range(2):
        try:
            handle = os.open(note_path(target), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            held = _read(note_path(target))
            if held is None or held.work != str(folder):  # our own note, from before a crash, is renewed
                refuse_if_held(target)
            with contextlib.suppress(OSError):
                note_path(target).unlink()  # of a program that is gone, or no note at all
            continue
        except OSError:
            return
        with contextlib.suppress(OSError), open(handle, "w", encoding="utf-8") as file:
            file.write(note)
        return


def release(target: Path, folder: Path) -> None:
    """Take our own note away; anyone else's stays."""
    with contextlib.suppress(OSError):
        holder = _read(note_path(target))
        if holder is not None and holder.work == str(folder):
            note_path(target).unlink()


def _read(path: Path) -> Holder | None:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with open(path, encoding="utf-8") as file:
            values = json.loads(file.read(LONGEST))
        holder = Holder(**values)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    texts = (holder.user, holder.host, holder.work, holder.at)
    return holder if all(isinstance(text, str) and text.isprintable() for text in texts) else None


def _is_held(holder: Holder) -> bool:
    """Whether the program that left the note on this computer still runs; its working copy's lock tells."""
    try:
        return recovery.in_use(Path(holder.work))
    except (OSError, ValueError):
        return not isinstance(holder.pid, int) or placing.is_running(
            holder.pid
        )  # another person's folder, into which we cannot look


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
