"""Which technologies are shown among the scores: of one sector, of one group that competes, or those to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .reading import Cell

ALL, DIFFER, UNKNOWN, UNSURE = "", "differ", "unknown", "unsure"
LOOKS = (DIFFER, UNKNOWN, UNSURE)
_NOTHING = Cell()


@dataclass(frozen=True)
class Shown:
    """What is asked for. ``sector``, ``group``: None for all. ``only``: those with a score to look at: one on which the
    voices differ, one that is unknown, or one that nobody is sure of."""

    sector: str | None = None
    group: str | None = None
    only: str = ALL

    def holds(self, row: Mapping[str, Any], groups: Mapping[str, Iterable[str]]) -> bool:
        """Whether a technology is of the sector and the group that are asked for."""
        in_group = self.group is None or self.group not in groups or row["id"] in groups[self.group]
        return in_group and (self.sector is None or row["sector_id"] == self.sector)


def to_look_at(
    only: str,
    rows: Iterable[Mapping[str, Any]],
    criteria: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    differ: Callable[[str, str], bool],
) -> frozenset[str]:
    """The technologies with at least one score to look at. ``differ`` says of technology and criterion."""

    def wanted(technology: str, criterion: str) -> bool:
        cell = cells.get((technology, criterion), _NOTHING)
        if only == DIFFER:
            return differ(technology, criterion)
        return not cell.known if only == UNKNOWN else cell.sureness == "low"

    return frozenset(row["id"] for row in rows if any(wanted(row["id"], each) for each in criteria))
