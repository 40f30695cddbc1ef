"""Snapshots: the whole document as it is at one moment, as a file or in memory, made while nothing changes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from . import storage


def copy_pages(source: Engine, path: Path) -> None:
    """Copy every page into a file of its own; what stands there is replaced. It is not sealed yet."""
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF").fetchall()
        storage.raw(source).backup(copy)
        copy.execute("PRAGMA journal_mode = MEMORY").fetchall()


def in_memory(source: Engine) -> Engine:
    """An engine on a copy that lives in memory only; some milliseconds for a document of some megabytes."""
    copy = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        storage.raw(source).backup(copy)
        copy.execute("PRAGMA trusted_schema = OFF").fetchall()
    except BaseException:
        copy.close()
        raise
    engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.execute("BEGIN")

    return engine


@contextlib.contextmanager
def session_on(engine: Engine) -> Iterator[Session]:
    """A session on a copy in memory. What is written into it goes with it; the document stays as it is."""
    try:
        with Session(engine, autoflush=False) as session:
            session.info["snapshot"] = True
            yield session
    finally:
        engine.dispose()
