"""Two screens without any: Qt's offscreen platform is told what hangs on the laptop, in a process of its own."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAPTOP, PROJECTOR = (1366, 768), (1280, 800)


def configuration(folder: Path, *, right_to_left: bool = False) -> Path:
    """A file that describes a laptop and a projector at its side."""
    left = -PROJECTOR[0] if right_to_left else LAPTOP[0]
    screens = [
        {"name": "laptop", "x": 0, "y": 0, "width": LAPTOP[0], "height": LAPTOP[1]},
        {"name": "projector", "x": left, "y": 0, "width": PROJECTOR[0], "height": PROJECTOR[1]},
    ]
    rest = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "two_screens.json"
    path.write_text(json.dumps({"screens": [{**screen, **rest} for screen in screens]}), "utf-8")
    return path


def run(script: str, folder: Path, *arguments: str) -> dict:
    """Run a script with two screens; what it prints last is a JSON object."""
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={configuration(folder)}"}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True, text=True, env=environment, timeout=180, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def can_pull_cables() -> bool:
    return sys.platform.startswith("linux")


def pull_cable(name: str) -> None:
    """Take a screen away as a system does: Qt hears it from its platform and moves what was on it.

    Qt's own functions for platforms are asked, because nothing in Python can. The process must end by ``os._exit``
    afterwards: the platform would take the screen away a second time.
    """
    import PySide6
    import shiboken6
    from PySide6.QtWidgets import QApplication

    library = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"
    qt = ctypes.CDLL(str(library))
    handle = qt._ZNK7QScreen6handleEv
    handle.restype, handle.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    removed = qt._ZN22QWindowSystemInterface19handleScreenRemovedEP15QPlatformScreen
    removed.restype, removed.argtypes = None, [ctypes.c_void_p]
    screen = next(screen for screen in QApplication.screens() if screen.name() == name)
    removed(handle(shiboken6.getCppPointer(screen)[0]))
    QApplication.processEvents()
