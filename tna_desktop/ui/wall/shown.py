"""What the wall is told besides a projection: where the team is. Words and shares only, no record and no document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Header:
    """The question of the step, its name ("Step 1.2, Influence map"), the assessment, and how far each stage is."""

    question: str = ""
    step: str = ""
    assessment: str = ""
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Stages:
    """The page of a step that has no view of its own: the stages with how many of their steps are done."""

    stages: tuple[tuple[str, str], ...]
    shares: tuple[float, ...]
    here: int
