"""Commands: what can be done by name, by key and from the palette. (Not "actions": that is a stage.)"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """Something a person can do now. ``title`` is said in the person's language, ``english`` finds it too."""

    key: str
    title: str
    run: Callable[[], object]
    icon: str = ""
    hint: str = ""
    shortcut: str = ""
    english: str = ""
    section: str = "do"
