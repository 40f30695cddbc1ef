"""How the matrix of coverage looks: numbers by level on a group's line, one role in each cell of a stakeholder's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QWidget

from tna_desktop.charts import palette
from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import FlowRow, row
from tna_desktop.ui.painting import CELL, box, draw_text, focus_ring, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.shapes import paint_shape
from tna_desktop.ui.theme import theme

if TYPE_CHECKING:
    from .coverage_grid import CoverageGrid, Line

GROUP_ROW, PERSON_ROW = 36, 32
_PAD, _SIDE, _BOX, _SLOT, _LEAST_SLOT = 8, 24, 18, 17, 12
_RTL = Qt.LayoutDirection.RightToLeft


def paint_level(painter: QPainter, rect: QRectF, level: int, text: str, filled: bool = True) -> None:
    """A role's box with its number: the more of a say, the darker; in outline what is only suggested."""
    look = theme()
    if not filled:
        box(painter, rect, 3, None, look.color("strong"), 1.0)
        draw_text(painter, rect, text, font("smallest"), look.color("text3"), "center")
        return
    ground = QColor(palette.score_color(level, look.dark))
    box(painter, rect, 3, ground, look.color("line2") if level == 1 else None)
    draw_text(painter, rect, text, font("smallest"), QColor(palette.score_ink(level, look.dark)), "center")


class CoverageHead(QHeaderView):
    """The stages above the cells, a firm line below from edge to edge."""

    def __init__(self, parent: QWidget):
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setHighlightSections(False)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(32))
        self.viewport().update()

    def paintEvent(self, event):
        look, rtl = theme(), self.layoutDirection() == _RTL
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.color("bg"))
        painter.fillRect(0, self.viewport().height() - 1, self.viewport().width(), 1, look.color("line2"))
        painter.setLayoutDirection(self.layoutDirection())
        face = font("label")
        for section in range(self.count()):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            before = look.px(_PAD if section else _SIDE)
            room = width - before - 2
            area = QRectF(left + (2 if rtl else before), 0, room, self.viewport().height() - 1)
            words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
            shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room)
            draw_text(painter, area, shown, face, look.color("text2"))


class CoveragePainter(QStyledItemDelegate):
    """Paints one cell; ground and line reach from edge to edge."""

    def sizeHint(self, option, index):
        return QSize(theme().px(60), theme().px(PERSON_ROW))

    def paint(self, painter, option, index):
        view: CoverageGrid = self.parent()  # type: ignore[assignment]
        model, look = view.coverage, theme()
        line, column = model.lines[index.row()], index.column()
        rect, rtl = option.rect, option.direction == _RTL
        painter.save()
        painter.setClipRect(rect)
        painter.setLayoutDirection(option.direction)
        current = view.currentIndex()
        if current.isValid() and current.row() == index.row():
            painter.fillRect(rect, look.color("sel2"))
        elif line.person is None:
            painter.fillRect(rect, look.color("mist" if line.everyone else "bg"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(rect).adjusted(0, 0, 0, -1)
        width = area.width()

        def at(left: float, wide: float, high: float | None = None) -> QRectF:
            tall = area.height() if high is None else high
            inner = mirrored_rect(QRectF(left, (area.height() - tall) / 2, wide, tall), width, rtl)
            return inner.translated(area.left(), area.top())

        if not column:
            self._name(painter, at, width, line)
        elif line.person is not None:
            self._role(painter, at, width, line, column)
        elif line.group.stakeholders or line.everyone:
            self._counts(painter, at, width, line, column)
        else:
            self._nobody(painter, at, width, line)
        if view.hasFocus() and index == current:
            focus_ring(painter, area.adjusted(2, 2, -2, -2), CELL)
        painter.restore()

    def _name(self, painter, at, width: float, line: Line) -> None:
        look, model = theme(), self.parent().coverage
        left = look.px(_SIDE)
        number, small = "", font("meta")
        if line.person is None:
            caret, side = look.px(12), look.px(12)
            if line.group.stakeholders:
                opened = bool(model.opened) if line.everyone else line.group.key in model.opened
                away = "caret-left" if painter.layoutDirection() == _RTL else "caret-right"
                paint_icon(painter, at(look.px(8), caret, caret), "caret-down" if opened else away, "text3")
            if line.group.key:
                paint_shape(painter, line.group.key, at(left, side, side), filled=bool(line.group.stakeholders))
                left += side + look.px(7)
            number = str(len(line.group.stakeholders))
        else:
            left += look.px(19)
        end = text_width(number, small) + look.px(10) if number else 0.0
        room = width - left - end - look.px(6)
        face = font("body" if line.person else "body_strong" if line.everyone else "body_medium")
        words = QFontMetricsF(face).elidedText(model.name(line), Qt.TextElideMode.ElideRight, room)
        ink = "amber_ink" if line.group.needs_reason and line.person is None else "text"
        draw_text(painter, at(left, room), words, face, look.color(ink))
        if number:
            draw_text(painter, at(width - end, end - look.px(6)), number, small, look.color("text3"), "end")

    def _role(self, painter, at, width: float, line: Line, column: int) -> None:
        look, model = theme(), self.parent().coverage
        role = line.person.roles.get(model.stage(column), "")
        side, left = look.px(_BOX), look.px(_PAD)
        suggested = model.suggested(line, column)
        if not role and not suggested:
            dot = look.px(3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("strong"))
            painter.drawEllipse(at(left + (side - dot) / 2, dot, dot))
            return
        level, name = model.roles.get(role or suggested, (0, role))
        paint_level(painter, at(left, side, side), level, str(level), filled=bool(role))
        left += side + look.px(5)
        face = font("meta")
        if role and text_width(name, face) <= width - left - look.px(2):
            draw_text(painter, at(left, width - left), name, face, look.color("text"))

    def _counts(self, painter, at, width: float, line: Line, column: int) -> None:
        """How many take part, and of them how many at each level, always in the same places."""
        look, model = theme(), self.parent().coverage
        counts, left = line.group.counts[model.stage(column)], float(look.px(_PAD))
        total, face = sum(counts.values()), font("body_strong" if line.everyone else "body_medium")
        draw_text(painter, at(left, width - left), str(total), face, look.color("text" if total else "text3"))
        left += max(look.px(16), text_width(str(total), face) + look.px(4))
        slot = min(look.px(_SLOT), (width - left - 2) / max(1, len(model.roles)))
        if slot < look.px(_LEAST_SLOT):
            return
        for role, (level, _) in model.roles.items():
            if counts[role]:
                paint_level(painter, at(left, slot - 1, look.px(_BOX)), level, str(counts[role]))
            left += slot

    def _nobody(self, painter, at, width: float, line: Line) -> None:
        look, group = theme(), line.group
        say, face, left = self.parent().coverage.language.say, font("meta"), look.px(_PAD)
        if group.needs_reason:
            words = say("None yet: record why not")
            wide = min(width - look.px(8), text_width(words, face) + 2 * left)
            box(painter, at(look.px(4), wide, look.px(24)), CELL, look.color("amber_bg"), look.color("amber_icon"), 1.0,
                dashed=True)  # fmt: skip
            left, ink, room = left + look.px(4), "amber_ink", wide - left
        else:
            words = say("Nobody takes part: {reason}", reason=group.gap) if group.gap else say("None yet")
            ink, room = "text2" if group.gap else "text3", width - 2 * left
        shown = QFontMetricsF(face).elidedText(" ".join(words.split()), Qt.TextElideMode.ElideRight, room)
        draw_text(painter, at(left, room), shown, face, look.color(ink))


class RoleBox(QWidget):
    """A role's number in its box, for the legend."""

    def __init__(self, level: int, parent: QWidget | None = None):
        super().__init__(parent)
        self._level = level
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme().px(_BOX), theme().px(_BOX))

    def paintEvent(self, event):
        paint_level(start(self), QRectF(self.rect()), self._level, str(self._level))


class RoleLegend(QWidget):
    """The digits and what they mean; flows on where room is short."""

    def __init__(self, roles: list[tuple[int, str]], clears: str, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        flow = FlowRow(self, gap=14, row_gap=2)
        for level, words in roles:
            pair = QWidget()
            row(RoleBox(level), Label(words, "meta", "text2"), gap=5, parent=pair)
            flow.addWidget(pair)
        pair = QWidget()
        row(Label("0", "meta", "text2"), Label(clears, "meta", "text2"), gap=5, parent=pair)
        flow.addWidget(pair)
