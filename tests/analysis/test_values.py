"""Value functions and normalisations against published ones, by hand, and laws that always hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna_desktop.analysis.ranking import weighted_sum
from tna_desktop.analysis.values import Normalisation, linear, normalise, piecewise, steps, threshold

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def published(name):
    path = CASES / name
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def test_published_piecewise_functions():
    case = published("pvf_piecewise_rsmaa.json")
    given, expected = case["inputs"], case["expected"]
    rising = piecewise(given["cutoffs_a"], given["values_a"])
    falling = piecewise(given["cutoffs_b"], given["values_b"])
    assert rising(given["x_a"]).tolist() == pytest.approx(expected["y_a"], abs=case["tolerance"])
    assert falling(given["x_b"]).tolist() == pytest.approx(expected["y_b"], abs=case["tolerance"])
    assert falling(given["clip_x_b"]).tolist() == pytest.approx(expected["clip_y_b"], abs=case["tolerance"])
    assert (rising.direction, falling.direction) == (1, -1)


@pytest.mark.parametrize(
    ("name", "how"), [("wsm_jmcdm7x5.json", "ratio"), ("wsm_jmcdm7x5.json", "max"), ("wsm_kracka2010.json", "sum")]
)
def test_published_weighted_sums_of_normalised_columns(name, how):
    case = published(name)
    given = case["inputs"]
    shares = normalise(given["matrix"], given["types"], Normalisation(how))
    weights = np.array(given["weights"]) / (sum(given["weights"]) if how == "sum" else 1)
    assert (shares @ weights).tolist() == pytest.approx(case["expected"]["scores"], abs=case["tolerance"])


def test_a_line_gives_the_points_of_the_ranking():
    scores = [[3.0], [7.0], [12.0], [-4.0], [UNKNOWN]]
    for direction in (1, -1):
        points = weighted_sum(scores, [0], [10], [direction], [1]).points[:, 0]
        assert linear(0, 10, direction)(np.ravel(scores)).tolist() == pytest.approx(points.tolist(), nan_ok=True)


def test_a_level_that_is_just_met_is_met():
    assert threshold(5)([4.9, 5, 5.1, UNKNOWN]).tolist() == pytest.approx([0, 100, 100, UNKNOWN], nan_ok=True)
    assert threshold(5, -1)([4.9, 5, 5.1]).tolist() == [100, 100, 0]


def test_steps_give_the_better_value_on_a_level():
    assert steps([10, 20], [0, 40, 100])([9, 10, 15, 20, 21]).tolist() == [0, 40, 40, 100, 100]
    assert steps([10, 20], [100, 40, 0])([9, 10, 15, 20, 21]).tolist() == [100, 100, 40, 40, 0]
    assert steps([10, 20], [0, 100, 0]).direction == 0


def test_ends_at_the_ends_of_the_number_range():
    assert linear(-1e308, 1e308)([-1e308, 0, 1e308]).tolist() == [0, 50, 100]


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: linear(3, 3),
        lambda: linear(0, 1, 2),
        lambda: linear(0, float("inf")),
        lambda: piecewise([1], [1]),
        lambda: piecewise([1, 2], [1, 2, 3]),
        lambda: steps([], [1]),
        lambda: steps([1], [1]),
        lambda: threshold(1, missed=100, met=0),
        lambda: normalise([[1, 2]], [1]),
        lambda: normalise([[1]], [0]),
        lambda: normalise([[float("inf")]], [1]),
        lambda: normalise([[0], [1]], [-1], Normalisation.RATIO),
        lambda: normalise([[-1], [1]], [1], Normalisation.SUM),
    ],
)
def test_what_cannot_be_meant_is_refused(mistake):
    with pytest.raises(ValueError):
        mistake()


def test_columns_by_hand():
    scores, direction = [[3, 3], [4, 4]], [1, -1]
    found = {how: normalise(scores, direction, how).tolist() for how in Normalisation}
    assert found[Normalisation.MINMAX] == [[0, 1], [1, 0]]
    assert found[Normalisation.VECTOR] == [pytest.approx([0.6, 0.4]), pytest.approx([0.8, 0.2])]
    assert found[Normalisation.MAX] == [pytest.approx([0.75, 0.25]), pytest.approx([1, 0])]
    assert found[Normalisation.RATIO] == [pytest.approx([0.75, 1]), pytest.approx([1, 0.75])]
    assert found[Normalisation.SUM] == [pytest.approx([3 / 7, 4 / 7]), pytest.approx([4 / 7, 3 / 7])]


def test_columns_without_a_difference_or_a_size():
    assert normalise([[5], [5]], [1]).tolist() == [[1], [1]]
    for how in (Normalisation.VECTOR, Normalisation.MAX):
        assert normalise([[0, 0], [0, 0]], [1, -1], how).tolist() == [[0, 1], [0, 1]]
    assert np.isnan(normalise([[UNKNOWN], [UNKNOWN]], [1], Normalisation.VECTOR)).all()


COLUMN = st.lists(st.integers(1, 1000).map(float), min_size=1, max_size=6)


@given(
    COLUMN,
    st.sampled_from(list(Normalisation)),
    st.sampled_from([1, -1]),
    st.sampled_from([1e-300, 1e-9, 0.3, 7.0, 1e300]),
)
def test_the_unit_has_no_part_and_better_is_more(column, how, direction, unit):
    plain = normalise([[x] for x in column], [direction], how)
    other = normalise([[x * unit] for x in column], [direction], how)
    assert other.ravel().tolist() == pytest.approx(plain.ravel().tolist(), abs=1e-9)
    assert (plain >= -1e-12).all() and (plain <= 1 + 1e-12).all()
    order = np.argsort(np.array(column) * direction, kind="stable")
    assert (np.diff(plain[order, 0]) >= -1e-12).all()


@given(COLUMN, st.sampled_from(list(Normalisation)))
def test_an_unknown_score_moves_no_other(column, how):
    plain = normalise([[x] for x in column], [1], how)
    other = normalise([[x] for x in column] + [[UNKNOWN]], [1], how)
    assert other[:-1].tolist() == plain.tolist() and np.isnan(other[-1, 0])
