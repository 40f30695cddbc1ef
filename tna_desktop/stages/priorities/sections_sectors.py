"""What the report says of the groups' answers about the sectors: the places, and where they differ from the choice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.table import Place, Table, TableColumn

from .results import RankedSector, sector_ranking
from .results_sectors import GroupOrder, group_orders


def orders_words(orders: Sequence[GroupOrder], language: Language) -> str:
    """One sentence: which groups would choose other sectors than the team did."""
    say, say_n = language.say, language.say_n
    complete = [each for each in orders if any(row.rank is not None for row in each.order)]
    if not orders:
        return say("No group has answered yet.")
    if not complete:
        return say("No group has answered every question about a sector yet.")
    if not any(row.chosen for each in complete for row in each.order):
        return say_n(
            "One group has an order of its own; no sector is chosen yet.",
            "{n} groups have an order of their own; no sector is chosen yet.", len(complete),
        )  # fmt: skip
    other = [each.name for each in complete if each.differs]
    if not other:
        return say("By their own answers, no group would surely choose other sectors than the team did.")
    return say_n(
        "By its own answers, one of {all} groups would choose other sectors: {names}.",
        "By their own answers, {n} of {all} groups would choose other sectors: {names}.",
        len(other), all=language.number(len(complete)), names=language.listing(other),
    )  # fmt: skip


def group_words(order: GroupOrder, language: Language) -> str:
    """What one group would do otherwise; "" where nothing is sure."""
    names = {row.id: row.name for row in order.order}
    enters, leaves = ([names[id] for id in ids] for ids in (order.enters, order.leaves))
    if enters and leaves:
        return language.say(
            "{group} would choose {enters} rather than {leaves}.",
            group=order.name, enters=language.listing(enters), leaves=language.listing(leaves),
        )  # fmt: skip
    if enters:
        return language.say("{group} would choose {enters} too.", group=order.name, enters=language.listing(enters))
    if leaves:
        return language.say("{group} would leave out {leaves}.", group=order.name, leaves=language.listing(leaves))
    return ""


def sector_groups_table(session: Session, workflow: Workflow, language: Language) -> Table | None:
    """The place of every sector by the answers of each group; none where no group has fully answered for a sector."""
    say = language.say
    orders = [each for each in group_orders(session, workflow) if any(row.rank is not None for row in each.order)]
    if not orders:
        return None
    by_group = [{row.id: row for row in each.order} for each in orders]
    short = {entry.key: entry.short or entry.name for entry in workflow.catalogue("stakeholder_groups").entries}
    ranked = sector_ranking(session, workflow)
    rows = [
        (row.name, _place(row), *(_place(rows[row.id]) for rows in by_group), say("chosen") if row.chosen else "")
        for row in ranked
    ]
    columns = (
        TableColumn("name", say("Sector"), width=2.6, strong=True), TableColumn("agreed", say("Agreed"), "number", 0, width=0.8),
        *(TableColumn(each.group, short[each.group], "number", 0, width=1.1) for each in orders), TableColumn("chosen", say("Choice"), width=0.9),
    )  # fmt: skip
    note = say("Places by the mean of each group's own answers. Empty: the group has not answered every question.")
    emphasis = frozenset(number for number, row in enumerate(ranked) if row.chosen)
    return Table(
        "sector_groups", say("Places of the sectors by group"), columns, rows, note=note, wide=True, emphasis=emphasis
    )


def sector_groups_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """How the groups differ on the sectors: a sentence, who would choose what, and the places side by side."""
    table = sector_groups_table(session, workflow, language)
    if table is None:
        return None
    orders = group_orders(session, workflow)
    told = tuple(words for each in orders if (words := group_words(each, language)))
    return Section(
        language.say("The sectors as each group sees them"), (orders_words(orders, language),), tables=(table,), bullets=told
    )  # fmt: skip


def _place(row: RankedSector) -> Place | None:
    return None if row.rank is None else Place(row.rank, row.tied)
