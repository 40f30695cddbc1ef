"""The lists beside the influence map: who has no place yet, and about whom the assessors differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
)

from tna_desktop.ui.fonts import font, ready_for
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import CONTROL, box, draw_text, focus_ring, mirrored
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.tokens import theme

_ID, _GROUP, _NOTE = (int(Qt.ItemDataRole.UserRole) + step for step in range(3))
_TIP, _SPOKEN = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole)
#: Height of a row, of one with a second line, the gap below, and as many as are shown at the least.
ROW, TALL, GAP = 31, 44, 5
FEWEST = 2


@dataclass(frozen=True)
class Line:
    """A stakeholder in a list; ``note`` is a second line, ``spoken`` what a screen reader says."""

    id: str
    label: str
    group: str
    note: str = ""
    spoken: str = ""


class PillList(QListView):
    """``chosen`` follows the current row, ``entered`` is Enter or a double click. With ``lifts`` rows can be dragged away."""

    chosen = Signal(str)
    entered = Signal(str)
    lifted = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    let_go = Signal()

    def __init__(self, name: str, lifts: bool = False, tall: bool = False, parent=None):
        super().__init__(parent)
        self._lifts, self._tall = lifts, tall
        self._press: tuple[str, QPoint] | None = None
        self._lifted = ""
        self._fill = False
        self.setAccessibleName(name)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self, lifts, tall))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the current one stays, or the next one becomes it."""
        row, kept = self.currentIndex().row(), self.current()
        self._fill = True
        self._model.clear()
        for line in lines:
            ready_for(line.label)
            item = QStandardItem(line.label)
            item.setData(line.id, _ID)
            item.setData(line.group, _GROUP)
            item.setData(line.note, _NOTE)
            item.setData(line.spoken or line.label, _TIP)
            item.setData(line.spoken or line.label, _SPOKEN)
            self._model.appendRow(item)
        places = [line.id for line in lines]
        at = places.index(kept) if kept in places else min(row, len(places) - 1)
        if at >= 0:
            self.setCurrentIndex(self._model.index(at, 0))
        self._fill = False
        self.updateGeometry()

    def current(self) -> str:
        return self._id(self.currentIndex())

    def set_current(self, id: str) -> None:
        """Choose a row without telling anybody."""
        self._fill = True
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if self._id(index) == id:
                self.setCurrentIndex(index)
                self.scrollTo(index)
        self._fill = False

    def currentChanged(self, current, previous):
        super().currentChanged(current, previous)
        if not self._fill and current.isValid():
            self.chosen.emit(self._id(current))

    @staticmethod
    def _id(index: QModelIndex) -> str:
        return str(index.data(_ID) or "") if index.isValid() else ""

    # As high as its rows, if there is room -----------------------------------------------------------

    def _high(self, rows: int) -> int:
        return rows * theme().px((TALL if self._tall else ROW) + GAP)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(190), self._high(min(self._model.rowCount(), FEWEST + self._tall)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self._high(min(self._model.rowCount(), FEWEST)))

    def updateGeometry(self) -> None:
        self.setMaximumHeight(self._high(self._model.rowCount()))
        super().updateGeometry()

    def restyle(self) -> None:
        self.updateGeometry()
        self.scheduleDelayedItemsLayout()

    # Mouse and keys ----------------------------------------------------------------------------------

    def mousePressEvent(self, event):
        super().mousePressEvent(event)
        id = self._id(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and id and self._lifts:
            self._press = (id, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event):
        where = event.globalPosition().toPoint()
        if self._press is None:
            over = self._lifts and self.indexAt(event.position().toPoint()).isValid()
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        id, begin = self._press
        if not self._lifted and (where - begin).manhattanLength() < QApplication.startDragDistance():
            return
        self._lifted = id
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.lifted.emit(id, where)

    def mouseReleaseEvent(self, event):
        id, self._lifted, self._press = self._lifted, "", None
        super().mouseReleaseEvent(event)
        if id:
            self.viewport().unsetCursor()
            self.dropped.emit(id, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event):
        id = self._id(self.indexAt(event.position().toPoint()))
        if id:
            self._press = None
            self.entered.emit(id)

    def keyPressEvent(self, event):
        key = event.key()
        if key == Qt.Key.Key_Escape and self._lifted:
            self._lifted, self._press = "", None
            self.viewport().unsetCursor()
            self.let_go.emit()
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.entered.emit(self.current())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event):
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def focusOutEvent(self, event):
        super().focusOutEvent(event)
        self.viewport().update()


class _RowDelegate(QStyledItemDelegate):
    """A row as a small card: a grip where it can be dragged, the mark, the name, a second line."""

    def __init__(self, view: PillList, lifts: bool, tall: bool):
        super().__init__(view)
        self._lifts, self._tall = lifts, tall

    def sizeHint(self, option, index) -> QSize:
        return QSize(theme().px(120), theme().px((TALL if self._tall else ROW) + GAP))

    def paint(self, painter, option, index):
        look, view = theme(), option.widget
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        area = QRectF(option.rect).adjusted(0, 0, -1, -look.px(GAP))
        # A list one drags from shows a choice only while one is in it: the other choice is on the map.
        focused = view is not None and view.hasFocus()
        current = index.row() == view.currentIndex().row() and (focused or not self._lifts)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "sel2" if current or over else "surface"
        box(painter, area, CONTROL, look.color(ground), look.color("petrol" if current else "line2"))

        def at(left: float, top: float, width: float, height: float) -> QRectF:
            inner = mirrored(QRectF(left, top, width, height), area.width(), rtl)
            return inner.translated(area.left(), area.top())

        left, side = float(look.px(9)), look.px(12)
        line = area.height() / (2 if self._tall else 1)
        if self._lifts:
            paint_icon(painter, at(left, (line - side) / 2, side, side), "dots-six-vertical", "text3")
            left += look.px(18)
        lift = look.px(2) if self._tall else 0
        paint_shape(painter, str(index.data(_GROUP) or ""), at(left, (line - side) / 2 + lift, side, side))
        left += look.px(19)
        room = area.width() - left - look.px(8)
        for text, face, ink, top in (
            (str(index.data()), font("label_medium"), "text", lift),
            (str(index.data(_NOTE) or ""), font("smallest"), "text2", line - lift),
        )[: 2 if self._tall else 1]:
            words = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room)
            draw_text(painter, at(left, top, room, line), words, face, look.color(ink))
        if current and focused:
            focus_ring(painter, area, CONTROL)
        painter.restore()
