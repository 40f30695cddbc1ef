"""The influence map in the report: the finding, the picture, and who stands where. Assessors are never named."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.charts.influence import MOST_WITH_VALUES, Point, Words, influence_chart
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Picture, Section
from tna_desktop.reports.table import Table, TableColumn
from tna_desktop.reports.words import in_words

from ..results import map as results


def map_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """What the map says, and the map; None while nobody is placed."""
    shown_map = results.influence_map(session, workflow)
    if not shown_map.placed():
        return None
    sentences = [_counted(shown_map, language), *_found(shown_map, language)]
    return Section(
        language.say("Who decides, and who cares most"),
        tuple(sentences),
        (map_picture(shown_map, workflow, language),),
    )


def map_picture(shown_map: results.InfluenceMap, workflow: Workflow, language: Language) -> Picture:
    """The agreed places as a figure, with the sentence that says the same."""
    say, tell = language.say, language.tell
    placed = shown_map.placed()
    points = [
        Point(each.label, each.row.group, place.influence, place.interest)
        for each in placed
        if (place := each.place()) is not None
    ]
    there = {each.row.group for each in placed}
    groups = [
        (entry.key, entry.short or entry.name)
        for entry in workflow.catalogue("stakeholder_groups").entries
        if entry.key in there
    ]
    names = [tell(each) for each in results.QUADRANTS.values()]
    words = Words(
        (names[0], names[1], names[2], names[3]),
        say("Influence on decisions"),
        say("Interest in the assessment"),
        say("low"),
        say("high"),
    )
    description = _description(shown_map, language)
    svg = influence_chart(points, groups, words, language, description)
    note = say("Both values go from 1 to 5; exactly 3 counts as high. Written are influence and interest.")
    if len(points) > MOST_WITH_VALUES:
        note = say("Both values go from 1 to 5; exactly 3 counts as high.")
    return Picture("influence_map", say("Influence and interest of stakeholders"), svg, description, note)


def map_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Who stands where, by agreement of the team, the most influential first; without anyone's own opinion."""
    say, tell, named = language.say, language.tell, workflow.name
    shown_map = results.influence_map(session, workflow)
    ordered = sorted(shown_map.stakeholders, key=_weight)
    rows = []
    for each in ordered:
        place = each.place()
        rows.append(
            (
                each.row.name,
                named("stakeholder_groups", each.row.group),
                each.row.influence,
                each.row.interest,
                tell(results.QUADRANTS[place.quadrant]) if place else None,
                named("engagement_levels", each.row.engagement),
            )
        )
    columns = (
        TableColumn("name", say("Stakeholder"), width=3, strong=True),
        TableColumn("group", say("Group"), width=2),
        TableColumn("influence", say("Influence"), "number", 1),
        TableColumn("interest", say("Interest"), "number", 1),
        TableColumn("quadrant", say("Place on the map"), width=1.6),
        TableColumn("engagement", say("Engagement"), width=1.4),
    )
    note = say("Both values go from 1 to 5; exactly 3 counts as high.")
    return Table("influence_map", say("Influence and interest"), columns, rows, note=note, wide=True)


def _weight(standing: results.Standing) -> tuple[float, float]:
    """The most influential first, and those without a place last."""
    influence, interest = standing.known()
    return (-influence if influence is not None else 1.0, -interest if interest is not None else 1.0)


def _counted(shown_map: results.InfluenceMap, language: Language) -> str:
    """How many were placed, and how many of them decide together."""
    say_n = language.say_n
    together = len(results.by_quadrant(shown_map)[results.DECIDE_TOGETHER])
    return language.say(
        "{placed} on the map of influence and interest; {together} both.",
        placed=say_n(
            "One of {all} stakeholders was placed",
            "{n} of {all} stakeholders were placed",
            len(shown_map.placed()),
            n=in_words(len(shown_map.placed()), language, first=True),
            all=in_words(len(shown_map.stakeholders), language),
        ),
        together=say_n("one of them has much of", "{n} of them have much of", together, n=in_words(together, language))
        if together
        else language.say("none of them has much of"),
    )


def _found(shown_map: results.InfluenceMap, language: Language) -> list[str]:
    """What the agreed places say. How far assessors lie apart stays with the team, as their places do."""
    found = [results.voices(shown_map), results.deciders(shown_map)]
    return [language.tell(each.text) for each in found if each.state is not State.OPEN]


def _description(shown_map: results.InfluenceMap, language: Language) -> str:
    """The picture in words: who stands in which quadrant."""
    lines = [
        language.say(
            "{quadrant}: {names}.", quadrant=language.tell(results.QUADRANTS[key]), names=[each.label for each in found]
        )
        for key, found in results.by_quadrant(shown_map).items()
        if found
    ]
    return " ".join(lines)
