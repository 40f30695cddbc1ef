"""What may be done about consent. Whatever is not opened by those whose knowledge it is stays withheld."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message

from ..reading import consent as reading
from ..tables import Consent, Stakeholder


@operation("Consent record begun")
def begin_consents(session: Session, entries: Iterable[tuple[str, str]]) -> list[str]:
    """Begin a record for each (table, id) that has none: not asked yet, and withheld until someone says otherwise."""
    known = {(entry.kind, entry.id): entry for entry in reading.entries(session)}
    made = []
    for place in dict.fromkeys(entries):
        entry = known.get(place)
        if entry is None:
            raise Refused(message("This entry is no longer there. Someone may have removed it."))
        if session.scalars(select(Consent).where(Consent.kind == entry.kind, Consent.record == entry.id)).first():
            continue
        values = {"kind": entry.kind, "record": entry.id, "form": "not_asked"}
        made.append(records.add(session, Consent, **values, stakeholder_id=entry.holder or None).id)
        _name(session, entry.name if len(made) == 1 else str(len(made)))
    return made


@operation("Consent record changed")
def change_consent(session: Session, id: str, **values: Any) -> bool:
    """Change a record; answers whether the permission to share was taken back with it.

    ``id`` may also be an entry that waits for a record, which is then begun. Raises Refused when an entry should be
    shared to which nobody has agreed.
    """
    if session.get(Consent, id) is None:
        waiting = [(entry.kind, entry.id) for entry in reading.waiting(session) if entry.id == id]
        id = next(iter(begin_consents(session, waiting)), id)
    record = records.fetch(session, Consent, id)
    was_open = record.may_be_shown
    records.fill(record, values)
    taken_back = False
    if record.may_be_shown and record.form in reading.CLOSED:
        if not was_open or "form" not in values:
            raise Refused(_why_closed(record.form), "may_be_shown")
        record.may_be_shown, taken_back = False, True
    session.flush()
    _name(session, _entry_name(session, record))
    return taken_back


@operation("Consent record removed")
def remove_consents(session: Session, ids: list[str]) -> int:
    """Remove records; an entry without any is no longer withheld."""
    found = list(session.scalars(select(Consent).where(Consent.id.in_(ids))))
    if not found:
        raise Refused(message("This entry has no consent record yet."))
    _name(session, _entry_name(session, found[0]) if len(found) == 1 else str(len(found)))
    return records.remove(session, Consent, ids)


def _why_closed(form: str) -> Any:
    """Why an entry with this answer cannot be shared."""
    if form == "refused":
        return message("The answer was no: this entry stays withheld.")
    if form == "withdrawn":
        return message("Consent was taken back: this entry stays withheld.")
    if form == "in_discussion":
        return message("Those concerned are still considering it: until they agree, this entry stays withheld.")
    return message("Nobody has agreed to it yet. Record the form of consent first.")


def _entry_name(session: Session, record: Consent) -> str:
    if record.kind == Stakeholder.__tablename__:
        return session.scalar(select(Stakeholder.name).where(Stakeholder.id == record.record)) or ""
    return next((entry.name for entry in reading.entries(session) if entry.id == record.record), "")


def _name(session: Session, name: str) -> None:
    if name:
        about(session, name)
