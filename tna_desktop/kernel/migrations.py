"""The document's format: its number, and how an older document becomes a current one, one step at a time.

Any change of a table is a new format. A new column with a default, or a new table, needs an empty step only: rows are
copied into the current tables when a document is opened, and what an older one lacks gets its default there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

#: "TNAd" in the file's header: says that an SQLite file is an assessment.
APPLICATION_ID = 0x544E4164
#: The format this program writes. It reads this one and every older one.
FORMAT = 3

#: From each format to the next. A step gets an open connection inside a transaction.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: lambda connection: None,  # workshops: bodies, rounds of weighing, ballots, and a few columns; all begin empty
    2: lambda connection: None,  # whose answer about a sector, pairs found to differ, who competes: all begin empty
}


def can_migrate(found: int) -> bool:
    """Whether this program knows the way from that format to its own."""
    return found >= 1 and all(number in STEPS for number in range(found, FORMAT))


def migrate(connection: sqlite3.Connection, found: int, wanted: int | None = None) -> None:
    """Bring a copy of an older document to the wanted format, in one transaction."""
    target = FORMAT if wanted is None else wanted
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(found, target):
            STEPS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
