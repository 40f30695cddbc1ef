"""Progress: how far an assessment is, from what the team has called done and what its checks find."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .findings import Finding, State
from .workflow import Step, Workflow

Findings = Mapping[str, Sequence[Finding]]


@dataclass(frozen=True)
class StepProgress:
    """One step. ``share`` is 0 to 1; ``attention`` counts the checks that need a look, ``good`` those that hold."""

    step: str
    share: float = 0.0
    done: bool = False
    good: int = 0
    attention: int = 0
    checks: int = 0


@dataclass(frozen=True)
class StageProgress:
    """One stage: the mean of its steps, and how many of them the team has called done."""

    key: str
    share: float = 0.0
    steps: tuple[StepProgress, ...] = ()

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def complete(self) -> bool:
        return bool(self.steps) and self.done == self.total

    @property
    def attention(self) -> int:
        return sum(step.attention for step in self.steps)


@dataclass(frozen=True)
class Progress:
    """The whole assessment: the mean of its stages."""

    share: float = 0.0
    stages: tuple[StageProgress, ...] = ()

    @property
    def shares(self) -> list[float]:
        """One share per stage, as the rosette shows them."""
        return [stage.share for stage in self.stages]

    def stage(self, key: str) -> StageProgress:
        return next((stage for stage in self.stages if stage.key == key), StageProgress(key))

    def step(self, place: str) -> StepProgress:
        """The step at ``stage.step``; an empty one where the workflow has none."""
        steps = (step for stage in self.stages for step in stage.steps if step.step == place)
        return next(steps, StepProgress(place))


def progress_of(workflow: Workflow, findings: Findings, done: Collection[str]) -> Progress:
    """How far the assessment is.

    A step that was marked done counts 1. Any other counts the share of its checks that hold, where saying that it
    is done is one more thing to do: with 3 of 4 checks good it is 3/5.
    """
    stages = []
    for stage in workflow.stages:
        steps = tuple(_step(f"{stage.key}.{step.key}", step, findings, done) for step in stage.steps)
        stages.append(StageProgress(stage.key, _mean([step.share for step in steps]), steps))
    return Progress(_mean([stage.share for stage in stages]), tuple(stages))


def _step(place: str, step: Step, findings: Findings, done: Collection[str]) -> StepProgress:
    found = findings.get(place, ())
    good = sum(finding.state is State.GOOD for finding in found)
    attention = sum(finding.state is State.ATTENTION for finding in found)
    marked = place in done
    share = 1.0 if marked else good / (len(step.checks) + 1)
    return StepProgress(place, share, marked, good, attention, len(step.checks))


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0
