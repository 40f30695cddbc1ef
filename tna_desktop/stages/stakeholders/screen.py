"""The screens of stage 1, by step."""

from __future__ import annotations

from .panels.consent import ConsentScreen
from .panels.coverage import CoverageScreen
from .panels.engagement import EngagementScreen
from .panels.influence_map import MapScreen
from .panels.register import RegisterScreen
from .panels.scope import ScopeScreen

SCREENS = {
    "scope": ScopeScreen,
    "register": RegisterScreen,
    "map": MapScreen,
    "coverage": CoverageScreen,
    "engagement": EngagementScreen,
    "consent": ConsentScreen,
}
