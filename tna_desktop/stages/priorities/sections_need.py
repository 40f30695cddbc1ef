"""What the report says of sectors before any technology: what each one needs, which goals it serves, and where the line is."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.table import Table, TableColumn
from tna_desktop.reports.words import in_words

from . import reading, reading_sectors, results_sectors


def need_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """Where the sectors stand and where they should be, the widest gap first; none where nothing of it is written."""
    rows = [row for row in reading.sectors(session) if row["gap"] is not None or row["need"]]
    if not rows:
        return None
    say = language.say
    known = [row for row in rows if row["gap"] is not None]
    rows.sort(key=lambda row: (row["gap"] is None, -(row["gap"] or 0)))
    told = []
    if known:
        widest = max(row["gap"] for row in known)
        names = language.listing([row["name"] for row in known if row["gap"] == widest])
        if widest > 0:
            told.append(
                language.say_n(
                    "The way to go is longest for {names}: one level of five.",
                    "The way to go is longest for {names}: {n} levels of five.",
                    widest,
                    names=names,
                    n=in_words(widest, language),
                )  # fmt: skip
            )
        else:
            told.append(say("Every sector is where it should be."))
    columns = (
        TableColumn("name", say("Sector"), width=2.2, strong=True), TableColumn("now", say("Now, of 5"), "number", 0, width=0.8),
        TableColumn("wanted", say("Wanted, of 5"), "number", 0, width=0.9), TableColumn("gap", say("Gap"), "number", 0, width=0.7),
        TableColumn("need", say("What is needed"), width=4.6),
    )  # fmt: skip
    cells = [(row["name"], row["current_level"], row["desired_level"], row["gap"], row["need"]) for row in rows]
    emphasis = frozenset(number for number, row in enumerate(rows) if row["chosen"])
    table = Table(
        "sector_needs", say("Needs of the sectors"), columns, cells,
        note=say("The gap is the level wanted less the level now. Chosen sectors stand out."), wide=True, emphasis=emphasis,
    )  # fmt: skip
    return Section(say("What the sectors need"), tuple(told), tables=(table,))


def without_gap(table: Table) -> Table:
    """The sectors for print: their gaps stand in the table of needs, so that the reasons have room here."""
    places = [place for place, column in enumerate(table.columns) if column.key != "gap"]
    return replace(
        table, key=f"printed_{table.key}", part_of=table.key, columns=tuple(table.columns[place] for place in places),
        rows=[tuple(row[place] for place in places) for row in table.rows],
    )  # fmt: skip


def goals_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """Which goals the sectors serve; none where the scope names no goal."""
    found = reading_sectors.coverage(session)
    if not found.goals:
        return None
    say = language.say
    chosen = [row for row in found.sectors if row["chosen"]]
    if not found.empty:
        told = (
            say("Every goal named in the scope is served by a chosen sector.")
            if chosen
            else say("Every goal named in the scope is served by a sector.")
        )
    else:
        names = language.listing([say("“{goal}”", goal=goal) for goal in found.empty])
        told = language.say_n(
            "One goal named in the scope is not served by a chosen sector: {names}.",
            "{n} goals named in the scope are not served by a chosen sector: {names}.",
            len(found.empty), names=names, n=in_words(len(found.empty), language, first=True),
        ) if chosen else language.say_n(
            "One goal named in the scope is not served by any sector: {names}.",
            "{n} goals named in the scope are not served by any sector: {names}.",
            len(found.empty), names=names, n=in_words(len(found.empty), language, first=True),
        )  # fmt: skip
    rows = []
    for goal in found.goals:
        serving = [row for row in found.sectors if goal in found.served[row["id"]]]
        mine = [row["name"] for row in serving if row["chosen"]]
        rest = [row["name"] for row in serving if not row["chosen"]]
        rows.append((goal, language.listing(mine) if mine else say("none"), language.listing(rest)))
    columns = (
        TableColumn("goal", say("Goal"), width=2.6, strong=True),
        TableColumn("chosen", say("Chosen sectors that serve it"), width=2.4),
        TableColumn("other", say("Other sectors"), width=2),
    )
    table = Table("sector_goals", say("Goals and sectors"), columns, rows, wide=True)
    return Section(say("Which goals they serve"), (told,), tables=(table,))


def line_words(session: Session, workflow: Workflow, language: Language) -> tuple[str, ...]:
    """Whether the choice of sectors follows their order, and what departs from it with its reason."""
    line = results_sectors.sector_line(session, workflow)
    if not line.chosen:
        return ()
    apart = [each for each in line.order if each.id in line.departing]
    if not apart:
        return (language.say("The choice follows the order of the answers."),)
    lead = language.say_n(
        "The choice departs from the order of the answers for {names}.",
        "The choice departs from the order of the answers for {names}.",
        len(apart), names=language.listing([each.name for each in apart]),
    )  # fmt: skip
    return (
        lead,
        *(language.say("{name}: {reason}", name=each.name, reason=each.reason) for each in apart if each.reason),
    )
