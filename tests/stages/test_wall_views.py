"""What reaches the wall: only columns of the allow-lists, nothing private, nothing that is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import String, select

from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.projected import Projection
from tna_desktop.kernel.tables import PRIVATE, TEAM, Base
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import from_json
from tna_desktop.stages import STAGES, load_tables

load_tables()
WITH_WALL = [stage for stage in STAGES if stage.key != "synthesis"]
STEPS = [(stage.key, step) for stage in WITH_WALL for step in stage.module("wall").VIEWS]


def view(document: Document, stage: str, step: str) -> Projection:
    english = language("en")
    with document.reading() as session:
        workflow = from_json(assessment.facts(session).workflow_content)
        made = next(each for each in STAGES if each.key == stage).module("wall").VIEWS[step]
        return made(session, workflow, english)


def allowed() -> set[tuple[str, str]]:
    return {
        (table, column)
        for stage in WITH_WALL
        for table, columns in stage.module("wall").FIELDS.items()
        for column in columns
    }


def test_the_allow_lists_name_columns_that_exist_and_none_that_is_private() -> None:
    for table, column in allowed():
        privacy = Base.metadata.tables[table].c[column].info.get("privacy")
        assert privacy not in (PRIVATE, TEAM), (table, column)


@operation("Canaries planted")
def plant(session) -> None:
    """Every free text and every private or internal text of the file, except what the wall may show."""
    free = allowed()
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, String)
            and not column.foreign_keys
            and (table.name, column.name) not in free
            and column.name not in ("id", "record", "workflow_content", "lineage", "catalogue_key", "node", "other")
            and (column.info.get("privacy") in (PRIVATE, TEAM) or (column.type.length or 0) >= 200)
        ]
        for number, record in enumerate(session.scalars(select(mapper.class_))):
            for column in columns:
                setattr(record, column.name, f"CANARY {table.name} {column.name} {number}"[: column.type.length])


@pytest.mark.parametrize(("stage", "step"), STEPS)
def test_nothing_but_the_allow_list_reaches_the_wall(sample_file: Path, tmp_path: Path, stage: str, step: str) -> None:
    copy = tmp_path / "kelvara.tna"
    copy.write_bytes(sample_file.read_bytes())
    document = Document.open(copy)
    try:
        clean = view(document, stage, step)
        document.do(plant)
        shown = view(document, stage, step)
    finally:
        document.close(publish=False)
    assert clean.pages and len(repr(clean)) > 60
    assert "CANARY" not in repr(shown)
