"""Blocks of scores to and from a spreadsheet: what is copied, and what a pasted block means cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import read_pasted
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language, Message, message
from tna_desktop.ui.cell_values import read_number

from ..models import ScoreColumn, ScoreModel
from ..score_table import NOT_APPLICABLE, same_name

_UNKNOWN_WORDS = {"", "?", "-", DASH, "unknown"}
_NOT_APPLICABLE_WORDS = {"n/a", "na", "n.a.", "not applicable"}


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
    if cell.state == NOT_APPLICABLE:
        return "n/a"
    if cell.value is None:
        return ""
    from babel.numbers import format_decimal

    return format_decimal(cell.value, format="0.##########", locale=model.language.locale)


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
            found.cells.append((technology["id"], criterion.id, meaning(value, criterion, model.language)))
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
    number = read_number(text.strip(), language)
    low, high = column.fact["low"], column.fact["high"]
    if low is not None and number < low or high is not None and number > high:
        ends = {"low": "…" if low is None else f"{low:g}", "high": "…" if high is None else f"{high:g}"}
        raise Refused(message("{number} is outside the scale from {low} to {high}.", number=f"{number:g}", **ends))
    return {"value": number}


def _block(text: str) -> list[list[str]]:
    cells = read_pasted(text.rstrip("\r\n") if text.strip() else text)
    rows = {row.number: ["" if value is None else str(value) for value in row.values] for row in cells.rows}
    last = max(rows, default=1)
    wide = max((len(row) for row in rows.values()), default=1)
    return [[*rows.get(at, []), *[""] * (wide - len(rows.get(at, [])))] for at in range(1, last + 1)]
