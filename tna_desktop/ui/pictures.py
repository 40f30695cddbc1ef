"""Showing a chart: the same SVG as in the report, with its sentence for those who cannot see it, Copy and Table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.text import Language

from .buttons import IconButton
from .fonts import ready_for
from .painting import start
from .picture_table import Heading, PictureTable
from .tokens import theme

#: Draws a picture so many pixels wide, for light or dark ground: SVG text and the sentences that say the same.
Draw = Callable[[float, bool], tuple[str, str]]


class Picture(QWidget):
    """An SVG picture as wide as its place. It is drawn anew for each width and theme, so letters keep their size."""

    def __init__(self, name: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._draw: Draw | None = None
        self._renderer: QSvgRenderer | None = None
        self._made: tuple[int, bool, int] | None = None
        # A layout asks again and again how high a width is; each answer is a whole drawing.
        self._heights: dict[tuple[int, bool, int], int] = {}
        self.svg = self.description = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def show_picture(self, draw: Draw | None) -> None:
        """Show another picture; None shows nothing."""
        self._draw, self._made = draw, None
        self._heights.clear()
        self._make(max(self.width(), 120))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        asked = (width, theme().dark, theme().text_size)
        if asked not in self._heights:
            self._make(width)
            self._heights[asked] = round(self._size().height()) if self._renderer else 0
        return self._heights[asked]

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme().px(240))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), 0)

    def restyle(self) -> None:
        self._made = None
        self._heights.clear()
        self.updateGeometry()

    def image(self, scale: float = 2.0) -> QImage:
        """The picture on white or dark ground, for the clipboard."""
        size = self._size()
        image = QImage(round(size.width() * scale), round(size.height() * scale), QImage.Format.Format_ARGB32)
        image.fill(theme().color("surface"))
        painter = QPainter(image)
        if self._renderer is not None:
            self._renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
        painter.end()
        return image

    def _make(self, width: int) -> None:
        look = theme()
        wanted = (width, look.dark, look.text_size)
        if self._draw is None or self._made == wanted:
            if self._draw is None:
                self._renderer, self.svg, self.description = None, "", ""
            return
        self._made = wanted
        # A chart's letters have their size at 100 %: at 130 % it is drawn narrower and shown larger.
        self.svg, self.description = self._draw(width * 100 / look.text_size, look.dark)
        ready_for(self.svg)
        self._renderer = QSvgRenderer(QByteArray(self.svg.encode()))
        self.setAccessibleDescription(self.description)
        self.setToolTip("")

    def _size(self) -> QSize:
        size = self._renderer.defaultSize() if self._renderer else QSize(0, 0)
        return size * (theme().text_size / 100)

    def resizeEvent(self, event):
        self._make(self.width())
        super().resizeEvent(event)

    def paintEvent(self, event):
        if self._draw is None:
            return
        self._make(self.width())
        painter = start(self)
        size = self._size()
        self._renderer.render(painter, QRectF(0, 0, size.width(), size.height()))


class PictureView(QWidget):
    """A picture with Copy picture and Table view, for the same numbers as a table."""

    def __init__(self, language: Language, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        say = language.say
        self.language = language
        self.picture = Picture(name)
        self.table = PictureTable(name)
        self.table.setVisible(False)
        self.copy_button = IconButton("copy", say("Copy picture"), small=True, on_click=self.copy)
        self.table_button = IconButton("table", say("Table view"), small=True, checkable=True)
        self.table_button.toggled.connect(self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.picture)
        layout.addWidget(self.table)

    def tools(self) -> tuple[QWidget, QWidget]:
        """The two buttons, to stand wherever the screen has room for them."""
        return self.copy_button, self.table_button

    def show_picture(
        self,
        draw: Draw | None,
        columns: Sequence[Heading] | None = None,
        rows: Sequence[Sequence[str]] | None = None,
    ) -> None:
        """Show another picture with the numbers behind it, already said; None shows nothing."""
        self.picture.show_picture(draw)
        self.table.show_table(columns, rows)
        self.copy_button.setEnabled(draw is not None)
        self.table_button.setEnabled(columns is not None)
        if columns is None:
            self.table_button.setChecked(False)

    def copy(self) -> None:
        """Put the picture on the clipboard, as an image and as SVG, with its sentences as text."""
        data = QMimeData()
        data.setImageData(self.picture.image())
        data.setData("image/svg+xml", QByteArray(self.picture.svg.encode()))
        data.setText(self.picture.description)
        QGuiApplication.clipboard().setMimeData(data)

    def _turn(self, on: bool) -> None:
        self.picture.setVisible(not on)
        self.table.setVisible(on)
