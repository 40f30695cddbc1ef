"""The screens of stage 1, by step."""

from __future__ import annotations

from .panels.register import RegisterScreen
from .panels.scope import ScopeScreen

SCREENS = {"scope": ScopeScreen, "register": RegisterScreen}
