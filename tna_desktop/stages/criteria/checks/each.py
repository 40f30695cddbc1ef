"""A finding about every criterion: which of them lack what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Message, message


def each_criterion(
    name: str,
    step: str,
    rows: Sequence[Any],
    lacking: Sequence[Mapping[str, Any]],
    field: str,
    good: Message,
    lacking_text: Callable[[int], Message],
) -> Finding:
    """Open without criteria, good if none is lacking, else attention at each: ``lacking`` are rows with an ``id``."""
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
