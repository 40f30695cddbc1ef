"""The log explains what stands in a document, and notices what went past it."""

from __future__ import annotations

from pathlib import Path

from tests.builders.document import add, change, filled_document, new_document, remove
from tna_desktop.kernel import storage
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.verifying import unexplained
from tna_desktop.stages.stakeholders.tables import Stakeholder


def found(document: Document) -> list[tuple[str, str]]:
    with document.reading() as session:
        return unexplained(session)


def test_edits_undo_and_redo_are_all_explained(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    one = document.do(add, Stakeholder, name="Parks Authority").result
    document.do(change, Stakeholder, one, name="National Parks")
    document.do(remove, Stakeholder, one)
    for _ in range(4):
        document.undo()
    document.redo()
    assert found(document) == []
    document.close()


def test_a_value_changed_past_the_log_is_noticed(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    one = document.do(add, Stakeholder, name="Parks Authority").result
    storage.raw(document.engine).execute("UPDATE stakeholder SET name = 'Someone else'")
    assert found(document) == [("stakeholder", one)]
    document.close()


def test_a_record_taken_away_past_the_log_is_noticed(tmp_path: Path) -> None:
    document = new_document(tmp_path)
    one = document.do(add, Stakeholder, name="Parks Authority").result
    storage.raw(document.engine).execute("DELETE FROM stakeholder")
    assert found(document) == [("stakeholder", one)]
    document.close()
