"""The line above the weights: what they add up to, who has weighed, what wants a discussion; or where a group's come from."""

from __future__ import annotations

from tna_desktop.kernel.text import Language

from .. import results
from .weight_rows import WeightPage

#: Icon, its colour, the strong words, the words beside them, the colour of the strong ones.
Fact = tuple[str, str, str, str, str]


def facts_of(shown: WeightPage, language: Language) -> list[Fact]:
    """What is said of the page: of one group, or of all."""
    return _group_facts(shown, language) if shown.said is not None else _agreed_facts(shown, language)


def _agreed_facts(shown: WeightPage, language: Language) -> list[Fact]:
    say, say_n, number = language.say, language.say_n, language.number
    if shown.origin == results.EQUAL:
        facts = [("circle", "text2", say("No weight is agreed yet"), say("all criteria count the same"), "text")]
    elif shown.origin == results.NONE:
        facts = [
            (
                "warning-fill",
                "amber_icon",
                number(0),
                say("is what the weights add up to: nothing counts"),
                "amber_ink",
            )
        ]
    elif shown.lacking:
        facts = [
            (
                "warning-fill",
                "amber_icon",
                number(shown.lacking),
                say_n(
                    "criterion has no weight and does not count",
                    "criteria have no weight and do not count",
                    shown.lacking,
                ),
                "amber_ink",
            )
        ]
    else:
        facts = [("check-circle-fill", "petrol", number(round(shown.total, 1)), say("in all, as shares"), "text")]
    of_groups = say("{count} of {all}", count=number(len(shown.voices)), all=number(len(shown.groups)))
    facts.append(("users-three", "text2", of_groups, say("groups have weighed"), "text"))
    if shown.alike is not None:
        facts.append(("circle-half", "text2", number(shown.alike, 2), say("of 1: how alike their orders are"), "text"))
    if shown.disputed:
        facts.append(
            (
                "warning-fill",
                "amber_icon",
                say_n("{n} criterion", "{n} criteria", shown.disputed),
                say_n("needs a discussion", "need a discussion", shown.disputed),
                "amber_ink",
            )
        )
    elif len(shown.voices) > 1:
        facts.append(("check-circle-fill", "petrol", say("No criterion"), say("needs a discussion"), "text"))
    return facts


def _group_facts(shown: WeightPage, language: Language) -> list[Fact]:
    say, number = language.say, language.number
    done = shown.criteria - shown.lacking
    weighed = say("{count} of {all}", count=number(done), all=number(shown.criteria))
    icon = ("check-circle-fill", "petrol") if not shown.lacking else ("circle-half", "text2")
    rest = (
        say("criteria weighed by this group")
        if not shown.lacking
        else say("criteria weighed; the group counts once all are")
    )
    facts = [(*icon, weighed, rest, "text")]
    if shown.said is not None and shown.said.shares:
        facts.append(_origin_fact(shown.said, shown.rounds, language))
    if not shown.from_ballots and shown.hidden is None:
        facts.append(("scales", "text2", number(round(shown.total, 1)), say("in all, as set"), "text"))
    if shown.said is not None and shown.said.left_out:
        out = language.say_n("{n} ballot", "{n} ballots", shown.said.left_out)
        why = language.listing([language.tell(each) for each in shown.said.why])
        facts.append(("info-fill", "text2", out, say("not counted. {why}", why=why), "text"))
    return facts


def _origin_fact(said: results.GroupShares, rounds: int, language: Language) -> Fact:
    """Whether people or the group itself gave these weights, and in which round."""
    say, say_n = language.say, language.say_n
    icon = "users" if said.origin == results.VOTERS else "users-three"
    strong = (
        say_n("one person's answer", "mean of {n} people", said.voters)
        if said.origin == results.VOTERS
        else say("set by the group")
    )
    rest = say("in round {number}", number=said.round) if said.round is not None and rounds > 1 else ""
    return (icon, "text2", strong, rest, "text")
