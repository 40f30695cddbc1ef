"""What stands on top of the ranking: a few short sentences, those that may never be left out and those that may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tna_desktop.kernel.text import Language

from .competition_words import alone_words
from .ranking_words import MOST_NAMED, aged_words, among, at_least, of_hundred, since_words
from .results import RankedTechnology, Ranking
from .results_inputs import Since
from .results_robustness import SAFE, NearTie, Robustness, near_ties, shortlist_size


@dataclass(frozen=True)
class Said:
    """A sentence; ``weight`` 0 is never left out, of the others the highest gives way first."""

    text: str
    weight: int = 0


def sentences(
    found: Ranking,
    sure: Robustness | None,
    ties: Iterable[NearTie],
    aged: Sequence[Mapping[str, Any]],
    language: Language,
    apart: bool = False,
    since: Since | None = None,
) -> list[Said]:
    """All that follows the conclusion, in the order in which it is said: what to talk about, how sure it is, unknowns."""
    ties = list(ties)
    told = [
        Said(aged_words(aged, language, apart)),
        Said(since_words(since, language)),
        Said(near_words(ties, found, language)),
        Said(departure_words(found, language)),
    ]
    if sure is not None:
        told.append(Said(sure_words(found, sure, ties, language), 1))
    told += unknown_sentences(found, language)
    return [each for each in told if each.text]


def group_sentences(found: Ranking, sure: Robustness | None, within_points: float, language: Language) -> list[Said]:
    """What follows the conclusion where the ranking is by one group's weights; the shortlist is nobody's but all groups'."""
    ties = near_ties(found, sure, within_points) if sure is not None else ()
    first = [replace(tie, at_the_line=False) for tie in ties if tie.one == found.ranked[0].id]
    told = [
        Said(near_words(first, found, language)),
        Said(language.say("Choose “All groups” to change the shortlist.")),
        *unknown_sentences(found, language),
    ]
    return [each for each in told if each.text]


# Who comes first ------------------------------------------------------------------------------------------


def lead_words(found: Ranking, language: Language) -> str:
    """Who comes first, in one sentence; unknown scores have a part in it only where they cannot matter any more."""
    say = language.say
    if found.alone is not None:
        return alone_words(found, language)
    surely = [each for each in found.technologies if _is_open(each) and each.rank_worst == 1]
    lead = leader_words(found, language, short=True)
    if surely and found.ranked:
        return say(
            "{names} comes first whatever its unknown scores turn out to be. Of those fully scored: {lead}",
            names=language.listing([each.short for each in surely]), lead=lead,
        )  # fmt: skip
    return lead


def leader_words(found: Ranking, language: Language, short: bool = False) -> str:
    """Who comes first of those with a rank, and by how much."""
    say, ranked = language.say, found.ranked
    if not ranked:
        return say("No technology can be ranked yet.")
    names = [each.short if short else each.name for each in ranked]
    first = [name for name, each in zip(names, ranked, strict=True) if each.rank == 1]
    if len(first) > 1:
        return say("{names} share first place.", names=language.listing(first))
    if len(ranked) == 1:
        return say("{name} is the only technology that can be ranked so far.", name=first[0])
    apart = (ranked[0].value or 0) - (ranked[1].value or 0)
    return say("{first} comes first, {points} points of 100 ahead of {second}.", first=first[0], second=names[1],
               points=language.number(apart, 1))  # fmt: skip


# What to talk about ---------------------------------------------------------------------------------------


def near_words(ties: Iterable[NearTie], found: Ranking, language: Language) -> str:
    """The near ties that matter, called so, in few words."""
    say, short, told = language.say, {each.id: each.short for each in found.technologies}, []
    for tie in ties:
        values = {"one": short[tie.one], "other": short[tie.other], "points": language.number(tie.points, 1),
                  "n": of_hundred(tie.wins or 0.0, language)}  # fmt: skip
        if tie.wins is None:
            told.append(say("{one} and {other} are a near tie, {points} points apart: discuss them.", **values))
        elif tie.wins >= SAFE:
            told.append(say("{one} and {other} lie only {points} points apart, though {one} is ahead in {n} of 100 trials.", **values))  # fmt: skip
        elif tie.at_the_line:
            told.append(say("Near tie at the end of the shortlist: {one} is ahead of {other} in {n} of 100 trials.", **values))  # fmt: skip
        else:
            told.append(say("Near tie for first place: {one} is ahead of {other} in {n} of 100 trials.", **values))
    return " ".join(told)


def departure_words(found: Ranking, language: Language) -> str:
    """How the shortlist stands to the ranking, in few words."""
    say, departures = language.say, found.departures()
    if not any(each.shortlisted for each in found.technologies):
        if found.among is not None:
            return say("None of this group is on the shortlist yet: drag the line, or check the rows.")
        return say("No shortlist is chosen yet: drag the line, or check the rows.")
    if not departures:
        return language.say_n("The first one is on the shortlist.", "The first {n} are on the shortlist.", found.cut)
    if len(departures) <= MOST_NAMED:
        names = language.listing([each.short for each in departures])
        text = say("The shortlist departs from the ranking for {names}.", names=names)
    else:
        text = say("The shortlist departs from the ranking in {n} places.", n=language.number(len(departures)))
    missing = any(not each.shortlist_reason for each in departures)
    return say("{text} The reason is not written yet.", text=text) if missing else text


# How sure -------------------------------------------------------------------------------------------------


def sure_words(found: Ranking, sure: Robustness, ties: Sequence[NearTie], language: Language) -> str:
    """Which choices are safe, and which are not and were not named before as a near tie or a departure."""
    say, length = language.say, sure.length
    if not sure.ranks:
        return ""
    if not sure.chosen:
        leader = max(sure.ranks, key=sure.first)
        name = next(each.short for each in found.technologies if each.id == leader)
        return say("{name} comes first in {n} of 100 trials.", name=name, n=of_hundred(sure.first(leader), language))
    chosen = [each for each in found.technologies if each.shortlisted and each.id in sure.shortlist]
    safe = [each for each in chosen if sure.shortlist[each.id] >= SAFE]
    first = among(length, language)
    if chosen and not safe:
        best = max(chosen, key=lambda each: sure.shortlist[each.id])
        return say("No choice is safe: even {name} is {among} in only {n} of 100 trials.", name=best.short, among=first,
                   n=of_hundred(sure.shortlist[best.id], language))  # fmt: skip
    if not safe:
        return ""
    values = {"share": at_least(min(sure.shortlist[each.id] for each in safe), language), "among": first}
    top = found.ranked[: len(safe)]
    if len(safe) == len(chosen):
        lead = language.say_n(
            "The one on the shortlist is a safe choice, {among} in at least {share} of 100 trials.",
            "All {n} on the shortlist are safe choices, {among} in at least {share} of 100 trials.", len(safe), **values,
        )  # fmt: skip
    elif {each.id for each in top} == {each.id for each in safe}:
        lead = language.say_n(
            "The first one is a safe choice, {among} in at least {share} of 100 trials.",
            "The first {n} are safe choices, {among} in at least {share} of 100 trials.", len(safe), **values,
        )  # fmt: skip
    else:
        lead = language.say_n(
            "{names} is a safe choice, {among} in at least {share} of 100 trials.",
            "{names} are safe choices, {among} in at least {share} of 100 trials.", len(safe),
            names=language.listing([each.short for each in safe]), **values,
        )  # fmt: skip
    named = {id for tie in ties for id in (tie.one, tie.other)} | {each.id for each in found.departures()}
    rest = [
        say("{name} ({among} in {n})", name=each.short, among=first, n=of_hundred(sure.shortlist[each.id], language))
        for each in chosen
        if each not in safe and each.id not in named
    ]
    return say("{lead} Less sure: {names}.", lead=lead, names=language.listing(rest)) if rest else lead


# What is not known ----------------------------------------------------------------------------------------


def unknown_sentences(found: Ranking, language: Language) -> list[Said]:
    """What the technologies without a rank can still become, by the best and the worst place open to each.

    That one stays out is worth knowing; that one could still come in may not be left out.
    """
    open_ones = [each for each in found.technologies if _is_open(each) and each.rank_worst != 1]
    if not open_ones or not found.ranked:
        return []
    say, length = language.say, shortlist_size(found)
    places = {each.id: (each.rank_best or 1, each.rank_worst or 1) for each in open_ones}
    lead = [each for each in open_ones if places[each.id][0] == 1]
    inside = [each for each in open_ones if each not in lead and places[each.id][1] <= length]
    could = [each for each in open_ones if each not in lead and places[each.id][0] <= length < places[each.id][1]]
    out = [each for each in open_ones if each not in lead and places[each.id][0] > length]
    told = []
    if lead:
        told.append(Said(say("Scores are still unknown that could bring {names} to first place.", names=_named(lead, language))))  # fmt: skip
    if could:
        told.append(Said(say(
            "{names} could still come among the first {length}, by scores not yet known.",
            names=_named(could, language), length=language.number(length),
        )))  # fmt: skip
    if inside:
        told.append(Said(language.say_n(
            "Whatever its missing scores are, {names} is among the first {length}.",
            "Whatever their missing scores are, {names} are among the first {length}.", len(inside),
            names=_named(inside, language), length=language.number(length),
        ), 2))  # fmt: skip
    if out and length == 1:
        told.append(Said(language.say_n(
            "Whatever its missing scores are, {names} does not come first.",
            "Whatever their missing scores are, {names} do not come first.", len(out), names=_named(out, language),
        ), 2))  # fmt: skip
    elif out:
        told.append(Said(language.say_n(
            "Whatever its missing scores are, {names} stays out of the first {length}.",
            "Whatever their missing scores are, {names} stay out of the first {length}.", len(out),
            names=_named(out, language), length=language.number(length),
        ), 2))  # fmt: skip
    return told


def _is_open(each: RankedTechnology) -> bool:
    """Whether a technology has no rank only because scores of it are unknown."""
    return each.rank is None and not each.failed and each.rank_best is not None


def _named(rows: Sequence[RankedTechnology], language: Language) -> str:
    """A few by name, more as a number."""
    if len(rows) <= MOST_NAMED:
        return language.listing([each.short for each in rows])
    return language.say_n("one technology", "{n} technologies", len(rows))
