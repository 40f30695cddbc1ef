"""Taking technologies over from an earlier assessment, also one made under another convention."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.workflow import Workflow

from .operations_pictures import add_picture, kind_of
from .reading_earlier import EarlierTechnology
from .score_table import same_name
from .tables import Sector, Technology

#: The lists of the workflow in which a facet's key must stand to mean anything here.
_LISTS = {
    "purpose": "purposes", "ownership": "ownerships", "maturity": "maturities", "market": "market_categories",
    "term": "terms", "reach": "reach", "biome": "sectors",
}  # fmt: skip


@operation("Technologies taken from an earlier assessment")
def take_earlier(
    session: Session, workflow: Workflow, technologies: Iterable[EarlierTechnology], origin: str, named: str = ""
) -> list[str]:
    """Add technologies with their fact sheets, sources and pictures; one whose name is on the list is left out.

    ``origin`` is a sentence that says where they come from; it stands first among the sources of each. The sector is
    met by its key in the library, else by its name. A facet whose list has no such entry here stays unsaid. Scores,
    answers to gates and consents stay behind: they belong to the other assessment.
    """
    there = {same_name(name) for name in session.scalars(select(Technology.name))}
    keys = set(session.scalars(select(Technology.catalogue_key)))
    sectors = list(session.scalars(select(Sector).order_by(Sector.rank)))
    by_key = {row.catalogue_key: row.id for row in sectors if row.catalogue_key}
    by_name = {same_name(row.name): row.id for row in sectors}
    added = []
    for each in technologies:
        if same_name(each.name) in there:
            continue
        there.add(same_name(each.name))
        values = dict(each.values)
        for name, catalogue in _LISTS.items():
            if values.get(name) not in {entry.key for entry in workflow.catalogue(catalogue).entries}:
                values[name] = ""
        if values["catalogue_key"] in keys:
            values["catalogue_key"] = ""
        keys.add(values["catalogue_key"])
        limit = Technology.__table__.columns["sources"].type.length  # type: ignore[attr-defined]
        values["sources"] = "\n".join(part for part in (origin, values["sources"]) if part)[:limit]
        sector = by_key.get(each.sector_key) if each.sector_key else None
        id = records.add(session, Technology, sector_id=sector or by_name.get(same_name(each.sector)), **values).id
        for name, _media, content in each.pictures:
            if kind_of(content):
                add_picture(session, id, content, name)
        added.append(id)
    about(session, named or str(len(added)))
    return added
