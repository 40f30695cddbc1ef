"""A window with a small method of its own: two stages with fake screens, so that the shell is tested without the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from tna_desktop.kernel.document import Document
from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Check, Guidance, Source, StageText, Step, Workflow, to_json
from tna_desktop.settings import Settings
from tna_desktop.shell import route
from tna_desktop.shell.window import MainWindow
from tna_desktop.stages import checking, load_tables
from tna_desktop.ui.commands import Command
from tna_desktop.ui.screen import StepScreen

WHY = "A fair assessment starts with the people it will affect."
WORKFLOW = Workflow(
    "small", 1, "A small process",
    stages=(
        StageText("stakeholders", "Stakeholders", "users-three", (
            Step("scope", "Scope", "What is this for?", Guidance("Begin with the purpose.")),
            Step("register", "Register", "Who has a stake?",
                 Guidance(WHY, "Ask everyone who else should be here.", "### How\n- List names\nThen group them.", (Source("handbook", "Handbook 2.1"),)),
                 (Check("enough", "At least two are listed"), Check("balanced", "Groups are balanced"))),
        )),
        StageText("criteria", "Criteria", "scales", (
            Step("tree", "Criteria tree", "What is good?"),
            Step("weights", "Weights", "How much does each matter?"),
        )),
    ),
)  # fmt: skip


class FakeScreen(StepScreen):
    """Remembers what it was asked."""

    guide_open = True

    def build(self) -> None:
        self.shown: list[Place] = []
        self.loaded = 0
        self.ran: list[str] = []
        self.body.addWidget(QLabel(self.step_id))

    def load(self) -> None:
        self.loaded += 1

    def show_place(self, place: Place) -> None:
        self.shown.append(place)

    def commands(self) -> list[Command]:
        return [
            Command(
                "paste",
                "Paste from a table",
                lambda: self.ran.append("paste"),
                "clipboard-text",
                english="Paste from a table",
            )
        ]


class Canvas(FakeScreen):
    guide_open = False

    def panel_tabs(self):
        return [("Details", QLabel("details"))]


def enough(session, workflow, step):
    return Finding("enough", State.ATTENTION, message("One is listed."), (Place(step, "first"), Place(step, "second")))


def balanced(session, workflow, step):
    return Finding("balanced", State.GOOD, message("They are."))


@pytest.fixture(autouse=True)
def small_method(monkeypatch: pytest.MonkeyPatch) -> None:
    screens = {
        "stakeholders": {"scope": FakeScreen, "register": FakeScreen},
        "criteria": {"weights": Canvas, "unknown": FakeScreen},
    }
    monkeypatch.setattr(route, "all_screens", lambda: screens)
    monkeypatch.setattr(checking, "all_checks", lambda: {"enough": enough, "balanced": balanced})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with an assessment in it, closed."""
    load_tables()
    path = tmp_path / "kelvara.tna"
    Document.create(
        path,
        country="Kelvara",
        title="Republic of Kelvara",
        year=2026,
        workflow_key="small",
        workflow_content=to_json(WORKFLOW),
    ).close()
    return path


@pytest.fixture
def window(qtbot):
    """The window with its start page, shown."""
    made = MainWindow(Settings(language="en", theme="light"))
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: made._was_painted)
    yield made
    if made.workspace is not None:
        made.workspace.end()
        made.workspace.desk.document.close(publish=False)
        made.workspace = None
    made.close()
    made.deleteLater()


@pytest.fixture
def open_file(qtbot, window):
    """Open a file in the window and wait until its checks ran."""

    def opened(path: Path, **options):
        window.open_path(path, **options)
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
        qtbot.waitUntil(lambda: bool(window.workspace.checkup.findings), timeout=20_000)
        return window.workspace

    return opened


@pytest.fixture
def space(open_file, file):
    return open_file(file)
