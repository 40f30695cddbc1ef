"""What stage 1 shows, by step: plain values out of the database, for screens, checks, chapters and sheets alike."""

from __future__ import annotations

from .consent import KnowledgeEntry, consents, entries, holders, waiting
from .coverage import (
    Participant,
    bodies,
    contact_sexes,
    participants,
)
from .engagement import (
    addressees,
    invited,
    meeting,
    meetings,
    meetings_of,
    plan,
    with_a_part,
)
from .lists import (
    ModelEntry,
    ModelList,
    model_entries,
    model_lists,
    unread_lists,
)
from .map import MapRow, assessors, map_rows
from .register import (
    OVERVIEW_FIELDS,
    REGISTER_FIELDS,
    SCOPE_FIELDS,
    GroupCount,
    contacts,
    details,
    find,
    groups,
    overview,
    register,
    scope,
    stakeholder_name,
    taken,
)

__all__ = [
    "GroupCount",
    "KnowledgeEntry",
    "MapRow",
    "ModelEntry",
    "ModelList",
    "OVERVIEW_FIELDS",
    "Participant",
    "REGISTER_FIELDS",
    "SCOPE_FIELDS",
    "addressees",
    "assessors",
    "bodies",
    "consents",
    "contact_sexes",
    "contacts",
    "details",
    "entries",
    "find",
    "groups",
    "holders",
    "invited",
    "map_rows",
    "meeting",
    "meetings",
    "meetings_of",
    "model_entries",
    "model_lists",
    "overview",
    "participants",
    "plan",
    "register",
    "scope",
    "stakeholder_name",
    "taken",
    "waiting",
    "unread_lists",
    "with_a_part",
]
