"""The criteria tree: a branch a column, with what hangs on it and what it weighs."""

from __future__ import annotations

from ...kernel.projected import Branch, Tree
from .canvas import Canvas
from .look import LINE, MOST_ROWS, PETROL, QUIET, SOFT
from .paging import Sheet, divided
from .room import Room

GAP, PAD = 36, 20


def sheets(page: Tree, room: Room) -> list[Sheet]:
    """Three branches a page where there is room for three; a long branch goes on in the next column."""
    if not page.branches:
        return [Sheet(page, None)]
    most = max(1, min(3, len(page.branches), int((room.width + GAP) // (room.grown(400) + GAP))))
    columns = _columns(page, room, most)
    pages = divided([1.0] * len(columns), most, most)
    across = max(last - first for first, last in pages)
    if across < most:
        # Two and two instead of three and one: the columns may be wider.
        columns = _columns(page, room, across)
        pages = divided([1.0] * len(columns), across, across)
    return [Sheet(Tree(tuple(each for each, _ in columns[a:b])), (columns[a:b], across)) for a, b in pages]


def _columns(page: Tree, room: Room, across: int) -> list[tuple[Branch, bool]]:
    """The branches in columns, each with whether it goes on from the column before."""
    wide = (room.width - (across - 1) * GAP) / across
    found: list[tuple[Branch, bool]] = []
    for branch in page.branches:
        heights = [_leaf(leaf, room, wide) for leaf in branch.leaves]
        ends = {at for at, leaf in enumerate(branch.leaves[:-1]) if branch.leaves[at + 1][2] < leaf[2]}
        for first, last in divided(heights, room.height - _head(branch, room, wide), MOST_ROWS, ends) or [(0, 0)]:
            found.append((Branch(branch.name, branch.weight, branch.leaves[first:last]), first > 0))
    return found


def _head(branch: Branch, room: Room, wide: float) -> float:
    weight = room.wide(branch.weight, "number") + 16 if branch.weight else 0
    high = max(room.high(branch.name, "strong", wide - 2 * PAD - weight), room.line("number"))
    return high + 2 * room.grown(14) + room.grown(12)


def _leaf(leaf: tuple[str, str, int], room: Room, wide: float) -> float:
    name, weight, depth = leaf
    return max(room.high(name, "row", _name_width(room, wide, weight, depth)), room.line("row")) + room.grown(20)


def _name_width(room: Room, wide: float, weight: str, depth: int) -> float:
    return wide - PAD - depth * room.grown(34) - (room.wide(weight, "strong") + 18 if weight else 0)


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room = canvas.room
    if sheet.shared is None:
        canvas.write(room.language.say("There are no criteria yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    columns, across = sheet.shared
    wide = (room.width - (across - 1) * GAP) / across
    for at, (branch, goes_on) in enumerate(columns):
        x = at * (wide + GAP)
        head = _head(branch, room, wide) - room.grown(12)
        canvas.box(x, 0, wide, head, SOFT, 10, PETROL, 2.5, dashed=goes_on)
        weight = room.wide(branch.weight, "number") + 16 if branch.weight else 0.0
        canvas.write(branch.name, "strong", x + PAD, 0, wide - 2 * PAD - weight, head, ink=PETROL, ground=SOFT)
        if branch.weight:
            end = x + wide - PAD - weight
            canvas.write(branch.weight, "number", end, 0, weight, head, ink=PETROL, ground=SOFT, align="end")
        y = head + room.grown(12)
        for leaf in branch.leaves:
            name, value, depth = leaf
            high = _leaf(leaf, room, wide)
            indent = PAD + depth * room.grown(34)
            canvas.write(name, "row", x + indent, y, _name_width(room, wide, value, depth), high)
            if value:
                size = room.wide(value, "strong")
                canvas.write(value, "strong", x + wide - size, y, size + 2, high, ink=PETROL)
            y += high
            canvas.box(x + indent, y - 1, wide - indent, 2, LINE)
