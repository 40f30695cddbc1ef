"""Which goals of the national strategy the sectors serve, and what each group answered about the sectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..stakeholders import reading as stakeholders_reading
from . import reading
from .score_table import same_name
from .tables import SectorScore
from .voices import FAR_APART

#: Between goals, in the scope and at a sector.
BETWEEN = "; "
_LOWEST, _HIGHEST = 1, 5


@dataclass(frozen=True)
class GoalCoverage:
    """Sectors by goals. ``served``: by sector the goals written at it; ``other``: what else is written there.

    ``empty`` are the goals that no chosen sector serves, or no sector at all while none is chosen.
    """

    goals: tuple[str, ...]
    sectors: tuple[dict[str, Any], ...]
    served: dict[str, frozenset[str]]
    other: dict[str, str]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class GroupAnswers:
    """What the groups answered to one question about one sector, by group in the workflow's order; at least one did."""

    by_group: dict[str, float]

    @property
    def low(self) -> float:
        return min(self.by_group.values())

    @property
    def high(self) -> float:
        return max(self.by_group.values())

    @property
    def far_apart(self) -> bool:
        """Whether the groups disagree: two points or more from 1 to 5."""
        return self.high - self.low > FAR_APART * (_HIGHEST - _LOWEST) * (1 + 1e-9)


def parts(text: str) -> list[str]:
    """The goals in a text, as they were written, each once."""
    found = {same_name(part): part.strip() for part in re.split(r"[;\n]", text) if part.strip()}
    return list(found.values())


def goals(session: Session) -> list[str]:
    """The goals and targets the scope of the assessment names."""
    return parts(str(stakeholders_reading.scope(session)["targets"] or ""))


def coverage(session: Session) -> GoalCoverage:
    """The coverage matrix. A goal is served by a sector when it is named there; nothing is guessed from numbers."""
    wanted, sectors = goals(session), reading.sectors(session)
    keys = {same_name(goal): goal for goal in wanted}
    served, other = {}, {}
    for sector in sectors:
        named = parts(sector["goals"])
        served[sector["id"]] = frozenset(keys[same_name(part)] for part in named if same_name(part) in keys)
        other[sector["id"]] = BETWEEN.join(part for part in named if same_name(part) not in keys)
    looked_at = [sector["id"] for sector in sectors if sector["chosen"]] or [sector["id"] for sector in sectors]
    empty = tuple(goal for goal in wanted if not any(goal in served[id] for id in looked_at))
    return GoalCoverage(tuple(wanted), tuple(sectors), served, other, empty)


def group_answers(session: Session, workflow: Workflow) -> dict[tuple[str, str], GroupAnswers]:
    """(sector, question) -> what the groups answered, where any did. Only the workflow's groups and questions count."""
    groups = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries]
    asked = {entry.key for entry in workflow.catalogue("sector_questions").entries}
    said: dict[tuple[str, str], dict[str, float]] = {}
    for row in session.scalars(select(SectorScore).where(SectorScore.voice.in_(groups))):
        if row.value is not None and row.question in asked:
            said.setdefault((row.sector_id, row.question), {})[row.voice] = row.value
    return {
        cell: GroupAnswers({group: values[group] for group in groups if group in values})
        for cell, values in said.items()
    }
