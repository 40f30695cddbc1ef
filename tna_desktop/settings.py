"""The person's own settings: language, theme, text size, recent files. Kept as JSON in the configuration folder."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .paths import user_config

MOST_RECENT = 8


@dataclass
class Recent:
    """A file opened before: where it is, and where its team was."""

    path: str
    title: str = ""
    place: str = ""
    at: str = ""
    shares: list[float] = field(default_factory=list)


@dataclass
class Settings:
    """What a person chose for this computer. Nothing of an assessment is in here but the names of recent files."""

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    author: str = ""
    rail_collapsed: bool = False
    wall_screen: str = ""  # name and size of the screen projected on last
    wall_text_size: int = 0  # 0, 1 or 2: the wall's own text size
    guide: dict[str, bool] = field(default_factory=dict)
    recent: list[Recent] = field(default_factory=list)

    @classmethod
    def load(cls) -> Settings:
        """The kept settings; what cannot be read falls back to the beginning, it never stops the program."""
        try:
            kept = json.loads(_path().read_text("utf-8"))
            known = {each.name for each in fields(cls)}
            values: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
            values["recent"] = [Recent(**each) for each in values.get("recent", [])]
            return cls(**values)
        except (OSError, ValueError, TypeError, AttributeError):
            return cls()

    def save(self) -> None:
        """Keep the settings; a folder that cannot be written is no reason to stop working."""
        path = _path()
        beside = path.with_suffix(".part")
        with contextlib.suppress(OSError):
            beside.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")
            os.replace(beside, path)

    def remember(self, path: Path, title: str, place: str, shares: list[float]) -> None:
        """Put a file on top of the recent ones."""
        entry = Recent(str(path), title, place, datetime.now(UTC).isoformat(), [round(share, 3) for share in shares])
        self.recent = [entry, *(each for each in self.recent if each.path != entry.path)][:MOST_RECENT]
        self.save()

    def forget(self, path: str | None = None) -> None:
        """Take one file off the recent list, or all of them."""
        self.recent = [] if path is None else [each for each in self.recent if each.path != path]
        self.save()


def _path() -> Path:
    return user_config() / "settings.json"
