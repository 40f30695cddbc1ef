"""The screen of the step coverage."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen


class CoverageScreen(StepScreen):
    pass
