"""The table itself: rows to move in, cells to edit in place, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from .cell_editing import ADD, CellEditing
from .cell_painting import MENU, SIDE, CellPainter, Head, content_rect, paint_row_menu, rating_level
from .cell_values import Column
from .column_fit import shown_columns, widths
from .records import VALUE, RecordModel
from .tokens import theme

_RTL = Qt.LayoutDirection.RightToLeft
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_K = Qt.Key
#: Keys that ask for something of the whole table; the table answers them.
DUPLICATE, DELETE, COPY, COPY_ROWS, PASTE, UP, DOWN, CLEAR = (
    "duplicate", "delete", "copy", "copy_rows", "paste", "up", "down", "clear",
)  # fmt: skip


class RecordView(CellEditing):
    """The rows of a RecordModel. ``save`` keeps a value or raises Refused; ``asked`` is a wish for the whole table."""

    asked = Signal(str)
    menu_asked = Signal(QPoint)
    activated_cell = Signal(str, str)
    editing = Signal(bool)
    current_moved = Signal()

    def __init__(
        self, model: RecordModel, save: Callable[[str, str, Any], None] | None, row_height: int = 36, parent=None
    ):
        super().__init__(parent)
        self._save, self._row_height = save, row_height
        self._wishes: dict[str, bool] = {}
        self._own_widths: dict[str, int] = {}
        self._fitting = False
        self._hovered = -1
        self.setHorizontalHeader(Head(self))
        self.setModel(model)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # The rows' ground is painted here, from edge to edge, so Qt must not paint a selection of its own.
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionResized.connect(self._resized_by_hand)
        head.sectionHandleDoubleClicked.connect(self._width_by_rule)
        for signal in (model.layoutChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._rows_moved)
        model.modelReset.connect(self._columns_changed)
        self.restyle()

    # What the painter asks ---------------------------------------------------------------------------

    @property
    def records(self) -> RecordModel:
        return self.model()  # type: ignore[return-value]

    @property
    def columns(self) -> list[Column]:
        return self.model().columns

    @property
    def editable(self) -> bool:
        return self._save is not None

    def is_first(self, column: int) -> bool:
        return column == self._first

    def is_last(self, column: int) -> bool:
        return column == self._last

    def is_cursor(self, index: QModelIndex) -> bool:
        """Whether the keyboard is in this cell."""
        return self.editor is None and self.hasFocus() and index == self.currentIndex()

    def restyle(self) -> None:
        high = theme().px(self._row_height)
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        self.fit()

    # Columns -----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the columns there is room for and share the room out."""
        columns, look = self.columns, theme()
        room, scale = self.viewport().width(), look.text_size / 100
        shown = shown_columns(columns, room / scale, self._wishes)
        those = [place for place, here in enumerate(shown) if here]
        self._first, self._last = (those[0], those[-1]) if those else (-1, -1)
        self._fitting = True
        for place, here in enumerate(shown):
            if self.isColumnHidden(place) == here:
                self.setColumnHidden(place, not here)
        chosen = [columns[place] for place in those]
        for place, width in zip(
            those, widths(chosen, room, scale, look.px(SIDE), look.px(MENU), self._own_widths), strict=True
        ):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)
        self._fitting = False
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()) and self._first >= 0:
            self.setCurrentIndex(current.siblingAtColumn(self._first))
        self._place_editor()

    def wish(self, key: str, visible: bool) -> None:
        """The person wants to see a column, or not."""
        self._wishes[key] = visible
        self.fit()

    def automatic_columns(self) -> None:
        self._wishes.clear()
        self._own_widths.clear()
        self.fit()

    def visible_columns(self) -> list[int]:
        return [place for place in range(len(self.columns)) if not self.isColumnHidden(place)]

    def _resized_by_hand(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and not self.isColumnHidden(section) and new > 0:
            self._own_widths[self.columns[section].key] = new
            self._place_editor()

    def _width_by_rule(self, section: int) -> None:
        self._own_widths.pop(self.columns[section].key, None)
        self.fit()

    def _columns_changed(self) -> None:
        self.close_editor()
        self.fit()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.fit()

    def scrollContentsBy(self, dx, dy):
        super().scrollContentsBy(dx, dy)
        # The dots stand still while the columns move below them.
        if dx:
            self.viewport().update()
        self._hide_note()
        self._place_editor()

    # Where we are ------------------------------------------------------------------------------------

    def id_at(self, index: QModelIndex) -> str | None:
        return self.records.visible[index.row()].id if index.isValid() else None

    def current_id(self) -> str | None:
        return self.id_at(self.currentIndex())

    def selected_ids(self) -> list[str]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows()) if self.selectionModel() else []
        return [self.records.visible[row].id for row in rows if row < len(self.records.visible)]

    def _go_to(self, index: QModelIndex) -> None:
        if self.id_at(index) not in self.selected_ids() or index.row() != self.currentIndex().row():
            self.selectionModel().setCurrentIndex(index, _ROW)
        else:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def select_record(self, id: str, key: str | None = None) -> bool:
        column = self.records.column_of(key) if key else -1
        if column < 0 or self.isColumnHidden(column):
            column = max(0, self._first)
        row = self.records.row_of(id)
        if row < 0:
            return False
        index = self.records.index(row, column)
        self.selectionModel().setCurrentIndex(index, _ROW)
        self.scrollTo(index)
        return True

    def currentChanged(self, current, previous):
        super().currentChanged(current, previous)
        self._hide_note()
        self.viewport().update()
        self.current_moved.emit()

    def selectionChanged(self, selected, deselected):
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def focusInEvent(self, event):
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.rowCount() and self._first >= 0:
            self.selectionModel().setCurrentIndex(self.records.index(0, self._first), _ROW)
        self.viewport().update()

    def focusOutEvent(self, event):
        super().focusOutEvent(event)
        self._hide_note()
        self.viewport().update()

    # Keys --------------------------------------------------------------------------------------------

    def event(self, event):
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        self._hide_note()
        wish = self._wish_of(event)
        index = self.currentIndex()
        if wish:
            self.asked.emit(wish)
        elif self._entering and event.key() in (_K.Key_Tab, _K.Key_Backtab) and index.isValid():
            self._next_field(
                self.id_at(index), self.columns[index.column()].key, 1 if event.key() == _K.Key_Tab else -1
            )
        elif index.isValid() and self._edit_by_key(event, index):
            pass
        else:
            if event.key() not in (_K.Key_Shift, _K.Key_Control, _K.Key_Alt, _K.Key_AltGr):
                self._entering = False
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward):
        return False if self._entering else super().focusNextPrevChild(forward)

    def _is_ours(self, event) -> bool:
        if self._wish_of(event) or event.key() in (_K.Key_F2, _K.Key_Return, _K.Key_Enter):
            return True
        index = self.currentIndex()
        return (
            index.isValid()
            and self.editable
            and self.columns[index.column()].writable
            and _typed(event) not in ("", "/")
        )

    def _wish_of(self, event) -> str:
        """What of the whole table this key asks for."""
        key, held = event.key(), event.modifiers() & (_CTRL | _ALT | _SHIFT)
        if event.matches(QKeySequence.StandardKey.Copy):
            return COPY
        if event.matches(QKeySequence.StandardKey.Paste):
            return PASTE
        wishes = {
            (_K.Key_Insert, Qt.KeyboardModifier.NoModifier): ADD,
            (_K.Key_Return, _CTRL): ADD,
            (_K.Key_Enter, _CTRL): ADD,
            (_K.Key_D, _CTRL): DUPLICATE,
            (_K.Key_Delete, Qt.KeyboardModifier.NoModifier): DELETE,
            (_K.Key_C, _CTRL | _SHIFT): COPY_ROWS,
            (_K.Key_Up, _ALT): UP,
            (_K.Key_Down, _ALT): DOWN,
            (_K.Key_Escape, Qt.KeyboardModifier.NoModifier): CLEAR,
        }
        return next((wish for (wanted, with_), wish in wishes.items() if key == wanted and held == with_), "")

    def _edit_by_key(self, event, index: QModelIndex) -> bool:
        column, key, text = self.columns[index.column()], event.key(), _typed(event)
        if key in (_K.Key_F2, _K.Key_Return, _K.Key_Enter) and not event.modifiers() & (_CTRL | _ALT):
            if column.kind == "flag" and column.writable:
                self.put(index, not index.data(VALUE))
            else:
                self.edit_cell(index)
            return True
        if not self.editable or not column.writable:
            return False
        if column.kind == "rating":
            level = {"0": None, **{str(n): n for n in range(1, 6)}}
            if text in level:
                self.put(index, level[text])
            elif key == _K.Key_Backspace:
                self.put(index, None)
            return text in level or key == _K.Key_Backspace
        if column.kind == "flag":
            if text == " ":
                self.put(index, not index.data(VALUE))
            return text == " "
        if key == _K.Key_Backspace and not event.modifiers():
            return self.edit_cell(index, "")
        if text and text not in (" ", "/"):
            return self.edit_cell(index, text)
        return False

    # Mouse -------------------------------------------------------------------------------------------

    def menu_rect(self, row: int) -> QRect:
        """Where the dots of a row stand: at the end of the visible part."""
        wide, view = theme().px(MENU), self.viewport()
        left = 0 if self.layoutDirection() == _RTL else view.width() - wide
        return QRect(left, self.rowViewportPosition(row), wide, self.rowHeight(row))

    def mousePressEvent(self, event):
        self._hide_note()
        self._entering = False
        where = event.position().toPoint()
        index = self.indexAt(where)
        row = self.rowAt(where.y())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton and self.menu_rect(row).contains(where):
            if self.records.visible[row].id not in self.selected_ids():
                self.selectionModel().setCurrentIndex(self.records.index(row, max(0, self._first)), _ROW)
            self.menu_asked.emit(self.viewport().mapToGlobal(self.menu_rect(row).center()))
            return
        if not index.isValid() and row >= 0 and self._last >= 0:  # beside the last column is still the row
            index = self.records.index(row, self._last)
            with QSignalBlocker(self.viewport()):
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectionModel().setCurrentIndex(index, _ROW)
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() and index.isValid():
            self._click(index, where)

    def _click(self, index: QModelIndex, where: QPoint) -> None:
        column, rtl = self.columns[index.column()], self.layoutDirection() == _RTL
        if column.kind not in ("rating", "flag"):
            return
        area = content_rect(self.visualRect(index), self.is_first(index.column()), self.is_last(index.column()), rtl)
        level = rating_level(area, where.x(), rtl)
        if column.kind == "rating" and level is not None:
            self.put(index, level)
        elif column.kind == "flag" and level is not None and level <= 2:
            self.put(index, not index.data(VALUE))

    def mouseDoubleClickEvent(self, event):
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not event.modifiers():
            if self.columns[index.column()].kind in ("rating", "flag") and self.columns[index.column()].writable:
                self._click(index, event.position().toPoint())
            else:
                self.edit_cell(index)
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event):
        super().mouseMoveEvent(event)
        row = self.rowAt(round(event.position().y()))
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def leaveEvent(self, event):
        super().leaveEvent(event)
        self._hovered = -1
        self.viewport().update()

    def contextMenuEvent(self, event):
        by_key = event.reason() == event.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            if self.id_at(index) not in self.selected_ids():
                self.selectionModel().setCurrentIndex(index, _ROW)
            self.menu_asked.emit(
                self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            )

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        look, view = theme(), self.viewport()
        painter = QPainter(view)
        rows = self._rows_in(event.rect())
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        current = self.currentIndex().row()
        for row in rows:
            rect = QRect(0, self.rowViewportPosition(row), view.width(), self.rowHeight(row))
            painter.fillRect(rect, look.color(self._ground(row, current, chosen)))
            painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), look.color("line"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(view)
        for row in rows:
            place = self.menu_rect(row)
            painter.fillRect(place.adjusted(0, 0, 0, -1), look.color(self._ground(row, current, chosen)))
            paint_row_menu(painter, place, row in (self._hovered, current))

    def _ground(self, row: int, current: int, chosen: set[int]) -> str:
        if row in chosen and len(chosen) > 1:
            return "sel"
        return "sel2" if row == current else "bg"

    def _rows_in(self, rect: QRect) -> range:
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self.records.rowCount() - 1) + 1)


def _typed(event) -> str:
    """The visible text of a key, if it is one to write with."""
    text = event.text()
    if event.modifiers() & (_CTRL | _ALT) and not event.modifiers() & Qt.KeyboardModifier.GroupSwitchModifier:
        return text if event.modifiers() & _CTRL and event.modifiers() & _ALT and text.isprintable() else ""
    return text if text and text.isprintable() else ""
