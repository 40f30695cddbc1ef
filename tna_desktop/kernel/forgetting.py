"""Forgetting a person: their values leave the rows, the log and the bytes of the file; what was changed when stays.

The person's own records go. In the log the changes of these records stay, without the values; undoing older changes
goes round them. Wherever else the person is named (as an author, a voter, in a note) a stand-in takes the name's place,
in the rows and in the log alike, so that the log still explains the rows.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, String, Table, Text, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from . import backups, migrations, placing, storage
from .errors import Refused
from .journal import FORGOTTEN, OWN_TABLES, Change, ChangeRow, Touch, TouchRow
from .occurrences import folded, pattern_of
from .tables import PUBLIC, Base, new_id
from .text import message

#: Columns that say where something belongs, and the workflow in use: no person stands there.
_NEVER = frozenset({"id", "record", "step", "lineage", "workflow_key", "workflow_content"})
#: Printed columns in which people are named.
_PEOPLE = frozenset({"decided_by", "prepared_by"})
#: What a key of the program or the workflow looks like, and the columns that may hold one.
_KEY, _KEYS = re.compile(r"[a-z][a-z0-9_]*"), 80
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class Person:
    """Whom to forget. ``records`` are the person's own, also those removed before; ``others`` belong to someone else.

    ``addresses`` are e-mail addresses and phone numbers that nobody else in the register has.
    """

    table: str
    records: frozenset[str]
    names: frozenset[str]
    addresses: frozenset[str]
    stand_in: str
    others: frozenset[str] = frozenset()

    @cached_property
    def whole(self) -> frozenset[str]:
        return frozenset(folded(name) for name in self.names)

    @cached_property
    def anywhere(self) -> re.Pattern[str] | None:
        """What can only mean this person: addresses, and names of more than one word."""
        return _joined(pattern_of(name for name in self.names if " " in name), _addresses(self.addresses))

    @cached_property
    def inside(self) -> re.Pattern[str] | None:
        """What is taken for this person in texts that stay with the team: a single name too."""
        return _joined(pattern_of(self.names), _addresses(self.addresses))


@dataclass
class Scrubbed:
    """What was found of a person. ``spared`` are names of other entries that hold the person's name: these stay."""

    touched: list[Touch] = field(default_factory=list)
    entries: set[str] = field(default_factory=set)
    spared: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class InBackups:
    """What became of the backups on this computer: cleaned, removed because they could not be, left because named.

    ``stuck`` could neither be cleaned nor removed and still hold the person.
    """

    cleaned: int = 0
    removed: int = 0
    named: tuple[backups.Backup, ...] = ()
    stuck: tuple[backups.Backup, ...] = ()


def find(
    session: Session,
    table: str,
    record: str,
    *,
    name: str = "name",
    addresses: Iterable[str] = ("email", "phone"),
    stand_in: str = "Forgotten person",
) -> Person:
    """The person of a record, with every name and address the log knows, and the same person's other records.

    Raises Refused when neither the rows nor the log know the record.
    """
    target, ways = Base.metadata.tables[table], tuple(addresses)
    living: dict[str, dict[str, Any]] = {
        row["id"]: dict(row) for row in session.execute(select(target)).mappings()
    }  # fmt: skip
    known: dict[str, list[dict[str, Any]]] = {key: [row] for key, row in living.items()}
    images = select(TouchRow.record, TouchRow.before, TouchRow.after).where(TouchRow.record_table == table)
    for key, before, after in session.execute(images):
        known.setdefault(key, []).extend(json.loads(image) for image in (before, after) if image)
    if not known.get(record):
        raise Refused(message("This entry is no longer there. Someone may have removed it."))

    def values(keys: Iterable[str], columns: Iterable[str]) -> set[str]:
        rows = [row for key in keys for row in known[key]]
        return {row[column].strip() for row in rows for column in columns if str(row.get(column) or "").strip()}

    names = {folded(text) for text in values([record], [name])}
    own_ways = values([record], ways)
    same = {record}
    for key in known:
        namesake = names & {folded(text) for text in values([key], [name])}
        # Someone in the register with the same name is the same person only if an address says so.
        if namesake and (key not in living or own_ways & values([key], ways)):
            same.add(key)
    others = living.keys() - same
    shared = {str(living[key].get(column) or "").strip() for key in others for column in ways}
    return Person(
        table, frozenset(same), frozenset(values(same, [name])), frozenset(values(same, ways) - shared),
        f"{stand_in} {uuid.uuid4().hex[:4]}", frozenset(others),
    )  # fmt: skip


def forget(engine: Engine, person: Person, author: str = "") -> Change:
    """Take the person out of the working copy, with one entry in the log; nothing brings the values back."""
    log: Any = ChangeRow.__table__
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        found = scrub(connection, person)
        author = _scrubbed(log.c.author, author, person)
        change = Change(new_id(), FORGOTTEN, author=author, at=datetime.now(UTC))
        names = ("id", "label", "about", "author", "at", "undoes")
        made = connection.execute(insert(ChangeRow), {name: getattr(change, name) for name in names})
        gone = [touch for touch in found.touched if touch.table == person.table and touch.after is None]
        if gone:
            rows = [{"change": change.id, "record_table": touch.table, "record": touch.record} for touch in gone]
            connection.execute(insert(TouchRow), rows)
        seq = made.inserted_primary_key[0] if made.inserted_primary_key else 0
    shrink(engine)
    return replace(change, touched=tuple(found.touched), seq=seq)


def shrink(engine: Engine) -> None:
    """Write the file anew, so that no byte of what was deleted is left between its pages."""
    connection = storage.raw(engine)
    # Deleted values were overwritten on the way; without room for a second copy that must do.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA temp_store = MEMORY").fetchall()
        connection.execute("VACUUM")


def in_backups(person: Person, lineage: str) -> InBackups:
    """Take the person out of the automatic backups on this computer; what cannot be cleaned is removed.

    Named backups are left for whoever named them to decide.
    """
    cleaned, removed, named, stuck = 0, 0, [], []
    with tempfile.TemporaryDirectory(dir=backups.folder_for(lineage)) as folder:
        for backup in backups.kept(lineage):
            if backup.name:
                named.append(backup)
                continue
            try:
                cleaned += _clean(backup.path, person, Path(folder) / "forget.tna")
            except (OSError, sqlite3.Error, DBAPIError, ValueError, TypeError, Refused):
                try:
                    backup.path.unlink()
                    removed += 1
                except OSError:
                    stuck.append(backup)
    return InBackups(cleaned, removed, tuple(named), tuple(stuck))


def _clean(path: Path, person: Person, local: Path) -> int:
    """Scrub one backup; answers 1 if the person stood in it, else 0 and the file stays as it is."""
    try:
        local.write_bytes(path.read_bytes())
        engine = storage.open_engine(local, durable=False)
        try:
            with engine.begin() as connection:
                if connection.exec_driver_sql("PRAGMA user_version").scalar() != migrations.FORMAT:
                    raise sqlite3.DatabaseError("a backup of another format")
                found = scrub(connection, person)
            if not found.touched and not found.entries:
                return 0
            shrink(engine)
        finally:
            engine.dispose()
        storage.seal(local)
        placing.put_copy(local, path)
        return 1
    finally:
        local.unlink(missing_ok=True)


def scrub(connection: Connection, person: Person) -> Scrubbed:
    """Take the person out of every row and every entry of the log; answers what that touched."""
    found = Scrubbed(spared=_spared(connection, person))
    for table in Base.metadata.sorted_tables:
        if table.name not in OWN_TABLES:
            _scrub_rows(connection, table, person, found)
    _scrub_log(connection, person, found)
    return found


def _spared(connection: Connection, person: Person) -> dict[tuple[str, str], str]:
    """Other entries whose own name holds the person's name (a foundation, an interview): they are not renamed."""
    spared = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name in OWN_TABLES or not _is_name(column):
                continue
            for key, text in connection.execute(select(table.c.id, column).where(column != "")):
                if folded(text) in person.whole or (person.anywhere and person.anywhere.search(text)):
                    spared[table.name, key] = text
    return spared


def _scrub_rows(connection: Connection, table: Table, person: Person, found: Scrubbed) -> None:
    columns = [column for column in table.columns if _may_hold(column)]
    if table.name == person.table:
        rows = connection.execute(select(table).where(table.c.id.in_(person.records))).mappings().all()
        found.touched += [Touch(table.name, row["id"], {}, None) for row in rows]
        if rows:
            connection.execute(delete(table).where(table.c.id.in_(person.records)))
    if not columns:
        return
    for row in connection.execute(select(table.c.id, *columns)).all():
        if table.name == person.table and row[0] in person.others:
            continue
        spared = (table.name, row[0]) in found.spared
        values = {}
        for column, text in zip(columns, row[1:], strict=True):
            if text and not (spared and _is_name(column)) and (new := _scrubbed(column, text, person)) != text:
                values[column.name] = new
        if values:
            connection.execute(update(table).where(table.c.id == row[0]), values)
            whole = dict(connection.execute(select(table).where(table.c.id == row[0])).mappings().one())
            found.touched.append(Touch(table.name, row[0], whole, whole))


def _scrub_log(connection: Connection, person: Person, found: Scrubbed) -> None:
    log: Any = ChangeRow.__table__
    kept_names = {folded(name) for name in found.spared.values()}
    for row in connection.execute(select(log.c.seq, log.c.id, log.c.label, log.c.about, log.c.author)).all():
        values = {}
        for name in ("label", "about", "author"):
            text = getattr(row, name)
            keep = name == "about" and folded(text) in kept_names - person.whole
            if text and not keep and (new := _scrubbed(log.c[name], text, person)) != text:
                values[name] = new
        if values:
            connection.execute(update(log).where(log.c.seq == row.seq), values)
            found.entries.add(row.id)
    touches: Any = TouchRow.__table__
    wanted = touches.c.before.is_not(None) | touches.c.after.is_not(None)
    for touch in connection.execute(select(touches).where(wanted)).mappings().all():
        images: dict[str, str | None] = {"before": None, "after": None}
        if touch["record_table"] != person.table or touch["record"] not in person.records:
            if touch["record_table"] == person.table and touch["record"] in person.others:
                continue
            images = {name: _scrubbed_image(touch, name, person, found) for name in images}
        if any(images[name] != touch[name] for name in images):
            connection.execute(update(touches).where(touches.c.number == touch["number"]), images)
            found.entries.add(touch["change"])


def _scrubbed_image(row: Any, name: str, person: Person, found: Scrubbed) -> str | None:
    text: str | None = row[name]
    table = Base.metadata.tables.get(row["record_table"])
    if text is None or table is None:
        return text
    image, spared = json.loads(text), (table.name, row["record"]) in found.spared
    changed = False
    for key, value in image.items():
        column = table.c.get(key)
        if not value or not isinstance(value, str) or column is None or not _may_hold(column):
            continue
        if not (spared and _is_name(column)) and (new := _scrubbed(column, value, person)) != value:
            image[key], changed = new, True
    return json.dumps(image, ensure_ascii=False) if changed else text


def _scrubbed(column: Any, text: str, person: Person) -> str:
    """A text without the person: as a whole value, or where it stands within one.

    A name of one word may be a word of its own (a region, a key of the program): in what is printed it is taken for
    the person only where people are named.
    """
    limit = column.type.length or 0
    if _KEY.fullmatch(text) and 0 < limit <= _KEYS:
        return text
    public = column.info.get("privacy") == PUBLIC
    if folded(text) in person.whole and (not public or " " in text.strip() or column.name in _PEOPLE):
        new = person.stand_in
    else:
        pattern = person.anywhere if public else person.inside
        new = pattern.sub(person.stand_in, text) if pattern else text
    return new[:limit] if limit else new


def _may_hold(column: Any) -> bool:
    return isinstance(column.type, String | Text) and not column.foreign_keys and column.name not in _NEVER


def _is_name(column: Any) -> bool:
    """Whether this is the name an entry has on every screen; a person's own name is private and never one."""
    return column.name in ("name", "short") and column.info.get("privacy") == PUBLIC and _may_hold(column)


def _addresses(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Finds addresses as written, and phone numbers however their digits are grouped."""
    pieces = []
    for text in sorted(texts, key=len, reverse=True):
        digits = _DIGITS.findall(text)
        if len(digits) >= 6 and not re.search(r"[^\W\d_]|@", text):
            pieces.append(r"(?<!\d)\+?\(?" + r"[\s().\-/\u00a0]*".join(digits) + r"(?!\d)")
        elif len(text) >= 5:
            pieces.append(r"(?<![\w.+-])" + re.escape(text) + r"(?![\w-])")
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None


def _joined(*patterns: re.Pattern[str] | None) -> re.Pattern[str] | None:
    pieces = [pattern.pattern for pattern in patterns if pattern is not None]
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None
