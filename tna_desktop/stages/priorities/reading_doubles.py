"""Technologies that may be the same one under two names, and what joining two of them would do."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.records import fetch
from tna_desktop.kernel.tables import Base
from tna_desktop.kernel.text import UNKNOWN, Language, half_up, message
from tna_desktop.kernel.workflow import Workflow

from ..criteria.tables import Criterion, Gate
from .reading import technologies
from .tables import DistinctPair, Score, Sector, Technology

#: From this likeness on, two names are shown as perhaps the same (twice the shared letter pairs, of all of them).
ALIKE = 0.75
#: What a person wrote in sentences: both texts are kept, one below the other.
TEXTS = ("definition", "place", "status", "costs", "benefits", "risks", "suppliers", "sources", "shortlist_reason")
#: What can only be one thing: the kept one's stays, and fills up where it says nothing.
FACETS = ("short", "sector_id", "biome", "purpose", "ownership", "maturity", "market", "term", "reach", "catalogue_key")
#: The lists of the workflow that facets are picked from. Keys of two lists may be the same word.
_LISTS = {
    "biome": "sectors", "purpose": "purposes", "ownership": "ownerships", "maturity": "maturities",
    "market": "market_categories", "term": "terms", "reach": "reach",
}  # fmt: skip
FLAGS = ("traditional", "genetic_resources", "traditional_knowledge", "shortlisted")
SHARES = ("hardware", "software", "orgware")
#: Stages that come later are known by the names of their tables.
_SCORES, _GATES, _BARRIERS, _PROBLEMS, _ACTIONS = "score", "gate_answer", "hindrance", "core_problem", "action"


@dataclass(frozen=True)
class Double:
    """Two technologies whose names are alike; ``likeness`` is 1 where they differ in nothing that counts."""

    first: str
    second: str
    likeness: float


@dataclass(frozen=True)
class Conflict:
    """Something both say, and say differently. ``kind``: score, gate, facet, shares, problem, text. ``name`` is the
    criterion, the gate or the column; ``voice`` whose score it is. Of two scores ``kept_score`` and ``other_score`` are
    the numbers: one, or a range, the lowest first."""

    kind: str
    name: str
    kept: str
    other: str
    voice: str = ""
    kept_score: tuple[float, ...] = ()
    other_score: tuple[float, ...] = ()


@dataclass(frozen=True)
class MergePreview:
    """What joining would do. ``moved``: records that go over, by table. ``joined``: columns whose texts are put
    together; ``filled``: columns the kept one did not say."""

    keep: str
    go: str
    joined: tuple[str, ...]
    filled: tuple[str, ...]
    moved: dict[str, int]
    conflicts: tuple[Conflict, ...]


def distinct_pairs(session: Session) -> list[tuple[str, str]]:
    """The pairs of technologies that the team found to be different, the latest first; ids in their order."""
    query = select(DistinctPair.one_id, DistinctPair.other_id).order_by(DistinctPair.rank.desc(), DistinctPair.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def doubles(session: Session) -> list[Double]:
    """Pairs of technologies that may be the same, the likeliest first. Names that differ in a number are two.

    Those the team found to be different are not asked about again.
    """
    import numpy as np

    rows = technologies(session)
    plain = [_plain(row["name"]) for row in rows]
    pairs = [set(_pairs(name)) for name in plain]
    places = {pair: at for at, pair in enumerate(sorted(set().union(*pairs)))}
    holds = np.zeros((len(rows), len(places)), dtype=np.float32)
    for at, found in enumerate(pairs):
        holds[at, [places[pair] for pair in found]] = 1
    sizes = holds.sum(axis=1)
    both = sizes[:, None] + sizes[None, :]
    likeness = np.divide(2 * holds @ holds.T, both, out=np.zeros_like(both), where=both > 0)
    words = [set(name.split()) for name in plain]
    numbers = [{word for word in each if any(sign.isdigit() for sign in word)} for each in words]
    holders: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for key in {*words[at], row["catalogue_key"] and f"={row['catalogue_key']}"} - {""}:
            holders.setdefault(key, []).append(at)
    candidates = {(int(a), int(b)) for a, b in np.argwhere(likeness >= ALIKE) if a < b}
    for at, row in enumerate(rows):
        if len(words[at]) >= 2:
            # All words of this name stand in the other one.
            within = set.intersection(*(set(holders[word]) for word in words[at]))
            candidates |= {(min(at, other), max(at, other)) for other in within if other != at}
        if row["catalogue_key"]:
            candidates |= {(at, other) for other in holders[f"={row['catalogue_key']}"] if other > at}
    apart = set(distinct_pairs(session))
    found_pairs = [
        Double(rows[a]["id"], rows[b]["id"], float(likeness[a, b]))
        for a, b in sorted(candidates)
        if numbers[a] == numbers[b] and in_order(rows[a]["id"], rows[b]["id"]) not in apart
    ]
    return sorted(found_pairs, key=lambda each: -each.likeness)


def in_order(one: str, other: str) -> tuple[str, str]:
    """A pair as it is kept: the same whichever of the two comes first."""
    return (one, other) if one <= other else (other, one)


def _plain(name: str) -> str:
    """A name without capitals, accents, signs and the doubled spaces they leave."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def _pairs(name: str) -> Iterator[str]:
    """Neighbouring letters within each word; of a word of one sign, the sign."""
    for word in name.split():
        yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))


def merge_preview(session: Session, keep: str, go: str) -> MergePreview:
    """Look at what joining two technologies would do. Raises Refused when they are one, or one is gone."""
    if keep == go:
        raise Refused(message("Choose two different technologies."))
    kept, gone = fetch(session, Technology, keep), fetch(session, Technology, go)
    joined: list[str] = []
    filled: list[str] = []
    conflicts: list[Conflict] = []
    for name in TEXTS:
        text = joined_text(name, getattr(kept, name), getattr(gone, name))
        if text is None:
            conflicts.append(Conflict("text", name, getattr(kept, name), getattr(gone, name)))
        elif text != getattr(kept, name):
            (joined if getattr(kept, name) else filled).append(name)
    for name in FACETS:
        here, there = getattr(kept, name) or "", getattr(gone, name) or ""
        if there and not here:
            filled.append(name)
        elif there and here != there and name not in ("short", "catalogue_key"):
            conflicts.append(Conflict("facet", name, here, there))
    filled += [name for name in FLAGS if getattr(gone, name) and not getattr(kept, name)]
    ours, theirs = (tuple(getattr(each, name) for name in SHARES) for each in (kept, gone))
    if None not in theirs and ours != theirs:
        if None in ours:
            filled.append("shares")
        else:
            conflicts.append(Conflict("shares", "shares", _numbers(ours), _numbers(theirs)))
    moved: Counter[str] = Counter()
    for table, _column, row, met in hanging(session, keep, go):
        if met is None:
            moved[table] += 1
        else:
            conflicts += _differences(session, table, met, row)
    return MergePreview(keep, go, tuple(joined), tuple(filled), dict(moved), tuple(conflicts))


def joined_text(name: str, kept: str, other: str) -> str | None:
    """Both texts, each once; None where they do not fit into the column together."""
    if not other or other in kept:
        return kept
    if not kept or kept in other:
        return other
    text = f"{kept}\n{other}"
    limit = Technology.__table__.columns[name].type.length  # type: ignore[attr-defined]
    return text if len(text) <= limit else None


def hanging(session: Session, keep: str, go: str) -> list[tuple[str, str, Any, Any | None]]:
    """What hangs on the technology that goes: (table, column, record, the kept one's record that stands in its place).

    Of a score the criterion and the voice must be the same for it to stand in the way, of a gate the gate, and so on,
    as the table's own rule says. What is only about it (consents, notes, decisions, pictures) never clashes.
    """
    found = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name):  # type: ignore[attr-defined]
        kind = mapper.class_
        table: Any = mapper.local_table
        if kind is DistinctPair:
            continue  # two of them may become one pair, or a technology with itself: see merge_technologies
        for column in table.columns:
            of_technology = any(key.column.table is Technology.__table__ for key in column.foreign_keys)
            if not of_technology and not (column.name == "record" and "record_table" not in table.columns):
                continue
            own = _own_key(table, column.name) if of_technology else None
            rows = session.scalars(select(kind).where(column.in_((keep, go))).order_by(kind.rank, kind.id)).all()
            theirs = {
                tuple(getattr(row, name) for name in own): row
                for row in rows
                if own is not None and getattr(row, column.name) == keep
            }
            for row in rows:
                if getattr(row, column.name) == go:
                    met = None if own is None else theirs.get(tuple(getattr(row, name) for name in own))
                    found.append((table.name, column.name, row, met))
    return found


def _own_key(table: Any, column: str) -> tuple[str, ...] | None:
    """Besides the technology, what must not stand twice in this table; None where anything may."""
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint) and column in rule.columns:
            return tuple(each.name for each in rule.columns if each.name != column)
    return None


def _differences(session: Session, table: str, kept: Any, other: Any) -> Iterator[Conflict]:
    if table == _SCORES:
        ours, theirs = _score_words(kept), _score_words(other)
        if theirs and ours != theirs:
            criterion = session.get(Criterion, other.criterion_id)
            name = criterion.name if criterion else ""
            yield Conflict("score", name, ours, theirs, other.voice, _score_numbers(kept), _score_numbers(other))
    elif table == _GATES:
        if other.answer and kept.answer != other.answer:
            gate = session.get(Gate, other.gate_id)
            yield Conflict("gate", gate.name if gate else "", kept.answer, other.answer)
    elif table == _PROBLEMS and other.text and kept.text != other.text:
        yield Conflict("problem", "", kept.text, other.text)


def _score_words(score: Score) -> str:
    """A score for comparing; with a condition it is not the same."""
    numbers = _score_numbers(score)
    if not numbers:
        return "" if score.state == "unknown" else score.state
    told = " – ".join(repr(each).removesuffix(".0") for each in numbers)
    return f"{told} *" if score.state == "conditional" else told


def _score_numbers(score: Score) -> tuple[float, ...]:
    ends = [score.low, score.value, score.high] if score.low is not None or score.high is not None else [score.value]
    return tuple(each for each in ends if each is not None)


def _numbers(shares: Iterable[float | None]) -> str:
    return " / ".join(UNKNOWN if share is None else f"{half_up(100 * share):.0f}" for share in shares)


def told(
    preview: MergePreview, session: Session, workflow: Workflow, language: Language, facets: dict[str, str]
) -> list[tuple[str, str]]:
    """A preview as sentences: (state, words); state "good" for what goes over, "attention" for what is given up.

    ``facets`` gives the columns their names.
    """
    say, say_n, lines = language.say, language.say_n, []
    if preview.joined:
        names = language.listing([facets.get(name, name) for name in preview.joined])
        lines.append(("good", say("Both texts are kept, one below the other: {names}.", names=names)))
    if preview.filled:
        names = language.listing([facets.get(name, name) for name in preview.filled])
        lines.append(("good", say("Filled in, because nothing was said: {names}.", names=names)))
    moved = preview.moved
    counted = (
        (_SCORES, lambda n: say_n("One score goes over.", "{n} scores go over.", n)),
        (_GATES, lambda n: say_n("One answer to a gate goes over.", "{n} answers to gates go over.", n)),
        (_BARRIERS, lambda n: say_n("One barrier goes over.", "{n} barriers go over.", n)),
        (_PROBLEMS, lambda n: say_n("The core problem goes over.", "{n} core problems go over.", n)),
        (_ACTIONS, lambda n: say_n("One action goes over.", "{n} actions go over.", n)),
        ("consent", lambda n: say_n("One consent record goes over.", "{n} consent records go over.", n)),
        ("attachment", lambda n: say_n("One picture goes over.", "{n} pictures go over.", n)),
    )
    lines += [("good", words(moved[table])) for table, words in counted if moved.get(table)]
    lines += [("attention", _conflict_words(each, session, workflow, language, facets)) for each in preview.conflicts]
    if not lines:
        lines.append(("good", say("The other one says nothing that is not here already.")))
    return lines


def _conflict_words(
    conflict: Conflict, session: Session, workflow: Workflow, language: Language, facets: dict[str, str]
) -> str:
    say = language.say
    if conflict.kind == "text":
        return say(
            "{name}: the two texts are too long to stand together; that of the kept one stays.",
            name=facets.get(conflict.name, conflict.name),
        )
    if conflict.kind == "problem":
        return say("The core problem of the kept one stays; the other said “{other}”.", other=conflict.other)
    if conflict.kind == "score":
        kept, other = (
            _said_score(words, numbers, language)
            for words, numbers in ((conflict.kept, conflict.kept_score), (conflict.other, conflict.other_score))
        )
        if conflict.voice:
            return say(
                "{name}, scored by one group: {kept} stays, {other} goes.", name=conflict.name, kept=kept, other=other
            )
        return say("{name}: {kept} stays, {other} goes.", name=conflict.name, kept=kept, other=other)
    name = conflict.name if conflict.kind == "gate" else facets.get(conflict.name, conflict.name)
    return say(
        "{name}: {kept} stays, {other} goes.",
        name=name,
        kept=_said(conflict, conflict.kept, session, workflow) or say("unknown"),
        other=_said(conflict, conflict.other, session, workflow),
    )


def _said(conflict: Conflict, value: str, session: Session, workflow: Workflow) -> str:
    """What a person reads for an answer to a gate, the key of a list, or a sector."""
    if conflict.kind == "gate":
        return workflow.name("gate_answers", value)
    if conflict.kind == "facet" and conflict.name == "sector_id":
        sector = session.get(Sector, value)
        return sector.name if sector else ""
    return workflow.name(_LISTS[conflict.name], value) if conflict.name in _LISTS else value


def _said_score(words: str, numbers: tuple[float, ...], language: Language) -> str:
    if not numbers:
        return language.say("unknown") if words in ("", "unknown") else language.say("n/a")
    told = " – ".join(language.number(each) for each in numbers)
    return language.say("{score} under a condition", score=told) if words.endswith("*") else told
