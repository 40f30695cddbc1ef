"""The application: fonts, theme, language, what happens when something goes wrong, and the one window."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from . import __version__
from .paths import user_data
from .settings import Settings
from .shell import opening
from .shell.window import MainWindow
from .ui.theme import IN_FUSION

if TYPE_CHECKING:
    from types import TracebackType

#: How often what is no longer used is collected, in milliseconds; every so many times thoroughly.
COLLECT, THOROUGHLY = 3000, 20
#: The error log is begun anew when it has grown to this many bytes.
LARGEST_LOG = 1_000_000


def run(path: Path | None = None, sample: bool = False) -> int:
    """Open the window, with a file or the sample if asked, and stay until it is closed."""
    app = application()
    opening.SAMPLE_BUILDER[0] = _build_sample
    window = MainWindow(Settings.load())
    sys.excepthook = lambda kind, problem, trace: report(window, kind, problem, trace)
    window.painted.connect(log_to_file)
    window.painted.connect(lambda: collect_here(window))
    window.showMaximized()
    if sample:
        window.painted.connect(window.open_sample)
    elif path is not None:
        window.painted.connect(lambda: window.open_path(Path(path)))
    return app.exec()


def application() -> QApplication:
    """The one application of this process, named.

    From here on garbage is only collected where collect_here() says: a collection that happens to run in a worker
    would take widgets apart there, and Qt crashes.
    """
    gc.disable()
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QCoreApplication.setApplicationName("TNA Desktop")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("tna-desktop")
    made = QApplication([*sys.argv[:1], "-style", "Fusion"])
    made.setProperty(IN_FUSION, True)
    return made


def collect_here(window: MainWindow) -> None:
    """Collect garbage on the window's thread, little and often."""
    turns = 0

    def collect() -> None:
        nonlocal turns
        turns += 1
        gc.collect(2 if turns % THOROUGHLY == 0 else 1)

    timer = QTimer(window)
    timer.setInterval(COLLECT)
    timer.timeout.connect(collect)
    timer.start()


def report(window: MainWindow, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Something failed that should not have: say so in one sentence, write down what, keep the document."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    import traceback

    text = "".join(traceback.format_exception(kind, problem, trace))
    sys.stderr.write(text)
    kept = write_down(text)
    say = window.language.say
    sentence = say("Something went wrong; your work is safe. What happened is written in {file}.", file=str(kept))
    window.tell_error(sentence if kept else say("Something went wrong; your work is safe."))


def write_down(text: str) -> Path | None:
    """Add a traceback to the error log in the person's own data; None if that cannot be written either."""
    from datetime import UTC, datetime

    path = error_log()
    try:
        large = path.exists() and path.stat().st_size > LARGEST_LOG
        with open(path, "w" if large else "a", encoding="utf-8") as file:
            file.write(f"\n{datetime.now(UTC).isoformat(timespec='seconds')} TNA Desktop {__version__}\n{text}")
    except OSError:
        return None
    return path


def error_log() -> Path:
    return user_data() / "errors.log"


def log_to_file() -> None:
    """What the program logs as an error goes to the same file as what breaks it."""
    import logging

    class ErrorLog(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            write_down(logging.Formatter().format(record))

    logging.getLogger("tna_desktop").addHandler(ErrorLog(logging.ERROR))


def _build_sample(path: Path) -> None:
    from .sample import build_sample

    build_sample(path)
