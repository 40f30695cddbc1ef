"""What stage 3 computes: the ranking of technologies and of sectors, out of what was scored and agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis.ranking import Ranking as Summed
from tna_desktop.analysis.ranking import Remark
from tna_desktop.analysis.values import Normalisation
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.kernel.workflow import Workflow

from ..criteria import reading as criteria_reading
from ..criteria import results as criteria_results
from . import applicability, reading, results_remarks, second_opinions, worth
from .competition import CompetingGroup, competing_groups, competition
from .score_table import COST, NOT_APPLICABLE

METHOD = second_opinions.WEIGHTED_SUM


@dataclass(frozen=True)
class RankedTechnology:
    """A technology in the ranking. Values are out of 100 and unrounded.

    ``value`` is None where a score that counts is unknown; ``value_low`` and ``value_high`` are what it can still
    become, ``rank_best`` and ``rank_worst`` the places open to it. ``rank`` is 1 + the number strictly better.
    ``failed`` names the gates it did not pass: it is then not ranked at all. ``parts`` are its points by branch.
    """

    id: str
    name: str
    short: str
    sector: str
    value: float | None
    value_low: float | None
    value_high: float | None
    rank: int | None
    tied: bool
    rank_best: int | None
    rank_worst: int | None
    parts: tuple[float, ...]
    contributions: tuple[float | None, ...]
    unknown: int
    shortlisted: bool
    shortlist_reason: str
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """The ranking as it stands. ``technologies`` are in the order of a table: by rank, then those without one.

    ``branches`` are (id, name) of the criteria's top groups, in the order of every technology's ``parts``. ``shares``
    are the criteria's weights as shares of one; ``low`` and ``high`` the ends that were used, in each one's unit.
    ``among`` is the group whose technologies compete here, None where all do. ``parts``, where groups compete apart:
    each group with its own ranking; the whole then holds them one after the other, ranks and ends of the shortlist
    are within each group.
    """

    technologies: tuple[RankedTechnology, ...]
    criteria: tuple[dict[str, Any], ...]
    shares: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    weights_origin: str
    branches: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]
    computable: bool
    among: CompetingGroup | None = None
    parts: tuple[tuple[CompetingGroup, Ranking], ...] = ()

    @property
    def apart(self) -> tuple[Ranking, ...]:
        """The rankings in which technologies compete: one for each group, or this one alone."""
        return tuple(part for _, part in self.parts) or (self,)

    @property
    def alone(self) -> RankedTechnology | None:
        """The one technology of a group with which nothing competes."""
        taking_part = [each for each in self.technologies if not each.failed]
        return taking_part[0] if self.among is not None and len(taking_part) == 1 else None

    @cached_property
    def ranked(self) -> list[RankedTechnology]:
        return [each for each in self.technologies if each.rank is not None]

    @property
    def shortlist_length(self) -> int:
        """How many technologies at the top of the table are shortlisted without a gap; 0 when the choice departs from it.

        Where groups compete apart each has a line of its own, and the whole has none.
        """
        if self.parts:
            return 0
        chosen = [each.shortlisted for each in self.technologies]
        length = chosen.index(False) if False in chosen else len(chosen)
        return length if not any(chosen[length:]) else 0

    @cached_property
    def cut(self) -> int:
        """After how many ranked technologies the shortlist ends: where the fewest depart, and those with a reason."""
        if self.parts:
            return sum(part.cut for _, part in self.parts)
        ranked = self.ranked
        if not any(each.shortlisted for each in ranked):
            return 0
        # Begin with the line on top, where every chosen one departs, and move it down row by row.
        chosen = [each for each in ranked if each.shortlisted]
        apart, bare = len(chosen), sum(not each.shortlist_reason for each in chosen)
        best, place = (apart, bare), 0
        for at, each in enumerate(ranked, start=1):
            step = -1 if each.shortlisted else 1
            apart, bare = apart + step, bare + (0 if each.shortlist_reason else step)
            if (apart, bare) < best:
                best, place = (apart, bare), at
        return place

    def departures(self) -> list[RankedTechnology]:
        """Technologies whose place on the shortlist, or off it, departs from the ranking.

        Chosen below the end of the shortlist, left out above it, or chosen without a rank.
        """
        if self.parts:
            return [each for _, part in self.parts for each in part.departures()]
        cut = self.cut
        apart = [each for place, each in enumerate(self.ranked) if each.shortlisted != (place < cut)]
        return apart + [each for each in self.technologies if each.shortlisted and each.rank is None]


@dataclass(frozen=True, eq=False)
class Basis:
    """All that a ranking is made of, read once, so that it can be made again with other weights.

    ``groups``: for every criterion the number of its branch. ``scores``, ``applies``: the technologies that take part
    by criteria, as in _numbers. ``competing``: the groups that compete apart, none where all compete together.
    ``among``: the group whose technologies alone these are, with ``ends``: the low and high ends of the scales as they
    are among all that take part, so that points stay comparable between groups.
    """

    technologies: tuple[dict[str, Any], ...]
    failed: Mapping[str, tuple[str, ...]]
    criteria: tuple[dict[str, Any], ...]
    shares: tuple[float, ...]
    weights_origin: str
    branches: tuple[tuple[str, str], ...]
    groups: tuple[int, ...]
    scores: np.ndarray
    applies: np.ndarray
    competing: tuple[CompetingGroup, ...] = ()
    among: CompetingGroup | None = None
    ends: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def taking_part(self) -> list[dict[str, Any]]:
        return [row for row in self.technologies if row["id"] not in self.failed]

    def apart(self) -> tuple[Basis, ...]:
        """The basis of each competing group alone, on the scales of the whole; none where all compete together."""
        if not self.competing:
            return ()
        ends = self._ends()
        ids = [row["id"] for row in self.taking_part]
        found = []
        for group in self.competing:
            inside = set(group.members)
            rows = [at for at, id in enumerate(ids) if id in inside]
            found.append(replace(
                self, technologies=tuple(row for row in self.technologies if row["id"] in inside),
                scores=self.scores[rows], applies=self.applies[rows], competing=(), among=group, ends=ends,
            ))  # fmt: skip
        return tuple(found)

    def _ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The ends of the scales among all that take part."""
        if not len(self.scores) or not self.criteria:
            return _given_ends(self.criteria)
        outcome = _summed(self, np.ones(len(self.criteria)))
        return outcome.low, outcome.high


def basis(session: Session, workflow: Workflow | None = None, voice: str = "") -> Basis:
    """Read what a ranking is made of. A technology that fails a gate takes no part."""
    technologies = tuple(reading.technologies(session))
    criteria = tuple(criteria_reading.criteria(session))
    weights = criteria_results.weights(session, workflow)
    failed = reading.failed_gates(session)
    branches, groups = _branches(session, criteria)
    taking_part = [row for row in technologies if row["id"] not in failed]
    scores, applies = _numbers(reading.plain_scores(session, voice), taking_part, criteria)
    shares = tuple(each.share for each in weights.criteria)
    return Basis(
        technologies, failed, criteria, shares, weights.origin, branches, tuple(groups), scores, applies,
        competing_groups(session, workflow),
    )  # fmt: skip


def ranking(session: Session, workflow: Workflow | None = None, voice: str = "") -> Ranking:
    """Rank the technologies by the weighted sum of their scores.

    A technology that fails a gate takes no part. Unknown scores stay unknown, what does not apply is left out and the
    technology's other weights are rescaled (see analysis.ranking). Where groups compete apart the ranking holds one
    for each (``parts``), and ranks are within them.
    """
    return ranked(basis(session, workflow, voice))


def rankings(session: Session, workflow: Workflow | None = None) -> list[tuple[CompetingGroup, Ranking]]:
    """Each competing group with its own ranking; none where all compete together (see ranking)."""
    return list(ranking(session, workflow).parts)


def ranked(of: Basis, weights: Sequence[float] | None = None) -> Ranking:
    """The ranking by the agreed weights, or by others: as many numbers >= 0 as there are criteria, in any scale."""
    if of.competing:
        return _joined(of, [ranked(part, weights) for part in of.apart()])
    criteria, failed, taking_part = of.criteria, of.failed, of.taking_part
    shares, origin = of.shares, of.weights_origin
    if weights is not None and sum(weights) > 0:
        total = sum(weights)
        shares, origin = tuple(weight / total for weight in weights), criteria_results.SET
    if not taking_part or not criteria or origin == criteria_results.NONE:
        rows = [_unranked(row, failed.get(row["id"], ()), len(criteria)) for row in of.technologies]
        none = tuple(None for _ in criteria)
        return Ranking(tuple(rows), criteria, shares, none, none, origin, of.branches, (), False, of.among)

    scores, applies = of.scores, of.applies
    outcome = _summed(of, shares)
    unknown = (np.isnan(scores) & applies).sum(axis=1).tolist()
    parts = outcome.by_group(of.groups, len(of.branches)).tolist()
    contributions = np.where(np.isnan(outcome.contributions), None, outcome.contributions).tolist()  # type: ignore[call-overload]
    ordered = []
    for place in outcome.order:
        row = taking_part[place]
        ordered.append(
            RankedTechnology(
                row["id"], row["name"], row["short"] or row["name"], row["sector"], _known(outcome.values[place]),
                _known(outcome.value_low[place]), _known(outcome.value_high[place]), outcome.rank[place],
                outcome.tied[place], outcome.rank_best[place], outcome.rank_worst[place], tuple(parts[place]),
                tuple(contributions[place]), unknown[place], row["shortlisted"], row["shortlist_reason"],
            )
        )  # fmt: skip
    # Among equals the chosen ones stand first, so that a shortlist may end between them.
    ordered.sort(key=lambda each: (each.rank or np.inf, each.tied and not each.shortlisted))
    ordered += [_unranked(row, failed[row["id"]], 0) for row in of.technologies if row["id"] in failed]
    low, high = of.ends or (outcome.low, outcome.high)
    return Ranking(
        tuple(ordered), criteria, shares, tuple(map(_known, low)), tuple(map(_known, high)),
        origin, of.branches, outcome.remarks, True, of.among,
    )  # fmt: skip


def _given_ends(criteria: Sequence[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    low, high = (np.array([_end(criterion[name]) for criterion in criteria]) for name in ("low", "high"))
    return low, high


def _summed(of: Basis, shares: Sequence[float] | np.ndarray) -> Summed:
    low, high = of.ends or _given_ends(of.criteria)
    direction = [-1 if criterion["direction"] == COST else 1 for criterion in of.criteria]
    return worth.weighted_sum(of.criteria, of.scores, low, high, direction, shares, of.applies)


def _joined(of: Basis, found: Sequence[Ranking]) -> Ranking:
    """The rankings of groups that compete apart as one table, group after group."""
    # A remark's row is a row of its own group; the parts hold them.
    return replace(
        next((part for part in found if part.computable), found[0]),
        technologies=tuple(each for part in found for each in part.technologies),
        computable=any(part.computable for part in found), remarks=(), among=None,
        parts=tuple((part.among, part) for part in found if part.among is not None),
    )  # fmt: skip


def _branches(session: Session, criteria: Sequence[dict[str, Any]]) -> tuple[tuple[tuple[str, str], ...], list[int]]:
    """The top groups that hold criteria, and for every criterion the number of its one; without a group comes last."""
    tops = criteria_reading.top_group(session)
    used = {tops.get(row["group_id"], "") for row in criteria}
    named = [(row["id"], row["short"]) for row in criteria_reading.groups(session) if row["parent_id"] is None]
    branches = [branch for branch in named if branch[0] in used]
    if "" in used:
        branches.append(("", ""))
    places = {id: place for place, (id, _) in enumerate(branches)}
    return tuple(branches), [places[tops.get(row["group_id"], "")] for row in criteria]


def _numbers(
    scores: Iterable[tuple[str, str, str, float | None]],
    technologies: Sequence[dict[str, Any]],
    criteria: Sequence[dict[str, Any]],
) -> tuple[np.ndarray, np.ndarray]:
    """Technologies by criteria: the scores, NaN where unknown, and whether the criterion applies."""
    rows = {row["id"]: place for place, row in enumerate(technologies)}
    columns = {row["id"]: place for place, row in enumerate(criteria)}
    numbers = np.full((len(rows), len(columns)), np.nan)
    applies = np.ones(numbers.shape, dtype=bool)
    for technology, criterion in applicability.outside(technologies, criteria):
        applies[rows[technology], columns[criterion]] = False
    for technology, criterion, state, value in scores:
        if technology in rows and criterion in columns:
            place = rows[technology], columns[criterion]
            if state == NOT_APPLICABLE:
                applies[place] = False
            elif value is not None:
                # Also where the criterion would not apply by rule: who enters a score is taken at their word.
                numbers[place], applies[place] = value, True
    return numbers, applies


def results_json(
    session: Session,
    workflow: Workflow | None = None,
    method: str = METHOD,
    normalisation: str | None = None,
    preference: str | None = None,
    trials: int | None = None,
    seed: int = 1,
) -> dict[str, Any]:
    """The ranking as the command line prints it; fields may be added, never renamed.

    Where groups compete apart, places are within each, and so is all that depends on who else is there.
    Another ``method`` or ``normalisation`` gives values, places and order of its own; ``trials`` add how often each
    technology takes which place. See second_opinions. Raises Refused for what does not go together.
    """
    second_opinions.check(method, normalisation, preference, trials, seed)
    found = ranking(session, workflow)
    matrix = reading.matrix(session)
    rows = {
        each.id: {"name": each.name, "scores": {row["name"]: matrix.cell(each.id, row["id"]).value for row in found.criteria},
                  "not_applicable": [row["name"] for row in found.criteria if matrix.cell(each.id, row["id"]).state == NOT_APPLICABLE],
                  "value": each.value, "value_low": each.value_low, "value_high": each.value_high, "rank": each.rank, "tied": each.tied,
                  "rank_best": each.rank_best, "rank_worst": each.rank_worst, "shortlisted": each.shortlisted, "failed_gates": list(each.failed)}
        for each in found.technologies
    }  # fmt: skip
    about: dict[str, Any] = {"method": method, "weights": found.weights_origin}
    counts, groups, all_rows = [], [], rows
    rows = {}
    whole = decided_by(found, matrix) if found.parts and found.computable else None
    for part in found.apart:
        mine = {each.id: all_rows[each.id] for each in part.technologies}
        numbers = decided_by(part, matrix) if part.computable else None
        if method != METHOD or normalisation not in (None, Normalisation.MINMAX):
            about |= second_opinions.described(method, normalisation, preference)
            if numbers is not None:
                opinion = second_opinions.second_opinion(numbers, method, normalisation, preference, whole)
                about |= opinion.about
                mine = second_opinions.replaced(mine, numbers.ids, opinion)
        if trials is not None:
            counted, shares = (None, {}) if numbers is None else second_opinions.trials_of(numbers, trials, seed)
            counts.append(counted)
            for id, row in mine.items():
                row |= shares.get(id, second_opinions.NO_SHARES)
        name = part.among.called(ENGLISH) if part.among else ""
        for row in mine.values():
            row["competes_in"] = name
        if part.among:
            groups.append({"name": name, "ranking": _placed(mine)})
        rows |= mine
    if trials is not None:
        about["trials"] = second_opinions.counted_together(counts)
    about["remarks"] = results_remarks.remarks(found, matrix, rows.values(), ENGLISH)
    rule = competition(session)
    about["competition"] = {"within": rule.within, "reason": rule.reason, "groups": groups}
    return {
        **about,
        "criteria": [
            {"name": row["name"], "unit": row["unit"], "direction": row["direction"], "weight": share, "weight_as_set": row["weight"],
             "low": low, "high": high}
            for row, share, low, high in zip(found.criteria, found.shares, found.low, found.high, strict=True)
        ],
        "technologies": list(rows.values()),
        "ranking": _placed(rows),
        "unranked": [row["name"] for row in rows.values() if row["rank"] is None],
    }  # fmt: skip


def _placed(rows: Mapping[str, dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows.values() if row["rank"] is not None]


def decided_by(found: Ranking, matrix: reading.Matrix) -> second_opinions.Numbers:
    """The numbers behind a ranking, for the technologies that take part, in the order of the table."""
    ids = [each.id for each in found.technologies if not each.failed]
    rows, columns = ({id: at for at, id in enumerate(names)} for names in (ids, [row["id"] for row in found.criteria]))
    scores, lowest, highest = (np.full((len(rows), len(columns)), np.nan) for _ in range(3))
    applies, likely = np.ones(scores.shape, dtype=bool), np.ones(scores.shape, dtype=bool)
    for (technology, criterion), cell in matrix.cells.items():
        if technology in rows and criterion in columns:
            at = rows[technology], columns[criterion]
            scores[at], lowest[at], highest[at] = _end(cell.value), _end(cell.low), _end(cell.high)
            applies[at], likely[at] = cell.state != NOT_APPLICABLE, not cell.only_range
    ranged = np.fmin(lowest, scores) < np.fmax(highest, scores)
    low, high = (np.array([_end(end) for end in ends]) for ends in (found.low, found.high))
    direction = np.array([-1.0 if row["direction"] == COST else 1.0 for row in found.criteria])
    points = worth.points(found.criteria, scores, low, high, direction, applies)
    lowest, highest = worth.straightened(
        found.criteria, np.where(ranged, np.fmin(lowest, scores), np.nan), np.where(ranged, np.fmax(highest, scores), np.nan),
        low, high, direction,
    )  # fmt: skip
    return second_opinions.Numbers(
        tuple(ids), tuple(row["name"] for row in found.criteria), scores,
        lowest, highest, likely, applies,
        low, high, direction, np.array(found.shares), points,
        np.array([_end(row["indifference"]) for row in found.criteria]),
        np.array([_end(row["preference"]) for row in found.criteria]),
        tuple(None if (function := worth.function_of(row)) is None else function.direction for row in found.criteria),
    )  # fmt: skip


@dataclass(frozen=True)
class RankedSector:
    """A sector by the mean of its answers (1 to 5); None as long as one question is unanswered."""

    id: str
    name: str
    kind: str
    value: float | None
    rank: int | None
    tied: bool
    gap: int | None
    chosen: bool
    reason: str


def sector_ranking(
    session: Session, workflow: Workflow, answers: Mapping[tuple[str, str], float] | None = None
) -> list[RankedSector]:
    """Sectors by the plain mean of the questions asked of every sector; those not fully answered come last, unranked.

    ``answers``: other than the agreed ones, by (sector, question).
    """
    questions = [entry.key for entry in workflow.catalogue("sector_questions").entries]
    rows = []
    for sector in reading.sectors(session):
        id, scores = sector["id"], sector["scores"]
        said = [scores.get(question) if answers is None else answers.get((id, question)) for question in questions]
        given = [answer for answer in said if answer is not None]
        rows.append((sector, sum(given) / len(given) if given and len(given) == len(questions) else None))
    known = [value for _, value in rows if value is not None]
    ranked = []
    for sector, value in rows:
        rank = None if value is None else 1 + sum(other > value + 1e-9 for other in known)
        tied = value is not None and sum(abs(other - value) <= 1e-9 for other in known) > 1
        ranked.append(
            RankedSector(
                sector["id"],
                sector["name"],
                sector["kind"],
                value,
                rank,
                tied,
                sector["gap"],
                sector["chosen"],
                sector["reason"],
            )
        )
    return sorted(ranked, key=lambda each: (each.rank is None, each.rank or 0))


def _unranked(row: dict[str, Any], failed: tuple[str, ...], unknown: int) -> RankedTechnology:
    return RankedTechnology(
        row["id"], row["name"], row["short"] or row["name"], row["sector"], None, None, None, None, False, None, None, (), (),
        unknown, row["shortlisted"], row["shortlist_reason"], failed,
    )  # fmt: skip


def _end(number: float | None) -> float:
    return np.nan if number is None else float(number)


def _known(number: Any) -> float | None:
    return None if np.isnan(number) else float(number)
