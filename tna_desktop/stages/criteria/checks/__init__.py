"""What good looks like in stage 2, computed, by step. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from . import agreement, balance, criteria, doubles, weights

CHECKS = {**criteria.CHECKS, **doubles.CHECKS, **weights.CHECKS, **balance.CHECKS, **agreement.CHECKS}
