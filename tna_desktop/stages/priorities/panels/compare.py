"""Compare two: who is better on which criterion, and how many points that makes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QComboBox, QWidget

from tna_desktop.ui.banner import Banner
from tna_desktop.ui.cell_painting import CellPainter
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.records import COLUMN, ID
from tna_desktop.ui.table_step import Column, EmptyTexts, RecordTable, Row

from .. import ranking_words as words
from ..reading import Matrix
from ..results import Ranking
from ..results_compare import HeadToHead, Side, head_to_head
from ..results_compare import Row as Compared

SIDE, SUM = 24, "sum"


class FullNames(CellPainter):
    """Paints cells as ever; over a short name the whole one is told."""

    def __init__(self, view: QWidget, whole: Callable[[str], str]):
        super().__init__(view)
        self._whole = whole

    def tip(self, rect: QRect, index: QModelIndex) -> str:
        whole = self._whole(index.data(ID)) if index.data(COLUMN).key == "criterion" else ""
        return whole or str(super().tip(rect, index))


class CompareTwo(QWidget):
    """Two choices, a sentence, and the criteria one by one with the sum at the end."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self._found: Ranking | None = None
        self._matrix: Matrix | None = None
        self.pair: HeadToHead | None = None
        self.one, self.other = choice_box([]), choice_box([])
        first, second = (
            Field(self.language, say("One technology"), self.one),
            Field(self.language, say("The other one"), self.other),
        )
        self.banner = Banner("info")
        self.table = RecordTable(
            desk,
            columns=self._columns(),
            rows=lambda _session: self._rows(),
            noun=(say("criterion"), say("criteria")),
            empty=EmptyTexts("scales", say("Choose two technologies that are scored")),
            filter=False,
        )
        self.table.sortable = False
        self.table.tools.hide()
        self.table.view.setItemDelegate(FullNames(self.table.view, self._whole_name))
        top = QWidget()
        column(row(first, second, gap=16), self.banner, gap=8, margins=(SIDE, 6, SIDE, 6), parent=top)
        column(top, self.table, gap=0, parent=self).setStretch(1, 1)
        for box in (self.one, self.other):
            box.activated.connect(lambda _at: self._compare())

    def show_ranking(self, found: Ranking, matrix: Matrix) -> None:
        """The same two as before where they are still there; otherwise the first two."""
        self._found, self._matrix = found, matrix
        choices = [(each.id, each.name) for each in found.technologies if each.contributions]
        for at, box in enumerate((self.one, self.other)):
            before = box.currentData()
            self._fill(box, choices)
            place = box.findData(before) if before else -1
            box.setCurrentIndex(place if place >= 0 else min(at, len(choices) - 1))
        self._compare()

    def compare(self, one: str, other: str) -> None:
        """Show these two."""
        self.one.setCurrentIndex(self.one.findData(one))
        self.other.setCurrentIndex(self.other.findData(other))
        self._compare()

    @staticmethod
    def _fill(box: QComboBox, choices: list[tuple[str, str]]) -> None:
        box.blockSignals(True)
        box.clear()
        for key, name in choices:
            box.addItem(name, key)
        box.blockSignals(False)

    def _compare(self) -> None:
        self.pair = None
        one, other = self.one.currentData(), self.other.currentData()
        if self._found is not None and self._matrix is not None and one and other and one != other:
            self.pair = head_to_head(self._found, self._matrix, one, other)
        say = self.language.say
        lead, text = say("Choose two different technologies."), ""
        if self.pair is not None:
            lead, text = words.pair_parts(self.pair, self.language)
        self.banner.tell("info", lead, text)
        self.table.set_columns(self._columns())
        self.table.reload()

    def _columns(self) -> list[Column]:
        say = self.language.say
        one = self.pair.one.short if self.pair else say("One")
        other = self.pair.other.short if self.pair else say("Other")
        whole = (self.pair.one.name, self.pair.other.name) if self.pair else ("", "")
        points = say("Points of {name}", name=one), say("Points of {name}", name=other)
        return [
            Column("criterion", say("Criterion"), width=190, strong=True, editable=False),
            Column("weight", say("Weight, of 100"), "number", 116, editable=False, decimals=1),
            Column("one", one, "computed", 156, editable=False, help=whole[0]), Column("other", other, "computed", 156, editable=False, help=whole[1]),
            Column("one_points", points[0], "number", 190, editable=False, decimals=1, least=1300),
            Column("other_points", points[1], "number", 190, editable=False, decimals=1, least=1300),
            Column("difference", say("Points apart"), "number", 104, editable=False, decimals=1),
            Column("better", say("Better"), width=160, editable=False),
        ]  # fmt: skip

    def _rows(self) -> list[Row]:
        pair, say = self.pair, self.language.say
        if pair is None:
            return []
        rows = []
        for each in pair.rows:
            unit = each.criterion["unit"]
            rows.append(Row(each.criterion["id"], {
                "criterion": words.short_name(each.criterion), "weight": each.share * 100,
                "one": self._score(each.one, unit), "other": self._score(each.other, unit),
                "one_points": each.one.points, "other_points": each.other.points,
                "difference": self._apart(each), "better": self._better_on(each),
            }))  # fmt: skip
        rows.append(Row(SUM, {
            "criterion": say("Sum"), "weight": sum(each.share for each in pair.rows) * 100, "one": self._value(pair.one.value),
            "other": self._value(pair.other.value), "one_points": pair.one.value, "other_points": pair.other.value,
            "difference": None if pair.difference is None else abs(pair.difference), "better": self._better(pair.difference),
        }))  # fmt: skip
        return rows

    def _whole_name(self, id: str) -> str:
        """The whole name of a criterion of the table, where it shows a short one."""
        rows = self.pair.rows if self.pair is not None else ()
        found = next((row.criterion for row in rows if row.criterion["id"] == id and row.criterion["short"]), None)
        return str(found["name"]) if found else ""

    def _value(self, value: float | None) -> str:
        return self.language.say("{points} points", points=self.language.number(value, 1)) if value is not None else ""

    def _score(self, side: Side, unit: str) -> str:
        if not side.applies:
            return self.language.say("n/a")
        if side.score is None:
            return self.language.say("unknown")
        number = self.language.number(side.score)
        return self.language.say("{number} {unit}", number=number, unit=unit) if unit else number

    @staticmethod
    def _apart(each: Compared) -> float | None:
        neither = not (each.one.applies or each.other.applies)
        return None if neither or each.difference is None else abs(each.difference)

    def _better_on(self, each: Compared) -> str:
        """Who is better on one criterion; on what does not apply to one of the two nobody is."""
        assert self.pair is not None
        say = self.language.say
        if not each.one.applies and not each.other.applies:
            return ""
        if not each.compares:
            name = self.pair.other.short if each.one.applies else self.pair.one.short
            return say("does not apply to {name}", name=name)
        if each.share <= 0:
            return say("does not count")
        text = self._better(each.better)
        turned = (each.better or 0) * (each.difference or 0) < 0
        return say("{name}, yet with fewer points", name=text) if turned else text

    def _better(self, difference: float | None) -> str:
        assert self.pair is not None
        if difference is None:
            return self.language.say("not known")
        if abs(difference) < 1e-9:
            return self.language.say("equal")
        return self.pair.one.short if difference > 0 else self.pair.other.short
