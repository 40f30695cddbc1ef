"""What was answered when weighing: rounds, ballots, the questions of each branch, voices and the lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tna_desktop.kernel.tables import Base, Decision

from ..tables import Ballot, BallotAnswer, GroupVoice, WeighingRound, WeightRule
from . import criteria as tree

#: All criteria beside each other, or branch by branch with the weights multiplied down.
CRITERIA, TREE = "criteria", "tree"
#: The kinds of decision that say whether weights may change.
LOCKED, UNLOCKED = "weights_locked", "weights_unlocked"
#: (node, other or "", kind, value), as in BallotAnswer.
Answer = tuple[str, str, str, float | None]


@dataclass(frozen=True)
class Round:
    """A round of weighing. ``ballots``: how many have an answer, of all groups."""

    id: str
    number: int
    revealed: bool
    closed: bool
    ballots: int


@dataclass(frozen=True)
class BallotRow:
    """One voter's ballot, for the team's own screen: it names the voter. ``answers``: (node, other, kind, value)."""

    id: str
    round_id: str
    group: str
    voter: str
    method: str
    level: str
    checked: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Node:
    """A criterion or a branch that can be weighed beside its siblings; ``parent`` is "" at the top."""

    id: str
    name: str
    short: str
    parent: str
    branch: bool


@dataclass(frozen=True)
class Family:
    """The siblings one set of questions is about. ``key`` is the branch they hang on, "" at the top."""

    key: str
    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Rule:
    """How groups become the country, and whether weights may change. ``decided``: someone locked or unlocked before."""

    mean: str
    reason: str
    locked: bool
    decided: bool


def rounds(session: Session) -> list[Round]:
    """All rounds, oldest first."""
    counted = (
        select(Ballot.round_id, func.count(Ballot.id.distinct()))
        .join(BallotAnswer, BallotAnswer.ballot_id == Ballot.id)
        .group_by(Ballot.round_id)
    )
    counts = {id: count for id, count in session.execute(counted)}
    rows = session.scalars(select(WeighingRound).order_by(WeighingRound.number, WeighingRound.rank))
    return [Round(row.id, row.number or 1, row.revealed, row.closed, counts.get(row.id, 0)) for row in rows]


def current_round(session: Session) -> Round | None:
    """The newest round: the one that takes answers, as long as it is not closed."""
    return next(reversed(rounds(session)), None)


def shown_round(session: Session) -> Round | None:
    """The newest round that is revealed: the one everybody may see."""
    return next((each for each in reversed(rounds(session)) if each.revealed), None)


def ballots(session: Session, round_id: str | None = None) -> list[BallotRow]:
    """The ballots of a round (of all rounds, if none is named), in the order they came in, with the voters' names."""
    query = select(
        Ballot.id, Ballot.round_id, Ballot.group, Ballot.voter, Ballot.method, Ballot.level, Ballot.checked
    ).order_by(Ballot.rank, Ballot.id)
    said = select(
        BallotAnswer.ballot_id, BallotAnswer.node, BallotAnswer.other, BallotAnswer.kind, BallotAnswer.value
    ).order_by(BallotAnswer.ballot_id, BallotAnswer.rank, BallotAnswer.id)
    if round_id is not None:
        query = query.where(Ballot.round_id == round_id)
        said = said.where(BallotAnswer.ballot_id.in_(select(Ballot.id).where(Ballot.round_id == round_id)))
    answers: dict[str, list[Answer]] = {}
    for id, node, other, kind, value in session.execute(said):
        answers.setdefault(id, []).append((node, other, kind, value))
    return [BallotRow(*row, tuple(answers.get(row[0], ()))) for row in session.execute(query)]


def ballot_counts(session: Session, round_id: str) -> dict[str, int]:
    """How many ballots with an answer each group has in a round: all that a wall may show of a hidden one."""
    counted = (
        select(Ballot.group, func.count(Ballot.id.distinct()))
        .join(BallotAnswer, BallotAnswer.ballot_id == Ballot.id)
        .where(Ballot.round_id == round_id)
        .group_by(Ballot.group)
    )
    return {group: count for group, count in session.execute(counted)}


def nodes(session: Session, level: str = CRITERIA) -> tuple[Node, ...]:
    """What can be weighed: all criteria beside each other, or the whole tree, a branch before what is in it.

    Branches without a criterion are left out.
    """
    rows = tree.criteria(session)
    if level != TREE:
        return tuple(_leaf(row, "") for row in rows)
    branches = tree.groups(session)
    above = {branch["id"]: branch["parent_id"] or "" for branch in branches}
    filled: set[str] = set()
    for row in rows:
        place = row["group_id"] or ""
        while place and place not in filled:
            filled.add(place)
            place = above.get(place, "")
    found: list[Node] = []
    for branch in branches:
        if branch["id"] in filled:
            found.append(Node(branch["id"], branch["name"], branch["short"], above[branch["id"]], True))
            found += [_leaf(row, branch["id"]) for row in rows if row["group_id"] == branch["id"]]
    return (*found, *(_leaf(row, "") for row in rows if row["group_id"] not in filled))


def families(session: Session, level: str = CRITERIA) -> list[Family]:
    """The siblings to weigh beside each other, from the top down; one node alone needs no question."""
    return families_of(nodes(session, level))


def families_of(found: Sequence[Node]) -> list[Family]:
    """The families with a question among these nodes."""
    names = {node.id: node.name for node in found}
    children: dict[str, list[Node]] = {"": []}
    for node in found:
        children.setdefault(node.parent, []).append(node)
    return [Family(key, names.get(key, ""), tuple(each)) for key, each in children.items() if len(each) > 1]


def _leaf(row: dict[str, Any], parent: str) -> Node:
    return Node(row["id"], row["name"], row["short"] or row["name"], parent, False)


def group_voices(session: Session) -> dict[str, tuple[float, str]]:
    """The voices that were set, with their reasons; a group that is not there has one voice."""
    rows = session.scalars(select(GroupVoice).order_by(GroupVoice.rank))
    return {row.group: (row.voice, row.reason) for row in rows if row.voice is not None}


def weight_rule(session: Session) -> Rule:
    """How the groups' weights become the country's, and whether they are locked."""
    row = session.scalars(select(WeightRule).order_by(WeightRule.rank)).first()
    said = session.scalar(select(Decision.id).where(Decision.kind.in_((LOCKED, UNLOCKED))).limit(1))
    if row is None:
        return Rule("arithmetic", "", False, said is not None)
    return Rule(row.mean or "arithmetic", row.reason, row.locked, row.locked or said is not None)


def weights_locked(session: Session) -> bool:
    """Whether weights may not be changed now."""
    return bool(session.scalar(select(WeightRule.locked).order_by(WeightRule.rank).limit(1)))


def scoring_begun(session: Session) -> bool:
    """Whether any score is known. The table is a later stage's, so it is asked for by name."""
    scores = Base.metadata.tables.get("score")
    if scores is None:
        return False
    known = select(scores.c.id).where(scores.c.state != "unknown").limit(1)
    return session.execute(known).first() is not None
