"""The frame of every page: question, sentence and legend above; assessment, step, page, keys and rosette below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from ...kernel.projected import Map, Projection, Weights
from ...kernel.text import Language
from ..rosette import paint_rosette
from .canvas import Canvas
from .legend import Legend, Lines
from .look import FOOT, INK, MIST, PETROL, QUIET, SIDE, TOP
from .room import Room
from .shown import Header

#: How much of the height the head may take before the sentence gets a page of its own.
HEAD = 0.46
GAP = 36
_LEGEND = Legend(mark=40, between_lines=8, between_marks=GAP)


@dataclass(frozen=True)
class Plan:
    """Where the parts of the frame stand, in base measures, and how large the page between them is."""

    title: tuple[str, ...]
    sentence: tuple[str, ...]
    legend: Lines  # the groups with their names
    sentence_apart: bool
    top: float
    height: float
    foot: float


def plan(header: Header, projection: Projection, whole: Room, legend: bool) -> Plan:
    """Measure the head and the foot; the page has the rest."""
    width = whole.width - 2 * SIDE
    title = whole.lines(header.question, "title", width) if header.question else ()
    sentence = whole.lines(projection.sentence, "sentence", width) if projection.sentence else ()
    # Pages that write the groups' names beside their shapes need no legend above.
    needed = legend and any(isinstance(page, Map | Weights) for page in projection.pages)
    rows = _LEGEND.lines(projection.legend, whole, width) if needed else ()
    head = TOP + len(title) * whole.line("title") + len(rows) * _LEGEND.line_height(whole) + 12
    apart = bool(sentence) and head + len(sentence) * whole.line("sentence") + 8 > HEAD * whole.height
    if sentence and not apart:
        head += len(sentence) * whole.line("sentence") + 8
    foot = _foot_height(header, whole, width)
    return Plan(title, sentence, rows, apart, head, whole.height - head - foot - 14, foot)


def paint_head(canvas: Canvas, header: Header, plan: Plan) -> None:
    room = canvas.room
    y = float(TOP)
    width = room.width - 2 * SIDE
    y += canvas.write_lines(plan.title, "title", SIDE, y, width) if plan.title else 0
    if plan.sentence and not plan.sentence_apart:
        y += 8 + canvas.write_lines(plan.sentence, "sentence", SIDE, y + 2, width, ink=PETROL)
    side = room.grown(26)

    def mark(group: str, x: float, y: float, high: float) -> None:
        canvas.shape(group, x + side / 2, y + high / 2, side)

    _LEGEND.paint(canvas, plan.legend, mark, SIDE, y + 6)


# The foot --------------------------------------------------------------------------------------------------


def _foot_height(header: Header, whole: Room, width: float) -> float:
    if _one_line(header, whole) <= width - 90:
        return FOOT
    return FOOT + whole.line("foot") * (len(whole.lines(header.assessment, "foot_strong", width - 90)) or 1)


def _one_line(header: Header, whole: Room) -> float:
    # Room for the longest words a page count can have, so that turning a page moves nothing.
    page = whole.wide(page_words(whole.language, 88, 88), "foot")
    return whole.wide(header.assessment, "foot_strong") + whole.wide(header.step, "foot") + page + 2 * GAP


def page_words(language: Language, page: int, of: int) -> str:
    return language.say("Page {page} of {pages}", page=page, pages=of)


def paint_foot(canvas: Canvas, header: Header, plan: Plan, page: int, of: int, hints: list[str], faded: float) -> None:
    """The foot; ``hints`` are the keys, as many as there is room for, and ``faded`` how far they are gone."""
    room = canvas.room
    top = room.height - plan.foot
    width = room.width - 2 * SIDE
    canvas.box(0, top, room.width, plan.foot, MIST)
    y, high = top, float(FOOT)
    x = float(SIDE)
    assessment = room.lines(header.assessment, "foot_strong", width - 90) if header.assessment else ()
    if plan.foot > FOOT:
        y += 6
        y += canvas.write_lines(assessment, "foot_strong", x, y, width, ink=INK, ground=MIST)
        high = top + plan.foot - y
    elif assessment:
        wide = room.wide(header.assessment, "foot_strong")
        canvas.write_lines(assessment, "foot_strong", x, y, wide + 2, high, ink=INK, ground=MIST)
        x += wide + GAP
    for words in (header.step, page_words(room.language, page, of) if of > 1 else ""):
        if words:
            wide = min(room.wide(words, "foot"), SIDE + width - 90 - x)
            canvas.write(words, "foot", x, y, wide + 2, high, ink=QUIET, ground=MIST)
            x += wide + GAP
    side = 50.0
    end = SIDE + width
    rosette = canvas.at(end - side, top + (FOOT - side) / 2 + (plan.foot - FOOT) / 2, side, side)
    paint_rosette(canvas.painter, QRectF(rosette), header.shares, dark=False)
    end -= side + 22
    if faded >= 1:
        return
    canvas.painter.setOpacity(1 - faded)
    for words in reversed(hints):
        wide = room.wide(words, "hint")
        if end - wide < x:
            break
        canvas.write(words, "hint", end - wide, y, wide + 2, high, ink=QUIET, ground=MIST, passing=True)
        end -= wide + 28
    canvas.painter.setOpacity(1.0)
