"""What good looks like where differences are settled: reasons, rounds that ended, weights that no longer move."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading, results
from ..reading.ballots import UNLOCKED
from .each import each_criterion


def weights_reasoned(session: Session, workflow: Workflow, step: str, *, spread_points: float = 14) -> Finding:
    """Where the groups lie far apart, it is written why the agreed weight is what it is."""
    found = results.agreement(session, workflow, threshold=spread_points)
    if found is None or len(found.groups) < 2:
        return Finding(
            "weights_reasoned",
            State.OPEN,
            message("Two groups have to weigh before their weights can be compared."),
            (Place(step),),
        )
    if not found.disputed:
        return Finding(
            "weights_reasoned", State.GOOD, message("The groups lie close together, so nothing is to explain.")
        )
    disputed = [each for each in found.criteria if each.disputed]
    lacking = [{"id": each.id} for each in disputed if each.agreed is None or not each.reason.strip()]
    return each_criterion(
        "weights_reasoned",
        step,
        disputed,
        lacking,
        "weight_reason",
        message_n(
            "The one criterion on which the groups differ has an agreed weight with its reason.",
            "All {n} criteria on which the groups differ have an agreed weight with its reason.",
            len(disputed),
        ),
        lambda n: message_n(
            "On one criterion the groups are far apart and no reason is given for the agreed weight.",
            "On {n} criteria the groups are far apart and no reason is given for the agreed weight.",
            n,
        ),
    )


def rounds_closed(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every round of weighing with answers was shown to the room, and has ended."""
    name = "rounds_closed"
    rounds, own = reading.rounds(session), bool(reading.group_weights(session))
    begun = [each for each in rounds if each.ballots or own and each is rounds[-1]]
    if not begun:
        if results.weights(session, workflow).voices:
            return Finding(name, State.GOOD, message("The groups weighed openly, without rounds."))
        return Finding(name, State.OPEN, message("Nobody has weighed in a round yet."), (Place(step),))
    hidden = [each for each in begun if not each.revealed]
    if hidden:
        text = message("Round {n} is still hidden.", n=hidden[0].number)
        return Finding(name, State.ATTENTION, text, tuple(Place(step, each.id) for each in hidden))
    running = [each for each in begun if not each.closed]
    if running:
        text = message("Round {n} still takes answers. Close it when all have answered.", n=running[0].number)
        return Finding(name, State.ATTENTION, text, tuple(Place(step, each.id) for each in running))
    text = message_n("One round of weighing is closed.", "{n} rounds of weighing are closed.", len(begun))
    return Finding(name, State.GOOD, text)


def weights_locked(session: Session, workflow: Workflow, step: str) -> Finding:
    """Nobody changes weights with the scores in view."""
    name = "weights_locked"
    if reading.weights_locked(session):
        return Finding(name, State.GOOD, message("The weights are locked."))
    if not reading.scoring_begun(session):
        return Finding(
            name,
            State.OPEN,
            message("Scoring has not begun; the weights are locked with the first score."),
            (Place(step),),
        )
    if any(row["kind"] == UNLOCKED for row in assessment.decisions(session)):
        text = message("The weights were unlocked, and may change with the scores in view. Lock them once they stand.")
    else:
        text = message("Scoring has begun, and the weights may still change. Lock them.")
    return Finding(name, State.ATTENTION, text, (Place(step),))


CHECKS = {check.__name__: check for check in (weights_reasoned, rounds_closed, weights_locked)}
