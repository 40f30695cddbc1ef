"""The ranking in plain sentences: who comes first, how sure that is, what would change it, and how two compare."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tna_desktop.kernel.text import Language

from .results import Ranking
from .results_compare import HeadToHead, Row
from .results_first import FIRST, NOTHING, SHORTLIST, Changes, Fact, Order, ScoreChange, Stay, WeightChange
from .results_inputs import Since
from .results_robustness import ANY, BETWEEN, SAFE, SEED, SPREAD, TRIALS, NearTie, Robustness
from .second_opinions import AHP, TOPSIS

#: So many criteria or technologies are named in one sentence; the rest stand in the table.
MOST_NAMED = 3


def of_hundred(share: float, language: Language) -> str:
    """A share of the trials as so many of 100; never rounded to all or none."""
    say = language.say
    if share >= 1 or share <= 0:
        return language.number(100 if share >= 1 else 0, 0)
    if share > 0.995:
        return say("more than 99")
    return say("fewer than 1") if share < 0.005 else language.number(share * 100, 0)


def at_least(share: float, language: Language) -> str:
    """The same as a lower bound."""
    return language.number(math.floor(share * 100 + 1e-9), 0)


def among(length: int, language: Language) -> str:
    """What counts as a shortlist of that many."""
    return language.say_n("first", "among the first {n}", length)


def rows_of(found: Ranking) -> dict[str, str]:
    return {each.id: each.name for each in found.technologies}


def criteria_of(found: Ranking) -> dict[str, str]:
    return {row["id"]: short_name(row) for row in found.criteria}


# How sure -------------------------------------------------------------------------------------------------


def sure_words(found: Ranking, sure: Robustness, language: Language) -> str:
    """How sure the shortlist is; as long as none is chosen, how sure first place is."""
    say, names = language.say, rows_of(found)
    if not sure.ranks:
        return ""
    if not sure.chosen:
        leader = max(sure.ranks, key=sure.first)
        return say(
            "{name} comes first in {n} of 100 trials with other weights and scores.",
            name=names.get(leader, leader),
            n=of_hundred(sure.first(leader), language),
        )
    chosen = [each for each in found.technologies if each.shortlisted and each.id in sure.shortlist]
    safe = [each for each in chosen if sure.shortlist[each.id] >= SAFE]
    length = sure.length
    if len(safe) == len(chosen):
        return language.say_n(
            "The one on the shortlist is a safe choice: first in at least {share} of 100 trials with other weights "
            "and scores.",
            "All {n} on the shortlist are safe choices: among the first {n} in at least {share} of 100 trials with other "
            "weights and scores.", len(chosen),
            share=at_least(min(sure.shortlist[each.id] for each in chosen), language),
        )  # fmt: skip
    if not safe:
        best = max(chosen, key=lambda each: sure.shortlist[each.id])
        return say(
            "No choice is safe: even {name} is {among} in only {n} of 100 trials with other "
            "weights and scores.", name=best.name, among=among(length, language),
            n=of_hundred(sure.shortlist[best.id], language),
        )  # fmt: skip
    lead = language.say_n(
        "{names} is a safe choice: {among} in at least {share} of 100 trials with other weights "
        "and scores.",
        "{names} are safe choices: {among} in at least {share} of 100 trials with other weights "
        "and scores.", len(safe), names=language.listing([each.short for each in safe]), among=among(length, language),
        share=at_least(min(sure.shortlist[each.id] for each in safe), language),
    )  # fmt: skip
    told = [
        say("{name} (in {n})", name=each.short, n=of_hundred(sure.shortlist[each.id], language))
        for each in chosen
        if each not in safe
    ]
    return say("{lead} Less sure: {names}.", lead=lead, names=language.listing(told))


def near_words(ties: Iterable[NearTie], found: Ranking, language: Language) -> str:
    """The near ties that matter, called so."""
    say, short = language.say, {each.id: each.short for each in found.technologies}
    sentences = []
    for tie in ties:
        values = {
            "one": short[tie.one], "other": short[tie.other], "points": language.number(tie.points, 1),
            "n": of_hundred(tie.wins or 0.0, language),
        }  # fmt: skip
        if tie.wins is None:
            text = say("{one} and {other} are a near tie, {points} points apart: discuss them.", **values)
        elif tie.wins >= SAFE:
            text = say(
                "{one} and {other} lie only {points} points apart, though {one} is ahead in {n} of 100 trials.",
                **values,
            )
        elif tie.at_the_line:
            text = say(
                "{one} and {other} are a near tie at the end of the shortlist ({one} is ahead in {n} of 100 trials): discuss "
                "them.", **values,
            )  # fmt: skip
        else:
            text = say(
                "{one} and {other} are a near tie for first place ({one} is ahead in {n} of 100 trials).", **values
            )
        sentences.append(text)
    return " ".join(sentences)


def foot_words(weights: str, language: Language) -> str:
    """How many trials there are, the number they begin with, and what they vary, in few words."""
    say, known = language.say, {"n": language.number(TRIALS), "seed": language.number(SEED)}
    if weights == ANY:
        return say("{n} trials (seed {seed}): any weights, scores within what is known.", **known)
    if weights == BETWEEN:
        return say("{n} trials (seed {seed}): weights between the groups' own, scores within what is known.", **known)
    return say("{n} trials (seed {seed}): weights ± {share} %, scores within what is known.",
               share=language.number(SPREAD * 100, 0), **known)  # fmt: skip


def trial_words(weights: str, language: Language) -> str:
    """What the trials vary, in one line."""
    say = language.say
    if weights == ANY:
        return say(
            "Trials take any weights at all; scores vary within their ranges, unknown ones over the whole scale."
        )
    if weights == BETWEEN:
        return say(
            "Trials take weights between the groups' lowest and highest; scores vary within their ranges, unknown ones "
            "over the whole scale."
        )
    return say(
        "Trials vary the weights by up to {share} % of themselves, scores within their ranges, unknown ones over the "
        "whole scale.", share=language.number(SPREAD * 100, 0),
    )  # fmt: skip


def how_words(sure: Robustness | None, language: Language) -> list[str]:
    """How the trials are made, with their number, seed and error; the only place that names the methods."""
    say = language.say
    if sure is None:
        return []
    return [
        say("How sure"),
        trial_words(sure.weights, language),
        say(
            "The ranking is made {trials} times (seed {seed}, so the same data give the same answer). A share of the trials "
            "has a standard error of at most {error} percentage points. {uncertain}",
            trials=language.number(sure.trials), seed=language.number(sure.seed),
            error=language.number(sure.standard_error * 100, 1),
            uncertain=language.say_n("One score is drawn anew each time.", "{n} scores are drawn anew each time.", sure.uncertain),
        ),
        say(
            "Technologies that are equal share the better place. The method is known as SMAA-2 (Lahdelma and Salminen 2001). "
            "A safe choice is among the first in at least {safe} of 100 trials.", safe=language.number(SAFE * 100, 0),
        ),
        say(
            "The second opinions are TOPSIS (Hwang and Yoon 1981), which goes by the distance from the best and the worst "
            "found, PROMETHEE II (Brans and Vincke 1985), which goes by whether one beats the other on each criterion, and the "
            "analytic hierarchy process (Saaty 1980) in its ideal mode, which goes by how many times better one is."
        ),
    ]  # fmt: skip


# What would change it -------------------------------------------------------------------------------------


def weight_words(change: WeightChange, found: Ranking, language: Language, *, line: bool = False) -> str:
    """If Start cost weighed 19 instead of 11 of 100, Selective gear would be first."""
    names, criteria = rows_of(found), criteria_of(found)
    values = {
        "criterion": criteria[change.criterion],
        "to": language.number(change.to * 100, change.decimals),
        "now": language.number(change.now * 100, change.decimals),
        "name": names[change.technology],
        "other": names[change.instead_of],
    }
    if line:
        return language.say(
            "If “{criterion}” weighed {to} instead of {now} of 100, {name} would stand above {other}, which is on the shortlist.", **values,
        )  # fmt: skip
    return language.say("If “{criterion}” weighed {to} instead of {now} of 100, {name} would be first.", **values)


def score_words(change: ScoreChange, found: Ranking, language: Language) -> str:
    """If one score were another, somebody else would come first; with scores as they can be entered."""
    names = rows_of(found)
    criterion = next(row for row in found.criteria if row["id"] == change.criterion)
    unit = "" if change.in_points else criterion["unit"]
    values = {
        "name": names[change.technology], "criterion": short_name(criterion),
        "to": _measure(change.to, unit, change.decimals, language), "now": language.number(change.now, change.decimals),
        "other": names[change.challenger],
    }  # fmt: skip
    say, shared = language.say, len(change.first) > 1
    if change.in_points:
        values["now"] = language.number(round(change.now, 1))
        if shared:
            return say("If the score of {name} on “{criterion}” were worth {to} points instead of {now}, {other} would share first place.", **values)  # fmt: skip
        return say("If the score of {name} on “{criterion}” were worth {to} points instead of {now}, {other} would be first.", **values)  # fmt: skip
    if change.technology == change.challenger:
        if shared:
            return say("If the score of {name} on “{criterion}” were {to} instead of {now}, it would share first place.", **values)  # fmt: skip
        return say("If the score of {name} on “{criterion}” were {to} instead of {now}, it would be first.", **values)
    if change.leader in change.first:
        return say("If the score of {name} on “{criterion}” were {to} instead of {now}, {other} would share first place with it.", **values)  # fmt: skip
    if shared:
        values["other"] = language.listing([names[id] for id in change.first])
        return say("If the score of {name} on “{criterion}” were {to} instead of {now}, {other} would share first place.", **values)  # fmt: skip
    return say("If the score of {name} on “{criterion}” were {to} instead of {now}, {other} would be first.", **values)


def one_score_words(found: Ranking, what: Changes, language: Language) -> str:
    """The smallest change of one score that changes first place, and what whole steps of a scale cannot do."""
    say, steps = language.say, what.steps
    if len(what.first) != 1 or len(found.ranked) < 2:
        return ""
    ends = {"low": language.number(steps.low), "high": language.number(steps.high)} if steps else {}
    if what.score is None:
        if steps is not None and steps.alone and steps.low is not None:
            return say("No single score on the scale {low} to {high} changes first place.", **ends)
        return say("No single score within its scale would change first place.")
    text = score_words(what.score, found, language)
    if steps is None or steps.enough:
        return text
    if steps.low is None:
        return say("{text} No single score given in whole points changes it.", text=text)
    return say("{text} No single score on the scale {low} to {high} changes it.", text=text, **ends)


def proportions_words(found: Ranking, what: Changes, language: Language) -> str:
    """What happens to the other weights when one is thought to be another; empty where no weight is told of."""
    told = what.line is not None or (len(what.first) == 1 and len(found.ranked) > 1)
    return language.say("When one weight changes, the others keep their proportions.") if told else ""


def first_words(found: Ranking, what: Changes, language: Language) -> str:
    """The conclusion about first place: how little, or how much, it would take."""
    say = language.say
    text = _first_of_known(found, what, language)
    could = [each.name for each in found.technologies if each.rank is None and not each.failed and each.rank_best == 1]
    if not could or not what.first:
        return text
    return say(
        "{text} This leaves out {names}, whose scores are not all known.", text=text, names=language.listing(could)
    )


def _first_of_known(found: Ranking, what: Changes, language: Language) -> str:
    say, names = language.say, rows_of(found)
    if not what.first:
        return say("No technology has a rank yet, so there is no first place to change.")
    if len(what.first) > 1:
        return say("{names} share first place, so any change decides between them.",
                   names=language.listing([names[id] for id in what.first]))  # fmt: skip
    if len(found.ranked) == 1:
        return say("{name} is the only one with a rank so far.", name=names[what.first[0]])
    if what.weight is None:
        return say("{name} stays first whatever a single criterion weighs.", name=names[what.first[0]])
    return weight_words(what.weight, found, language)


def stay_words(stay: Stay, found: Ranking, language: Language) -> str:
    """How far the weight of one criterion may go, in one line; first place does stay up to what is written."""
    say, names = language.say, rows_of(found)
    low, high = (_inward(end, stay.now, language) for end in (stay.low, stay.high))
    if not stay.below and not stay.above:
        return say("whatever it weighs")
    if not stay.below:
        return say("up to {high}; beyond it {name} is first", high=high, name=names[stay.above])
    if not stay.above:
        return say("from {low} on; below it {name} is first", low=low, name=names[stay.below])
    if stay.below == stay.above:
        return say("from {low} to {high}; outside {name} is first", low=low, high=high, name=names[stay.above])
    return say("from {low} to {high}; below it {one} is first, above it {other}", low=low, high=high,
               one=names[stay.below], other=names[stay.above])  # fmt: skip


def _inward(end: float, now: float, language: Language) -> str:
    """The end of where first place stays, of 100, rounded towards the weight as it is, in as few digits as can be."""
    for decimals in (0, 1, 2):
        size = 10**decimals * 100
        written = math.floor(end * size + 1e-9) / size if end > now else math.ceil(end * size - 1e-9) / size
        if (written - now) * (end - now) >= 0 and written != now:
            return language.number(written * 100, decimals)
    return language.number(end * 100, 2)


def fact_words(fact: Fact, found: Ranking, language: Language) -> str:
    """What finding out an unknown score could change."""
    say = language.say
    values: dict[str, Any] = {
        "name": rows_of(found)[fact.technology],
        "criterion": criteria_of(found)[fact.criterion],
        "points": language.number(fact.swing, 0),
    }
    if fact.could_change == FIRST:
        return say("{criterion} of {name}: {points} points depend on it, and it could change first place.", **values)
    if fact.could_change == SHORTLIST:
        return say("{criterion} of {name}: {points} points depend on it, and it could change the shortlist.", **values)
    return say(
        "{criterion} of {name}: {points} points depend on it, but neither first place nor the shortlist.", **values
    )


def facts_words(facts: Sequence[Fact], language: Language) -> str:
    """Where to spend the next week."""
    worth = [fact for fact in facts if fact.could_change != NOTHING]
    if not facts:
        return language.say("No score that counts is missing.")
    if not worth:
        return language.say("The scores still missing can change neither first place nor the shortlist.")
    return language.say_n(
        "Find out this one first: it could change the outcome.", "Find out these {n} first: they could change the outcome.", len(worth),
    )  # fmt: skip


def opinion_words(orders: Sequence[Order], found: Ranking, language: Language) -> list[str]:
    """The order by other methods, and why it may differ, in one sentence each."""
    say, short = language.say, {each.id: each.short for each in found.technologies}
    agreed = [each.id for each in found.ranked]
    lines = []
    for order in orders:
        if not order.ids:
            continue
        by = {TOPSIS: say("By distance from the best and the worst"), AHP: say("By how many times better")}.get(
            order.method, say("By duels of two")
        )
        told = language.listing([short[id] for id in order.ids[:3]])
        if list(order.ids) == agreed:
            lines.append(say("{by}: the same order.", by=by))
            continue
        if order.method == TOPSIS:
            why = say("It may differ because one very bad score counts more there than several small ones.")
        elif order.method == AHP:
            why = say(
                "It may differ because a score of 2 counts twice as much as a score of 1 there, and 5 hardly more than 4."
            )
        else:
            why = say("It may differ because a lead far beyond the others brings no more there than a clear one.")
        if list(order.ids[:3]) == agreed[:3]:
            lines.append(say("{by}: the same first three, and another order below them. {why}", by=by, why=why))
            continue
        lines.append(say("{by}: first {names}. {why}", by=by, names=told, why=why))
    return lines


# Two of them, and the shortlist ---------------------------------------------------------------------------


def pair_words(pair: HeadToHead, language: Language) -> str:
    """Who is ahead of the two, by how much, and where each is better."""
    return " ".join(pair_parts(pair, language)).strip()


def pair_parts(pair: HeadToHead, language: Language) -> tuple[str, str]:
    """The same in two parts: who is ahead, and why. The names are those of the table below it."""
    say = language.say
    one, other = pair.one.short, pair.other.short
    if pair.difference is None:
        lead = say("{one} and {other} cannot be told apart for sure, because scores are unknown.", one=one, other=other)
    elif abs(pair.difference) < 1e-9:
        lead = say("{one} and {other} have the same value.", one=one, other=other)
    else:
        ahead, behind = (one, other) if pair.difference > 0 else (other, one)
        lead = say("{ahead} is {points} points of 100 ahead of {behind}.", ahead=ahead, behind=behind,
                   points=language.number(abs(pair.difference), 1))  # fmt: skip
    better = []
    for name, rows in ((one, pair.for_one), (other, pair.for_other)):
        if not rows:
            continue
        criteria = _quoted(rows[:MOST_NAMED], language)
        if len(rows) > MOST_NAMED:
            better.append(say("{name} is better above all on {criteria}", name=name, criteria=criteria))
        else:
            better.append(say("{name} is better on {criteria}", name=name, criteria=criteria))
    told = [say("{sentence}.", sentence="; ".join(better))] if better else []
    for name, rows in ((one, pair.not_for_one), (other, pair.not_for_other)):
        if rows:
            told.append(language.say_n(
                "{criteria} does not apply to {name}, for which the rest counts more.",
                "{criteria} do not apply to {name}, for which the rest counts more.", len(rows),
                name=name, criteria=_quoted(rows, language),
            ))  # fmt: skip
    return lead, " ".join(told)


def _quoted(rows: Sequence[Row], language: Language) -> str:
    return language.listing([language.say("“{name}”", name=short_name(row.criterion)) for row in rows])


def short_name(criterion: Mapping[str, Any]) -> str:
    """A criterion as sentences and tables of the ranking name it."""
    return str(criterion["short"] or criterion["name"])


def shortlist_words(found: Ranking, language: Language) -> str:
    """How the shortlist stands, in one sentence."""
    say, chosen = language.say, sum(each.shortlisted for each in found.technologies)
    if not chosen and found.among is not None:
        return say("None of this group is on the shortlist yet: drag the line, or check the rows.")
    if not chosen:
        return say("No shortlist is chosen yet: drag the line, or check the rows.")
    departures = found.departures()
    if not departures:
        return language.say_n("The first one is on the shortlist.", "The first {n} are on the shortlist.", found.cut)
    text = language.say_n(
        "One technology is on the shortlist; it departs from the ranking for {names}.",
        "{n} technologies are on the shortlist; it departs from the ranking for {names}.", chosen,
        names=language.listing([each.short for each in departures]),
    )  # fmt: skip
    missing = any(not each.shortlist_reason for each in departures)
    return say("{text} The reason is not written yet.", text=text) if missing else text


def aged_words(decisions: Sequence[Mapping[str, Any]], language: Language, apart: bool = False) -> str:
    """That the shortlist was decided before the data changed; empty where it was not. ``apart``: groups compete apart."""
    if not decisions:
        return ""
    if apart:
        return language.say(
            "The shortlist was decided on {day}; scores, weights, gates or who competes have changed since.",
            day=language.date(decisions[0]["decided_on"]),
        )
    return language.say(
        "The shortlist was decided on {day}; scores, weights or gates have changed since.",
        day=language.date(decisions[0]["decided_on"]),
    )


def since_words(since: Since | None, language: Language) -> str:
    """That the shortlist is no longer the one that was decided; empty where it is."""
    if since is None:
        return ""
    values = {
        "day": language.date(since.day),
        "added": language.listing(since.added[:MOST_NAMED]),
        "gone": language.listing(since.gone[:MOST_NAMED]),
    }
    if max(len(since.added), len(since.gone)) > MOST_NAMED:
        return language.say("The shortlist is no longer the one decided on {day}, and nobody noted why.", **values)
    if not since.gone:
        return language.say("{added} came onto the shortlist decided on {day}, and nobody noted why.", **values)
    if not since.added:
        return language.say("{gone} left the shortlist decided on {day}, and nobody noted why.", **values)
    return language.say(
        "{added} came onto the shortlist decided on {day}, {gone} left it, and nobody noted why.", **values
    )


def _measure(number: float, unit: str, decimals: int | None, language: Language) -> str:
    text = language.number(number, decimals)
    return language.say("{number} {unit}", number=text, unit=unit) if unit else text
