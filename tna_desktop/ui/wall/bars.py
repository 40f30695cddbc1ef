"""Ranked bars from 0 to 100: place, name, value, what they are made of, and which are on the shortlist."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import Bar, Bars
from .canvas import Canvas
from .legend import Legend, Lines
from .look import GROUND, INK, LINE, PARTS, PETROL, QUIET, STRONG
from .paging import Sheet, divided
from .room import Room

_KEY = Legend(mark=52, between_lines=6)


@dataclass(frozen=True)
class _Widths:
    place: float
    name: float
    words: float
    key: float  # height of the heading and the key to the parts
    head: float  # of the heading alone


def sheets(page: Bars, room: Room) -> list[Sheet]:
    """Bars go to the next page; the key to their parts stands above on each."""
    if not page.bars:
        return [Sheet(page, None)]
    place = max(room.wide(bar.place, "number") for bar in page.bars) + 24
    words = min(max(room.wide(bar.words, _words_role(bar)) for bar in page.bars) + 24, room.width * 0.24)
    longest = max(room.wide(bar.name, "row") for bar in page.bars) + 12
    mark = room.grown(44) if any(bar.chosen for bar in page.bars) else 0.0
    name = max(min(longest + mark, room.width * 0.38), room.grown(240))
    rows = _key_rows(page, room)
    head = room.high(page.heading, "head", room.width) + room.grown(14) if page.heading else 0.0
    widths = _Widths(place, name, words, head + len(rows) * _KEY.line_height(room) + (10 if rows else 0), head)
    heights = [_height(bar, widths, room) for bar in page.bars]
    cuts = divided(heights, room.height - widths.key)
    return [
        Sheet(
            Bars(page.bars[first:last], page.parts, page.chosen, page.heading),
            (widths, tuple(heights[first:last]), rows),
            ids=tuple(bar.id for bar in page.bars[first:last]),
        )
        for first, last in cuts
    ]


def _words_role(bar: Bar) -> str:
    return "number" if len(bar.words) <= 6 else "body"


def _height(bar: Bar, widths: _Widths, room: Room) -> float:
    mark = room.grown(44) if bar.chosen else 0.0
    text = max(
        room.high(bar.name, "row", widths.name - 12 - mark), room.high(bar.words, _words_role(bar), widths.words - 20)
    )
    return max(text, room.grown(46)) + room.grown(24)


# The key -----------------------------------------------------------------------------------------------------


def _key_rows(page: Bars, room: Room) -> Lines:
    """What the parts are, numbered as they are in the bars; and the check for what is chosen (number -1)."""
    if not room.legend:
        return ()
    entries = list(enumerate(page.parts))
    if page.chosen and any(bar.chosen for bar in page.bars):
        entries.append((-1, page.chosen))
    return _KEY.lines(entries, room)


def _paint_key(canvas: Canvas, rows: Lines, top: float) -> None:
    side = canvas.room.grown(38)

    def mark(at: int, x: float, y: float, high: float) -> None:
        y += (high - side) / 2
        if at < 0:
            canvas.icon("check-circle-fill", x, y, side, PETROL)
        else:
            _paint_part(canvas, at, x, y, side, side, *PARTS[at % len(PARTS)])

    _KEY.paint(canvas, rows, mark, top=top)


def _paint_part(canvas: Canvas, at: int, x: float, y: float, wide: float, high: float, fill: str, ink: str) -> None:
    """A part of a bar with its number, if there is room for it."""
    canvas.bar("part", x, y, wide, high, fill, line=STRONG, radius=3)
    words = canvas.room.language.number(at + 1)
    size = canvas.room.wide(words, "head")
    if wide >= size + 8:
        canvas.write(words, "head", x + (wide - size) / 2, y, size + 2, high, ink=ink, ground=fill)


# The bars ----------------------------------------------------------------------------------------------------


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    if sheet.shared is None:
        canvas.write(room.language.say("There is no ranking yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    widths, heights, rows = sheet.shared
    if widths.head:
        canvas.write(page.heading, "head", 0, 0, room.width, widths.head - room.grown(14), ink=PETROL)
    _paint_key(canvas, rows, widths.head)
    left = widths.place + widths.name
    right = room.width - widths.words
    spare = min(max(0.0, room.height - widths.key - sum(heights)) / len(heights), room.grown(30))
    y = widths.key
    for bar, least in zip(page.bars, heights, strict=True):
        high = least + spare
        thick = room.grown(44)
        top = y + (high - thick) / 2
        canvas.write(bar.place, "number", 0, y, widths.place, high, ink=PETROL)
        name = widths.name - 12
        if bar.chosen:
            side = room.grown(38)
            canvas.icon("check-circle-fill", left - 12 - side, y + (high - side) / 2, side, PETROL)
            name -= room.grown(44)
        canvas.write(bar.name, "row", widths.place, y, name, high)
        canvas.box(left, top, right - left, thick, None, 4, LINE, 2)
        if bar.value is not None:
            long = max(0.0, min(100.0, bar.value)) / 100 * (right - left)
            _paint_value(canvas, bar, left, top, long, thick)
        canvas.write(
            bar.words, _words_role(bar), right + 20, y, widths.words - 20, high, ink=INK, ground=GROUND, align="start"
        )
        y += high


def _paint_value(canvas: Canvas, bar: Bar, left: float, top: float, long: float, thick: float) -> None:
    total = sum(bar.parts)
    if total <= 0:
        canvas.bar("value", left, top, long, thick, PETROL)
        return
    x, gap = left, 2.0
    for at, part in enumerate(bar.parts):
        wide = long * part / total
        if wide > gap + 1:
            fill, ink = PARTS[at % len(PARTS)]
            _paint_part(canvas, at, x, top, wide - gap, thick, fill, ink)
        x += wide
