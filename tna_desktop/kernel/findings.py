"""What a check found: how it stands, in one sentence, and the places to go and look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .text import Message


class State(StrEnum):
    """How a check stands. OPEN: nothing entered yet. ATTENTION: entered, and something needs a look. GOOD: holds."""

    GOOD = "good"
    ATTENTION = "attention"
    OPEN = "open"


@dataclass(frozen=True)
class Place:
    """Where something stands: a step (``stage.step``), and within it a record and one of its fields."""

    step: str
    record: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Finding:
    """The outcome of one check. ``text`` says what was found, with numbers; ``places`` lead to what needs a look."""

    check: str
    state: State
    text: Message
    places: tuple[Place, ...] = ()
