"""What may be done in the engagement plan: levels taken over, meetings, who is invited and who came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.tables import Attachment
from tna_desktop.kernel.text import message
from tna_desktop.reports.letter import PICTURES

from ..letters import EMBLEM
from ..tables import Attendance, Meeting, Stakeholder

#: What a second meeting of the same kind takes from the first; its day, outcome and who came are its own.
REPEATED = ("name", "kind", "stage", "hours", "place", "language", "agenda")

#: In bytes; a file that is sent around should not grow by more than that for a letterhead.
LARGEST_EMBLEM = 1 << 20


@operation("Suggested levels accepted")
def accept_suggested_levels(session: Session, levels: Mapping[str, str]) -> int:
    """Give stakeholders (by id) the level suggested for them, where none is chosen yet; answers how many."""
    accepted = 0
    for row in session.scalars(select(Stakeholder).order_by(Stakeholder.rank)):
        if not row.engagement and levels.get(row.id):
            records.fill(row, {"engagement": levels[row.id]})
            accepted += 1
    about(session, str(accepted))
    return accepted


@operation("Meeting added")
def add_meeting(session: Session, name: str, **values: Any) -> str:
    return records.add(session, Meeting, name=name, **values).id


@operation("Meeting changed")
def change_meeting(session: Session, id: str, **values: Any) -> None:
    records.change(session, Meeting, id, **values)


@operation("Meeting removed")
def remove_meetings(session: Session, ids: list[str]) -> int:
    return records.remove(session, Meeting, ids)


@operation("Meeting moved")
def move_meeting(session: Session, id: str, after: str | None) -> None:
    records.move(session, Meeting, id, after)


@operation("Meeting repeated")
def repeat_meeting(session: Session, id: str) -> str:
    """A further meeting like this one, below it, with the same invitations; who came is not taken along."""
    model = records.fetch(session, Meeting, id)
    made = records.add(session, Meeting, **{name: getattr(model, name) for name in REPEATED})
    records.move(session, Meeting, made.id, after=id)
    invited = select(Attendance.stakeholder_id).where(Attendance.meeting_id == id).order_by(Attendance.rank)
    _invite(session, made.id, session.scalars(invited))
    return made.id


@operation("Stakeholders invited")
def invite(session: Session, meeting_id: str, stakeholder_ids: Iterable[str]) -> int:
    """Invite stakeholders to a meeting, each once; answers how many were not invited before."""
    meeting = records.fetch(session, Meeting, meeting_id)
    about(session, meeting.name)
    return _invite(session, meeting_id, stakeholder_ids)


@operation("Invitation taken back")
def take_back_invitations(session: Session, ids: list[str]) -> int:
    """Remove entries from a meeting's list; what was noted about who came goes with them."""
    first = session.get(Attendance, ids[0]) if ids else None
    if first is not None:
        about(session, first.meeting.name)
    return records.remove(session, Attendance, ids)


@operation("Presence noted")
def note_presence(session: Session, id: str, **values: Any) -> None:
    """Note who came, and how many women and men.

    Whoever was counted was there, and a meeting that somebody came to was held; who did not come was not counted.
    """
    entry = records.fetch(session, Attendance, id)
    about(session, records.fetch(session, Stakeholder, entry.stakeholder_id).name)
    if set(values) - {"present", "women", "men"}:
        raise Refused(message("Only who came can be noted here."))
    records.fill(entry, values)
    if (entry.women or entry.men) and "present" not in values:
        entry.present = True
    if not entry.present:
        entry.women = entry.men = None
    elif not entry.meeting.held:
        entry.meeting.held = True
    session.flush()


@operation("Presence noted")
def note_all_present(session: Session, meeting_id: str) -> int:
    """Note everyone invited as having come; counts are left as they are. Answers how many were not noted before."""
    meeting = records.fetch(session, Meeting, meeting_id)
    about(session, meeting.name)
    entries = list(session.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id)))
    missing = [entry for entry in entries if not entry.present]
    for entry in missing:
        entry.present = True
    if entries:
        meeting.held = True
    session.flush()
    return len(missing)


def _invite(session: Session, meeting_id: str, stakeholder_ids: Iterable[str]) -> int:
    there = set(session.scalars(select(Attendance.stakeholder_id).where(Attendance.meeting_id == meeting_id)))
    rank = session.scalar(select(func.max(Attendance.rank))) or 0.0
    invited = 0
    for stakeholder in dict.fromkeys(stakeholder_ids):
        if stakeholder not in there:
            records.fetch(session, Stakeholder, stakeholder)
            invited += 1
            values = {"meeting_id": meeting_id, "stakeholder_id": stakeholder, "rank": rank + invited}
            records.add(session, Attendance, **values)
    return invited


@operation("Emblem changed")
def set_emblem(session: Session, content: bytes, name: str = "") -> None:
    """Keep the country's emblem, a PNG or JPEG picture, in the file; without content it is taken away."""
    media = next((kind for kind, begin in PICTURES.items() if content.startswith(begin)), "")
    if content and not media:
        raise Refused(message("Choose a PNG or JPEG picture."), "emblem")
    if len(content) > LARGEST_EMBLEM:
        raise Refused(message("This picture is larger than one megabyte; choose a smaller one."), "emblem")
    there = session.scalars(select(Attachment).where(Attachment.record == EMBLEM))
    records.remove(session, Attachment, [row.id for row in there])
    if content:
        made = records.add(session, Attachment, record=EMBLEM, name=name, media=media)
        made.content = content
        session.flush()
