"""What stage 2 stores: the criteria tree with its scales, the gates, and the weights of each group."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import PRIVATE, TEAM, Base, Record, flag, link, number, prose, whole, words


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
    ``indifference`` and ``preference`` are differences in ``unit``: up to the first none is preferred, from the second on
    fully. ``value_shape`` is how a score becomes a value (empty: in a straight line between the ends), ``value_points``
    its points as "level:worth" pairs with blanks between, worth from 0 to 100.
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
    indifference: Mapped[float | None] = number(low=0)
    preference: Mapped[float | None] = number(low=0)
    value_shape: Mapped[str] = words(20)
    value_points: Mapped[str] = words(2000)
    weight: Mapped[float | None] = number(low=0)
    weight_reason: Mapped[str] = words(2000)
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


class GroupVoice(Record, Base):
    """How much a stakeholder group's weights count in the country's, where it is not one voice for each; with the reason."""

    __tablename__ = "group_voice"
    group: Mapped[str] = words(60, required=True)
    voice: Mapped[float | None] = number(low=0)
    reason: Mapped[str] = words(2000)
    __table_args__ = (UniqueConstraint("group"),)


class WeightRule(Record, Base):
    """How the groups' weights become the country's, and whether weights may still change; at most one row.

    ``mean`` is arithmetic or geometric; ``locked`` is set when scoring begins and taken back by a decision only.
    """

    __tablename__ = "weight_rule"
    mean: Mapped[str] = words(20, default="arithmetic")
    reason: Mapped[str] = words(2000)
    locked: Mapped[bool] = flag()


class WeighingRound(Record, Base):
    """One round of weighing: answers stay hidden until it is revealed; a closed one takes no more."""

    __tablename__ = "weighing_round"
    number: Mapped[int | None] = whole(low=1)
    revealed: Mapped[bool] = flag()
    closed: Mapped[bool] = flag()


class Ballot(Record, Base):
    """One voter's answers in a round: the method, the group spoken for, and who ("" is the group as a whole).

    ``level`` is criteria (all criteria beside each other) or tree (branch by branch, the weights multiplied down).
    ``checked`` says that the answers were typed in twice and agreed.
    """

    __tablename__ = "ballot"
    round_id: Mapped[str] = link("weighing_round")
    group: Mapped[str] = words(60, required=True)
    voter: Mapped[str] = words(120, privacy=PRIVATE)
    method: Mapped[str] = words(30, default="points")
    level: Mapped[str] = words(20, default="criteria")
    checked: Mapped[bool] = flag(privacy=TEAM)
    round: Mapped[WeighingRound] = relationship(backref=backref("ballots", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("round_id", "group", "voter"),)


class BallotAnswer(Record, Base):
    """One answer of a ballot about a criterion or a branch (``node``), or about a pair of them (``node`` over ``other``).

    ``kind`` is points, swing, rank, ratio (node over other, 1/9 to 9), over (the most important, ``node``, over another)
    or under (another, ``node``, over the least important).
    """

    __tablename__ = "ballot_answer"
    ballot_id: Mapped[str] = link("ballot")
    node: Mapped[str] = words(36, required=True)
    other: Mapped[str] = words(36)
    kind: Mapped[str] = words(20, default="points")
    value: Mapped[float | None] = number(low=0, privacy=TEAM)
    ballot: Mapped[Ballot] = relationship(backref=backref("answers", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("ballot_id", "node", "other", "kind"),)
