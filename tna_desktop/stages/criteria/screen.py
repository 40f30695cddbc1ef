"""The screens of stage 2, by step."""

from __future__ import annotations

from .panels.agreement import AgreementScreen
from .panels.tree import TreeScreen
from .panels.weights import WeightScreen

SCREENS = {"tree": TreeScreen, "weights": WeightScreen, "agreement": AgreementScreen}
