"""The power fails while somebody works in the window: the next start offers the work, and nothing of it is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.builders.whole_window import close_window, open_window, settle, wait_for
from tna_desktop.stages.stakeholders import reading as stakeholders

#: Somebody at work: the real window, edits by its own table; each name is told when it is durable.
WORKING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import Qt
from tna_desktop.app import application
application()
from tests.builders.whole_window import open_window, rest, settle
window = open_window(Path(sys.argv[1]))
space = window.workspace
space.desk._quiet.setInterval(600_000)  # the file itself is not written any more
space.show_step("stakeholders.register")
settle()
table = space.screen().table
window.activateWindow()
table.focus_add_line()
for number in range(12):
    QTest.keyClicks(table.foot.line, f"Village {number}")
    QTest.keyClick(table.foot.line, Qt.Key.Key_Return)
    table.focus_add_line()
    print(f"Village {number}", flush=True)
    rest(1)
print("all", flush=True)
rest(600_000)
"""


def test_nothing_is_lost(qapp, sample: Path) -> None:
    working = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(sample)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    told = []
    for line in working.stdout:
        if line.strip() == "all":
            break
        told.append(line.strip())
    os.kill(working.pid, signal.SIGKILL)
    working.wait()
    assert told == [f"Village {number}" for number in range(12)]

    window = open_window()
    wait_for(lambda: bool(window.start.banners()))
    (banner,) = window.start.banners()
    assert "12 changes are on this computer but not yet in the file." in banner.accessibleName()
    next(button for button in banner.buttons() if button.words() == "Continue").click()
    wait_for(lambda: window.workspace is not None)
    settle()
    names = [row["name"] for row in window.workspace.desk.read(stakeholders.register)]
    assert names[-12:] == told
    assert window.workspace.desk.document.next_undo().about == "Village 11"
    close_window(window)
