"""What good looks like in stage 1, computed, by step. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from . import consent, coverage, engagement, map, register

CHECKS = {**consent.CHECKS, **register.CHECKS, **coverage.CHECKS, **engagement.CHECKS, **map.CHECKS}
