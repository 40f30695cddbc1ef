"""The groups on the Sectors screen: whose answers are shown, what each said in a cell, and their orders side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_painting import CellPainter
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.painting import box
from tna_desktop.ui.rating import paint_rating, rating_size
from tna_desktop.ui.records import ACCESSIBLE_TEXT, RecordModel
from tna_desktop.ui.table_step import Column, EmptyTexts, RecordTable, Row
from tna_desktop.ui.tokens import theme

from .. import results
from ..operations import ANSWER
from ..reading_sectors import GroupAnswers
from ..results import RankedSector
from ..results_sectors import GroupOrder, group_orders
from ..sections_sectors import group_words, orders_words
from ..voices import MEAN, MEDIAN, Voice, middle
from .score_voices import _LONGEST, _ONE, VoiceSwitch

SIDE = 24
#: Before the key of an answer, where a row keeps what the groups said.
SAID = "said:"
_LEVELS = 5


class GroupSwitch(VoiceSwitch):
    """The agreed answers or those of one group; in the list, how many questions each has answered."""

    def __init__(self, language: Language, voices: Callable[[], Sequence[Voice]], manage: Callable[[Menu], object]):
        super().__init__(language, voices, manage)
        for part in (self.choice, self.more):
            part.setAccessibleName(language.say("Whose answers"))

    def show_voice(self, voice: str, name: str) -> None:
        self._voice = voice
        self._name = name or self._name
        words = self._name or self.language.say("By group")
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        choices = [("", self.language.say("Agreed answers")), (_ONE, short)]
        self.choice.set_choices(choices, _ONE if voice else "")
        self.choice.buttons()[1].setToolTip(words if short != words else "")
        self.choice.buttons()[1].setAccessibleName(words)
        self.restyle()
        self._last = voice or self._last

    def open_list(self) -> None:
        self.menu = Menu(self.language.say("Whose answers"), self)
        self.fill(self.menu)
        self.menu.popup(self.choice.mapToGlobal(self.choice.rect().bottomLeft()))

    def fill(self, menu: Menu) -> None:
        say = self.language.say
        menu.add(say("Agreed answers"), lambda: self.chosen.emit(""), checked=not self._voice)
        menu.addSeparator()
        for voice in self._voices():
            count = self.language.number(voice.scores) if voice.scores else ""
            menu.add(
                voice.name, lambda key=voice.key: self.chosen.emit(key), keys=count, checked=voice.key == self._voice
            )
        menu.addSeparator()
        self._manage(menu)


def said_words(said: GroupAnswers, names: Mapping[str, str], language: Language) -> str:
    """What each group answered, on one line."""
    return language.listing(
        [
            language.say("{group} {answer}", group=names[key], answer=language.number(value))
            for key, value in said.by_group.items()
        ]
    )


class AnswerModel(RecordModel):
    """A cell also says, to who hears it, what the groups answered."""

    names: Mapping[str, str] = {}

    def said(self, index) -> GroupAnswers | None:
        found: GroupAnswers | None = self.visible[index.row()].values.get(SAID + self.columns[index.column()].key)
        return found

    def said_text(self, index) -> str:
        said = self.said(index)
        if said is None:
            return ""
        listed = said_words(said, self.names, self.language)
        if said.far_apart:
            return self.language.say("The groups disagree: {answers}", answers=listed)
        return self.language.say("Groups: {answers}", answers=listed)

    def data(self, index, role=0):
        if role == ACCESSIBLE_TEXT and index.isValid() and self.said(index) is not None:
            return self.language.say("{cell}. {more}", cell=self.data(index), more=self.said_text(index))
        return super().data(index, role)


class AnswerPainter(CellPainter):
    """A rating with the part of a point that a mean has; below it a bracket from the lowest group to the highest."""

    def _paint_value(self, painter, area: QRectF, column_: Column, index, ink: str, rtl: bool) -> None:
        if not column_.key.startswith(ANSWER):
            super()._paint_value(painter, area, column_, index, ink, rtl)
            return
        look, model = theme(), index.model()
        said, value = model.said(index), model.visible[index.row()].values.get(column_.key)
        upper = area.adjusted(0, 0, 0, -look.px(10)) if said else area
        whole = None if value is None else int(value + 1e-9)
        paint_rating(painter, upper, whole, _LEVELS, rtl)
        wide, pitch = look.px(10), (rating_size(_LEVELS).width() + look.px(3)) / _LEVELS
        if value is not None and whole is not None and value - whole > 0.01:
            left = whole * pitch
            part = QRectF(
                area.left() + left, round(upper.center().y() - look.px(8) / 2), wide * (value - whole), look.px(8)
            )
            if rtl:
                part.moveRight(area.right() - left)
            box(painter, part, 2, look.color("petrol"))
        if said:
            self._paint_spread(painter, area, said, pitch, wide, upper.center().y() + look.px(11), rtl)

    @staticmethod
    def _paint_spread(
        painter, area: QRectF, said: GroupAnswers, pitch: float, wide: float, y: float, rtl: bool
    ) -> None:
        look = theme()

        def at(level: float) -> float:
            along = (level - 1) * pitch + wide / 2
            return area.right() - along if rtl else area.left() + along

        low, high, y = at(said.low), at(said.high), round(y) + 0.5
        ink = look.color("amber_ink" if said.far_apart else "text2")
        painter.setPen(QPen(ink, 2.0 if said.far_apart else 1.0))
        tall = look.px(3)
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for end in (low, high):
            painter.drawLine(QPointF(end, y - tall), QPointF(end, y + tall))

    def tip(self, rect, index) -> str:
        return index.model().said_text(index) or super().tip(rect, index)


class SaidStrip(QWidget):
    """What each group answered in the cell in hand, and taking their mean or median for it."""

    taken = Signal(str)  # MEAN or MEDIAN

    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        self.told = Label("", "body", "text2", wrap=True)
        self.mean = Button("", "outline", small=True, on_click=lambda: self.taken.emit(MEAN))
        self.median = Button("", "outline", small=True, on_click=lambda: self.taken.emit(MEDIAN))
        line = row(self.told, self.mean, self.median, gap=8, margins=(SIDE, 6, SIDE, 6))
        line.setStretch(0, 1)
        column(Hairline(), gap=0, parent=self).addLayout(line)

    def show_said(self, cell: str, said: GroupAnswers | None, names: Mapping[str, str]) -> None:
        """``cell`` names sector and question."""
        self.setVisible(said is not None)
        if said is None:
            return
        say, number = self.language.say, self.language.number
        listed = said_words(said, names, self.language)
        self.told.set_text(say("The groups disagree: {answers}", answers=listed) if said.far_apart else listed, cell)
        values = list(said.by_group.values())
        for button, words, how in (
            (self.mean, say("Take the mean"), MEAN),
            (self.median, say("Take the median"), MEDIAN),
        ):
            value = middle(values, how)
            shown = number(value, None if float(value).is_integer() else 2)
            button.setText(say("{command}, {value}", command=words, value=shown))


class SectorsByGroup(QWidget):
    """A sentence, then a row for each sector and a column with its place for each group."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._agreed: list[RankedSector] = []
        self._orders: tuple[GroupOrder, ...] = ()
        entries = desk.workflow.catalogue("stakeholder_groups").entries
        self._short = {entry.key: entry.short or entry.name for entry in entries}
        self.banner = Banner("info")
        self.note = Label(
            say("Places by the mean of each group's own answers. ✓ is chosen; ▲ marks what a group would choose and the team left out, ▼ the other way round."),
            "meta", "text2", wrap=True,
        )  # fmt: skip
        self.table = RecordTable(
            desk, columns=self._columns(), rows=lambda _session: self._rows(), noun=(say("sector"), say("sectors")),
            empty=EmptyTexts("users-three", say("There are no sectors yet"), say("Add some under Need or Questions.")),
            filter=False,
        )  # fmt: skip
        self.table.tools.hide()
        self.told = Label("", "body", "text2", wrap=True)
        self._foot = QWidget()
        column(Hairline(), 6, self.told, gap=0, margins=(SIDE, 0, SIDE, 10), parent=self._foot)
        top = QWidget()
        column(self.banner, self.note, gap=6, margins=(SIDE, 8, SIDE, 6), parent=top)
        column(top, self.table, self._foot, gap=0, parent=self).setStretch(1, 1)

    def load(self) -> None:
        self._agreed, self._orders = self.desk.read(
            lambda session: (
                results.sector_ranking(session, self.desk.workflow),
                group_orders(session, self.desk.workflow),
            )
        )
        differ = any(each.differs for each in self._orders)
        self.banner.tell(
            "info" if differ or not self._orders else "good", "", orders_words(self._orders, self.language)
        )
        self.note.setVisible(bool(self._orders))
        told = [words for each in self._orders if (words := group_words(each, self.language))]
        self.told.set_text("\n".join(told))
        self._foot.setVisible(bool(told))
        if [each.key for each in self.table.model.columns] != [each.key for each in self._columns()]:
            self.table.set_columns(self._columns())
        else:
            self.table.reload()

    def _columns(self) -> list[Column]:
        say = self.language.say
        return [
            Column("name", say("Sector"), width=200, strong=True, editable=False, lines=2),
            Column("agreed", say("Agreed"), "computed", 78, editable=False),
            *(
                Column(each.group, self._short[each.group], "computed", 118, editable=False, help=each.name)
                for each in self._orders
            ),
        ]

    def _rows(self) -> list[Row]:
        by_group = [(each, {found.id: found for found in each.order}) for each in self._orders]
        say = self.language.say
        return [
            Row(each.id, {
                "name": each.name,
                "agreed": say("{place} {mark}", place=self._place(each), mark="✓") if each.chosen else self._place(each),
                **{group.group: self._moved(self._place(rows[each.id]), each.id, group) for group, rows in by_group},
            })
            for each in self._agreed
        ]  # fmt: skip

    def _place(self, each: RankedSector) -> str:
        if each.rank is None:
            return "–"
        number = self.language.number(each.rank)
        return self.language.say("{rank}=", rank=number) if each.tied else number

    def _moved(self, place: str, id: str, group: GroupOrder) -> str:
        mark = "▲" if id in group.enters else "▼" if id in group.leaves else ""
        return self.language.say("{place} {mark}", place=place, mark=mark) if mark else place
