"""What a stage tells the shell: six folders, each with the same file names, found by name when they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True)
class Stage:
    """One stage of the method: the folder ``stages/<key>``.

    Its modules by name: ``tables`` (what is stored), ``operations`` (what may be done), ``reading`` (what is shown),
    ``results`` (what is computed), ``checks`` (``CHECKS``: name -> function), ``chapter`` and ``sheet`` (the report),
    ``screen`` (``SCREENS``: step key -> screen class; the only one that loads Qt).
    """

    key: str

    def module(self, name: str) -> ModuleType:
        return import_module(f"tna_desktop.stages.{self.key}.{name}")
