"""The influence map to work on: pills are dragged, or moved with the arrow keys; each move is kept as one change.

What stands still is kept as two pictures, the ground and the pills, so that a drag paints only what moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from tna_desktop.charts.map_layout import HIGH, LOW, Box, Mark, Pill, Scale, arranged, crowded
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import ready_for
from tna_desktop.ui.painting import KeyboardFocus
from tna_desktop.ui.tokens import theme

from ..results.map import MIDDLE, QUADRANTS, Place
from . import map_painting as paint
from .map_painting import Spot

STEP, LEAP = 0.1, 0.5
#: Presses of the arrow keys that follow each other within this many milliseconds are one change.
QUIET = 900
_ARROWS = {
    int(Qt.Key.Key_Up): (1, 0),
    int(Qt.Key.Key_Down): (-1, 0),
    int(Qt.Key.Key_Right): (0, 1),
    int(Qt.Key.Key_Left): (0, -1),
}
#: What happens elsewhere in the window while a move by keys waits to be kept; the move is kept first.
_ELSEWHERE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Close,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.Quit,
}


@dataclass
class _Move:
    """A pill under way. ``begin`` is where it stood (None: it comes from the list), ``grip`` where it was taken."""

    spot: Spot
    begin: tuple[float, float] | None
    grip: QPointF | None = None
    inside: bool = True

    @property
    def place(self) -> tuple[float, float]:
        return self.spot.influence, self.spot.interest


class InfluenceCanvas(KeyboardFocus, QWidget):
    """``placed`` tells a finished move: stakeholder, influence, interest. ``moving`` tells each place on the way, then None."""

    chosen = Signal(str)
    placed = Signal(str, float, float)
    moving = Signal(str, object)
    taken_off = Signal(str)
    let_fall = Signal(str, QPoint)  # dropped outside of the map, at this place of the screen
    activated = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._spots: dict[str, Spot] = {}
        self._pills: dict[str, Pill] = {}
        self._groups: frozenset[str] = frozenset()
        self._current: str | None = None
        self._move: _Move | None = None
        self._pressed: tuple[str, QPointF] | None = None
        self._line = ""
        self._last = ""
        self._typed = ""
        self._ground: QPixmap | None = None
        self._still: QPixmap | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self.commit)
        self._forget_typed = QTimer(self, singleShot=True, interval=1000)
        self._forget_typed.timeout.connect(self._stop_typing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange()
        self._tell()

    # What is shown -----------------------------------------------------------------------------------

    def show_map(self, spots: Sequence[Spot], groups: Sequence[str] = (), line: str = "") -> None:
        """Show these stakeholders, of these groups only if any are named. ``line`` is said while nobody is placed."""
        self._spots = {spot.id: spot for spot in spots if not groups or spot.group in groups}
        for spot in spots:
            ready_for(spot.label)
        self._line = line
        if self._current not in self._spots:
            self._current = None
        move = self._move
        if move is not None and move.begin is not None:
            if move.spot.id in self._spots:  # it goes on under way, whatever else has changed
                there = self._spots[move.spot.id]
                move.spot = replace(there, influence=move.spot.influence, interest=move.spot.interest)
                move.begin = (there.influence, there.interest)
            else:
                self._let_go(False)
        self._arrange()
        self._tell()

    def current(self) -> str | None:
        return self._current

    def set_current(self, id: str | None) -> None:
        """Choose a pill without telling anybody."""
        if id != self._current:
            self.commit()
        self._current = id if id in self._spots else None
        self._still = None
        self._tell()
        self.update()

    def place_of(self, id: str) -> QPointF:
        """Where a stakeholder's mark is drawn."""
        pill = self._pills[id]
        return QPointF(pill.mark_x, pill.middle)

    def pills(self) -> list[Pill]:
        return list(self._pills.values())

    def scale(self) -> Scale:
        return paint.scale_of(paint.area_of(self.width(), self.height()))

    def order(self) -> list[str]:
        """The pills in reading order: from the top, and from the left within a line."""
        return sorted(self._spots, key=lambda id: (-self._spots[id].influence, self._spots[id].interest, id))

    # Arranging ---------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        area = paint.area_of(self.width(), self.height())
        self._sizes = paint.measures(False, area)
        pills = self._laid_out(area)
        if crowded(pills):
            self._sizes = paint.measures(True, area)
            pills = self._laid_out(area)
        self._pills = {pill.id: pill for pill in pills}
        self._ground = self._still = None
        self.update()

    def _laid_out(self, area: Box) -> list[Pill]:
        scale, sizes = paint.scale_of(area), self._sizes
        marks = [
            Mark(spot.id, scale.x(spot.interest), scale.y(spot.influence), sizes.width(spot.label))
            for spot in self._spots.values()
        ]
        names = [
            Box(each.left(), each.top(), each.width(), each.height())
            for each in paint.name_boxes(scale, self.language).values()
        ]
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return arranged(marks, area, sizes.height, sizes.inset, gap=2, taken=names, turned=rtl, first=self._last)

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event):
        self._arrange()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(760), theme().px(520))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(220))

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            self._ground = self._picture(ratio, self._paint_ground)
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            self._still = self._picture(ratio, self._paint_still)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        move = self._move if self._move is not None and self._move.inside else None
        if move is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = self.scale()
            paint.paint_crosshair(painter, scale, *move.place)
            if move.begin is not None:
                paint.paint_path(painter, scale, move.begin, move.place)
        painter.drawPixmap(0, 0, self._still)
        if move is not None:
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            pill = self._moving_pill(move.spot)
            paint.paint_pill(
                painter,
                pill,
                move.spot.label,
                move.spot.group,
                self._sizes,
                lifted=True,
                ring=self.ring and move.grip is None,
            )
            paint.paint_values(painter, scale, *move.place, self.language)

    def _picture(self, ratio: float, fill) -> QPixmap:
        made = QPixmap((QSize(self.width(), self.height()) * ratio).expandedTo(QSize(1, 1)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Names are written in many languages: each by its own letters, whatever the window's direction.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        fill(painter)
        painter.end()
        return made

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme().color("bg"))
        paint.paint_ground(painter, self.scale(), self.language, not self._spots)

    def _paint_still(self, painter: QPainter) -> None:
        scale, moved = self.scale(), self._move.spot.id if self._move else None
        for id, spot in self._spots.items():
            if spot.spread is not None and id != self._current:
                paint.paint_spread(painter, scale, spot.spread, False, spot.disputed)
        current = self._spots.get(self._current or "")
        if current is not None and current.spread is not None:
            paint.paint_spread(painter, scale, current.spread, True, True)
        for id, pill in self._pills.items():
            if pill.pushed and id != moved:
                paint.paint_leader(painter, pill, self._spots[id].group)
        for id in sorted(self._pills, key=lambda each: each == self._current):
            if id != moved:
                spot = self._spots[id]
                paint.paint_pill(
                    painter,
                    self._pills[id],
                    spot.label,
                    spot.group,
                    self._sizes,
                    chosen=id == self._current,
                    settled=spot.settled,
                    ring=id == self._current and self.ring,
                )
        if not self._spots and self._line:
            paint.paint_line(painter, scale, self._line)
        if self.ring and self._current is None and self._move is None:
            paint.paint_focus(painter, scale)

    def _moving_pill(self, spot: Spot) -> Pill:
        """The pill exactly at its values, turned inwards as it would be at rest."""
        scale = self.scale()
        mark = Mark(spot.id, scale.x(spot.interest), scale.y(spot.influence), self._sizes.width(spot.label))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return arranged([mark], scale.area, self._sizes.height, self._sizes.inset, turned=rtl)[0]

    # Moving ------------------------------------------------------------------------------------------

    def nudge(self, influence: float, interest: float) -> None:
        """Move the chosen pill by so many points; kept after a moment of quiet."""
        if self._current is None or (self._move is not None and self._move.grip is not None):
            return
        if self._move is None:
            spot = self._spots[self._current]
            self._begin(_Move(spot, (spot.influence, spot.interest)))
        assert self._move is not None
        now = self._move.spot
        self._move.spot = replace(
            now, influence=_kept(now.influence + influence), interest=_kept(now.interest + interest)
        )
        self._quiet.start()
        self._on_the_way()

    def commit(self) -> None:
        """Keep a move by keys now; a drag is kept when it is let go."""
        move = self._move
        if move is None or move.grip is not None or move.begin is None:
            return
        self._let_go(True)

    def cancel(self) -> bool:
        """Let go of a move; the pill goes back. False if there was none."""
        self._pressed = None
        if self._move is None:
            return False
        self._let_go(False)
        return True

    def _begin(self, move: _Move) -> None:
        self._move = move
        self._still = None
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _let_go(self, keep: bool) -> None:
        """The move is over: kept if it led somewhere. Whoever listens is told of the place before of the end."""
        move, self._move = self._move, None
        assert move is not None
        self._quiet.stop()
        self._still = None
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.unsetCursor()
        self.update()
        if keep:
            self._last = move.spot.id  # who was moved last stays where it was put, and others make room
        if keep and (move.begin is None or (move.spot.id in self._spots and move.place != move.begin)):
            self.placed.emit(move.spot.id, *move.place)
        self.moving.emit(move.spot.id, None)
        self._tell()

    def _on_the_way(self) -> None:
        assert self._move is not None
        self.update()
        if self._move.grip is None:
            self._tell()
        self.moving.emit(self._move.spot.id, self._move.place if self._move.inside else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before anything else happens in the window, a move by keys is kept."""
        kind = event.type()
        if kind in _ELSEWHERE and self._move is not None and self._move.grip is None and self._move.begin is not None:
            own_key = kind == QEvent.Type.ShortcutOverride and not event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            if not own_key:
                self.commit()
        return super().eventFilter(watched, event)

    # A guest from the list ---------------------------------------------------------------------------

    def guest_moves(self, spot: Spot, where: QPoint) -> None:
        """A stakeholder of the list is dragged to this place of the screen."""
        point = QPointF(self.mapFromGlobal(where))
        if self._move is None or self._move.spot.id != spot.id:
            self.commit()
            self._begin(_Move(spot, None, QPointF()))
        assert self._move is not None
        self._move.inside = self.scale().area.holds(point.x(), point.y())
        if self._move.inside:
            influence, interest = self._values(point)
            self._move.spot = replace(spot, influence=influence, interest=interest)
        self._on_the_way()

    def guest_falls(self) -> None:
        """The stakeholder of the list is let go: placed if it is on the map, else nothing happens."""
        move = self._move
        if move is None or move.begin is not None:
            return
        if move.inside:
            self._current = move.spot.id
        self._let_go(move.inside)

    # Mouse -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event):
        self.commit()
        id = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(id)
            self._pressed = (id, event.position()) if id else None
        elif event.button() == Qt.MouseButton.RightButton and self._move is not None:
            self.cancel()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event):
        point = event.position()
        if self._pressed is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor if self._at(point) else Qt.CursorShape.ArrowCursor)
            return
        id, begin = self._pressed
        if self._move is None:
            if (point - begin).manhattanLength() < QApplication.startDragDistance() or id not in self._spots:
                return
            spot = self._spots[id]
            self._begin(_Move(spot, (spot.influence, spot.interest), begin))
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        move = self._move
        assert move is not None and move.begin is not None
        scale = self.scale()
        shift = point - begin
        home = QPointF(scale.x(move.begin[1]), scale.y(move.begin[0]))
        influence, interest = self._values(home + shift)
        move.spot = replace(move.spot, influence=influence, interest=interest)
        self._on_the_way()

    def mouseReleaseEvent(self, event):
        pressed, self._pressed = self._pressed, None
        move = self._move
        if event.button() != Qt.MouseButton.LeftButton or move is None or pressed is None or move.grip is None:
            super().mouseReleaseEvent(event)
            return
        if not self.rect().contains(event.position().toPoint()):
            self.let_fall.emit(move.spot.id, event.globalPosition().toPoint())
        if self._move is not None:
            self._let_go(True)

    def mouseDoubleClickEvent(self, event):
        id = self._at(event.position())
        if id:
            self.activated.emit(id)

    def _at(self, point: QPointF) -> str:
        """The pill under the pointer, the chosen one first."""
        pills = sorted(self._pills.values(), key=lambda pill: pill.id != self._current)
        return next((pill.id for pill in pills if pill.box.holds(point.x(), point.y())), "")

    def _values(self, point: QPointF) -> tuple[float, float]:
        scale = self.scale()
        return _kept(scale.influence(point.y())), _kept(scale.interest(point.x()))

    def _choose(self, id: str | None) -> None:
        self.set_current(id)
        self.chosen.emit(self._current or "")

    # Keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event):
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape and self.cancel():
            return
        if key in _ARROWS and (not held or shift) and self._current:
            self._see_ring()
            up, right = _ARROWS[key]
            by = LEAP if shift else STEP
            self.nudge(up * by, right * by)
            return
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held and self._current:
            self.commit()
            self.taken_off.emit(self._current)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held and self._current:
            self.commit()
            self.activated.emit(self._current)
            return
        if not held or shift:
            if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._spots:
                self._see_ring()
                self._choose(self.order()[0 if key == Qt.Key.Key_Home else -1])
                return
            if event.text().strip() and event.text().isprintable() and self._type(event.text()):
                self._see_ring()
                return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from pill to pill, and behind the last one on to what follows the map."""
        order = self.order()
        if self._move is None or self._move.grip is None:
            at = order.index(self._current) if self._current in order else (-1 if forward else len(order))
            goal = at + (1 if forward else -1)
            if 0 <= goal < len(order):
                self._see_ring()
                self._choose(order[goal])
                return True
            self.commit()
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event):
        order = self.order()
        if self._current is None and order and event.reason() != Qt.FocusReason.MouseFocusReason:
            backwards = event.reason() == Qt.FocusReason.BacktabFocusReason
            self._choose(order[-1 if backwards else 0])
        super().focusInEvent(event)
        self._still = None

    def focusOutEvent(self, event):
        self.commit()
        super().focusOutEvent(event)
        self._still = None

    def hideEvent(self, event):
        self.commit()
        self.cancel()
        super().hideEvent(event)

    def _see_ring(self) -> None:
        if not self._by_keyboard:
            self._by_keyboard = True
            self._still = None

    def _type(self, text: str) -> bool:
        """Letters choose the next pill whose name begins with them."""
        self._typed += text.casefold()
        self._forget_typed.start()
        order = self.order()
        again = len(set(self._typed)) == 1  # one letter again and again: the next one each time
        wanted = self._typed[0] if again else self._typed
        found = [id for id in order if self._spots[id].label.casefold().startswith(wanted)]
        if not found:
            return False
        here = found.index(self._current) if self._current in found else -1
        self._choose(found[(here + 1) % len(found)] if again else found[max(here, 0)])
        return True

    def _stop_typing(self) -> None:
        self._typed = ""

    # Telling -----------------------------------------------------------------------------------------

    def event(self, event):
        if event.type() == QEvent.Type.ToolTip:
            id = self._at(QPointF(event.pos()))
            if id and self._move is None:
                QToolTip.showText(event.globalPos(), self._words(self._spots[id]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words(self, spot: Spot) -> str:
        """A pill as a screen reader says it."""
        say, number = self.language.say, self.language.number
        place = Place(spot.influence, spot.interest)
        words = say(
            "{name}, {group}: influence {influence}, interest {interest}, {quadrant}",
            name=spot.name,
            group=spot.group_name or say("no group"),
            influence=number(spot.influence, 1),
            interest=number(spot.interest, 1),
            quadrant=self.language.tell(QUADRANTS[place.quadrant]),
        )
        return words if spot.settled else say("{pill}; not agreed yet, mean of the assessors", pill=words)

    def _tell(self) -> None:
        say = self.language.say
        spot = self._move.spot if self._move is not None else self._spots.get(self._current or "")
        name = say("Influence map")
        if spot is not None:
            name = say("{map}. {chosen}", map=name, chosen=self._words(spot))
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            say(
                "Tab goes from pill to pill. The arrow keys move a pill by 0.1, with Shift by 0.5. Delete takes it off."
            )
        )


def middle_spot(spot: Spot, known: tuple[float | None, float | None]) -> Spot:
    """A stakeholder of the list put in the middle; what is known of it stays."""
    influence, interest = (MIDDLE if value is None else value for value in known)
    return replace(spot, influence=influence, interest=interest)


def _kept(value: float) -> float:
    """A value on the map: from 1 to 5, with one decimal."""
    return round(min(max(value, LOW), HIGH), 1) + 0.0
