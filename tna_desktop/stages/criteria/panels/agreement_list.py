"""The disputed criteria as a list, the widest spread first: name, points apart, the lowest and the highest voice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height, ready_for
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import draw_text, focus_ring
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.theme import theme

from .agreement_page import DisputedCriterion, Voice

DISPLAY, TOOLTIP, ACCESSIBLE_TEXT = 0, 3, 11
CRITERION = 257
_SIDE, _PAD, _SHAPE = 24, 14, 12


class DisputedModel(QAbstractListModel):
    """One row for each disputed criterion."""

    def __init__(self, language: Language, parent=None):  # type: ignore[no-untyped-def]
        super().__init__(parent)
        self.language = language
        self.criteria: tuple[DisputedCriterion, ...] = ()

    def show_criteria(self, criteria: Sequence[DisputedCriterion]) -> None:
        self.beginResetModel()
        self.criteria = tuple(criteria)
        for each in self.criteria:
            ready_for(each.name)
        self.endResetModel()

    def row_of(self, id: str | None) -> int:
        return next((place for place, each in enumerate(self.criteria) if each.id == id), -1)

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.criteria)

    def flags(self, index):
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        each = self.criteria[index.row()]
        if role == CRITERION:
            return each
        if role in (DISPLAY, TOOLTIP):
            return each.name
        if role == ACCESSIBLE_TEXT:
            return self._in_words(each)
        return None

    def _in_words(self, each: DisputedCriterion) -> str:
        values = {
            "name": each.name,
            "points": self.language.number(each.spread),
            "low": each.lowest.name,
            "low_share": self.language.percent(each.lowest.share),
            "high": each.highest.name,
            "high_share": self.language.percent(each.highest.share),
        }
        if each.settled:
            return self.language.say(
                "{name}, {points} points apart, {low} {low_share}, {high} {high_share}, settled", **values
            )
        return self.language.say("{name}, {points} points apart, {low} {low_share}, {high} {high_share}", **values)


class DisputedList(QListView):
    """Up and down choose, Enter goes to the weight, the page keys scroll what stands beside the list."""

    entered = Signal()
    paged = Signal(int)

    def __init__(self, model: DisputedModel, name: str):
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setItemDelegate(_Painter(model.language, self))
        self.setMouseTracking(True)

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.entered.emit()
            return
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():
            self.paged.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event):
        super().focusInEvent(event)
        self.viewport().update()


class _Painter(QStyledItemDelegate):
    """Two lines: the name with the points apart at the end; below the two voices that lie farthest apart."""

    def __init__(self, language: Language, view: DisputedList):
        super().__init__(view)
        self.language, self.view = language, view

    def sizeHint(self, option, index):
        look = theme()
        lines = 2 if self._name_lines(index, self.view.viewport().width()) > 1 else 1
        return QSize(200, look.px(22) + lines * line_height("body") + line_height("meta") + look.px(4))

    def _room(self, width: float) -> float:
        """How wide a name may be: beside it stand the points."""
        look = theme()
        return width - look.px(_SIDE + _PAD) - look.px(74)

    def _name_lines(self, index, width: float) -> int:
        words = QFontMetricsF(font("body_strong")).horizontalAdvance(str(index.data(DISPLAY)))
        return 2 if words > self._room(width) else 1

    def paint(self, painter: QPainter, option, index):
        look, each = theme(), index.data(CRITERION)
        area = QRectF(option.rect)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        chosen = index == self.view.currentIndex()
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if chosen:
            painter.fillRect(option.rect, look.color("sel2"))
            bar = (
                QRectF(area.right() - 3, area.top(), 3, area.height())
                if rtl
                else QRectF(area.left(), area.top(), 3, area.height())
            )
            painter.fillRect(bar, look.color("petrol"))
        painter.fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1, look.color("line"))

        def at(left: float, top: float, width: float, height: float) -> QRectF:
            inner = mirrored_rect(QRectF(left, top, width, height), area.width(), rtl)
            return inner.translated(area.left(), area.top())

        left, body, meta = look.px(_SIDE), line_height("body"), line_height("meta")
        lines, room, top = self._name_lines(index, area.width()), self._room(area.width()), look.px(11)
        strong = font("body_strong")
        for number, words in enumerate(_wrapped(each.name, QFontMetricsF(strong), room, lines)):
            draw_text(painter, at(left, top + number * body, room, body), words, strong, look.color("text"))
        end = look.px(74)
        self._points(painter, at(area.width() - look.px(_PAD) - end, top, end, body), each, rtl)
        self._ends(painter, at, each, left, top + lines * body + look.px(4), area.width() - left - look.px(_PAD), meta)
        if chosen and self.view.hasFocus():
            focus_ring(painter, area.adjusted(2, 1, -2, -2), 4)
        painter.restore()

    def _points(self, painter: QPainter, area: QRectF, each: DisputedCriterion, rtl: bool) -> None:
        look, side = theme(), theme().px(15)
        words = self.language.say_n("{n} point", "{n} points", each.spread)
        ink = "text2" if each.settled else "amber_ink"
        draw_text(painter, area, words, font("label"), look.color(ink), "end")
        wide = QFontMetricsF(font("label")).horizontalAdvance(words) + side + look.px(5)
        x = area.left() + wide - side if rtl else area.right() - wide
        name, token = ("check-circle-fill", "petrol") if each.settled else ("warning-fill", "amber_icon")
        paint_icon(painter, QRectF(x, area.center().y() - side / 2, side, side), name, token)

    def _ends(self, painter, at, each: DisputedCriterion, left: float, top: float, width: float, high: float) -> None:
        """Side by side: each as wide as its words, the longer one cut where both do not fit."""
        gap = theme().px(14)
        first, second = self._wide(each.lowest), self._wide(each.highest)
        if first + second + gap > width:
            half = (width - gap) / 2
            first = min(first, max(half, width - gap - second))
            second = width - gap - first
        self._voice(painter, at(left, top, first, high), each.lowest)
        self._voice(painter, at(left + first + gap, top, second, high), each.highest)

    def _wide(self, voice: Voice) -> float:
        look = theme()
        name = QFontMetricsF(font("meta")).horizontalAdvance(voice.name)
        share = QFontMetricsF(font("label")).horizontalAdvance(self.language.percent(voice.share))
        return look.px(_SHAPE + 6 + 6 + 1) + name + share

    def _voice(self, painter: QPainter, area: QRectF, voice: Voice) -> None:
        look, side = theme(), theme().px(_SHAPE)
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = area.right() - side if rtl else area.left()
        paint_shape(painter, voice.group, QRectF(x, area.center().y() - side / 2, side, side))
        gap = side + look.px(6)
        words = area.adjusted(0, 0, -gap, 0) if rtl else area.adjusted(gap, 0, 0, 0)
        share = self.language.percent(voice.share)
        meta, strong = QFontMetricsF(font("meta")), QFontMetricsF(font("label"))
        number = strong.horizontalAdvance(share) + look.px(5)
        name = meta.elidedText(voice.name, Qt.TextElideMode.ElideRight, words.width() - number)
        draw_text(painter, words, name, font("meta"), look.color("text2"))
        used = meta.horizontalAdvance(name) + look.px(5)
        rest = words.adjusted(0, 0, -used, 0) if rtl else words.adjusted(used, 0, 0, 0)
        draw_text(painter, rest, share, font("label"), look.color("text"))


def _wrapped(text: str, metrics: QFontMetricsF, width: float, lines: int) -> list[str]:
    """The text on at most so many lines; only the last one may be cut."""
    if lines == 1:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    words, first = text.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]
