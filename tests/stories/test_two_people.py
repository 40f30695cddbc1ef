"""Two people want the same file: the second one is told who has it, may read it, and loses nothing by waiting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.builders.whole_window import close_window, listening, open_window, settle, wait_for
from tna_desktop.kernel import assessment

#: The other one: another process that opens the file, tells so, and lets go when asked to.
OTHER = """
import sys
from pathlib import Path
from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.stages import load_tables
load_tables()
document = Document.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
document.do(assessment.change_facts, author="Hana", title="Changed by the other one")
document.publish()
document.close()
print("closed", flush=True)
"""


def test_the_second_one_reads_and_later_writes(qapp, sample: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(sample)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline().strip() == "open"
        with listening() as heard:
            window = open_window()
            window.open_path(sample)
            wait_for(lambda: bool(window.start and window.start.banners()))
            (banner,) = window.start.banners()
            next(button for button in banner.buttons() if button.words() == "Open read-only").click()
            wait_for(lambda: window.workspace is not None)
            settle()
            space = window.workspace
            assert space.appbar.saved.text() == "Read-only"
            for place in ("stakeholders.register", "priorities.scores", "actions.plan"):
                space.show_step(place)
                settle()
                # Whatever is tried, nothing is written.
                assert space.desk.attempt(assessment.mark_step, place, False) is None
            assert not space.appbar.undo.isEnabled() or space.desk.undo() is None
            before = space.title()

            other.stdin.write("\n")
            other.stdin.flush()
            assert other.stdout.readline().strip() == "closed"
            assert other.wait(30) == 0
            window.close_assessment()
            window.open_path(sample)
            wait_for(lambda: window.workspace is not None)
            settle()
            assert before != window.workspace.title() == "Changed by the other one"
            window.workspace.desk.do(assessment.change_facts, title="And now by me")
            assert window.workspace.desk.document.next_undo() is not None
            close_window(window)
        assert heard == []
    finally:
        other.kill()
        other.wait()
