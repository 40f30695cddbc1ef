"""What stage 2 shows: the criteria in their groups, and the weights as they were set."""

from __future__ import annotations

from .criteria import (
    CRITERION_FIELDS,
    criteria,
    find,
    gates,
    group_weights,
    groups,
    top_group,
)

__all__ = [
    "CRITERION_FIELDS",
    "criteria",
    "find",
    "gates",
    "group_weights",
    "groups",
    "top_group",
]
