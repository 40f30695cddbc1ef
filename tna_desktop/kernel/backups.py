"""Backups: whole copies kept on this computer, thinned like a good archive. Named ones stay for ever."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..paths import user_data
from . import inspection, migrations, placing, storage
from .errors import DocumentRefused
from .text import message

_NAME = re.compile(r"(?P<at>\d{8}T\d{6})(?:-(?P<number>\d+))?(?:~(?P<name>.*))?\.tna")
#: A name may be this long, so that the whole file name stays below what every system takes (bytes).
_LONGEST = 150


@dataclass(frozen=True)
class Backup:
    """One kept copy. ``name`` is what a person called it ("before workshop 1"), empty for automatic ones."""

    path: Path
    at: datetime
    name: str = ""
    number: int = 0


def folder_for(lineage: str) -> Path:
    """Where an assessment's backups lie. The lineage comes out of a file, so it is not trusted as a folder's name."""
    if not re.fullmatch(r"[0-9A-Za-z]{1,36}", lineage):
        lineage = placing.bytes_digest(lineage.encode("utf-8", "replace"))[:32]
    folder = user_data() / "backups" / lineage
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(snapshot: Path, lineage: str, *, now: datetime | None = None, name: str = "") -> Backup:
    """Keep a copy of a finished snapshot, then thin the archive."""
    at = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    folder = folder_for(lineage)
    tidy = re.sub(r"[^\w .,()-]", "_", name).strip()[:60].encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip()
    stem, called = at.strftime("%Y%m%dT%H%M%S"), f"~{tidy}" if tidy else ""
    number = 0
    while (target := folder / f"{stem}{f'-{number}' if number else ''}{called}.tna").exists():
        number += 1
    beside = target.with_suffix(".part")
    try:
        shutil.copyfile(snapshot, beside)
        with open(beside, "r+b") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    for old in thinned(kept(lineage), at):
        with contextlib.suppress(OSError):
            old.path.unlink()
    return Backup(target, at, tidy, number)


def keep_as_found(content: bytes, lineage: str, found: int, seq: int) -> bool:
    """Keep a file as it was when it was opened, if it was changed elsewhere or comes from an older format (``found``).

    Answers whether the archive has it now. A disk that has no room for backups is no reason not to open.
    """
    if seq == 0:
        return False
    try:
        with tempfile.TemporaryDirectory(dir=folder_for(lineage)) as folder:
            local = Path(folder) / "found.tna"
            local.write_bytes(content)
            archive = kept(lineage)
            if found < migrations.FORMAT:
                keep(local, lineage, name=f"format {found}")
            elif not archive or storage.stored_digest(archive[0].path) != storage.stored_digest(local):
                keep(local, lineage)
    except OSError:
        return False
    return True


def kept(lineage: str) -> list[Backup]:
    """All kept copies of an assessment, newest first."""
    found = []
    for path in folder_for(lineage).glob("*.tna"):
        match = _NAME.fullmatch(path.name)
        if match:
            with contextlib.suppress(ValueError):
                at = datetime.strptime(match["at"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found.append(Backup(path, at, match["name"] or "", int(match["number"] or 0)))
    return sorted(found, key=_order, reverse=True)


def restore(backup: Backup, target: Path) -> None:
    """Put a backup back under a new name; the assessment as it is now stays beside it, untouched.

    Raises DocumentRefused when the name is taken, the backup is damaged, or the place cannot be written.
    """
    target = Path(target).absolute()
    content = inspection.read_file(backup.path)
    inspection.check(content, backup.path.name)

    def nothing_there() -> None:
        if os.path.lexists(target):
            raise DocumentRefused(message("{path} exists already. Choose another name.", path=target), "changed")

    nothing_there()

    def write(beside: Path) -> None:
        beside.write_bytes(content)

    placing.replace_whole(target, write, check=nothing_there)


def thinned(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Which backups may go: all of the last day stay, then one a day for a week, one a week for a month, one a month.

    The newest of each span stays. Named ones and ones dated in the future (a clock that was wrong) always stay.
    """
    seen: set[tuple[str, str]] = set()
    gone = []
    for backup in sorted(backups, key=_order, reverse=True):
        age = now - backup.at
        if backup.name or age < timedelta(days=1):
            continue
        if age < timedelta(days=8):
            span = ("day", backup.at.strftime("%Y-%m-%d"))
        elif age < timedelta(days=31):
            span = ("week", backup.at.strftime("%G-%V"))
        else:
            span = ("month", backup.at.strftime("%Y-%m"))
        if span in seen:
            gone.append(backup)
        seen.add(span)
    return gone


def _order(backup: Backup) -> tuple[datetime, int]:
    return backup.at, backup.number
