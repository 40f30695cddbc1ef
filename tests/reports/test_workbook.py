"""The workbook: the numbers of the tables unrounded, text that stays text, and a file that is whole or not there."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.builders.book import arabic_book, sample_book
from tests.reports.test_pdf import tiny_disk  # noqa: F401
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports.book import make_book
from tna_desktop.reports.chapter import Chapter, Section
from tna_desktop.reports.table import Table, TableColumn, places
from tna_desktop.reports.workbook import LONGEST_TEXT, sheet_names, write_workbook

ENGLISH = language("en")


def written(table: Table, folder: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    path = folder / "book.xlsx"
    write_workbook(make_book((), (table,)), ENGLISH, path)
    return openpyxl.load_workbook(path).worksheets[1]


def test_every_cell_equals_the_unrounded_value_of_the_table(tmp_path: Path) -> None:
    book = sample_book()
    write_workbook(book, ENGLISH, tmp_path / "report.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert sheets.sheetnames == ["Read me", *[table.title for table in book.tables]]
    for table in book.tables:
        rows = list(sheets[table.title].iter_rows(values_only=True))
        assert list(rows[0]) == [column.title for column in table.columns]
        for row, expected in zip(rows[1:], table.rows, strict=False):
            got = [value.date() if isinstance(value, datetime) else value for value in row]
            assert got == list(expected)
        if table.total is not None:
            assert list(rows[-1]) == list(table.total)


def test_heads_stay_in_sight_and_filters_are_ready(tmp_path: Path) -> None:
    write_workbook(sample_book(), ENGLISH, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Barriers and measures"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F41"  # forty rows; the total below is not filtered away
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width
    assert sheet["F2"].number_format == "#,##0"
    assert sheet["A1"].font.bold


def test_a_head_that_may_break_on_paper_is_one_word_in_a_worksheet(tmp_path: Path) -> None:
    table = Table("mix", "Mix", (TableColumn("orgware", "Organi\u00adsation", "percent"),), [(0.2,)])
    assert written(table, tmp_path)["A1"].value == "Organisation"


def test_number_formats_show_what_the_report_shows(tmp_path: Path) -> None:
    table = Table(
        "t",
        "T",
        (
            TableColumn("a", "A", "percent", 1),
            TableColumn("b", "B", "number", 2),
            TableColumn("c", "C", "rating"),
            TableColumn("d", "D", "date"),
        ),
        [[0.123456, 1 / 3, 4, date(2026, 3, 9)]],
    )
    sheet = written(table, tmp_path)
    assert [cell.number_format for cell in sheet[2]] == ["0.0%", "#,##0.00", "0", "yyyy-mm-dd"]
    assert [cell.value for cell in sheet[2]] == [0.123456, 1 / 3, 4, datetime(2026, 3, 9)]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x.invalid","y")',
        "=1+1",
        "+41 22",
        "-5",
        "@SUM(A1)",
        "#N/A",
        "{{7*7}}",
        "<script>",
        "2026-03-09",
        " padded ",
    ],
)
def test_text_stays_text_whatever_it_begins_with(text: str, tmp_path: Path) -> None:
    cell = written(Table("t", "T", (TableColumn("a", "A"),), [[text]]), tmp_path)["A2"]
    assert cell.value == text
    assert cell.data_type == "s"


def test_unknown_is_an_empty_cell_and_the_read_me_says_so(tmp_path: Path) -> None:
    table = Table(
        "t",
        "T",
        (TableColumn("a", "A"), TableColumn("b", "B", "number")),
        [["x", None], ["y", float("nan")], ["z", 0]],
    )
    sheet = written(table, tmp_path)
    assert [sheet[f"B{row}"].value for row in (2, 3, 4)] == [None, None, 0]
    readme = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0]
    said = [cell for row in readme.iter_rows(values_only=True) for cell in row]
    assert "An empty cell means unknown; it never stands for zero." in said


def test_characters_that_no_file_may_hold_are_left_out(tmp_path: Path) -> None:
    assert (
        written(Table("t", "T\x00", (TableColumn("a", "A\x01"),), [["a\x00b\x1f\ud800c"]]), tmp_path)["A2"].value
        == "abc"
    )


def test_a_text_longer_than_a_cell_is_cut_with_a_visible_remark(tmp_path: Path) -> None:
    long = "🌿" * 20000  # two units each, as Excel counts
    value = written(Table("t", "T", (TableColumn("a", "A"),), [[long]]), tmp_path)["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert value.startswith("🌿🌿")
    assert "cut here" in value


def test_sheet_names_are_what_excel_accepts() -> None:
    names = sheet_names(
        ["Read me", "A/B: [what]?", "x" * 40, "x" * 50, "History", "read ME", "''", "", "🌿" * 20], "Table"
    )
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")
        assert name.casefold() != "history"
    assert names[1] == "A B what"


def test_an_arabic_workbook_is_seen_from_the_right(tmp_path: Path) -> None:
    write_workbook(arabic_book(), language("ar"), tmp_path / "r.xlsx")
    assert all(sheet.sheet_view.rightToLeft for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"))


def test_a_clock_before_1980_still_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", lambda *seconds: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)))
    write_workbook(sample_book(), ENGLISH, tmp_path / "r.xlsx")
    assert "Shortlist" in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames


def test_days_that_excel_does_not_know_become_text(tmp_path: Path) -> None:
    table = Table(
        "t",
        "T",
        (TableColumn("a", "A", "date"), TableColumn("b", "B")),
        [[date(1850, 5, 1), datetime(2026, 3, 9, 12, 0, tzinfo=UTC)]],
    )
    sheet = written(table, tmp_path)
    assert "1850" in sheet["A2"].value
    assert sheet["B2"].value == datetime(2026, 3, 9, 12, 0)


def test_a_missing_folder_is_refused_at_the_field(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder") as refused:
        write_workbook(sample_book(), ENGLISH, tmp_path / "nowhere" / "r.xlsx")
    assert refused.value.field == "path"


def test_a_full_disk_is_told_and_leaves_the_old_workbook(tiny_disk: Path) -> None:  # noqa: F811
    table = Table("t", "T", (TableColumn("a", "A", "number"),), [[n * 0.37] for n in range(20000)])
    path = tiny_disk / "r.xlsx"
    path.write_bytes(b"the old one")
    with pytest.raises(Refused, match="disk is full"):
        write_workbook(make_book((), (table,)), ENGLISH, path)
    assert path.read_bytes() == b"the old one"
    assert list(tiny_disk.iterdir()) == [path]


def test_a_shared_place_is_a_number_that_shows_its_mark_and_an_empty_sheet_says_so(tmp_path: Path) -> None:
    columns = (TableColumn("rank", "Rank", "number", 0), TableColumn("name", "Name"))
    ranks = Table("r", "Ranking", columns, list(zip(places([1, 2, 2]), "ABC", strict=True)))
    book = make_book((), (ranks, Table("e", "Measures", columns, [])))
    write_workbook(book, ENGLISH, tmp_path / "r.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert [(row[0].value, row[0].number_format) for row in sheets["Ranking"].iter_rows(min_row=2)] == [
        (1, "#,##0"), (2, '0"="'), (2, '0"="'),
    ]  # fmt: skip
    assert sheets["Measures"]["A2"].value == "Nothing has been entered here yet."


def test_a_table_that_is_part_of_another_gives_its_place_to_the_whole_one() -> None:
    whole, other = (
        Table("whole", "W", (TableColumn("a", "A"),), [["x"], ["y"]]),
        Table("o", "O", (TableColumn("a", "A"),), [["z"]]),
    )
    part = Table("part", "P", (TableColumn("a", "A"),), [["x"]], part_of="whole")
    chapter = Chapter("c", "C", sections=(Section("S", tables=(part,)),))
    assert make_book((chapter,), (other, whole)).tables == (whole, other)
