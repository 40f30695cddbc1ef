"""What an earlier assessment can lend: its technologies, read out of another file, which is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.tables import Attachment

from ..stakeholders.withholding import withheld
from .reading import TECHNOLOGY_FIELDS, technologies
from .score_table import same_name
from .tables import Sector

#: What belongs to the other country's choice, not to the technology.
_NOT_TAKEN = ("id", "sector_id", "shortlisted", "shortlist_reason")
FACETS = tuple(name for name in TECHNOLOGY_FIELDS if name not in _NOT_TAKEN)


@dataclass(frozen=True)
class EarlierTechnology:
    """A technology of another assessment: its facets by column, its sector by name and key, its pictures."""

    id: str
    values: dict[str, Any]
    sector: str
    sector_key: str
    pictures: tuple[tuple[str, str, bytes], ...] = ()

    @property
    def name(self) -> str:
        return str(self.values["name"])


@dataclass(frozen=True)
class EarlierAssessment:
    """Another assessment: what it is called, and what can be taken out of it. ``withheld``: how many may not leave it."""

    title: str
    country: str
    year: int | None
    workflow_key: str
    technologies: tuple[EarlierTechnology, ...]
    withheld: int

    def named(self) -> str:
        """Its name as a source: title, country, year, each once."""
        parts = [self.title or self.country]
        if self.country and self.country not in parts[0]:
            parts.append(self.country)
        if self.year and str(self.year) not in parts[0]:
            parts.append(str(self.year))
        return ", ".join(parts)


def earlier_assessment(path: Path) -> EarlierAssessment:
    """Read another assessment through the checks every foreign file passes. Raises DocumentRefused with one sentence.

    Its rows are copied into a working copy of their own, which is given up at once; the file stays as it is.
    """
    document = Document.open(path, read_only=True)
    try:
        with document.reading() as session:
            return _read(session)
    finally:
        document.close(publish=False)


def _read(session: Session) -> EarlierAssessment:
    facts, closed = assessment.facts(session), withheld(session)
    sectors = {row.id: row.catalogue_key for row in session.scalars(select(Sector))}
    found = []
    for row in technologies(session):
        if row["id"] in closed:
            continue
        pictures = session.scalars(
            select(Attachment).where(Attachment.record == row["id"], Attachment.media.startswith("image/"))
        )
        found.append(
            EarlierTechnology(
                row["id"], {name: row[name] for name in FACETS}, row["sector"], sectors.get(row["sector_id"], ""),
                tuple((each.name, each.media, each.content) for each in pictures),
            )
        )  # fmt: skip
    hidden = sum(1 for row in technologies(session) if row["id"] in closed)
    return EarlierAssessment(facts.title, facts.country, facts.year, facts.workflow_key, tuple(found), hidden)


def met(session: Session, names: Iterable[str]) -> frozenset[str]:
    """Of these names those that stand on the long list already, however they are capitalised."""
    here = {same_name(row["name"]) for row in technologies(session)}
    return frozenset(name for name in names if same_name(name) in here)
