"""Joining two technologies that turned out to be the same one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.operation import about, operation

from .reading_doubles import FACETS, FLAGS, SHARES, TEXTS, MergePreview, hanging, joined_text, merge_preview
from .tables import Technology


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
    records.remove(session, Technology, [go])
    records.change(session, Technology, keep, **values)
    about(session, name)
    return done
