"""Whether two criteria, whatever they are called, put the technologies in the same order: one thing may count twice."""

from __future__ import annotations

import numpy as np
from sqlalchemy.orm import Session

from tna_desktop.analysis.contrast import FEWEST, alike
from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message, message_n
from tna_desktop.kernel.workflow import Workflow

from . import results, worth
from .score_table import COST

NAME = "criteria_not_alike"
TREE = "criteria.tree"


def criteria_not_alike(session: Session, workflow: Workflow, step: str, *, at_least: float = 0.95) -> Finding:
    """No two criteria order the technologies almost alike; from the correlation ``at_least`` on they do."""
    basis = results.basis(session, workflow)
    rows = basis.criteria
    known = ~np.isnan(basis.scores) & basis.applies
    both = known.astype(int).T @ known.astype(int)
    if len(rows) < 2 or both[np.triu_indices(len(rows), 1)].max(initial=0) < FEWEST:
        return Finding(NAME, State.OPEN, message("Too few scores are known to see whether two criteria say the same."))
    low, high = (np.array([np.nan if row[end] is None else row[end] for row in rows], float) for end in ("low", "high"))
    direction = [-1 if row["direction"] == COST else 1 for row in rows]
    points = worth.points(rows, basis.scores, low, high, direction, basis.applies)
    pairs = alike(np.where(known, points, np.nan), at_least)
    if not pairs:
        return Finding(NAME, State.GOOD, message("No two criteria put the technologies in nearly the same order."))
    first = pairs[0]
    text = message_n(
        "“{one}” and “{other}” put the technologies in nearly the same order. See whether one thing is counted twice.",
        "{n} pairs of criteria put the technologies in nearly the same order, such as “{one}” and “{other}”. "
        "See whether one thing is counted twice.",
        len(pairs), one=rows[first.one]["name"], other=rows[first.other]["name"],
    )  # fmt: skip
    places = dict.fromkeys(rows[at]["id"] for pair in pairs for at in (pair.one, pair.other))
    return Finding(NAME, State.ATTENTION, text, tuple(Place(TREE, id, "definition") for id in places))


CHECKS = {NAME: criteria_not_alike}
