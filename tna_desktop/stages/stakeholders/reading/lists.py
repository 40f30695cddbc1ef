"""The model lists of stakeholders: by convention and by kind of country, read from `stakeholder_templates/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tna_desktop.kernel.workflow import Workflow
from tna_desktop.paths import data_folder

#: What a list is for. The first are lists of a convention, the others are added to one of them.
CONVENTION, COUNTRY = "convention", "country"
#: Beside the lists: under which group of another workflow an entry goes.
GROUPS = "groups.yaml"
LARGEST = 1_000_000  # bytes; the largest list has a twentieth of this


@dataclass(frozen=True)
class ModelEntry:
    """A stakeholder to begin with. The same key in two lists means the same stakeholder."""

    key: str
    name: str
    short: str
    group: str
    role: str
    reason: str
    source: str

    def values(self) -> dict[str, str]:
        """What the operation that adds it needs."""
        return {"key": self.key, "name": self.name, "short": self.short, "group": self.group, "role": self.role}


@dataclass(frozen=True)
class ModelList:
    """One file of the folder. ``kind`` is convention or country."""

    key: str
    kind: str
    title: str
    description: str
    workflow: str
    entries: tuple[ModelEntry, ...]


def model_lists(workflow: Workflow) -> list[ModelList]:
    """Every list, the workflow's own first, then the other conventions, then the kinds of country.

    Groups and roles are those of this workflow; what it does not know is left empty.
    """
    lists, elsewhere, _ = _read(data_folder("stakeholder_templates"))
    groups = {entry.key for entry in workflow.catalogue("stakeholder_groups").entries}
    roles = {entry.key for entry in workflow.catalogue("stakeholder_roles").entries}

    def here(each: ModelList, entry: ModelEntry) -> ModelEntry:
        group = entry.group if each.workflow == workflow.key else elsewhere.get(workflow.key, {}).get(entry.group, "")
        group = group or entry.group
        return ModelEntry(
            entry.key,
            entry.name,
            entry.short,
            group if group in groups else "",
            entry.role if entry.role in roles else "",
            entry.reason,
            entry.source,
        )

    found = [
        ModelList(
            each.key,
            each.kind,
            each.title,
            each.description,
            each.workflow,
            tuple(here(each, entry) for entry in each.entries),
        )
        for each in lists
    ]
    return sorted(found, key=lambda each: (each.key != workflow.key, each.kind == COUNTRY, each.title.casefold()))


def unread_lists() -> tuple[str, ...]:
    """The files of the folder that hold no list one can read. They are looked at anew the next time."""
    *_, unread = _read(data_folder("stakeholder_templates"))
    if unread:
        _read.cache_clear()
    return unread


def model_entries(workflow: Workflow, keys: set[str]) -> list[ModelEntry]:
    """The entries with these keys, each once, in the order of the lists."""
    found: dict[str, ModelEntry] = {}
    for each in model_lists(workflow):
        for entry in each.entries:
            if entry.key in keys:
                found.setdefault(entry.key, entry)
    return list(found.values())


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[tuple[ModelList, ...], dict[str, dict[str, str]], tuple[str, ...]]:
    """The lists, the groups of other workflows, and the names of the files that cannot be read."""
    lists, unread = [], []
    for path in sorted(folder.glob("*.yaml")):
        content = _content(path)
        if path.name == GROUPS:
            found = bool(content)
        else:
            made = _list(path.stem, content) if isinstance(content.get("entries"), list) else None
            found = made is not None and bool(made.entries)
            if made is not None and found:
                lists.append(made)
        if not found:
            unread.append(path.name)
    elsewhere = {
        str(workflow): {str(group): str(other) for group, other in groups.items()}
        for workflow, groups in _content(folder / GROUPS).items()
        if isinstance(groups, dict)
    }
    return tuple(lists), elsewhere, tuple(unread)


def _content(path: Path) -> dict[Any, Any]:
    """What stands in a file; nothing for one that is no list, so that one bad copy does not take the others away."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        found = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(key: str, content: dict[Any, Any]) -> ModelList:
    kind = COUNTRY if content.get("kind") == COUNTRY else CONVENTION
    title, description, workflow = (_text(content, name) for name in ("title", "description", "workflow"))
    names = ("key", "name", "short", "group", "role", "reason", "source")
    entries = [
        ModelEntry(*(_text(entry, name) for name in names)) for entry in content["entries"] if isinstance(entry, dict)
    ]
    return ModelList(
        key, kind, title or key, description, workflow, tuple(each for each in entries if each.key and each.name)
    )


def _text(values: dict[Any, Any], name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""
