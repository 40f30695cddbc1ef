"""What the ranking's screen shows, read at once and kept until something changes; other views are computed when asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from ..criteria import reading as criteria_reading
from . import reading, results, results_compare, results_first, results_inputs
from . import results_robustness as robust
from .competition import CompetingGroup, Rule, competition
from .results import Basis, Ranking
from .second_opinions import Numbers

STEP = "priorities.ranking"
#: How close two technologies are a near tie, in points, where the workflow does not say.
WITHIN_POINTS = 2.0


@dataclass(eq=False)
class RankingPage:
    """The agreed ranking and what others are made from. ``groups``: (key, name) of those that have weighed everything.

    ``shares``: their weights in the order of the criteria. ``locked``: whether the agreed weights are.
    ``within_points``: from how close on two are a near tie. ``matrix``, the scores with all that is known of them, and
    ``aged``, the decisions older than their data, and ``since``, what has left the decided list since, are there once
    complete() has read them. ``rule``: who competes.
    ``parts``, where groups compete apart: for each a page of its own; the questions are then asked of these. ``whole``: the page that such a one
    is part of.
    """

    basis: Basis
    ranking: Ranking
    shares: dict[str, tuple[float, ...]]
    groups: tuple[tuple[str, str], ...]
    locked: bool
    within_points: float
    matrix: reading.Matrix | None = None
    aged: list[dict[str, Any]] = field(default_factory=list)
    since: results_inputs.Since | None = None
    rule: Rule = Rule()
    parts: tuple[tuple[CompetingGroup, RankingPage], ...] = ()
    whole: RankingPage | None = None
    _kept: dict[str, Ranking] = field(default_factory=dict)
    _numbers: dict[int, Numbers] = field(default_factory=dict)

    def complete(self, session: Session) -> None:
        """Read what takes longer: what is known of every score, and whether decisions are older than it."""
        self.matrix = reading.matrix(session)
        self.aged = results_inputs.aged(session, self.matrix)
        self.since = results_inputs.since_decided(session)
        for _, part in self.parts:
            part.matrix, part.aged, part.since = self.matrix, self.aged, self.since

    @property
    def apart(self) -> tuple[RankingPage, ...]:
        """The pages within which technologies compete: one for each group, or this one alone."""
        return tuple(part for _, part in self.parts) or (self,)

    @property
    def among(self) -> CompetingGroup | None:
        return self.basis.among

    def within(self, key: str) -> RankingPage:
        """The page of one competing group; of the first one where there is none of that key."""
        found = {group.key: part for group, part in self.parts}
        return found.get(key) or self.apart[0]

    def holding(self, id: str) -> RankingPage | None:
        """The page on which a technology stands."""
        return next((page for page in self.apart if any(each.id == id for each in page.ranking.technologies)), None)

    def numbers(self, found: Ranking) -> Numbers | None:
        """The numbers behind one of this page's rankings; None as long as the page is not complete."""
        if self.matrix is None or not found.computable:
            return None
        if id(found) not in self._numbers:
            self._numbers[id(found)] = results.decided_by(found, self.matrix)
        return self._numbers[id(found)]

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
        return robust.question(found, self.numbers(found), weights, list(self.shares.values()))

    def changes(self) -> results_first.Changes | None:
        """What would change the outcome; None where nothing is ranked or the page is not complete."""
        numbers = self.numbers(self.ranking)
        return results_first.changes(self.ranking, numbers) if numbers else None

    def orders(self) -> tuple[results_first.Order, ...]:
        """The order by two other methods."""
        numbers = self.numbers(self.ranking)
        whole = self.whole.numbers(self.whole.ranking) if self.whole is not None else None
        return results_first.other_orders(numbers, whole) if numbers else ()

    def group_rankings(self) -> tuple[results_compare.GroupRanking, ...]:
        return results_compare.group_rankings(self.basis, self.ranking, self.shares, dict(self.groups))


def read_page(session: Session, workflow: Workflow, scores: bool = True) -> RankingPage:
    """Everything the screen and the chapter need; without ``scores`` the page is completed later."""
    basis = results.basis(session, workflow)
    found = results.ranked(basis)
    shares = results_compare.group_shares(session, workflow)
    groups, locked = named(workflow, list(shares)), criteria_reading.weights_locked(session)
    near = within_points(workflow)
    parts = tuple(
        (group, RankingPage(part, ranking, shares, groups, locked, near))
        for part, (group, ranking) in zip(basis.apart(), found.parts, strict=True)
    )
    page = RankingPage(basis, found, shares, groups, locked, near, rule=competition(session), parts=parts)
    for _, part in parts:
        part.whole = page
    if scores:
        page.complete(session)
    return page


def named(workflow: Workflow, groups: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, workflow.name("stakeholder_groups", key)) for key in groups)


def within_points(workflow: Workflow) -> float:
    """How close two are a near tie, as the step's check has it."""
    step = workflow.step(STEP)
    found = [check.parameters.get("within_points") for check in step.checks] if step else []
    return next((float(points) for points in found if points is not None), WITHIN_POINTS)
