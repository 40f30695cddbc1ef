"""Where a name stands in running text: as a whole, whatever its capitals and line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

#: Scripts that part words by spaces and put nothing in front of them. Elsewhere a name may stand within a word.
_PARTED = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "DIGIT")


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of these names, the longest first; None when there is none to look for."""
    wanted = sorted({name.strip() for name in names if name.strip()}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_piece, wanted)), re.IGNORECASE) if wanted else None


def replacer(stand_ins: Mapping[str, str]) -> Callable[[str], str]:
    """Puts each name's stand-in in its place, also where the name is in the plural or takes an ending."""
    wanted = sorted((name for name in stand_ins if name.strip()), key=lambda name: (-len(name), name))
    if not wanted:
        return lambda text: text
    pattern = re.compile("|".join(f"({_piece(name, endings=True)})" for name in wanted), re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: stand_ins[wanted[(match.lastindex or 1) - 1]], text)


def _piece(name: str, endings: bool = False) -> str:
    words = name.split()
    start = r"(?<!\w)" if _is_parted(words[0][0]) else ""
    end = r"(?!\w)" if _is_parted(words[-1][-1]) else ""
    return start + r"\s+".join(_word(word, endings) for word in words) + end


def _word(word: str, endings: bool) -> str:
    """A word as it stands; a longer one may take an ending of two letters."""
    return re.escape(word) + (r"\w{0,2}" if endings and len(word) > 3 and _is_parted(word[-1]) else "")


def _is_parted(sign: str) -> bool:
    return sign.isalnum() and unicodedata.name(sign, "").startswith(_PARTED)


def folded(name: str) -> str:
    """A name as it is compared: without regard to capitals and spaces."""
    return " ".join(name.split()).casefold()
