"""Verifying: does the history of an assessment explain what stands in it?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from .journal import OWN_TABLES, Image, TouchRow, unpacked
from .tables import Base


def unexplained(session: Session) -> list[tuple[str, str]]:
    """Records that are not as the log left them, as (table, id); empty when the history fits.

    The newest entry about a record says how it was left. A record the log never mentions is only explained in a file
    that was shared without its history, and the assessment's own row, which is there from the beginning.
    """
    left: dict[tuple[str, str], Image | None] = {}
    for row in session.execute(select(TouchRow.__table__).order_by(TouchRow.number)).mappings():
        table = Base.metadata.tables.get(row["record_table"])
        if table is not None:
            left[table.name, row["record"]] = unpacked(table, row["after"])
    if not left:
        return []
    wrong = []
    for table in Base.metadata.sorted_tables:
        if table.name in OWN_TABLES:
            continue
        found = {row["id"]: dict(row) for row in session.execute(select(table)).mappings()}
        known = {id: image for (name, id), image in left.items() if name == table.name}
        for id in found.keys() | known.keys():
            there, image = found.get(id), known.get(id)
            if id not in known:
                explained = table.name == "assessment"
            elif there is None or image is None:
                explained = there is image
            else:
                explained = all(there[key] == value for key, value in image.items())
            if not explained:
                wrong.append((table.name, id))
    return wrong
