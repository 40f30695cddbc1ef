"""Editing the cells of a table in place: opening, keeping, refusing, going on to the next field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QTableView

from tna_desktop.kernel.errors import Refused

from .cell_editors import BACKTAB, LEAVE, TAB, CellEditor, Note, make_editor
from .cell_painting import PAD, content_rect
from .records import VALUE
from .tokens import theme

_RTL = Qt.LayoutDirection.RightToLeft
ADD = "add"


class CellEditing(QTableView):
    """A table that edits its cells itself. One editor at a time lies over its cell and follows its record."""

    editor: CellEditor | None = None
    _note: Note | None = None
    _saving = _entering = False

    def edit_asked(self, index: QModelIndex) -> None:
        id, key = self.id_at(index), self.columns[index.column()].key
        QTimer.singleShot(0, lambda: self.edit_record(id, key))

    def edit_record(self, id: str | None, key: str | None = None) -> bool:
        key = key or next((column.key for column in self.columns if column.writable), None)
        return self.edit_cell(self.records.place(id, key))

    def edit_cell(self, index: QModelIndex, text: str | None = None) -> bool:
        """Open the editor of a cell, with what was typed already.

        False when the cell cannot be edited, or when what stands in another one must be solved first.
        """
        if not index.isValid() or not self.finish_editing():
            return False
        column, id = self.columns[index.column()], self.id_at(index)
        self._go_to(index)
        if not self.editable or not column.writable:
            self.activated_cell.emit(id, column.key)
            return False
        if column.kind in ("rating", "flag"):
            self._entering = True
            return False
        row = self.records.visible[index.row()]
        name = self.records.language.say(
            "{column}, {row}", column=column.title, row=self.records.text(row, self.columns[0])
        )
        options = list(self.records.options(column).values())
        editor = make_editor(
            id, column, row.values.get(column.key), self.records.language, name, options, self.viewport()
        )
        self.editor = editor
        editor.done.connect(self._done)
        editor.given_up.connect(self._given_up)
        editor.show()
        self._place_editor()
        editor.setFocus()
        if text is not None:
            editor.start_with(text)
        self.editing.emit(True)
        self.viewport().update()
        return True

    def finish_editing(self, come_back: bool = True) -> bool:
        """Keep what is in the open editor. False when it was refused: the editor stays, with the reason beside it.

        ``come_back`` takes the keyboard to what was refused; not when the person has just gone elsewhere.
        """
        editor = self.editor
        if editor is None:
            return True
        try:
            if editor.changed():
                value = editor.value()
                self._saving = True
                if value != editor.before:
                    self._save(editor.record, editor.column.key, value)
        except Refused as refused:
            if self.editor is editor:
                editor.refuse(self.records.language.tell(refused.reason))
                if come_back:
                    editor.setFocus()
            return False
        finally:
            self._saving = False
        if self.editor is editor:
            self.close_editor()
        return True

    def close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_focus = editor.input.hasFocus()
        editor.close_down()
        if had_focus:
            self.setFocus()
        self.editing.emit(False)
        self.viewport().update()

    def _done(self, way: str) -> None:
        editor = self.editor
        if editor is None or self._saving:
            return
        id, key = editor.record, editor.column.key
        if way == LEAVE:
            self.finish_editing(come_back=False)
        elif self.finish_editing() and way in (TAB, BACKTAB):
            self._next_field(id, key, 1 if way == TAB else -1)

    def _given_up(self) -> None:
        self.close_editor()
        self.setFocus()

    def _next_field(self, id: str, key: str, step: int) -> None:
        """The next cell that can be written, on in the next row; after the last one the add line."""
        columns = [place for place in self.visible_columns() if self.columns[place].writable]
        here = self.records.place(id, key)
        if not here.isValid() or not columns:
            return
        at = columns.index(here.column()) + step if here.column() in columns else 0
        row, at = here.row() + at // len(columns), at % len(columns)
        if row >= self.records.rowCount():
            self._entering = False
            self.asked.emit(ADD)
        elif row >= 0:
            self.setFocus()
            self.edit_cell(self.records.index(row, columns[at]))

    def put(self, index: QModelIndex, value: Any) -> None:
        """Keep a value that needs no editor (a rating, a check); a refusal is told below the cell."""
        column, id = self.columns[index.column()], self.id_at(index)
        if not self.editable or not column.writable or index.data(VALUE) == value:
            return
        try:
            self._save(id, column.key, value)
        except Refused as refused:
            if self._note is None:
                self._note = Note(self.viewport())
            self._note.tell(self.records.language.tell(refused.reason), self.visualRect(index))

    def _hide_note(self) -> None:
        if self._note is not None:
            self._note.hide()

    def _place_editor(self) -> None:
        if self.editor is None:
            return
        index = self.records.place(self.editor.record, self.editor.column.key)
        if index.isValid():
            rect, rtl = self.visualRect(index), self.layoutDirection() == _RTL
            pad = theme().px(PAD)
            cell = content_rect(rect, self.is_first(index.column()), self.is_last(index.column()), rtl)
            self.editor.place(cell.adjusted(-pad, theme().px(2), pad, -theme().px(3)))

    def _rows_moved(self, *_told: object) -> None:
        """Rows came, went or changed places: an open editor goes with its record, or closes with it."""
        if self.editor is not None and self.records.record(self.editor.record) is None:
            self.close_editor()
        self._place_editor()

    def inputMethodEvent(self, event):
        """Chinese and other scripts are composed: the first sign opens the editor, which then composes on."""
        index = self.currentIndex()
        column = self.columns[index.column()] if index.isValid() else None
        if (
            self.editor is None
            and column is not None
            and column.kind not in ("rating", "flag")
            and self.edit_cell(index, "")
        ):
            QCoreApplication.sendEvent(self.editor.input, event)
            return
        super().inputMethodEvent(event)
