"""What stage 6 stores: the team's own words for the report, and which reports were made when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from tna_desktop.kernel.tables import TEAM, Base, Record, moment, prose, whole, words


class ReportText(Record, Base):
    """The team's own words for one part of the report; an empty text leaves the drafted one."""

    __tablename__ = "report_text"
    part: Mapped[str] = words(80, required=True)
    text: Mapped[str] = prose()


class ReportVersion(Record, Base):
    """A report that was made: when, as what, in which language, and of which state of the work."""

    __tablename__ = "report_version"
    number: Mapped[int | None] = whole(low=1)
    made_at: Mapped[datetime | None] = moment()
    kind: Mapped[str] = words(20)
    language: Mapped[str] = words(12)
    file_name: Mapped[str] = words(300, privacy=TEAM)
    change_seq: Mapped[int | None] = whole(low=0)
