"""What the weights table shows: weights as set and as they count, the groups' marks, and how far they agree."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.records import Row

from .. import reading, results
from ..limits import spread_limit
from ..models import under_groups

#: Of that spread, the part up to which the groups are called of one mind.
CLOSE = 3 / 7
HIGH, MEDIUM, LOW = "high", "medium", "low"


@dataclass(frozen=True)
class Strip:
    """The groups' shares of one on a line from 0 to ``top``; ``tick`` is the agreed share. ``words`` say it all."""

    marks: tuple[tuple[str, float], ...]
    tick: float | None
    top: float
    wide: bool
    own: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Slider:
    """A weight as a slider shows it, from 0 to ``top``."""

    value: float | None
    top: float

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True)
class Agreement:
    """How far the groups agree: high, medium, low, or empty while fewer than two have weighed."""

    level: str
    words: str
    points: str
    said: str

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True)
class WeightPage:
    """All the weights screen shows. ``total`` is the sum as set, ``lacking`` how many criteria have no weight.

    ``said`` is what the chosen group says, None for all groups. ``hidden`` is the round that is under way unseen.
    ``given`` are the weights as they stand in the table; they can be changed while ``open`` is true.
    """

    rows: list[Row]
    origin: str
    total: float
    lacking: int
    criteria: int
    voices: tuple[str, ...]
    groups: tuple[str, ...]
    disputed: int
    ticks: tuple[float, ...]
    mean: dict[str, float]
    given: dict[str, float | None]
    said: results.GroupShares | None = None
    hidden: reading.Round | None = None
    closed: bool = False
    locked: bool = False
    rounds: int = 0
    #: How alike the groups' orders are, 0 to 1; None while fewer than two have weighed.
    alike: float | None = None

    @property
    def open(self) -> bool:
        """Whether weights may be typed here: not while they are locked, or while a group's come from elsewhere."""
        return not self.locked and not (self.said and (self.hidden or self.closed or self.from_ballots))

    @property
    def from_ballots(self) -> bool:
        return self.said is not None and self.said.origin in (results.BALLOT, results.VOTERS)


def level(spread: float | None, limit: float) -> str:
    """How far the groups agree on a criterion, in one word; nothing while there is nothing to compare."""
    if spread is None:
        return ""
    return LOW if spread > limit else HIGH if spread <= limit * CLOSE else MEDIUM


def page(session: Session, workflow: Workflow, language: Language, group: str, groups: list[str]) -> WeightPage:
    """The weights of all criteria; ``group`` edits that group's own weights, "" the agreed ones."""
    weights = results.weights(session, workflow)
    rounds, locked = reading.rounds(session), reading.weights_locked(session)
    newest = rounds[-1] if rounds else None
    hidden = newest if newest is not None and not newest.revealed else None
    said = results.group_weights(session, workflow).get(group, _nothing(group)) if group else None
    limit, by_id = spread_limit(workflow), {each.id: each for each in weights.criteria}
    as_set, shares = _given(session, weights, said, hidden is not None)
    tree = results.tree_weights(session, shares) if _whole(shares) else ()  # type: ignore[arg-type]
    local = {each.id: each.local for each in tree}
    top, ticks = axis(
        max((share for each in weights.criteria for share in (each.share, *each.groups.values())), default=0.0)
    )
    slider_top = slider_end([weight for weight in as_set.values() if weight is not None], len(as_set))
    rows: list[Row] = []
    branches = under_groups(
        reading.groups(session), reading.criteria(session), language.say("Without a group"), every_group=False
    )
    below = _below(branches)
    for branch, inside in branches:
        given = [as_set[id] for id in below[branch["id"]] if as_set[id] is not None]
        known = [shares[id] for id in below[branch["id"]] if shares[id] is not None]
        rows.append(
            Row(
                branch["id"],
                {
                    "branch": True,
                    "depth": branch["depth"],
                    "name": branch["name"],
                    "first": not rows,
                    "ticks": ticks if not rows else (),
                    "top": top,
                    "weight": sum(given) if given else None,
                    "local": language.percent(local[branch["id"]], 1) if branch["id"] in local else "",
                    "share": language.percent(sum(known), 1) if known else "",
                },
            )
        )
        for number, row in enumerate(inside, 1):
            each = by_id[row["id"]]
            rows.append(
                Row(
                    each.id,
                    {
                        "branch": False,
                        "depth": branch["depth"],
                        "last": number == len(inside),
                        "name": each.name,
                        "weight": as_set[each.id],
                        "slider": Slider(as_set[each.id], slider_top),
                        "share": language.percent(shares[each.id], 1),
                        "local": language.percent(local.get(each.id), 1),
                        "strip": _strip(each, weights, top, limit, group, workflow, language),
                        "agreement": _agreement(each.spread, limit, language),
                        "ticks": ticks,
                    },
                )
            )
    mean = {each.id: round(each.mean * 100, 2) for each in weights.criteria if each.mean is not None}
    values = list(as_set.values())
    return WeightPage(
        rows,
        weights.origin,
        math.fsum(value or 0 for value in values),
        sum(value is None for value in values),
        len(values),
        weights.voices,
        tuple(groups),
        sum(level(each.spread, limit) == LOW for each in weights.criteria),
        ticks,
        mean,
        as_set,
        said,
        hidden,
        newest is not None and newest.closed,
        locked,
        len(rounds),
        _alike(session, workflow) if not group and len(weights.voices) > 1 else None,
    )


def _below(branches: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> dict[str, list[str]]:
    """The criteria that hang on each branch, also those further down."""
    found = {branch["id"]: [row["id"] for row in inside] for branch, inside in branches}
    for branch, _ in reversed(branches):  # what hangs below stands behind
        if branch["parent_id"] in found:
            found[branch["parent_id"]] += found[branch["id"]]
    return found


def _alike(session: Session, workflow: Workflow) -> float | None:
    found = results.agreement(session, workflow)
    return found.concordance.w if found else None


def _nothing(group: str) -> results.GroupShares:
    return results.GroupShares(group, {}, results.NOTHING, None, False, 0, 0, (), 1.0, ())


def _whole(shares: Mapping[str, float | None]) -> bool:
    return bool(shares) and all(share is not None for share in shares.values())


def _given(
    session: Session, weights: results.Weights, said: results.GroupShares | None, hidden: bool
) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """The weights as they stand in the table, and the shares of one they count as.

    What a group says in a hidden round is not shown, also not what it set itself.
    """
    if said is None:
        return {each.id: each.as_set for each in weights.criteria}, {each.id: each.share for each in weights.criteria}
    shares = {each.id: said.shares.get(each.id) for each in weights.criteria}
    if hidden or said.origin in (results.BALLOT, results.VOTERS):
        return {id: None if share is None else round(share * 100, 1) for id, share in shares.items()}, shares
    own = results.voice(session, said.group).as_set
    return {each.id: own.get(each.id) for each in weights.criteria}, shares


def share_of(given: Mapping[str, float | None], id: str, value: float) -> float:
    """The share of one that a criterion would have with this weight, the others staying as they are."""
    _, shares = results.agreed([value if each == id else weight for each, weight in given.items()])
    return shares[list(given).index(id)]


def shown_groups(session: Session, workflow: Workflow, counts: dict[str, int]) -> list[str]:
    """The groups that can weigh: those with a stakeholder, those that have weighed; all while the register is empty."""
    weighed = {group for _, group in reading.group_weights(session)}
    keys = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries]
    found = [key for key in keys if counts.get(key) or key in weighed]
    return (found if any(counts.values()) or weighed else keys) + sorted(weighed - set(keys))


def axis(highest: float) -> tuple[float, tuple[float, ...]]:
    """The end of the strip's axis and where its lines stand, for the highest share of one."""
    step = next((step for step in (0.05, 0.1, 0.2) if highest <= step * 4), 0.25)
    top = min(1.0, max(highest * 1.06, step * 2))
    return top, tuple(round(step * place, 4) for place in range(math.floor(top / step + 1e-9) + 1))


def slider_end(given: list[float], count: int) -> float:
    """Where the slider ends: some way beyond the largest weight, at a round number."""
    largest = max(given, default=0.0)
    if 0 < largest <= 1:
        return 1.0
    wanted = max(largest * 1.15, 10.0 if given else 200 / max(1, count), 10.0)
    size = 10 ** math.floor(math.log10(wanted))
    return next(size * step for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if size * step >= wanted)


def _strip(
    each: results.CriterionWeight,
    weights: results.Weights,
    top: float,
    limit: float,
    own: str,
    workflow: Workflow,
    language: Language,
) -> Strip:
    say = language.say
    tick = each.share if weights.origin != results.NONE else None
    said = [say("agreed {share}", share=language.percent(tick))] if tick is not None else []
    catalogue = workflow.catalogue("stakeholder_groups")
    for key, share in each.groups.items():
        entry = catalogue.find(key)
        name = (entry.short or entry.name) if entry else key
        said.append(say("{group} {share}", group=name, share=language.percent(share)))
    return Strip(tuple(each.groups.items()), tick, top, level(each.spread, limit) == LOW, own, language.listing(said))


def _agreement(spread: float | None, limit: float, language: Language) -> Agreement:
    say, found = language.say, level(spread, limit)
    if not found or spread is None:
        return Agreement("", "–", "", "")
    words: dict[str, Any] = {HIGH: say("High"), MEDIUM: say("Medium"), LOW: say("Low")}
    points = language.number(round(spread / 2))
    half = say("± {n} pts", n=points)
    return Agreement(found, words[found], half, say("{agreement}, {points}", agreement=words[found], points=half))
