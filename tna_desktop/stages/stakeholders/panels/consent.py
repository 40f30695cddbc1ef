"""The screen of the step consent."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen


class ConsentScreen(StepScreen):
    pass
