"""Who sees the shortlist otherwise: the groups' own orders beside what the team chose, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from tna_desktop.kernel.text import Language

from .results import Ranking
from .results_compare import GroupRanking, is_chosen


def groups_words(found: Ranking, groups: Sequence[GroupRanking], length: int, language: Language) -> str:
    """Which groups would choose the same, and what the others would take instead, in plain sentences.

    They are held against the shortlist where one is chosen, otherwise against the first ``length`` as agreed.
    """
    return " ".join(groups_parts(found, groups, length, language)).strip()


def groups_parts(found: Ranking, groups: Sequence[GroupRanking], length: int, language: Language) -> tuple[str, str]:
    """The same in two parts: how many agree, and what the others would take."""
    if not groups:
        return language.say("No group has weighed every criterion yet."), ""
    apart = [each for each in groups if not each.agrees]
    lead = (
        _about_shortlist(groups, apart, language) if is_chosen(found) else _about_first(groups, apart, length, language)
    )
    if not apart:
        return lead, ""
    return lead, language.say("{sentence}.", sentence="; ".join(_wishes(found, apart, language)))


def _about_shortlist(groups: Sequence[GroupRanking], apart: Sequence[GroupRanking], language: Language) -> str:
    """How many groups would choose just the shortlist, and which."""
    count, same = len(groups), [each.name for each in groups if each.agrees]
    if not apart:
        return language.say_n(
            "By its own weights the one group that has weighed would choose the same shortlist.",
            "By their own weights all {n} groups would choose the same shortlist.", count,
        )  # fmt: skip
    if not same:
        return language.say_n(
            "By its own weights the one group that has weighed would choose otherwise:",
            "By their own weights all {n} groups would choose otherwise:", count,
        )  # fmt: skip
    return language.say_n(
        "Of {all} groups one would choose the same shortlist by its own weights: {names}.",
        "Of {all} groups {n} would choose the same shortlist by their own weights: {names}.", len(same),
        all=language.number(count), names=language.listing(same),
    )  # fmt: skip


def _about_first(groups: Sequence[GroupRanking], apart: Sequence[GroupRanking], length: int, language: Language) -> str:
    """The same as long as no shortlist is chosen: the first ones by the agreed weights stand in for it."""
    count, all_groups = len(groups), language.number(len(groups))
    if not apart and length == 1:
        return language.say_n(
            "The one group that has weighed puts the same technology first.", "All {n} groups put the same technology first.",
            count,
        )  # fmt: skip
    if not apart:
        return language.say_n(
            "The one group that has weighed would put the same technologies among the first {length}.",
            "All {n} groups would put the same technologies among the first {length}.", count, length=language.number(length),
        )  # fmt: skip
    if length == 1:
        return language.say_n(
            "One group of {all} would change first place:", "{n} groups of {all} would change first place:", len(apart),
            all=all_groups,
        )  # fmt: skip
    return language.say_n(
        "One group of {all} would change the first {length}:", "{n} groups of {all} would change the first {length}:",
        len(apart), all=all_groups, length=language.number(length),
    )  # fmt: skip


def _wishes(found: Ranking, apart: Sequence[GroupRanking], language: Language) -> list[str]:
    """What groups would take and leave out; those that want the same in one breath."""
    say, short = language.say, {each.id: each.short for each in found.technologies}
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for each in apart:
        alike.setdefault((each.enters, each.leaves), []).append(each.name)
    told = []
    for (into, out), names in alike.items():
        group = language.listing(names)
        enters, leaves = (language.listing([short[id] for id in ids]) for ids in (into, out))
        if into and out:
            told.append(
                say("{group} would take {enters} instead of {leaves}", group=group, enters=enters, leaves=leaves)
            )
        elif into:
            told.append(say("{group} would take {enters} too", group=group, enters=enters))
        else:
            told.append(say("{group} would leave out {leaves}", group=group, leaves=leaves))
    return told
