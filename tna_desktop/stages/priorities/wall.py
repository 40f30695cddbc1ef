"""What stage 3 shows on the wall: sectors, the long list by sector, and the ranking with its sentence."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import Bar, Bars, NameList, Names, Page, Places, PlacesRow, Projection
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from ..stakeholders.withholding import withheld
from . import competition_words, ranking_page, reading, results
from . import ranking_banner as words
from .results_robustness import AROUND, SAFE, NearTie, Robustness, near_ties, robustness

#: The columns that may reach the wall, by table; values and places are computed from the scores of the whole team.
FIELDS = {
    "sector": ("id", "rank", "name", "chosen"),
    "technology": ("id", "rank", "name", "short", "sector_id", "shortlisted", "reach", "term"),
    "competition": ("id", "within"),
}

#: Trials of a larger table than this many scores take longer than a room should wait.
AT_ONCE = 800
#: From this share of the trials on, one that is not chosen stands beside those that are.
NOW_AND_THEN = 0.05
#: Of fewer technologies the sentence says it all.
FEWEST = 3
_KEPT = 12
_KNOWN: OrderedDict[str, Robustness] = OrderedDict()


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
    """All technologies in their order, with their points by branch of criteria; who comes first and how sure that is.

    Those without a rank stand below, with what their value can still be. Where groups compete apart, each has a page
    of its own and its own sentences.
    """
    page = ranking_page.read_page(session, workflow, scores=False)
    if len(page.ranking.technologies) * len(page.ranking.criteria) <= AT_ONCE:
        page.complete(session)
    hidden = withheld(session, language)
    branches = tuple(name or language.say("Without a group") for _, name in page.ranking.branches)
    ranked = [each for each in page.apart if each.ranking.ranked] or [page]
    pages: list[Page] = []
    sentences = []
    for each in ranked:
        found, sure = _named(each.ranking, hidden), _trials(each)
        ties = near_ties(found, sure, each.within_points) if found.alone is None else ()
        sentences.append(_sentences(found, sure, ties, language))
        pages.append(
            Bars(
                _bars(found, language), branches, language.say("On the shortlist"),
                competition_words.group_words(found, language), sentences[-1] if page.parts else "",
                tuple((tie.one, tie.other) for tie in ties if tie.wins is None or tie.wins < SAFE),
                language.say("Near tie"), language.say("Unknown scores"),
            )
        )  # fmt: skip
        pages += _places(found, sure, language)
    if not page.ranking.computable:
        return Projection(tuple(pages))
    apart = competition_words.leaders_words(_named(page.ranking, hidden), language, brief=True) if page.parts else ""
    return Projection(tuple(pages), apart or sentences[0])


def _named(found: results.Ranking, hidden: Mapping[str, str]) -> results.Ranking:
    """The ranking with the names that the room reads: short ones, and nothing of what is withheld."""
    rows = tuple(
        replace(each, name=hidden.get(each.id, each.short), short=hidden.get(each.id, each.short))
        for each in found.technologies
    )
    parts = tuple((group, _named(part, hidden)) for group, part in found.parts)
    return replace(found, technologies=rows, parts=parts)


def _trials(page: ranking_page.RankingPage) -> Robustness | None:
    """How sure the ranking is; the trials are made again only when what they are made of has changed."""
    asked = None if page.ranking.alone is not None else page.question(page.ranking, AROUND)
    if asked is None:
        return None
    if asked.key not in _KNOWN:
        _KNOWN[asked.key] = robustness(asked)
        while len(_KNOWN) > _KEPT:
            _KNOWN.popitem(last=False)
    return _KNOWN[asked.key]


def _sentences(found: results.Ranking, sure: Robustness | None, ties: Sequence[NearTie], language: Language) -> str:
    """Who comes first, what to talk about, how sure the choice is, and who could still come in."""
    if not found.computable or found.alone is not None:
        return words.lead_words(found, language) if found.computable else ""
    told = [words.lead_words(found, language), words.near_words(ties, found, language)]
    if sure is not None:
        told.append(words.sure_words(found, sure, ties, language))
    told += [each.text for each in words.unknown_sentences(found, language) if not each.weight]
    return " ".join(text for text in told if text)


def _places(found: results.Ranking, sure: Robustness | None, language: Language) -> tuple[Places, ...]:
    """How often each place comes up, for those that are chosen or come among the first now and then."""
    if sure is None or len(sure.ranks) < FEWEST:
        return ()
    say, number, group = language.say, language.number, competition_words.group_words(found, language)
    rows = tuple(
        PlacesRow(
            each.id, each.short, _place(each.rank, each.tied), sure.ranks[each.id],
            _of_hundred(sure.shortlist[each.id], language), each.shortlisted,
        )
        for each in found.technologies
        if each.id in sure.ranks and (each.shortlisted or sure.shortlist[each.id] >= NOW_AND_THEN)
    )  # fmt: skip
    if len(rows) < 2:
        return ()
    heading = say("How often each place comes up, of 100 trials")
    if len(sure.ranks) > len(found.ranked):
        heading = say("Places among all {n}, ranked or not, of 100 trials", n=len(sure.ranks))
    heading = say("{group}: {title}", group=group, title=heading) if group else heading
    among = language.say_n("First", "Among first {n}", sure.length, n=number(sure.length))
    return (Places(rows, heading, among, say("On the shortlist")),)


def _of_hundred(share: float, language: Language) -> str:
    """A share of the trials in few signs; never rounded to all or none."""
    number = language.number(100 * share, 0)
    if 0 < share < 0.005:
        number = language.say("< {n}", n=language.number(1))
    elif 0.995 < share < 1:
        number = language.say("> {n}", n=language.number(99))
    return language.say("{n} of 100", n=number)


def _bars(found: results.Ranking, language: Language) -> tuple[Bar, ...]:
    number, bars = language.number, []
    known = any(each.value is not None or any(each.parts) for each in found.technologies)
    for each in found.technologies if known else ():
        low, high, why = None, None, ""
        if each.value is not None:
            told = number(each.value, 0)
        elif each.failed:
            told, why = "–", language.say("did not pass a gate")
        elif each.value_low is None or each.value_high is None:
            told, why = "–", language.say("not scored")
        else:
            low, high = each.value_low, each.value_high
            told = language.say("{low} to {high}", low=number(low, 0), high=number(high, 0))
            why = language.say_n("one score unknown", "{n} scores unknown", each.unknown)
        parts = tuple(part / 100 for part in each.parts)
        place = _place(each.rank, each.tied)
        bars.append(Bar(each.id, each.name, place, each.value, told, parts, each.shortlisted, low, high, why))
    return tuple(bars)


def _place(rank: int | None, tied: bool) -> str:
    return "–" if rank is None else f"{rank}=" if tied else str(rank)


VIEWS = {"sectors": sectors, "longlist": longlist, "ranking": ranking}
