"""The report's letters: which of the bundled font files a text needs, and how the page finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..paths import resource

#: Address of a bundled font file inside a report page; nothing else but data: may be fetched.
SCHEME = "bundled"


@dataclass(frozen=True)
class Face:
    family: str
    file: str
    weight: int = 400
    style: str = "normal"


_LATIN = (
    Face("IBM Plex Sans", "IBMPlexSans-Regular.ttf"),
    Face("IBM Plex Sans", "IBMPlexSans-Italic.ttf", style="italic"),
    Face("IBM Plex Sans", "IBMPlexSans-Medium.ttf", 500),
    Face("IBM Plex Sans", "IBMPlexSans-SemiBold.ttf", 600),
    Face("IBM Plex Serif", "IBMPlexSerif-Regular.ttf"),
    Face("IBM Plex Serif", "IBMPlexSerif-Italic.ttf", style="italic"),
    Face("IBM Plex Serif", "IBMPlexSerif-Medium.ttf", 500),
)
_ARABIC = (
    Face("IBM Plex Sans Arabic", "IBMPlexSansArabic-Regular.ttf"),
    Face("IBM Plex Sans Arabic", "IBMPlexSansArabic-Medium.ttf", 500),
    Face("IBM Plex Sans Arabic", "IBMPlexSansArabic-SemiBold.ttf", 600),
)
_CHINESE = (
    Face("IBM Plex Sans SC", "IBMPlexSansSC-Regular.ttf"),
    Face("IBM Plex Sans SC", "IBMPlexSansSC-SemiBold.ttf", 600),
)
_HAS_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_HAS_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
#: Every family, in the order in which a missing letter is looked for.
FAMILIES = ("IBM Plex Sans", "IBM Plex Sans Arabic", "IBM Plex Sans SC")


def faces_for(code: str, text: str) -> tuple[Face, ...]:
    """The faces that a report in this language with this text needs; the Chinese ones are large, so only when met."""
    faces: tuple[Face, ...] = _LATIN
    if code == "ar" or _HAS_ARABIC.search(text):
        faces += _ARABIC
    if code == "zh" or _HAS_CHINESE.search(text):
        faces += _CHINESE
    return faces


def font_style(code: str, text: str) -> str:
    """The @font-face rules for this language and text."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{SCHEME}:{face.file}") }}'
        for face in faces_for(code, text)
    )


def font_file(name: str) -> Path:
    """The bundled file of this name; KeyError for any other name, so that no page can reach out of the folder."""
    if name not in {face.file for face in (*_LATIN, *_ARABIC, *_CHINESE)}:
        raise KeyError(name)
    return resource("fonts", name)
