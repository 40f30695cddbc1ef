"""A meeting's letters out of the assessment: who writes, what for, and to whom. E-mail and phone are never read."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import facts
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.tables import Attachment
from tna_desktop.kernel.text import LANGUAGES, Language, message
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.letter import (
    Addressee,
    AttendanceList,
    Invitations,
    Letterhead,
    MeetingFacts,
    default_wording,
)

from . import reading

#: The attachment that holds the country's emblem says so in place of a record.
EMBLEM = "emblem"


def invitations(
    session: Session,
    workflow: Workflow,
    meeting_id: str,
    *,
    text: str,
    signed: str,
    place: str = "",
    day: date | None = None,
) -> Invitations:
    """Invitations to everyone on a meeting's list. The workflow comes in the language of the letters."""
    meeting = _meeting(session, meeting_id)
    return Invitations(
        letterhead(session, workflow),
        _facts(meeting),
        _addressees(session, workflow, meeting_id),
        text,
        place,
        day or date.today(),
        signed,
    )


def attendance_list(session: Session, workflow: Workflow, meeting_id: str, *, blank: int = 8) -> AttendanceList:
    """The list to sign at a meeting, by group."""
    meeting = _meeting(session, meeting_id)
    addressees = _addressees(session, workflow, meeting_id)
    return AttendanceList(letterhead(session, workflow), _facts(meeting), addressees, blank)


def letterhead(session: Session, workflow: Workflow) -> Letterhead:
    known = facts(session)
    return Letterhead(
        known.title or known.country,
        workflow.report_title,
        known.prepared_by,
        emblem(session),
        bool(known.fictional),
    )


def emblem(session: Session) -> tuple[str, bytes] | None:
    """The emblem attached to the assessment, as (media, content)."""
    row = session.scalars(select(Attachment).where(Attachment.record == EMBLEM)).first()
    return (row.media, row.content) if row else None


def wording(session: Session, workflow: Workflow, meeting_id: str, language: Language) -> str:
    """The text of the invitation before anybody changes it; the workflow comes in this language."""
    known = facts(session)
    meeting = _meeting(session, meeting_id)
    return default_wording(language, meeting["name"], workflow.report_title, known.title or known.country)


def language_code(meeting_language: str, otherwise: str) -> str:
    """The code of the language a meeting is held in, where the program speaks it; else the assessment's own."""
    wanted = meeting_language.strip().casefold()
    for code, name in LANGUAGES.items():
        if wanted and wanted in _names(code, name):
            return code
    return otherwise if otherwise in LANGUAGES else "en"


def _names(code: str, name: str) -> set[str]:
    """What a language is called, in itself and in the languages of the program."""
    from babel import Locale

    found = {code, name.casefold()}
    for other in LANGUAGES:
        found.add((Locale.parse(other).languages.get(code) or name).casefold())
    return found


def _meeting(session: Session, meeting_id: str) -> dict[str, Any]:
    found = reading.meeting(session, meeting_id)
    if found is None:
        raise Refused(message("This meeting is no longer there. Someone may have removed it."))
    return found


def _facts(meeting: dict[str, Any]) -> MeetingFacts:
    return MeetingFacts(
        meeting["name"],
        meeting["held_on"],
        meeting["hours"],
        meeting["place"],
        meeting["language"],
        meeting["agenda"],
    )


def _addressees(session: Session, workflow: Workflow, meeting_id: str) -> tuple[Addressee, ...]:
    return tuple(
        Addressee(
            row["organisation"],
            row["group_name"],
            tuple((person["name"], person["position"]) for person in row["persons"]),
        )
        for row in reading.addressees(session, meeting_id, workflow)
    )
