"""Rounds of weighing and the ballots in them. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message

from .. import reading
from ..reading import Answer
from ..results.ballots import METHODS
from ..tables import Ballot, BallotAnswer, GroupWeight, WeighingRound
from .answers import accepted_answers
from .lock import refuse_if_locked


@operation("Round of weighing opened")
def open_round(session: Session) -> str:
    """Begin a round, hidden at first; answers the id. The round before is closed and takes no more answers.

    A round that is hidden and empty is kept instead. The weights that groups set themselves belong to the round before:
    they are kept there as ballots of the group as a whole, and the new round begins blank. Weights that were set before
    any round make the first one.
    """
    refuse_if_locked(session)
    before = _newest(session)
    own = list(session.scalars(select(GroupWeight).where(GroupWeight.weight.is_not(None)).order_by(GroupWeight.rank)))
    if before is not None and not before.revealed:
        if own or reading.ballot_counts(session, before.id):
            raise Refused(message("Round {n} is still hidden. Reveal it before you open another.", n=before.number))
        if not before.closed:
            return before.id
    if own:
        before = before or records.add(session, WeighingRound, number=1, revealed=True)
        _keep_own_weights(session, before, own)
    if before is not None:
        before.closed = True
    number = (before.number or 1) + 1 if before else 1
    opened = records.add(session, WeighingRound, number=number)
    about(session, str(number))
    return opened.id


@operation("Round of weighing revealed")
def reveal_round(session: Session, round_id: str) -> None:
    """Show what was answered; from now on it counts."""
    record = records.change(session, WeighingRound, round_id, revealed=True)
    about(session, str(record.number))


@operation("Round of weighing closed")
def close_round(session: Session, round_id: str) -> None:
    """Take no more answers in this round. A hidden one with answers is revealed first, or nobody would know of them."""
    record = records.fetch(session, WeighingRound, round_id)
    newest = _newest(session)
    own = newest is record and session.scalar(select(GroupWeight.id).where(GroupWeight.weight.is_not(None)).limit(1))
    if not record.revealed and (own or reading.ballot_counts(session, round_id)):
        raise Refused(message("Round {n} is still hidden. Reveal it before you close it.", n=record.number))
    record.closed = True
    about(session, str(record.number))


@operation("Ballot recorded")
def record_ballot(
    session: Session,
    round_id: str,
    group: str,
    voter: str,
    method: str,
    level: str,
    answers: Iterable[Answer],
    checked: bool = False,
    instead_of: str = "",
) -> str:
    """Keep one voter's answers, in place of what that voter answered in this round before; "" is the group as a whole.

    ``answers``: (node, other or "", kind, value) as in BallotAnswer; a value of None is no answer. What is missing may
    come later: the ballot counts once it is complete. ``checked``: the answers were typed in twice and agreed. ``instead_of`` is a ballot that was kept under another code
    or group and is this one.
    """
    if instead_of:
        _open(session, records.fetch(session, Ballot, instead_of).round_id)
        records.remove(session, Ballot, [instead_of])
    return record_ballots(session, round_id, method, level, [(group, voter, answers, checked)])[0]


@operation("Ballots recorded")
def record_ballots(
    session: Session, round_id: str, method: str, level: str, rows: Iterable[Sequence[Any]]
) -> list[str]:
    """Keep several ballots as one change: (group, voter, answers) or (group, voter, answers, checked). Answers their ids."""
    refuse_if_locked(session)
    target = _open(session, round_id)
    if method not in METHODS or level not in ("criteria", "tree"):
        raise Refused(message("This way to give weights is not known."), "method")
    nodes = reading.nodes(session, level)
    there = {(row.group, row.voter): row for row in session.scalars(select(Ballot).where(Ballot.round_id == target.id))}
    ids: list[str] = []
    for group, voter, answers, *rest in rows:
        checked, voter = bool(rest and rest[0]), records.tidy(voter)
        values = {"group": group, "voter": voter, "method": method, "level": level, "checked": checked}
        found = there.get((group, voter))
        if found is None:
            found = there[group, voter] = records.add(session, Ballot, round_id=target.id, **values)
        else:
            records.fill(found, values)
        _replace(session, found, accepted_answers(nodes, method, answers))
        if not voter:
            _drop_own_weights(session, group)
        ids.append(found.id)
    session.flush()
    if len(ids) > 1:
        about(session, str(len(ids)))
    return ids


@operation("Ballots removed")
def remove_ballots(session: Session, ids: Iterable[str]) -> int:
    """Take ballots out of a round that is not closed; answers how many there were."""
    refuse_if_locked(session)
    wanted = list(ids)
    for round_id in session.scalars(select(Ballot.round_id).where(Ballot.id.in_(wanted)).distinct()):
        _open(session, round_id)
    count = records.remove(session, Ballot, wanted)
    about(session, str(count))
    return count


def refuse_if_closed(session: Session) -> None:
    """Raise Refused when the newest round is closed: what groups say belongs to a round."""
    newest = _newest(session)
    if newest is not None:
        _open(session, newest.id)


def _newest(session: Session) -> WeighingRound | None:
    return session.scalars(
        select(WeighingRound).order_by(WeighingRound.number.desc(), WeighingRound.rank.desc())
    ).first()


def _open(session: Session, round_id: str) -> WeighingRound:
    record = records.fetch(session, WeighingRound, round_id)
    if record.closed:
        raise Refused(message("Round {n} is closed. Open a new round to change what was answered.", n=record.number))
    return record


def _keep_own_weights(session: Session, before: WeighingRound, own: list[GroupWeight]) -> None:
    """Keep what the groups set themselves as ballots of the round before, where it is what counted, and clear it."""
    wanted = {node.id for node in reading.nodes(session)}
    by_group: dict[str, list[GroupWeight]] = {}
    for row in own:
        by_group.setdefault(row.group, []).append(row)
    there = {
        row.group: row
        for row in session.scalars(select(Ballot).where(Ballot.round_id == before.id, Ballot.voter == ""))
    }
    for group, rows in by_group.items():
        found = there.get(group)
        whole = wanted <= {row.criterion_id for row in rows}
        if found is None:
            found = records.add(session, Ballot, round_id=before.id, group=group, method="points", level="criteria")
        elif whole:
            records.fill(found, {"method": "points", "level": "criteria", "checked": False})
        if whole or group not in there:
            _replace(session, found, [(row.criterion_id, "", "points", row.weight) for row in rows])
        for row in rows:
            session.delete(row)
    session.flush()


def _drop_own_weights(session: Session, group: str) -> None:
    """A ballot of the group as a whole takes the place of the weights that it set before."""
    for row in session.scalars(select(GroupWeight).where(GroupWeight.group == group)):
        session.delete(row)


def _replace(session: Session, ballot: Ballot, answers: Iterable[Answer]) -> None:
    """Make these the ballot's answers; what stays the same is left alone."""
    there = {
        (row.node, row.other, row.kind): row
        for row in session.scalars(select(BallotAnswer).where(BallotAnswer.ballot_id == ballot.id))
    }
    with session.no_autoflush:
        for place, (node, other, kind, value) in enumerate(answers):
            found = there.pop((node, other, kind), None)
            if found is None:
                session.add(
                    BallotAnswer(ballot_id=ballot.id, node=node, other=other, kind=kind, value=value, rank=float(place))
                )
            elif found.value != value:
                found.value = value
        for row in there.values():
            session.delete(row)
