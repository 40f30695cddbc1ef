"""How far an assessment is, counted by hand."""

from __future__ import annotations

import pytest

from tna_desktop.kernel.findings import Finding, State
from tna_desktop.kernel.progress import progress_of
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Check, StageText, Step, Workflow


def step(key: str, checks: int = 0) -> Step:
    return Step(key, key.title(), f"{key}?", checks=tuple(Check(f"{key}{at}", "text") for at in range(checks)))


def found(key: str, *states: State) -> tuple[Finding, ...]:
    return tuple(Finding(f"{key}{at}", state, message("told")) for at, state in enumerate(states))


WORKFLOW = Workflow(
    "w", 1, "W",
    stages=(
        StageText("stakeholders", "Stakeholders", "users", (step("scope", 3), step("register", 4))),
        StageText("criteria", "Criteria", "scales", (step("tree"),)),
    ),
)  # fmt: skip


def test_an_untouched_assessment_is_at_nothing() -> None:
    progress = progress_of(WORKFLOW, {}, ())
    assert progress.share == 0 and progress.shares == [0, 0]
    assert (progress.stage("stakeholders").done, progress.stage("stakeholders").total) == (0, 2)


def test_checks_that_hold_count_and_so_does_saying_that_it_is_done() -> None:
    findings = {
        "stakeholders.scope": found("scope", State.GOOD, State.GOOD, State.OPEN),
        "stakeholders.register": found("register", State.GOOD, State.ATTENTION, State.OPEN, State.OPEN),
    }
    progress = progress_of(WORKFLOW, findings, {"stakeholders.register"})
    # scope: 2 of 3 checks and not called done: 2/4; register is called done: 1. Stage: 0.75; of two stages: 0.375.
    assert progress.step("stakeholders.scope").share == pytest.approx(0.5)
    assert progress.step("stakeholders.register").share == 1
    assert progress.stage("stakeholders").share == pytest.approx(0.75)
    assert progress.share == pytest.approx(0.375)
    assert progress.stage("stakeholders").attention == 1


def test_a_stage_is_complete_only_when_every_step_was_called_done() -> None:
    everything = {"stakeholders.scope": found("scope", State.GOOD, State.GOOD, State.GOOD)}
    assert not progress_of(WORKFLOW, everything, {"stakeholders.register"}).stage("stakeholders").complete
    both = {"stakeholders.scope", "stakeholders.register"}
    assert progress_of(WORKFLOW, {}, both).stage("stakeholders").complete


def test_a_stage_without_steps_is_never_complete() -> None:
    empty = Workflow("w", 1, "W", stages=(StageText("criteria", "Criteria", "scales"),))
    progress = progress_of(empty, {}, ())
    assert not progress.stage("criteria").complete and progress.share == 0
