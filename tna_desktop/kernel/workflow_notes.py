"""What is written down while a workflow is read: problems, texts to translate, references to look up."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from .text import Message, message
from .workflow import Problem

_MOST_PROBLEMS = 500  # a file of quite another kind would otherwise give one for every line


@dataclass
class Notes:
    """``texts`` are (file, line, text); ``references`` are (file, line, list, key)."""

    problems: list[Problem] = field(default_factory=list)
    texts: list[tuple[str, int, str]] = field(default_factory=list)
    references: list[tuple[str, int, str, str]] = field(default_factory=list)

    def problem(self, file: str, line: int, what: Message) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(file, line, what))


def unknown(name: str, names: Iterable[str]) -> Message:
    """Says that a name is not known at its place, with the nearest one that is."""
    near = difflib.get_close_matches(name, list(names), 1, cutoff=0.5)
    if near:
        return message("“{name}” is not known here; did you mean “{near}”?", name=name, near=near[0])
    return message("“{name}” is not known here.", name=name)
