"""Scores as Qt wants them: cells and rows by id, renewed with the smallest possible change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import ready_for

from . import worth
from .operations import CONDITIONAL
from .ranking_model import RankingModel as RankingModel
from .reading import Cell, Matrix
from .score_rows import ALL, Shown, to_look_at
from .score_table import COST, NOT_APPLICABLE
from .voices import Spread

DISPLAY, TOOLTIP, ACCESSIBLE_TEXT, ACCESSIBLE_DESCRIPTION = 0, 3, 11, 12
CELL, COLUMN, ROW, TINT, APART = 257, 258, 259, 260, 261
_NONE = QModelIndex()
#: More cells than this are told as one change of the whole table.
_SINGLY = 60
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


@dataclass(frozen=True)
class ScoreColumn:
    """A criterion as a column of scores. ``share`` is its weight as a share of one; ``five``: a scale from 1 to 5."""

    id: str
    name: str
    short: str
    branch: str
    branch_name: str
    branch_short: str
    share: float
    five: bool
    fact: Mapping[str, Any]

    @property
    def cost(self) -> bool:
        return self.fact["direction"] == COST


class ScoreModel(QAbstractTableModel):
    """Technologies by criteria. A cell that changes is told alone, so only it is painted again."""

    def __init__(self, language: Language, parent=None):
        super().__init__(parent)
        self.language = language
        self.columns: list[ScoreColumn] = []
        self.every: list[dict[str, Any]] = []
        self.rows: list[dict[str, Any]] = []
        self.cells: dict[tuple[str, str], Cell] = {}
        self.shown = Shown()
        self.groups: Mapping[str, frozenset[str]] = {}
        self.outside: frozenset[tuple[str, str]] = frozenset()
        self._looked_at: frozenset[str] = frozenset()
        self.spreads: dict[tuple[str, str], Spread] = {}
        self.show_spreads = True
        self._disagreed: int | None = None
        self._ends: dict[str, tuple[float | None, float | None]] = {}

    # What Qt asks ------------------------------------------------------------------------------------

    def rowCount(self, parent=_NONE):
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent=_NONE):
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index):
        return _ENABLED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section, orientation, role=DISPLAY):
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < len(self.rows):
                return None
            row = self.rows[section]
            if role == DISPLAY:
                return row["name"]
            if role == TOOLTIP:
                return "\n".join(filter(None, (row["name"], row["definition"])))
            return row if role == ROW else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == DISPLAY:
            return column.name
        if role == TOOLTIP:
            return "\n".join(
                part for part in (column.name, self.scale_words(column), column.fact["definition"]) if part
            )
        return column if role == COLUMN else None

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        cell = self.cells.get((row["id"], column.id)) or _UNKNOWN
        if role == DISPLAY:
            return self.text(cell)
        if role == CELL:
            return cell
        if role == COLUMN:
            return column
        if role == ROW:
            return row
        if role == TINT:
            points = None if column.five else self.points(column, cell)
            return self.position(column, cell) if points is None else points / 100
        if role == APART:
            return self.apart(row["id"], column)
        if role in (ACCESSIBLE_TEXT, TOOLTIP):
            words, spread = self.told(row["id"], column, cell), self._spread(row["id"], column)
            apart = self.spread_words(column, spread) if spread else ""
            if role == TOOLTIP:
                told = bool(cell.evidence or cell.sureness or cell.comment or cell.low is not None or apart)
                told = (
                    told or (row["id"], column.id) in self.outside or bool(not column.five and cell.value is not None)
                )
                return "\n".join(filter(None, (words, apart))) if told or cell.state == CONDITIONAL else None
            words = ". ".join(filter(None, (words, apart)))
            return self.language.say(
                "{technology}, {criterion}: {score}", technology=row["name"], criterion=column.name, score=words
            )
        return None

    # In words ----------------------------------------------------------------------------------------

    def text(self, cell: Cell) -> str:
        if cell.state == NOT_APPLICABLE:
            return self.language.say("n/a")
        if cell.only_range and cell.low is not None and cell.high is not None:
            return self.range_text(cell.low, cell.high)
        return DASH if cell.value is None else self.language.number(_rounded(cell.value))

    def range_text(self, low: float, high: float) -> str:
        """Two ends in few characters."""
        ends = [self.language.number(end) if abs(end) < 10_000 else self.language.compact(end) for end in (low, high)]
        return self.language.say("{low}–{high}", low=ends[0], high=ends[1])

    def below(self, cell: Cell) -> str:
        """The range round a score with a most likely number, for the line below it."""
        if cell.only_range or cell.value is None or cell.low is None or cell.high is None:
            return ""
        return self.range_text(cell.low, cell.high)

    def told(self, technology: str, column: ScoreColumn, cell: Cell) -> str:
        """The whole of a score, and whether it was asked for at all."""
        words = self.in_words(column, cell)
        if (technology, column.id) not in self.outside or cell.by_rule:
            return words
        return ". ".join((words, self.rule_words(column, False)))

    def rule_words(self, column: ScoreColumn, by_rule: bool = True) -> str:
        """Why a criterion does not apply by its kind; else what becomes of a score that was given all the same."""
        say, knowledge = self.language.say, column.fact["applies_to"] == "traditional_knowledge"
        if not by_rule:
            return (
                say(
                    "By its kind the criterion is only for technologies that use traditional knowledge; this answer counts all the same."
                )
                if knowledge
                else say(
                    "By its kind the criterion is only for technologies that use genetic resources; this answer counts all the same."
                )
            )
        return (
            say("Not asked: this criterion is only for technologies that use traditional knowledge.")
            if knowledge
            else say("Not asked: this criterion is only for technologies that use genetic resources.")
        )

    def in_words(self, column: ScoreColumn, cell: Cell) -> str:
        """The whole of a score, as a screen reader or the tooltip tells it."""
        say = self.language.say
        if cell.by_rule:
            parts = [self.rule_words(column)]
        elif cell.state == NOT_APPLICABLE:
            parts = [say("does not apply")]
        elif cell.value is None:
            parts = [say("unknown")]
        elif cell.only_range:
            parts = []
        elif column.five:
            parts = [say("{value} of 5", value=self.language.number(cell.value))]
        else:
            parts = [" ".join((self.language.number(cell.value), column.fact["unit"])).strip()]
            points = self.points(column, cell)
            if points is not None:
                parts.append(say("worth {points} of 100 points", points=self.language.number(points, 0)))
        if cell.low is not None and cell.high is not None:
            parts.append(
                say(
                    "between {low} and {high}", low=self.language.number(cell.low), high=self.language.number(cell.high)
                )
            )
        if cell.state == CONDITIONAL:
            parts.append(say("depends on a condition"))
        if cell.sureness:
            parts.append(
                {"low": say("low sureness"), "medium": say("medium sureness"), "high": say("high sureness")}.get(
                    cell.sureness, cell.sureness
                )
            )
        if cell.evidence:
            parts.append(cell.evidence)
        return ". ".join(parts)

    # Voices ------------------------------------------------------------------------------------------

    def _spread(self, technology: str, column: ScoreColumn) -> Spread | None:
        """What the voices said, where they disagree; in the agreed scores only."""
        spread = self.spreads.get((technology, column.id)) if self.show_spreads else None
        return spread if spread is not None and spread.far_apart(*self._scale(column)) else None

    def _differ(self, technology: str, criterion: str) -> bool:
        """Whether the voices disagree, whoever's scores are shown."""
        spread = self.spreads.get((technology, criterion))
        return spread is not None and spread.far_apart(*self._ends.get(criterion, (None, None)))

    def _scale(self, column: ScoreColumn) -> tuple[float | None, float | None]:
        """The ends a difference is held against: the criterion's own, or all there is in its column."""
        return self._ends.get(column.id, (None, None))

    def apart(self, technology: str, column: ScoreColumn) -> str:
        """The lowest and the highest of voices that disagree, in few characters; empty where they do not."""
        spread = self._spread(technology, column)
        if spread is None:
            return ""
        if spread.low is None or spread.high is None:
            return self.language.say("n/a")
        if spread.low == spread.high:
            return self.language.say("{value}, n/a", value=self.language.number(_rounded(spread.low)))
        return self.range_text(spread.low, spread.high)

    def spread_words(self, column: ScoreColumn, spread: Spread) -> str:
        """How far voices lie apart, as a sentence."""
        say_n, number = self.language.say_n, self.language.number
        ends = {"low": number(spread.low), "high": number(spread.high)}
        if spread.mixed:
            return say_n(
                "The voices disagree: from {low} to {high}, and one says it does not apply.",
                "The voices disagree: from {low} to {high}, and {n} say it does not apply.", spread.not_applicable, **ends,
            )  # fmt: skip
        return say_n(
            "The voices disagree: one gives from {low} to {high}.",
            "The voices disagree: {n} of them go from {low} to {high}.", spread.count, **ends,
        )  # fmt: skip

    def disagreements(self) -> int:
        """On how many of the cells that are shown the voices disagree."""
        if self._disagreed is None:
            columns = {column.id: self._scale(column) for column in self.columns}
            shown = {row["id"] for row in self.rows}
            self._disagreed = sum(
                spread.far_apart(*columns[criterion])
                for (technology, criterion), spread in self.spreads.items()
                if (spread.low != spread.high or spread.not_applicable) and technology in shown and criterion in columns
            )
        return self._disagreed

    def take_spreads(self, spreads: Mapping[tuple[str, str], Spread | None], whole: bool = False) -> None:
        """Take over how far the voices lie apart: of single cells (None: nobody has said anything), or of all."""
        self._disagreed = None
        if whole:
            self.spreads = {key: spread for key, spread in spreads.items() if spread is not None}
            if self.shown.only == ALL or not self.show(self.shown):
                self._all_changed()
            return
        rows = {row["id"]: place for place, row in enumerate(self.rows)}
        columns = {column.id: place for place, column in enumerate(self.columns)}
        one_by_one = len(spreads) <= _SINGLY
        for key, spread in spreads.items():
            if self.spreads.get(key) == spread:
                continue
            if spread is None:
                self.spreads.pop(key, None)
            else:
                self.spreads[key] = spread
            if one_by_one and key[0] in rows and key[1] in columns:
                index = self.index(rows[key[0]], columns[key[1]])
                self.dataChanged.emit(index, index)
        if not one_by_one:
            self._all_changed()

    def _all_changed(self) -> None:
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def next_apart(self, start: QModelIndex, back: bool = False) -> QModelIndex:
        """The next cell the voices disagree on, row by row, beginning again at the top."""
        return self._next(
            start, back, lambda row, column: self._spread(self.rows[row]["id"], self.columns[column]) is not None
        )

    def scale_words(self, column: ScoreColumn) -> str:
        """What the numbers of a column mean: unit, ends, and which end is the better one."""
        say, number = self.language.say, self.language.number
        if column.five and not column.fact["unit"]:
            return say("From 1 to 5; less is better.") if column.cost else say("From 1 to 5; more is better.")
        low, high = column.fact["low"], column.fact["high"]
        unit = column.fact["unit"] or say("Points")
        ends = "" if low is None or high is None else say("from {low} to {high}", low=number(low), high=number(high))
        better = say("less is better") if column.cost else say("more is better")
        return ", ".join(part for part in (unit, ends, better) if part)

    def position(self, column: ScoreColumn, cell: Cell) -> float | None:
        """Where a score lies between the ends of its column, 0 the worse and 1 the better one; None if it cannot be told."""
        low, high = self._ends.get(column.id, (None, None))
        if cell.value is None or low is None or high is None:
            return None
        share = 1.0 if high <= low else min(1.0, max(0.0, (cell.value - low) / (high - low)))
        return 1 - share if column.cost and high > low else share

    def points(self, column: ScoreColumn, cell: Cell) -> float | None:
        """What a score is worth, of 100: by the criterion's value function, else on a straight line between its ends."""
        function, share = worth.function_of(column.fact), self.position(column, cell)
        if function is not None and cell.value is not None:
            return float(function(cell.value))
        return None if share is None else 100 * share

    # What is shown -----------------------------------------------------------------------------------

    def load(self, matrix: Matrix, columns: Iterable[ScoreColumn]) -> None:
        """Take the scores as they are now. Only when rows or columns differ is the whole table renewed."""
        columns, every = list(columns), [dict(row) for row in matrix.technologies]
        for text in (*(row["name"] for row in every), *(column.name for column in columns)):
            ready_for(text)
        self.outside = matrix.outside
        if self.shown.sector is not None and not any(row["sector_id"] == self.shown.sector for row in every):
            self.shown = replace(self.shown, sector=None)
        self._looked_at = self._to_look_at(self.shown, every, columns, matrix.cells)
        rows = self._within(every)
        if columns != self.columns or len(rows) != len(self.rows):
            self._disagreed = None
        if columns != self.columns or [row["id"] for row in rows] != [row["id"] for row in self.rows]:
            self.beginResetModel()
            self.columns, self.every, self.rows, self.cells = columns, every, rows, dict(matrix.cells)
            self._measure(columns)
            self.endResetModel()
            return
        if rows != self.rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, len(rows) - 1))
        self.every, self.rows = every, rows
        before, after = self.cells, matrix.cells
        changed = {key: cell for key, cell in after.items() if before.get(key) != cell}
        changed |= {key: None for key in before if key not in after}
        if len(changed) <= _SINGLY:
            self.patch(changed)
            return
        self.cells = dict(after)
        self._measure(columns)
        self._all_changed()

    def patch(self, cells: Mapping[tuple[str, str], Cell | None]) -> None:
        """Take over single cells; None is one that holds nothing any more."""
        for key, cell in cells.items():
            cell = (cell or _UNKNOWN).ruled_out() if key in self.outside else cell
            if cell is None:
                self.cells.pop(key, None)
            else:
                self.cells[key] = cell
        rows = {row["id"]: place for place, row in enumerate(self.rows)}
        columns = {column.id: place for place, column in enumerate(self.columns)}
        if len(cells) > _SINGLY:
            self._measure(self.columns)
            self._all_changed()
            return
        touched = {column for _, column in cells}
        before = {id: self._ends.get(id) for id in touched}
        self._measure([column for column in self.columns if column.id in touched])
        for id in touched & columns.keys():
            if self._ends.get(id) != before[id] and self.rows:
                self.dataChanged.emit(self.index(0, columns[id]), self.index(len(self.rows) - 1, columns[id]))
        for technology, criterion in cells:
            if technology in rows and criterion in columns:
                index = self.index(rows[technology], columns[criterion])
                self.dataChanged.emit(index, index)

    def _measure(self, columns: Iterable[ScoreColumn]) -> None:
        """The ends by which a column is tinted: its own, or the smallest and largest of its scores."""
        for column in columns:
            low, high = column.fact["low"], column.fact["high"]
            if low is None or high is None:
                values = [
                    cell.value
                    for row in self.every
                    if (cell := self.cells.get((row["id"], column.id))) and cell.value is not None
                ]
                low = min(values, default=None) if low is None else low
                high = max(values, default=None) if high is None else high
            if self._ends.get(column.id) != (low, high):
                self._ends[column.id], self._disagreed = (low, high), None

    def show(self, shown: Shown) -> bool:
        """Show only some technologies. Those to look at are found now, and stay until somebody asks anew.

        Answers whether other rows are shown than before.
        """
        self.shown, self._disagreed = shown, None
        self._looked_at = self._to_look_at(shown, self.every, self.columns, self.cells)
        rows = self._within(self.every)
        if [row["id"] for row in rows] == [row["id"] for row in self.rows]:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def count(self, only: str) -> int:
        """How many technologies of the sector and group that are shown have such a score."""
        return len(self._to_look_at(replace(self.shown, only=only), self.every, self.columns, self.cells))

    def _to_look_at(
        self,
        shown: Shown,
        every: list[dict[str, Any]],
        columns: list[ScoreColumn],
        cells: Mapping[tuple[str, str], Cell],
    ) -> frozenset[str]:
        if shown.only == ALL:
            return frozenset()
        rows = [row for row in every if shown.holds(row, self.groups)]
        return to_look_at(shown.only, rows, [column.id for column in columns], cells, self._differ)

    def _within(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.shown == Shown():
            return rows
        some = self.shown.only != ALL
        return [
            row for row in rows
            if self.shown.holds(row, self.groups) and (not some or row["id"] in self._looked_at)
        ]  # fmt: skip

    # Asking ------------------------------------------------------------------------------------------

    def place(self, technology: str | None, criterion: str | None = None) -> QModelIndex:
        row = next((at for at, row in enumerate(self.rows) if row["id"] == technology), -1)
        column = next((at for at, column in enumerate(self.columns) if column.id == criterion), 0)
        return self.index(row, column) if row >= 0 and self.columns else _NONE

    def key(self, index: QModelIndex) -> tuple[str, str]:
        return self.rows[index.row()]["id"], self.columns[index.column()].id

    def cell(self, index: QModelIndex) -> Cell:
        return self.cells.get(self.key(index)) or _UNKNOWN

    def scores_of(self, criterion: str) -> list[float]:
        """The known scores of a criterion, of all technologies."""
        cells = (self.cells.get((row["id"], criterion)) for row in self.every)
        return [cell.value for cell in cells if cell is not None and cell.value is not None]

    def scored(self) -> tuple[int, int]:
        """How many cells are answered, of how many that are shown and asked for."""
        size = len(self.rows) * len(self.columns)
        if self.shown == Shown():
            known = sum(cell.value is not None or cell.state == NOT_APPLICABLE for cell in self.cells.values())
        else:
            known = sum(
                (self.cells.get((row["id"], column.id)) or _UNKNOWN).known
                for row in self.rows
                for column in self.columns
            )
        here = {row["id"] for row in self.rows} if self.outside else set()
        ruled_out = sum(key[0] in here and self.cells.get(key, _UNKNOWN).by_rule for key in self.outside)
        return known - ruled_out, size - ruled_out

    def next_empty(self, start: QModelIndex, back: bool = False) -> QModelIndex:
        """The next cell that is not answered, row by row, beginning again at the top."""
        return self._next(
            start,
            back,
            lambda row, column: not (self.cells.get((self.rows[row]["id"], self.columns[column].id)) or _UNKNOWN).known,
        )

    def _next(self, start: QModelIndex, back: bool, wanted: Callable[[int, int], bool]) -> QModelIndex:
        width, size = len(self.columns), len(self.rows) * len(self.columns)
        here = start.row() * width + start.column() if start.isValid() else -1
        for step in range(1, size + 1):
            at = (here - step if back else here + step) % size
            if wanted(at // width, at % width):
                return self.index(at // width, at % width)
        return _NONE


def _rounded(value: float) -> float:
    """A mean of voices has no more digits in a small cell than it has meaning."""
    return round(value, 2) if abs(value) < 100 and value != round(value, 2) else value


_UNKNOWN = Cell()
