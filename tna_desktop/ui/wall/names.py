"""Names under headings, side by side in columns: the register by group, the long list by sector."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import NameList, Names
from .canvas import Canvas
from .look import AMBER_INK, INK, LINE, MOST_PILLS, PETROL, QUIET
from .paging import Sheet
from .room import Room

GAP = 56


@dataclass(frozen=True)
class _Line:
    """A line of a column: a heading, a name, or a note where there are none."""

    kind: str
    words: str
    height: float
    group: str = ""
    count: str = ""


def sheets(page: Names, room: Room) -> list[Sheet]:
    """Fill columns from the top; a list that goes on in the next column has its heading again."""
    if not page.lists:
        return [Sheet(page, None)]
    columns = _columns(room)
    wide = (room.width - (columns - 1) * GAP) / columns
    made: list[list[_Line]] = [[]]
    used, names_here = 0.0, 0
    per_column = -(-MOST_PILLS // columns)
    for each in page.lists:
        head = _head(each, room, wide)
        rest = [_name(name, room, wide) for name in each.names]
        if each.note:
            rest.append(_Line("note", each.note, room.high(each.note, "body", wide) + room.grown(10)))
        lines = rest or [_Line("note", "–", room.line("body"))]
        # A list that fits into a column is not torn apart, and no heading stands alone at the foot of one.
        whole = head.height + sum(line.height for line in lines)
        short = len(lines) <= per_column and whole <= room.height
        together = whole if short else head.height + sum(line.height for line in lines[:2])
        if made[-1] and (used + together > room.height or names_here + (len(lines) if short else 2) > per_column):
            made.append([])
            used, names_here = 0.0, 0
        made[-1].append(head)
        used += head.height
        for line in lines:
            if len(made[-1]) > 1 and (used + line.height > room.height or names_here >= per_column):
                made.append([head])
                used, names_here = head.height, 0
            made[-1].append(line)
            used += line.height
            names_here += 1
    pages = [made[at : at + columns] for at in range(0, len(made), columns)]
    return [Sheet(page, (tuple(tuple(column) for column in part), columns)) for part in pages]


def _columns(room: Room) -> int:
    return max(1, min(3, int((room.width + GAP) // (room.grown(400) + GAP))))


def _head(each: NameList, room: Room, wide: float) -> _Line:
    count = room.wide(each.count, "number") + 20 if each.count else 0
    mark = room.grown(40) if each.group else 0
    high = max(room.high(each.heading, "head", wide - count - mark), room.line("number") if each.count else 0)
    return _Line("head", each.heading, high + room.grown(30), each.group, each.count)


def _name(name: str, room: Room, wide: float) -> _Line:
    return _Line("name", name, room.high(name, "row", wide) + room.grown(12))


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room = canvas.room
    if sheet.shared is None:
        canvas.write(room.language.say("Nothing is listed yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    columns, across = sheet.shared
    wide = (room.width - (across - 1) * GAP) / across
    for at, column in enumerate(columns):
        x, y = at * (wide + GAP), 0.0
        for place, line in enumerate(column):
            if line.kind == "head":
                _paint_head(canvas, line, x, y, wide, first=place == 0)
            elif line.kind == "note":
                canvas.write(line.words, "body", x, y, wide, ink=AMBER_INK if line.words != "–" else QUIET)
            else:
                canvas.write(line.words, "row", x, y, wide, ink=INK)
            y += line.height


def _paint_head(canvas: Canvas, line: _Line, x: float, y: float, wide: float, first: bool) -> None:
    room = canvas.room
    high = line.height - room.grown(24)
    mark = room.grown(40) if line.group else 0.0
    count = room.wide(line.count, "number") + 20 if line.count else 0.0
    if mark:
        canvas.shape(line.group, x + room.grown(14), y + high / 2, room.grown(28))
    canvas.write(line.words, "head", x + mark, y, wide - mark - count, high, ink=INK)
    if line.count:
        canvas.write(line.count, "number", x + wide - count, y, count, high, ink=PETROL, align="end")
    canvas.box(x, y + high + 2, wide, 3, LINE)
