"""Pasting from a worksheet: reading the clipboard, finding the columns, telling what cannot be used; one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import Language, Message

from .cell_values import Choice, Column, folded, understood

#: What one paste takes; the rest is listed as left out.
MOST_ROWS = 5000
_MOST_TRIES = 40


@dataclass(frozen=True)
class Problem:
    """A pasted cell or row that cannot be used: its line (from 1), the column, what stood there and why not."""

    line: int
    column: str
    text: str
    reason: Message

    def told(self, language: Language) -> str:
        if not self.column:
            return language.say("Row {row}: {reason}", row=self.line, reason=self.reason)
        return language.say("Row {row}, {column}: {reason}", row=self.line, column=self.column, reason=self.reason)


@dataclass(frozen=True)
class Entry:
    """One record to add (without an id) or to change."""

    line: int
    values: dict[str, Any]
    id: str | None = None


@dataclass
class Plan:
    """What a paste would do, and what it would leave out."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def at(self, line: int, column: str) -> Problem | None:
        return next((problem for problem in self.problems if (problem.line, problem.column) == (line, column)), None)


def read_table(text: str) -> list[list[str]]:
    """The cells of a clipboard text as worksheets write it: tabs, line ends, quotes around line ends."""
    rows: list[list[str]] = [[]]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    place = 0
    while place <= len(text):
        cell, place = _quoted(text, place) if text[place : place + 1] == '"' else _bare(text, place)
        rows[-1].append(cell.strip(" \u00a0"))
        ended = text[place : place + 1]
        place += 1
        if ended == "\n":
            rows.append([])
        elif ended == "":
            break
    while rows and not any(rows[-1]):
        rows.pop()
    wide = max((max((at + 1 for at, cell in enumerate(row) if cell), default=0) for row in rows), default=0)
    return [(row + [""] * wide)[:wide] for row in rows]


def _bare(text: str, place: int) -> tuple[str, int]:
    end = min((found for sign in "\t\n" if (found := text.find(sign, place)) >= 0), default=len(text))
    return text[place:end], end


def _quoted(text: str, place: int) -> tuple[str, int]:
    """A cell in quotes, if its closing quote ends the cell; otherwise the quote belongs to the words."""
    end = place + 1
    while (end := text.find('"', end)) >= 0:
        if text[end + 1 : end + 2] == '"':
            end += 2
            continue
        if text[end + 1 : end + 2] in ("", "\t", "\n"):
            return text[place + 1 : end].replace('""', '"'), end + 1
        break
    return _bare(text, place)


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """Cells as worksheets read them from the clipboard."""
    return "\r\n".join("\t".join(_written(cell) for cell in row) for row in rows)


def _written(cell: str) -> str:
    return (
        '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in "\t\n\r") or cell.startswith('"') else cell
    )


def find_columns(head: Sequence[str], columns: Sequence[Column]) -> list[str | None]:
    """For each pasted column the key of ours that its head names, each of ours once; None where no one does."""
    found: list[str | None] = [None] * len(head)
    for rule in (_same, _begins):
        for place, text in enumerate(head):
            words = folded(text).strip(" :*.")
            if found[place] is None and words:
                found[place] = next(
                    (c.key for c in columns if c.writable and c.key not in found and rule(words, c)), None
                )
    return found


def has_head(table: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    """Whether the first row holds names of our columns."""
    if len(table) < 2:
        return False
    named = [text for text in table[0] if text]
    known = sum(key is not None for key in find_columns(table[0], columns))
    return known >= 1 and known * 2 >= len(named) or known >= 2


def guess_columns(table: Sequence[Sequence[str]], columns: Sequence[Column], language: Language) -> list[str | None]:
    """Without a head: column by column in our order, as far as what stands there makes sense."""
    ours = [column for column in columns if column.writable]
    found: list[str | None] = []
    for place in range(len(table[0]) if table else 0):
        column = ours[place] if place < len(ours) else None
        sensible = column is not None and all(_makes_sense(column, row[place], language) for row in table[:20])
        found.append(column.key if column and sensible else None)
    return found


def _same(words: str, column: Column) -> bool:
    return words in {folded(name) for name in (column.key.replace("_", " "), column.title, *column.names)}


def _begins(words: str, column: Column) -> bool:
    names = [folded(name) for name in (column.title, *column.names) if name]
    return any(len(words) > 3 and (name.startswith(words) or words.startswith(name)) for name in names)


def _makes_sense(column: Column, text: str, language: Language) -> bool:
    try:
        understood(column, text, language)
    except Refused:
        return False
    return True


def plan_rows(
    table: Sequence[Sequence[str]],
    keys: Sequence[str | None],
    columns: Sequence[Column],
    language: Language,
    *,
    first_line: int = 1,
    options: Callable[[Column], Iterable[Choice]] | None = None,
) -> Plan:
    """The records a pasted table would add. A cell that cannot be understood is left empty and told."""
    plan, by_key = Plan(), {column.key: column for column in columns}
    lists = {
        column.key: list(options(column) if options else column.options()) for column in columns if column.key in keys
    }
    for line, row in enumerate(table[:MOST_ROWS], first_line):
        values: dict[str, Any] = {}
        for key, text in zip(keys, row, strict=False):
            if key is not None and text.strip():
                _take(by_key[key], text, line, values, plan, language, lists[key])
        lacking = next((column for column in columns if column.required and not values.get(column.key)), None)
        if lacking is not None and any(row):
            words = " · ".join(cell for cell in row if cell)
            if plan.at(line, lacking.title) is None:
                plan.problems.append(
                    Problem(line, lacking.title, words, message("This is missing, so the row is left out."))
                )
        elif values:
            plan.entries.append(Entry(line, values))
    if len(table) > MOST_ROWS:
        left = message("Only {n} rows can be pasted at once; the rest is left out.", n=MOST_ROWS)
        plan.problems.append(Problem(first_line + MOST_ROWS, "", "", left))
    return plan


def plan_cells(
    table: Sequence[Sequence[str]],
    ids: Sequence[str],
    columns: Sequence[Column],
    language: Language,
    options: Callable[[Column], Iterable[Choice]] | None = None,
) -> Plan:
    """What a block of cells would change in these records and columns; what lies beyond them is told."""
    plan = Plan()
    lists = {column.key: list(options(column) if options else column.options()) for column in columns}
    for line, row in enumerate(table, 1):
        if line > len(ids):
            plan.problems.append(Problem(line, "", "\t".join(row), message("There is no row here to paste into.")))
            continue
        values: dict[str, Any] = {}
        for place, text in enumerate(row):
            if place >= len(columns):
                if text:
                    plan.problems.append(
                        Problem(line, "", text, message("“{text}” lies beyond the last column.", text=text))
                    )
            elif not columns[place].writable:
                if text:
                    reason = message("This column cannot be written.")
                    plan.problems.append(Problem(line, columns[place].title, text, reason))
            else:
                _take(columns[place], text, line, values, plan, language, lists[columns[place].key])
        if values:
            plan.entries.append(Entry(line, values, ids[line - 1]))
    return plan


def _take(
    column: Column, text: str, line: int, values: dict[str, Any], plan: Plan, language: Language, options: list[Choice]
) -> None:
    try:
        values[column.key] = understood(column, text, language, options)
    except Refused as refused:
        plan.problems.append(Problem(line, column.title, text, refused.reason))


def tried(
    preview: Callable[..., Any], add: Any, change: Any, plan: Plan, columns: Sequence[Column], given: dict[str, Any]
) -> Plan:
    """The plan without what the operations refuse, each refusal told.

    ``preview`` runs an operation and takes it back (Document.preview). All entries are tried together, because one may
    stand in the way of another; each refusal costs one more try, so after many of them the rest is tried one by one.
    """
    by_key = {column.key: column for column in columns}
    result, left, done, tries = Plan([], list(plan.problems)), list(plan.entries), 0, 0
    while done < len(left):
        together = left if tries < _MOST_TRIES else [left[done]]
        reached: list[int] = []
        try:
            preview(_try_all, add, change, together, given, reached)
            done = len(left) if together is left else done + 1
        except Refused as refused:
            place = min(len(reached) - 1, len(left) - 1) if together is left else done
            entry, tries = left[place], tries + 1
            key = refused.field if refused.field in entry.values else None
            text = str(entry.values[key]) if key else ""
            result.problems.append(Problem(entry.line, by_key[key].title if key else "", text, refused.reason))
            rest = {name: value for name, value in entry.values.items() if name != key}
            keep = key is not None and rest and (entry.id is not None or not by_key[key].required)
            left[place : place + 1] = [Entry(entry.line, rest, entry.id)] if keep else []
    result.entries = left
    result.problems.sort(key=lambda problem: problem.line)
    return result


@operation("Rows tried")
def _try_all(
    session: Session, add: Any, change: Any, entries: Sequence[Entry], given: dict[str, Any], reached: list[int]
) -> None:
    for entry in entries:
        reached.append(entry.line)
        _write(session, add, change, entry, given)
        session.flush()


@operation("Rows pasted")
def paste_rows(
    session: Session, add: Any, change: Any, entries: Sequence[Entry], given: dict[str, Any], counted: str
) -> list[str]:
    """Add and change all of these records as one change; answers the ids of the new ones."""
    about(session, counted)
    return [
        str(id)
        for entry in entries
        if (id := _write(session, add, change, entry, given)) is not None and entry.id is None
    ]


@operation("Rows changed")
def change_rows(session: Session, change: Any, ids: Sequence[str], values: dict[str, Any], counted: str) -> int:
    """Give several records the same values as one change."""
    about(session, counted)
    for id in ids:
        change(session, id, **values)
    return len(ids)


def _write(session: Session, add: Any, change: Any, entry: Entry, given: dict[str, Any]) -> Any:
    if entry.id is None:
        return add(session, **{**given, **entry.values})
    return change(session, entry.id, **entry.values)
