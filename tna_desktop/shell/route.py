"""The route: which stages and steps the window shows, and where one stands on it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from tna_desktop.kernel.workflow import Step, Workflow
from tna_desktop.stages import STAGES

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stop:
    """One step on the route, with its screen's class. Numbers count from 1 as people read them."""

    place: str
    stage: str
    stage_title: str
    stage_number: int
    number: int
    of: int
    step: Step
    screen: Any
    icon: str = ""

    @property
    def title(self) -> str:
        return self.step.title


class Route:
    """All steps that can be shown, in order: those a workflow names and a stage has a screen for."""

    def __init__(self, workflow: Workflow, screens: dict[str, dict[str, Any]] | None = None):
        known = all_screens() if screens is None else screens
        self.stops: list[Stop] = []
        for number, stage in enumerate(workflow.stages, 1):
            steps = [step for step in stage.steps if step.key in known.get(stage.key, {})]
            for at, step in enumerate(steps, 1):
                screen = known[stage.key][step.key]
                place = f"{stage.key}.{step.key}"
                self.stops.append(Stop(place, stage.key, stage.title, number, at, len(steps), step, screen, stage.icon))

    def __iter__(self) -> Iterator[Stop]:
        return iter(self.stops)

    def find(self, place: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.place == place), None)

    def of_stage(self, key: str) -> list[Stop]:
        return [stop for stop in self.stops if stop.stage == key]

    def beside(self, place: str, by: int) -> Stop | None:
        """The step that many places further on, or back."""
        at = next((index for index, stop in enumerate(self.stops) if stop.place == place), None)
        if at is None or not 0 <= at + by < len(self.stops):
            return None
        return self.stops[at + by]


def all_screens() -> dict[str, dict[str, Any]]:
    """The screens of every stage, by stage and step. A stage without screens is not on the route."""
    found = {}
    for stage in STAGES:
        if find_spec(f"tna_desktop.stages.{stage.key}.screen") is None:
            continue
        try:
            found[stage.key] = dict(stage.module("screen").SCREENS)
        except Exception:  # one stage that cannot be loaded must not keep people from the other five
            log.exception("the screens of %s cannot be loaded", stage.key)
    return found
