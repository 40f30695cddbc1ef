"""Choosing from a model list: offered, searched, checked and taken over; never filled in unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QWidget,
)

from ..kernel.text import Language
from .cell_values import folded
from .dialogs import Dialog
from .field import SearchBox
from .fonts import font, line_height, ready_for, set_role
from .icons import paint_icon
from .labels import Hairline, Label
from .layouts import column
from .painting import CELL, box, draw_text, focus_ring
from .painting import mirrored as mirrored_rect
from .tokens import theme

DISPLAY, TOOLTIP, CHECK, ACCESSIBLE_TEXT, ACCESSIBLE_DESCRIPTION = 0, 3, 10, 11, 12
LINE = 257
OFF, PARTLY, ON = 0, 1, 2


@dataclass(frozen=True)
class PickEntry:
    """One line of a model list. ``taken``: it is in the assessment already and cannot be taken twice.

    ``details`` are further lines about the entry one stands on, below its definition.
    """

    key: str
    name: str
    definition: str = ""
    source: str = ""
    taken: bool = False
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    """A line as it is shown: a group's head, or an entry. ``found`` is what the search looks into."""

    group: str
    entry: PickEntry | None
    found: str = ""


class LibraryModel(QAbstractListModel):
    """The heads and entries that the search leaves, and which of them are checked."""

    def __init__(
        self, language: Language, groups: Sequence[tuple[str, Sequence[PickEntry]]], checked: Iterable[str] = ()
    ):
        super().__init__()
        self.language = language
        self._groups = [
            (name, [_Line(name, entry, folded(" ".join((entry.name, entry.definition, name)))) for entry in entries])
            for name, entries in groups
        ]
        for name, lines in self._groups:
            for text in (name, *(line.entry.name for line in lines if line.entry)):
                ready_for(text)
        entries = [line.entry for _, lines in self._groups for line in lines if line.entry]
        self._order = [entry.key for entry in entries if not entry.taken]
        self.checked = {key for key in checked if key in self._order}
        self.lines: list[_Line] = []
        self.search("")

    def search(self, words: str) -> None:
        """Leave only entries in which each of these words stands."""
        wanted = folded(words).split()
        self.beginResetModel()
        self.lines = []
        for name, lines in self._groups:
            left = [line for line in lines if all(word in line.found for word in wanted)]
            if left and name:
                self.lines.append(_Line(name, None))
            self.lines += left
        self.endResetModel()

    def chosen(self) -> list[str]:
        """The keys of what is checked, in the list's own order."""
        return [key for key in self._order if key in self.checked]

    def entries(self, line: _Line) -> list[PickEntry]:
        """The entries that checking this line checks: itself, or all of its group that are shown."""
        if line.entry is not None:
            return [] if line.entry.taken else [line.entry]
        return [each.entry for each in self.lines if each.entry and each.group == line.group and not each.entry.taken]

    def state(self, line: _Line) -> int:
        if line.entry is not None and line.entry.taken:
            return ON
        entries = self.entries(line)
        checked = sum(1 for entry in entries if entry.key in self.checked)
        return OFF if not checked else ON if checked == len(entries) else PARTLY

    def toggle(self, index: QModelIndex) -> None:
        """Check or uncheck a line; on a group's head all of the group that is shown."""
        if not index.isValid():
            return
        line = self.lines[index.row()]
        keys = {entry.key for entry in self.entries(line)}
        if self.state(line) == ON:
            self.checked -= keys
        else:
            self.checked |= keys
        self._repaint()

    def check_shown(self) -> None:
        """Check every entry the search leaves."""
        self.checked |= {line.entry.key for line in self.lines if line.entry and not line.entry.taken}
        self._repaint()

    def _repaint(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    # What Qt asks ------------------------------------------------------------------------------------

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index):
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == CHECK:
            return self.state(line)
        if role == DISPLAY:
            return line.entry.name if line.entry else line.group
        if role == ACCESSIBLE_TEXT:
            return self._in_words(line)
        if role == ACCESSIBLE_DESCRIPTION:
            return line.entry.definition if line.entry else ""
        return None

    def _in_words(self, line: _Line) -> str:
        say, state = self.language.say, self.state(line)
        name = line.entry.name if line.entry else line.group
        if line.entry is not None and line.entry.taken:
            return say("{name}, taken already", name=name)
        if state == PARTLY:
            return say("{name}, some checked", name=name)
        return say("{name}, checked", name=name) if state == ON else say("{name}, not checked", name=name)


class _LineDelegate(QStyledItemDelegate):
    """Paints a head on mist, or an entry with its check box, name and the beginning of its definition."""

    def __init__(self, language: Language, parent: QWidget):
        super().__init__(parent)
        self._taken = language.say("taken already")

    def sizeHint(self, option, index):
        line: _Line = index.data(LINE)
        look = theme()
        if line.entry is None:
            return QSize(200, look.px(32))
        two = bool(line.entry.definition)
        return QSize(200, look.px(14) + line_height("body") + (line_height("meta") if two else look.px(2)))

    def paint(self, painter, option, index):
        look, line = theme(), index.data(LINE)
        area = QRectF(option.rect)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if line.entry is None:
            painter.fillRect(option.rect, look.color("mist"))
        elif selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.color("sel2"))
        painter.fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1, look.color("line"))

        def at(left: float, top: float, width: float, height: float) -> QRectF:
            inner = mirrored_rect(QRectF(left, top, width, height), area.width(), rtl)
            return inner.translated(area.left(), area.top())

        taken = line.entry is not None and line.entry.taken
        side = look.px(18)
        indent = look.px(12 if line.entry is None else 26)
        self._check(painter, at(indent, (area.height() - 1 - side) / 2, side, side), index.data(CHECK), taken)
        left = indent + side + look.px(10)
        width = area.width() - left - look.px(20)
        if line.entry is None:
            draw_text(painter, at(left, 0, width, area.height() - 1), line.group, font("label"), look.color("text"))
        else:
            self._entry(painter, at, line.entry, left, width, area.height() - 1)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, area.adjusted(2, 1, -2, -2), CELL)
        painter.restore()

    def _entry(self, painter, at, entry: PickEntry, left: float, width: float, height: float) -> None:
        look = theme()
        name_font, small = font("body_medium"), font("meta")
        body, meta = line_height("body"), line_height("meta") if entry.definition else 0
        top = (height - body - meta) / 2
        room = width
        if entry.taken:
            words = QFontMetricsF(small).horizontalAdvance(self._taken)
            draw_text(painter, at(left + width - words, top, words, body), self._taken, small, look.color("text3"))
            room -= words + look.px(12)
        name = QFontMetricsF(name_font).elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, at(left, top, room, body), name, name_font, look.color("text3" if entry.taken else "text"))
        if entry.definition:
            cut = QFontMetricsF(small).elidedText(entry.definition, Qt.TextElideMode.ElideRight, width)
            draw_text(painter, at(left, top + body, width, meta), cut, small, look.color("text3"))

    @staticmethod
    def _check(painter, place: QRectF, state: int, taken: bool) -> None:
        look = theme()
        if taken:
            paint_icon(painter, place.adjusted(1, 1, -1, -1), "check", "text3")
            return
        square = place.adjusted(1, 1, -1, -1)
        if state == OFF:
            box(painter, square, 3, look.color("surface"), look.color("strong"))
        else:
            box(painter, square, 3, look.color("petrol"))
            paint_icon(painter, square.adjusted(2, 2, -2, -2), "check" if state == ON else "minus", "on_petrol")


class _LineList(QListView):
    """The list: space or a click checks, Enter is the dialog's."""

    def __init__(self, model: LibraryModel, name: str):
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        set_role(self, "body")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { background: transparent; }")  # a dialog is raised: its own ground shows
        self.setItemDelegate(_LineDelegate(model.language, self))
        self.clicked.connect(model.toggle)

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Space:
            self.model().toggle(self.currentIndex())
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.model().check_shown()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class LibraryPicker(Dialog):
    """A model list to take from: search, groups, check boxes, and below the whole text of the entry one stands on."""

    def __init__(
        self,
        language: Language,
        title: str,
        groups: Sequence[tuple[str, Sequence[PickEntry]]],
        text: str = "",
        checked: Iterable[str] = (),
        verb: Callable[[int], str] | None = None,
        none_is_an_answer: bool = False,
        parent: QWidget | None = None,
    ):
        say = language.say
        self.language, self._verb, self._none = language, verb or self._add_words, none_is_an_answer
        self.model = LibraryModel(language, groups, checked)
        self.search = SearchBox(say("Search this list"))
        self.list = _LineList(self.model, title)
        self._nothing = Label(say("Nothing in this list holds these words."), "body", "text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setVisible(False)
        self._definition = Label("", "body", "text", wrap=True)
        self._details = Label("", "meta", "text2", wrap=True)
        self._source = Label("", "meta", "text3", wrap=True)
        about = QWidget()
        column(self._definition, self._details, self._source, None, gap=4, margins=(0, 8, 0, 0), parent=about)
        self._about = QScrollArea()
        self._about.setWidgetResizable(True)
        self._about.setFrameShape(QScrollArea.Shape.NoFrame)
        self._about.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._about.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._about.setWidget(about)
        for part in (about, self._about.viewport()):
            part.setAutoFillBackground(False)
        self._detailed = any(entry.details for _, entries in groups for entry in entries)
        self._count = Label("", "meta", "text2")
        body = QWidget()
        layout = column(self.search, 8, Hairline(), gap=0, parent=body)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(Hairline())
        layout.addWidget(self._about)
        body.setFocusProxy(self.search)
        super().__init__(title, text, self._verb(0), say("Cancel"), body=body, parent=parent)
        foot = self.layout().itemAt(self.layout().count() - 1).layout()
        foot.insertWidget(0, self._count)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.model.dataChanged.connect(lambda *_: self._tell())
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._show_about(index))
        self._search("")

    def _add_words(self, count: int) -> str:
        return self.language.say_n("Add one", "Add {n}", count) if count else self.language.say("Add")

    def chosen(self) -> list[str]:
        """The keys of what is checked, in the list's order."""
        return self.model.chosen()

    def restyle(self) -> None:
        super().restyle()
        look = theme()
        self.setMaximumWidth(look.px(680))
        if hasattr(self, "_about"):
            self._about.setFixedHeight(look.px(150 if self._detailed else 92))

    def showEvent(self, event):
        super().showEvent(event)
        look = theme()
        host = (
            self.parentWidget().window().size() if self.parentWidget() else QApplication.primaryScreen().availableSize()
        )
        self.resize(min(look.px(640), host.width() - 32), min(look.px(620), max(360, host.height() - 48)))
        if self.parentWidget():
            middle = self.parentWidget().window().frameGeometry().center()
            self.move(middle - self.rect().center())

    def eventFilter(self, watched, event):
        down = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.search and event.type() == event.Type.KeyPress and event.key() in down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _search(self, words: str) -> None:
        self.model.search(words)
        first = next((place for place, line in enumerate(self.model.lines) if line.entry), -1)
        self.list.setVisible(first >= 0)
        self._nothing.setVisible(first < 0)
        if first >= 0:
            self.list.setCurrentIndex(self.model.index(first))
            self.list.scrollToTop()
        else:
            self._show_about(QModelIndex())
        self._tell()

    def _tell(self) -> None:
        count = len(self.model.chosen())
        self._count.set_text(self.language.say_n("one checked", "{n} checked", count) if count else "")
        self.verb_button.setText(self._verb(count))
        self.verb_button.setEnabled(bool(count) or self._none)

    def _show_about(self, index: QModelIndex) -> None:
        line = index.data(LINE) if index.isValid() else None
        entry = line.entry if line else None
        self._definition.set_text(entry.definition if entry else "")
        self._details.set_text("\n".join(entry.details) if entry else "")
        self._details.setVisible(bool(entry and entry.details))
        self._source.set_text(
            self.language.say("Source: {source}", source=entry.source) if entry and entry.source else ""
        )
        self._about.verticalScrollBar().setValue(0)

    @classmethod
    def choose(
        cls,
        parent: QWidget | None,
        language: Language,
        title: str,
        groups: Sequence[tuple[str, Sequence[PickEntry]]],
        **more,
    ) -> list[str] | None:
        """Show the list; the keys that were chosen, or None when the person went back."""
        picker = cls(language, title, groups, parent=parent, **more)
        chosen = picker.chosen() if picker.exec() else None
        picker.deleteLater()
        return chosen
