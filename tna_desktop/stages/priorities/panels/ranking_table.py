"""The ranking as a table: exact values, points by branch, what the trials said, and the choice."""

from __future__ import annotations

from tna_desktop.ui.desk import Desk
from tna_desktop.ui.table_step import Column, EmptyTexts, RecordTable, Row

from .. import sheet
from ..results import RankedTechnology, Ranking
from ..results_robustness import Robustness


class RankingTable(RecordTable):
    """The rows of the ranking with what the picture rounds."""

    def __init__(self, desk: Desk):
        say = desk.language.say
        self._found: Ranking | None = None
        self._sure: Robustness | None = None
        super().__init__(
            desk,
            columns=_columns(desk, ()),
            rows=lambda _session: self._rows(),
            noun=(say("technology"), say("technologies")),
            empty=EmptyTexts("chart-bar-horizontal", say("Nothing is ranked yet")),
        )

    def show_ranking(self, found: Ranking, sure: Robustness | None) -> None:
        """Show this ranking; ``sure`` is None while the trials are under way."""
        self._found, self._sure = found, sure
        self.set_columns(_columns(self.desk, found.branches))
        self.reload()

    def _rows(self) -> list[Row]:
        if self._found is None:
            return []
        return [
            Row(each.id, {
                "rank": self._rank(each), "name": each.name, "value": each.value, "low": each.value_low, "high": each.value_high,
                "first": self._share(each, first=True), "among": self._share(each, first=False),
                "remark": sheet.remark(each, self.language), "chosen": each.shortlisted, "reason": each.shortlist_reason,
                **{f"part{at}": part for at, part in enumerate(each.parts)},
            })
            for each in self._found.technologies
        ]  # fmt: skip

    def _share(self, each: RankedTechnology, first: bool) -> float | None:
        if self._sure is None or each.id not in self._sure.ranks:
            return None
        return 100 * (self._sure.first(each.id) if first else self._sure.shortlist[each.id])

    def _rank(self, each: RankedTechnology) -> str:
        number = "" if each.rank is None else self.language.number(each.rank)
        return self.language.say("{rank}=", rank=number) if each.tied else number


def _columns(desk: Desk, branches: tuple[tuple[str, str], ...]) -> list[Column]:
    say = desk.language.say
    points = [
        Column(f"part{at}", name or say("Without a group"), "number", 112, editable=False, decimals=3, least=900)
        for at, (_, name) in enumerate(branches)
    ]
    return [
        Column("rank", say("Rank"), "computed", 56), Column("name", say("Technology"), width=230, strong=True, editable=False),
        Column("value", say("Value of 100"), "number", 96, editable=False, decimals=3),
        Column("low", say("At least"), "number", 84, editable=False, decimals=3),
        Column("high", say("At most"), "number", 84, editable=False, decimals=3),
        Column("first", say("First, of 100 trials"), "number", 130, editable=False, decimals=1, least=900),
        Column("among", say("Within the shortlist's length, of 100 trials"), "number", 160, editable=False, decimals=1, least=760), *points,
        Column("remark", say("Remark"), width=130, editable=False), Column("chosen", say("Shortlist"), "flag", 80, editable=False),
        Column("reason", say("Reason"), "long", 170, editable=False, least=1100),
    ]  # fmt: skip
