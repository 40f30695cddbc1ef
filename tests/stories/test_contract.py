"""The command line's contract as somebody outside the project checks it, where that check is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT.parent / "shared" / "checks" / "contract.py"
PROGRAM = Path(sys.executable).with_name("tna-desktop")


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract's check is not beside the project")
@pytest.mark.skipif(not PROGRAM.exists(), reason="the program is not installed in this environment")
def test_the_contract_holds() -> None:
    outcome = subprocess.run([sys.executable, CONTRACT, PROGRAM], capture_output=True, text=True)
    short = [line for line in outcome.stdout.splitlines() if line.startswith("SHORT")]
    assert not short and outcome.returncode == 0, outcome.stdout + outcome.stderr
