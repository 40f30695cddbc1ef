"""What reaches the wall: only columns of the allow-lists, nothing private, nothing that is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders.canaries import WITH_WALL, WORD, allowed, plant
from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.projected import Projection
from tna_desktop.kernel.tables import PRIVATE, TEAM, Base
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import from_json
from tna_desktop.stages import STAGES

STEPS = [(stage.key, step) for stage in WITH_WALL for step in stage.module("wall").VIEWS]


def view(document: Document, stage: str, step: str) -> Projection:
    english = language("en")
    with document.reading() as session:
        workflow = from_json(assessment.facts(session).workflow_content)
        made = next(each for each in STAGES if each.key == stage).module("wall").VIEWS[step]
        return made(session, workflow, english)


def test_the_allow_lists_name_columns_that_exist_and_none_that_is_private() -> None:
    for table, column in allowed():
        privacy = Base.metadata.tables[table].c[column].info.get("privacy")
        assert privacy not in (PRIVATE, TEAM), (table, column)


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
    assert WORD not in repr(shown)
