"""What stage 4 shows on the wall: the tree of causes of each technology, and the policy needs."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import Cause, Causes, Cell, Matrix, MatrixRow, Projection
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from ..stakeholders.withholding import withheld
from . import reading

#: The columns that may reach the wall, by table.
FIELDS = {
    "technology": ("id", "name", "short"),
    "barrier": ("id", "name", "category"),
    "hindrance": ("id", "barrier_id", "cause_of_id"),
    "core_problem": ("text",),
    "measure": ("name", "law", "body", "policy_need"),
}


def causes(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The core problem of each technology and what causes it, a technology a page."""
    hidden = withheld(session, language)
    pages = []
    for technology in reading.technologies(session):
        if technology["id"] in hidden:
            continue
        core = reading.core_problem(session, technology["id"]) or language.say("The core problem is not written yet.")
        rows = reading.causes(session, technology["id"])
        there = {row["barrier_id"] for row in rows}
        found = [Cause("core", core, "")]
        found += [
            Cause(
                row["barrier_id"],
                hidden.get(row["barrier_id"], row["name"]),
                row["cause_of_id"] if row["cause_of_id"] in there else "core",
                workflow.name("barrier_categories", row["category"]) if row["category"] else "",
            )
            for row in rows
        ]
        pages.append(Causes(technology["short"], tuple(found)))
    return Projection(tuple(pages))


def policy(session: Session, workflow: Workflow, language: Language) -> Projection:
    """Which law or rule must change, and who can do it."""
    hidden = withheld(session, language)
    rows = tuple(
        MatrixRow(
            hidden.get(row["id"], row["name"]), (Cell(row["law"] or "–"), Cell(row["body"] or "–", not row["body"]))
        )
        for row in reading.policy_needs(session)
        if row["id"] not in hidden
    )
    columns = (language.say("Law or rule"), language.say("Who can act"))
    return Projection((Matrix(columns, rows, language.say("Policy need")),))


VIEWS = {"causes": causes, "policy": policy}
