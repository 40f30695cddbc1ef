"""Tables from outside: what people have, and what somebody might send."""

import contextlib
import io
import os
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.intake import CellProblem, column_letter, number_in, read_pasted, read_table, shown
from tna_desktop.kernel.text import ENGLISH, message


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, name="table.xlsx", more=None):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        if more:
            more(book)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def rewritten(path, change):
    """The same archive with its members passed through change(name, content); None leaves a member out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = change(member, old.read(member))
            if content is not None:
                new.writestr(member, content)
    path.write_bytes(packed.getvalue())
    return path


def values(cells):
    return [row.values for row in cells.rows]


def refusal(path, **options):
    with pytest.raises(Refused) as told:
        read_table(path, **options)
    return str(told.value)


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_in_any_usual_encoding(file, encoding, delimiter):
    text = delimiter.join(["technology", "Coût", "生物"]) + "\r\n" + delimiter.join(["Forêt", "1", "2"]) + "\r\n"
    content = text.encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        content = "\ufeff".encode(encoding) + content
    cells = read_table(file("table.csv", content))
    assert values(cells) == [("technology", "Coût", "生物"), ("Forêt", "1", "2")]
    assert cells.decimal_comma is (delimiter != ",")
    assert cells.remarks == ()


def test_an_old_western_file_is_read_and_said(file):
    cells = read_table(file("table.csv", "technology;Coût\nForêt;1\n".encode("cp1252")))
    assert values(cells)[0] == ("technology", "Coût")
    assert "UTF-8" in cells.remarks[0].english()


def test_semicolons_win_over_decimal_commas_and_commas_in_names(file):
    cells = read_table(file("table.csv", "technology;Cost, total;Jobs\nMangroves;1,5;2,5\nSeeds;3;4,25\n"))
    assert values(cells) == [("technology", "Cost, total", "Jobs"), ("Mangroves", "1,5", "2,5"), ("Seeds", "3", "4,25")]


def test_quoted_cells_and_the_line_that_names_the_separator(file):
    cells = read_table(file("table.csv", 'sep=;\ntechnology;"Jobs; direct"\n"a ""b"""\n'))
    assert values(cells) == [("technology", "Jobs; direct"), ('a "b"',)]
    assert [row.number for row in cells.rows] == [2, 3]


def test_empty_rows_are_left_out_and_numbers_kept(file):
    cells = read_table(file("table.csv", "technology,C1,,\n\n , ,\nA,1,,\n"))
    assert [(row.number, row.values) for row in cells.rows] == [(1, ("technology", "C1")), (4, ("A", "1"))]
    assert cells.rows[0].value(7) is None


def test_a_table_pasted_from_a_spreadsheet():
    cells = read_pasted('technology\tJobs\t"Cost\nin USD"\r\nMangroves\t1,5\t\r\n')
    assert values(cells) == [("technology", "Jobs", "Cost\nin USD"), ("Mangroves", "1,5")]
    assert cells.decimal_comma
    assert [row.number for row in cells.rows] == [1, 2]


def test_nothing_pasted_is_no_row():
    assert read_pasted(" \n\t\n").rows == ()
    with pytest.raises(Refused, match="not a table"):
        read_pasted("a\0b\tc")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not a table"),
        (b"SQLite format 3\0" + b"\0" * 99, "not a table"),
        (b"\x81\x8d\x8f\xff", "not a table"),
        (b"\xff\xfea", "not a table"),
        (b"%PDF-1.7\n\x00\x01", "not a table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"PK\x05\x06" + b"\0" * 18, "not an Excel workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(file, content, said):
    for name in ("table.xlsx", "table.csv"):
        assert said in refusal(file(name, content))


def test_no_file_a_folder_and_a_pipe(tmp_path):
    assert "no file" in refusal(tmp_path / "missing.csv")
    assert "folder" in refusal(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert "not a file" in refusal(tmp_path / "pipe.csv")


def test_a_file_of_gigabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as sparse:
        sparse.truncate(4_000_000_000)
    assert "50 MB" in refusal(path)


def test_too_many_rows_columns_and_characters(file):
    assert "20,000 rows" in refusal(file("rows.csv", "a,b\n" * 20_001))
    assert len(read_table(file("rows.csv", "a,b\n" * 20_000)).rows) == 20_000
    assert "500 columns" in refusal(file("columns.csv", ",".join("x" * 501)))
    assert "A2" in refusal(file("cell.csv", "a,b\n" + "x" * 40_000 + ",1\n"))
    assert "taken apart" in refusal(file("cell.csv", "a,b\n" + "x" * 200_000 + ",1\n"))


# Workbooks


def test_an_excel_table_keeps_the_kinds_of_its_cells(workbook):
    path = workbook(["technology", "Cost", "Begin"], ["Mangroves", 1.5, date(2026, 5, 1)], [], ["Seeds", 3, True])
    cells = read_table(path)
    assert [(row.number, row.values) for row in cells.rows] == [
        (1, ("technology", "Cost", "Begin")),
        (2, ("Mangroves", 1.5, date(2026, 5, 1))),
        (4, ("Seeds", 3, True)),
    ]
    assert cells.problems == () and cells.remarks == ()


def test_the_first_visible_sheet_is_read_and_the_others_are_named(workbook):
    def more(book):
        book.active.title, book.active.sheet_state = "Hidden", "hidden"
        book.create_sheet("Scores").append(["technology", "C1"])
        book.create_sheet("Notes").append(["something else"])

    path = workbook(["secret"], more=more)
    cells = read_table(path)
    assert values(cells) == [("technology", "C1")]
    assert "Scores" in cells.remarks[0].english()
    assert values(read_table(path, sheet="Notes")) == [("something else",)]
    assert "no sheet called" in refusal(path, sheet="Hidden")


def test_a_formula_without_its_result_is_named_by_its_cell(workbook):
    cells = read_table(workbook(["technology", "Cost"], ["Mangroves", "=1+1"], ["Seeds", 2]))
    [problem] = cells.problems
    assert (problem.row, problem.letter, problem.heading, problem.text) == (2, "B", "Cost", "=1+1")
    assert "not been calculated" in problem.reason.english()
    assert values(cells)[2] == ("Seeds", 2)


def test_a_formula_with_its_result_is_its_result(workbook):
    path = workbook(["technology", "Cost"], ["Mangroves", "=1+1"])
    rewritten(path, lambda name, content: content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    cells = read_table(path)
    assert values(cells)[1] == ("Mangroves", 2) and cells.problems == ()


def test_a_sheet_that_lies_about_its_size_is_read_whole(workbook):
    path = workbook(*[[number, number] for number in range(50)])
    rewritten(path, lambda name, content: content.replace(b'ref="A1:B50"', b'ref="A1:B2"'))
    assert len(read_table(path).rows) == 50


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b'<row r="1"><c r="XFD1"><v>1</v></c></row>', "columns"),
        (b'<row r="99999"><c r="A99999"><v>1</v></c></row>', "rows"),
    ],
)
def test_a_cell_far_out_is_refused(workbook, cell, said):
    path = workbook([1])

    def change(name, content):
        if not name.startswith("xl/worksheets/"):
            return content
        start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
        return content[:start] + b"<sheetData>" + cell + content[end:]

    assert said in refusal(rewritten(path, change))


def test_a_row_number_beyond_excel_is_not_counted_up_to(workbook):
    def change(name, content):
        return content.replace(b'<row r="1"', b'<row r="999999999999"').replace(b' r="A1"', b"")

    assert "beyond" in refusal(rewritten(workbook([1]), change))


def test_a_bomb_of_repeated_text_is_not_unpacked(workbook):
    path = workbook(["a"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"0" * 60_000_000)
    assert "too large" in refusal(path)
    path = workbook(["a"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b"0" * 20_000_000)
    assert "packed" in refusal(path)


def test_too_many_members_macros_and_other_archives_are_refused(workbook, file):
    path = workbook(["a"])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(201):
            archive.writestr(f"xl/media/{number}", b"")
    assert "complicated" in refusal(path)
    path = workbook(["a"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in refusal(path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    assert "not an Excel workbook" in refusal(file("letter.xlsx", packed.getvalue()))


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>'


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_in_any_part_are_refused(workbook, member):
    def change(name, content):
        if name != member:
            return content
        return ENTITIES + content[content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0 :]

    assert "damaged" in refusal(rewritten(workbook(["technology"]), change))


def test_half_a_workbook_is_refused(workbook):
    path = workbook(["technology", "C1"], ["A", 1])
    path.write_bytes(path.read_bytes()[:-400])
    assert "damaged" in refusal(path)

    def half_a_sheet(name, content):
        return content[: len(content) // 2] if "sheet1" in name else content

    assert "damaged" in refusal(rewritten(workbook(["technology"]), half_a_sheet))


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8), st.booleans())
def test_any_damage_is_read_or_refused_and_nothing_worse(tmp_path_factory, changes, plain):
    path = tmp_path_factory.getbasetemp() / "damaged"
    if plain:
        content = bytearray(b'technology;A;B\n#weight;1;2\n"x";1,5;?\n')
    else:
        book = Workbook()
        book.active.append(["technology", "A", "=1+1"])
        book.save(path)
        content = bytearray(path.read_bytes())
    for place, byte in changes:
        content[place % len(content)] = byte
    path.write_bytes(content)
    with contextlib.suppress(Refused):
        assert read_table(path).rows


# Numbers and places


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1234.5", 1234.5),
        ("1 234.5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1,5", 1.5),
        (",5", 0.5),
        ("0,125", 0.125),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("-3", -3),
        ("−3", -3),
        ("+2e3", 2000),
        ("٣٫٥", 3.5),
        (7, 7),
        (0.25, 0.25),
    ],
)
def test_numbers_as_people_write_them(typed, meant):
    assert number_in(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "not a number"),
        ("", "not a number"),
        ("5 %", "percent sign"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1_000", "not a number"),
        ("0x10", "not a number"),
        ("1 2", "not a number"),
        ("1e999", "too large"),
        (float("inf"), "too large"),
        (10**400, "too large"),
        ("1,500", "thousand"),
        (True, "yes or no"),
        (date(2026, 5, 1), "date"),
    ],
)
def test_what_is_no_number_is_told(typed, said):
    with pytest.raises(Refused, match=said):
        number_in(typed)


def test_a_decimal_comma_is_not_guessed_where_commas_separate():
    with pytest.raises(Refused, match="separates"):
        number_in("1,5", decimal_comma=False)
    assert number_in("1,234.5", decimal_comma=False) == 1234.5


def test_columns_are_called_as_in_a_spreadsheet():
    assert [column_letter(number) for number in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


def test_cells_are_shown_as_typed():
    assert [shown(value) for value in (None, 3.0, 2.5, "a", date(2026, 5, 1))] == ["", "3", "2.5", "a", "2026-05-01"]


def test_a_problem_is_one_sentence_with_its_place():
    problem = CellProblem(3, 1, "Cost", "abc", message("This is not a number."))
    assert ENGLISH.tell(problem.sentence()) == "Row 3, column B (Cost), “abc”: This is not a number."
    bare = CellProblem(3, 1, "", "", message("This is not a number."))
    assert ENGLISH.tell(bare.sentence()) == "Row 3, column B: This is not a number."
