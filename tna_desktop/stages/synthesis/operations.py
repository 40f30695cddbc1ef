"""What may be done in stage 6. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.operation import about, operation

from .tables import ReportText, ReportVersion


@operation("Report text written")
def write_text(session: Session, part: str, text: str, title: str = "") -> None:
    """Put the team's own words into a part of the report; an empty text goes back to the drafted one."""
    found = session.scalars(select(ReportText).where(ReportText.part == part)).first()
    if found is None and text.strip():
        records.add(session, ReportText, part=part, text=text)
    elif found is not None and not text.strip():
        session.delete(found)
    elif found is not None:
        records.fill(found, {"text": text})
    about(session, title or part)


@operation("Report exported")
def note_report(session: Session, kind: str, language: str, file_name: str, change_seq: int) -> int:
    """Remember that a report was made (kind pdf or xlsx) and of which state of the work; answers its number."""
    number = 1 + (session.scalar(select(func.max(ReportVersion.number))) or 0)
    records.add(
        session, ReportVersion, number=number, made_at=datetime.now(UTC), kind=kind, language=language,
        file_name=file_name, change_seq=change_seq,
    )  # fmt: skip
    about(session, file_name)
    return number
