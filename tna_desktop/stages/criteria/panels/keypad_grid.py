"""The grid for paper ballots: digits and Enter are enough; code, group and sum stay in sight when it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import Language
from tna_desktop.ui.cell_editors import Note
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import draw_text, focus_ring, hairline, text_width
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.theme import theme

from .keypad_model import CODE, FIRST, GROUP, SUM, KeypadModel

_K = Qt.Key
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_PLAIN = QItemSelectionModel.SelectionFlag.ClearAndSelect
_RTL = Qt.LayoutDirection.RightToLeft
#: Widths at 100 % of what stays in sight.
_WIDE = {CODE: 76, GROUP: 132, SUM: 62}
_NARROWEST, _WIDEST = 58, 112


class KeypadGrid(QTableView):
    """``row_left``: the keyboard left this row; ``row_done``: its last cell was left with Enter."""

    row_left = Signal(int)
    row_done = Signal(int)
    left = Signal()
    paste_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, model: KeypadModel, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self.ballots = language, model
        self.typed: str | None = None
        self._note: Note | None = None
        self.setModel(model)
        self.setItemDelegate(_Painter(self, self))
        self.setAccessibleName(language.say("Paper ballots"))
        self._quiet(self)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.frozen = _Frozen(self)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        model.modelReset.connect(self.fit)
        self.restyle()

    @staticmethod
    def _quiet(view: QTableView) -> None:
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.setStyleSheet("QTableView { selection-background-color: transparent; }")
        head = view.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # Measures ----------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Share the width out between the criteria; what does not fit scrolls beside what stays."""
        look, count = theme(), len(self.ballots.nodes)
        frozen = sum(look.px(wide) for wide in _WIDE.values())
        self.verticalHeader().setFixedWidth(frozen)
        room = self.width() - frozen - look.px(12)
        wide = max(self._narrowest(), min(look.px(_WIDEST), room // count)) if count else 0
        for column in range(self.ballots.columnCount()):
            self.setColumnHidden(column, column < FIRST)
            self.frozen.setColumnHidden(column, column >= FIRST)
            self.setColumnWidth(column, wide)
            if column < FIRST:
                self.frozen.setColumnWidth(column, look.px(_WIDE[column]))
        high = look.px(30)
        head = line_height("smallest") * 3 + look.px(6)
        for view in (self, self.frozen):
            view.horizontalHeader().setFont(font("smallest"))
            view.horizontalHeader().setFixedHeight(head)
            view.verticalHeader().setMinimumSectionSize(high)
            view.verticalHeader().setDefaultSectionSize(high)
        self.updateGeometries()

    def _narrowest(self) -> int:
        """As narrow as the longest word of a head allows."""
        look = theme()
        words = [word for node in self.ballots.nodes for word in node.short.split()]
        longest = max((text_width(word, font("smallest")) for word in words), default=0.0)
        return max(look.px(_NARROWEST), min(look.px(_WIDEST), int(longest) + 20))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "frozen"):
            side, head = self.verticalHeader(), self.horizontalHeader()
            self.frozen.setGeometry(QRect(side.x(), head.y(), side.width(), head.height() + self.viewport().height()))
            self.frozen.raise_()

    # Where we are ------------------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        index = self.ballots.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _PLAIN)
            (self if column >= FIRST else self.frozen).scrollTo(index)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.typed = None
        if self._note is not None:
            self._note.hide()
        self._draw_all()
        if previous.isValid() and current.row() != previous.row():
            self.row_left.emit(previous.row())

    def first_column(self) -> int:
        """Where a ballot begins: blind, at the first criterion, because its code is known."""
        return FIRST if self.ballots.second else CODE

    # Keys --------------------------------------------------------------------------------------------

    def event(self, event):
        # Whatever can be typed is for the cell, before any shortcut of the window.
        asked = event.type() == QEvent.Type.ShortcutOverride and not event.modifiers() & _HELD
        if asked and event.text() and event.text().isprintable():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        index, key, text = self.currentIndex(), event.key(), event.text()
        rtl = self.layoutDirection() == _RTL
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key == _K.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.removal_wanted.emit()
        elif event.modifiers() & _HELD or not index.isValid():
            super().keyPressEvent(event)
        elif key in (_K.Key_Return, _K.Key_Enter, _K.Key_Tab):
            self._enter(index)
        elif key == _K.Key_Backtab:
            self._move(0, -1)
        elif key in (_K.Key_Left, _K.Key_Right):
            self._move(0, 1 if (key == _K.Key_Right) != rtl else -1)
        elif key in (_K.Key_Up, _K.Key_Down):
            self._move(1 if key == _K.Key_Down else -1, 0)
        elif key in (_K.Key_Home, _K.Key_End):
            self._move(0, -1000 if key == _K.Key_Home else 1000)
        elif key == _K.Key_Escape:
            self._escape(event)
        elif key == _K.Key_Delete:
            self._type(index, "")
        elif key == _K.Key_Backspace:
            shown = self.ballots.text(index.row(), index.column()) if self.typed is None else self.typed
            self._type(index, shown[:-1])
        elif text and text.isprintable():
            self._type(index, (self.typed or "") + text)
        else:
            super().keyPressEvent(event)

    def _type(self, index: QModelIndex, text: str) -> None:
        if index.column() == SUM or (self.ballots.second and index.column() < FIRST):
            return
        self.typed = text
        self._draw()

    def _escape(self, event) -> None:
        if self.typed is None:
            event.ignore()  # the page takes it: back to the list
        else:
            self.typed = None
            self._draw()

    def take(self) -> bool:
        """Take what is being typed; False when it cannot be used and stays with the reason."""
        index, text = self.currentIndex(), self.typed
        if text is None or not index.isValid():
            return True
        try:
            self.ballots.put(index.row(), index.column(), text)
        except Refused as refused:
            self.tell(self.language.tell(refused.reason))
            return False
        self.typed = None
        return True

    def tell(self, words: str) -> None:
        """Say below the cell what is wrong."""
        index = self.currentIndex()
        view = self if index.column() >= FIRST else self.frozen
        place = view.visualRect(index)
        if view is self.frozen:
            place = QRect(self.viewport().mapFrom(self.frozen.viewport(), place.topLeft()), place.size())
        if self._note is None:
            self._note = Note(self.viewport())
        self._note.tell(words, place)

    def _enter(self, index: QModelIndex) -> None:
        if not self.take():
            return
        row, column = index.row(), index.column() + 1
        column = FIRST if column == SUM else column
        if column < self.ballots.columnCount():
            self.go_to(row, column)
        else:
            self.row_done.emit(row)

    def _move(self, down: int, along: int) -> None:
        if not self.take():
            return
        index = self.currentIndex()
        column = index.column() + along
        if column == SUM:
            column += along
        column = max(self.first_column(), min(self.ballots.columnCount() - 1, column))
        self.go_to(max(0, min(self.ballots.rowCount() - 1, index.row() + down)), column)

    def _draw(self) -> None:
        if self._note is not None:
            self._note.hide()
        self._draw_all()

    def _draw_all(self) -> None:
        self.viewport().update()
        if hasattr(self, "frozen"):  # Qt tells of changes while this is being made
            self.frozen.viewport().update()

    def mousePressEvent(self, event):
        if self.take():
            super().mousePressEvent(event)

    def focusInEvent(self, event):
        super().focusInEvent(event)
        self._draw_all()

    def focusOutEvent(self, event):
        super().focusOutEvent(event)
        self._draw_all()
        self.left.emit()


class _Frozen(QTableView):
    """Code, group and sum: the same rows, laid over the head of the rows."""

    def __init__(self, grid: KeypadGrid):
        super().__init__(grid)
        self._grid = grid
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.setItemDelegate(_Painter(self, grid))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalHeader().hide()
        self.setAccessibleName(grid.language.say("Codes, groups and sums"))
        KeypadGrid._quiet(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def mousePressEvent(self, event):
        if self._grid.take():
            super().mousePressEvent(event)
            self._grid.setFocus(Qt.FocusReason.MouseFocusReason)

    def wheelEvent(self, event):
        self._grid.wheelEvent(event)


class _Painter(QStyledItemDelegate):
    """What stands in a cell, or is being typed there; the sum with a mark for what was typed twice."""

    def __init__(self, view: QTableView, grid: KeypadGrid):
        super().__init__(view)
        self._grid = grid

    def paint(self, painter: QPainter, option, index: QModelIndex) -> None:
        grid, look = self._grid, theme()
        model, column, rtl = grid.ballots, index.column(), option.direction == _RTL
        current = grid.selectionModel().currentIndex()
        here, row = index == current, model.rows[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if column < FIRST or index.row() == current.row():
            painter.fillRect(option.rect, look.color("sel2" if index.row() == current.row() else "mist"))
        hairline(painter, option.rect.left(), option.rect.bottom(), option.rect.width())
        area = QRectF(option.rect).adjusted(look.px(8), 0, -look.px(8), 0)
        text = grid.typed if here and grid.typed is not None else model.text(index.row(), index.column())
        if column == GROUP:
            side = look.px(11)
            left = area.right() - side if rtl else area.left()
            paint_shape(painter, row.group, QRectF(left, area.center().y() - side / 2, side, side))
            area = area.adjusted(0, 0, -side - look.px(6), 0) if rtl else area.adjusted(side + look.px(6), 0, 0, 0)
        elif column == SUM:
            self._mark(painter, area, index.row(), rtl)
        locked = model.second and column < FIRST
        role = "body_strong" if column in (CODE, SUM) or here else "body"
        ink = "text2" if locked else "amber_ink" if column == SUM and self._wrong(index.row()) else "text"
        words = QFontMetricsF(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        align = "start" if column < SUM else "end" if column == SUM else "center"
        draw_text(painter, area, words, font(role), look.color(ink), align)
        if here and grid.hasFocus():
            focus_ring(painter, QRectF(option.rect).adjusted(1, 1, -1, -2), 5)
        painter.restore()

    def _wrong(self, row: int) -> bool:
        """Points that do not add up to 100, once all are there."""
        model = self._grid.ballots
        values = model.rows[row].second if model.second else model.rows[row].values
        full = len(values) == len(model.nodes)
        return model.kind == "points" and full and abs(sum(values.values()) - 100) > 0.005

    def _mark(self, painter: QPainter, area: QRectF, row: int, rtl: bool) -> None:
        model, side = self._grid.ballots, theme().px(14)
        name, token = ("check-circle-fill", "petrol") if model.rows[row].checked else ("", "")
        if self._wrong(row):
            name, token = "warning-fill", "amber_icon"
        if name:
            left = area.right() - side if rtl else area.left() - theme().px(2)
            paint_icon(painter, QRectF(left, area.center().y() - side / 2, side, side), name, token)
