"""SQLite: how a working copy is opened, and how a finished copy is checked and sealed."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from . import migrations
from .tables import Base


def open_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine with one single connection, every commit durable before it returns.

    TRUNCATE with EXTRA loses no acknowledged commit at a power cut, on systems without a folder fsync too.
    The exclusive lock shows other programs, and a later recovery, that this copy is in use; it goes with the process.
    While a working copy is made from a file, nothing depends on it yet: then it need not be durable.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
        for pragma in (
            "page_size = 2048",  # of a new one: there are a hundred tables and indexes, most of them small
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE" if durable else "journal_mode = MEMORY",
            "synchronous = EXTRA" if durable else "synchronous = OFF",
            "fullfsync = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "secure_delete = ON",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE")

    return engine


def create_tables(engine: Engine) -> None:
    """Make every table in a new, empty database, and mark it as an assessment of the current format."""
    with engine.begin() as connection:
        for statement in _schema(tuple(Base.metadata.sorted_tables)):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.FORMAT}")


@cache
def _schema(tables: tuple[Table, ...]) -> tuple[str, ...]:
    """The statements that make the tables and their indexes; worked out once, they take longer than SQLite does."""
    dialect = sqlite.dialect()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda index: str(index.name))]
    return (*made, *(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes))


def raw(engine: Engine) -> sqlite3.Connection:
    """The driver's connection behind the engine: for copying and for counting, never for writing records."""
    with engine.connect() as connection:
        return connection.connection.driver_connection  # type: ignore[return-value]


def digest(connection: sqlite3.Connection) -> str:
    """A fingerprint of every value in the document, in an order that does not depend on how the file is laid out."""
    seal = hashlib.sha256()
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for name in names:
        if name == "seal" or name.startswith("sqlite_"):
            continue
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        order = "seq" if "seq" in columns else "number" if "record_table" in columns else "id"
        seal.update(f"{name}:{columns}".encode())
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY "{order}"'):
            seal.update(repr(row).encode("utf-8", "surrogatepass"))
    return seal.hexdigest()


def seal(path: Path) -> str:
    """Check a finished copy and write its digest into it; answers the digest. Raises sqlite3.Error if it is damaged.

    A working copy on a dying disk must not take the place of a good file.
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in (
            "journal_mode = MEMORY",
            "synchronous = OFF",
        ):  # made durable when it is put in its place
            connection.execute(f"PRAGMA {pragma}").fetchall()
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the working copy is damaged")
        value = digest(connection)
        connection.execute("INSERT OR REPLACE INTO seal (name, value) VALUES ('digest', ?)", (value,))
    return value


def stored_digest(path: Path) -> str | None:
    """The digest a sealed copy carries; None when it has none or cannot be read."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT value FROM seal WHERE name = 'digest'").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def without_history(path: Path) -> None:
    """Take the log out of a finished copy, so that nothing of it is left in the file's bytes either."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in (
            "journal_mode = MEMORY",
            "synchronous = OFF",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for table in ("touch", "change"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("VACUUM")
