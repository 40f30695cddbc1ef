"""What the step on consent shows: entries that carry knowledge, those that wait for a record, and the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from tna_desktop.kernel.tables import Base

from ..tables import Consent, Stakeholder

#: Those whose knowledge is asked for by consent, by the key of their group.
HOLDERS = ("indigenous_peoples", "local_communities")
#: The tables whose entries can have a consent record, in the order they are offered. Later stages are known by name.
KINDS = ("technology", "stakeholder", "overview_item", "barrier", "measure", "action", "meeting")
#: Answers with which an entry stays withheld, whatever else is said.
CLOSED = ("", "not_asked", "in_discussion", "refused", "withdrawn")
#: Of these nothing can be decided yet; a refusal, or a consent taken back, is a decision.
UNDECIDED = ("", "not_asked", "in_discussion")
#: No knowledge of a people or community is touched: there is nobody to name.
NOT_NEEDED = "not_needed"

CONSENT_FIELDS = (
    "id",
    "kind",
    "record",
    "stakeholder_id",
    "holder",
    "form",
    "given_on",
    "conditions",
    "protocol",
    "may_be_shown",
)


@dataclass(frozen=True)
class KnowledgeEntry:
    """An entry that can have a consent record. ``carries``: it says of itself that it carries traditional knowledge.

    ``holder`` is the stakeholder whose knowledge it is, where the entry says so.
    """

    kind: str
    id: str
    name: str
    carries: bool = False
    holder: str = ""
    words: str = ""


def entries(session: Session) -> list[KnowledgeEntry]:
    """Every entry that can have a consent record, by kind and in the team's order."""
    return [entry for kind in KINDS for entry in _of_kind(session, kind)]


def waiting(session: Session) -> list[KnowledgeEntry]:
    """What carries traditional knowledge and has no consent record."""
    recorded = set(session.scalars(select(Consent.record)))
    return [entry for entry in entries(session) if entry.carries and entry.id not in recorded]


def consents(session: Session) -> list[dict[str, Any]]:
    """The consent records in their order; ``entry`` names what each is about, empty when that is gone.

    ``whose`` is the holder's name: as it was written, else the stakeholder's.
    """
    names = {entry.id: entry.name for entry in entries(session)}
    people = {id: name for id, name in session.execute(select(Stakeholder.id, Stakeholder.name))}
    found = []
    for row in session.scalars(select(Consent).order_by(Consent.rank, Consent.id)):
        values = {name: getattr(row, name) for name in CONSENT_FIELDS}
        whose = row.holder or people.get(row.stakeholder_id or "", "")
        found.append({**values, "entry": names.get(row.record, ""), "whose": whose})
    return found


def holders(session: Session) -> list[tuple[str, str]]:
    """The register as a choice of whose knowledge it is: peoples and communities first."""
    rows = session.execute(select(Stakeholder.id, Stakeholder.name, Stakeholder.group).order_by(Stakeholder.rank)).all()
    return [(row.id, row.name) for row in sorted(rows, key=lambda row: row.group not in HOLDERS)]


def _of_kind(session: Session, kind: str) -> Iterator[KnowledgeEntry]:
    if kind == Stakeholder.__tablename__:
        columns = (Stakeholder.id, Stakeholder.name, Stakeholder.group, Stakeholder.knowledge)
        for row in session.execute(select(*columns).order_by(Stakeholder.rank)):
            carries = row.group in HOLDERS and bool(row.knowledge.strip())
            yield KnowledgeEntry(kind, row.id, row.name, carries, row.id, row.knowledge)
        return
    table = Base.metadata.tables.get(kind)
    if table is None:  # the stage it belongs to is not loaded
        return
    marks = _marks(table)
    for row in session.execute(select(table.c.id, table.c.name, *marks).order_by(table.c.rank)):
        yield KnowledgeEntry(kind, row.id, row.name, any(row[2:]))


def _marks(table: Table) -> list[Any]:
    """The columns in which an entry says that it carries traditional knowledge."""
    return [column for column in table.columns if column.info.get("knowledge")]
