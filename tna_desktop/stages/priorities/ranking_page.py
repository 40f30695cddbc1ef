"""What the ranking's screen shows, read at once and kept until something changes; other views are computed when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..criteria import reading as criteria_reading
from . import reading, results, results_compare, results_first, results_inputs
from . import results_robustness as robust
from .results import Basis, Ranking

STEP = "priorities.ranking"
#: How close two technologies are a near tie, in points, where the workflow does not say.
WITHIN_POINTS = 2.0


@dataclass(eq=False)
class RankingPage:
    """The agreed ranking and what others are made from. ``groups``: (key, name) of those that have weighed everything.

    ``shares``: their weights in the order of the criteria. ``aged``: decisions older than their data. ``locked``:
    whether the agreed weights are. ``within_points``: from how close on two are a near tie.
    """

    basis: Basis
    ranking: Ranking
    matrix: reading.Matrix
    shares: dict[str, tuple[float, ...]]
    groups: tuple[tuple[str, str], ...]
    aged: list[dict[str, Any]]
    locked: bool
    within_points: float
    _kept: dict[str, Ranking] = field(default_factory=dict)

    def by_group(self, group: str) -> Ranking:
        """The ranking by a group's weights; by the agreed ones without a group."""
        if not group or group not in self.shares:
            return self.ranking
        if group not in self._kept:
            self._kept[group] = results.ranked(self.basis, self.shares[group])
        return self._kept[group]

    def name_of(self, group: str) -> str:
        return dict(self.groups).get(group, group)

    def question(self, found: Ranking, weights: str) -> robust.Question | None:
        """What the trials are asked; the same question for the same data."""
        return robust.question(found, self.matrix, weights, list(self.shares.values()))

    @cached_property
    def _numbers(self) -> Any:
        return results.decided_by(self.ranking, self.matrix)

    def changes(self) -> results_first.Changes:
        return results_first.changes(self.ranking, self._numbers)

    def orders(self) -> tuple[results_first.Order, ...]:
        return results_first.other_orders(self._numbers)

    def group_rankings(self) -> tuple[results_compare.GroupRanking, ...]:
        return results_compare.group_rankings(self.basis, self.ranking, self.shares, dict(self.groups))


def read_page(session: Session, workflow: Workflow) -> RankingPage:
    """Everything the screen needs, in one reading."""
    basis = results.basis(session, workflow)
    shares = results_compare.group_shares(session, workflow)
    return RankingPage(
        basis, results.ranked(basis), reading.matrix(session), shares, named(workflow, list(shares)),
        results_inputs.aged(session), criteria_reading.weights_locked(session), within_points(workflow),
    )  # fmt: skip


def named(workflow: Workflow, groups: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, workflow.name("stakeholder_groups", key)) for key in groups)


def within_points(workflow: Workflow) -> float:
    """How close two are a near tie, as the step's check has it."""
    step = workflow.step(STEP)
    found = [check.parameters.get("within_points") for check in step.checks] if step else []
    return next((float(points) for points in found if points is not None), WITHIN_POINTS)
