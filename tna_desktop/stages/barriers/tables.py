"""What stage 4 stores: barriers once, where each one hinders which technology, and the measures that answer it."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import Base, Record, flag, link, whole, words

from ..priorities.tables import Technology


class CoreProblem(Record, Base):
    """The problem at the root of a technology's tree, in one sentence."""

    __tablename__ = "core_problem"
    technology_id: Mapped[str] = link("technology")
    text: Mapped[str] = words(400)
    technology: Mapped[Technology] = relationship(backref=backref("core_problems", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("technology_id"),)


class Barrier(Record, Base):
    """Something that keeps technologies from reaching what they could; written once even if it hinders several."""

    __tablename__ = "barrier"
    name: Mapped[str] = words(300, required=True)
    definition: Mapped[str] = words(2000)
    category: Mapped[str] = words(80)
    phase: Mapped[str] = words(80)
    side: Mapped[str] = words(20, default="national")
    importance: Mapped[str] = words(40)
    severity: Mapped[int | None] = whole(low=1, high=5)
    ease: Mapped[int | None] = whole(low=1, high=5)
    evidence: Mapped[str] = words(2000)
    who_can_lift: Mapped[str] = words(400)
    catalogue_key: Mapped[str] = words(80)


class Hindrance(Record, Base):
    """That a barrier hinders a technology; ``cause_of_id`` names the barrier it is a cause of in that tree."""

    __tablename__ = "hindrance"
    technology_id: Mapped[str] = link("technology")
    barrier_id: Mapped[str] = link("barrier")
    cause_of_id: Mapped[str | None] = link("barrier", required=False)
    technology: Mapped[Technology] = relationship(backref=backref("hindrances", cascade="all, delete-orphan"))
    barrier: Mapped[Barrier] = relationship(
        foreign_keys="Hindrance.barrier_id", backref=backref("hindrances", cascade="all, delete-orphan")
    )
    cause_of: Mapped[Barrier | None] = relationship(foreign_keys="Hindrance.cause_of_id", backref=backref("causes"))
    __table_args__ = (UniqueConstraint("technology_id", "barrier_id"),)


class Measure(Record, Base):
    """What would lift a barrier. A policy need is a measure that changes a law or a rule."""

    __tablename__ = "measure"
    name: Mapped[str] = words(300, required=True)
    barrier_id: Mapped[str | None] = link("barrier", required=False)
    kind: Mapped[str] = words(80)
    policy_need: Mapped[bool] = flag()
    law: Mapped[str] = words(300)
    body: Mapped[str] = words(300)
    effect: Mapped[int | None] = whole(low=1, high=5)
    ease: Mapped[int | None] = whole(low=1, high=5)
    beneficiaries: Mapped[str] = words(400)
    definition: Mapped[str] = words(2000)
    to_plan: Mapped[bool] = flag()
    catalogue_key: Mapped[str] = words(80)
    barrier: Mapped[Barrier | None] = relationship(backref=backref("measures", cascade="all, delete-orphan"))
