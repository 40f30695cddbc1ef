"""Reading the guidance of a step: a small Markdown file with the sections why, tip, more and sources."""

from __future__ import annotations

import re

from .text import message
from .workflow import Guidance, Source, split_line
from .workflow_format import LONGEST_WHY, SOURCE_KINDS
from .workflow_notes import Notes, unknown
from .yaml_nodes import decoded

SECTIONS = ("why", "tip", "more", "sources")
_SOURCE = re.compile(r"- \[(\w+)\] (.+)")
_OWN_LINE = re.compile(r"- |\d+\. |#{3,6} ")  # starts a line of its own; everything else continues the paragraph


def read_guidance(data: bytes, notes: Notes, file: str) -> Guidance:
    """The guidance in one file; empty parts where something is missing."""
    text = decoded(data, lambda line, what: notes.problem(file, line, what))
    if text is None:
        return Guidance()
    sections = _sections(text, notes, file)
    if "why" not in sections:
        notes.problem(file, 1, message("The section “## {name}” is missing.", name="why"))
    parts = {name: _lines(sections.get(name, [])) for name in SECTIONS}
    words = sum(len(line.split()) for _, line in parts["why"])
    if words > LONGEST_WHY:
        first = parts["why"][0][0]
        long = message("“Why” has {count} words; more than {most} do not fit.", count=words, most=LONGEST_WHY)
        notes.problem(file, first, long)
    for name in ("why", "tip", "more"):
        for number, line in parts[name]:
            sentence = split_line(line)[1]
            if sentence:
                notes.texts.append((file, number, sentence))
    return Guidance(
        why=_joined(parts["why"]),
        tip=_joined(parts["tip"]),
        more=_joined(parts["more"]),
        sources=tuple(_sources(parts["sources"], notes, file)),
    )


def _sections(text: str, notes: Notes, file: str) -> dict[str, list[tuple[int, str]]]:
    sections: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] = []
    told = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("## "):
            if not sections and line.strip() and not told:
                notes.problem(file, number, message("This stands before the first section, such as “## why”."))
                told = True
            current.append((number, line.strip()))
            continue
        name = line[3:].strip().lower()
        current = []
        if name in sections:
            notes.problem(file, number, message("“{key}” stands twice; the first one counts.", key=name))
        elif name in SECTIONS:
            sections[name] = current
        else:
            notes.problem(file, number, unknown(name, SECTIONS))
            told = True
    return sections


def _lines(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Wrapped lines joined to whole paragraphs, with the number of the first; empty lines stay."""
    found: list[tuple[int, str]] = []
    for number, line in lines:
        if not line:
            if found and found[-1][1]:
                found.append((number, ""))
        elif not found or not found[-1][1] or _OWN_LINE.match(line) or found[-1][1].startswith("#"):
            found.append((number, " ".join(line.split())))
        else:
            first, before = found[-1]
            found[-1] = (first, f"{before} {' '.join(line.split())}")
    while found and not found[-1][1]:
        found.pop()
    return found


def _joined(lines: list[tuple[int, str]]) -> str:
    return "\n".join(line for _, line in lines)


def _sources(lines: list[tuple[int, str]], notes: Notes, file: str) -> list[Source]:
    sources = []
    for number, line in lines:
        if not line:
            continue
        found = _SOURCE.fullmatch(line)
        if not found:
            notes.problem(file, number, message("A source is written as “- [article] CBD Article 8(j)”."))
            continue
        kind, text = found[1], found[2]
        if kind not in SOURCE_KINDS:
            notes.problem(file, number, unknown(kind, SOURCE_KINDS))
            kind = "source"
        notes.texts.append((file, number, text))
        sources.append(Source(kind, text))
    return sources
