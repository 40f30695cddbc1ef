"""The wall's own look: near-black on white in every theme, because lit rooms wash out anything else.

Sizes are given for a screen 1080 high; the whole page is scaled to the screen. What one must read is at least BODY,
which is 1/36 of the screen's height as the size of the letters (``QFont.pixelSize``); that is stricter than measuring
the height of a line, which is about 1.3 times as much. Only the hints for the keys, which soon go, are smaller.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The height for which all sizes are given, and the least width the pages are laid out for.
BASE, NARROWEST = 1080, 1240
#: The smallest size of letters for what one must read: BASE / 36.
BODY = 30
#: The three text sizes, chosen with + and −.
SIZES = (1.0, 1.2, 1.4)
#: Space beside the page, above the title, and the height of the foot with one line.
SIDE, TOP, FOOT = 64, 26, 66
#: The most rows and pills on a page, however small they are.
MOST_ROWS, MOST_PILLS = 9, 24

GROUND, MIST, SOFT = "#FFFFFF", "#F3F7F7", "#EDF6F6"
INK, QUIET, PETROL = "#12272B", "#3A4B4F", "#0B525A"
LINE, STRONG = "#C6D3D5", "#5C7074"
AMBER_INK, AMBER_GROUND, AMBER_LINE, AMBER_BAND = "#6B3800", "#FDF3E3", "#A35A08", "#F8DFC2"
BAND, TODAY = "#DDE9EA", "#B35F00"
BLACK, ON_BLACK = "#000000", "#FFFFFF"
#: How often something comes up, never first: each with the ink that has seven to one on it.
HEAT = (("#F7FAFA", INK), ("#DDECED", INK), ("#9CCED2", INK), ("#0B525A", "#FFFFFF"))
#: Parts of a whole with the ink that can be read on each: at most five, then again from the first.
PARTS = (
    ("#0B525A", "#FFFFFF"),
    ("#9CCED2", INK),
    ("#E3D5A8", INK),
    ("#8A4426", "#FFFFFF"),
    ("#26303A", "#FFFFFF"),
)


@dataclass(frozen=True)
class Role:
    """A role of type: size at the base height, the role of ui.fonts whose family and weight it has, its line height.

    ``grows`` says whether + and − change it; the title is large enough as it is.
    """

    px: int
    face: str
    line: float = 1.32
    grows: bool = True


ROLES = {
    "title": Role(58, "screen_title", 1.28, grows=False),
    "sentence": Role(34, "body_medium"),
    "legend": Role(30, "body_medium"),
    "voice": Role(44, "screen_title", 1.34),
    "quadrant": Role(36, "screen_title", 1.25),
    "row": Role(34, "body_medium", 1.26),
    "strong": Role(34, "body_strong", 1.26),
    "number": Role(40, "body_strong", 1.25),
    "figure": Role(76, "body_strong", 1.2),
    "pill": Role(30, "body_medium", 1.26),
    "head": Role(30, "body_strong", 1.28),
    "body": Role(30, "body", 1.34),
    "axis": Role(30, "body_medium", 1.28),
    "foot": Role(30, "body_medium", 1.25, grows=False),
    "foot_strong": Role(30, "body_strong", 1.25, grows=False),
    "hint": Role(24, "body", 1.25, grows=False),
    "key": Role(34, "body_strong", 1.4, grows=False),
    "key_words": Role(34, "body", 1.4, grows=False),
}
