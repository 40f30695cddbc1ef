"""Which goals of the national strategy the sectors serve, and which goals no chosen sector serves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..stakeholders import reading as stakeholders_reading
from . import reading
from .score_table import same_name

#: Between goals, in the scope and at a sector.
BETWEEN = "; "


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
