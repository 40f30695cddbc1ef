"""One criterion to talk about: what it means, who gives it how much, and what each end of the spread says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...kernel.projected import Disputed
from .canvas import Canvas, chip_height, chip_width
from .look import AMBER_GROUND, AMBER_INK, AMBER_LINE, BAND, GROUND, INK, PETROL, QUIET, STRONG
from .paging import Sheet, divided, filled
from .room import Room
from .scale import Scale, paint_axis, side, top_of


@dataclass(frozen=True)
class _Part:
    """What of the page is on this sheet: the definition, the groups, what was said."""

    definition: tuple[str, ...]
    groups: tuple[tuple[str, float], ...]
    lines: tuple[str, ...]
    top: float


def sheets(page: Disputed, room: Room) -> list[Sheet]:
    """Everything on one page where it fits; else the groups first, and what was said on the next."""
    top = top_of([page.row], page.before)
    width = room.width
    rest = room.height - _head(page, room)
    definition = room.lines(page.definition, "body", min(width, room.grown(1500))) if page.definition else ()
    meant = len(definition) * room.line("body") + (room.grown(16) if definition else 0)
    groups = tuple(sorted(page.row.voices, key=lambda voice: -voice[1]))
    axis = room.line("axis") + 10 if groups else 0.0
    said: list[str] = []
    for words in page.lines:
        said += room.lines(words, "sentence", width - room.grown(30))
    spoken = len(said) * room.line("sentence") + (room.grown(16) if said else 0)
    row = _row(room)
    parts: list[_Part] = []
    if meant + axis + len(groups) * row + spoken <= rest:
        parts.append(_Part(definition, groups, tuple(said), top))
    else:
        before = definition
        if definition and meant + axis + min(len(groups), 4) * row > rest:
            # A long definition has a page of its own before the groups.
            for first, last in filled([room.line("body")] * len(definition), rest, most=99):
                parts.append(_Part(definition[first:last], (), (), top))
            before, meant = (), 0.0
        cuts = divided([row] * len(groups), rest - axis - meant)
        for at, (first, last) in enumerate(cuts):
            parts.append(_Part(before if at == 0 else (), groups[first:last], (), top))
        left = [room.line("sentence")] * len(said)
        used = meant + axis + len(groups) * row
        if said and len(cuts) == 1 and used + spoken <= rest:
            parts[-1] = replace(parts[-1], lines=tuple(said))
        else:
            for first, last in filled(left, rest, most=99):
                parts.append(_Part((), (), tuple(said[first:last]), top))
    return [Sheet(page, part, ids=(page.row.id,)) for part in parts]


def _row(room: Room) -> float:
    return max(room.line("body") + 6, side(room) + 12)


def _head(page: Disputed, room: Room) -> float:
    return max(room.high(page.row.name, "voice", _title(page, room)), chip_height(room)) + room.grown(18)


def _title(page: Disputed, room: Room) -> float:
    value = room.wide(page.row.value, "number") + 30 if page.row.value else 0
    spread = chip_width(room, page.spread, True) + 30 if page.spread else 0
    return room.width - value - spread


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page, part = canvas.room, sheet.page, sheet.shared
    head = _head(page, room) - room.grown(18)
    pointed = canvas.pointing.get(page.row.id)
    value = room.language.percent(pointed) if isinstance(pointed, int | float) else page.row.value
    title = _title(page, room)
    canvas.write(page.row.name, "voice", 0, 0, title, head)
    end = room.width
    if page.spread:
        y = (head - chip_height(room)) / 2
        end -= 30 + canvas.chip(
            page.spread, room.width, y, AMBER_INK, AMBER_GROUND, AMBER_LINE, "warning-fill", end=True
        )
    if value:
        wide = room.wide(value, "number")
        canvas.write(value, "number", end - wide, 0, wide + 2, head, ink=PETROL)
    y = head + room.grown(18)
    if part.definition:
        y += canvas.write_lines(part.definition, "body", 0, y, room.width, ink=QUIET) + room.grown(16)
    if part.groups:
        y = _paint_groups(canvas, sheet, y)
    if part.lines:
        y += room.grown(12)
        high = len(part.lines) * room.line("sentence")
        canvas.box(0, y + 2, 6, high - 4, PETROL, 3)
        canvas.write_lines(part.lines, "sentence", room.grown(26), y, room.width - room.grown(30), ink=INK)


def _paint_groups(canvas: Canvas, sheet: Sheet, y: float) -> float:
    """A row for each group: its shape, its name, its weight; hollow where it was a round before."""
    room, page, part = canvas.room, sheet.page, sheet.shared
    shape, row = side(room), _row(room)
    before = dict(page.before)
    names = {group: canvas.names.get(group, "") for group, _ in part.groups}
    values = {group: room.language.percent(share) for group, share in part.groups}
    name = min(max(room.wide(each, "body") for each in names.values()) + 12, room.width * 0.34)
    value = max(room.wide(each, "strong") for each in values.values()) + 12
    left = room.grown(44) + name + value + room.grown(40)
    scale = Scale(left, room.width - room.grown(44), part.top)
    bottom = y + room.line("axis") + 8 + len(part.groups) * row
    paint_axis(canvas, scale, y, bottom)
    agreed = canvas.pointing.get(page.row.id, page.row.agreed)
    if isinstance(agreed, int | float):
        top = y + room.line("axis")
        canvas.tick("agreed", scale.at(float(agreed)), top, bottom - top, INK)
    y += room.line("axis") + 8
    for group, share in part.groups:
        middle, x = y + row / 2, scale.at(share)
        canvas.box(scale.left, middle - 3, max(0.0, x - scale.left), 6, BAND, 3)
        was = before.get(group)
        if was is not None and abs(was - share) > 0.002:
            start = scale.at(was)
            reach = shape * 0.75 * (1 if x > start else -1)
            if abs(x - start) > shape * 1.8:
                canvas.arrow(start + reach, middle, x - reach, middle, STRONG, 3.5)
            canvas.shape(group, start, middle, shape * 0.82, GROUND, halo=True, hollow=True)
        canvas.shape(group, room.grown(16), middle, shape)
        canvas.write(names[group], "body", room.grown(44), y, name, row)
        wide = room.wide(values[group], "strong")
        canvas.write(values[group], "strong", left - room.grown(40) - wide, y, wide + 2, row, ink=PETROL)
        canvas.shape(group, x, middle, shape, GROUND, halo=True)
        y += row
    return y
