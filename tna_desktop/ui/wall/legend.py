"""What the marks on a page stand for: each mark with its words, in as many lines as they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .canvas import Canvas
from .look import QUIET
from .room import Room

#: Lines of (what is marked, its words, the width of both).
Lines = tuple[tuple[tuple[Any, str, float], ...], ...]


@dataclass(frozen=True)
class Legend:
    """The measures of a legend at the usual size of text: the room of a mark before its words, and the free spaces."""

    mark: float
    between_lines: float
    between_marks: float = 34

    def lines(self, entries: Iterable[tuple[Any, str]], room: Room, width: float | None = None) -> Lines:
        """What is marked, with its words, in lines of this width: that of the page if none is said."""
        most = room.width if width is None else width
        found: list[list[tuple[Any, str, float]]] = []
        used = most + 1
        for what, words in entries:
            wide = room.grown(self.mark) + room.wide(words, "legend")
            if used + wide > most:
                found.append([])
                used = 0.0
            found[-1].append((what, words, wide))
            used += wide + self.between_marks
        return tuple(tuple(line) for line in found)

    def line_height(self, room: Room) -> float:
        return room.line("legend") + self.between_lines

    def paint(
        self,
        canvas: Canvas,
        lines: Lines,
        paint_mark: Callable[[Any, float, float, float], None],
        left: float = 0.0,
        top: float = 0.0,
    ) -> None:
        """Paint from (left, top) on; ``paint_mark`` gets what is marked, its place, and how high the line is."""
        room, y = canvas.room, top
        high = self.line_height(room)
        for line in lines:
            x = left
            for what, words, wide in line:
                paint_mark(what, x, y, high)
                canvas.write(words, "legend", x + room.grown(self.mark - 2), y, wide, high, ink=QUIET)
                x += wide + self.between_marks
            y += high
