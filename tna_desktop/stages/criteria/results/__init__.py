"""What stage 2 computes: weights as shares of one, what voices have in common, and where they differ."""

from __future__ import annotations

from .weights import (
    EQUAL,
    NONE,
    SET,
    CriterionWeight,
    GroupVoice,
    Weights,
    agreed,
    voice,
    weights,
)

__all__ = [
    "CriterionWeight",
    "EQUAL",
    "GroupVoice",
    "NONE",
    "SET",
    "Weights",
    "agreed",
    "voice",
    "weights",
]
