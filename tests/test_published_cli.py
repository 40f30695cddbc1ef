"""Published decision tables, entered as a person would: `new`, `import-scores`, `results --json`.

None of them is among the shared cases, except where a test says so. Scores and weights are facts of the sources; the
expected numbers are those that were printed there, within their last digit. Every one was computed a second time by
plain formulas apart from this program. Where a source ranks by another method with the same order of values, the test
says how its numbers and ours belong together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.test_cli_methods import import_into, results, tna

Rows = list[list[Any]]
UP, DOWN = "benefit", "cost"


def table(scores: Rows, directions: str = "", names: list[str] | None = None, **about: list[Any]) -> list[list[object]]:
    """A score table: ``directions`` has + and - for each criterion; ``about`` the rows weight, low, high, q and p."""
    criteria = len(scores[0])
    names = names or [f"A{number}" for number in range(1, len(scores) + 1)]
    rows: list[list[object]] = [["technology", *(f"C{number}" for number in range(1, criteria + 1))]]
    if directions:
        rows.append(["#direction", *({"+": UP, "-": DOWN}[sign] for sign in directions)])
    rows += [[f"#{key}", *row] for key, row in about.items()]
    return rows + [[name, *row] for name, row in zip(names, scores, strict=True)]


def field(outcome: dict[str, Any], name: str = "value") -> list[Any]:
    """A field of every technology, in the order in which the table had them (their names sort so)."""
    found = {row["name"]: row[name] for row in outcome["technologies"]}
    return [found[each] for each in sorted(found)]


# TOPSIS ---------------------------------------------------------------------------------------------------

FIGHTERS = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]


@pytest.mark.parametrize("scale", [1, 100, 0.001])
def test_fighter_aircraft_of_hwang_and_yoon(tmp_path: Path, scale: float) -> None:
    # Hwang and Yoon, Multiple attribute decision making (1981): six attributes in their own units, price a cost.
    weights = [scale * weight for weight in (0.2, 0.1, 0.1, 0.1, 0.2, 0.3)]
    outcome = results(import_into(tmp_path, table(FIGHTERS, "+++-++", weight=weights)), "--method", "topsis")
    assert field(outcome) == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=6e-4)
    assert field(outcome, "distance_to_best") == pytest.approx([0.0545, 0.1197, 0.0580, 0.1009], abs=1e-4)
    assert field(outcome, "distance_to_worst") == pytest.approx([0.0983, 0.0439, 0.0920, 0.0458], abs=1e-4)
    assert outcome["ranking"] == ["A1", "A3", "A4", "A2"]


def test_the_four_alternatives_of_tzeng_and_huang(tmp_path: Path) -> None:
    # Tzeng and Huang, Multiple attribute decision making (2011).
    scores = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
    outcome = results(import_into(tmp_path, table(scores, weight=[0.3, 0.4, 0.3])), "--method", "topsis")
    assert field(outcome) == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=6e-5)
    assert field(outcome, "rank") == [3, 2, 1, 4]


def test_servers_of_ersoy(tmp_path: Path) -> None:
    # Ersoy, LogForum 17 (2021): very unequal weights, one column with two different numbers only.
    scores = [
        [256, 8, 41, 1.6, 1.77, 7347.16],
        [256, 8, 32, 1.0, 1.8, 6919.99],
        [256, 8, 53, 1.6, 1.9, 8400],
        [256, 8, 41, 1.0, 1.75, 6808.9],
        [512, 8, 35, 1.6, 1.7, 8479.99],
        [256, 4, 35, 1.6, 1.7, 7499.99],
    ]
    weights = [0.405, 0.221, 0.134, 0.199, 0.007, 0.034]
    outcome = results(import_into(tmp_path, table(scores, "++++--", weight=weights)), "--method", "topsis")
    assert field(outcome) == pytest.approx([0.308, 0.254, 0.327, 0.263, 0.857, 0.192], abs=1e-3)
    assert outcome["ranking"] == ["A5", "A3", "A1", "A4", "A2", "A6"]


def test_weights_that_do_not_sum_to_one(tmp_path: Path) -> None:
    # The example of the test-suite of JMcDM, with the weights 4, 2, 6 and 8.
    scores = [[9, 7, 6, 7], [8, 7, 9, 6], [7, 8, 6, 6]]
    outcome = results(import_into(tmp_path, table(scores, weight=[4, 2, 6, 8])), "--method", "topsis")
    assert field(outcome) == pytest.approx([0.3876870, 0.6503238, 0.0834767], abs=1e-7)


def test_two_telephones_that_are_nearly_equal_are_not_called_equal(tmp_path: Path) -> None:
    # Five telephones by price, storage, camera and looks, a well-known lecture example (Mathew): 0.534 twice.
    scores = [[250, 16, 12, 5], [200, 16, 8, 3], [300, 32, 16, 4], [275, 32, 8, 4], [225, 16, 16, 2]]
    outcome = results(import_into(tmp_path, table(scores, "-+++", weight=[1, 1, 1, 1])), "--method", "topsis")
    assert field(outcome) == pytest.approx([0.534, 0.308, 0.692, 0.535, 0.401], abs=6e-4)
    assert field(outcome, "rank") == [3, 5, 1, 2, 4] and not any(field(outcome, "tied"))


# PROMETHEE II ---------------------------------------------------------------------------------------------

WIND_2019 = [
    [38723, 33207, 0, 3375, 11.36, -320.9, 203.7, 0, 0, 1, 21.5, 0],
    [34913, 32085, 0.2, 3127, 12.78, -148.4, 463, 11.7, 4.9, 1, 47.9, 3.7],
    [25596, 2123, 5, 3547, 12.78, -148.4, 356.2, 44.8, 10.7, 1, 27.7, 4.5],
    [34842, 32095, 0.2, 3115, 12.86, -9.9, 552.5, 11.7, 5.4, 3.5, 39.7, 10.3],
    [22570, 1445, 0.2, 3090, 12.86, -9.9, 295, 95.9, 11.2, 4, 1.5, 11.5],
    [39773, 17485, 0.2, 4135, 17, 0, 383, 95.9, 11.2, 4, 22.7, 11.5],
    [19500, 868, 99, 3160, 12.86, -9.9, 264, 116.8, 11.2, 4, 2.7, 11.3],
    [34525, 16958, 99, 4295, 17, 0, 352, 116.8, 11.2, 4, 23.9, 11.3],
    [16486, 958, 99, 3653, 12.86, -9.9, 264, 164.9, 11.2, 4, 1, 11.4],
]
WIND_2019_WEIGHTS = [0.3333, 0.1667, 0.1667, 0.3333, 0.25, 0.75, 1, 1, 0.4, 0.20, 0.40, 1]
WIND_2019_Q = [420, 1000, 10, 40, 1, 7, 50, 20, 1, 1, 4.6, 1]
WIND_2019_P = [2100, 5000, 50, 200, 5, 20, 100, 80, 4, 2, 23, 3]
LINEAR = ("--method", "promethee2", "--preference", "linear")


def test_nine_by_twelve_with_both_thresholds_and_negative_scores(tmp_path: Path) -> None:
    # Ziemba, Sustainability 11 (2019) 1555: linear preference with indifference on every criterion.
    rows = table(WIND_2019, "--+-++-++--+", weight=WIND_2019_WEIGHTS, q=WIND_2019_Q, p=WIND_2019_P)
    outcome = results(import_into(tmp_path, rows), *LINEAR)
    published = [-0.4143, -0.5056, -0.2317, -0.2892, 0.3313, 0.0619, 0.4296, 0.1626, 0.4554]
    assert field(outcome) == pytest.approx(published, abs=6e-5)
    assert outcome["ranking"] == ["A9", "A7", "A5", "A8", "A6", "A3", "A4", "A1", "A2"]
    assert outcome["preference"]["q_share_of_range"] is outcome["preference"]["p_share_of_range"] is None


OFFSHORE = [
    [16347, 9, 73.8, 36.7, 1.5, 3730, 2, 1, 38.8, 4, 1720524, 40012],
    [14219, 8.5, 55, 36, 2, 3240, 1, 1, 33.1, 2, 1496512, 34803],
    [8160, 9, 64.8, 28.5, 2, 1860, 2, 2, 45.8, 4, 858830, 19973],
    [8160, 8.5, 62.5, 29.5, 1.5, 1860, 1, 3, 27.3, 3, 858830, 19973],
]
OFFSHORE_WEIGHTS = [20, 5, 5, 1.67, 1.67, 11.67, 11.67, 5, 5, 16.67, 8.33, 8.33]
OFFSHORE_P = [7280, 4, 13.4, 7.4, 3, 1662, 3, 3, 13.8, 3, 766240, 17820]


def test_a_table_that_gives_only_where_preference_is_full(tmp_path: Path) -> None:
    # Ziemba and others, Energies 10 (2017) 1755: preference grows from no difference on (V-shape). The scores stand
    # among the shared cases, without the thresholds.
    rows = table(OFFSHORE, "-----+--+-++", weight=OFFSHORE_WEIGHTS, p=OFFSHORE_P)
    outcome = results(import_into(tmp_path, rows), *LINEAR)
    assert field(outcome) == pytest.approx([-0.0445, 0.1884, -0.0954, -0.0485], abs=6e-5)
    assert outcome["ranking"] == ["A2", "A1", "A4", "A3"]
    assert set(outcome["preference"]["q"].values()) == {0}


def test_a_table_that_gives_only_where_indifference_ends(tmp_path: Path) -> None:
    # By hand: preference is full beyond q (U-shape). Differences of 2 and 3 pass over a q of 1, one of exactly 1 does not.
    outcome = results(import_into(tmp_path, table([[1], [2], [4]], q=[1])), *LINEAR)
    assert outcome["preference"]["p"] == {"C1": 1}
    assert field(outcome) == pytest.approx([-0.5, -0.5, 1.0]) and field(outcome, "tied") == [True, True, False]


def test_criteria_with_and_without_thresholds_in_one_table(tmp_path: Path) -> None:
    # The kinds of preference of Brans, Vincke and Mareschal, EJOR 24 (1986) 228-238, that two thresholds can express,
    # on their six hydroelectric stations: U-shape, V-shape, linear, usual. By hand from their table.
    stations = [
        [80, 90, 600, 8], [65, 58, 200, 1], [83, 60, 400, 4], [40, 80, 1000, 7], [52, 72, 600, 3], [94, 96, 700, 5],
    ]  # fmt: skip
    rows = table(stations, "-+--", weight=[1, 1, 1, 1], q=[10, "", 50, 0], p=["", 30, 500, 0])
    outcome = results(import_into(tmp_path, rows), *LINEAR)
    # Station 2 over 1: 15 > 10 on manpower, worse on power, 350 of 450 on cost, better on villages; over 3, 4, 5, 6 alike.
    over = [1 + 350 / 450 + 1, 1 + 150 / 450 + 1, 0 + 1 + 1, 0 + 350 / 450 + 1, 1 + 1 + 1]
    assert field(outcome, "positive_flow")[1] == pytest.approx(sum(over) / 4 / 5)
    assert sum(field(outcome)) == pytest.approx(0)


# The weighted sum -----------------------------------------------------------------------------------------


def test_two_of_three_are_equal(tmp_path: Path) -> None:
    # The three choices with which the weighted sum model is explained after Triantaphyllou (2000): 21.5, 22 and 22.
    scores = [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]]
    rows = table(scores, weight=[0.20, 0.15, 0.40, 0.25], low=[0] * 4, high=[100] * 4)
    outcome = results(import_into(tmp_path, rows))
    assert field(outcome) == pytest.approx([21.5, 22, 22])
    assert field(outcome, "rank") == [3, 1, 1] and field(outcome, "tied") == [False, True, True]


OFFICES = {
    "Addison Square": [100, 60, 100, 75, 0, 90],
    "Bilton Village": [20, 80, 10, 30, 100, 30],
    "Carlisle Walk": [80, 70, 0, 0, 10, 100],
    "Denver Street": [70, 50, 30, 55, 30, 90],
    "Elton Street": [40, 60, 90, 100, 60, 70],
    "Filton Village": [0, 0, 70, 0, 80, 0],
    "Gorton Square": [60, 100, 20, 50, 50, 80],
}
OFFICE_WEIGHTS = [32, 26, 23, 10, 6, 3]


def offices(names: list[str], **scores: Any) -> list[list[object]]:
    return table(
        [OFFICES[name] for name in names], names=names, weight=OFFICE_WEIGHTS, low=[0] * 6, high=[100] * 6, **scores
    )


def test_offices_of_goodwin_and_wright(tmp_path: Path) -> None:
    # Goodwin and Wright, Decision analysis for management judgment (1991), chapter 2: points from 0 to 100.
    outcome = results(import_into(tmp_path, offices(list(OFFICES))))
    assert field(outcome) == pytest.approx([80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2])
    first = [name.split()[0] for name in outcome["ranking"]]
    assert first == ["Addison", "Elton", "Gorton", "Denver", "Carlisle", "Bilton", "Filton"]


def test_an_office_with_an_unknown_score_says_what_is_open(tmp_path: Path) -> None:
    # The same with the closeness of Gorton Square to customers not known: 41 + 32 x share; nobody else moves.
    rows = offices(list(OFFICES))
    rows[-1][1] = "?"
    outcome = results(import_into(tmp_path, rows))
    row = outcome["technologies"][-1]
    assert row["name"] == "Gorton Square" and row["value"] is row["rank"] is None
    assert (row["value_low"], row["value_high"]) == (pytest.approx(41), pytest.approx(73))
    assert (row["rank_best"], row["rank_worst"]) == (2, 5)
    assert [each["value"] for each in outcome["technologies"][:-1]] == pytest.approx(
        [80.8, 64.8, 52.3, 47.4, 39.4, 20.9]
    )


@pytest.mark.parametrize(
    ("scores", "directions", "weights", "low", "high", "published"),
    [
        (
            [[15000, 4.3, 99, 42, 737], [15290, 5.0, 116, 42, 892], [15350, 5.0, 114, 45, 952], [15490, 5.3, 123, 45, 1120]],
            "---++", [0.2941, 0.2353, 0.2353, 0.0588, 0.1765], [14000, 3, 80, 35, 650], [16000, 8, 140, 60, 1300],
            [0.4779, 0.5781, 0.5558, 0.5801],
        ),
        (
            [[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]],
            "+-+", [0.2, 0.3, 0.5], [-5, -6, -8], [12, 10, 5], [0.1989, 0.3705, 0.3063, 0.7491],
        ),
    ],
)  # fmt: skip
def test_given_ends_costs_and_negative_scores(
    tmp_path: Path, scores: Rows, directions: str, weights: list[float], low: list[float], high: list[float],
    published: list[float],
) -> None:  # fmt: skip
    # Dezert and others, FUSION 2020 (SPOTIS): the weighted distance from the better end, so our value is 1 minus it.
    outcome = results(import_into(tmp_path, table(scores, directions, weight=weights, low=low, high=high)))
    assert field(outcome) == pytest.approx([100 * (1 - number) for number in published], abs=0.0075)


def test_ends_out_of_the_table(tmp_path: Path) -> None:
    # Aksoy (2021) by MAIRCA: the weighted distance from the best of each column, shared among five alternatives.
    scores = [[70, 245, 16.4, 19], [52, 246, 7.3, 22], [53, 295, 10.3, 25], [63, 256, 12, 8], [64, 233, 5.3, 17]]
    outcome = results(import_into(tmp_path, table(scores, weight=[0.04744, 0.02464, 0.51357, 0.41435])))
    published = [0.0332, 0.1122, 0.0654, 0.1304, 0.1498]
    assert field(outcome) == pytest.approx([100 * (1 - 5 * number) for number in published], abs=0.026)
    assert outcome["ranking"] == ["A1", "A3", "A2", "A4", "A5"]


def test_forklifts_of_pamucar_and_cirovic(tmp_path: Path) -> None:
    # Pamucar and Cirovic (2015) by MABAC: the same weighted sum, counted from a border that is equal for all.
    scores = [
        [22600, 3800, 2, 5, 1.06, 3.00, 3.5, 2.8, 24.5, 6.5],
        [19500, 4200, 3, 2, 0.95, 3.00, 3.4, 2.2, 24, 7.0],
        [21700, 4000, 1, 3, 1.25, 3.20, 3.3, 2.5, 24.5, 7.3],
        [20600, 3800, 2, 5, 1.05, 3.25, 3.2, 2.0, 22.5, 11.0],
        [22500, 3800, 4, 3, 1.35, 3.20, 3.7, 2.1, 23, 6.3],
        [23250, 4210, 3, 5, 1.45, 3.60, 3.5, 2.8, 23.5, 7.0],
        [20300, 3850, 2, 5, 0.90, 3.25, 3.0, 2.6, 21.5, 6.0],
    ]
    weights = [0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.050, 0.048]
    outcome = results(import_into(tmp_path, table(scores, "-+++--++++", weight=weights)))
    published = [0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464]
    found = field(outcome)
    assert [(value - found[0]) / 100 for value in found] == pytest.approx(
        [number - published[0] for number in published], abs=1.1e-4
    )


def test_cutting_fluids_ranked_by_range_of_value(tmp_path: Path) -> None:
    # The example of the test-suite of JMcDM for the range of value method: half of the weighted sum.
    scores = [
        [0.035, 34.5, 847, 1.76, 0.335, 0.5, 0.59, 0.59],
        [0.027, 36.8, 834, 1.68, 0.335, 0.665, 0.665, 0.665],
        [0.037, 38.6, 808, 2.4, 0.59, 0.59, 0.41, 0.5],
        [0.028, 32.6, 821, 1.59, 0.5, 0.59, 0.59, 0.41],
    ]
    weights = [0.3306, 0.0718, 0.1808, 0.0718, 0.0459, 0.126, 0.126, 0.0472]
    outcome = results(import_into(tmp_path, table(scores, "----+--+", weight=weights)))
    published = [0.1841453, 0.2617144, 0.2133158, 0.3428525]
    assert field(outcome) == pytest.approx([200 * number / sum(weights) for number in published], abs=1e-4)
    assert field(outcome, "rank") == [4, 2, 3, 1]


def test_pupils_of_rizan_as_shares_of_the_largest(tmp_path: Path) -> None:
    # Rizan and others (CITSM 2020), simple additive weighting; three of the columns are nothing but one number and zeros.
    scores = [
        [0.75, 0.50, 0.75, 0, 0, 0, 1],
        [0.75, 1, 0.75, 0, 0, 0, 0.75],
        [0.75, 0.75, 0.75, 0, 0.50, 0.25, 1],
        [0.50, 0.50, 0.75, 1, 0.50, 0, 0.75],
    ]
    rows = table(scores, weight=[0.1, 0.1, 0.1, 0.15, 0.2, 0.25, 0.1])
    outcome = results(import_into(tmp_path, rows), "--normalisation", "max")
    assert field(outcome) == pytest.approx([35.0, 37.5, 82.5, 64.2], abs=0.05)


# How sure it is -------------------------------------------------------------------------------------------


def test_how_often_each_plan_of_opricovic_and_tzeng_is_first(tmp_path: Path) -> None:
    # Opricovic and Tzeng (2004), the table of the shared cases. By hand: with w on risk the three have 100 w,
    # 50 + 25 w and 100 - 100 w points, so the first is first above 2/3, the last below 2/5.
    rows = table([[1, 3000], [2, 3750], [5, 4500]], "-+", weight=[1, 1])
    outcome = results(import_into(tmp_path, rows), "--trials", 100_000, "--seed", 3)
    shares = field(outcome, "rank_acceptability")
    assert [share[0] for share in shares] == pytest.approx([1 / 3, 4 / 15, 2 / 5], abs=0.006)
    assert [each["C1"] for each in field(outcome, "central_weights")] == pytest.approx(
        [5 / 6, 8 / 15, 1 / 5], abs=0.006
    )
    assert field(outcome, "confidence") == [1, 1, 1]


# As people keep their tables ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("separator", "decimal", "encoding"),
    [(";", ",", "utf-8-sig"), ("\t", ".", "utf-16"), (",", ".", "utf-8"), (";", ",", "cp1252")],
)
def test_the_same_table_as_different_programs_write_it(
    tmp_path: Path, separator: str, decimal: str, encoding: str
) -> None:
    rows = table(WIND_2019, "--+-++-++--+", weight=WIND_2019_WEIGHTS, q=WIND_2019_Q, p=WIND_2019_P)
    rows[0][1] = "Coût"
    text = "\r\n".join(separator.join(str(cell).replace(".", decimal) for cell in row) for row in rows)
    path, file = tmp_path / "case.tna", tmp_path / "case.csv"
    file.write_bytes(text.encode(encoding))
    assert tna("new", path, "--workflow", "cbd", "--country", "Testland")[0] == 0
    assert tna("import-scores", path, file)[0] == 0
    outcome = results(path, *LINEAR)
    assert outcome["criteria"][0]["name"] == "Coût"
    assert field(outcome)[8] == pytest.approx(0.4554, abs=6e-5)
