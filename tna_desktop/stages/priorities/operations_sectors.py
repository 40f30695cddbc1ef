"""Choosing sectors by a line in their order, and saying which goals each of them serves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message

from .reading_sectors import BETWEEN, parts
from .score_table import same_name
from .tables import Sector

#: Before the name of a goal, where it is one of a sector's values.
GOAL = "goal_"


@operation("Goals of a sector changed")
def change_goals(session: Session, id: str, **values: Any) -> None:
    """Say which goals a sector serves: ``goal_<name>`` is yes or no. What else is written there stays.

    ``other`` is what else is written there.
    """
    sector = records.fetch(session, Sector, id)
    answers = {key.removeprefix(GOAL): bool(value) for key, value in values.items() if key.startswith(GOAL)}
    named = {same_name(part): part for part in parts(sector.goals)}
    if "other" in values:
        keep = {same_name(name) for name in values.get("served", ())}
        named = {key: part for key, part in named.items() if key in keep}
        named |= {same_name(part): part for part in parts(str(values["other"] or ""))}
    for name, yes in answers.items():
        if yes:
            named.setdefault(same_name(name), name)
        else:
            named.pop(same_name(name), None)
    records.change(session, Sector, id, goals=BETWEEN.join(named.values()))


@operation("Line between sectors moved")
def move_line(session: Session, order: Sequence[str], before: int, after: int) -> int:
    """Move the line in the order of the sectors: those it passes are chosen, or left out, in one change.

    ``before`` and ``after`` are how many stand above it. What was decided against the order elsewhere stays; the
    reason of a sector the line passes was given for the place it had, and goes. Answers how many changed.
    """
    if not 0 <= after <= len(order):
        raise Refused(message("The line cannot stand there."))
    changed = []
    for id in order[min(before, after) : max(before, after)]:
        sector = records.fetch(session, Sector, id)
        if sector.chosen != (after > before):
            sector.chosen, sector.reason = after > before, ""
            changed.append(sector.name)
    session.flush()
    about(session, changed[0] if len(changed) == 1 else str(len(changed)))
    return len(changed)


@operation("Sector chosen or left out")
def choose_sector(session: Session, id: str, chosen: bool, reason: str = "") -> None:
    """Choose a sector, or leave it out, wherever it stands in the order."""
    records.change(session, Sector, id, chosen=chosen, reason=reason)
