"""What a good engagement plan looks like: meetings planned, recorded when they were held, and participation counted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading


def meetings_planned(session: Session, workflow: Workflow, step: str, *, at_least: int = 3) -> Finding:
    """Enough meetings have a day or were held."""
    meetings = reading.meetings(session)
    if not meetings:
        return Finding("meetings_planned", State.OPEN, message("No meeting is planned yet."), (Place(step),))
    undated = [row["id"] for row in meetings if not (row["held_on"] or row["held"])]
    count = len(meetings) - len(undated)
    text = message_n("One meeting is planned or was held.", "{n} meetings are planned or were held.", count)
    if count >= at_least:
        return Finding("meetings_planned", State.GOOD, text)
    if undated:
        text = message_n("One meeting has no day yet.", "{n} meetings have no day yet.", len(undated))
    places = tuple(Place(step, id, "held_on") for id in undated) or (Place(step, None, "meetings"),)
    return Finding("meetings_planned", State.ATTENTION, text, places)


def meetings_recorded(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every meeting held says what came out of it and who was present."""
    held = [row for row in reading.meetings(session) if row["held"]]
    if not held:
        return Finding("meetings_recorded", State.OPEN, message("No meeting was held yet."), (Place(step),))
    silent = [row["id"] for row in held if not row["outcome"].strip()]
    empty = [row["id"] for row in held if not row["came"]]
    lacking = [row["id"] for row in held if row["id"] in silent or row["id"] in empty]
    if not lacking:
        return Finding(
            "meetings_recorded", State.GOOD, message("Every meeting held has an outcome and who was present.")
        )
    text = message_n(
        "One meeting that was held lacks its outcome or who was present.",
        "{n} meetings that were held lack their outcome or who was present.",
        len(lacking),
    )
    places = tuple(Place(step, id, "outcome" if id in silent else "present") for id in lacking)
    return Finding("meetings_recorded", State.ATTENTION, text, places)


def participation_counted(session: Session, workflow: Workflow, step: str) -> Finding:
    """Women and men were counted for everyone who came."""
    came = [
        (meeting["id"], entry)
        for meeting in reading.meetings(session)
        if meeting["held"]
        for entry in reading.invited(session, meeting["id"])
        if entry["present"]
    ]
    if not came:
        return Finding(
            "participation_counted", State.OPEN, message("It is not noted yet who came to a meeting."), (Place(step),)
        )
    uncounted = [meeting for meeting, entry in came if entry["women"] is None or entry["men"] is None]
    if not uncounted:
        return Finding("participation_counted", State.GOOD, message("Women and men present were counted."))
    text = message(
        "For {n} of {all} stakeholders who came, women and men were not both counted.", n=len(uncounted), all=len(came)
    )
    places = tuple(Place(step, id, "present") for id in dict.fromkeys(uncounted))
    return Finding("participation_counted", State.ATTENTION, text, places)


CHECKS = {check.__name__: check for check in (meetings_planned, meetings_recorded, participation_counted)}
