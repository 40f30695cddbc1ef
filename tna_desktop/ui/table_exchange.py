"""Copying from a table and pasting into it, as worksheets do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.intake import read_table as read_file
from tna_desktop.kernel.intake import shown

from .cell_values import unknown
from .paste_preview import PastePreview
from .pasting import Plan, has_head, paste_rows, plan_cells, read_table, tried, write_table
from .records import Column, Row

if TYPE_CHECKING:
    from .table_step import RecordTable


class WorksheetExchange:
    """What goes between a table and the clipboard. A paste is one change, and nothing of it is lost in silence."""

    def __init__(self, table: RecordTable):
        self._table, self.language = table, table.language
        self.preview: PastePreview | None = None

    def copy(self, whole_rows: bool = False) -> None:
        """The cell, or several rows with their head, as worksheets read them."""
        table = self._table
        index = table.view.currentIndex()
        if not whole_rows and len(table.selected()) < 2:
            if index.isValid():
                row = table.model.visible[index.row()]
                QGuiApplication.clipboard().setText(self._plain(row, table.model.columns[index.column()]))
            return
        columns = self.copied_columns()
        lines = [[column.title for column in columns]]
        lines += [[self._plain(row, column) for column in columns] for row in self.copied_rows()]
        QGuiApplication.clipboard().setText(write_table(lines))

    def _plain(self, row: Row, column: Column) -> str:
        value = row.values.get(column.key)
        if unknown(value):
            return ""
        if column.kind == "rating":
            return str(round(value, 2)).removesuffix(".0")
        return self._table.model.text(row, column)

    # What another kind of table does its own way: a tree ----------------------------------------------

    def copied_rows(self) -> list[Row]:
        model = self._table.model
        return [model.visible[model.row_of(id)] for id in self._table.selected()]

    def copied_columns(self) -> list[Column]:
        return [self._table.model.columns[place] for place in self._table.view.visible_columns()]

    def listed_columns(self) -> list[Column]:
        """The columns new rows can come with."""
        return self._table.model.columns

    def listing(self, plan: Plan) -> tuple[Any, dict[str, Any]]:
        """The operation that adds the rows of this plan, and the values all of them are given."""
        return self._table.adding, self._table.defaults()

    def takes_cells(self, index: Any) -> bool:
        """Whether a paste here goes into the cells; otherwise it makes new rows."""
        return True

    def rows_from(self, row: int) -> list[str]:
        """The rows a block of cells pasted here goes into."""
        return [each.id for each in self._table.model.visible[row:]]

    # Pasting -----------------------------------------------------------------------------------------

    def paste_as_rows(self) -> None:
        """Show what is on the clipboard as new rows."""
        found = read_table(QGuiApplication.clipboard().text())
        if not found:
            self._refuse(message("There is nothing to paste. Copy the cells in Excel first, then come back."))
        elif self._table.may_paste and self._table.view.finish_editing():
            self._open(found)

    def open_file(self, path: Path) -> None:
        """Show the rows of a worksheet file as new rows, before anything is added."""
        try:
            cells = read_file(path)
        except Refused as refused:
            self._table.desk.refuse(refused)
            return
        wide = max((len(row.values) for row in cells.rows), default=0)
        found = [[shown(row.value(place)) for place in range(wide)] for row in cells.rows]
        if not found:
            self._refuse(message("{name} holds no rows.", name=path.name))
        elif self._table.may_paste and self._table.view.finish_editing():
            self._open(found)
            told = [*cells.remarks, *(problem.sentence() for problem in cells.problems[:3])]
            if told:
                self._table.desk.notice(" ".join(self.language.tell(each) for each in told))

    def paste(self) -> None:
        """Ctrl V: a cell into a cell, a block over cells, a whole table as new rows."""
        table = self._table
        found, index = read_table(QGuiApplication.clipboard().text()), table.view.currentIndex()
        if not found or not table.view.finish_editing():
            return
        if table.may_paste and (
            not index.isValid()
            or not self.takes_cells(index)
            or has_head(found, [each for each in self.listed_columns() if each.writable])
        ):
            self._open(found)
        elif table.changing is not None and index.isValid():
            self._paste_cells(found, index)

    def _paste_cells(self, found: list[list[str]], index: Any) -> None:
        """All of a block, or nothing of it: a half pasted block would have to be searched for its gaps."""
        table, chosen = self._table, self._table.to_change()
        if len(found) == len(found[0]) == 1 and len(chosen) > 1:
            found, ids = found * len(chosen), chosen
        else:
            ids = self.rows_from(index.row())
        places = table.view.visible_columns()
        if len(found) > len(ids) and table.may_paste and index.column() == places[0]:
            self._open(found)
            return
        columns = [table.model.columns[place] for place in places if place >= index.column()]
        plan = self._tried(plan_cells(found, ids, columns, self.language, self._options), table.model.columns)
        if plan.problems:
            first = " ".join(problem.told(self.language) for problem in plan.problems[:3])
            more = len(plan.problems) - 3
            rest = self.language.say_n("And {n} more.", "And {n} more.", more) if more > 0 else ""
            self._refuse(message("Nothing was pasted. {problems} {rest}", problems=first, rest=rest))
        elif plan.entries:
            cells = sum(len(entry.values) for entry in plan.entries)
            counted = self.language.say_n("{n} cell", "{n} cells", cells)
            table.model.kept |= {entry.id for entry in plan.entries if entry.id}
            done, _ = table.attempt(paste_rows, table.adding, table.changing, plan.entries, {}, counted)
            if done and cells > 1:
                table.desk.notice(self.language.say("Pasted: {counted}", counted=counted), undo=True)

    def _options(self, column: Column) -> Any:
        return self._table.model.options(column).values()

    def _tried(self, plan: Plan, columns: Sequence[Column]) -> Plan:
        """The plan without what the operations would refuse; nothing is written."""
        adding, given = self.listing(plan)
        return tried(self._table.desk.document.preview, adding, self._table.changing, plan, columns, given)

    # The preview -------------------------------------------------------------------------------------

    def _open(self, found: list[list[str]]) -> None:
        self.close()
        table = self._table
        self.preview = PastePreview(
            self.language,
            self.listed_columns(),
            found,
            lambda plan: self._tried(plan, self.listed_columns()),
            self._add_words,
            self._options,
        )
        self.preview.agreed.connect(self._add)
        self.preview.closed.connect(self.close)
        table.pages.addWidget(self.preview)
        table.pages.setCurrentWidget(self.preview)
        self.preview.start()

    def _add_words(self, number: int) -> str:
        return self.language.say("Add {counted}", counted=self._table.words.counted(number))

    def _add(self, plan: Plan) -> None:
        table, number = self._table, len(plan.entries)
        try:
            adding, given = self.listing(plan)
            new = table.do(paste_rows, adding, table.changing, plan.entries, given, table.words.counted(number))
        except Refused as refused:
            self.preview.show_refusal(self.language.tell(refused.reason))
            return
        self.close()
        told, left = table.words.added(number), len(plan.problems)
        if left:
            out = self.language.say_n("{n} thing was left out.", "{n} things were left out.", left)
            told = self.language.say("{added}. {left}", added=told, left=out)
        table.desk.notice(told, undo=True)
        if new:
            table.reveal(new[0])

    def close(self) -> None:
        if self.preview is not None:
            preview, self.preview = self.preview, None
            self._table.pages.removeWidget(preview)
            preview.deleteLater()
            self._table.show_state()
            self._table.view.setFocus()

    def _refuse(self, reason: Any) -> None:
        self._table.desk.refuse(Refused(reason))
