"""Sentences and large numbers: a statement, a round that is still hidden, the stages where a step has no view."""

from __future__ import annotations

from ...kernel.projected import Figure, Hidden, Statement
from ..rosette import paint_rosette
from .canvas import Canvas
from .look import AMBER_GROUND, AMBER_INK, AMBER_LINE, GROUND, INK, MIST, PETROL, QUIET, SIDE
from .paging import Sheet, divided, filled
from .room import Room
from .shown import Stages

GAP = 24


# A statement, and a hidden round ------------------------------------------------------------------------------


def statement_sheets(page: Statement, room: Room) -> list[Sheet]:
    """Sentences first, then the figures; a sentence longer than the page goes on on the next."""
    lines: list[tuple[str, bool]] = []
    for words in page.lines:
        wrapped = room.lines(words, "voice", _measure(room))
        lines += [(line, at + 1 == len(wrapped)) for at, line in enumerate(wrapped)]
    step, after = room.line("voice"), room.grown(18)
    texts = filled([step + (after if last else 0) for _, last in lines], room.height, most=99)
    sheets = [Sheet(Statement(page.lines), tuple(lines[first:last])) for first, last in texts]
    if not page.figures:
        return sheets or [Sheet(Statement(()), ())]
    across, high = _grid(page.figures, room)
    used = sum(step + (after if last else 0) for _, last in sheets[-1].shared) if sheets else 0.0
    rows = [page.figures[at : at + across] for at in range(0, len(page.figures), across)]
    if sheets and used + GAP + len(rows) * high <= room.height:
        last_sheet = sheets.pop()
        sheets.append(Sheet(Statement(page.lines, page.figures), last_sheet.shared))
        return sheets
    for first, last in divided([high] * len(rows), room.height):
        part = tuple(figure for row in rows[first:last] for figure in row)
        sheets.append(Sheet(Statement((), part), ()))
    return sheets


def paint_statement(canvas: Canvas, sheet: Sheet) -> None:
    room, y = canvas.room, 10.0
    for line, last in sheet.shared:
        y += canvas.write_lines((line,), "voice", 0, y, _measure(room))
        y += room.grown(18) if last else 0
    if sheet.page.figures:
        paint_figures(canvas, sheet.page.figures, y + (GAP if sheet.shared else 0))


def hidden_sheets(page: Hidden, room: Room) -> list[Sheet]:
    return [
        Sheet(Hidden(page.line, sheet.page.figures), sheet.shared)
        for sheet in statement_sheets(Statement((page.line,), page.figures), room.inside(room.width - 110, room.height))
    ]


def paint_hidden(canvas: Canvas, sheet: Sheet) -> None:
    room, side = canvas.room, 76.0
    canvas.icon("eye-slash", 0, 8, side, PETROL)
    y = 10.0
    for line, last in sheet.shared:
        y += canvas.write_lines((line,), "voice", side + 34, y, room.width - side - 34)
        y += room.grown(18) if last else 0
    if sheet.page.figures:
        paint_figures(canvas, sheet.page.figures, max(y, side + 20) + GAP)


def _measure(room: Room) -> float:
    """Lines of more than about 60 letters are hard to follow from the back of a room."""
    return min(room.width, room.grown(1500))


def _grid(figures: tuple[Figure, ...], room: Room) -> tuple[int, float]:
    """How many figures stand side by side, and how high a row of them is."""
    least = room.grown(330)
    longest = max(max(room.wide(each.value, "figure"), room.longest_word(each.words, "body")) for each in figures)
    most = min(len(figures), 4, max(1, int((room.width + GAP) // (max(least, longest + room.grown(48)) + GAP))))
    rows = -(-len(figures) // most)
    across = -(-len(figures) // rows)  # evenly: four figures are two and two, not three and one
    wide = _wide(across, room)
    words = max(room.high(each.words, "body", wide - room.grown(48)) for each in figures)
    return across, room.line("figure") + words + room.grown(36) + GAP


def _wide(across: int, room: Room) -> float:
    return min((room.width - (across - 1) * GAP) / across, room.grown(620))


def paint_figures(canvas: Canvas, figures: tuple[Figure, ...], y: float) -> None:
    room = canvas.room
    across, high = _grid(figures, room)
    wide = _wide(across, room)
    pad = room.grown(24)
    for at, figure in enumerate(figures):
        x, top = (at % across) * (wide + GAP), y + (at // across) * high
        ground = AMBER_GROUND if figure.wanting else MIST
        canvas.box(x, top, wide, high - GAP, ground, 14, AMBER_LINE if figure.wanting else None, 2.5)
        value = canvas.write(
            figure.value,
            "figure",
            x + pad,
            top + room.grown(8),
            wide - 2 * pad,
            ink=AMBER_INK if figure.wanting else PETROL,
            ground=ground,
        )
        if figure.wanting:
            side = room.grown(44)
            canvas.icon("warning-fill", x + wide - pad - side, top + room.grown(20), side, AMBER_LINE, ground)
        canvas.write(figure.words, "body", x + pad, top + room.grown(8) + value, wide - 2 * pad, ink=INK, ground=ground)


# A step without a view --------------------------------------------------------------------------------------


def stages_sheets(page: Stages, room: Room) -> list[Sheet]:
    heights = [_stage_height(room)] * len(page.stages)
    return [Sheet(page, cut) for cut in divided(heights, room.height)] or [Sheet(page, (0, 0))]


def _stage_height(room: Room) -> float:
    return max(room.line("number"), room.line("row")) + room.grown(24)


def paint_stages(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    first, last = sheet.shared
    side = min(room.height * 0.72, room.width * 0.34)
    left = side + SIDE * 1.4
    paint_rosette(canvas.painter, canvas.at(0, (room.height - side) / 2, side, side), page.shares, dark=False)
    high = _stage_height(room)
    y = (room.height - (last - first) * high) / 2
    for at in range(first, last):
        name, count = page.stages[at]
        here = at == page.here
        wide = room.wide(count, "row")
        if here:
            canvas.box(left - 20, y + 4, room.width - left + 20, high - 8, MIST, 12)
        ground = MIST if here else GROUND
        ink = PETROL if here else INK
        canvas.write(
            name, "number" if here else "row", left, y, room.width - left - wide - 40, high, ink=ink, ground=ground
        )
        canvas.write(count, "row", room.width - wide - 24, y, wide + 2, high, ink=QUIET, ground=ground)
        y += high
