"""The numbers behind a picture, as a plain table to read and to copy."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from tna_desktop.kernel.text import UNKNOWN, Language
from tna_desktop.reports.table import Table, TableColumn

from .fonts import ready_for, set_role
from .tokens import theme

DISPLAY, ALIGN = 0, 7
_NUMBERS = ("number", "percent", "money", "year", "rating")
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class _TableModel(QAbstractTableModel):
    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        self.columns: tuple[TableColumn, ...] = ()
        self.cells: list[list[str]] = []

    def take(self, table: Table | None) -> None:
        self.beginResetModel()
        self.columns = table.columns if table else ()
        rows = [*table.rows, *([table.total] if table.total else [])] if table else []
        self.cells = [[self._shown(column, value) for column, value in zip(self.columns, row, strict=True)] for row in rows]
        for row in self.cells:
            ready_for(" ".join(row))
        self.endResetModel()

    def _shown(self, column: TableColumn, value: Any) -> str:
        if value is None:
            return UNKNOWN
        if column.kind == "percent":
            return self.language.percent(value, column.decimals or 0)
        if column.kind == "date":
            return self.language.date(value, "medium")
        if column.kind == "year":
            return str(value)
        if column.kind in _NUMBERS:
            return self.language.number(value, column.decimals)
        return self.language.word(value)

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index):
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section, orientation, role=DISPLAY):
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        return (_END if self.columns[section].kind in _NUMBERS else _START) if role == ALIGN else None

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self.cells[index.row()][index.column()]
        if role == ALIGN:
            return _END if self.columns[index.column()].kind in _NUMBERS else _START
        return None


class PictureTable(QTableView):
    """Rows of plain values; Ctrl C copies what is selected."""

    def __init__(self, language: Language, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = _TableModel(language)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        set_role(self, "body")
        self.restyle()

    def show_table(self, table: Table | None) -> None:
        self._model.take(table)
        self.updateGeometry()

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(26))
        self.horizontalHeader().setFixedHeight(theme().px(28))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        rows = min(self._model.rowCount(), 5)
        return QSize(theme().px(280), theme().px(28 + 26 * rows + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(28 + 26))

    def keyPressEvent(self, event):
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            QApplication.clipboard().setText("\n".join("\t".join(self._model.cells[row]) for row in rows))
        else:
            super().keyPressEvent(event)
