"""The rows of a table as Qt wants them: sorted, filtered and renewed with the smallest possible change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, Qt

from tna_desktop.kernel.text import Language

from .cell_values import NUMBERS, Choice, Column, Row, folded, shown, unknown
from .fonts import ready_for

__all__ = ["Choice", "Column", "RecordModel", "Row", "shown"]

# Plain numbers: comparing Qt's enumerations in data() makes painting three times slower.
DISPLAY, DECORATION, EDIT, TOOLTIP = 0, 1, 2, 3
ALIGN, CHECK = 7, 10
ACCESSIBLE_TEXT = 11
ID, VALUE, MARK, COLUMN, CHOICE, SHORT = 257, 258, 259, 260, 261, 262
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _ENABLED | Qt.ItemFlag.ItemIsEditable
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_END = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
ASCENDING, DESCENDING, OWN = 0, 1, None


class RecordModel(QAbstractTableModel):
    """Rows by id. ``every`` holds all of them in their own order, ``visible`` what is shown as it is shown."""

    def __init__(self, columns: Iterable[Column], language: Language, editable: bool = True, parent=None):
        super().__init__(parent)
        self.columns, self.language, self._editable = list(columns), language, editable
        self.every: list[Row] = []
        self.visible: list[Row] = []
        self.sorted_by: tuple[str, bool] | None = None
        self.kept: set[str] = set()
        self._places: dict[str, int] = {}
        self._texts: dict[tuple[str, str], tuple[Any, str]] = {}
        self._choices: dict[str, dict[Any, Choice]] = {}
        self._words: list[str] = []
        self._scope: Callable[[Row], bool] | None = None
        self._collator = QCollator(QLocale(language.locale))
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    # What Qt asks ------------------------------------------------------------------------------------

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.visible)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index):
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if self._editable and self.columns[index.column()].writable else _ENABLED

    def headerData(self, section, orientation, role=DISPLAY):
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == DISPLAY:
            return column.title
        if role == TOOLTIP:
            return column.help or None
        if role == ALIGN:
            return _END if column.kind in NUMBERS else _START
        return None

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        row, column = self.visible[index.row()], self.columns[index.column()]
        if role in (DISPLAY, ACCESSIBLE_TEXT):
            text = self.text(row, column)
            mark = row.marks.get(column.key) if role == ACCESSIBLE_TEXT else None
            return f"{text}. {mark}" if mark else text
        if role in (VALUE, EDIT):
            return row.values.get(column.key)
        if role == COLUMN:
            return column
        if role == MARK:
            return row.marks.get(column.key)
        if role == CHOICE:
            return self.choice(column, row.values.get(column.key))
        if role == SHORT:
            choice = self.choice(column, row.values.get(column.key))
            return (
                choice.short if choice is not None else str(row.values.get(column.short) or "") if column.short else ""
            )
        if role == ID:
            return row.id
        if role == ALIGN:
            return _END if column.kind in NUMBERS else _START
        if role == CHECK and column.kind == "flag":
            return 2 if row.values.get(column.key) else 0
        return None

    # Rows --------------------------------------------------------------------------------------------

    def text(self, row: Row, column: Column) -> str:
        """The cell's text, kept until the value changes."""
        value = row.values.get(column.key)
        found = self._texts.get((row.id, column.key))
        if found is not None and found[0] == value and type(found[0]) is type(value):
            return found[1]
        text = shown(column, value, self.language, self.options(column).values())
        ready_for(text)
        self._texts[row.id, column.key] = (value, text)
        return text

    def options(self, column: Column) -> dict[Any, Choice]:
        """The choices of a column by key, asked once between two reloads."""
        found = self._choices.get(column.key)
        if found is None:
            found = self._choices[column.key] = {choice.key: choice for choice in column.options()}
        return found

    def choice(self, column: Column, value: Any) -> Choice | None:
        return self.options(column).get(value) if column.kind == "choice" and value else None

    def row_of(self, id: str | None) -> int:
        """The shown place of a record, or -1."""
        return self._places.get(id, -1) if id is not None else -1

    def record(self, id: str) -> Row | None:
        place = self.row_of(id)
        return self.visible[place] if place >= 0 else next((row for row in self.every if row.id == id), None)

    def column_of(self, key: str | None) -> int:
        return next((index for index, column in enumerate(self.columns) if column.key == key), -1)

    def place(self, id: str | None, key: str | None) -> QModelIndex:
        row, column = self.row_of(id), self.column_of(key)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def in_scope(self) -> list[Row]:
        return self.every if self._scope is None else [row for row in self.every if self._scope(row)]

    def load(self, rows: Iterable[Row]) -> None:
        """Take the rows as they are now; only what differs is told to the view."""
        self.every = list(rows)
        if any(callable(column.choices) for column in self.columns):
            fresh = {column.key: {choice.key: choice for choice in column.options()} for column in self.columns}
            if any(self._choices.get(key, fresh[key]) != fresh[key] for key in fresh):
                self._texts.clear()
            self._choices = fresh
        known = {row.id for row in self.every}
        self._texts = {place: text for place, text in self._texts.items() if place[0] in known}
        self.kept &= known
        self._show()

    def set_columns(self, columns: Iterable[Column]) -> None:
        self.beginResetModel()
        self.columns = list(columns)
        self._texts.clear()
        self._choices.clear()
        if self.sorted_by and self.column_of(self.sorted_by[0]) < 0:
            self.sorted_by = None
        self.endResetModel()

    # Sorting and filtering ---------------------------------------------------------------------------

    def sort_by(self, key: str | None, descending: bool = False) -> None:
        """Order by a column; None is the rows' own order. What is unknown comes last either way."""
        self.sorted_by = None if key is None else (key, descending)
        self.kept.clear()
        self._show()

    def search(self, words: str) -> None:
        """Show only rows in which every one of these words stands somewhere."""
        self._words = folded(words).split()
        self.kept.clear()
        self._show()

    def set_scope(self, scope: Callable[[Row], bool] | None) -> None:
        self._scope = scope
        self.kept.clear()
        self._show()

    @property
    def searching(self) -> bool:
        return bool(self._words)

    def _show(self) -> None:
        rows = self.in_scope()
        if self._words:
            rows = self.with_found(rows, {row.id for row in rows if row.id in self.kept or self._found(row)})
        if self.sorted_by:
            rows = self._ordered(rows, *self.sorted_by)
        self._renew(list(rows))

    def with_found(self, rows: list[Row], found: set[str]) -> list[Row]:
        """The rows to show where only some were found."""
        return [row for row in rows if row.id in found]

    def number(self) -> int:
        """How many records there are to filter."""
        return len(self.in_scope())

    def _found(self, row: Row) -> bool:
        text = folded(" ".join(self.text(row, column) for column in self.columns))
        return all(word in text for word in self._words)

    def _ordered(self, rows: list[Row], key: str, descending: bool) -> list[Row]:
        column = self.columns[self.column_of(key)]
        blank = [row for row in rows if unknown(row.values.get(key))]
        known = [row for row in rows if not unknown(row.values.get(key))]
        if column.kind == "choice":  # a list has its own order: low, middle, high
            ranks = {choice: rank for rank, choice in enumerate(self.options(column))}
            measure: Callable[[Row], Any] = lambda row: ranks.get(row.values[key], len(ranks))  # noqa: E731
        elif column.kind in (*NUMBERS, "rating", "flag", "date") or all(
            isinstance(r.values[key], int | float) for r in known
        ):
            measure = lambda row: row.values[key]  # noqa: E731
        else:
            measure = lambda row: self._collator.sortKey(self.text(row, column))  # noqa: E731
        return sorted(known, key=measure, reverse=descending) + blank

    def _renew(self, rows: list[Row]) -> None:
        """Go from the rows that are shown to these, by removing, reordering, inserting and repainting."""
        before, wanted = self.visible, {row.id for row in rows}
        if [row.id for row in before] != [row.id for row in rows]:
            self._remove([place for place, row in enumerate(before) if row.id not in wanted])
            left = {row.id for row in self.visible}
            stay = [row for row in rows if row.id in left]
            if [row.id for row in self.visible] != [row.id for row in stay]:
                self._reorder(stay)
            self._insert(rows, left)
        changed = [
            place
            for place, (old, new) in enumerate(zip(self.visible, rows, strict=True))
            if old is not new and old != new
        ]
        self.visible = rows
        self._places = {row.id: place for place, row in enumerate(rows)}
        last = len(self.columns) - 1
        for place, end in _runs(changed):
            self.dataChanged.emit(self.index(place, 0), self.index(end, last))

    def _remove(self, places: list[int]) -> None:
        for first, last in reversed(_runs(places)):
            self.beginRemoveRows(QModelIndex(), first, last)
            self.visible = self.visible[:first] + self.visible[last + 1 :]
            self._places = {row.id: place for place, row in enumerate(self.visible)}
            self.endRemoveRows()

    def _reorder(self, rows: list[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self.visible[index.row()].id for index in old]
        known = {row.id: row for row in self.visible}
        self.visible = [known[row.id] for row in rows]
        self._places = {row.id: place for place, row in enumerate(self.visible)}
        self.changePersistentIndexList(
            old, [self.index(self._places[id], index.column()) for id, index in zip(ids, old, strict=True)]
        )
        self.layoutChanged.emit()

    def _insert(self, rows: list[Row], left: set[str]) -> None:
        for first, last in _runs([place for place, row in enumerate(rows) if row.id not in left]):
            self.beginInsertRows(QModelIndex(), first, last)
            self.visible = self.visible[:first] + rows[first : last + 1] + self.visible[first:]
            self._places = {row.id: place for place, row in enumerate(self.visible)}
            self.endInsertRows()


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Places next to each other as (first, last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
