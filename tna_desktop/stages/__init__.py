"""The method: six stages, in their order. Open a folder to read a stage from its tables to its screen."""

from __future__ import annotations

from .stage import Stage

STAGES = tuple(Stage(key) for key in ("stakeholders", "criteria", "priorities", "barriers", "actions", "synthesis"))


def load_tables() -> None:
    """Make every stage's tables known to the document; needed once before a document is opened."""
    for stage in STAGES:
        stage.module("tables")


def stage(key: str) -> Stage:
    return next(each for each in STAGES if each.key == key)
