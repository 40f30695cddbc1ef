"""The screens of stage 4, by step."""

from __future__ import annotations

from .panels.causes import CausesScreen
from .panels.measures import MeasuresScreen
from .panels.policy import PolicyScreen

SCREENS = {"causes": CausesScreen, "measures": MeasuresScreen, "policy": PolicyScreen}
