"""How sure the ranking is: how often each technology takes which place when weights and scores might be others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.weight_space import AnyWeights, WeightsAround, WeightSpace, WeightsWithin

from .results import Ranking
from .second_opinions import Numbers, uncertain

#: Which weights are thought possible: near the agreed ones, between what the groups gave, or any at all.
AROUND, BETWEEN, ANY = "around", "between", "any"
WEIGHTS = (AROUND, BETWEEN, ANY)
#: Around the agreed weights means: each up to this share of itself higher or lower.
SPREAD = 0.3
TRIALS, SEED = 10_000, 1
#: How many count as a shortlist as long as none is chosen.
USUAL_LENGTH = 3
#: A technology on the shortlist is a safe choice from this share of the trials on.
SAFE = 0.8
#: Two technologies are nearly equal where the better one wins in no more than this share of the trials.
NEAR = 0.6


@dataclass(frozen=True, eq=False)
class Question:
    """What the trials are made with, apart from any document: it may be answered in a worker.

    ``numbers``: as in second_opinions, by the order of the table. ``lowest``, ``highest``: n shares of one, between
    which the groups' weights lie (BETWEEN). ``length``: how many first places make a shortlist; ``chosen``: whether
    that many are chosen. ``key`` is the same for the same question.
    """

    numbers: Numbers
    weights: str
    lowest: np.ndarray
    highest: np.ndarray
    length: int
    chosen: bool
    trials: int
    seed: int
    key: str


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the trials said, by technology id. All shares are of one.

    ``ranks``: the share of each place, first place first. ``shortlist``: the share in which it is among the first
    ``length``. ``wins``: (one, other) -> the share in which one is strictly better. ``standard_error``: the largest
    that any share can have. ``uncertain``: how many scores were drawn anew in each trial.
    """

    ranks: dict[str, tuple[float, ...]]
    shortlist: dict[str, float]
    wins: dict[tuple[str, str], float]
    length: int
    chosen: bool
    weights: str
    trials: int
    seed: int
    standard_error: float
    uncertain: int
    key: str

    def first(self, id: str) -> float:
        return self.ranks[id][0] if id in self.ranks else 0.0

    def near(self, one: str, other: str) -> bool:
        """Whether neither of two is clearly the better one."""
        pair = self.wins.get((one, other)), self.wins.get((other, one))
        return None not in pair and max(share or 0.0 for share in pair) <= NEAR


def shortlist_size(found: Ranking) -> int:
    """How many first places make a shortlist: as many as are chosen of those that take part, with a rank or without."""
    taking_part = [each for each in found.technologies if not each.failed]
    return min(sum(each.shortlisted for each in taking_part) or USUAL_LENGTH, len(taking_part))


def question(
    found: Ranking,
    numbers: Numbers | None,
    weights: str = AROUND,
    groups: Sequence[Sequence[float]] = (),
    trials: int = TRIALS,
    seed: int = SEED,
) -> Question | None:
    """What to try; None where nothing can be ranked. ``numbers``: behind the ranking (results.decided_by). ``groups``: each group's shares of one, in the criteria's order.

    Where the groups' weights are asked for and none are there, the trials go around the agreed ones.
    """
    if not found.computable or numbers is None or not numbers.ids:
        return None
    if weights == BETWEEN and len(groups) < 2:
        weights = AROUND
    table = np.array(groups if weights == BETWEEN else [numbers.weights], dtype=float)
    chosen = sum(each.shortlisted for each in found.technologies if not each.failed)
    length = shortlist_size(found)
    lowest, highest = table.min(axis=0), table.max(axis=0)
    digest = hashlib.sha256(repr((numbers.ids, weights, length, bool(chosen), trials, seed)).encode())
    for part in (*(getattr(numbers, each.name) for each in fields(numbers)), lowest, highest):
        if isinstance(part, np.ndarray):
            digest.update(np.ascontiguousarray(part).tobytes())
    return Question(
        numbers, weights, lowest, highest, length, bool(chosen), trials, seed, digest.hexdigest(),
    )  # fmt: skip


def robustness(asked: Question) -> Robustness:
    """Rank many times with weights and scores as they might be, and count. The same question has the same answer.

    A criterion that cannot have weight does not count, and a technology to which no other one applies has no part.
    """
    numbers = asked.numbers
    possible = asked.highest if asked.weights == BETWEEN else numbers.weights
    used = np.flatnonzero(possible > 0)
    drawn = uncertain(numbers)
    part = np.flatnonzero(numbers.applies[:, used].any(axis=1))
    ids = [numbers.ids[row] for row in part.tolist()]
    error = 0.5 / float(np.sqrt(asked.trials))
    if not ids or not used.size:
        return Robustness(
            {}, {}, {}, asked.length, asked.chosen, asked.weights, asked.trials, asked.seed, error, 0, asked.key
        )
    cells = np.ix_(part, used)
    found = smaa2(
        drawn.values[cells], _space(asked, used), low=drawn.low[cells], high=drawn.high[cells],
        applicable=numbers.applies[cells], trials=asked.trials, seed=asked.seed, pairwise=True,
    )  # fmt: skip
    assert found.pairwise is not None
    taken, wins = found.rank_acceptability, found.pairwise
    among = np.minimum(taken[:, : asked.length].sum(axis=1), 1.0).tolist()
    return Robustness(
        dict(zip(ids, (tuple(row) for row in taken.tolist()), strict=True)),
        dict(zip(ids, among, strict=True)),
        {(one, other): float(wins[at, to]) for at, one in enumerate(ids) for to, other in enumerate(ids) if at != to},
        asked.length, asked.chosen, asked.weights, asked.trials, asked.seed, error,
        int(drawn.uncertain[cells].sum()), asked.key,
    )  # fmt: skip


def _space(asked: Question, used: np.ndarray) -> WeightSpace:
    if asked.weights == ANY:
        return AnyWeights(used.size)
    if asked.weights == BETWEEN:
        return WeightsWithin(asked.lowest[used], np.minimum(asked.highest[used], 1.0))
    return WeightsAround(asked.numbers.weights[used], SPREAD)


@dataclass(frozen=True)
class NearTie:
    """Two technologies that are nearly equal, the better one by the ranking first.

    ``points``: how far apart they are, out of 100. ``wins``: in which share of the trials the better one wins; None
    without trials. ``at_the_line``: whether one is the last chosen and the other the first left out.
    """

    one: str
    other: str
    points: float
    wins: float | None
    at_the_line: bool


def near_ties(found: Ranking, sure: Robustness | None = None, within_points: float = 2.0) -> tuple[NearTie, ...]:
    """Near ties where they matter: for first place, and between the last one chosen and the first one left out.

    Two are nearly equal where they lie no more than ``within_points`` apart, or where the better one wins in no more
    than NEAR of the trials.
    """
    rows, ties = found.ranked, []
    chosen, left = [each for each in rows if each.shortlisted], [each for each in rows if not each.shortlisted]
    line = (rows.index(chosen[-1]), rows.index(left[0])) if chosen and left else None
    for pair in dict.fromkeys(((0, 1), line)):
        if pair is None or len(rows) < 2:
            continue
        one, other = (rows[place] for place in sorted(pair))
        apart = (one.value or 0.0) - (other.value or 0.0)
        wins = sure.wins.get((one.id, other.id)) if sure else None
        if apart <= within_points + 1e-9 or (sure is not None and sure.near(one.id, other.id)):
            ties.append(NearTie(one.id, other.id, apart, wins, pair == line))
    return tuple(ties)
