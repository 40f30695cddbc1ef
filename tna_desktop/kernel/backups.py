"""Backups: whole copies kept on this computer, thinned like a good archive. Named ones stay for ever."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..paths import user_data

_NAME = re.compile(r"(?P<at>\d{8}T\d{6})(?P<number>-\d+)?(?:~(?P<name>.*))?\.tna$")


@dataclass(frozen=True)
class Backup:
    """One kept copy. ``name`` is what a person called it ("before workshop 1"), empty for automatic ones."""

    path: Path
    at: datetime
    name: str = ""


def folder_for(lineage: str) -> Path:
    folder = user_data() / "backups" / lineage
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(snapshot: Path, lineage: str, *, now: datetime | None = None, name: str = "") -> Backup:
    """Keep a copy of a finished snapshot, then thin the archive."""
    at = (now or datetime.now(UTC)).astimezone(UTC)
    folder = folder_for(lineage)
    tidy = re.sub(r"[^\w .,()-]", "_", name).strip()[:60]
    stem = at.strftime("%Y%m%dT%H%M%S")
    target, number = folder / f"{stem}{'~' + tidy if tidy else ''}.tna", 1
    while target.exists():
        target, number = folder / f"{stem}-{number}{'~' + tidy if tidy else ''}.tna", number + 1
    beside = target.with_suffix(".part")
    shutil.copyfile(snapshot, beside)
    beside.replace(target)
    for old in thinned(kept(lineage), at):
        with contextlib.suppress(OSError):
            old.path.unlink()
    return Backup(target, at, tidy)


def kept(lineage: str) -> list[Backup]:
    """All kept copies of an assessment, newest first."""
    found = []
    for path in folder_for(lineage).glob("*.tna"):
        match = _NAME.match(path.name)
        if match:
            at = datetime.strptime(match["at"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(path, at, match["name"] or ""))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def thinned(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Which backups may go: all of the last day stay, then one a day for a week, one a week for a month, one a month.

    The newest of each span stays. Named ones and ones dated in the future (a clock that was wrong) always stay.
    """
    seen: set[tuple[str, str]] = set()
    gone = []
    for backup in sorted(backups, key=lambda each: each.at, reverse=True):
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
