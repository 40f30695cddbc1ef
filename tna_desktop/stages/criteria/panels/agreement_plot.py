"""One criterion large: a line for each group's share, where it stood the round before, and the agreed tick to drag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font
from tna_desktop.ui.painting import box, draw_text, start
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.theme import theme

from .agreement_page import DisputedCriterion, Voice
from .strip import along

_AXIS, _FOOT, _NAME, _NUMBER, _SHAPE = 20, 22, 124, 46, 14
#: How high a group's line is at most.
_MOST = 38
#: How near the tick one must press to take hold of it, in pixels at 100 %.
_REACH = 10


class VoicesPlot(QWidget):
    """Groups below each other on one axis from 0 to ``top``. ``moved`` tells the share while the tick is dragged."""

    moved = Signal(float)
    let_go = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._criterion: DisputedCriterion | None = None
        self._top, self._ticks = 1.0, ()  # type: float, tuple[float, ...]
        self._share: float | None = None
        self._may_drag = self._dragging = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # What is shown -----------------------------------------------------------------------------------

    def show_criterion(
        self, criterion: DisputedCriterion | None, top: float, ticks: Sequence[float], may_drag: bool
    ) -> None:
        self._criterion, self._top, self._ticks, self._may_drag = criterion, top, tuple(ticks), may_drag
        self._share = criterion.agreed if criterion else None
        self.setAccessibleName(self.in_words())
        self.restyle()
        self.update()

    def show_share(self, share: float | None) -> None:
        """Where the agreed tick stands now: as it was, or as it is being typed or dragged."""
        self._share = share
        self.setAccessibleName(self.in_words())
        self.update()

    def in_words(self) -> str:
        each, language = self._criterion, self.language
        if each is None:
            return ""
        said = []
        for voice in each.voices:
            values = {"group": voice.name, "share": language.percent(voice.share)}
            if voice.before is not None:
                said.append(
                    language.say("{group} {share}, before {before}", before=language.percent(voice.before), **values)
                )
            else:
                said.append(language.say("{group} {share}", **values))
        if self._share is not None:
            said.append(language.say("agreed {share}", share=language.percent(self._share)))
        return language.listing(said)

    def sizeHint(self):
        look = theme()
        count = len(self._criterion.voices) if self._criterion else 0
        return QSize(look.px(420), look.px(_AXIS + _FOOT) + count * self._least())

    def minimumSizeHint(self):
        return QSize(theme().px(300), self.sizeHint().height())

    def _least(self) -> int:
        """How high one group's line is at least: closer together where there are many."""
        return theme().px(22 if self._criterion and len(self._criterion.voices) > 6 else 26)

    def _line(self) -> int:
        """How high one group's line is: a large window gives it more room."""
        count = len(self._criterion.voices) if self._criterion else 0
        room = (self.height() - theme().px(_AXIS + _FOOT)) // count if count else 0
        return max(self._least(), min(theme().px(_MOST), room))

    def restyle(self) -> None:
        count = len(self._criterion.voices) if self._criterion else 0
        self.setMaximumHeight(theme().px(_AXIS + _FOOT) + max(1, count) * theme().px(_MOST))
        self.updateGeometry()

    # Dragging ----------------------------------------------------------------------------------------

    def _area(self) -> QRectF:
        """Where the axis runs: between the names and the numbers."""
        look, rtl = theme(), self._rtl()
        before, after = look.px(_NAME + 12), look.px(_NUMBER + 12)
        left, right = (after, before) if rtl else (before, after)
        count = len(self._criterion.voices) if self._criterion else 0
        return QRectF(left, look.px(_AXIS), max(1, self.width() - left - right), count * self._line())

    def _rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def tick_at(self) -> float | None:
        """Where the agreed tick stands, across."""
        return None if self._share is None else along(self._area(), self._share, self._top, self._rtl())

    def _near(self, x: float) -> bool:
        tick = self.tick_at()
        return self._may_drag and tick is not None and abs(x - tick) <= theme().px(_REACH)

    def mousePressEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton and self._near(event.position().x()):
            self._dragging = True
            self._follow(event.position().x())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event):
        if self._dragging:
            self._follow(event.position().x())
            return
        near = self._near(event.position().x())
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event):
        if self._dragging:
            self._dragging = False
            self.let_go.emit()
            return
        super().mouseReleaseEvent(event)

    def _follow(self, x: float) -> None:
        """The share under the pointer, in steps of half a point."""
        area = self._area()
        part = (area.right() - x if self._rtl() else x - area.left()) / area.width()
        self._share = round(min(1.0, max(0.0, part)) * self._top * 200) / 200
        self.moved.emit(self._share)
        self.update()

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        each = self._criterion
        if each is None:
            return
        look, painter, area, rtl = theme(), start(self), self._area(), self._rtl()
        painter.setLayoutDirection(self.layoutDirection())
        self._axis(painter, area, rtl)
        ends = [along(area, voice.share, self._top, rtl) for voice in (each.lowest, each.highest)]
        pad = look.px(9)
        band = QRectF(min(ends) - pad, area.top(), abs(ends[1] - ends[0]) + 2 * pad, area.height())
        box(painter, band, 6, look.color("amber", 34))
        high = self._line()
        for number, voice in enumerate(sorted(each.voices, key=lambda one: -one.share)):
            self._voice(painter, area, voice, area.top() + number * high, high, rtl)
        self._tick(painter, area, rtl)

    def _axis(self, painter: QPainter, area: QRectF, rtl: bool) -> None:
        look, wide = theme(), theme().px(44)
        for share in self._ticks:
            x = round(along(area, share, self._top, rtl))
            painter.fillRect(QRectF(x, area.top(), 1, area.height()), look.color("line"))
            words = QRectF(x - wide / 2, 0, wide, look.px(_AXIS) - 3)
            draw_text(painter, words, self.language.percent(share), font("smallest"), look.color("text3"), "center")

    def _voice(self, painter: QPainter, area: QRectF, voice: Voice, top: float, high: float, rtl: bool) -> None:
        look, each = theme(), self._criterion
        assert each is not None
        name_wide, number_wide, side = look.px(_NAME), look.px(_NUMBER), look.px(_SHAPE)
        end = voice.group in (each.lowest.group, each.highest.group)
        role, ink = ("body_strong", "text") if end else ("body", "text2")
        cut = QFontMetricsF(font(role)).elidedText(voice.name, Qt.TextElideMode.ElideRight, name_wide)
        name = QRectF(self.width() - name_wide, top, name_wide, high) if rtl else QRectF(0, top, name_wide, high)
        draw_text(painter, name, cut, font(role), look.color(ink))
        number = (
            QRectF(0, top, number_wide, high) if rtl else QRectF(self.width() - number_wide, top, number_wide, high)
        )
        draw_text(painter, number, self.language.percent(voice.share), font(role), look.color(ink), "end")
        middle, x = top + high / 2, along(area, voice.share, self._top, rtl)
        painter.fillRect(QRectF(area.left(), round(middle), area.width(), 1), look.color("line"))
        if voice.before is not None:
            was = along(area, voice.before, self._top, rtl)
            mark = QRectF(was - side / 2 + 1, middle - side / 2 + 1, side - 2, side - 2)
            if abs(x - was) > side:
                self._arrow(painter, was, x, middle, side)
            paint_shape(painter, voice.group, mark, filled=False)
        paint_shape(painter, voice.group, QRectF(x - side / 2, middle - side / 2, side, side), halo=True)

    @staticmethod
    def _arrow(painter: QPainter, was: float, now: float, y: float, side: float) -> None:
        """From where a group stood before to where it stands now."""
        look, way = theme(), 1 if now > was else -1
        tip, tail = now - way * (side / 2 + 2), was + way * side / 2
        painter.setPen(QPen(look.color("text2"), 1.5))
        painter.drawLine(QPointF(tail, y), QPointF(tip - way * 3, y))
        head = look.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("text2"))
        painter.drawPolygon(
            QPolygonF(
                [QPointF(tip, y), QPointF(tip - way * head, y - head * 0.7), QPointF(tip - way * head, y + head * 0.7)]
            )
        )

    def _tick(self, painter: QPainter, area: QRectF, rtl: bool) -> None:
        """The agreed share: a line through all groups, with its number below and a grip where it can be dragged."""
        if self._share is None:
            return
        look = theme()
        x = along(area, self._share, self._top, rtl)
        painter.fillRect(QRectF(round(x) - 1, area.top() - 3, 2, area.height() + 7), look.color("text"))
        words = self.language.say("agreed {share}", share=self.language.percent(self._share, 1))
        wide = QFontMetricsF(font("label")).horizontalAdvance(words) + look.px(22)
        left = min(max(0.0, x - wide / 2), self.width() - wide)
        pill = QRectF(left, area.bottom() + 3, wide, look.px(_FOOT) - 4)
        box(painter, pill, 6, look.color("text"))
        draw_text(painter, pill, words, font("label"), look.color("bg"), "center")
