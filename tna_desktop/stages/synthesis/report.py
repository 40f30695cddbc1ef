"""The whole report: chapters in the order of the workflow's outline, each written by its stage, and every table once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import ascii_uppercase

from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import Facts, facts
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow, from_json, translated
from tna_desktop.reports.book import make_book
from tna_desktop.reports.chapter import Book, Chapter, Options, Section
from tna_desktop.reports.table import Table

from .. import STAGES, stage
from ..stakeholders import withholding
from . import chapter as own
from . import reading
from .annexes import annex

_OWN = {"summary": own.summary, "next_steps": own.next_steps}
_STAGE_KEYS = {each.key for each in STAGES if each.key != "synthesis"}


def book_of(document: Document, language: Language, options: Options) -> Book:
    """The whole report of a document as it is now, in one language. What is withheld is not in it."""
    with withholding.outgoing(document, language) as session:
        workflow = translated(from_json(facts(session).workflow_content), language)
        return build_book(session, workflow, language, options)


def build_book(session: Session, workflow: Workflow, language: Language, options: Options) -> Book:
    """Write every chapter and collect every table. The workflow comes in the report's language.

    Raises RuntimeError when something is withheld and the session still holds it.
    """
    if not withholding.ready_to_leave(session):
        raise RuntimeError("a report is made from what may leave: see book_of()")
    options = options if options.today else replace(options, today=date.today())
    chapters = list(_chapters(session, workflow, language, options))
    tables = all_tables(session, workflow, language, options)
    known = facts(session)
    status = _status(known.status, options, language)
    return make_book(
        chapters, tables,
        title=workflow.report_title, country=known.title or known.country, year=str(known.year or options.today.year if options.today else ""),
        finding=own.finding(session, workflow, language), prepared_by=known.prepared_by, prepared_under=workflow.prepared_under,
        status=status, fictional=known.fictional, notes=_notes(session, known, workflow, language), progress=(1.0,) * 5 + (0.0 if options.draft else 1.0,),
        draft=options.draft, foot=_status("", options, language),
    )  # fmt: skip


def all_tables(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of every stage, in the order of the workbook."""
    return [table for each in STAGES for table in each.module("sheet").sheets(session, workflow, language, options)]


def _chapters(session: Session, workflow: Workflow, language: Language, options: Options):  # type: ignore[no-untyped-def]
    letter = 0
    texts = reading.texts(session)
    for part in workflow.outline:
        if part.key in _OWN:
            yield _OWN[part.key](session, workflow, language, options)
        elif part.key in _STAGE_KEYS:
            written = stage(part.key).module("chapter").chapter(session, workflow, language, options)
            yield _with_own_words(written, texts.get(part.key, ""))
        elif options.annexes and part.key.startswith("annex"):
            found = annex(part.key, part.title, ascii_uppercase[letter % 26], session, workflow, language, options)
            if found is not None:
                letter += 1
                yield found


def _with_own_words(chapter: Chapter, words: str) -> Chapter:
    """The team's own words stand first in the chapter, below its lead."""
    paragraphs = tuple(part.strip() for part in words.split("\n\n") if part.strip())
    return replace(chapter, sections=(Section("", paragraphs), *chapter.sections)) if paragraphs else chapter


def _status(written: str, options: Options, language: Language) -> str:
    """The team's own status, or draft or final, with the day."""
    day = language.date(options.today)
    words = written or (language.say("Draft") if options.draft else language.say("Final"))
    return language.say("{status}, {day}", status=words, day=day)


def _notes(session: Session, known: Facts, workflow: Workflow, language: Language) -> tuple[str, ...]:
    say = language.say
    held = withholding.sentence(withholding.how_much(session), language)
    return (
        *((held,) if held else ()),
        say("Amounts are in {currency}.", currency=known.currency),
        say(
            "Made with TNA Desktop after the workflow “{title}”, version {version}.",
            title=workflow.title,
            version=workflow.version,
        ),
    )
