"""Chapter 4 of the report: what stands in the way of the chosen technologies, and what would lift it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Chapter, Options, Section
from tna_desktop.reports.words import in_words

from . import reading, results, sheet


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the worst common barriers first, then technologies, measures, policy needs."""
    say = language.say
    shared, technologies = results.common(session, workflow), reading.technologies(session)
    sections = [
        _common_section(session, workflow, language, shared),
        *(_technology_section(session, workflow, language, each, options) for each in technologies),
        _measures_section(session, workflow, language, options) if technologies else None,
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


def _lead(session: Session, workflow: Workflow, language: Language, shared: tuple[results.CommonBarrier, ...]) -> str:
    say, say_n = language.say, language.say_n
    rows, technologies = reading.shortlist_barriers(session), reading.technologies(session)
    if not rows:
        return say("It has not been written yet what stands in the way.")
    counted = say(
        "{barriers} in the way of {technologies}.",
        barriers=say_n(
            "One barrier stands", "{n} barriers stand", len(rows), n=in_words(len(rows), language, first=True)
        ),
        technologies=say_n(
            "one technology", "{n} technologies", len(technologies), n=in_words(len(technologies), language)
        ),
    )
    if not shared:
        return (
            counted if len(technologies) < 2 else say("{counted} No two technologies share a barrier.", counted=counted)
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
            "One is shared by several technologies.",
            "{n} are shared by several technologies.",
            len(shared),
            n=in_words(len(shared), language, first=True),
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
        n=in_words(len(shared), language, first=True),
    )
    widest = max(shared, key=lambda each: len(each.technologies))
    most = len(widest.technologies)
    opens = (
        say("“{name}” hinders the most: {technologies}.", name=widest.name, technologies=language.listing(widest.technologies))
        if most > 2
        else ""
    )  # fmt: skip
    return Section(
        say("Barriers that several technologies share"),
        (say("{shared} {widest}", shared=paragraph, widest=opens) if opens else paragraph,),
        tables=(sheet.common_table(session, workflow, language),),
    )


def _technology_section(
    session: Session, workflow: Workflow, language: Language, technology: dict[str, str], options: Options
) -> Section:
    say, say_n = language.say, language.say_n
    rows, core = reading.causes(session, technology["id"]), reading.core_problem(session, technology["id"])
    problem = say("The core problem: {problem}", problem=core) if core else say("The core problem is not written yet.")
    if not rows:
        return Section(technology["name"], (problem, say("No barrier is written yet.")))
    table = sheet.weighty_table(session, workflow, language, technology)
    roots = sum(1 for row in rows if row["cause_of_id"])
    count = say_n("One barrier stands in the way.", "{n} barriers stand in the way.", len(rows),
                  n=in_words(len(rows), language, first=True))  # fmt: skip
    if roots:
        behind = say_n("One of them is a cause of another.", "{n} of them are causes of others.", roots,
                       n=in_words(roots, language, first=True))  # fmt: skip
        count = say("{count} {behind}", count=count, behind=behind)
    if len(table.rows) < len(rows) and has_annex(workflow, options):
        shown = say_n("The table shows the one that weighs most; the annex on barriers lists them all.",
                      "The table shows the {n} that weigh most; the annex on barriers lists them all.",
                      len(table.rows), n=in_words(len(table.rows), language))  # fmt: skip
        count = say("{count} {shown}", count=count, shown=shown)
    said = (problem, count)
    return Section(technology["name"], said, tables=(table,))


def _measures_section(session: Session, workflow: Workflow, language: Language, options: Options) -> Section:
    say, say_n = language.say, language.say_n
    rows, unanswered = reading.measures(session), reading.unanswered(session)
    if not rows:
        return Section(say("What would lift them"), (say("No measure is written yet."),))
    to_plan = sum(1 for row in rows if row["to_plan"])
    said = [
        say(
            "{measures} found; {chosen} to the action plan.",
            measures=say_n("One measure was", "{n} measures were", len(rows),
                           n=in_words(len(rows), language, first=True)),
            chosen=say_n("one goes", "{n} go", to_plan, n=in_words(to_plan, language)) if to_plan else say("none goes yet"),
        )
    ]  # fmt: skip
    if has_annex(workflow, options):
        said = [say("{counted} The annex on barriers lists them.", counted=said[0])]
    heavy = {
        each.barrier_id
        for ranked in results.ranked(session, workflow).values()
        for each in sheet.weighty(ranked, workflow)
    }
    open_ones = [row["name"] for row in unanswered if row["id"] in heavy]
    if open_ones:
        said.append(
            say_n("One of the weightiest barriers has no measure yet:", "{n} of the weightiest barriers have no measure yet:",
                  len(open_ones), n=in_words(len(open_ones), language, first=True))
        )  # fmt: skip
    else:
        said.append(say("Each of the weightiest barriers has a measure."))
    return Section(say("What would lift them"), tuple(said), bullets=tuple(open_ones))


def has_annex(workflow: Workflow, options: Options) -> bool:
    """Whether the full lists stand in an annex of this report."""
    return options.annexes and any(part.key == "annex_barriers" for part in workflow.outline)


def annex_sections(session: Session, workflow: Workflow, language: Language) -> tuple[Section, ...]:
    """The full lists behind the chapter: all barriers of each technology, all measures, what has no measure."""
    say = language.say
    found = [
        Section(each["name"], tables=(sheet.technology_table(session, workflow, language, each),))
        for each in reading.technologies(session)
        if reading.causes(session, each["id"])
    ]
    if reading.measures(session):
        found.append(Section(say("Measures"), tables=(sheet.measure_list(session, workflow, language),)))
    unanswered = tuple(row["name"] for row in reading.unanswered(session))
    if unanswered:
        found.append(Section(say("Barriers without a measure"), bullets=unanswered))
    return tuple(found)


def _policy_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    say, say_n = language.say, language.say_n
    rows = reading.policy_needs(session)
    if not rows:
        return None
    said = [
        say_n(
            "One law or rule must change.",
            "{n} laws or rules must change.",
            len(rows),
            n=in_words(len(rows), language, first=True),
        )
    ]
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
