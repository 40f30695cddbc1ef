"""Where things stand on the page, from an estimate of their height: short sections whole, remarks without holes.

The layout engine breaks pages but does not weigh them. So a section that fits on a third of a page is kept together,
and remarks that would push a wide table down beside little text stand in a row above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

#: Millimetres of one line: text, lead, remark, table.
_TEXT, _LEAD, _NOTE, _CELL = 4.9, 6.1, 4.1, 4.2
#: Letters of one line: text, lead, remark, bullet; and of a wide and a narrow table.
_TEXT_LETTERS, _LEAD_LETTERS, _NOTE_LETTERS, _WIDE_LETTERS, _NARROW_LETTERS = 78, 62, 30, 104, 74
#: A section, or a table, up to this height is not parted: about a third of a page.
TOGETHER, TABLE_TOGETHER = 80.0, 90.0
#: A hole beside remarks that nobody minds.
_SMALL_HOLE = 6.0
#: Room for the contents on one page.
_CONTENTS = 238.0


def arrangement(section: Mapping[str, Any], lead: str = "") -> dict[str, Any]:
    """How a section is set.

    ``together``: not parted; ``across``: remarks in a row above what is wide; ``opens_table``: its few words stay with
    the beginning of the table below them.
    """
    words = _words(section, lead)
    notes = sum(map(_note, section["asides"]))
    wide = any(item["wide"] for item in (*section["figures"][:1], *section["tables"][:1]))
    across = bool(section["asides"]) and wide and notes - words > _SMALL_HOLE
    tables = [_table(table) for table in section["tables"]]
    whole = max(words + sum(tables) + len(section["bullets"]) * _TEXT, 0 if across else notes) + (
        notes if across else 0
    )
    parted = not section["figures"] and whole <= TOGETHER
    # A photograph is low enough to stay with the words above it.
    follows = section["figures"][0].get("photo", False) if section["figures"] else bool(tables)
    opens = follows and words <= TOGETHER / 2
    for place, (table, height) in enumerate(zip(section["tables"], tables, strict=True)):
        # The words that stay with a table move with it.
        table["together"] = height + (words if opens and not place else 0) <= TABLE_TOGETHER
    return {"across": across, "together": parted, "opens_table": opens}


def contents_of(chapters: Sequence[dict[str, Any]], caution: bool) -> dict[str, Any]:
    """How the contents fit on one page: in their usual spacing, tight, or at last without the sections.

    The sections of annexes, which have a letter, are never listed.
    """
    inner = sum(
        bool(section["title"]) for chapter in chapters if lists_sections(chapter) for section in chapter["sections"]
    )
    usual = 30.0 + 8.7 * len(chapters) + 5.0 * inner + (8 if caution else 0)
    tight = 30.0 + 6.7 * len(chapters) + 4.5 * inner + (8 if caution else 0)
    sections = tight <= _CONTENTS
    for chapter in chapters:
        chapter["listed"] = (
            [s for s in chapter["sections"] if s["title"]] if sections and lists_sections(chapter) else []
        )
    return {"tight": sections and usual > _CONTENTS}


def lists_sections(chapter: Mapping[str, Any]) -> bool:
    return not str(chapter["number"]).isalpha()


def _words(section: Mapping[str, Any], lead: str) -> float:
    height = 12.0 if section["title"] else 0.0
    height += _lines(lead, _LEAD_LETTERS) * _LEAD + (4 if lead else 0)
    return height + sum(_lines(text, _TEXT_LETTERS) * _TEXT + 2.6 for text in section["paragraphs"])


def _note(aside: Mapping[str, str]) -> float:
    lines = _lines(aside["title"], _NOTE_LETTERS - 2) + _lines(aside["text"], _NOTE_LETTERS)
    return 7 + lines * _NOTE + (_lines(aside["figure"], 9) * 8.5)


def _table(table: Mapping[str, Any]) -> float:
    letters = (_WIDE_LETTERS if table["wide"] else _NARROW_LETTERS) * (1.08 if table["dense"] else 1)
    shares = _shares(table["columns"])
    rows = [row["cells"] for row in table["rows"]] + ([table["total"]] if table["total"] else [])
    height = 45.0 if table["upright"] else 18.0
    for cells in rows:
        height += 2.7 + _CELL * max(
            (_lines(c["text"], letters * s - 2) for c, s in zip(cells, shares, strict=False)), default=1
        )
    return height + _lines(table["note"], _TEXT_LETTERS) * 4


def _shares(columns: Sequence[Mapping[str, Any]]) -> list[float]:
    widths = [float(column["width"].rstrip("%")) if column["width"] else 0.0 for column in columns]
    return [width / 100 for width in widths] if all(widths) else [1 / len(columns)] * len(columns)


def _lines(text: str, letters: float) -> int:
    return ceil(len(text) / max(letters, 4)) if text else 0
