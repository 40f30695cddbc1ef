"""The palette: go to a step, do something, find a record, learn; by typing a few letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QStyledItemDelegate, QVBoxLayout, QWidget

from tna_desktop.charts.palette import GROUPS
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, ready_for, set_role
from tna_desktop.ui.icons import has_icon, paint_icon
from tna_desktop.ui.labels import KeyCap
from tna_desktop.ui.notices import shadow
from tna_desktop.ui.painting import CELL, CONTROL, DIALOG, box, draw_text, mirrored, start, text_width
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.tokens import theme

from .keyboard import focus_work
from .palette_entries import entries_of, records_for
from .searching import DO, FIND, GO, LEARN, Entry, best

if TYPE_CHECKING:
    from .workspace import Workspace

WIDTH, TOP, MARGIN = 640, 96, 16
_DISPLAY, _ACCESSIBLE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)


class Answers(QAbstractListModel):
    """The answers with the heads of their sections between them; heads cannot be chosen."""

    def __init__(self, language: Language):
        super().__init__()
        say = language.say
        self._heads = {GO: say("Go to"), DO: say("Do"), FIND: say("Find"), LEARN: say("Learn")}
        self.lines: list[str | Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.lines = []
        section = ""
        for entry in entries:
            if entry.section != section:
                section = entry.section
                self.lines.append(self._heads[section])
            self.lines.append(entry)
            ready_for(entry.title)
        self.endResetModel()

    def rowCount(self, parent=QModelIndex()):  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index, role=_DISPLAY):
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == _DISPLAY:
            return line if isinstance(line, str) else line.title
        if role == _ACCESSIBLE:
            return line if isinstance(line, str) else " ".join((line.title, line.hint)).strip()
        return None

    def flags(self, index):
        if not index.isValid() or isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def choosable(self) -> list[int]:
        return [at for at, line in enumerate(self.lines) if not isinstance(line, str)]


class _Line(QStyledItemDelegate):
    def __init__(self, answers: Answers, parent: QWidget):
        super().__init__(parent)
        self._answers = answers

    def sizeHint(self, option, index):
        head = isinstance(self._answers.lines[index.row()], str)
        return QSize(100, theme().px(26 if head else 35))

    def paint(self, painter, option, index):
        look = theme()
        line = self._answers.lines[index.row()]
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(option.direction)
        area = QRectF(option.rect)

        def at(left: float, width: float) -> QRectF:
            return mirrored(QRectF(left, 0, width, area.height()), area.width(), rtl).translated(area.topLeft())

        if isinstance(line, str):
            draw_text(painter, at(look.px(12), area.width() - look.px(24)), line, font("label"), look.color("text3"))
            painter.restore()
            return
        chosen = index.row() == self.parent().currentIndex().row()
        if chosen:
            box(painter, area.adjusted(0, 1, 0, -1), CONTROL, look.color("sel"))
        side = look.px(16)
        mark = at(look.px(14), side)
        mark = QRectF(mark.left(), area.center().y() - side / 2, side, side)
        if line.section == FIND and line.icon in GROUPS:
            paint_shape(painter, line.icon, mark.adjusted(2, 2, -2, -2))
        elif has_icon(line.icon):
            paint_icon(painter, mark, line.icon, "petrol" if chosen else "text2")
        x, end = float(look.px(39)), area.width() - look.px(12)
        if line.keys:
            keys = text_width(line.keys, font("smallest")) + look.px(16)
            cap = at(end - keys, keys)
            height = look.px(20)
            cap = QRectF(cap.left(), area.center().y() - height / 2, cap.width(), height)
            box(painter, cap, CELL, look.color("raised"), look.color("line2"))
            draw_text(painter, cap, line.keys, font("smallest"), look.color("text2"), "center")
            end -= keys + look.px(8)
        title_font = font("body_strong")
        title = QFontMetricsF(title_font).elidedText(line.title, Qt.TextElideMode.ElideRight, end - x)
        width = text_width(title, title_font)
        draw_text(painter, at(x, width + 2), title, title_font, look.color("text"))
        x += width + look.px(9)
        if line.hint and end - x > look.px(40):
            hint = QFontMetricsF(font("meta")).elidedText(line.hint, Qt.TextElideMode.ElideRight, end - x)
            # A tone that reads on the chosen line too.
            draw_text(painter, at(x, end - x), hint, font("meta"), look.color("text2" if chosen else "text3"))
        painter.restore()


class _Query(QLineEdit):
    """What is typed; the keys that go through the answers reach the palette."""

    def __init__(self, palette: Palette):
        super().__init__()
        self._palette = palette

    def keyPressEvent(self, event):
        if not self._palette.took(event.key()):
            super().keyPressEvent(event)


class Palette(QWidget):
    """Over the whole window; Esc or a click beside it puts it away and gives the focus back."""

    def __init__(self, space: Workspace):
        super().__init__(space)
        self.space = space
        say = space.language.say
        self._before = QApplication.focusWidget()
        self._entries = entries_of(space)
        self.answers = Answers(space.language)
        self.query = _Query(self)
        self.query.setFrame(False)
        self.query.setPlaceholderText(say("Search or type a command"))
        self.query.setAccessibleName(say("Search or type a command"))
        self.query.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        set_role(self.query, "heading")
        face = font("heading")
        face.setWeight(face.Weight.Normal)
        self.query.setFont(face)
        self.list = QListView()
        self.list.setModel(self.answers)
        self.list.setItemDelegate(_Line(self.answers, self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setStyleSheet("QListView { background: transparent; border: none; }")
        self.list.setAccessibleName(say("Answers"))
        self.list.entered.connect(
            lambda index: self._choose(index.row()) if index.row() in self.answers.choosable() else None
        )
        self.list.clicked.connect(lambda index: self.run(index.row()))
        self._cap = KeyCap("Esc")
        self._card = QWidget(self)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(9, 0, 9, 9)
        inside.setSpacing(0)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(38, 0, 60, 0)
        head.addWidget(self.query)
        inside.addWidget(self._head)
        inside.addSpacing(6)
        inside.addWidget(self.list)
        self._cap.setParent(self._head)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(90)
        self._timer.timeout.connect(self.answer)
        self.query.textChanged.connect(lambda _text: self._timer.start())
        space.installEventFilter(self)
        self.setAccessibleName(say("Search and commands"))
        self.hide()

    def open(self) -> None:
        self.setGeometry(self.space.rect())
        self.answer()
        self.show()
        self.raise_()
        self.query.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        self.space.removeEventFilter(self)
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def answer(self) -> None:
        """Show what answers the query."""
        self._timer.stop()
        text = self.query.text()
        entries = [*self._entries, *records_for(self.space, text)]
        self.answers.show(best(text, entries))
        rows = self.answers.choosable()
        self._choose(rows[0] if rows else -1)
        self._place()

    def run(self, row: int) -> None:
        if row in self.answers.choosable():
            entry = self.answers.lines[row]
            space = self.space
            self.close_palette()
            entry.run()
            # What had the focus may have gone with what was done; whoever works by keys must not end up on the rail.
            focused = QApplication.focusWidget()
            if focused is None or space.rail.isAncestorOf(focused) or space.appbar.isAncestorOf(focused):
                focus_work(space)

    def took(self, key: int) -> bool:
        if self._timer.isActive() and key in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Down,
            Qt.Key.Key_Up,
        ):
            self.answer()  # the keys came faster than the answers
        rows = self.answers.choosable()
        at = self.list.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run(at)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and rows:
            place = rows.index(at) if at in rows else -1
            self._choose(rows[(place + (1 if key == Qt.Key.Key_Down else -1)) % len(rows)])
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        index = self.answers.index(row) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        self.list.viewport().update()

    # Looks -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        look = theme()
        width = min(look.px(WIDTH), self.width() - 48)
        rows = sum(look.px(26 if isinstance(line, str) else 35) for line in self.answers.lines)
        top = min(look.px(TOP), max(16, self.height() // 8))
        head = look.px(48)
        self._head.setFixedHeight(head)
        height = head + 6 + rows + 11 if rows else head
        height = min(height, self.height() - top - 24)
        self.list.setVisible(rows > 0)
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
        self._cap.resize(self._cap.sizeHint())
        inner = width - 18
        place = mirrored(
            QRectF(
                inner - self._cap.width() - 6,
                (head - self._cap.height()) / 2,
                self._cap.width(),
                self._cap.height(),
            ),
            inner,
            self.isRightToLeft(),
        )
        self._cap.move(place.topLeft().toPoint())
        self.update()

    def eventFilter(self, watched, event):
        if watched is self.space and event.type() == QEvent.Type.Resize:
            self.setGeometry(self.space.rect())
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event):
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.fillRect(self.rect(), QColor(10, 30, 35, 110))
        card = QRectF(self._card.geometry())
        shadow(painter, card, DIALOG, MARGIN, 120)
        box(painter, card, DIALOG, look.color("raised"), look.color("line2") if look.dark else None)
        head = self._head.height()
        painter.fillRect(int(card.left()), int(card.top()) + head, int(card.width()), 1, look.color("line"))
        side = look.px(18)
        glass = mirrored(QRectF(20, (head - side) / 2, side, side), card.width(), self.isRightToLeft())
        paint_icon(painter, glass.translated(card.topLeft()), "magnifying-glass", "text2")
