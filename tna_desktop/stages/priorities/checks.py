"""What good looks like in stage 3, computed. Each check is named in the workflow, with its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from tna_desktop.kernel.assessment import decisions
from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import Message, half_up, message, message_n
from tna_desktop.kernel.workflow import Workflow

from ..criteria import reading as criteria_reading
from . import checks_alike, reading, results


def sectors_scored(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every sector has an answer to every question."""
    rows = results.sector_ranking(session, workflow)
    if not any(row.value is not None for row in rows):
        return _open("sectors_scored", step, message("No sector is fully scored yet."))
    return _each(
        "sectors_scored", step, [row.id for row in rows if row.value is None], "", message("Every sector is scored."),
        "One sector is not fully scored.", "{n} sectors are not fully scored.",
    )  # fmt: skip


def sectors_chosen(session: Session, workflow: Workflow, step: str, *, at_least: int = 1, at_most: int = 5) -> Finding:
    """Some sectors are chosen, and few enough to be worked on."""
    count = sum(row["chosen"] for row in reading.sectors(session))
    return _between(
        "sectors_chosen",
        step,
        count,
        at_least,
        at_most,
        message_n("One sector is chosen.", "{n} sectors are chosen.", count),
    )


def sector_choice_reasoned(session: Session, workflow: Workflow, step: str) -> Finding:
    """For every chosen sector it is written why."""
    chosen = [row for row in reading.sectors(session) if row["chosen"]]
    if not chosen:
        return _open("sector_choice_reasoned", step, message("No sector is chosen yet."))
    return _each(
        "sector_choice_reasoned", step, [row["id"] for row in chosen if not row["reason"]], "reason",
        message("For every chosen sector it is written why."),
        "For one chosen sector the reason is missing.", "For {n} chosen sectors the reason is missing.",
    )  # fmt: skip


def technologies_enough(session: Session, workflow: Workflow, step: str, *, at_least: int = 6) -> Finding:
    """The long list is long enough to choose from."""
    count = len(reading.technologies(session))
    text = message_n("There is one technology on the list.", "There are {n} technologies on the list.", count)
    state = State.GOOD if count >= at_least else State.ATTENTION if count else State.OPEN
    return Finding("technologies_enough", state, text, () if state is State.GOOD else (Place(step),))


def technologies_described(session: Session, workflow: Workflow, step: str) -> Finding:
    """Each technology says what it is, where it would be used, when, and how far it is hardware, know-how and organisation."""
    rows = reading.technologies(session)
    if not rows:
        return _open("technologies_described", step, message("There are no technologies yet."))
    wanted = ("definition", "place", "term", "hardware")
    lacking = [
        (row["id"], next(name for name in wanted if row[name] in ("", None)))
        for row in rows
        if any(row[name] in ("", None) for name in wanted)
    ]
    if not lacking:
        return Finding("technologies_described", State.GOOD, message("Every technology is described."))
    text = message_n(
        "One technology lacks its description, place, time horizon or shares.",
        "{n} technologies lack their description, place, time horizon or shares.", len(lacking),
    )  # fmt: skip
    return Finding(
        "technologies_described", State.ATTENTION, text, tuple(Place(step, id, field) for id, field in lacking)
    )


def hardware_not_alone(session: Session, workflow: Workflow, step: str, *, at_most_share: float = 0.6) -> Finding:
    """The list holds know-how and organisation too, not hardware alone."""
    shares = [row["hardware"] for row in reading.technologies(session) if row["hardware"] is not None]
    if not shares:
        return _open(
            "hardware_not_alone", step, message("The shares of hardware, know-how and organisation are not known yet.")
        )
    share = sum(shares) / len(shares)
    text = message("On average {share} % of a technology is hardware.", share=f"{half_up(share * 100):.0f}")
    good = share <= at_most_share
    return Finding("hardware_not_alone", State.GOOD if good else State.ATTENTION, text, () if good else (Place(step),))


def gates_answered(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every technology was held against every gate."""
    rows, gates, answers = reading.technologies(session), criteria_reading.gates(session), reading.gate_answers(session)
    if not gates:
        return _open("gates_answered", step, message("There are no gates to pass yet."))
    if not rows or not answers:
        return _open("gates_answered", step, message("No technology was held against the gates yet."))
    lacking = [
        row["id"] for row in rows
        if any(answers.get((row["id"], gate["id"]), ("",))[0] in ("", reading.NOT_ASSESSED) for gate in gates if reading.gate_applies(gate, row))
    ]  # fmt: skip
    return _each(
        "gates_answered", step, lacking, "", message("Every technology was held against every gate."),
        "One technology was not held against every gate.", "{n} technologies were not held against every gate.",
    )  # fmt: skip


def scores_complete(session: Session, workflow: Workflow, step: str, *, at_least_share: float = 0.9) -> Finding:
    """Nearly all scores are known."""
    matrix = reading.matrix(session)
    size, known = matrix.asked(), matrix.known()
    if not known:
        return _open("scores_complete", step, message("Nothing is scored yet."))
    if known == size:
        return Finding(
            "scores_complete", State.GOOD, message_n("The one score is known.", "All {n} scores are known.", size)
        )
    text = message("{known} of {all} scores are known; the others count as unknown.", known=known, all=size)
    empty = [
        Place(step, t["id"], c["id"])
        for t in matrix.technologies
        for c in matrix.criteria
        if not matrix.cell(t["id"], c["id"]).known
    ]
    return Finding(
        "scores_complete", State.GOOD if known >= at_least_share * size else State.ATTENTION, text, tuple(empty[:20])
    )


def scores_evidenced(session: Session, workflow: Workflow, step: str, *, at_least_share: float = 0.3) -> Finding:
    """Enough scores carry a note of the evidence behind them."""
    matrix = reading.matrix(session)
    scored = [cell for cell in matrix.cells.values() if cell.value is not None]
    if not scored:
        return _open("scores_evidenced", step, message("Nothing is scored yet."))
    noted = sum(bool(cell.evidence) for cell in scored)
    text = message("{noted} of {all} scores carry a note of their evidence.", noted=noted, all=len(scored))
    good = noted >= at_least_share * len(scored)
    return Finding("scores_evidenced", State.GOOD if good else State.ATTENTION, text, () if good else (Place(step),))


def ranking_computable(session: Session, workflow: Workflow, step: str) -> Finding:
    """Every technology that passed the gates has a value and a rank, among others to compete with."""
    found = results.ranking(session, workflow)
    if not found.computable or not reading.matrix(session).known():
        return _open(
            "ranking_computable",
            step,
            message("There is nothing to rank yet: it takes technologies, criteria, weights and scores."),
        )
    open_ones = [each for each in found.technologies if each.rank is None and not each.failed]
    if not open_ones:
        return _all_ranked(found)
    text = message_n(
        "One technology has unknown scores, so it shows a range and no rank.",
        "{n} technologies have unknown scores, so they show a range and no rank.", len(open_ones),
    )  # fmt: skip
    return Finding(
        "ranking_computable", State.ATTENTION, text, tuple(Place("priorities.scores", each.id) for each in open_ones)
    )


def _all_ranked(found: results.Ranking) -> Finding:
    alone = [part.alone for part in found.apart if part.alone is not None]
    if not alone:
        return Finding("ranking_computable", State.GOOD, message("Every technology can be ranked."))
    text = message_n(
        "Nothing competes with {name}: it is the only one in its group, so its rank says nothing.",
        "Nothing competes with {n} technologies, such as {name}: each is the only one in its group, so its rank says "
        "nothing.", len(alone), name=alone[0].name,
    )  # fmt: skip
    places = tuple(Place("priorities.longlist", each.id, "reach") for each in alone)
    return Finding("ranking_computable", State.ATTENTION, text, places)


def shortlist_chosen(
    session: Session, workflow: Workflow, step: str, *, at_least: int = 2, at_most: int = 10
) -> Finding:
    """Some technologies are shortlisted, and few enough to plan for."""
    count = len(reading.shortlist(session))
    return _between(
        "shortlist_chosen",
        step,
        count,
        at_least,
        at_most,
        message_n("One technology is shortlisted.", "{n} technologies are shortlisted.", count),
    )


def departures_reasoned(session: Session, workflow: Workflow, step: str) -> Finding:
    """Where the shortlist departs from the ranking, it is written why."""
    found = results.ranking(session, workflow)
    if not any(each.shortlisted for each in found.technologies):
        return _open("departures_reasoned", step, message("No technology is shortlisted yet."))
    departures = found.departures()
    if not departures:
        return Finding("departures_reasoned", State.GOOD, message("The shortlist follows the ranking."))
    lacking = [each.id for each in departures if not each.shortlist_reason]
    return _each(
        "departures_reasoned", step, lacking, "shortlist_reason", message("Every departure from the ranking has its reason."),
        "One technology departs from the ranking without a reason.", "{n} technologies depart from the ranking without a reason.",
    )  # fmt: skip


def near_ties_discussed(session: Session, workflow: Workflow, step: str, *, within_points: float = 2) -> Finding:
    """The last one chosen and the first one left out are not so close that chance decides."""
    found = results.ranking(session, workflow)
    if not found.cut:
        return _open("near_ties_discussed", step, message("No technology is shortlisted yet."))
    if found.cut == len(found.ranked):
        return Finding("near_ties_discussed", State.GOOD, message("Every ranked technology is shortlisted."))
    decided = any(
        decision["kind"] == "shortlist" and decision["reason"] for decision in decisions(session, "priorities.ranking")
    )
    # Where groups compete apart, each has a line of its own.
    lines = [
        (part.ranked[part.cut - 1], part.ranked[part.cut]) for part in found.apart if 0 < part.cut < len(part.ranked)
    ]
    near = [
        (last, first) for last, first in lines
        if (last.value or 0) - (first.value or 0) <= within_points
        and not (last.shortlist_reason or first.shortlist_reason or decided)
    ]  # fmt: skip
    if not near:
        return Finding(
            "near_ties_discussed",
            State.GOOD,
            message("The shortlist ends at a clear gap, or the choice has its reason."),
        )
    last, first = near[0]
    text = message(
        "{last} and {first} are a near tie: {points} points apart.",
        last=last.name,
        first=first.name,
        points=half_up((last.value or 0) - (first.value or 0), 1),
    )
    return Finding("near_ties_discussed", State.ATTENTION, text, tuple(Place(step, last.id) for last, _ in near))


def _open(name: str, step: str, text: Message) -> Finding:
    return Finding(name, State.OPEN, text, (Place(step),))


def _between(name: str, step: str, count: int, least: int, most: int, text: Message) -> Finding:
    if not count:
        return _open(name, step, text)
    good = least <= count <= most
    return Finding(name, State.GOOD if good else State.ATTENTION, text, () if good else (Place(step),))


def _each(name: str, step: str, lacking: Sequence[Any], field: str, good: Message, one: str, many: str) -> Finding:
    if not lacking:
        return Finding(name, State.GOOD, good)
    return Finding(
        name,
        State.ATTENTION,
        message_n(one, many, len(lacking)),
        tuple(Place(step, id, field or None) for id in lacking),
    )


CHECKS = {
    check.__name__: check
    for check in (
        sectors_scored, sectors_chosen, sector_choice_reasoned, technologies_enough, technologies_described, hardware_not_alone,
        gates_answered, scores_complete, scores_evidenced, ranking_computable, shortlist_chosen, departures_reasoned, near_ties_discussed,
    )
} | checks_alike.CHECKS  # fmt: skip
