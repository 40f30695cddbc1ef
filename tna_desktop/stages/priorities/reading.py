"""What stage 3 shows: sectors with their scores, technologies with their sheets, and the matrix of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..criteria import reading as criteria_reading
from . import applicability
from .score_table import NOT_APPLICABLE, UNKNOWN, ScoreTable, same_name
from .tables import GateAnswer, Score, Sector, SectorScore, Technology

FAIL, NOT_ASSESSED = "fail", "not_assessed"
SECTOR_FIELDS = (
    "id",
    "name",
    "short",
    "kind",
    "current_level",
    "desired_level",
    "need",
    "goals",
    "chosen",
    "reason",
    "catalogue_key",
)
TECHNOLOGY_FIELDS = (
    "id", "name", "short", "definition", "sector_id", "biome", "place", "purpose", "hardware", "software", "orgware",
    "traditional", "genetic_resources", "traditional_knowledge", "ownership", "maturity", "market", "term", "reach",
    "status", "costs", "benefits", "risks", "suppliers", "sources", "shortlisted", "shortlist_reason", "catalogue_key",
)  # fmt: skip


def sectors(session: Session) -> list[dict[str, Any]]:
    """All sectors in the team's order, with their scores by question and their mean (None as long as any is unknown)."""
    scores: dict[str, dict[str, float]] = {}
    for answer in session.scalars(select(SectorScore).where(SectorScore.voice == "")):
        if answer.value is not None:
            scores.setdefault(answer.sector_id, {})[answer.question] = answer.value
    found = []
    for row in session.scalars(select(Sector).order_by(Sector.rank)):
        values = {name: getattr(row, name) for name in SECTOR_FIELDS}
        gap = None if row.current_level is None or row.desired_level is None else row.desired_level - row.current_level
        found.append({**values, "gap": gap, "scores": scores.get(row.id, {})})
    return found


def technologies(session: Session) -> list[dict[str, Any]]:
    """All technologies in the team's order, with ``sector`` as a name."""
    names = {id: name for id, name in session.execute(select(Sector.id, Sector.name))}
    query = select(*(getattr(Technology, name) for name in TECHNOLOGY_FIELDS)).order_by(Technology.rank)
    rows = [dict(zip(TECHNOLOGY_FIELDS, values, strict=True)) for values in session.execute(query)]
    return [{**row, "sector": names.get(row["sector_id"], "")} for row in rows]


def shortlist(session: Session) -> list[dict[str, Any]]:
    """The technologies that go on to stage 4."""
    return [row for row in technologies(session) if row["shortlisted"]]


def gate_answers(session: Session) -> dict[tuple[str, str], tuple[str, str]]:
    """(technology id, gate id) -> (answer, reason)."""
    return {(row.technology_id, row.gate_id): (row.answer, row.reason) for row in session.scalars(select(GateAnswer))}


def gate_applies(gate: Mapping[str, Any], technology: Mapping[str, Any]) -> bool:
    """Whether a technology must pass a gate: some concern only genetic resources, or traditional knowledge."""
    return applicability.applies(gate, technology)


def failed_gates(session: Session) -> dict[str, tuple[str, ...]]:
    """The technologies that failed a gate, with the names of the gates. A gate that no longer applies is left out."""
    gates, answers = criteria_reading.gates(session), gate_answers(session)
    failed = {}
    for row in technologies(session) if answers else ():
        names = tuple(
            gate["name"]
            for gate in gates
            if answers.get((row["id"], gate["id"]), ("",))[0] == FAIL and gate_applies(gate, row)
        )
        if names:
            failed[row["id"]] = names
    return failed


@dataclass(frozen=True)
class ImportPreview:
    """What importing a score table would do: the names it would make and those it would meet, and how many scores."""

    new_criteria: tuple[str, ...]
    met_criteria: int
    new_technologies: tuple[str, ...]
    met_technologies: int
    scores: int
    replaced: int


def import_preview(session: Session, table: ScoreTable) -> ImportPreview:
    """Look at a score table before it is imported."""
    here = matrix(session)
    criteria = {same_name(row["name"]): row["id"] for row in here.criteria}
    there = {same_name(row["name"]): row["id"] for row in here.technologies}
    columns = [criteria.get(same_name(column.name)) for column in table.criteria]
    scores = replaced = 0
    for name, cells in zip(table.technologies, table.scores, strict=True):
        technology = there.get(same_name(name))
        for criterion, cell in zip(columns, cells, strict=True):
            if cell.state == UNKNOWN:
                continue
            scores += 1
            before = here.cell(technology, criterion) if technology and criterion else Cell()
            now = (cell.value, cell.low, cell.high, cell.state == NOT_APPLICABLE)
            value = None if before.only_range else before.value
            replaced += (
                before.known
                and not before.by_rule
                and (value, before.low, before.high, before.state == NOT_APPLICABLE) != now
            )
    new = [column.name for column, id in zip(table.criteria, columns, strict=True) if id is None]
    made = [name for name in table.technologies if same_name(name) not in there]
    return ImportPreview(
        tuple(new), len(columns) - len(new), tuple(made), len(table.technologies) - len(made), scores, replaced
    )


@dataclass(frozen=True)
class Cell:
    """What is known of one score. ``value`` is None where it is unknown or does not apply.

    Of a range without a most likely number, ``value`` is the middle, and ``only_range`` says so. ``by_rule``: nobody
    said anything, the criterion does not apply to a technology of this kind (see applicability).
    """

    state: str = UNKNOWN
    value: float | None = None
    low: float | None = None
    high: float | None = None
    sureness: str = ""
    evidence: str = ""
    only_range: bool = False
    comment: str = ""
    by_rule: bool = False

    @property
    def known(self) -> bool:
        return self.value is not None or self.state == NOT_APPLICABLE

    def ruled_out(self) -> Cell:
        """The cell where the criterion does not apply by rule: what somebody said stands, all else is not asked."""
        return self if self.known else replace(self, state=NOT_APPLICABLE, by_rule=True)


@dataclass(frozen=True)
class Matrix:
    """Technologies by criteria; a cell that is not in ``cells`` is unknown. ``outside``: by rule not asked for."""

    technologies: tuple[dict[str, Any], ...]
    criteria: tuple[dict[str, Any], ...]
    cells: dict[tuple[str, str], Cell]
    outside: frozenset[tuple[str, str]] = frozenset()

    def cell(self, technology_id: str, criterion_id: str) -> Cell:
        return self.cells.get((technology_id, criterion_id), Cell())

    def known(self) -> int:
        """How many cells hold a score or somebody's answer that the criterion does not apply."""
        return sum(
            cell.known and not cell.by_rule
            for technology in self.technologies
            for criterion in self.criteria
            if (cell := self.cell(technology["id"], criterion["id"]))
        )

    def asked(self) -> int:
        """How many cells a score is asked for, or was given: all but those where by rule the criterion does not apply."""
        left_out = sum(self.cell(*key).by_rule for key in self.outside)
        return len(self.technologies) * len(self.criteria) - left_out


def matrix(session: Session, voice: str = "") -> Matrix:
    """The scores of one voice; the agreed ones unless said otherwise."""
    query = select(
        Score.technology_id,
        Score.criterion_id,
        Score.state,
        Score.value,
        Score.low,
        Score.high,
        Score.sureness,
        Score.evidence,
        Score.comment,
    ).where(Score.voice == voice)
    # Most scores say the same few things: equal ones are made once.
    cells, made = {}, dict[tuple[Any, ...], Cell]()
    for row in session.connection().execute(query):
        told = row[2:]
        cell = made.get(told)
        if cell is None:
            cell = made[told] = cell_of(*told)
        cells[row[0], row[1]] = cell
    rows, columns = tuple(technologies(session)), tuple(criteria_reading.criteria(session))
    outside = applicability.outside(rows, columns)
    cells |= {key: cells.get(key, Cell()).ruled_out() for key in outside}
    return Matrix(rows, columns, cells, outside)


def cell_of(
    state: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    sureness: str = "",
    evidence: str = "",
    comment: str = "",
) -> Cell:
    """A score as it is kept, as a cell."""
    middle = _middle(state, value, low, high)
    return Cell(state, middle, low, high, sureness, evidence, value is None and middle is not None, comment)


def plain_scores(session: Session, voice: str = "") -> list[tuple[str, str, str, float | None]]:
    """The scores of one voice for computing: technology id, criterion id, state and value, and nothing else."""
    columns = (Score.technology_id, Score.criterion_id, Score.state, Score.value, Score.low, Score.high)
    query = select(*columns).where(Score.voice == voice)
    return [(row[0], row[1], row[2], _middle(*row[2:])) for row in session.connection().execute(query)]


def _middle(state: str, value: float | None, low: float | None, high: float | None) -> float | None:
    """What a score counts as in the ranking: the number itself, or the middle of a range that has none."""
    if value is None and state not in (UNKNOWN, NOT_APPLICABLE) and low is not None and high is not None:
        return low + (high - low) / 2
    return value


def find(session: Session, text: str) -> list[tuple[str, str, str, str]]:
    """Technologies and sectors whose name holds the text: (step, record, name, where), for the search box."""
    wanted = text.casefold()
    found = [("priorities.longlist", row["id"], row["name"], row["sector"]) for row in technologies(session)]
    found += [("priorities.sectors", row["id"], row["name"], "") for row in sectors(session)]
    return [entry for entry in found if wanted in entry[2].casefold()]
