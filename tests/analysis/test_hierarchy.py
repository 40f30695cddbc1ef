"""Weights down a tree, worked out by hand, and laws that always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tna_desktop.analysis.hierarchy import TreeFault, TreeRefused, tree_of_leaves, weigh_tree
from tna_desktop.analysis.weights import NoWeights

UNKNOWN = float("nan")

#: Benefits (environment: biodiversity, water; society) and costs, the parents after some of their children.
PARENTS = [5, 2, 5, None, 2, None]
LOCAL = [20, 3, 80, 1, 1, 3]  # society, biodiversity, environment, costs, water, benefits


def test_local_weights_multiply_down_the_tree():
    # By hand: benefits 0.75, environment 0.75 x 0.8 = 0.6, biodiversity 0.6 x 0.75 = 0.45, water 0.15, society
    # 0.15
    tree = weigh_tree(PARENTS, LOCAL)
    assert tree.local.tolist() == pytest.approx([0.2, 0.75, 0.8, 0.25, 0.25, 0.75])
    assert tree.overall.tolist() == pytest.approx([0.15, 0.45, 0.6, 0.25, 0.15, 0.75])
    assert tree.leaves == (0, 1, 3, 4)
    assert tree.leaf_weights.tolist() == pytest.approx([0.15, 0.45, 0.25, 0.15])
    assert tree.levels == (1, 2, 1, 0, 2, 0)


def test_a_group_does_not_weigh_more_for_having_more_criteria():
    tree = weigh_tree([None, None, 0, 0, 0, 1], [1, 1, 1, 1, 1, 1])
    assert tree.leaf_weights.tolist() == pytest.approx([1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_an_only_child_needs_no_weight():
    tree = weigh_tree([None, 0, 1], [UNKNOWN, 0, UNKNOWN])
    assert tree.overall.tolist() == [1, 1, 1]
    assert tree.leaves == (2,)


def test_a_group_without_weight_leaves_none_to_its_criteria():
    tree = weigh_tree([None, None, 0, 0], [0, 2, 1, 3])
    assert tree.overall.tolist() == [0, 1, 0, 0]
    assert tree.local.tolist() == [0, 1, 0.25, 0.75]


def test_leaves_add_up_to_their_groups():
    tree = tree_of_leaves(PARENTS, [15, 45, UNKNOWN, 25, 15, UNKNOWN])
    assert tree.overall.tolist() == pytest.approx([0.15, 0.45, 0.6, 0.25, 0.15, 0.75])
    assert tree.local.tolist() == pytest.approx([0.2, 0.75, 0.8, 0.25, 0.25, 0.75])


def test_leaves_of_a_group_of_zero_are_equal_below_it():
    tree = tree_of_leaves([None, None, 0, 0], [UNKNOWN, 5, 0, 0])
    assert tree.local.tolist() == [0, 1, 0.5, 0.5]
    assert tree.overall.tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("parents", "local", "fault", "node"),
    [
        ([None, 7], [1, 1], TreeFault.NO_PARENT, 1),
        ([None, -1], [1, 1], TreeFault.NO_PARENT, 1),
        ([1, 2, 1, None], [1, 1, 1, 1], TreeFault.CIRCLE, 1),
        ([0], [1], TreeFault.CIRCLE, 0),
        ([None, 0, 0], [1, 2, UNKNOWN], TreeFault.MISSING, 2),
        ([None, 0, 0], [1, 2, -1], TreeFault.NOT_A_WEIGHT, 2),
        ([None, 0, 0], [1, float("inf"), 1], TreeFault.NOT_A_WEIGHT, 1),
        ([None, 0, 0], [1, 0, 0], TreeFault.ALL_ZERO, 0),
        ([None, None], [0, 0], TreeFault.ALL_ZERO, None),
    ],
)
def test_a_tree_that_gives_no_weights_names_the_node(parents, local, fault, node):
    with pytest.raises(TreeRefused) as told:
        weigh_tree(parents, local)
    assert told.value.fault is fault
    if fault is TreeFault.CIRCLE:
        assert told.value.node in (0,) if len(parents) == 1 else told.value.node in (1, 2)
    else:
        assert told.value.node == node


def test_no_tree_and_no_weight_are_said():
    with pytest.raises(NoWeights):
        weigh_tree([], [])
    with pytest.raises(NoWeights):
        tree_of_leaves([None, 0, 0], [UNKNOWN, 0, 0])
    with pytest.raises(ValueError):
        weigh_tree([None], [1, 2])
    with pytest.raises(TreeRefused):
        tree_of_leaves([None, 0, 0], [UNKNOWN, 1, UNKNOWN])


@st.composite
def trees(draw):
    count = draw(st.integers(1, 12))
    parents = [None, *(draw(st.one_of(st.none(), st.integers(0, node - 1))) for node in range(1, count))]
    return parents, draw(st.lists(st.integers(1, 100), min_size=count, max_size=count))


@given(trees())
def test_every_group_is_the_sum_of_what_is_below_it(tree):
    parents, local = tree
    weighed = weigh_tree(parents, local)
    assert weighed.leaf_weights.sum() == pytest.approx(1)
    for node in set(range(len(parents))) - set(weighed.leaves):
        below = sum(weighed.overall[each] for each in range(len(parents)) if parents[each] == node)
        assert below == pytest.approx(weighed.overall[node])


@given(trees())
def test_down_the_tree_and_up_again(tree):
    parents, local = tree
    down = weigh_tree(parents, local)
    up = tree_of_leaves(parents, down.overall)
    assert up.local.tolist() == pytest.approx(down.local.tolist())
    assert up.overall.tolist() == pytest.approx(down.overall.tolist())


@given(trees(), st.randoms(), st.floats(0.01, 100))
def test_order_of_nodes_and_scale_among_siblings_change_nothing(tree, random, factor):
    parents, local = tree
    overall = weigh_tree(parents, local).overall
    moved = list(range(len(parents)))
    random.shuffle(moved)
    new_parents = [None if parents[each] is None else moved.index(parents[each]) for each in moved]
    scaled = [local[each] * (factor if parents[each] is None else 1) for each in moved]
    assert weigh_tree(new_parents, scaled).overall.tolist() == pytest.approx(overall[moved].tolist())
