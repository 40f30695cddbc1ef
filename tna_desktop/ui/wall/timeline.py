"""Actions in time: bars over the years, filled as far as they are funded, with who leads and which need a new rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...kernel.projected import Span, Timeline
from .canvas import Canvas
from .legend import Legend, Lines
from .look import GROUND, INK, LINE, PETROL, QUIET, STRONG, TODAY
from .paging import Sheet, divided
from .room import Room

_KEY = Legend(mark=64, between_lines=4)


@dataclass(frozen=True)
class _Plan:
    name: float
    first: date
    last: date
    key: float
    axis: float
    quarters: bool


def sheets(page: Timeline, room: Room) -> list[Sheet]:
    """Actions go to the next page; all pages have the same years."""
    if not page.spans:
        return [Sheet(page, None)]
    years = list(page.years) or sorted({day.year for each in page.spans for day in (each.start, each.end) if day})
    years = years or [page.today.year]
    first, last = date(min(years), 1, 1), date(max(years) + 1, 1, 1)
    longest = max(max(room.wide(each.name, "row"), room.wide(each.lead, "body")) for each in page.spans) + 60
    name = max(min(longest, room.width * 0.42), room.grown(260))
    rows = _key_rows(page, room, first <= page.today < last)
    key = len(rows) * _KEY.line_height(room) + (6 if rows else 0)
    wide = (room.width - name) / (last.year - first.year)
    quarters = wide / 4 > room.wide("Q4", "axis") + 18
    axis = room.line("axis") * (2 if quarters else 1) + 10
    plan = _Plan(name, first, last, key, axis, quarters)
    heights = [_height(each, plan, room) for each in page.spans]
    return [
        Sheet(
            Timeline(page.spans[a:b], page.today, page.years),
            (plan, tuple(heights[a:b]), rows),
            ids=tuple(each.id for each in page.spans[a:b]),
        )
        for a, b in divided(heights, room.height - key - axis)
    ]


def _height(span: Span, plan: _Plan, room: Room) -> float:
    mark = room.grown(46) if span.policy_need else 0.0
    text = room.high(span.name, "row", plan.name - 24 - mark) + room.high(span.lead, "body", plan.name - 24 - mark)
    return max(text, room.grown(44)) + room.grown(16)


# The key -----------------------------------------------------------------------------------------------------


def _key_rows(page: Timeline, room: Room, with_today: bool) -> Lines:
    if not room.legend:
        return ()
    say = room.language.say
    entries = [("funded", say("With a source")), ("open", say("No source yet or not known"))]
    if any(each.policy_need for each in page.spans):
        entries.append(("policy", say("Needs a new rule")))
    if with_today:
        entries.append(("today", say("Today")))
    return _KEY.lines(entries, room)


def _paint_key(canvas: Canvas, rows: Lines) -> None:
    room = canvas.room
    side = room.grown(30)

    def mark(kind: str, x: float, y: float, high: float) -> None:
        top = y + (high - side) / 2
        if kind == "policy":
            canvas.icon("scales", x + room.grown(10), top - 3, side + 6, PETROL)
        elif kind == "today":
            canvas.tick("today", x + room.grown(25), y + 2, high - 4, TODAY)
        else:
            _paint_bar(canvas, x, top, room.grown(50), side, 1.0 if kind == "funded" else 0.0)

    _KEY.paint(canvas, rows, mark)


# The bars ----------------------------------------------------------------------------------------------------


def paint(canvas: Canvas, sheet: Sheet) -> None:
    room, page = canvas.room, sheet.page
    if sheet.shared is None:
        canvas.write(room.language.say("No action is planned yet."), "voice", 0, 10, room.width, ink=QUIET)
        return
    plan, heights, rows = sheet.shared
    _paint_key(canvas, rows)
    spare = min(max(0.0, room.height - plan.key - plan.axis - sum(heights)) / len(heights), room.grown(18))
    bottom = plan.key + plan.axis + sum(heights) + spare * len(heights)
    _paint_axis(canvas, plan, bottom)
    if plan.first <= page.today < plan.last:
        top = plan.key + plan.axis - 6
        canvas.tick("today", _x(plan, page.today, room), top, bottom - top, TODAY)
    y = plan.key + plan.axis
    for span, least in zip(page.spans, heights, strict=True):
        high = least + spare
        _paint_span(canvas, span, plan, y, high)
        y += high
        canvas.box(0, y - 1, room.width, 2, LINE)


def _x(plan: _Plan, day: date, room: Room) -> float:
    share = (day - plan.first).days / max(1, (plan.last - plan.first).days)
    return plan.name + max(0.0, min(1.0, share)) * (room.width - plan.name)


def _paint_axis(canvas: Canvas, plan: _Plan, bottom: float) -> None:
    """The years above, with quarters where there is room; a year whose number would touch the last is left out."""
    room, free = canvas.room, -1.0
    for year in range(plan.first.year, plan.last.year):
        left, right = _x(plan, date(year, 1, 1), room), _x(plan, date(year + 1, 1, 1), room)
        canvas.box(left - 1, plan.key, 2, bottom - plan.key, LINE)
        words = str(year)
        wide = room.wide(words, "head")
        start = min(left + 10 if right - left > wide + 20 else (left + right - wide) / 2, room.width - wide)
        if start > free:
            canvas.write(words, "head", start, plan.key, wide + 2, ink=INK)
            free = start + wide + 14
        if plan.quarters:
            for quarter in range(4):
                x = _x(plan, date(year, 1 + 3 * quarter, 1), room)
                words = room.language.say("Q{n}", n=quarter + 1)
                canvas.write(words, "axis", x + 10, plan.key + room.line("head"), (right - left) / 4, ink=QUIET)


def _paint_span(canvas: Canvas, span: Span, plan: _Plan, y: float, high: float) -> None:
    room = canvas.room
    mark = room.grown(46) if span.policy_need else 0.0
    text = plan.name - 24 - mark
    name, lead = room.high(span.name, "row", text), room.high(span.lead, "body", text)
    top = y + (high - name - lead) / 2
    canvas.write(span.name, "row", 0, top, text)
    canvas.write(span.lead, "body", 0, top + name, text, ink=QUIET)
    if mark:
        side = room.grown(38)
        canvas.icon("scales", plan.name - 16 - side, y + (high - side) / 2, side, PETROL)
    if span.start is None and span.end is None:
        words = room.language.say("No dates yet")
        wide = room.wide(words, "body")
        canvas.box(plan.name + 12, y + 4, wide + 16, high - 8, GROUND)
        canvas.write(words, "body", plan.name + 20, y, wide + 2, high, ink=QUIET)
        return
    thick = room.grown(36)
    middle = y + high / 2
    if span.start is None or span.end is None or span.start == span.end:
        _paint_diamond(canvas, _x(plan, span.start or span.end, room), middle, thick)
        return
    left, right = _x(plan, span.start, room), _x(plan, span.end, room)
    right = max(right, left + 14)
    _paint_bar(canvas, left, middle - thick / 2, right - left, thick, span.funded)


def _paint_bar(canvas: Canvas, x: float, y: float, wide: float, thick: float, funded: float | None) -> None:
    """Petrol as far as there is a source, hatched where there is none or nobody knows."""
    share = max(0.0, min(1.0, funded or 0.0))
    if share < 1:
        canvas.bar("open", x, y, wide, thick, GROUND, line=STRONG, hatched=True, radius=5)
    if share > 0:
        canvas.bar("funded", x, y, max(6.0, wide * share), thick, PETROL, radius=5)


def _paint_diamond(canvas: Canvas, x: float, middle: float, thick: float) -> None:
    """Only one day is known: a milestone."""
    half = thick / 2
    canvas.diamond("milestone", x, middle, half, PETROL)
