"""The numbers behind a picture, as a plain table to read and to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from .fonts import ready_for, set_role
from .tokens import theme

DISPLAY, ALIGN = 0, 7
#: Longer tables scroll.
MOST_ROWS = 6
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Heading:
    """The head of a column; numbers stand at its end."""

    title: str
    numbers: bool = False


class _TableModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[Heading] = ()
        self.cells: Sequence[Sequence[str]] = ()

    def take(self, columns: Sequence[Heading], cells: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.columns, self.cells = columns, cells
        for row in cells:
            ready_for(" ".join(row))
        self.endResetModel()

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
        return (_END if self.columns[section].numbers else _START) if role == ALIGN else None

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self.cells[index.row()][index.column()]
        if role == ALIGN:
            return _END if self.columns[index.column()].numbers else _START
        return None


class PictureTable(QTableView):
    """Rows of plain values; Ctrl C copies what is selected."""

    def __init__(self, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = _TableModel()
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(theme().px(56))
        self.horizontalHeader().setHighlightSections(False)
        set_role(self, "meta")
        self.restyle()

    def show_table(self, columns: Sequence[Heading] | None, rows: Sequence[Sequence[str]] | None) -> None:
        """Show other numbers, already said; None shows nothing."""
        self._model.take(columns or (), rows or ())
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if columns:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.restyle()

    def restyle(self) -> None:
        rows = min(self._model.rowCount(), MOST_ROWS)
        self.verticalHeader().setDefaultSectionSize(theme().px(26))
        self.horizontalHeader().setFixedHeight(theme().px(28))
        self.setFixedHeight(theme().px(28 + 26 * rows + 14))  # with room for a scroll bar

    def keyPressEvent(self, event):
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({index.row() for index in self.selectedIndexes()})
            QApplication.clipboard().setText("\n".join("\t".join(self._model.cells[row]) for row in rows))
        else:
            super().keyPressEvent(event)
