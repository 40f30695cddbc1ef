"""A list in which only comparable rows stand together: a head over each group, with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.ui.cell_painting import CellPainter
from tna_desktop.ui.fonts import font
from tna_desktop.ui.grid import RecordView
from tna_desktop.ui.painting import draw_text
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.records import Column, RecordModel, Row
from tna_desktop.ui.table_exchange import WorksheetExchange
from tna_desktop.ui.table_step import RecordTable
from tna_desktop.ui.tokens import theme

#: Before the key of a group, where its head stands among the rows.
HEAD = "group:"

#: Puts rows into groups: (head's key, head's words, rows) in order.
Grouping = Callable[[Sequence[Row]], Iterable[tuple[str, str, list[Row]]]]


def is_head(id: str | None) -> bool:
    return id is not None and id.startswith(HEAD)


class GroupedModel(RecordModel):
    """The rows, and over each group a head; without a grouping the rows alone."""

    grouping: Grouping | None = None

    def group_by(self, grouping: Grouping | None) -> None:
        self.grouping = grouping
        self._show()

    def _renew(self, rows: list[Row]) -> None:
        if self.grouping is not None:
            rows = [
                row
                for key, words, held in self.grouping(rows)
                for row in (Row(HEAD + key, {self.columns[0].key: words}), *held)
            ]
        super()._renew(rows)

    def flags(self, index):
        if index.isValid() and is_head(self.visible[index.row()].id):
            return Qt.ItemFlag.ItemNeverHasChildren  # the keyboard steps over it
        return super().flags(index)

    def heads(self) -> list[str]:
        """The words of the heads as they are shown."""
        return [str(row.values[self.columns[0].key]) for row in self.visible if is_head(row.id)]


class _Painter(CellPainter):
    """Leaves heads to the view, which paints them from edge to edge."""

    def paint(self, painter, option, index):
        if not is_head(self.parent().id_at(index)):
            super().paint(painter, option, index)


class GroupedView(RecordView):
    """Rows under heads; on a head nothing can be selected, edited or deleted."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.setItemDelegate(_Painter(self))

    def select_record(self, id: str, key: str | None = None) -> bool:
        return not is_head(id) and super().select_record(id, key)

    def focusInEvent(self, event):
        rows = self.records.visible
        if not self.currentIndex().isValid() and rows and is_head(rows[0].id):
            first = next((row.id for row in rows if not is_head(row.id)), None)
            if first is not None:
                self.select_record(first)
        super().focusInEvent(event)

    def mousePressEvent(self, event):
        row = self.rowAt(event.position().toPoint().y())
        if row < 0 or not is_head(self.records.visible[row].id):
            super().mousePressEvent(event)

    def contextMenuEvent(self, event):
        index = self.currentIndex() if event.reason() == event.Reason.Keyboard else self.indexAt(event.pos())
        if not is_head(self.id_at(index)):
            super().contextMenuEvent(event)

    def paintEvent(self, event):
        super().paintEvent(event)
        look, view = theme(), self.viewport()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter = QPainter(view)
        painter.setLayoutDirection(self.layoutDirection())
        key = self.columns[0].key if self.columns else ""
        for at in self._rows_in(event.rect()):
            row = self.records.visible[at]
            if not is_head(row.id):
                continue
            rect = QRect(0, self.rowViewportPosition(at), view.width(), self.rowHeight(at))
            painter.fillRect(rect, look.color("mist"))
            painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), look.color("line"))
            wide = rect.width() - look.px(48)
            place = mirrored_rect(QRectF(look.px(24), rect.top(), wide, rect.height() - 1), rect.width(), rtl)
            words = QFontMetricsF(font("label")).elidedText(
                str(row.values.get(key, "")), Qt.TextElideMode.ElideRight, wide
            )
            draw_text(painter, place, words, font("label"), look.color("text2"))


class GroupedExchange(WorksheetExchange):
    """What is copied and pasted are rows, never heads."""

    def rows_from(self, row: int) -> list[str]:
        return [id for id in super().rows_from(row) if not is_head(id)]


class GroupedTable(RecordTable):
    """A RecordTable whose rows may stand in groups."""

    def make_model(self, columns: Sequence[Column]) -> RecordModel:
        self.grouped = GroupedModel(columns, self.language, self.changing is not None, self)
        return self.grouped

    def make_view(self, row_height: int) -> RecordView:
        return GroupedView(self.model, self._save if self.changing else None, row_height)

    def make_exchange(self) -> WorksheetExchange:
        return GroupedExchange(self)

    def group_by(self, grouping: Grouping | None) -> None:
        """Put the rows under heads, or take the heads away; the current row stays."""
        current = self.current()
        self.grouped.group_by(grouping)
        if current:
            self.view.select_record(current)
        self.show_state()

    def current(self) -> str | None:
        id = super().current()
        return None if is_head(id) else id

    def move_current(self, step: int) -> None:
        if self.grouped.grouping is None:
            super().move_current(step)
        elif self.current():
            self.desk.refuse(
                Refused(message("Take the groups away first: rows are moved in the order of the whole list."))
            )

    def _select_row(self, row: int) -> None:
        rows = self.model.visible
        near = sorted((abs(at - row), each.id) for at, each in enumerate(rows) if not is_head(each.id))
        if near:
            self.view.select_record(near[0][1])
