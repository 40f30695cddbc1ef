"""What each stakeholder group says: its own weights, or the mean of its voters' ballots in a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis.elicitation import Mean, combine
from tna_desktop.analysis.weights import NoWeights, normalised
from tna_desktop.kernel.text import Message, message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from ..reading import BallotRow, Node, Round
from .ballots import Outcome, outcome

#: Where a group's weights come from: set by the group itself, its own ballot, the mean of its voters; nothing whole yet.
OWN, BALLOT, VOTERS, NOTHING = "own", "ballot", "voters", ""


@dataclass(frozen=True)
class GroupShares:
    """What one group says. ``shares``: criterion -> share of one, empty as long as nothing is whole.

    ``round`` is the number of the round it was said in (None: without rounds), ``kept`` whether that is an earlier round
    than the one asked about. ``voters``: ballots that count, ``left_out``: ballots that do not, and ``why``. ``voice``:
    how much it counts in the country. ``consistency``: the largest ratio among its ballots by comparison.
    """

    group: str
    shares: Mapping[str, float]
    origin: str
    round: int | None
    kept: bool
    voters: int
    left_out: int
    why: tuple[Message, ...]
    voice: float
    methods: tuple[str, ...]
    consistency: float | None = None


def group_weights(
    session: Session, workflow: Workflow | None = None, round_id: str | None = None
) -> dict[str, GroupShares]:
    """What every group says that has begun to answer, in the order of the list of groups.

    Without ``round_id``: what counts now, the newest revealed round. A group that has not answered whole in a round
    keeps what it said whole in the last revealed one before. A hidden round says nothing, by whatever way it is asked
    about. Within a group every voter has the same voice.
    """
    rounds = reading.rounds(session)
    named = next((each for each in rounds if each.id == round_id), None)
    if round_id is not None and (named is None or not named.revealed):
        return {}
    newest = rounds[-1] if rounds else None
    shown = [each for each in rounds if each.revealed and (named is None or each.number <= named.number)]
    # The groups' own weights belong to the newest round, and are hidden with it.
    own = newest is None or newest.revealed and (named is None or named.id == newest.id)
    given = _own_weights(session) if own else {}
    asked: list[Round | None] = [*reversed(shown)] if rounds else [None]
    desk = _Desk(session)
    begun = {group for each in shown for group in reading.ballot_counts(session, each.id)}
    voices = reading.group_voices(session)
    found: dict[str, GroupShares] = {}
    for group in _ordered({*given, *begun}, workflow):
        for place, each in enumerate(asked):
            weights = given.get(group, {}) if place == 0 else {}
            said = desk.said(group, each, weights, voices.get(group, (1.0, ""))[0], place > 0)
            if said.shares or group not in found:
                found[group] = said
            if said.shares:
                break
    return found


def said_in(session: Session, workflow: Workflow | None, round_id: str) -> dict[str, GroupShares]:
    """What the groups said whole in this very round, without what they said before."""
    found = group_weights(session, workflow, round_id)
    return {group: each for group, each in found.items() if each.shares and not each.kept}


def country(session: Session, said: Sequence[GroupShares], criteria: Sequence[str]) -> dict[str, float] | None:
    """The groups' weights as one: criterion -> share of one. None as long as no group with a voice has weighed."""
    table = [[each.shares[id] for id in criteria] for each in said if each.shares]
    voices = [each.voice for each in said if each.shares]
    if not table or not criteria:
        return None
    try:
        common = combine(table, voices, Mean(reading.weight_rule(session).mean))
    except NoWeights:
        return None
    return {id: float(share) for id, share in zip(criteria, common.weights, strict=True)}


@dataclass(frozen=True)
class Way:
    """How a group gave its weights in one round, without anybody's name.

    ``method`` is "" where the group set its weights itself. ``together``: the group answered as a whole. ``complete`` and
    ``incomplete`` count ballots; ``consistency`` is the largest ratio among the complete ones by comparison.
    """

    group: str
    round: int | None
    method: str
    together: bool
    complete: int
    incomplete: int
    consistency: float | None


def ways(session: Session, workflow: Workflow | None = None) -> list[Way]:
    """How weights were given, by group, round and method, in the order of the list of groups; of revealed rounds only."""
    rounds = reading.rounds(session)
    desk = _Desk(session)
    given = _own_weights(session) if not rounds or rounds[-1].revealed else {}
    shown: list[Round | None] = [each for each in rounds if each.revealed]
    if not rounds:
        shown = [None]
    begun = {group for each in shown if each for group in reading.ballot_counts(session, each.id)}
    found: list[Way] = []
    for group in _ordered({*given, *begun}, workflow):
        for each in shown:
            number = each.number if each else None
            kinds: dict[tuple[str, bool], list[Outcome]] = {}
            for row in desk.ballots(each, group):
                kinds.setdefault((row.method, not row.voter), []).append(desk.outcome(row))
            for (method, together), outcomes in kinds.items():
                ratios = [one.consistency.ratio for one in outcomes if one.complete and one.consistency]
                whole = sum(one.complete for one in outcomes)
                found.append(
                    Way(group, number, method, together, whole, len(outcomes) - whole, max(ratios, default=None))
                )
            if group in given and (each is None or each is rounds[-1]):
                whole = 1 if desk.own(given[group]) else 0
                found.append(Way(group, number, "", True, whole, 1 - whole, None))
    return found


class _Desk:
    """The criteria, and the ballots of the rounds that are asked about, each read once."""

    def __init__(self, session: Session):
        self.session = session
        self.rounds: dict[str, list[BallotRow]] = {}
        self.nodes: dict[str, tuple[Node, ...]] = {"criteria": reading.nodes(session, "criteria")}
        self.criteria = [node.id for node in self.nodes["criteria"]]

    def ballots(self, asked: Round | None, group: str) -> list[BallotRow]:
        if asked is None:
            return []
        if asked.id not in self.rounds:
            self.rounds[asked.id] = reading.ballots(self.session, asked.id)
        return [row for row in self.rounds[asked.id] if row.group == group]

    def outcome(self, row: BallotRow) -> Outcome:
        if row.level not in self.nodes:
            self.nodes[row.level] = reading.nodes(self.session, row.level)
        return outcome(self.nodes[row.level], row.method, row.level, row.answers, repair=False)

    def said(self, group: str, asked: Round | None, own: Mapping[str, float], voice: float, kept: bool) -> GroupShares:
        """What a group says in one round."""
        rows = self.ballots(asked, group)
        number = asked.number if asked else None
        outcomes = [(row, self.outcome(row)) for row in rows]
        whole = [(row, each) for row, each in outcomes if each.complete]
        shares = self.own(own)
        if shares:
            passed = message_n(
                "The group set its weights itself, so one ballot does not count.",
                "The group set its weights itself, so {n} ballots do not count.",
                len(rows),
            )
            why = (passed,) if rows else ()
            return GroupShares(group, shares, OWN, number, kept, 0, len(rows), why, voice, ())
        together = [(row, each) for row, each in whole if not row.voter]
        counted = together or whole
        methods = tuple(dict.fromkeys(row.method for row, _ in counted))
        ratios = [each.consistency.ratio for _, each in counted if each.consistency]
        return GroupShares(
            group,
            self._mean([each.shares for _, each in counted]),
            (BALLOT if together else VOTERS) if counted else NOTHING,
            number,
            kept,
            len(counted),
            len(rows) - len(counted),
            _why(len(outcomes) - len(whole), len(whole) - len(counted), bool(own)),
            voice,
            methods,
            max(ratios, default=None),
        )

    def own(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """The weights that a group set itself as shares; empty until it has weighed every criterion."""
        if not self.criteria or any(id not in weights for id in self.criteria) or not any(weights.values()):
            return MappingProxyType({})
        try:
            shares = normalised([weights[id] for id in self.criteria])
        except NoWeights:
            return MappingProxyType({})
        return MappingProxyType({id: float(share) for id, share in zip(self.criteria, shares, strict=True)})

    def _mean(self, said: list[Mapping[str, float]]) -> Mapping[str, float]:
        if not said:
            return MappingProxyType({})
        if len(said) == 1:
            return said[0]
        common = combine(np.array([[each[id] for id in self.criteria] for each in said]))
        return MappingProxyType({id: float(share) for id, share in zip(self.criteria, common.weights, strict=True)})


def _why(incomplete: int, passed: int, own: bool) -> tuple[Message, ...]:
    found = []
    if incomplete:
        found.append(message_n("One ballot is not complete.", "{n} ballots are not complete.", incomplete))
    if passed:
        found.append(
            message_n(
                "The group answered as a whole, so one ballot does not count.",
                "The group answered as a whole, so {n} ballots do not count.",
                passed,
            )
        )
    if own:
        found.append(message("The group has not weighed every criterion."))
    return tuple(found)


def _own_weights(session: Session) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for (criterion, group), weight in reading.group_weights(session).items():
        found.setdefault(group, {})[criterion] = weight
    return found


def _ordered(groups: set[str], workflow: Workflow | None) -> list[str]:
    known = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries] if workflow else []
    return [key for key in known if key in groups] + sorted(groups - set(known))
