"""Chapter 4 of the report: what stands in the way of the chosen technologies, and what would lift it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Aside, Chapter, Options, Section

from . import reading, results, sheet


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the worst common barriers first, then technologies, measures, policy needs."""
    say = language.say
    shared = results.common(session, workflow)
    sections = [
        _common_section(session, workflow, language, shared),
        *(_technology_section(session, workflow, language, each) for each in reading.technologies(session)),
        _measures_section(session, workflow, language),
        _policy_section(session, workflow, language),
    ]
    title = say("What stands in the way, and what would lift it")
    lead = _lead(session, workflow, language, shared)
    return Chapter(
        "barriers",
        title,
        say("Stage {n}", n=4),
        lead,
        tuple(s for s in sections if s),
        short=say("Barriers"),
        number="4",
    )


def _lead(
    session: Session, workflow: Workflow, language: Language, shared: tuple[results.CommonBarrier, ...]
) -> str:
    say, say_n = language.say, language.say_n
    rows, technologies = reading.shortlist_barriers(session), reading.technologies(session)
    if not rows:
        return say("It has not been written yet what stands in the way.")
    counted = say(
        "{barriers} in the way of {technologies}.",
        barriers=say_n("One barrier stands", "{n} barriers stand", len(rows)),
        technologies=say_n("one technology", "{n} technologies", len(technologies)),
    )
    if not shared:
        return (
            counted
            if len(technologies) < 2
            else say("{counted} No two technologies share a barrier.", counted=counted)
        )
    first = (shared[0].importance, shared[0].severity)
    worst = [each.name for each in shared if (each.importance, each.severity) == first][:3]
    if shared[0].importance or shared[0].severity:
        said = say_n(
            "The most severe one that several share is: {names}.",
            "The most severe ones that several share are: {names}.",
            len(worst),
            names=language.listing(worst),
        )
    else:
        said = say_n(
            "One is shared by several technologies.", "{n} are shared by several technologies.", len(shared)
        )
    return say("{counted} {shared}", counted=counted, shared=said)


def _common_section(
    session: Session, workflow: Workflow, language: Language, shared: tuple[results.CommonBarrier, ...]
) -> Section | None:
    if not shared:
        return None
    say, say_n = language.say, language.say_n
    paragraph = say_n(
        "One barrier hinders more than one technology; lifting it once helps all of them.",
        "{n} barriers hinder more than one technology; lifting one of them once helps all of these.",
        len(shared),
    )
    widest = max(shared, key=lambda each: len(each.technologies))
    opens = Aside(
        say(
            "{name} hinders {technologies}.",
            name=widest.name,
            technologies=language.listing(widest.technologies),
        ),
        say("Opens most doors"),
        language.number(len(widest.technologies)),
    )
    return Section(
        say("Barriers that several technologies share"),
        (paragraph,),
        tables=(sheet.common_table(session, workflow, language),),
        asides=(opens,),
    )


def _technology_section(
    session: Session, workflow: Workflow, language: Language, technology: dict[str, str]
) -> Section:
    say, say_n = language.say, language.say_n
    rows, core = reading.causes(session, technology["id"]), reading.core_problem(session, technology["id"])
    said = (
        [say("The core problem: {problem}", problem=core)]
        if core
        else [say("The core problem is not written yet.")]
    )
    if not rows:
        return Section(technology["name"], (*said, say("No barrier is written yet.")))
    roots = [row["name"] for row in rows if row["cause_of_id"]]
    if len(roots) > 3:
        said.append(say("{count} of the {all} barriers lie behind others.", count=len(roots), all=len(rows)))
    elif roots:
        said.append(
            say_n(
                "One barrier lies behind others: {names}.",
                "{n} barriers lie behind others: {names}.",
                len(roots),
                names=language.listing(roots),
            )
        )
    open_ones = sum(1 for row in rows if not row["measures"])
    if open_ones:
        said.append(
            say_n("No measure answers one of them yet.", "No measure answers {n} of them yet.", open_ones)
        )
    unrated = sum(1 for row in rows if not row["importance"] and row["severity"] is None)
    if unrated:
        said.append(
            say_n("One is not rated yet and stands last.", "{n} are not rated yet and stand last.", unrated)
        )
    return Section(
        technology["name"],
        tuple(said),
        tables=(sheet.technology_table(session, workflow, language, technology),),
    )


def _measures_section(session: Session, workflow: Workflow, language: Language) -> Section:
    say, say_n = language.say, language.say_n
    rows, unanswered = reading.measures(session), reading.unanswered(session)
    if not rows:
        return Section(say("What would lift them"), (say("No measure is written yet."),))
    to_plan = sum(1 for row in rows if row["to_plan"])
    said = say(
        "{measures} found; {chosen} to the action plan.",
        measures=say_n("One measure was", "{n} measures were", len(rows)),
        chosen=say_n("one goes", "{n} go", to_plan),
    )
    bullets = tuple(say("No measure yet: {name}.", name=row["name"]) for row in unanswered)
    return Section(
        say("What would lift them"),
        (said,),
        tables=(sheet.measure_table(session, workflow, language),),
        bullets=bullets,
    )


def _policy_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    say, say_n = language.say, language.say_n
    rows = reading.policy_needs(session)
    if not rows:
        return None
    said = [say_n("One law or rule must change.", "{n} laws or rules must change.", len(rows))]
    homeless = sum(1 for row in rows if not row["body"])
    if homeless:
        said.append(
            say_n(
                "For one of them it is not said who can act.",
                "For {n} of them it is not said who can act.",
                homeless,
            )
        )
    return Section(
        say("Laws and rules that must change"),
        tuple(said),
        tables=(sheet.policy_table(session, workflow, language),),
    )
