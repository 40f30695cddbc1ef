"""A new, empty assessment, gone through by keys from end to end, in a program of its own: it must still be there at the end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WALK = """
import gc, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from tna_desktop import app
from tna_desktop.settings import Settings
from tna_desktop.shell import opening
from tna_desktop.shell.window import MainWindow

running = app.application()

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

settings = Settings()
settings.language = "en"
window = MainWindow(settings)
window.resize(1366, 768)
window.show()
path = Path(sys.argv[1])
window._open(lambda: opening.begun(path, {"workflow": "cbd", "country": "Kelvara", "language": "en"}), path)
while window.workspace is None:
    wait(50)
seen = []
for stage in range(1, 7):
    QTest.keyClick(window, getattr(Qt.Key, f"Key_{stage}"), Qt.KeyboardModifier.AltModifier)
    wait(60)
    while True:
        seen.append(window.workspace.here())
        wait(60)
        gc.collect()
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        wait(60)
        here = window.workspace.here()
        if here == seen[-1] or here.split(".")[0] != seen[-1].split(".")[0]:
            break
window.grab()
window.workspace.desk.document.close(publish=False)
print("walked", len(set(seen)), flush=True)
import os
os._exit(0)
"""


def test_an_empty_assessment_is_walked_by_keys(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", WALK, str(tmp_path / "new.tna")],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-3000:]
    assert "Error calling Python override" not in told.stderr and "Traceback" not in told.stderr, told.stderr[-3000:]
    assert told.stdout.startswith("walked") and int(told.stdout.split()[1]) >= 20
