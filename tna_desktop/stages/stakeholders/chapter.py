"""Chapter 1 of the report: what the assessment is for, what exists already, and who took part."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Chapter, Options, Section
from tna_desktop.reports.table import printed
from tna_desktop.reports.words import in_words

from . import reading, sheet
from .sections.consent import consent_section
from .sections.coverage import coverage_section
from .sections.engagement import engagement_section
from .sections.map import map_section


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the finding first, then scope, existing options and stakeholders."""
    say, say_n = language.say, language.say_n
    scope, groups, register = reading.scope(session), reading.groups(session, workflow), reading.register(session)
    filled = [group for group in groups if group.count]
    lead = (
        say(
            "This assessment was made with {stakeholders} from {groups}.",
            stakeholders=say_n("one organisation or community", "{n} organisations and communities", len(register),
                               n=in_words(len(register), language)),
            groups=say_n("one group", "{n} groups", len(filled), n=in_words(len(filled), language)),
        )
        if register
        else say("It is not written yet who takes part in this assessment.")
    )  # fmt: skip
    overview = sheet.overview_table(session, workflow, language)
    purpose = _paragraphs(scope["mandate"], scope["purpose"], _period(scope, language))
    sections = [
        Section(
            say("Mandate and purpose"),
            purpose or (say("Mandate and purpose are not written yet."),),
            bullets=_served(scope, language),
        ),
        Section(
            say("What exists already"),
            (_overview_sentence(len(overview.rows), language),),
            tables=(printed(overview, "kind", "holder", "year", "gap", "link"),) if overview.rows else (),
        ),
        Section(
            say("Who has a stake"),
            (_groups_sentence(filled, language), *_no_persons(filled, options, language)),
            tables=(sheet.group_table(session, workflow, language),) if filled or _gaps(groups) else (),
        ),
        map_section(session, workflow, language),
        coverage_section(session, workflow, language),
        engagement_section(session, workflow, language),
        consent_section(session, workflow, language),
    ]
    return Chapter(
        "stakeholders",
        say("What this assessment is for, and who took part"),
        say("Stage {n}", n=1),
        lead,
        tuple(section for section in sections if section is not None),
        short=say("Stakeholders"),
        number="1",
    )


def _paragraphs(*texts: str) -> tuple[str, ...]:
    return tuple(part.strip() for text in texts for part in text.split("\n\n") if part.strip())


def _period(scope: dict, language: Language) -> str:
    if scope["period_from"] and scope["period_to"]:
        return language.say(
            "It looks at the years {first} to {last}.", first=scope["period_from"], last=scope["period_to"]
        )
    return ""


def _served(scope: dict, language: Language) -> tuple[str, ...]:
    say = language.say
    sentences = (
        ("priorities", say("National priorities served: {text}.", text=scope["priorities"].rstrip(" ."))),
        ("targets", say("Targets served: {text}.", text=scope["targets"].rstrip(" ."))),
        ("conventions", say("Conventions concerned: {text}.", text=scope["conventions"].rstrip(" ."))),
        ("languages", say("Languages of the work: {text}.", text=scope["languages"].rstrip(" ."))),
    )
    return tuple(sentence for name, sentence in sentences if scope[name].strip())


def _overview_sentence(count: int, language: Language) -> str:
    if not count:
        return language.say("Existing options and resources are not listed yet.")
    return language.say_n(
        "The team found one option or resource that exists already.",
        "The team found {n} options and resources that exist already.",
        count,
        n=in_words(count, language),
    )


def _groups_sentence(filled: list[reading.GroupCount], language: Language) -> str:
    if not filled:
        return language.say("No stakeholder is listed yet.")
    most = max(group.count for group in filled)
    largest = [group.name for group in filled if group.count == most]
    whole = sum(group.count for group in filled)
    if len(filled) == 1 or len(largest) > 3:
        return language.say_n(
            "One group of stakeholders took part.",
            "{n} groups of stakeholders took part.",
            len(filled),
            n=in_words(len(filled), language, first=True),
        )
    return language.say_n(
        "The largest group is {group}, with {count} of the {whole} who took part.",
        "The largest groups are {group}, with {count} each of the {whole} who took part.",
        len(largest),
        group=language.listing(largest),
        count=in_words(most, language),
        whole=in_words(whole, language),
    )


def _no_persons(filled: list[reading.GroupCount], options: Options, language: Language) -> tuple[str, ...]:
    if not filled or not options.annexes:
        return ()
    if options.contacts:
        return (language.say("An annex lists every stakeholder, with contacts."),)
    return (language.say("An annex lists every stakeholder. Persons are not named in this report."),)


def _gaps(groups: list[reading.GroupCount]) -> bool:
    """Whether the team wrote why a group did not take part; the table of groups then says so."""
    return any(group.gap and not group.count for group in groups)
