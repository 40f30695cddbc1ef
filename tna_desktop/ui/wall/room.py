"""Measuring: how much a page can hold, how wide a text is, and where it breaks into lines."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from ...kernel.text import Language
from ..fonts import font
from ..tokens import Script, theme
from .look import ROLES


class Room:
    """The place a page has, at the base size, with the text size of the moment."""

    def __init__(self, width: float, height: float, factor: float, language: Language, legend: bool = True):
        self.width, self.height, self.factor = width, height, factor
        self.language, self.legend = language, legend
        self.rtl = language.right_to_left

    def inside(self, width: float, height: float) -> Room:
        return Room(width, height, self.factor, self.language, self.legend)

    def grown(self, size: float) -> float:
        """A measure that belongs to the text and grows with it."""
        return size * self.factor

    def pixels(self, role: str) -> int:
        kind = ROLES[role]
        return math.ceil(kind.px * (self.factor if kind.grows else 1.0))

    def face(self, role: str) -> QFont:
        return _face(role, self.pixels(role), theme().script)

    def line(self, role: str) -> float:
        """The height of a line; Arabic needs a fifth more."""
        tall = 1.2 if theme().script is Script.ARABIC else 1.0
        return self.pixels(role) * ROLES[role].line * tall

    def wide(self, words: str, role: str) -> float:
        return _wide(words, role, self.pixels(role), theme().script)

    def lines(self, words: str, role: str, width: float) -> tuple[str, ...]:
        """The text in lines that fit a width; nothing is left out."""
        return _lines(words, role, self.pixels(role), theme().script, max(40, math.ceil(width) + 1), self.rtl)

    def high(self, words: str, role: str, width: float) -> float:
        """How high the text is when it is wrapped to a width."""
        return len(self.lines(words, role, width)) * self.line(role) if words else 0.0

    def longest_word(self, words: str, role: str) -> float:
        return max((self.wide(word, role) for word in words.split()), default=0.0)


@lru_cache(maxsize=256)
def _face(role: str, pixels: int, _script: Script) -> QFont:
    made = QFont(font(ROLES[role].face))
    made.setPixelSize(pixels)
    return made


@lru_cache(maxsize=64)
def _metrics(role: str, pixels: int, script: Script) -> QFontMetricsF:
    return QFontMetricsF(_face(role, pixels, script))


@lru_cache(maxsize=4096)
def _wide(words: str, role: str, pixels: int, script: Script) -> float:
    return _metrics(role, pixels, script).horizontalAdvance(words)


def metrics(role: str, pixels: int) -> QFontMetricsF:
    return _metrics(role, pixels, theme().script)


def forget_fonts() -> None:
    """After a change of theme or language: fonts may have been added."""
    for kept in (_face, _metrics, _wide, _lines):
        kept.cache_clear()


@lru_cache(maxsize=4096)
def _lines(words: str, role: str, pixels: int, script: Script, width: int, rtl: bool) -> tuple[str, ...]:
    found: list[str] = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    for paragraph in words.split("\n"):
        layout = QTextLayout(paragraph, _face(role, pixels, script))
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # Positions count UTF-16 units, as Qt's strings do.
            units = paragraph.encode("utf-16-le")
            start, length = line.textStart() * 2, line.textLength() * 2
            found.append(units[start : start + length].decode("utf-16-le", "ignore").strip())
        layout.endLayout()
    return tuple(found) or ("",)
