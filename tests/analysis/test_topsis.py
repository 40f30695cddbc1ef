"""Closeness to the best against published tables, by hand, and laws that always hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tna_desktop.analysis.topsis import topsis
from tna_desktop.analysis.values import Normalisation, normalise
from tna_desktop.analysis.weights import NoWeights

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
UNKNOWN = float("nan")


def published(name):
    path = CASES / name
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["topsis_opricovic2004", "topsis_hodgett_cars"])
def test_published_closeness(name):
    case = published(f"mcda/{name}.json")
    given = case["inputs"]
    shares = normalise(given["matrix"], given["types"], Normalisation(given["normalization"]))
    found = topsis(shares, given["weights"])
    assert found.values.tolist() == pytest.approx(case["expected"]["scores"], abs=case["tolerance"])
    if name == "topsis_opricovic2004":
        assert found.rank == (2, 1, 2) and found.tied == (True, False, True)


def test_offshore_wind_in_the_order_that_topsis_gives():
    case = published("tna/04_offshore_wind_prosa_2017.json")
    scores = np.array([criterion["values"] for criterion in case["criteria"]]).T
    direction = [1 if criterion["direction"] == "benefit" else -1 for criterion in case["criteria"]]
    weights = [criterion["published_weight"] for criterion in case["criteria"]]
    found = topsis(normalise(scores, direction, Normalisation.VECTOR), weights)
    second = case["computed_here_not_published"]
    assert found.values.tolist() == pytest.approx(second["topsis_vector_norm"], abs=1e-6)
    assert list(found.rank) == second["topsis_rank"]


def test_by_hand_with_something_that_does_not_apply():
    # The second is judged on the first criterion alone, with all the weight: 0.5 from the best, 0.5 from the worst.
    found = topsis([[1, 0], [0.5, 9], [0, 1]], [1, 1], [[True, True], [True, False], [True, True]])
    assert found.values.tolist() == pytest.approx([0.5, 0.5, 0.5])
    assert found.to_best.tolist() == pytest.approx([0.5, 0.5, 0.5])
    assert found.best.tolist() == [1, 1] and found.worst.tolist() == [0, 0]


def test_an_unknown_score_that_counts_takes_no_part():
    found = topsis([[1, 0], [UNKNOWN, 5], [0, 1]], [1, 1])
    assert found.rank == (1, None, 1) and found.best.tolist() == [1, 1]
    assert topsis([[UNKNOWN, 0], [UNKNOWN, 1]], [0, 1]).rank == (2, 1)


def test_one_technology_and_equal_ones_are_as_good_as_the_best():
    assert topsis([[0.3, 0.4]], [1, 1]).values.tolist() == [1]
    assert topsis([[0.3], [0.3]], [1]).rank == (1, 1)
    assert topsis(np.zeros((0, 2)), [1, 1]).rank == ()
    assert topsis([[UNKNOWN], [UNKNOWN]], [1]).rank == (None, None)


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(NoWeights):
        topsis([[1]], [0])
    for mistake in (([[1, 2]], [1]), ([1], [1]), ([[float("inf")]], [1]), ([[1]], [1], [[True, True]])):
        with pytest.raises(ValueError):
            topsis(*mistake)


TABLE = arrays.arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=st.integers(1, 9).map(float))


@given(TABLE, st.data())
def test_order_of_entry_and_scale_of_weights_have_no_part(table, data):
    m, n = table.shape
    weights = np.array(data.draw(st.lists(st.integers(0, 5), min_size=n, max_size=n).filter(any)), dtype=float)
    rows, columns = data.draw(st.permutations(range(m))), data.draw(st.permutations(range(n)))
    shares = normalise(table, [1] * n, Normalisation.VECTOR)
    plain, other = topsis(shares, weights), topsis(shares[np.ix_(rows, columns)], weights[columns] * 17)
    assert other.values.tolist() == pytest.approx(plain.values[rows].tolist())
    assert other.rank == tuple(plain.rank[row] for row in rows)


@given(TABLE)
def test_dominance_is_never_violated(table):
    shares = normalise(table, [1] * table.shape[1], Normalisation.MAX)
    found = topsis(shares, np.ones(table.shape[1]))
    for one in range(len(table)):
        for other in range(len(table)):
            if (table[one] >= table[other]).all():
                assert found.values[one] >= found.values[other] - 1e-12
                assert found.rank[one] <= found.rank[other]


@given(TABLE)
def test_ideal_and_worst_are_one_and_zero(table):
    assume((np.ptp(table, axis=0) > 0).any())
    both = np.vstack([table, table.max(axis=0), table.min(axis=0)])
    found = topsis(normalise(both, [1] * table.shape[1], Normalisation.VECTOR), np.ones(table.shape[1]))
    assert found.values[-2] == pytest.approx(1) and found.values[-1] == pytest.approx(0)
