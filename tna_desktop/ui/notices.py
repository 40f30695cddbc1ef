"""Telling in passing: the toast with Undo, and the card of something that takes its time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..kernel.text import Language
from .buttons import Button
from .labels import IconMark, KeyCap, Label
from .layouts import row
from .painting import CARD, box, start
from .tokens import theme

#: How long a toast stays, in milliseconds.
STAY = 6000
#: Room around the card for its shadow.
_SHADOW = 14


class Toast(QWidget):
    """What was done, with Undo, at the bottom centre of a host; goes after 6 s, waits under the pointer."""

    undone = Signal()

    def __init__(self, host: QWidget, language: Language):
        super().__init__(host)
        self._undo: Callable[[], object] | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY)
        self.timer.timeout.connect(self.put_away)
        self._icon = IconMark("check-circle-fill", "rail_done", 16)
        self._text = Label("", "body", "rail_text", max_lines=2)
        self._button = Button(language.say("Undo"), "rail", small=True, on_click=self._undo_it)
        self._keys = KeyCap("Ctrl Z", on_rail=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_SHADOW + 15, _SHADOW + 7, _SHADOW + 13, _SHADOW + 7)
        layout.setSpacing(9)
        for part in (self._icon, self._text, self._button, self._keys):
            layout.addWidget(part)
        host.installEventFilter(self)
        self.hide()

    def tell(self, text: str, undo: Callable[[], object] | None = None, icon: str = "check-circle-fill") -> None:
        """Show the toast. With ``undo`` it offers to take back what was done."""
        self._undo = undo
        self._icon.set_icon(icon, "rail_amber" if icon == "warning-fill" else "rail_done")
        self._text.setText(text)
        for part in (self._button, self._keys):
            part.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self.timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def put_away(self) -> None:
        self.timer.stop()
        self._undo = None
        self.hide()

    def restyle(self) -> None:
        if self.isVisible():
            self._place()

    def _undo_it(self) -> None:
        undo, self._undo = self._undo, None
        self.put_away()
        if undo is not None:
            undo()
        self.undone.emit()

    def _place(self) -> None:
        """At the bottom centre of the host, never wider than it."""
        host = self.parentWidget()
        self.layout().activate()
        hint = self.sizeHint()
        width = min(hint.width(), max(120, host.width() - 16))
        height = max(hint.height(), theme().px(42) + 2 * _SHADOW)
        self.resize(width, height)
        self.move((host.width() - width) // 2, host.height() - height - 24 + _SHADOW)

    def eventFilter(self, watched, event):
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event):
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event):
        if self.isVisible():
            self.timer.start()
        super().leaveEvent(event)

    def paintEvent(self, event):
        painter = start(self)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        shadow(painter, card, CARD, _SHADOW)
        box(painter, card, CARD, theme().color("rail"), theme().color("rail_line") if theme().dark else None)


class ProgressCard(QFrame):
    """What is being done, how far it is, and a way to stop it. It blocks nothing."""

    stopped = Signal()

    def __init__(
        self,
        language: Language,
        what: str,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        can_stop: bool = True,
    ):
        super().__init__(parent)
        self._language = language
        self._percent: float | None = None
        self._what = Label(what, "body_strong", wrap=True)
        self._note = Label("", "meta", "text2")
        self._hint = Label(hint, "meta", "text2", wrap=True)
        self._bar = _Bar()
        self._stop = Button(language.say("Stop"), small=True, on_click=self._stop_it)
        self._stop.setAccessibleDescription(what)
        if not can_stop:
            self._stop.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = row(gap=12)
        head.addWidget(self._what, 1)
        head.addWidget(self._note)
        foot = row(gap=12)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 13, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addLayout(foot)
        self._what_text = what
        self.set_progress(None)

    def set_progress(self, percent: float | None, note: str = "") -> None:
        """How far it is, 0 to 100, and what is left to say, e.g. the time. None: not known yet."""
        self._percent = percent
        shown = "" if percent is None else self._language.say("{number} %", number=round(percent))
        if shown and note:
            shown = self._language.say("{percent}, {note}", percent=shown, note=note)
        self._note.setText(shown or note)
        self._bar.show_share(None if percent is None else percent / 100)
        self.setAccessibleName(
            self._language.say("{what}: {progress}", what=self._what_text, progress=shown or note)
            if shown or note
            else self._what_text
        )

    def percent(self) -> float | None:
        return self._percent

    def _stop_it(self) -> None:
        self._stop.setEnabled(False)
        self.stopped.emit()

    def paintEvent(self, event):
        box(start(self), self.rect(), CARD, theme().color("surface"), theme().color("line2"))


class _Bar(QWidget):
    """A bar 6 px high; a third of it in the middle while nobody knows how far it is."""

    def __init__(self):
        super().__init__()
        self._share: float | None = None
        self.setFixedHeight(6)

    def show_share(self, share: float | None) -> None:
        self._share = None if share is None else max(0.0, min(1.0, share))
        self.update()

    def paintEvent(self, event):
        painter = start(self)
        area = QRectF(self.rect())
        box(painter, area, 3, theme().color("mist2"))
        if self._share is None:
            third = area.width() / 3
            box(painter, area.adjusted(third, 0, -third, 0), 3, theme().color("petrol"))
            return
        width = area.width() * self._share
        if width >= 1:
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = area.right() - width if rtl else area.left()
            box(painter, QRectF(left, 0, width, area.height()), 3, theme().color("petrol"))


def shadow(painter, card: QRectF, radius: float, reach: int, strength: int = 46) -> None:
    """A soft shadow around a floating card, painted inside the widget's own margin, where nothing clips it."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(reach, 0, -1):
        color = theme().color("rail")
        color.setRgb(15, 40, 46) if not theme().dark else color.setRgb(0, 0, 0)
        color.setAlpha(max(1, round(strength * (1 - step / reach) ** 2 / 3)))
        painter.setBrush(color)
        grown = card.adjusted(-step, -step + 3, step, step)
        painter.drawRoundedRect(grown, radius + step, radius + step)
    painter.restore()
