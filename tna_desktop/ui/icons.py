"""The icons, drawn from SVG in the colour of a token: sharp at every scale, following the theme by themselves."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from ..paths import resource
from .tokens import theme

SIZES = (14, 16, 18, 24)
_SIDES = {"left": "right", "right": "left"}


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, token: str = "text2", opacity: float = 1.0) -> None:
    """Paint an icon into a rectangle."""
    painter.save()
    painter.setOpacity(painter.opacity() * opacity)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, theme().hex(token)).render(painter, QRectF(rect))
    painter.restore()


def mirrored(name: str, right_to_left: bool) -> str:
    """The name of the icon that points the same way in this direction of writing: arrow-right becomes arrow-left."""
    if not right_to_left:
        return name
    return "-".join(_SIDES.get(part, part) for part in name.split("-"))


def has_icon(name: str) -> bool:
    return bool(name) and resource("icons", f"{name}.svg").is_file()


@lru_cache(maxsize=512)
def renderer(name: str, color: str) -> QSvgRenderer:
    """What draws an icon in a colour; each is read once."""
    source = _source(name).replace("#000000", color)
    return QSvgRenderer(source.encode())


@cache
def _source(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    if not path.is_file():
        # A workflow may name an icon the program does not have: a plain circle, not a broken screen.
        path = resource("icons", "circle.svg")
    return path.read_text(encoding="utf-8")
