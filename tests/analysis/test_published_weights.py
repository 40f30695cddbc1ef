"""Weighting and agreement against published examples that are not among the shared cases, typed in with their source.

Each method is also asked through the stage, so that what a person records gives the published weights. Where only a
formula is published the figures are derived beside the test.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.builders.weighing import FIRST, SECOND, ballot_outcome, compared, flat, numbers
from tna_desktop.analysis.agreement import Reading, concordance
from tna_desktop.analysis.best_worst import best_worst
from tna_desktop.analysis.elicitation import (
    RankingRule,
    place_weights,
)
from tna_desktop.analysis.hierarchy import tree_of_leaves, weigh_tree
from tna_desktop.analysis.pairwise import combine_judgements, compare_pairs, matrix_of
from tna_desktop.stages.criteria import operations, results


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def upper(names, *rows):
    """The comparisons above the diagonal, row by row: {(first, second): ratio}."""
    given_ratios = [ratio for row in rows for ratio in row]
    return dict(zip(combinations(names, 2), given_ratios, strict=True))


def asked(names, comparisons):
    """The outcome of comparisons by name, with whatever was not compared left open."""
    place = {name: at for at, name in enumerate(names)}
    return compare_pairs(matrix_of(len(names), {(place[a], place[b]): ratio for (a, b), ratio in comparisons.items()}))


def by_name(ids, shares):
    return {name: shares[id] for name, id in ids.items() if id in shares}


def recorded(document, ids, method, answers, level="criteria"):
    """What a ballot says that was recorded, read back and revealed, and what its group then says."""
    round_id = do(document, operations.open_round)
    ballot = do(document, operations.record_ballot, round_id, FIRST, "Ana", method, level, answers)
    do(document, operations.reveal_round, round_id)
    outcome = read(document, ballot_outcome, ballot)
    group = read(document, results.group_weights, WORKFLOW)[FIRST]
    assert dict(group.shares) == pytest.approx(dict(outcome.shares))
    assert dict(outcome.shares) == pytest.approx(
        dict(read(document, results.answers_outcome, method, level, answers).shares)
    )
    return outcome


# Pairwise comparisons down a tree: choosing a school ------------------------------------------------------

#: Saaty (1980), The Analytic Hierarchy Process: three schools by six criteria (learning, friends, school life,
#: vocational training, college preparation, music classes). The numbers are those of two test suites of others that
#: name this example; the first table of criteria stands, under another name, among the shared cases.
SCHOOL_CRITERIA = ("learning", "friends", "life", "vocational", "college", "music")
CHILD = upper(SCHOOL_CRITERIA, [4, 3, 1, 3, 4], [7, 3, 1 / 5, 1], [1 / 5, 1 / 5, 1 / 6], [1, 1 / 3], [3])
PARENT = upper(SCHOOL_CRITERIA, [5, 7, 5, 3, 1], [3, 1 / 5, 1 / 6, 1 / 6], [1 / 4, 1 / 5, 1 / 5], [1 / 5, 1 / 6], [1])
SCHOOLS = [
    upper("ABC", *rows)
    for rows in (
        ([1 / 3, 1 / 2], [3]),
        ([1, 1], [1]),
        ([5, 1], [1 / 5]),
        ([9, 7], [1 / 5]),
        ([1 / 2, 1], [2]),
        ([6, 4], [1 / 3]),
    )
]


@pytest.mark.parametrize(("criteria", "schools"), [(CHILD, [0.37, 0.38, 0.25]), (PARENT, [0.40, 0.36, 0.24])])
def test_choosing_a_school_by_the_products_down_the_tree(criteria, schools):
    top = asked(SCHOOL_CRITERIA, criteria)
    local, parents = [*top.weights], [None] * 6
    for place, each in enumerate(SCHOOLS):
        local += asked("ABC", each).weights.tolist()
        parents += [place] * 3
    tree = weigh_tree(parents, local)
    assert tree.overall[6:].reshape(6, 3).sum(axis=0).round(2).tolist() == schools
    assert tree.leaf_weights.sum() == pytest.approx(1)
    # Up again from the eighteen leaves: the same weights of the six criteria.
    back = tree_of_leaves(parents, tree.overall)
    assert back.local.tolist() == pytest.approx(tree.local.tolist())


def test_how_well_the_judgements_about_the_schools_fit_together():
    assert [round(asked("ABC", each).consistency_ratio, 2) for each in SCHOOLS] == [0.05, 0, 0, 0.18, 0, 0.05]
    assert not asked(SCHOOL_CRITERIA, CHILD).acceptable


# Pairwise comparisons down a tree: choosing a city --------------------------------------------------------

#: Saaty (2005), Theory and Applications of the Analytic Network Process; numbers as in the tests of AHPy.
CITY_CRITERIA = ("culture", "family", "housing", "jobs", "transport")
CITY = upper(CITY_CRITERIA, [1 / 5, 3, 1 / 2, 5], [7, 1, 7], [1 / 4, 3], [7])
PLACES = ("Bethesda", "Boston", "Pittsburgh", "Santa Fe")
CITIES = [
    upper(PLACES, *rows)
    for rows in (
        ([1 / 2, 1, 1 / 2], [2.5, 1], [1 / 2.5]),
        ([2, 1 / 3, 4], [1 / 8, 2], [9]),
        ([5, 1 / 2, 2.5], [1 / 9, 1 / 4], [7]),
        ([1 / 2, 3, 4], [6, 8], [1]),
        ([1.5, 1 / 2, 4], [1 / 3.5, 2.5], [9]),
    )
]


def test_choosing_a_city_by_the_products_down_the_tree():
    local = [*asked(CITY_CRITERIA, CITY).weights]
    parents = [None] * 5
    for place, each in enumerate(CITIES):
        local += asked(PLACES, each).weights.tolist()
        parents += [place] * 4
    tree = weigh_tree(parents, local)
    found = tree.overall[5:].reshape(5, 4).sum(axis=0)
    assert found.tolist() == pytest.approx([0.2291, 0.2748, 0.3852, 0.1110], abs=6e-5)


# Pairwise comparisons through the stage: choosing a car ---------------------------------------------------

#: The car example of the English Wikipedia's article on the method; weights as in the tests of AHPy, which cite it.
CAR_TOP = upper(("Cost", "Safety", "Style", "Capacity"), [3, 7, 3], [9, 1], [1 / 7])
CAR_COST = upper(("Price", "Fuel", "Maintenance", "Resale"), [2, 5, 3], [2, 2], [1 / 2])
CAR_CAPACITY = {("Cargo", "Passenger"): 1 / 5}
CAR_LOCAL = {
    **{"Cost": 0.510, "Safety": 0.234, "Style": 0.041, "Capacity": 0.215},
    **{"Price": 0.4881, "Fuel": 0.2515, "Maintenance": 0.0999, "Resale": 0.1605},
    **{"Cargo": 1 / 6, "Passenger": 5 / 6},
}
CAR_OVERALL = {
    **{"Price": 0.2489, "Fuel": 0.1283, "Maintenance": 0.0509, "Resale": 0.0819},
    **{"Safety": 0.234, "Style": 0.041},
}


def car(document):
    """Cost (four criteria) and Capacity (two) as branches, Safety and Style as criteria beside them."""
    ids = {name: do(document, operations.add_group, name) for name in ("Cost", "Capacity")}
    for name in ("Price", "Fuel", "Maintenance", "Resale"):
        ids[name] = do(document, operations.add_criterion, name, group_id=ids["Cost"])
    for name in ("Cargo", "Passenger"):
        ids[name] = do(document, operations.add_criterion, name, group_id=ids["Capacity"])
    return ids | flat(document, ("Safety", "Style"))


def pairs(ids, *tables):
    return compared(ids, "ratio", *((a, b, ratio) for table in tables for (a, b), ratio in table.items()))


def test_a_recorded_ballot_of_pairs_gives_the_published_weights_down_the_tree(document):
    ids = car(document)
    said = recorded(document, ids, "pairwise", pairs(ids, CAR_TOP, CAR_COST, CAR_CAPACITY), "tree")
    local = {name: said.nodes[id].local for name, id in ids.items()}
    overall = {name: said.nodes[id].overall for name, id in ids.items()}
    assert local == pytest.approx(CAR_LOCAL, abs=6e-4)
    assert {name: overall[name] for name in CAR_OVERALL} == pytest.approx(CAR_OVERALL, abs=6e-4)
    for branch, children in (
        ("Cost", ("Price", "Fuel", "Maintenance", "Resale")),
        ("Capacity", ("Cargo", "Passenger")),
    ):
        for name in children:
            assert overall[name] == pytest.approx(local[branch] * local[name])
    assert sum(said.shares.values()) == pytest.approx(1)
    assert (said.answered, said.asked, said.consistency.acceptable) == (13, 13, True)


#: Two decimals, as a paper shows the steps below one.
PRINTED = {2: 0.5, 3: 0.33, 4: 0.25, 5: 0.2, 6: 0.17, 7: 0.14, 8: 0.13, 9: 0.11}


def test_the_price_of_the_car_as_it_is_printed_gives_the_same_weights_as_in_full(document):
    """Six cars compared by price; the published weights to three decimals, of the same source."""
    cars = ("Sedan", "Hybrid", "Pilot", "CR-V", "Element", "Odyssey")
    table = upper(cars, [9, 9, 1, 1 / 2, 5], [1, 1 / 9, 1 / 9, 1 / 7], [1 / 9, 1 / 9, 1 / 7], [1 / 2, 5], [6])
    ids = flat(document, cars)
    printed = {pair: PRINTED[round(1 / ratio)] if ratio < 1 else ratio for pair, ratio in table.items()}
    said = recorded(document, ids, "pairwise", pairs(ids, printed))
    published = dict(zip(cars, [0.246, 0.025, 0.025, 0.246, 0.366, 0.093], strict=True))
    assert by_name(ids, said.shares) == pytest.approx(published, abs=6e-4)
    exact = read(document, results.answers_outcome, "pairwise", "criteria", pairs(ids, table))
    assert dict(said.shares) == pytest.approx(dict(exact.shares), rel=1e-12)
    assert said.consistency.ratio == pytest.approx(exact.consistency.ratio, rel=1e-9)


@pytest.mark.parametrize("step", PRINTED)
def test_a_printed_step_below_one_is_kept_as_that_step(document, step):
    """1/9 is printed 0.11, which in full would be 9.09 and beyond the scale; any other number stays as it is."""
    ids = flat(document, ("Jobs", "Nature"))
    for places in (2, 3, 4):
        value = PRINTED[step] if places == 2 else round(1 / step, places)
        kept = recorded(document, ids, "pairwise", compared(ids, "ratio", ("Jobs", "Nature", value)))
        assert kept.shares[ids["Nature"]] == pytest.approx(step / (1 + step), rel=1e-12)
    other = recorded(document, ids, "pairwise", compared(ids, "ratio", ("Jobs", "Nature", 0.4)))
    assert other.shares[ids["Jobs"]] == pytest.approx(2 / 7)


def test_a_printed_step_is_spoken_of_and_compared_as_that_step(document):
    """A circle of nines: the question names 9 and not 9.09; and 0.13 one way round is 8 the other."""
    ids = flat(document, ("Jobs", "Nature", "Cost"))
    circle = compared(ids, "ratio", ("Nature", "Jobs", 0.11), ("Cost", "Nature", 0.11), ("Jobs", "Cost", 0.11))
    said = recorded(document, ids, "pairwise", circle).consistency
    assert said.given == pytest.approx(9, rel=1e-12)
    # By hand: the largest eigenvalue of a circle of nines is 1 + 9 + 1/9.
    assert said.ratio == pytest.approx((10 + 1 / 9 - 3) / 2 / 0.58)
    first = compared(ids, "ratio", ("Jobs", "Nature", 0.13))
    assert results.differences(first, compared(ids, "ratio", ("Nature", "Jobs", 8))) == ()
    assert len(results.differences(first, compared(ids, "ratio", ("Nature", "Jobs", 7)))) == 1


# Pairs that were not all compared -------------------------------------------------------------------------

#: Saaty's house without twelve of its 28 comparisons: Bozóki, Fülöp and Rónyai (2010), Mathematical and Computer
#: Modelling 52, 318-333; numbers as in the tests of AHPy, which cite it and stop their search at about four digits.
HALF_A_HOUSE = {
    **{("a", "b"): 5, ("a", "c"): 3, ("a", "d"): 7, ("a", "e"): 6, ("a", "f"): 6, ("b", "d"): 5, ("b", "f"): 3},
    **{("c", "e"): 3, ("c", "g"): 6, ("f", "d"): 4, ("g", "a"): 3, ("g", "e"): 5},
    **{("h", "a"): 4, ("h", "b"): 7, ("h", "d"): 8, ("h", "f"): 6},
}
FILLED = {
    **{"bc": 0.33002, "be": 1.71974, "bg": 0.46635, "cd": 9.92051, "cf": 4.85249, "ch": 0.56961},
    **{"de": 0.52528, "dg": 0.14244, "ef": 0.93120, "eh": 0.10931, "fg": 0.29121, "gh": 0.40309},
}


def test_the_twelve_comparisons_that_nobody_made_about_the_house():
    found = asked("abcdefgh", HALF_A_HOUSE)
    place = "abcdefgh".index
    filled = {pair: found.matrix[place(pair[0]), place(pair[1])] for pair in FILLED}
    assert filled == pytest.approx(FILLED, rel=5e-5)
    assert np.count_nonzero(np.triu(~found.compared)) == 12
    # 16 of 28 pairs leave 1 - 24/42 of the random index for eight.
    assert found.strict_ratio == pytest.approx(found.consistency_ratio * 42 / 18)


def test_a_recorded_ballot_with_pairs_left_out_is_complete_and_says_the_same(document):
    ids = flat(document, "abcdefgh")
    said = recorded(document, ids, "pairwise", pairs(ids, HALF_A_HOUSE))
    assert (said.complete, said.answered, said.asked) == (True, 16, 28)
    expected = dict(zip("abcdefgh", asked("abcdefgh", HALF_A_HOUSE).weights.tolist(), strict=True))
    assert by_name(ids, said.shares) == pytest.approx(expected)


@pytest.mark.parametrize(("ab", "bc", "cd", "ad"), [(2, 3, 4, 5), (9, 1 / 3, 2, 1 / 7), (1, 1, 1, 9)])
def test_four_in_a_ring_are_filled_by_the_geometric_mean_of_both_ways_round(ab, bc, cd, ad):
    """a over c by b is ab x bc, by d it is ad / cd; nothing speaks for the one rather than the other.

    That the eigenvalue agrees here with the logarithmic least squares is proved by Csató, Ágoston and Bozóki (2024),
    "On the coincidence of optimal completions for small pairwise comparison matrices with missing entries"."""
    found = compare_pairs(matrix_of(4, {(0, 1): ab, (1, 2): bc, (2, 3): cd, (0, 3): ad}))
    assert found.matrix[0, 2] == pytest.approx((ab * bc * ad / cd) ** 0.5, rel=1e-7)
    assert found.matrix[1, 3] == pytest.approx((bc * cd * ad / ab) ** 0.5, rel=1e-7)


def test_answers_that_fit_are_filled_in_exactly():
    """Zhou and others (2018), example 1: 8, 4, 2 and 1 with the first pair missing; it can only be 2."""
    missing = np.array([[1, np.nan, 4, 8], [np.nan, 1, 2, 4], [1 / 4, 1 / 2, 1, 2], [1 / 8, 1 / 4, 1 / 2, 1]])
    found = compare_pairs(missing)
    assert found.matrix[0, 1] == pytest.approx(2)
    assert found.weights.tolist() == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    assert found.strict_ratio == pytest.approx(0, abs=1e-9)


# The judgements of a group --------------------------------------------------------------------------------


def test_two_three_and_four_times_are_one_judgement_both_ways_round():
    """An apple and an orange, three people: the geometric mean is 24^(1/3), its reciprocal that of the reciprocals;
    the arithmetic means, 3 and 13/36, are none of each other. An example of those who teach the method; the theorem is
    that of Aczél and Saaty (1983), Journal of Mathematical Psychology 27, 93-102."""
    group = combine_judgements([matrix_of(2, {(0, 1): ratio}) for ratio in (2, 3, 4)])
    back = combine_judgements([matrix_of(2, {(1, 0): ratio}) for ratio in (2, 3, 4)])
    assert group[0, 1] == pytest.approx(24 ** (1 / 3))
    assert group[1, 0] == pytest.approx(24 ** (-1 / 3))
    assert back[1, 0] == pytest.approx(group[0, 1])


def test_unequal_groups_by_both_means_as_they_are_recorded(document):
    """By hand. The first group's two voters mean 8 1 1 in ten, the second group says 1 8 1, and the first has two voices.

    Arithmetic: (2 x 8 + 1, 2 x 1 + 8, 2 + 1) / 30 = 17 10 3 in thirty. Geometric: 8^(2/3), 8^(1/3) and 1, that is
    4 2 1 in seven."""
    ids = flat(document, ("Jobs", "Nature", "Cost"))
    round_id = do(document, operations.open_round)
    for group, voter, points in ((FIRST, "Ana", (90, 5, 5)), (FIRST, "Ben", (70, 15, 15)), (SECOND, "", (10, 80, 10))):
        answers = numbers(ids, **dict(zip(ids, points, strict=True)))
        do(document, operations.record_ballot, round_id, group, voter, "points", "criteria", answers)
    do(document, operations.reveal_round, round_id)
    do(document, operations.set_group_voice, FIRST, 2, "It speaks for two ministries.")
    arithmetic = [each.mean for each in read(document, results.weights, WORKFLOW).criteria]
    assert arithmetic == pytest.approx([17 / 30, 10 / 30, 3 / 30])
    do(document, operations.set_mean, "geometric", "Ratios are compared.")
    geometric = [each.mean for each in read(document, results.weights, WORKFLOW).criteria]
    assert geometric == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    # Each would have to move seven in ten from its own favourite to that of the other.
    found = read(document, results.agreement, WORKFLOW)
    assert {each.group: each.points for each in found.apart} == pytest.approx({FIRST: 70, SECOND: 70})


# Best and worst -------------------------------------------------------------------------------------------

#: Quality, price, comfort, safety, style of a car by the linear model of Rezaei (2016), Omega 64, 126-130, with safety
#: answered 3 and 3 where 2 and 4 would fit. Weights as in the tests of the package BWM for R, whose consistency ratio
#: 0.002444958 is the largest difference divided by 4.47.
CAR_CRITERIA = ("quality", "price", "comfort", "safety", "style")
CAR_OVER, CAR_UNDER = (2, 1, 4, 3, 8), (4, 8, 2, 3, 1)
CAR_WEIGHTS = (0.22950820, 0.44808743, 0.11475410, 0.15300546, 0.05464481)


def test_a_car_whose_answers_do_not_quite_fit():
    found = best_worst(1, 4, CAR_OVER, CAR_UNDER)
    assert found.weights.tolist() == pytest.approx(CAR_WEIGHTS, abs=1e-8)
    assert found.deviation / 4.47 == pytest.approx(0.002444958, abs=1e-9)
    # By hand, Liang, Brunelli and Rezaei (2020): |3 x 3 - 8| / (64 - 8).
    assert (found.most_doubtful, found.consistency_ratio) == (3, pytest.approx(1 / 56))
    assert found.threshold == 0.2958


def extremes(ids, names, over, under, best, worst):
    """Best over all and all over worst, as a voter fills them in."""
    first = [(names[best], name, ratio) for name, ratio in zip(names, over, strict=True) if name != names[best]]
    second = [
        (name, names[worst], ratio)
        for place, (name, ratio) in enumerate(zip(names, under, strict=True))
        if place not in (best, worst)
    ]
    return compared(ids, "over", *first) + compared(ids, "under", *second)


def test_a_recorded_best_and_worst_gives_the_published_weights(document):
    ids = flat(document, CAR_CRITERIA)
    said = recorded(document, ids, "best_worst", extremes(ids, CAR_CRITERIA, CAR_OVER, CAR_UNDER, 1, 4))
    assert [said.shares[id] for id in ids.values()] == pytest.approx(CAR_WEIGHTS, abs=1e-8)
    assert (said.answered, said.asked) == (7, 7)
    assert (said.consistency.acceptable, said.consistency.threshold) == (True, 0.2958)


def test_answers_beyond_the_threshold_are_told(document):
    """3 1 3 2 6 and 2 6 6 3 1: |3 x 6 - 6| / 30 = 0.4 of the third, where 0.2643 is good enough for five criteria and
    best over worst 6 (Liang, Brunelli and Rezaei 2020, table 3; ratio and threshold as in a test of another program)."""
    names = ("C1", "C2", "C3", "C4", "C5")
    ids = flat(document, names)
    said = recorded(document, ids, "best_worst", extremes(ids, names, (3, 1, 3, 2, 6), (2, 6, 6, 3, 1), 1, 4))
    assert (said.consistency.ratio, said.consistency.threshold) == (pytest.approx(0.4), 0.2643)
    assert said.consistency.acceptable is False
    assert ids["C3"] in said.consistency.pair
    assert said.consistency.ratio_after == pytest.approx(0)


# Places in an order ---------------------------------------------------------------------------------------


def centroid(count):
    """The mean of the corners of all weights in this order: all on the first, halves on the first two, and so on."""
    corners = [[Fraction(1, k) if place < k else Fraction(0) for place in range(count)] for k in range(1, count + 1)]
    return [sum(column) / count for column in zip(*corners, strict=True)]


def exactly(count, rule):
    """Weights of places as fractions: the centroid by its corners, the others as Stillwell, Seaver and Edwards (1981),
    Organizational Behavior and Human Performance 28, 62-77, write them."""
    if rule is RankingRule.CENTROID:
        return centroid(count)
    raw = [Fraction(count + 1 - i) if rule is RankingRule.SUM else Fraction(1, i) for i in range(1, count + 1)]
    return [each / sum(raw) for each in raw]


@pytest.mark.parametrize("rule", RankingRule)
@pytest.mark.parametrize("count", range(1, 16))
def test_weights_of_places_are_the_exact_fractions(count, rule):
    assert place_weights(count, rule).tolist() == pytest.approx(
        [float(each) for each in exactly(count, rule)], rel=1e-13
    )


def test_a_few_of_these_fractions_by_hand():
    assert centroid(4) == [Fraction(each, 48) for each in (25, 13, 7, 3)]
    assert exactly(4, RankingRule.SUM) == [Fraction(each, 10) for each in (4, 3, 2, 1)]
    assert exactly(4, RankingRule.RECIPROCAL) == [Fraction(each, 25) for each in (12, 6, 4, 3)]
    assert exactly(3, RankingRule.RECIPROCAL) == [Fraction(each, 11) for each in (6, 3, 2)]


@pytest.mark.parametrize(("method", "rule"), [("rank", RankingRule.CENTROID), ("rank_sum", RankingRule.SUM)])
def test_a_recorded_order_gives_the_fractions_of_its_places(document, method, rule):
    names = [f"Criterion {letter}" for letter in "abcdefgh"]
    ids = flat(document, names)
    order = [3, 1, 8, 2, 7, 5, 4, 6]
    said = recorded(document, ids, method, numbers(ids, "rank", **dict(zip(names, order, strict=True))))
    expected = exactly(8, rule)
    assert [said.shares[id] for id in ids.values()] == pytest.approx([float(expected[place - 1]) for place in order])


# Points and swings ----------------------------------------------------------------------------------------


def test_recorded_points_are_shares_of_their_sum(document):
    """Miles to the gallon of four cars, put to shares: Haas and Meixner, An Illustrated Guide to the Analytic Hierarchy
    Process; numbers as in the tests of AHPy, which cite it. 113 were given, so 13 too many are told."""
    ids = flat(document, ("civic", "saturn", "escort", "clio"))
    said = recorded(document, ids, "points", numbers(ids, civic=34, saturn=27, escort=24, clio=28))
    assert [said.shares[id] for id in ids.values()] == pytest.approx([0.3009, 0.2389, 0.2124, 0.2478], abs=6e-5)
    assert [(fault.kind, fault.amount) for fault in said.faults] == [("points_over", 13)]


def test_recorded_swings_down_the_tree_are_products(document):
    """By hand, after Dodgson and others (2009), 6.2.10: the largest swing has 100, and a branch is weighed by its largest.

    Top: 100 and 60 are 5/8 and 3/8. Benefits: 100, 80 and 20 are 5/10, 4/10 and 1/10. Effort: 25 and 100 are 1/5, 4/5.
    """
    ids = {name: do(document, operations.add_group, name) for name in ("Benefits", "Effort")}
    for name, branch in zip("abcde", ("Benefits",) * 3 + ("Effort",) * 2, strict=True):
        ids[name] = do(document, operations.add_criterion, name, group_id=ids[branch])
    answers = numbers(ids, "swing", Benefits=100, Effort=60, a=100, b=80, c=20, d=25, e=100)
    said = recorded(document, ids, "swing", answers, "tree")
    assert by_name(ids, said.shares) == pytest.approx(
        {"a": 25 / 80, "b": 20 / 80, "c": 5 / 80, "d": 6 / 80, "e": 24 / 80}
    )
    assert said.faults == ()


# Agreement on an order ------------------------------------------------------------------------------------

#: Wing, tail and bill of twelve birds: Zar (2010), Biostatistical Analysis, example 20.5; the sums of ranks as printed
#: in the manual of UNISTAT, both coefficients as in the tests of another program.
BIRDS = [
    [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
    [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
    [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
]
BIRD_SUMS = [14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36]
#: Twenty subjects by three raters: the data set "anxiety" of the package irr for R, with what it prints.
ANXIETY = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]


def test_twelve_birds_with_few_ties():
    found = concordance(BIRDS)
    assert found.w == pytest.approx(0.9241, abs=5e-5)
    assert (found.reading, found.freedom) == (Reading.VERY_STRONG, 11)
    # Without the correction for ties it would be 0.9134, which the sums of ranks confirm: 12 S / (9 (1728 - 12)).
    squares = sum((each - 19.5) ** 2 for each in BIRD_SUMS)
    assert 12 * squares / (9 * 1716) == pytest.approx(0.9134, abs=5e-5)
    # Ties: five pairs and two threes in all; 12 S / (9 x 1716 - 3 T).
    assert found.w == pytest.approx(12 * squares / (9 * 1716 - 3 * bird_ties()), rel=1e-12)


def bird_ties():
    return sum(size**3 - size for row in BIRDS for size in (row.count(value) for value in set(row)))


def test_twenty_subjects_with_many_ties():
    found = concordance(ANXIETY)
    assert (round(found.w, 2), round(found.chi_square, 1), round(found.chance, 4)) == (0.54, 30.8, 0.0429)
    assert (found.freedom, found.reading) == (19, Reading.MODERATE)


def test_three_judges_of_eight_essays():
    """Jegie, Kendall's Coefficient of Concordance (course notes): 0.94, without ties. By hand S = 354, and
    W = 12 x 354 / (9 x 504) = 59/63."""
    found = concordance([[8, 6, 4, 1, 3, 2, 5, 7], [7, 5, 6, 2, 3, 1, 4, 8], [8, 6, 5, 1, 2, 3, 4, 7]])
    assert round(found.w, 2) == 0.94
    assert found.w == pytest.approx(59 / 63)


def test_what_groups_recorded_gives_the_concordance_of_the_essays(document):
    """The same orders as points: the coefficient does not ask in which scale an order was given."""
    names = [f"Essay {n}" for n in range(1, 9)]
    ids = flat(document, names)
    groups = [entry.key for entry in WORKFLOW.catalogue("stakeholder_groups").entries][:3]
    judges = ([8, 6, 4, 1, 3, 2, 5, 7], [7, 5, 6, 2, 3, 1, 4, 8], [8, 6, 5, 1, 2, 3, 4, 7])
    round_id = do(document, operations.open_round)
    for group, order, factor in zip(groups, judges, (1, 3, 10), strict=True):
        answers = numbers(ids, **{name: factor * place for name, place in zip(names, order, strict=True)})
        do(document, operations.record_ballot, round_id, group, "", "points", "criteria", answers)
    do(document, operations.reveal_round, round_id)
    assert read(document, results.agreement, WORKFLOW).concordance.w == pytest.approx(59 / 63)
