"""What stage 1 computes, by step: how groups take part, who is counted, what the influence map says."""

from __future__ import annotations

from .coverage import (
    Balance,
    Coverage,
    GroupRoles,
    Share,
    balance,
    coverage_by_stage,
    suggested,
    suggestions,
)
from .engagement import NO_GROUP, Participation, participation, suggested_levels
from .map import InfluenceMap, influence_map

__all__ = [
    "Balance",
    "Coverage",
    "GroupRoles",
    "InfluenceMap",
    "NO_GROUP",
    "Participation",
    "Share",
    "balance",
    "coverage_by_stage",
    "influence_map",
    "participation",
    "suggested",
    "suggested_levels",
    "suggestions",
]
