"""The rooms of the sample: how Kelvara's map was drawn, who took which part, who met, on what terms, and how they weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .kernel.text import message
from .paths import resource
from .stages.criteria import operations as criteria
from .stages.priorities.operations import ANSWER, set_scores
from .stages.priorities.operations_pictures import add_picture
from .stages.priorities.operations_sectors import GOAL, answer_for_group, change_goals
from .stages.stakeholders import operations as stakeholders
from .stages.stakeholders.tables import Attendance

FACILITATOR, SECRETARIAT, STEERING = "Facilitator", "Secretariat", "Steering group"
PANEL = "Scoring panel"
NOT_COUNTED, NO_PART = "?", "-"


def map_drawn(story: Any, found: dict[str, Any]) -> None:
    """What assessors placed on their own, and then the place the team agreed on."""
    for assessor, places in found["placements"].items():

        def place_all(session: Session, assessor: str = assessor, places: dict[str, Any] = places) -> None:
            stakeholders.add_assessor(session, assessor)
            for key, (interest, influence) in places.items():
                stakeholders.place_stakeholder(session, story.id("stakeholder", key), influence, interest, assessor)

        story.several(message("Stakeholders placed on the map"), "", FACILITATOR, place_all)

    def agree(session: Session) -> None:
        for key, (interest, influence) in found["map"].items():
            stakeholders.place_stakeholder(session, story.id("stakeholder", key), influence, interest)
        for key in found["not_placed"]:
            stakeholders.take_off_map(session, story.id("stakeholder", key))

    story.several(message("Stakeholders placed on the map"), str(len(found["map"])), FACILITATOR, agree)
    story.close_step("stakeholders.map")


def parts_given(story: Any, found: dict[str, Any]) -> None:
    """The part of each in the six stages, and the bodies with who leads them."""

    def roles(session: Session) -> None:
        stages = [stage.key for stage in story.workflow.stages]
        for key, given in found["roles"].items():
            for role in dict.fromkeys(given):
                if role != NO_PART:
                    there = [stage for stage, part in zip(stages, given, strict=True) if part == role]
                    stakeholders.set_stage_roles(session, [story.id("stakeholder", key)], there, role)

    def bodies(session: Session) -> None:
        for row in found["bodies"]:
            id = stakeholders.add_body(
                session, row["name"], kind=row["kind"], sector=row.get("sector", ""), task=row["task"]
            )
            members = [story.id("stakeholder", key) for key in row["members"]]
            stakeholders.choose_members(session, id, members)
            stakeholders.change_body(session, id, lead_id=story.id("stakeholder", row["lead"]))

    story.several(message("Roles in stages given"), str(len(found["roles"])), FACILITATOR, roles)
    story.several(message("Bodies added"), str(len(found["bodies"])), SECRETARIAT, bodies)
    story.close_step("stakeholders.coverage")


def meetings_held(story: Any, found: dict[str, Any]) -> None:
    """The plan of engagement, and the meetings with who was invited and who came."""

    def plan(session: Session) -> None:
        for key, values in found["engagement"].items():
            stakeholders.change_stakeholder(session, story.id("stakeholder", key), **values)

    story.several(message("Engagement planned"), str(len(found["engagement"])), FACILITATOR, plan)
    for row in found["meetings"]:
        story.several(message("Meeting added"), row["name"], FACILITATOR, _meeting(story, row))
    story.close_step("stakeholders.engagement")


def _meeting(story: Any, row: dict[str, Any]) -> Callable[[Session], None]:
    def add(session: Session) -> None:
        values = {name: value for name, value in row.items() if name not in ("name", "came", "invited", "held_on")}
        id = stakeholders.add_meeting(session, row["name"], held_on=date.fromisoformat(row["held_on"]), **values)
        guests = [story.id("stakeholder", key) for key in (*row["came"], *row["invited"])]
        stakeholders.invite(session, id, guests)
        entries = {
            each.stakeholder_id: each.id
            for each in session.scalars(select(Attendance).where(Attendance.meeting_id == id))
        }
        for key, (women, men) in row["came"].items():
            counts = {} if women == NOT_COUNTED else {"women": women, "men": men}
            stakeholders.note_presence(session, entries[story.id("stakeholder", key)], present=True, **counts)

    return add


def consents_recorded(story: Any, found: dict[str, Any]) -> None:
    """Whose knowledge it is and on what terms; what may not be shown is withheld from every output."""

    def record(session: Session) -> None:
        for row in found["consents"]:
            values = {
                name: value for name, value in row.items() if name not in ("kind", "record", "stakeholder", "given_on")
            }
            (id,) = stakeholders.begin_consents(session, [(row["kind"], story.id(row["kind"], row["record"]))])
            stakeholders.change_consent(
                session,
                id,
                stakeholder_id=story.id("stakeholder", row["stakeholder"]),
                given_on=date.fromisoformat(row["given_on"]),
                **values,
            )

    story.several(message("Consent recorded"), str(len(found["consents"])), SECRETARIAT, record)
    story.close_step("stakeholders.consent")


def goals_served(story: Any, session: Session, row: dict[str, Any]) -> None:
    """Which goals of the scope a sector serves, beside what is written there."""
    wanted = {GOAL + goal: True for goal in row.get("serves", ())}
    if wanted:
        change_goals(session, story.id("sector", row["library"]), **wanted)


def sectors_answered(story: Any, found: dict[str, Any]) -> None:
    """What every group answered about the sectors before the team agreed."""
    questions = [entry.key for entry in story.workflow.catalogue("sector_questions").entries]
    for group, sectors in found["sector_answers"].items():

        def answer(session: Session, group: str = group, sectors: dict[str, list[Any]] = sectors) -> None:
            for sector, given in sectors.items():
                said = zip(questions, given, strict=True)
                values = {ANSWER + question: value for question, value in said if value != NOT_COUNTED}
                answer_for_group(session, story.workflow, group, story.id("sector", sector), **values)

        name = story.workflow.name("stakeholder_groups", group)
        story.several(message("Sector answered for a group"), name, FACILITATOR, answer)


def pictures_added(story: Any, found: dict[str, Any]) -> None:
    """Small drawings at some of the technologies."""

    def add(session: Session) -> None:
        for row in found["pictures"]:
            content = resource("examples", "kelvara", "pictures", row["file"]).read_bytes()
            add_picture(session, story.id("technology", row["technology"]), content, row["name"])

    story.several(message("Picture added"), str(len(found["pictures"])), PANEL, add)


def voices_scored(story: Any, found: dict[str, Any]) -> None:
    """What some groups scored on their own before the panel agreed."""

    def score(session: Session) -> None:
        for group, technologies in found["voices"].items():
            cells = [
                (story.id("technology", technology), story.id("criterion", criterion), {"value": value})
                for technology, given in technologies.items()
                for criterion, value in given.items()
            ]
            set_scores(session, cells, voice=group)

    names = [story.workflow.name("stakeholder_groups", group) for group in found["voices"]]
    story.several(message("Scores set"), ", ".join(names), FACILITATOR, score)


def first_round(story: Any, found: dict[str, Any], order: Sequence[str]) -> str:
    """Paper ballots of a hundred points, hidden until all were in; answers the second round, which it opens."""
    first = story.do(criteria.open_round, author=FACILITATOR)
    nodes = [story.id("criterion", key) for key in order]
    rows = [
        (group, voter, [(node, "", "points", float(value)) for node, value in zip(nodes, points, strict=True)], True)
        for group, voters in found["first_round"].items()
        for voter, points in voters.items()
    ]
    story.do(criteria.record_ballots, first, "points", "criteria", rows, author=FACILITATOR)
    story.do(criteria.reveal_round, first, author=FACILITATOR)
    story.do(criteria.close_round, first, author=FACILITATOR)
    return story.do(criteria.open_round, author=FACILITATOR)
