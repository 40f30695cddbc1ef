"""Joining two technologies that turned out to be the same one, and keeping apart those that are not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message

from .reading_doubles import FACETS, FLAGS, SHARES, TEXTS, MergePreview, hanging, in_order, joined_text, merge_preview
from .tables import DistinctPair, Technology


@operation("Doubles merged")
def merge_technologies(session: Session, keep: str, go: str) -> MergePreview:
    """Make one technology of two. The kept one's name and answers stay; the other fills in where it says nothing.

    Texts are put together. Scores, answers to gates, barriers, actions, consents, notes and pictures of the one that
    goes hang on the kept one from now on, where it has none of its own in their place. Answers what was done.
    """
    done = merge_preview(session, keep, go)
    kept, gone = records.fetch(session, Technology, keep), records.fetch(session, Technology, go)
    values: dict[str, Any] = {}
    for name in TEXTS:
        text = joined_text(name, getattr(kept, name), getattr(gone, name))
        if text is not None and text != getattr(kept, name):
            values[name] = text
    values |= {name: getattr(gone, name) for name in FACETS if not getattr(kept, name) and getattr(gone, name)}
    values |= {name: True for name in FLAGS if getattr(gone, name) and not getattr(kept, name)}
    if "shares" in done.filled:
        values |= {name: getattr(gone, name) for name in SHARES}
    name = kept.name
    # No ring can come of this in a tree of causes: kept causes point at kept ones, and those that go over had none.
    for _table, column, row, met in hanging(session, keep, go):
        if met is None:
            setattr(row, column, keep)
    session.flush()
    _hand_over_differences(session, keep, go)
    records.remove(session, Technology, [go])
    records.change(session, Technology, keep, **values)
    about(session, name)
    return done


def _hand_over_differences(session: Session, keep: str, go: str) -> None:
    """What was found different from the one that goes is different from the kept one; the two are the same now."""
    for one, other in _pairs_of(session, go):
        third = other if one == go else one
        if third != keep and _pair(session, keep, third) is None:
            first, second = in_order(keep, third)
            records.add(session, DistinctPair, one_id=first, other_id=second)


@operation("Technologies found to be different")
def keep_apart(session: Session, one: str, other: str) -> None:
    """Remember that two technologies that look alike are different: nobody is asked about them again."""
    if one == other:
        raise Refused(message("Choose two different technologies."))
    names = [records.fetch(session, Technology, id).name for id in (one, other)]
    if _pair(session, one, other) is None:
        first, second = in_order(one, other)
        records.add(session, DistinctPair, one_id=first, other_id=second)
    about(session, ", ".join(names))


@operation("Technologies no longer kept apart")
def ask_again(session: Session, one: str, other: str) -> None:
    """Forget that two technologies were found to be different: they are asked about again as long as they look alike."""
    found = _pair(session, one, other)
    if found is not None:
        about(session, ", ".join((found.one.name, found.other.name)))
        records.remove(session, DistinctPair, [found.id])


def _pair(session: Session, one: str, other: str) -> DistinctPair | None:
    first, second = in_order(one, other)
    return session.scalars(
        select(DistinctPair).where(DistinctPair.one_id == first, DistinctPair.other_id == second)
    ).first()


def _pairs_of(session: Session, id: str) -> list[tuple[str, str]]:
    query = select(DistinctPair.one_id, DistinctPair.other_id)
    query = query.where(or_(DistinctPair.one_id == id, DistinctPair.other_id == id))
    return [(row[0], row[1]) for row in session.execute(query)]
