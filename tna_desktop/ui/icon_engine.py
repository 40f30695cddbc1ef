"""Icons for what takes only a QIcon: menus and cell editors. Apart from icons.py, because the start page needs none."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from .icons import paint_icon, renderer
from .tokens import theme


def icon(name: str, token: str = "text2", px: int = 16, disabled_token: str | None = None) -> QIcon:
    """An icon that paints itself in the theme of the moment. Whoever shows it decides the size; px is a hint."""
    return _icon(name, token, disabled_token or "faint")


def pixmap(name: str, token: str = "text2", px: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of px by px at a screen's ratio."""
    side = round(px * ratio)
    made = QPixmap(_tinted(name, theme().hex(token), side, side))
    made.setDevicePixelRatio(ratio)
    return made


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
    renderer(name, color).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return made
