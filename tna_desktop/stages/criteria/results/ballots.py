"""What one ballot says: its weights, what it still lacks, and whether its answers fit together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis import best_worst as extremes
from tna_desktop.analysis import pairwise
from tna_desktop.analysis.elicitation import RankingRule, from_points, from_ranking, from_swings
from tna_desktop.analysis.hierarchy import weigh_tree
from tna_desktop.kernel.text import Message, message

from .. import reading
from ..reading import Answer, Family, Node

#: The ways to answer, and the kinds of answer that belong to each.
METHODS: Mapping[str, tuple[str, ...]] = {
    "points": ("points",),
    "swing": ("swing",),
    "rank": ("rank",),
    "rank_sum": ("rank",),
    "pairwise": ("ratio",),
    "best_worst": ("over", "under"),
}
#: The two ways to turn an order into weights.
RANKED = {"rank": RankingRule.CENTROID, "rank_sum": RankingRule.SUM}
#: What may be wrong with a set of answers. Only the first four keep a ballot from counting.
ALL_ZERO, NO_CHAIN, NO_BEST, NO_WORST = "all_zero", "no_chain", "no_best", "no_worst"
POINTS_LEFT, POINTS_OVER, NO_FULL_SWING = "points_left", "points_over", "no_full_swing"
TOTAL = 100.0


@dataclass(frozen=True)
class Fault:
    """Something about a set of answers that a person should look at. ``amount``: points left or too many."""

    kind: str
    node: str = ""
    other: str = ""
    amount: float | None = None

    @property
    def blocking(self) -> bool:
        """Whether the ballot cannot count because of it."""
        return self.kind in (ALL_ZERO, NO_CHAIN, NO_BEST, NO_WORST)


@dataclass(frozen=True)
class Consistency:
    """Whether comparisons fit together, and the one to think over first.

    ``ratio`` is 0 when they fit exactly; ``threshold`` is up to which that is good enough, None where nothing was
    published, and then ``acceptable`` is None too. ``pair``: node over other, answered as ``given``; with
    ``suggested`` instead, the ratio would be ``ratio_after``. None where no single change makes it better.
    """

    ratio: float
    threshold: float | None
    acceptable: bool | None
    pair: tuple[str, str] | None = None
    given: float | None = None
    suggested: float | None = None
    ratio_after: float | None = None


@dataclass(frozen=True)
class FamilyOutcome:
    """What was answered about one set of siblings. ``local``: node -> share of one, empty until complete.

    ``asked`` and ``answered`` count questions, for pairs all that could be asked. ``lacking``: nodes about which
    something is missing. ``given`` and ``left``: points given and still to give (below zero: too many), None where
    points are not shared out. ``anchored``: whether a swing has the full 100; None for other methods.
    """

    key: str
    complete: bool
    answered: int
    asked: int
    lacking: tuple[str, ...]
    faults: tuple[Fault, ...]
    local: Mapping[str, float]
    given: float | None = None
    left: float | None = None
    anchored: bool | None = None
    consistency: Consistency | None = None


@dataclass(frozen=True)
class NodeWeight:
    """What a criterion or branch weighs among its siblings and in the whole tree, both as shares of one."""

    local: float
    overall: float


@dataclass(frozen=True)
class Outcome:
    """What a ballot says. ``shares``: criterion -> share of one in the whole, empty until the ballot is complete."""

    method: str
    level: str
    complete: bool
    shares: Mapping[str, float]
    nodes: Mapping[str, NodeWeight]
    families: tuple[FamilyOutcome, ...]

    @property
    def answered(self) -> int:
        return sum(family.answered for family in self.families)

    @property
    def asked(self) -> int:
        return sum(family.asked for family in self.families)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The criteria and branches about which something is missing."""
        return tuple(dict.fromkeys(node for family in self.families for node in family.lacking))

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for family in self.families for fault in family.faults)

    @property
    def consistency(self) -> Consistency | None:
        """That of the family whose answers fit worst; None where nothing was compared."""
        known = [family.consistency for family in self.families if family.consistency is not None]
        return max(known, key=lambda each: (each.acceptable is False, each.ratio), default=None)


def answers_outcome(session: Session, method: str, level: str, answers: Iterable[Answer]) -> Outcome:
    """What these answers say, stored or not, with the answer to think over first: for a screen that is being filled."""
    return outcome(reading.nodes(session, level), method, level, tuple(answers))


@lru_cache(maxsize=2048)
def outcome(
    nodes: tuple[Node, ...], method: str, level: str, answers: tuple[Answer, ...], repair: bool = True
) -> Outcome:
    """What answers about these nodes say. Answers about what is no longer there are left out.

    ``repair``: look for the pair to think over, which takes a while with many criteria.
    """
    families = tuple(_family(family, method, answers, repair) for family in reading.families_of(nodes))
    whole = bool(nodes) and all(family.complete for family in families)
    weights: dict[str, NodeWeight] = {}
    if whole:
        places = {node.id: place for place, node in enumerate(nodes)}
        local = {id: share for family in families for id, share in family.local.items()}
        tree = weigh_tree(
            [places.get(node.parent) for node in nodes], [local.get(node.id, float("nan")) for node in nodes]
        )
        weights = {
            node.id: NodeWeight(float(tree.local[place]), float(tree.overall[place]))
            for place, node in enumerate(nodes)
        }
    shares = {node.id: weights[node.id].overall for node in nodes if weights and not node.branch}
    return Outcome(method, level, whole, MappingProxyType(shares), MappingProxyType(weights), families)


def _family(family: Family, method: str, answers: tuple[Answer, ...], repair: bool) -> FamilyOutcome:
    inside = {node.id for node in family.nodes}
    kinds = METHODS.get(method, ())
    said = {
        (node, other, kind): value
        for node, other, kind, value in answers
        if value is not None
        and kind in kinds
        and node in inside
        and (not other or other in inside)
        and _possible(kind, value)
    }
    ids = [node.id for node in family.nodes]
    if method == "pairwise":
        return _pairs(family.key, ids, said, repair)
    if method == "best_worst":
        return _best_worst(family.key, ids, said)
    return _numbers(family.key, ids, method, said)


_Said = dict[tuple[str, str, str], float]
#: The least and most an answer of each kind can be. Points have no top here: a group may weigh in a scale of its own.
_LIMITS = {"points": (0, np.inf), "swing": (0, TOTAL), "rank": (1, np.inf), "ratio": (1e-6, 1e6)}


def _possible(kind: str, value: float) -> bool:
    """Whether a number can be an answer; a screen that is being filled may hold one that cannot."""
    least, most = _LIMITS.get(kind, (1, extremes.TOP_OF_SCALE))
    return bool(np.isfinite(value)) and least <= value <= most


def _shares(ids: list[str], weights: np.ndarray) -> Mapping[str, float]:
    return MappingProxyType({id: float(share) for id, share in zip(ids, weights, strict=True)})


def _numbers(key: str, ids: list[str], method: str, said: _Said) -> FamilyOutcome:
    """Points, swings and ranks: one number about each."""
    known = {node: value for (node, _, _), value in said.items()}
    lacking = tuple(id for id in ids if id not in known)
    faults: list[Fault] = []
    given = left = None
    anchored: bool | None = None
    if method == "points":
        given = sum(known.values())
        # Weights that a group set freely are in a scale of their own: nothing was to be shared out.
        left = None if any(value > TOTAL for value in known.values()) else round(TOTAL - given, 9)
        if left is not None and not lacking and left:
            faults.append(Fault(POINTS_LEFT if left > 0 else POINTS_OVER, amount=abs(left)))
    elif method == "swing":
        anchored = any(value == TOTAL for value in known.values())
        if not lacking and not anchored:
            faults.append(Fault(NO_FULL_SWING))
    if method not in RANKED and not lacking and not any(known.values()):
        faults = [Fault(ALL_ZERO)]
    complete = not lacking and not any(fault.blocking for fault in faults)
    local: Mapping[str, float] = MappingProxyType({})
    if complete:
        row = [known[id] for id in ids]
        if method == "points":
            local = _shares(ids, from_points(row).weights)
        elif method == "swing":
            local = _shares(ids, from_swings(row).weights)
        else:
            local = _shares(ids, from_ranking(row, RANKED[method]))
    return FamilyOutcome(key, complete, len(known), len(ids), lacking, tuple(faults), local, given, left, anchored)


def _pairs(key: str, ids: list[str], said: _Said, repair: bool) -> FamilyOutcome:
    """Pairs: a chain that connects all is enough, and more answers say more."""
    places = {id: place for place, id in enumerate(ids)}
    asked = len(ids) * (len(ids) - 1) // 2
    ratios = {
        (places[node], places[other]): _as_meant(value) for (node, other, _), value in said.items() if node != other
    }
    answered = len({frozenset(pair) for pair in ratios})
    touched = {place for pair in ratios for place in pair}
    lacking = tuple(id for id in ids if places[id] not in touched)
    nothing: Mapping[str, float] = MappingProxyType({})
    try:
        matrix = pairwise.matrix_of(len(ids), ratios)
        found = pairwise.compare_pairs(matrix)
    except pairwise.ComparisonRefused as refused:
        node, other = (ids[place] for place in refused.pair)
        faults = (Fault(NO_CHAIN, node, other),) if ratios else ()
        return FamilyOutcome(key, False, answered, asked, lacking or (other,), faults, nothing)
    consistency = Consistency(found.strict_ratio, pairwise.ACCEPTABLE, found.acceptable)
    # A repair is looked for only where there is something to repair.
    mended = pairwise.suggest_repair(matrix) if repair and found.strict_ratio > 1e-9 else None
    if mended is not None:
        pair = (ids[mended.pair[0]], ids[mended.pair[1]])
        consistency = Consistency(
            found.strict_ratio,
            pairwise.ACCEPTABLE,
            found.acceptable,
            pair,
            mended.given,
            mended.suggested,
            mended.strict_ratio,
        )
    return FamilyOutcome(key, True, answered, asked, (), (), _shares(ids, found.weights), consistency=consistency)


def _as_meant(ratio: float) -> float:
    """The step of the scale that a paper shows rounded: 0.33 is 1/3, 0.11 is 1/9 and not 9.09 the other way round. Any
    other ratio stays as it is."""
    for step in range(2, 10):
        for unit in (100, 1000, 10000):
            shown = round(ratio * unit) / unit  # itself, where it has no more decimals than that
            if abs(ratio - shown) < 1e-12 and abs(ratio - 1 / step) <= 0.5 / unit + 1e-12:
                return 1 / step
    return ratio


def _best_worst(key: str, ids: list[str], said: _Said) -> FamilyOutcome:
    """Best and worst: the first named node of "over" is the best, the second of "under" the worst."""
    nothing: Mapping[str, float] = MappingProxyType({})
    best = next((node for (node, _, kind) in said if kind == "over"), "")
    worst = next((other for (_, other, kind) in said if kind == "under"), "")
    over = {other: value for (node, other, kind), value in said.items() if kind == "over" and node == best}
    under = {node: value for (node, other, kind), value in said.items() if kind == "under" and other == worst}
    # Best over worst stands in both rows and is asked once.
    full = over.get(worst, under.get(best)) if best and worst else None
    if full is not None:
        over[worst] = under[best] = full
    asked = 2 * len(ids) - 3
    answered = sum(id != best for id in over) + sum(id not in (best, worst) for id in under)
    if not best or not worst:
        faults = tuple(Fault(kind) for kind, named in ((NO_BEST, best), (NO_WORST, worst)) if said and not named)
        return FamilyOutcome(key, False, min(answered, asked), asked, tuple(ids), faults, nothing)
    over[best] = under[worst] = 1.0
    lacking = tuple(id for id in ids if id not in over or id not in under)
    if lacking:
        return FamilyOutcome(key, False, answered, asked, lacking, (), nothing)
    row, column = [over[id] for id in ids], [under[id] for id in ids]
    try:
        found = extremes.best_worst(ids.index(best), ids.index(worst), row, column)
    except pairwise.ComparisonRefused as refused:
        node, other = (ids[place] for place in refused.pair)
        return FamilyOutcome(key, False, answered, asked, (node,), (Fault(NO_CHAIN, node, other),), nothing)
    consistency = _mended(ids, best, worst, over, under, found)
    return FamilyOutcome(key, True, answered, asked, (), (), _shares(ids, found.weights), consistency=consistency)


def _mended(
    ids: list[str],
    best: str,
    worst: str,
    over: dict[str, float],
    under: dict[str, float],
    found: extremes.BestWorstWeights,
) -> Consistency:
    """The criterion that contradicts most, and the whole step that would fit: of its comparison with the best, or with
    the worst where that fits better."""
    plain = Consistency(found.consistency_ratio, found.threshold, found.acceptable)
    if found.most_doubtful is None:
        return plain
    doubtful, full = ids[found.most_doubtful], over[worst]
    others = max((ratio for id, ratio in zip(ids, found.ratios.tolist(), strict=True) if id != doubtful), default=0.0)
    steps = np.arange(1.0, full + 1)
    choices = []
    for pair, given, against in (((best, doubtful), over[doubtful], under[doubtful]),
                                 ((doubtful, worst), under[doubtful], over[doubtful])):  # fmt: skip
        step = float(steps[np.abs(steps * against - full).argmin()])
        choices.append((abs(step * against - full) / (full * full - full), pair, given, step))
    ratio, pair, given, step = min(choices, key=lambda choice: choice[0])
    if step == given:
        return plain
    return Consistency(plain.ratio, plain.threshold, plain.acceptable, pair, given, step, max(ratio, others))


def fault_words(fault: Fault, names: Mapping[str, str]) -> Message:
    """What to do about it, in one sentence; ``names`` are those of the criteria and branches by id."""
    node, other = names.get(fault.node, ""), names.get(fault.other, "")
    words: dict[str, Message] = {
        ALL_ZERO: message("Everything has zero, so nothing matters more than anything else."),
        NO_BEST: message("Say which matters most."),
        NO_WORST: message("Say which matters least."),
        POINTS_LEFT: message("{points} points are still to be given.", points=fault.amount),
        POINTS_OVER: message("{points} points too many were given.", points=fault.amount),
        NO_FULL_SWING: message("Nothing has 100. Give it to the one to be improved first."),
    }
    if fault.kind in words:
        return words[fault.kind]
    return message("Nothing connects “{node}” with “{other}” yet. Compare the two.", node=node, other=other)


def repair_words(consistency: Consistency, names: Mapping[str, str]) -> Message | None:
    """The pair to think over, as a question to the person who answered; None where there is none."""
    if consistency.pair is None or consistency.suggested is None or consistency.given is None:
        return None
    node, other = (names.get(id, "") for id in consistency.pair)
    suggested, given = consistency.suggested, consistency.given
    if abs(suggested - 1) < 1e-9:
        return message(
            "“{node}” over “{other}” was answered with {given}. Do both count the same?",
            node=node,
            other=other,
            given=_step(given),
        )
    if suggested < 1:
        return message(
            "“{node}” over “{other}” was answered with {given}. Does “{other}” count more, {times} times?",
            node=node,
            other=other,
            given=_step(given),
            times=_step(1 / suggested),
        )
    return message(
        "“{node}” over “{other}” was answered with {given}. Would {suggested} fit better?",
        node=node,
        other=other,
        given=_step(given),
        suggested=_step(suggested),
    )


def _step(ratio: float | None) -> str | float | None:
    """A step of the scale as people say it: 3, or 1/3. Other numbers are written by the language they are told in."""
    if ratio is None:
        return None
    if 0 < ratio < 1 and abs(1 / ratio - round(1 / ratio)) < 0.05:
        return f"1/{round(1 / ratio)}"
    return ratio


@dataclass(frozen=True)
class Difference:
    """A cell in which two passes over one paper ballot differ; None where a pass left it empty."""

    node: str
    other: str
    kind: str
    first: float | None
    second: float | None


def differences(first: Iterable[Answer], second: Iterable[Answer]) -> tuple[Difference, ...]:
    """Where two passes of typing in one paper ballot differ, in the order of the first; nothing where they agree.

    A pair compared the other way round is the same answer.
    """
    one, two = _cells(first), _cells(second)
    return tuple(
        Difference(*cell, one.get(cell), two.get(cell))
        for cell in dict.fromkeys((*one, *two))
        if not _same(one.get(cell), two.get(cell), cell[2])
    )


def difference_words(difference: Difference, names: Mapping[str, str]) -> Message:
    """The cell by its name, and the two numbers."""
    node, other = names.get(difference.node, ""), names.get(difference.other, "")
    first, second = (_step(value) for value in (difference.first, difference.second))
    if other:
        return message(
            "“{node}” over “{other}”: first {first}, then {second}.",
            node=node,
            other=other,
            first=first,
            second=second,
        )
    return message("“{node}”: first {first}, then {second}.", node=node, first=first, second=second)


def _cells(answers: Iterable[Answer]) -> dict[tuple[str, str, str], float]:
    found: dict[tuple[str, str, str], float] = {}
    for node, other, kind, value in answers:
        if value is None:
            continue
        if kind == "ratio":
            value = _as_meant(value)
        if kind == "ratio" and value > 0 and (value < 1 or value == 1 and other < node):
            node, other, value = other, node, 1 / value
        found[node, other, kind] = value
    return found


def _same(first: float | None, second: float | None, kind: str) -> bool:
    if first is None or second is None:
        return first is second
    # 0.33 and 1/3 are the same step of the scale.
    return abs(first - second) <= (0.02 * max(first, second) if kind == "ratio" else 1e-9)
