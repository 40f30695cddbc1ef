"""Stage 6: what is still open, the team's own words, and the report put together out of every stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.document import filled_document
from tna_desktop.beginning import begin
from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import read_workflow, to_json
from tna_desktop.paths import data_folder
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.checking import run_checks
from tna_desktop.stages.synthesis import operations, reading, results
from tna_desktop.stages.synthesis.report import build_book

ENGLISH = language("en")


@pytest.fixture(scope="module")
def workflow():
    found, _ = read_workflow(data_folder("workflows") / "cbd")
    assert found is not None
    return found


@pytest.fixture
def document(tmp_path: Path, workflow) -> Iterator[Document]:
    made = filled_document(tmp_path, workflow_key="cbd", workflow_content=to_json(workflow))
    yield made
    made.close()


def test_own_words_replace_the_draft_and_an_empty_text_brings_it_back(document: Document, workflow) -> None:
    def paragraphs() -> tuple[str, ...]:
        with document.reading() as session:
            book = build_book(session, workflow, ENGLISH, Options())
        return book.chapters[0].sections[0].paragraphs

    drafted = paragraphs()
    document.do(operations.write_text, "summary", "We chose together.\n\nIt took a year.")
    assert paragraphs() == ("We chose together.", "It took a year.")
    document.do(operations.write_text, "summary", "  ")
    assert paragraphs() == drafted
    document.undo()
    assert paragraphs() == ("We chose together.", "It took a year.")


def test_readiness_counts_every_check_of_every_stage(document: Document, workflow) -> None:
    with document.reading() as session:
        found = results.readiness(session, workflow)
    listed = sum(len(step.checks) for stage in workflow.stages for step in stage.steps)
    assert found.checks == listed
    assert found.good + len(found.open) == listed
    assert [stage.key for stage in found.stages] == [stage.key for stage in workflow.stages]
    states = [finding.state for _, finding in found.open]
    assert states == sorted(states, key=lambda state: state is not State.ATTENTION)


def test_an_empty_assessment_is_open_everywhere_and_wrong_nowhere(tmp_path: Path) -> None:
    document = begin(tmp_path / "empty.tna", workflow="cbd", country="Testland")
    found, _ = read_workflow(data_folder("workflows") / "cbd")
    assert found is not None
    with document.reading() as session:
        states = {finding.state for findings in run_checks(session, found).values() for finding in findings}
    document.close()
    assert State.ATTENTION not in states


@pytest.mark.parametrize("key", ["cbd", "climate"])
def test_an_empty_assessment_still_makes_a_report(tmp_path: Path, key: str) -> None:
    document = begin(tmp_path / "empty.tna", workflow=key, country="Testland")
    found, _ = read_workflow(data_folder("workflows") / key)
    assert found is not None
    with document.reading() as session:
        book = build_book(session, found, ENGLISH, Options())
    document.close()
    assert book.country == "Testland"
    assert "not chosen yet" in book.finding
    parts = [part.key for part in found.outline]
    keys = [chapter.key for chapter in book.chapters]
    assert [key for key in keys if not key.startswith("annex")] == [key for key in parts if not key.startswith("annex")]
    # An annex with nothing in it is left out, and no table stands there with its heads only.
    assert set(keys) & {"annex_stakeholders", "annex_scores", "annex_barriers"} == set()
    assert all(table.rows for chapter in book.chapters for section in chapter.sections for table in section.tables)
    words = " ".join(text for chapter in book.chapters for text in (chapter.lead, *_said(chapter)))
    assert " 0 " not in f" {words} "
    assert [chapter.number for chapter in book.chapters if chapter.key.startswith("annex")][0] == "A"


def _said(chapter) -> list[str]:
    """Every sentence and cell of a chapter."""
    found: list[str] = []
    for section in chapter.sections:
        found += [section.title, *section.paragraphs, *section.bullets]
        found += [str(cell) for table in section.tables for row in table.rows for cell in row]
    return found


def test_a_step_marked_done_counts_and_can_be_taken_back(document: Document, workflow) -> None:
    def share() -> float:
        with document.reading() as session:
            return results.readiness(session, workflow).progress.share

    before = share()
    document.do(assessment.mark_step, "stakeholders.scope", True, by="Ana")
    assert share() > before
    document.undo()
    assert share() == before


def test_reports_are_numbered_in_the_order_they_were_made(document: Document) -> None:
    document.do(operations.note_report, "pdf", "en", "a.pdf", 7)
    document.do(operations.note_report, "xlsx", "fr", "a.xlsx", 8)
    with document.reading() as session:
        found = [(each["number"], each["kind"], each["change_seq"]) for each in reading.versions(session)]
    assert found == [(2, "xlsx", 8), (1, "pdf", 7)]


def test_contacts_and_remarks_stay_out_unless_asked_for(document: Document, workflow) -> None:
    from tna_desktop.stages.stakeholders.operations import add_contact, add_stakeholder

    holder = document.do(add_stakeholder, "Fishers' union", remarks="CANARY-REMARK", influence=2).result
    document.do(add_contact, holder, "CANARY-NAME", email="CANARY@MAIL", phone="CANARY-PHONE")
    with document.reading() as session:
        usual = repr(build_book(session, workflow, ENGLISH, Options()))
        asked = repr(build_book(session, workflow, ENGLISH, Options(contacts=True)))
    assert "CANARY" not in usual
    assert "CANARY-NAME" in asked and "CANARY-PHONE" in asked
    assert "CANARY-REMARK" not in asked
