"""Paging: what does not fit on a page goes to the next; nothing is made smaller, nothing scrolls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from .look import MOST_ROWS


@dataclass(frozen=True)
class Sheet:
    """One page as it stands on the wall: the part of a projected page that fits, and what its painter needs beside.

    ``about`` says in words which part it is ("Government and Research"); ``ids`` are the records that are on it.
    """

    page: Any
    shared: Any = None
    about: str = ""
    ids: tuple[str, ...] = ()


def divided(
    heights: Sequence[float], room: float, most: int = MOST_ROWS, breaks: Collection[int] = ()
) -> list[tuple[int, int]]:
    """Cut rows into as few pages as they need, evenly filled; first and one-past-last row of each.

    ``breaks`` are rows after which a page ends well, such as the last of a branch: they are preferred. A row that is
    higher than the page has one of its own.
    """
    count = len(heights)
    if not count:
        return []
    sums = [0.0]
    for height in heights:
        sums.append(sums[-1] + height)

    def fits(first: int, last: int) -> bool:
        return last - first == 1 or (last - first <= most and sums[last] - sums[first] <= room + 0.5)

    pages, first = 0, 0
    while first < count:
        last = first + 1
        while last < count and fits(first, last + 1):
            last += 1
        pages, first = pages + 1, last
    aim = sums[-1] / pages
    wall = float("inf")
    # cost[p][n]: the least unevenness of the first n rows on p pages.
    cost = [[wall] * (count + 1) for _ in range(pages + 1)]
    cut = [[0] * (count + 1) for _ in range(pages + 1)]
    cost[0][0] = 0.0
    for page in range(1, pages + 1):
        for last in range(1, count + 1):
            for first in range(last - 1, -1, -1):
                if not fits(first, last):
                    break
                if cost[page - 1][first] == wall:
                    continue
                uneven = ((sums[last] - sums[first] - aim) / aim) ** 2
                torn = 0.0 if last == count or not breaks or (last - 1) in breaks else 0.12
                total = cost[page - 1][first] + uneven + torn
                if total < cost[page][last]:
                    cost[page][last], cut[page][last] = total, first
    ends, last = [], count
    for page in range(pages, 0, -1):
        first = cut[page][last]
        ends.append((first, last))
        last = first
    return ends[::-1]


def filled_out(least: Sequence[float], room: float, most: float) -> list[float]:
    """Rows as high as the page lets them be: what is left over goes to all alike, up to a most."""
    spare = max(0.0, room - sum(least)) / len(least)
    return [max(height, min(height + spare, most)) for height in least]


def filled(heights: Sequence[float], room: float, most: int = MOST_ROWS) -> list[tuple[int, int]]:
    """Cut rows into pages, each as full as it goes; for texts that are read one after the other."""
    found, first, used = [], 0, 0.0
    for at, height in enumerate(heights):
        if at > first and (used + height > room + 0.5 or at - first >= most):
            found.append((first, at))
            first, used = at, 0.0
        used += height
    if heights:
        found.append((first, len(heights)))
    return found
