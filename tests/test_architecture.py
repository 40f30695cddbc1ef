"""The shape of the house is a test: who may import whom, and which names every stage has."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tna_desktop.stages import STAGES

ROOT = Path(__file__).resolve().parent.parent
FILES = ("tables", "operations", "reading", "checks", "chapter", "sheet", "screen")


def test_the_import_rule_holds() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.key)
def test_every_stage_has_the_same_files(stage) -> None:
    lacking = [name for name in FILES if importlib.util.find_spec(f"tna_desktop.stages.{stage.key}.{name}") is None]
    assert lacking == []


def test_no_source_file_outgrows_its_subject() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "tna_desktop").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert long == {}


def test_the_command_line_never_loads_qt() -> None:
    asked = (
        "import sys; from tna_desktop.cli import main; main(['--help']); "
        "import tna_desktop.stages.synthesis.report; "
        "sys.exit(any(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules))"
    )
    outcome = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_text_files_name_no_registry_and_no_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this copy is not a git checkout")
    never = ("pypi" + ".org", "npmjs" + ".", "files.python" + "hosted", "/work" + "/main", "/root" + "/")
    wrong = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix not in (".ttf", ".png", ".tna", ".xlsx", ".pdf"):
            content = path.read_text("utf-8", errors="ignore")
            wrong += [f"{name}: {word}" for word in never if word in content]
    assert wrong == []
