"""The screen of the step map."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen


class MapScreen(StepScreen):
    pass
