"""The rows of the criteria tree: taken by the name and dropped elsewhere, or moved by Alt and the arrows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from tna_desktop.ui.cell_painting import SIDE
from tna_desktop.ui.painting import focus_ring
from tna_desktop.ui.theme import theme

from ..models import LOOSE
from .branches import STEP, BranchModel, BranchView
from .tree_moves import BEFORE, INTO, Drop, drop_on

#: What Alt with an arrow along the line asks for: one level out of a branch, one level into one.
OUT, IN = "out", "in"
#: How large the caret before a branch is.
CARET = 14
_ALT = Qt.KeyboardModifier.AltModifier
_HELD = _ALT | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_LEFT, _RTL = Qt.MouseButton.LeftButton, Qt.LayoutDirection.RightToLeft


class TreeView(BranchView):
    """Dragging begins on a name; ``dropped`` tells what was moved and where to. Esc lets go without moving."""

    branch_columns = ("name", "short", "group_id")
    dropped = Signal(object, object)  # ids, Spot

    def __init__(self, *args):  # type: ignore[no-untyped-def]
        self._pressed: QPoint | None = None
        self._deferred = False
        self.dragging: tuple[str, ...] = ()
        self.drop: Drop | None = None
        super().__init__(*args)

    def set_row_height(self, height: int) -> None:
        """How high rows are, at 100 %."""
        if self._row_height != height:
            self._row_height = height
            self.restyle()

    # Keys --------------------------------------------------------------------------------------------

    def _wish_of(self, event) -> str:
        key, held = event.key(), event.modifiers() & _HELD
        if held == _ALT and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            outward = Qt.Key.Key_Right if self.layoutDirection() == _RTL else Qt.Key.Key_Left
            return OUT if key == outward else IN
        return super()._wish_of(event)

    def _is_ours(self, event) -> bool:
        return bool(self.dragging and event.key() == Qt.Key.Key_Escape) or super()._is_ours(event)

    def keyPressEvent(self, event):
        if self.dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            return
        if not event.modifiers() & _HELD and self._fold_by_key(event):
            return
        super().keyPressEvent(event)

    # Folding -----------------------------------------------------------------------------------------

    @property
    def tree(self) -> BranchModel:
        return self.records  # type: ignore[return-value]

    def caret_rect(self, row: int) -> QRect:
        """Where a branch's caret stands, to be clicked."""
        depth = int(self.records.visible[row].values["depth"])
        side, left = theme().px(CARET + 4), theme().px(SIDE + depth * STEP - 2)
        x = self.viewport().width() - left - side if self.layoutDirection() == _RTL else left
        high = self.rowHeight(row)
        return QRect(x, self.rowViewportPosition(row) + (high - side) // 2, side, side)

    def toggle(self, row: int) -> None:
        """Fold a branch, or open it."""
        id = self.records.visible[row].id
        self.tree.fold([id], id not in self.tree.folded)

    def _fold_by_key(self, event) -> bool:
        """In the first cell of a branch, the arrow outward folds it and the arrow inward opens it."""
        index = self.currentIndex()
        if not index.isValid() or not self.is_first(index.column()) or not self.is_branch(index.row()):
            return False
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        outward, inward = reversed(keys) if self.layoutDirection() == _RTL else keys
        if event.key() != (inward if self.id_at(index) in self.tree.folded else outward):
            return False
        self.toggle(index.row())
        return True

    # Dragging ----------------------------------------------------------------------------------------

    def mousePressEvent(self, event):
        where = event.position().toPoint()
        index = self.indexAt(where)
        self._pressed, self._deferred = None, False
        plain = event.button() == _LEFT and not event.modifiers() & _HELD
        if plain and index.isValid() and self.is_branch(index.row()) and self.caret_rect(index.row()).contains(where):
            self.toggle(index.row())
            return
        on_name = index.isValid() and self.is_first(index.column()) and self.id_at(index) != LOOSE
        if plain and on_name and self.editable and self.editor is None and not self._on_menu(index.row(), where):
            self._pressed = where
            chosen = self.selected_ids()
            if len(chosen) > 1 and self.id_at(index) in chosen:
                self._deferred = True  # all of them may be dragged; a plain click chooses this one on letting go
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event):
        if self._pressed is None or not event.buttons() & _LEFT:
            super().mouseMoveEvent(event)
            return
        where = event.position().toPoint()
        if not self.dragging:
            if (where - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            held = self.id_at(self.indexAt(self._pressed))
            chosen = [id for id in self.selected_ids() if id != LOOSE]
            self.dragging = tuple(chosen) if held in chosen else (held,) if held else ()
        self._drag_to(where)

    def _drag_to(self, where: QPoint) -> None:
        row = self.rowAt(where.y())
        over = self.records.visible[row].id if row >= 0 else None
        high = max(1, self.rowHeight(row)) if row >= 0 else 1
        part = (where.y() - self.rowViewportPosition(row)) / high if row >= 0 else 1.0
        self.drop = drop_on(self.records.every, self.dragging, over, part)
        possible = Qt.CursorShape.ClosedHandCursor if self.drop else Qt.CursorShape.ForbiddenCursor
        self.viewport().setCursor(possible)
        bar, edge = self.verticalScrollBar(), theme().px(18)
        if where.y() < edge:
            bar.setValue(bar.value() - edge)
        elif where.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge)
        self.viewport().update()

    def mouseReleaseEvent(self, event):
        moved, drop = self.dragging, self.drop
        was_pressed, deferred = self._pressed, self._deferred
        self._let_go()
        if moved:
            if drop is not None:
                self.dropped.emit(moved, drop.spot)
            return
        if was_pressed is not None and deferred:
            index = self.indexAt(was_pressed)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        super().mouseReleaseEvent(event)

    def _let_go(self) -> None:
        self._pressed, self._deferred = None, False
        self.dragging, self.drop = (), None
        self.viewport().unsetCursor()
        self.viewport().update()

    def mouseDoubleClickEvent(self, event):
        where = event.position().toPoint()
        row = self.rowAt(where.y())
        if row >= 0 and self.is_branch(row) and self.caret_rect(row).contains(where):
            self.toggle(row)
            return
        super().mouseDoubleClickEvent(event)

    def _on_menu(self, row: int, where: QPoint) -> bool:
        return self.menu_rect(row).contains(where)

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        super().paintEvent(event)
        if self.drop is None:
            return
        row = self.records.row_of(self.drop.row)
        if row < 0:
            return
        look, painter = theme(), QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        if self.drop.edge == INTO:
            focus_ring(painter, rect.adjusted(look.px(12), look.px(2), -look.px(12), -look.px(3)), 6)
            return
        # The line begins where the names of that level begin, so that one sees whose child it becomes.
        depth = int(self.records.visible[row].values["depth"])
        indent = look.px(SIDE + depth * STEP)
        at = rect.top() if self.drop.edge == BEFORE else rect.bottom() - 1
        left = 0 if self.layoutDirection() == _RTL else indent
        painter.fillRect(QRect(left, at, rect.width() - indent, 2), look.color("petrol"))
        knob = look.px(7)
        x = rect.width() - indent - knob if self.layoutDirection() == _RTL else indent
        painter.setBrush(look.color("petrol"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRect(x, at + 1 - knob // 2, knob, knob))
