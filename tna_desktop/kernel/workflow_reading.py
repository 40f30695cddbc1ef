"""Reading a workflow folder: what can be read is returned, and every mistake is told with its file and line.

Each file is read by one function that needs nothing but its bytes. The same functions serve the extraction of
texts for translators, which is why they also note every text with its line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .guidance_reading import read_guidance
from .text import Message, message
from .workflow import Catalogue, Check, Entry, OutlinePart, Problem, StageText, Step, Workflow
from .workflow_format import ANNEX, CATALOGUES, CHAPTERS, CHECKS, LONGEST_SHORT, STEPS, TEXT, WORD, Field
from .workflow_notes import Notes, unknown
from .yaml_nodes import LARGEST, Node, parsed

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_ENTRY_TEXTS = {name: TEXT for name in ("name", "short", "definition", "source")}
_ABSENT = Node("nothing", "", 1)


def read(folder: Path, known_checks: Collection[str]) -> tuple[Workflow | None, tuple[Problem, ...]]:
    """The workflow in this folder, and what is wrong with it; see kernel.workflow.read_workflow."""
    notes = Notes()
    workflow, guided, listed = _NOTHING
    data = _bytes(folder, "workflow.yaml", notes, "workflow.yaml", 1)
    if data is not None:
        workflow, guided, listed = read_outline(data, notes, folder.name, known_checks)
    if workflow is None:
        return None, tuple(notes.problems)
    stages = tuple(
        replace(stage, steps=tuple(_guided(folder, stage, step, guided, notes) for step in stage.steps))
        for stage in workflow.stages
    )
    catalogues = {}
    for key, line in listed.items():
        file = f"catalogue/{key}.yaml"
        data = _bytes(folder, file, notes, "workflow.yaml", line)
        if data is not None:
            catalogues[key] = read_catalogue(data, notes, file, key)
    _look_up_references(catalogues, notes)
    _look_for_strays(folder, stages, listed, notes)
    return replace(workflow, stages=stages, catalogues=catalogues), tuple(notes.problems)


def read_title(folder: Path) -> str | None:
    """The title of the workflow in this folder; None when there is none that could be read."""
    notes = Notes()
    data = _bytes(folder, "workflow.yaml", notes, "workflow.yaml", 1) if folder.is_dir() else None
    workflow = read_outline(data, notes, folder.name, CHECKS)[0] if data is not None else None
    return workflow.title if workflow else None


_Outline = tuple[Workflow | None, dict[str, int], dict[str, int]]
_NOTHING: _Outline = (None, {}, {})


def read_outline(data: bytes, notes: Notes, key: str, known_checks: Collection[str]) -> _Outline:
    """``workflow.yaml``: the workflow without guidance and lists, and the lines of its steps and lists."""
    page = _Page("workflow.yaml", notes)
    root = parsed(data, page.problem)
    if root is None or not page.is_mapping(root):
        return _NOTHING
    texts = ("title", "description", "convention", "prepared_under", "report_title")
    page.know(root, ("key", "version", *texts, "stages", "catalogues", "outline"))
    found = {name: page.text(root, name, required=name == "title") for name in texts}
    named = page.text(root, "key", WORD, required=True)
    if named and named != key:
        at = root.value["key"][0]
        page.problem(at, message("The key “{key}” differs from the folder's name “{folder}”.", key=named, folder=key))
    version = page.number(root, "version", required=True)
    guided: dict[str, int] = {}
    stages: list[StageText] = []
    for node in page.items(root, "stages", required=True):
        stage = _stage(page, node, [each.key for each in stages], guided, known_checks)
        if stage is not None:
            stages.append(stage)
    if not stages:
        page.problem(root.line, message("No stage could be read, so this workflow cannot be used."))
        return _NOTHING
    return (
        Workflow(
            key=key,
            version=int(version or 0),
            title=found["title"] or key,
            description=found["description"],
            convention=found["convention"],
            prepared_under=found["prepared_under"],
            report_title=found["report_title"],
            stages=tuple(stages),
            outline=tuple(_outline(page, root)),
        ),
        guided,
        _listed(page, root),
    )


def read_catalogue(data: bytes, notes: Notes, file: str, key: str) -> Catalogue:
    """One list of a workflow; empty when its file cannot be read."""
    page = _Page(file, notes)
    root = parsed(data, page.problem)
    if root is None or not page.is_mapping(root):
        return Catalogue(key, key)
    page.know(root, ("title", "entries"))
    title = page.text(root, "title", required=True)
    own = CATALOGUES.get(key, {})
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for node in page.items(root, "entries", required=True):
        entry = _entry(page, node, own)
        if entry is None:
            continue
        if entry.key in entries:
            page.twice(node.line, entry.key, lines[entry.key])
            continue
        entries[entry.key], lines[entry.key] = entry, node.line
    return Catalogue(key, title or key, tuple(entries.values()))


class _Page:
    """One YAML file being read: takes values out of nodes and tells what is wrong with them."""

    def __init__(self, file: str, notes: Notes):
        self.file, self.notes = file, notes

    def problem(self, line: int, what: Message) -> None:
        self.notes.problem(self.file, line, what)

    def twice(self, line: int, name: str, first: int) -> None:
        self.problem(line, message("“{name}” stands twice; the one on line {line} counts.", name=name, line=first))

    def is_mapping(self, node: Node) -> bool:
        if node.kind != "mapping":
            self.problem(node.line, message("Fields with names are expected here, as in “title: …”."))
        return node.kind == "mapping"

    def know(self, node: Node, names: Iterable[str]) -> None:
        """Every field that is not among the names is told, with the nearest one."""
        names = tuple(names)
        for name, (line, _) in node.value.items():
            if name not in names:
                self.problem(line, unknown(name, names))

    def text(self, node: Node, name: str, kind: Field = TEXT, required: bool = False) -> str:
        """The text in this field; empty when it is missing."""
        line, value = node.value.get(name, (node.line, _ABSENT))
        if value.kind == "nothing":
            if required:
                self.problem(line, message("The field “{name}” is missing.", name=name))
            return ""
        found = self.plain_text(value, name, translated=kind is TEXT)
        if required and not found and value.kind == "text":
            self.problem(line, message("The field “{name}” is empty.", name=name))
        return found

    def plain_text(self, node: Node, name: str, translated: bool = True) -> str:
        if node.kind in ("mapping", "sequence"):
            self.problem(node.line, message("“{name}” must be a text.", name=name))
            return ""
        if node.kind != "text":
            value = node.value or "null"
            unquoted = message(
                'Write "{value}" in quotes; without them, “{name}” is not a text to YAML.', value=value, name=name
            )
            self.problem(node.line, unquoted)
        text = " ".join(str(node.value).split())
        if translated and text:
            self.notes.texts.append((self.file, node.line, text))
        return text

    def number(self, node: Node, name: str, required: bool = False) -> int | float | None:
        line, value = node.value.get(name, (node.line, _ABSENT))
        if value.kind == "nothing":
            if required:
                self.problem(line, message("The field “{name}” is missing.", name=name))
            return None
        found = value.number()
        if found is None:
            self.problem(value.line, message("“{name}” must be a plain number, without quotes.", name=name))
        return found

    def items(self, node: Node, name: str, required: bool = False) -> list[Node]:
        """The items of a list; an empty list is written as []."""
        line, value = node.value.get(name, (node.line, _ABSENT))
        if value.kind == "sequence":
            return list(value.value)
        if value.kind != "nothing":
            self.problem(value.line, message("“{name}” must be a list.", name=name))
        elif required:
            self.problem(line, message("The field “{name}” is missing.", name=name))
        return []

    def value(self, node: Node, name: str, kind: Field) -> Any:
        """The value of a field of the given kind; None when it is missing or cannot be used."""
        line, value = node.value.get(name, (node.line, _ABSENT))
        if value.kind == "nothing":
            if kind.required:
                self.problem(line, message("The field “{name}” is missing.", name=name))
            return None
        if kind.kind == "number":
            return self.number(node, name)
        if kind.kind == "yes_no":
            return self._yes_no(value, name)
        if kind.kind == "references":
            return tuple(self._reference(each, name, kind) for each in self.items(node, name))
        if kind.kind == "anchors":
            return self._by_name(value, name, self.plain_text)
        if kind.kind == "shares":
            shares = self._by_name(value, name, lambda part, part_name: part.number())
            if any(share is None or share < 0 for share in shares.values()):
                self.problem(value.line, message("“{name}” must give a plain number for each part.", name=name))
            return {part: share for part, share in shares.items() if share is not None}
        if kind.kind == "reference":
            return self._reference(value, name, kind)
        text = self.plain_text(value, name, translated=kind.kind == "text")
        if kind.kind == "choice" and text not in kind.among:
            self.problem(value.line, unknown(text, kind.among))
            return None
        return text

    def _reference(self, node: Node, name: str, kind: Field) -> str:
        key = self.plain_text(node, name, translated=False)
        self.notes.references.append((self.file, node.line, kind.of, key))
        return key

    def _yes_no(self, node: Node, name: str) -> bool | None:
        if node.kind == "yes_no" and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.problem(node.line, message("“{name}” must be true or false, without quotes.", name=name))
        return None

    def _by_name(self, node: Node, name: str, each: Any) -> dict[str, Any]:
        if not self.is_mapping(node):
            return {}
        return {part: each(value, f"{name}.{part}") for part, (_, value) in node.value.items()}


def _stage(
    page: _Page, node: Node, earlier: list[str], guided: dict[str, int], known_checks: Collection[str]
) -> StageText | None:
    if not page.is_mapping(node):
        return None
    page.know(node, ("key", "title", "icon", "steps"))
    key = _known_key(page, node, STEPS, earlier)
    title, icon = page.text(node, "title", required=True), page.text(node, "icon", WORD)
    if key is None:
        return None
    steps: list[Step] = []
    for each in page.items(node, "steps", required=True):
        step = _step(page, each, STEPS[key], [step.key for step in steps], known_checks)
        if step is not None:
            steps.append(step)
            guided[f"{key}.{step.key}"] = each.line
    return StageText(key, title or key, icon, tuple(steps))


def _step(
    page: _Page, node: Node, steps: Collection[str], earlier: list[str], known_checks: Collection[str]
) -> Step | None:
    if not page.is_mapping(node):
        return None
    page.know(node, ("key", "title", "question", "checks"))
    key = _known_key(page, node, steps, earlier)
    title, question = page.text(node, "title", required=True), page.text(node, "question", required=True)
    checks = [_check(page, each, known_checks) for each in page.items(node, "checks")]
    if key is None:
        return None
    return Step(key, title or key, question, checks=tuple(each for each in checks if each is not None))


def _check(page: _Page, node: Node, known_checks: Collection[str]) -> Check | None:
    if not page.is_mapping(node):
        return None
    page.know(node, ("check", "text", "with"))
    name, text = page.text(node, "check", WORD, required=True), page.text(node, "text", required=True)
    if name and name not in known_checks:
        page.problem(node.line, unknown(name, sorted(known_checks)))
    if not name or name not in known_checks:
        return None
    takes, given = CHECKS.get(name, {}), node.value.get("with", (0, _ABSENT))[1]
    if given.kind == "nothing" or not page.is_mapping(given):
        return Check(name, text)
    page.know(given, takes)
    values = {each: page.value(given, each, takes[each]) for each in given.value if each in takes}
    return Check(name, text, {each: value for each, value in values.items() if value is not None})


def _known_key(page: _Page, node: Node, known: Iterable[str], earlier: list[str]) -> str | None:
    key = page.text(node, "key", WORD, required=True)
    if not key:
        return None
    line = node.value["key"][0]
    if key not in known:
        page.problem(line, unknown(key, known))
    elif key in earlier:
        page.problem(line, message("“{key}” stands twice; the first one counts.", key=key))
    else:
        return key
    return None


def _outline(page: _Page, root: Node) -> Iterable[OutlinePart]:
    keys: list[str] = []
    for node in page.items(root, "outline"):
        if not page.is_mapping(node):
            continue
        page.know(node, ("key", "title"))
        key, title = page.text(node, "key", WORD, required=True), page.text(node, "title", required=True)
        if not key:
            continue
        if not (key in CHAPTERS or key.startswith(ANNEX)):
            page.problem(node.line, unknown(key, CHAPTERS))
        elif key in keys:
            page.problem(node.line, message("“{key}” stands twice; the first one counts.", key=key))
        else:
            keys.append(key)
            yield OutlinePart(key, title or key)


def _listed(page: _Page, root: Node) -> dict[str, int]:
    found: dict[str, int] = {}
    for node in page.items(root, "catalogues"):
        key = page.plain_text(node, "catalogues", translated=False)
        if not _KEY.fullmatch(key):  # it becomes part of a file name
            page.problem(node.line, message("“{key}” cannot name a list; use small letters, digits and _.", key=key))
        elif key in found:
            page.problem(node.line, message("“{key}” stands twice; the first one counts.", key=key))
        else:
            if key not in CATALOGUES:
                page.problem(node.line, unknown(key, CATALOGUES))
            found[key] = node.line
    return found


def _entry(page: _Page, node: Node, own: Mapping[str, Field]) -> Entry | None:
    if not page.is_mapping(node):
        return None
    page.know(node, ("key", *_ENTRY_TEXTS, *own))
    key = page.text(node, "key", WORD, required=True)
    texts = {name: page.text(node, name, kind, required=name == "name") for name, kind in _ENTRY_TEXTS.items()}
    if key and not _KEY.fullmatch(key):
        page.problem(node.line, message("The key “{key}” should have only small letters, digits and _.", key=key))
    if len(texts["short"]) > LONGEST_SHORT:
        at = node.value["short"][0]
        count = len(texts["short"])
        page.problem(at, message("The short name has {count} characters; {most} fit.", count=count, most=LONGEST_SHORT))
    values = {name: page.value(node, name, kind) for name, kind in own.items()}
    if not key:
        return None
    return Entry(
        key=key,
        name=texts.pop("name") or key,
        **texts,
        fields={name: value for name, value in values.items() if value is not None},
    )


def _guided(folder: Path, stage: StageText, step: Step, guided: Mapping[str, int], notes: Notes) -> Step:
    place = f"{stage.key}.{step.key}"
    file = f"guidance/{place}.md"
    data = _bytes(folder, file, notes, "workflow.yaml", guided[place])
    return step if data is None else replace(step, guidance=read_guidance(data, notes, file))


def _look_up_references(catalogues: Mapping[str, Catalogue], notes: Notes) -> None:
    keys = {name: {entry.key for entry in catalogue.entries} for name, catalogue in catalogues.items()}
    for file, line, catalogue, key in notes.references:
        known = keys.get(catalogue, set())
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, 1, cutoff=0.6)
        if near:
            text = message("“{key}” is not in the list {list}; “{near}” is.", key=key, list=catalogue, near=near[0])
        else:
            text = message("“{key}” is not in the list {list}.", key=key, list=catalogue)
        notes.problem(file, line, text)


def _look_for_strays(folder: Path, stages: Iterable[StageText], listed: Collection[str], notes: Notes) -> None:
    """Files that nothing asks for are most often misspelt names."""
    steps = [f"{stage.key}.{step.key}" for stage in stages for step in stage.steps]
    for place, ending, wanted in (("guidance", ".md", steps), ("catalogue", ".yaml", list(listed))):
        here = folder / place
        for path in sorted(here.iterdir()) if here.is_dir() else ():
            if path.suffix == ending and path.stem not in wanted and not path.name.startswith("."):
                notes.problem(f"{place}/{path.name}", 1, message("Nothing in workflow.yaml asks for this file."))


def _bytes(folder: Path, file: str, notes: Notes, asked_in: str, line: int) -> bytes | None:
    """What is in a file; None, told where it was asked for, when it cannot be read."""
    try:
        with open(folder / file, "rb") as stream:
            return stream.read(LARGEST + 1)  # one byte more tells that it is too large
    except FileNotFoundError:
        notes.problem(asked_in, line, message("The file {file} is missing.", file=file))
    except OSError as error:
        reason = error.strerror or str(error)
        cannot = message("The file {file} cannot be read: {reason}.", file=file, reason=reason)
        notes.problem(asked_in, line, cannot)
    return None
