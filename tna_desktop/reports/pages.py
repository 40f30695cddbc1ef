"""A book as HTML pages: first plain values, then the templates in ``report_templates``.

``page_values(book, language)`` turns the book into dictionaries, lists and texts, with every number already written in
the language. ``html_of(values)`` lays them out with Jinja2 in an immutable sandbox with autoescape: a template
sees plain values and ``say`` for its own words, nothing of the program. ``book_html(book, language)`` does both.
The PDF is made with the second half in a child process, so that a template that never ends can be stopped.

What a template gets is told in ``report_templates/README.md``.
"""

from __future__ import annotations

import base64
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..charts.rosette import PETALS, art_svg
from ..kernel.errors import Refused
from ..kernel.text import Language, Message, language, message
from ..paths import data_folder
from .arrangement import arrangement, contents_of
from .book import chapter_numbers
from .chapter import Aside, Book, Chapter, Picture, Section
from .fonts import font_style
from .table import Table, TableColumn
from .values import cleaned, is_numeric, plain_text, rows_of, shown, text_direction

#: Rows of one table that a printed report holds at most; the whole table is in the workbook.
MOST_ROWS = 400
#: From this many number columns on, their heads stand upright.
UPRIGHT_FROM = 8
#: From this many text columns on, a table gets pages in landscape, where no figure of its chapter is in the way.
LANDSCAPE_FROM = 8
#: From this many bullets on, they stand in two columns.
TWO_COLUMNS_FROM = 13
#: A running head that is longer than this would meet the chapter's name.
LONGEST_HEAD = 72


def book_html(book: Book, language: Language) -> str:
    """The whole report as one HTML page."""
    return html_of(page_values(book, language))


def html_of(values: Mapping[str, Any]) -> str:
    """Lay out what page_values() made with the templates in ``report_templates``."""
    return laid_out(values, data_folder("report_templates"), "book.html")


def laid_out(values: Mapping[str, Any], folder: Path, page: str, style: str = "style.css") -> str:
    """Lay plain values out with a template of this folder, in its style and with the letters that it needs.

    Raises Refused when a template cannot be used: whatever goes wrong in one is a mistake of the template.
    """
    from markupsafe import Markup

    with sandbox(folder, values["code"]) as environment:
        look = (folder / style).read_text(encoding="utf-8")
        made = environment.get_template(page).render(values, style=Markup(look))
    # The style asks for the fonts that the finished page turns out to need.
    return made.replace("/*fonts*/", font_style(values["code"], made), 1)


@contextmanager
def sandbox(folder: Path, code: str, autoescape: bool = True) -> Iterator[Any]:
    """Templates of this folder in an immutable sandbox, with ``say`` in this language and nothing of the program."""
    from jinja2 import FileSystemLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), autoescape=autoescape, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["say"] = language(code).say
    try:
        yield environment
    except (MemoryError, RecursionError):
        raise
    except Exception as trouble:  # a template may fail in any way, and all of them are mistakes of the template
        reason = f"{getattr(trouble, 'name', None) or ''} {trouble}".strip()
        raise Refused(message("A template of the report cannot be used: {reason}", reason=reason)) from trouble


def page_values(book: Book, language: Language) -> dict[str, Any]:
    """Everything a template may see of this book: dictionaries, lists, texts and numbers."""
    figures: Counter[str] = Counter()
    tables: Counter[str] = Counter()
    chapters = [
        _chapter(chapter, number, place, language, figures, tables)
        for place, (chapter, number) in enumerate(zip(book.chapters, chapter_numbers(book.chapters), strict=True), 1)
    ]
    country = language.say("{country}, {year}", country=book.country, year=book.year) if book.year else book.country
    facts = [
        (language.say("Prepared by"), book.prepared_by),
        (language.say("Prepared under"), book.prepared_under),
        (language.say("Status"), book.status),
    ]
    head = cleaned(f"{book.country} · {book.title} {book.year}".strip(" ·"))
    return {
        "code": language.code,
        "lang": {"zh": "zh-Hans", "qps": "en"}.get(language.code, language.code),
        "direction": language.direction,
        "title": cleaned(book.title),
        "country": cleaned(country),
        "finding": _running(book.finding),
        "facts": [{"title": title, "text": cleaned(text)} for title, text in facts if text],
        "prepared_by": cleaned(book.prepared_by),
        "fictional": cleaned(book.fictional),
        "label": language.say("Fictional example") if book.fictional else "",
        "head": textwrap.shorten(head, LONGEST_HEAD, placeholder="…"),
        "foot": cleaned(book.foot or book.status),
        "notes": [cleaned(note) for note in book.notes],
        "draft": book.draft,
        "art": _data_url(_cover_art(book, language)),
        "chapters": chapters,
        "contents": contents_of(chapters, bool(book.fictional)),
    }


def _cover_art(book: Book, language: Language) -> str:
    """The rosette for the petrol part of the cover, 210 by 182 mm: all teal when final, the last amber in a draft."""
    shares = [1.0] * PETALS
    if book.draft:
        shares = [*book.progress, *shares][: PETALS - 1] + [0.5]
    return art_svg(shares, 630, 546, center=(0.819, 0.8225), radius=0.398, mirrored=language.right_to_left)


def _chapter(
    chapter: Chapter, number: str, place: int, language: Language, figures: Counter[str], tables: Counter[str]
) -> dict[str, Any]:
    anchor = f"chapter-{place}"
    short = cleaned(chapter.short or chapter.title)
    sections = [
        _section(section, f"{anchor}-{index}", number, language, figures, tables)
        for index, section in enumerate(chapter.sections, 1)
    ]
    for index, section in enumerate(sections):
        lead = cleaned(chapter.lead) if index == 0 and not section["title"] else ""
        section |= arrangement(section, lead)
    return {
        "key": re.sub(r"[^a-z0-9_-]", "", chapter.key.lower()) or "default",
        "anchor": anchor,
        "number": cleaned(number),
        "title": cleaned(chapter.title),
        "running": f"{number} {short}".strip(),
        "eyebrow": cleaned(chapter.eyebrow),
        "lead": _running(chapter.lead),
        "sections": sections,
        "landscape": _needs_landscape(chapter),
        # Not "values": Jinja2 would find the method of that name first.
        "extra": _plain(chapter.values, language),
    }


def _needs_landscape(chapter: Chapter) -> bool:
    # Turning a single table would leave half pages empty before and after it, so the chapter turns or nothing does.
    tables = [table for section in chapter.sections for table in section.tables]
    return not any(section.pictures for section in chapter.sections) and any(
        sum(not is_numeric(column) for column in table.columns) >= LANDSCAPE_FROM for table in tables
    )


def _section(
    section: Section,
    anchor: str,
    number: str,
    language: Language,
    figures: Counter[str],
    tables: Counter[str],
) -> dict[str, Any]:
    return {
        "anchor": anchor,
        "title": cleaned(section.title),
        "opens_page": section.opens_page,
        "paragraphs": [_running(text) for text in section.paragraphs],
        "bullets": [_running(text) for text in section.bullets],
        "columned": len(section.bullets) >= TWO_COLUMNS_FROM,
        "asides": [_aside(aside) for aside in section.asides],
        "figures": [
            {"label": _label("Figure {number}", number, figures, language), **picture_values(picture)}
            for picture in section.pictures
        ],
        "tables": [
            {**table_values(table, language), **_caption(table, section, number, tables, language)}
            for table in section.tables
        ],
    }


def _caption(table: Table, section: Section, number: str, tables: Counter[str], language: Language) -> dict[str, Any]:
    # A table that the heading above it names already needs no second name, and takes no number.
    if table.title == section.title:
        return {"titled": False, "label": ""}
    return {"titled": True, "label": _label("Table {number}", number, tables, language)}


def _label(text: str, number: str, counted: Counter[str], language: Language) -> str:
    counted[number] += 1
    here = f"{number}.{counted[number]}" if number else str(counted[number])
    # Said with the whole text at the call, so that both stand in the catalogue.
    return {
        "Figure {number}": language.say("Figure {number}", number=here),
        "Table {number}": language.say("Table {number}", number=here),
    }[text]


def _running(text: str) -> str:
    """Running text, in which a number is not parted from its per cent sign."""
    return re.sub(r"(?<=\d) (?=%)", "\u00a0", cleaned(text))


def _aside(aside: Aside) -> dict[str, str]:
    return {"title": cleaned(aside.title), "text": _running(aside.text), "figure": cleaned(aside.figure)}


def picture_values(picture: Picture) -> dict[str, Any]:
    """A picture for a template: its address, its words for those who cannot see it, title and source."""
    return {
        "src": _photo_url(*picture.image) if picture.image[1] else _data_url(cleaned(picture.svg)),
        "alt": cleaned(picture.description or picture.title),
        "title": cleaned(picture.title),
        "note": cleaned(picture.note),
        "wide": picture.wide,
        "photo": bool(picture.image[1]),
    }


def table_values(table: Table, language: Language) -> dict[str, Any]:
    """A table for a template: heads, and rows of cells with their text, direction and side."""
    numeric = [is_numeric(column) for column in table.columns]
    upright = sum(numeric) >= UPRIGHT_FROM
    rows = rows_of(table)
    cut = ""
    if len(rows) > MOST_ROWS:
        cut = language.say(
            "The first {shown} of {all} rows; the Excel file holds them all.",
            shown=language.number(MOST_ROWS),
            all=language.number(len(rows)),
        )
    total = None
    if table.total is not None:
        given = [*table.total, *[None] * len(table.columns)][: len(table.columns)]
        # Here nothing is a place without a total, and no unknown value.
        total = [
            _cell(value, column, language) if value not in (None, "") else {"text": "", "dir": ""}
            for value, column in zip(given, table.columns, strict=True)
        ]
    printed = [*rows[:MOST_ROWS], *([table.total] if table.total is not None else [])]
    longest = [
        max((len(shown(row[index], column, language)) for row in printed if index < len(row)), default=0)
        for index, column in enumerate(table.columns)
    ]
    return {
        "key": table.key,
        "title": cleaned(table.title),
        "columns": [
            {
                "title": cleaned(column.title),
                "numeric": numeric[index],
                "strong": column.strong or (index == 0 and not any(each.strong for each in table.columns)),
                "unbroken": column.kind == "date",
                "upright": upright and numeric[index],
                "width": width,
            }
            for index, (column, width) in enumerate(
                zip(table.columns, _widths(table, numeric, upright, longest), strict=True)
            )
        ],
        "rows": [
            {
                "marked": index in table.emphasis,
                "cells": [_cell(value, column, language) for value, column in zip(row, table.columns, strict=True)],
            }
            for index, row in enumerate(rows[:MOST_ROWS])
        ],
        "total": total,
        "note": " ".join(part for part in (cut, cleaned(table.note)) if part),
        "wide": table.wide or len(table.columns) > 6,
        "dense": len(table.columns) > 6,
        "upright": upright,
    }


def _widths(table: Table, numeric: list[bool], upright: bool, longest: list[int]) -> list[str]:
    """Column widths in per cent where somebody asked for them or heads stand upright; else the text decides."""
    if upright:
        least = min(5.6, 66 / sum(numeric))
        needs = [
            max(least, 1.2 + 0.95 * letters) if number else 0.0
            for letters, number in zip(longest, numeric, strict=True)
        ]
        # Numbers must not run into each other; the words beside them keep an eighth of the width in any case.
        scale = min(1.0, 88 / sum(needs))
        texts = sum(column.width for column, number in zip(table.columns, numeric, strict=True) if not number) or 1
        rest = 100 - scale * sum(needs)
        return [
            f"{scale * need if number else rest * column.width / texts:.2f}%"
            for column, number, need in zip(table.columns, numeric, needs, strict=True)
        ]
    if all(column.width == 1 for column in table.columns):
        return [""] * len(table.columns)
    whole = sum(column.width for column in table.columns) or 1
    return [f"{100 * column.width / whole:.2f}%" for column in table.columns]


def _cell(value: Any, column: TableColumn, language: Language) -> dict[str, str]:
    text = shown(value, column, language)
    direction = None if is_numeric(column) else text_direction(text)
    # Only a text that runs against the page needs to be set apart.
    return {"text": text, "dir": direction if direction and direction != language.direction else ""}


def _plain(value: Any, language: Language) -> Any:
    """Extras of a chapter as plain values; tables and pictures become what their templates take."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item, language) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item, language) for item in value]
    if isinstance(value, Table):
        return {"label": "", "titled": True, **table_values(value, language)}
    if isinstance(value, Picture):
        return {"label": "", **picture_values(value)}
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Message):
        return cleaned(language.tell(value))
    return plain_text(value, language)


def _data_url(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _photo_url(media: str, content: bytes) -> str:
    return f"data:{media};base64," + base64.b64encode(content).decode("ascii")
