"""How cells and column heads look: words, numbers, segments, shapes, bars, and amber where a look is needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QToolTip

from tna_desktop.kernel.text import UNKNOWN

from ..charts import palette
from .cell_values import NUMBERS, Choice, Column, unknown
from .fonts import font, line_height
from .icons import paint_icon
from .painting import box, draw_text, focus_ring
from .rating import paint_rating, rating_size
from .records import ASCENDING, CHOICE, COLUMN, DISPLAY, MARK, SHORT, VALUE
from .shapes import paint_shape
from .tokens import theme

#: Space before and after a cell's words, before the first column, and for the row menu at the end.
PAD, SIDE, MENU = 10, 24, 36
_SHAPE, _ICON, _CHECK = 12, 16, 16
_RTL = Qt.LayoutDirection.RightToLeft


def content_rect(rect: QRect, first: bool, last: bool, rtl: bool) -> QRect:
    """The part of a cell in which its words stand."""
    look = theme()
    start, end = look.px(SIDE if first else PAD), look.px(MENU if last else PAD)
    return rect.adjusted(end, 0, -start, 0) if rtl else rect.adjusted(start, 0, -end, 0)


def rating_level(column_rect: QRect, x: float, rtl: bool, levels: int = 5) -> int | None:
    """Which segment of a rating stands at this place; None beside them."""
    size = rating_size(levels)
    pitch = (size.width() + theme().px(3)) / levels
    along = column_rect.right() + 1 - x if rtl else x - column_rect.left()
    level = int(along // pitch) + 1
    return level if 1 <= level <= levels and along >= 0 else None


def cell_lines(text: str, short: str, column: Column, width: float) -> tuple[list[str], str]:
    """What is written in a cell of this width, line by line, and in which role of type.

    What does not fit on one line goes to as many as the column allows, in smaller letters; then the short name stands
    for it; only then it ends in an ellipsis.
    """
    role = "body_medium" if column.strong else "body"
    if not text or QFontMetricsF(font(role)).horizontalAdvance(text) <= width:
        return [text], role
    small = "label_medium" if column.strong else "meta"
    wrapped = _wrapped(text, font(small), width, column.lines) if column.lines > 1 else [text]
    if column.lines > 1 and " ".join(wrapped) == text:
        return wrapped, small
    if short and QFontMetricsF(font(role)).horizontalAdvance(short) <= width:
        return [short], role
    if len(wrapped) > 1:
        return wrapped, small
    return [QFontMetricsF(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, width)], role


def _wrapped(text: str, face: QFont, width: float, most: int) -> list[str]:
    """A text in at most so many lines, the last one with an ellipsis where it is cut."""
    layout, option = QTextLayout(text, face), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[int] = []
    while len(ends) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    # Positions count UTF-16 units, as Qt's strings do.
    units = text.encode("utf-16-le")
    starts = [0, *ends[:-1]]
    parts = [
        units[2 * first : 2 * last].decode("utf-16-le", "ignore").strip()
        for first, last in zip(starts, ends, strict=True)
    ]
    rest = units[2 * starts[-1] :].decode("utf-16-le", "ignore").strip()
    parts[-1] = QFontMetricsF(face).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return parts


class CellPainter(QStyledItemDelegate):
    """Paints what stands in a cell; the table paints the row's ground and line."""

    def createEditor(self, parent, option, index):
        # Cells are edited by the table itself, also when a screen reader asks for it.
        self.parent().edit_asked(index)
        return None

    def sizeHint(self, option, index):
        return QSize(theme().px(40), theme().px(36))

    def paint(self, painter, option, index):
        view = self.parent()
        look, rtl = theme(), option.direction == _RTL
        column: Column = index.data(COLUMN)
        place = index.column()
        area = content_rect(option.rect, view.is_first(place), view.is_last(place), rtl)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setLayoutDirection(option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = index.data(MARK)
        if mark:
            end = 0 if view.is_last(place) else look.px(6)
            sides = (end, look.px(6)) if rtl else (look.px(6), end)
            cell = QRectF(area).adjusted(-sides[0], look.px(5), sides[1], -look.px(6))
            box(
                painter,
                cell,
                4,
                look.color("amber_bg"),
                look.color("amber_line"),
                1.0,
                dashed=unknown(index.data(VALUE)),
            )
        ink = "amber_ink" if mark else "text" if column.strong else "text2"
        self._paint_value(painter, QRectF(area), column, index, ink, rtl)
        if view.is_cursor(index):
            ring = content_rect(option.rect, view.is_first(place), False, rtl)
            pad = look.px(PAD)
            focus_ring(painter, ring.adjusted(-pad, look.px(3), pad, -look.px(4)), 6)
        painter.restore()

    def _paint_value(self, painter, area: QRectF, column: Column, index, ink: str, rtl: bool) -> None:
        look, value, kind = theme(), index.data(VALUE), column.kind
        if kind == "flag":
            self._paint_check(painter, area, bool(value), column.writable and self.parent().editable, rtl)
            return
        if kind == "rating":
            level = None if unknown(value) else max(1, min(5, round(value)))
            paint_rating(painter, area, level, 5, rtl)
            return
        if kind == "shares" and not unknown(value):
            self._paint_shares(painter, area, value, index.data(DISPLAY), rtl)
            return
        text = " ".join(index.data(DISPLAY).split())
        if text == UNKNOWN:
            ink = "amber_ink" if ink == "amber_ink" else "text3"
        choice: Choice | None = index.data(CHOICE)
        if choice is not None and (choice.group or choice.icon):
            area = self._paint_choice_mark(painter, area, choice, rtl)
        lines, role = cell_lines(text, index.data(SHORT) or "", column, area.width())
        high = min(line_height(role), area.height() / len(lines))
        top = area.center().y() - len(lines) * high / 2
        for at, line in enumerate(lines):
            place = area if len(lines) == 1 else QRectF(area.left(), top + at * high, area.width(), high)
            draw_text(painter, place, line, font(role), look.color(ink), "end" if kind in NUMBERS else "start")

    @staticmethod
    def _paint_choice_mark(painter, area: QRectF, choice: Choice, rtl: bool) -> QRectF:
        look = theme()
        side = look.px(_SHAPE if choice.group else _ICON)
        left = area.right() - side - look.px(2) if rtl else area.left() + look.px(2)
        square = QRectF(left, area.center().y() - side / 2, side, side)
        if choice.group:
            paint_shape(painter, choice.group, square)
        else:
            paint_icon(painter, square, choice.icon, "text2")
        used = side + look.px(6)
        return area.adjusted(0, 0, -used, 0) if rtl else area.adjusted(used, 0, 0, 0)

    @staticmethod
    def _paint_check(painter, area: QRectF, on: bool, enabled: bool, rtl: bool) -> None:
        look = theme()
        side = look.px(_CHECK)
        left = area.right() - side if rtl else area.left()
        square = QRectF(round(left), round(area.center().y() - side / 2), side, side)
        if on:
            box(painter, square, 3, look.color("petrol" if enabled else "strong"))
            inner = square.adjusted(2, 2, -2, -2)
            paint_icon(painter, inner, "check", "on_petrol")
        else:
            box(painter, square, 3, look.color("surface"), look.color("strong" if enabled else "line2"))

    @staticmethod
    def _paint_shares(painter, area: QRectF, value: float | Sequence[float], text: str, rtl: bool) -> None:
        """One share as a bar with its number, several as the parts of a whole."""
        look = theme()
        single = isinstance(value, int | float)
        parts: list[float] = [value] if isinstance(value, int | float) else list(value)
        number = QFontMetricsF(font("body")).horizontalAdvance(text) + look.px(8) if single else 0.0
        width, high = max(0.0, area.width() - number), look.px(8)
        top = round(area.center().y() - high / 2)
        bar = QRectF(area.right() - width if rtl else area.left(), top, width, high)
        box(painter, bar, 2, look.color("line"))
        colors = palette.PARTS_DARK if look.dark else palette.PARTS
        along = 0.0
        for number_of, share in enumerate(parts):
            wide = max(0.0, min(1.0, share or 0.0)) * width
            left = bar.right() - along - wide if rtl else bar.left() + along
            if wide > 1.5:
                gap = 1.5 if number_of < len(parts) - 1 else 0
                ink = look.color("petrol") if single else QColor(colors[number_of % len(colors)])
                painter.fillRect(QRectF(left, top, wide - gap, high), ink)
            along += wide
        if single:
            draw_text(painter, area, text, font("body"), look.color("text2"), "end")

    def helpEvent(self, event, view, option, index):
        """The whole text where it is cut, and why a cell is amber."""
        if event is None or not index.isValid() or event.type() != event.Type.ToolTip:
            return False
        QToolTip.showText(event.globalPos(), self.tip(option.rect, index), view)
        return True

    def tip(self, rect: QRect, index) -> str:
        view, column = self.parent(), index.data(COLUMN)
        mark, text = index.data(MARK), index.data(DISPLAY)
        if mark:
            return mark
        if column.kind == "rating":
            return text if text != UNKNOWN else ""
        area = content_rect(rect, view.is_first(index.column()), view.is_last(index.column()), False)
        choice = index.data(CHOICE)
        used = theme().px(_ICON + 6) if choice is not None and (choice.group or choice.icon) else 0
        lines, _ = cell_lines(" ".join(text.split()), index.data(SHORT) or "", column, area.width() - used)
        cut = "\n" in text or " ".join(lines) != text
        return text if cut and column.kind not in ("flag", "shares") else ""


class Head(QHeaderView):
    """The column heads: 32 high, a firm line below from edge to edge, a caret where the rows are sorted."""

    def __init__(self, parent):
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorted_by: tuple[int, int] | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setCascadingSectionResizes(False)
        self.setMinimumSectionSize(theme().px(40))
        self.setFixedHeight(theme().px(32))

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(32))
        self.viewport().update()

    def sizeHint(self):
        return QSize(super().sizeHint().width(), theme().px(32))

    def paintEvent(self, event):
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().color("bg"))
        painter.fillRect(QRect(0, self.viewport().height() - 1, self.viewport().width(), 1), theme().color("line2"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        for visual in range(self.count()):
            section = self.logicalIndex(visual)
            if not self.isSectionHidden(section):
                self._paint_title(painter, section)

    def _paint_title(self, painter, section: int) -> None:
        view, look, rtl = self.parent(), theme(), self.layoutDirection() == _RTL
        rect = QRect(self.sectionViewportPosition(section), 0, self.sectionSize(section), self.viewport().height())
        if not rect.intersects(self.viewport().rect()):
            return
        column: Column = view.columns[section]
        area = QRectF(content_rect(rect, view.is_first(section), view.is_last(section), rtl))
        written, end = font("label"), column.kind in NUMBERS
        way = self.sorted_by[1] if self.sorted_by is not None and self.sorted_by[0] == section else None
        sorted_here = way is not None
        caret = look.px(12) if sorted_here else 0
        metrics = QFontMetricsF(written)
        text = metrics.elidedText(
            column.title, Qt.TextElideMode.ElideRight, max(0.0, area.width() - (caret + 4 if caret else 0))
        )
        width = metrics.horizontalAdvance(text)
        at_end = end != rtl
        painter.save()
        painter.setClipRect(rect)
        left = area.right() - width if at_end else area.left()
        words = QRectF(left, area.top(), width + 1, area.height())
        draw_text(
            painter, words, text, written, look.color("text" if sorted_here else "text2"), "end" if rtl else "start"
        )
        if sorted_here:
            side = look.px(10)
            x = left - side - 4 if at_end else left + width + 4
            name = "caret-up" if way == ASCENDING else "caret-down"
            paint_icon(painter, QRectF(x, area.center().y() - side / 2, side, side), name, "petrol")
        painter.restore()

    def viewportEvent(self, event):
        if event.type() == event.Type.ToolTip:
            section = self.logicalIndexAt(event.pos())
            column = self.parent().columns[section] if section >= 0 else None
            QToolTip.showText(event.globalPos(), (column.help or column.title) if column else "", self)
            return True
        return super().viewportEvent(event)


def paint_row_menu(painter: QPainter, rect: QRect, strong: bool) -> None:
    """The three dots at the end of a row."""
    side = theme().px(16)
    center = QPointF(rect.center())
    square = QRectF(center.x() - side / 2 + 0.5, center.y() - side / 2, side, side)
    paint_icon(painter, square, "dots-three-vertical", "text2" if strong else "faint")
