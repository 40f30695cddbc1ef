"""Putting in order: the most important first, by keys or by dragging; places may be shared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyledItemDelegate, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.painting import box, draw_text, focus_ring
from tna_desktop.ui.theme import theme

from ..reading.ballots import Answer, Family
from ..results import FamilyOutcome
from .ask import Asker

RANK = "rank"
_K = Qt.Key
_NODE = 256
_RTL = Qt.LayoutDirection.RightToLeft
#: The places from the first on; nodes in one place are equally important.
Places = list[list[str]]


class RankAsker(Asker):
    """A list to be put in order. Nothing is answered until the order was touched or agreed to with Enter."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(language, parent)
        say = language.say
        self._touched = False
        self.hint = Label("", "meta", "text2", wrap=True)
        self.list = RankList(language)
        self.list.ordered.connect(self._ordered)
        self.list.agreed.connect(self._agreed)
        up = Button(say("Up"), icon="arrow-up", small=True, on_click=lambda: self._button(self.list.go_up))
        down = Button(say("Down"), icon="arrow-down", small=True, on_click=lambda: self._button(self.list.go_down))
        same = Button(say("Same place as the one above"), small=True, on_click=lambda: self._button(self.list.tie))
        for button, keys in ((up, "Alt+↑"), (down, "Alt+↓"), (same, "=")):
            button.setToolTip(keys)
        self.body.addWidget(self.hint)
        self.body.addLayout(row(up, down, same, None))
        self.body.addWidget(self.list, 1)

    def ask(self, family: Family, answers: Sequence[Answer]) -> None:
        self.family = family
        self.list.names = {node.id: node.name for node in family.nodes}
        self.show_answers(answers)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        given = {node: value for node, _, kind, value in answers if kind == RANK and value is not None}
        self._touched = bool(given)
        last = len(self.family.nodes) + 1.0
        ranks = {node.id: given.get(node.id, last if given else place) for place, node in enumerate(self.family.nodes)}
        self.list.show_places([[id for id in ranks if ranks[id] == rank] for rank in sorted(set(ranks.values()))])
        self.tell(None)

    def answers(self) -> list[Answer]:
        if not self._touched:
            return []
        found: list[Answer] = []
        before = 0
        for place in self.list.places:
            found += [(node, "", RANK, float(before + 1)) for node in place]
            before += len(place)
        return found

    def tell(self, outcome: FamilyOutcome | None) -> None:
        say = self.language.say
        if self._touched:
            self.hint.setText(say("Alt with the arrows moves a criterion, = gives it the place of the one above."))
        else:
            self.hint.setText(
                say("Nothing is answered yet. Move what matters most to the top, or press Enter if the order is right.")
            )

    def begin(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _button(self, work) -> None:
        work()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ordered(self) -> None:
        self._touched = True
        self.tell(None)
        self.changed.emit()

    def _agreed(self) -> None:
        if self._touched:
            self.finished.emit()
        else:
            self._ordered()


class RankList(QListWidget):
    """The order. ``ordered``: it is another; ``agreed``: Enter was pressed."""

    ordered = Signal()
    agreed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self.names: dict[str, str] = {}
        self.places: Places = []
        self.setAccessibleName(language.say("Order of importance"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_RankPainter(self))

    def show_places(self, places: Places, current: str | None = None) -> None:
        """Show this order, with the keyboard at ``current``."""
        self.places = [list(place) for place in places if place]
        self.clear()
        before = 0
        for place in self.places:
            for node in place:
                item = QListWidgetItem(self.names.get(node, node), self)
                item.setData(_NODE, (node, before + 1, len(place) > 1))
                said = self.language.say("place {place}", place=before + 1)
                if len(place) > 1:
                    said = self.language.say("place {place}, shared", place=before + 1)
                name = self.names.get(node, node)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole, self.language.say("{name}, {place}", name=name, place=said)
                )
                if node == current:
                    self.setCurrentItem(item)
            before += len(place)

    def current(self) -> str:
        item = self.currentItem()
        return item.data(_NODE)[0] if item is not None else ""

    def go_up(self) -> None:
        self._keep(moved(self.places, self.current(), -1))

    def go_down(self) -> None:
        self._keep(moved(self.places, self.current(), 1))

    def tie(self) -> None:
        self._keep(tied(self.places, self.current()))

    def _keep(self, places: Places) -> None:
        if places != self.places:
            self.show_places(places, self.current())
            self.ordered.emit()

    def event(self, event):
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in (_K.Key_Up, _K.Key_Down, _K.Key_Equal):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (_K.Key_Up, _K.Key_Down):
            (self.go_up if event.key() == _K.Key_Up else self.go_down)()
        elif event.key() == _K.Key_Equal or event.text() == "=":
            self.tie()
        elif event.key() in (_K.Key_Return, _K.Key_Enter) and not event.modifiers() & _CTRL:
            self.agreed.emit()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event):
        node = self.current()
        place = self.indexAt(event.position().toPoint()).row()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        order = [id for each in self.places for id in each]
        target = len(order) if place < 0 else place + int(below)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self._keep(placed(self.places, node, order[target] if target < len(order) else None))


_CTRL = Qt.KeyboardModifier.ControlModifier


def moved(places: Places, node: str, by: int) -> Places:
    """One place up (-1) or down (1); who shares a place first leaves it, to that side."""
    at = next((index for index, place in enumerate(places) if node in place), -1)
    if at < 0:
        return places
    found = [[each for each in place if each != node] for place in places]
    if found[at]:
        found.insert(at + (by > 0), [node])
    else:
        del found[at]
        found.insert(max(0, min(len(found), at + by)), [node])
    return found


def tied(places: Places, node: str) -> Places:
    """Give a node the place of the one above; who shares a place already gets one of their own again, after it."""
    at = next((index for index, place in enumerate(places) if node in place), -1)
    if at < 0:
        return places
    found = [[each for each in place if each != node] for place in places]
    if found[at]:
        found.insert(at + 1, [node])
    elif at > 0:
        found[at - 1].append(node)
        del found[at]
    else:
        return places
    return found


def placed(places: Places, node: str, before: str | None) -> Places:
    """Put a node on a place of its own, before another one; None puts it last."""
    if node == before:
        return places
    found = [rest for rest in ([each for each in place if each != node] for place in places) if rest]
    at = next((index for index, place in enumerate(found) if before in place), len(found))
    if at < len(found) and found[at][0] != before:  # between two that share a place: they part there
        cut = found[at].index(str(before))
        found[at : at + 1] = [found[at][:cut], found[at][cut:]]
        at += 1
    found.insert(at, [node])
    return found


class _RankPainter(QStyledItemDelegate):
    """The place as a number, a handle to drag, the name."""

    def __init__(self, view: RankList):
        super().__init__(view)
        self._view = view

    def sizeHint(self, option, index: QModelIndex) -> QSize:
        many = len(self._view.names) > 12
        return QSize(theme().px(120), theme().px(28 if many else 34))

    def paint(self, painter: QPainter, option, index: QModelIndex) -> None:
        look, rtl = theme(), option.direction == _RTL
        _, number, shared = index.data(_NODE)
        area = QRectF(option.rect).adjusted(1, 1, -1, -2)
        current = self._view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        box(painter, area, 6, look.color("sel2" if current else "surface"), look.color("line"))
        wide = look.px(40)
        where = QRectF(area.right() - wide if rtl else area.left(), area.top(), wide, area.height())
        words = self._view.language.number(number)
        text = self._view.language.say("= {place}", place=words) if shared else words
        draw_text(painter, where, text, font("body_strong"), look.color("petrol_ink" if shared else "text2"), "center")
        side, pad = look.px(16), look.px(10)
        handle = area.left() + pad if rtl else area.right() - pad - side
        paint_icon(painter, QRectF(handle, area.center().y() - side / 2, side, side), "dots-six-vertical", "text3")
        rest = area.adjusted(side + 2 * pad, 0, -wide, 0) if rtl else area.adjusted(wide, 0, -side - 2 * pad, 0)
        name = QFontMetricsF(font("body_medium")).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, rest.width()
        )
        draw_text(painter, rest, name, font("body_medium"), look.color("text"))
        if current and self._view.hasFocus():
            focus_ring(painter, area, 6)
        painter.restore()
