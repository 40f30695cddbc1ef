"""What stage 1 shows, by step: plain values out of the database, for screens, checks, chapters and sheets alike."""

from __future__ import annotations

from .register import (
    OVERVIEW_FIELDS,
    REGISTER_FIELDS,
    SCOPE_FIELDS,
    GroupCount,
    contacts,
    find,
    groups,
    model_list,
    overview,
    register,
    scope,
    stakeholder_name,
    taken,
)

__all__ = [
    "GroupCount",
    "OVERVIEW_FIELDS",
    "REGISTER_FIELDS",
    "SCOPE_FIELDS",
    "contacts",
    "find",
    "groups",
    "model_list",
    "overview",
    "register",
    "scope",
    "stakeholder_name",
    "taken",
]
