"""What good looks like in stage 2, computed, by step. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from . import criteria, weights

CHECKS = {**criteria.CHECKS, **weights.CHECKS}
