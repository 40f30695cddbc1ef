"""Where a criterion or a branch of the tree goes when it is moved: by the keys, and by dropping it on a row. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tna_desktop.ui.cell_values import Row

from ..models import LOOSE

INTO, BEFORE, AFTER = "into", "before", "after"
#: The upper part of a branch's row that means "before this branch" for another branch.
_UPPER = 1 / 3


@dataclass(frozen=True)
class Spot:
    """A place in the tree: the branch ("" for none, or for the top), and the entry to stand after (None: first)."""

    group: str
    after: str | None = None


@dataclass(frozen=True)
class Drop:
    """Where something would be dropped: the place, and how to show it: at which row, and at which edge of it."""

    spot: Spot
    row: str
    edge: str


def inside(rows: Sequence[Row], group: str) -> list[str]:
    """The criteria that hang directly on a branch (LOOSE: on none), in their order."""
    return [row.id for row in rows if not row.values["branch"] and (row.values["group_id"] or LOOSE) == group]


def beside(rows: Sequence[Row], parent: str) -> list[str]:
    """The branches directly below a branch; "" gives those at the top."""
    return [row.id for row in rows if row.values["branch"] and row.id != LOOSE and row.values["group_id"] == parent]


def below(rows: Sequence[Row], id: str) -> set[str]:
    """All that hangs below a branch, at any depth."""
    found = {id}
    for row in rows:  # a branch is read before what hangs on it
        if row.values["group_id"] in found:
            found.add(row.id)
    return found - {id}


def step_in(rows: Sequence[Row], id: str) -> Spot | None:
    """One level further in: a branch below the one before it, a criterion into the first branch below its own."""
    row = _find(rows, id)
    if row is None:
        return None
    if row.values["branch"]:
        others = beside(rows, row.values["group_id"])
        here = others.index(id)
        return Spot(others[here - 1], _last(beside(rows, others[here - 1]))) if here else None
    home = row.values["group_id"]
    within = beside(rows, home)
    target = within[0] if home and within else within[-1] if within else ""
    return Spot(target, _last(inside(rows, target))) if target else None


def step_out(rows: Sequence[Row], id: str) -> Spot | None:
    """One level out: a branch right after the one it hung on, a criterion to the end of the branch above its own."""
    row = _find(rows, id)
    if row is None or not row.values["group_id"]:
        return None
    home = str(row.values["group_id"])
    parent = _find(rows, home)
    above = str(parent.values["group_id"]) if parent else ""
    return Spot(above, home if row.values["branch"] else _last(inside(rows, above or LOOSE)))


def drop_on(rows: Sequence[Row], moved: Collection[str], over: str | None, part: float) -> Drop | None:
    """Where ``moved`` would go when let go over a row, ``part`` (0 to 1) of its height down; None: not possible there.

    ``over`` None is the empty room below the last row.
    """
    taken = set(moved)
    for id in moved:
        taken |= below(rows, id)
    rest = [row for row in rows if row.id not in moved]
    kinds = {bool(row.values["branch"]) for row in rows if row.id in moved}
    row = _find(rows, over) if over else (rest[-1] if rest else None)
    if row is None or not kinds or (row.id in taken and row.id not in moved):
        return None
    if over is None:
        part = 1.0
    if row.id in moved:
        return None
    if kinds == {True}:
        return _branch_on(rest, taken, row, part, end=over is None)
    home = row.id if row.values["branch"] else str(row.values["group_id"] or LOOSE)
    if home in taken:
        return None
    group = "" if home == LOOSE else home
    if row.values["branch"] or kinds == {True, False}:
        return Drop(Spot(group), home if home == row.id else row.id, INTO)
    mates = inside(rest, home)
    here = mates.index(row.id)
    if part < 0.5:
        return Drop(Spot(group, mates[here - 1] if here else None), row.id, BEFORE)
    return Drop(Spot(group, row.id), row.id, AFTER)


def _branch_on(rest: Sequence[Row], taken: Collection[str], row: Row, part: float, end: bool) -> Drop | None:
    """A branch over a branch goes before or below it; over a criterion, after that criterion's branch."""
    home = row.id if row.values["branch"] else str(row.values["group_id"] or LOOSE)
    if end or home == LOOSE:
        tops = [id for id in beside(rest, "") if id not in taken]
        return Drop(Spot("", _last(tops)), rest[-1].id, AFTER)
    branch = _find(rest, home)
    if branch is None or home in taken:
        return None
    above = str(branch.values["group_id"])
    mates = [id for id in beside(rest, above) if id not in taken]
    here = mates.index(home)
    if not row.values["branch"]:
        ends = below(rest, home)
        last = next((each.id for each in reversed(rest) if each.id in ends), home)
        return Drop(Spot(above, home), last, AFTER)
    if part < _UPPER:
        return Drop(Spot(above, mates[here - 1] if here else None), home, BEFORE)
    return Drop(Spot(home, _last([id for id in beside(rest, home) if id not in taken])), home, INTO)


def _find(rows: Sequence[Row], id: str | None) -> Row | None:
    return next((row for row in rows if row.id == id), None)


def _last(ids: Sequence[str]) -> str | None:
    return ids[-1] if ids else None
