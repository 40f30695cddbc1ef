"""How scores look: coloured cells, heads grouped by branch with their weight, and the technologies at the start."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate

from tna_desktop.charts.palette import score_color, score_ink
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.painting import CELL as RADIUS
from tna_desktop.ui.painting import box, draw_text, text_width
from tna_desktop.ui.tokens import theme

from ..models import APART, CELL, COLUMN, ROW, TINT, ScoreColumn
from ..operations import CONDITIONAL
from ..reading import Cell
from ..score_table import NOT_APPLICABLE

SIDE, GAP, BRANCH_GAP = 24, 4, 12
NARROWEST, WIDER, WIDEST, NAMES, NAMES_WIDE = 64, 80, 124, 216, 300


def cell_colors(column: ScoreColumn, cell: Cell, tint: float | None) -> tuple[QColor, QColor]:
    """Ground and ink of a cell that holds a number: five steps from worst to best, none where that cannot be told.

    A score from 1 to 5 has its own step; what was measured has that of the points it is worth.
    """
    look = theme()
    if tint is None:
        return look.color("mist2"), look.color("text")
    step = round(1 + 4 * tint)
    return QColor(score_color(step, look.dark)), QColor(score_ink(step, look.dark))


def paint_swatch(painter: QPainter, rect: QRectF, score: int, text: str) -> None:
    """A small cell of a score from 1 to 5, for legends and choices."""
    look = theme()
    line = look.color("line2") if score == 1 else None
    box(painter, rect, RADIUS, QColor(score_color(score, look.dark)), line)
    draw_text(painter, rect, text, font("label"), QColor(score_ink(score, look.dark)), "center")


def paint_unknown(painter: QPainter, rect: QRectF, text: str) -> None:
    """What nobody knows yet: a dash in an amber dashed cell."""
    look = theme()
    box(painter, rect, RADIUS, look.color("amber_bg"), look.color("amber"), 1.0, dashed=True)
    draw_text(painter, rect, text, font("body_strong"), look.color("amber_ink"), "center")


def paint_apart(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """The mark of voices that lie apart: a bracket from the lowest to the highest."""
    middle, tall = rect.center().y(), theme().px(3)
    painter.setPen(QPen(ink, 1.5))
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    for end in (rect.left(), rect.right()):
        painter.drawLine(QPointF(end, middle - tall), QPointF(end, middle + tall))


class ScorePainter(QStyledItemDelegate):
    """Paints one score."""

    def __init__(self, view):
        super().__init__(view)
        self._view = view

    def paint(self, painter, option, index):
        look, view = theme(), self._view
        column: ScoreColumn = index.data(COLUMN)
        cell: Cell = index.data(CELL)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        area = QRectF(view.inner(option.rect, index.column()))
        text = view.model().text(cell)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        ink = look.color("text")
        apart = index.data(APART)
        below = apart or view.model().below(cell)
        # With a line below it, the score moves up a little.
        upper = area.adjusted(0, 0, 0, -line_height("smallest") + 2) if below else area
        if cell.by_rule:
            # Nobody said so and nobody is asked: no frame, only what it is.
            ink = look.color("text3")
            draw_text(painter, upper, text, font("smallest"), ink, "center")
        elif cell.state == NOT_APPLICABLE:
            box(painter, area, RADIUS, None, look.color("line2"))
            ink = look.color("text2")
            draw_text(painter, upper, text, font("meta"), ink, "center")
        elif cell.value is None:
            paint_unknown(painter, area, text if not below else "")
            ink = look.color("amber_ink")
            if below:
                draw_text(painter, upper, text, font("body_strong"), ink, "center")
        else:
            ground, ink = cell_colors(column, cell, index.data(TINT))
            box(painter, area, RADIUS, ground)
            face = font("body_strong")
            shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, area.width() - 4)
            if shown != text:
                shown = text if cell.only_range else view.model().language.compact(cell.value)
                face = font("smallest") if cell.only_range else face
            draw_text(painter, upper, shown, face, ink, "center")
        if below:
            self._below(painter, area, below, ink, bool(apart))
        self._marks(painter, area, cell, ink, rtl)
        many = view.selection_size() > 1
        if many and option.state & QStyle.StateFlag.State_Selected:
            box(painter, area, RADIUS, None, look.color("petrol"), 2.0)
        if view.is_cursor(index):
            box(painter, area.adjusted(-1, -1, 1, 1), RADIUS + 1, None, look.color("bg"), 3.0)
            box(
                painter,
                area.adjusted(-2, -2, 2, 2),
                RADIUS + 2,
                None,
                look.color("text" if view.hasFocus() else "text3"),
                2.0,
            )
        painter.restore()

    @staticmethod
    def _below(painter: QPainter, area: QRectF, text: str, ink: QColor, apart: bool) -> None:
        """The line below a score: its own range, or with a bracket how far the voices lie apart."""
        look, face = theme(), font("smallest")
        high = line_height("smallest")
        place = QRectF(area.left(), area.bottom() - high - 1, area.width(), high)
        if not apart:
            draw_text(painter, place, text, face, ink, "center")
            return
        mark, gap = look.px(11), look.px(3)
        wide = text_width(text, face)
        if mark + gap + wide > area.width() - 2:
            text, wide = "", 0.0
        left = area.left() + (area.width() - mark - (gap + wide if text else 0)) / 2
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = left + (gap + wide if rtl and text else 0)
        paint_apart(painter, QRectF(x, place.top(), mark, high), ink)
        if text:
            words = QRectF(left if rtl else left + mark + gap, place.top(), wide, high)
            draw_text(painter, words, text, face, ink, "center")

    @staticmethod
    def _marks(painter: QPainter, area: QRectF, cell: Cell, ink: QColor, rtl: bool) -> None:
        look = theme()
        start, end = (area.right(), area.left()) if rtl else (area.left(), area.right())
        forward = -1 if rtl else 1
        if cell.evidence:
            side = look.px(4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            middle = start + forward * look.px(9)
            painter.drawEllipse(QRectF(middle - side / 2, area.top() + look.px(7), side, side))
        wide = look.px(14)
        corner = QRectF(end - (0 if rtl else wide), area.top() + 1, wide, look.px(15))
        if cell.sureness == "low":
            draw_text(painter, corner, "?", font("label"), ink, "center")
        if cell.state == CONDITIONAL:
            corner.moveBottom(area.bottom() - 1)
            draw_text(painter, corner, "*", font("label"), ink, "center")

    def sizeHint(self, option, index):
        return QSize(theme().px(NARROWEST), theme().px(42))


class CriteriaHead(QHeaderView):
    """The criteria above their scores: the branch as a band, the short name in up to two lines, the weight."""

    def __init__(self, language: Language, view):
        super().__init__(Qt.Orientation.Horizontal, view)
        self._language, self._view = language, view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def sizeHint(self):
        look = theme()
        return QSize(
            100, line_height("label") + look.px(8) + 2 * line_height("smallest") + line_height("meta") + look.px(12)
        )

    def paintEvent(self, event):
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.viewport().rect(), theme().color("bg"))
        columns = self.model().columns if self.model() else []
        first = 0
        while first < len(columns):
            last = first
            while last + 1 < len(columns) and columns[last + 1].branch == columns[first].branch:
                last += 1
            self._branch(painter, first, last, columns[first])
            first = last + 1
        for place, column in enumerate(columns):
            self._criterion(painter, place, column)

    def _rect(self, section: int) -> QRect:
        return self._view.inner(
            QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height()),
            section,
            flat=True,
        )

    def _branch(self, painter: QPainter, first: int, last: int, column: ScoreColumn) -> None:
        look = theme()
        band = self._rect(first).united(self._rect(last))
        if not band.intersects(self.viewport().rect()):
            return
        line = line_height("label") + look.px(4)
        painter.fillRect(QRect(band.left(), line, band.width(), 2), look.color("line2"))
        seen = QRectF(band.intersected(self.viewport().rect()))
        face = font("label")
        name = column.branch_name or self._language.say("Without a group")
        if text_width(name, face) > seen.width():
            name = column.branch_short or name
        text = QFontMetricsF(face).elidedText(name, Qt.TextElideMode.ElideRight, seen.width())
        draw_text(
            painter,
            QRectF(seen.left(), 0, seen.width(), line_height("label")),
            text,
            face,
            look.color("text"),
            "center",
        )

    def _criterion(self, painter: QPainter, place: int, column: ScoreColumn) -> None:
        look, area = theme(), self._rect(place)
        if not area.intersects(self.viewport().rect()):
            return
        current = place == self._view.currentIndex().column()
        top, step = line_height("label") + look.px(8), line_height("smallest")
        room = area.width() + GAP
        lines = two_lines(column.short, room)
        y = top + (2 - len(lines)) * step / 2
        for line in lines:
            rect = QRectF(area.left() - GAP / 2, y, room, step)
            draw_text(painter, rect, line, font("smallest"), look.color("petrol_ink" if current else "text"), "center")
            y += step
        share = self._language.percent(column.share)
        rect = QRectF(area.left(), top + 2 * step + look.px(2), area.width(), line_height("meta"))
        draw_text(painter, rect, share, font("meta"), look.color("text3"), "center")


def two_lines(text: str, room: float) -> list[str]:
    """A short name in one or two lines; what does not fit ends in an ellipsis."""
    face = font("smallest")
    layout = QTextLayout(text, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room)
    cut = line.textLength()
    layout.endLayout()
    metrics = QFontMetricsF(face)
    parts = [text[:cut].strip(), text[cut:].strip()]
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, room) for part in parts if part]


class TechnologyHead(QHeaderView):
    """The technologies beside their scores, each with its sector below; it stays when the scores scroll sideways."""

    def __init__(self, view):
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self):
        return QSize(theme().px(SIDE) + self._view.names_width(), 100)

    def paintSection(self, painter, rect, section):
        look = theme()
        row = self.model().headerData(section, Qt.Orientation.Vertical, ROW)
        if row is None:
            return
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(rect, look.color("bg"))
        current = section == self._view.currentIndex().row()
        if current:
            band = (
                QRectF(rect).adjusted(look.px(14), 0, 12, -1)
                if not rtl
                else QRectF(rect).adjusted(-12, 0, -look.px(14), -1)
            )
            box(painter, band, 6, look.color("sel2"))
        side, gap = look.px(SIDE), look.px(8)
        room = rect.width() - side - gap
        left = rect.left() + (gap if rtl else side)
        name, sector = font("body_medium"), font("smallest")
        two = bool(row["sector"])
        high = line_height("body") + (line_height("smallest") if two else 0)
        top = rect.top() + (rect.height() - 1 - high) / 2
        words = row["name"] if text_width(row["name"], name) <= room else row["short"] or row["name"]
        text = QFontMetricsF(name).elidedText(words, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, QRectF(left, top, room, line_height("body")), text, name, look.color("text"))
        if two:
            text = QFontMetricsF(sector).elidedText(row["sector"], Qt.TextElideMode.ElideRight, room)
            area = QRectF(left, top + line_height("body") - 1, room, line_height("smallest"))
            draw_text(painter, area, text, sector, look.color("text3"))
        painter.restore()
