"""What stage 1 stores: the scope, what exists already, stakeholders and their contacts, how they take part."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import PRIVATE, TEAM, Base, Record, day, flag, link, number, prose, whole, words


class Scope(Record, Base):
    """What the assessment is for; the table has at most one row."""

    __tablename__ = "scope"
    mandate: Mapped[str] = prose()
    purpose: Mapped[str] = prose()
    period_from: Mapped[int | None] = whole(low=1990, high=2200)
    period_to: Mapped[int | None] = whole(low=1990, high=2200)
    languages: Mapped[str] = words(200)
    priorities: Mapped[str] = prose()
    targets: Mapped[str] = words(2000)
    conventions: Mapped[str] = words(2000)


class OverviewItem(Record, Base):
    """Something that exists already: an earlier assessment, a policy, data, money, expertise ..."""

    __tablename__ = "overview_item"
    name: Mapped[str] = words(300, required=True)
    kind: Mapped[str] = words(60)
    holder: Mapped[str] = words(300)
    year: Mapped[int | None] = whole(low=1900, high=2200)
    gap: Mapped[str] = words(2000)
    link: Mapped[str] = words(1000)


class Stakeholder(Record, Base):
    """An organisation, people or community with a stake in the technologies."""

    __tablename__ = "stakeholder"
    name: Mapped[str] = words(300, required=True)
    short: Mapped[str] = words(40)
    group: Mapped[str] = words(60)
    influence: Mapped[float | None] = number(low=1, high=5)
    interest: Mapped[float | None] = number(low=1, high=5)
    engagement: Mapped[str] = words(60)
    approach: Mapped[str] = words(400)
    met_when: Mapped[str] = words(120)
    role: Mapped[str] = words(60)
    interests: Mapped[str] = words(2000)
    knowledge: Mapped[str] = words(2000)
    affected: Mapped[str] = words(2000)
    language: Mapped[str] = words(120)
    region: Mapped[str] = words(200)
    remarks: Mapped[str] = prose(privacy=PRIVATE)
    catalogue_key: Mapped[str] = words(80)


class Contact(Record, Base):
    """A person who speaks for a stakeholder. Private: leaves the file only when someone asks for it."""

    __tablename__ = "contact"
    stakeholder_id: Mapped[str] = link("stakeholder")
    name: Mapped[str] = words(200, privacy=PRIVATE, required=True)
    position: Mapped[str] = words(200, privacy=PRIVATE)
    email: Mapped[str] = words(200, privacy=PRIVATE)
    phone: Mapped[str] = words(80, privacy=PRIVATE)
    sex: Mapped[str] = words(20, privacy=TEAM)
    age_band: Mapped[str] = words(20, privacy=TEAM)
    stakeholder: Mapped[Stakeholder] = relationship(backref=backref("contacts", cascade="all, delete-orphan"))


class Placement(Record, Base):
    """Where one assessor (a person, or a group by its key) puts a stakeholder on the influence map (both 1 to 5).

    The place the team agreed on stands with the stakeholder itself.
    """

    __tablename__ = "placement"
    stakeholder_id: Mapped[str] = link("stakeholder")
    assessor: Mapped[str] = words(120, privacy=PRIVATE)
    influence: Mapped[float | None] = number(low=1, high=5, privacy=TEAM)
    interest: Mapped[float | None] = number(low=1, high=5, privacy=TEAM)
    stakeholder: Mapped[Stakeholder] = relationship(backref=backref("placements", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("stakeholder_id", "assessor"),)


class GroupGap(Record, Base):
    """Why a group of stakeholders is not represented; printed in the report."""

    __tablename__ = "group_gap"
    group: Mapped[str] = words(60, required=True)
    reason: Mapped[str] = words(2000, required=True)


class StageRole(Record, Base):
    """How a stakeholder takes part in one stage: inform, consult, involve, decide, score."""

    __tablename__ = "stage_role"
    stakeholder_id: Mapped[str] = link("stakeholder")
    stage: Mapped[str] = words(40, required=True)
    role: Mapped[str] = words(60)
    stakeholder: Mapped[Stakeholder] = relationship(backref=backref("stage_roles", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("stakeholder_id", "stage"),)


class Body(Record, Base):
    """A body of the assessment: steering body, coordinator, core team, a working group for a sector.

    ``sector`` is an entry of the workflow's sectors, for a working group; ``lead_id`` the stakeholder that leads it.
    """

    __tablename__ = "body"
    name: Mapped[str] = words(300, required=True)
    kind: Mapped[str] = words(60)
    sector: Mapped[str] = words(80)
    task: Mapped[str] = words(2000)
    lead_id: Mapped[str | None] = link("stakeholder", required=False)
    lead: Mapped[Stakeholder | None] = relationship(backref=backref("leads_bodies"))


class Membership(Record, Base):
    """A stakeholder's seat in a body of the assessment."""

    __tablename__ = "membership"
    body_id: Mapped[str] = link("body")
    stakeholder_id: Mapped[str] = link("stakeholder")
    body: Mapped[Body] = relationship(backref=backref("memberships", cascade="all, delete-orphan"))
    stakeholder: Mapped[Stakeholder] = relationship(backref=backref("memberships", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("body_id", "stakeholder_id"),)


class Meeting(Record, Base):
    """A meeting, workshop or interview, planned or held."""

    __tablename__ = "meeting"
    name: Mapped[str] = words(300, required=True)
    kind: Mapped[str] = words(60)
    stage: Mapped[str] = words(40)
    held_on: Mapped[date | None] = day()
    hours: Mapped[str] = words(80)
    place: Mapped[str] = words(200)
    language: Mapped[str] = words(120)
    held: Mapped[bool] = flag()
    agenda: Mapped[str] = prose()
    outcome: Mapped[str] = prose()


class Attendance(Record, Base):
    """A stakeholder's invitation to a meeting, whether it came, and with how many women and men (None: not counted)."""

    __tablename__ = "attendance"
    meeting_id: Mapped[str] = link("meeting")
    stakeholder_id: Mapped[str] = link("stakeholder")
    present: Mapped[bool] = flag()
    women: Mapped[int | None] = whole(low=0)
    men: Mapped[int | None] = whole(low=0)
    meeting: Mapped[Meeting] = relationship(backref=backref("attendances", cascade="all, delete-orphan"))
    stakeholder: Mapped[Stakeholder] = relationship(backref=backref("attendances", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("meeting_id", "stakeholder_id"),)


class Consent(Record, Base):
    """Whose knowledge an entry carries, on what terms, and whether it may be shown.

    ``record`` is the entry of any table; as long as ``may_be_shown`` is not said, the entry is withheld from every
    output.
    """

    __tablename__ = "consent"
    stakeholder_id: Mapped[str] = link("stakeholder", required=False)
    record: Mapped[str] = words(36)
    kind: Mapped[str] = words(40)
    holder: Mapped[str] = words(300, privacy=TEAM)
    form: Mapped[str] = words(60)
    given_on: Mapped[date | None] = day(privacy=TEAM)
    conditions: Mapped[str] = prose(privacy=TEAM)
    protocol: Mapped[str] = words(1000, privacy=TEAM)
    may_be_shown: Mapped[bool] = flag()
    stakeholder: Mapped[Stakeholder | None] = relationship(backref=backref("consents"))
