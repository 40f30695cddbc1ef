"""The score table a team keeps in a spreadsheet, read into plain records; what cannot be read is told cell by cell.

The first row is a label and the criteria's names. Rows whose first cell is ``#unit``, ``#direction`` (benefit or
max, cost or min), ``#weight``, ``#low``, ``#high``, ``#q`` or ``#p`` are about the criteria; every other row is a technology with
its scores. ``#q`` and ``#p`` are the differences, in the criterion's unit, up to which one technology is not preferred
to another, and from which on it is preferred fully.

An empty cell, ``?`` or ``unknown`` is an unknown score; ``n/a`` means that the criterion does not apply; ``40..60`` is a
range in which every number is as likely, ``40..55..60`` one with the most likely number in its middle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import CellProblem, Cells, Row, Value, column_letter, number_in, shown
from tna_desktop.kernel.text import Message, message

Found = TypeVar("Found")

BENEFIT, COST = "benefit", "cost"
#: How tables say which way is better: in words, or by what is sought.
_DIRECTIONS = {BENEFIT: BENEFIT, "max": BENEFIT, COST: COST, "min": COST}
VALUE, UNKNOWN, NOT_APPLICABLE = "value", "unknown", "not_applicable"
#: The longest names and units the document keeps.
LONGEST_CRITERION, LONGEST_TECHNOLOGY, LONGEST_UNIT = 200, 300, 60
#: After so many problems the rest are only counted: the table as a whole is not what it should be.
MOST_PROBLEMS = 200

_UNKNOWN_WORDS = {"", "?", "unknown"}
_NOT_APPLICABLE_WORDS = {"n/a", "na", "n.a.", "not applicable"}
_ABOUT_CRITERIA = ("#unit", "#direction", "#weight", "#low", "#high", "#q", "#p")
_RANGE = re.compile(r"\s*(?:\.\.|…)\s*")
# A table whose commas are decimals, or whose points stand between thousands: 1,5 and 1.234,5 and 2.000.000.
_DECIMAL_COMMA = re.compile(r"[+-]?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})")
_THOUSAND_OR_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_RANGE_OTHERWISE = re.compile(r"[+-]?[\d.,]+\s*(?:[-–—~]|to|bis|à|a)\s*[\d.,]+", re.IGNORECASE)
_WITH_A_UNIT = re.compile(r"[+-]?\d[\d.,\s]*[^\W\d_][^\d]*|[$€£¥₹]\s*[\d.,\s]+|[\d.,\s]+[$€£¥₹]")


@dataclass(frozen=True)
class ScoreCriterion:
    """A criterion as its column tells it. ``weight`` is in the table's own scale; None where the table has none.

    ``low`` and ``high`` are the ends of its scale in its unit; None takes them from the scores. ``indifference`` and
    ``preference`` are the thresholds of the linear preference in its unit; None leaves them to the method.
    """

    name: str
    unit: str = ""
    direction: str = BENEFIT
    weight: float | None = None
    low: float | None = None
    high: float | None = None
    indifference: float | None = None
    preference: float | None = None


@dataclass(frozen=True)
class ScoreCell:
    """One score: ``state`` is value, unknown or not_applicable; ``value`` is None unless it is a value.

    ``low`` and ``high`` are the ends of a range; one without a most likely number has no ``value``.
    """

    state: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ScoreTable:
    """What the table says: criteria in their order, technologies in theirs, and a row of scores for each technology.

    With any ``problems`` the table is not to be used: the cells they name are missing from the rest. ``more`` counts
    further problems that are not listed. ``remarks`` are cells worth a look that do not stand in the way.
    ``says_direction``: whether the table says itself if more is better or less, rather than leaving it to what is known.
    """

    criteria: tuple[ScoreCriterion, ...]
    technologies: tuple[str, ...]
    scores: tuple[tuple[ScoreCell, ...], ...]
    problems: tuple[CellProblem, ...] = ()
    more: int = 0
    remarks: tuple[CellProblem, ...] = ()
    says_direction: bool = False


def read_score_table(cells: Cells) -> ScoreTable:
    """Understand the cells as a score table. Raises Refused only when there is nothing at all to read."""
    if not cells.rows:
        raise Refused(message("The table is empty: it needs a row of criteria and a row for each technology."))
    return _Reading(cells).table()


def usable(table: ScoreTable) -> ScoreTable:
    """What of a table can be imported although some cells cannot: rows and columns without a name of their own go."""
    columns = _first_of_each([column.name for column in table.criteria], LONGEST_CRITERION)
    rows = _first_of_each(table.technologies, LONGEST_TECHNOLOGY)
    return replace(
        table,
        criteria=tuple(table.criteria[column] for column in columns),
        technologies=tuple(table.technologies[row] for row in rows),
        scores=tuple(tuple(table.scores[row][column] for column in columns) for row in rows),
    )


def _first_of_each(names: Sequence[str], most: int) -> list[int]:
    """The places of the names that fit and did not stand before."""
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        if name.strip():
            first.setdefault(same_name(name), place)
    return [place for key, place in first.items() if len(names[place]) <= most]


def same_name(name: str) -> str:
    """The form in which two names are compared: capitals, spaces and ways of writing accents have no part in it."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass
class _Reading:
    """One pass over a table: what was found so far."""

    cells: Cells
    problems: list[CellProblem] = field(default_factory=list)
    remarks: list[CellProblem] = field(default_factory=list)
    more: int = 0

    def __post_init__(self) -> None:
        self.head, *self.body = self.cells.rows
        self.names = {
            column: " ".join(shown(value).split())
            for column, value in enumerate(self.head.values)
            if column and value is not None
        }
        self.columns = tuple(self.names)
        self.writes_commas = self.cells.decimal_comma and any(
            isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value) for row in self.body for value in row.values
        )

    def table(self) -> ScoreTable:
        for problem in self.cells.problems:
            self._keep(problem)
        self._check_head()
        about: dict[str, Row] = {}
        technologies: dict[str, int] = {}
        names: list[str] = []
        scored: list[tuple[Row, tuple[ScoreCell, ...]]] = []
        for row in self.body:
            label = " ".join(shown(row.value(0)).split())
            self._check_width(row)
            if label.startswith("#"):
                self._about(row, label, about)
                continue
            names.append(label)
            self._check_name(row, label, technologies)
            scored.append((row, tuple(self._score(row, column) for column in self.columns)))
        if self.columns and not names:
            self._problem(self.head, 0, message("There is no technology below the row of criteria."))
        criteria = self._criteria(about)
        self._check_ends(criteria, scored)
        scores = tuple(cells for _, cells in scored)
        return ScoreTable(
            criteria, tuple(names), scores, tuple(self.problems), self.more, tuple(self.remarks), "#direction" in about
        )

    # Names

    def _check_head(self) -> None:
        if shown(self.head.value(0)).startswith("#"):
            self._problem(self.head, 0, message("The first row must hold the names of the criteria."))
        if not self.columns:
            self._problem(self.head, 1, message("There is no criterion beside the label in the first row."))
        known: dict[str, int] = {}
        for column, name in self.names.items():
            if len(name) > LONGEST_CRITERION:
                text = message("This name has more than {most} letters.", most=LONGEST_CRITERION)
                self._problem(self.head, column, text)
            first = known.setdefault(same_name(name), column)
            if first != column:
                letter = column_letter(first)
                text = message("The criterion is already in column {letter}; rename or remove one.", letter=letter)
                self._problem(self.head, column, text)

    def _check_name(self, row: Row, label: str, known: dict[str, int]) -> None:
        if not label:
            self._problem(row, 0, message("This row has scores but no technology."))
            return
        if len(label) > LONGEST_TECHNOLOGY:
            self._problem(row, 0, message("This name has more than {most} letters.", most=LONGEST_TECHNOLOGY))
        first = known.setdefault(same_name(label), row.number)
        if first != row.number:
            text = message("The technology is already in row {row}; rename or remove one.", row=str(first))
            self._problem(row, 0, text)

    def _check_width(self, row: Row) -> None:
        for column, value in enumerate(row.values):
            if column and value is not None and column not in self.names:
                self._problem(row, column, message("There is no criterion's name above this cell."))
                return

    # Scores

    def _score(self, row: Row, column: int) -> ScoreCell:
        value = row.value(column)
        word = same_name(shown(value)) if value is None or isinstance(value, str) else None
        if word in _UNKNOWN_WORDS:
            return ScoreCell(UNKNOWN)
        if word in _NOT_APPLICABLE_WORDS:
            return ScoreCell(NOT_APPLICABLE)
        if isinstance(value, str) and _RANGE.search(value):
            return self._range(row, column, value)
        number = self._number(row, column)
        return ScoreCell(UNKNOWN) if number is None else ScoreCell(VALUE, number)

    def _range(self, row: Row, column: int, text: str) -> ScoreCell:
        """Two or three numbers with two points between them, the lowest first."""
        parts = _RANGE.split(text.strip())
        if len(parts) not in (2, 3) or not all(parts):
            self._problem(row, column, message("A range is written as 40..60, or as 40..55..60 with the most likely."))
            return ScoreCell(UNKNOWN)
        try:
            numbers = [self._number_in(part) for part in parts]
        except Refused as refused:
            self._problem(row, column, refused.reason)
            return ScoreCell(UNKNOWN)
        if numbers != sorted(numbers):
            self._problem(row, column, message("The numbers of a range must go from the lowest to the highest."))
            return ScoreCell(UNKNOWN)
        if numbers[0] == numbers[-1]:
            return ScoreCell(VALUE, numbers[0])
        return ScoreCell(VALUE, numbers[1] if len(numbers) == 3 else None, numbers[0], numbers[-1])

    def _number(self, row: Row, column: int) -> float | None:
        """The number in the cell; None, with a problem noted, when it holds none."""
        try:
            return self._number_in(row.value(column))
        except Refused as refused:
            self._problem(row, column, refused.reason)
            return None

    def _number_in(self, value: Value) -> float:
        """The number; raises Refused with what to do where there is none, or where it could be another one."""
        if not isinstance(value, str):
            return number_in(value, self.cells.decimal_comma)
        if self.writes_commas and _THOUSAND_OR_DECIMALS.fullmatch(value):
            raise Refused(
                message("This could be a thousand, as this table has decimal commas; write it without a point.")
            )
        try:
            return number_in(value, self.cells.decimal_comma)
        except Refused:
            if _RANGE_OTHERWISE.fullmatch(value):
                raise Refused(message("A range is written as 40..60, or as 40..55..60 with the most likely.")) from None
            if _WITH_A_UNIT.fullmatch(value):
                raise Refused(message("Write the number alone; its unit belongs in the row #unit.")) from None
            raise

    # Rows about the criteria

    def _about(self, row: Row, label: str, about: dict[str, Row]) -> None:
        key = same_name(label).replace(" ", "")
        if key not in _ABOUT_CRITERIA:
            self._problem(
                row,
                0,
                message("This row about the criteria is not known; known are {rows}.", rows=", ".join(_ABOUT_CRITERIA)),
            )
        elif key in about:
            self._problem(row, 0, message("This row is already given in row {row}.", row=str(about[key].number)))
        else:
            about[key] = row

    def _criteria(self, about: Mapping[str, Row]) -> tuple[ScoreCriterion, ...]:
        if "#direction" not in about and self.columns:
            text = message("There is no row #direction, so under every new criterion more is taken as better.")
            self._remark(self.head, 0, text)
        units = self._read(about, "#unit", self._unit)
        directions = self._read(about, "#direction", self._direction)
        weights = self._read(about, "#weight", self._weight)
        lows = self._read(about, "#low", self._end)
        highs = self._read(about, "#high", self._end)
        indifferences = self._read(about, "#q", self._threshold)
        preferences = self._read(about, "#p", self._threshold)
        criteria = []
        for column, unit, direction, weight, low, high, indifference, preference in zip(
            self.columns, units, directions, weights, lows, highs, indifferences, preferences, strict=True
        ):
            if low is not None and high is not None and low >= high:
                text = message("The low end of the scale must be below its high end.")
                self._problem(about["#low"], column, text)
                low = high = None
            if indifference is not None and preference is not None and indifference > preference:
                text = message("The threshold #q must not be above #p.")
                self._problem(about["#q"], column, text)
                indifference = preference = None
            criteria.append(
                ScoreCriterion(
                    self.names[column], unit or "", direction or BENEFIT, weight, low, high, indifference, preference
                )
            )
        if criteria and all(criterion.weight == 0 for criterion in criteria):
            text = message("Every weight is zero, so no criterion separates the technologies.")
            self._problem(about["#weight"], self.columns[0], text)
        return tuple(criteria)

    def _read(self, about: Mapping[str, Row], key: str, how: Callable[[Row, int], Found | None]) -> list[Found | None]:
        """What a row says about each criterion; None for every one when the table has no such row."""
        row = about.get(key)
        return [None if row is None else how(row, column) for column in self.columns]

    def _unit(self, row: Row, column: int) -> str | None:
        unit = " ".join(shown(row.value(column)).split())
        if len(unit) > LONGEST_UNIT:
            self._problem(row, column, message("This unit has more than {most} letters.", most=LONGEST_UNIT))
            return None
        return unit

    def _direction(self, row: Row, column: int) -> str | None:
        said = _DIRECTIONS.get(same_name(shown(row.value(column))))
        if said:
            return said
        self._problem(row, column, message("A direction is benefit (more is better) or cost (less is better)."))
        return None

    def _weight(self, row: Row, column: int) -> float | None:
        if row.value(column) is None:
            self._problem(row, column, message("A weight is missing; write 0 if the criterion is not to count."))
            return None
        weight = self._number(row, column)
        if weight is not None and weight < 0:
            self._problem(row, column, message("A weight cannot be below zero."))
            return None
        return weight

    def _threshold(self, row: Row, column: int) -> float | None:
        threshold = self._end(row, column)
        if threshold is not None and threshold < 0:
            self._problem(row, column, message("A threshold cannot be below zero."))
            return None
        return threshold

    def _end(self, row: Row, column: int) -> float | None:
        return None if row.value(column) is None else self._number(row, column)

    def _check_ends(
        self, criteria: Sequence[ScoreCriterion], scored: Sequence[tuple[Row, Sequence[ScoreCell]]]
    ) -> None:
        for row, scores in scored:
            for column, criterion, score in zip(self.columns, criteria, scores, strict=True):
                lowest = score.value if score.low is None else score.low
                highest = score.value if score.high is None else score.high
                if lowest is not None and criterion.low is not None and lowest < criterion.low:
                    self._remark(row, column, message("The score lies below the scale and counts as its low end."))
                if highest is not None and criterion.high is not None and highest > criterion.high:
                    self._remark(row, column, message("The score lies above the scale and counts as its high end."))

    # Keeping what was found

    def _cell(self, row: Row, column: int, reason: Message) -> CellProblem:
        heading = self.names.get(column, "") or shown(self.head.value(column))
        return CellProblem(row.number, column, heading, shown(row.value(column)), reason)

    def _problem(self, row: Row, column: int, reason: Message) -> None:
        self._keep(self._cell(row, column, reason))

    def _remark(self, row: Row, column: int, reason: Message) -> None:
        if len(self.remarks) < MOST_PROBLEMS:
            self.remarks.append(self._cell(row, column, reason))

    def _keep(self, problem: CellProblem) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more += 1
