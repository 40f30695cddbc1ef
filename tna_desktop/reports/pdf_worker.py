"""The child process that makes a PDF: page values in, pages out, nothing else within reach.

Started by pdf.py as ``python -m tna_desktop.reports.pdf_worker TARGET``. Reads the page values as JSON from standard
input, writes the PDF to TARGET, and tells on standard output, a line each: ``progress 0.4``, then ``done PAGES``, or
``failed KIND`` followed by a reason in JSON. KIND is one of full, unwritable, memory, library, template, layout.
It can fetch data: addresses and the bundled fonts; no other file and no network.
"""

from __future__ import annotations

import errno
import gc
import json
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Most memory the child may ask for, in bytes (address space, where the system can limit it).
MEMORY = 4 << 30


def main(arguments: list[str]) -> int:
    # What libraries print must not get between the lines of the conversation.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr

    def tell(*words: object) -> None:
        with suppress(OSError):
            print(*words, file=answers, flush=True)

    _limit_memory()
    # Nothing here is thrown away before the end; looking for it costs a quarter of the time.
    gc.disable()
    values = json.load(sys.stdin.buffer)
    tell("progress", 0.05)
    from ..kernel.errors import Refused

    try:
        page = _page(values)
        tell("progress", 0.1)
        pages = make_pdf(page, Path(arguments[0]), tell, values["direction"] == "rtl")
    except Refused as refused:
        tell("failed template", json.dumps(str(refused.reason.values.get("reason", ""))))
    except (MemoryError, RecursionError) as trouble:
        tell("failed memory", json.dumps(type(trouble).__name__))
    except OSError as trouble:
        tell("failed", _kind(trouble), json.dumps(str(trouble)))
    except Exception as trouble:
        logging.getLogger(__name__).exception("The report could not be laid out.")
        tell("failed layout", json.dumps(f"{type(trouble).__name__}: {trouble}"))
    else:
        tell("done", pages)
        answers.flush()
        # The system takes back everything at once; tidying object by object takes a noticeable time.
        sys.stderr.flush()
        os._exit(0)
    return 1


def _page(values: dict[str, Any]) -> str:
    """The report's pages, or those of letters."""
    if values.get("letter"):
        from .letter import letters_html

        return letters_html(values)
    from .pages import html_of

    return html_of(values)


def make_pdf(page: str, target: Path, tell: Any = lambda *words: None, right_to_left: bool = False) -> int:
    """Lay out an HTML page and write it as a tagged PDF; returns the number of pages."""
    import weasyprint

    from .svg_text import join_letters

    join_letters()
    logging.getLogger("weasyprint.progress").setLevel(logging.INFO)
    steps = Steps(tell)
    logging.getLogger("weasyprint.progress").addHandler(steps)
    try:
        tell("progress", 0.2)
        document = weasyprint.HTML(string=page, url_fetcher=bundled_only()).render(pdf_variant="pdf/ua-1")
        tell("progress", 0.75)
        with open(target, "wb") as file:
            document.write_pdf(file, finisher=_turning_left if right_to_left else None, pdf_variant="pdf/ua-1")
        tell("progress", 0.95)
    finally:
        logging.getLogger("weasyprint.progress").removeHandler(steps)
    return len(document.pages)


def _turning_left(document: Any, pdf: Any) -> None:
    """Tell viewers that two pages side by side are read from the right."""
    pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"


class Steps(logging.Handler):
    """Turns WeasyPrint's remarks into a few steps of progress; how many pages there will be, nobody knows before."""

    def __init__(self, tell: Any):
        super().__init__()
        self.tell, self.last = tell, 0.2

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if not text.startswith("Step 5") or "Page" not in text:
            return
        with suppress(ValueError):
            share = 0.7 - 0.45 * 0.96 ** int(text.rsplit(" ", 1)[1])
            if share >= self.last + 0.05:
                self.last = share
                self.tell("progress", round(share, 2))


def bundled_only() -> Any:
    """A fetcher that gives data: addresses and bundled fonts, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from .fonts import SCHEME, font_file

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(SCHEME + ":"):
                return URLFetcherResponse(
                    url, font_file(url[len(SCHEME) + 1 :]).read_bytes(), {"Content-Type": "font/ttf"}
                )
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols={"data"}, allow_redirects=False)


def _kind(trouble: OSError) -> str:
    if trouble.errno == errno.ENOSPC or trouble.errno == getattr(errno, "EDQUOT", None):
        return "full"
    # WeasyPrint tells of a missing Pango with an OSError of its own, without a number.
    return "library" if trouble.errno is None else "unwritable"


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
