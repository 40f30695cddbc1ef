"""The command line's contract: what every command answers, how it refuses, and what never leaves unasked."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tna_desktop import cli
from tna_desktop.kernel.document import Document
from tna_desktop.paths import user_data
from tna_desktop.stages import load_tables
from tna_desktop.stages.priorities import reading as priorities_reading

load_tables()

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "tna" / "import"

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the published cases are not beside the project")


@dataclass(frozen=True)
class Answer:
    """What a person at the command line sees."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The refusal: exit status 2, nothing on the output, one line and no traceback."""
        assert self.status == 2, self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1 and "Traceback" not in self.err, self.err
        assert lines[0].endswith("."), lines[0]
        return lines[0]


def tna(*arguments: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(argument) for argument in arguments])
    return Answer(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "kelvara.tna"
    answer = tna("sample", path)
    assert answer.status == 0 and "fictional" in answer.out and not answer.err
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "testland.tna"
    assert tna("new", path, "--workflow", "cbd", "--country", "Testland").status == 0
    return path


# Beginning ---------------------------------------------------------------------------------------------


def test_new_makes_an_empty_assessment(tmp_path: Path) -> None:
    path = tmp_path / "new.tna"
    answer = tna("new", path, "--workflow", "climate", "--country", "Testland", "--language", "fr")
    assert (answer.status, answer.err) == (0, "")
    found = json.loads(tna("check", path, "--json").out)
    assert (found["country"], found["workflow"]) == ("Testland", "climate")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("--workflow", "water", "--country", "Testland"),
            "There is no workflow “water”. Choose one of: cbd, climate.",
        ),
        (("--workflow", "cbd", "--country", " "), "Name the country or area of the assessment."),
        (("--workflow", "cbd", "--country", "X", "--language", "de"), "There is no language “de”"),
        (("--workflow", "cbd"), "--country"),
    ],
)
def test_new_refuses_in_one_sentence_and_makes_nothing(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    path = tmp_path / "new.tna"
    assert said in tna("new", path, *given).sentence
    assert not path.exists()


def test_neither_new_nor_sample_replaces_a_file(empty: Path) -> None:
    before = empty.read_bytes()
    assert "exists already" in tna("new", empty, "--workflow", "cbd", "--country", "Other").sentence
    assert "exists already" in tna("sample", empty).sentence
    assert empty.read_bytes() == before


def test_the_sample_can_be_asked_for_only_once(sample: Path) -> None:
    before = sample.read_bytes()
    assert "exists already" in tna("sample", sample).sentence
    assert sample.read_bytes() == before


# Asking ------------------------------------------------------------------------------------------------


def test_check_tells_progress_and_findings(sample: Path) -> None:
    found = json.loads(tna("check", sample, "--json").out)
    assert [stage["key"] for stage in found["stages"]] == [
        "stakeholders", "criteria", "priorities", "barriers", "actions", "synthesis",
    ]  # fmt: skip
    assert found["progress"] == pytest.approx(sum(stage["progress"] for stage in found["stages"]) / 6)
    findings = [finding for stage in found["stages"] for step in stage["steps"] for finding in step["findings"]]
    assert {finding["state"] for finding in findings} == {"good", "attention", "open"}
    assert all(set(finding) == {"check", "state", "text"} and finding["text"] for finding in findings)
    words = tna("check", sample).out
    assert re.match(r"Kelvara: [78]\d% done\n", words) and "9 of 9 groups are represented." in words


def test_results_tell_the_ranking(sample: Path) -> None:
    found = json.loads(tna("results", sample, "--json").out)
    assert set(found) >= {"method", "weights", "criteria", "technologies", "ranking", "unranked"}
    assert found["ranking"][0] == "Customary closure"
    assert set(found["unranked"]) == {"Coral gardening", "Biological control with risk assessment"}
    assert sum(row["weight"] for row in found["criteria"]) == pytest.approx(1)
    (coral,) = [row for row in found["technologies"] if row["name"] == "Coral gardening"]
    assert coral["value"] is None and coral["value_low"] < coral["value_high"]
    assert coral["scores"]["Effect that lasts"] is None
    lines = tna("results", sample).out.splitlines()
    assert lines[0].split()[:2] == ["1", "84.2"]


def test_results_of_an_empty_assessment_are_empty(empty: Path) -> None:
    found = json.loads(tna("results", empty, "--json").out)
    assert (found["criteria"], found["technologies"], found["ranking"]) == ([], [], [])


def test_history_is_newest_first_and_names_steps_by_their_title(sample: Path) -> None:
    lines = tna("history", sample).out.splitlines()
    numbers = [int(line.split()[0]) for line in lines]
    assert numbers == sorted(numbers, reverse=True) and numbers[-1] == 1
    assert any("Step marked: Register (Facilitator)" in line for line in lines)


def test_verify_says_that_the_file_is_whole(sample: Path) -> None:
    answer = tna("verify", sample)
    assert answer.status == 0 and "whole" in answer.out


def test_asking_changes_nothing(sample: Path) -> None:
    before = sample.read_bytes()
    for command in (("check",), ("check", "--json"), ("results",), ("history",), ("verify",)):
        assert tna(command[0], sample, *command[1:]).status == 0
    assert sample.read_bytes() == before
    assert [each.name for each in sample.parent.iterdir()] == [sample.name]


@pytest.mark.parametrize("command", ["check", "results", "history", "verify"])
def test_bad_files_are_refused_in_one_sentence(tmp_path: Path, sample: Path, command: str) -> None:
    whole = sample.read_bytes()
    contents = {
        "empty.tna": b"",
        "picture.tna": b"\x89PNG\r\n\x1a\n" + bytes(999),
        "half.tna": whole[: len(whole) // 2],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert tna(command, tmp_path / name).sentence
        assert (tmp_path / name).read_bytes() == content
    assert "missing.tna" in tna(command, tmp_path / "missing.tna").sentence
    assert "folder" in tna(command, tmp_path).sentence


def test_unknown_words_are_refused_in_one_sentence() -> None:
    assert "--help" in tna("check").sentence
    assert "--loud" in tna("check", "a.tna", "--loud").sentence
    assert "--loud" in tna("--loud").sentence
    assert tna("--version").out.startswith("tna-desktop ")
    assert "import-scores" in tna("--help").out


def test_what_nobody_expected_is_one_sentence_and_a_line_in_the_log(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("the cellar is flooded")

    monkeypatch.setattr("tna_desktop.stages.priorities.results.results_json", break_down)
    log = user_data() / "errors.log"
    assert str(log) in tna("results", sample).sentence
    assert "the cellar is flooded" in log.read_text("utf-8") and "Traceback" in log.read_text("utf-8")


def test_a_window_that_cannot_open_says_what_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    # What an installation without the system's graphics library meets.
    monkeypatch.setitem(sys.modules, "tna_desktop.app", None)
    assert "tna-desktop --help" in tna("some.tna").sentence


def test_a_check_that_breaks_is_told_as_a_finding(sample: Path) -> None:
    # In a process of its own, where nothing but the command line decides where the log goes.
    program = (
        "import sys, tna_desktop.stages.stakeholders.reading as reading\n"
        "def broken(*_): raise RuntimeError('the cellar is flooded')\n"
        "reading.scope = broken\n"
        "from tna_desktop.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    outcome = subprocess.run([sys.executable, "-c", program, "check", str(sample)], capture_output=True, text=True)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "This could not be checked." in outcome.stdout


TABLE = "technology,Cost,Effect\n#unit,USD,points\n#direction,cost,benefit\n#low,0,1\n#high,100,5\nWell,40,4\nDam,90,{dam}\n"


# Scores ------------------------------------------------------------------------------------------------


def test_import_scores_makes_what_is_missing(empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "scores.csv"
    table.write_text(TABLE.format(dam=2), "utf-8")
    answer = tna("import-scores", empty, table)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.endswith("4 scores written, 2 criteria and 2 technologies made.\n")
    values = {row["name"]: row["value"] for row in json.loads(tna("results", empty, "--json").out)["technologies"]}
    assert values == pytest.approx({"Well": (60 + 75) / 2, "Dam": (10 + 25) / 2})


def test_import_scores_twice_meets_what_is_there(empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "scores.csv"
    for dam in (2, 3):
        table.write_text(TABLE.format(dam=dam), "utf-8")
        assert tna("import-scores", empty, table).status == 0
    found = json.loads(tna("results", empty, "--json").out)
    assert len(found["criteria"]) == 2 and len(found["technologies"]) == 2
    assert {row["name"]: row["scores"]["Effect"] for row in found["technologies"]} == {"Well": 4, "Dam": 3}


def test_import_scores_reads_excel(empty: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(TABLE.format(dam=2))):
        book.active.append([float(cell) if cell.isdigit() else cell for cell in row])
    book.save(tmp_path / "scores.xlsx")
    assert tna("import-scores", empty, tmp_path / "scores.xlsx").status == 0
    values = {row["name"]: row["value"] for row in json.loads(tna("results", empty, "--json").out)["technologies"]}
    assert values == pytest.approx({"Well": 67.5, "Dam": 17.5})


def test_a_cell_that_cannot_be_read_stops_the_import_and_is_named(empty: Path, tmp_path: Path) -> None:
    before = empty.read_bytes()
    table = tmp_path / "scores.csv"
    table.write_text(TABLE.format(dam="many"), "utf-8")
    answer = tna("import-scores", empty, table)
    assert answer.status == 2 and answer.out == ""
    first, *_, last = answer.err.splitlines()
    assert first.startswith("Row 7, column C (Effect), “many”:")
    assert last.startswith("Nothing was imported from scores.csv.") and "--partial" in last
    assert empty.read_bytes() == before


def test_partial_imports_the_rest_and_leaves_the_named_cell_unknown(empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "scores.csv"
    table.write_text(TABLE.format(dam="many"), "utf-8")
    answer = tna("import-scores", empty, table, "--partial")
    assert answer.status == 0 and "“many”" in answer.out and "3 scores written" in answer.out
    rows = {row["name"]: row for row in json.loads(tna("results", empty, "--json").out)["technologies"]}
    assert rows["Dam"]["scores"] == {"Cost": 90, "Effect": None}
    assert rows["Dam"]["value"] is None and rows["Well"]["value"] == pytest.approx(67.5)


@pytest.mark.parametrize(
    ("content", "scores"),
    [
        ("technology,C1\n#direction,benefit\nA,1\nA,2\n", {"A": {"C1": 1}}),
        ("technology,C1\n#direction,benefit\n,1\nA,2\n", {"A": {"C1": 2}}),
        ("technology,C1,C1\n#direction,benefit,benefit\nA,1,2\n", {"A": {"C1": 1}}),
    ],
)
def test_partial_leaves_out_rows_and_columns_without_a_name_of_their_own(
    empty: Path, tmp_path: Path, content: str, scores: dict[str, Any]
) -> None:
    table = tmp_path / "scores.csv"
    table.write_text(content, "utf-8")
    assert tna("import-scores", empty, table).status == 2
    assert tna("import-scores", empty, table, "--partial").status == 0
    found = json.loads(tna("results", empty, "--json").out)
    assert {row["name"]: row["scores"] for row in found["technologies"]} == scores


def test_tables_that_are_none_are_refused(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing.csv").write_bytes(b"")
    (tmp_path / "fake.xlsx").write_bytes(b"PK no")
    for name in ("nothing.csv", "fake.xlsx", "missing.csv"):
        assert tna("import-scores", empty, tmp_path / name).sentence


def _pdf_words(path: Path) -> str:
    reader = pypdf.PdfReader(path)
    about = " ".join(f"{key} {value}" for key, value in (reader.metadata or {}).items())
    xmp = reader.trailer["/Root"].get("/Metadata")
    outline = " ".join(str(entry.title) for entry in _flat(reader.outline))
    words = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(
        part for part in (about, outline, words, xmp.get_data().decode("utf-8", "replace") if xmp else "") if part
    )


def _flat(outline: list[Any]) -> list[Any]:
    return [each for entry in outline for each in (_flat(entry) if isinstance(entry, list) else [entry])]


def _imported(name: str, folder: Path) -> tuple[dict[str, Any], str, dict[str, list[Any]]]:
    """A published table brought in: the results, the PDF's words, and the row of each technology in the Excel file."""
    path = folder / "case.tna"
    assert tna("new", path, "--workflow", "cbd", "--country", "Testland").status == 0
    assert tna("import-scores", path, CASES / name).status == 0
    found = json.loads(tna("results", path, "--json").out)
    assert tna("report", path, "--pdf", folder / "r.pdf", "--xlsx", folder / "r.xlsx").status == 0
    book = openpyxl.load_workbook(folder / "r.xlsx")
    rows = [list(row) for row in book["Ranking"].iter_rows(values_only=True)]
    names = {row["name"] for row in found["technologies"]}
    by_name = {name: row for row in rows for name in names if name in row}
    return found, " ".join(_pdf_words(folder / "r.pdf").split()), by_name


def _numbers(row: list[Any]) -> list[float]:
    return [cell for cell in row if isinstance(cell, (int, float)) and not isinstance(cell, bool)]


# Published tables --------------------------------------------------------------------------------------


@needs_cases
def test_case_02_gives_the_published_totals_everywhere(tmp_path: Path) -> None:
    found, pdf, excel = _imported("02_enterprise.csv", tmp_path)
    # Eight criteria of equal weight from 0 to 20: the published total of the scores is 1.6 times the value of 100.
    published = {"Nature": 74, "Educational": 72, "Cultural": 123, "Agricultural": 113}
    for row in found["technologies"]:
        value = published[row["name"].split()[0]] / 1.6
        assert row["value"] == pytest.approx(value, abs=1e-9)
        assert str(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)) in pdf
        assert any(number == pytest.approx(value, abs=1e-9) for number in _numbers(excel[row["name"]]))
    assert [name.split()[0] for name in found["ranking"]] == ["Cultural", "Agricultural", "Nature", "Educational"]


@needs_cases
def test_case_04_gives_the_weighted_sum_everywhere(tmp_path: Path) -> None:
    found, pdf, excel = _imported("04_offshore_wind.csv", tmp_path)
    expected = {"A1": 38.1043, "A2": 71.1827, "A3": 31.5605, "A4": 51.1415}
    for row in found["technologies"]:
        assert row["value"] == pytest.approx(expected[row["name"]], abs=1e-3)
        assert f"{expected[row['name']]:.1f}" in pdf
        assert any(number == pytest.approx(row["value"], abs=1e-12) for number in _numbers(excel[row["name"]]))
    assert found["ranking"] == ["A2", "A4", "A1", "A3"]
    assert sum(row["weight_as_set"] for row in found["criteria"]) == pytest.approx(100.01)
    assert sum(row["weight"] for row in found["criteria"]) == pytest.approx(1)


@needs_cases
def test_case_10_the_tie_is_a_tie_everywhere(tmp_path: Path) -> None:
    found, pdf, excel = _imported("10_tie.csv", tmp_path)
    rows = {row["name"]: row for row in found["technologies"]}
    for name in ("Timers", "Contact Sensors"):
        assert (rows[name]["rank"], rows[name]["tied"]) == (4, True)
        assert 4 in excel[name] and "tie" in excel[name]
    assert sum(row["tied"] for row in rows.values()) == 2 and 5 not in {row["rank"] for row in rows.values()}
    assert " tie" in pdf
    # By hand, exactly: the weighted mean of the scores as they stand in the table, on scales from 0 to 5.
    table = list(csv.reader((CASES / "10_tie.csv").read_text("utf-8").splitlines()))
    weights = next([Fraction(cell) for cell in row[1:]] for row in table if row[0] == "#weight")
    for row in table[1:]:
        if not row[0].startswith("#"):
            points = sum(weight * Fraction(cell) for weight, cell in zip(weights, row[1:], strict=True))
            assert rows[row[0]]["value"] == pytest.approx(float(points / sum(weights) * 20), abs=1e-9)


# No window ---------------------------------------------------------------------------------------------


def test_no_command_loads_the_window(tmp_path: Path) -> None:
    """One process runs every command; at its end no part of Qt may have been loaded."""
    (tmp_path / "scores.csv").write_text(TABLE.format(dam=2), "utf-8")
    program = """
import json, sys
from tna_desktop.cli import COMMANDS, main
runs = json.loads(sys.argv[1])
assert {run[0] for run in runs} == set(COMMANDS), "a command is missing here"
for run in runs:
    assert main(run) == 0, run
print("LOADED", sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6")))
"""
    file, table, kelvara = tmp_path / "a.tna", tmp_path / "scores.csv", tmp_path / "k.tna"
    runs = [
        ["new", file, "--workflow", "cbd", "--country", "Testland"],
        ["import-scores", file, table],
        ["sample", kelvara],
        ["check", file, "--json"],
        ["results", file],
        ["report", file, "--pdf", tmp_path / "r.pdf", "--xlsx", tmp_path / "r.xlsx"],
        ["history", file],
        ["verify", file],
        ["letters", kelvara, "--meeting", "Opening workshop", "-o", tmp_path / "l.pdf"],
    ]
    outcome = subprocess.run(
        [sys.executable, "-c", program, json.dumps([[str(word) for word in run] for run in runs])],
        capture_output=True, text=True,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines()[-1] == "LOADED []"


def test_the_scores_of_the_sample_survive_a_report(sample: Path, tmp_path: Path) -> None:
    """Writing a report is reading only: the same scores are there before and after."""

    def scores() -> int:
        document = Document.open(sample, read_only=True)
        with document.reading() as session:
            known = priorities_reading.matrix(session).known()
        document.close(publish=False)
        return known

    before = sample.read_bytes()
    assert scores() == 142
    assert tna("report", sample, "--xlsx", tmp_path / "r.xlsx").status == 0
    assert scores() == 142 and sample.read_bytes() == before


def test_without_a_display_the_window_is_refused_in_one_sentence(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only there is a display named by a variable")
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    asked = [sys.executable, "-m", "tna_desktop", str(tmp_path / "any.tna")]
    outcome = subprocess.run(asked, env=bare, capture_output=True, text=True, timeout=60)
    assert outcome.returncode == 2
    assert len(outcome.stderr.strip().splitlines()) == 1 and "display" in outcome.stderr
