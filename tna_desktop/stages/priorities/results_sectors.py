"""Where the line between chosen sectors and the others stands, and which choices depart from the order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from .results import RankedSector, sector_ranking


@dataclass(frozen=True)
class SectorLine:
    """The sectors in their order, and after how many of them the line stands.

    ``departing``: chosen below the line, left out above it, or chosen without a place in the order.
    """

    order: tuple[RankedSector, ...]
    ranked: int
    cut: int
    departing: frozenset[str]

    @property
    def chosen(self) -> int:
        return sum(each.chosen for each in self.order)


def sector_line(session: Session, workflow: Workflow) -> SectorLine:
    """Put the line where the fewest choices depart from the order; among equals where it stands highest."""
    order = sector_ranking(session, workflow)
    # Among equals the chosen ones stand first, so that the line may fall between them.
    order.sort(key=lambda each: (each.rank is None, each.rank or 0, not each.chosen))
    ranked = [each for each in order if each.rank is not None]
    apart = sum(each.chosen for each in ranked)
    best, cut = apart, 0
    for place, each in enumerate(ranked, 1):
        apart += -1 if each.chosen else 1
        if apart < best:
            best, cut = apart, place
    departing = {each.id for place, each in enumerate(ranked) if each.chosen != (place < cut)}
    departing |= {each.id for each in order if each.rank is None and each.chosen}
    return SectorLine(tuple(order), len(ranked), cut, frozenset(departing))
