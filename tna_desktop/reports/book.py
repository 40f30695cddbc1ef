"""Putting a report together: chapters in order, numbers for chapters, and every table once for the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .chapter import Book, Chapter
from .table import Table


def make_book(chapters: Iterable[Chapter], annexes: Iterable[Table] = (), **facts: Any) -> Book:
    """A report of these chapters; ``annexes`` are tables that only the workbook holds.

    ``facts`` are the other fields of Book (title, country, year, finding, prepared_by, prepared_under, status,
    fictional, notes, progress, draft, foot); texts left out are empty. A table that stands in several chapters, or in a
    chapter and among the annexes, comes once: the first with its key. A table that is part of another gives its
    place to the whole one.
    """
    ordered, whole = tuple(chapters), tuple(annexes)
    texts = ("title", "country", "year", "finding", "prepared_by", "prepared_under", "status", "fictional")
    found: dict[str, Table] = {}
    known = {table.key: table for table in (*tables_of(ordered), *whole)}
    for table in (*tables_of(ordered), *whole):
        table = known.get(table.part_of, table)
        found.setdefault(table.key, table)
    return Book(**{**dict.fromkeys(texts, ""), **facts}, chapters=ordered, tables=tuple(found.values()))


def tables_of(chapters: Iterable[Chapter]) -> Iterator[Table]:
    """The tables of these chapters in reading order."""
    for chapter in chapters:
        for section in chapter.sections:
            yield from section.tables


def chapter_numbers(chapters: Iterable[Chapter]) -> tuple[str, ...]:
    """The number of each chapter: its own, else its place among the chapters with an eyebrow, else none."""
    numbers, count = [], 0
    for chapter in chapters:
        if chapter.eyebrow and not chapter.number:
            count += 1
        numbers.append(chapter.number or (str(count) if chapter.eyebrow else ""))
    return tuple(numbers)
