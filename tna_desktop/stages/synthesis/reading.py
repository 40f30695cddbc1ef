"""What stage 6 shows: the team's own words for the report, and the reports made so far."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .tables import ReportText, ReportVersion


def texts(session: Session) -> dict[str, str]:
    """The team's own words by part of the report; parts that keep the drafted text are not in it."""
    return {row.part: row.text for row in session.scalars(select(ReportText)) if row.text}


def versions(session: Session) -> list[dict[str, Any]]:
    """The reports made so far, newest first."""
    names = ("id", "number", "made_at", "kind", "language", "file_name", "change_seq")
    rows = session.scalars(select(ReportVersion).order_by(ReportVersion.number.desc()))
    return [{name: getattr(row, name) for name in names} for row in rows]
