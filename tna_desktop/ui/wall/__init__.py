"""The wall: what a room sees on the second screen. It is told plain words and numbers, and knows nothing else."""

from __future__ import annotations

from . import keys
from .canvas import Mark, Written
from .numbers import ScreenNumber
from .shown import Header, Stages
from .window import Wall

__all__ = ["Header", "Mark", "ScreenNumber", "Stages", "Wall", "Written", "keys"]
