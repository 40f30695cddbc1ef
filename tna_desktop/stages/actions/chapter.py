"""Chapter 5 of the report: who does what by when, what it costs, who pays, and what is missing."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Aside, Chapter, Options, Picture, Section
from tna_desktop.reports.words import in_words

from . import figures, reading, results, sheet


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the size of the plan first, then its money, its actions and what is not costed."""
    say = language.say
    budget = results.budget(session)
    sections = [
        _plan_section(session, workflow, language) if budget.actions else None,
        _money_section(budget, workflow, language, options) if budget.actions else None,
        _open_section(session, budget, language),
    ]
    title = say("Who does what, by when, and who pays")
    return Chapter(
        "actions",
        title,
        say("Stage {n}", n=5),
        lead(budget, language),
        tuple(s for s in sections if s),
        short=say("Actions"),
        number="5",
    )


def lead(budget: results.Budget, language: Language) -> str:
    """The finding in a few sentences: how many actions, what they cost together, and how much has a source."""
    say, say_n = language.say, language.say_n
    if not budget.actions:
        return say("No action is planned yet.")
    whole = len(budget.actions)
    counted = say_n("The plan has one action.", "The plan has {n} actions.", whole, n=in_words(whole, language))
    if not budget.costed:
        return say("{counted} None has a cost yet, so the total is not known.", counted=counted)
    total = figures.total_shown(budget, language)
    if budget.uncosted:
        cost = say(
            "{costed} of {all} actions have a cost, {total} together; the total is incomplete.",
            costed=budget.costed,
            all=len(budget.actions),
            total=total,
        )
    else:
        cost = say_n("It costs {total}.", "Together they cost {total}.", len(budget.actions), total=total)
    return say("{counted} {cost} {share}", counted=counted, cost=cost, share=covered_sentence(budget, language))


def covered_sentence(budget: results.Budget, language: Language) -> str:
    """How much of the known cost has a source. A gap never rounds away: 99.7 % stays below 100 %."""
    share = budget.covered_share
    if share is None:
        return language.say("What is costed so far needs no money.")
    if not budget.gap:
        return language.say("All of it has a source.")
    if not budget.covered:
        return language.say("None of it has a source yet.")
    shown = min(max(round(share, 2), 0.01), 0.99)
    return language.say("{share} of it has a source.", share=language.percent(shown))


def _plan_section(session: Session, workflow: Workflow, language: Language) -> Section:
    say, say_n = language.say, language.say_n
    rows = reading.actions(session)
    leads = {row["lead"] for row in rows if row["lead"]}
    agreed = sum(1 for row in rows if row["lead_agreed"])
    if leads:
        said = say(
            "{bodies}; {agreed}.",
            bodies=say_n(
                "One body leads the actions",
                "{n} bodies lead the actions",
                len(leads),
                n=in_words(len(leads), language, first=True),
            ),
            agreed=say_n(
                "for one action the lead has agreed",
                "for {n} actions the lead has agreed",
                agreed,
                n=in_words(agreed, language),
            )
            if agreed
            else say("no lead has agreed yet"),
        )
    else:
        said = say("No action has a lead yet.")
    starts, ends = ([row[name] for row in rows if row[name]] for name in ("start", "end"))
    if starts and ends:
        first, last = str(min(starts).year), str(max(ends).year)
        time = (
            say("All of it falls into {year}.", year=first)
            if first == last
            else say("The work runs from {first} to {last}.", first=first, last=last)
        )
        said = say("{bodies} {time}", bodies=said, time=time)
    return Section(
        say("The action plan"),
        (said,),
        tables=(sheet.plan_table(session, workflow, language),),
    )


def _money_section(budget: results.Budget, workflow: Workflow, language: Language, options: Options) -> Section:
    say, say_n = language.say, language.say_n
    if not budget.funded and not budget.gap:
        return Section(say("Who pays"), (say("No cost and no source of money is known yet."),))
    said = []
    if budget.funded:
        largest = budget.sources[0]
        said.append(
            say(
                "The largest source is {name}, with {amount}.",
                name=sheet.source_name(workflow, language, largest.key),
                amount=language.money(largest.funded, budget.currency),
            )
        )
        said.append(
            say("{secured} are promised in writing.", secured=language.money(budget.secured, budget.currency))
            if budget.secured
            else say("None of the money is promised in writing yet.")
        )
    over = [each for each in budget.actions if each.over_funded]
    if over:
        said.append(
            say_n(
                "More money is named than this action costs: {names}.",
                "More money is named than these actions cost: {names}.",
                len(over),
                names=language.listing([each.name for each in over]),
            )
        )
    source = say("Source: TNA Desktop, {day}.", day=language.date(options.today))
    bar, bar_words = figures.money_bar(budget, workflow, language)
    pictures = [
        Picture(
            "money",
            say("Money by source, and what has none"),
            bar,
            bar_words,
            note=sourced(source, sheet.cost_note(budget, language), language),
        )
    ]
    if budget.years:
        columns, column_words = figures.year_columns(budget, language, width=627, height=180)
        pictures.append(
            Picture(
                "years",
                figures.year_title(budget, language),
                columns,
                column_words,
                note=sourced(source, sheet.year_note(language), language),
            )
        )
    gap = (
        (
            Aside(
                say("of the known cost has no source yet."),
                say("The gap"),
                language.money(budget.gap, budget.currency),
            ),
        )
        if budget.gap
        else ()
    )
    return Section(
        say("Who pays"),
        tuple(said),
        tuple(pictures),
        (sheet.year_table(budget, workflow, language),),
        asides=gap,
    )


def _open_section(session: Session, budget: results.Budget, language: Language) -> Section | None:
    """What is not costed, and what the plan does not say yet."""
    say, say_n = language.say, language.say_n
    if not budget.actions:
        return None
    uncosted = tuple(each.name for each in budget.actions if each.cost is None)
    said = []
    words = tick_names(language)
    lacking = [
        say("{what} ({done} of {all})", what=words[tick.key], done=tick.done, all=tick.all)
        for tick in results.quality(session)
        if not tick.holds
    ]
    if lacking:
        said.append(say("Not every action says: {missing}.", missing=language.listing(lacking)))
    if budget.unknown_amounts:
        said.append(
            say_n(
                "For one source the amount is not known.",
                "For {n} sources the amount is not known.",
                budget.unknown_amounts,
            )
        )
    if uncosted:
        said.append(
            say_n(
                "One action is not costed yet:",
                "{n} actions are not costed yet:",
                len(uncosted),
                n=in_words(len(uncosted), language, first=True),
            )
        )
    return Section(say("What is still open"), tuple(said), bullets=uncosted) if said else None


def sourced(source: str, note: str, language: Language) -> str:
    """Where a figure comes from, and what should be known about it."""
    return language.say("{source} {note}", source=source, note=note) if note else source


def tick_names(language: Language) -> dict[str, str]:
    """The five things a sound plan says of every action."""
    say = language.say
    return {
        "lead_id": say("Lead"),
        "dates": say("Dates"),
        "cost": say("Cost"),
        "source": say("Source of money"),
        "indicator": say("Indicator"),
    }
