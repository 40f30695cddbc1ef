"""Searching: how well a name answers what was typed, and everything in an assessment that has a name. Knows no Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Place
from tna_desktop.stages import STAGES

GO, DO, FIND, LEARN = "go", "do", "find", "learn"
SECTIONS = (GO, DO, FIND, LEARN)
MOST = {GO: 5, DO: 5, FIND: 6, LEARN: 3}


@dataclass(frozen=True)
class Entry:
    """One thing to choose. ``english`` and ``words`` are searched too but not shown."""

    section: str
    title: str
    run: Callable[[], object]
    hint: str = ""
    icon: str = ""
    keys: str = ""
    english: str = ""
    words: str = ""


def folded(text: str) -> str:
    """Without accents and case, so that évaluation is found by evaluation."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def score(query: str, text: str) -> float:
    """How well a text answers a query, 0 for not at all. Every word of the query must be found.

    The beginning of the text counts most, then the beginning of a word, then the middle of one, then letters in
    order with gaps ("wgt" finds weights).
    """
    words, target = folded(query).split(), folded(text)
    if not words or not target:
        return 0.0
    found = [_word_score(word, target) for word in words]
    return 0.0 if min(found) == 0 else sum(found) / len(found)


def _word_score(word: str, target: str) -> float:
    at = target.find(word)
    if at == 0:
        return 1.0 + 0.2 * (len(word) / len(target))
    starts = [
        index for index in range(1, len(target)) if not target[index - 1].isalnum() and target.startswith(word, index)
    ]
    if starts:
        return 0.85
    if at > 0:
        return 0.6
    return _gapped(word, target) if len(word) >= 3 else 0.0


def _gapped(word: str, target: str) -> float:
    """Letters in order, within one word that begins with the first of them."""
    for piece in target.split():
        if piece[:1] != word[:1]:
            continue
        at = 0
        for letter in word:
            at = piece.find(letter, at) + 1
            if not at:
                break
        else:
            return 0.3 * len(word) / len(piece)
    return 0.0


def best(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """The best answers, by section. Without a query: what can be gone to and done."""
    ranked: dict[str, list[tuple[float, int, Entry]]] = {section: [] for section in SECTIONS}
    for at, entry in enumerate(entries):
        if query.strip():
            points = max(score(query, entry.title), 0.95 * score(query, entry.english), 0.4 * score(query, entry.words))
        else:
            points = 1.0 if entry.section in (GO, DO) else 0.0
        if points > 0.05:
            ranked[entry.section].append((-points, at, entry))
    many = 3 if not query.strip() else 0
    return [
        entry
        for section in SECTIONS
        for _points, _at, entry in sorted(ranked[section], key=lambda each: each[:2])[: MOST[section] + many]
    ]


def named_records(session: Session, text: str) -> list[tuple[Place, str, str]]:
    """Records of all stages whose name holds the text: place, name, kind (a group's key or nothing)."""
    found: list[tuple[Place, str, str]] = []
    for stage in STAGES:
        if find_spec(f"tna_desktop.stages.{stage.key}.reading") is None:
            continue
        find = getattr(stage.module("reading"), "find", None)
        if find is None:
            continue
        for answer in find(session, text):
            if isinstance(answer[0], Place):
                place, name, kind = answer
            else:
                step, record, name, kind = answer
                place = Place(step, record)
            found.append((place, name, kind))
    return found
