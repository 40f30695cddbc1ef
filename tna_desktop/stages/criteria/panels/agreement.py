"""The screen of the step agreement."""

from __future__ import annotations

from tna_desktop.ui.screen import StepScreen


class AgreementScreen(StepScreen):
    pass
