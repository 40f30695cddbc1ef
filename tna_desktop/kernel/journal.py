"""The journal: what every change touched, before and after. Undo, redo, history and live views all read it.

One row per change and one per touched record, written in the same transaction as the change itself. Values are
kept as exact JSON (numbers with all their digits). Nothing is ever taken out of the journal by undoing: undo is
the inverse as a new change that names the one it undoes.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from .errors import Refused
from .tables import PUBLIC, TEAM, Base, Moment, Record, new_id
from .text import message

Image = dict[str, Any]
_SURROGATE = re.compile("[\ud800-\udfff]")


class ChangeRow(Base):
    """One change as the log keeps it."""

    __tablename__ = "change"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, info={"privacy": TEAM})
    id: Mapped[str] = mapped_column(String(36), unique=True, default=new_id, info={"privacy": TEAM})
    label: Mapped[str] = mapped_column(String(200), info={"privacy": TEAM})
    about: Mapped[str] = mapped_column(String(200), default="", info={"privacy": TEAM})
    author: Mapped[str] = mapped_column(String(120), default="", info={"privacy": TEAM})
    at: Mapped[datetime] = mapped_column(Moment, info={"privacy": TEAM})
    undoes: Mapped[str | None] = mapped_column(String(36), default=None, info={"privacy": TEAM})


class TouchRow(Base):
    """One record that a change touched: its values before (null if it was new) and after (null if removed)."""

    __tablename__ = "touch"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, info={"privacy": TEAM})
    change: Mapped[str] = mapped_column(String(36), info={"privacy": TEAM})
    record_table: Mapped[str] = mapped_column(String(60), info={"privacy": TEAM})
    record: Mapped[str] = mapped_column(String(36), info={"privacy": TEAM})
    before: Mapped[str | None] = mapped_column(Text, default=None, info={"privacy": "private"})
    after: Mapped[str | None] = mapped_column(Text, default=None, info={"privacy": "private"})
    __table_args__ = (Index("ix_touch_change", "change"), Index("ix_touch_record", "record"))


class Seal(Base):
    """The digest of everything else, written when the file is published: finds damage SQLite cannot see."""

    __tablename__ = "seal"
    name: Mapped[str] = mapped_column(String(40), primary_key=True, info={"privacy": PUBLIC})
    value: Mapped[str] = mapped_column(String(200), info={"privacy": PUBLIC})


#: The label of the entry that says that a person was forgotten; nothing undoes it.
FORGOTTEN = message("A person was forgotten").text
#: Tables that are not records: the journal itself and the seal.
OWN_TABLES = frozenset({"change", "touch", "seal"})


@dataclass(frozen=True)
class Touch:
    """One touched record. ``before`` and ``after`` map column names to values; None: it did not exist."""

    table: str
    record: str
    before: Image | None
    after: Image | None


@dataclass(frozen=True)
class Change:
    """What happened, as the views hear of it."""

    id: str
    label: str
    about: str = ""
    author: str = ""
    at: datetime | None = None
    undoes: str | None = None
    touched: tuple[Touch, ...] = ()
    result: Any = None
    seq: int = 0

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(touch.table for touch in self.touched)

    def touches(self, *tables: str) -> bool:
        """Whether a record of any of these tables was touched; without names: of any."""
        return bool(self.tables & set(tables)) if tables else bool(self.touched)

    def removed(self, table: str) -> int:
        """How many records of this table the change took away."""
        return sum(touch.table == table and touch.after is None for touch in self.touched)


class WorkingSession(Session):
    """The session an operation works in. Whatever would get past the journal is refused as a programming error."""

    finishing = False

    def commit(self) -> None:
        if not self.finishing:
            raise RuntimeError("an operation does not commit: Document.do() does, with the journal")
        super().commit()

    def rollback(self) -> None:
        if not self.finishing:
            raise RuntimeError("an operation does not roll back: it raises Refused")
        super().rollback()

    def begin_nested(self) -> Any:
        raise RuntimeError("no savepoints: the journal would keep what was rolled back")

    def bulk_save_objects(self, *args: Any, **values: Any) -> None:
        _refuse_bulk(None)

    def bulk_insert_mappings(self, *args: Any, **values: Any) -> None:
        _refuse_bulk(None)

    def bulk_update_mappings(self, *args: Any, **values: Any) -> None:
        _refuse_bulk(None)


def _refuse_bulk(state: Any) -> None:
    if state is None or not state.is_select:
        raise RuntimeError("bulk statements bypass the journal: use bulk_insert() or records")


event.listen(WorkingSession, "do_orm_execute", _refuse_bulk)


@dataclass
class Recorder:
    """Remembers, for every record one session writes, the values before its first and after its last write.

    It hears of every single record, also of those that only lose a reference because another one was removed.
    """

    session: Session
    images: dict[tuple[str, str], list[Image | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.info["recorder"] = self

    def before(self, connection: Connection, record: Any) -> None:
        table, key = record.__table__, record.id
        # A new record usually gets its key while it is written. One that brings its key may be an old acquaintance:
        # removed and added again in one go, which SQLAlchemy writes as an update.
        if key is not None and (table.name, key) not in self.images:
            row = connection.execute(_whole_row(table), {"key": key}).mappings().first()
            self.images[table.name, key] = [dict(row) if row else None, None]

    def after(self, record: Any, image: Image | None) -> None:
        self.images.setdefault((record.__table__.name, record.id), [None, None])[1] = image

    def touched(self) -> tuple[Touch, ...]:
        """All records that really changed, in the order they were first written."""
        return tuple(
            Touch(table, key, before, after) for (table, key), (before, after) in self.images.items() if before != after
        )


@cache
def _whole_row(table: Table) -> Any:
    return select(table).where(table.c.id == bindparam("key"))


def _before_write(mapper: Any, connection: Connection, record: Any) -> None:
    for name, value in record.__dict__.items():
        if not _can_be_kept(value):
            raise Refused(message("A value does not fit here; nothing was changed."), name)
    _recorder(record).before(connection, record)


def _before_delete(mapper: Any, connection: Connection, record: Any) -> None:
    _recorder(record).before(connection, record)


def _can_be_kept(value: Any) -> bool:
    """Whether a file with this value could be opened again: most operations check more, some set values directly."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or not _SURROGATE.search(value))
    return True


def _after_write(mapper: Any, connection: Connection, record: Any) -> None:
    _recorder(record).after(record, {column.key: getattr(record, column.key) for column in mapper.column_attrs})


def _after_delete(mapper: Any, connection: Connection, record: Any) -> None:
    _recorder(record).after(record, None)


def _recorder(record: Any) -> Recorder:
    session = object_session(record)
    recorder = session.info.get("recorder") if session else None
    if recorder is None:
        raise RuntimeError("records are written through Document.do() only")
    return recorder


for _moment, _listener in (
    ("before_insert", _before_write),
    ("before_update", _before_write),
    ("before_delete", _before_delete),
    ("after_insert", _after_write),
    ("after_update", _after_write),
    ("after_delete", _after_delete),
):
    event.listen(Record, _moment, _listener, propagate=True)


_ADD_CHANGE, _ADD_TOUCHES = insert(ChangeRow), insert(TouchRow)


def write(session: Session, recorder: Recorder, change: Change) -> Change:
    """Add the change and its touched records to the log, inside the change's own transaction."""
    connection = session.connection()
    touched = recorder.touched() if not change.touched else change.touched
    made = connection.execute(
        _ADD_CHANGE,
        {
            "id": change.id,
            "label": change.label,
            "about": change.about,
            "author": change.author,
            "at": change.at,
            "undoes": change.undoes,
        },
    )
    if touched:
        connection.execute(
            _ADD_TOUCHES,
            [
                {
                    "change": change.id,
                    "record_table": t.table,
                    "record": t.record,
                    "before": packed(t.before),
                    "after": packed(t.after),
                }
                for t in touched
            ],
        )
    number = made.inserted_primary_key
    return replace(change, touched=touched, seq=number[0] if number else 0)


def apply_inverse(session: Session, change_id: str) -> tuple[Touch, ...]:
    """Put every record that a change touched back to what it was before; answers what that touched.

    All that goes, goes first, and records with a unique value make room before they are written anew: two entries
    may have exchanged their places. Raises Refused when the log does not fit the records (a tampered file).
    """
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    rows = (
        connection.execute(
            select(TouchRow.__table__).where(TouchRow.change == change_id).order_by(TouchRow.number.desc())
        )
        .mappings()
        .all()
    )
    present = rows_now(connection, ((row["record_table"], row["record"]) for row in rows))
    steps = []
    for row in rows:
        table, now = (
            Base.metadata.tables[row["record_table"]],
            present.get((row["record_table"], row["record"])),
        )
        before, after = unpacked(table, row["before"]), unpacked(table, row["after"])
        if (now is None) is not (after is None):
            raise _cannot_go_back()
        wanted = None if before is None else {**(now or {}), **before, "id": row["record"]}
        steps.append((Touch(table.name, row["record"], now, wanted), table))
    for table in dict.fromkeys(table for _touch, table in steps):
        touches = [touch for touch, its in steps if its is table]
        anew = _has_unique_values(table)
        gone = [{"key": t.record} for t in touches if t.before is not None and (t.after is None or anew)]
        if gone:
            connection.execute(delete(table).where(table.c.id == bindparam("key")), gone)
        added: dict[tuple[str, ...], list[Image]] = {}
        for touch in touches:
            if touch.after is None:
                continue
            if touch.before is None or anew:
                # Of an older format the log may not know every column; those alike go together.
                added.setdefault(tuple(touch.after), []).append(touch.after)
            else:
                connection.execute(update(table).where(table.c.id == touch.record), touch.after)
        for rows_alike in added.values():
            connection.execute(insert(table), rows_alike)
    return tuple(touch for touch, _table in steps if touch.before != touch.after)


def rows_now(connection: Connection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Image]:
    """The records as they are, by table and key; those that are not there are left out."""
    by_table: dict[str, list[str]] = {}
    for name, key in keys:
        if name in OWN_TABLES or name not in Base.metadata.tables:
            raise _cannot_go_back()
        by_table.setdefault(name, []).append(key)
    found = {}
    for name, wanted in by_table.items():
        table = Base.metadata.tables[name]
        for start in range(0, len(wanted), 500):
            piece = connection.execute(select(table).where(table.c.id.in_(wanted[start : start + 500])))
            found.update({(name, row["id"]): dict(row) for row in piece.mappings()})
    return found


@cache
def _has_unique_values(table: Table) -> bool:
    return any(isinstance(constraint, UniqueConstraint) for constraint in table.constraints)


def _cannot_go_back() -> Refused:
    return Refused(message("This change can no longer be taken back, because the entries it was about have changed."))


def packed(image: Image | None) -> str | None:
    """Values as JSON that reads back exactly: numbers with all digits, days and moments as text."""
    return None if image is None else _ENCODER.encode(image)


def _plain(value: Any) -> str:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"the journal cannot keep {value!r}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)


def unpacked(table: Table, text: str | None) -> Image | None:
    """The values back as the table's columns hold them. Columns a later format dropped are left out.

    Raises Refused when the text is not what packed() writes (a tampered file).
    """
    if text is None:
        return None
    try:
        kinds = _kinds(table)
        return {key: _typed(kinds[key], value) for key, value in json.loads(text).items() if key in kinds}
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise _cannot_go_back() from problem


@cache
def _kinds(table: Table) -> dict[str, type]:
    """The Python type of every column."""
    return {c.key: datetime if isinstance(c.type, Moment) else c.type.python_type for c in table.columns}


def _typed(kind: type, value: Any) -> Any:
    if value is None or type(value) is kind:  # nearly always: the log is read by the thousand
        return value
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value)
    if not isinstance(value, bool | int | float | str):
        raise TypeError(f"a column of {kind} cannot hold {value!r}")
    return value if kind is float else kind(value)


def entries(session: Session) -> list[tuple[str, str | None]]:
    """(id, undoes) of every change in order. Left out is one that had to do with a forgotten person only."""
    rows = session.execute(select(ChangeRow.id, ChangeRow.undoes, ChangeRow.label).order_by(ChangeRow.seq)).all()
    if any(row.label == FORGOTTEN for row in rows):
        with_values = TouchRow.before.is_not(None) | TouchRow.after.is_not(None)
        left = set(session.scalars(select(TouchRow.change).where(with_values).distinct()))
        rows = [row for row in rows if row.id in left]
    return [(row.id, row.undoes) for row in rows]


def stacks(entries: Iterable[tuple[str, str | None]]) -> tuple[list[str], list[str]]:
    """From (id, undoes) in order: the changes that can be undone and those that can be redone, newest last."""
    undoable: list[str] = []
    redoable: list[str] = []
    for id, undoes in entries:
        follow(undoable, redoable, id, undoes)
    return undoable, redoable


def follow(undoable: list[str], redoable: list[str], id: str, undoes: str | None) -> None:
    """One change more: a new one can be undone and ends all redoing; one that undoes goes over to the other side."""
    if undoes is None:
        undoable.append(id)
        redoable.clear()
    elif undoable and undoable[-1] == undoes:
        undoable.pop()
        redoable.append(id)
    elif redoable and redoable[-1] == undoes:
        redoable.pop()
        undoable.append(id)


def count_touched(session: Session, change: str) -> int:
    """How many records a change touched."""
    return session.scalar(select(func.count()).where(TouchRow.change == change)) or 0


def history(session: Session, *, newest: int = 200, record: str | None = None) -> Iterator[Change]:
    """The log, newest first; of one record only if named. Touched records are not loaded."""
    query = select(ChangeRow.__table__).order_by(ChangeRow.seq.desc()).limit(newest)
    if record:
        query = query.where(ChangeRow.id.in_(select(TouchRow.change).where(TouchRow.record == record)))
    for row in session.execute(query).mappings():
        yield Change(row["id"], row["label"], row["about"], row["author"], row["at"], row["undoes"], seq=row["seq"])
