"""Withholding: what those whose knowledge it is did not open stays in the file, and leaves every output.

Outputs are made from a copy in memory (``Document.snapshot``), in which ``redact`` puts a placeholder in the place of
each withheld entry. Its values and its place stay, so that totals and ranks add up; its words are gone wherever they
stood. Of a stakeholder only the knowledge is withheld: that it takes part is no secret.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from sqlalchemy import String, Table, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Session

from tna_desktop.kernel import journal
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.occurrences import replacer
from tna_desktop.kernel.tables import Assessment, Attachment, Base, Decision, Note
from tna_desktop.kernel.text import ENGLISH, Language
from tna_desktop.kernel.workflow import Workflow

from .tables import Consent, Stakeholder

#: A shorter text column holds a word of the program's own (a state, a direction), never what a person wrote.
SHORTEST = 30
#: A text column of at most this length may hold a key of the workflow's lists; such a key stays.
KEYS = 80
_KEY = re.compile(r"[a-z][a-z0-9_]*")
#: Columns that say where something belongs, not what it is.
_PLACES = frozenset({"id", "record", "lineage", "step", "workflow_key", "workflow_content", "node", "other", "media"})


@dataclass(frozen=True)
class Withheld:
    """How much is withheld: whole entries, and stakeholders whose knowledge is."""

    entries: int = 0
    knowledge: int = 0

    @property
    def count(self) -> int:
        return self.entries + self.knowledge


def withheld(session: Session, language: Language = ENGLISH) -> dict[str, str]:
    """The entries withheld as a whole: record id -> what stands in its place, in the order of their consent records."""
    found = [key for table, key in _closed(session) if table != Stakeholder.__tablename__]
    return {key: language.say("Withheld entry {n}", n=number) for number, key in enumerate(found, 1)}


def withheld_knowledge(session: Session) -> frozenset[str]:
    """The stakeholders whose knowledge is withheld, by id."""
    return frozenset(key for table, key in _closed(session) if table == Stakeholder.__tablename__)


def how_much(session: Session) -> Withheld:
    return Withheld(len(withheld(session)), len(withheld_knowledge(session)))


def sentence(found: Withheld, language: Language) -> str:
    """That something is withheld, as every output says it; nothing when nothing is."""
    if not found.count:
        return ""
    return language.say_n(
        "One entry is withheld, at the wish of those whose knowledge it is.",
        "{n} entries are withheld, at the wish of those whose knowledge they are.",
        found.count,
    )


@contextlib.contextmanager
def outgoing(document: Document, language: Language) -> Iterator[Session]:
    """The document as it may leave: a snapshot in which nothing withheld is left. Every output is made from it."""
    with document.snapshot() as session:
        redact(session, language)
        yield session


def redact(session: Session, language: Language) -> Withheld:
    """Take the words of every withheld entry out of a snapshot; answers how much that was.

    Raises RuntimeError outside a snapshot: in the document itself nothing may be lost.
    """
    if not session.info.get("snapshot"):
        raise RuntimeError("only a snapshot is redacted, never the document")
    found = how_much(session)
    if found.count:
        _Redaction(session, language).run()
        session.expire_all()
    session.info["redacted"] = True
    return found


def ready_to_leave(session: Session) -> bool:
    """Whether an output may be made from this session: it was redacted, or nothing is withheld."""
    return bool(session.info.get("redacted")) or not how_much(session).count


def veil(session: Session, language: Language) -> Callable[[str], str]:
    """A function that puts placeholders in the place of the withheld entries' names, in whatever text it is given."""
    placeholders = withheld(session, language)
    names: dict[str, str] = {}
    for table, key in _closed(session):
        if key in placeholders:
            for name in _names(session, table, key):
                names.setdefault(name, placeholders[key])
    return replacer(names)


def projected(session: Session, view: Callable[..., Any], workflow: Workflow, language: Language) -> Any:
    """What a step shows on the wall, without a withheld entry's name, also where another entry's words hold it."""
    shown = view(session, workflow, language)
    return _veiled(shown, veil(session, language)) if how_much(session).entries else shown


#: What a page holds beside words: records, groups and kinds, by their keys; and pairs that a group's key leads.
_PAGE_KEYS = frozenset({"id", "above", "group", "kind"})
_PAIRS = frozenset({"voices", "before", "legend"})


def _veiled(value: Any, veiled: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return veiled(value)
    if isinstance(value, tuple | list):
        return type(value)(_veiled(each, veiled) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for name in (each.name for each in fields(value) if each.init and each.name not in _PAGE_KEYS):
            found = getattr(value, name)
            if name in _PAIRS:
                changed[name] = tuple((key, _veiled(words, veiled)) for key, words in found)
            else:
                changed[name] = _veiled(found, veiled)
        return replace(value, **changed)
    return value


def _closed(session: Session) -> list[tuple[str, str]]:
    """(table, id) of the records with a consent that does not let them be shown, each once; those gone are left out."""
    rows = session.execute(
        select(Consent.kind, Consent.record).where(~Consent.may_be_shown).order_by(Consent.rank, Consent.id)
    )
    return [(table, key) for table, key in dict.fromkeys((row.kind, row.record) for row in rows) if _is_there(session, table, key)]  # fmt: skip


def _is_there(session: Session, table: str, key: str) -> bool:
    found = Base.metadata.tables.get(table)
    if found is None or "id" not in found.c:
        return False
    return session.execute(select(found.c.id).where(found.c.id == key)).first() is not None


def _names(session: Session, table: str, key: str) -> list[str]:
    found = Base.metadata.tables[table]
    columns = [found.c[name] for name in ("name", "short") if name in found.c]
    row = session.execute(select(*columns).where(found.c.id == key)).first() if columns else None
    return [name for name in row or () if name]


class _Redaction:
    """One pass through a snapshot. The names are looked for last, in what is left."""

    def __init__(self, session: Session, language: Language):
        self.session, self.connection, self.language = session, session.connection(), language
        self.placeholders = withheld(session, language)
        self.word = language.say("Withheld")
        self.keys = _workflow_words(session)

    def run(self) -> None:
        wish = self.language.say("Withheld at the wish of those whose knowledge it is")
        veiled = veil(self.session, self.language)
        for key in withheld_knowledge(self.session):
            self._write(Stakeholder.__table__, key, {"knowledge": wish})  # type: ignore[arg-type]
        for table, key in _closed(self.session):
            if key in self.placeholders:
                self._hide_entry(Base.metadata.tables[table], key)
        self._sweep(veiled)
        for name in ("touch", "change"):
            self.connection.execute(delete(Base.metadata.tables[name]))

    def _hide_entry(self, table: Table, key: str) -> None:
        placeholder = self.placeholders[key]
        own = {"name": placeholder, "short": placeholder, "catalogue_key": ""}
        self._hide_words(table, key, own)
        for child, link in _children(table):
            for row in self.connection.execute(select(child.c.id).where(link == key)):
                self._hide_words(child, row.id, {})
        for kind, values in (
            (Note, {"text": self.word}), (Decision, {"what": placeholder, "reason": self.word}),
        ):  # fmt: skip
            beside: Any = kind.__table__
            for found in self.connection.execute(select(beside).where(beside.c.record == key)).mappings():
                self._write(beside, found["id"], {name: text for name, text in values.items() if found[name]})
        self.connection.execute(delete(Attachment).where(Attachment.record == key))

    def _hide_words(self, table: Table, key: str, own: dict[str, str]) -> None:
        """Every word of one record, where there is one; keys of the workflow's lists stay."""
        row = self.connection.execute(select(table).where(table.c.id == key)).mappings().one()
        values = {}
        for column in _texts(table):
            text = row[column.name]
            if not text or (column.type.length <= KEYS and column.name not in own and text in self.keys):
                continue
            values[column.name] = own.get(column.name, self.word)
        self._write(table, key, values)

    def _sweep(self, veiled: Callable[[str], str]) -> None:
        """The names wherever else they stand: in decisions, notes, composed texts, evidence, other entries."""
        for table in Base.metadata.sorted_tables:
            columns = _texts(table) if table.name not in journal.OWN_TABLES else []
            if not columns:
                continue
            for row in self.connection.execute(select(table.c.id, *columns)).all():
                values = {}
                for column, text in zip(columns, row[1:], strict=True):
                    if text and text not in self.keys and (changed := veiled(text)) != text:
                        values[column.name] = changed
                self._write(table, row[0], values)

    def _write(self, table: Table, key: str, values: dict[str, str]) -> None:
        if values:
            cut = {name: text[: table.c[name].type.length] for name, text in values.items()}  # type: ignore[attr-defined]
            self.connection.execute(update(table).where(table.c.id == key), cut)


def _texts(table: Table) -> list[Any]:
    """The columns of a table that hold words; what must be unique, or belongs to the program, is left out."""
    unique = {
        column.name for rule in table.constraints if isinstance(rule, UniqueConstraint) for column in rule.columns
    }
    return [
        column
        for column in table.columns
        if isinstance(column.type, String)
        and (column.type.length or 0) > SHORTEST
        and not column.foreign_keys
        and column.name not in _PLACES | unique
    ]


def _children(table: Table) -> Iterator[tuple[Table, Any]]:
    """The tables whose records belong to one of this table, with the column that says to which."""
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if not column.nullable and any(key.column.table is table for key in column.foreign_keys):
                yield other, column


def _workflow_words(session: Session) -> frozenset[str]:
    """The keys that the workflow in use gives to the entries of its lists."""
    content = session.scalar(select(Assessment.workflow_content)) or "{}"
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)
        elif isinstance(value, str) and _KEY.fullmatch(value):
            found.add(value)

    look(json.loads(content))
    return frozenset(found)
