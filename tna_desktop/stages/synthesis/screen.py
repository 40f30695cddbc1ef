"""The screens of stage 6, by the key of their step."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen

from .panels.compose import ComposeScreen
from .panels.export import ExportScreen
from .panels.readiness import ReadinessScreen

SCREENS: dict[str, type[StepScreen]] = {"readiness": ReadinessScreen, "compose": ComposeScreen, "export": ExportScreen}
