"""What a reader of a ranking should know about it, in sentences: what is unknown, shared, alone or without weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tna_desktop.kernel.text import Language

from ..criteria import results as criteria_results
from .reading import Matrix
from .score_table import NOT_APPLICABLE

if TYPE_CHECKING:
    from .results import RankedTechnology, Ranking

#: So many technologies are told of one by one; the rest are counted.
MOST = 20


def remarks(found: Ranking, matrix: Matrix, rows: Iterable[Mapping[str, Any]], language: Language) -> list[str]:
    """One sentence for each thing worth knowing, those about everything first.

    ``rows``: the technologies as they are told, with the places of the method that was asked for.
    """
    say = language.say
    if not found.technologies or not found.criteria:
        return [say("There is nothing to rank before there are criteria and technologies.")]
    if found.weights_origin == criteria_results.NONE:
        return [say("Nothing can be ranked, because no criterion has a weight above zero.")]
    told = _about_criteria(found, matrix, language)
    for _, part in groupby(rows, key=lambda row: row["competes_in"]):
        told += _about_places(list(part), language)
    return told + _about_technologies(found, matrix, language)


def _about_criteria(found: Ranking, matrix: Matrix, language: Language) -> list[str]:
    say, told = language.say, []
    ids = [each.id for each in found.technologies if not each.failed]
    weightless, empty, alike = [], [], []
    for criterion, share in zip(found.criteria, found.shares, strict=True):
        known = [value for id in ids if (value := matrix.cell(id, criterion["id"]).value) is not None]
        if share <= 0:
            weightless.append(criterion["name"])
        elif not known:
            empty.append(criterion["name"])
        elif len(known) > 1 and len(set(known)) == 1:
            alike.append(criterion["name"])
    if weightless:
        told.append(
            say(
                "Without weight, and so without part in the ranking: {criteria}.", criteria=language.listing(weightless)
            )
        )
    if empty:
        told.append(say("Not one score is known under: {criteria}.", criteria=language.listing(empty)))
    if alike:
        told.append(
            say(
                "All scores are the same, so that nobody gets ahead, under: {criteria}.",
                criteria=language.listing(alike),
            )
        )
    if len(found.criteria) == 1:
        told.append(say("There is only one criterion, so the order is that of its scores."))
    return told  # fmt: skip


def _about_places(rows: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    say, told = language.say, []
    shared: dict[int, list[str]] = {}
    for row in rows:
        if row["tied"]:
            shared.setdefault(row["rank"], []).append(row["name"])
    for rank, names in shared.items():
        told.append(
            say("Equal in value, and so sharing place {place}: {names}.", place=rank, names=_names(names, language))
        )
    if len([row for row in rows if not row["failed_gates"]]) == 1:
        told.append(say("There is only one technology to rank, so its place says nothing about how good it is."))
    return told


def _about_technologies(found: Ranking, matrix: Matrix, language: Language) -> list[str]:
    say = language.say
    lines: list[str] = []
    without: dict[tuple[str, ...], list[str]] = {}
    for each in found.technologies:
        if each.failed:
            lines.append(
                say(
                    "{name} takes no part, because it does not pass: {gates}.",
                    name=each.name,
                    gates=language.listing(list(each.failed)),
                )
            )
            continue
        left_out, unknown, counting = _cells(found, matrix, each)
        if not counting:
            lines.append(say("{name} has no place, because no criterion with a weight applies to it.", name=each.name))
            continue
        if unknown:
            lines.append(
                say(
                    "{name} has no place, because its scores are unknown on: {criteria}.",
                    name=each.name,
                    criteria=language.listing(unknown),
                )
            )
        if left_out:
            without.setdefault(tuple(left_out), []).append(each.name)
    for criteria, names in without.items():
        lines.append(
            language.say_n(
                "{names} is judged without what does not apply to it, and the rest counts more: {criteria}.",
                "{names} are judged without what does not apply to them, and the rest counts more: {criteria}.",
                len(names), names=_names(names, language), criteria=language.listing(criteria),
            )
        )  # fmt: skip
    rest = len(lines) - MOST
    if rest > 0:
        lines = [
            *lines[:MOST],
            language.say_n("And {n} more remark about technologies.", "And {n} more remarks about technologies.", rest),
        ]
    return lines  # fmt: skip


def _cells(found: Ranking, matrix: Matrix, each: RankedTechnology) -> tuple[list[str], list[str], int]:
    """Of the criteria with a weight: those that do not apply, those that are unknown, and how many apply."""
    left_out, unknown, counting = [], [], 0
    for criterion, share in zip(found.criteria, found.shares, strict=True):
        if share <= 0:
            continue
        cell = matrix.cell(each.id, criterion["id"])
        if cell.state == NOT_APPLICABLE:
            left_out.append(criterion["name"])
            continue
        counting += 1
        if cell.value is None:
            unknown.append(criterion["name"])
    return left_out, unknown, counting


def _names(names: Sequence[str], language: Language) -> str:
    return language.listing(_some(names, language))


def _some(names: Sequence[str], language: Language) -> Iterable[str]:
    if len(names) <= MOST:
        return list(names)
    return [*names[: MOST - 1], language.say_n("{n} more", "{n} more", len(names) - MOST + 1)]
