"""Where opinions part, as the report says it: scores on which voices lie far apart, and the order by other methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.words import in_words

from . import ranking_words, reading, voices
from .ranking_page import RankingPage
from .results_first import Order

#: So many scores are named one by one; the rest are counted.
MOST = 12
#: From so many voices on, a disagreement no longer tells who said what.
ENOUGH = 2


def voices_section(session: Session, language: Language) -> Section | None:
    """The scores on which groups and assessors lie far apart; who said what stays with the team. None without voices."""
    spreads = {key: each for key, each in voices.spreads(session).items() if each.voices >= ENOUGH}
    matrix = reading.matrix(session)
    rows = [
        (row, column)
        for row in matrix.technologies
        for column in matrix.criteria
        if (row["id"], column["id"]) in spreads
    ]
    if not rows:
        return None
    ends = {column["id"]: _ends(matrix, column) for column in matrix.criteria}
    apart: dict[str, list[str]] = {}
    for row, column in rows:
        if spreads[row["id"], column["id"]].far_apart(*ends[column["id"]]):
            apart.setdefault(column["name"], []).append(row["short"] or row["name"])
    say = language.say
    count = sum(map(len, apart.values()))
    lead = language.say_n(
        "One score was given by more than one group or assessor.",
        "{n} scores were given by more than one group or assessor.", len(rows), n=in_words(len(rows), language, first=True),
    )  # fmt: skip
    if not count:
        return Section(
            say("Where scores were seen otherwise"), (say("{lead} They do not lie far apart anywhere.", lead=lead),)
        )
    tail = say("They lie far apart on it, more than a quarter of the scale.") if len(rows) == 1 else language.say_n(
        "On one of them they lie far apart, more than a quarter of the scale.",
        "On {n} of them they lie far apart, more than a quarter of the scale.", count, n=in_words(count, language),
    )  # fmt: skip
    told = [
        say("{criterion}: {technologies}.", criterion=criterion, technologies=language.listing(names))
        for criterion, names in apart.items()
    ]
    if len(told) > MOST:
        rest = len(told) - MOST
        told = [*told[:MOST], language.say_n("One more criterion.", "{n} more criteria.", rest)]
    counts = say("The ranking counts the agreed scores only.")
    return Section(
        say("Where scores were seen otherwise"),
        (say("{lead} {tail}", lead=lead, tail=tail), counts),
        bullets=tuple(told),
    )


def _ends(matrix: reading.Matrix, column: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """What a difference is held against, as on the screen: the criterion's own ends, else those of its agreed scores."""
    low, high = column["low"], column["high"]
    said = [cell.value for (_, id), cell in matrix.cells.items() if id == column["id"] and cell.value is not None]
    return (min(said, default=None) if low is None else low), (max(said, default=None) if high is None else high)


def opinions_section(whole: RankingPage, language: Language) -> tuple[Section, ...]:
    """Whether other ways of computing put the same technology first, and why they may differ."""
    sections = []
    for page in whole.apart:
        if len(page.ranking.ranked) < 2 or page.ranking.alone is not None:
            continue
        orders = [order for order in page.orders() if order.ids]
        told = ranking_words.opinion_words(orders, page.ranking, language)
        if not told:
            continue
        title = language.say("By other ways of computing")
        if page.among is not None:
            title = language.say("{group}: {title}", group=page.among.called(language), title=title)
        sections.append(Section(title, (_agreement(orders, page, language),), bullets=tuple(told)))
    return tuple(sections)


def _agreement(orders: list[Order], page: RankingPage, language: Language) -> str:
    """How many of the other methods begin with the same technology."""
    first = {each.id: each.name for each in page.ranking.ranked if each.rank == 1}
    same = [order for order in orders if order.ids[0] in first]
    values = {
        "names": language.listing(first.values()),
        "all": in_words(len(orders), language),
        "n": in_words(len(same), language),
    }
    if len(same) == len(orders):
        return language.say_n(
            "One other way of computing also puts {names} first.", "All {all} other ways of computing also put {names} first.",
            len(orders), **values,
        )  # fmt: skip
    if not same:
        return language.say_n(
            "One other way of computing puts another technology first than {names}: talk about why.",
            "All {all} other ways of computing put another technology first than {names}: talk about why.",
            len(orders), **values,
        )  # fmt: skip
    return language.say_n(
        "Of {all} other ways of computing one also puts {names} first: talk about why the others do not.",
        "Of {all} other ways of computing {n} also put {names} first: talk about why the rest does not.", len(same), **values,
    )  # fmt: skip
