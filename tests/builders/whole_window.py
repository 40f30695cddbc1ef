"""The whole program in one window, as a person has it: opened on a file, walked through screen by screen."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QThreadPool, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from tna_desktop.settings import Settings
from tna_desktop.shell.window import MainWindow
from tna_desktop.shell.workspace import Workspace
from tna_desktop.ui import tasks

#: What Qt itself says without a screen; nothing the program did.
EXPECTED_MESSAGES = ("This plugin does not support propagateSizeHints()", "This plugin does not support raise()")


def rest(milliseconds: int = 0) -> None:
    """Let the window work. Its own loop, because QTest.qWait holds the interpreter and workers would starve."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(ready: Callable[[], object], seconds: float = 30) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "the window did not come so far"
        rest(10)


def settle(seconds: float = 30) -> None:
    """Until no work is under way in the background, and what it brought is shown."""
    rest(20)
    wait_for(lambda: not QThreadPool.globalInstance().activeThreadCount(), seconds)
    rest(20)


def open_window(
    path: Path | None = None, code: str = "en", width: int = 1366, height: int = 768, **settings: object
) -> MainWindow:
    """The window, painted, and with the file open if one is given."""
    window = MainWindow(Settings(**{"language": code, "theme": "light", "author": "Facilitator", **settings}))
    window.resize(width, height)
    window.show()
    wait_for(lambda: window._was_painted)
    settle()
    if path is not None:
        open_file(window, path)
    return window


def open_file(window: MainWindow, path: Path, read_only: bool = False) -> Workspace:
    """Open a file and wait until its checks ran."""
    window.open_path(path, read_only=read_only)
    wait_for(lambda: window.workspace is not None)
    wait_for(lambda: bool(window.workspace.checkup.findings))
    settle()
    return window.workspace


def close_window(window: MainWindow) -> None:
    """Let go of the file without keeping anything, and take the window down for good."""
    space = window.workspace
    if space is not None:
        space.end()
        stop_tasks()
        settle()
        space.desk._quiet.stop()
        space.desk.document.close(publish=False)
        window.workspace = None
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app = QApplication.instance()
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def steps(space: Workspace) -> list[str]:
    return [stop.place for stop in space.route]


def walk(space: Workspace, report: bool = True) -> Iterator[str]:
    """Show every step and page, one after the other; its name is given when it is there to be looked at.

    With ``report`` the pages of the report are waited for once; they take longer than everything else.
    """
    for place in steps(space):
        space.show_step(place)
        if place == "synthesis.compose" and report or not place.startswith("synthesis."):
            settle()
        else:
            rest(400)
        yield place
        if place != "synthesis.readiness" or not report:
            stop_tasks()
    for page in ("overview", "decisions", "settings"):
        space.show_page(page)
        if report:
            settle()
        else:
            rest(60)
        yield page


def stop_tasks() -> None:
    for task in list(tasks._ALIVE.values()):
        task.cancel()


@contextmanager
def in_dialog(begin: Callable[[], object]) -> Iterator[QWidget]:
    """What is asked by ``begin``, shown but not waited for; put away at the end."""
    from PySide6.QtWidgets import QDialog

    shown: list[QDialog] = []
    kept = QDialog.exec

    def show_only(dialog: QDialog) -> int:
        # Its parts stay alive after begin() has gone on as if it had been cancelled.
        dialog.deleteLater = lambda: None
        shown.append(dialog)
        dialog.show()
        return 0

    QDialog.exec = show_only
    try:
        begin()
        rest(30)
    finally:
        QDialog.exec = kept
    assert shown, "nothing was asked"
    try:
        yield shown[0]
    finally:
        shown[0].hide()
        QDialog.deleteLater(shown[0])


@contextmanager
def listening() -> Iterator[list[str]]:
    """Everything Qt or the program complains about meanwhile."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    def told(_kind: object, _context: object, words: str) -> None:
        if words not in EXPECTED_MESSAGES:
            heard.append(words)

    ear = Ear(logging.WARNING)
    logging.getLogger().addHandler(ear)
    before = qInstallMessageHandler(told)
    try:
        yield heard
    finally:
        qInstallMessageHandler(before)
        logging.getLogger().removeHandler(ear)
