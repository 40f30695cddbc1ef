"""What stage 5 shows on the wall: the actions in time with who leads, and how much of the whole is funded."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import Figure, Projection, Span, Statement, Timeline
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from ..barriers import reading as barriers_reading
from ..stakeholders import reading as stakeholders_reading
from ..stakeholders.withholding import withheld
from . import reading, results

#: The columns that may reach the wall, by table; of money only the share that is funded, and the sums of all.
FIELDS = {
    "action": ("id", "name", "short", "lead_id", "start", "end", "technology_id", "measure_id"),
    "stakeholder": ("name", "short"),
    "measure": ("id", "policy_need"),
}


def plan(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The actions as bars in time; one of a withheld technology is left out."""
    hidden = withheld(session, language)
    money = {each.id: each for each in results.budget(session).actions}
    rules = {row["id"] for row in barriers_reading.policy_needs(session)}
    short = {row["name"]: row["short"] or row["name"] for row in stakeholders_reading.register(session)}
    spans = []
    for row in reading.actions(session):
        if row["id"] in hidden or row["technology_id"] in hidden or row["measure_id"] in hidden:
            continue
        cost = money[row["id"]].cost if row["id"] in money else None
        funded = min(1.0, money[row["id"]].funded / cost) if cost else None
        spans.append(
            Span(
                row["id"],
                row["short"] or row["name"],
                short.get(row["lead"], row["lead"]),
                row["start"],
                row["end"],
                funded,
                row["measure_id"] in rules,
            )
        )
    days = [day for span in spans for day in (span.start, span.end) if day]
    years = tuple(range(min(days).year, max(days).year + 1)) if days else ()
    return Projection((Timeline(tuple(spans), date.today(), years),))


def budget(session: Session, workflow: Workflow, language: Language) -> Projection:
    """What the plan costs, what is funded and what is missing; amounts of single actions stay on the laptop."""
    found = results.budget(session)
    if not found.costed:
        return Projection((Statement((language.say("No cost is known yet."),)),))
    figures = (
        Figure(language.money(found.cost, found.currency), language.say("known cost")),
        Figure(language.money(found.covered, found.currency), language.say("with a source")),
        Figure(language.money(found.gap, found.currency), language.say("still without a source"), found.gap > 0),
    )
    lines = (
        (language.say_n("One action has no cost yet.", "{n} actions have no cost yet.", found.uncosted),)
        if found.uncosted
        else ()
    )
    return Projection((Statement(lines, figures),))


VIEWS = {"plan": plan, "budget": budget}
