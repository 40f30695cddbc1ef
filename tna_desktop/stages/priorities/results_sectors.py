"""The line between chosen sectors and the others, and the order that each group's own answers give."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from .reading_sectors import GroupAnswers, group_answers
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


@dataclass(frozen=True)
class GroupOrder:
    """The sectors in the order one group's own answers give them.

    ``answered``: how many questions it answered, of ``asked``. ``enters`` are sectors that it would surely choose in
    place of others and that the team left out, ``leaves`` the chosen ones that it would surely leave out.
    """

    group: str
    name: str
    answered: int
    asked: int
    order: tuple[RankedSector, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def first(self) -> tuple[RankedSector, ...]:
        """What comes first for the group; several where they share the place."""
        return tuple(each for each in self.order if each.rank == 1)

    @property
    def differs(self) -> bool:
        return bool(self.enters or self.leaves)


def group_orders(
    session: Session, workflow: Workflow, answers: dict[tuple[str, str], GroupAnswers] | None = None
) -> tuple[GroupOrder, ...]:
    """Every group that has answered anything, in the workflow's order."""
    answers = group_answers(session, workflow) if answers is None else answers
    found = []
    for entry in workflow.catalogue("stakeholder_groups").entries:
        own = {cell: said.by_group[entry.key] for cell, said in answers.items() if entry.key in said.by_group}
        if own:
            order = sector_ranking(session, workflow, own)
            asked = len(order) * len(workflow.catalogue("sector_questions").entries)
            found.append(GroupOrder(entry.key, entry.name, len(own), asked, tuple(order), *_otherwise(order)))
    return tuple(found)


def _otherwise(order: list[RankedSector]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom a group would surely choose, and surely leave out, otherwise than the team.

    It chooses as many as the team did of those it has fully answered; sectors that share the last place it would
    give are neither surely in nor surely out.
    """
    ranked = [each for each in order if each.value is not None]
    many = sum(each.chosen for each in ranked)
    enters, leaves = [], []
    for each in ranked:
        place = each.rank or 0
        equal = sum(other.rank == each.rank for other in ranked)
        if not each.chosen and place + equal - 1 <= many:
            enters.append(each.id)
        if each.chosen and place > many:
            leaves.append(each.id)
    return tuple(enters), tuple(leaves)
