"""The tables of stage 6: what was decided, and what is still open."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Finding, State
from tna_desktop.kernel.text import Language, Message
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Table, TableColumn

from ..checking import run_checks


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    return [decision_table(session, workflow, language), readiness_table(session, workflow, language)]


def decision_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The decision log: what was decided, why, by whom and when."""
    say = language.say
    rows = [
        (
            row["decided_on"],
            _decided(row, language),
            row["reason"],
            row["decided_by"],
            step_title(workflow, row["step"]),
        )
        for row in reversed(assessment.decisions(session))
    ]
    columns = (
        TableColumn("day", say("Day"), "date", width=1), TableColumn("what", say("Decision"), width=2.4, strong=True),
        TableColumn("reason", say("Reason"), width=3), TableColumn("by", say("Decided by"), width=1.6), TableColumn("step", say("Step"), width=1.2),
    )  # fmt: skip
    return Table("decisions", say("Decisions"), columns, rows, wide=True)


def _decided(row: dict[str, Any], language: Language) -> str:
    """What was decided, as a sentence where the log has only the name of what it was about."""
    if row["kind"] == "shortlisted":
        return language.say("On the shortlist: {name}", name=row["what"])
    if row["kind"] == "left_out":
        return language.say("Not on the shortlist: {name}", name=row["what"])
    if row["kind"] == "group_gap":
        return language.say("Not represented: {name}", name=row["what"])
    return str(row["what"])


def readiness_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The points of the work itself that are open, with the step they belong to; not what is said of the report.

    A stage or a step in which nothing is begun takes one line.
    """
    say = language.say
    found = {
        step: list(each) for step, each in run_checks(session, workflow).items() if step.split(".")[0] != "synthesis"
    }
    begun = {step for step, each in found.items() if any(finding.state is not State.OPEN for finding in each)}
    rows = []
    for stage in workflow.stages:
        steps = [
            (step.title, f"{stage.key}.{step.key}") for step in stage.steps if found.get(f"{stage.key}.{step.key}")
        ]
        if steps and not any(place in begun for _, place in steps):
            rows.append((stage.title, say("Not begun yet.")))
            continue
        for title, place in steps:
            rows += (
                [(title, words) for words in _open_points(found[place], language)]
                if place in begun
                else [(title, say("Not begun yet."))]
            )
    columns = (
        TableColumn("step", say("Step"), width=1.4, strong=True),
        TableColumn("finding", say("What was found"), width=4),
    )
    return Table("open_points", say("Open points"), columns, rows)


def _open_points(findings: list[Finding], language: Language) -> list[str]:
    """What does not hold, each thing once; a bare count of none says less than the sentence beside it."""
    texts = [finding.text for finding in findings if finding.state is not State.GOOD]
    return list(
        dict.fromkeys(language.tell(text) for text in texts if not (isinstance(text, Message) and text.count == 0))
    )


def step_title(workflow: Workflow, place: str) -> str:
    """The title of a step as people read it; a place the workflow does not know is left out."""
    step = workflow.step(place)
    return step.title if step else ""
