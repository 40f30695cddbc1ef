"""The annexes of the report: lists and methods that belong to the record but not into the reading."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Chapter, Options, Section
from tna_desktop.reports.table import printed

from ..barriers import chapter as barriers_chapter
from ..criteria import sheet as criteria_sheet
from ..priorities import sections_technologies
from ..priorities import sheet as priorities_sheet
from ..stakeholders import sheet as stakeholders_sheet
from .sources import merged

Annex = Callable[[Session, Workflow, Language, Options], tuple[Section, ...]]


def annex(
    key: str, title: str, letter: str, session: Session, workflow: Workflow, language: Language, options: Options
) -> Chapter | None:
    """One annex by the outline's key; None for a key no annex is written for, and for an annex with nothing in it."""
    write = ANNEXES.get(key)
    sections = write(session, workflow, language, options) if write else ()
    if not sections:
        return None
    return Chapter(key, title, language.say("Annex {letter}", letter=letter), "", sections, short=title, number=letter)


def _stakeholders(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    table = printed(
        stakeholders_sheet.stakeholder_table(session, workflow, language), "engagement", "role", "interests"
    )
    if not table.rows:
        return ()
    sections = [
        Section("", (language.say("Persons are not named here."),) if not options.contacts else (), tables=(table,))
    ]
    contacts = stakeholders_sheet.contact_table(session, workflow, language)
    if options.contacts and contacts.rows:
        words = language.say("These data were included on request. Handle them with care.")
        sections.append(Section(language.say("Contacts"), (words,), tables=(contacts,)))
    elif options.contacts:
        sections.append(Section(language.say("Contacts"), (language.say("No contact is recorded."),)))
    return tuple(sections)


def _criteria(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    table = criteria_sheet.criteria_table(session, workflow, language)
    if not table.rows:
        return ()
    return (Section("", (), tables=(printed(table, "group", "unit", "anchor_1", "anchor_3", "anchor_5", "source"),)),)


def _technologies(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    table = priorities_sheet.technology_table(session, workflow, language)
    if not table.rows:
        return ()
    facts = sections_technologies.lists(table, language)
    gates = priorities_sheet.gate_table(session, workflow, language)
    asked = len(gates.columns) > 2
    return (
        Section("", (), tables=(*facts, printed(gates, "reasons")) if asked else facts),
        *sections_technologies.sheet_sections(session, workflow, language),
    )


def _scores(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    scores = priorities_sheet.score_table(session, language)
    if not scores.rows or len(scores.columns) < 2:
        return ()
    words = language.say("The evidence behind the scores stands in the Excel file, one line for each score.")
    ranking = priorities_sheet.ranking_table(priorities_sheet.results.ranking(session, workflow), language)
    return (
        Section("", (words,), tables=(scores, printed(ranking, "sector", "low", "high", "remark", "choice", "reason"))),
    )


def _method(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    say = language.say
    return (
        Section(say("Scores and values"), (
            say("Each score is put on a scale from 0, the worse end of its criterion, to 100, the better end, along a straight line or along the line the team has drawn for it. Where a criterion has no ends of its own, the lowest and the highest score in the table are taken."),
            say("A technology's value is the mean of these points, weighted by the criteria. Weights count as their share of the sum of all weights set."),
        )),
        Section(say("What is not known"), (
            say("An unknown score is never taken as zero. The technology then shows the least and the most it can still reach, and has no rank until the score is known."),
            say("Where a criterion does not apply to a technology it is left out, and the technology's other weights are scaled up so that they add up to one again."),
        )),
        Section(say("Ranks"), (
            say("A rank is one more than the number of technologies that are strictly better, from unrounded values. Equal values share a rank and are called a tie."),
            say("A technology that does not pass a gate is not ranked. The ranking supports the discussion; the shortlist is the team's decision, and a departure from the ranking is recorded with its reason."),
        )),
        Section(say("How sure a ranking is"), (
            say("The ranking is made again many times with other weights and with scores as they might be, and it is counted how often each technology takes which place. The number of these trials and the number they begin with are told with the figure, so that the same trials can be made again."),
            say("Technologies whose scores are not all known take part in the trials with scores from the worse to the better end of each criterion."),
        )),
        Section(say("Money"), (say("A cost that is not known is left open: totals then say that they are incomplete."),)),
    )  # fmt: skip


def _barriers(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    return barriers_chapter.annex_sections(session, workflow, language)


def _sources(session: Session, workflow: Workflow, language: Language, options: Options) -> tuple[Section, ...]:
    found = [source for stage in workflow.stages for step in stage.steps for source in step.guidance.sources]
    if not found:
        return ()
    return (
        Section(
            "", (language.say("The guidance that the team followed rests on these sources."),), bullets=merged(found)
        ),
    )


ANNEXES: dict[str, Annex] = {
    "annex_stakeholders": _stakeholders,
    "annex_criteria": _criteria,
    "annex_technologies": _technologies,
    "annex_scores": _scores,
    "annex_barriers": _barriers,
    "annex_method": _method,
    "annex_sources": _sources,
}
