"""Leafing through the report: the pages as they will be printed, two side by side where there is room."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from tna_desktop.reports.chapter import Options
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.notices import ProgressCard
from tna_desktop.ui.painting import CARD, KeyboardFocus, focus_ring
from tna_desktop.ui.theme import theme

from .making import Making

GAP = 18


class ReportPages(Making):
    """The report as PDF, made once and shared by all previews of a desk: it lives and goes with the desk."""

    def __init__(self, desk: Desk):
        super().__init__(desk, desk)
        self._folder = Path(tempfile.mkdtemp(prefix="tna-preview-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self.path: Path | None = None
        self.edition = 0
        self._state: tuple[int, str, Options] | None = None
        self.options, self.code = Options(annexes=False), desk.language.code
        self.made.connect(self._keep)
        self.failed.connect(lambda _: self._forget())

    @classmethod
    def of(cls, desk: Desk) -> ReportPages:
        found = desk.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found or cls(desk)

    def refresh(self) -> None:
        """Lay the report out again if the data or the choices moved on since the pages were made."""
        wanted = (self.desk.document.seq, self.code, self.options)
        if wanted == self._state and (self.busy or self.path is not None):
            return
        self._state = wanted
        self.make(self._folder / "preview.pdf", self.code, self.options)

    @property
    def current(self) -> bool:
        return self._state is not None and self._state[0] == self.desk.document.seq

    def _keep(self, path: Path) -> None:
        self.path, self.edition = path, self.edition + 1

    def _forget(self) -> None:
        self._state = None


class ReportPreview(QWidget):
    """Shows the pages of the report; they are laid out in the background, and again when the data moves on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self.report = ReportPages.of(desk)
        self._shown = 0
        self.report.made.connect(self._show_made)
        self.report.failed.connect(self._show_failure)
        self.report.ended.connect(self._ended)
        say = self.language.say
        self.pages = _Pages(say("Preview of the report"), self)
        self.back = IconButton("caret-left", say("Previous pages"), on_click=lambda: self.leaf(-1))
        self.forward = IconButton("caret-right", say("Next pages"), on_click=lambda: self.leaf(1))
        self.where = Label("", tone="text2")
        self.smaller = IconButton("minus", say("Smaller"), on_click=lambda: self.pages.zoom_by(1 / 1.25))
        self.larger = IconButton("plus", say("Larger"), on_click=lambda: self.pages.zoom_by(1.25))
        self.fit = Button(say("Fit"), "ghost", small=True, on_click=lambda: self.pages.set_zoom(1.0))
        self.note = Label("", tone="text2", elide=True)
        self.card = ProgressCard(self.language, say("Laying out the report"), say("You can go on working."))
        self.card.stopped.connect(self.report.stop)
        self.report.progressed.connect(lambda share: self.card.set_progress(share * 100))
        self.card.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "sunk")
        column(
            row(None, self.back, self.where, self.forward, None, self.smaller, self.fit, self.larger, gap=6),
            self.card, self.pages, row(None, self.note, None), gap=10, margins=(20, 8, 20, 10), parent=self,
        )  # fmt: skip
        self.layout().setStretch(2, 1)
        self._tell_where()

    def refresh(self, options: Options | None = None, code: str = "") -> None:
        """Show the report as it stands now; with other options or in another language if given."""
        if options is not None:
            self.report.options = options
        if code:
            self.report.code = code
        self.report.refresh()
        if self.report.busy:
            self.card.set_progress(None)
            self.card.show()
        elif self.report.path is not None and self._shown != self.report.edition:
            self._show_made(self.report.path)

    def leaf(self, by: int) -> None:
        """Go some pages on, or back."""
        self.pages.turn(by)
        self._tell_where()

    def _show_made(self, path: Path) -> None:
        self._shown = self.report.edition
        self.pages.load(path)
        self.note.set_text(self.language.say("Numbers come from the stages; the words can be edited in Compose."))
        self._tell_where()
        if not self.report.current and self.isVisible():
            self.refresh()

    def _show_failure(self, sentence: str) -> None:
        self.note.set_text(sentence)

    def _ended(self) -> None:
        self.card.hide()

    def _tell_where(self) -> None:
        first, last, count = self.pages.shown()
        say = self.language.say
        if not count:
            text = ""
        elif first == last:
            text = say("Page {first} of {count}", first=first, count=count)
        else:
            text = say("Pages {first}–{last} of {count}", first=first, last=last, count=count)
        self.where.set_text(text)
        self.back.setEnabled(first > 1)
        self.forward.setEnabled(0 < last < count)
        for button in (self.smaller, self.larger, self.fit):
            button.setEnabled(bool(count))


class _Pages(KeyboardFocus, QWidget):
    """The pages themselves. Page keys, arrows and the wheel turn them; + and - change their size."""

    def __init__(self, name: str, preview: ReportPreview):
        super().__init__(preview)
        self.preview = preview
        self._content, self._count = b"", 0
        self._first, self._zoom = 0, 1.0
        self._images: dict[tuple[int, int], QImage] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setMinimumSize(QSize(180, 240))

    def load(self, path: Path) -> None:
        self._content = path.read_bytes()
        with _opened(self._content) as document:
            self._count = len(document)
        self._images.clear()
        self._first = min(self._first, max(0, self._count - 1))
        self.update()

    def count(self) -> int:
        return self._count

    def shown(self) -> tuple[int, int, int]:
        """The first and last page shown, counted from one, and how many there are."""
        count = self.count()
        return (self._first + 1, min(self._first + self._side_by_side(), count), count) if count else (0, 0, 0)

    def turn(self, by: int) -> None:
        step = self._side_by_side()
        self._first = max(0, min(self._first + by * step, max(0, self.count() - 1)))
        self.update()

    def set_zoom(self, zoom: float) -> None:
        self._zoom = max(0.5, min(zoom, 4.0))
        self._images.clear()
        self.preview._tell_where()
        self.update()

    def zoom_by(self, factor: float) -> None:
        self.set_zoom(self._zoom * factor)

    def _side_by_side(self) -> int:
        return 2 if self.width() > self.height() * 1.15 and self._zoom <= 1.0 else 1

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.preview._tell_where()

    def paintEvent(self, event):
        painter = QPainter(self)
        if not self._count:
            if self.ring:
                focus_ring(painter, self.rect(), CARD)
            return
        many = min(self._side_by_side(), self.count() - self._first)
        scale = min((self.width() - GAP * (many + 1)) / (595 * many), (self.height() - 2) / 842) * self._zoom
        width, height = int(595 * scale), int(842 * scale)
        order = range(many) if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else range(many - 1, -1, -1)
        left = (self.width() - many * width - (many - 1) * GAP) // 2
        top = max(0, (self.height() - height) // 2)
        for place, offset in enumerate(order):
            box = QRect(left + place * (width + GAP), top, width, height)
            painter.fillRect(box.adjusted(-1, -1, 1, 1), theme().color("line2"))
            painter.drawImage(box, self._image(self._first + offset, scale))
        if self.ring:
            focus_ring(painter, self.rect(), CARD)

    def _image(self, page: int, scale: float) -> QImage:
        pixels = scale * self.devicePixelRatioF()
        key = (page, round(pixels * 1000))
        if key not in self._images:
            with _opened(self._content) as document:
                found = document[page].render(scale=pixels)
                self._images[key] = QImage(
                    found.buffer, found.width, found.height, found.stride, QImage.Format.Format_BGR888
                ).copy()
        return self._images[key]

    def keyPressEvent(self, event):
        forward = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Space: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Up: -1,
        }
        sideways = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        forward |= {Qt.Key.Key_Right: sideways, Qt.Key.Key_Left: -sideways}
        if event.key() in forward and not event.modifiers():
            self.preview.leaf(forward[event.key()])
        elif event.text() in ("+", "-"):
            self.zoom_by(1.25 if event.text() == "+" else 1 / 1.25)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event):
        if event.angleDelta().y():
            self.preview.leaf(-1 if event.angleDelta().y() > 0 else 1)


@contextlib.contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    """The PDF, open while the block lasts; opening takes under a millisecond, so nothing is held for longer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()
