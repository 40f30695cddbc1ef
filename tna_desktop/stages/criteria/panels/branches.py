"""A table whose rows are branches and what hangs below them: criteria under their groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from tna_desktop.kernel.text import Language
from tna_desktop.ui.cell_painting import PAD, SIDE, CellPainter, content_rect
from tna_desktop.ui.fonts import font
from tna_desktop.ui.grid import ADD, RecordView
from tna_desktop.ui.painting import draw_text, focus_ring
from tna_desktop.ui.records import Column, RecordModel, Row
from tna_desktop.ui.theme import theme

from ..models import LOOSE

#: How much further in a level of the tree begins, and a leaf within its branch.
STEP, _LEAF = 16, 20
_RTL = Qt.LayoutDirection.RightToLeft


class BranchModel(RecordModel):
    """The filter keeps the branches that hold what was found, so that one sees where it stands.

    Branches may be folded; while a filter is set all of them are open.
    """

    def __init__(self, columns: Iterable[Column], language: Language, editable: bool = True, parent=None):  # type: ignore[no-untyped-def]
        self.folded: set[str] = set()
        super().__init__(columns, language, editable, parent)

    def number(self) -> int:
        return sum(not row.values["branch"] for row in super().in_scope())

    def in_scope(self) -> list[Row]:
        rows = super().in_scope()
        if not self.folded or self.searching:
            return rows
        hidden, shown = set(self.folded), []
        for row in rows:  # a branch is read before what hangs on it
            home = row.values["group_id"] or ("" if row.values["branch"] else LOOSE)
            if home in hidden:
                hidden.add(row.id)
            else:
                shown.append(row)
        return shown

    def fold(self, ids: Iterable[str], folded: bool) -> None:
        """Fold branches, or open them."""
        self.folded = self.folded | set(ids) if folded else self.folded - set(ids)
        self._show()

    def open_to(self, id: str) -> None:
        """Open all branches above a row, so that it is seen."""
        above = {row.id: row.values["group_id"] or ("" if row.values["branch"] else LOOSE) for row in self.every}
        found, home = set(), above.get(id, "")
        while home:
            found.add(home)
            home = above.get(home, "")
        if found & self.folded:
            self.fold(found, False)

    def with_found(self, rows: list[Row], found: set[str]) -> list[Row]:
        above = {row.id: row.values["group_id"] for row in rows if row.values["branch"]}
        kept = set(found)
        for row in rows:
            if row.id in found:
                group = row.values["group_id"] or ("" if row.values["branch"] else LOOSE)
                while group and group not in kept:
                    kept.add(group)
                    group = above.get(group, "")
        shown = [row for row in rows if row.id in kept]
        return [_ending(row, after) for row, after in zip_longest(shown, shown[1:])]


def _ending(row: Row, after: Row | None) -> Row:
    """The row, ending its branch if a branch or nothing comes after it."""
    last = after is None or bool(after.values["branch"])
    if row.values["branch"] or row.values["last"] == last:
        return row
    return replace(row, values={**row.values, "last": last})


class BranchView(RecordView):
    """As every table of records; branches stand on mist and only some of their cells can be written."""

    #: Columns that can be written on a branch.
    branch_columns: tuple[str, ...] = ("name",)

    def row_at(self, index: QModelIndex) -> Row:
        return self.records.visible[index.row()]

    def is_branch(self, row: int) -> bool:
        return bool(self.records.visible[row].values.get("branch"))

    def may_write(self, index: QModelIndex) -> bool:
        """Whether this cell can be written, as a branch or a leaf."""
        column = self.columns[index.column()]
        if not index.isValid() or not self.editable or not column.writable:
            return False
        return not self.is_branch(index.row()) or (self.id_at(index) != LOOSE and column.key in self.branch_columns)

    def edit_cell(self, index: QModelIndex, text: str | None = None) -> bool:
        if index.isValid() and self.is_branch(index.row()) and not self.may_write(index):
            self._go_to(index)
            return False
        return super().edit_cell(index, text)

    def put(self, index: QModelIndex, value: object) -> None:
        if self.may_write(index):
            super().put(index, value)

    def _next_field(self, id: str, key: str, step: int) -> None:
        """The next cell that can be written, whatever branches lie between; after the last one the add line."""
        here, columns = self.records.place(id, key), self.visible_columns()
        if not here.isValid():
            return
        place = here.row() * len(columns) + columns.index(here.column()) + step
        while 0 <= place < self.records.rowCount() * len(columns):
            index = self.records.index(place // len(columns), columns[place % len(columns)])
            if self.may_write(index):
                self.setFocus()
                self.edit_cell(index)
                return
            place += step
        if step > 0:
            self._entering = False
            self.asked.emit(ADD)

    def _ground(self, row: int, current: int, chosen: set[int]) -> str:
        ground = super()._ground(row, current, chosen)
        return "mist" if ground == "bg" and self.is_branch(row) else ground


class BranchPainter(CellPainter):
    """Paints a branch in strong letters, and a leaf a step further in with the line that ties it to its branch."""

    def __init__(self, view: BranchView):
        super().__init__(view)
        self.view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        view = self.view
        row = view.row_at(index)
        depth, first = int(row.values.get("depth", 0)), view.is_first(index.column())
        if row.values.get("branch"):
            self.paint_branch(painter, option, index, row, depth)
        elif first:
            self._paint_line(painter, option.rect, depth, bool(row.values.get("last")), option.direction == _RTL)
            inner = QStyleOptionViewItem(option)
            inner.rect = self.shifted(option.rect, theme().px(_LEAF + depth * STEP), option.direction == _RTL)
            super().paint(painter, inner, index)
        else:
            self.paint_leaf(painter, option, index)

    def paint_leaf(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A cell of a leaf beside its name."""
        super().paint(painter, option, index)

    def paint_branch(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, row: Row, depth: int
    ) -> None:
        """A cell of a branch: its name in the first column, elsewhere only what is said of it."""
        view = self.view
        first, rtl = view.is_first(index.column()), option.direction == _RTL
        painter.save()
        painter.setLayoutDirection(option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.shifted(option.rect, theme().px(depth * STEP), rtl) if first else option.rect
        area = QRectF(content_rect(rect, first, view.is_last(index.column()), rtl))
        text, role, end = self.branch_words(view.columns[index.column()].key, row)
        if text:
            written = font(role)
            cut = QFontMetricsF(written).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            draw_text(
                painter,
                area,
                cut,
                written,
                theme().color("text" if first or end else "text3"),
                "end" if end else "start",
            )
        self.ring(painter, option, index)
        painter.restore()

    def branch_words(self, key: str, row: Row) -> tuple[str, str, bool]:
        """What a branch says in a column, in which role, and whether it stands at the end."""
        return (str(row.values["name"]), "body_strong", False) if key == "name" else ("", "meta", False)

    def ring(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        view = self.view
        if view.is_cursor(index):
            pad = theme().px(PAD)
            cell = content_rect(option.rect, view.is_first(index.column()), False, option.direction == _RTL)
            focus_ring(painter, cell.adjusted(-pad, theme().px(3), pad, -theme().px(4)), 6)

    @staticmethod
    def shifted(rect: QRect, by: int, rtl: bool) -> QRect:
        return rect.adjusted(0, 0, -by, 0) if rtl else rect.adjusted(by, 0, 0, 0)

    @staticmethod
    def _paint_line(painter: QPainter, rect: QRect, depth: int, last: bool, rtl: bool) -> None:
        look = theme()
        along = look.px(SIDE + depth * STEP + 5)
        left = rect.right() - along if rtl else rect.left() + along
        middle, color = rect.center().y(), look.color("line2")
        painter.fillRect(left, rect.top(), 1, middle - rect.top() if last else rect.height(), color)
        stub = look.px(9)
        painter.fillRect(left - stub if rtl else left, middle, stub, 1, color)
