"""The bundled IBM Plex fonts and the roles they play: titles in serif, the tool in sans, one list for all scripts.

Fonts are set as QFont and never in the style sheet, where a size on a parent would run down into all its children.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from ..paths import resource
from .tokens import Script, theme

SANS, SERIF, ARABIC, CHINESE = "IBM Plex Sans", "IBM Plex Serif", "IBM Plex Sans Arabic", "IBM Plex Sans SC"
#: One order of fallback for the whole program: Qt keeps a single fallback per first family.
FAMILIES = [SANS, ARABIC, CHINESE]
SERIF_FAMILIES = [SERIF, *FAMILIES]
ROLE = "typeRole"
_FILES = (
    "IBMPlexSans-Regular.ttf",
    "IBMPlexSans-Medium.ttf",
    "IBMPlexSans-SemiBold.ttf",
    "IBMPlexSans-Italic.ttf",
    "IBMPlexSerif-Regular.ttf",
    "IBMPlexSerif-Medium.ttf",
    "IBMPlexSerif-Italic.ttf",
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Medium.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
)
#: Sixteen megabytes that most people never need.
_CHINESE_FILES = ("IBMPlexSansSC-Regular.ttf", "IBMPlexSansSC-SemiBold.ttf")
_CHINESE_LETTERS = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_registered: set[str] = set()


@dataclass(frozen=True)
class Role:
    """A role of type: size and line height in pixels at 100 %, weight, and whether the handbook's serif speaks."""

    px: int
    line: int
    weight: int = 400
    serif: bool = False


ROLES = {
    "start_title": Role(32, 42, 500, True),
    "welcome": Role(26, 34, 500, True),
    "screen_title": Role(21, 28, 500, True),
    "dialog_title": Role(18, 24, 500, True),
    "block_title": Role(17, 24, 500, True),
    "voice_large": Role(15, 23, 400, True),
    "voice": Role(14, 22, 400, True),
    "heading": Role(16, 22, 600),
    "lead": Role(15, 20, 400),
    "stage": Role(14, 20, 600),
    "body": Role(13, 20, 400),
    "body_medium": Role(13, 20, 500),
    "body_strong": Role(13, 20, 600),
    "label": Role(12, 16, 600),
    "label_medium": Role(12, 16, 500),
    "meta": Role(12, 16, 400),
    "smallest": Role(11, 14, 500),
    "big_number": Role(20, 28, 600),
}


def register_fonts(chinese: bool = False) -> None:
    """Make the bundled fonts known to Qt; each file once."""
    for name in _FILES + (_CHINESE_FILES if chinese else ()):
        if name in _registered:
            continue
        _registered.add(name)
        path = resource("fonts", name)
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def ready_for(text: str) -> None:
    """Load the Chinese fonts if this text needs them."""
    if text and not text.isascii() and _CHINESE_FILES[0] not in _registered and _CHINESE_LETTERS.search(text):
        register_fonts(chinese=True)


def font(role: str = "body") -> QFont:
    """The font of a role, at the person's text size."""
    look = theme()
    return QFont(_font(role, look.text_size, look.script))


def line_height(role: str = "body") -> int:
    """The height of a line in a role; Arabic needs a fifth more."""
    look = theme()
    return round(look.px(ROLES[role].line) * (1.2 if look.script is Script.ARABIC else 1))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget the font of a role, and keep it right when the text size changes."""
    widget.setProperty(ROLE, role)
    widget.setFont(font(role))


@lru_cache(maxsize=256)
def _font(role: str, text_size: int, script: Script) -> QFont:
    kind = ROLES[role]
    # Plex Serif has no Arabic and no Chinese: there the titles are sans of medium weight.
    serif = kind.serif and script is Script.LATIN
    made = QFont()
    made.setFamilies(SERIF_FAMILIES if serif else FAMILIES)
    made.setPixelSize(max(1, round(kind.px * text_size / 100)))
    made.setWeight(QFont.Weight(500 if kind.serif and not serif else kind.weight))
    # Hinting pulls the letters of Plex apart.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
