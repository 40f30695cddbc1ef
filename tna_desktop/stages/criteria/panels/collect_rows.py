"""What the screens for collecting weights show, without Qt: ends of scales, states of ballots, words for a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from ..reading.ballots import CRITERIA, TREE, Answer, Family, Node, Round
from ..results.ballots import TOTAL, Outcome, outcome

COMPLETE, INCOMPLETE, CONTRADICTING = "complete", "incomplete", "contradicting"
#: The methods that ask for one number per criterion, so that a paper ballot is one row of a grid.
ONE_NUMBER = ("points", "swing", "rank", "rank_sum")


@dataclass(frozen=True)
class BallotLine:
    """A ballot as the list shows it. ``state`` is complete, incomplete or contradicting."""

    id: str
    group: str
    voter: str
    method: str
    level: str
    checked: bool
    state: str
    answered: int
    asked: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class CollectState:
    """All the screen for collecting needs: rounds, the one worked in, its ballots, and how many came in before."""

    rounds: tuple[Round, ...]
    round: Round | None
    lines: tuple[BallotLine, ...]
    before: int
    locked: bool


def state(session: Session, round_id: str = "") -> CollectState:
    """What is to be shown of a round; of the newest one if none is named."""
    rounds = tuple(reading.rounds(session))
    chosen = next((each for each in rounds if each.id == round_id), rounds[-1] if rounds else None)
    lines = []
    nodes = {level: reading.nodes(session, level) for level in (CRITERIA, TREE)} if chosen else {}
    for ballot in reading.ballots(session, chosen.id) if chosen else ():
        # Which pair to think over is looked for on the ballot itself; here it would take long with many criteria.
        found = outcome(nodes[ballot.level], ballot.method, ballot.level, ballot.answers, False)
        lines.append(
            BallotLine(
                ballot.id,
                ballot.group,
                ballot.voter,
                ballot.method,
                ballot.level,
                ballot.checked,
                state_of(found),
                found.answered,
                found.asked,
                ballot.answers,
            )
        )
    before = next((each.ballots for each in reversed(rounds) if chosen and each.number < chosen.number), 0)
    return CollectState(rounds, chosen, tuple(lines), before, reading.weights_locked(session))


def state_of(outcome: Outcome) -> str:
    if not outcome.complete:
        return INCOMPLETE
    fits = outcome.consistency
    return CONTRADICTING if fits is not None and fits.acceptable is False else COMPLETE


def state_words(state: str, answered: int, asked: int, language: Language) -> str:
    if state == COMPLETE:
        return language.say("complete")
    if state == CONTRADICTING:
        return language.say("contradicting itself")
    return language.say("incomplete, {number} of {all}", number=answered, all=asked)


def round_words(each: Round, language: Language) -> str:
    """“Round 2, hidden”."""
    say = language.say
    if each.closed:
        return say("Round {number}, closed", number=each.number)
    if each.revealed:
        return say("Round {number}, revealed", number=each.number)
    return say("Round {number}, hidden", number=each.number)


def come_in(found: CollectState, language: Language) -> str:
    """How many ballots are in, without a word about what they say."""
    done = sum(line.state != INCOMPLETE for line in found.lines)
    if found.before > len(found.lines):
        return language.say("{number} of {all} in", number=done, all=found.before)
    if done < len(found.lines):
        return language.say("{number} of {all} ballots complete", number=done, all=len(found.lines))
    return language.say_n("one ballot is in", "{n} ballots are in", done) if done else language.say("no ballot yet")


def ends_of_scales(session: Session, language: Language) -> dict[str, tuple[str, str]]:
    """For each criterion what its worst and its best end are: the scale's ends with their unit, else what 1 and 5 mean."""
    return {row["id"]: _ends(row, language) for row in reading.criteria(session)}


def _ends(row: dict[str, Any], language: Language) -> tuple[str, str]:
    if row["low"] is None or row["high"] is None:
        worst, best = row["anchor_1"], row["anchor_5"]
        return (best, worst) if row["direction"] == "cost" else (worst, best)
    unit = row["unit"]
    ends = [
        language.say("{number} {unit}", number=language.number(row[end]), unit=unit)
        if unit
        else language.number(row[end])
        for end in ("low", "high")
    ]
    return (ends[1], ends[0]) if row["direction"] == "cost" else (ends[0], ends[1])


def group_names(workflow: Workflow) -> list[tuple[str, str]]:
    return [(entry.key, entry.short or entry.name) for entry in workflow.catalogue("stakeholder_groups").entries]


def methods(workflow: Workflow, only: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """The ways to give weights: (key, name, the two sentences that explain it)."""
    entries = workflow.catalogue("weighing_methods").entries
    return [(entry.key, entry.name, entry.definition) for entry in entries if not only or entry.key in only]


def of_family(answers: Sequence[Answer], family: Family) -> list[Answer]:
    """The answers that are about these siblings."""
    nodes = {node.id for node in family.nodes}
    return [answer for answer in answers if answer[0] in nodes and (not answer[1] or answer[1] in nodes)]


def preview(nodes: tuple[Node, ...], method: str, level: str, answers: Sequence[Answer]) -> Outcome:
    """What answers would amount to if the rest came as one may expect, so that shares can be seen while one answers.

    Points that are still to be given are shared evenly; a swing that is missing counts as none. Other ways to answer
    are shown as they are.
    """
    filled = list(answers)
    if method in ("points", "swing"):
        for family in reading.families_of(nodes):
            given = {node: value or 0.0 for node, _, kind, value in answers if kind == method}
            inside = [given[node.id] for node in family.nodes if node.id in given]
            missing = [node.id for node in family.nodes if node.id not in given]
            if missing and (inside or (method == "points" and given)):
                rest = max(0.0, TOTAL - sum(inside)) / len(missing) if method == "points" else 0.0
                filled += [(id, "", method, rest) for id in missing]
    return outcome(nodes, method, level, tuple(filled), False)
