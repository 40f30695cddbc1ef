"""The wall: a full-screen window that shows a room where the team is. It is handed words of the workflow and counts only.

What each step shows on it is a later story; from the beginning it knows no record of the document, so that nothing
private can reach it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, ready_for
from tna_desktop.ui.painting import draw_text, start
from tna_desktop.ui.rosette import paint_rosette

#: The height for which the sizes below are given; the wall is scaled to its screen as a whole.
BASE = 1080
INK, QUIET, HERE, GROUND = "#12272B", "#47595D", "#0E6A73", "#FFFFFF"


@dataclass(frozen=True)
class Shown:
    """All the wall may know: the question, and each stage's title with how many of its steps are done."""

    eyebrow: str
    question: str
    stages: tuple[tuple[str, str], ...]
    shares: tuple[float, ...]
    here: int


class Wall(QWidget):
    """Esc or F5 leaves it; B or a full stop makes it blank and brings it back, as a presenter's clicker does."""

    def __init__(self, language: Language):
        super().__init__(None, Qt.WindowType.Window)
        self.language, self.blank = language, False
        self.shown = Shown("", "", (), (), 0)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(language.say("Projected"))

    def tell(self, shown: Shown) -> None:
        """Show this from now on."""
        self.shown = shown
        for text in (shown.eyebrow, shown.question, *(title for title, _ in shown.stages)):
            ready_for(text)
        self.setAccessibleName(". ".join((shown.question, *(" ".join(stage) for stage in shown.stages))))
        self.update()

    def open_beside(self, window: QWidget) -> None:
        """On another screen than the window's where there is one, else over it."""
        others = [screen for screen in QGuiApplication.screens() if screen is not window.screen()]
        screen = others[0] if others else window.screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
            self.close()
        elif event.key() in (Qt.Key.Key_B, Qt.Key.Key_Period):
            self.blank = not self.blank
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event):
        painter = start(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        if self.blank:
            return
        painter.setLayoutDirection(self.layoutDirection())
        unit = min(self.height() / BASE, self.width() / 1920)
        wide, rtl = self.width(), self.layoutDirection() == Qt.LayoutDirection.RightToLeft

        def at(left: float, top: float, width: float, height: float) -> QRectF:
            left, width = left * unit, min(width * unit, wide - left * unit - 60 * unit)
            return QRectF(wide - left - width if rtl else left, top * unit, width, height * unit)

        draw_text(painter, at(96, 70, 1720, 44), self.shown.eyebrow, _sized("body_medium", 30 * unit), QColor(HERE))
        title = at(96, 122, 1720, 160)
        painter.setFont(_sized("screen_title", 58 * unit))
        painter.setPen(QColor(INK))
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(title, wrapped, self.shown.question)
        paint_rosette(painter, at(96, 380, 520, 520), self.shown.shares)
        for number, (name, count) in enumerate(self.shown.stages):
            here = number == self.shown.here
            face = _sized("body_strong" if here else "body", 40 * unit)
            top = 370 + number * 94
            draw_text(painter, at(720, top, 760, 60), name, face, QColor(HERE if here else INK))
            draw_text(painter, at(1480, top, 340, 60), count, _sized("body", 34 * unit), QColor(QUIET), "end")


def _sized(role: str, pixels: float) -> QFont:
    face = QFont(font(role))
    face.setPixelSize(max(8, round(pixels)))
    return face
