"""Documents for tests: an empty one, and a small one in which every stage has something."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import Record
from tna_desktop.stages import load_tables

load_tables()

from tna_desktop.stages.actions.tables import Action, Funding, Milestone, Precedence  # noqa: E402
from tna_desktop.stages.barriers.tables import Barrier, CoreProblem, Hindrance, Measure  # noqa: E402
from tna_desktop.stages.criteria.tables import CriteriaGroup, Criterion, Gate, GroupWeight  # noqa: E402
from tna_desktop.stages.priorities.tables import (  # noqa: E402
    Competition,
    DistinctPair,
    GateAnswer,
    Score,
    Sector,
    SectorScore,
    Technology,
)
from tna_desktop.stages.stakeholders.tables import Attendance, Contact, Meeting, Stakeholder  # noqa: E402


@operation("Added")
def add(session: Session, kind: type[Record], /, **values: Any) -> str:
    return records.add(session, kind, **values).id


@operation("Changed")
def change(session: Session, kind: type[Record], id: str, /, **values: Any) -> None:
    records.change(session, kind, id, **values)


@operation("Removed")
def remove(session: Session, kind: type[Record], *ids: str) -> int:
    return records.remove(session, kind, ids)


def new_document(tmp_path: Path, name: str = "kelvara.tna", **facts: Any) -> Document:
    """An empty assessment in a file of its own. ``facts`` are columns of the assessment."""
    return Document.create(tmp_path / name, **{"country": "Kelvara", "language": "en", **facts})


def filled_document(tmp_path: Path, name: str = "kelvara.tna", **facts: Any) -> Document:
    """A small assessment with something in every stage, and the keys of its records as names (``rice``, ``floods``)."""
    document = new_document(tmp_path, name, **facts)
    document.do(fill)
    return document


@operation("Filled")
def fill(session: Session) -> None:
    """One change that writes a whole small assessment."""

    def put(kind: type[Record], id: str, /, **values: Any) -> None:
        records.add(session, kind, id=id, **values)

    put(
        Stakeholder,
        "ministry",
        name="Ministry of Water",
        group="government",
        influence=4.5,
        interest=3.25,
        remarks="Prefers letters.",
    )
    put(Stakeholder, "growers", name="اتحاد المزارعين", group="producers", influence=2.0)
    put(Contact, "hana", stakeholder_id="growers", name="Hana Idris", phone="+000 555 0142")
    put(Meeting, "workshop", name="First workshop", held_on=date(2026, 3, 9), outcome="Agreed on five criteria 🌾.")
    put(Attendance, "workshop-growers", meeting_id="workshop", stakeholder_id="growers", present=True, women=3, men=2)
    put(CriteriaGroup, "benefits", name="Benefits")
    put(CriteriaGroup, "income", name="Income", parent_id="benefits")
    put(Criterion, "jobs", name="Jobs", group_id="income", unit="jobs", low=0, high=900, weight=0.1 + 0.2)
    put(Criterion, "cost", name="Cost", direction="cost", unit="USD", weight=2 / 3)
    put(GroupWeight, "jobs-producers", criterion_id="jobs", group="producers", weight=5)
    put(Gate, "lawful", name="Lawful")
    put(Sector, "farming", name="Farming", chosen=True, current_level=2, desired_level=4)
    put(SectorScore, "farming-need", sector_id="farming", question="need", value=4)
    put(SectorScore, "farming-need-producers", sector_id="farming", question="need", voice="producers", value=2)
    put(Technology, "rice", name="Flood-tolerant rice", sector_id="farming", shortlisted=True, hardware=0.25)
    put(Technology, "weirs", name="Small weirs", sector_id="farming")
    put(DistinctPair, "rice-weirs", one_id="rice", other_id="weirs")
    put(Competition, "competition", within="reach", reason="A weir serves one village.")
    put(GateAnswer, "rice-lawful", technology_id="rice", gate_id="lawful", answer="pass")
    for technology in ("rice", "weirs"):
        put(Score, f"{technology}-jobs", technology_id=technology, criterion_id="jobs", value=120.5)
        put(Score, f"{technology}-cost", technology_id=technology, criterion_id="cost", value=1e-300)
    put(CoreProblem, "rice-core", technology_id="rice", text="Seed does not reach the farms.")
    put(Barrier, "floods", name="Roads are flooded", severity=4)
    put(Barrier, "credit", name="No credit", severity=5)
    put(Hindrance, "rice-floods", technology_id="rice", barrier_id="floods", cause_of_id="credit")
    put(Hindrance, "rice-credit", technology_id="rice", barrier_id="credit")
    put(Hindrance, "weirs-floods", technology_id="weirs", barrier_id="floods")
    put(Measure, "raise", name="Raise the roads", barrier_id="floods", to_plan=True)
    put(Measure, "fund", name="A seed fund", barrier_id="credit")
    put(
        Action,
        "survey",
        name="Survey the roads",
        measure_id="raise",
        technology_id="rice",
        lead_id="ministry",
        start=date(2027, 1, 1),
        end=date(2027, 6, 30),
        cost=40_000,
    )
    put(Action, "build", name="Build", measure_id="raise", cost=1_250_000.55)
    put(Precedence, "build-survey", action_id="build", after_id="survey")
    put(Funding, "survey-state", action_id="survey", source="state", year=2027, amount=40_000, secured=True)
    put(Milestone, "surveyed", action_id="survey", name="Map is drawn", due=date(2027, 5, 1))


def contents(document: Document, *, log: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every value in the document, by table, in the order of the keys; the log only if asked for."""
    left_out = {"seal"} if log else {"seal", "change", "touch"}
    with document.reading() as session:
        connection: sqlite3.Connection = session.connection().connection.driver_connection  # type: ignore[assignment]
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in sorted(names)
            if name not in left_out and not name.startswith("sqlite_")
        }
