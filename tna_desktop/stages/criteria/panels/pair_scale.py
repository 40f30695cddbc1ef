"""The scale between two criteria, from nine times the one to nine times the other; and the map of all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.painting import KeyboardFocus, box, draw_text, focus_ring, start
from tna_desktop.ui.theme import theme

from ..reading.ballots import Node

_K = Qt.Key
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_RTL = Qt.LayoutDirection.RightToLeft
#: From the first name to the second: 9 … 2, 1, -2 … -9.
STEPS = (*range(9, 0, -1), *range(-2, -10, -1))


class PairScale(KeyboardFocus, QWidget):
    """Seventeen boxes. Arrows go to the one or the other name, digits say how much more, Enter goes on.

    ``chosen`` tells the step: 1 to 9 if the first name matters more (1: alike), -2 to -9 if the second, None: cleared.
    """

    chosen = Signal(object)
    next_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self._language = language
        self._first = self._second = ""
        self._step: int | None = None
        self._lean = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pair(self, first: str, second: str, step: int | None) -> None:
        other = (first, second) != (self._first, self._second)
        self._first, self._second, self._step = first, second, step
        if other or (step is not None and abs(step) > 1):
            self._lean = -1 if step is not None and step < 0 else 1
        self.setAccessibleName(
            self._language.say("{first} and {second}: {answer}", first=first, second=second, answer=self.in_words())
        )
        self.update()

    def step(self) -> int | None:
        return self._step

    def in_words(self) -> str:
        """The answer as a sentence."""
        if self._step is None:
            return self._language.say("Which of the two matters more, and how much?")
        more, less = (self._second, self._first) if self._step < 0 else (self._first, self._second)
        return self._language.say(_WORDS[abs(self._step)], first=more, second=less)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), theme().px(44) + line_height("smallest") + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self.sizeHint().height())

    # Keys and mouse ----------------------------------------------------------------------------------

    def event(self, event):
        asked = event.type() == QEvent.Type.ShortcutOverride and not event.modifiers() & _HELD
        if asked and (event.text().isdigit() or event.key() in (_K.Key_Left, _K.Key_Right, _K.Key_Space)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event):
        key, text = event.key(), event.text()
        if event.modifiers() & _HELD:
            super().keyPressEvent(event)
        elif key in (_K.Key_Left, _K.Key_Right):
            forward = (key == _K.Key_Right) != (self.layoutDirection() == _RTL)
            self._along(1 if forward else -1)
        elif key in (_K.Key_Return, _K.Key_Enter, _K.Key_Space):
            self.next_wanted.emit()
        elif key in (_K.Key_Delete, _K.Key_Backspace, _K.Key_0):
            self._choose(None)
        elif text and text in "123456789":
            self._choose(int(text) * (self._lean if text != "1" else 1))
        elif text in ("+", "-"):  # on the keypad: the other name matters more
            self._lean = -self._lean
            if self._step is not None and abs(self._step) > 1:
                self._choose(-self._step)
            self.update()
        else:
            super().keyPressEvent(event)
            return
        self._by_keyboard = True

    def mousePressEvent(self, event):
        for step, place in zip(STEPS, self._places(), strict=True):
            if place.adjusted(-2, -6, 2, 6).contains(event.position()):
                self._choose(step)
        super().mousePressEvent(event)

    def _along(self, by: int) -> None:
        """Towards the second name (1) or the first (-1); from nothing the first step is to that side."""
        if self._step is None:
            self._choose(-2 * by if by > 0 else 2)
        else:
            place = STEPS.index(self._step) + by
            self._choose(STEPS[max(0, min(len(STEPS) - 1, place))])

    def _choose(self, step: int | None) -> None:
        if step is not None and abs(step) > 1:
            self._lean = 1 if step > 0 else -1
        self._step = step
        self.chosen.emit(step)
        self.update()

    # Painting ----------------------------------------------------------------------------------------

    def _places(self) -> list[QRectF]:
        look, count = theme(), len(STEPS)
        gap = look.px(4)
        wide = min(look.px(44), (self.width() - 4 - gap * (count - 1)) / count)
        whole = wide * count + gap * (count - 1)
        left = (self.width() - whole) / 2
        places = [QRectF(left + at * (wide + gap), look.px(4), wide, look.px(36)) for at in range(count)]
        return places[::-1] if self.layoutDirection() == _RTL else places

    def paintEvent(self, event):
        look, painter = theme(), start(self)
        places = self._places()
        for step, place in zip(STEPS, places, strict=True):
            on = step == self._step
            # A bar from the middle to the answer, so that it is read without the numbers.
            inside = self._step is not None and (
                1 <= step <= self._step if self._step >= 1 else step == 1 or self._step <= step < 0
            )
            ground = "petrol" if on else "sel" if inside else "surface"
            box(painter, place, 5, look.color(ground), look.color("petrol" if on or step == 1 else "line2"))
            ink = "on_petrol" if on else "petrol_ink" if inside else "text2"
            draw_text(painter, place, self._language.number(abs(step)), font("body_strong"), look.color(ink), "center")
        below = line_height("smallest")
        middle = places[len(STEPS) // 2]
        words = QRectF(middle.center().x() - look.px(80), middle.bottom() + 4, look.px(160), below)
        draw_text(painter, words, self._language.say("alike"), font("smallest"), look.color("text2"), "center")
        if self.ring:
            left, right = min(place.left() for place in places), max(place.right() for place in places)
            focus_ring(painter, QRectF(left - 3, 1, right - left + 6, places[0].height() + look.px(4) + 2), 7)


class PairMap(KeyboardFocus, QWidget):
    """All pairs as small cells: answered, the one shown now, the one that does not fit. A click shows a pair."""

    wanted = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self._language = language
        self._nodes: list[Node] = []
        self._given: Mapping[tuple[str, str], int] = {}
        self._current: tuple[str, str] | None = None
        self._doubtful: tuple[str, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        self._nodes = list(nodes)
        self.update()

    def show_answers(
        self,
        given: Mapping[tuple[str, str], int],
        current: tuple[str, str] | None,
        doubtful: tuple[str, str] | None,
    ) -> None:
        self._given, self._current = given, current
        self._doubtful = doubtful and (doubtful if doubtful in given else (doubtful[1], doubtful[0]))
        count = len(self._nodes)
        self.setAccessibleName(
            self._language.say("{number} of {all} pairs answered", number=len(given), all=count * (count - 1) // 2)
        )
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(60))

    def keyPressEvent(self, event):
        steps = {_K.Key_Left: (0, -1), _K.Key_Right: (0, 1), _K.Key_Up: (-1, 0), _K.Key_Down: (1, 0)}
        step = steps.get(_K(event.key()))
        if step is None or self._current is None:
            super().keyPressEvent(event)
            return
        ids = [node.id for node in self._nodes]
        line, column = ids.index(self._current[1]), ids.index(self._current[0])
        along = -step[1] if self.layoutDirection() == _RTL else step[1]
        line, column = line + step[0], column + along
        if 0 <= column < line < len(ids):
            self.wanted.emit((ids[column], ids[line]))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event):
        for pair, place in self._cells():
            if place.contains(event.position()):
                self.wanted.emit(pair)
                return
        super().mousePressEvent(event)

    def _cells(self) -> list[tuple[tuple[str, str], QRectF]]:
        look, count = theme(), len(self._nodes)
        if count < 2:
            return []
        side = max(3.0, min(look.px(20), (self.height() - 8) / (count - 1), (self.width() - 8) / (count - 1)))
        rtl, found = self.layoutDirection() == _RTL, []
        for line in range(1, count):
            for column in range(line):
                x = 4 + column * side
                x = self.width() - x - side if rtl else x
                pair = (self._nodes[column].id, self._nodes[line].id)
                found.append((pair, QRectF(x, 4 + (line - 1) * side, side - 2, side - 2)))
        return found

    def paintEvent(self, event):
        look, painter = theme(), start(self)
        for pair, place in self._cells():
            step = self._given.get(pair)
            if pair == self._doubtful:
                box(painter, place, 3, look.color("amber_bg"), look.color("amber_icon"), 2)
            elif step is None:
                box(painter, place, 3, None, look.color("line2"))
            else:
                box(painter, place, 3, look.color("petrol", 150 if abs(step) < 5 else 255))
            if pair == self._current:
                box(painter, place.adjusted(-1, -1, 1, 1), 3, None, look.color("text"), 2)
        if self.ring:
            focus_ring(painter, QRectF(self.rect()), 6)


def _words() -> dict[int, str]:
    """The answers as sentences; the words of the scale are Saaty's."""
    from tna_desktop.kernel.text import message

    return {
        1: message("“{first}” and “{second}” matter equally").text,
        2: message("“{first}” matters slightly more than “{second}”").text,
        3: message("“{first}” matters moderately more than “{second}”").text,
        4: message("“{first}” matters moderately to strongly more than “{second}”").text,
        5: message("“{first}” matters strongly more than “{second}”").text,
        6: message("“{first}” matters strongly to very strongly more than “{second}”").text,
        7: message("“{first}” matters very strongly more than “{second}”").text,
        8: message("“{first}” matters very strongly to extremely more than “{second}”").text,
        9: message("“{first}” matters extremely more than “{second}”").text,
    }


_WORDS = _words()
