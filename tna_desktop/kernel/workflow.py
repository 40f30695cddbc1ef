"""The workflow: what a country may change, read from YAML into frozen objects.

The folder ``workflows/<key>/`` holds ``workflow.yaml`` (stages, steps, checks with thresholds, report
outline), ``guidance/*.md`` (one per step) and ``catalogue/*.yaml`` (lists to choose from, scales among them). The
format is described in ``workflows/README.md``. Reading never raises for a mistake in these files: it returns what
could be read together with the problems, each with file and line. The workflow in use is stored in the document as
JSON, so that an update of the program does not change a national process that has begun.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from ..paths import data_folder
from .errors import Refused
from .text import Language, Message, message
from .workflow_format import CATALOGUES, CHECK_NAMES


@dataclass(frozen=True)
class Problem:
    """A mistake in a workflow's files. ``file`` is relative to the workflow's folder; lines count from 1."""

    file: str
    line: int
    message: Message


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. ``kind`` is seed, article, decision, handbook or source."""

    kind: str
    text: str


@dataclass(frozen=True)
class Guidance:
    """The handbook's voice for one step: why it is done, one tip, more to read, and the sources.

    In ``more`` every line is a paragraph, a list item (``- ``) or a heading (``### ``), with empty lines between
    blocks.
    """

    why: str = ""
    tip: str = ""
    more: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Check:
    """A named check with its thresholds; ``text`` is what good looks like, in one line."""

    check: str
    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    question: str
    guidance: Guidance = Guidance()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class StageText:
    """One stage as the workflow words it; ``key`` names the code's stage."""

    key: str
    title: str
    icon: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line of a catalogue. What only some catalogues have (unit, anchors, group ...) is in ``fields``."""

    key: str
    name: str
    short: str = ""
    definition: str = ""
    source: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        return self.fields.get(name, default)


@dataclass(frozen=True)
class Catalogue:
    key: str
    title: str
    entries: tuple[Entry, ...] = ()

    def find(self, key: str | None) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True)
class OutlinePart:
    """One chapter of the report: which stage (or ``summary``, ``annex``) writes it, and its title."""

    key: str
    title: str


@dataclass(frozen=True)
class Workflow:
    key: str
    version: int
    title: str
    description: str = ""
    convention: str = ""
    prepared_under: str = ""
    report_title: str = ""
    stages: tuple[StageText, ...] = ()
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    outline: tuple[OutlinePart, ...] = ()

    def catalogue(self, key: str) -> Catalogue:
        """The catalogue with this key; an empty one if the workflow has none."""
        return self.catalogues.get(key) or Catalogue(key, "")

    def name(self, catalogue: str, key: str | None) -> str:
        """What a person reads for a key; a key the catalogue does not know is shown as it is."""
        entry = self.catalogue(catalogue).find(key)
        return entry.name if entry else key or ""

    def step(self, place: str) -> Step | None:
        """The step at ``stage.step``."""
        stage_key, _, step_key = place.partition(".")
        for stage in self.stages:
            if stage.key == stage_key:
                return next((step for step in stage.steps if step.key == step_key), None)
        return None


class AvailableWorkflow(NamedTuple):
    """A workflow to choose from when an assessment is begun."""

    key: str
    title: str
    folder: Path


# PyYAML is loaded only by those who read a folder: a document brings its workflow along as JSON.


def read_workflow(
    folder: Path, known_checks: Collection[str] = CHECK_NAMES
) -> tuple[Workflow | None, tuple[Problem, ...]]:
    """A workflow from its folder, and everything that is wrong with it.

    The workflow is None only when ``workflow.yaml`` is unusable; other mistakes cost only the part they are in.
    """
    from .workflow_reading import read

    return read(folder, known_checks)


def available_workflows(folder: Path | None = None) -> list[AvailableWorkflow]:
    """The workflows that come with the program, by title; folders that cannot be read are left out."""
    from .workflow_reading import read_title

    found = []
    for path in sorted((folder or data_folder("workflows")).iterdir()):
        title = read_title(path)
        if title is not None:
            found.append(AvailableWorkflow(path.name, title, path))
    return sorted(found, key=lambda each: each.title.casefold())


def to_json(workflow: Workflow) -> str:
    """The whole workflow as one text, to be stored in a document."""
    return json.dumps(workflow, default=vars, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Workflow:
    """The workflow that to_json() wrote, equal to it in everything.

    What a newer version has added is ignored. Raises Refused when the text is no workflow.
    """
    try:
        return _workflow(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(message("The workflow stored in this file cannot be read.")) from error


def translated(workflow: Workflow, language: Language) -> Workflow:
    """The same workflow with every text said in this language; keys, numbers and references stay."""
    if language.code == "en":
        return workflow
    say = language.say
    return replace(
        workflow,
        title=say(workflow.title),
        description=say(workflow.description),
        convention=say(workflow.convention),
        prepared_under=say(workflow.prepared_under),
        report_title=say(workflow.report_title),
        stages=tuple(_translated_stage(stage, language) for stage in workflow.stages),
        catalogues={key: _translated_catalogue(each, language) for key, each in workflow.catalogues.items()},
        outline=tuple(replace(part, title=say(part.title)) for part in workflow.outline),
    )


_LINE = re.compile(r"(- |\d+\. |#{3,6} )?(.*)", re.DOTALL)


def split_line(line: str) -> tuple[str, str]:
    """A line of guidance as its mark (``- ``, ``### `` or nothing) and the sentence to translate."""
    found = _LINE.fullmatch(line)
    return (found[1] or "", found[2]) if found else ("", line)


def _translated_lines(text: str, language: Language) -> str:
    lines = (split_line(line) for line in text.split("\n"))
    return "\n".join(mark + language.say(sentence) for mark, sentence in lines)


def _translated_stage(stage: StageText, language: Language) -> StageText:
    steps = []
    for step in stage.steps:
        guide = step.guidance
        guide = Guidance(
            why=_translated_lines(guide.why, language),
            tip=_translated_lines(guide.tip, language),
            more=_translated_lines(guide.more, language),
            sources=tuple(replace(source, text=language.say(source.text)) for source in guide.sources),
        )
        checks = tuple(replace(check, text=language.say(check.text)) for check in step.checks)
        title, question = language.say(step.title), language.say(step.question)
        steps.append(replace(step, title=title, question=question, guidance=guide, checks=checks))
    return replace(stage, title=language.say(stage.title), steps=tuple(steps))


def _translated_catalogue(catalogue: Catalogue, language: Language) -> Catalogue:
    say, known = language.say, CATALOGUES.get(catalogue.key, {})
    entries = []
    for entry in catalogue.entries:
        own = dict(entry.fields)
        for name, value in entry.fields.items():
            kind = known[name].kind if name in known else ""
            if kind == "text":
                own[name] = say(value)
            elif kind == "anchors":
                own[name] = {point: say(meaning) for point, meaning in value.items()}
        entries.append(
            Entry(entry.key, say(entry.name), say(entry.short), say(entry.definition), say(entry.source), own)
        )
    return replace(catalogue, title=say(catalogue.title), entries=tuple(entries))


def _workflow(data: Any) -> Workflow:
    return Workflow(
        **_texts(data, "key", "title", "description", "convention", "prepared_under", "report_title"),
        version=int(data["version"]),
        stages=tuple(_stage(stage) for stage in data["stages"]),
        catalogues={key: _catalogue(catalogue) for key, catalogue in data["catalogues"].items()},
        outline=tuple(OutlinePart(**_texts(part, "key", "title")) for part in data["outline"]),
    )


def _stage(data: Any) -> StageText:
    return StageText(**_texts(data, "key", "title", "icon"), steps=tuple(_step(step) for step in data["steps"]))


def _step(data: Any) -> Step:
    guide = data["guidance"]
    return Step(
        **_texts(data, "key", "title", "question"),
        guidance=Guidance(
            **_texts(guide, "why", "tip", "more"),
            sources=tuple(Source(**_texts(source, "kind", "text")) for source in guide["sources"]),
        ),
        checks=tuple(
            Check(**_texts(check, "check", "text"), parameters=_frozen(dict(check["parameters"])))
            for check in data["checks"]
        ),
    )


def _catalogue(data: Any) -> Catalogue:
    entries = (
        Entry(
            **_texts(entry, "key", "name", "short", "definition", "source"),
            fields=_frozen(dict(entry["fields"])),
        )
        for entry in data["entries"]
    )
    return Catalogue(**_texts(data, "key", "title"), entries=tuple(entries))


def _texts(data: Any, *names: str) -> dict[str, Any]:
    found = {name: data[name] for name in names}
    if not all(isinstance(text, str) for text in found.values()):
        raise TypeError("a text is expected")
    return found


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down: JSON knows only lists, a workflow only what cannot change."""
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
