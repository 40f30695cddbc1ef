"""What `import-scores` and `results` make of tables at the edge: unknowns, ties, no weights, numbers that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_cli_methods import import_into, results, tna
from tests.test_published_cli import DOWN, LINEAR, UP, table

# What the results say about themselves --------------------------------------------------------------------

HEAD: list[list[object]] = [["technology", "A", "B"], ["#direction", UP, UP]]


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        ([["x", 1, 2], ["y", 2, 1]], (), ["Equal in value, and so sharing place 1: x and y."]),
        (
            [["x", 1, 2], ["y", 2, 1], ["z", 1, 2]],
            ("--method", "topsis"),
            ["Equal in value, and so sharing place 2: x and z."],
        ),
        ([["x", 1, ""], ["y", 2, 1]], (), ["x has no place, because its scores are unknown on: B."]),
        (
            [["x", "n/a", "n/a"], ["y", 2, 1], ["z", 3, "n/a"]],
            (),
            [
                "z is judged without what does not apply to it, and the rest counts more: B.",
                "x has no place, because no criterion with a weight applies to it.",
            ],
        ),
        (
            [["x", 4, "n/a"], ["y", 2, 1], ["z", 3, "n/a"], ["w", 1, 3]],
            (),
            ["x and z are judged without what does not apply to them, and the rest counts more: B."],
        ),
        (
            [["#weight", 0, 1], ["x", "", 2], ["y", 2, 1]],
            ("--method", "promethee2"),
            ["Without weight, and so without part in the ranking: A."],
        ),
        (
            [["x", 7, 1], ["y", 7, 2]],
            (),
            ["All scores are the same, so that nobody gets ahead, under: A."],
        ),
        (
            [["x", 7, 1]],
            (),
            ["There is only one technology to rank, so its place says nothing about how good it is."],
        ),
        ([["x", 2, 3], ["y", 1, 2]], (), []),
    ],
)  # fmt: skip
def test_what_is_worth_knowing_is_said(
    tmp_path: Path, rows: list[list[object]], options: tuple[str, ...], said: list[str]
) -> None:
    path = import_into(tmp_path, [*HEAD, *rows])
    outcome = results(path, *options)
    assert set(said) == set(outcome["remarks"])
    told = tna("results", path, *options)[1]
    assert all(sentence in told for sentence in said)


def test_nothing_known_and_one_criterion_are_said(tmp_path: Path) -> None:
    remarks = results(import_into(tmp_path, [["t", "A"], ["#direction", UP], ["x", "?"], ["y", ""]]))["remarks"]
    assert remarks[:2] == [
        "Not one score is known under: A.",
        "There is only one criterion, so the order is that of its scores.",
    ]


def test_weights_that_are_all_zero_are_said(tmp_path: Path) -> None:
    path, file = tmp_path / "case.tna", tmp_path / "case.csv"
    file.write_text("t,A\n#direction,benefit\n#weight,0\nx,1\ny,2\n", encoding="utf-8")
    tna("new", path, "--workflow", "cbd", "--country", "Testland")
    assert "Every weight is zero" in tna("import-scores", path, file)[2]
    assert results(path)["remarks"] == ["There is nothing to rank before there are criteria and technologies."]
    assert tna("import-scores", path, file, "--partial")[0] == 0
    outcome = results(path)
    assert outcome["remarks"] == ["Nothing can be ranked, because no criterion has a weight above zero."]
    assert outcome["unranked"] == ["x", "y"]


def test_values_outside_the_usual_scale_are_announced(tmp_path: Path) -> None:
    path = import_into(tmp_path, [*HEAD, ["x", -3, 2], ["y", 1, 1]])
    assert results(path, "--normalisation", "max")["value_scale"] == [-100, 200]
    assert results(path, "--normalisation", "vector")["technologies"][-1]["value"] < 50


# What cannot be read says what to do ----------------------------------------------------------------------


def reasons(tmp_path: Path, text: str) -> list[str]:
    path, file = tmp_path / "case.tna", tmp_path / "case.csv"
    file.write_text(text, encoding="utf-8")
    tna("new", path, "--workflow", "cbd", "--country", "Testland")
    status, out, err = tna("import-scores", path, file)
    assert status == 2 and not out and not results(path)["technologies"]
    return err.splitlines()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("50%", "without the percent sign"),
        ("40-60", "written as 40..60"),
        ("40 – 60", "written as 40..60"),
        ("50 km", "the number alone"),
        ("$70", "the number alone"),
        ("=1+1", "a formula"),
        ("#DIV/0!", "an error"),
        ("high", "not a number"),
        ("nan", "not a number"),
        ("-inf", "not a number"),
    ],
)
def test_a_cell_that_is_no_number_says_where_and_what_to_do(tmp_path: Path, cell: str, said: str) -> None:
    first, last = reasons(tmp_path, f"t,A\n#direction,cost\nx,{cell}\n")
    assert first.startswith(f"Row 3, column B (A), “{cell}”: ") and said in first
    assert last.startswith("Nothing was imported from case.csv.")


def test_points_between_thousands_are_not_taken_for_decimals(tmp_path: Path) -> None:
    # 1.500 beside 2.000.000 and 1.234,5 is one and a half thousand to whoever wrote it.
    lines = reasons(tmp_path, "t;A;B\n#direction;cost;cost\nx;1.500;2.000.000\ny;1.234,5;1.500..2.500\n")
    assert [line.split(":")[0] for line in lines[:2]] == [
        "Row 3, column B (A), “1.500”",
        "Row 4, column C (B), “1.500..2.500”",
    ]


def test_a_cell_of_several_lines_is_told_on_one(tmp_path: Path) -> None:
    assert reasons(tmp_path, 't,A\n#direction,cost\nx,"1,2\ny,3\n')[0].startswith("Row 3, column B (A), “1,2 y,3”: ")


def test_a_second_table_may_turn_a_cost_into_a_benefit_by_saying_so(tmp_path: Path) -> None:
    path, file = import_into(tmp_path, [["t", "A"], ["#direction", DOWN], ["x", 1], ["y", 2]]), tmp_path / "two.csv"
    file.write_text("t,A\nx,1\n", encoding="utf-8")
    tna("import-scores", path, file)
    assert results(path)["ranking"] == ["x", "y"]
    file.write_text("t,A\n#direction,benefit\nx,1\n", encoding="utf-8")
    tna("import-scores", path, file)
    assert results(path)["ranking"] == ["y", "x"]


def test_thresholds_of_two_tables_that_cross_do_not_break_the_comparison(tmp_path: Path) -> None:
    path, file = import_into(tmp_path, table([[1], [9]], q=[1], p=[2])), tmp_path / "two.csv"
    file.write_text("t,C1\n#q,5\nA1,1\n", encoding="utf-8")
    tna("import-scores", path, file)
    outcome = results(path, *LINEAR)
    assert outcome["preference"]["q"] == outcome["preference"]["p"] == {"C1": 5} and outcome["ranking"] == ["A2", "A1"]


def test_scores_near_the_smallest_number_there_is_are_compared(tmp_path: Path) -> None:
    path = import_into(tmp_path, [*HEAD, ["x", "5e-324", 1], ["y", "1e-323", 2], ["z", 0, 1.5]])
    for options in ((), LINEAR, ("--method", "topsis")):
        outcome = results(path, *options)
        assert outcome["ranking"][0] == "y" and not outcome["unranked"]


def test_the_short_list_tells_the_trials_too(tmp_path: Path) -> None:
    path = import_into(tmp_path, [*HEAD, *([f"t{n:02}", n, 2 * n] for n in range(1, 13))])
    lines = tna("results", path, "--trials", 400, "--seed", 3)[1].splitlines()
    head = next(at for at, line in enumerate(lines) if "400 with any weights, seed 3" in line)
    assert "standard error at most 2.5" in lines[head]  # 0.5 / square root of 400
    assert lines[head + 1].split() == [str(n) for n in range(1, 10)] + ["10+"]
    # Each is better than the next on both: the places are the same whatever the weights; the last three share a column.
    for place in range(12):
        shares = lines[head + 2 + place].split()
        column = min(place, 9)
        assert shares == ["–"] * column + ["100.0"] + ["–"] * (9 - column) + [f"t{12 - place:02}"]


def test_a_direction_may_be_said_by_what_is_sought(tmp_path: Path) -> None:
    path = import_into(
        tmp_path, [["technology", "Price", "Use"], ["#direction", "Min", "max"], ["x", 1, 5], ["y", 2, 1]]
    )
    outcome = results(path)
    assert [(each["name"], each["value"]) for each in outcome["technologies"]] == [("x", 100.0), ("y", 0.0)]
