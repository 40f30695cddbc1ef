"""The start page: painted before anything heavy is loaded, and honest about files that are gone or not saved."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tna_desktop.kernel import assessment, recovery
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.text import language
from tna_desktop.settings import Recent, Settings
from tna_desktop.shell import files, opening
from tna_desktop.shell.recent import place_text, step_of, told_day, told_place
from tna_desktop.shell.start import StartPage
from tna_desktop.shell.window import MainWindow

HEAVY = ("sqlalchemy", "jinja2", "weasyprint", "openpyxl", "numpy", "babel", "yaml")
FIRST_PAINT = """
import json, os, sys
from tna_desktop.app import application
from tna_desktop.settings import Settings
from tna_desktop.shell.window import MainWindow
app = application()
settings = Settings.load()
window = MainWindow(settings)
def painted():
    print(json.dumps(sorted(name for name in sys.modules if "." not in name)), flush=True)
    os._exit(0)
window.painted.connect(painted)
window.show()
app.exec()
"""

CRASH = """
import os, sys
from pathlib import Path
from tna_desktop.stages import load_tables
load_tables()
from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
document = Document.open(Path(sys.argv[1]))
document.do(assessment.change_facts, title="Changed before the power cut")
os._exit(1)
"""


def test_nothing_heavy_is_loaded_before_the_first_painting() -> None:
    settings = Settings(language="en")
    settings.remember(Path("/nowhere/a.tna"), "Kelvara", "priorities.scores 3 Scores", [1, 0.5])
    told = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(json.loads(told.stdout))
    assert "PySide6" in loaded
    assert not loaded & set(HEAVY)


def test_a_first_run_offers_three_ways_to_begin(qtbot) -> None:
    page = StartPage(language("en"), Settings())
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    assert page.rows() == []
    with qtbot.waitSignal(page.chose_sample):
        page.sample_card.click()


def test_recent_assessments_say_where_the_team_was(qtbot) -> None:
    settings = Settings(
        recent=[
            Recent(
                "/a/kelvara.tna",
                "Kelvara",
                place_text("priorities.scores", 3, "Scores"),
                datetime.now(UTC).isoformat(),
            )
        ]
    )
    page = StartPage(language("en"), settings)
    qtbot.addWidget(page)
    (line,) = page.rows()
    assert "Kelvara, Stage 3, Scores, Today" in line.accessibleName()
    with qtbot.waitSignal(page.opened) as told:
        line.open()
    assert step_of(told.args[0].place) == "priorities.scores"


def test_a_file_that_is_gone_can_be_looked_for(qtbot, tmp_path: Path, file: Path, monkeypatch) -> None:
    settings = Settings(recent=[Recent(str(tmp_path / "gone.tna"), "Gone")])
    made = MainWindow(settings)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.start.rows()[0].missing)
    monkeypatch.setattr(files, "ask_open", lambda *_asked: file)
    made.start.rows()[0].open()
    qtbot.waitUntil(lambda: made.workspace is not None, timeout=20_000)
    assert made.workspace.title() == "Republic of Kelvara"
    assert made.close_assessment()
    assert [recent.path for recent in settings.recent] == [str(file)]


def test_days_are_told_as_people_say_them() -> None:
    english = language("en")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    assert told_day(english, yesterday) == "Yesterday"
    assert told_day(english, "2019-11-18T12:00:00+00:00") == "18 November 2019"
    assert told_day(english, "") == ""
    assert told_place(english, "") == ""


def test_work_left_by_a_crash_is_offered_and_gone_on_with(qtbot, window, file: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(file)], check=False, timeout=60)
    window.show_start()
    qtbot.waitUntil(lambda: bool(window.start.banners()), timeout=20_000)
    (banner,) = window.start.banners()
    assert "1 change is on this computer but not yet in the file." in banner.accessibleName()
    next(button for button in banner.buttons() if button.words() == "Continue").click()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace.title() == "Changed before the power cut"


def test_the_file_itself_opens_with_the_work_a_crash_left(qtbot, window, file: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(file)], check=False, timeout=60)
    window.open_path(file)  # not by the offer: the recent row, the file dialog, a double click
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace.title() == "Changed before the power cut"
    toast = window.workspace.telling.toast
    assert toast.isVisible() and "One change is back" in toast.accessibleName()
    assert window.close_assessment()
    assert recovery.left_work() == []
    window.open_path(file)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace.title() == "Changed before the power cut"
    assert not window.workspace.telling.toast.isVisible()


def test_a_file_changed_since_the_crash_opens_as_it_is_and_the_work_stays_offered(qtbot, window, file: Path) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(file)], check=False, timeout=60)
    (left,) = recovery.left_work()
    kept = left.folder.rename(file.parent / "kept")  # as long as a colleague changes the file on another computer
    document = Document.open(file)
    document.do(assessment.change_facts, title="From a colleague")
    document.close()
    kept.rename(left.folder)
    window.open_path(file)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace.title() == "From a colleague"
    assert [each.folder for each in recovery.left_work()] == [left.folder]


def test_a_file_that_is_no_assessment_is_refused_in_a_sentence(qtbot, window, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.tna"
    foreign.write_text("Dear team")
    window.open_path(foreign)
    qtbot.waitUntil(lambda: bool(window.start.banners()), timeout=20_000)
    assert "letter.tna" in window.start.banners()[0].accessibleName()
    assert window.workspace is None


def test_a_file_open_elsewhere_can_be_read(qtbot, window, file: Path) -> None:
    other = Document.open(file)
    try:
        window.open_path(file)
        qtbot.waitUntil(lambda: bool(window.start.banners()), timeout=20_000)
        next(button for button in window.start.banners()[0].buttons() if button.words() == "Open read-only").click()
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
        space = window.workspace
        assert space.desk.document.read_only
        assert space.appbar.saved.text() == "Read-only"
        assert not space.header.done.isEnabled()
        assert [button.words() for button in space.saving.banner.buttons()] == ["Save a copy to edit"]
    finally:
        other.close()


def test_the_sample_open_elsewhere_can_be_read_too(qtbot, window, file: Path, monkeypatch) -> None:
    monkeypatch.setattr(opening, "sample_path", lambda: file)
    other = Document.open(file)
    try:
        window.open_sample()
        qtbot.waitUntil(lambda: bool(window.start.banners()), timeout=20_000)
        assert [button.words() for button in window.start.banners()[0].buttons()] == ["Open read-only"]
    finally:
        other.close()
