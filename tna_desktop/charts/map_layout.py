"""Where the names on the influence map go: beside their mark, turned inwards near the edges, and never on each other.

The same for screen and report. Places are in pixels with y pointing down. A mark stands at its values; only its name may
be pushed up or down, and whoever draws it joins the two by a thin line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LOW, HIGH = 1.0, 5.0
#: In the outer 30 % of the map names turn to the inner side.
OUTER = 0.3


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

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

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Scale:
    """From values between 1 and 5 to places in the map's area, and back. ``pad`` keeps the ends off the border."""

    area: Box
    pad_x: float
    pad_y: float

    def x(self, interest: float) -> float:
        inner = self.area.width - 2 * self.pad_x
        return self.area.left + self.pad_x + (interest - LOW) / (HIGH - LOW) * inner

    def y(self, influence: float) -> float:
        inner = self.area.height - 2 * self.pad_y
        return self.area.bottom - self.pad_y - (influence - LOW) / (HIGH - LOW) * inner

    def interest(self, x: float) -> float:
        inner = max(self.area.width - 2 * self.pad_x, 1.0)
        return LOW + (x - self.area.left - self.pad_x) / inner * (HIGH - LOW)

    def influence(self, y: float) -> float:
        inner = max(self.area.height - 2 * self.pad_y, 1.0)
        return LOW + (self.area.bottom - self.pad_y - y) / inner * (HIGH - LOW)


@dataclass(frozen=True)
class Mark:
    """A stakeholder's mark at its values, and how wide the pill with its name is."""

    id: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Pill:
    """A name where it is drawn. ``turned``: the mark stands at its right end. ``x``, ``y`` are the mark's values."""

    id: str
    x: float
    y: float
    box: Box
    turned: bool
    inset: float

    @property
    def mark_x(self) -> float:
        """Where the mark is drawn in the pill."""
        return self.box.right - self.inset if self.turned else self.box.left + self.inset

    @property
    def middle(self) -> float:
        return self.box.top + self.box.height / 2

    @property
    def pushed(self) -> bool:
        """Whether the name stands away from its values, so that a line must join the two."""
        return abs(self.middle - self.y) > 1 or abs(self.mark_x - self.x) > 1


def arranged(
    marks: Iterable[Mark],
    area: Box,
    height: float,
    inset: float,
    *,
    gap: float = 3,
    taken: Sequence[Box] = (),
    turned: bool = False,
    first: str = "",
) -> list[Pill]:
    """Every mark with the place of its name, none on another as long as there is room.

    Names stay at the height of their mark if they can, are pushed up or down if they must, and where that is far also to
    the side; those in the thick of the crowd go first, so that the others move outwards. ``taken`` are places to keep free
    (the quadrants' names). ``turned`` is the side names take in the middle of the map: to the left of their marks in
    languages that are written from right to left; ``first`` is who may choose before all others.
    """
    all_marks = list(marks)
    search = _Search(area, height, inset, gap, turned, list(taken))
    order = sorted(all_marks, key=lambda each: (each.id != first, *_order(each, all_marks, height)))
    pills = [search.pill(mark) for mark in order]
    return sorted(pills, key=lambda pill: (pill.y, pill.x, pill.id))


def _order(mark: Mark, marks: Sequence[Mark], height: float) -> tuple[float, float, float, str]:
    """The crowded first."""
    near = sum(
        1
        for other in marks
        if abs(other.y - mark.y) < 2.5 * height and abs(other.x - mark.x) < (mark.width + other.width) / 2
    )
    return (-near, mark.y, mark.x, mark.id)


@dataclass
class _Search:
    """Finds a place for one name after the other."""

    area: Box
    height: float
    inset: float
    gap: float
    turned: bool
    standing: list[Box]

    def pill(self, mark: Mark) -> Pill:
        """The cheapest place for this name; it is taken from now on."""
        usual = self._side(mark)
        best = self._tried(mark, usual, 0)
        if best[0] > 0 and self._may_turn(mark):
            best = min(best, self._tried(mark, not usual, 0), key=_cost)
        if best[0] > 1.5 * self.height:
            shifts = [step * self.height * sign for step in range(1, 9) for sign in (1, -1)]
            best = min([best, *(self._tried(mark, usual, shift) for shift in shifts)], key=_cost)
        _, place, side = best
        self.standing.append(place)
        return Pill(mark.id, mark.x, mark.y, place, side, self.inset)

    def _tried(self, mark: Mark, side: bool, shift: float) -> tuple[float, Box, bool]:
        """What the best height costs with the name on this side, moved sideways by so much."""
        area, height = self.area, self.height
        wanted = (mark.x + self.inset - mark.width if side else mark.x - self.inset) + shift
        left = max(area.left, min(wanted, area.right - mark.width))
        middle, free = self._middle(left, mark)
        cost = abs(middle - mark.y) + 0.8 * abs(left - wanted + shift)
        if side != self._side(mark):
            cost += 0.9 * height
        if not free:
            cost += 100 * height
        cost += self._astray(middle, mark)
        center_x = area.left + area.width / 2 - 0.5
        head = left + mark.width - self.inset if side else left + self.inset
        if shift and (head >= center_x) != (mark.x >= center_x):
            cost += 6 * height
        return cost, Box(left, middle - height / 2, mark.width, height), side

    def _astray(self, middle: float, mark: Mark) -> float:
        """What it costs to stand in another quadrant than the mark, which misleads; exactly in the middle is above it."""
        center = self.area.top + self.area.height / 2 + 0.5
        return 0.0 if (middle <= center) == (mark.y <= center) else 6 * self.height

    def _side(self, mark: Mark) -> bool:
        """Whether the name stands before its mark, by the place alone."""
        area, share = self.area, (mark.x - self.area.left) / max(self.area.width, 1)
        if share > 1 - OUTER:
            return True
        if share < OUTER:
            return False
        fits = {
            True: mark.x + self.inset - mark.width >= area.left,
            False: mark.x - self.inset + mark.width <= area.right,
        }
        return self.turned if fits[self.turned] else not self.turned

    def _may_turn(self, mark: Mark) -> bool:
        """In the middle of the map a name may stand on either side, if it has room there."""
        share = (mark.x - self.area.left) / max(self.area.width, 1)
        before = mark.x + self.inset - mark.width >= self.area.left
        behind = mark.x - self.inset + mark.width <= self.area.right
        return OUTER <= share <= 1 - OUTER and before and behind

    def _middle(self, left: float, mark: Mark) -> tuple[float, bool]:
        """The cheapest height where the name meets no other, the mark's own if it can be, and whether there is one."""
        area, gap, half = self.area, self.gap, self.height / 2
        blocked = sorted(
            (box.top - gap - half, box.bottom + gap + half)
            for box in self.standing
            if box.left < left + mark.width + gap and left < box.right + gap
        )
        merged: list[tuple[float, float]] = []
        for low, high in blocked:
            if merged and low < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], high))
            else:
                merged.append((low, high))
        top, bottom = area.top + half, area.bottom - half
        wanted = max(top, min(mark.y, bottom))
        if not any(low < wanted < high for low, high in merged):
            return wanted, True
        ends = [end for pair in merged for end in pair if top <= end <= bottom]
        if not ends:
            return wanted, False
        return min(ends, key=lambda end: abs(end - wanted) + self._astray(end, mark)), True


def crowded(pills: Sequence[Pill]) -> bool:
    """Whether names lie on each other, or far from their marks: smaller ones are wanted then."""
    if not pills:
        return False
    height = pills[0].box.height
    pushes = [abs(pill.middle - pill.y) + abs(pill.mark_x - pill.x) for pill in pills]
    return overlaps(pills) > 0 or sum(pushes) > 0.9 * height * len(pills) or max(pushes) > 5 * height


def overlaps(pills: Sequence[Pill]) -> int:
    """How many pairs of names lie on each other."""
    boxes = [pill.box for pill in pills]
    return sum(
        1
        for at, box in enumerate(boxes)
        for other in boxes[at + 1 :]
        if box.left < other.right
        and other.left < box.right
        and box.top < other.bottom - 0.01
        and other.top < box.bottom - 0.01
    )


def _cost(tried: tuple[float, Box, bool]) -> float:
    return tried[0]
