"""What may be done in stage 3. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import language, message
from tna_desktop.kernel.workflow import Workflow

from ..criteria import operations as criteria_operations
from ..criteria import reading as criteria_reading
from ..criteria.tables import Criterion, Gate
from . import worth
from .results_inputs import BETWEEN, inputs_digest
from .score_table import COST, UNKNOWN, ScoreTable, same_name, usable
from .score_writing import CONDITIONAL as CONDITIONAL
from .score_writing import write_scores
from .tables import GateAnswer, Sector, SectorScore, Technology

#: Before the key of a question, where its answer is one of a sector's values.
ANSWER = "answer_"


@operation("Sector added")
def add_sector(session: Session, name: str, **values: Any) -> str:
    """Add a sector; ``answer_<question>`` are its answers to the questions asked of every sector."""
    id = records.add(
        session, Sector, name=name, **{key: value for key, value in values.items() if not key.startswith(ANSWER)}
    ).id
    _answer_questions(session, id, values)
    return id


@operation("Sector changed")
def change_sector(session: Session, id: str, **values: Any) -> None:
    """Change a sector; ``answer_<question>`` are its answers to the questions asked of every sector."""
    records.change(session, Sector, id, **{key: value for key, value in values.items() if not key.startswith(ANSWER)})
    _answer_questions(session, id, values)


def _answer_questions(session: Session, id: str, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if key.startswith(ANSWER):
            score_sector(session, id, key.removeprefix(ANSWER), value)


@operation("Sector removed")
def remove_sectors(session: Session, ids: list[str]) -> int:
    """Remove sectors with their scores; technologies in them stay, without a sector."""
    return records.remove(session, Sector, ids)


@operation("Sector moved")
def move_sector(session: Session, id: str, after: str | None) -> None:
    records.move(session, Sector, id, after)


@operation("Model sectors added")
def add_model_sectors(session: Session, workflow: Workflow, keys: Iterable[str]) -> int:
    """Take sectors of the catalogue over, each only once; hand in the workflow in the language of the document."""
    there = set(session.scalars(select(Sector.catalogue_key)))
    wanted = [entry for entry in workflow.catalogue("sectors").entries if entry.key in set(keys) - there]
    for entry in wanted:
        records.add(
            session, Sector, name=entry.name, short=entry.short, kind=entry.get("kind", ""), catalogue_key=entry.key
        )
    about(session, str(len(wanted)))
    return len(wanted)


@operation("Sector scored")
def score_sector(session: Session, sector_id: str, question: str, value: float | None, *, voice: str = "") -> None:
    """Answer one of the questions asked of every sector; None is unknown. ``voice``: a group's key, "" the agreed one."""
    sector = records.fetch(session, Sector, sector_id)
    found = session.scalars(
        select(SectorScore).where(
            SectorScore.sector_id == sector_id, SectorScore.question == question, SectorScore.voice == voice
        )
    ).first()
    if found is None and value is not None:
        records.add(session, SectorScore, sector_id=sector_id, question=question, voice=voice, value=value)
    elif found is not None and value is None:
        session.delete(found)
    elif found is not None:
        records.fill(found, {"value": value})
    about(session, sector.name)


@operation("Technology added")
def add_technology(session: Session, name: str, **values: Any) -> str:
    _check_shares(values)
    return records.add(session, Technology, name=name, **values).id


@operation("Technology changed")
def change_technology(session: Session, id: str, **values: Any) -> None:
    record = records.fetch(session, Technology, id)
    shares = {name: values.get(name, getattr(record, name)) for name in ("hardware", "software", "orgware")}
    if shares.keys() & values.keys():
        _check_shares(shares)
    records.change(session, Technology, id, **values)


@operation("Technology removed")
def remove_technologies(session: Session, ids: list[str]) -> int:
    """Remove technologies with their scores, gate answers and what hinders them; actions for them stay."""
    return records.remove(session, Technology, ids)


@operation("Technology moved")
def move_technology(session: Session, id: str, after: str | None) -> None:
    records.move(session, Technology, id, after)


@operation("Technologies taken from the library")
def add_model_technologies(session: Session, workflow: Workflow, keys: Iterable[str]) -> int:
    """Take technologies of the catalogue over with their facets, each only once; they are examples to adapt."""
    there = set(session.scalars(select(Technology.catalogue_key)))
    wanted = [entry for entry in workflow.catalogue("technologies").entries if entry.key in set(keys) - there]
    sectors = {row.catalogue_key: row.id for row in session.scalars(select(Sector)) if row.catalogue_key}
    for entry in wanted:
        nature = entry.get("nature") or {}
        facets = {name: entry.get(name, "") for name in ("purpose", "maturity", "market", "ownership", "term", "biome")}
        records.add(
            session, Technology, name=entry.name, short=entry.short, definition=entry.definition, sources=entry.source,
            sector_id=sectors.get(entry.get("sector")), traditional=bool(entry.get("traditional")), catalogue_key=entry.key,
            reach=entry.get("reach") or entry.get("scale", ""), genetic_resources=entry.get("purpose") == "genetic_resources",
            **{name: nature.get(name) for name in ("hardware", "software", "orgware")}, **facets,
        )  # fmt: skip
    about(session, str(len(wanted)))
    return len(wanted)


@operation("Gate answered")
def answer_gate(session: Session, technology_id: str, gate_id: str, answer: str, reason: str = "") -> None:
    """Say whether a technology passes a gate; an empty answer takes it back. A fail needs a reason."""
    if answer == "fail" and not reason.strip():
        raise Refused(message("Write why this technology does not pass."), "reason")
    technology = records.fetch(session, Technology, technology_id)
    records.fetch(session, Gate, gate_id)
    found = session.scalars(
        select(GateAnswer).where(GateAnswer.technology_id == technology_id, GateAnswer.gate_id == gate_id)
    ).first()
    if found is None and answer:
        records.add(session, GateAnswer, technology_id=technology_id, gate_id=gate_id, answer=answer, reason=reason)
    elif found is not None and not answer:
        session.delete(found)
    elif found is not None:
        records.fill(found, {"answer": answer, "reason": reason})
    about(session, technology.name)


@operation("Score set")
def set_score(session: Session, technology_id: str, criterion_id: str, *, voice: str = "", **values: Any) -> None:
    """Set the score of a technology on a criterion, or what is known about it (sureness, evidence, range).

    ``value`` without a ``state`` makes it a value; None takes the score back to unknown, unless ``low`` and ``high``
    come with it: then the range is all that is known. The number must lie between
    the ends of the criterion's scale where they are given, and a range must hold it. A new number outside the range
    that was there before lets that range go.
    """
    technology = records.fetch(session, Technology, technology_id)
    criterion = records.fetch(session, Criterion, criterion_id)
    begun = criteria_reading.scoring_begun(session)
    write_scores(session, [(technology_id, criterion, values)], voice)
    _lock_weights_at_first_score(session, begun)
    about(session, technology.name)


@operation("Scores set")
def set_scores(session: Session, cells: Iterable[tuple[str, str, Mapping[str, Any]]], voice: str = "") -> int:
    """Set several scores as one change: (technology id, criterion id, values as in set_score). Answers how many."""
    begun = criteria_reading.scoring_begun(session)
    cells = list(cells)
    criteria = {row.id: row for row in session.scalars(select(Criterion))}
    names = {id: name for id, name in session.execute(select(Technology.id, Technology.name))}
    if any(technology not in names or criterion not in criteria for technology, criterion, _ in cells):
        raise Refused(message("This entry is no longer there. Someone may have removed it."))
    count = write_scores(session, ((each[0], criteria[each[1]], each[2]) for each in cells), voice)
    told = {names[technology] for technology, _, _ in cells}
    _lock_weights_at_first_score(session, begun)
    about(session, told.pop() if len(told) == 1 else str(count))
    return count


@operation("Scores cleared")
def clear_scores(session: Session, cells: Iterable[tuple[str, str]], voice: str = "") -> None:
    """Take several scores back to unknown: (technology id, criterion id). Notes of evidence stay."""
    set_scores(
        session, [(technology_id, criterion_id, {"value": None}) for technology_id, criterion_id in cells], voice
    )


@operation("Scores imported")
def import_scores(session: Session, table: ScoreTable, begins: bool = False) -> dict[str, int]:
    """Bring a score table in: criteria and technologies that are missing are made, the others are met by their name.

    A score beyond the ends of its scale is kept as it is written and counts as that end. An empty cell leaves what is
    there already. Rows and columns without a name of their own are left out. ``begins``: the team begins to score with
    it, which locks the agreed weights as a first score does; a program that brings a whole table in locks nothing.
    Answers how many criteria, technologies and scores were written.
    """
    table = usable(table)
    begun = not begins or criteria_reading.scoring_begun(session)
    known = {same_name(row["name"]): row["id"] for row in criteria_reading.criteria(session)}
    says_direction = table.says_direction or any(column.direction == COST for column in table.criteria)
    made_criteria, ids = 0, []
    for column in table.criteria:
        values: dict[str, Any] = {
            name: getattr(column, name)
            for name in ("unit", "direction", "weight", "low", "high", "indifference", "preference")
            if getattr(column, name) not in (None, "")
        }
        id = known.get(same_name(column.name))
        if id is None:
            id = criteria_operations.add_criterion(session, column.name, **values)
            known[same_name(column.name)] = id
            made_criteria += 1
        else:
            if not says_direction:
                # A table without a row of directions must not turn a cost that was agreed into a benefit.
                values.pop("direction", None)
            criteria_operations.change_criterion(session, id, **values)
        ids.append(id)
    criteria = {row.id: row for row in session.scalars(select(Criterion))}
    there = {same_name(row.name): row.id for row in session.scalars(select(Technology))}
    found: list[tuple[str, Criterion, dict[str, Any]]] = []
    made_technologies = 0
    for name, cells in zip(table.technologies, table.scores, strict=True):
        technology_id = there.get(same_name(name))
        if technology_id is None:
            technology_id = there[same_name(name)] = records.add(session, Technology, name=name).id
            made_technologies += 1
        for criterion_id, cell in zip(ids, cells, strict=True):
            if cell.state != UNKNOWN:
                values = {"state": cell.state, "value": cell.value, "low": cell.low, "high": cell.high}
                found.append((technology_id, criteria[criterion_id], values))
    written = write_scores(session, found, on_scale=False)
    _lock_weights_at_first_score(session, begun)
    about(session, str(written))
    return {"criteria": made_criteria, "technologies": made_technologies, "scores": written}


@operation("Value of scores set")
def set_value_function(
    session: Session, criterion_id: str, shape: str, points: Sequence[tuple[float, float]] = ()
) -> None:
    """Say what the scores on a criterion are worth: a shape and its points (level, worth 0 to 100); see worth.

    It may be set while weights are locked: it is no weight. The ranking changes with it.
    """
    found = worth.checked(shape, points)
    records.change(session, Criterion, criterion_id, value_shape=shape, value_points=worth.written(found))


@operation("Shortlist chosen")
def choose_shortlist(session: Session, ids: Iterable[str], reason: str = "", decided_by: str = "") -> None:
    """Choose the technologies that go on, all at once; with a reason it stands in the decision log too."""
    chosen = set(ids)
    names = []
    for technology in session.scalars(select(Technology).order_by(Technology.rank)):
        if technology.shortlisted != (technology.id in chosen):
            # The reason was given for the place it had.
            technology.shortlisted, technology.shortlist_reason = technology.id in chosen, ""
        if technology.shortlisted:
            names.append(technology.name)
    if reason.strip():
        assessment.record_decision(
            session,
            what=BETWEEN.join(names)[:400],
            reason=reason,
            decided_by=decided_by,
            step="priorities.ranking",
            kind="shortlist",
            inputs=inputs_digest(session),
        )
    about(session, str(len(names)))


@operation("Shortlist changed")
def shortlist_technology(session: Session, id: str, shortlisted: bool, reason: str = "", decided_by: str = "") -> None:
    """Take one technology on the shortlist or off it, with the reason where it departs from the ranking."""
    technology = records.change(session, Technology, id, shortlisted=shortlisted, shortlist_reason=reason)
    if reason.strip():
        assessment.record_decision(
            session, what=technology.name, reason=reason, decided_by=decided_by, step="priorities.ranking", record=id,
            kind="shortlisted" if shortlisted else "left_out", inputs=inputs_digest(session),
        )  # fmt: skip


@operation("Weights tried and accepted")
def accept_weights(session: Session, weights: Mapping[str, float], reason: str, decided_by: str = "") -> None:
    """Make weights that were tried out the agreed ones (criterion id -> points of 100), as a decision with its reason.

    Refused while the weights are locked.
    """
    if not reason.strip():
        raise Refused(message("Write why the weights are to be changed."), "reason")
    criteria_operations.set_weights(session, weights)
    say = language(assessment.facts(session).language).say
    assessment.record_decision(
        session, what=say("Agreed weights changed after trying them on the ranking"), reason=reason,
        decided_by=decided_by, step="criteria.weights", kind="agreed_weights", inputs=inputs_digest(session),
    )  # fmt: skip
    about(session, str(len(weights)))


def _lock_weights_at_first_score(session: Session, begun: bool) -> None:
    """Nobody should change weights with the scores in view: the first score locks them, in the same change."""
    if not begun and criteria_reading.scoring_begun(session):
        criteria_operations.lock_as_scoring_begins(session)


def _check_shares(values: dict[str, Any]) -> None:
    columns = Technology.__table__.columns
    shares = [records.accepted(columns[name], values.get(name)) for name in ("hardware", "software", "orgware")]
    if None not in shares and abs(sum(shares) - 1) > 0.005:
        raise Refused(message("The shares of hardware, know-how and organisation must add up to one."), "hardware")
