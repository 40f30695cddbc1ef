"""The ranking as rows: rank, name, a bar by branch, what is still open, and the line at which the shortlist ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import KeyboardFocus, box, draw_text, focus_ring, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..models import ROW, RankingModel
from ..ranking_words import of_hundred
from ..results import RankedTechnology, Ranking
from ..results_robustness import Robustness
from .ranking_painting import LINE_ROOM, SIDE, Columns, RankingPainter, merged, row_words

ROW_HIGH, ROW_HIGHEST = 42, 60
_K = Qt.Key


class RankingView(QListView):
    """The rows. ``moved`` tells a new end of the shortlist, ``toggled`` one technology, ``opened`` whose scores to show."""

    moved = Signal(int)
    toggled = Signal(str)
    opened = Signal(str)

    def __init__(self, model: RankingModel, language: Language, parent: QWidget | None = None, locked: bool = False):
        """``locked``: the rows are only shown; nothing is chosen here, and no line is drawn."""
        super().__init__(parent)
        self.language, self.rows, self.locked = language, model, locked
        self.sure: Robustness | None = None
        self.places = 0
        self.ranking: Ranking | None = None
        self.cut = 0
        self._from: dict[str, float] = {}
        self._part = 1.0
        self._hot: tuple[str, str] | None = None
        self.setModel(model)
        self.painter = RankingPainter(self)
        self.setItemDelegate(self.painter)
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
        model = self.rows
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

    def show_trials(self, sure: Robustness | None, places: int) -> None:
        """What the trials said; None while they are under way. ``places``: how many there are, 0 for no trials."""
        self.sure = sure
        if places != self.places:
            self.places = places
            self.relayout()
        self.viewport().update()

    def set_locked(self, locked: bool) -> None:
        if locked != self.locked:
            self.locked = locked
            self.relayout()

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
        look, rows = theme(), max(1, self.rows.rowCount())
        return max(
            look.px(ROW_HIGH), min(look.px(ROW_HIGHEST), (self.viewport().height() - look.px(LINE_ROOM)) // rows)
        )

    def columns(self) -> Columns:
        return Columns(self.viewport().width(), self.places, not self.locked)

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.relayout()

    def scrollContentsBy(self, dx, dy):
        super().scrollContentsBy(dx, dy)
        self.place_handle()

    # The end of the shortlist ------------------------------------------------------------------------

    def line_y_wanted(self) -> bool:
        return not self.locked and self.ranking is not None and bool(self.ranking.ranked)

    def line_y(self) -> int | None:
        """Where the line is painted, or None while nothing is ranked."""
        if not self.line_y_wanted():
            return None
        half = theme().px(LINE_ROOM) // 2
        if self.cut == 0:
            return self.visualRect(self.rows.index(0)).top() + half
        return self.visualRect(self.rows.index(self.cut - 1)).bottom() - half

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
        place = mirrored_rect(
            QRectF(left, y - self.handle.height() / 2, self.handle.width(), self.handle.height()), width, rtl
        )
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
        top = self.visualRect(self.rows.index(0)).top() if rows else 0
        self.preview(round((y - top) / high))

    def drop(self) -> None:
        if self.ranking is not None and self.cut != self.ranking.cut:
            self.moved.emit(self.cut)

    def _step(self, steps: int) -> None:
        if self.locked:
            return
        self.preview(self.cut + steps)
        self.drop()

    # Keys and mouse ----------------------------------------------------------------------------------

    def current(self) -> RankedTechnology | None:
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def keyPressEvent(self, event):
        row = self.current()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (_K.Key_Up, _K.Key_Down):
            self._step(-1 if event.key() == _K.Key_Up else 1)
        elif row is not None and event.key() == _K.Key_Space and not self.locked:
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
        painter = self.painter
        rect = QRectF(self.visualRect(index))
        if not self.locked and painter.check_rect(rect).contains(where):
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
        place = self._place_at(where)
        shares = self.sure.ranks.get(row.id) if self.sure and place is not None else None
        if shares is not None and place is not None:
            at, words = self.columns(), self.language.say
            share = of_hundred(merged(shares, at.places)[place], self.language)
            number = self.language.number(place + 1)
            if at.rest and place == at.places - 1:
                return words(
                    "{name}: place {place} or later in {n} of 100 trials", name=row.name, place=number, n=share
                )
            return words("{name}: place {place} in {n} of 100 trials", name=row.name, place=number, n=share)
        if row.shortlist_reason:
            return self.language.say("{name}: {reason}", name=row.name, reason=row.shortlist_reason)
        return row_words(row, self.language, self.sure)

    def _place_at(self, where: QPointF) -> int | None:
        """The place of the trials whose cell lies there."""
        at = self.columns()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.viewport().width() - where.x() if rtl else where.x()
        if not at.places or not at.heat <= x < at.heat + at.places * at.cell:
            return None
        return int((x - at.heat) // at.cell)

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
        text = (
            language.say_n("Shortlist: the first one", "Shortlist: first {n}", cut)
            if cut
            else language.say("Shortlist: drag the line down")
        )
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
            place = mirrored_rect(
                QRectF(area.width() - look.px(lead), (area.height() - side) / 2, side, side), area.width(), rtl
            )
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
