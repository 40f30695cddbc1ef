"""Beginning an assessment: a new document with a workflow stored in it; catalogues are offered later, never filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from .kernel.document import Document
from .kernel.errors import Refused
from .kernel.text import LANGUAGES, message
from .kernel.workflow import available_workflows, read_workflow, to_json
from .stages import load_tables


def begin(path: Path | None, *, workflow: str, country: str, language: str = "en", **facts: Any) -> Document:
    """A new, empty assessment, open. Raises Refused when the country is missing or the workflow is not there."""
    if not country.strip():
        raise Refused(message("Name the country or area of the assessment."), "country")
    if language not in LANGUAGES:
        raise Refused(
            message("There is no language “{code}”. Choose one of: {all}.", code=language, all=", ".join(LANGUAGES)),
            "language",
        )
    known = {each.key: each.folder for each in available_workflows()}
    if workflow not in known:
        raise Refused(
            message("There is no workflow “{key}”. Choose one of: {all}.", key=workflow, all=", ".join(known)),
            "workflow",
        )
    found, problems = read_workflow(known[workflow])
    if found is None:
        raise Refused(
            message("The workflow “{key}” cannot be read: {problem}", key=workflow, problem=problems[0].message),
            "workflow",
        )
    load_tables()
    facts.setdefault("year", date.today().year)
    return Document.create(
        path,
        country=country.strip(),
        language=language,
        workflow_key=workflow,
        workflow_content=to_json(found),
        **facts,
    )
