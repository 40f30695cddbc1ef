"""Writing a report file whole or not at all: a temporary file beside it, forced to the disk, then put in its place."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..kernel.errors import Refused
from ..kernel.text import message

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives a temporary file beside ``path`` to write to; when the block ends well it takes the place of ``path``.

    When anything goes wrong the temporary file is removed and what was at ``path`` stays. Troubles with the folder
    or the disk raise Refused with the field "path".
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise Refused(
            message("There is no folder {folder}; choose another place for the report.", folder=path.parent),
            "path",
        )
    if path.is_dir():
        raise Refused(message("{name} is a folder; give the report a name of its own.", name=path.name), "path")
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".report-", suffix=path.suffix + ".part", dir=path.parent)
        temporary = Path(name)
        os.close(handle)
        yield temporary
        _forced_to_disk(temporary)
        _share_as_usual(temporary, path)
        os.replace(temporary, path)
        temporary = None
        _forced_to_disk(path.parent)
    except OSError as trouble:
        raise refusal(trouble, path) from trouble
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def refusal(trouble: OSError, path: Path) -> Refused:
    """What this trouble with writing means to a person."""
    if trouble.errno in _FULL:
        return Refused(
            message("The disk is full, so the report was not written; free some space or choose another place."),
            "path",
        )
    if isinstance(trouble, PermissionError) and path.exists():
        return Refused(
            message(
                "{name} cannot be replaced; if another program shows it, close it there and try again.",
                name=path.name,
            ),
            "path",
        )
    if isinstance(trouble, PermissionError) or trouble.errno == errno.EROFS:
        return Refused(
            message("Nothing can be written to {folder}; choose another place for the report.", folder=path.parent),
            "path",
        )
    return Refused(
        message(
            "The report could not be written to {folder}: {reason}.",
            folder=path.parent,
            reason=trouble.strerror or type(trouble).__name__,
        ),
        "path",
    )


def _forced_to_disk(path: Path) -> None:
    # Windows cannot open a folder, and has no need to.
    if path.is_dir() and os.name == "nt":
        return
    # Windows flushes only what is open for writing.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as trouble:
        # Some network folders cannot be flushed as folders; the file itself has been.
        if not path.is_dir() or trouble.errno in _FULL:
            raise
    finally:
        os.close(handle)


def _share_as_usual(temporary: Path, path: Path) -> None:
    """Give the new file the rights of the one it replaces, else those of any new file; mkstemp makes it private."""
    if os.name == "nt":
        return
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    with suppress(OSError):
        temporary.chmod(mode)
