"""Words planted where nobody in the room may read them; whoever finds one on the wall has found a leak."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import PRIVATE, TEAM, Base
from tna_desktop.stages import STAGES, load_tables

load_tables()
WITH_WALL = [stage for stage in STAGES if stage.key != "synthesis"]
WORD = "CANARY"
#: Columns without which the document would fall apart.
_BEARING = ("id", "record", "workflow_content", "lineage", "catalogue_key", "node", "other")
#: What the head of every page says of the assessment as a whole.
_HEAD = {("assessment", "title"), ("assessment", "country")}


def allowed() -> set[tuple[str, str]]:
    """The columns that the stages let onto the wall."""
    return {
        (table, column)
        for stage in WITH_WALL
        for table, columns in stage.module("wall").FIELDS.items()
        for column in columns
    }


@operation("Canaries planted")
def plant(session: Session) -> None:
    """Into every free text and every private or internal text of the file, except what the wall may show."""
    free = allowed() | _HEAD
    for mapper in Base.registry.mappers:
        table: Any = mapper.local_table
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, String)
            and not column.foreign_keys
            and (table.name, column.name) not in free
            and column.name not in _BEARING
            and (column.info.get("privacy") in (PRIVATE, TEAM) or (column.type.length or 0) >= 200)
        ]
        for number, record in enumerate(session.scalars(select(mapper.class_))):
            for column in columns:
                setattr(record, column.name, f"{WORD} {number} {table.name} {column.name}"[: column.type.length])


def reached(start: object) -> Iterator[object]:
    """Everything that can be come to from an object by its attributes, its items and its children."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, type | ModuleType):
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple | set | frozenset):
            waiting += each
        elif not isinstance(each, str | bytes | int | float):
            waiting += getattr(each, "__dict__", {}).values()
            for kind in type(each).__mro__:
                slots = getattr(kind, "__slots__", ())
                waiting += [getattr(each, name, None) for name in ([slots] if isinstance(slots, str) else slots)]
            if isinstance(each, QObject):
                waiting += each.children()
            waiting.append(getattr(each, "__self__", None))
