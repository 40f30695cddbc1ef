"""Writing many records at once, scores by the thousand: each of them stands in the journal as if written alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from .column_values import default_of
from .errors import Refused
from .journal import Image, rows_now
from .records import accepted
from .text import message


def bulk_insert(session: Session, table: Table, rows: Iterable[Image]) -> int:
    """Insert many records at once (scores by the thousand) and journal each of them.

    Raises Refused when a value cannot be accepted, with the column's name as its field.
    """
    defaults = {column.key: column for column in table.columns}
    complete = []
    for row in rows:
        full = {name: default_of(column) for name, column in defaults.items() if name not in row}
        for name, value in row.items():
            if name not in defaults:
                raise KeyError(f"{table.name} has no column {name}")
            full[name] = value if value is None else accepted(defaults[name], value)
        complete.append(full)
    if complete:
        session.flush()
        session.connection().execute(insert(table), complete)
        images = session.info["recorder"].images
        for row in complete:
            images.setdefault((table.name, row["id"]), [None, None])[1] = row
    return len(complete)


def bulk_change(session: Session, table: Table, wanted: Mapping[str, Image | None]) -> int:
    """Change many records at once, by their keys, and journal each of them: the values that change, None to remove it.

    Answers how many became different. Raises Refused for a record that is gone or a value that cannot be accepted,
    with the column's name as its field. For records nothing hangs on: those of others are not looked after.
    """
    if not wanted:
        return 0
    session.flush()
    connection, columns = session.connection(), table.columns
    before = rows_now(connection, ((table.name, key) for key in wanted))
    gone, changed = [], []
    for key, values in wanted.items():
        now = before.get((table.name, key))
        if now is None:
            raise Refused(message("This entry is no longer there. Someone may have removed it."))
        if values is None:
            gone.append({"key": key})
            continue
        new = {name: value if value is None else accepted(columns[name], value) for name, value in values.items()}
        if any(now[name] != value for name, value in new.items()):
            changed.append({**now, **new})
    if gone:
        connection.execute(delete(table).where(table.c.id == bindparam("key")), gone)
    if changed:
        setting = update(table).where(table.c.id == bindparam("key"))
        # Only what is said: writing a column anew writes its index anew.
        said = {name for values in wanted.values() for name in values or ()}
        named: dict[str, Any] = {name: bindparam(f"new_{name}") for name in said}
        connection.execute(
            setting.values(named),
            [{"key": row["id"], **{f"new_{name}": row[name] for name in named}} for row in changed],
        )
    images = session.info["recorder"].images
    for row in (*changed, *gone):
        key = row["id"] if "id" in row else row["key"]
        images.setdefault((table.name, key), [before[table.name, key], None])[1] = row if "id" in row else None
    for record in list(session.identity_map.values()):
        if getattr(record, "__table__", None) is table:
            session.expire(record)
    return len(gone) + len(changed)
