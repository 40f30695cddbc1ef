"""How many of each group take part: a row of cells that filters a list, and pills with a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ..kernel.text import Language
from .choices import ChoiceButton, ChoiceRow
from .fonts import font, line_height, ready_for
from .painting import CARD, KeyboardFocus, box, direct, draw_text, focus_ring, start, text_width, visual_alignment
from .painting import mirrored as mirrored_rect
from .shapes import paint_shape
from .tokens import theme

_GAP = 5
_PAD = 7


@dataclass(frozen=True)
class CoverageCell:
    """One group and how many of it there are. ``required``: none of it needs somebody's attention."""

    key: str
    label: str
    count: int
    required: bool = False


class _Cell(ChoiceButton):
    def __init__(self, cell: CoverageCell, language: Language, parent: QWidget):
        super().__init__(cell.key, cell.label, parent)
        self._cell = cell
        self._missing = bool(cell.key) and cell.count == 0 and cell.required
        self._count = language.say("None yet") if self._missing else str(cell.count)
        said = language.say("{group}: {count}", group=cell.label, count=self._count)
        self.setAccessibleName(said)
        self.setToolTip("")

    def widest_word(self) -> int:
        """The least width that breaks no word."""
        face = font("smallest")
        words = max((text_width(word, face) for word in self.words.split()), default=0.0)
        top = text_width(self._count, self._count_font()) + (theme().px(17) if self._cell.key else 0)
        return int(max(words, top)) + 1 + 2 * theme().px(_PAD)

    def lines(self, width: int) -> int:
        return sum(1 for _ in self._laid_out(width - 2 * theme().px(_PAD))[1])

    def sizeHint(self):
        return QSize(theme().px(86), theme().px(62))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        direct(painter, self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        area = QRectF(self.rect())
        on, pad = self.isChecked(), look.px(_PAD)
        ink, ink2 = ("amber_ink", "amber_ink") if self._missing else ("text", "text2")
        if on:
            box(painter, area, CARD, look.color("sel"), look.color("petrol"), 1.5)
        elif self._missing:
            box(painter, area, CARD, look.color("amber_bg"), look.color("amber_icon"), 1.0, dashed=True)
        else:
            ground = "sel2" if self.underMouse() else "surface"
            box(painter, area, CARD, look.color(ground), look.color("line2" if self.underMouse() else "line"))
        top, height, x = look.px(6), look.px(22), pad
        if self._cell.key:
            side = look.px(12)
            place = mirrored_rect(QRectF(x, top + (height - side) / 2, side, side), area.width(), rtl)
            paint_shape(painter, self._cell.key, place, filled=self._cell.count > 0)
            x += look.px(17)
        room = mirrored_rect(QRectF(x, top, area.width() - x - pad, height), area.width(), rtl)
        draw_text(painter, room, self._count, self._count_font(), look.color(ink))
        layout, _ = self._laid_out(area.width() - 2 * pad)
        painter.setPen(look.color(ink2))
        layout.draw(painter, QRectF(pad, top + height, 1, 1).topLeft())
        if self.ring:
            focus_ring(painter, area, CARD)

    def _count_font(self):
        return font("label") if self._missing else font("heading")

    def _laid_out(self, width: float) -> tuple[QTextLayout, list]:
        """The label in at most two lines."""
        layout = QTextLayout(self.words, font("smallest"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setAlignment(visual_alignment(self, Qt.AlignmentFlag.AlignLeft))
        layout.setTextOption(option)
        lines: list = []
        layout.beginLayout()
        while len(lines) < 3:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QRectF(0, len(lines) * line_height("smallest"), 1, 1).topLeft())
            lines.append(line)
        layout.endLayout()
        return layout, lines


class CoverageCells(ChoiceRow):
    """One cell per group with mark, count and name; choosing one filters. The first is all groups (key "")."""

    def __init__(self, language: Language, name: str = "", parent: QWidget | None = None):
        super().__init__(name or language.say("Stakeholders by group"), parent)
        self._language = language
        self._told: tuple[tuple[CoverageCell, ...], int | None] | None = None
        self._known: dict[tuple, list[QRect]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_cells(self, cells: Sequence[CoverageCell], total: int | None = None) -> None:
        """Show these groups. ``total`` is the number of all groups, their sum if not given. The choice stays."""
        if self._told == (tuple(cells), total):
            return
        self._told = (tuple(cells), total)
        self._known.clear()
        before = self.current()
        focused = any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            button.hide()
            button.setParent(None)
            button.deleteLater()
        everyone = sum(cell.count for cell in cells) if total is None else total
        first = CoverageCell("", self._language.say("All groups"), everyone)
        self._take([_Cell(cell, self._language, self) for cell in (first, *cells)])
        self.set_current(before if any(button.key == before for button in self._buttons) else "")
        self._place(self.width())
        for button in self._buttons:
            button.show()
        if focused and self.focusProxy() is not None:
            self.focusProxy().setFocus()
        self.updateGeometry()

    def restyle(self) -> None:
        self._known.clear()
        self._place(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        return max((rect.bottom() + 1 for rect in self._rects(width)), default=0)

    def sizeHint(self):
        width = max(1, len(self._buttons)) * (theme().px(86) + _GAP) - _GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self):
        return QSize(max((button.widest_word() for button in self._buttons), default=theme().px(86)), theme().px(48))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._place(event.size().width())

    def changeEvent(self, event):
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place(self.width())

    def _place(self, width: int) -> None:
        for button, rect in zip(self._buttons, self._rects(width), strict=False):
            button.setGeometry(rect)

    def _rects(self, width: int) -> list[QRect]:
        """Where the cells go; asked many times for each layout, and breaking words into lines takes its time."""
        key = (width, theme().text_size, self.layoutDirection())
        if key not in self._known:
            self._known[key] = self._arranged(width)
        return self._known[key]

    def _arranged(self, width: int) -> list[QRect]:
        """In as few rows as the words allow: cells of one width, or of what each needs where that saves a row."""
        count = len(self._buttons)
        if not count or width <= 0:
            return []
        needs = [button.widest_word() for button in self._buttons]
        for rows in range(1, count + 1):
            across = -(-count // rows)
            parts = [needs[first : first + across] for first in range(0, count, across)]
            if across == 1 or all(sum(part) + (across - 1) * _GAP <= width for part in parts):
                break
        widths: list[int] = []
        for part in parts:
            widths += _shared(part, width - (across - 1) * _GAP, across)
        lines = max(button.lines(each) for button, each in zip(self._buttons, widths, strict=True))
        height = theme().px(34) + min(2, lines) * line_height("smallest")
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        rects, left = [], 0
        for index, each in enumerate(widths):
            left = 0 if index % across == 0 else left
            x = width - left - each if rtl else left
            rects.append(QRect(x, index // across * (height + _GAP), each, height))
            left += each + _GAP
        return rects


def _shared(needs: Sequence[int], room: int, across: int) -> list[int]:
    """Equal widths if every need fits; otherwise each its need and an equal part of what is left."""
    equal = room // across
    if max(needs) <= equal:
        spare = room - equal * across
        return [equal + (1 if place < spare else 0) for place in range(len(needs))]
    left, spare = divmod(max(0, room - sum(needs)), len(needs))
    return [need + left + (1 if place < spare else 0) for place, need in enumerate(needs)]


class GroupPill(KeyboardFocus, QAbstractButton):
    """A group with its mark and, if given, a count; can be switched on and off."""

    picked = Signal(str)

    def __init__(self, group: str, name: str, count: int | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        ready_for(name)
        self._group, self._name, self._count = group, name, count
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(name if count is None else f"{name} {count}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _on: self.picked.emit(self._group))

    def sizeHint(self):
        look = theme()
        width = look.px(26) + text_width(self._name, font("label_medium")) + look.px(11)
        if self._count is not None:
            width += look.px(5) + text_width(str(self._count), font("meta"))
        return QSize(int(width) + 1, look.px(28))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        direct(painter, self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        area = QRectF(self.rect())
        radius = area.height() / 2
        empty = self._count == 0
        if self.isChecked():
            box(painter, area, radius, look.color("sel"), look.color("petrol"), 1.5)
        else:
            ground = look.color("sel2" if self.underMouse() else "surface")
            box(painter, area, radius, ground, look.color("line" if empty else "line2"))

        def at(left: float, width: float) -> QRectF:
            return mirrored_rect(QRectF(left, 0, width, area.height()), area.width(), rtl)

        side, x = look.px(12), float(look.px(26))
        mark = at(look.px(9), side)
        mark = QRectF(mark.left(), (area.height() - side) / 2, side, side)
        paint_shape(painter, self._group, mark, filled=not empty)
        width = text_width(self._name, font("label_medium"))
        draw_text(painter, at(x, width), self._name, font("label_medium"), look.color("text2" if empty else "text"))
        if self._count is not None:
            x += width + look.px(5)
            draw_text(
                painter,
                at(x, area.width() - x - look.px(11)),
                str(self._count),
                font("meta"),
                look.color("text3"),
            )
        if self.ring:
            focus_ring(painter, area, radius)
