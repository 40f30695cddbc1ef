"""The tables of stage 3: sectors, technologies, gates, scores and the ranking, as in the workbook and the report."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.table import Place, Table, TableColumn, places

from ..criteria import reading as criteria_reading
from ..criteria.sheet import origin_note
from . import (
    competition_words,
    ranking_page,
    reading,
    results,
    results_robustness,
    sections_sectors,
    sections_technologies,
    sheet_robustness,
)
from .score_table import NOT_APPLICABLE


def sheets(session: Session, workflow: Workflow, language: Language, options: Options) -> list[Table]:
    """Every table of this stage, in the order of the workbook."""
    ranking = results.ranking(session, workflow)
    return [
        sector_table(session, workflow, language),
        *_sectors_by_group(session, workflow, language),
        technology_table(session, workflow, language),
        *_fact_sheets(session, workflow, language),
        gate_table(session, workflow, language),
        score_table(session, language),
        ranking_table(ranking, language),
        contribution_table(ranking, language),
        *_sureness(session, workflow, language),
        evidence_table(session, workflow, language),
    ]


def _sectors_by_group(session: Session, workflow: Workflow, language: Language) -> list[Table]:
    """The places of the sectors by group; none where no group has answered for a whole sector."""
    table = sections_sectors.sector_groups_table(session, workflow, language)
    return [] if table is None else [table]


def _fact_sheets(session: Session, workflow: Workflow, language: Language) -> list[Table]:
    """What is known of the technologies on the shortlist; none as long as none is chosen."""
    table = sections_technologies.fact_table(session, workflow, language)
    return [] if table is None else [table]


def _sureness(session: Session, workflow: Workflow, language: Language) -> list[Table]:
    """The trials, and the places by group; neither where nothing can be ranked or no group has weighed."""
    page = ranking_page.read_page(session, workflow)
    tables = []
    for each in page.apart:
        asked = each.question(each.ranking, results_robustness.AROUND)
        if asked is not None and each.ranking.alone is None:
            tables.append(sheet_robustness.trials_table(each, results_robustness.robustness(asked), language))
    if tables and page.shares:
        tables.append(sheet_robustness.group_places_table(page, language))
    return tables


def sector_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Sectors by the mean of their answers, with the reason of the choice."""
    say = language.say
    questions = workflow.catalogue("sector_questions").entries
    answers = {row["id"]: row["scores"] for row in reading.sectors(session)}
    ranked = results.sector_ranking(session, workflow)
    # Answers are whole, but a mean of groups need not be.
    decimals = 0 if all(float(value).is_integer() for row in answers.values() for value in row.values()) else 2
    rows = [
        (place, row.name, *(answers[row.id].get(question.key) for question in questions), row.value, row.gap,
         say("chosen") if row.chosen else "", row.reason)
        for place, row in zip(places([row.rank for row in ranked]), ranked, strict=True)
    ]  # fmt: skip
    columns = (
        TableColumn("rank", say("Rank"), "number", 0, width=0.7), TableColumn("name", say("Sector"), width=3.2, strong=True),
        *(TableColumn(question.key, question.short or question.name, "number", decimals, width=1.2) for question in questions),
        TableColumn("value", say("Mean"), "number", 2, width=0.8), TableColumn("gap", say("Gap to the level wanted"), "number", 0, width=1),
        TableColumn("chosen", say("Choice"), width=1.1), TableColumn("reason", say("Reason"), width=4.2),
    )  # fmt: skip
    note = say("The mean of the answers from 1 to 5; a sector with an open answer has no mean and no rank.")
    emphasis = frozenset(number for number, row in enumerate(ranked) if row.chosen)
    return Table("sectors", say("Sectors"), columns, rows, note=note, wide=True, emphasis=emphasis)


def technology_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """The long list: what each technology is, where, and how far it is hardware, know-how and organisation."""
    say, named = language.say, workflow.name
    rows = [
        (row["name"], row["definition"], row["sector"], named("purposes", row["purpose"]), row["place"], named("terms", row["term"]),
         row["hardware"], row["software"], row["orgware"], say("yes") if row["traditional"] else "", named("maturities", row["maturity"]))
        for row in reading.technologies(session)
    ]  # fmt: skip
    columns = (
        TableColumn("name", say("Technology"), width=2.2, strong=True), TableColumn("definition", say("What it is"), width=3.4),
        TableColumn("sector", say("Sector"), width=1.5), TableColumn("purpose", say("Purpose"), width=1.5),
        TableColumn("place", say("Place or ecosystem"), width=1.5), TableColumn("term", say("Time horizon"), width=1.1),
        TableColumn("hardware", say("Hardware"), "percent", 0, width=0.8), TableColumn("software", say("Know-how"), "percent", 0, width=0.8),
        TableColumn("orgware", say("Organi\u00adsation"), "percent", 0, width=0.8), TableColumn("traditional", say("Traditional"), width=0.8),
        TableColumn("maturity", say("Maturity"), width=1.2),
    )  # fmt: skip
    return Table("technologies", say("Technologies"), columns, rows, wide=True)


def gate_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How each technology answered each gate, with the reasons."""
    say = language.say
    answers = reading.gate_answers(session)
    gates = criteria_reading.gates(session)
    rows = []
    for technology in reading.technologies(session):
        found = [
            answers.get(
                (technology["id"], gate["id"]), ("not_assessed" if reading.gate_applies(gate, technology) else "", "")
            )
            for gate in gates
        ]
        reasons = "; ".join(
            f"{gate['name']}: {reason.rstrip('.。')}" for gate, (_, reason) in zip(gates, found, strict=True) if reason
        )
        rows.append(
            (
                technology["name"],
                *(workflow.name("gate_answers", answer) if answer else say("n/a") for answer, _ in found),
                reasons,
            )
        )
    columns = (
        TableColumn("technology", say("Technology"), width=2.2, strong=True), *(TableColumn(gate["id"], gate["name"]) for gate in gates),
        TableColumn("reasons", say("Reasons"), width=3),
    )  # fmt: skip
    note = say("n/a: the gate does not apply to the technology.")
    return Table("gate_answers", say("Gate answers"), columns, rows, note=note, wide=True)


def score_table(session: Session, language: Language) -> Table:
    """The agreed scores in each criterion's unit; empty is unknown."""
    say = language.say
    matrix = reading.matrix(session)
    rows = []
    for technology in matrix.technologies:
        cells = [matrix.cell(technology["id"], criterion["id"]) for criterion in matrix.criteria]
        rows.append(
            (technology["name"], *(say("n/a") if cell.state == NOT_APPLICABLE else cell.value for cell in cells))
        )
    columns = (TableColumn("technology", say("Technology"), width=2.6, strong=True),) + tuple(
        TableColumn(criterion["id"], _headed(criterion, language), "number") for criterion in matrix.criteria
    )
    note = say("An empty score is unknown, not zero. n/a: the criterion does not apply.")
    if any(cell.low is not None or cell.high is not None for cell in matrix.cells.values()):
        ranges = say("Of a range its likeliest number stands here, or its middle; its ends stand in the Excel file.")
        note = say("{note} {ranges}", note=note, ranges=ranges)
    return Table("scores", say("Scores"), columns, rows, note=note, wide=True)


def ranking_table(ranking: results.Ranking, language: Language) -> Table:
    """The ranking: value out of 100, what it can still become, rank, ties, and the choice."""
    say, groups = language.say, competition_words.by_technology(ranking, language)
    rows = [
        (place(each), each.name, *((groups[each.id],) if groups else ()), each.sector, each.value, each.value_low if each.value is None else None,
         each.value_high if each.value is None else None, remark(each, language), say("shortlisted") if each.shortlisted else "", each.shortlist_reason)
        for each in ranking.technologies
    ]  # fmt: skip
    columns = (
        TableColumn("rank", say("Rank"), "number", 0, width=0.6), TableColumn("name", say("Technology"), width=2.6, strong=True),
        *((TableColumn("competes", say("Competes in"), width=1.6),) if groups else ()),
        TableColumn("sector", say("Sector"), width=2.1), TableColumn("value", say("Value of 100"), "number", 1, width=0.8),
        TableColumn("low", say("At least"), "number", 1, width=0.8), TableColumn("high", say("At most"), "number", 1, width=0.8),
        TableColumn("remark", say("Remark"), width=1.4), TableColumn("choice", say("Choice"), width=1), TableColumn("reason", say("Reason"), width=2.4),
    )  # fmt: skip
    note = say("Weighted sum of the scores put on a scale from 0 to 100. {weights} Ranks come from unrounded values.",
               weights=origin_note(ranking.weights_origin, language))  # fmt: skip
    if groups:
        apart = language.say("Ranks are among those that compete with each other.")
        note = say("{note} {apart} {scales}", note=note, apart=apart, scales=competition_words.scales_words(language))
    emphasis = frozenset(place for place, each in enumerate(ranking.technologies) if each.shortlisted)
    return Table("ranking", say("Ranking"), columns, rows, note=note, wide=True, emphasis=emphasis)


def contribution_table(ranking: results.Ranking, language: Language) -> Table:
    """How many of a technology's points come from which criterion; a row adds up to its value."""
    say = language.say
    rows = [(each.name, *each.contributions, each.value) for each in ranking.technologies if each.contributions]
    columns = (
        TableColumn("name", say("Technology"), width=2.6, strong=True),
        *(TableColumn(row["id"], row["short"] or row["name"], "number", 1) for row in ranking.criteria),
        TableColumn("value", say("Value of 100"), "number", 1),
    )
    return Table(
        "contributions",
        say("Points by criterion"),
        columns,
        rows,
        note=say("Empty where a score is unknown."),
        wide=True,
    )


def evidence_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Every score of which more is known than its number: its range, sureness, or the note of its evidence."""
    say = language.say
    matrix = reading.matrix(session)
    rows = []
    for technology in matrix.technologies:
        for criterion in matrix.criteria:
            cell = matrix.cell(technology["id"], criterion["id"])
            if cell.evidence or cell.sureness or cell.low is not None or cell.high is not None:
                rows.append(
                    (
                        technology["name"],
                        criterion["name"],
                        cell.value,
                        cell.low,
                        cell.high,
                        criterion["unit"],
                        workflow.name("sureness", cell.sureness),
                        cell.evidence,
                    )
                )
    columns = (
        TableColumn("technology", say("Technology"), width=2, strong=True), TableColumn("criterion", say("Criterion"), width=2),
        TableColumn("value", say("Score"), "number"), TableColumn("low", say("Lowest"), "number"), TableColumn("high", say("Highest"), "number"),
        TableColumn("unit", say("Unit")), TableColumn("sureness", say("Sureness")),
        TableColumn("evidence", say("Evidence"), width=4),
    )  # fmt: skip
    return Table("evidence", say("Evidence of scores"), columns, rows, wide=True)


def place(each: results.RankedTechnology) -> Place | None:
    """The rank as a reader sees it: a shared one is marked."""
    return None if each.rank is None else Place(each.rank, each.tied)


def remark(each: results.RankedTechnology, language: Language) -> str:
    """What a reader should know about a place in the ranking."""
    if each.failed:
        return language.say("did not pass: {gates}", gates=language.listing(each.failed))
    if each.rank is None and each.unknown:
        return language.say_n("one score unknown", "{n} scores unknown", each.unknown)
    return language.say("tie") if each.tied else ""


def _headed(criterion: dict, language: Language) -> str:
    name = criterion["short"] or criterion["name"]
    return language.say("{name} ({unit})", name=name, unit=criterion["unit"]) if criterion["unit"] else name
