"""By group: the places that each group's weights give, side by side, and who would change the shortlist."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tna_desktop.ui.banner import Banner
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column
from tna_desktop.ui.table_step import Column, EmptyTexts, RecordTable, Row

from ..group_words import groups_parts
from ..results import RankedTechnology, Ranking
from ..results_compare import GroupRanking, is_chosen, length_of

SIDE = 24


class GroupsSideBySide(QWidget):
    """A sentence, then a row for each technology and a column for each group."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._found: Ranking | None = None
        self._groups: tuple[GroupRanking, ...] = ()
        entries = desk.workflow.catalogue("stakeholder_groups").entries
        self._short = {entry.key: entry.short or entry.name for entry in entries}
        self.banner = Banner("info")
        self.note = Label("", "meta", "text2", wrap=True)
        self.table = RecordTable(
            desk,
            columns=self._columns(),
            rows=lambda _session: self._rows(),
            noun=(say("technology"), say("technologies")),
            empty=EmptyTexts("users-three", say("No group has weighed every criterion yet")),
            filter=False,
        )
        self.table.tools.hide()
        top = QWidget()
        column(self.banner, self.note, gap=6, margins=(SIDE, 8, SIDE, 6), parent=top)
        column(top, self.table, gap=0, parent=self).setStretch(1, 1)

    def show_groups(self, found: Ranking, groups: tuple[GroupRanking, ...]) -> None:
        say = self.language.say
        self._found, self._groups = found, groups
        length = length_of(found)
        agreed = bool(groups) and all(each.agrees for each in groups)
        self.banner.tell("good" if agreed else "info", *groups_parts(found, groups, length, self.language))
        if is_chosen(found):
            note = say(
                "Places by each group's own weights and the same scores. ✓ is on the shortlist; ▲ comes among the first "
                "{length} by a group's weights and is not on it, ▼ is on it and does not.",
                length=self.language.number(length),
            )
        else:
            note = say(
                "Places by each group's own weights and the same scores. ▲ and ▼ mark who comes among the first {length} and "
                "who drops out.", length=self.language.number(length),
            )  # fmt: skip
        self.note.set_text(note)
        self.note.setVisible(bool(groups))
        self.table.set_columns(self._columns())
        self.table.reload()

    def _columns(self) -> list[Column]:
        say = self.language.say
        return [
            Column("name", say("Technology"), width=230, strong=True, editable=False),
            Column("agreed", say("Agreed"), "computed", 84, editable=False),
            *(
                Column(each.group, self._short.get(each.group, each.name), "computed", 124, editable=False)
                for each in self._groups
            ),
        ]

    def _rows(self) -> list[Row]:
        if self._found is None:
            return []
        by_group = [(each, {row.id: row for row in each.ranking.technologies}) for each in self._groups]
        return [
            Row(row.id, {
                "name": row.name, "agreed": self._marked(self._place(row), "✓" if row.shortlisted else ""),
                **{group.group: self._moved(self._place(rows[row.id]), row.id, group) for group, rows in by_group},
            })
            for row in self._found.technologies if not row.failed
        ]  # fmt: skip

    def _place(self, row: RankedTechnology) -> str:
        if row.rank is None:
            return ""
        number = self.language.number(row.rank)
        return self.language.say("{rank}=", rank=number) if row.tied else number

    def _moved(self, place: str, id: str, group: GroupRanking) -> str:
        return self._marked(place, "▲" if id in group.enters else "▼" if id in group.leaves else "")

    def _marked(self, place: str, mark: str) -> str:
        return self.language.say("{place} {mark}", place=place, mark=mark).strip() if mark else place
