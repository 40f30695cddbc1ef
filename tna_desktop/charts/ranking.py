"""The ranking as bars: how many points each technology has, from which group of criteria, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.text import Language
from .drawing import Drawing, fitted, legend, mixed, text_width
from .palette import parts as part_colors

#: Between the parts of a bar.
GAP = 1.5


@dataclass(frozen=True)
class RankingRow:
    """A technology in the chart, in the order given. Points are out of 100.

    ``parts``: points from each group of criteria, an unknown score counting nothing. ``value`` is None where a score
    that counts is unknown; ``low`` and ``high`` are then the least and most it can become, and ``rank_best`` and
    ``rank_worst`` the places that are open to it. All None: nothing applies to it.
    """

    name: str
    parts: tuple[float, ...]
    value: float | None = None
    rank: int | None = None
    tied: bool = False
    low: float | None = None
    high: float | None = None
    rank_best: int | None = None
    rank_worst: int | None = None


def ranking_chart(
    rows: Sequence[RankingRow],
    groups: Sequence[str],
    language: Language,
    *,
    shortlist: int = 0,
    width: float = 720,
    row_height: float = 32,
    dark: bool = False,
) -> tuple[str, str]:
    """The picture as SVG text, and the sentences that say the same.

    ``groups`` are the names of the groups of criteria, in the order of every row's ``parts``. ``shortlist`` is how
    many of the first rows stand above the dashed line; 0 draws none. Beyond five groups the fifth colour takes all
    the rest.
    """
    drawing = Drawing(width, language, dark)
    ink = drawing.ink
    colors = part_colors(dark)
    names = list(groups)
    if len(names) > len(colors):
        names = [*names[: len(colors) - 1], language.say("Other groups of criteria")]
    size = 13 if row_height >= 30 else 12
    ranks = [_rank(row, language) for row in rows]
    name_x = 12 + max((text_width(rank, size + 1, 600) for rank in ranks), default=0)
    name_x = max(30.0, name_x)
    bar_x = round(name_x + min(width * 0.33, 16 + max((text_width(row.name, size, 600) for row in rows), default=80)))
    values = [_value(row, language) for row in rows]
    scale = _scale(rows, values, width - bar_x, size)

    drawing.text(bar_x, 14, language.say("Score out of 100, by group of criteria"), size=12, weight=600)
    open_rows = any(_is_open(row) for row in rows)
    entries: list[tuple[str, str | None]] = list(zip(names, colors, strict=False))
    if open_rows:
        entries.append((language.say("Depends on unknown scores"), None))
    baseline = legend(drawing, bar_x, 35, entries, width - bar_x)
    drawing.text(name_x, baseline, language.say("Technology"), size=12, weight=600, color=ink.faint_text)
    y = baseline + 10
    drawing.rect(0, y, width, 1, ink.head_line)
    y += 1
    columns = _Columns(name_x, bar_x, scale, size, tuple(colors))
    for place, (row, rank, value) in enumerate(zip(rows, ranks, values, strict=True)):
        if shortlist and place == shortlist:
            drawing.line(0, y + 7, width, y + 7, ink.strong, thick=1.5, dashes="6 4")
            y += 14
        elif place:
            drawing.rect(0, y, width, 1, ink.line)
        chosen = not shortlist or place < shortlist
        y += _row(drawing, columns, row, rank, value, y, row_height, chosen)
    if shortlist and shortlist >= len(rows) > 0:
        drawing.line(0, y + 7, width, y + 7, ink.strong, thick=1.5, dashes="6 4")
        y += 14
    description = _description(rows, language, shortlist)
    return drawing.svg(round(y + 4), description), description


@dataclass(frozen=True)
class _Columns:
    """Where names and bars begin, pixels per point, the size of the letters and the colours of the parts."""

    name: float
    bar: float
    scale: float
    size: float
    colors: tuple[str, ...]


def _row(
    drawing: Drawing, at: _Columns, row: RankingRow, rank: str, value: str, y: float, height: float, chosen: bool
) -> float:
    """Draw one technology from ``y`` downwards; returns how high the row became, more for a name of two lines."""
    ink, size = drawing.ink, at.size
    weight, color = (600, ink.text) if chosen else (400, ink.faint_text)
    lines = fitted(row.name, at.bar - at.name - 12, size, weight)
    height = max(height, len(lines) * size * 1.2 + 10)
    middle = y + height / 2
    base = middle + size * 0.36
    drawing.text(0, base, rank, size=size + 1, weight=600, color=ink.strong if chosen else ink.faint_text)
    for number, line in enumerate(lines):
        offset = (number - (len(lines) - 1) / 2) * size * 1.2
        drawing.text(at.name, base + offset, line, size=size, weight=weight, color=color)
    thick = min(18.0, height * 0.44)
    x, top = at.bar, middle - thick / 2
    for part, shade in zip(_folded(row.parts, len(at.colors)), at.colors, strict=False):
        length = part * at.scale
        if length > 0:
            shade = shade if chosen else mixed(shade, ink.paper, 0.6)
            drawing.rect(x, top, length - GAP if length > 2 * GAP else length, thick, shade)
        x += length
    if row.value is not None:
        drawing.text(x + 8, base, value, size=size + 1, weight=600)
    elif row.low is not None and row.high is not None:
        length = (row.high - row.low) * at.scale
        drawing.hatch(x, top, length, thick, ink.faint_text)
        for end in (x, x + length):
            drawing.line(end, top - 3, end, top + thick + 3, ink.faint_text, thick=1.5)
        drawing.text(x + length + 8, base, value, size=size, weight=600)
    else:
        drawing.text(at.bar, base, value, size=size, color=ink.faint_text)
    return height


def _is_open(row: RankingRow) -> bool:
    return row.value is None and row.low is not None and row.high is not None


def _folded(parts: Sequence[float], most: int) -> tuple[float, ...]:
    return tuple(parts) if len(parts) <= most else (*parts[: most - 1], sum(parts[most - 1 :]))


def _scale(rows: Sequence[RankingRow], values: Sequence[str], room: float, size: float) -> float:
    """Pixels per point, so that every bar and the value beside it have room."""
    scale = (room - 8) / 100
    for row, value in zip(rows, values, strict=True):
        end = row.value if row.value is not None else row.high
        if end:
            scale = min(scale, (room - 14 - text_width(value, size + 1, 600)) / end)
    return max(scale, 0.5)


def _rank(row: RankingRow, language: Language) -> str:
    if row.rank is None:
        return "–"
    number = language.number(row.rank)
    return language.say("{rank}=", rank=number) if row.tied else number


def _value(row: RankingRow, language: Language) -> str:
    if row.value is not None:
        return language.number(row.value, 0)
    if row.low is None or row.high is None:
        return language.say("not scored")
    low, high = language.number(row.low, 0), language.number(row.high, 0)
    if row.rank_best is None or row.rank_worst is None or row.rank_best == row.rank_worst:
        return language.say("{low} to {high}", low=low, high=high)
    return language.say(
        "{low} to {high}, place {best} to {worst}", low=low, high=high, best=row.rank_best, worst=row.rank_worst
    )


def _description(rows: Sequence[RankingRow], language: Language, shortlist: int) -> str:
    if not rows:
        return language.say("No technology has been scored yet.")
    sentences = [
        language.say_n(
            "One technology with its score out of 100.", "{n} technologies by their score out of 100.", len(rows)
        )
    ]
    placed = [
        language.say("{rank} {name} ({points})", rank=_rank(row, language), name=row.name, points=_value(row, language))
        for row in rows
        if row.value is not None
    ]
    if placed:
        sentences.append(language.say("In order: {technologies}.", technologies=language.listing(placed)))
    for row in rows:
        if _is_open(row):
            sentences.append(
                language.say(
                    "{name} has unknown scores and lies between {low} and {high}.",
                    name=row.name,
                    low=language.number(row.low, 0),
                    high=language.number(row.high, 0),
                )
            )
        elif row.value is None:
            sentences.append(language.say("{name} has no score.", name=row.name))
    if shortlist:
        sentences.append(
            language.say_n(
                "The first one is on the shortlist.", "The first {n} are on the shortlist.", min(shortlist, len(rows))
            )
        )
    return " ".join(sentences)
