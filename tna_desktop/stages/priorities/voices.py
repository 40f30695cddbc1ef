"""Who scored what: each group's and each assessor's own scores, how far they lie apart, and how they become agreed.

A voice is a stakeholder group by its key, or an assessor by a short code. There is no list of assessors: one is there
as long as a score of theirs is. Names and codes stay with the team: a report reads only how far voices lie apart, the wall nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import case, func, select, tuple_
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.bulk import bulk_change, bulk_insert
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.tables import new_id
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Workflow

from .operations import CONDITIONAL, set_score
from .reading import Cell, cell_of
from .score_table import NOT_APPLICABLE, UNKNOWN, VALUE, same_name
from .tables import Score

AGREED = ""
MIDDLES = MEAN, MEDIAN = "mean", "median"
#: Voices disagree on a score where they lie further apart than this share of its scale: two points from 1 to 5.
FAR_APART = 0.25
#: Up to so many cells are asked for one by one; more are read all at once.
_FEW = 400
Key = tuple[str, str]


@dataclass(frozen=True)
class Voice:
    """Whose scores there are. ``group``: a stakeholder group, else an assessor. ``scores``: how many they gave."""

    key: str
    name: str
    group: bool
    scores: int


@dataclass(frozen=True)
class Spread:
    """What the voices said on one cell, in the criterion's unit.

    ``low``, ``high`` and ``mean`` are of the ``count`` voices that gave a number (None where none did);
    ``not_applicable`` voices said that the criterion does not apply, ``conditional`` ones that it depends.
    ``only`` is the voice where just one has said anything.
    """

    low: float | None
    high: float | None
    mean: float | None
    count: int
    not_applicable: int
    conditional: int
    only: str

    @property
    def voices(self) -> int:
        return self.count + self.not_applicable

    @property
    def mixed(self) -> bool:
        """Whether some gave a number and others said that there cannot be one."""
        return bool(self.count and self.not_applicable)

    def far_apart(self, low: float | None, high: float | None) -> bool:
        """Whether the voices disagree, on a scale with these ends; without ends every difference counts."""
        if self.mixed:
            return True
        if self.low is None or self.high is None:
            return False
        wide = high - low if low is not None and high is not None else 0.0
        return self.high - self.low > FAR_APART * wide * (1 + 1e-9)


@dataclass(frozen=True)
class Said:
    """What one voice said on one cell."""

    voice: str
    name: str
    group: bool
    cell: Cell


def voices(session: Session, workflow: Workflow) -> list[Voice]:
    """Every stakeholder group, in the workflow's order, then the assessors by name."""
    return named(counts(session), workflow)


def counts(session: Session, technologies: Collection[str] | None = None) -> dict[str, int]:
    """How many scores each voice gave; ``technologies``: to these alone."""
    query = select(Score.voice, func.count()).where(Score.voice != AGREED).group_by(Score.voice)
    if technologies is not None:
        query = query.where(Score.technology_id.in_(list(technologies)))
    return {voice: count for voice, count in session.execute(query)}


def named(counts: Mapping[str, int], workflow: Workflow) -> list[Voice]:
    """Voices in the order of a list: all groups, then the assessors that have scored."""
    counts = {voice: count for voice, count in counts.items() if count > 0}
    groups = workflow.catalogue("stakeholder_groups").entries
    found = [Voice(entry.key, entry.name, True, counts.pop(entry.key, 0)) for entry in groups]
    return found + [Voice(each, each, False, counts[each]) for each in sorted(counts, key=str.casefold)]


def spreads(
    session: Session, cells: Collection[Key] | None = None, technologies: Collection[str] | None = None
) -> dict[Key, Spread]:
    """How far the voices lie apart on each cell that any of them has scored; on ``cells``, or ``technologies``, alone."""
    number = case((Score.state == NOT_APPLICABLE, None), else_=_NUMBER)
    query = (
        select(
            Score.technology_id,
            Score.criterion_id,
            func.min(number),
            func.max(number),
            func.avg(number),
            func.count(number),
            func.sum(case((Score.state == NOT_APPLICABLE, 1), else_=0)),
            func.sum(case((Score.state == CONDITIONAL, 1), else_=0)),
            func.min(Score.voice),
        )
        .where(Score.voice != AGREED, Score.state != UNKNOWN)
        .group_by(Score.technology_id, Score.criterion_id)
    )
    if cells is not None and len(cells) <= _FEW:
        query = query.where(tuple_(Score.technology_id, Score.criterion_id).in_(list(cells)))
    if technologies is not None:
        query = query.where(Score.technology_id.in_(list(technologies)))
    found = {}
    for technology, criterion, low, high, mean, count, outside, conditional, first in session.execute(query):
        only = first if count + outside == 1 else ""
        found[technology, criterion] = Spread(low, high, mean, count, outside, conditional, only)
    return found if cells is None else {key: found[key] for key in cells if key in found}


_NUMBER = func.coalesce(Score.value, Score.low + (Score.high - Score.low) / 2)


def said(session: Session, workflow: Workflow, technology_id: str, criterion_id: str) -> list[Said]:
    """What each voice said on a cell, groups first; who said nothing is left out."""
    query = select(
        Score.voice, Score.state, Score.value, Score.low, Score.high, Score.sureness, Score.evidence, Score.comment
    ).where(Score.technology_id == technology_id, Score.criterion_id == criterion_id, Score.voice != AGREED)
    names = {entry.key: entry.name for entry in workflow.catalogue("stakeholder_groups").entries}
    order = {key: place for place, key in enumerate(names)}
    found = [
        Said(row[0], names.get(row[0], row[0]), row[0] in names, cell_of(*row[1:])) for row in session.execute(query)
    ]
    found = [each for each in found if each.cell.known]
    return sorted(found, key=lambda each: (order.get(each.voice, len(order)), each.name.casefold()))


def mostly_one(found: Mapping[Key, Spread]) -> tuple[str, int, int] | None:
    """The voice that alone scored more than half of what any voice scored: (voice, how many, of how many)."""
    alone: dict[str, int] = {}
    for spread in found.values():
        if spread.only:
            alone[spread.only] = alone.get(spread.only, 0) + 1
    voice = max(alone, key=lambda each: alone[each], default="")
    return (voice, alone[voice], len(found)) if voice and alone[voice] * 2 > len(found) else None


def new_code(session: Session, workflow: Workflow, text: str) -> str:
    """The code of an assessor as it will be kept. Raises Refused when it is none or another voice has it."""
    code = " ".join(records.tidy(text).split())
    if not code:
        raise Refused(message("Give a short code, such as A1 or the initials."), "voice")
    if len(code) > 60:
        raise Refused(
            message("This text has {count} characters; {limit} fit here.", count=len(code), limit=60), "voice"
        )
    taken = {same_name(name) for each in voices(session, workflow) for name in (each.key, each.name)}
    if same_name(code) in taken:
        raise Refused(message("There are scores of “{name}” already.", name=code), "voice")
    return code


def middle(numbers: Sequence[float], how: str) -> float:
    """The mean or the median of what voices gave."""
    return median(numbers) if how == MEDIAN else sum(numbers) / len(numbers)


# What may be done --------------------------------------------------------------------------------------


@operation("Assessor renamed")
def rename_voice(session: Session, workflow: Workflow, voice: str, name: str) -> str:
    """Give an assessor another code; all scores go with it. Answers the code as it is kept."""
    if same_name(name) == same_name(voice) and name.strip() == voice:
        return voice
    code = " ".join(name.split()) if same_name(name) == same_name(voice) else new_code(session, workflow, name)
    _refuse_group(workflow, voice)
    bulk_change(session, Score.__table__, dict.fromkeys(_given(session, voice), {"voice": code}))  # type: ignore[arg-type]
    return code


@operation("Assessor removed")
def remove_voice(session: Session, workflow: Workflow, voice: str) -> int:
    """Remove all scores of one assessor; the agreed scores stay. Answers how many there were."""
    _refuse_group(workflow, voice)
    count = bulk_change(session, Score.__table__, dict.fromkeys(_given(session, voice)))  # type: ignore[arg-type]
    about(session, str(count))
    return count


def _given(session: Session, voice: str) -> list[str]:
    """The ids of all scores a voice gave."""
    return list(session.scalars(select(Score.id).where(Score.voice == voice)))


@operation("Agreed score taken from the voices")
def take(session: Session, technology_id: str, criterion_id: str, how: str, voice: str = "") -> None:
    """Make the mean, the median or what one voice said the agreed score of a cell; evidence and sureness stay."""
    query = select(Score.voice, Score.state, Score.value, Score.low, Score.high).where(
        Score.technology_id == technology_id, Score.criterion_id == criterion_id, Score.voice != AGREED
    )
    found = {row[0]: cell_of(*row[1:]) for row in session.execute(query)}
    known = {name: cell for name, cell in found.items() if cell.known}
    if how == "voice":
        if voice not in known:
            raise Refused(message("This voice has not scored this."))
        values = _taken(known[voice])
    else:
        values = _middle(list(known.values()), how)
    set_score(session, technology_id, criterion_id, **values)


@operation("Means of the voices taken as agreed")
def take_means(session: Session, found: Mapping[Key, Spread] | None = None) -> int:
    """Take the mean wherever voices have scored and nothing is agreed; what is unknown to all stays unknown.

    Where some gave a number and others say that the criterion does not apply, nothing is taken: that is to be talked
    about. ``found``: all that spreads() answers, where it is read already. Answers how many scores were taken.
    """
    agreed = {
        (row[0], row[1]): (row[2], row[3])
        for row in session.connection().execute(
            select(Score.technology_id, Score.criterion_id, Score.id, Score.state).where(Score.voice == AGREED)
        )
    }
    made: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any] | None] = {}
    for (technology, criterion), spread in (spreads(session) if found is None else found).items():
        id, state = agreed.get((technology, criterion), (None, UNKNOWN))
        if state != UNKNOWN or spread.mixed or not spread.voices:
            continue
        state = NOT_APPLICABLE if not spread.count else CONDITIONAL if spread.conditional else VALUE
        values: dict[str, Any] = {"state": state, "value": spread.mean, "low": None, "high": None}
        if id is None:
            made.append(
                {"id": new_id(), "technology_id": technology, "criterion_id": criterion, "voice": AGREED, **values}
            )
        else:
            changed[id] = values
    bulk_change(session, Score.__table__, changed)  # type: ignore[arg-type]
    bulk_insert(session, Score.__table__, made)  # type: ignore[arg-type]
    count = len(made) + len(changed)
    about(session, str(count))
    return count


def _refuse_group(workflow: Workflow, voice: str) -> None:
    if not voice or voice in {entry.key for entry in workflow.catalogue("stakeholder_groups").entries}:
        raise Refused(message("Only an assessor can be renamed or removed, not a group or the agreed scores."))


def _taken(cell: Cell) -> dict[str, Any]:
    """What one voice said, as values of the agreed score."""
    value = None if cell.only_range else cell.value
    return {"state": cell.state, "value": value, "low": cell.low, "high": cell.high}


def _middle(cells: Sequence[Cell], how: str) -> dict[str, Any]:
    numbers = [cell.value for cell in cells if cell.value is not None]
    if not cells:
        raise Refused(message("Nobody has scored this yet."))
    if not numbers:
        return {"state": NOT_APPLICABLE}
    value = middle(numbers, how)
    state = CONDITIONAL if any(cell.state == CONDITIONAL for cell in cells) else VALUE
    return {"state": state, "value": value, "low": None, "high": None}
