"""Which columns are shown and how wide: their own width first, then a bounded share of what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .cell_values import Column

#: How far a column may grow beyond its width when there is room, by kind.
_GROWTH = {
    "text": 0.5,
    "long": 0.9,
    "choice": 0.3,
    "computed": 0.3,
    "shares": 0.4,
    "money": 0.2,
    "number": 0.15,
    "date": 0.15,
}

_WORDS = ("text", "long", "choice", "computed")


def shown_columns(columns: Sequence[Column], wide: float, wishes: Mapping[str, bool]) -> list[bool]:
    """For each column whether it is shown at this width (at 100 %); a person's wish goes before the rule."""
    return [wishes.get(column.key, column.least >= 0 and column.least <= wide) for column in columns]


def widths(
    columns: Sequence[Column], room: int, scale: float, side: int, menu: int, own: Mapping[str, int]
) -> list[int]:
    """The width of each shown column. ``side`` comes before the first, ``menu`` after the last; ``own`` by hand."""
    if not columns:
        return []
    least = [own.get(column.key, round(column.width * scale)) for column in columns]
    least[0] += 0 if columns[0].key in own else side
    least[-1] += 0 if columns[-1].key in own else menu
    grow = [0.0 if column.key in own else column.width * scale * _growth(column) for column in columns]
    spare, wish = room - sum(least), sum(grow)
    if spare < 0:
        return _narrower(columns, least, -spare, own)
    if wish <= 0:
        return least
    share = min(1.0, spare / wish)
    return [width + int(more * share) for width, more in zip(least, grow, strict=True)]


def _narrower(columns: Sequence[Column], least: list[int], lack: int, own: Mapping[str, int]) -> list[int]:
    """Words may give up a quarter of their width before the table has to be moved sideways."""
    give = [
        width // 4 if column.kind in _WORDS and column.key not in own else 0
        for column, width in zip(columns, least, strict=True)
    ]
    if lack > sum(give):
        return least
    left = lack
    made = []
    for width, most in zip(least, give, strict=True):
        take = min(most, left, -(-most * lack // sum(give)))
        made.append(width - take)
        left -= take
    return made


def _growth(column: Column) -> float:
    return _GROWTH.get(column.kind, 0.0) + (0.15 if column.strong else 0.0)
