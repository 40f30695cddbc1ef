"""Two tables of the sectors: how far each is from where it should be, and which goals it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from tna_desktop.ui.cell_painting import CellPainter
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.fonts import font
from tna_desktop.ui.labels import StateMark
from tna_desktop.ui.layouts import column
from tna_desktop.ui.painting import draw_text
from tna_desktop.ui.records import Choice, Column, RecordModel, Row
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts
from tna_desktop.ui.tokens import theme

from .. import operations, reading
from ..operations_sectors import GOAL, change_goals
from ..reading_sectors import GoalCoverage, coverage
from .grouped_table import GroupedTable, Grouping
from .wording import sector_kinds

_LEVELS = 5


class _GapPainter(CellPainter):
    """Draws the gap as a piece of the way from 1 to 5: what is reached, and what is missing, with its number."""

    def _paint_value(self, painter, area: QRectF, column: Column, index, ink: str, rtl: bool) -> None:
        row = self.parent().records.visible[index.row()]
        now, wanted = row.values.get("current_level"), row.values.get("desired_level")
        if column.key != "gap" or now is None or wanted is None:
            super()._paint_value(painter, area, column, index, ink, rtl)
            return
        look = theme()
        track = QRectF(
            area.left(), area.center().y() - look.px(4), min(look.px(120), area.width() - look.px(34)), look.px(8)
        )
        if rtl:
            track.moveRight(area.right())
        step = track.width() / _LEVELS

        def piece(first: float, last: float) -> QRectF:
            left = track.right() - last * step if rtl else track.left() + first * step
            return QRectF(left, track.top(), (last - first) * step, track.height())

        painter.fillRect(track, look.color("line"))
        painter.fillRect(piece(0, now), look.color("faint"))
        if wanted > now:
            painter.fillRect(piece(now, wanted), look.color("petrol"))
            # Where it must get to is a post, so that the gap is not told by colour alone.
            post = piece(wanted, wanted)
            painter.fillRect(QRectF(post.left() - 1, track.top() - 3, 2, track.height() + 6), look.color("text"))
        left = area.left() if rtl else track.right() + look.px(10)
        words = QRectF(left, area.top(), look.px(26), area.height())
        if rtl:
            words.moveRight(track.left() - look.px(10))
        draw_text(painter, words, index.data(0), font("body_medium"), look.color("text"))


class _NeedModel(RecordModel):
    def data(self, index, role=0):
        if role == 11 and index.isValid() and self.columns[index.column()].key == "gap":
            row = self.visible[index.row()].values
            if row["gap"] is not None:
                say = self.language.say
                return say("now {now} of 5, wanted {wanted} of 5: a gap of {gap}", now=row["current_level"],
                           wanted=row["desired_level"], gap=max(0, row["gap"]))  # fmt: skip
        return super().data(index, role)


class NeedTable(RecordTable):
    """Need before technology: where each sector stands, where it should be, and the gap between."""

    def __init__(self, desk: Desk, texts: TableTexts, empty: EmptyTexts, tools: Sequence[QWidget]):
        say = desk.language.say
        kinds = [Choice(key, name) for key, name in sector_kinds(desk.language)]
        super().__init__(
            desk,
            columns=[
                Column("name", say("Sector"), width=190, strong=True, required=True, names=(say("Programme"),), short="short", lines=2),
                Column("kind", say("Kind"), "choice", 118, choices=kinds, least=980),
                Column("current_level", say("Level now"), "rating", 92, help=say("Where the sector stands today, from 1 to 5.")),
                Column("desired_level", say("Level wanted"), "rating", 104, help=say("Where the sector should be, from 1 to 5.")),
                Column("gap", say("Gap"), "computed", 158, help=say("The level wanted less the level now: this is the need.")),
                Column("need", say("What is needed"), "long", 180, lines=2, help=say("What must change, before any technology is named.")),
            ],
            rows=_need_rows,
            add=operations.add_sector, change=operations.change_sector, remove=operations.remove_sectors, move=operations.move_sector,
            noun=(say("sector"), say("sectors")), tools=tools, texts=texts, empty=empty,
        )  # fmt: skip
        self.view.setItemDelegate(_GapPainter(self.view))

    def make_model(self, columns: Sequence[Column]) -> RecordModel:
        return _NeedModel(columns, self.language, True, self)


def _need_rows(session: Session) -> list[Row]:
    return [
        Row(row["id"], {**row, "gap": None if row["gap"] is None else max(0, row["gap"])})
        for row in reading.sectors(session)
    ]


class _GoalTable(GroupedTable):
    """Sectors by goals; the goals are the columns."""

    def __init__(self, desk: Desk, foot: Sequence[QWidget]):
        say = desk.language.say
        self.found = GoalCoverage((), (), {}, {}, ())
        super().__init__(
            desk, columns=self.goal_columns(desk), rows=self._rows, change=self._change, noun=(say("sector"), say("sectors")),
            texts=TableTexts(title=say("Sectors and the goals they serve"), filter=say("Filter {n} sectors")), foot=foot, paste=False,
        )  # fmt: skip

    def goal_columns(self, desk: Desk) -> list[Column]:
        say = desk.language.say
        shorts = {entry.name: entry.short or entry.name for entry in desk.workflow.catalogue("gbf_targets").entries}
        goals = [Column(GOAL + goal, _cut(shorts.get(goal, goal)), "flag", 96, help=goal) for goal in self.found.goals]
        return [
            Column("name", say("Sector"), width=190, strong=True, editable=False, short="short", lines=2),
            *goals,
            Column("other", say("Other goals named"), "long", 150, lines=2, help=say("What is written at the sector beside the goals of the scope.")),
        ]  # fmt: skip

    def _rows(self, session: Session) -> list[Row]:
        rows = []
        for sector in self.found.sectors:
            served = self.found.served[sector["id"]]
            ticks = {GOAL + goal: goal in served for goal in self.found.goals}
            rows.append(Row(sector["id"], {"name": sector["name"], "short": sector["short"], "chosen": sector["chosen"], **ticks, "other": self.found.other[sector["id"]]}))  # fmt: skip
        return rows

    def _change(self, session: Session, id: str, **values) -> None:
        if "other" in values:
            values["served"] = tuple(self.found.served[id])
        change_goals(session, id, **values)

    _change.label = change_goals.label  # type: ignore[attr-defined]

    def by_choice(self) -> Grouping:
        """The chosen sectors first; the goals count for them."""
        say_n = self.language.say_n

        def grouped(rows: Sequence[Row]) -> Iterator[tuple[str, str, list[Row]]]:
            for key, chosen, words in (
                ("chosen", True, lambda n: say_n("Chosen: one sector", "Chosen: {n} sectors", n)),
                ("others", False, lambda n: say_n("Not chosen: one sector", "Not chosen: {n} sectors", n)),
            ):
                held = [row for row in rows if bool(row.values["chosen"]) is chosen]
                if held:
                    yield key, words(len(held)), held

        return grouped


class GoalMatrix(QWidget):
    """Which goal is served by which sector; goals without any are named below."""

    def __init__(self, desk: Desk, open_scope: Callable[[], None]):
        super().__init__()
        self.desk, self.language = desk, desk.language
        say = desk.language.say
        self.told = StateMark("open", "")
        self.table = _GoalTable(desk, ())
        self.nothing = EmptyState(
            "target", say("Which goals should the technologies serve?"),
            say("Name the goals and targets of the national strategy in the scope; they become the columns here."),
            actions=[(say("Open the scope"), open_scope)],
        )  # fmt: skip
        self._lines = QWidget()
        column(self.told, gap=0, margins=(24, 4, 24, 10), parent=self._lines)
        box = column(gap=0, parent=self)
        box.addWidget(self.table, 1)
        box.addWidget(self._lines)
        box.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignCenter)

    def load(self) -> None:
        found = self.desk.read(coverage)
        changed = found.goals != self.table.found.goals
        self.table.found = found
        if changed:
            self.table.set_columns(self.table.goal_columns(self.desk))
        self.table.grouped.grouping = self.table.by_choice() if any(each["chosen"] for each in found.sectors) else None
        self.table.reload()
        there = bool(found.goals and found.sectors)
        self.table.setVisible(there)
        self._lines.setVisible(there)
        self.nothing.setVisible(not there)
        self._tell(found)

    def _tell(self, found: GoalCoverage) -> None:
        say, say_n = self.language.say, self.language.say_n
        if not found.empty:
            self.told.set_state("good", say("Every goal is served by a chosen sector."))
            return
        names = self.language.listing(list(found.empty))
        chosen = any(each["chosen"] for each in found.sectors)
        words = (
            say_n("No chosen sector serves this goal: {names}.", "No chosen sector serves these goals: {names}.", len(found.empty), names=names)
            if chosen
            else say_n("No sector serves this goal: {names}.", "No sector serves these goals: {names}.", len(found.empty), names=names)
        )  # fmt: skip
        self.told.set_state("attention", words)


def _cut(words: str) -> str:
    return words if len(words) <= 18 else words[:17].rstrip() + "…"
