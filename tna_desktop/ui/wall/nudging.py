"""Nudging: pills that would hide each other are moved a little, upwards and downwards first; a thin line leads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Free space between two pills.
AIR = 5.0
#: What it costs to move sideways, to turn a pill round, to leave the quadrant: in pixels of moving up or down.
SIDEWAYS, TURNED, ABROAD = 1.6, 26.0, 400.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def hits(self, other: Box, air: float = AIR) -> bool:
        return (
            self.left < other.right + air
            and other.left < self.right + air
            and self.top < other.bottom + air
            and other.top < self.bottom + air
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left + 0.01
            and self.top <= other.top + 0.01
            and other.right <= self.right + 0.01
            and other.bottom <= self.bottom + 0.01
        )


@dataclass(frozen=True)
class Wish:
    """A pill before it is placed: its size, where its shape belongs, and how far the shape is from the pill's end.

    ``turned`` puts the shape at the right end, so that the name goes to the inner side of the map.
    """

    x: float
    y: float
    width: float
    height: float
    shape: float
    turned: bool


@dataclass(frozen=True)
class Place:
    box: Box
    turned: bool


def placed(wishes: Sequence[Wish], whole: Box, quadrants: Sequence[Box], taken: Sequence[Box] = ()) -> list[Place]:
    """A place for every pill: the nearest free one, inside the map and in its own quadrant if there is any."""
    boxes = list(taken)
    found: dict[int, Place] = {}
    # From the top down, so that those below see what is above them; the order of the pills decides between equals.
    for at in sorted(range(len(wishes)), key=lambda each: (wishes[each].y, wishes[each].x)):
        place = _nearest(wishes[at], whole, quadrants, boxes)
        found[at] = place
        boxes.append(place.box)
    return [found[at] for at in range(len(wishes))]


def _nearest(wish: Wish, whole: Box, quadrants: Sequence[Box], boxes: Sequence[Box]) -> Place:
    home = next(
        (each for each in quadrants if each.left <= wish.x < each.right and each.top <= wish.y < each.bottom), whole
    )
    tries: list[tuple[float, bool, Box]] = []
    for turned in (wish.turned, not wish.turned):
        start = _box(wish, turned)
        base = TURNED if turned != wish.turned else 0.0
        for box in [_inside(start, home), *_around(start, whole, boxes)]:
            cost = base + abs(box.top - start.top) + SIDEWAYS * abs(box.left - start.left)
            if not home.holds(box):
                cost += ABROAD
            tries.append((cost, turned, box))
    tries.sort(key=lambda each: each[0])
    for _, turned, box in tries:
        if not any(box.hits(other) for other in boxes):
            return Place(box, turned)
    start = _inside(_box(wish, wish.turned), whole)
    anywhere = sorted(_everywhere(start, whole), key=lambda box: abs(box.top - start.top) + abs(box.left - start.left))
    free = next((box for box in anywhere if not any(box.hits(other, 0) for other in boxes)), None)
    # No free place at all: rather one on another than one that is not there.
    return Place(free or start, wish.turned)


def _box(wish: Wish, turned: bool) -> Box:
    left = wish.x - wish.width + wish.shape if turned else wish.x - wish.shape
    return Box(left, wish.y - wish.height / 2, wish.width, wish.height)


def _inside(box: Box, whole: Box) -> Box:
    left = min(max(box.left, whole.left), whole.right - box.width)
    top = min(max(box.top, whole.top), whole.bottom - box.height)
    return Box(left, top, box.width, box.height)


def _everywhere(start: Box, whole: Box) -> list[Box]:
    """All over the map, for the last pill of a full page."""
    lefts = [whole.left + 20 * step for step in range(int((whole.width - start.width) // 20) + 1)]
    tops = [whole.top + 8 * step for step in range(int((whole.height - start.height) // 8) + 1)]
    return [Box(left, top, start.width, start.height) for left in lefts for top in tops]


def _around(start: Box, whole: Box, boxes: Sequence[Box]) -> list[Box]:
    """Where it could go: as it is, just above or below what is in the way, also beside it."""
    start = _inside(start, whole)
    columns = {start.left}
    for other in boxes:
        if abs(other.left - start.left) < 2.2 * start.width + other.width:
            columns |= {other.right + AIR, other.left - start.width - AIR}
    found = []
    for left in columns:
        tops = {start.top}
        for other in boxes:
            if left < other.right + AIR and other.left < left + start.width + AIR:
                tops |= {other.top - start.height - AIR, other.bottom + AIR}
        for top in tops:
            box = Box(left, top, start.width, start.height)
            if whole.holds(box):
                found.append(box)
    return found
