"""The technologies in the report: what the long list is made of, which gates stopped some, and a sheet of each chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.charts.bars import Bar, bar_chart
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Picture, Section
from tna_desktop.reports.table import Table, TableColumn, printed

from . import reading, reading_longlist
from .operations_pictures import pictures

SHARES = ("hardware", "software", "orgware")
#: The workbook has all fact sheets in one table of this key.
FACT_SHEETS = "fact_sheets"
#: How names of picture files end; such a name is no caption.
FILES = (".png", ".jpg", ".jpeg")


def mix_words(session: Session, language: Language) -> str:
    """How far the long list is equipment, know-how and organisation; "" while no technology says all three."""
    rows = _mixed(session)
    if not rows:
        return ""
    means = _means(rows)
    return language.say(
        "Equipment makes up {hardware} of the technologies on the long list, know-how {software} and organisation "
        "{orgware}; {n} of {all} are traditional.",
        hardware=language.percent(means[0]), software=language.percent(means[1]), orgware=language.percent(means[2]),
        n=language.number(sum(bool(row["traditional"]) for row in rows)), all=language.number(len(rows)),
    )  # fmt: skip


def mix_picture(session: Session, language: Language) -> tuple[Picture, ...]:
    """The same as three bars; none while no technology says all three shares."""
    rows = _mixed(session)
    if not rows:
        return ()
    names = (language.say("Equipment"), language.say("Know-how"), language.say("Organisation"))
    bars = [Bar(name, mean, language.percent(mean)) for name, mean in zip(names, _means(rows), strict=True)]
    svg, told = bar_chart(bars, language, most=1.0, width=446.0, row_height=26)
    return (Picture("mix", language.say("What the technologies on the long list are made of"), svg, told, wide=False),)


def _mixed(session: Session) -> list[dict[str, Any]]:
    return [row for row in reading.technologies(session) if all(row[share] is not None for share in SHARES)]


def _means(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    return [sum(row[share] for row in rows) / len(rows) for share in SHARES]


def gates_words(session: Session, language: Language) -> tuple[str, ...]:
    """Which technologies did not pass which gate, with the reason where one is written."""
    answers, told = reading.gate_answers(session), []
    gates = {gate["id"]: gate["name"] for gate in reading_longlist.criteria_reading.gates(session)}
    failed = reading.failed_gates(session)
    for row in reading.technologies(session):
        if row["id"] not in failed:
            continue
        names = language.listing(failed[row["id"]])
        reasons = [
            reason.rstrip(".。")
            for (technology, gate), (answer, reason) in answers.items()
            if technology == row["id"] and answer == reading.FAIL and reason and gates.get(gate) in failed[row["id"]]
        ]
        if reasons:
            told.append(
                language.say("{name} did not pass {gates}: {reasons}.", name=row["name"], gates=names,
                             reasons="; ".join(reasons))
            )  # fmt: skip
        else:
            told.append(
                language.say("{name} did not pass {gates}; no reason is written.", name=row["name"], gates=names)
            )
    return tuple(told)


def lists(table: Table, language: Language) -> tuple[Table, ...]:
    """The long list for print, in two tables of few columns each; a column without any value is left out."""
    parts = (
        (table.title, ("name", "definition", "sector", "place")),
        (
            language.say("Kind of technology"),
            ("name", "purpose", "term", "hardware", "software", "orgware", "traditional", "maturity"),
        ),
    )
    made = []
    for number, (title, keys) in enumerate(parts, start=1):
        places = [place for place, column in enumerate(table.columns) if column.key in keys]
        columns = tuple(table.columns[place] for place in places)
        rows = [tuple(row[place] for place in places) for row in table.rows]
        part = printed(replace(table, title=title, columns=columns, rows=rows), *keys[1:])
        if len(part.columns) > 1:
            made.append(replace(part, key=f"printed_{table.key}_{number}"))
    return tuple(made)


def sheet_sections(session: Session, workflow: Workflow, language: Language) -> tuple[Section, ...]:
    """A sheet of every technology on the shortlist: what is known of it, and its pictures. What nobody wrote is left out."""
    return tuple(
        Section(
            row["name"],
            (row["definition"],) if row["definition"] else (),
            tables=_sheet(session, row, number, workflow, language),
            pictures=_pictures(session, row, language),
            opens_page=True,
        )
        for number, row in enumerate(reading.shortlist(session), start=1)
    )


def fact_table(session: Session, workflow: Workflow, language: Language) -> Table | None:
    """The same for the workbook: a row for each technology on the shortlist, a column for each fact."""
    chosen = reading.shortlist(session)
    if not chosen:
        return None
    told = [
        [fact for _, facts in _facts(session, row, workflow, language) for fact in facts] for row in chosen
    ]  # fmt: skip
    columns = (
        TableColumn("name", language.say("Technology"), width=2, strong=True),
        *(TableColumn(f"fact_{place}", title, width=2) for place, (title, _) in enumerate(told[0], start=1)),
    )
    rows = [(row["name"], *(text for _, text in facts)) for row, facts in zip(chosen, told, strict=True)]
    return Table(FACT_SHEETS, language.say("Fact sheets"), columns, rows, wide=True)


def _sheet(
    session: Session, row: Mapping[str, Any], number: int, workflow: Workflow, language: Language
) -> tuple[Table, ...]:
    """Its facts in up to three small tables, each short enough to stay on one page."""
    tables = []
    for part, (title, facts) in enumerate(_facts(session, row, workflow, language), start=1):
        rows = [fact for fact in facts if fact[1]]
        columns = (
            TableColumn("fact", title, width=1.3, strong=True),
            TableColumn("told", language.say("What is known"), width=4),
        )
        if rows:
            # Named as the section is: the heading above it says whose sheet it is.
            tables.append(Table(f"sheet_{number}_{part}", row["name"], columns, rows, wide=True, part_of=FACT_SHEETS))
    return tuple(tables)


def _facts(
    session: Session, row: Mapping[str, Any], workflow: Workflow, language: Language
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """By heading: what it is, whose it is, and what it takes and brings."""
    say, named = language.say, workflow.name
    nature = ""
    if all(row[share] is not None for share in SHARES):
        nature = say(
            "{hardware} hardware, {software} know-how, {orgware} organisation",
            hardware=language.percent(row["hardware"]), software=language.percent(row["software"]),
            orgware=language.percent(row["orgware"]),
        )  # fmt: skip
    uses = [
        words
        for key, words in (
            ("traditional", say("a traditional or indigenous technology")),
            ("genetic_resources", say("uses genetic resources")),
            ("traditional_knowledge", say("uses traditional knowledge")),
        )
        if row[key]
    ]
    return (
        (say("What it is"), (
            (say("Sector"), row["sector"]),
            (say("Purpose"), named("purposes", row["purpose"])),
            (say("Ecosystem programme"), named("sectors", row["biome"])),
            (say("Place or ecosystem"), row["place"]),
            (say("Nature"), nature),
            (say("Reach"), named("reach", row["reach"])),
            (say("Time horizon"), named("terms", row["term"])),
            (say("Maturity"), named("maturities", row["maturity"])),
            (say("Status here"), row["status"]),
        )),
        (say("Whose it is"), (
            (say("Knowledge and resources"), language.listing(uses)),
            (say("Consent"), _consent(session, row, workflow, language)),
            (say("Ownership and intellectual property"), named("ownerships", row["ownership"])),
            (say("Market category"), named("market_categories", row["market"])),
        )),
        (say("What it takes and brings"), (
            (say("Costs"), row["costs"]),
            (say("Benefits"), row["benefits"]),
            (say("Risks"), row["risks"]),
            (say("Possible suppliers"), row["suppliers"]),
            (say("Sources"), row["sources"]),
        )),
    )  # fmt: skip


def _consent(session: Session, row: Mapping[str, Any], workflow: Workflow, language: Language) -> str:
    """How it stands with consent. Who gave it stays with the team."""
    status = reading_longlist.consent_of(session, row)
    if status is None:
        return ""
    if status.state == reading_longlist.OPEN:
        return language.say("It may be shown, by the consent on record.")
    return language.say("It carries traditional knowledge, and no consent is on record yet.")


def _pictures(session: Session, row: Mapping[str, Any], language: Language) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            f"photo-{each['id']}", caption(each["name"]) or row["name"], "", _described(row["name"], each["name"], language),
            wide=False, image=(each["media"], each["content"]),
        )
        for each in pictures(session, row["id"])
    )  # fmt: skip


def caption(name: str) -> str:
    """What somebody wrote about a picture; "" where it only has the name of its file."""
    return "" if name.casefold().endswith(FILES) or " " not in name.strip() else name.strip()


def _described(technology: str, name: str, language: Language) -> str:
    if told := caption(name):
        return language.say("Picture of {name}: {told}.", name=technology, told=told.rstrip("."))
    return language.say("Picture of {name}.", name=technology)
