"""How far the groups agree on what counts: the order, each criterion's weight, who stands apart, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis import agreement as across
from tna_desktop.analysis.agreement import Concordance, Reading
from tna_desktop.analysis.hierarchy import tree_of_leaves
from tna_desktop.analysis.weights import NoWeights
from tna_desktop.kernel.text import Message, message
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from ..limits import SPREAD
from .groups import GroupShares, country, group_weights, said_in
from .weights import SET, agreed


@dataclass(frozen=True)
class CriterionAgreement:
    """Where the groups stand on one criterion; all weights as shares of one, ``spread`` in percentage points.

    ``mean`` is the country's, ``agreed`` what was agreed (None: nothing yet) and ``reason`` why. ``local`` is the mean
    among the criteria of the same branch. ``spread`` and ``deviation`` are None as long as one group is alone.
    """

    id: str
    name: str
    short: str
    group_id: str | None
    mean: float
    local: float
    agreed: float | None
    reason: str
    spread: float | None
    deviation: float | None
    lowest: float
    lowest_group: str
    highest: float
    highest_group: str
    shares: Mapping[str, float]
    disputed: bool


@dataclass(frozen=True)
class Apart:
    """How far a group stands from the mean of the others: ``points`` out of 100 it would have to move.

    ``w_without``: the concordance the others have among themselves; None where there is none.
    """

    group: str
    points: float
    w_without: float | None


@dataclass(frozen=True)
class TreeWeight:
    """A branch or criterion of the tree: ``local`` among its siblings, ``overall`` in the whole; ``level`` 0 at the top."""

    id: str
    name: str
    branch: bool
    level: int
    local: float
    overall: float


@dataclass(frozen=True)
class Agreement:
    """What the groups have in common and where they differ. ``criteria`` in the order of the tree.

    ``disputed``: criteria beyond the threshold, widest spread first; ``by_spread``: all of them so. ``apart``: groups,
    farthest first; empty as long as one is alone. ``kept``: groups of which an earlier round counts. ``branches``: the
    country's weights down the tree. ``groups`` in the order of the list of groups.
    """

    round: int | None
    groups: tuple[GroupShares, ...]
    concordance: Concordance
    criteria: tuple[CriterionAgreement, ...]
    disputed: tuple[str, ...]
    by_spread: tuple[str, ...]
    apart: tuple[Apart, ...]
    branches: tuple[TreeWeight, ...]
    kept: tuple[str, ...]

    def criterion(self, id: str) -> CriterionAgreement | None:
        return next((each for each in self.criteria if each.id == id), None)


def agreement(
    session: Session, workflow: Workflow | None = None, round_id: str | None = None, *, threshold: float = SPREAD
) -> Agreement | None:
    """How far the groups agree, on what counts now or in a named round; None as long as no group has weighed.

    ``threshold``: a criterion with a wider spread, in percentage points, is disputed.
    """
    rows = reading.criteria(session)
    said = [each for each in group_weights(session, workflow, round_id).values() if each.shares]
    ids = [row["id"] for row in rows]
    if not said or not ids:
        return None
    found = across.agreement([[each.shares[id] for id in ids] for each in said])
    mean = country(session, said, ids) or dict(zip(ids, found.mean.tolist(), strict=True))
    origin, shares = agreed([row["weight"] for row in rows])
    branches = tree_weights(session, mean)
    local = {each.id: each.local for each in branches}
    several = len(said) > 1
    criteria = []
    for place, row in enumerate(rows):
        spread = round(float(found.spread[place]), 9) if several else None
        criteria.append(
            CriterionAgreement(
                row["id"],
                row["name"],
                row["short"] or row["name"],
                row["group_id"],
                mean[row["id"]],
                local[row["id"]],
                shares[place] if origin == SET and row["weight"] is not None else None,
                row["weight_reason"],
                spread,
                float(found.deviation[place]) if several else None,
                float(found.lowest[place]),
                said[found.lowest_voice[place]].group,
                float(found.highest[place]),
                said[found.highest_voice[place]].group,
                {each.group: each.shares[row["id"]] for each in said},
                spread is not None and spread > threshold,
            )
        )
    ordered = [criteria[place] for place in found.disputed]
    apart = [
        Apart(said[row].group, float(found.apart[row]), _known(found.order_without[row]))
        for row in (found.standing_apart if several else ())
    ]
    return Agreement(
        max((each.round for each in said if each.round is not None), default=None),
        tuple(said),
        found.order,
        tuple(criteria),
        tuple(each.id for each in ordered if each.disputed),
        tuple(each.id for each in ordered),
        tuple(apart),
        branches,
        tuple(each.group for each in said if each.kept),
    )


def tree_weights(session: Session, shares: Mapping[str, float]) -> tuple[TreeWeight, ...]:
    """Weights of criteria (criterion -> share of one) at every level of the tree, a branch before what is in it."""
    nodes = reading.nodes(session, "tree")
    places = {node.id: place for place, node in enumerate(nodes)}
    try:
        tree = tree_of_leaves(
            [places.get(node.parent) for node in nodes], [0.0 if node.branch else shares[node.id] for node in nodes]
        )
    except NoWeights:
        return ()
    return tuple(
        TreeWeight(node.id, node.name, node.branch, level, float(local), float(overall))
        for node, level, local, overall in zip(nodes, tree.levels, tree.local, tree.overall, strict=True)
    )


@dataclass(frozen=True)
class CriterionChange:
    """What a second round changed on one criterion: means as shares of one, spreads in percentage points."""

    id: str
    name: str
    mean_before: float
    mean_after: float
    spread_before: float
    spread_after: float


@dataclass(frozen=True)
class RoundsCompared:
    """Two rounds side by side, by the groups that answered in both. ``before`` and ``after``: the rounds' numbers.

    ``moved``: how many points out of 100 each group moved.
    """

    before: int
    after: int
    groups: tuple[str, ...]
    order_before: Concordance
    order_after: Concordance
    criteria: tuple[CriterionChange, ...]
    moved: Mapping[str, float]

    @property
    def w_before(self) -> float | None:
        return self.order_before.w

    @property
    def w_after(self) -> float | None:
        return self.order_after.w


def compare_rounds(session: Session, workflow: Workflow | None, before: str, after: str) -> RoundsCompared | None:
    """What changed from one round to another; None as long as no group answered whole in both, or one is hidden."""
    first, second = said_in(session, workflow, before), said_in(session, workflow, after)
    groups = tuple(group for group in first if group in second)
    rows = reading.criteria(session)
    if not groups or not rows:
        return None
    found = across.compare_rounds(_table(first, groups, rows), _table(second, groups, rows))
    means = [country(session, [each[group] for group in groups], [row["id"] for row in rows])
             for each in (first, second)]  # fmt: skip
    old, new = (mean or dict(zip((row["id"] for row in rows), plain.mean.tolist(), strict=True))
                for mean, plain in zip(means, (found.before, found.after), strict=True))  # fmt: skip
    numbers = {each.id: each.number for each in reading.rounds(session)}
    return RoundsCompared(
        numbers[before],
        numbers[after],
        groups,
        found.before.order,
        found.after.order,
        tuple(
            CriterionChange(
                row["id"],
                row["name"],
                old[row["id"]],
                new[row["id"]],
                float(found.before.spread[place]),
                float(found.after.spread[place]),
            )
            for place, row in enumerate(rows)
        ),
        {group: float(points) for group, points in zip(groups, found.moved, strict=True)},
    )


def last_rounds(session: Session) -> tuple[str, str] | None:
    """The two newest revealed rounds, to be compared; None as long as there are not two."""
    shown = [each.id for each in reading.rounds(session) if each.revealed]
    return (shown[-2], shown[-1]) if len(shown) > 1 else None


def order_words(found: Reading) -> Message:
    """What the agreement on the order means, in one plain sentence."""
    words = {
        Reading.VERY_STRONG: message("The groups put the criteria in nearly the same order."),
        Reading.STRONG: message("The groups' orders are alike, with differences worth a talk."),
        Reading.MODERATE: message("The groups' orders are alike in part."),
        Reading.WEAK: message("The groups' orders have little in common."),
        Reading.VERY_WEAK: message("Every group has an order of its own."),
        Reading.ONE_VOICE: message("One group has weighed, so there is nobody to agree with yet."),
        Reading.NO_ORDER: message("The groups hold all criteria equal, so there is no order to compare."),
    }
    return words[found]


def _table(said: Mapping[str, GroupShares], groups: Sequence[str], rows: Sequence[Mapping]) -> np.ndarray:
    return np.array([[said[group].shares[row["id"]] for row in rows] for group in groups], dtype=float)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
