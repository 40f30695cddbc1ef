"""A small table: groups by stages with how many take part, policy needs with who can act."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import Cell, Matrix, MatrixRow
from .canvas import Canvas
from .look import AMBER_GROUND, AMBER_INK, AMBER_LINE, GROUND, INK, LINE, QUIET
from .paging import Sheet, divided
from .room import Room

PAD = 14


@dataclass(frozen=True)
class _Plan:
    """The widths of the name column and of the others, which columns are on the page, and the height of the head."""

    name: float
    widths: tuple[float, ...]
    first: int
    last: int
    head: float
    centred: tuple[bool, ...]


def sheets(page: Matrix, room: Room) -> list[Sheet]:
    """Rows go to the next page, and so do columns that would be too narrow; the names are repeated."""
    if not page.rows:
        return [Sheet(page, None)]
    found = []
    for plan in _plans(page, room):
        heights = [_height(row, plan, room) for row in page.rows]
        for first, last in divided(heights, room.height - plan.head):
            high = tuple(heights[first:last])
            found.append(Sheet(Matrix(page.columns, page.rows[first:last], page.corner), (plan, high)))
    return found


def _cell_role(cell: Cell, room: Room) -> str:
    return "number" if len(cell.text) <= 5 else "body"


def _plans(page: Matrix, room: Room) -> list[_Plan]:
    names = [row.name for row in page.rows] + [page.corner]
    mark = room.grown(40) if any(row.group for row in page.rows) else 0.0
    longest = max(room.wide(name, "row") for name in names)
    name = min(longest + mark + 2 * PAD, max(room.width * 0.3, max(room.longest_word(n, "row") for n in names) + mark))
    least, wish, centred = [], [], []
    for at, title in enumerate(page.columns):
        cells = [row.cells[at] for row in page.rows if at < len(row.cells)]
        words = [(title, "head")]
        words += [(cell.text, _cell_role(cell, room)) for cell in cells] + [(cell.words, "body") for cell in cells]
        least.append(max((room.longest_word(each, role) for each, role in words), default=0.0) + 2 * PAD)
        wish.append(max((room.wide(each, role) for each, role in words), default=0.0) + 2 * PAD)
        centred.append(all(len(cell.text) <= 5 for cell in cells))
    most = room.width - name
    plans: list[_Plan] = []
    first = 0
    while first < len(page.columns):
        last, used = first, 0.0
        while last < len(page.columns) and (last == first or used + least[last] <= most):
            used += least[last]
            last += 1
        plans.append(_plan(page, room, name, least[first:last], wish[first:last], first, last, centred))
        first = last
    return plans


def _plan(page, room, name, least, wish, first, last, centred) -> _Plan:
    """Share the spare width out by what each column would like to have."""
    most = room.width - name
    spare = max(0.0, most - sum(least))
    wants = [max(0.0, high - low) for high, low in zip(wish, least, strict=True)]
    total = sum(wants)
    given = [min(want, spare * want / total) if total else 0.0 for want in wants]
    over = (spare - sum(given)) / len(least)
    cap = room.grown(260)
    widths = tuple(min(low, most) + more + min(over, cap) for low, more in zip(least, given, strict=True))
    titles = page.columns[first:last]
    heads = [room.high(title, "head", wide - 2 * PAD) for title, wide in zip(titles, widths, strict=True)]
    head = max([*heads, room.high(page.corner, "head", name)]) + room.grown(18)
    return _Plan(name, widths, first, last, head, tuple(centred[first:last]))


def _height(row: MatrixRow, plan: _Plan, room: Room) -> float:
    mark = room.grown(40) if row.group else 0
    highs = [room.high(row.name, "row", plan.name - mark - PAD)]
    for cell, wide in zip(row.cells[plan.first : plan.last], plan.widths, strict=False):
        inner = wide - 2 * PAD
        highs.append(room.high(cell.text, _cell_role(cell, room), inner) + room.high(cell.words, "body", inner))
    return max(max(highs) + room.grown(18), room.grown(64))


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    if sheet.shared is None:
        canvas.write(room.language.say("Nothing is written here yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    plan, heights = sheet.shared
    canvas.write(page.corner, "head", 0, 0, plan.name, plan.head, ink=QUIET)
    x = plan.name
    for title, wide, centred in zip(page.columns[plan.first : plan.last], plan.widths, plan.centred, strict=True):
        align = "center" if centred else "start"
        canvas.write(title, "head", x + PAD, 0, wide - 2 * PAD, plan.head, ink=QUIET, align=align)
        x += wide
    y = plan.head
    for row, high in zip(page.rows, heights, strict=True):
        canvas.box(0, y - 1, plan.name + sum(plan.widths), 2, LINE)
        mark = room.grown(40) if row.group else 0.0
        if mark:
            canvas.shape(row.group, room.grown(14), y + high / 2, room.grown(28))
        canvas.write(row.name, "row", mark, y, plan.name - mark - PAD, high)
        x = plan.name
        cells = row.cells[plan.first : plan.last]
        for cell, wide, centred in zip(cells, plan.widths, plan.centred, strict=False):
            _paint_cell(canvas, cell, x, y, wide, high, "center" if centred else "start")
            x += wide
        y += high


def _paint_cell(canvas: Canvas, cell: Cell, x: float, y: float, wide: float, high: float, align: str) -> None:
    room, inner = canvas.room, wide - 2 * PAD
    ground, ink = (AMBER_GROUND, AMBER_INK) if cell.wanting else (GROUND, INK)
    if cell.wanting:
        canvas.box(x + 4, y + 5, wide - 8, high - 10, AMBER_GROUND, 8, AMBER_LINE, 2.5, dashed=True)
    role = _cell_role(cell, room)
    text = room.high(cell.text, role, inner)
    words = room.high(cell.words, "body", inner)
    top = y + (high - text - words) / 2
    canvas.write(cell.text, role, x + PAD, top, inner, ink=ink, ground=ground, align=align)
    quiet = ink if cell.wanting else QUIET
    canvas.write(cell.words, "body", x + PAD, top + text, inner, ink=quiet, ground=ground, align=align)
