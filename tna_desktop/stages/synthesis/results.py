"""What stage 6 computes: how ready the assessment is to be handed over, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import steps_done
from tna_desktop.kernel.findings import Finding, State
from tna_desktop.kernel.progress import Progress, progress_of
from tna_desktop.kernel.workflow import Workflow

from ..checking import run_checks


@dataclass(frozen=True)
class StageReadiness:
    """How many checks of a stage hold, out of how many."""

    key: str
    title: str
    good: int
    checks: int


@dataclass(frozen=True)
class Readiness:
    """What is still open before the report is final. ``open`` are (step, finding), those that need a look first."""

    good: int
    checks: int
    stages: tuple[StageReadiness, ...]
    open: tuple[tuple[str, Finding], ...]
    progress: Progress


def readiness(
    session: Session, workflow: Workflow, findings: Mapping[str, Sequence[Finding]] | None = None
) -> Readiness:
    """Count what the checks of every stage find; hand the findings in where they are known already."""
    found = run_checks(session, workflow) if findings is None else findings
    stages, waiting = [], []
    for stage in workflow.stages:
        of_stage = [
            (f"{stage.key}.{step.key}", finding)
            for step in stage.steps
            for finding in found.get(f"{stage.key}.{step.key}", ())
        ]
        good = sum(finding.state is State.GOOD for _, finding in of_stage)
        stages.append(StageReadiness(stage.key, stage.title, good, len(of_stage)))
        waiting += [(step, finding) for step, finding in of_stage if finding.state is not State.GOOD]
    waiting.sort(key=lambda each: each[1].state is not State.ATTENTION)
    return Readiness(
        sum(stage.good for stage in stages), sum(stage.checks for stage in stages), tuple(stages), tuple(waiting),
        progress_of(workflow, found, steps_done(session)),
    )  # fmt: skip
