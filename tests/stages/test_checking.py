"""Checks of a workflow, run over a document: what is unknown or fails is told, and stops nothing."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tna_desktop.beginning import begin
from tna_desktop.kernel.findings import Finding, State
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Check, StageText, Step, Workflow
from tna_desktop.stages import checking


def holds(session, workflow, step, *, at_least=1):
    return Finding("holds", State.GOOD, message("{n} is enough.", n=at_least))


def breaks(session, workflow, step):
    raise ZeroDivisionError("no stakeholders")


@pytest.fixture
def session(tmp_path: Path):
    document = begin(tmp_path / "a.tna", workflow="cbd", country="Kelvara")
    with document.reading() as reading:
        yield reading
    document.close()


def workflow(*checks: Check) -> Workflow:
    return Workflow(
        "w",
        1,
        "W",
        stages=(StageText("criteria", "Criteria", "", (Step("tree", "Tree", "?", checks=checks),)),),
    )


def test_findings_come_in_the_order_of_the_workflow(session, monkeypatch) -> None:
    monkeypatch.setattr(checking, "all_checks", lambda: {"holds": holds, "breaks": breaks})
    with_check = workflow(Check("nobody_knows_this", "Text"), Check("holds", "Text", {"at_least": 4}))
    unknown, good = checking.run_checks(session, with_check)["criteria.tree"]
    assert unknown.state is State.ATTENTION and "nobody_knows_this" in unknown.text.english()
    assert good.state is State.GOOD and good.text.english() == "4 is enough."


def test_a_check_that_fails_is_told_and_written_down(session, monkeypatch, caplog) -> None:
    monkeypatch.setattr(checking, "all_checks", lambda: {"breaks": breaks, "holds": holds})
    with caplog.at_level(logging.ERROR):
        failed, good = checking.run_checks(session, workflow(Check("breaks", "A"), Check("holds", "B")))[
            "criteria.tree"
        ]
    assert failed.state is State.ATTENTION and failed.check == "breaks"
    assert good.state is State.GOOD
    assert "no stakeholders" in caplog.text


def test_a_parameter_that_does_not_fit_is_told_too(session, monkeypatch) -> None:
    monkeypatch.setattr(checking, "all_checks", lambda: {"holds": holds})
    (finding,) = checking.run_checks(session, workflow(Check("holds", "A", {"no_such": 1})))["criteria.tree"]
    assert finding.state is State.ATTENTION
