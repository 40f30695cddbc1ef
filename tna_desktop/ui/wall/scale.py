"""The scale of the weights: the groups as shapes on a line, the agreed weight as a tick behind them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ...kernel.projected import WeightRow
from .canvas import Canvas
from .look import AMBER_BAND, BAND, GROUND, INK, LINE, QUIET
from .room import Room

#: Diameter of a shape, and how far apart stacked ones stand.
SHAPE, STEP = 27.0, 25.0


def top_of(rows: Iterable[WeightRow], before: Sequence[tuple[str, float]] = ()) -> float:
    """Where the scale ends: the largest weight shown, rounded up to a whole step of it."""
    values = [share for row in rows for _, share in row.voices]
    values += [row.agreed for row in rows if row.agreed is not None]
    values += [share for _, share in before]
    most = max(values, default=0.0)
    step = _step(most)
    return max(step, math.ceil(round(most / step, 6)) * step)


def _step(most: float) -> float:
    return 0.05 if most <= 0.16 else 0.10 if most <= 0.45 else 0.20


def marks_of(top: float) -> list[float]:
    step = _step(top)
    return [at * step for at in range(round(top / step) + 1)]


def side(room: Room) -> float:
    """Shapes grow a little with the text, but three of them stand on each other in a row."""
    return SHAPE * (1 + (room.factor - 1) * 0.5)


class Scale:
    """Where a share stands between two sides of the page."""

    def __init__(self, left: float, right: float, top: float):
        self.left, self.right, self.top = left, right, top

    def at(self, share: float) -> float:
        share = max(0.0, min(self.top, share))
        return self.left + share / self.top * (self.right - self.left)


def paint_axis(canvas: Canvas, scale: Scale, y: float, bottom: float) -> None:
    """The per cents above the rows and a thin line down from each; numbers that would touch are left out."""
    room, free = canvas.room, -1.0
    for share in marks_of(scale.top):
        x = scale.at(share)
        words = room.language.percent(share)
        wide = room.wide(words, "axis")
        canvas.box(x - 1, y + room.line("axis"), 2, bottom - y - room.line("axis"), LINE)
        left = min(x - wide / 2, room.width - wide)
        if left > free:
            canvas.write(words, "axis", left, y, wide + 2, ink=QUIET)
            free = left + wide + 20


def paint_row(canvas: Canvas, row: WeightRow, scale: Scale, middle: float, height: float) -> None:
    """The band from the lowest to the highest, the agreed weight, and the groups."""
    shape = side(canvas.room)
    agreed = canvas.pointing.get(row.id, row.agreed)
    if row.voices:
        shares = [share for _, share in row.voices]
        left, right = scale.at(min(shares)) - shape * 0.75, scale.at(max(shares)) + shape * 0.75
        high = shape * 1.45
        fill = AMBER_BAND if row.discuss else BAND
        canvas.box(left, middle - high / 2, right - left, high, fill, high / 2)
    if isinstance(agreed, int | float):
        tall = min(height - 8, shape * 2.7)
        canvas.tick("agreed", scale.at(float(agreed)), middle - tall / 2, tall, INK)
    for group, x, level in spread_out(row.voices, scale, shape):
        canvas.shape(group, x, middle + level * STEP * shape / SHAPE, shape, GROUND, halo=True)


def spread_out(voices: Sequence[tuple[str, float]], scale: Scale, shape: float) -> list[tuple[str, float, int]]:
    """Shapes that would hide each other are stacked up and down; the fourth at one place moves beside them."""
    placed: list[tuple[str, float, int]] = []
    for group, share in sorted(voices, key=lambda voice: voice[1]):
        wish = scale.at(share)
        for shift in range(0, 12):
            x = wish + shift * shape * 0.5
            level = next(
                (
                    level
                    for level in (0, -1, 1)
                    if all(abs(x - other) >= shape * 0.92 for _, other, taken in placed if taken == level)
                ),
                None,
            )
            if level is not None:
                placed.append((group, x, level))
                break
        else:
            placed.append((group, wish, 0))
    return placed
