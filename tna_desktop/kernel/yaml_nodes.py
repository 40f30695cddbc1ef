"""YAML as a tree of plain nodes that know their line, for files that people write by hand.

Built from parser events instead of PyYAML's own loading, for four reasons: every value keeps its line;
a value that YAML would turn into something else (NO, 012, 1:30) can be noticed; so can keys that stand twice; and
references that multiply, or nesting without end, are refused before they cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from .text import Message, message

LARGEST = 1_000_000  # bytes; the largest shipped file has a twentieth of this
DEEPEST = 12  # levels of nesting; the format needs six
MOST_NODES = 60_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is about eight times as fast
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_KINDS = {"bool": "yes_no", "null": "nothing", "int": "number", "float": "number", "timestamp": "day"}

Report = Callable[[int, Message], None]


class Node:
    """A value and its line. ``kind`` is text, number, yes_no, day, nothing, mapping or sequence.

    ``value`` is what was written, as text; for a mapping a dict of key to (line of the key, node), for a
    sequence a list.
    """

    __slots__ = ("kind", "line", "value")

    def __init__(self, kind: str, value: Any, line: int):
        self.kind, self.value, self.line = kind, value, line

    def number(self) -> int | float | None:
        """The number written here; None when it is not one in plain decimal digits."""
        if self.kind != "number" or not _PLAIN_NUMBER.fullmatch(self.value):
            return None
        return float(self.value) if "." in self.value else int(self.value)


class _RefusedError(Exception):
    def __init__(self, line: int, reason: Message):
        self.line, self.reason = line, reason


def decoded(data: bytes, report: Report) -> str | None:
    """The text of a file; None, and a report, when it is too large or not UTF-8."""
    if len(data) > LARGEST:
        report(1, message("The file is larger than {size} kB, so it was not read.", size=LARGEST // 1000))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report(line, message("This is not UTF-8 text; save the file as UTF-8."))
        return None


def parsed(data: bytes, report: Report) -> Node | None:
    """The file's one document as nodes; None, and a report, when it cannot be read."""
    text = decoded(data, report)
    if text is None:
        return None
    try:
        node = _built(text, report)
    except _RefusedError as refused:
        report(refused.line, refused.reason)
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        report(line, message("This is not valid YAML: {reason}.", reason=str(error.problem)))
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
        report(line, message("There is a character here that may not stand in a YAML file."))
        return None
    if node is None:
        report(1, message("The file is empty."))
    return node


def _built(text: str, report: Report) -> Node | None:
    loader = _LOADER(text)
    try:
        return _tree(loader, report)
    finally:
        loader.dispose()


def _tree(loader: Any, report: Report) -> Node | None:
    root: Node | None = None
    open_nodes: list[Node] = []
    keys: list[tuple[str, int] | None] = []  # for every open mapping, the key that waits for its value
    documents = nodes = 0
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            open_nodes.pop()
            keys.pop()
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _RefusedError(line, message("There is more than one document in this file."))
        if not isinstance(event, yaml.NodeEvent):
            continue
        nodes += 1
        _acceptable(event, line, len(open_nodes), nodes)
        node = _node(loader, event, line)
        if not open_nodes:
            root = node
        elif open_nodes[-1].kind == "sequence":
            open_nodes[-1].value.append(node)
        elif keys[-1] is None:
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(line, message("Only a word can stand before a colon."))
            keys[-1] = (event.value, line)
        else:
            name, at = keys[-1]
            keys[-1] = None
            earlier = open_nodes[-1].value.get(name)
            if earlier is None:
                open_nodes[-1].value[name] = (at, node)
            else:
                twice = message("“{name}” stands twice; the one on line {line} counts.", name=name, line=earlier[0])
                report(at, twice)
        if node.kind in ("mapping", "sequence"):
            open_nodes.append(node)
            keys.append(None)
    return root


def _acceptable(event: Any, line: int, depth: int, nodes: int) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _RefusedError(line, message("References with * are not used in these files; write the value out."))
    if event.tag is not None and event.tag != "!":
        raise _RefusedError(line, message("Tags such as {tag} are not used in these files.", tag=event.tag))
    if depth >= DEEPEST:
        raise _RefusedError(line, message("The values are nested too deeply."))
    if nodes > MOST_NODES:
        raise _RefusedError(line, message("There are too many values in this file."))


def _node(loader: Any, event: Any, line: int) -> Node:
    if isinstance(event, yaml.MappingStartEvent):
        return Node("mapping", {}, line)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node("sequence", [], line)
    if not event.implicit[0]:
        return Node("text", event.value, line)
    tag = loader.resolve(yaml.ScalarNode, event.value, (True, False))
    return Node(_KINDS.get(tag.rpartition(":")[2], "text"), event.value, line)
