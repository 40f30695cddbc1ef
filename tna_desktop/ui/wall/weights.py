"""The criteria with what each group gives them, nine a page at most, on one scale for all pages."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import WeightRow, Weights
from .canvas import Canvas, chip_height, chip_width
from .look import AMBER_GROUND, AMBER_INK, AMBER_LINE, LINE, PETROL, QUIET
from .paging import Sheet, divided
from .room import Room
from .scale import STEP, Scale, paint_axis, paint_row, side, top_of


@dataclass(frozen=True)
class _Widths:
    """The columns: names, values, and at the end the word "Discuss" unless it stands below the name."""

    name: float
    value: float
    chip: float
    below: bool
    top: float


def sheets(page: Weights, room: Room) -> list[Sheet]:
    """Rows go to the next page, best after the last criterion of a branch."""
    if not page.rows:
        return [Sheet(page, None)]
    widths = _widths(page, room)
    heights = [_height(row, widths, room) for row in page.rows]
    ends = {at for at, row in enumerate(page.rows) if row.ends_branch}
    found = []
    for first, last in divided(heights, room.height - _axis(room), breaks=ends):
        rows = page.rows[first:last]
        found.append(
            Sheet(Weights(rows), (widths, tuple(heights[first:last])), ids=tuple(row.id for row in rows)),
        )
    return found


def _widths(page: Weights, room: Room) -> _Widths:
    value = max(max(room.wide(row.value, "number") for row in page.rows), room.wide("88 %", "number")) + 20
    chip = max((chip_width(room, row.discuss, True) for row in page.rows if row.discuss), default=0.0)
    chip = chip + 24 if chip else 0.0
    below = room.width < room.grown(1500)
    longest = max(room.wide(row.name, "row") for row in page.rows)
    name = max(min(longest + 8, room.width * (0.40 if below else 0.345)), room.grown(240))
    return _Widths(name, value, 0.0 if below else chip, below, top_of(page.rows))


def _axis(room: Room) -> float:
    return room.line("axis") + 10


def _height(row: WeightRow, widths: _Widths, room: Room) -> float:
    name = room.high(row.name, "row", widths.name - 12)
    if row.discuss and widths.below:
        name += chip_height(room) + 8
    return max(name + room.grown(14), side(room) * 3 * STEP / 27 + 10, room.grown(76))


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    if sheet.shared is None:
        canvas.write(room.language.say("No criterion has a weight yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    widths, heights = sheet.shared
    end = room.width - (widths.chip if widths.chip else room.grown(40))
    scale = Scale(widths.name + widths.value + room.grown(44), end, widths.top)
    spare = min(max(0.0, room.height - _axis(room) - sum(heights)) / len(heights), room.grown(22))
    high = [height + spare for height in heights]
    bottom = _axis(room) + sum(high)
    paint_axis(canvas, scale, 0, bottom)
    y = _axis(room)
    for at, (row, height) in enumerate(zip(page.rows, high, strict=True)):
        _paint_words(canvas, row, widths, y, height)
        paint_row(canvas, row, scale, y + height / 2, height)
        if row.discuss and not widths.below:
            top = y + (height - chip_height(room)) / 2
            canvas.chip(row.discuss, room.width, top, AMBER_INK, AMBER_GROUND, AMBER_LINE, "warning-fill", end=True)
        y += height
        if row.ends_branch and at + 1 < len(page.rows):
            canvas.box(0, y - 1.5, room.width, 3, LINE)


def _paint_words(canvas: Canvas, row: WeightRow, widths: _Widths, y: float, height: float) -> None:
    room = canvas.room
    pointed = canvas.pointing.get(row.id)
    value = room.language.percent(pointed) if isinstance(pointed, int | float) else row.value
    name = room.high(row.name, "row", widths.name - 12)
    chip = chip_height(room) + 8 if row.discuss and widths.below else 0.0
    top = y + (height - name - chip) / 2
    canvas.write(row.name, "row", 0, top, widths.name - 12)
    if chip:
        canvas.chip(row.discuss, 0, top + name + 6, AMBER_INK, AMBER_GROUND, AMBER_LINE, "warning-fill")
    canvas.write(value, "number", widths.name, y, widths.value, height, ink=PETROL, align="end")
