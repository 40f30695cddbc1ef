"""The icons, drawn from SVG in the colour of a token: sharp at every scale, following the theme by themselves."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ..paths import resource
from .tokens import theme

SIZES = (14, 16, 18, 24)
_SIDES = {"left": "right", "right": "left"}


def icon(name: str, token: str = "text2", px: int = 16, disabled_token: str | None = None) -> QIcon:
    """An icon that paints itself in the theme of the moment. Whoever shows it decides the size; px is a hint."""
    return _icon(name, token, disabled_token or "faint")


def pixmap(name: str, token: str = "text2", px: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of px by px at a screen's ratio."""
    side = round(px * ratio)
    made = QPixmap(_tinted(name, theme().hex(token), side, side))
    made.setDevicePixelRatio(ratio)
    return made


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, token: str = "text2", opacity: float = 1.0) -> None:
    """Paint an icon into a rectangle."""
    painter.save()
    painter.setOpacity(painter.opacity() * opacity)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, theme().hex(token)).render(painter, QRectF(rect))
    painter.restore()


def mirrored(name: str, right_to_left: bool) -> str:
    """The name of the icon that points the same way in this direction of writing: arrow-right becomes arrow-left."""
    if not right_to_left:
        return name
    return "-".join(_SIDES.get(part, part) for part in name.split("-"))


def has_icon(name: str) -> bool:
    return bool(name) and resource("icons", f"{name}.svg").is_file()


class _Engine(QIconEngine):
    def __init__(self, name: str, token: str, disabled_token: str):
        super().__init__()
        self._name, self._tokens = name, (token, disabled_token)

    def paint(self, painter, rect, mode, state):
        paint_icon(painter, rect, self._name, self._token(mode))

    def pixmap(self, size, mode, state):
        return QPixmap(_tinted(self._name, theme().hex(self._token(mode)), size.width(), size.height()))

    def actualSize(self, size, mode, state):
        side = min(size.width(), size.height())
        return QSize(side, side)

    def clone(self):
        return _Engine(self._name, *self._tokens)

    def _token(self, mode: QIcon.Mode) -> str:
        return self._tokens[1] if mode == QIcon.Mode.Disabled else self._tokens[0]


@cache
def _icon(name: str, token: str, disabled_token: str) -> QIcon:
    # Never let go: the engine is a Python object that must outlive every copy of the icon.
    engine = _Engine(name, token, disabled_token)
    _engines.append(engine)
    return QIcon(engine)


_engines: list[QIconEngine] = []


@lru_cache(maxsize=512)
def _tinted(name: str, color: str, width: int, height: int) -> QPixmap:
    made = QPixmap(max(1, width), max(1, height))
    made.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(width, height)
    _renderer(name, color).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return made


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = _source(name).replace("#000000", color)
    return QSvgRenderer(source.encode())


@cache
def _source(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    if not path.is_file():
        # A workflow may name an icon the program does not have: a plain circle, not a broken screen.
        path = resource("icons", "circle.svg")
    return path.read_text(encoding="utf-8")
