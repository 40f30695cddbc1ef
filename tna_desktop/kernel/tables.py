"""Tables: how records are stored, and what belongs to the whole assessment.

Every record has a random uuid as its key and a rank for its place in a list, so that copies can be merged. Every
column says who may see it: PUBLIC may leave in any report or on the wall, TEAM stays inside the file and its own
exports for the team, PRIVATE (contact data, remarks about people) leaves only when a person asks for it.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

PUBLIC, TEAM, PRIVATE = "public", "team", "private"
LONG = 20_000


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC; SQLite would otherwise forget the time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if table is None:
            return
        for column in list(table.columns):
            _add_checks(table, column)


def _add_checks(table: Any, column: Any) -> None:
    """SQLite stores what it is given; these constraints refuse what another engine would refuse too."""
    name = column.name
    kind = column.type
    if isinstance(kind, String) and kind.length:
        table.append_constraint(CheckConstraint(f'length("{name}") <= {kind.length}', name=f"{name}_length"))
    elif isinstance(kind, Float):
        table.append_constraint(
            CheckConstraint(f"\"{name}\" IS NULL OR typeof(\"{name}\") IN ('real', 'integer')", name=f"{name}_number")
        )
    elif isinstance(kind, Integer):
        table.append_constraint(
            CheckConstraint(f'"{name}" IS NULL OR typeof("{name}") = \'integer\'', name=f"{name}_whole")
        )


def new_id() -> str:
    return uuid.uuid4().hex


class Record:
    """What every record has: a random key, and its place in the list it stands in."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, info={"privacy": PUBLIC})
    rank: Mapped[float] = mapped_column(Float, default=0.0, info={"privacy": PUBLIC})


def words(limit: int = 200, *, privacy: str = PUBLIC, required: bool = False, default: str = "") -> MappedColumn[str]:
    """A text of at most ``limit`` characters; longer than 2,000 is a text of several lines."""
    return mapped_column(String(limit), default=default, info={"privacy": privacy, "required": required})


def prose(*, privacy: str = PUBLIC) -> MappedColumn[str]:
    """A text of several paragraphs."""
    return mapped_column(String(LONG), default="", info={"privacy": privacy, "lines": True})


def number(*, low: float | None = None, high: float | None = None, privacy: str = PUBLIC) -> MappedColumn[float | None]:
    """A number that may be unknown (None)."""
    return mapped_column(Float, default=None, info={"privacy": privacy, "low": low, "high": high})


def whole(*, low: int | None = None, high: int | None = None, privacy: str = PUBLIC) -> MappedColumn[int | None]:
    """A whole number that may be unknown (None)."""
    return mapped_column(Integer, default=None, info={"privacy": privacy, "low": low, "high": high})


def flag(*, privacy: str = PUBLIC, knowledge: bool = False) -> MappedColumn[bool]:
    """Yes or no. ``knowledge``: a yes means that the record carries the knowledge of a people or community."""
    return mapped_column(Boolean, default=False, info={"privacy": privacy, "knowledge": knowledge})


def day(*, privacy: str = PUBLIC) -> MappedColumn[date | None]:
    return mapped_column(Date, default=None, info={"privacy": privacy})


def moment(*, privacy: str = TEAM) -> MappedColumn[datetime | None]:
    return mapped_column(Moment, default=None, info={"privacy": privacy})


def link(target: str, *, required: bool = True) -> MappedColumn[Any]:
    """A reference to a record of another table; what hangs on it is removed by the ORM, never by the database."""
    return mapped_column(
        String(36),
        ForeignKey(f"{target}.id"),
        index=True,
        nullable=not required,
        default=None,
        info={"privacy": PUBLIC},
    )


class Assessment(Record, Base):
    """The facts of the whole assessment; the table has one row."""

    __tablename__ = "assessment"
    lineage: Mapped[str] = words(36)
    country: Mapped[str] = words(120, required=True)
    title: Mapped[str] = words(200)
    year: Mapped[int | None] = whole(low=1990, high=2200)
    language: Mapped[str] = words(12, default="en")
    prepared_by: Mapped[str] = words(400)
    status: Mapped[str] = words(200)
    currency: Mapped[str] = words(12, default="USD")
    fictional: Mapped[str] = words(400)
    workflow_key: Mapped[str] = words(40)
    workflow_content: Mapped[str] = mapped_column(Text, default="", info={"privacy": PUBLIC})


class StepState(Record, Base):
    """A step the team has called done, and who said so."""

    __tablename__ = "step_state"
    step: Mapped[str] = words(80, required=True)
    done: Mapped[bool] = flag()
    by: Mapped[str] = words(120, privacy=TEAM)
    at: Mapped[datetime | None] = moment()


class Note(Record, Base):
    """A remark in the margin of a step; for the team only."""

    __tablename__ = "note"
    step: Mapped[str] = words(80)
    record: Mapped[str] = words(36)
    text: Mapped[str] = prose(privacy=TEAM)
    author: Mapped[str] = words(120, privacy=TEAM)
    at: Mapped[datetime | None] = moment()


class Decision(Record, Base):
    """Something that was decided, by whom and why; it is printed in the report."""

    __tablename__ = "decision"
    step: Mapped[str] = words(80)
    record: Mapped[str] = words(36)
    kind: Mapped[str] = words(40)
    what: Mapped[str] = words(400, required=True)
    reason: Mapped[str] = prose()
    decided_by: Mapped[str] = words(200)
    decided_on: Mapped[date | None] = day()
    at: Mapped[datetime | None] = moment()
    inputs: Mapped[str] = words(64)


class Attachment(Record, Base):
    """A file kept inside the assessment (an emblem, a scanned list)."""

    __tablename__ = "attachment"
    step: Mapped[str] = words(80)
    record: Mapped[str] = words(36)
    name: Mapped[str] = words(200, privacy=TEAM)
    media: Mapped[str] = words(80)
    content: Mapped[bytes] = mapped_column(LargeBinary, default=b"", info={"privacy": TEAM})
