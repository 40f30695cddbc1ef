"""Who competes with whom, in plain sentences: for the ranking's screen, the wall and the report."""

from __future__ import annotations

from tna_desktop.kernel.text import Language

from .competition import ALL, BOTH, REACH, TERM, CompetingGroup, Rule
from .results import Ranking


def rule_words(found: Ranking, rule: Rule, language: Language) -> list[str]:
    """How technologies compete, why, and what that means for values; nothing where all compete together."""
    if not found.parts:
        return []
    count = len(found.parts)
    lead = {
        REACH: language.say_n(
            "Only technologies of the same reach compete; all are in one group.",
            "Only technologies of the same reach compete, in {n} groups.", count,
        ),
        TERM: language.say_n(
            "Only technologies of the same time horizon compete; all are in one group.",
            "Only technologies of the same time horizon compete, in {n} groups.", count,
        ),
        BOTH: language.say_n(
            "Only technologies of the same reach and time horizon compete; all are in one group.",
            "Only technologies of the same reach and time horizon compete, in {n} groups.", count,
        ),
    }[within_of(found.parts[0][0])]  # fmt: skip
    told = [lead, rule.reason.strip(), scales_words(language)]
    return [text for text in told if text]


def within_of(group: CompetingGroup) -> str:
    """What the technologies of a competing group are alike in."""
    return ALL if group.reach is None and group.term is None else (
        TERM if group.reach is None else REACH if group.term is None else BOTH
    )  # fmt: skip


def scales_words(language: Language) -> str:
    """What may be compared between groups that compete apart."""
    return language.say(
        "Points keep the scales of the whole list, so values can be compared between groups; places cannot."
    )


def group_words(found: Ranking, language: Language) -> str:
    """The name of the group that competes; empty where all compete together."""
    if found.among is None:
        return ""
    name = found.among.called(language)
    return language.say("{group}: nothing competes with it", group=name) if found.alone is not None else name


def by_technology(found: Ranking, language: Language) -> dict[str, str]:
    """The name of the group in which each technology competes; empty where all compete together."""
    return {each.id: group.called(language) for group, part in found.parts for each in part.technologies}


def choice_words(found: Ranking, language: Language) -> str:
    """A competing group as a choice, with how many are in it."""
    if found.among is None:
        return ""
    name, count = found.among.called(language), len(found.technologies)
    return language.say("{group} ({n})", group=name, n=language.number(count))


def alone_words(found: Ranking, language: Language) -> str:
    """That nothing competes with a technology; empty where something does."""
    each = found.alone
    if each is None:
        return ""
    if each.value is None:
        return language.say("Nothing competes with {name}, and not all its scores are known.", name=each.name)
    return language.say(
        "Nothing competes with {name}: it has {points} points of 100, and its rank says nothing.", name=each.name,
        points=language.number(each.value, 1),
    )  # fmt: skip


def leaders_words(found: Ranking, language: Language, brief: bool = False) -> str:
    """Who comes first in each of the groups that compete apart; unless ``brief`` also with whom nothing competes."""
    say, told, unranked = language.say, [], 0
    alone = [part.alone.name for part in found.apart if part.alone is not None]
    for part in found.apart:
        first = [each.short if brief else each.name for each in part.ranked if each.rank == 1]
        if part.among is None or part.alone is not None:
            continue
        unranked += not first
        if first:
            told.append(say("{names} ({group})", names=language.listing(first), group=part.among.called(language)))
    sentences = []
    if told:
        sentences.append(
            language.say_n(
                "In the one group that competes, first comes {names}.", "In each of {n} groups that compete apart one comes "
                "first: {names}.", len(told), names=language.listing(told),
            )
        )  # fmt: skip
    if unranked:
        sentences.append(
            language.say_n(
                "In one group no technology can be ranked yet.",
                "In {n} groups no technology can be ranked yet.",
                unranked,
            )
        )
    if alone and not (brief and told):
        sentences.append(say("Nothing competes with {names}.", names=language.listing(alone)))
    return " ".join(sentences) or say("No technology can be ranked yet.")
