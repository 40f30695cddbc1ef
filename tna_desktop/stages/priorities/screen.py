"""The screens of stage 3 by their step."""

from __future__ import annotations

from .panels.longlist import LonglistScreen
from .panels.ranking import RankingScreen
from .panels.scores import ScoresScreen
from .panels.sectors import SectorsScreen

SCREENS = {"sectors": SectorsScreen, "longlist": LonglistScreen, "scores": ScoresScreen, "ranking": RankingScreen}
