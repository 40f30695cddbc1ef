"""Chapter 3 of the report: the sectors and technologies put first, how they were scored, and what is not known."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.charts.places import PlacesRow, places_chart
from tna_desktop.charts.ranking import RankingRow, ranking_chart
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Aside, Chapter, Options, Picture, Section
from tna_desktop.reports.words import in_words

from . import (
    competition_words,
    group_words,
    ranking_banner,
    ranking_page,
    reading,
    results,
    results_robustness,
    sections_doubts,
    sections_need,
    sections_sectors,
    sections_shortlist,
    sections_technologies,
    sheet,
    sheet_robustness,
)
from . import ranking_words as words
from .competition import competition
from .results_compare import length_of
from .results_first import NOTHING

#: So many missing facts are told one by one; more of them would bury what the chapter is about.
MOST_FACTS = 5


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: which technologies come first and how sure that is, then the sectors behind them."""
    say = language.say
    whole = ranking_page.read_page(session, workflow)
    ranking = whole.ranking
    sectors = sections_need.without_gap(sheet.sector_table(session, workflow, language))
    sections = [
        Section("", (_how(session, ranking, language), *competition_words.rule_words(ranking, competition(session), language)), _picture(ranking, language, options), asides=_big_figure(ranking, language)),
        *_sureness(whole, language), *sections_doubts.opinions_section(whole, language),
        *(each for each in (sections_doubts.voices_section(session, language),) if each),
        sections_shortlist.shortlist_section(session, ranking, language),
        *_technologies(session, language),
        *(each for each in (sections_need.need_section(session, workflow, language),) if each),
        Section(say("The sectors behind it"), (_sector_words(session, workflow, language), *sections_need.line_words(session, workflow, language)), tables=(sectors,) if sectors.rows else ()),
        *(each for each in (sections_sectors.sector_groups_section(session, workflow, language), sections_need.goals_section(session, workflow, language)) if each),
    ]  # fmt: skip
    return Chapter(
        "priorities",
        say("Priority technologies"),
        say("Stage {n}", n=3),
        conclusion(ranking, language),
        tuple(sections),
        short=say("Priority technologies"),
        number="3",
    )


def conclusion(ranking: results.Ranking, language: Language) -> str:
    """The ranking in one or two plain sentences: who comes first, by how much, and what is still open."""
    say = language.say
    if ranking.parts:
        return competition_words.leaders_words(ranking, language)
    ranked = ranking.ranked
    if ranking.alone is not None:
        return competition_words.alone_words(ranking, language)
    if not ranked:
        return say("No technology can be ranked yet.")
    lead = ranking_banner.leader_words(ranking, language)
    open_ones = [each for each in ranking.technologies if each.rank is None and not each.failed]
    if not open_ones:
        return lead
    surely = [each for each in open_ones if each.rank_worst == 1]
    if surely:
        return say(
            "{names} comes first whatever its unknown scores turn out to be. Of those fully scored: {lead}",
            names=language.listing([each.name for each in surely]), lead=lead,
        )  # fmt: skip
    could = [each for each in open_ones if each.rank_best == 1]
    if could:
        return say(
            "{lead} Scores are still unknown that could bring {names} to first place.",
            lead=lead,
            names=language.listing([each.name for each in could]),
        )
    tail = language.say_n(
        "One technology has unknown scores and therefore no rank.",
        "For {n} technologies scores are unknown, so they have no rank.",
        len(open_ones),
        n=in_words(len(open_ones), language),
    )
    return say("{lead} {tail}", lead=lead, tail=tail)


def _sureness(whole: ranking_page.RankingPage, language: Language) -> tuple[Section, ...]:
    """How sure the ranking is, who sees it otherwise, and what would change it."""
    return tuple(section for page in whole.apart for section in _sureness_of(page, language))


def _sureness_of(page: ranking_page.RankingPage, language: Language) -> tuple[Section, ...]:
    """The same for the technologies that compete with each other."""
    found = page.ranking
    asked = page.question(found, results_robustness.AROUND)
    if asked is None or not found.ranked or found.alone is not None:
        return ()
    sure = results_robustness.robustness(asked)
    ties = results_robustness.near_ties(found, sure, page.within_points)
    what = page.changes()
    told = [words.sure_words(found, sure, language), words.near_words(ties, found, language)]
    if page.shares:
        told.append(group_words.groups_words(found, page.group_rankings(), length_of(found), language))
    if what is not None:
        told += [words.first_words(found, what, language), words.proportions_words(found, what, language)]
    told += [each.text for each in ranking_banner.unknown_sentences(found, language)]
    if what is not None and what.facts:
        told.append(words.facts_words(what.facts, language))
        facts = [words.fact_words(fact, found, language) for fact in what.facts if fact.could_change != NOTHING]
        told += facts[:MOST_FACTS]
        if len(facts) > MOST_FACTS:
            told.append(language.say_n("So could one more unknown score.", "So could {n} more unknown scores.", len(facts) - MOST_FACTS))  # fmt: skip
    title = language.say("How sure this is")
    if found.among is not None:
        title = language.say("{group}: {title}", group=found.among.called(language), title=title)
    return (Section(title, tuple(text for text in told if text), _places(page, sure, language)),)


def _technologies(session: Session, language: Language) -> tuple[Section, ...]:
    """What the long list is made of, and what a gate stopped."""
    stopped = sections_technologies.gates_words(session, language)
    if stopped:
        lead = language.say_n(
            "One technology did not pass a gate and takes no part in the ranking.",
            "{n} technologies did not pass a gate and take no part in the ranking.", len(stopped), n=in_words(len(stopped), language, first=True),
        )  # fmt: skip
    elif any(reading.gate_answers(session).values()):
        lead = language.say("No technology was stopped by a gate.")
    else:
        lead = ""
    told = tuple(text for text in (sections_technologies.mix_words(session, language), lead) if text)
    mix = sections_technologies.mix_picture(session, language)
    return (Section(language.say("The long list"), told, mix, bullets=stopped),) if told else ()


def _places(
    page: ranking_page.RankingPage, sure: results_robustness.Robustness, language: Language
) -> tuple[Picture, ...]:
    """How often each technology takes which place, in the order of the ranking."""
    rows = [
        PlacesRow(each.name, sure.ranks[each.id], sure.shortlist[each.id], each.shortlisted)
        for each in page.ranking.technologies
        if each.id in sure.ranks
    ]
    if len(rows) < 2:
        return ()
    svg, told = places_chart(rows, sure.length, language)
    title = language.say("How often each technology takes which place")
    key = "places" if page.among is None else f"places-{page.among.key}"
    return (Picture(key, title, svg, told, sheet_robustness.trials_note(sure, language)),)


def chart(ranking: results.Ranking, language: Language, **options: object) -> tuple[str, str]:
    """The ranking as a picture and in words; on screen and in the report the same."""
    rows = [
        RankingRow(each.name, each.parts, each.value, each.rank, each.tied, each.value_low if each.value is None else None,
                   each.value_high if each.value is None else None, each.rank_best, each.rank_worst)
        for each in ranking.technologies if not each.failed
    ]  # fmt: skip
    names = [name or language.say("Criteria without a group") for _, name in ranking.branches]
    return ranking_chart(rows, names, language, shortlist=ranking.shortlist_length, **options)  # type: ignore[arg-type]


def _how(session: Session, ranking: results.Ranking, language: Language) -> str:
    say = language.say
    matrix = reading.matrix(session)
    size, known = matrix.asked(), matrix.known()
    scored = say("The team scored {technologies} against {criteria}.",
                 technologies=language.say_n("one technology", "{n} technologies", len(matrix.technologies), n=in_words(len(matrix.technologies), language)),
                 criteria=language.say_n("one criterion", "{n} criteria", len(matrix.criteria), n=in_words(len(matrix.criteria), language)))  # fmt: skip
    if not size:
        return say("Nothing was scored yet.")
    if not known:
        return say("{scored} No score is known yet.", scored=scored)
    unknown = size - known
    if not unknown:
        return say("{scored} All scores are known.", scored=scored)
    tail = language.say_n(
        "Of {all} scores one is unknown, and nothing was put in its place.",
        "Of {all} scores {n} are unknown, and nothing was put in their place.",
        unknown,
        all=language.number(size),
        n=in_words(unknown, language),
    )
    return say("{scored} {tail}", scored=scored, tail=tail)


def _picture(ranking: results.Ranking, language: Language, options: Options) -> tuple[Picture, ...]:
    if not ranking.computable:
        return ()
    if ranking.parts:
        return tuple(each for part in ranking.apart for each in _picture(part, language, options))
    svg, description = chart(ranking, language, width=627.0)
    note = language.say(
        "Source: TNA Desktop, {day}. Points out of 100 by weighted sum; ranks from unrounded values.",
        day=language.date(options.today),
    )
    title = (
        language.say("Ranking of technologies; the dashed line marks the shortlist")
        if ranking.shortlist_length
        else language.say("Ranking of technologies")
    )
    if ranking.among is None:
        return (Picture("ranking", title, svg, description, note),)
    group = competition_words.group_words(ranking, language)
    title = group if ranking.alone is not None else language.say("{group}: {title}", group=group, title=title)
    return (Picture(f"ranking-{ranking.among.key}", title, svg, description, note),)


def _big_figure(ranking: results.Ranking, language: Language) -> tuple[Aside, ...]:
    chosen = [each for each in ranking.technologies if each.shortlisted]
    if not chosen:
        return ()
    text = language.say("of {all} technologies are on the shortlist", all=language.number(len(ranking.technologies)))
    return (Aside(text, "", language.number(len(chosen))),)


def _sector_words(session: Session, workflow: Workflow, language: Language) -> str:
    rows = results.sector_ranking(session, workflow)
    chosen = [row.name for row in rows if row.chosen]
    if not chosen:
        return language.say("No sector is chosen yet.")
    return language.say(
        "Of {all}, the team chose {names}.",
        all=language.say_n("one sector", "{n} sectors", len(rows), n=in_words(len(rows), language)),
        names=language.listing(chosen),
    )
