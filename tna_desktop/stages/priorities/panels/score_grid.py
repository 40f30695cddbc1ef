"""The matrix of scores: move with arrows, score with numbers, in one keystroke a cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.cell_editors import Note
from tna_desktop.ui.fonts import font, line_height, set_role
from tna_desktop.ui.painting import box, draw_text, start, text_width
from tna_desktop.ui.tokens import theme

from ..models import ScoreColumn, ScoreModel
from .score_blocks import written
from .score_painting import (
    BRANCH_GAP,
    GAP,
    NAMES,
    NAMES_WIDE,
    NARROWEST,
    SIDE,
    WIDER,
    WIDEST,
    CriteriaHead,
    ScorePainter,
    TechnologyHead,
)

_K = Qt.Key
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
#: Keys that write nothing by themselves: “/” needs one of them on many keyboards.
_MODIFIERS = (_K.Key_Shift, _K.Key_Control, _K.Key_Alt, _K.Key_AltGr, _K.Key_Meta)
_PLAIN = QItemSelectionModel.SelectionFlag.ClearAndSelect
CLEAR, NOT_APPLIES, DEPENDS, SURENESS, EVIDENCE, COMMENT, COPY, PASTE, NEXT, BEFORE, APART, APART_BEFORE, VOICES, FILTER = (
    "clear", "not_applies", "depends", "sureness", "evidence", "comment", "copy", "paste", "next", "before", "apart",
    "apart_before", "voices", "filter",
)  # fmt: skip


class ScoreGrid(QTableView):
    """The view. ``scored`` asks for a number in the chosen cells, ``typed`` for what was written in one of them,
    ``asked`` for anything else; the screen answers."""

    scored = Signal(float)
    typed = Signal(object, str)
    asked = Signal(str)
    moved = Signal()

    def __init__(self, model: ScoreModel, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self.scores = language, model
        self.editor: QLineEdit | None = None
        self._edited: tuple[str, str] | None = None
        self._note: Note | None = None
        self._closing = False
        self._chosen = 0
        self._firsts: set[int] = set()
        self.setHorizontalHeader(CriteriaHead(language, self))
        self.setVerticalHeader(TechnologyHead(self))
        self.setModel(model)
        self.setItemDelegate(ScorePainter(self))
        self.setAccessibleName(language.say("Scores of technologies on criteria"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")  # a frame shows what is chosen
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._corner = _Corner(language, self)
        self._left_by_n = QPersistentModelIndex()
        model.modelReset.connect(self._renewed)
        self.restyle()

    # Measures ----------------------------------------------------------------------------------------

    def restyle(self) -> None:
        self.fit()

    def names_width(self) -> int:
        wide = self.width() >= theme().px(1300)
        return theme().px(NAMES_WIDE if wide else NAMES) if self.width() >= theme().px(640) else theme().px(160)

    def fit(self) -> None:
        """Share the width out between the criteria, and the height between the technologies."""
        look, model = theme(), self.model()
        columns = model.columns
        self._firsts = {at for at in range(1, len(columns)) if columns[at].branch != columns[at - 1].branch}
        self.verticalHeader().setFixedWidth(look.px(SIDE) + self.names_width())
        bar = self.verticalScrollBar()
        room = self.width() - self.verticalHeader().width() - len(self._firsts) * look.px(BRANCH_GAP) - look.px(SIDE)
        room -= bar.sizeHint().width() if bar.isVisible() and not bar.isHidden() else 0
        wide = max(self._narrowest(), min(look.px(WIDEST), room // len(columns))) if columns else 0
        for at in range(len(columns)):
            self.setColumnWidth(at, wide + (look.px(BRANCH_GAP) if at in self._firsts else 0 if at else GAP))
        head = self.horizontalHeader().sizeHint().height()
        rows = max(1, model.rowCount())
        high = max(look.px(42), min(look.px(54), (self.height() - head - 4) // rows))
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        self.updateGeometries()
        self._place_editor()

    def _narrowest(self) -> int:
        """As narrow as the longest word of a short name allows."""
        words = [word for column in self.scores.columns for word in column.short.split()]
        longest = max((text_width(word, font("smallest")) for word in words), default=0)
        return max(theme().px(NARROWEST), min(theme().px(WIDER), int(longest) + 2))

    def inner(self, rect: QRect, column: int, flat: bool = False) -> QRect:
        """The cell inside its section: without the gaps to its neighbours and to the next branch."""
        lead = theme().px(BRANCH_GAP) if column in self._firsts else GAP if column == 0 else 0
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start_, end = (GAP, lead) if rtl else (lead, GAP)
        return rect.adjusted(start_, 0 if flat else 2, -end, 0 if flat else -2)

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "_corner"):
            side, head = self.verticalHeader(), self.horizontalHeader()
            left = side.x()
            self._corner.setGeometry(left, head.y(), side.width(), head.height())
            self._corner.raise_()

    def _renewed(self) -> None:
        self.close_editor()
        self.fit()

    def showEvent(self, event):
        super().showEvent(event)
        self.fit()

    # Where we are ------------------------------------------------------------------------------------

    def is_cursor(self, index: QModelIndex) -> bool:
        return index == self.currentIndex()

    def selection_size(self) -> int:
        return self._chosen

    def chosen(self) -> list[QModelIndex]:
        """The chosen cells, row by row; the one the keyboard is in when no more are chosen."""
        indexes = self.selectionModel().selectedIndexes()
        current = self.currentIndex()
        if not indexes and current.isValid():
            indexes = [current]
        return sorted(indexes, key=lambda index: (index.row(), index.column()))

    def go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _PLAIN)
            self.scrollTo(index)

    def currentChanged(self, current, previous):
        super().currentChanged(current, previous)
        if self._note is not None:
            self._note.hide()
        # The row's band and the names of row and column show where we are.
        self.verticalHeader().viewport().update()
        self.horizontalHeader().viewport().update()
        if current.row() != previous.row():
            for row in (current.row(), previous.row()):
                if row >= 0:
                    self.viewport().update(
                        0, self.rowViewportPosition(row) - 2, self.viewport().width(), self.rowHeight(row) + 4
                    )
        else:
            for index in (current, previous):
                self.viewport().update(self.visualRect(index).adjusted(-4, -4, 4, 4))
        self.moved.emit()

    def selectionChanged(self, selected, deselected):
        super().selectionChanged(selected, deselected)
        before, self._chosen = self._chosen, len(self.selectionModel().selectedIndexes())
        if before > 1 or self._chosen > 1:
            self.viewport().update()

    def focusInEvent(self, event):
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount() and self.model().columnCount():
            self.go_to(self.model().index(0, 0))

    # Keys --------------------------------------------------------------------------------------------

    def event(self, event):
        # Single letters are ours, before any shortcut of the window.
        if event.type() == QEvent.Type.ShortcutOverride and self._own_key(event):
            event.accept()
            return True
        return super().event(event)

    def _own_key(self, event) -> bool:
        return not event.modifiers() & (_CTRL | _ALT) and (
            event.text().isdigit()
            or event.text() in (".", ",")
            or event.key() in (*_WISHES, _K.Key_F2)
            or self._writes_not_applicable(event)
        )

    def _writes_not_applicable(self, event) -> bool:
        """Whether this key goes on with “n/a” as it is written: its N has led away from the cell already."""
        return event.text() == "/" and self._left_by_n.isValid()

    def mousePressEvent(self, event):
        self._left_by_n = QPersistentModelIndex()
        super().mousePressEvent(event)

    def keyPressEvent(self, event):
        index, text = self.currentIndex(), event.text()
        if self._writes_not_applicable(event):
            cell = QModelIndex(self._left_by_n)
            self.go_to(cell)
            self.open_editor(cell, "n/")
            return
        if event.key() not in _MODIFIERS:
            self._left_by_n = QPersistentModelIndex(index if event.key() == _K.Key_N else QModelIndex())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit(COPY)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit(PASTE)
        elif event.modifiers() & (_CTRL | _ALT) or not index.isValid():
            super().keyPressEvent(event)
        elif event.key() in (_K.Key_Return, _K.Key_Enter, _K.Key_F2):
            self.open_editor(index)
        elif text and (text.isdigit() or text in ".,"):
            self._digit(index, text)
        elif event.key() in _WISHES:
            wish = _WISHES[event.key()]
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                wish = {NEXT: BEFORE, APART: APART_BEFORE}.get(wish, wish)
            self.asked.emit(wish)
        elif text and text.isprintable() and not text.isspace():
            event.accept()  # no search by typing: letters are commands here
        else:
            super().keyPressEvent(event)

    def _digit(self, index: QModelIndex, text: str) -> None:
        columns: list[ScoreColumn] = self.model().columns
        number = int(text) if text.isdigit() else -1
        # A block is scored where its scale goes from 1 to 5, whichever of its cells the keyboard is in.
        five = (
            any(columns[each.column()].five for each in self.chosen())
            if self._chosen > 1
            else columns[index.column()].five
        )
        if not five:
            self.open_editor(index, text)
        elif number < 0:
            # A point after a score from 1 to 5 begins a range: 3..4
            cell = self.scores.cell(index)
            begun = "" if cell.value is None or cell.low is not None else written(cell, self.language)
            self.open_editor(index, f"{begun}.." if begun and self._chosen <= 1 else text)
        elif number == 0:
            self.asked.emit(CLEAR)
        elif 1 <= number <= 5:
            self.scored.emit(float(number))

    # Editing -----------------------------------------------------------------------------------------

    def open_editor(self, index: QModelIndex, text: str | None = None) -> None:
        """Open the number editor of a cell, with what was typed already. (Not ``edit``: Qt calls that itself.)"""
        self.close_editor()
        model = self.scores
        cell, column = model.cell(index), model.columns[index.column()]
        before = written(cell, self.language)
        editor = QLineEdit(before if text is None else text, self.viewport())
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(editor, "body_strong")
        editor.setAccessibleName(
            self.language.say("{column}, {row}", column=column.name, row=model.rows[index.row()]["name"])
        )
        editor.setToolTip(model.scale_words(column))
        editor.installEventFilter(self)
        self.editor, self._edited = editor, model.key(index)
        self._place_editor()
        editor.show()
        editor.setFocus()
        if text is None:
            editor.selectAll()

    def eventFilter(self, watched, event):
        if watched is not self.editor or self.editor is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == _K.Key_Escape:
                self.close_editor()
                return True
            steps = {_K.Key_Return: (1, 0), _K.Key_Enter: (1, 0), _K.Key_Tab: (0, 1), _K.Key_Backtab: (0, -1)}
            if event.key() in steps:
                self.finish_editing(*steps[event.key()])
                return True
        if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish_editing()
        return False

    def finish_editing(self, down: int = 0, along: int = 0) -> None:
        """Hand what was typed to the screen, which closes the editor or refuses."""
        if self.editor is None or self._closing or self._edited is None:
            return
        key, text = self._edited, self.editor.text()
        index = self.model().place(*key)
        self._closing = True
        try:
            self.typed.emit(key, text)
        finally:
            self._closing = False
        if self.editor is None and index.isValid() and (down or along):
            following = index.sibling(index.row() + down, index.column() + along)
            self.go_to(following if following.isValid() else index)

    def close_editor(self) -> None:
        editor, self.editor, self._edited = self.editor, None, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.removeEventFilter(self)
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, text: str, index: QModelIndex | None = None) -> None:
        """Say below a cell why something was not taken."""
        if self._note is None:
            self._note = Note(self.viewport())
        self._note.tell(text, self.visualRect(index if index is not None else self.currentIndex()))

    def _place_editor(self) -> None:
        if self.editor is None or self._edited is None:
            return
        index = self.model().place(*self._edited)
        if index.isValid():
            area = self.inner(self.visualRect(index), index.column())
            wider = max(0, theme().px(92) - area.width()) // 2
            place = area.adjusted(-wider, 0, wider, 0)
            place.moveLeft(max(0, min(place.left(), self.viewport().width() - place.width())))
            self.editor.setGeometry(place)

    def scrollContentsBy(self, dx, dy):
        super().scrollContentsBy(dx, dy)
        self._place_editor()
        if self._note is not None:
            self._note.hide()
        if dx:
            self.horizontalHeader().viewport().update()

    def mouseDoubleClickEvent(self, event):
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.open_editor(index)

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        row = self.currentIndex().row()
        if row >= 0:
            painter = start(self.viewport())
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            band = QRectF(0, self.rowViewportPosition(row), self._content_width(), self.rowHeight(row) - 1)
            if rtl:
                band.moveRight(self.viewport().width())
            box(
                painter,
                band.adjusted(-12, 0, 0, 0) if not rtl else band.adjusted(0, 0, 12, 0),
                6,
                theme().color("sel2"),
            )
            painter.end()
        super().paintEvent(event)

    def _content_width(self) -> int:
        return min(
            self.viewport().width(), self.horizontalHeader().length() - self.horizontalHeader().offset() + theme().px(8)
        )


class _Corner(QWidget):
    """The words above the technologies."""

    def __init__(self, language: Language, view: ScoreGrid):
        super().__init__(view)
        self._language = language
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event):
        look = theme()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.rect(), look.color("bg"))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = line_height("label") + look.px(8) + line_height("smallest") // 2
        side = look.px(SIDE)
        area = QRectF(0 if rtl else side, top, self.width() - side, line_height("label"))
        draw_text(painter, area, self._language.say("Technology"), font("label"), look.color("text2"))


_WISHES = {
    _K.Key_Delete: CLEAR, _K.Key_Backspace: CLEAR, _K.Key_C: SURENESS, _K.Key_N: NEXT, _K.Key_A: NOT_APPLIES,
    _K.Key_Minus: NOT_APPLIES, _K.Key_E: EVIDENCE, _K.Key_Question: CLEAR, _K.Key_U: CLEAR, _K.Key_D: DEPENDS,
    _K.Key_Asterisk: DEPENDS, _K.Key_M: COMMENT, _K.Key_X: APART, _K.Key_V: VOICES, _K.Key_F: FILTER,
}  # fmt: skip
