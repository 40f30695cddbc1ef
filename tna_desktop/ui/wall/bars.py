"""Ranked bars from 0 to 100: place, name, value, what they are made of, what is open, and which nearly tie."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import Bar, Bars
from .canvas import Canvas, chip_height, chip_width
from .legend import Legend, Lines
from .look import AMBER_GROUND, AMBER_INK, AMBER_LINE, GROUND, INK, LINE, PARTS, PETROL, QUIET, STRONG
from .paging import Sheet, divided, filled_out
from .room import Room

_KEY = Legend(mark=52, between_lines=6)
#: What the key explains beside the parts: the check of what is chosen, the hatch of what is open.
_CHOSEN, _OPEN = -1, -2
#: How high a bar is, at least and at most, and how high a row may become where there are few.
_BAR, _THICKEST, _ROOMIEST = 44, 72, 250
#: The least length of a whole bar beside which words have a place of their own.
_SHORTEST = 420


@dataclass(frozen=True)
class _Widths:
    place: float
    name: float
    words: float
    lane: float  # for the brackets around what nearly ties
    chips: bool  # whether the brackets have room for their words
    key: float  # height of the heading, its note and the key to the parts
    head: float  # of the heading alone
    note: float  # of the note alone


def sheets(page: Bars, room: Room) -> list[Sheet]:
    """Bars go to the next page; the key to their parts stands above on each."""
    if not page.bars:
        return [Sheet(page, None)]
    widths, rows = _widths(page, room)
    heights = [_height(bar, widths, room) for bar in page.bars]
    # What nearly ties is better seen on one page.
    ids = [bar.id for bar in page.bars]
    inside = {at for at in range(len(ids) - 1) if (ids[at], ids[at + 1]) in page.ties}
    cuts = divided(heights, room.height - widths.key, breaks=set(range(len(ids))) - inside if inside else ())
    return [
        Sheet(
            Bars(
                page.bars[first:last], page.parts, page.chosen, page.heading, page.note,
                tuple(pair for pair in page.ties if set(pair) <= set(ids[first:last])), page.tie, page.unknown,
            ),
            (widths, tuple(heights[first:last]), rows),
            ids=tuple(ids[first:last]),
        )
        for first, last in cuts
    ]  # fmt: skip


def _widths(page: Bars, room: Room) -> tuple[_Widths, Lines]:
    place = max(room.wide(bar.place, "number") for bar in page.bars) + 24
    words = min(max(room.wide(bar.words, _words_role(bar)) for bar in page.bars) + 24, room.width * 0.24)
    longest = max(room.wide(bar.name, "row") for bar in page.bars) + 12
    mark = room.grown(44) if any(bar.chosen for bar in page.bars) else 0.0
    name = max(min(longest + mark, room.width * 0.38), room.grown(240))
    lane = room.grown(34) if page.ties else 0.0
    chip = chip_width(room, page.tie, True) if page.ties else 0.0
    chips = bool(page.ties) and room.width - place - name - words - lane - chip >= _SHORTEST
    rows = _key_rows(page, room)
    head = room.high(page.heading, "head", room.width) + room.grown(14) if page.heading else 0.0
    note = room.high(page.note, "body", room.width) + room.grown(14) if page.note else 0.0
    key = head + note + len(rows) * _KEY.line_height(room) + (10 if rows else 0)
    return _Widths(place, name, words, lane + (chip if chips else 0.0), chips, key, head, note), rows


def _words_role(bar: Bar) -> str:
    return "number" if len(bar.words) <= 6 else "body"


def _height(bar: Bar, widths: _Widths, room: Room) -> float:
    mark = room.grown(44) if bar.chosen else 0.0
    text = max(
        room.high(bar.name, "row", widths.name - 12 - mark), room.high(bar.words, _words_role(bar), widths.words - 20)
    )
    drawn = room.grown(46) + (_below(bar, widths, room) or 0.0)
    return max(text, drawn) + room.grown(24)


# What is open ------------------------------------------------------------------------------------------------


def _track(widths: _Widths, room: Room) -> float:
    """The length of a whole bar."""
    return room.width - widths.place - widths.name - widths.words - widths.lane


def _beside(bar: Bar, widths: _Widths, room: Room) -> float | None:
    """Where along the bar the reason has room, after all that is drawn; None where it has none."""
    drawn = (bar.high or 0.0) / 100 * _track(widths, room) + room.grown(18)
    return drawn if drawn + room.wide(bar.why, "body") + 8 <= _track(widths, room) else None


def _below(bar: Bar, widths: _Widths, room: Room) -> float:
    """How much room the reason takes under the bar, where it has none beside what is drawn."""
    if not bar.why or _beside(bar, widths, room) is not None:
        return 0.0
    return room.high(bar.why, "body", _track(widths, room)) + room.grown(6)


# The key -----------------------------------------------------------------------------------------------------


def _key_rows(page: Bars, room: Room) -> Lines:
    """What the parts are, numbered as they are in the bars; what a hatch is, and the check for what is chosen."""
    if not room.legend:
        return ()
    entries = list(enumerate(page.parts))
    if page.unknown and any(_is_open(bar) for bar in page.bars):
        entries.append((_OPEN, page.unknown))
    if page.chosen and any(bar.chosen for bar in page.bars):
        entries.append((_CHOSEN, page.chosen))
    return _KEY.lines(entries, room)


def _is_open(bar: Bar) -> bool:
    return bar.value is None and bar.low is not None and bar.high is not None


def _paint_key(canvas: Canvas, rows: Lines, top: float) -> None:
    side = canvas.room.grown(38)

    def mark(at: int, x: float, y: float, high: float) -> None:
        y += (high - side) / 2
        if at == _CHOSEN:
            canvas.icon("check-circle-fill", x, y, side, PETROL)
        elif at == _OPEN:
            canvas.bar("open", x, y, side, side, GROUND, line=STRONG, hatched=True, radius=3)
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
    widths, least, rows = sheet.shared
    if widths.head:
        canvas.write(page.heading, "head", 0, 0, room.width, widths.head - room.grown(14), ink=PETROL)
    if widths.note:
        canvas.write(page.note, "body", 0, widths.head, room.width, widths.note - room.grown(14), ink=INK)
    _paint_key(canvas, rows, widths.head + widths.note)
    heights = filled_out(least, room.height - widths.key, room.grown(_ROOMIEST))
    left, right = widths.place + widths.name, room.width - widths.words - widths.lane
    y = widths.key
    middles: dict[str, float] = {}
    for bar, high in zip(page.bars, heights, strict=True):
        middles[bar.id] = y + high / 2
        canvas.write(bar.place, "number", 0, y, widths.place, high, ink=PETROL)
        name = widths.name - 12
        if bar.chosen:
            side = room.grown(38)
            canvas.icon("check-circle-fill", left - 12 - side, y + (high - side) / 2, side, PETROL)
            name -= room.grown(44)
        canvas.write(bar.name, "row", widths.place, y, name, high)
        _paint_bar(canvas, bar, widths, left, y, high)
        canvas.write(
            bar.words, _words_role(bar), right + 20, y, widths.words - 20, high, ink=INK, ground=GROUND, align="start"
        )
        y += high
    _paint_ties(canvas, page, widths, middles)


def _paint_bar(canvas: Canvas, bar: Bar, widths: _Widths, left: float, y: float, high: float) -> None:
    """The bar within its frame: the value, or what is known and what is open; the reason beside it or under it."""
    room, track, below = canvas.room, _track(widths, canvas.room), _below(bar, widths, canvas.room)
    thick = max(room.grown(_BAR), min(high * 0.5 - below / 2, room.grown(_THICKEST)))
    top = y + (high - thick - below) / 2
    canvas.box(left, top, track, thick, None, 4, LINE, 2)
    if bar.value is not None:
        _paint_value(canvas, bar, left, top, max(0.0, min(100.0, bar.value)) / 100 * track, thick)
    elif bar.low is not None and bar.high is not None:
        sure, could = bar.low / 100 * track, bar.high / 100 * track
        if sure > 0:
            _paint_value(canvas, bar, left, top, sure, thick)
        canvas.bar("open", left + sure, top, max(8.0, could - sure), thick, GROUND, line=STRONG, hatched=True, radius=3)
    if not bar.why:
        return
    beside = _beside(bar, widths, room)
    if beside is not None:
        wide = room.wide(bar.why, "body")
        canvas.write(bar.why, "body", left + beside, top, wide + 2, thick, ink=QUIET)
    else:
        canvas.write(bar.why, "body", left, top + thick + room.grown(6), track, ink=QUIET)


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


def _paint_ties(canvas: Canvas, page: Bars, widths: _Widths, middles: dict[str, float]) -> None:
    """A bracket around each pair that nearly ties, with the words for it where there is room."""
    room = canvas.room
    for number, (one, other) in enumerate(page.ties):
        first, last = sorted((middles[one], middles[other]))
        x = room.width - widths.lane + room.grown(14) - 10 * number
        reach = room.grown(12)
        for y in (first, last):
            canvas.line(x - reach, y, x + 2, y, AMBER_LINE, 4)
        canvas.tick("near tie", x, first, last - first, AMBER_LINE)
        if widths.chips:
            y = (first + last - chip_height(room)) / 2
            chip = (page.tie, x + room.grown(12), y, AMBER_INK, AMBER_GROUND, AMBER_LINE, "warning-fill")
            canvas.chip(*chip)
