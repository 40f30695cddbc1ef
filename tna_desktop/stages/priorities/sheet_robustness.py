"""The tables about how sure the ranking is: the trials, and the places by each group's weights."""

from __future__ import annotations

from tna_desktop.kernel.text import Language
from tna_desktop.reports.table import Place, Table, TableColumn

from . import competition_words
from . import ranking_words as words
from .ranking_page import RankingPage
from .results import RankedTechnology
from .results_compare import likeness
from .results_robustness import Robustness


def trials_table(page: RankingPage, sure: Robustness, language: Language) -> Table:
    """How often each technology is first and on the shortlist, and the place it takes most often."""
    say = language.say
    rows = []
    for each in page.ranking.technologies:
        shares = sure.ranks.get(each.id)
        if shares is not None:
            most = shares.index(max(shares))
            rows.append((each.name, shares[0] * 100, sure.shortlist[each.id] * 100, most + 1, shares[most] * 100))
    columns = (
        TableColumn("name", say("Technology"), width=2.6, strong=True),
        TableColumn("first", say("First, of 100 trials"), "number", 1),
        TableColumn(
            "shortlist", say("Among the first {n}, of 100 trials", n=language.number(sure.length)), "number", 1
        ),
        TableColumn("place", say("Most often at place"), "number", 0),
        TableColumn("often", say("There, of 100 trials"), "number", 1),
    )
    note = trials_note(sure, language)
    key, title = "trials", say("How sure the ranking is")
    if page.among is not None:
        key = f"trials-{page.among.key}"
        title = say("{group}: {title}", group=page.among.called(language), title=title)
    return Table(key, title, columns, rows, note=note, wide=True)


def trials_note(sure: Robustness, language: Language) -> str:
    """What was varied in the trials, how many there were, their seed, and how exact the shares are."""
    return language.say(
        "{trials} {n} trials, seed {seed}, standard error at most {error} percentage points.",
        trials=words.trial_words(sure.weights, language), n=language.number(sure.trials), seed=language.number(sure.seed),
        error=language.number(sure.standard_error * 100, 1),
    )  # fmt: skip


def group_places_table(page: RankingPage, language: Language) -> Table:
    """The places by each group's own weights, beside the agreed ones."""
    say = language.say
    groups = [(each, {row.id: row for row in each.ranking.technologies}) for each in page.group_rankings()]

    apart = competition_words.by_technology(page.ranking, language)

    def place(row: RankedTechnology) -> Place | None:
        return None if row.rank is None else Place(row.rank, row.tied)

    rows = [
        (each.name, *((apart[each.id],) if apart else ()), place(each), *(place(found[each.id]) for _, found in groups))
        for each in page.ranking.technologies if groups and not each.failed
    ]  # fmt: skip
    columns = (
        TableColumn("name", say("Technology"), width=2.6, strong=True),
        *((TableColumn("competes", say("Competes in"), width=1.6),) if apart else ()), TableColumn("agreed", say("Agreed"), "number", 0, width=0.8),
        *(TableColumn(group.group, group.name, "number", 0) for group, _ in groups),
    )  # fmt: skip
    note = say("The same scores, weighed as each group gave its weights. Empty: no rank, because scores are unknown.")
    told = [say("{name} {number}", name=group.name, number=language.number(alike, 2))
            for group, _ in groups if (alike := likeness(page.ranking, group.ranking)) is not None]  # fmt: skip
    if told and not apart:
        note = say(
            "{note} How alike each order is to the agreed one, by Kendall's rank correlation (1 the same, -1 the reverse): "
            "{groups}.", note=note, groups=language.listing(told),
        )  # fmt: skip
    return Table("group_places", say("Places by each group's weights"), columns, rows, note=note, wide=True)
