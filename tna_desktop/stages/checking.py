"""Checking: what the workflow's checks find in an assessment, step by step. Never stops the work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.util import find_spec

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, State
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Check, Step, Workflow

from . import STAGES

CheckFunction = Callable[..., Finding]
log = logging.getLogger(__name__)


def all_checks() -> dict[str, CheckFunction]:
    """Every check the stages have, by the name a workflow uses."""
    found: dict[str, CheckFunction] = {}
    for stage in STAGES:
        if find_spec(f"tna_desktop.stages.{stage.key}.checks") is not None:
            found.update(stage.module("checks").CHECKS)
    return found


def run_checks(session: Session, workflow: Workflow) -> dict[str, tuple[Finding, ...]]:
    """What the checks of every step find, by step (``stage.step``) and in the workflow's order."""
    checks = all_checks()
    return {
        f"{stage.key}.{step.key}": check_step(session, workflow, f"{stage.key}.{step.key}", step, checks)
        for stage in workflow.stages
        for step in stage.steps
    }


def check_step(
    session: Session, workflow: Workflow, place: str, step: Step, checks: dict[str, CheckFunction]
) -> tuple[Finding, ...]:
    """What the checks of one step find."""
    return tuple(_found(session, workflow, place, check, checks.get(check.check)) for check in step.checks)


def _found(session: Session, workflow: Workflow, place: str, check: Check, function: CheckFunction | None) -> Finding:
    if function is None:
        unknown = message("This version of the program has no check called “{name}”.", name=check.check)
        return Finding(check.check, State.ATTENTION, unknown)
    try:
        return function(session, workflow, place, **check.parameters)
    except Exception:  # one check that fails must not take the others, or the window, with it
        log.exception("the check %s of %s failed", check.check, place)
        failed = message("This could not be checked. The reason was written to the error log.")
        return Finding(check.check, State.ATTENTION, failed)
