"""The tree of causes, painted: core problem, direct causes, and what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainterPath, QPen
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height, ready_for
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import CARD, KeyboardFocus, box, direct, draw_text, focus_ring, mirrored, start
from tna_desktop.ui.tokens import theme

from ..results import Cause
from .wrapping import wrapped

BOX, ROW_GAP, COLUMN_GAP, HEAD, SIDE = 54, 14, 40, 30, 24
CORE, NARROWEST, WIDEST, WIDE_GAP = 150, 158, 290, 42


@dataclass
class _Node:
    """A barrier on the canvas; ``place`` is its box as read from left to right."""

    cause: Cause
    depth: int
    parent: _Node | None
    children: list[_Node]
    middle: float = 0.0
    place: QRectF = None  # type: ignore[assignment]


class CauseTree(KeyboardFocus, QWidget):
    """Arrow keys go along the branches, Enter opens a barrier. ``chosen`` and ``activated`` tell the link's id."""

    chosen = Signal(str)
    activated = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._core = ""
        self._icons: dict[str, str] = {}
        self._roots: list[_Node] = []
        self._nodes: list[_Node] = []
        self._current: _Node | None = None
        self._depth = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._tell()

    def show_tree(self, core: str, causes: Sequence[Cause], icons: dict[str, str]) -> None:
        """Show another tree; what was chosen stays chosen while it is there. ``icons`` are those of the kinds."""
        before = self.current()
        self._core, self._icons = core, icons
        self._nodes = []
        self._roots = [self._grown(cause, 1, None) for cause in causes]
        self._depth = max((node.depth for node in self._nodes), default=0)
        for text in (core, *(node.cause.name for node in self._nodes)):
            ready_for(text)
        self._current = self._of(before)
        self._arrange()
        self._tell()

    def current(self) -> str | None:
        return self._current.cause.id if self._current else None

    def set_current(self, id: str | None) -> None:
        """Choose without telling anybody."""
        self._current = self._of(id)
        self._tell()
        self.update()

    def box_of(self, id: str) -> QRectF:
        """Where a barrier stands on the canvas, as it is painted."""
        node = self._of(id)
        return self._painted(node.place) if node else QRectF()

    # Arranging ---------------------------------------------------------------------------------------

    def _grown(self, cause: Cause, depth: int, parent: _Node | None) -> _Node:
        node = _Node(cause, depth, parent, [])
        self._nodes.append(node)
        node.children = [self._grown(each, depth + 1, node) for each in cause.causes]
        return node

    def _of(self, id: str | None) -> _Node | None:
        return next((node for node in self._nodes if node.cause.id == id), None)

    def _box_width(self) -> float:
        look, columns = theme(), max(self._depth, 1)
        free = self.width() - look.px(2 * SIDE + CORE) - columns * look.px(COLUMN_GAP)
        return min(max(free / columns, look.px(NARROWEST)), look.px(WIDEST))

    def _needed(self) -> QSize:
        look, leaves = theme(), max(sum(1 for node in self._nodes if not node.children), 1)
        columns = max(self._depth, 1)
        width = look.px(2 * SIDE + CORE) + columns * (look.px(COLUMN_GAP) + look.px(NARROWEST))
        return QSize(width, look.px(HEAD) + leaves * look.px(BOX + ROW_GAP) + look.px(8))

    def minimumSizeHint(self) -> QSize:
        return self._needed()

    def sizeHint(self) -> QSize:
        return self._needed()

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event):
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        look = theme()
        self.setMinimumSize(self._needed())
        leaves = max(sum(1 for node in self._nodes if not node.children), 1)
        free = (self.height() - look.px(HEAD) - look.px(8)) / leaves
        pitch, wide = min(max(free, look.px(BOX + ROW_GAP)), look.px(BOX + WIDE_GAP)), self._box_width()
        top = float(look.px(HEAD)) + pitch / 2
        leaf = 0

        def put(node: _Node) -> None:
            nonlocal leaf
            for child in node.children:
                put(child)
            if node.children:
                node.middle = (node.children[0].middle + node.children[-1].middle) / 2
            else:
                node.middle = top + leaf * pitch
                leaf += 1
            left = look.px(SIDE + CORE) + look.px(COLUMN_GAP) + (node.depth - 1) * (wide + look.px(COLUMN_GAP))
            node.place = QRectF(left, round(node.middle - look.px(BOX) / 2), round(wide), look.px(BOX))

        for root in self._roots:
            put(root)
        self.update()

    def _core_place(self) -> QRectF:
        look = theme()
        width = look.px(CORE)
        lines = len(wrapped(self._core_text(), font("voice"), width - look.px(24), 6))
        height = max(look.px(BOX), lines * line_height("voice") + look.px(24))
        middles = [root.middle for root in self._roots]
        middle = (min(middles) + max(middles)) / 2 if middles else look.px(HEAD) + height / 2
        return QRectF(look.px(SIDE), max(round(middle - height / 2), look.px(HEAD)), width, height)

    def _core_text(self) -> str:
        return self._core or self.language.say("The core problem is not written yet")

    def _painted(self, rect: QRectF) -> QRectF:
        return mirrored(rect, self.width(), self.layoutDirection() == Qt.LayoutDirection.RightToLeft)

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        painter = start(self)
        direct(painter, self)
        self._paint_heads(painter)
        branch = set()
        node = self._current
        while node is not None:
            branch.add(id(node))
            node = node.parent
        core = self._core_place()
        for chosen in (False, True):
            for node in self._nodes:
                if (id(node) in branch) == chosen:
                    self._paint_link(painter, node.parent.place if node.parent else core, node.place, chosen)
        look = theme()
        box(
            painter,
            self._painted(core),
            CARD,
            look.color("rail"),
            look.color("strong") if look.dark else None,
        )
        self._paint_lines(
            painter,
            core.adjusted(look.px(12), 0, -look.px(12), 0),
            self._core_text(),
            "voice",
            6,
            "rail_text" if self._core else "rail_text2",
        )
        for node in self._nodes:
            self._paint_node(painter, node, id(node) in branch)

    def _paint_heads(self, painter) -> None:
        look, say, wide = theme(), self.language.say, self._box_width()
        heads = [(say("Core problem"), float(look.px(SIDE)))]
        for depth in range(1, self._depth + 1):
            left = look.px(SIDE + CORE) + look.px(COLUMN_GAP) + (depth - 1) * (wide + look.px(COLUMN_GAP))
            last = depth == self._depth and depth > 1
            words = say("Root causes") if last else say("Direct causes") if depth == 1 else say("Causes behind them")
            heads.append((words, left))
        for words, left in heads:
            place = self._painted(QRectF(left, 0, wide, look.px(HEAD - 8)))
            draw_text(painter, place, words, font("label"), look.color("text2"))

    def _paint_link(self, painter, above: QRectF, below: QRectF, chosen: bool) -> None:
        first, last = self._painted(above), self._painted(below)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        begin = QPointF(first.left() if rtl else first.right(), first.center().y())
        end = QPointF(last.right() if rtl else last.left(), last.center().y())
        bend = (end.x() - begin.x()) / 2
        path = QPainterPath(begin)
        path.cubicTo(QPointF(begin.x() + bend, begin.y()), QPointF(end.x() - bend, end.y()), end)
        painter.setPen(QPen(theme().color("petrol" if chosen else "strong"), 2.2 if chosen else 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_node(self, painter, node: _Node, on_branch: bool) -> None:
        look, place = theme(), self._painted(node.place)
        current = node is self._current
        box(
            painter,
            place,
            CARD,
            look.color("sel2" if current else "surface"),
            look.color("petrol" if on_branch else "line2"),
            2.0 if current else 1.0,
        )
        left = node.place.left() + look.px(11)
        icon = self._icons.get(node.cause.category, "")
        if icon:
            side = look.px(16)
            mark = self._painted(QRectF(left, node.place.center().y() - side / 2, side, side))
            paint_icon(painter, mark, icon, "petrol" if on_branch else "text2")
            left += look.px(24)
        words = QRectF(left, node.place.top(), node.place.right() - look.px(10) - left, node.place.height())
        self._paint_lines(painter, words, node.cause.name, "body_medium", 2, "text")
        if node.cause.measures:
            self._paint_badge(painter, node.place, node.cause.measures)
        if current and self.ring:
            focus_ring(painter, place.adjusted(-3, -3, 3, 3), CARD + 3)

    def _paint_badge(self, painter, place: QRectF, count: int) -> None:
        look = theme()
        words = self.language.number(count)
        wide = max(look.px(18), QFontMetricsF(font("smallest")).horizontalAdvance(words) + look.px(10))
        badge = QRectF(place.right() - wide * 0.62, place.top() - look.px(8), wide, look.px(18))
        badge = self._painted(badge)
        box(painter, badge, badge.height() / 2, look.color("petrol"))
        draw_text(painter, badge, words, font("smallest"), look.color("on_petrol"), "center")

    def _paint_lines(self, painter, place: QRectF, text: str, role: str, most: int, token: str) -> None:
        lines = wrapped(text, font(role), place.width(), most)
        high = line_height(role) if role == "voice" else theme().px(17)
        top = place.center().y() - len(lines) * high / 2
        for number, words in enumerate(lines):
            line = self._painted(QRectF(place.left(), top + number * high, place.width(), high))
            draw_text(painter, line, words, font(role), theme().color(token))

    # Keys and mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event):
        node = self._at(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(node)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event):
        node = self._at(event.position())
        if node is not None:
            self.activated.emit(node.cause.id)

    def event(self, event):
        if event.type() == event.Type.ToolTip:
            node = self._at(QPointF(event.pos()))
            if node is not None:
                QToolTip.showText(event.globalPos(), self._words(node), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        towards, away = (Qt.Key.Key_Right, Qt.Key.Key_Left) if rtl else (Qt.Key.Key_Left, Qt.Key.Key_Right)
        node, key = self._current, event.key()
        goal: _Node | None = None
        moves = (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and node is not None:
            self.activated.emit(node.cause.id)
            return
        if key not in moves or not self._nodes:
            super().keyPressEvent(event)
            return
        if node is None:
            goal = self._roots[0]
        elif key == towards:
            goal = node.parent
        elif key == away:
            goal = node.children[0] if node.children else None
        else:
            column = [other for other in self._nodes if other.depth == node.depth]
            here = column.index(node)
            step = {
                Qt.Key.Key_Up: here - 1,
                Qt.Key.Key_Down: here + 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(column) - 1,
            }[key]
            goal = column[step] if 0 <= step < len(column) else None
        if goal is not None:
            self._choose(goal)

    def focusInEvent(self, event):
        if self._current is None and self._roots and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._choose(self._roots[0])
        super().focusInEvent(event)

    def _at(self, point: QPointF) -> _Node | None:
        return next((node for node in self._nodes if self._painted(node.place).contains(point)), None)

    def _choose(self, node: _Node) -> None:
        self.set_current(node.cause.id)
        self._bring_into_view(node)
        self.chosen.emit(node.cause.id)

    def _bring_into_view(self, node: _Node) -> None:
        area = self.parentWidget().parentWidget() if self.parentWidget() else None
        if isinstance(area, QScrollArea):
            place = self._painted(node.place).center().toPoint()
            area.ensureVisible(place.x(), place.y(), theme().px(150), theme().px(60))

    def _words(self, node: _Node) -> str:
        """A barrier as a screen reader says it."""
        say, cause = self.language.say, node.cause
        where = (
            say("{name}, a cause of {other}", name=cause.name, other=node.parent.cause.name)
            if node.parent
            else say("{name}, a direct cause", name=cause.name)
        )
        measures = (
            self.language.say_n("one measure", "{n} measures", cause.measures)
            if cause.measures
            else say("no measure yet")
        )
        return say("{barrier}; {measures}", barrier=where, measures=measures)

    def _tell(self) -> None:
        name = self.language.say("Tree of causes")
        if self._current is not None:
            name = self.language.say("{tree}. {chosen}", tree=name, chosen=self._words(self._current))
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._core_text())
