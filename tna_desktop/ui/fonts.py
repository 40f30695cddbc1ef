"""The bundled IBM Plex fonts and the roles they play: titles in serif, the tool in sans, one list for all scripts.

Fonts are set as QFont and never in the style sheet, where a size on a parent would run down into all its children.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from ..paths import resource
from .tokens import Script, theme

SANS, SERIF, ARABIC, CHINESE = "IBM Plex Sans", "IBM Plex Serif", "IBM Plex Sans Arabic", "IBM Plex Sans SC"
#: One order of fallback for the whole program: Qt keeps a single fallback per first family.
FAMILIES = [SANS, ARABIC, CHINESE]
SERIF_FAMILIES = [SERIF, *FAMILIES]
ROLE = "typeRole"
_SANS_FILES = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-Medium.ttf", "IBMPlexSans-SemiBold.ttf")
_ARABIC_FILES = (
    "IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Medium.ttf",
    "IBMPlexSansArabic-SemiBold.ttf",
)
_FILES = (
    *_SANS_FILES,
    "IBMPlexSans-Italic.ttf",
    "IBMPlexSerif-Regular.ttf",
    "IBMPlexSerif-Medium.ttf",
    "IBMPlexSerif-Italic.ttf",
    *_ARABIC_FILES,
)
#: Sixteen megabytes that most people never need.
_CHINESE_FILES = ("IBMPlexSansSC-Regular.ttf", "IBMPlexSansSC-SemiBold.ttf")
_CHINESE_LETTERS = (
    ("\u2e80", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff00", "\uffef"),
)
_FIRST = {
    Script.LATIN: (*_SANS_FILES, "IBMPlexSerif-Medium.ttf"),
    Script.ARABIC: _SANS_FILES + _ARABIC_FILES,
    Script.CHINESE: _SANS_FILES + _CHINESE_FILES,
}
_registered: set[str] = set()


class Role(NamedTuple):
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


def register_first(script: Script) -> None:
    """Only what the start page needs to speak a language; register_fonts() follows when it is on the screen."""
    _register(_FIRST[script])


def register_fonts(chinese: bool = False) -> None:
    """Make the bundled fonts known to Qt; each file once."""
    _register(_FILES + (_CHINESE_FILES if chinese else ()))


def _register(names: tuple[str, ...]) -> None:
    for name in names:
        if name in _registered:
            continue
        _registered.add(name)
        path = resource("fonts", name)
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def ready_for(text: str) -> None:
    """Load the Arabic or Chinese fonts if this text needs them."""
    if not text or text.isascii():
        return
    if _ARABIC_FILES[0] not in _registered and any("\u0600" <= letter <= "\u08ff" for letter in text):
        _register(_ARABIC_FILES)
    if _CHINESE_FILES[0] not in _registered and any(_is_chinese(letter) for letter in text):
        register_fonts(chinese=True)


def _is_chinese(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _CHINESE_LETTERS)


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
