"""A chapter of the report: a function of the document makes it, a template lays it out; no database in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .table import Table


@dataclass(frozen=True)
class Picture:
    """A figure: SVG text that stands alone, and the sentence that says the same to someone who cannot see it.

    ``note`` is the source below the figure. A wide figure takes the whole page width (166 mm), another the text
    column (118 mm); an SVG drawn about 627 or 446 pixels wide shows its letters in their own size. ``image`` is a
    photograph instead of the SVG text: its media type and its bytes.
    """

    key: str
    title: str
    svg: str
    description: str
    note: str = ""
    wide: bool = True
    image: tuple[str, bytes] = ("", b"")


@dataclass(frozen=True)
class Aside:
    """A remark in the note column: a heading, a sentence, sometimes one big figure."""

    text: str
    title: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, then a picture, tables and bullets, in this order; remarks stand beside them.

    ``opens_page``: it begins on a new page, as a sheet that is handed on by itself does.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    bullets: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    opens_page: bool = False


@dataclass(frozen=True)
class Chapter:
    """One chapter. ``lead`` says the finding first; ``values`` are extras for a template of its own,
    which finds them as ``chapter.extra``.

    ``eyebrow`` stands above the title ("Stage 3"). ``short`` is the title as the running head shows it.
    ``number`` is "3" or "A"; left empty, chapters with an eyebrow are counted and the others stay without.
    A chapter is laid out by ``report_templates/chapters/<key>.html`` when there is one, else by ``default.html``.
    """

    key: str
    title: str
    eyebrow: str = ""
    lead: str = ""
    sections: tuple[Section, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    short: str = ""
    number: str = ""


@dataclass(frozen=True)
class Options:
    """What the person asked for. Everything private is off unless asked."""

    contacts: bool = False
    annexes: bool = True
    draft: bool = True
    today: date | None = None


@dataclass(frozen=True)
class Book:
    """The whole report: cover facts, chapters in order, and every table once for the workbook.

    ``fictional`` is the sentence of a made-up example; the foot of every page then says so in short. ``progress`` is
    the done share of each stage, for the rosette on the cover. ``foot`` is the version and date at the foot of the
    page; left empty, the status stands there.
    """

    title: str
    country: str
    year: str
    finding: str
    prepared_by: str
    prepared_under: str
    status: str
    fictional: str
    chapters: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    progress: tuple[float, ...] = ()
    draft: bool = True
    foot: str = ""
