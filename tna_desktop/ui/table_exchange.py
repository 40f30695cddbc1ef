"""Copying from a table and pasting into it, as worksheets do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from tna_desktop.kernel.errors import Refused, message

from .cell_values import unknown
from .paste_preview import PastePreview
from .pasting import Plan, has_head, paste_rows, plan_cells, read_table, tried, write_table
from .records import DISPLAY, Column

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
        ids, index = table.selected(), table.view.currentIndex()
        if not whole_rows and len(ids) < 2:
            if index.isValid():
                QGuiApplication.clipboard().setText(self._plain(index))
            return
        places = table.view.visible_columns()
        lines = [[table.model.columns[place].title for place in places]]
        for id in ids:
            lines.append([self._plain(table.model.index(table.model.row_of(id), place)) for place in places])
        QGuiApplication.clipboard().setText(write_table(lines))

    def _plain(self, index: Any) -> str:
        column = self._table.model.columns[index.column()]
        value = self._table.model.visible[index.row()].values.get(column.key)
        if unknown(value):
            return ""
        return str(round(value, 2)).removesuffix(".0") if column.kind == "rating" else str(index.data(DISPLAY))

    def paste_as_rows(self) -> None:
        """Show what is on the clipboard as new rows."""
        found = read_table(QGuiApplication.clipboard().text())
        if not found:
            self._refuse(message("There is nothing to paste. Copy the cells in Excel first, then come back."))
        elif self._table.may_paste and self._table.view.finish_editing():
            self._open(found)

    def paste(self) -> None:
        """Ctrl V: a cell into a cell, a block over cells, a whole table as new rows."""
        table = self._table
        found, index = read_table(QGuiApplication.clipboard().text()), table.view.currentIndex()
        if not found or not table.view.finish_editing():
            return
        if table.may_paste and (
            not index.isValid() or has_head(found, [each for each in table.model.columns if each.writable])
        ):
            self._open(found)
        elif table.changing is not None and index.isValid():
            self._paste_cells(found, index)

    def _paste_cells(self, found: list[list[str]], index: Any) -> None:
        """All of a block, or nothing of it: a half pasted block would have to be searched for its gaps."""
        table, chosen = self._table, self._table.selected()
        if len(found) == len(found[0]) == 1 and len(chosen) > 1:
            found, ids = found * len(chosen), chosen
        else:
            ids = [row.id for row in table.model.visible[index.row() :]]
        places = table.view.visible_columns()
        if len(found) > len(ids) and table.may_paste and index.column() == places[0]:
            self._open(found)
            return
        columns = [table.model.columns[place] for place in places if place >= index.column()]
        plan = self._tried(plan_cells(found, ids, columns, self.language, self._options))
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

    def _tried(self, plan: Plan) -> Plan:
        """The plan without what the operations would refuse; nothing is written."""
        table = self._table
        return tried(
            table.desk.document.preview, table.adding, table.changing, plan, table.model.columns, table.defaults()
        )

    # The preview -------------------------------------------------------------------------------------

    def _open(self, found: list[list[str]]) -> None:
        self.close()
        table = self._table
        self.preview = PastePreview(
            self.language, table.model.columns, found, self._tried, self._add_words, self._options
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
            new = table.do(
                paste_rows, table.adding, table.changing, plan.entries, table.defaults(), table.words.counted(number)
            )
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
