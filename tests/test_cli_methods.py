"""`results --json` by other methods and with trials: the published orders and values, and every refusal."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tna_desktop import cli

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the published cases are not beside the project")
DEFAULT_FIELDS = {
    "method", "weights", "criteria", "technologies", "ranking", "unranked", "withheld", "competition", "remarks",
}  # fmt: skip


def tna(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(argument) for argument in arguments])
    return status, out.getvalue(), err.getvalue()


def results(path: Path, *options: object) -> dict[str, Any]:
    status, out, err = tna("results", path, "--json", *options)
    assert status == 0, err
    return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


def refused(path: Path, *options: object) -> str:
    status, out, err = tna("results", path, "--json", *options)
    assert status == 2 and not out
    lines = err.strip().splitlines()
    assert len(lines) == 1 and lines[0].endswith(".")
    return lines[0]


def import_into(folder: Path, rows: list[list[object]]) -> Path:
    """An assessment with the given table imported."""
    path, table = folder / "case.tna", folder / "case.csv"
    table.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    assert tna("new", path, "--workflow", "cbd", "--country", "Testland")[0] == 0
    status, _, err = tna("import-scores", path, table)
    assert status == 0, err
    return path


@pytest.fixture
def imported(tmp_path: Path) -> Callable[[list[list[object]]], Path]:
    return lambda rows: import_into(tmp_path, rows)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three technologies under two criteria; asking changes nothing."""
    return import_into(tmp_path_factory.mktemp("methods"), ROWS)


def table_of(case: dict[str, Any]) -> list[list[object]]:
    given = case["inputs"]
    n = len(given["weights"])
    return [
        ["technology", *(f"C{number}" for number in range(n))],
        ["#direction", *("benefit" if sign > 0 else "cost" for sign in given["types"])],
        ["#weight", *given["weights"]],
        *([f"A{number}", *row] for number, row in enumerate(given["matrix"])),
    ]


def values(outcome: dict[str, Any]) -> list[float]:
    """In the order in which the table had them."""
    found = {row["name"]: row["value"] for row in outcome["technologies"]}
    return [found[name] for name in sorted(found)]


# Published tables


@needs_cases
@pytest.mark.parametrize(
    ("name", "options", "expected", "factor"),
    [
        ("topsis_opricovic2004", ("--method", "topsis", "--normalisation", "minmax"), "scores", 1),
        ("topsis_hodgett_cars", ("--method", "topsis"), "scores", 1),
        ("topsis_hodgett_cars", ("--method", "topsis", "--normalisation", "vector"), "scores", 1),
        ("promethee2_zhao2013", ("--method", "promethee2"), "net_flow", 1),
        ("promethee2_zhao2013", ("--method", "promethee2", "--preference", "usual"), "net_flow", 1),
        ("wsm_jmcdm7x5", ("--normalisation", "max"), "scores", 100),
    ],
)
def test_published_values_by_the_command_line(
    imported: Callable[[list[list[object]]], Path], name: str, options: tuple[str, ...], expected: str, factor: float
) -> None:
    case = json.loads((CASES / "mcda" / f"{name}.json").read_text(encoding="utf-8"))
    outcome = results(imported(table_of(case)), *options)
    wanted = [factor * number for number in case["expected"][expected]]
    assert values(outcome) == pytest.approx(wanted, abs=factor * case["tolerance"])
    by_value = sorted((row["value"] for row in outcome["technologies"]), reverse=True)
    assert [row["value"] for row in outcome["technologies"]] == pytest.approx(by_value)


@needs_cases
def test_offshore_wind_is_ordered_as_its_readme_says(tmp_path: Path) -> None:
    path = tmp_path / "wind.tna"
    tna("new", path, "--workflow", "cbd", "--country", "Testland")
    tna("import-scores", path, CASES / "tna" / "import" / "04_offshore_wind.csv")
    assert results(path)["ranking"] == ["A2", "A4", "A1", "A3"]
    assert results(path, "--method", "topsis")["ranking"] == ["A2", "A4", "A3", "A1"]
    flows = results(path, "--method", "promethee2")
    assert flows["ranking"][0] == "A2" and sum(values(flows)) == pytest.approx(0)


# The contract

ROWS: list[list[object]] = [
    ["technology", "Cost", "Jobs"],
    ["#direction", "cost", "benefit"],
    ["#weight", 60, 40],
    ["Pumps", 10, 50],
    ["Seeds", 20, 90],
    ["Tanks", 30, 10],
]


def test_the_default_output_has_no_field_more_and_none_less(small: Path) -> None:
    plain = results(small)
    assert set(plain) == DEFAULT_FIELDS and plain["method"] == "weighted_sum"
    assert results(small, "--method", "weighted_sum") == results(small, "--normalisation", "minmax") == plain


@pytest.mark.parametrize(
    ("options", "says", "scale"),
    [
        (("--method", "topsis"), ("normalisation", "vector"), [0, 1]),
        (("--method", "topsis", "--normalisation", "max"), ("normalisation", "max"), [0, 1]),
        (("--normalisation", "vector"), ("normalisation", "vector"), [0, 100]),
        (("--method", "promethee2"), ("preference", {"function": "usual"}), [-1, 1]),
    ],
)
def test_every_method_says_what_it_is(
    small: Path, options: tuple[str, ...], says: tuple[str, Any], scale: list[int]
) -> None:
    outcome, plain = results(small, *options), results(small)
    assert outcome[says[0]] == says[1] and outcome["value_scale"] == scale
    assert set(outcome) >= DEFAULT_FIELDS
    for row in outcome["technologies"]:
        assert set(row) >= set(plain["technologies"][0])
        assert scale[0] <= row["value"] <= scale[1] and row["value_low"] == row["value_high"] == row["value"]
        assert row["rank"] == row["rank_best"] == row["rank_worst"]
    assert sorted(outcome["ranking"]) == ["Pumps", "Seeds", "Tanks"]
    assert outcome["criteria"] == plain["criteria"]


def test_the_linear_preference_says_its_thresholds(small: Path) -> None:
    # Ranges of 20 and 80: no preference up to a tenth, full from a half on.
    outcome = results(small, "--method", "promethee2", "--preference", "linear")
    assert outcome["preference"] == {
        "function": "linear", "q_share_of_range": 0.1, "p_share_of_range": 0.5,
        "q": {"Cost": 2.0, "Jobs": 8.0}, "p": {"Cost": 10.0, "Jobs": 40.0},
    }  # fmt: skip
    # By hand: Pumps beats the others fully on cost, Seeds by 10 again; on jobs 40 are full.
    # Net on cost: 1, 0, -1; on jobs: 0, 1, -1.
    assert values(outcome) == pytest.approx([0.6, 0.4, -1.0])
    assert outcome["technologies"][0]["positive_flow"] == pytest.approx(0.8)
    assert outcome["technologies"][0]["negative_flow"] == pytest.approx(0.2)


def test_an_unknown_score_has_no_place_by_another_method(imported: Callable[[list[list[object]]], Path]) -> None:
    path = imported([*ROWS, ["Drones", "", 40]])
    for options in (("--method", "topsis"), ("--method", "promethee2"), ("--normalisation", "max")):
        outcome, without = results(path, *options), results(path)
        assert outcome["unranked"] == without["unranked"] == ["Drones"]
        row = outcome["technologies"][-1]
        assert row["name"] == "Drones" and row["value"] is row["value_low"] is row["rank"] is None
        assert outcome["technologies"][0]["rank"] == 1 and outcome["technologies"][0]["rank_best"] is None


def test_ties_are_told_by_every_method(imported: Callable[[list[list[object]]], Path]) -> None:
    path = imported([*ROWS, ["Twins", 10, 50]])
    for options in ((), ("--method", "topsis"), ("--method", "promethee2"), ("--normalisation", "vector")):
        rows = {row["name"]: row for row in results(path, *options)["technologies"]}
        assert rows["Pumps"]["rank"] == rows["Twins"]["rank"] and rows["Pumps"]["tied"] and rows["Twins"]["tied"]
        assert not rows["Tanks"]["tied"] and rows["Tanks"]["rank"] == 4


def test_nothing_to_rank_is_said_by_every_method(tmp_path: Path) -> None:
    path = tmp_path / "empty.tna"
    tna("new", path, "--workflow", "cbd", "--country", "Testland")
    for options in (("--method", "topsis"), ("--method", "promethee2"), ("--trials", 100)):
        outcome = results(path, *options)
        assert outcome["technologies"] == outcome["ranking"] == []
    assert results(path, "--trials", 100)["trials"] is None


def test_the_short_list_shows_small_numbers(small: Path) -> None:
    status, out, _ = tna("results", small, "--method", "promethee2")
    assert status == 0 and out.splitlines()[0].split() == ["1", "0.6000", "Pumps"]


# Trials


def test_trials_add_shares_and_say_how_sure_they_are(small: Path) -> None:
    outcome, plain = results(small, "--trials", 20_000, "--seed", 7), results(small)
    assert outcome["trials"] == {
        "count": 20_000, "seed": 7, "weights": "any", "uncertain_scores": 0,
        "standard_error": pytest.approx(0.5 / 20_000**0.5),
    }  # fmt: skip
    rows = {row["name"]: row for row in outcome["technologies"]}
    # Points: Pumps 100 and 50, Seeds 50 and 100, Tanks 0 and 0. Pumps is first where cost has more than half.
    assert rows["Pumps"]["rank_acceptability"] == pytest.approx([0.5, 0.5, 0], abs=0.02)
    assert rows["Tanks"]["rank_acceptability"] == [0, 0, 1]
    assert rows["Pumps"]["central_weights"] == pytest.approx({"Cost": 0.75, "Jobs": 0.25}, abs=0.02)
    assert rows["Pumps"]["confidence"] == rows["Seeds"]["confidence"] == 1
    assert rows["Tanks"]["central_weights"] is rows["Tanks"]["confidence"] is None
    added = {"rank_acceptability", "central_weights", "confidence"}
    assert [{key: row[key] for key in row if key not in added} for row in outcome["technologies"]] == plain[
        "technologies"
    ]


def test_the_same_seed_gives_the_same_output(small: Path) -> None:
    assert results(small, "--trials", 500) == results(small, "--trials", 500, "--seed", 1)
    assert results(small, "--trials", 500) != results(small, "--trials", 500, "--seed", 2)


def test_an_unknown_score_is_drawn_from_its_whole_scale(imported: Callable[[list[list[object]]], Path]) -> None:
    path = imported([ROWS[0], ROWS[1], ["#low", 0, 0], ["#high", 40, 100], ["Pumps", 20, 50], ["Drones", "", 50]])
    outcome = results(path, "--trials", 20_000)
    rows = {row["name"]: row for row in outcome["technologies"]}
    assert outcome["trials"]["uncertain_scores"] == 1 and rows["Drones"]["rank"] is None
    assert rows["Drones"]["rank_acceptability"] == pytest.approx([0.5, 0.5], abs=0.02)


def test_a_criterion_without_weight_has_no_part_in_trials(imported: Callable[[list[list[object]]], Path]) -> None:
    path = imported([["t", "A", "B"], ["#weight", 1, 0], ["Pumps", 2, 0], ["Seeds", 1, 9]])
    rows = results(path, "--trials", 100)["technologies"]
    assert rows[0]["rank_acceptability"] == [1, 0] and rows[0]["central_weights"] == {"A": 1, "B": 0}


@needs_cases
def test_published_exact_acceptability_by_the_command_line(imported: Callable[[list[list[object]]], Path]) -> None:
    case = json.loads((CASES / "mcda" / "smaa_exact_2x2_analytic.json").read_text(encoding="utf-8"))
    rows = [["t", "A", "B"], ["#low", 0, 0], ["#high", 1, 1], ["#weight", 1, 1]]
    path = imported([*rows, *([f"T{number}", *row] for number, row in enumerate(case["inputs"]["values"]))])
    found = {row["name"]: row for row in results(path, "--trials", 400_000)["technologies"]}
    for number, (share, central) in enumerate(
        zip(case["expected"]["acceptability"], case["expected"]["central_weights"], strict=True)
    ):
        row = found[f"T{number}"]
        assert row["rank_acceptability"][0] == pytest.approx(share, abs=case["tolerance"]["acceptability"])
        assert list(row["central_weights"].values()) == pytest.approx(central, abs=case["tolerance"]["central_weights"])


# Refusals


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--method", "electre"),
            "There is no method “electre”. Choose one of: weighted_sum, topsis, promethee2, ahp.",
        ),
        (("--normalisation", "log"), "There is no normalisation “log”. Choose one of: minmax, vector, max."),
        (("--method", "promethee2", "--preference", "u"), "There is no preference “u”. Choose one of: usual, linear."),
        (("--method", "promethee2", "--normalisation", "max"), "takes no normalisation"),
        (("--preference", "usual"), "belongs to the method promethee2"),
        (("--trials", "0"), "between 1 and 10,000,000"),
        (("--trials", "10", "--seed", "-1"), "zero or more"),
        (("--trials", "10", "--method", "topsis"), "weighted sum"),
        (("--trials", "10", "--normalisation", "vector"), "weighted sum"),
        (("--trials", "many"), "invalid int value"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(small: Path, options: tuple[str, ...], said: str) -> None:
    assert said in refused(small, *options)


@needs_cases
def test_thresholds_from_the_table_give_the_published_flows(imported) -> None:
    case = json.loads((CASES / "mcda" / "promethee2_papathanasiou2018.json").read_text("utf-8"))
    given = case["inputs"]
    rows = [["", "C1", "C2", "C3", "C4"], ["#weight", *given["weights"]], ["#q", *given["q"]], ["#p", *given["p"]]]
    rows += [[f"A{number}", *row] for number, row in enumerate(given["matrix"], start=1)]
    outcome = results(imported(rows), "--method", "promethee2", "--preference", "linear")
    flows = {each["name"]: each["value"] for each in outcome["technologies"]}
    expected = case["expected"]["net_flow"]
    assert [flows[f"A{number}"] for number in range(1, 7)] == pytest.approx(expected, abs=case["tolerance"])
    assert outcome["preference"]["q_share_of_range"] is None
    assert outcome["preference"]["p"] == dict.fromkeys(("C1", "C2", "C3", "C4"), 2.0)


def test_a_range_counts_with_its_middle_and_moves_in_the_trials(imported) -> None:
    rows = [["", "C"], ["#low", 0], ["#high", 100], ["A", "40..60"], ["B", 45], ["D", "40..46..60"], ["E", "0..10"]]
    path = imported(rows)
    outcome = results(path)
    assert [(each["name"], each["value"]) for each in outcome["technologies"]] == [
        ("A", 50),
        ("D", 46),
        ("B", 45),
        ("E", 5),
    ]
    tried = results(path, "--trials", 20000, "--seed", 1)
    shares = {each["name"]: each["rank_acceptability"] for each in tried["technologies"]}
    assert tried["trials"]["uncertain_scores"] == 3
    # E is last in every trial; B is beaten by A in three quarters of the draws from 40 to 60.
    assert shares["E"] == pytest.approx([0, 0, 0, 1])
    # B is first when both lie below 45: a quarter for A, (45-40)^2 / (20 * 6) for the triangle of D.
    assert shares["B"][0] == pytest.approx(0.25 * 25 / 120, abs=0.01)
