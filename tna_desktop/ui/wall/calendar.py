"""Meetings by month, one under the other: the day, what it is, where, and whether it was held."""

from __future__ import annotations

from dataclasses import dataclass

from ...kernel.projected import Calendar, Event
from .canvas import Canvas, chip_height, chip_width
from .look import GROUND, INK, LINE, PETROL, QUIET, STRONG
from .paging import Sheet, divided
from .room import Room


@dataclass(frozen=True)
class _Widths:
    when: float
    state: float


def sheets(page: Calendar, room: Room) -> list[Sheet]:
    """Cut between meetings; a month that goes on has its name again."""
    entries = [(month.title, event) for month in page.months for event in month.events]
    if not entries:
        return [Sheet(page, None)]
    events = [event for _, event in entries]
    widths = _Widths(
        max(room.wide(event.when, "strong") for event in events) + room.grown(36),
        max((chip_width(room, event.state, False) for event in events if event.state), default=0.0) + room.grown(24),
    )
    head = _head(room)
    heights = [
        _height(event, widths, room) + (head if at == 0 or entries[at - 1][0] != month else 0)
        for at, (month, event) in enumerate(entries)
    ]
    ends = {at for at in range(len(entries) - 1) if entries[at][0] != entries[at + 1][0]}
    cuts = divided(heights, room.height - head, breaks=ends)
    return [Sheet(page, (tuple(entries[first:last]), widths)) for first, last in cuts]


def _head(room: Room) -> float:
    return room.line("head") + room.grown(24)


def _text_width(widths: _Widths, room: Room) -> float:
    return room.width - widths.when - widths.state


def _height(event: Event, widths: _Widths, room: Room) -> float:
    wide = _text_width(widths, room)
    text = room.high(event.title, "row", wide) + room.high(event.place, "body", wide)
    return max(text, chip_height(room)) + room.grown(20)


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room = canvas.room
    if sheet.shared is None:
        canvas.write(room.language.say("No meeting is planned yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    entries, widths = sheet.shared
    y, month = 0.0, None
    for title, event in entries:
        if title != month:
            month = title
            canvas.write(title, "head", 0, y, room.width, _head(room) - 6, ink=PETROL)
            y += _head(room)
            canvas.box(0, y - 6, room.width, 3, LINE)
        high = _height(event, widths, room)
        wide = _text_width(widths, room)
        canvas.write(event.when, "strong", 0, y + room.grown(4), widths.when)
        title_high = canvas.write(event.title, "row", widths.when, y + room.grown(4), wide)
        canvas.write(event.place, "body", widths.when, y + room.grown(4) + title_high, wide, ink=QUIET)
        if event.state:
            canvas.chip(event.state, room.width, y + room.grown(4), INK, GROUND, STRONG, end=True)
        y += high
