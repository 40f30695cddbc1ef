"""The wall: a full-screen window for the room. All it holds are the plain words and numbers of one projection."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QScreen
from PySide6.QtWidgets import QWidget

from ...kernel.projected import Projection
from ...kernel.text import Language
from ..fonts import ready_for
from ..tokens import theme
from . import frame, keys
from .canvas import Account, Canvas, Mark, Written
from .look import BASE, BLACK, GROUND, NARROWEST, SIDE, SIZES
from .pages import paint_sheet, sheets_of
from .paging import Sheet
from .room import Room, forget_fonts
from .shown import Header

#: How long the keys stay in the foot, how long they take to go, and when the pointer hides, in milliseconds.
HINTS, FADE, POINTER, TYPING = 5000, 700, 3000, 1500


class Wall(QWidget):
    """Shows a projection page by page, with the keys of a presenter's clicker.

    ``stepped`` asks for the next or the previous step; ``turned`` tells which page is shown of how many; ``ended``
    that the wall was left, ``lost`` that its screen is gone; ``sized`` which text size was chosen.
    """

    stepped = Signal(int)
    turned = Signal(int, int)
    blanked = Signal(bool)
    ended = Signal()
    lost = Signal()
    sized = Signal(int)

    def __init__(self, language: Language, size: int = 0):
        super().__init__(None, Qt.WindowType.Window)
        self.language = language
        self.header, self.projection = Header(), Projection(())
        self.blank, self.legend, self.showing_keys, self.audience = False, True, False, False
        self.size_index = max(0, min(len(SIZES) - 1, size))
        self.page = 0
        self._sheets: list[Sheet] = []
        self._plan: frame.Plan | None = None
        self._pointing: dict[str, Any] = {}
        self._screen, self._gone = "", False
        self._typed, self._faded, self._over = "", 0.0, False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setWindowTitle(language.say("Projected"))
        self.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if language.right_to_left else Qt.LayoutDirection.LeftToRight
        )
        self._hints = self._timer(HINTS, self._fade_hints)
        self._pointer = self._timer(POINTER, lambda: self.setCursor(Qt.CursorShape.BlankCursor))
        self._typing = self._timer(TYPING, self._forget_digits)
        self._fading = QVariantAnimation(self)
        self._fading.setStartValue(0.0)
        self._fading.setEndValue(1.0)
        self._fading.setDuration(FADE)
        self._fading.valueChanged.connect(self._set_faded)

    def _timer(self, milliseconds: int, work) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        return timer

    # Being told --------------------------------------------------------------------------------------

    def tell(self, header: Header, projection: Projection, at_end: bool = False) -> None:
        """Show this from now on: the first page of a step, the page one is on when it is the same step.

        ``at_end`` is for coming back from the step after: its last page.
        """
        same = header.step == self.header.step and bool(self._sheets)
        if header == self.header and projection == self.projection and same and not self._pointing:
            return
        ready_for(repr(projection) + repr(header))
        self.header, self.projection = header, projection
        self._pointing.clear()
        self._arrange()
        self.page = min(self.page, len(self._sheets) - 1) if same else len(self._sheets) - 1 if at_end else 0
        self._show()

    def point(self, record: str, value: Any) -> None:
        """Something is dragged or weighed on the laptop: it moves here too. None: it was let go.

        What was let go stays where it was until the wall is told again, so that it does not jump back first.
        """
        if value is None:
            return
        self._pointing[record] = value
        page = next((at for at, sheet in enumerate(self._sheets) if record in sheet.ids), None)
        if page is None:
            self._pointing.pop(record)
        elif record not in self._sheets[self.page].ids:
            self.page = page
            self._show()
        else:
            self.update()

    # Pages -------------------------------------------------------------------------------------------

    @property
    def pages(self) -> int:
        return len(self._sheets)

    def _base(self) -> tuple[float, float, float]:
        """How large the page is in base measures, and how many pixels of the screen one of them is."""
        unit = min(self.height() / BASE, self.width() / NARROWEST) or 1.0
        return self.width() / unit, self.height() / unit, unit

    def _arrange(self) -> None:
        width, height, _ = self._base()
        whole = Room(width, height, SIZES[self.size_index], self.language, self.legend)
        self._plan = frame.plan(self.header, self.projection, whole, self.legend)
        inside = whole.inside(width - 2 * SIDE, self._plan.height)
        self._sheets = sheets_of(self.projection, inside, self._plan.sentence_apart)

    def _show(self) -> None:
        """The page has changed: paint it, and say what it is to those who listen instead of looking."""
        say = self.language.say
        page = frame.page_words(self.language, self.page + 1, self.pages) if self.pages > 1 else ""
        parts = (self.header.question, self.header.step, page, self.projection.sentence)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in parts if part))
        if self.blank:
            self.setAccessibleName(say("The wall is blank"))
        self.setAccessibleDescription("\n".join(dict.fromkeys(each.words for each in self.texts())))
        self.turned.emit(self.page + 1, self.pages)
        self.update()

    def turn(self, by: int) -> None:
        """A page on or back; beyond the last or the first, the step after or before is asked for."""
        if 0 <= self.page + by < self.pages:
            self.go(self.page + by)
        else:
            self.stepped.emit(by)

    def go(self, page: int) -> None:
        page = max(0, min(self.pages - 1, page))
        if page != self.page:
            self.page = page
            self._show()

    # What can be read --------------------------------------------------------------------------------

    def texts(self) -> list[Written]:
        """Every text that is on the wall now, with its size, place, ink and ground."""
        return self._account().texts

    def marks(self) -> list[Mark]:
        """Every shape, bar and tick that is on the wall now."""
        return self._account().marks

    def _account(self) -> Account:
        nothing = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(nothing)
        account = self._paint(painter)
        painter.end()
        return account

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        painter = QPainter(self)
        if self._is_elsewhere():
            # Should the system have moved the window to a screen nobody chose, it shows nothing there.
            painter.fillRect(self.rect(), QColor(GROUND))
            return
        self._paint(painter)

    def _paint(self, painter: QPainter) -> Account:
        account = Account()
        painter.fillRect(self.rect(), QColor(BLACK if self.blank else GROUND))
        if self.blank or self._plan is None or not self._sheets:
            return account
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        width, height, unit = self._base()
        painter.scale(unit, unit)
        whole = Room(width, height, SIZES[self.size_index], self.language, self.legend)
        outer = Canvas(painter, whole, 0, 0, unit, account)
        if self.showing_keys:
            keys.paint_keys(outer)
            return account
        frame.paint_head(outer, self.header, self._plan)
        inside = whole.inside(width - 2 * SIDE, self._plan.height)
        names = dict(self.projection.legend)
        part = Canvas(painter, inside, SIDE, self._plan.top, unit, account, names, self._pointing)
        paint_sheet(part, self._sheets[self.page])
        hints = keys.hints(self.language)
        frame.paint_foot(outer, self.header, self._plan, self.page + 1, self.pages, hints, self._faded)
        return account

    def resizeEvent(self, event):
        self._again()
        super().resizeEvent(event)

    def changeEvent(self, event):
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            forget_fonts()
            self._again()
        super().changeEvent(event)

    def restyle(self) -> None:
        """The look of the laptop changed; the wall stays white, but its fonts may be others."""
        forget_fonts()
        self._again()

    def _again(self) -> None:
        """Divide anew and stay with what one was looking at."""
        if self._plan is None:
            return
        ids = set(self._sheets[self.page].ids) if self._sheets else set()
        share = self.page / max(1, len(self._sheets))
        self._arrange()
        near = share * len(self._sheets)
        # The page with most of what was seen; among several the one at the same place.
        self.page = max(
            range(len(self._sheets)), key=lambda at: (len(ids.intersection(self._sheets[at].ids)), -abs(at - near))
        )
        self._show()

    # Keys and pointer --------------------------------------------------------------------------------

    def keyPressEvent(self, event):
        text, held = event.text(), event.modifiers()
        if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
            return
        if text.isdigit() and not self.showing_keys and not self.blank:
            self._type_digit(text)
            return
        asked = keys.command(event.key(), text, self.language.right_to_left)
        if asked:
            self.do(asked)
        else:
            self._show_hints()

    def do(self, asked: str) -> None:
        """Do what a key or a button of the laptop asks for."""
        if self.showing_keys and asked != keys.KEYS:
            self.show_keys(False)
            return
        if self.blank and asked in (keys.NEXT, keys.BACK, keys.BLANK):
            # Whoever goes on wants to see where they are first.
            self.make_blank(False)
            return
        work = {
            keys.NEXT: lambda: self.turn(1),
            keys.BACK: lambda: self.turn(-1),
            keys.FIRST: lambda: self.go(0),
            keys.LAST: lambda: self.go(self.pages - 1),
            keys.LEAVE: self.close,
            keys.BLANK: lambda: self.make_blank(True),
            keys.LEGEND: self._switch_legend,
            keys.LARGER: lambda: self.set_size(self.size_index + 1),
            keys.SMALLER: lambda: self.set_size(self.size_index - 1),
            keys.KEYS: lambda: self.show_keys(not self.showing_keys),
        }[asked]
        work()

    def make_blank(self, blank: bool) -> None:
        """Nothing to see, so that people look at each other; or everything again."""
        self.blank = blank
        self._show()
        self.blanked.emit(blank)

    def resume(self, page: int, blank: bool, legend: bool) -> None:
        """Take up what another wall has shown; a blank one stays blank."""
        self.blank = blank
        if legend != self.legend:
            self._switch_legend()
        self.page = max(0, min(self.pages - 1, page))
        self._show()

    def show_keys(self, shown: bool) -> None:
        self.showing_keys, self.blank = shown, False
        self._show()

    def _switch_legend(self) -> None:
        self.legend = not self.legend
        self._again()

    def set_size(self, index: int) -> None:
        """One of the three text sizes; the pages are divided anew."""
        index = max(0, min(len(SIZES) - 1, index))
        if index != self.size_index:
            self.size_index = index
            self._again()
            self.sized.emit(index)

    def _type_digit(self, digit: str) -> None:
        """A page by its number: at once when no longer number can be meant."""
        self._typed += digit
        number = int(self._typed)
        if 1 <= number <= self.pages:
            self.go(number - 1)
        if number * 10 > self.pages:
            self._forget_digits()
        else:
            self._typing.start()

    def _forget_digits(self) -> None:
        self._typed = ""

    def _show_hints(self) -> None:
        self._fading.stop()
        self._set_faded(0.0)
        self._hints.start()

    def _fade_hints(self) -> None:
        if theme().reduced_motion:
            self._set_faded(1.0)
        else:
            self._fading.start()

    def _set_faded(self, faded: float) -> None:
        self._faded = float(faded)
        self.update()

    def mouseMoveEvent(self, event):
        self.unsetCursor()
        self._pointer.start()
        super().mouseMoveEvent(event)

    def event(self, event):
        if event.type() == QEvent.Type.ToolTip:
            return True
        if event.type() == QEvent.Type.Show and self._gone:
            # Qt shows windows again after it moved them.
            QTimer.singleShot(0, self.hide)
        return super().event(event)

    # Screens -----------------------------------------------------------------------------------------

    def open_on(self, screen: QScreen, audience: bool) -> None:
        """Take over a screen. ``audience``: it is the only one, or the one the laptop's window is on."""
        # Known by its name: Qt hands out the same screen in more than one wrapping, and they are not equal.
        self._screen, self.audience = screen.name(), audience
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        screen.geometryChanged.connect(self._follow)
        QGuiApplication.instance().screenRemoved.connect(self._screen_removed)
        handle = self.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._moved)
        self.raise_()
        self.activateWindow()
        self.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._pointer.start()
        self._show_hints()

    def _follow(self, geometry: QRect) -> None:
        """The projector changed its resolution."""
        if self.isVisible() and not self._is_elsewhere():
            self.setGeometry(geometry)

    def _screen_removed(self, screen: QScreen) -> None:
        """Before Qt moves the window to a screen that is left: put it away, so that nothing is seen to jump."""
        if screen.name() == self._screen and self.isVisible():
            self._lose()

    def _moved(self, _screen: QScreen) -> None:
        # Some systems move windows before they tell that a screen is gone.
        there = {screen.name() for screen in QGuiApplication.screens()}
        if self.isVisible() and self._screen not in there:
            self._lose()

    def _is_elsewhere(self) -> bool:
        return self._gone or bool(self._screen and not self.audience and self.screen().name() != self._screen)

    def _lose(self) -> None:
        self._gone = True
        self.hide()
        self.close()
        self.lost.emit()

    def closeEvent(self, event):
        for timer in (self._hints, self._pointer, self._typing):
            timer.stop()
        self._fading.stop()
        super().closeEvent(event)
        if not self._over:
            self._over = True
            self.ended.emit()
