"""The ranking as rows: rank, name, a bar by branch, what is still open, and the line at which the shortlist ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from tna_desktop.charts.drawing import mixed
from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import chip_size, paint_chip
from tna_desktop.ui.painting import KeyboardFocus, box, draw_text, focus_ring, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..models import ROW, RankingModel
from ..results import RankedTechnology, Ranking

SIDE, RANK, CHECK, BAR = 24, 36, 30, 19
ROW_HIGH, ROW_HIGHEST, LINE_ROOM, GAP = 42, 60, 20, 1.5
_K = Qt.Key


def rank_text(each: RankedTechnology, language: Language) -> str:
    if each.rank is None:
        return DASH
    number = language.number(each.rank)
    return language.say("{rank}=", rank=number) if each.tied else number


def row_words(each: RankedTechnology, language: Language) -> str:
    """A row in one sentence, for the screen reader."""
    say = language.say
    if each.failed:
        text = say("{name}: not ranked, did not pass {gates}", name=each.name, gates=language.listing(each.failed))
    elif each.value is not None:
        rank = rank_text(each, language)
        text = say("Rank {rank}: {name}, {points} points of 100", rank=rank, name=each.name, points=language.number(each.value, 1))
    elif each.value_low is not None and each.value_high is not None:
        text = say("No rank: {name}, between {low} and {high} points, {unknown}", name=each.name, low=language.number(each.value_low, 0),
                   high=language.number(each.value_high, 0), unknown=unknown_words(each, language))  # fmt: skip
    else:
        text = say("No rank: {name}, not scored", name=each.name)
    return say("{row}, on the shortlist", row=text) if each.shortlisted else text


def unknown_words(each: RankedTechnology, language: Language) -> str:
    return language.say_n("one score unknown", "{n} scores unknown", each.unknown)


class RankingView(QListView):
    """The rows. ``moved`` tells a new end of the shortlist, ``toggled`` one technology, ``opened`` whose scores to show."""

    moved = Signal(int)
    toggled = Signal(str)
    opened = Signal(str)

    def __init__(self, model: RankingModel, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self.ranking: Ranking | None = None
        self.cut = 0
        self._from: dict[str, float] = {}
        self._part = 1.0
        self._hot: tuple[str, str] | None = None
        self.setModel(model)
        self.setItemDelegate(RankingPainter(self))
        self.setAccessibleName(language.say("Ranking of technologies"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.handle = ShortlistHandle(self)
        self.handle.steps.connect(self._step)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.valueChanged.connect(self._moving)
        self._motion.finished.connect(self._arrived)

    # What is shown -----------------------------------------------------------------------------------

    def show_ranking(self, ranking: Ranking) -> None:
        """Show a ranking; rows that change places glide there."""
        model: RankingModel = self.model()
        before = {row.id: self.visualRect(model.index(at)).top() for at, row in enumerate(model.rows)}
        order = [row.id for row in model.rows]
        self.ranking, self.cut = ranking, ranking.cut
        model.load(ranking)
        self.relayout()
        after = [row.id for row in model.rows]
        if self.isVisible() and order and order != after and theme().duration(240):
            tops = {id: self.visualRect(model.index(at)).top() for at, id in enumerate(after)}
            self._from = {id: before[id] - tops[id] for id in after if id in before and before[id] != tops[id]}
            self._motion.stop()
            self._motion.setDuration(theme().duration(240))
            self._motion.start()

    def relayout(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.place_handle()
        self.viewport().update()

    def restyle(self) -> None:
        self.handle.adjustSize()
        self.relayout()

    def offset(self, id: str) -> float:
        """How far a row is from its place while rows glide."""
        return self._from.get(id, 0.0) * (1 - self._part) if self._from else 0.0

    def _moving(self, part: float) -> None:
        self._part = 1 - (1 - part) ** 3
        self.viewport().update()

    def _arrived(self) -> None:
        self._from, self._part = {}, 1.0
        self.viewport().update()

    # Measures ----------------------------------------------------------------------------------------

    def row_height(self) -> int:
        look, rows = theme(), max(1, self.model().rowCount())
        return max(look.px(ROW_HIGH), min(look.px(ROW_HIGHEST), (self.viewport().height() - look.px(LINE_ROOM)) // rows))

    def columns(self) -> Columns:
        return Columns(self.viewport().width())

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.relayout()

    def scrollContentsBy(self, dx, dy):
        super().scrollContentsBy(dx, dy)
        self.place_handle()

    # The end of the shortlist ------------------------------------------------------------------------

    def line_y_wanted(self) -> bool:
        return self.ranking is not None and bool(self.ranking.ranked)

    def line_y(self) -> int | None:
        """Where the line is painted, or None while nothing is ranked."""
        if not self.line_y_wanted():
            return None
        half = theme().px(LINE_ROOM) // 2
        if self.cut == 0:
            return self.visualRect(self.model().index(0)).top() + half
        return self.visualRect(self.model().index(self.cut - 1)).bottom() - half

    def place_handle(self) -> None:
        y = self.line_y()
        self.handle.setVisible(y is not None)
        if y is None:
            return
        self.handle.say()
        self.handle.adjustSize()
        width = self.viewport().width()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self.columns()
        left = at.bar + at.bar_width * 0.62
        place = mirrored_rect(QRectF(left, y - self.handle.height() / 2, self.handle.width(), self.handle.height()), width, rtl)
        self.handle.move(place.topLeft().toPoint())

    def preview(self, cut: int) -> None:
        """Show the line elsewhere, without deciding."""
        cut = max(0, min(cut, len(self.ranking.ranked) if self.ranking else 0))
        if cut != self.cut:
            self.cut = cut
            self.relayout()

    def drag_to(self, y: float) -> None:
        rows = len(self.ranking.ranked) if self.ranking else 0
        high = self.row_height()
        top = self.visualRect(self.model().index(0)).top() if rows else 0
        self.preview(round((y - top) / high))

    def drop(self) -> None:
        if self.ranking is not None and self.cut != self.ranking.cut:
            self.moved.emit(self.cut)

    def _step(self, steps: int) -> None:
        self.preview(self.cut + steps)
        self.drop()

    # Keys and mouse ----------------------------------------------------------------------------------

    def current(self) -> RankedTechnology | None:
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event):
        row = self.current()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (_K.Key_Up, _K.Key_Down):
            self._step(-1 if event.key() == _K.Key_Up else 1)
        elif row is not None and event.key() == _K.Key_Space:
            self.toggled.emit(row.id)
        elif row is not None and event.key() in (_K.Key_Return, _K.Key_Enter):
            self.opened.emit(row.id)
        else:
            super().keyPressEvent(event)

    def part_at(self, where: QPointF) -> tuple[str, str] | None:
        """What lies under the pointer: the number or the check of a row."""
        index = self.indexAt(where.toPoint())
        if not index.isValid():
            return None
        row: RankedTechnology = index.data(ROW)
        painter: RankingPainter = self.itemDelegate()
        rect = QRectF(self.visualRect(index))
        if painter.check_rect(rect).contains(where):
            return row.id, "check"
        number = painter.number_rect(rect, row)
        return (row.id, "number") if number is not None and number.contains(where) else None

    def mouseMoveEvent(self, event):
        super().mouseMoveEvent(event)
        hot = self.part_at(event.position())
        if hot != self._hot:
            self._hot = hot
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mousePressEvent(self, event):
        super().mousePressEvent(event)
        part = self.part_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if part is not None:
            (self.toggled if part[1] == "check" else self.opened).emit(part[0])

    def is_hot(self, id: str, part: str) -> bool:
        return self._hot == (id, part)

    def viewportEvent(self, event):
        if event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            row = index.data(ROW) if index.isValid() else None
            self.viewport().setToolTip(self._tip(row, event.pos().toPointF()) if row else "")
        return super().viewportEvent(event)

    def _tip(self, row: RankedTechnology, where: QPointF) -> str:
        part = self.part_at(where)
        if part and part[1] == "number":
            return self.language.say("Show the scores of {name}", name=row.name)
        if row.shortlist_reason:
            return self.language.say("{name}: {reason}", name=row.name, reason=row.shortlist_reason)
        return row_words(row, self.language)

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        super().paintEvent(event)
        y = self.line_y()
        if y is None:
            return
        painter = start(self.viewport())
        pen = QPen(theme().color("petrol"), 1.5)
        pen.setDashPattern([4, 2.5])
        painter.setPen(pen)
        side = theme().px(SIDE)
        painter.drawLine(QPointF(side, y), QPointF(self.viewport().width() - side, y))


class Columns:
    """Where the columns begin, measured from the start side; one rule for head and rows."""

    def __init__(self, width: int):
        look = theme()
        self.width = width
        self.rank = look.px(SIDE)
        self.name = self.rank + look.px(RANK)
        narrow = width < look.px(760)
        self.name_width = look.px(170) if narrow else min(look.px(320), max(look.px(214), int(width * 0.22)))
        self.bar = self.name + self.name_width + look.px(12)
        self.check = width - look.px(SIDE) - look.px(CHECK)
        self.bar_width = max(80.0, min(look.px(620), self.check - self.bar - look.px(56)))
        # A bar grows no further than that: the room beyond shows the sector, then the reason for the choice.
        beyond = self.check - self.bar - self.bar_width - look.px(80)
        self.sector_width = min(look.px(220), beyond) if beyond >= look.px(140) else 0
        self.reason_width = beyond - self.sector_width - look.px(16) if beyond - self.sector_width >= look.px(160) else 0
        self.sector = self.bar + self.bar_width + look.px(68)
        self.reason = self.sector + self.sector_width + look.px(16)
        self.bar_end = self.sector - look.px(12) if self.sector_width else self.check


class RankingPainter(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, view: RankingView):
        super().__init__(view)
        self._view = view

    def sizeHint(self, option, index):
        high, at = self._view.row_height(), index.row()
        if at == self._view.cut - 1 or (self._view.cut == 0 and at == 0 and self._view.line_y_wanted()):
            high += theme().px(LINE_ROOM)
        return QSize(100, high)

    def _body(self, rect: QRectF, row: int) -> QRectF:
        """The row without the room of the line."""
        room = theme().px(LINE_ROOM)
        if row == self._view.cut - 1:
            return rect.adjusted(0, 0, 0, -room)
        if self._view.cut == 0 and row == 0 and self._view.line_y_wanted():
            return rect.adjusted(0, room, 0, 0)
        return rect

    def _at(self, rect: QRectF, left: float, width: float) -> QRectF:
        rtl = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = mirrored_rect(QRectF(left, 0, width, rect.height()), self._view.viewport().width(), rtl)
        return inner.translated(0, rect.top())

    def check_rect(self, rect: QRectF) -> QRectF:
        index = self._view.indexAt(rect.center().toPoint())
        return self._at(self._body(rect, index.row()), self._view.columns().check, theme().px(CHECK))

    def number_rect(self, rect: QRectF, row: RankedTechnology) -> QRectF | None:
        """Where the value stands, beside its bar."""
        if row.value is None:
            return None
        at = self._view.columns()
        index = self._view.indexAt(rect.center().toPoint())
        left = at.bar + row.value / 100 * at.bar_width + 4
        width = text_width(self._view.language.number(row.value, 0), font("body_strong")) + 12
        return self._at(self._body(rect, index.row()), left, width)

    def paint(self, painter: QPainter, option, index: QModelIndex):
        look, view = theme(), self._view
        row: RankedTechnology = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(view.layoutDirection())
        painter.translate(0, view.offset(row.id))
        rect = self._body(QRectF(option.rect), index.row())
        current = index == view.currentIndex()
        if current:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.color("sel2"))
        if index.row() != view.cut - 1:
            painter.fillRect(QRectF(look.px(SIDE), rect.bottom() - 1, rect.width() - 2 * look.px(SIDE), 1), look.color("line"))
        at = view.columns()
        language, strong = view.language, row.shortlisted
        rank_ink = "petrol_ink" if strong else "text3"
        draw_text(painter, self._at(rect, at.rank, look.px(RANK)), rank_text(row, language), font("stage"), look.color(rank_ink))
        self._name(painter, self._at(rect, at.name, at.name_width), row, strong)
        self._bar(painter, rect, at, row, strong)
        for text, left, width in ((row.sector, at.sector, at.sector_width), (row.shortlist_reason, at.reason, at.reason_width)):
            if text and width:
                shown = QFontMetricsF(font("meta")).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
                draw_text(painter, self._at(rect, left, width), shown, font("meta"), look.color("text2"))
        self._check(painter, self._at(rect, at.check, look.px(CHECK)), row)
        if current and view.hasFocus():
            focus_ring(painter, rect.adjusted(look.px(12), 1, -look.px(12), -2), 4)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, area: QRectF, row: RankedTechnology, strong: bool) -> None:
        face = font("body_strong" if strong else "body")
        text = QFontMetricsF(face).elidedText(row.name, Qt.TextElideMode.ElideRight, area.width())
        ink = "text" if strong else "text3" if row.failed else "text2"
        draw_text(painter, area, text, face, theme().color(ink))

    def _bar(self, painter: QPainter, rect: QRectF, at: Columns, row: RankedTechnology, strong: bool) -> None:
        look, language = theme(), self._view.language
        thick = look.px(BAR)
        bar = QRectF(0, rect.center().y() - thick / 2, 0, thick)

        def along(left: float, width: float) -> QRectF:
            place = self._at(rect, at.bar + left, width)
            return QRectF(place.left(), bar.top(), place.width(), thick)

        if row.failed:
            words = language.say("Not ranked, did not pass: {gates}", gates=language.listing(row.failed))
            side = look.px(15)
            paint_icon(painter, QRectF(self._at(rect, at.bar, side).left(), rect.center().y() - side / 2, side, side), "x-circle", "text3")
            self._words(painter, rect, at, at.bar + look.px(22), words, "text3")
            return
        scale, x = at.bar_width / 100, 0.0
        colors = part_colors(look.dark)
        for place, part in enumerate(row.parts):
            length = part * scale
            if length > 0:
                color = colors[min(place, len(colors) - 1)]
                color = color if strong else mixed(color, look.hex("bg"), 0.6)
                painter.fillRect(along(x, length - GAP if length > 2 * GAP else length), QColor(color))
            x += length
        if row.value is not None:
            text = language.number(row.value, 0)
            hot = self._view.is_hot(row.id, "number")
            width = text_width(text, font("stage"))
            draw_text(painter, self._at(rect, at.bar + x + 8, width), text, font("stage"), look.color("petrol" if hot else "text"))
            if hot:
                under = self._at(rect, at.bar + x + 8, width)
                painter.fillRect(QRectF(under.left(), rect.center().y() + line_height("stage") / 2 - 2, width, 1), look.color("petrol"))
            self._remark(painter, rect, at, at.bar + x + 8 + width + look.px(14), row)
        elif row.value_low is not None and row.value_high is not None:
            length = (row.value_high - row.value_low) * scale
            paint_open(painter, along(x, length))
            unknown = unknown_words(row, language)
            words = language.say("no rank: {unknown}", unknown=unknown)
            left = at.bar + x + length + 10
            if left + text_width(words, font("meta")) > at.bar_end - 12:
                # No room beside a long range: the words stand on it, on ground of their own.
                width = text_width(words, font("meta")) + 12
                area = self._at(rect, max(at.bar, at.bar_end - 12 - width), width)
                ground = QRectF(area.left(), rect.center().y() - look.px(9), area.width(), look.px(18))
                box(painter, ground, 4, look.color("bg"))
                draw_text(painter, area, words, font("meta"), look.color("text2"), "center")
            else:
                self._words(painter, rect, at, left, words, "text2")
        else:
            self._words(painter, rect, at, at.bar, language.say("not scored"), "text3")

    def _words(self, painter: QPainter, rect: QRectF, at: Columns, left: float, text: str, tone: str) -> None:
        room = at.bar_end - left - 12
        shown = QFontMetricsF(font("meta")).elidedText(text, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, self._at(rect, left, room), shown, font("meta"), theme().color(tone))

    def _remark(self, painter: QPainter, rect: QRectF, at: Columns, left: float, row: RankedTechnology) -> None:
        """A departure from the ranking in words, amber as long as nobody wrote why."""
        view, say = self._view, self._view.language.say
        place = view.model().row_of(row.id)
        if view.ranking is None or view.cut != view.ranking.cut or row.shortlisted == (place < view.cut):
            return
        text = say("chosen too") if row.shortlisted else say("left out")
        size = chip_size(text)
        if left + size.width() < at.bar_end:
            area = self._at(rect, left, size.width())
            chip = QRectF(area.left(), rect.center().y() - size.height() / 2, size.width(), size.height())
            paint_chip(painter, chip, text, "petrol" if row.shortlist_reason else "amber")

    def _check(self, painter: QPainter, area: QRectF, row: RankedTechnology) -> None:
        look = theme()
        side = look.px(18)
        square = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        if row.shortlisted:
            box(painter, square, 3, look.color("petrol"))
            paint_icon(painter, square.adjusted(2, 2, -2, -2), "check", "on_petrol")
        else:
            hot = self._view.is_hot(row.id, "check")
            box(painter, square, 3, look.color("surface"), look.color("petrol" if hot else "strong"))


def paint_open(painter: QPainter, area: QRectF) -> None:
    """What a value can still become: hatched, with a bar at either end."""
    if area.width() < 1:
        return
    look = theme()
    ink = look.color("text3")
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(ink, 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += 6
    painter.restore()
    box(painter, area, 0, None, ink, 1.0)
    for end in (area.left(), area.right() - 1.5):
        painter.fillRect(QRectF(end, area.top() - 3, 1.5, area.height() + 6), ink)


class ShortlistHandle(KeyboardFocus, QWidget):
    """The pill on the line: drag it, or press Up and Down."""

    steps = Signal(int)

    def __init__(self, view: RankingView):
        super().__init__(view.viewport())
        self._view, self._text, self._grip = view, "", None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setToolTip(view.language.say("Drag the line, or press the up and down arrows"))

    def say(self) -> None:
        language, cut = self._view.language, self._view.cut
        ranking = self._view.ranking
        text = language.say_n("Shortlist: the first one", "Shortlist: first {n}", cut) if cut else language.say("Shortlist: drag the line down")
        if ranking is not None and cut == ranking.cut:
            left_out = sum(not each.shortlisted for each in ranking.ranked[:cut])
            more = sum(each.shortlisted for each in ranking.technologies) - (cut - left_out)
            if more:
                text = language.say("{shortlist}, {n} more", shortlist=text, n=more)
            if left_out:
                text = language.say("{shortlist}, {n} left out", shortlist=text, n=left_out)
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self):
        look = theme()
        return QSize(int(text_width(self._text, font("label"))) + look.px(44), look.px(22))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        area = QRectF(self.rect())
        box(painter, area, area.height() / 2, look.color("petrol"))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        words = mirrored_rect(QRectF(look.px(13), 0, area.width() - look.px(40), area.height()), area.width(), rtl)
        draw_text(painter, words, self._text, font("label"), look.color("on_petrol"))
        side = look.px(10)
        for name, lead in (("arrow-down", 27), ("arrow-up", 21)):
            place = mirrored_rect(QRectF(area.width() - look.px(lead), (area.height() - side) / 2, side, side), area.width(), rtl)
            paint_icon(painter, place, name, "on_petrol")
        if self.ring:
            focus_ring(painter, area.adjusted(2, 2, -2, -2), area.height() / 2 - 2, "bg")
            focus_ring(painter, area, area.height() / 2, "text")

    def keyPressEvent(self, event):
        if event.key() in (_K.Key_Up, _K.Key_Down) and not event.modifiers():
            self.steps.emit(-1 if event.key() == _K.Key_Up else 1)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().y()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event):
        if self._grip is not None:
            self._view.drag_to(self._view.viewport().mapFromGlobal(event.globalPosition()).y())

    def mouseReleaseEvent(self, event):
        if self._grip is not None:
            self._grip = None
            self._view.drop()
