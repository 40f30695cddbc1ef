"""Blocks of scores to and from a spreadsheet: what is copied, and what a pasted block means cell by cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import read_pasted
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language, Message, message
from tna_desktop.ui.cell_values import read_number

from ..models import ScoreColumn, ScoreModel
from ..operations import CONDITIONAL
from ..reading import Cell
from ..score_table import NOT_APPLICABLE, VALUE, same_name

_NOTHING = Cell()
_UNKNOWN_WORDS = {"", "?", "-", DASH, "unknown"}
_NOT_APPLICABLE_WORDS = {"n/a", "na", "n.a.", "not applicable"}
#: So many cells are read at a time.
SLICE = 300
#: Between the ends of a range: dots as in a score table, the dash the screen shows, a hyphen between two digits.
_TO = re.compile(r"\s*(?:\.{2,3}|…|–|—)\s*|(?<=\d)\s*-\s*(?=\d)")


@dataclass
class Pasted:
    """What a pasted block says: how many cells were read, the scores that differ from what is there, and what could
    not be taken, each with its place."""

    cells: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)
    refused: list[Message] = field(default_factory=list)
    read: int = 0
    whole: bool = False


def copied(model: ScoreModel, places: Sequence[tuple[int, int]]) -> str:
    """The chosen cells as a spreadsheet takes them, so that pasted again they are the same to the last digit.

    Cells of the block that are not chosen stay empty.
    """
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
    return written(cell, model.language, exact=True) or "?"


def written(cell: Cell, language: Language, exact: bool = False) -> str:
    """A score as a person types it: a number, 40..60 for a range, 40..55..60 with the likeliest number in it.

    ``exact``: with all digits, an end that is not known as ?, and * after a score that depends on a condition.
    """
    if cell.value is None:
        return ""
    numbers = [cell.low, cell.value, cell.high]
    if cell.only_range:
        numbers = [cell.low, cell.high]
    elif cell.low is None and cell.high is None or not exact and None in numbers:
        numbers = [cell.value]
    told = "..".join("?" if number is None else _digits(number, language, exact) for number in numbers)
    return told + "*" if exact and cell.state == CONDITIONAL else told


def _digits(number: float, language: Language, exact: bool) -> str:
    from babel.numbers import format_decimal

    if not exact:
        return format_decimal(number, format="0.##########", locale=language.locale)
    # The shortest digits that mean this very number.
    return format_decimal(Decimal(repr(number)), format="0.#", locale=language.locale, decimal_quantization=False)


def pasted(text: str, model: ScoreModel, places: Sequence[tuple[int, int]]) -> Pasted:
    """What a block means from the first chosen cell on; a single cell fills all that are chosen. Raises Refused."""
    return list(slices(text, model, places))[-1]


def slices(text: str, model: ScoreModel, places: Sequence[tuple[int, int]]) -> Iterator[Pasted]:
    """The same, with a pause after each slice of cells: what was understood so far, ``whole`` when it is all."""
    block = _block(text)
    first_row, first_column = min(row for row, _ in places), min(column for _, column in places)
    found = Pasted()
    yield found
    if len(block) == 1 and len(block[0]) == 1:
        wanted = [(row, column, block[0][0]) for row, column in places]
    else:
        wanted = [
            (first_row + down, first_column + along, value)
            for down, values in enumerate(block)
            for along, value in enumerate(values)
        ]
    high, wide = model.rowCount(), model.columnCount()
    inside = [each for each in wanted if each[0] < high and each[1] < wide]
    if not inside:
        raise Refused(message("There is nothing to paste here."))
    for at, (row, column, value) in enumerate(inside, start=1):
        _read_cell(value, model, model.rows[row]["id"], row, column, found)
        if at % SLICE == 0:
            yield found
    if beyond := len(wanted) - len(inside):
        found.refused.append(message_beyond(beyond))
    found.whole = True
    yield found


def _read_cell(value: str, model: ScoreModel, technology: str, row: int, column: int, found: Pasted) -> None:
    criterion = model.columns[column]
    try:
        values = whole(meaning(value, criterion, model.language))
    except Refused as refused:
        place = {"technology": model.rows[row]["name"], "criterion": criterion.short}
        found.refused.append(message("{technology}, {criterion}: {reason}", reason=refused.reason, **place))
        return
    found.read += 1
    if differs(model.cells.get((technology, criterion.id), _NOTHING), values):
        found.cells.append((technology, criterion.id, values))


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
    if word.endswith("*"):
        return {**meaning(text.strip()[:-1], column, language), "state": CONDITIONAL}
    parts = _TO.split(text.strip())
    if len(parts) == 3 and "?" in (parts[0], parts[2]):
        # One end of the range is not known.
        ends = {name: None if part == "?" else part for name, part in zip(("low", "value", "high"), parts, strict=True)}
        return {
            name: None if part is None else _on_scale(read_number(part, language), column)
            for name, part in ends.items()
        }
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


def whole(values: dict[str, Any]) -> dict[str, Any]:
    """What a pasted cell says is all there is to it: a number without a condition lets an older condition go too."""
    values = exactly(values)
    ranged = values.get("low") is not None or values.get("high") is not None
    return {"state": VALUE, **values} if values.get("value") is not None or ranged else values


def differs(cell: Cell, values: Mapping[str, Any]) -> bool:
    """Whether setting these values would change the score; of a range alone, no number is known."""
    if values == {"value": None}:
        return cell.known and not cell.by_rule
    if values.get("state") == NOT_APPLICABLE:
        return cell.state != NOT_APPLICABLE
    here = {"value": None} if cell.only_range else {}
    return any(here.get(name, getattr(cell, name)) != value for name, value in values.items())


def _on_scale(number: float, column: ScoreColumn) -> float:
    low, high = column.fact["low"], column.fact["high"]
    if low is not None and number < low or high is not None and number > high:
        ends = {"low": "…" if low is None else low, "high": "…" if high is None else high}
        raise Refused(message("{number} is outside the scale from {low} to {high}.", number=number, **ends))
    return number


def _block(text: str) -> list[list[str]]:
    cells = read_pasted(text.rstrip("\r\n") if text.strip() else text)
    rows = {row.number: ["" if value is None else str(value) for value in row.values] for row in cells.rows}
    last = max(rows, default=1)
    wide = max((len(row) for row in rows.values()), default=1)
    return [[*rows.get(at, []), *[""] * (wide - len(rows.get(at, [])))] for at in range(1, last + 1)]
