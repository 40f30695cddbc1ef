"""Which painter paints which kind of page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...kernel import projected
from . import bars, calendar, causes, disputed, influence_map, matrix, names, places, statement, timeline, tree, weights
from .canvas import Canvas
from .paging import Sheet
from .room import Room
from .shown import Stages

#: Kind of page: how it is divided into sheets, and how a sheet is painted.
PAINTERS: dict[type, tuple[Callable[[Any, Room], list[Sheet]], Callable[[Canvas, Sheet], None]]] = {
    projected.Statement: (statement.statement_sheets, statement.paint_statement),
    projected.Hidden: (statement.hidden_sheets, statement.paint_hidden),
    projected.Names: (names.sheets, names.paint),
    projected.Map: (influence_map.sheets, influence_map.paint),
    projected.Matrix: (matrix.sheets, matrix.paint),
    projected.Calendar: (calendar.sheets, calendar.paint),
    projected.Tree: (tree.sheets, tree.paint),
    projected.Weights: (weights.sheets, weights.paint),
    projected.Disputed: (disputed.sheets, disputed.paint),
    projected.Bars: (bars.sheets, bars.paint),
    projected.Places: (places.sheets, places.paint),
    projected.Causes: (causes.sheets, causes.paint),
    projected.Timeline: (timeline.sheets, timeline.paint),
    Stages: (statement.stages_sheets, statement.paint_stages),
}


def sheets_of(projection: projected.Projection, room: Room, sentence_apart: bool = False) -> list[Sheet]:
    """Every page of a step, divided until each fits. A sentence too long for the head comes first, alone."""
    found: list[Sheet] = []
    if sentence_apart:
        found += [
            replace(each, page=projected.Statement((projection.sentence,)))
            for each in statement.statement_sheets(projected.Statement((projection.sentence,)), room)
        ]
    for page in projection.pages:
        found += PAINTERS[type(page)][0](page, room)
    return found or [Sheet(projected.Statement(()), ())]


def paint_sheet(canvas: Canvas, sheet: Sheet) -> None:
    """Paint one sheet into its place."""
    PAINTERS[type(sheet.page)][1](canvas, sheet)
