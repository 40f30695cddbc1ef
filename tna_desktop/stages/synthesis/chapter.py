"""The chapters stage 6 writes itself: the summary in front, and what happens next at the end."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Aside, Chapter, Options, Section
from tna_desktop.reports.words import in_words

from ..actions import results as action_results
from ..barriers import reading as barrier_reading
from ..priorities import chapter as priorities_chapter
from ..priorities import reading as priority_reading
from ..priorities import results as priority_results
from ..stakeholders import reading as stakeholder_reading
from . import reading, sheet


def summary(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The summary: the team's own words where they wrote some, else sentences drafted from the data."""
    say = language.say
    ranking = priority_results.ranking(session, workflow)
    words = reading.texts(session).get("summary", "")
    drafted = (
        _who(session, workflow, language), priorities_chapter.conclusion(ranking, language),
        _barriers(session, language),
        _actions(session, language),
    )  # fmt: skip
    paragraphs = tuple(part.strip() for part in words.split("\n\n") if part.strip()) or tuple(
        part for part in drafted if part
    )
    chosen = [each for each in ranking.technologies if each.shortlisted]
    asides = (
        (Aside(language.listing([each.name for each in chosen]), say("Shortlist"), language.number(len(chosen))),)
        if chosen
        else ()
    )
    return Chapter(
        "summary",
        say("Summary"),
        "",
        finding(session, workflow, language),
        (Section("", paragraphs, asides=asides),),
        short=say("Summary"),
    )


def next_steps(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """What happens next: the team's words, the decisions on record, and what is still open."""
    say, say_n = language.say, language.say_n
    words = reading.texts(session).get("next_steps", "")
    paragraphs = tuple(part.strip() for part in words.split("\n\n") if part.strip())
    decisions, open_points = (
        sheet.decision_table(session, workflow, language),
        sheet.readiness_table(session, workflow, language),
    )
    sections = [Section("", paragraphs)] if paragraphs else []
    count, left = len(decisions.rows), len(open_points.rows)
    recorded = (
        say_n(
            "One decision was recorded with its reason.",
            "{n} decisions were recorded with their reasons.",
            count,
            n=in_words(count, language, first=True),
        )
        if count
        else say("No decision is on record yet.")
    )
    sections.append(Section(say("Decisions on record"), (recorded,), tables=(decisions,) if count else ()))
    if left:
        sections.append(
            Section(
                say("Still open"), (say("These points were open on the day of this report."),), tables=(open_points,)
            )
        )
    lead = _outlook(session, left, language)
    return Chapter(
        "next_steps",
        say("What happens next"),
        say("Stage {n}", n=6),
        lead,
        tuple(sections),
        short=say("Next steps"),
        number="6",
    )


def _outlook(session: Session, left: int, language: Language) -> str:
    if not stakeholder_reading.register(session) and not priority_reading.technologies(session):
        return language.say("The assessment has only begun.")
    if not left:
        return language.say("Nothing is left open.")
    return language.say_n(
        "One point is still open.", "{n} points are still open.", left, n=in_words(left, language, first=True)
    )


def finding(session: Session, workflow: Workflow, language: Language) -> str:
    """The whole assessment in one sentence, as it stands on the cover."""
    say, say_n = language.say, language.say_n
    chosen = priority_reading.shortlist(session)
    if not chosen:
        return say("An assessment under way: the shortlist of technologies is not chosen yet.")
    people, planned = stakeholder_reading.register(session), len(action_results.budget(session).actions)
    groups = sum(bool(group.count) for group in stakeholder_reading.groups(session, workflow))
    if not people or not planned:
        return say_n("The technology that was put first, and what stands in its way.", "The {n} technologies that were put first, and what stands in their way.",
                     len(chosen), n=in_words(len(chosen), language))  # fmt: skip
    return say(
        "{technologies} that {stakeholders} from {groups} put first, what stands in their way, and {actions} to bring them into use.",
        technologies=say_n("The technology", "The {n} technologies", len(chosen), n=in_words(len(chosen), language)),
        stakeholders=say_n("one organisation or community", "{n} organisations and communities", len(people), n=in_words(len(people), language)),
        groups=say_n("one group", "{n} groups", groups, n=in_words(groups, language)),
        actions=say_n("one action", "{n} actions", planned, n=in_words(planned, language)),
    )  # fmt: skip


def _who(session: Session, workflow: Workflow, language: Language) -> str:
    groups = [group.name for group in stakeholder_reading.groups(session, workflow) if group.count]
    if not groups:
        return language.say("No stakeholder is listed yet.")
    return language.say("These groups of stakeholders took part: {groups}.", groups=language.listing(groups))


def _actions(session: Session, language: Language) -> str:
    budget = action_results.budget(session)
    if not budget.actions:
        return language.say("No action is planned yet.")
    count = len(budget.actions)
    return language.say_n(
        "One action is planned.", "{n} actions are planned.", count, n=in_words(count, language, first=True)
    )


def _barriers(session: Session, language: Language) -> str:
    count = len(barrier_reading.barriers(session))
    if not count:
        return language.say("It has not been written yet what stands in the way.")
    return language.say_n(
        "One barrier stands in the way.",
        "{n} barriers stand in the way.",
        count,
        n=in_words(count, language, first=True),
    )
