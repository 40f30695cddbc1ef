"""The sectors in their order, with the line between those chosen and the others: dragged, or moved by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import UNKNOWN, Language
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import Hairline, Label, StateMark
from tna_desktop.ui.layouts import column
from tna_desktop.ui.painting import box, draw_text, focus_ring, start
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..operations import change_sector
from ..operations_sectors import choose_sector, move_line
from ..results import RankedSector
from ..results_sectors import GroupOrder, SectorLine, group_orders, sector_line

_ROW, _GRIP = 40, 8


class OrderCanvas(QWidget):
    """The order as rows with their means as bars; the line lies between two of them.

    Up and down go from row to row, Alt with them moves the line, space chooses a row or leaves it out.
    """

    moved = Signal(int)  # how many stand above the line now
    chosen = Signal(str, bool)  # a sector chosen, or left out, by itself
    stood = Signal(str)  # the sector the keyboard is on

    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        self.line = SectorLine((), 0, 0, frozenset())
        self.orders: tuple[GroupOrder, ...] = ()
        self.at = 0
        self._drag: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_line(self, line: SectorLine, orders: tuple[GroupOrder, ...] = ()) -> None:
        """``orders``: the groups' own; a row says how many of them would choose it, or leave it out."""
        current = self.current()
        self.line, self.orders, self._drag = line, orders, None
        ids = [each.id for each in line.order]
        self.at = ids.index(current) if current in ids else max(0, min(self.at, len(ids) - 1))
        self.setMinimumHeight(self.sizeHint().height())
        self._speak()
        self.update()

    def current(self) -> str:
        return self.line.order[self.at].id if self.at < len(self.line.order) else ""

    def stand(self, id: str) -> None:
        place = next((at for at, each in enumerate(self.line.order) if each.id == id), None)
        if place is not None:
            self._go(place)

    def _go(self, place: int) -> None:
        if self.line.order:
            self.at = max(0, min(place, len(self.line.order) - 1))
            self._speak()
            self.update()
            self.stood.emit(self.current())

    def words(self, each: RankedSector) -> str:
        """A row as it is spoken."""
        say, number = self.language.say, self.language.number
        where = say("chosen") if each.chosen else say("left out")
        mean = UNKNOWN if each.value is None else number(each.value, 2)
        text = say("{sector}: place {rank}, mean {mean}, {where}", sector=each.name,
                   rank=UNKNOWN if each.rank is None else number(each.rank), mean=mean, where=where)  # fmt: skip
        text = say("{row}, against the order", row=text) if each.id in self.line.departing else text
        others = otherwise_words(each, self.orders, self.language)
        return say("{row}. {more}", row=text, more=others) if others else text

    def _speak(self) -> None:
        say = self.language.say
        self.setAccessibleName(say("Order of the sectors; the line stands after {n}", n=self.line.cut))
        said = self.words(self.line.order[self.at]) if self.line.order else ""
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Keys and mouse ----------------------------------------------------------------------------------

    def keyPressEvent(self, event):
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if step is not None and alt:
            self._move(self.line.cut + step)
        elif step is not None:
            self._go(self.at + step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self.line.order) - 1)
        elif key == Qt.Key.Key_Space and self.line.order:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _toggle(self) -> None:
        each = self.line.order[self.at]
        self.chosen.emit(each.id, not each.chosen)

    def _move(self, cut: int) -> None:
        if 0 <= cut <= self.line.ranked and cut != self.line.cut:
            self.moved.emit(cut)

    def _line_y(self, cut: int) -> int:
        return theme().px(_ROW) * cut

    def _near_line(self, y: float) -> bool:
        return bool(self.line.ranked) and abs(y - self._line_y(self.line.cut)) <= theme().px(_GRIP)

    def mousePressEvent(self, event):
        y = event.position().y()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._near_line(y):
            self._drag = self.line.cut
        else:
            self._go(int(y // theme().px(_ROW)))
            square = self._check_rect(self.at)
            if square.adjusted(-6, -6, 6, 6).contains(event.position()):
                self._toggle()
        self.update()

    def mouseMoveEvent(self, event):
        y = event.position().y()
        if self._drag is not None:
            self._drag = max(0, min(self.line.ranked, round(y / theme().px(_ROW))))
            self.update()
        else:
            self.setCursor(Qt.CursorShape.SplitVCursor if self._near_line(y) else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event):
        if self._drag is not None:
            cut, self._drag = self._drag, None
            self.update()
            self._move(cut)

    def event(self, event):
        if event.type() == QEvent.Type.ToolTip:
            row = int(event.pos().y() // theme().px(_ROW))
            there = 0 <= row < len(self.line.order)
            self.setToolTip(self.words(self.line.order[row]) if there else "")
        return super().event(event)

    # Painting ----------------------------------------------------------------------------------------

    def sizeHint(self):
        return QSize(480, theme().px(_ROW) * max(1, len(self.line.order)) + theme().px(_GRIP))

    def _rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _check_rect(self, row: int) -> QRectF:
        look = theme()
        side, high = look.px(18), look.px(_ROW)
        return mirrored_rect(QRectF(look.px(24), row * high + (high - side) / 2, side, side), self.width(), self._rtl())

    def paintEvent(self, event):
        look, painter, high = theme(), start(self), theme().px(_ROW)
        painter.setLayoutDirection(self.layoutDirection())
        rtl, wide = self._rtl(), self.width()
        cut = self.line.cut if self._drag is None else self._drag

        def at(left: float, row: int, width: float) -> QRectF:
            return mirrored_rect(QRectF(left, row * high, width, high), wide, rtl)

        names = look.px(54)
        name_wide = min(look.px(300), wide * 0.4)
        bars = names + look.px(44) + name_wide
        counts = [otherwise(each, self.orders) for each in self.line.order]
        groups = look.px(96) if any(counts) else 0
        bar_wide = max(look.px(60), wide - bars - look.px(200) - groups)
        for row, each in enumerate(self.line.order):
            apart = each.id in self.line.departing
            if row == self.at:
                painter.fillRect(QRectF(0, row * high, wide, high), look.color("sel2"))
            painter.fillRect(0, (row + 1) * high - 1, wide, 1, look.color("line"))
            self._paint_check(painter, self._check_rect(row), each.chosen)
            place = UNKNOWN if each.rank is None else self.language.number(each.rank)
            place = self.language.say("{rank}=", rank=place) if each.tied else place
            draw_text(painter, at(names, row, look.px(30)), place, font("body"), look.color("text2"))
            words = QFontMetricsF(font("body_medium")).elidedText(each.name, Qt.TextElideMode.ElideRight, name_wide)
            draw_text(painter, at(names + look.px(36), row, name_wide), words, font("body_medium"), look.color("text"))
            if each.value is not None:
                full = at(bars, row, bar_wide).adjusted(0, high / 2 - look.px(5), 0, -(high / 2 - look.px(5)))
                painter.fillRect(full, look.color("line"))
                part = QRectF(full)
                part.setWidth(full.width() * each.value / 5)
                if rtl:
                    part.moveRight(full.right())
                painter.fillRect(part, look.color("petrol" if row < cut else "faint"))
                number = self.language.number(each.value, 2)
                draw_text(
                    painter,
                    at(bars + bar_wide + look.px(10), row, look.px(44)),
                    number,
                    font("body"),
                    look.color("text2"),
                )
            if apart:
                told = self.language.say("reason needed") if not each.reason else self.language.say("with a reason")
                draw_text(
                    painter,
                    at(bars + bar_wide + look.px(58), row, look.px(130)),
                    told,
                    font("meta"),
                    look.color("amber_ink"),
                )
            elif each.value is None:
                told = self.language.say("not fully answered")
                draw_text(painter, at(bars, row, look.px(200)), told, font("meta"), look.color("text2"))
            if counts[row]:
                say_n = self.language.say_n
                told = (
                    say_n("▼ one group", "▼ {n} groups", len(counts[row])) if each.chosen
                    else say_n("▲ one group", "▲ {n} groups", len(counts[row]))
                )  # fmt: skip
                draw_text(
                    painter, at(wide - look.px(24) - groups, row, groups), told, font("meta"), look.color("text"), "end"
                )
        if self.hasFocus() and self.line.order:
            focus_ring(painter, QRectF(3, self.at * high + 2, wide - 6, high - 5), 6)
        self._paint_line(painter, cut, wide, rtl)

    def _paint_check(self, painter, square: QRectF, on: bool) -> None:
        look = theme()
        if on:
            box(painter, square, 3, look.color("petrol"))
            paint_icon(painter, square.adjusted(3, 3, -3, -3), "check", "on_petrol")
        else:
            box(painter, square, 3, look.color("surface"), look.color("strong"))

    def _paint_line(self, painter, cut: int, wide: int, rtl: bool) -> None:
        if not self.line.ranked:
            return
        look, y = theme(), max(1, self._line_y(cut))
        painter.fillRect(0, y - 1, wide, 2, look.color("petrol"))
        text = self.language.say_n("One sector above the line", "{n} sectors above the line", cut)
        size = QFontMetricsF(font("smallest")).horizontalAdvance(text) + look.px(16)
        tall = look.px(18)
        tag = mirrored_rect(QRectF(wide - look.px(24) - size, y - tall / 2 if cut else 0, size, tall), wide, rtl)
        box(painter, tag, tall / 2, look.color("petrol"))
        draw_text(painter, tag, text, font("smallest"), look.color("on_petrol"), "center")


def otherwise(each: RankedSector, orders: tuple[GroupOrder, ...]) -> list[str]:
    """The groups that by their own answers would decide otherwise about a sector."""
    return [order.name for order in orders if each.id in (order.leaves if each.chosen else order.enters)]


def otherwise_words(each: RankedSector, orders: tuple[GroupOrder, ...], language: Language) -> str:
    """The same as a sentence; "" where there is none."""
    names = otherwise(each, orders)
    if not names:
        return ""
    if each.chosen:
        return language.say("By their own answers these would leave it out: {names}.", names=language.listing(names))
    return language.say("By their own answers these would choose it: {names}.", names=language.listing(names))


class SectorOrder(QWidget):
    """The order with its line; below it the sector one stands on, and the reason where the choice departs."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        say = desk.language.say
        self.canvas = OrderCanvas(desk.language)
        self.canvas.moved.connect(self._move)
        self.canvas.chosen.connect(self._choose)
        self.canvas.stood.connect(lambda _id: self._show_current())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        column(self.canvas, None, gap=0, margins=(0, 6, 0, 0), parent=holder)
        area.setWidget(holder)
        for part in (holder, area.viewport()):
            part.setAutoFillBackground(False)
        self._area = area
        self.told = StateMark("good", "")
        self.others = Label("", "body", "text2", wrap=True)
        self.reason = Field(desk.language, say("Reason"), QLineEdit())
        self.reason.committed.connect(self._keep)
        self._of = ""
        foot = QWidget()
        column(
            Hairline(), 4, self.told, self.others, self.reason,
            Label(say("Drag the line, or Alt and arrows. Space chooses a sector against the order, with a reason."), "meta", "text3", wrap=True),
            gap=4, margins=(24, 0, 24, 10), parent=foot,
        )  # fmt: skip
        layout = column(gap=0, parent=self)
        layout.addWidget(area, 1)
        layout.addWidget(foot)

    def load(self) -> None:
        workflow = self.desk.workflow
        line, orders = self.desk.read(lambda session: (sector_line(session, workflow), group_orders(session, workflow)))
        self.canvas.show_line(line, orders)
        self._show_current()

    def stand(self, id: str) -> None:
        self.canvas.stand(id)

    def _each(self) -> RankedSector | None:
        return next((each for each in self.canvas.line.order if each.id == self.canvas.current()), None)

    def _move(self, cut: int) -> None:
        line = self.canvas.line
        self.reason.commit()
        passed = line.order[min(line.cut, cut) : max(line.cut, cut)]
        if self.desk.attempt(move_line, [each.id for each in line.order[: line.ranked]], line.cut, cut):
            self._tell_gone([each for each in passed if each.chosen != (cut > line.cut)])

    def _choose(self, id: str, chosen: bool) -> None:
        self.reason.commit()
        changed = [each for each in self.canvas.line.order if each.id == id]
        self.desk.attempt(choose_sector, id, chosen)
        self._tell_gone(changed)
        self.stand(id)
        if id in self.canvas.line.departing:
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_gone(self, changed: Sequence[RankedSector]) -> None:
        """A reason was given for the place a sector had and goes with it: said, and one key brings it back."""
        names = [each.name for each in changed if each.reason]
        if names:
            self.desk.notice(
                self.language.say_n(
                    "The reason of {names} went with its old place.", "The reasons of {names} went with their old places.",
                    len(names), names=self.language.listing(names),
                ),
                undo=True,
            )  # fmt: skip

    def _keep(self, words: object) -> None:
        if self._of:
            try:
                self.desk.do(change_sector, self._of, reason=str(words))
            except Refused as refused:
                self.reason.show_error(self.language.tell(refused.reason))

    def _show_current(self) -> None:
        each, say = self._each(), self.language.say
        if each is not None and each.id != self._of:
            self.reason.commit()
        self.reason.setVisible(each is not None)
        others = otherwise_words(each, self.canvas.orders, self.language) if each is not None else ""
        self.others.setText(others)
        self.others.setVisible(bool(others))
        if each is None:
            self._of = ""
            self.told.set_state("open", say("There are no sectors yet. Add some under Need or Questions."))
            return
        same, self._of = each.id == self._of, each.id
        if not (same and self.reason.editor.hasFocus()):
            self.reason.set_value(each.reason)
        line = self.canvas.line
        if each.id in line.departing:
            words = (
                say("{sector} is chosen although the order does not put it above the line.", sector=each.name)
                if each.chosen
                else say("{sector} is left out although it stands above the line.", sector=each.name)
            )
            label = say("Why?") if not each.reason else say("Reason")
            self.told.set_state("attention" if not each.reason else "good", words)
        else:
            words = (
                say("{sector} is chosen.", sector=each.name)
                if each.chosen
                else say("{sector} is left out.", sector=each.name)
            )
            label = say("Reason")
            if not line.ranked:
                words = say("No sector is fully answered yet, so there is no order. Answer the questions first.")
            self.told.set_state("good" if each.chosen else "open", words)
        self.reason.set_label(label)
        y = self.canvas.at * theme().px(_ROW)
        self._area.ensureVisible(0, y + theme().px(_ROW) // 2, 0, theme().px(_ROW))
