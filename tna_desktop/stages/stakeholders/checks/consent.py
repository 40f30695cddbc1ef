"""What good looks like where knowledge of peoples and communities is used: asked, dated, and decided."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from ..reading import consent as reading


def consent_recorded(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every entry that carries traditional knowledge has a consent record."""
    name = "consent_recorded"
    waiting = reading.waiting(session)
    if waiting:
        text = message_n(
            "One entry carries traditional knowledge and waits for a consent record.",
            "{n} entries carry traditional knowledge and wait for a consent record.",
            len(waiting),
        )
        return Finding(name, State.ATTENTION, text, tuple(Place(step, entry.id) for entry in waiting))
    if any(entry.carries for entry in reading.entries(session)):
        return Finding(
            name, State.GOOD, message("Every entry that carries traditional knowledge has a consent record.")
        )
    if not reading.entries(session):
        return Finding(name, State.OPEN, message("Nothing that could carry knowledge is entered yet."), (Place(step),))
    return Finding(name, State.GOOD, message("No entry says that it carries traditional knowledge."))


def consent_dated(session: Session, workflow: Workflow, step: str) -> Finding:
    """Each consent given says by whom, when and on what conditions."""
    name = "consent_dated"
    given = [row for row in reading.consents(session) if row["form"] not in (*reading.CLOSED, reading.NOT_NEEDED)]
    lacking = [(row, field) for row in given if (field := _lacks(row))]
    if lacking:
        text = message_n(
            "For one consent it is not noted by whom, when or on what conditions it was given.",
            "For {n} consents it is not noted by whom, when or on what conditions they were given.",
            len(lacking),
        )
        return Finding(name, State.ATTENTION, text, tuple(Place(step, row["id"], field) for row, field in lacking))
    if given:
        return Finding(
            name, State.GOOD, message("Each consent given says by whom, when and on what conditions it was given.")
        )
    return _nothing(session, name, step)


def _lacks(row: dict) -> str:
    """The first field that a consent given leaves open; conditions may stand in the community's protocol."""
    if not row["whose"]:
        return "stakeholder_id"
    if row["given_on"] is None:
        return "given_on"
    return "" if row["conditions"].strip() or row["protocol"].strip() else "conditions"


def knowledge_withheld_known(session: Session, workflow: Workflow, step: str) -> Finding:
    """For each record it is decided whether the entry may be shown."""
    name = "knowledge_withheld_known"
    rows = reading.consents(session)
    open_ones = [row for row in rows if row["form"] in reading.UNDECIDED]
    if open_ones:
        text = message_n(
            "For one record it is not decided whether the entry may be shown; until then it is withheld.",
            "For {n} records it is not decided whether the entries may be shown; until then they are withheld.",
            len(open_ones),
        )
        return Finding(name, State.ATTENTION, text, tuple(Place(step, row["id"], "form") for row in open_ones))
    if rows:
        return Finding(name, State.GOOD, message("For each record it is decided whether the entry may be shown."))
    return _nothing(session, name, step)


def _nothing(session: Session, name: str, step: str) -> Finding:
    """No record to look at: open while one is waited for, fine where no knowledge is used."""
    found = reading.entries(session)
    if not found or any(entry.carries for entry in found):
        return Finding(name, State.OPEN, message("No consent is recorded yet."), (Place(step),))
    return Finding(name, State.GOOD, message("No entry needs a consent record."))


CHECKS = {check.__name__: check for check in (consent_recorded, consent_dated, knowledge_withheld_known)}
