"""Chapter 1 of the report: what the assessment is for, what exists already, and who took part."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Aside, Chapter, Options, Section

from . import reading, sheet


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the finding first, then scope, existing options and stakeholders."""
    say, say_n = language.say, language.say_n
    scope, groups, register = reading.scope(session), reading.groups(session, workflow), reading.register(session)
    filled = [group for group in groups if group.count]
    lead = say(
        "This assessment was made with {stakeholders} from {groups}.",
        stakeholders=say_n("one organisation or community", "{n} organisations and communities", len(register)),
        groups=say_n("one group", "{n} groups", len(filled)),
    )
    sections = [
        Section(
            say("Mandate and purpose"),
            _paragraphs(scope["mandate"], scope["purpose"], _period(scope, language)),
            asides=_served(scope, language),
        ),
        Section(
            say("What exists already"),
            (_overview_sentence(session, language),),
            tables=(sheet.overview_table(session, workflow, language),),
        ),
        Section(
            say("Who has a stake"),
            (_groups_sentence(filled, language), *_no_persons(filled, options, language)),
            tables=(sheet.group_table(session, workflow, language),),
            asides=_gaps(groups, language),
        ),
    ]
    return Chapter(
        "stakeholders",
        say("What this assessment is for, and who took part"),
        say("Stage {n}", n=1),
        lead,
        tuple(sections),
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


def _served(scope: dict, language: Language) -> tuple[Aside, ...]:
    pairs = (
        ("priorities", language.say("National priorities served")),
        ("targets", language.say("Targets served")),
        ("conventions", language.say("Conventions concerned")),
    )
    return tuple(Aside(scope[name], title) for name, title in pairs if scope[name])


def _overview_sentence(session: Session, language: Language) -> str:
    count = len(reading.overview(session))
    return language.say_n(
        "The team found one option or resource that exists already.",
        "The team found {n} options and resources that exist already.",
        count,
    )


def _groups_sentence(filled: list[reading.GroupCount], language: Language) -> str:
    if not filled:
        return language.say("No stakeholder is listed yet.")
    largest = max(filled, key=lambda group: group.count)
    return language.say(
        "The largest group is {group}, with {count} of those who took part.",
        group=largest.name,
        count=language.number(largest.count),
    )


def _no_persons(filled: list[reading.GroupCount], options: Options, language: Language) -> tuple[str, ...]:
    if not filled or not options.annexes:
        return ()
    if options.contacts:
        return (language.say("An annex lists every stakeholder, with contacts."),)
    return (language.say("An annex lists every stakeholder. Persons are not named in this report."),)


def _gaps(groups: list[reading.GroupCount], language: Language) -> tuple[Aside, ...]:
    return tuple(
        Aside(group.gap, language.say("Why {group} did not take part", group=group.name))
        for group in groups
        if group.gap and not group.count
    )
