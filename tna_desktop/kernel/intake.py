"""Tables from outside: an Excel or CSV file, or cells pasted from a spreadsheet, read as plain cells and
nothing more.

A file is judged by its first bytes, never by its name. Nothing in it is run, followed or calculated. What
cannot be a table is refused in one sentence; what can is handed on as it was typed, for the stage to
understand.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from .errors import Refused
from .text import Message, message

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 20_000, 500, 32_767
MOST_BYTES = 50_000_000

#: What a cell may hold. None is an empty cell; a date may carry a time of day.
Value = str | float | int | bool | date | time | None


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number as the spreadsheet shows it, and its cells up to the last filled
    one."""

    number: int
    values: tuple[Value, ...]

    def value(self, column: int) -> Value:
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True)
class CellProblem:
    """A cell that cannot be used as it is, or needs a look: where it stands, what it holds, and why.

    ``row`` is the number the spreadsheet shows; ``column`` counts from zero; ``heading`` names the column.
    """

    row: int
    column: int
    heading: str
    text: str
    reason: Message

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    def sentence(self) -> Message:
        """The whole of it on one line, for a list or the command line."""
        values = {"row": str(self.row), "column": self.letter, "reason": self.reason}
        shown, heading = _short(self.text), _short(self.heading)
        if not shown and not heading:
            return message("Row {row}, column {column}: {reason}", **values)
        if not shown:
            return message("Row {row}, column {column} ({heading}): {reason}", heading=heading, **values)
        if not heading or heading == shown:
            return message("Row {row}, column {column}, “{text}”: {reason}", text=shown, **values)
        return message(
            "Row {row}, column {column} ({heading}), “{text}”: {reason}", heading=heading, text=shown, **values
        )


def _short(text: str) -> str:
    """A cell's text on one line that can be taken in at a glance."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


@dataclass(frozen=True)
class Cells:
    """A table as it was found. Empty rows are left out; the others keep their numbers.

    ``decimal_comma``: whether "1,5" may be read as one and a half (not where the comma separates the
    columns). ``problems`` are cells that could not be read; ``remarks`` say what a person should know about
    the reading.
    """

    rows: tuple[Row, ...]
    decimal_comma: bool = True
    problems: tuple[CellProblem, ...] = ()
    remarks: tuple[Message, ...] = ()


def column_letter(column: int) -> str:
    """A, B … Z, AA … as a spreadsheet calls its columns; ``column`` counts from zero."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_table(path: Path | str, sheet: str | None = None) -> Cells:
    """The cells of an Excel workbook (.xlsx; its first visible sheet unless one is named) or of a CSV file.

    Raises Refused, with one sentence to show, for whatever is no such table.
    """
    content = _content(Path(path))
    name = Path(path).name
    if content.startswith(b"PK"):
        from .intake_workbook import read_workbook

        return read_workbook(content, name, sheet)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(message("{name} is protected by a password; remove it in Excel and save again.", name=name))
        raise Refused(message("{name} is an old Excel file; save it as .xlsx or CSV and choose that one.", name=name))
    text, remarks = _decoded(content, name)
    if text.lstrip()[:1] == "<":
        raise Refused(message("{name} is a web page, not a table; save it as .xlsx or CSV.", name=name))
    return _separated(text, _delimiter(text), remarks)


def read_pasted(text: str) -> Cells:
    """The cells of a table copied in a spreadsheet: columns by tabs, cells with several lines in quotes."""
    if len(text) > MOST_BYTES:
        raise Refused(message("What was pasted is too large for a table; import it as a file."))
    text = _clean(text, Refused(message("What was pasted is not a table.")))
    return _separated(text, "\t" if "\t" in text else _delimiter(text), ())


def _content(path: Path) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Refused(message("{name} is a folder; choose an Excel or CSV file in it.", name=path.name))
        if not stat.S_ISREG(about.st_mode):
            raise Refused(message("{name} is not a file that can be read.", name=path.name))
        if about.st_size == 0:
            raise Refused(message("{name} is empty.", name=path.name))
        if about.st_size > MOST_BYTES:
            raise Refused(message("{name} is larger than 50 MB, too large for a table.", name=path.name))
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(message("There is no file {name} there.", name=path.name)) from None
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        raise Refused(message("{name} could not be read: {why}.", name=path.name, why=why)) from problem


def _decoded(content: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """The text, and a remark where its encoding had to be guessed."""
    no_text = Refused(message("{name} is not a table; choose an Excel file (.xlsx) or a CSV file.", name=name))
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return _clean(content.decode("utf-16" if marked else "utf-8-sig"), no_text), ()
    except UnicodeDecodeError:
        if marked:
            raise no_text from None
    try:
        text = _clean(content.decode("cp1252"), no_text)
    except UnicodeDecodeError:
        raise no_text from None
    return text, (
        message("{name} is not in UTF-8 and was read as Western European text; check letters with accents.", name=name),
    )


def _clean(text: str, no_text: Refused) -> str:
    # Control characters mean that this is a picture, a database or an archive under another name.
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise no_text
    return text


def _delimiter(text: str) -> str:
    """Tab, semicolon or comma: the one that gives the head the most columns and the other rows as many."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1]
    best, best_score = ",", 1.0
    for delimiter in "\t;,":
        widths = []
        with suppress(csv.Error):  # told when the rows are read
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                if any(cell.strip() for cell in cells):
                    widths.append(len(cells))
                if len(widths) == 30:
                    break
        score = widths[0] * sum(width == widths[0] for width in widths) / len(widths) if widths else 0
        if widths and widths[0] > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _separated(text: str, delimiter: str, remarks: tuple[Message, ...]) -> Cells:
    rows = []
    try:
        # A quoted cell with several lines is one row, as it is in a spreadsheet.
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if number == 1 and re.fullmatch(r"sep=.?", delimiter.join(cells)):
                continue
            row = filled_row(number, [cell.strip() or None for cell in cells])
            if row is not None:
                rows.append(row)
    except csv.Error as problem:
        raise Refused(
            message("The table could not be taken apart into cells: {why}. Save it again as CSV.", why=str(problem))
        ) from problem
    return Cells(tuple(rows), decimal_comma=delimiter != ",", remarks=remarks)


def filled_row(number: int, values: Sequence[Value]) -> Row | None:
    """The row up to its last filled cell, None when it has none. Raises Refused beyond what a table may
    have."""
    width = len(values)
    while width and values[width - 1] is None:
        width -= 1
    if not width:
        return None
    if number > MOST_ROWS:
        raise Refused(message("The table has more than {most} rows.", most=MOST_ROWS))
    if width > MOST_COLUMNS:
        raise Refused(message("The table has more than {most} columns.", most=MOST_COLUMNS))
    for column, value in enumerate(values[:width]):
        if isinstance(value, str) and len(value) > MOST_CHARACTERS:
            raise Refused(
                message(
                    "The cell {cell} holds more than {most} characters.",
                    cell=column_letter(column) + str(number),
                    most=MOST_CHARACTERS,
                )
            )
    return Row(number, tuple(values[:width]))


def shown(value: Value) -> str:
    """The cell as a person typed it, for names and for telling which cell is meant."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


_SPACES = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SPACED = re.compile(rf"[+-]?\d{{1,3}}([{_SPACES}]\d{{3}})+([.,]\d+)?")
_MANY_GROUPS = re.compile(r"[+-]?\d{1,3}(?:(,\d{3}){2,}|(\.\d{3}){2,})")
_DOT_DECIMALS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+")
_COMMA_DECIMALS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+")
_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
# Arabic text has a decimal and a thousands sign of its own; a minus may be typed as the real minus sign.
_SIGNS = str.maketrans({"٫": ".", "٬": " ", "−": "-", "’": " ", "'": " "})


def number_in(value: Value, decimal_comma: bool = True) -> float:
    """The number a cell holds: 1234.5, 1 234.5, 1,234.5 and, where it cannot be mistaken, 1,5.

    Raises Refused with the reason when it holds none, or one that could be read in two ways.
    """
    if isinstance(value, bool):
        raise Refused(message("A number is needed here, not yes or no."))
    if isinstance(value, (date, time)):
        raise Refused(message("The spreadsheet has turned this into a date; type it again as a number."))
    if isinstance(value, (int, float)):
        return _finite(value)
    text = unicodedata.normalize("NFC", value or "").translate(_SIGNS).strip(_SPACES)
    if _PLAIN.fullmatch(text):
        return _finite(text)
    if _SPACED.fullmatch(text) and (decimal_comma or "," not in text):
        return _finite(re.sub(f"[{_SPACES}]", "", text).replace(",", "."))
    if _MANY_GROUPS.fullmatch(text):
        return _finite(re.sub("[.,]", "", text))
    if _DOT_DECIMALS.fullmatch(text):
        return _finite(text.replace(",", ""))
    if _COMMA_DECIMALS.fullmatch(text):
        return _finite(text.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(text):
        if _EITHER.fullmatch(text):
            raise Refused(
                message("This could be a thousand or a decimal comma; write it without a comma, or with a point.")
            )
        if decimal_comma:
            return _finite(text.replace(",", "."))
        raise Refused(message("The comma separates the columns of this file; write decimals with a point."))
    if text.endswith(("%", "٪")):
        raise Refused(message("Write the number without the percent sign, the same in the whole column."))
    if text.startswith("="):
        raise Refused(message("This is a formula; put its result in its place."))
    if text.startswith("#"):
        raise Refused(message("The spreadsheet shows an error here; mend it there, or leave the cell empty."))
    raise Refused(message("This is not a number."))


def _finite(number: str | float | int) -> float:
    try:
        found = float(number)
    except OverflowError:
        found = float("inf")
    if found != found or found in (float("inf"), float("-inf")):
        raise Refused(message("This number is too large, or not a number at all."))
    return found
