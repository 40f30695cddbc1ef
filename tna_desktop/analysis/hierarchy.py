"""Weights down a tree of criteria: at each level what a branch counts among its siblings, at the leaves the
product of all levels.

Source: Keeney and Raiffa (1976), Decisions with Multiple Objectives, on weights assessed level by level; the
same product is taken in Saaty's hierarchies and in Dodgson and others (2009), Multi-criteria analysis: a manual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from .weights import FloatArray, NoWeights, frozen, normalised


class TreeFault(StrEnum):
    """Why a tree or its weights cannot be used."""

    NO_PARENT = "no_parent"  # the parent is not among the nodes
    CIRCLE = "circle"  # a node is below itself
    MISSING = "missing"  # no weight was given
    NOT_A_WEIGHT = "not_a_weight"  # negative or infinite
    ALL_ZERO = "all_zero"  # no child of this node, or no root, has a weight above zero


class TreeRefused(ValueError):
    """A tree that gives no weights. ``node``: where it shows, from zero; None at the top of the tree."""

    def __init__(self, fault: TreeFault, node: int | None):
        self.fault = fault
        self.node = node
        super().__init__(f"the tree cannot be used at node {node}: {fault.value}")


@dataclass(frozen=True, eq=False)
class TreeWeights:
    """Weights of n nodes, groups and criteria alike, in the order they were given in.

    ``local``: n shares of one among siblings. ``overall``: n shares of one in the whole tree, the product of
    the local weights from the top down; a group's is the sum of what is below it, and the leaves' add up to
    one. ``leaves``: the nodes without children, from zero. ``levels``: n, 0 at the top.
    """

    local: FloatArray
    overall: FloatArray
    leaves: tuple[int, ...]
    levels: tuple[int, ...]

    @property
    def leaf_weights(self) -> FloatArray:
        """The overall weights of the leaves alone, in the order of ``leaves``; they add up to one."""
        return frozen(self.overall[list(self.leaves)])


def weigh_tree(parents: Sequence[int | None], local: ArrayLike) -> TreeWeights:
    """Local weights at every level, and their products.

    ``parents``: n positions from zero, None at the top; there may be several nodes at the top, and any order of
    nodes will do. ``local``: n finite numbers >= 0, each set of siblings in its own scale; they are put to
    shares of one among siblings, so a group weighs no more for having more criteria. A node without siblings
    has all of its parent's weight, whatever it was given, NaN included.

    Raises TreeRefused with the node for a parent that is not there, a circle, a missing, negative or infinite
    weight, or siblings that all have zero (then the node is their parent); NoWeights for no node at all.
    """
    given = np.array(local, dtype=float)
    if given.shape != (len(parents),):
        raise ValueError("every node needs one weight")
    order, levels, children = _from_the_top(parents)
    shares = np.ones(len(parents))
    for parent, siblings in children.items():
        if len(siblings) == 1:
            continue
        for node in siblings:
            if np.isnan(given[node]):
                raise TreeRefused(TreeFault.MISSING, node)
            if not np.isfinite(given[node]) or given[node] < 0:
                raise TreeRefused(TreeFault.NOT_A_WEIGHT, node)
        if not (given[siblings] > 0).any():
            raise TreeRefused(TreeFault.ALL_ZERO, parent)
        shares[siblings] = normalised(given[siblings])
    overall = shares.copy()
    for node in order:
        parent = parents[node]
        if parent is not None:
            overall[node] *= overall[parent]
    return TreeWeights(frozen(shares), frozen(overall), _leaves(len(parents), children), levels)


def tree_of_leaves(parents: Sequence[int | None], leaf_weights: ArrayLike) -> TreeWeights:
    """The other way round: weights given to the criteria directly, added up to their groups.

    ``parents`` as in weigh_tree(). ``leaf_weights``: n numbers, of which only the leaves' count: finite, >= 0,
    in any scale. A group counts as much as all below it together; where that is nothing, its children's local
    weights are equal, and come to zero overall. Raises TreeRefused as weigh_tree() does, NoWeights when no leaf
    has a weight.
    """
    given = np.array(leaf_weights, dtype=float)
    if given.shape != (len(parents),):
        raise ValueError("every node needs one number, of which only the leaves' count")
    order, levels, children = _from_the_top(parents)
    leaves = _leaves(len(parents), children)
    for node in leaves:
        if np.isnan(given[node]):
            raise TreeRefused(TreeFault.MISSING, node)
        if not np.isfinite(given[node]) or given[node] < 0:
            raise TreeRefused(TreeFault.NOT_A_WEIGHT, node)
    overall = np.zeros(len(parents))
    overall[list(leaves)] = normalised(given[list(leaves)])
    for node in reversed(order):
        parent = parents[node]
        if parent is not None:
            overall[parent] += overall[node]
    shares = np.ones(len(parents))
    for siblings in children.values():
        total = overall[siblings].sum()
        shares[siblings] = overall[siblings] / total if total > 0 else 1 / len(siblings)
    return TreeWeights(frozen(shares), frozen(overall), leaves, levels)


def _from_the_top(
    parents: Sequence[int | None],
) -> tuple[list[int], tuple[int, ...], dict[int | None, list[int]]]:
    """The nodes with every parent before its children, their levels, and the children by parent."""
    if not parents:
        raise NoWeights("The tree has no criterion.")
    children: dict[int | None, list[int]] = {}
    for node, parent in enumerate(parents):
        if parent is not None and not 0 <= parent < len(parents):
            raise TreeRefused(TreeFault.NO_PARENT, node)
        children.setdefault(parent, []).append(node)
    order = list(children.get(None, ()))
    levels = dict.fromkeys(order, 0)
    for node in order:  # grows while it is walked through
        for child in children.get(node, ()):
            levels[child] = levels[node] + 1
            order.append(child)
    if len(order) < len(parents):
        raise TreeRefused(TreeFault.CIRCLE, _on_a_circle(parents, levels))
    return order, tuple(levels[node] for node in range(len(parents))), children


def _on_a_circle(parents: Sequence[int | None], reached: dict[int, int]) -> int:
    """A node that is below itself; what hangs below a circle is not to blame."""
    node = next(each for each in range(len(parents)) if each not in reached)
    for _ in parents:
        above = parents[node]
        node = node if above is None else above
    return node


def _leaves(count: int, children: dict[int | None, list[int]]) -> tuple[int, ...]:
    return tuple(node for node in range(count) if node not in children)
