"""The screens of stage 5, by step."""

from __future__ import annotations

from .panels.budget import BudgetScreen
from .panels.plan import PlanScreen

SCREENS = {"plan": PlanScreen, "budget": BudgetScreen}
