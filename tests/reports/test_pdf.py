"""The PDF: what it holds, how it is tagged, what it cannot reach, and what happens when it cannot be made."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from tests.builders.book import TECHNOLOGIES, arabic_book, sample_book, shortlist
from tests.reports.test_pages import own_templates
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.reports import pdf
from tna_desktop.reports.book import make_book
from tna_desktop.reports.chapter import Aside, Chapter, Section
from tna_desktop.reports.pages import book_html
from tna_desktop.reports.pdf import write_pdf
from tna_desktop.reports.pdf_worker import make_pdf
from tna_desktop.reports.values import shown

ENGLISH = language("en")


def squeezed(text: str) -> str:
    """Text without what line breaks add: white space and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    shares: list[float] = []
    assert write_pdf(sample_book(), ENGLISH, path, progress=shares.append) is True
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return path


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this computer that notes who asks for what."""
    hits: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"body{color:red}")

        def log_message(self, *words: object) -> None:
            pass

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", hits
    listening.shutdown()
    listening.server_close()


def test_every_cell_of_every_table_can_be_read_in_the_pdf(report: Path) -> None:
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(report).pages))
    for table in sample_book().tables:
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                assert squeezed(shown(value, column, ENGLISH)) in text, (table.key, value)


def test_the_figure_keeps_its_letters(report: Path) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(report).pages)
    assert all(squeezed(name) in squeezed(text) for name in TECHNOLOGIES)


def test_the_pdf_has_title_language_tags_outline_and_alternative_text(report: Path) -> None:
    reader = pypdf.PdfReader(report)
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Technology Needs Assessment for Biodiversity – Republic of Kelvara, 2026"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"pdfuaid" in root["/Metadata"].get_data()
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == [
        "Summary",
        "Who has a stake in these technologies",
        "What the country wants to gain",
        "Priority technologies and how sure we are of them",
        "What stands in the way",
        "Stakeholder register",
    ]
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = [tag["/S"] for tag in tags]
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(kinds)
    figures = [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"]
    assert figures == ["Community mangrove nurseries lead with 84 points of 100."]


def _tags(element: object) -> Iterator[pypdf.generic.DictionaryObject]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for child in element:
            yield from _tags(child)
    elif isinstance(element, dict):
        if "/S" in element:
            yield element
        yield from _tags(element.get("/K", []))


def test_all_letters_are_embedded_and_bundled(report: Path) -> None:
    names = set()
    for page in pypdf.PdfReader(report).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            names.add(descriptor["/FontName"])
    assert names
    assert all("Plex" in name for name in names), names


def test_the_contents_tell_the_pages_where_chapters_are(report: Path) -> None:
    pages = pypdf.PdfReader(report).pages
    contents = pages[1].extract_text()
    for title in ("Priority technologies and how sure we are of them", "What stands in the way"):
        line = next(line for line in contents.splitlines() if title in line)
        number = int(re.search(r"(\d+)$", line.strip()).group(1))  # type: ignore[union-attr]
        assert squeezed(title) in squeezed(pages[number - 1].extract_text())


def test_a_made_up_example_is_named_so_on_the_cover_and_every_foot(report: Path) -> None:
    assert all("Fictional example" in page.extract_text() for page in pypdf.PdfReader(report).pages)


def test_an_arabic_report_is_read_from_the_right(tmp_path: Path) -> None:
    path = tmp_path / "تقرير.pdf"
    write_pdf(arabic_book(), language("ar"), path)
    reader = pypdf.PdfReader(path)
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Direction"] == "/R2L"
    places: dict[str, float] = {}
    reader.pages[1].extract_text(
        visitor_text=lambda text, cm, tm, font, size: places.setdefault(text.strip(), tm[4] * cm[0] + cm[4])
    )
    # The page number stands at the end of the foot, which is the left.
    assert places["2"] < 100


def test_arabic_letters_in_a_figure_join_as_they_do_in_text(tmp_path: Path) -> None:
    from tna_desktop.reports.fonts import font_style

    word = "مشاتل المانغروف"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30"><text x="5" y="20" font-size="12" '
        f'font-family="IBM Plex Sans Arabic">{word}</text></svg>'
    )
    style = font_style("ar", word) + " p { font: 12px 'IBM Plex Sans Arabic' }"
    head = f"<html lang=ar><title>t</title><style>{style}</style>"
    import base64

    source = base64.b64encode(drawing.encode()).decode()
    make_pdf(f"{head}<img alt=x src='data:image/svg+xml;base64,{source}'>", tmp_path / "figure.pdf")
    make_pdf(f"{head}<p dir=rtl>{word}</p>", tmp_path / "text.pdf")
    figure, text = _glyphs(tmp_path / "figure.pdf"), _glyphs(tmp_path / "text.pdf")
    assert len(figure) == 1
    assert len(figure[0]) == len(text[0])
    assert figure == text


def _glyphs(path: Path) -> list[str]:
    """The runs of glyphs that a one-page PDF draws, as hexadecimal text without the kerning between them."""
    page = pypdf.PdfReader(path).pages[0]
    streams = [page.get_contents().get_data()]  # type: ignore[union-attr]
    streams += [form.get_object().get_data() for form in page["/Resources"].get("/XObject", {}).values()]
    shown_runs = re.findall(rb"\[(.*?)\]\s*TJ", b"\n".join(streams), re.S)
    return ["".join(part.decode() for part in re.findall(rb"<([0-9a-fA-F]+)>", run)) for run in shown_runs]


def test_a_page_can_fetch_nothing_but_what_it_brings(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, hits = server
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    page = f"""<html lang=en><head><title>t</title><link rel=stylesheet href="{address}/a.css">
      <link rel=attachment href="{secret.as_uri()}"><link rel=attachment href="{address}/b.txt">
      <style>@import url({address}/c.css); @font-face {{ font-family: x; src: url({address}/d.ttf) }}
      @font-face {{ font-family: y; src: url("bundled:../../pyproject.toml") }}
      body {{ background: url({address}/e.png); font-family: x, y }}</style></head>
      <body><img alt=x src="{address}/f.png"><img alt=x src="{secret.as_uri()}"><object data="{address}/g"></object>
      <img alt=x src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/h.png"/></svg>'>
      <a rel=attachment href="{secret.as_uri()}">text</a></body></html>"""
    make_pdf(page, tmp_path / "page.pdf")
    assert hits == []
    assert "/EmbeddedFiles" not in pypdf.PdfReader(tmp_path / "page.pdf").trailer["/Root"].get("/Names", {})
    assert b"secret" not in (tmp_path / "page.pdf").read_bytes()
    urllib.request.urlopen(address + "/control").close()
    assert hits == ["/control"]


def test_a_changed_template_can_fetch_nothing_either(
    tmp_path: Path, server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, hits = server
    folder = own_templates(tmp_path, monkeypatch)
    book = (folder / "book.html").read_text()
    passwords = Path("/etc/passwd").as_uri()
    (folder / "book.html").write_text(
        book.replace(
            "<style>",
            f'<link rel=attachment href="{passwords}"><link rel=stylesheet href="{address}/x"><style>',
        )
    )
    write_pdf(sample_book(), ENGLISH, tmp_path / "r.pdf")
    assert hits == []
    assert not pypdf.PdfReader(tmp_path / "r.pdf").attachments


def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"
    (own_templates(tmp_path, monkeypatch) / "book.html").write_text(endless)
    with pytest.raises(Refused, match="took longer"):
        write_pdf(sample_book(), ENGLISH, tmp_path / "r.pdf", longest=1.0)
    assert not (tmp_path / "r.pdf").exists()


def test_a_template_with_a_mistake_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own_templates(tmp_path, monkeypatch) / "parts" / "cover.html").write_text("{% if %}")
    with pytest.raises(Refused, match="parts/cover.html"):
        write_pdf(sample_book(), ENGLISH, tmp_path / "r.pdf")


def test_stopping_leaves_the_old_report_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"the old one")
    assert write_pdf(sample_book(), ENGLISH, path, cancelled=lambda: True) is False
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_refused_at_the_field(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder") as refused:
        write_pdf(sample_book(), ENGLISH, tmp_path / "nowhere" / "report.pdf")
    assert refused.value.field == "path"


def test_a_folder_as_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is a folder"):
        write_pdf(sample_book(), ENGLISH, tmp_path)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGABRT)", "stopped unexpectedly"),
        ("print('failed library \"cannot load library libpango\"', flush=True)", "install Pango"),
        ("print('failed memory \"MemoryError\"', flush=True)", "too large for the memory"),
        ("print('failed full \"x\"', flush=True)", "disk is full"),
        ("raise SystemExit('does not know what to do')", "stopped unexpectedly"),
    ],
)
def test_a_child_that_fails_becomes_one_sentence(
    program: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "worker_command", lambda target: [sys.executable, "-c", program])
    with pytest.raises(Refused, match=sentence):
        write_pdf(sample_book(), ENGLISH, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 40 KB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(folder)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk cannot be made here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_and_leaves_the_old_report(tiny_disk: Path) -> None:
    path = tiny_disk / "report.pdf"
    path.write_bytes(b"the old one")
    with pytest.raises(Refused, match="disk is full") as refused:
        write_pdf(sample_book(), ENGLISH, path)
    assert refused.value.field == "path"
    assert path.read_bytes() == b"the old one"
    assert list(tiny_disk.iterdir()) == [path]


@pytest.mark.parametrize("lines", range(20, 32))
def test_no_heading_stays_behind_when_its_table_goes_to_the_next_page(lines: int, tmp_path: Path) -> None:
    asides = (Aside("A remark that takes a few lines beside the table.", "A remark"), Aside("Another.", "Another"))
    before = Section("", tuple(f"Line {number}." for number in range(lines)))
    section = Section("Heading of it", tables=(shortlist(),), asides=asides)
    book = make_book((Chapter("c", "Title", "Stage 1", sections=(before, section)),), title="T")
    make_pdf(book_html(book, ENGLISH), tmp_path / "r.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages][2:]
    with_heading = next(text for text in pages if "Heading of it" in text)
    assert "Community" in with_heading
    assert "A remark" in with_heading
