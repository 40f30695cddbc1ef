"""How long reports take beside the bare libraries, as ratios measured in one run; nothing is asserted about time.

PDF: ``write_pdf`` in a running program (page values, templates, child process with its imports, layout, writing,
replacing) over one whole process that does no more than ``weasyprint.HTML(file).write_pdf(...)`` with the same page,
the same fonts and PDF variant. Excel: ``write_workbook`` over openpyxl writing the same values without any format,
with and without its write-only mode. Each is the median of several turns taken alternately.

Run alone with ``python tests/benchmarks/bench_report.py`` or by ``make bench``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.builders.book import barriers, register, sample_book, scores  # noqa: E402
from tna_desktop.kernel.text import language  # noqa: E402
from tna_desktop.paths import resource  # noqa: E402
from tna_desktop.reports.book import make_book  # noqa: E402
from tna_desktop.reports.pages import book_html  # noqa: E402
from tna_desktop.reports.pdf import write_pdf  # noqa: E402
from tna_desktop.reports.workbook import write_workbook  # noqa: E402

BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"


def medians(turns: int, **ways: Callable[[], object]) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(turns):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            took[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in took.items()}


def pdf_ratio(folder: Path, turns: int = 5) -> float:
    english, book = language("en"), sample_book()
    page = folder / "page.html"
    fonts = resource("fonts").resolve().as_uri()
    page.write_text(book_html(book, english).replace('url("bundled:', f'url("{fonts}/'), encoding="utf-8")
    took = medians(
        turns,
        ours=lambda: write_pdf(book, english, folder / "ours.pdf"),
        bare=lambda: subprocess.run([sys.executable, "-c", BARE, str(page), str(folder / "bare.pdf")], check=True),
    )
    ratio = took["ours"] / took["bare"]
    print(f"ratio report_pdf/bare_weasyprint {ratio:.2f}  ({took['ours']:.2f} s, {took['bare']:.2f} s)")
    return ratio


def excel_ratio(folder: Path, turns: int = 5) -> float:
    from openpyxl import Workbook

    english = language("en")
    book = make_book((), (barriers(4000), register(3000), scores()), title="Large")

    def bare(write_only: bool) -> None:
        workbook = Workbook(write_only=write_only)
        for table in book.tables:
            sheet = workbook.create_sheet(table.title)
            sheet.append([column.title for column in table.columns])
            for row in table.rows:
                sheet.append(list(row))
            if table.total:
                sheet.append(list(table.total))
        workbook.save(folder / "bare.xlsx")

    took = medians(
        turns,
        ours=lambda: write_workbook(book, english, folder / "ours.xlsx"),
        streamed=lambda: bare(True),
        usual=lambda: bare(False),
    )
    ratio = took["ours"] / took["streamed"]
    print(f"ratio report_xlsx/bare_openpyxl_write_only {ratio:.2f}  ({took['ours']:.2f} s, {took['streamed']:.2f} s)")
    print(f"ratio report_xlsx/bare_openpyxl {took['ours'] / took['usual']:.2f}  ({took['usual']:.2f} s)")
    return ratio


@pytest.mark.benchmark
def test_pdf_beside_bare_weasyprint(tmp_path: Path) -> None:
    pdf_ratio(tmp_path)
    assert (tmp_path / "ours.pdf").stat().st_size > 0


@pytest.mark.benchmark
def test_excel_beside_bare_openpyxl(tmp_path: Path) -> None:
    excel_ratio(tmp_path)
    assert (tmp_path / "ours.xlsx").stat().st_size > 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        pdf_ratio(Path(scratch))
        excel_ratio(Path(scratch))
