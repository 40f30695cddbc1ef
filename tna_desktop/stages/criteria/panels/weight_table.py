"""The weights table: a number and a slider per criterion, the groups' shapes beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from tna_desktop.kernel.text import UNKNOWN, Language
from tna_desktop.ui.cell_editors import ENTER
from tna_desktop.ui.cell_painting import MENU, SIDE, content_rect
from tna_desktop.ui.fonts import font
from tna_desktop.ui.painting import draw_text
from tna_desktop.ui.records import Column, RecordModel, Row
from tna_desktop.ui.theme import theme

from .branches import BranchPainter, BranchView
from .strip import paint_agreement, paint_axis, paint_lines, paint_slider, paint_strip, slider_track

LEAST_ROW, MOST_ROW = 38, 48
_RTL = Qt.LayoutDirection.RightToLeft
_UP, _DOWN = QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MoveDown


def weight_columns(language: Language) -> list[Column]:
    say = language.say
    return [
        Column("name", say("Criterion"), width=186, strong=True, editable=False),
        Column("weight", say("Weight"), "number", width=64, help=say("As it was set: any number, zero or more")),
        Column("slider", "", "computed", width=88),
        Column(
            "share",
            say("Counts as"),
            "number",
            width=80,
            editable=False,
            help=say("Its share of the sum of all weights"),
        ),
        Column(
            "local",
            say("Within branch"),
            "number",
            width=106,
            editable=False,
            help=say("Its share among its siblings; multiplied down the tree it gives what it counts as"),
        ),
        Column("strip", say("Weight given by each group"), "computed", width=180),
        Column(
            "agreement",
            say("Agreement"),
            "computed",
            width=130,
            help=say("How close the groups' weights lie together; half the distance from lowest to highest, in points"),
        ),
    ]


class WeightView(BranchView):
    """Up and down go from criterion to criterion, digits edit, Enter keeps and goes down, the slider drags."""

    branch_columns = ()
    kept_and_down = Signal()
    dragging = Signal(str, object)  # criterion id, weight; None when it is let go

    def __init__(self, model: RecordModel, save: Callable[[str, str, Any], None], language: Language):
        self.dragged: tuple[str, float] | None = None
        self.language = language
        self.open = True  # whether weights may be typed and dragged now
        super().__init__(model, save, LEAST_ROW)
        self.setItemDelegate(WeightPainter(self))
        self.viewport().setAccessibleName(language.say("Weights"))

    @property
    def editable(self) -> bool:
        return super().editable and self.open

    def fit(self) -> None:
        """The names grow a little where there is room; all the rest goes to the strip."""
        super().fit()
        look = theme()
        wide = {column.key: look.px(column.width) for column in self.columns}
        wide["name"] += look.px(SIDE)
        wide["agreement"] += look.px(MENU)
        spare, hidden = self.viewport().width() - sum(wide.values()), set()
        for key in ("local", "slider", "share"):  # where letters are large and the window is small
            if spare < 0:
                hidden.add(key)
                spare += wide[key]
        more = max(-look.px(50), min(look.px(120), spare // 3 if spare > 0 else spare))
        wide["name"] += more
        wide["strip"] += max(0, spare - more)
        self._fitting = True
        for place, column in enumerate(self.columns):
            if self.isColumnHidden(place) != (column.key in hidden):
                self.setColumnHidden(place, column.key in hidden)
            if column.key not in hidden and self.columnWidth(place) != wide[column.key]:
                self.setColumnWidth(place, wide[column.key])
        self._fitting = False
        self.grow()
        self._place_editor()

    def grow(self) -> None:
        """Rows become a little higher where there is room for all of them."""
        look, rows = theme(), self.records.rowCount()
        room = (self.viewport().height() - 1) // rows if rows else 0
        high = max(look.px(LEAST_ROW), min(look.px(MOST_ROW), room))
        if self.verticalHeader().defaultSectionSize() != high:
            self.verticalHeader().setDefaultSectionSize(high)

    def menu_rect(self, row: int) -> QRect:
        # A branch has nothing to choose from: its dots stand where nobody sees them.
        return QRect(-1000, 0, 1, 1) if self.is_branch(row) else super().menu_rect(row)

    # Keys --------------------------------------------------------------------------------------------

    def edit_cell(self, index: QModelIndex, text: str | None = None) -> bool:
        """Wherever one types in a row, it is the weight."""
        if index.isValid() and not self.is_branch(index.row()):
            index = index.siblingAtColumn(self.records.column_of("weight"))
        return super().edit_cell(index, text)

    def _edit_by_key(self, event, index: QModelIndex) -> bool:
        return super()._edit_by_key(event, index.siblingAtColumn(self.records.column_of("weight")))

    def _is_ours(self, event) -> bool:
        return super()._is_ours(event) or (event.key() == Qt.Key.Key_Escape and self.dragged is not None)

    def _done(self, way: str) -> None:
        super()._done(way)
        if way == ENTER and self.editor is None:
            self.step(1)

    def step(self, by: int) -> None:
        """The next or previous criterion, in the weight column."""
        row = self.currentIndex().row() + by
        while 0 <= row < self.records.rowCount() and self.is_branch(row):
            row += by
        if 0 <= row < self.records.rowCount():
            self._go_to(self.records.index(row, self.records.column_of("weight")))

    def moveCursor(self, action, modifiers):
        if action in (_UP, _DOWN):
            by = -1 if action == _UP else 1
            row = self.currentIndex().row() + by
            while 0 <= row < self.records.rowCount() and self.is_branch(row):
                row += by
            if 0 <= row < self.records.rowCount():
                return self.records.index(row, self.currentIndex().column())
            return self.currentIndex()
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event):
        if not self.currentIndex().isValid():
            first = next((row for row in range(self.records.rowCount()) if not self.is_branch(row)), -1)
            if first >= 0:
                self._go_to(self.records.index(first, self.records.column_of("weight")))
        super().focusInEvent(event)

    # The slider --------------------------------------------------------------------------------------

    def slider_rect(self, index: QModelIndex) -> QRectF:
        rtl = self.layoutDirection() == _RTL
        return QRectF(content_rect(self.visualRect(index), False, False, rtl))

    def mousePressEvent(self, event):
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and self._is_slider(index) and self.finish_editing():
            self._go_to(index.siblingAtColumn(self.records.column_of("weight")))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._drag(index, event.position().toPoint())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event):
        if self.dragged is not None:
            self._drag(self.records.place(self.dragged[0], "slider"), event.position().toPoint())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event):
        if self.dragged is None:
            super().mouseReleaseEvent(event)
            return
        id, value = self.dragged
        self.dragged = None
        self.dragging.emit(id, None)
        self.put(self.records.place(id, "weight"), value)
        self.viewport().update()

    def keyPressEvent(self, event):
        if self.dragged is not None and event.key() == Qt.Key.Key_Escape:
            self.dragging.emit(self.dragged[0], None)
            self.dragged = None
            self.viewport().update()
            return
        super().keyPressEvent(event)

    def _is_slider(self, index: QModelIndex) -> bool:
        return self.editable and self.columns[index.column()].key == "slider" and not self.is_branch(index.row())

    def _drag(self, index: QModelIndex, where: QPoint) -> None:
        slider, track = self.row_at(index).values["slider"], slider_track(self.slider_rect(index))
        part = (where.x() - track.left()) / max(1.0, track.width())
        part = min(1.0, max(0.0, 1 - part if self.layoutDirection() == _RTL else part))
        value = part * slider.top
        self.dragged = (self.id_at(index) or "", round(value, 2) if slider.top <= 2 else float(round(value)))
        self.dragging.emit(*self.dragged)
        self.viewport().update()


class WeightPainter(BranchPainter):
    """Paints numbers in strong letters, the slider, the strip and the word for agreement."""

    def __init__(self, view: WeightView):
        super().__init__(view)
        self.weights = view

    def paint_leaf(self, painter: QPainter, option, index: QModelIndex) -> None:
        view = self.weights
        row, key, rtl = view.row_at(index), view.columns[index.column()].key, option.direction == _RTL
        area = QRectF(content_rect(option.rect, False, view.is_last(index.column()), rtl))
        painter.save()
        painter.setClipRect(option.rect)
        painter.setLayoutDirection(option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dragged = view.dragged[1] if view.dragged and view.dragged[0] == row.id else None
        if key == "weight":
            value = row.values["weight"] if dragged is None else dragged
            ink = "text3" if value is None else "text"
            draw_text(painter, area, _number(view.language, value), font("body_strong"), theme().color(ink), "end")
        elif key == "slider":
            paint_slider(painter, area, row.values["slider"], rtl, dragged, view.editable)
        elif key in ("share", "local"):
            draw_text(painter, area, str(row.values[key]), font("body"), theme().color("text2"), "end")
        elif key == "strip":
            paint_lines(
                painter, QRectF(option.rect.adjusted(0, 0, 0, -1)), row.values["ticks"], row.values["strip"].top, rtl
            )
            paint_strip(painter, QRectF(option.rect.adjusted(0, 0, 0, -1)), row.values["strip"], rtl)
        elif key == "agreement":
            paint_agreement(painter, area, row.values["agreement"], rtl)
        self.ring(painter, option, index)
        painter.restore()

    def paint_branch(self, painter: QPainter, option, index: QModelIndex, row: Row, depth: int) -> None:
        view = self.weights
        if view.columns[index.column()].key == "strip" and row.values["ticks"]:
            painter.save()
            painter.setLayoutDirection(option.direction)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            words = [view.language.percent(share) for share in row.values["ticks"]]
            paint_axis(
                painter, QRectF(option.rect), row.values["ticks"], row.values["top"], words, option.direction == _RTL
            )
            painter.restore()
        super().paint_branch(painter, option, index, row, depth)

    def branch_words(self, key: str, row: Row) -> tuple[str, str, bool]:
        view = self.weights
        if key == "weight":
            return (
                (_number(view.language, row.values["weight"]) if row.values["weight"] is not None else ""),
                "body_strong",
                True,
            )
        if key in ("share", "local"):
            return str(row.values[key]), "body_strong" if key == "share" else "body", True
        return super().branch_words(key, row)

    def tip(self, rect, index) -> str:
        view = self.weights
        row, key = view.row_at(index), view.columns[index.column()].key
        if row.values["branch"] or key in ("slider", "weight", "share", "local", "agreement"):
            return ""
        return str(row.values["strip"]) if key == "strip" else super().tip(rect, index)


def _number(language: Language, value: float | None) -> str:
    """A weight with at most one decimal."""
    if value is None:
        return UNKNOWN
    return language.number(value, 0 if float(value).is_integer() else 2 if abs(value) < 1 else 1)
