"""The five things a sound plan says of every action, in one line; a click shows the actions that do not say one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, ready_for
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import FlowRow
from tna_desktop.ui.painting import (
    CONTROL,
    KeyboardFocus,
    box,
    direct,
    draw_text,
    focus_ring,
    mirrored,
    start,
    text_width,
)
from tna_desktop.ui.tokens import theme

from ..chapter import tick_names
from ..results import Tick


class QualityLine(QWidget):
    """How many actions say each of the five things. ``chosen`` tells a tick's key, or nothing."""

    chosen = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self.setAccessibleName(language.say("What every action should say"))
        self._flow = FlowRow(self, gap=6, row_gap=4)
        self._flow.addWidget(Label(language.say("Every action says"), "meta", "text2"))
        self._ticks: dict[str, _TickButton] = {}
        for key, name in tick_names(language).items():
            button = _TickButton(language, key, name)
            button.clicked.connect(self._clicked)
            self._ticks[key] = button
            self._flow.addWidget(button)

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        for tick in ticks:
            self._ticks[tick.key].show_tick(tick)

    def chosen_key(self) -> str:
        return next((key for key, button in self._ticks.items() if button.isChecked()), "")

    def clear_choice(self) -> None:
        for button in self._ticks.values():
            button.setChecked(False)

    def _clicked(self) -> None:
        clicked = self.sender()
        for button in self._ticks.values():
            if button is not clicked:
                button.setChecked(False)
        self.chosen.emit(self.chosen_key())


class _TickButton(KeyboardFocus, QPushButton):
    """A tick with its count: a filled check when every action says it, a half circle as long as some do not."""

    def __init__(self, language: Language, key: str, name: str):
        super().__init__()
        ready_for(name)
        self.language, self.key, self._name = language, key, name
        self._tick = Tick(key, 0, 0, ())
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._tell()

    def show_tick(self, tick: Tick) -> None:
        self._tick = tick
        self.setEnabled(bool(tick.all))
        self._tell()
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        say = self.language.say
        if self._tick.holds:
            return self._name
        return say("{what} {done} of {all}", what=self._name, done=self._tick.done, all=self._tick.all)

    def _tell(self) -> None:
        say, tick = self.language.say, self._tick
        said = say("{what}: {done} of {all} actions", what=self._name, done=tick.done, all=tick.all)
        self.setAccessibleName(said)
        self.setToolTip(said if tick.holds else say("{said}. Click to see the others.", said=said))

    def restyle(self) -> None:
        self.updateGeometry()

    def sizeHint(self):
        look = theme()
        return QSize(int(text_width(self._words(), font("label"))) + look.px(14 + 6 + 2 * 8) + 1, look.px(26))

    minimumSizeHint = sizeHint

    def paintEvent(self, event):
        look, painter = theme(), start(self)
        direct(painter, self)
        area = QRectF(self.rect())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.isChecked():
            box(painter, area, CONTROL, look.color("sel2"), look.color("petrol"))
        elif self.underMouse():
            box(painter, area, CONTROL, look.color("mist"))
        good = self._tick.holds
        side = look.px(14)
        mark = mirrored(QRectF(look.px(8), (area.height() - side) / 2, side, side), area.width(), rtl)
        name = "check-circle-fill" if good else "circle-half" if self._tick.done else "circle"
        paint_icon(painter, mark, name, "petrol" if good else "text3")
        left = look.px(8 + 14 + 6)
        words = mirrored(QRectF(left, 0, area.width() - left - look.px(8), area.height()), area.width(), rtl)
        draw_text(
            painter,
            words,
            self._words(),
            font("label" if not good else "meta"),
            look.color("text" if not good else "text2"),
        )
        if self.ring:
            focus_ring(painter, area, CONTROL)
