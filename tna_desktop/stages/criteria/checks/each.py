"""A finding about every criterion: which of them lack what is asked for."""

from __future__ import annotations

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import message


def each_criterion(name, step, rows, lacking, field, good, lacking_text) -> Finding:  # type: ignore[no-untyped-def]
    if not rows:
        return Finding(name, State.OPEN, message("There are no criteria yet."), (Place(step),))
    if not lacking:
        return Finding(name, State.GOOD, good)
    return Finding(
        name,
        State.ATTENTION,
        lacking_text(len(lacking)),
        tuple(Place(step, row["id"], field) for row in lacking),
    )
