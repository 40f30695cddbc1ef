"""The screen of the step engagement."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen


class EngagementScreen(StepScreen):
    pass
