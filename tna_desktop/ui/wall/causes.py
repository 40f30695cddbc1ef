"""The tree of causes: the core problem and what leads to it. What does not fit is shown branch by branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainterPath

from ...kernel.projected import Cause, Causes
from .canvas import Canvas
from .look import GROUND, INK, PETROL, QUIET, SOFT, STRONG
from .paging import Sheet
from .room import Room

LINK, AIR, PAD = 58, 16, 18


@dataclass
class _Node:
    cause: Cause
    below: list[_Node]
    more: int = 0  # causes that stand on a page of their own


@dataclass(frozen=True)
class _Part:
    """What of the tree is on a page, and what it leads to, from the core problem down."""

    node: _Node
    above: tuple[str, ...]


def sheets(page: Causes, room: Room) -> list[Sheet]:
    """One page if it fits; else the core problem with one main branch a page, and so on down."""
    roots = _roots(page.causes)
    if not roots:
        return [Sheet(page, None)]
    levels = max(2, min(4, int((room.width + LINK) // (room.grown(360) + LINK))))
    found: list[_Part] = []
    for root in roots:
        found += _parts(page, root, (), room, levels)
    return [Sheet(page, part, ids=tuple(_ids(part.node))) for part in found]


def _roots(causes: Sequence[Cause]) -> list[_Node]:
    nodes = {cause.id: _Node(cause, []) for cause in causes}
    roots = []
    for cause in causes:
        if cause.above in nodes and cause.above != cause.id:
            nodes[cause.above].below.append(nodes[cause.id])
        else:
            roots.append(nodes[cause.id])
    return roots


def _ids(node: _Node) -> list[str]:
    return [node.cause.id, *(id for each in node.below for id in _ids(each))]


def _depth(node: _Node) -> int:
    return 1 + max((_depth(each) for each in node.below), default=0)


def _count(node: _Node) -> int:
    return 1 + sum(_count(each) for each in node.below)


def _fits(node: _Node, room: Room, levels: int) -> bool:
    depth = _depth(node)
    return depth <= levels and _high(node, room, _wide(room, depth)) <= room.height


def _parts(page: Causes, node: _Node, above: tuple[str, ...], room: Room, levels: int) -> list[_Part]:
    """The tree on as few pages as it takes; each repeats the cause its branches hang on.

    A branch too large even alone is only named beside the others, and has pages of its own after them.
    """
    rest = room.inside(room.width, room.height - _head(page, above, room))
    if _fits(node, rest, levels) or not node.below:
        return [_Part(node, above)]
    parts: list[_Part] = []
    held: list[_Node] = []
    apart: list[_Node] = []

    def put_away() -> None:
        # A page with nothing but names of what follows is left out if there is only one of them.
        if held and not (len(held) == 1 and held[0].more):
            parts.append(_Part(_Node(node.cause, list(held)), above))
        for branch in apart:
            parts.extend(_parts(page, branch, (*above, node.cause.name), room, levels))
        held.clear()
        apart.clear()

    for branch in node.below:
        large = not _fits(_Node(node.cause, [branch]), rest, levels)
        shown = _Node(branch.cause, [], _count(branch) - 1) if large and branch.below else branch
        if held and not _fits(_Node(node.cause, [*held, shown]), rest, levels):
            put_away()
        held.append(shown)
        if shown is not branch:
            apart.append(branch)
    put_away()
    return parts


# Measures ----------------------------------------------------------------------------------------------------


def _wide(room: Room, depth: int) -> float:
    return min((room.width - (depth - 1) * LINK) / depth, room.grown(620))


def _box_high(node: _Node, room: Room, wide: float) -> float:
    return sum(_text_highs(node, room, wide)) + 2 * room.grown(11)


def _text_highs(node: _Node, room: Room, wide: float) -> tuple[float, float, float]:
    inner = wide - 2 * PAD
    more = room.high(_more(node, room), "body", inner) if node.more else 0.0
    return room.high(node.cause.name, "pill", inner), room.high(node.cause.kind, "body", inner), more


def _more(node: _Node, room: Room) -> str:
    return room.language.say_n("one cause, on its own page", "{n} causes, on their own page", node.more)


def _high(node: _Node, room: Room, wide: float) -> float:
    below = sum(_high(each, room, wide) for each in node.below) + AIR * max(0, len(node.below) - 1)
    return max(_box_high(node, room, wide), below)


def _head(page: Causes, above: tuple[str, ...], room: Room) -> float:
    technology = room.high(page.technology, "voice", room.width) + 10 if page.technology else 0.0
    return technology + (room.high(_path(above, room), "body", room.width) + 12 if above else 0.0)


def _path(above: tuple[str, ...], room: Room) -> str:
    return room.language.say("Leads to: {causes}", causes=" › ".join(above[::-1]))


# Painting ----------------------------------------------------------------------------------------------------


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page, part = canvas.room, sheet.page, sheet.shared
    head = _head(page, part.above if part else (), room)
    y = canvas.write(page.technology, "voice", 0, 0, room.width, ink=PETROL)
    if part is None:
        canvas.write(room.language.say("No cause is written yet."), "sentence", 0, head, room.width, ink=QUIET)
        return
    if part.above:
        canvas.write(_path(part.above, room), "body", 0, y + 6, room.width, ink=QUIET)
    wide = _wide(room, _depth(part.node))
    top = head + max(0.0, (room.height - head - _high(part.node, room, wide)) / 2)
    _paint_node(canvas, part.node, 0.0, top, wide, root=True)


def _paint_node(canvas: Canvas, node: _Node, x: float, top: float, wide: float, root: bool = False) -> None:
    room = canvas.room
    high = _high(node, room, wide)
    box = _box_high(node, room, wide)
    middle = top + high / 2
    below = sum(_high(each, room, wide) for each in node.below) + AIR * max(0, len(node.below) - 1)
    y = middle - below / 2
    for each in node.below:
        part = _high(each, room, wide)
        _paint_link(canvas, x + wide, middle, x + wide + LINK, y + part / 2)
        _paint_node(canvas, each, x + wide + LINK, y, wide)
        y += part + AIR
    ground = SOFT if root else GROUND
    canvas.box(
        x, middle - box / 2, wide, box, ground, 12, PETROL if root else STRONG, 4 if root else 2.5, bool(node.more)
    )
    name, kind, more = _text_highs(node, room, wide)
    y = middle - (name + kind + more) / 2
    inner = wide - 2 * PAD
    canvas.write(node.cause.name, "pill", x + PAD, y, inner, ink=PETROL if root else INK, ground=ground)
    canvas.write(node.cause.kind, "body", x + PAD, y + name, inner, ink=QUIET, ground=ground)
    if more:
        canvas.write(_more(node, room), "body", x + PAD, y + name + kind, inner, ink=PETROL, ground=ground)


def _paint_link(canvas: Canvas, x1: float, y1: float, x2: float, y2: float) -> None:
    first, last = canvas.spot(x1, y1), canvas.spot(x2, y2)
    middle = (first.x() + last.x()) / 2
    path = QPainterPath(first)
    path.cubicTo(middle, first.y(), middle, last.y(), last.x(), last.y())
    canvas.path(path, STRONG, 3.0)
