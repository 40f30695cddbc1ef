"""A room to try a stage's screen in: a real document on the desk, with the real workflow."""

from __future__ import annotations

from pathlib import Path

from tna_desktop.kernel.document import Document
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import read_workflow, to_json
from tna_desktop.paths import data_folder
from tna_desktop.settings import Settings
from tna_desktop.stages import load_tables

load_tables()
_found, _problems = read_workflow(data_folder("workflows") / "cbd")
assert _found is not None
WORKFLOW = _found


def new_document(folder: Path) -> Document:
    return Document.create(
        folder / "kelvara.tna", country="Kelvara", workflow_key="cbd", workflow_content=to_json(WORKFLOW)
    )


def new_desk(document: Document, code: str = "en"):
    """The desk with this document; Qt is loaded only here."""
    from tna_desktop.ui.desk import Desk
    from tna_desktop.ui.theme import use_theme

    use_theme("light", 100, code)
    return Desk(document, WORKFLOW, language(code), Settings())


def do(document: Document, operation, *args, **values):
    return document.do(operation, *args, **values).result


def read(document: Document, function, *args, **values):
    with document.reading() as session:
        return function(session, *args, **values)
