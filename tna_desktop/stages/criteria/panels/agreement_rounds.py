"""Two rounds of weighing side by side: each criterion's mean and spread before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.records import Column, Row
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .agreement_page import Compared

#: Spreads that differ by less, in points, are called the same.
_SAME = 0.5


class BeforeAfter(QWidget):
    """A sentence with the conclusion, and below it the criteria, the widest spread before first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = desk.language
        self._compared: tuple[Compared, ...] = ()
        say = self.language.say
        self.words = Label("", "body", wrap=True)
        self.table = RecordTable(
            desk,
            columns=self._columns(),
            rows=lambda _session: self._rows(),
            noun=(say("criterion"), say("criteria")),
            texts=TableTexts(title=say("Before and after")),
            empty=EmptyTexts(
                "clock-counter-clockwise",
                say("There is one round so far"),
                say("After a second round the weights of both stand here side by side."),
            ),
            filter=False,
        )
        self.table.tools.hide()
        self._head = QWidget()
        row(self.words, margins=(24, 10, 24, 4), parent=self._head)
        column(self._head, self.table, gap=0, parent=self).setStretch(1, 1)

    def show_rounds(self, words: str, compared: Sequence[Compared]) -> None:
        self._compared = tuple(compared)
        self.words.set_text(words)
        self._head.setVisible(bool(words))
        self.table.reload()

    def _columns(self) -> list[Column]:
        say = self.language.say
        return [
            Column("name", say("Criterion"), width=240, strong=True, editable=False),
            Column("mean_before", say("Mean before, %"), "number", width=112, editable=False, decimals=1),
            Column("mean_after", say("Mean after, %"), "number", width=112, editable=False, decimals=1),
            Column("spread_before", say("Points apart before"), "number", width=120, editable=False, decimals=0),
            Column("spread_after", say("Points apart after"), "number", width=120, editable=False, decimals=0),
            Column("change", say("What happened"), "computed", width=150, editable=False),
        ]

    def _rows(self) -> list[Row]:
        say, rows = self.language.say, []
        for each in self._compared:
            change = each.spread_after - each.spread_before
            words = say("Closer") if change < -_SAME else say("Further apart") if change > _SAME else say("As before")
            values = {
                "name": each.name,
                "mean_before": each.mean_before * 100,
                "mean_after": each.mean_after * 100,
                "spread_before": each.spread_before,
                "spread_after": each.spread_after,
                "change": words,
            }
            rows.append(Row(each.id, values))
        return rows
