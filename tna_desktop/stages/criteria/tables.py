"""What stage 2 stores: the criteria tree with its scales, the gates, and the weights of each group."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import Base, Record, link, number, prose, words


class CriteriaGroup(Record, Base):
    """A branch of the criteria tree; a branch may hang below another."""

    __tablename__ = "criteria_group"
    name: Mapped[str] = words(200, required=True)
    short: Mapped[str] = words(40)
    definition: Mapped[str] = words(2000)
    parent_id: Mapped[str | None] = link("criteria_group", required=False)
    catalogue_key: Mapped[str] = words(80)
    parent: Mapped[CriteriaGroup | None] = relationship(
        remote_side="CriteriaGroup.id", backref=backref("branches", cascade="all, delete-orphan")
    )


class Criterion(Record, Base):
    """What technologies are scored on. ``weight`` is the agreed weight as it was set (any number >= 0; None: not set).

    ``low`` and ``high`` are the ends of the scale in ``unit``; where absent, the data's own minimum and maximum count.
    """

    __tablename__ = "criterion"
    name: Mapped[str] = words(200, required=True)
    short: Mapped[str] = words(40)
    definition: Mapped[str] = words(2000)
    group_id: Mapped[str | None] = link("criteria_group", required=False)
    direction: Mapped[str] = words(20, default="benefit")
    unit: Mapped[str] = words(60)
    low: Mapped[float | None] = number()
    high: Mapped[float | None] = number()
    anchor_1: Mapped[str] = words(400)
    anchor_2: Mapped[str] = words(400)
    anchor_3: Mapped[str] = words(400)
    anchor_4: Mapped[str] = words(400)
    anchor_5: Mapped[str] = words(400)
    applies_to: Mapped[str] = words(60, default="all")
    weight: Mapped[float | None] = number(low=0)
    source: Mapped[str] = words(400)
    catalogue_key: Mapped[str] = words(80)
    group: Mapped[CriteriaGroup | None] = relationship(backref=backref("criteria", cascade="all, delete-orphan"))


class Gate(Record, Base):
    """A condition a technology must pass before it is ranked; never a weight."""

    __tablename__ = "gate"
    name: Mapped[str] = words(200, required=True)
    question: Mapped[str] = words(1000)
    applies_to: Mapped[str] = words(60, default="all")
    source: Mapped[str] = words(400)
    catalogue_key: Mapped[str] = words(80)


class GroupWeight(Record, Base):
    """The weight a stakeholder group gives a criterion, as it was set (any number >= 0)."""

    __tablename__ = "group_weight"
    criterion_id: Mapped[str] = link("criterion")
    group: Mapped[str] = words(60, required=True)
    weight: Mapped[float | None] = number(low=0)
    reason: Mapped[str] = prose()
    criterion: Mapped[Criterion] = relationship(backref=backref("group_weights", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("criterion_id", "group"),)
