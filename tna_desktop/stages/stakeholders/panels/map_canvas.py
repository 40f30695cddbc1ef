"""The influence map to work on: pills are dragged, or moved with the arrow keys; each move is kept as one change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tna_desktop.charts.map_layout import HIGH, LOW
from tna_desktop.kernel.text import Language

from ..results.map import MIDDLE
from .map_painting import Spot
from .map_view import MapView, Move

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


class InfluenceCanvas(MapView):
    """``placed`` tells a finished move: stakeholder, influence, interest. ``moving`` tells each place on the way, then None."""

    placed = Signal(str, float, float)
    moving = Signal(str, object)
    taken_off = Signal(str)
    let_fall = Signal(str, QPoint)  # dropped outside of the map, at this place of the screen
    activated = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        self._pressed: tuple[str, QPointF] | None = None
        self._typed = ""
        super().__init__(language, parent)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self.commit)
        self._forget_typed = QTimer(self, singleShot=True, interval=1000)
        self._forget_typed.timeout.connect(self._stop_typing)

    # Moving ------------------------------------------------------------------------------------------

    def nudge(self, influence: float, interest: float) -> None:
        """Move the chosen pill by so many points; kept after a moment of quiet."""
        if self._current is None or (self._move is not None and self._move.grip is not None):
            return
        if self._move is None:
            spot = self._spots[self._current]
            self._begin(Move(spot, (spot.influence, spot.interest)))
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

    def _begin(self, move: Move) -> None:
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
            self._begin(Move(spot, None, QPointF()))
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
            self._begin(Move(spot, (spot.influence, spot.interest), begin))
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

    def _values(self, point: QPointF) -> tuple[float, float]:
        scale = self.scale()
        return _kept(scale.influence(point.y())), _kept(scale.interest(point.x()))

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


def middle_spot(spot: Spot, known: tuple[float | None, float | None]) -> Spot:
    """A stakeholder of the list put in the middle; what is known of it stays."""
    influence, interest = (MIDDLE if value is None else value for value in known)
    return replace(spot, influence=influence, interest=interest)


def _kept(value: float) -> float:
    """A value on the map: from 1 to 5, with one decimal."""
    return round(min(max(value, LOW), HIGH), 1) + 0.0
