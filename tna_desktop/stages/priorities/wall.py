"""What stage 3 shows on the wall: sectors, the long list by sector, and the ranking with its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import Bar, Bars, NameList, Names, Projection
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from ..stakeholders.withholding import withheld
from . import chapter, competition_words, reading, results

#: The columns that may reach the wall, by table; values and places are computed from the scores of the whole team.
FIELDS = {
    "sector": ("id", "rank", "name", "chosen"),
    "technology": ("id", "rank", "name", "short", "sector_id", "shortlisted", "reach", "term"),
    "competition": ("id", "within"),
}


def sectors(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The sectors in their order, from 1 to 5, the chosen ones marked."""
    bars = []
    for each in results.sector_ranking(session, workflow):
        value = None if each.value is None else (each.value - 1) / 4 * 100
        words = language.say("not yet answered") if each.value is None else language.number(each.value, 1)
        bars.append(Bar(each.id, each.name, _place(each.rank, each.tied), value, words, (), each.chosen))
    return Projection((Bars(tuple(bars), (), language.say("Chosen")),))


def longlist(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The technologies by sector."""
    hidden = withheld(session, language)
    lists: dict[str, list[str]] = {}
    for row in reading.technologies(session):
        sector = row["sector"] or language.say("Without a sector")
        lists.setdefault(sector, []).append(hidden.get(row["id"], row["short"] or row["name"]))
    pages = Names(
        tuple(NameList(sector, tuple(names), "", language.number(len(names))) for sector, names in lists.items())
    )
    count = sum(len(names) for names in lists.values())
    return Projection((pages,), language.say_n("One technology", "{n} technologies", count) if count else "")


def ranking(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The technologies that have a place, with their points by branch of criteria, and the sentence on top.

    Where groups compete apart, each has a page of its own.
    """
    found = results.ranking(session, workflow)
    hidden = withheld(session, language)
    branches = tuple(name or language.say("Without a group") for _, name in found.branches)
    pages = [
        Bars(_bars(part, hidden, language), branches, language.say("On the shortlist"), competition_words.group_words(part, language))
        for part in [each for each in found.apart if each.ranked] or [found]
    ]  # fmt: skip
    sentence = ""
    if found.computable and not hidden:
        apart = competition_words.leaders_words(found, language, brief=True) if found.parts else ""
        sentence = apart or chapter.conclusion(found, language)
    return Projection(tuple(pages), sentence)


def _bars(found: results.Ranking, hidden: Mapping[str, str], language: Language) -> tuple[Bar, ...]:
    bars = []
    for each in found.ranked:
        if each.value is None:
            told = language.say(
                "{low} to {high}", low=language.number(each.value_low, 0), high=language.number(each.value_high, 0)
            )
        else:
            told = language.number(each.value, 0)
        bars.append(
            Bar(
                each.id,
                hidden.get(each.id, each.short),
                _place(each.rank, each.tied),
                each.value,
                told,
                tuple(part / 100 for part in each.parts),
                each.shortlisted,
            )
        )
    return tuple(bars)


def _place(rank: int | None, tied: bool) -> str:
    return "–" if rank is None else f"{rank}=" if tied else str(rank)


VIEWS = {"sectors": sectors, "longlist": longlist, "ranking": ranking}
