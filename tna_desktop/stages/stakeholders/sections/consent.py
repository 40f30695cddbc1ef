"""The section on consent: on what terms knowledge is used, and that something is withheld, never what it says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.table import Table, TableColumn
from tna_desktop.reports.words import in_words

from .. import withholding
from ..reading import consent as reading
from ..tables import Stakeholder


def consent_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """How many entries have a consent record, on what terms, and how many are withheld; None where nothing is asked."""
    say, say_n = language.say, language.say_n
    rows = [row for row in reading.consents(session) if row["entry"]]
    waiting = len(reading.waiting(session))
    if not rows and not waiting:
        return None
    sentences = []
    if rows:
        sentences.append(
            say_n(
                "Consent is recorded for one entry that carries knowledge of a people or community.",
                "Consent is recorded for {n} entries that carry knowledge of peoples and communities.",
                len(rows),
                n=in_words(len(rows), language),
            )
        )
        held = withholding.sentence(withholding.how_much(session), language)
        sentences.append(held or say("Those whose knowledge it is agreed that all of it may be shown."))
    if waiting:
        sentences.append(
            say_n(
                "One more entry says that it carries traditional knowledge; no consent is recorded for it yet.",
                "{n} more entries say that they carry traditional knowledge; no consent is recorded for them yet.",
                waiting,
                n=in_words(waiting, language, first=True),
            )
            if rows
            else say_n(
                "One entry says that it carries traditional knowledge; no consent is recorded for it yet.",
                "{n} entries say that they carry traditional knowledge; no consent is recorded for them yet.",
                waiting,
                n=in_words(waiting, language, first=True),
            )
        )
    table = consent_table(session, workflow, language)
    return Section(
        say("Whose knowledge this is"), tuple(sentences), tables=(table,) if rows else (), bullets=_open(rows, workflow, language)
    )  # fmt: skip


def consent_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How many entries there are by form of consent, and how many of them may be shown. No names."""
    say = language.say
    rows = [row for row in reading.consents(session) if row["entry"]]
    counted = Counter((row["form"], bool(row["may_be_shown"])) for row in rows)
    order = [entry.key for entry in workflow.catalogue("consent_forms").entries]
    forms = sorted({form for form, _ in counted}, key=lambda form: order.index(form) if form in order else len(order))
    lines: list[tuple[Any, ...]] = [
        (workflow.name("consent_forms", form) or say("Not said"), counted[form, True] + counted[form, False],
         counted[form, True], counted[form, False])
        for form in forms
    ]  # fmt: skip
    columns = (
        TableColumn("form", say("Form of consent"), width=3, strong=True),
        TableColumn("entries", say("Entries"), "number", 0),
        TableColumn("shown", say("May be shown"), "number", 0),
        TableColumn("withheld", say("Withheld"), "number", 0),
    )
    total = (say("All forms"), *(sum(line[place] for line in lines) for place in (1, 2, 3)))
    return Table("consents", say("Consent by form"), columns, lines, total=total if len(lines) > 1 else None)


def _open(rows: list[dict], workflow: Workflow, language: Language) -> tuple[str, ...]:
    """What may be shown, with the form of consent; what is withheld is counted only."""
    found = []
    closed = {row["record"] for row in rows if not row["may_be_shown"]}
    for row in rows:
        if row["record"] in closed:
            continue
        name = row["entry"]
        if row["kind"] == Stakeholder.__tablename__:
            name = language.say("Knowledge of {name}", name=name)
        form = workflow.name("consent_forms", row["form"])
        found.append(language.say("{name}: {form}.", name=name, form=form))
    return tuple(dict.fromkeys(found))
