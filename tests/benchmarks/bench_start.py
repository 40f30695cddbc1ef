"""How long until the start page is painted, against a bare window of the same toolkit: whole processes, median of nine.

Two bare windows: one that names nothing of Qt but its four classes, and one that also names `Qt` once. That name alone
makes PySide6 build 93 enumerations, and no program does without it: the second is what a real program can come near to.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

import pytest

RUNS = 9
AIM = 1.3

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

class Painted(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, told)

def told():
    print(time.monotonic() - float(sys.argv[1]))
    app.quit()

app = QApplication([])
window = QMainWindow()
window.setCentralWidget(Painted())
window.resize(1366, 768)
window.show()
app.exec()
"""

NAMING_QT = BARE.replace("import QEvent, QTimer", "import QEvent, Qt, QTimer")

# As the command begins: see _window() in cli.py.
OURS = """
import gc
gc.disable()
import sys, time
from tna_desktop.app import application
from tna_desktop.settings import Settings
from tna_desktop.shell.window import MainWindow

def told():
    print(time.monotonic() - float(sys.argv[1]), flush=True)
    import os
    os._exit(0)

app = application()
window = MainWindow(Settings.load())
window.painted.connect(told)
window.show()
app.exec()
"""


def seconds(program: str, home: str) -> float:
    """From the start of the process to the first painting, in seconds. The clock is the same in both processes."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home}
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        surroundings[variable] = os.path.join(home, variable)
    # As installed: compiled once, then read; the first run of each program fills the cache.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    surroundings["PYTHONPYCACHEPREFIX"] = os.path.join(home, "compiled")
    began = time.monotonic()
    command = [sys.executable, "-c", program, str(began)]
    told = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
    return float(told.stdout.split()[0])


def main() -> float:
    with tempfile.TemporaryDirectory() as home:
        programs = (BARE, NAMING_QT, OURS)
        for program in programs:
            seconds(program, home)
        # One after the other, so that a busy moment of the computer meets all of them.
        rounds = [[seconds(program, home) for program in programs] for _ in range(RUNS)]
    bare, naming, ours = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(
        f"first painting: bare window {bare * 1000:.0f} ms, naming Qt {naming * 1000:.0f} ms, "
        f"start page {ours * 1000:.0f} ms; "
        f"ratio to the bare window {ours / bare:.2f} (aim {AIM}), to the one naming Qt {ours / naming:.2f}"
    )
    return ours / bare


@pytest.mark.benchmark
def test_first_painting() -> None:
    main()


if __name__ == "__main__":
    main()
