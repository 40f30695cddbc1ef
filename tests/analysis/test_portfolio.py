"""The best choice under a budget, against the published case and against trying every choice."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tna_desktop.analysis.portfolio import best_portfolio

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
UNKNOWN = float("nan")


def test_the_published_case():
    path = CASES / "portfolio_prerequisites_18.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    case = json.loads(path.read_text())
    given = case["inputs"]
    found = best_portfolio(
        given["value"], given["cost"], given["budget"], given["prerequisites"], given["exclusions"], given["sector"],
        given["min_per_sector"],
    )  # fmt: skip
    assert found.value == pytest.approx(case["expected"]["best_value"], abs=case["tolerance"])
    assert found.gap == 0 and found.costs[0] <= given["budget"] + 1e-9
    chosen = set(found.chosen)
    assert all(other in chosen for one, other in given["prerequisites"] if one in chosen)
    assert not any({one, other} <= chosen for one, other in given["exclusions"])
    assert {given["sector"][each] for each in chosen} == set(given["sector"])


def test_by_hand_worth_for_the_money_is_not_the_best_choice():
    # The first is worth most for its money, but the two others fill the budget: 10 + 9 beside 8.
    assert best_portfolio([8, 10, 9], [4, 6, 5], 11).chosen == (1, 2)
    # A budget of its own for people, of which the last two need too many.
    assert best_portfolio([8, 10, 9], [[4, 6, 5], [1, 3, 3]], [11, 5]).chosen == (0, 1)


def test_an_option_that_needs_another_brings_it_along_or_stays_out():
    assert best_portfolio([10, 1, 6], [3, 3, 3], 6, needs=[(0, 1)]).chosen == (0, 1)
    assert best_portfolio([10, 1, 6], [3, 4, 3], 6, needs=[(0, 1)]).chosen == (2,)
    assert best_portfolio([10, 1, 6], [3, 3, 3], 9, needs=[(0, 1)], excludes=[(0, 2)]).chosen == (0, 1)


def test_what_cannot_be_is_none_and_nothing_to_choose_is_empty():
    assert best_portfolio([5, 5], [3, 3], 3, groups=["sea", "land"], least_per_group=1) is None
    assert best_portfolio([], [], 3).chosen == ()
    assert best_portfolio([5, 4], [0, 1], 0).chosen == (0,)


def test_units_change_nothing():
    for unit in (1e-6, 1.0, 1e12):
        found = best_portfolio([8, 10, 9], [4 * unit, 6 * unit, 5 * unit], 11 * unit)
        assert found.chosen == (1, 2)
        assert found.costs[0] == pytest.approx(11 * unit)


@pytest.mark.parametrize(
    "values, costs, budget",
    [([1, UNKNOWN], [1, 1], 1), ([1, 1], [1, UNKNOWN], 1), ([1, 1], [1, -1], 1), ([1], [1, 1], 1)],
)
def test_an_unknown_cost_is_not_a_cost_of_zero(values, costs, budget):
    with pytest.raises(ValueError):
        best_portfolio(values, costs, budget)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=1, max_size=8),
    st.integers(0, 25),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=4),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3),
)
def test_it_is_the_best_of_all_choices(options, budget, needs, excludes):
    n = len(options)
    needs = [(a, b) for a, b in needs if a < n and b < n]
    excludes = [(a, b) for a, b in excludes if a < n and b < n]
    values, costs = zip(*options, strict=True)

    def holds(choice):
        return (
            sum(costs[each] for each in choice) <= budget
            and all(b in choice for a, b in needs if a in choice)
            and not any(a in choice and b in choice for a, b in excludes)
        )

    every = (set(some) for size in range(n + 1) for some in itertools.combinations(range(n), size))
    best = max(sum(values[each] for each in choice) for choice in every if holds(choice))
    found = best_portfolio(values, costs, budget, needs, excludes)
    assert holds(set(found.chosen)) and found.value == best
