"""What stage 5 stores: actions with who, when and what for; their money by source and year; what comes first."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import Base, Record, day, flag, link, number, whole, words

from ..barriers.tables import Measure
from ..priorities.tables import Technology
from ..stakeholders.tables import Stakeholder


class Action(Record, Base):
    """A concrete step: what is done, by whom, from when to when, at what cost, and how one will know."""

    __tablename__ = "action"
    name: Mapped[str] = words(300, required=True)
    short: Mapped[str] = words(40)
    measure_id: Mapped[str | None] = link("measure", required=False)
    technology_id: Mapped[str | None] = link("technology", required=False)
    kind: Mapped[str] = words(80)
    lead_id: Mapped[str | None] = link("stakeholder", required=False)
    lead_agreed: Mapped[bool] = flag()
    partners: Mapped[str] = words(600)
    start: Mapped[date | None] = day()
    end: Mapped[date | None] = day()
    cost: Mapped[float | None] = number(low=0)
    indicator: Mapped[str] = words(400)
    baseline: Mapped[str] = words(200)
    target: Mapped[str] = words(200)
    risks: Mapped[str] = words(2000)
    state: Mapped[str] = words(40)
    definition: Mapped[str] = words(2000)
    measure: Mapped[Measure | None] = relationship(backref=backref("actions"))
    technology: Mapped[Technology | None] = relationship(backref=backref("actions"))
    lead: Mapped[Stakeholder | None] = relationship(backref=backref("actions_led"))


class Funding(Record, Base):
    """Money for an action from one source in one year; ``secured`` when it is promised in writing."""

    __tablename__ = "funding"
    action_id: Mapped[str] = link("action")
    source: Mapped[str] = words(80)
    name: Mapped[str] = words(200)
    year: Mapped[int | None] = whole(low=1990, high=2200)
    amount: Mapped[float | None] = number(low=0)
    secured: Mapped[bool] = flag()
    action: Mapped[Action] = relationship(backref=backref("fundings", cascade="all, delete-orphan"))


class Precedence(Record, Base):
    """That one action has to wait for another."""

    __tablename__ = "precedence"
    action_id: Mapped[str] = link("action")
    after_id: Mapped[str] = link("action")
    action: Mapped[Action] = relationship(
        foreign_keys="Precedence.action_id", backref=backref("waits_for", cascade="all, delete-orphan")
    )
    after: Mapped[Action] = relationship(
        foreign_keys="Precedence.after_id", backref=backref("followed_by", cascade="all, delete-orphan")
    )


class Milestone(Record, Base):
    """A day by which something about an action can be seen."""

    __tablename__ = "milestone"
    action_id: Mapped[str] = link("action")
    name: Mapped[str] = words(200, required=True)
    due: Mapped[date | None] = day()
    action: Mapped[Action] = relationship(backref=backref("milestones", cascade="all, delete-orphan"))
