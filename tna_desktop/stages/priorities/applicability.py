"""What a criterion or a gate is about: some concern only technologies of one kind.

The rule, for the whole application: a criterion that is only for technologies that use genetic resources, or
traditional knowledge, does not apply to a technology that is not marked as using them. Nobody is asked for a score
there; the ranking, the checks and every count treat the cell as one to which the criterion does not apply. Who enters
a score all the same is taken at their word: it counts, and the cell says that by its kind the criterion would not
apply. The shares of hardware, know-how and organisation have no part in the rule, known or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: What can be asked for, each the name of a technology's flag; anything else is for all.
KINDS = ("genetic_resources", "traditional_knowledge")


def applies(criterion: Mapping[str, Any], technology: Mapping[str, Any]) -> bool:
    """Whether a criterion, or a gate, is about this technology."""
    kind = criterion["applies_to"]
    return kind not in KINDS or bool(technology[kind])


def outside(
    technologies: Iterable[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]]
) -> frozenset[tuple[str, str]]:
    """The cells in which the criterion does not apply by its kind: (technology id, criterion id)."""
    special = [row for row in criteria if row["applies_to"] in KINDS]
    if not special:
        return frozenset()
    return frozenset((each["id"], row["id"]) for each in technologies for row in special if not applies(row, each))
