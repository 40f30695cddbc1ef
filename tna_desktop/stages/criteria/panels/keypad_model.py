"""A pile of paper ballots as a grid: one row a voter, one column a criterion, and a second pass that is typed blind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.text import UNKNOWN, Language
from tna_desktop.ui.cell_values import folded, read_number, unknown

from ..reading.ballots import Answer, Node
from ..results import METHODS, RANKED

CODE, GROUP, SUM, FIRST = 0, 1, 2, 3
DISPLAY, TOOLTIP, ALIGN, ACCESSIBLE = 0, 3, 7, 11
_CENTER = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ENABLED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


@dataclass
class PaperRow:
    """One ballot. ``id`` is the stored one's, ``kept`` (group, code) as stored; ``second`` what was typed again."""

    code: str
    group: str
    values: dict[str, float] = field(default_factory=dict)
    id: str = ""
    kept: tuple[str, str] = ("", "")
    checked: bool = False
    changed: bool = False
    second: dict[str, float] = field(default_factory=dict)

    def answers(self, kind: str, second: bool = False) -> list[Answer]:
        return [(node, "", METHODS[kind][0], value) for node, value in (self.second if second else self.values).items()]


class KeypadModel(QAbstractTableModel):
    """The rows. ``second`` hides the first pass: only what is typed now is there to be seen."""

    def __init__(self, language: Language, groups: Sequence[tuple[str, str]], parent=None):
        super().__init__(parent)
        self.language, self.groups = language, list(groups)
        self.nodes: list[Node] = []
        self.rows: list[PaperRow] = []
        self.kind, self.second = "points", False

    # What Qt asks ------------------------------------------------------------------------------------

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else FIRST + len(self.nodes)

    def flags(self, index):
        return _ENABLED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section, orientation, role=DISPLAY):
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == DISPLAY:
            return self.head(section)
        if role == TOOLTIP and section >= FIRST:
            return self.nodes[section - FIRST].name
        if role == ALIGN:
            return _START if section < SUM else _CENTER
        return None

    def data(self, index, role=DISPLAY):
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self.text(index.row(), index.column())
        if role == ACCESSIBLE:
            row = self.rows[index.row()]
            return self.language.say(
                "{code}, {what}: {value}",
                code=row.code,
                what=self.head(index.column()),
                value=self.text(index.row(), index.column()) or UNKNOWN,
            )
        return None

    def head(self, column: int) -> str:
        say = self.language.say
        if column >= FIRST:
            return self.nodes[column - FIRST].short
        return (say("Code"), say("Group"), say("Sum"))[column]

    def text(self, row: int, column: int) -> str:
        each = self.rows[row]
        if column == CODE:
            return each.code
        if column == GROUP:
            return self.group_name(each.group)
        values = each.second if self.second else each.values
        if column == SUM:
            return self.language.number(round(sum(values.values()), 2)) if values else ""
        value = values.get(self.nodes[column - FIRST].id)
        return "" if value is None else self.language.number(value)

    def group_name(self, key: str) -> str:
        return next((name for each, name in self.groups if each == key), key)

    # Rows --------------------------------------------------------------------------------------------

    def show(self, nodes: Sequence[Node], rows: Sequence[PaperRow], kind: str, second: bool) -> None:
        self.beginResetModel()
        self.nodes, self.rows, self.kind, self.second = list(nodes), list(rows), kind, second
        self.endResetModel()

    def add(self, row: PaperRow) -> int:
        place = len(self.rows)
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.append(row)
        self.endInsertRows()
        return place

    def redraw(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def next_row(self) -> PaperRow:
        """A new ballot: the next number as its code, the group of the one before."""
        numbers = [int(row.code) for row in self.rows if row.code.isdecimal()]
        last = self.rows[-1] if self.rows else None
        first = self.groups[0][0] if self.groups else ""
        return PaperRow(str(max(numbers, default=0) + 1), last.group if last else first)

    def high(self) -> int:
        """The largest number an answer may have."""
        return len(self.nodes) if self.kind in RANKED else 100

    # Understanding -----------------------------------------------------------------------------------

    def put(self, row: int, column: int, text: str) -> None:
        """Take what was typed into a cell. Raises Refused when it cannot be used there."""
        each = self.rows[row]
        if column == CODE:
            if not text.strip():
                raise Refused(message("A paper ballot needs a code, so that it can be found again."))
            if text.strip() != each.code:
                each.code, each.changed = text.strip()[:120], True
        elif column == GROUP:
            key = self.understood_group(text)
            if key != each.group:
                each.group, each.changed = key, True
        elif column >= FIRST:
            value = self.understood_number(text)
            values, node = each.second if self.second else each.values, self.nodes[column - FIRST].id
            if values.get(node) != value:
                if value is None:
                    values.pop(node, None)
                else:
                    values[node] = value
                each.changed = each.changed or not self.second
        self.redraw(row)

    def understood_group(self, text: str) -> str:
        """A group by its number in the line below the grid, its key or its name."""
        wanted = folded(text)
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self.groups):
            return self.groups[int(wanted) - 1][0]
        for key, name in self.groups:
            if wanted in (folded(key), folded(name)):
                return key
        raise Refused(message("“{text}” is not a group. Type its number from the line below.", text=text.strip()))

    def understood_number(self, text: str) -> float | None:
        if unknown(text.strip()):
            return None
        number, low = read_number(text, self.language), 1 if self.kind in RANKED else 0
        if not low <= number <= self.high() or (self.kind in RANKED and not number.is_integer()):
            raise Refused(message("Give a number from {low} to {high}.", low=low, high=self.high()))
        return number


def pasted_rows(table: Sequence[Sequence[str]], model: KeypadModel) -> list[PaperRow]:
    """Ballots copied from a worksheet: code, group, then one number a criterion, in the order of the columns here.

    A first line with the criteria's names says which column is which. Raises Refused with the row that is wrong.
    """
    if not table:
        raise Refused(message("There is nothing to paste. Copy the cells in Excel first, then come back."))
    by_name = {folded(words): node.id for node in model.nodes for words in (node.name, node.short)}
    named = [(place, by_name[folded(text)]) for place, text in enumerate(table[0]) if folded(text) in by_name]
    body, first = (table[1:], 2) if named else (table, 1)
    columns = named or [(place, node.id) for place, node in enumerate(model.nodes, 2)]
    if not named and len(table[0]) > 2 + len(model.nodes):
        raise Refused(
            message(
                "{count} columns do not fit: code, group and {room} criteria.",
                count=len(table[0]),
                room=len(model.nodes),
            )
        )
    found: list[PaperRow] = []
    for line, cells in enumerate(body, first):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if not cells[0].strip():
                raise Refused(message("A paper ballot needs a code, so that it can be found again."))
            row = PaperRow(cells[0].strip()[:120], model.understood_group(cells[1] if len(cells) > 1 else ""))
            for place, node in columns:
                value = model.understood_number(cells[place]) if place < len(cells) else None
                if value is not None:
                    row.values[node] = value
        except Refused as refused:
            raise Refused(message("Nothing was pasted. Row {row}: {reason}", row=line, reason=refused.reason)) from None
        found.append(row)
    return found
