"""How pages are arranged: the contents on one page, the foot in one line, no holes, no table torn without need."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from tests.builders.book import sample_book
from tna_desktop.kernel.text import language
from tna_desktop.reports.book import make_book
from tna_desktop.reports.chapter import Aside, Chapter, Section
from tna_desktop.reports.pages import book_html, page_values
from tna_desktop.reports.pdf_worker import make_pdf
from tna_desktop.reports.table import Place, Table, TableColumn, places, printed
from tna_desktop.reports.values import shown
from tna_desktop.reports.words import in_words

ENGLISH = language("en")
CAUTION = "Kelvara is a fictional country; every name and number in this sample is invented."


def lines_of(page: pypdf.PageObject) -> dict[float, str]:
    """The lines of a page by their height above its foot."""
    found: dict[float, str] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            height = round(tm[5] * cm[3] + cm[5], 1)
            found[height] = found.get(height, "") + text

    page.extract_text(visitor_text=visit)
    return found


def table(rows: int, text: str = "A few words", key: str = "t", wide: bool = True) -> Table:
    return Table(key, "T", (TableColumn("a", "A"), TableColumn("b", "B")), [[text, text]] * rows, wide=wide)


@pytest.mark.parametrize(("sections", "code"), [(1, "en"), (3, "en"), (8, "en"), (3, "ar")])
def test_the_contents_take_one_page_however_many_sections_there_are(sections: int, code: str, tmp_path: Path) -> None:
    stages = [
        Chapter(f"s{n}", f"Chapter {n}", f"Stage {n}", sections=tuple(Section(f"Section {n}.{k}", ("Words.",)) for k in range(sections)))
        for n in range(1, 7)
    ]  # fmt: skip
    annexes = [
        Chapter(f"a{letter}", f"Annex on {letter}", number=letter, sections=(Section("Inside", ("Words.",)),))
        for letter in "ABCDEFG"
    ]
    book = make_book(
        (Chapter("summary", "Summary"), *stages, *annexes), title="T", country="C", fictional=CAUTION, status="Draft"
    )
    make_pdf(book_html(book, language(code)), tmp_path / "r.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages]
    assert "Annex on G" in pages[1]
    assert "Inside" not in pages[1]
    assert "Summary" in pages[2] and "Annex on G" not in pages[2]


def test_the_foot_is_one_line_and_says_fictional_in_short(tmp_path: Path) -> None:
    book = sample_book(fictional=CAUTION, foot="Draft, 22 November 2026")
    make_pdf(book_html(book, ENGLISH), tmp_path / "r.pdf")
    pages = pypdf.PdfReader(tmp_path / "r.pdf").pages
    for page in pages[1:]:
        # Both in full on the same line.
        assert any("Draft, 22 November 2026Fictional example" in text for text in lines_of(page).values())
    whole = [page.extract_text().replace("\n", " ") for page in pages]
    assert [number for number, text in enumerate(whole) if CAUTION in text] == [0, 1]


def test_what_holds_for_the_whole_report_stands_at_its_end(tmp_path: Path) -> None:
    make_pdf(book_html(sample_book(notes=("Amounts are in USD.",)), ENGLISH), tmp_path / "r.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages]
    assert "About this report" not in pages[1]
    assert "About this report" in pages[-1] and "Amounts are in USD." in pages[-1]


def test_long_remarks_above_a_wide_table_stand_in_a_row_and_short_ones_beside_the_text() -> None:
    long = tuple(Aside("Many words of a remark. " * 8, "A remark") for _ in range(2))
    sections = (
        Section("One", ("Short.",), tables=(table(3),), asides=long),
        Section("Two", ("Long enough. " * 60,), tables=(table(3),), asides=long[:1]),
        Section("Three", ("Short.",), tables=(table(3, wide=False),), asides=long),
    )
    chapter = page_values(make_book((Chapter("c", "C", sections=sections),)), ENGLISH)["chapters"][0]
    assert [section["across"] for section in chapter["sections"]] == [True, False, False]


def test_a_short_table_is_not_parted_and_a_long_one_may_be() -> None:
    sections = (Section("One", tables=(table(4),)), Section("Two", tables=(table(40),)))
    chapter = page_values(make_book((Chapter("c", "C", sections=sections),)), ENGLISH)["chapters"][0]
    assert [section["tables"][0]["together"] for section in chapter["sections"]] == [True, False]


def test_many_bullets_stand_in_two_columns() -> None:
    sections = (Section("", bullets=("Short.",) * 12), Section("", bullets=("Short.",) * 13))
    chapter = page_values(make_book((Chapter("c", "C", sections=sections),)), ENGLISH)["chapters"][0]
    assert [section["columned"] for section in chapter["sections"]] == [False, True]


def test_a_shared_place_is_marked_and_still_counts_as_a_number() -> None:
    column = TableColumn("rank", "Rank", "number", 0)
    assert [shown(place, column, ENGLISH) for place in places([1, 2, 2, 4, None])] == ["1", "2=", "2=", "4", "–"]
    assert Place(4, True) == 4


def test_a_description_that_nobody_wrote_takes_no_column_in_print_only() -> None:
    whole = Table(
        "t",
        "T",
        (TableColumn("a", "A"), TableColumn("b", "B"), TableColumn("c", "C", "number")),
        [["x", "", None], ["y", None, None]],
    )
    short = printed(whole, "a", "b")
    assert [column.key for column in short.columns] == ["a", "c"]
    book = make_book((Chapter("c", "C", sections=(Section("S", tables=(short,)),)),), annexes=(whole,))
    assert book.tables == (whole,)


def test_a_number_is_not_parted_from_its_per_cent_sign() -> None:
    assert "39\u00a0% of it" in book_html(make_book((Chapter("c", "C", lead="It is 39 % of it."),)), ENGLISH)


@pytest.mark.parametrize(
    ("code", "count", "first", "expected"),
    [
        ("en", 4, False, "four"),
        ("en", 10, True, "Ten"),
        ("en", 11, True, "11"),
        ("en", 1, False, "1"),
        ("ru", 4, False, "4"),
        ("ar", 4, False, language("ar").number(4)),
    ],
)
def test_small_numbers_are_words_where_words_do_not_change(code: str, count: int, first: bool, expected: str) -> None:
    assert in_words(count, language(code), first) == expected
