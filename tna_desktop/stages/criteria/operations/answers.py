"""Answers as they can be kept: impossible ones are refused with a sentence that names the criterion or the pair."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import Message, message

from .. import reading
from ..reading import Answer, Node
from ..results.ballots import METHODS
from ..tables import Criterion

#: A paper shows 0.11 for 1/9.
_LEAST_RATIO = 0.11
_TOP = 9.0


def accepted_answers(nodes: Sequence[Node], method: str, answers: Iterable[Answer]) -> list[Answer]:
    """The answers as they are kept; those without a value are left out. Raises Refused for what cannot be answered."""
    names = {node.id: node.name for node in nodes}
    family = {node.id: each.nodes for each in reading.families_of(nodes) for node in each.nodes}
    kept: list[Answer] = []
    seen: set[tuple[frozenset[str], str]] = set()
    for node, other, kind, given in answers:
        value = _number(given)
        if value is None:
            continue
        if kind not in METHODS[method]:
            raise Refused(message("This answer does not belong to this way to give weights."), "answers")
        siblings = {each.id for each in family.get(node, ())}
        if node not in siblings or other and other not in siblings:
            raise Refused(
                message("A criterion of this ballot is no longer there, or stands in another branch."), "answers"
            )
        refusal = _refusal(kind, value, names[node], names.get(other, ""), len(siblings), node == other)
        if refusal is None and kind in ("points", "swing", "rank", "ratio"):
            cell = (frozenset((node, other)), kind)
            if cell in seen:
                refusal = _twice(names[node], names.get(other, ""))
            seen.add(cell)
        if refusal is not None:
            raise Refused(refusal, "answers")
        kept.append((node, other, kind, value))
    if method == "best_worst":
        _check_best_worst(kept, family, names)
    return kept


def _number(given: object) -> float | None:
    """A number as it was typed or handed in, of any size; nan for what is none.

    Whether it can be an answer is said with the criterion's name.
    """
    if given is None or isinstance(given, str):
        try:
            return records.accepted(Criterion.__table__.columns["low"], given)
        except Refused:
            return math.nan
    return float(given)  # type: ignore[arg-type]


def _refusal(kind: str, value: float, node: str, other: str, count: int, itself: bool) -> Message | None:
    """Why one answer cannot be kept; None when it can."""
    if kind in ("points", "swing"):
        if not math.isfinite(value) or not 0 <= value <= 100:
            return message("Give “{node}” a number from 0 to 100.", node=node)
        return None
    if kind == "rank":
        if not math.isfinite(value) or value != int(value) or not 1 <= value <= count:
            return message("Give “{node}” a place from 1 to {n}, as a whole number.", node=node, n=count)
        return None
    if not other or itself and kind == "ratio":
        return message("“{node}” has to be compared with another one.", node=node)
    if itself:
        return None if value == 1 else message("“{node}” counts as much as itself: that is 1.", node=node)
    least = _LEAST_RATIO if kind == "ratio" else 1
    if not math.isfinite(value) or not least <= value <= _TOP:
        if kind == "ratio":
            return message("Answer “{node}” over “{other}” with 1/9 to 9.", node=node, other=other)
        return message("Answer “{node}” over “{other}” with 1 to 9.", node=node, other=other)
    return None


def _twice(node: str, other: str) -> Message:
    if other:
        return message("“{node}” and “{other}” are compared twice.", node=node, other=other)
    return message("“{node}” is answered twice.", node=node)


def _check_best_worst(kept: Sequence[Answer], family: Mapping[str, Sequence[Node]], names: Mapping[str, str]) -> None:
    """In each branch one best and one worst, which differ, and no comparison beyond the one between these two."""
    for nodes in {tuple(node.id for node in each): None for each in family.values()}:
        mine = [each for each in kept if each[0] in nodes]
        best = _only_one({node for node, _, kind, _ in mine if kind == "over"}, "best", names)
        worst = _only_one({other for _, other, kind, _ in mine if kind == "under"}, "worst", names)
        if best and best == worst:
            raise Refused(
                message("“{node}” cannot be the most and the least important one.", node=names[best]), "answers"
            )
        full = {value for node, other, _, value in mine if node == best and other == worst}
        if len(full) > 1:
            raise Refused(
                message("“{node}” over “{other}” has two answers.", node=names[best], other=names[worst]), "answers"
            )
        top = next(iter(full), None)
        for node, other, kind, value in mine:
            if top is not None and value is not None and value > top:
                text = (
                    message("“{other}” would count less than “{worst}”, which is the least important.", other=names[other],
                            worst=names[worst])
                    if kind == "over"
                    else message("“{node}” would count more than “{best}”, which is the most important.", node=names[node],
                                 best=names[best])
                )  # fmt: skip
                raise Refused(text, "answers")


def _only_one(found: set[str], which: str, names: Mapping[str, str]) -> str:
    if len(found) > 1:
        first, second = sorted(names[id] for id in found)[:2]
        if which == "best":
            raise Refused(
                message("Only one can be the most important: “{first}” or “{second}”.", first=first, second=second),
                "answers",
            )
        raise Refused(
            message("Only one can be the least important: “{first}” or “{second}”.", first=first, second=second),
            "answers",
        )
    return next(iter(found), "")
