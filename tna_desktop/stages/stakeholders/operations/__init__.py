"""What may be done in stage 1, by step. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from .register import (
    add_contact,
    add_model_stakeholders,
    add_overview_item,
    add_stakeholder,
    change_contact,
    change_overview_item,
    change_scope,
    change_stakeholder,
    justify_gap,
    move_overview_item,
    move_stakeholder,
    remove_contacts,
    remove_overview_items,
    remove_stakeholders,
    stakeholder_named,
)

__all__ = [
    "add_contact",
    "add_model_stakeholders",
    "add_overview_item",
    "add_stakeholder",
    "change_contact",
    "change_overview_item",
    "change_scope",
    "change_stakeholder",
    "justify_gap",
    "move_overview_item",
    "move_stakeholder",
    "remove_contacts",
    "remove_overview_items",
    "remove_stakeholders",
    "stakeholder_named",
]
