"""What stage 3 stores: sectors and their needs, technologies, gate answers, scores and the shortlist."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, backref, relationship

from tna_desktop.kernel.tables import TEAM, Base, Record, flag, link, number, prose, whole, words

from ..criteria.tables import Criterion, Gate


class Sector(Record, Base):
    """An economic sector, biome or cross-cutting field: where it stands, where it should be, whether it was chosen."""

    __tablename__ = "sector"
    name: Mapped[str] = words(200, required=True)
    short: Mapped[str] = words(40)
    kind: Mapped[str] = words(40)
    current_level: Mapped[int | None] = whole(low=1, high=5)
    desired_level: Mapped[int | None] = whole(low=1, high=5)
    need: Mapped[str] = words(2000)
    goals: Mapped[str] = words(400)
    chosen: Mapped[bool] = flag()
    reason: Mapped[str] = words(2000)
    catalogue_key: Mapped[str] = words(80)


class SectorScore(Record, Base):
    """How a sector answers one of the questions asked of every sector (1 to 5; None is unknown).

    ``voice`` is whose answer it is: empty for the agreed one, else a group's key.
    """

    __tablename__ = "sector_score"
    sector_id: Mapped[str] = link("sector")
    question: Mapped[str] = words(80, required=True)
    voice: Mapped[str] = words(60, privacy=TEAM)
    value: Mapped[float | None] = number(low=1, high=5)
    sector: Mapped[Sector] = relationship(backref=backref("scores", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("sector_id", "question", "voice"),)


class Technology(Record, Base):
    """A technology with its fact sheet. The three shares say how much is hardware, know-how and organisation."""

    __tablename__ = "technology"
    name: Mapped[str] = words(300, required=True)
    short: Mapped[str] = words(40)
    definition: Mapped[str] = words(2000)
    sector_id: Mapped[str | None] = link("sector", required=False)
    biome: Mapped[str] = words(80)
    place: Mapped[str] = words(400)
    purpose: Mapped[str] = words(80)
    hardware: Mapped[float | None] = number(low=0, high=1)
    software: Mapped[float | None] = number(low=0, high=1)
    orgware: Mapped[float | None] = number(low=0, high=1)
    traditional: Mapped[bool] = flag()
    genetic_resources: Mapped[bool] = flag()
    traditional_knowledge: Mapped[bool] = flag(knowledge=True)
    ownership: Mapped[str] = words(80)
    maturity: Mapped[str] = words(80)
    market: Mapped[str] = words(80)
    term: Mapped[str] = words(80)
    reach: Mapped[str] = words(80)
    status: Mapped[str] = words(2000)
    costs: Mapped[str] = words(2000)
    benefits: Mapped[str] = words(2000)
    risks: Mapped[str] = words(2000)
    suppliers: Mapped[str] = words(1000)
    sources: Mapped[str] = words(2000)
    shortlisted: Mapped[bool] = flag()
    shortlist_reason: Mapped[str] = words(2000)
    catalogue_key: Mapped[str] = words(80)
    sector: Mapped[Sector | None] = relationship(backref=backref("technologies"))


class DistinctPair(Record, Base):
    """Two technologies that look alike and that the team found to be different: they are not asked about again."""

    __tablename__ = "distinct_pair"
    one_id: Mapped[str] = link("technology")
    other_id: Mapped[str] = link("technology")
    one: Mapped[Technology] = relationship(
        foreign_keys="DistinctPair.one_id", backref=backref("distinct_from", cascade="all, delete-orphan")
    )
    other: Mapped[Technology] = relationship(
        foreign_keys="DistinctPair.other_id", backref=backref("distinct_to", cascade="all, delete-orphan")
    )
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)


class Competition(Record, Base):
    """Which technologies compete with each other; at most one row.

    ``within`` is empty where all do, else reach, term or reach_term: only those alike in that are ranked together.
    """

    __tablename__ = "competition"
    within: Mapped[str] = words(20)
    reason: Mapped[str] = words(2000)


class GateAnswer(Record, Base):
    """Whether a technology passes a gate: pass, conditional, fail or not_assessed, with the reason."""

    __tablename__ = "gate_answer"
    technology_id: Mapped[str] = link("technology")
    gate_id: Mapped[str] = link("gate")
    answer: Mapped[str] = words(40)
    reason: Mapped[str] = words(2000)
    technology: Mapped[Technology] = relationship(backref=backref("gate_answers", cascade="all, delete-orphan"))
    gate: Mapped[Gate] = relationship(backref=backref("answers", cascade="all, delete-orphan"))
    __table_args__ = (UniqueConstraint("technology_id", "gate_id"),)


class Score(Record, Base):
    """How a technology does on a criterion, in the criterion's unit.

    ``voice`` is whose score it is: empty for the agreed one, else a group's key or an assessor. ``state`` is value,
    unknown, not_applicable or conditional. ``low`` and ``high`` give a range round ``value`` where one is known.
    """

    __tablename__ = "score"
    technology_id: Mapped[str] = link("technology")
    criterion_id: Mapped[str] = link("criterion")
    voice: Mapped[str] = words(60, privacy=TEAM)
    state: Mapped[str] = words(20, default="value")
    value: Mapped[float | None] = number()
    low: Mapped[float | None] = number()
    high: Mapped[float | None] = number()
    sureness: Mapped[str] = words(20)
    evidence: Mapped[str] = prose()
    comment: Mapped[str] = prose(privacy=TEAM)
    technology: Mapped[Technology] = relationship(backref=backref("scores", cascade="all, delete-orphan"))
    criterion: Mapped[Criterion] = relationship(backref=backref("scores", cascade="all, delete-orphan"))
    # The voice first: the whole matrix of one voice is what is read most.
    __table_args__ = (UniqueConstraint("voice", "technology_id", "criterion_id"),)
