"""The colours by their names, and the look in use: scheme, text size, script.

Widgets ask ``theme()`` when they paint, so a change shows at the next painting.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from PySide6.QtGui import QColor


class Script(Enum):
    """The writing of the window's language, as far as type depends on it."""

    LATIN = "latin"
    ARABIC = "arabic"
    CHINESE = "chinese"


class Tokens(NamedTuple):
    """Every colour of the interface. Text on its ground has at least 4.5:1, icons that mean something 3:1."""

    bg: str = "#FFFFFF"
    mist: str = "#F3F7F7"
    mist2: str = "#E9F0F0"
    surface: str = "#FFFFFF"
    raised: str = "#FFFFFF"
    line: str = "#DCE5E6"
    line2: str = "#C6D3D5"
    strong: str = "#7A8F94"
    faint: str = "#A9B8BB"
    text: str = "#12272B"
    text2: str = "#47595D"
    text3: str = "#5C7074"
    petrol: str = "#0E6A73"
    petrol_hover: str = "#0B525A"
    on_petrol: str = "#FFFFFF"
    petrol_ink: str = "#0B525A"
    sel: str = "#DDEFF0"
    sel2: str = "#EDF6F6"
    info_line: str = "#C4DFE1"
    amber: str = "#E58A1F"
    amber_icon: str = "#C26F0C"
    amber_ink: str = "#8A4A06"
    amber_bg: str = "#FDF3E3"
    amber_line: str = "#EFC98F"
    brick: str = "#B23A2C"
    brick_hover: str = "#96301F"
    on_brick: str = "#FFFFFF"
    brick_bg: str = "#FBECE9"
    brick_line: str = "#E6B3AB"
    rail: str = "#0F3A42"
    rail_hi: str = "#1B4E57"
    rail_text: str = "#E9F3F3"
    rail_text2: str = "#A9C6C9"
    rail_done: str = "#7CCBCB"
    rail_amber: str = "#F4B35E"
    rail_line: str = "#568A93"
    tip: str = "#12272B"
    tip_text: str = "#FFFFFF"


LIGHT = Tokens()
DARK = Tokens(
    bg="#10191B",
    mist="#152124",
    mist2="#1C2B2E",
    surface="#172326",
    raised="#1E2C30",
    line="#27383C",
    line2="#34484D",
    strong="#64797E",
    faint="#566A6E",
    text="#E6EFF0",
    text2="#B4C4C7",
    text3="#93A6AA",
    petrol="#5CC0C7",
    petrol_hover="#7ACFD5",
    on_petrol="#06282C",
    petrol_ink="#9ADDE1",
    sel="#173F45",
    sel2="#152C30",
    info_line="#22464C",
    amber="#E9A040",
    amber_icon="#E9A040",
    amber_ink="#F2B96D",
    amber_bg="#2E2415",
    amber_line="#6B4E20",
    brick="#F19A8C",
    brick_hover="#F5B1A6",
    on_brick="#321C19",
    brick_bg="#321C19",
    brick_line="#70372F",
    rail="#0B2429",
    rail_hi="#15383F",
    rail_text="#E9F3F3",
    rail_text2="#9DBABD",
    rail_done="#6FC1C3",
    rail_amber="#F4B35E",
    rail_line="#4E7F87",
    tip="#2B3D42",
    tip_text="#E6EFF0",
)


def high_contrast(tokens: Tokens) -> Tokens:
    """The same look for people who asked their system for more contrast: full ink, and lines that can be seen."""
    return tokens._replace(
        text2=tokens.text,
        text3=tokens.text2,
        line=tokens.strong,
        line2=tokens.text2,
        strong=tokens.text,
        faint=tokens.text3,
        petrol=tokens.petrol_ink,
        amber_icon=tokens.amber_ink,
        amber_line=tokens.amber_ink,
        brick_line=tokens.brick,
        info_line=tokens.petrol_ink,
        rail_text2=tokens.rail_text,
        rail_line=tokens.rail_text2,
    )


class Theme(NamedTuple):
    """The look in use."""

    tokens: Tokens = LIGHT
    dark: bool = False
    text_size: int = 100
    script: Script = Script.LATIN
    high_contrast: bool = False
    reduced_motion: bool = False

    def hex(self, token: str) -> str:
        """The colour with this name, as #RRGGBB."""
        return getattr(self.tokens, token)

    def color(self, token: str, alpha: int = 255) -> QColor:
        color = QColor(self.hex(token))
        color.setAlpha(alpha)
        return color

    def px(self, size: float) -> int:
        """A size given at 100 %, at the person's text size."""
        return round(size * self.text_size / 100)

    def duration(self, milliseconds: int) -> int:
        """How long a movement takes: not at all for people who asked their system for less motion."""
        return 0 if self.reduced_motion else milliseconds


_current = Theme()


def theme() -> Theme:
    """The look in use."""
    return _current


def set_current(new: Theme) -> None:
    """For ``use_theme`` only: the look that widgets will find when they paint next."""
    global _current
    _current = new
