"""A book as a PDF: tagged, with outline, title and language, laid out by WeasyPrint in a process of its own.

    write_pdf(book, language, path, progress=None, cancelled=None) -> bool

``progress(share)`` is called in the caller's thread with 0 to 1, in coarse steps. ``cancelled()`` is asked about
ten times a second; when it answers True the child is ended, nothing is written and the result is False. What stood
at ``path`` stays until the new file is whole. Refused(field "path") tells of a missing folder or a full disk,
Refused without a field of everything else that prevents the report.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ..kernel.errors import Refused
from ..kernel.text import Language, message
from .chapter import Book
from .destination import written_whole
from .pages import page_values

#: Longest time in seconds that one report may take; a hundred pages take about ten on an ordinary computer.
LONGEST = 900.0
_ASKED_EVERY = 0.1
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The person does not want the report any more."""


def write_pdf(
    book: Book,
    language: Language,
    path: Path | str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    longest: float = LONGEST,
) -> bool:
    """Write the report to ``path``; True when it is there, False when it was stopped."""
    return write_pages(lambda: page_values(book, language), path, progress, cancelled, longest)


def write_pages(
    values: Callable[[], Mapping[str, Any]],
    path: Path | str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    longest: float = LONGEST,
) -> bool:
    """Write what these page values say, those of a report or of letters; otherwise as write_pdf()."""
    try:
        with written_whole(Path(path)) as target:
            told = json.dumps(values()).encode("ascii")
            with tempfile.TemporaryDirectory(prefix="tna-report-", ignore_cleanup_errors=True) as scratch:
                _in_child(told, target, Path(scratch), progress or _silent, cancelled or _never, longest)
    except _Stopped:
        return False
    if progress is not None:
        progress(1.0)
    return True


def worker_command(target: Path) -> list[str]:
    """How the child is started; the same program in the same version, and nothing of what this one was told."""
    return [sys.executable, "-X", "utf8", "-m", "tna_desktop.reports.pdf_worker", str(target)]


def _in_child(
    values: bytes,
    target: Path,
    scratch: Path,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    longest: float,
) -> None:
    # Errors go to a file: nobody has to read it while the child works, so it can never fill up a pipe.
    with open(scratch / "remarks.txt", "w+b") as remarks:
        try:
            child = subprocess.Popen(
                worker_command(target),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=remarks,
                env=_surroundings(scratch),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as trouble:
            raise Refused(
                message("The part of the program that makes PDF files could not be started; start TNA Desktop anew.")
            ) from trouble
        try:
            answer = _conversation(child, values, progress, cancelled, time.monotonic() + longest, longest)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close(pipe)
        if answer is None or answer[0] != "done":
            remarks.seek(0)
            _log.error(
                "PDF worker ended with %s: %s",
                child.returncode,
                remarks.read().decode("utf-8", "replace")[-4000:],
            )
            raise _refusal(answer)


def _conversation(
    child: subprocess.Popen[bytes],
    values: bytes,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    end: float,
    longest: float,
) -> list[str] | None:
    """Hand over the values and listen; the last answer of the child, or None when it ended without one."""
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_listen, args=(child.stdout, lines), daemon=True).start()
    threading.Thread(target=_hand_over, args=(child.stdin, values), daemon=True).start()
    while True:
        if cancelled():
            raise _Stopped
        if time.monotonic() > end:
            raise Refused(
                message(
                    "Making the report took longer than {n} minutes and was stopped.",
                    n=max(1, round(longest / 60)),
                )
            )
        try:
            line = lines.get(timeout=_ASKED_EVERY)
        except queue.Empty:
            continue
        if line is None:
            return None
        words = line.split(None, 2)
        if words[:1] == ["progress"]:
            progress(float(words[1]))
        elif words[:1] in (["done"], ["failed"]):
            return words


def _refusal(answer: list[str] | None) -> Exception:
    """What the child's last words mean to a person; an OSError where it is about the place."""
    import errno

    kind = answer[1] if answer and len(answer) > 1 else "ended"
    reason = json.loads(answer[2]) if answer and len(answer) > 2 else ""
    if kind == "full":
        return OSError(errno.ENOSPC, reason)
    if kind == "unwritable":
        return OSError(errno.EIO, reason)
    if kind == "library":
        return Refused(
            message(
                "The report cannot be laid out because a system library is missing: install Pango, "
                "or use the Excel file meanwhile."
            )
        )
    if kind == "memory":
        return Refused(
            message("The report is too large for the memory of this computer; leave out annexes and try again.")
        )
    if kind == "template":
        return Refused(message("A template of the report cannot be used: {reason}", reason=reason))
    return Refused(
        message("The report could not be laid out: the part of the program that makes PDF files stopped unexpectedly.")
    )


def _surroundings(scratch: Path) -> dict[str, str]:
    """The environment of the child: its own place for temporary files, which goes away with it even when killed."""
    import tna_desktop

    package = str(Path(tna_desktop.__file__).resolve().parent.parent)
    surroundings = dict(os.environ)
    surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    for name in ("TMPDIR", "TMP", "TEMP"):
        surroundings[name] = str(scratch)
    return surroundings


def _hand_over(pipe: IO[bytes] | None, values: bytes) -> None:
    if pipe is None:
        return
    # A child that ended early tells why by its answer, or by the lack of one.
    with suppress(OSError):
        pipe.write(values)
    _close(pipe)


def _listen(pipe: IO[bytes] | None, lines: queue.Queue[str | None]) -> None:
    try:
        for line in pipe or ():
            lines.put(line.decode("utf-8", "replace").strip())
    except (OSError, ValueError):
        pass
    lines.put(None)


def _close(pipe: IO[bytes]) -> None:
    with suppress(OSError):
        pipe.close()


def _silent(share: float) -> None:
    pass


def _never() -> Any:
    return False
