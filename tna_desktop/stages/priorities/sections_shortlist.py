"""The shortlist in the report: how it stands to the ranking, who decided it and why, and each departure with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.reports.chapter import Aside, Section
from tna_desktop.reports.table import Table, TableColumn
from tna_desktop.reports.words import in_words

from . import competition_words, results, results_inputs, sheet
from . import ranking_words as words
from .competition import competition


def shortlist_section(session: Session, ranking: results.Ranking, language: Language) -> Section:
    """What was chosen, by whom and why; beside it the reasons of those that depart from the ranking."""
    counting = results_inputs.counting(session)
    table = shortlist_table(session, ranking, language)
    told = (*_shortlist_words(ranking, language), *_decided(counting, language), *_aged(session, language))
    return Section(
        language.say("The shortlist"),
        told,
        tables=(table,) if table.rows else (),
        asides=_reasons(ranking, counting, language),
    )


def _decided(counting: list[dict[str, Any]], language: Language) -> tuple[str, ...]:
    """Who decided on the whole list, and why."""
    return tuple(
        language.say("{who}: {reason}", who=_who(row, language), reason=row["reason"])
        for row in counting
        if row["kind"] == results_inputs.KINDS[0]
    )


def _who(row: Mapping[str, Any], language: Language) -> str:
    if row["decided_by"] and row["decided_on"]:
        return language.say("Decided by {who}, {day}", who=row["decided_by"], day=language.date(row["decided_on"]))
    if row["decided_by"]:
        return language.say("Decided by {who}", who=row["decided_by"])
    return language.say("Decided on {day}", day=language.date(row["decided_on"]))


def _reasons(ranking: results.Ranking, counting: list[dict[str, Any]], language: Language) -> tuple[Aside, ...]:
    """Why each departure was made. A reason whose choice follows the ranking by now says nothing any more."""
    decided = {row["record"]: row for row in counting if row["record"]}
    found = []
    for each in ranking.departures():
        if each.shortlist_reason:
            row = decided.get(each.id)
            who = _who(row, language) if row is not None and row["reason"] == each.shortlist_reason else ""
            text = (
                language.say("{reason} ({who})", reason=each.shortlist_reason, who=who)
                if who
                else each.shortlist_reason
            )
            found.append(Aside(text, each.name))
    return tuple(found)


def shortlist_table(session: Session, ranking: results.Ranking, language: Language) -> Table:
    """The chosen technologies with their value, rank and what they are strongest in."""
    say = language.say
    rows, groups = [], competition_words.by_technology(ranking, language)
    for each in ranking.technologies:
        if each.shortlisted:
            points = [(part, row) for part, row in zip(each.contributions, ranking.criteria, strict=False) if part]
            strongest = [row["short"] or row["name"] for _, row in sorted(points, key=lambda pair: -pair[0])[:2]]
            apart = (groups[each.id],) if groups else ()
            rows.append((sheet.place(each), each.name, *apart, each.sector, each.value, language.listing(strongest)))
    columns = (
        TableColumn("rank", say("Rank"), "number", 0, width=0.6), TableColumn("name", say("Technology"), width=2.4, strong=True),
        *((TableColumn("competes", say("Competes in"), width=1.6),) if groups else ()),
        TableColumn("sector", say("Sector"), width=1.6), TableColumn("value", say("Value of 100"), "number", 0, width=0.9),
        TableColumn("strongest", say("Most points from"), width=2),
    )  # fmt: skip
    return Table("shortlist", say("Shortlist"), columns, rows, wide=True)


def _aged(session: Session, language: Language) -> tuple[str, ...]:
    told = (
        words.aged_words(results_inputs.aged(session), language, bool(competition(session).within)),
        words.since_words(results_inputs.since_decided(session), language),
    )
    return tuple(filter(None, told))


def _shortlist_words(ranking: results.Ranking, language: Language) -> tuple[str, ...]:
    chosen = [each for each in ranking.technologies if each.shortlisted]
    if not chosen:
        return (language.say("The shortlist is not chosen yet."),)
    departures = ranking.departures()
    if not departures:
        return (language.say("The shortlist follows the ranking."),)
    names = language.listing([each.name for each in departures])
    if any(not each.shortlist_reason for each in departures):
        return (
            language.say_n(
                "The shortlist departs from the ranking in one place, {names}; the reason is not written yet.",
                "The shortlist departs from the ranking in {n} places, {names}; not every reason is written yet.",
                len(departures), names=names, n=in_words(len(departures), language),
            ),
        )  # fmt: skip
    return (
        language.say_n("The shortlist departs from the ranking in one place, {names}; the team gave its reason.",
                       "The shortlist departs from the ranking in {n} places, {names}; the team gave its reasons.", len(departures), names=names,
                       n=in_words(len(departures), language)),
    )  # fmt: skip
