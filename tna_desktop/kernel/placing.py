"""Files in their place: how one is replaced whole, how it is known again, and what a crash may leave beside it."""

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
from pathlib import Path

from .disk_words import refusal, worded
from .errors import DocumentRefused
from .text import message

#: How often and how long to try again when a virus scanner or a sync program holds the file (seconds).
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8)


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
        raise DocumentRefused(
            message("The folder {folder} is not there. Choose another place.", folder=folder), "missing"
        )
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
        raise worded("full" if "full" in str(problem) else "unwritable", target) from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def put_copy(source: Path, target: Path, *, check: Callable[[], None] | None = None) -> None:
    """Put a copy of a finished file in the target's place, whole."""

    def write(beside: Path) -> None:
        shutil.copyfile(source, beside)

    replace_whole(target, write, check=check)


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


def writable(target: Path) -> bool:
    """Whether the file and its folder can be written; tried, because rights do not tell it on every system."""
    probe = part_path(target)
    try:
        with open(target, "r+b"):
            pass
        probe.touch()
        probe.unlink()
    except OSError as problem:
        return problem.errno == errno.ENOSPC
    return True
