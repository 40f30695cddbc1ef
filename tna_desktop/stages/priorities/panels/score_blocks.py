"""Blocks of scores to and from a spreadsheet: what is copied, and what a pasted block means cell by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import read_pasted
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language, Message, message
from tna_desktop.ui.cell_values import read_number

from ..models import ScoreColumn, ScoreModel
from ..reading import Cell
from ..score_table import NOT_APPLICABLE, same_name

_UNKNOWN_WORDS = {"", "?", "-", DASH, "unknown"}
_NOT_APPLICABLE_WORDS = {"n/a", "na", "n.a.", "not applicable"}
#: Between the ends of a range: dots as in a score table, the dash the screen shows, a hyphen between two digits.
_TO = re.compile(r"\s*(?:\.{2,3}|…|–|—)\s*|(?<=\d)\s*-\s*(?=\d)")


@dataclass
class Pasted:
    """What a pasted block says: the scores to set, and what could not be taken, each with its place."""

    cells: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    refused: list[Message] = field(default_factory=list)


def copied(model: ScoreModel, places: Sequence[tuple[int, int]]) -> str:
    """The chosen cells as a spreadsheet takes them; cells of the block that are not chosen stay empty."""
    if not places:
        return ""
    chosen = set(places)
    rows, columns = [row for row, _ in places], [column for _, column in places]
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    for row in range(min(rows), max(rows) + 1):
        writer.writerow(
            [
                _plain(model, row, column) if (row, column) in chosen else ""
                for column in range(min(columns), max(columns) + 1)
            ]
        )
    return text.getvalue().rstrip("\n")


def _plain(model: ScoreModel, row: int, column: int) -> str:
    cell = model.cell(model.index(row, column))
    return "n/a" if cell.state == NOT_APPLICABLE else written(cell, model.language)


def written(cell: Cell, language: Language) -> str:
    """A score as a person types it: a number, 40..60 for a range, 40..55..60 with the likeliest number in it."""
    if cell.value is None:
        return ""
    from babel.numbers import format_decimal

    numbers = [cell.value] if cell.low is None or cell.high is None else [cell.low, cell.value, cell.high]
    if cell.only_range:
        numbers = [numbers[0], numbers[2]]
    return "..".join(format_decimal(number, format="0.##########", locale=language.locale) for number in numbers)


def pasted(text: str, model: ScoreModel, places: Sequence[tuple[int, int]]) -> Pasted:
    """What a block means from the first chosen cell on; a single cell fills all that are chosen. Raises Refused."""
    block = _block(text)
    first_row, first_column = min(row for row, _ in places), min(column for _, column in places)
    found = Pasted()
    if len(block) == 1 and len(block[0]) == 1:
        wanted = [(row, column, block[0][0]) for row, column in places]
    else:
        wanted = [
            (first_row + down, first_column + along, value)
            for down, values in enumerate(block)
            for along, value in enumerate(values)
        ]
    beyond = sum(row >= model.rowCount() or column >= model.columnCount() for row, column, _ in wanted)
    if beyond == len(wanted):
        raise Refused(message("There is nothing to paste here."))
    for row, column, value in wanted:
        if row >= model.rowCount() or column >= model.columnCount():
            continue
        criterion, technology = model.columns[column], model.rows[row]
        try:
            values = exactly(meaning(value, criterion, model.language))
            found.cells.append((technology["id"], criterion.id, values))
        except Refused as refused:
            found.refused.append(
                message(
                    "{technology}, {criterion}: {reason}",
                    technology=technology["name"],
                    criterion=criterion.short,
                    reason=refused.reason,
                )
            )
    if beyond:
        found.refused.append(message_beyond(beyond))
    return found


def message_beyond(count: int) -> Message:
    from tna_desktop.kernel.text import message_n

    return message_n("One cell lies beyond the table.", "{n} cells lie beyond the table.", count)


def meaning(text: str, column: ScoreColumn, language: Language) -> dict[str, Any]:
    """The score a person means by what they typed. Raises Refused with the reason."""
    word = same_name(text)
    if word in _NOT_APPLICABLE_WORDS or word == same_name(language.say("n/a")):
        return {"state": NOT_APPLICABLE}
    if word in _UNKNOWN_WORDS:
        return {"value": None}
    parts = _TO.split(text.strip())
    if len(parts) > 3 or not all(parts):
        raise Refused(message("Write a range as 40..60, or as 40..55..60 with the most likely number in the middle."))
    numbers = [_on_scale(read_number(part, language), column) for part in parts]
    if len(numbers) == 1:
        return {"value": numbers[0]}
    if numbers != sorted(numbers):
        raise Refused(message("The numbers of a range go from the lowest to the highest."))
    if numbers[0] == numbers[-1]:
        return {"value": numbers[0]}
    return {"value": numbers[1] if len(numbers) == 3 else None, "low": numbers[0], "high": numbers[-1]}


def exactly(values: dict[str, Any]) -> dict[str, Any]:
    """What stands in a whole cell is all there is: a number without a range lets an older range go."""
    return {"low": None, "high": None, **values} if values.get("value") is not None else values


def _on_scale(number: float, column: ScoreColumn) -> float:
    low, high = column.fact["low"], column.fact["high"]
    if low is not None and number < low or high is not None and number > high:
        ends = {"low": "…" if low is None else f"{low:g}", "high": "…" if high is None else f"{high:g}"}
        raise Refused(message("{number} is outside the scale from {low} to {high}.", number=f"{number:g}", **ends))
    return number


def _block(text: str) -> list[list[str]]:
    cells = read_pasted(text.rstrip("\r\n") if text.strip() else text)
    rows = {row.number: ["" if value is None else str(value) for value in row.values] for row in cells.rows}
    last = max(rows, default=1)
    wide = max((len(row) for row in rows.values()), default=1)
    return [[*rows.get(at, []), *[""] * (wide - len(rows.get(at, [])))] for at in range(1, last + 1)]
