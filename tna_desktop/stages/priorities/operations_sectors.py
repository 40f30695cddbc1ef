"""Choosing sectors by a line in their order, saying which goals they serve, and what each group answers about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Workflow

from .operations import ANSWER, score_sector
from .reading import sectors
from .reading_sectors import BETWEEN, group_answers, parts
from .score_table import same_name
from .tables import Sector
from .voices import MEAN, middle

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


@operation("Sector answered for a group")
def answer_for_group(session: Session, workflow: Workflow, group: str, id: str, **answers: Any) -> None:
    """What one stakeholder group answers about a sector: ``answer_<question>`` from 1 to 5, None is not answered.

    The agreed answers stay as they are.
    """
    if group not in {entry.key for entry in workflow.catalogue("stakeholder_groups").entries}:
        raise Refused(message("Only a stakeholder group answers here."), "voice")
    asked = {entry.key for entry in workflow.catalogue("sector_questions").entries}
    about(session, records.fetch(session, Sector, id).name)
    for key, value in answers.items():
        question = key.removeprefix(ANSWER)
        if not key.startswith(ANSWER) or question not in asked:
            raise Refused(message("This question is not asked of sectors."), key)
        score_sector(session, id, question, value, voice=group)


@operation("Groups' answers about sectors taken as agreed")
def take_answers(
    session: Session,
    workflow: Workflow,
    how: str = MEAN,
    cells: Collection[tuple[str, str]] | None = None,
    over: bool = False,
) -> int:
    """Make the mean, or the median, of what the groups answered the agreed answer. Answers how many were changed.

    A group that did not answer does not count, and what no group answered stays unknown. What is agreed already
    stays, unless ``over`` says to write over it. ``cells``: only these, as (sector, question).
    """
    agreed = {(row["id"], question): value for row in sectors(session) for question, value in row["scores"].items()}
    names, told = {row["id"]: row["name"] for row in sectors(session)}, set()
    count = 0
    for cell, found in group_answers(session, workflow).items():
        if (cells is not None and cell not in cells) or (cell in agreed and not over):
            continue
        value = middle(list(found.by_group.values()), how)
        if agreed.get(cell) != value:
            score_sector(session, *cell, value)
            told.add(names[cell[0]])
            count += 1
    about(session, told.pop() if len(told) == 1 else str(count))
    return count
