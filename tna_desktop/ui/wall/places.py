"""How often each place comes up in the trials: a row of cells for each technology, the darker the more often."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...kernel.projected import Places, PlacesRow
from .canvas import Canvas
from .look import HEAT, LINE, PETROL, QUIET
from .paging import Sheet, divided, filled_out
from .room import Room

#: The least and the most a cell is wide, the most it is high, and how high a row may become where there are few.
_NARROWEST, _WIDEST, _HIGHEST, _ROOMIEST = 66, 150, 96, 190
#: A smaller share than this is an empty cell.
_LEAST = 0.005


@dataclass(frozen=True)
class _Widths:
    place: float
    name: float
    mark: float
    cell: float
    places: int
    among: float
    head: float  # height of the heading and of the words over the columns
    top: float  # height of the heading alone


def sheets(page: Places, room: Room) -> list[Sheet]:
    """Rows go to the next page; the words over the columns stand on each."""
    if not page.rows:
        return [Sheet(page, None)]
    widths = _widths(page, room)
    heights = [max(room.high(row.name, "row", widths.name), room.grown(56)) + room.grown(16) for row in page.rows]
    return [
        Sheet(
            replace(page, rows=page.rows[first:last]),
            (widths, tuple(heights[first:last])),
            ids=tuple(row.id for row in page.rows[first:last]),
        )
        for first, last in divided(heights, room.height - widths.head)
    ]


def _widths(page: Places, room: Room) -> _Widths:
    place = max(room.wide(row.place, "number") for row in page.rows) + 24
    mark = room.grown(48) if any(row.chosen for row in page.rows) else 0.0
    longest = max(room.wide(row.name, "row") for row in page.rows) + 4
    name = min(longest, room.width * 0.34)
    most = max(max(room.wide(row.among, "strong") for row in page.rows), room.longest_word(page.among, "head"))
    among = min(max(most, room.wide(page.among, "head")), max(most, room.width * 0.16)) + 28
    free = room.width - place - name - mark - 16 - among
    taken = max(at + 1 for row in page.rows for at, share in enumerate(row.shares) if share >= _LEAST or at == 0)
    places = max(1, min(taken, int(free // room.grown(_NARROWEST))))
    cell = min(free / places, room.grown(_WIDEST))
    top = room.high(page.heading, "head", room.width) + room.grown(10)
    head = top + max(room.high(page.among, "head", among - 28), room.line("head")) + room.grown(8)
    return _Widths(place, name, mark, cell, places, among, head, top)


def told(row: PlacesRow, places: int) -> tuple[float, ...]:
    """The shares of so many places; where there are more, the last one stands for all the rest."""
    if len(row.shares) <= places:
        return row.shares + (0.0,) * (places - len(row.shares))
    return (*row.shares[: places - 1], sum(row.shares[places - 1 :]))


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    if sheet.shared is None:
        return
    widths, least = sheet.shared
    canvas.write(page.heading, "head", 0, 0, room.width, ink=PETROL)
    _paint_key(canvas, page)
    left = widths.place + widths.name + widths.mark + 16
    end = left + widths.cell * widths.places
    upper = widths.head - widths.top
    # Whether the last column stands for more than one place.
    rest = any(sum(row.shares[widths.places :]) >= _LEAST for row in page.rows)
    for at in range(widths.places):
        number = room.language.number(at + 1)
        words = room.language.say("{place}+", place=number) if rest and at == widths.places - 1 else number
        canvas.write(words, "head", left + at * widths.cell, widths.top, widths.cell, upper, align="center")
    canvas.write(page.among, "head", end + 28, widths.top, widths.among - 28, upper)
    y = widths.head
    for row, high in zip(page.rows, filled_out(least, room.height - widths.head, room.grown(_ROOMIEST)), strict=True):
        canvas.write(row.place, "number", 0, y, widths.place, high, ink=PETROL)
        canvas.write(row.name, "row", widths.place, y, widths.name, high)
        if row.chosen:
            side = room.grown(38)
            canvas.icon("check-circle-fill", left - 16 - side, y + (high - side) / 2, side, PETROL)
        tall = min(high - room.grown(10), room.grown(_HIGHEST))
        for at, share in enumerate(told(row, widths.places)):
            _paint_cell(canvas, left + at * widths.cell, y + (high - tall) / 2, widths.cell - 4, tall, share)
        canvas.write(row.among, "strong", end + 28, y, widths.among - 28, high)
        y += high


def _paint_key(canvas: Canvas, page: Places) -> None:
    """What the check means, at the end of the heading's line where there is room: the page before has said it too."""
    room = canvas.room
    side, wide = room.grown(38), room.wide(page.chosen, "legend")
    start = room.width - wide - room.grown(52)
    if not room.legend or not page.chosen or room.wide(page.heading, "head") + 40 > start:
        return
    line = room.line("head")
    if any(row.chosen for row in page.rows):
        canvas.icon("check-circle-fill", start, (line - side) / 2, side, PETROL)
        canvas.write(page.chosen, "legend", start + room.grown(50), 0, wide + 2, line, ink=QUIET)


def _paint_cell(canvas: Canvas, x: float, y: float, wide: float, high: float, share: float) -> None:
    """One place: pale where it never comes up, then in three steps that all carry its number."""
    fill, ink = HEAT[sum(share >= least for least in (_LEAST, 0.25, 0.6))]
    canvas.box(x, y, wide, high, fill, 5, LINE if share < _LEAST else None, 2)
    if share >= _LEAST:
        number = canvas.room.language.number(min(share * 100, 99 if share < 1 else 100), 0)
        canvas.write(
            number, "strong" if share >= 0.25 else "axis", x, y, wide, high, ink=ink, ground=fill, align="center"
        )
