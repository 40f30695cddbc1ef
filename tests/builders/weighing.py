"""A small tree to weigh, and short ways to answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.stages.criteria import operations, reading, results

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "mcda"
#: Two groups of the workflow's list, in its order.
FIRST, SECOND, THIRD = [entry.key for entry in WORKFLOW.catalogue("stakeholder_groups").entries][:3]


def case(name: str) -> dict:
    """A published case; the test is skipped where the cases are not beside this checkout."""
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip("the published cases are not beside this checkout")
    return json.loads(path.read_text(encoding="utf-8"))


def small_tree(document) -> dict[str, str]:
    """Benefits (Jobs, Nature) and Effort (Cost): the ids by name."""
    ids = {name: do(document, operations.add_group, name) for name in ("Benefits", "Effort")}
    for name, group in (("Jobs", "Benefits"), ("Nature", "Benefits"), ("Cost", "Effort")):
        ids[name] = do(document, operations.add_criterion, name, group_id=ids[group])
    return ids


def flat(document, names) -> dict[str, str]:
    """Criteria beside each other: the ids by name."""
    return {name: do(document, operations.add_criterion, name) for name in names}


def numbers(ids, kind="points", **values):
    """Answers about one each: numbers(ids, Jobs=50, Nature=30)."""
    return [(ids[name], "", kind, value) for name, value in values.items()]


def compared(ids, kind, *triples):
    """Answers about pairs: (node, other, value) by name."""
    return [(ids[node], ids[other], kind, value) for node, other, value in triples]


def vote(document, round_id, ids, group, voter, jobs, nature, cost):
    return do(
        document,
        operations.record_ballot,
        round_id,
        group,
        voter,
        "points",
        "criteria",
        numbers(ids, Jobs=jobs, Nature=nature, Cost=cost),
    )


def percents(ids, shares):
    """Shares of one as per cent by name, to two decimals."""
    return {name: round(shares[id] * 100, 2) for name, id in ids.items() if id in shares}


def group_percents(document, ids, round_id=None):
    found = read(document, results.group_weights, WORKFLOW, round_id)
    return {group: percents(ids, each.shares) for group, each in found.items()}


def agreed_weights(document):
    return {row["name"]: row["weight"] for row in read(document, reading.criteria)}


def everything(document):
    """All that weighing stores, to be compared before and after."""
    with document.reading() as session:
        return {
            "rounds": reading.rounds(session),
            "ballots": sorted(
                (row.round_id, row.group, row.voter, row.method, row.level, row.checked, sorted(row.answers))
                for row in reading.ballots(session)
            ),
            "own": reading.group_weights(session),
            "voices": reading.group_voices(session),
            "rule": reading.weight_rule(session),
            "agreed": [(row["name"], row["weight"], row["weight_reason"]) for row in reading.criteria(session)],
            "decisions": sorted((row["kind"], row["what"], row["reason"]) for row in assessment.decisions(session)),
        }


def ballot_outcome(session, ballot_id: str) -> results.Outcome:
    """What a stored ballot says."""
    row = next(each for each in reading.ballots(session) if each.id == ballot_id)
    return results.answers_outcome(session, row.method, row.level, row.answers)
