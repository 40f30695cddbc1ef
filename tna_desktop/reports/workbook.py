"""A book as an Excel workbook: a read-me sheet, then one sheet for each table, with real numbers.

    write_workbook(book, language, path) -> None

The cells hold the unrounded values of the same Table objects that the PDF shows; how many decimals are seen is the
cell's number format. An empty cell means unknown. Text stays text, whatever it begins with. The file is written whole
or not at all; Refused(field "path") tells of a missing folder or a full disk.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..kernel.text import Language
from .chapter import Book
from .destination import written_whole
from .table import Place, Table, TableColumn
from .values import cleaned, known, plain_text, rows_of, shown

#: What Excel takes in one cell and in the name of a sheet, counted in UTF-16 units.
LONGEST_TEXT, LONGEST_NAME = 32767, 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 200
#: Beginnings that a careless program could take for a formula when somebody copies the cell.
_FORMULA_LIKE = ("=", "+", "-", "@")


def write_workbook(book: Book, language: Language, path: Path | str) -> None:
    """Write every table of the book to ``path``."""
    with written_whole(Path(path)) as target:
        target.write_bytes(workbook_bytes(book, language))


def workbook_bytes(book: Book, language: Language) -> bytes:
    """The workbook as a file in memory."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook(write_only=True)
    properties = workbook.properties
    properties.title, properties.creator = cleaned(book.title), cleaned(book.prepared_by) or "TNA Desktop"
    properties.language = language.locale
    readme = language.say("Read me")
    names = sheet_names([readme, *[table.title for table in book.tables]], language.say("Table"))
    _write_readme(_sheet(workbook, names[0], language), book, names[1:], language)
    for name, table in zip(names[1:], book.tables, strict=True):
        _write_table(_sheet(workbook, name, language), table, language)
    # Written as Workbook.save() does, into an archive that accepts any clock.
    file = io.BytesIO()
    now = datetime.now(UTC).replace(tzinfo=None)
    properties.created = properties.modified = max(now, datetime(1980, 1, 1))
    ExcelWriter(workbook, _Archive(file, "w", ZIP_DEFLATED, strict_timestamps=False)).save()
    return file.getvalue()


class _Archive(ZipFile):
    """A zip file that can be written on a computer whose clock has stopped before 1980, where zip begins to count."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **options: Any) -> None:
        if not isinstance(zinfo_or_arcname, ZipInfo):
            moment = time.localtime()[:6]
            zinfo_or_arcname = ZipInfo(zinfo_or_arcname, moment if moment[0] >= 1980 else (1980, 1, 1, 0, 0, 0))
            zinfo_or_arcname.compress_type = self.compression
            zinfo_or_arcname.external_attr = 0o600 << 16
        super().writestr(zinfo_or_arcname, data, *args, **options)


def sheet_names(titles: Iterable[str], nameless: str) -> list[str]:
    """Names that Excel accepts: without its forbidden characters, at most 31 long, each once whatever its case."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this one for itself
    for title in titles:
        wanted = re.sub(r"\s+", " ", _FORBIDDEN.sub(" ", cleaned(title))).strip(" '") or nameless
        name, number = _shortened(wanted, LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            end = f" ({number})"
            name = _shortened(wanted, LONGEST_NAME - len(end)) + end
        taken.add(name.casefold())
        names.append(name)
    return names


def cell_text(text: str, language: Language) -> str:
    """The text as one cell can hold it; what is too long ends with a visible remark."""
    text = cleaned(text)
    if len(text) * 2 <= LONGEST_TEXT or _units(text) <= LONGEST_TEXT:
        return text
    remark = " " + language.say(
        "[cut here: a cell holds {n} characters; the report in PDF has the whole text]",
        n=language.number(LONGEST_TEXT),
    )
    return _shortened(text, LONGEST_TEXT - _units(remark)) + remark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shortened(text: str, most: int) -> str:
    units = text.encode("utf-16-le", "surrogatepass")[: most * 2]
    # Half a character at the end is left out.
    return units.decode("utf-16-le", "ignore").rstrip(" '")


def _sheet(workbook: Any, name: str, language: Language) -> Any:
    sheet = workbook.create_sheet(name)
    sheet.sheet_view.rightToLeft = language.right_to_left
    # Every row here is made of cells; openpyxl would first take each for a value, which costs a third of the time.
    sheet._values_to_row = _placed
    return sheet


def _placed(cells: Iterable[Any], row: int) -> Iterator[Any]:
    for place, cell in enumerate(cells, 1):
        if cell is not None:
            cell.row, cell.column = row, place
            yield cell


def _write_table(sheet: Any, table: Table, language: Language) -> None:
    from openpyxl.utils import get_column_letter

    rows = rows_of(table)
    sheet.freeze_panes = "B2" if len(table.columns) > 2 else "A2"
    for index, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _column_width(column, rows, index - 1, language)
    sheet.print_title_rows = "1:1"
    # On paper: across the page, all columns on one width.
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    heads = _heads(sheet, len(table.columns))
    for head, column in zip(heads, table.columns, strict=True):
        # Where a narrow head on paper may break; in a worksheet it would keep a filter or an import from finding it.
        _as_text(head, cell_text(column.title.replace("\u00ad", ""), language))
    sheet.append(heads)
    fill = [_writer(sheet, column, language) for column in table.columns]
    strong = [_writer(sheet, column, language, bold=True) for column in table.columns]
    for index, row in enumerate(rows):
        writers = strong if index in table.emphasis else fill
        sheet.append([write(value) for write, value in zip(writers, row, strict=True)])
    if not rows and table.columns:
        sheet.append([_as_text(_styled(sheet, False), language.say("Nothing has been entered here yet."))])
    if table.columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"
    if table.total is not None:
        ruled = [_writer(sheet, column, language, bold=True, ruled=True) for column in table.columns]
        total = [*table.total, *[None] * len(table.columns)][: len(table.columns)]
        sheet.append([write(value) for write, value in zip(ruled, total, strict=True)])


def _writer(
    sheet: Any, column: TableColumn, language: Language, bold: bool = False, ruled: bool = False
) -> Callable[[Any], Any]:
    """What makes the cells of one column: it fills the same few styled cells again and again, which makes it quick.

    openpyxl writes a row out as soon as it is appended, so a cell may be used again in the next row.
    """
    text_cell, guarded, number_cell = (_styled(sheet, bold, ruled) for _ in range(3))
    guarded.quotePrefix = True
    number_cell.number_format = _number_format(column)
    tied = _styled(sheet, bold, ruled)
    tied.number_format = '0"="'
    from openpyxl.styles import Alignment

    text_cell.alignment = guarded.alignment = Alignment(wrap_text=True, vertical="top")
    number_cell.alignment = tied.alignment = Alignment(vertical="top")
    dated = _styled(sheet, bold, ruled)
    dated.alignment = Alignment(vertical="top")

    def write(value: Any) -> Any:
        if type(value) is str:
            if not value:
                return None
        elif not known(value):
            return None
        elif isinstance(value, Place):
            cell = tied if value.tied else number_cell
            cell._value, cell.data_type = int(value), "n"
            return cell
        elif type(value) in (int, float) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
            number_cell._value, number_cell.data_type = value, "n"
            return number_cell
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
            dated.value = value
            dated.number_format = "yyyy-mm-dd"
            return dated
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            dated.value = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            dated.number_format = "yyyy-mm-dd" if column.kind == "date" else "yyyy-mm-dd hh:mm"
            return dated
        elif isinstance(value, date):
            value = shown(value, column, language)
        else:
            value = plain_text(value, language)
        return _as_text(guarded if value.startswith(_FORMULA_LIKE) else text_cell, cell_text(value, language))

    return write


def _as_text(cell: Any, text: str) -> Any:
    # Set past openpyxl's guessing, which would make formulas of "=" and errors of "#N/A".
    cell._value, cell.data_type = text, "s"
    return cell


def _styled(sheet: Any, bold: bool, ruled: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Border, Font, Side

    cell = WriteOnlyCell(sheet)
    if bold:
        cell.font = Font(bold=True)
    if ruled:
        cell.border = Border(top=Side(style="thin", color="7A8F94"))
    return cell


def _heads(sheet: Any, count: int) -> list[Any]:
    from openpyxl.styles import Alignment, Border, Font, Side

    cells = [_styled(sheet, True) for _ in range(count)]
    for cell in cells:
        cell.font = Font(bold=True, color="0B525A")
        cell.border = Border(bottom=Side(style="medium", color="0E6A73"))
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    return cells


def _number_format(column: TableColumn) -> str:
    decimals = column.decimals
    places = "." + "0" * decimals if decimals else ""
    if column.kind == "percent":
        return f"0{places}%"
    if column.kind == "money":
        return f"#,##0{places}"
    if column.kind == "rating":
        return f"0{places}"
    return "General" if decimals is None else f"#,##0{places}"


def _column_width(column: TableColumn, rows: Sequence[Sequence[Any]], index: int, language: Language) -> float:
    """Wide enough for most of what is in the column; long texts wrap."""
    longest = max((len(word) for word in column.title.split()), default=0)
    longest = max(longest, min(len(column.title), 18))
    for row in rows[:_LOOKED_AT]:
        value = row[index]
        if isinstance(value, str):
            longest = max(longest, len(value))
        elif known(value):
            longest = max(longest, len(shown(value, column, language)))
    return float(min(_WIDEST, max(_NARROWEST, longest + 3)))


def _write_readme(sheet: Any, book: Book, names: Sequence[str], language: Language) -> None:
    from openpyxl.styles import Alignment, Font

    for letter, width in zip("ABCD", (34, 60, 12, 60), strict=True):
        sheet.column_dimensions[letter].width = width

    def line(*values: Any, bold: bool = False, size: float = 11) -> None:
        cells: list[Any] = []
        for value in values:
            cell = _styled(sheet, bold)
            cell.font = Font(bold=bold, size=size)
            cell.alignment = Alignment(wrap_text=bool(cells), vertical="top")
            if isinstance(value, int):
                cell.value = value
            else:
                _as_text(cell, cell_text(value, language))
            cells.append(cell)
        sheet.append(cells)

    line(book.title, bold=True, size=16)
    line(language.say("{country}, {year}", country=book.country, year=book.year) if book.year else book.country)
    if book.fictional:
        line(book.fictional, bold=True)
    sheet.append([])
    for name, text in (
        (language.say("Prepared by"), book.prepared_by),
        (language.say("Prepared under"), book.prepared_under),
        (language.say("Status"), book.status),
        (language.say("Main finding"), book.finding),
    ):
        if text:
            line(name, text)
    sheet.append([])
    line(language.say("How to read the tables"), bold=True)
    for text in (
        language.say("An empty cell means unknown; it never stands for zero."),
        language.say("Numbers are unrounded; the report shows the same numbers with fewer decimals."),
        language.say("Percentages are stored as shares of one and shown as per cent."),
        *book.notes,
    ):
        line(text)
    sheet.append([])
    line(language.say("Sheet"), language.say("Table"), language.say("Rows"), language.say("Remark"), bold=True)
    for name, table in zip(names, book.tables, strict=True):
        line(name, table.title, len(table.rows), table.note)
