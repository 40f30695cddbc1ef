"""Excel workbooks from outside: the archive is inspected before anything in it is unpacked."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from .errors import Refused
from .intake import CellProblem, Cells, Row, Value, filled_row
from .text import Message, message

MOST_UNPACKED, MOST_MEMBERS, MOST_RATIO = 50_000_000, 200, 200
#: Small members may be packed as tightly as they like: an empty sheet is mostly repetition.
_SMALL = 1_000_000
#: Excel's own last row; a number beyond it was made up, and would be counted up to.
_LAST_ROW = 1_048_576


def read_workbook(content: bytes, name: str, sheet: str | None = None) -> Cells:
    """The cells of one sheet. Raises Refused, with one sentence to show, for what is no such workbook."""
    _inspect(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that a table of values does not need
            return _read(content, name, sheet)
    except Refused:
        raise
    except Exception as problem:
        # Whatever a damaged or hostile workbook makes the reading library stumble over, it is not to be used.
        raise Refused(
            message("{name} is damaged and cannot be read; open it in Excel and save it again as .xlsx.", name=name)
        ) from problem


def _inspect(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise Refused(message("{name} is damaged or not complete; save or copy it again.", name=name)) from problem
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise Refused(message("{name} is protected by a password; remove it in Excel and save again.", name=name))
    if "[Content_Types].xml" not in names or not any(part.startswith("xl/workbook") for part in names):
        raise Refused(message("{name} is not an Excel workbook; save the table as .xlsx or CSV.", name=name))
    if any(part.endswith("vbaProject.bin") for part in names):
        raise Refused(message("{name} contains macros; save it as .xlsx without macros.", name=name))
    unpacked = sum(member.file_size for member in members)
    # The sizes in the list can be believed: Python unpacks no more of a member than its list entry says.
    if len(members) > MOST_MEMBERS or len(names) < len(members) or unpacked > MOST_UNPACKED:
        raise Refused(message("{name} is too large or too complicated for a table of scores.", name=name))
    if any(each.file_size > max(_SMALL, MOST_RATIO * each.compress_size) for each in members):
        raise Refused(message("{name} is packed in a way that no spreadsheet does, and was not opened.", name=name))


def _read(content: bytes, name: str, sheet: str | None) -> Cells:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
        if not visible:
            raise Refused(message("{name} has no sheet that can be seen.", name=name))
        if sheet is not None and sheet not in visible:
            raise Refused(message("{name} has no sheet called “{sheet}”.", name=name, sheet=sheet))
        chosen = sheet or visible[0]
        rows = list(_rows(book[chosen]))
    finally:
        book.close()
    remarks: list[Message] = []
    if sheet is None and len(visible) > 1:
        remarks.append(message("Only the first sheet, “{sheet}”, was read.", sheet=chosen))
    return Cells(tuple(rows), problems=tuple(_not_calculated(content, chosen, rows)), remarks=tuple(remarks))


def _rows(page: Any) -> Iterator[Row]:
    page.reset_dimensions()  # the size a file claims to have may hide rows, or pretend a million
    for number, values in enumerate(page.iter_rows(values_only=True), start=1):
        if number > _LAST_ROW:
            raise Refused(message("The sheet has rows beyond the last one that Excel knows."))
        row = filled_row(number, [_plain(value) for value in values])
        if row is not None:
            yield row


def _plain(value: Any) -> Value:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, time) or hasattr(value, "isoformat") else str(value)


def _not_calculated(content: bytes, sheet: str, rows: list[Row]) -> Iterator[CellProblem]:
    """Formulas whose result the file does not hold, e.g. written by a program and never opened in Excel."""
    if not _has_formulas(content):
        return
    from openpyxl import load_workbook

    filled = {row.number: row for row in rows}
    heads = rows[0].values if rows else ()
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        page = book[sheet]
        page.reset_dimensions()
        for number, cells in enumerate(page.iter_rows(), start=1):
            for column, cell in enumerate(cells):
                if cell.data_type != "f":
                    continue
                row = filled.get(number)
                if row is None or row.value(column) is None:
                    heading = heads[column] if column < len(heads) else None
                    yield CellProblem(
                        number,
                        column,
                        heading if isinstance(heading, str) else "",
                        str(cell.value),
                        message("This formula has not been calculated; open the file in Excel, save it and try again."),
                    )
    finally:
        book.close()


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            re.search(rb"<(\w+:)?f[\s/>]", archive.read(member))
            for member in archive.namelist()
            if member.startswith("xl/worksheets/")
        )
