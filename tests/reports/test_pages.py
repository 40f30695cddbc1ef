"""The report's pages: what templates see, what they may do, and what typed text becomes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.builders.book import arabic_book, barriers, register, sample_book
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language, message
from tna_desktop.paths import OVERRIDE, data_folder
from tna_desktop.reports.book import chapter_numbers, make_book
from tna_desktop.reports.chapter import Chapter, Picture, Section
from tna_desktop.reports.pages import MOST_ROWS, book_html, page_values, table_values
from tna_desktop.reports.table import Table, TableColumn
from tna_desktop.reports.values import shown

ENGLISH = language("en")


def own_templates(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates that the program then uses instead of its own."""
    copy = folder / "data" / "report_templates"
    shutil.copytree(data_folder("report_templates"), copy)
    monkeypatch.setenv(OVERRIDE, str(folder / "data"))
    return copy


def one_cell(text: object, kind: str = "text") -> str:
    table = Table("t", "T", (TableColumn("a", "A", kind),), [[text]])
    return book_html(make_book((Chapter("c", "C", sections=(Section("S", tables=(table,)),)),), title="B"), ENGLISH)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{7*7}}", "{{7*7}}"),
        ("{% for x in y %}", "{% for x in y %}"),
        ('" onload="x', "&#34; onload=&#34;x"),
        ("a\x00b\x1fc", "abc"),
    ],
)
def test_typed_text_is_shown_as_typed_and_never_executed(text: str, written: str) -> None:
    page = one_cell(text)
    assert f">{written}</td>" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("value", "column", "expected"),
    [
        (None, TableColumn("a", "A", "number"), "–"),
        (float("nan"), TableColumn("a", "A", "number", 1), "–"),
        (0, TableColumn("a", "A", "number"), "0"),
        (1234.5678, TableColumn("a", "A", "number", 2), "1,234.57"),
        (0.8612, TableColumn("a", "A", "percent"), "86 %"),
        (0.8612, TableColumn("a", "A", "percent", 1), "86.1 %"),
        (1200000, TableColumn("a", "A", "money"), "1,200,000"),
        (date(2026, 3, 9), TableColumn("a", "A", "date"), "9 Mar 2026"),
        (True, TableColumn("a", "A"), "Yes"),
        (message("Hello {name}", name="Ana"), TableColumn("a", "A"), "Hello Ana"),
    ],
)
def test_values_as_a_reader_sees_them(value: object, column: TableColumn, expected: str) -> None:
    # English dates order day and month by region; either order is a date a reader knows.
    assert shown(value, column, ENGLISH) in {
        expected,
        "Mar 9, 2026" if expected == "9 Mar 2026" else expected,
    }


def test_numbers_follow_the_language_of_the_report() -> None:
    column = TableColumn("a", "A", "number", 1)
    assert shown(1234.5, column, language("es")).endswith("234,5") or shown(1234.5, column, language("es")) == "1234,5"
    assert shown(1234.5, column, language("fr"))[-2:] == ",5"


def test_chapters_with_an_eyebrow_are_counted_and_others_stay_without_a_number() -> None:
    chapters = (
        Chapter("s", "Summary"),
        Chapter("a", "A", "Stage 1"),
        Chapter("b", "B", "Stage 2"),
        Chapter("x", "Annex", number="A"),
    )
    assert chapter_numbers(chapters) == ("", "1", "2", "A")


def test_figures_are_numbered_within_their_chapter() -> None:
    picture = Picture("p", "P", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>", "d")
    chapters = tuple(Chapter(key, key, "Stage", sections=(Section("", pictures=(picture, picture)),)) for key in "ab")
    values = page_values(make_book(chapters), ENGLISH)
    labels = [figure["label"] for chapter in values["chapters"] for figure in chapter["sections"][0]["figures"]]
    assert labels == ["Figure 1.1", "Figure 1.2", "Figure 2.1", "Figure 2.2"]


def test_a_table_that_stands_twice_comes_once_in_the_workbook() -> None:
    table = Table("t", "T", (TableColumn("a", "A"),), [["x"]])
    chapters = (
        Chapter("a", "A", sections=(Section("", tables=(table,)),)),
        Chapter("b", "B", sections=(Section("", tables=(table,)),)),
    )
    assert make_book(chapters, annexes=(table,)).tables == (table,)


def test_a_very_long_table_is_cut_in_print_and_says_so() -> None:
    values = table_values(barriers(MOST_ROWS + 1), ENGLISH)
    assert len(values["rows"]) == MOST_ROWS
    assert "The first 400 of 401 rows" in values["note"]


def test_an_empty_table_says_that_nothing_has_been_entered() -> None:
    empty = Table("t", "T", (TableColumn("a", "A"),), [])
    page = book_html(make_book((Chapter("c", "C", sections=(Section("S", tables=(empty,)),)),)), ENGLISH)
    assert "Nothing has been entered here yet." in page


def test_many_text_columns_turn_the_chapter_into_landscape_and_many_numbers_do_not() -> None:
    turned = {chapter["key"]: chapter["landscape"] for chapter in page_values(sample_book(), ENGLISH)["chapters"]}
    assert turned["annex-a"] is True
    assert turned["priorities"] is False
    assert len(register().columns) == 9


def test_rows_shorter_than_the_columns_are_filled_with_unknown() -> None:
    table = Table("t", "T", (TableColumn("a", "A"), TableColumn("b", "B")), [["x"], ["y", "z", "surplus"]])
    assert [[cell["text"] for cell in row["cells"]] for row in table_values(table, ENGLISH)["rows"]] == [
        ["x", "–"],
        ["y", "z"],
    ]


def test_an_arabic_book_is_right_to_left_and_sets_latin_names_apart() -> None:
    page = book_html(arabic_book(), language("ar"))
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span dir="ltr">Blue Coast Ltd (2026)</span>' in page
    assert "IBMPlexSansArabic-Regular.ttf" in page


def test_the_large_chinese_letters_come_only_when_there_is_chinese() -> None:
    assert "IBMPlexSansSC" not in book_html(sample_book(), ENGLISH).split("</style>")[0].split("@page")[0]
    assert "IBMPlexSansSC-Regular.ttf" in book_html(sample_book(country="凯尔瓦拉"), ENGLISH)


def test_a_chapter_may_have_a_template_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own_templates(tmp_path, monkeypatch)
    (folder / "chapters" / "barriers.html").write_text("<p>Own: {{ chapter.title }} {{ chapter.extra.told }}</p>")
    book = make_book((Chapter("barriers", "Barriers & more", values={"told": message("Told {n}", n=3)}),))
    assert "<p>Own: Barriers &amp; more Told 3</p>" in book_html(book, ENGLISH)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ say.__globals__['os'] }}",
        "{{ say.__self__.__init__.__globals__ }}",
        "{% set _ = chapters.append(1) %}",
        "{% include '../../etc/passwd' %}",
    ],
)
def test_a_template_cannot_reach_the_program_or_change_the_values(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_templates(tmp_path, monkeypatch) / "book.html").write_text(attack)
    with pytest.raises(Refused, match="template of the report cannot be used"):
        book_html(sample_book(), ENGLISH)
