"""Flows of preference against published tables, pair by pair, and laws that always hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis import promethee
from tna_desktop.analysis.promethee import Preference, promethee2
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
UNKNOWN = float("nan")


def published(name):
    path = CASES / name
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(params=["pairs", "sums"])
def both_ways(request, monkeypatch):
    """Every test that takes this is done with the form for few technologies and with the one for many."""
    monkeypatch.setattr(promethee, "MANY", 10**9 if request.param == "pairs" else 0)


def test_published_flows_of_the_usual_preference(both_ways):
    case = published("mcda/promethee2_zhao2013.json")
    found = promethee2(case["inputs"]["matrix"], case["inputs"]["types"], case["inputs"]["weights"])
    assert found.net.tolist() == pytest.approx(case["expected"]["net_flow"], abs=case["tolerance"])
    assert found.rank == (2, 3, 1)


def test_published_flows_of_the_linear_preference(both_ways):
    case = published("mcda/promethee2_papathanasiou2018.json")
    given = case["inputs"]
    found = promethee2(given["matrix"], given["types"], given["weights"], Preference.LINEAR, given["q"], given["p"])
    assert found.net.tolist() == pytest.approx(case["expected"]["net_flow"], abs=case["tolerance"])


def test_published_flows_whose_criteria_are_read_as_costs(both_ways):
    # The published table says more is better, its numbers are those of less is better; see the note in the case.
    case = published("mcda/promethee2_jmcdm8x4.json")
    given = case["inputs"]
    found = promethee2(given["matrix"], [-1] * 4, given["weights"], Preference.LINEAR, given["q"], given["p"])
    assert found.net.tolist() == pytest.approx(case["expected"]["net_flow_as_printed"], abs=case["tolerance"])


def test_offshore_wind_has_the_published_flows_and_order(both_ways):
    case = published("tna/04_offshore_wind_prosa_2017.json")
    scores = np.array([criterion["values"] for criterion in case["criteria"]]).T
    direction = [1 if criterion["direction"] == "benefit" else -1 for criterion in case["criteria"]]
    weights, p = ([criterion[name] for criterion in case["criteria"]] for name in ("published_weight", "vshape_p"))
    found = promethee2(scores, direction, weights, Preference.LINEAR, 0, p)
    assert found.net.tolist() == pytest.approx(case["published_result"]["net_flow"], abs=5e-5)
    order = np.argsort(found.rank)
    assert [case["alternatives"][row] for row in order] == case["published_result"]["ranking_best_first"]


def test_differences_by_hand(both_ways):
    # Differences of 1, 2 and 3 with q = 1 and p = 3: preferences 0, 0.5 and 1, divided by the two others.
    found = promethee2([[3], [2], [0]], [1], [1], Preference.LINEAR, 1, 3)
    assert found.leaving.tolist() == pytest.approx([0.5, 0.25, 0])
    assert found.entering.tolist() == pytest.approx([0, 0, 0.75])
    assert found.net.tolist() == pytest.approx([0.5, 0.25, -0.75])


def test_a_step_begins_above_its_difference_whatever_the_rounding(both_ways):
    # 0.8 - 0.6 is 0.20000000000000007 in a computer.
    assert promethee2([[0.8], [0.6]], [1], [1], Preference.LINEAR, 0.2, 0.2).net.tolist() == [0, 0]
    assert promethee2([[0.81], [0.6]], [1], [1], Preference.LINEAR, 0.2, 0.2).net.tolist() == [1, -1]


def test_pairs_are_compared_on_what_applies_to_both():
    # First and second share only the first criterion; third and second too; first and third share both.
    found = promethee2([[3, 0], [2, 9], [1, 5]], [1, 1], [1, 1], applicable=[[True, True], [True, False], [True, True]])
    assert found.leaving.tolist() == pytest.approx([(1 + 0.5) / 2, 1 / 2, 0.5 / 2])
    assert np.isnan(found.by_criterion[1, 1])


def test_an_unknown_score_that_counts_takes_no_part():
    found = promethee2([[3, 1], [UNKNOWN, 1], [1, 1]], [1, 1], [1, 0])
    assert found.net.tolist() == pytest.approx([1, UNKNOWN, -1], nan_ok=True)
    assert found.rank == (1, None, 2)


def test_one_technology_and_none():
    assert promethee2([[3]], [1], [1]).net.tolist() == [0]
    assert promethee2(np.zeros((0, 1)), [1], [1]).rank == ()
    assert promethee2([[UNKNOWN]], [1], [1]).rank == (None,)


@pytest.mark.parametrize("scores", [[[1e308], [-1e308]], [[1e-300], [-1e-300]]])
def test_scores_at_the_ends_of_the_number_range(scores, both_ways):
    size = abs(scores[0][0])
    assert promethee2(scores, [1], [1], Preference.LINEAR, size / 4, size / 2).net.tolist() == [1, -1]


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(NoWeights):
        promethee2([[1]], [1], [0])
    for mistake in (
        ([[1, 2]], [1, 1], [1]),
        ([[1]], [2], [1]),
        ([[float("inf")]], [1], [1]),
        ([[1]], [1], [1], Preference.LINEAR, 2, 1),
        ([[1]], [1], [1], Preference.LINEAR, -1, 1),
    ):
        with pytest.raises(ValueError):
            promethee2(*mistake)


def plainly(X, w, q, p):
    """Flows as the definition has them, one pair and one criterion after the other."""
    m = len(X)
    P = np.zeros((m, m))
    for a in range(m):
        for b in range(m):
            for j, weight in enumerate(w / w.sum()):
                d = X[a, j] - X[b, j]
                P[a, b] += weight * (float(d > q[j]) if p[j] <= q[j] else min(max((d - q[j]) / (p[j] - q[j]), 0), 1))
    return (P.sum(axis=1) - P.sum(axis=0)) / max(m - 1, 1)


@st.composite
def tables(draw):
    m, n = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    X = draw(arrays.arrays(float, (m, n), elements=st.integers(0, 8).map(float)))
    w = np.array(draw(st.lists(st.integers(1, 9), min_size=n, max_size=n)), dtype=float)
    q = np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n)), dtype=float)
    p = q + np.array(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), dtype=float)
    return X, w, q, p


@given(tables())
def test_few_and_many_agree_with_the_definition(table):
    X, w, q, p = table
    expected = plainly(X, w, q, p).tolist()
    before = promethee.MANY
    try:
        for many in (0, 10**9):
            promethee.MANY = many
            found = promethee2(X, np.ones(X.shape[1]), w, Preference.LINEAR, q, p)
            assert found.net.tolist() == pytest.approx(expected, abs=1e-12)
            assert (found.by_criterion @ (w / w.sum())).tolist() == pytest.approx(expected, abs=1e-12)
            assert found.net.sum() == pytest.approx(0, abs=1e-12)
    finally:
        promethee.MANY = before


@given(tables(), st.data())
def test_order_of_entry_unit_and_direction_have_no_part(table, data):
    X, w, q, p = table
    rows = data.draw(st.permutations(range(len(X))))
    unit = np.array(data.draw(st.lists(st.sampled_from([0.25, 4.0, 1024.0]), min_size=len(w), max_size=len(w))))
    plain = promethee2(X, np.ones(len(w)), w, Preference.LINEAR, q, p)
    other = promethee2(-(X * unit)[rows], -np.ones(len(w)), w * 3, Preference.LINEAR, q * unit, p * unit)
    assert other.net.tolist() == pytest.approx(plain.net[rows].tolist(), abs=1e-12)


@given(tables())
def test_dominance_is_never_violated(table):
    X, w, q, p = table
    for preference in Preference:
        found = promethee2(X, np.ones(len(w)), w, preference, q, p)
        for one in range(len(X)):
            for other in range(len(X)):
                if (X[one] >= X[other]).all():
                    assert found.net[one] >= found.net[other] - 1e-12
