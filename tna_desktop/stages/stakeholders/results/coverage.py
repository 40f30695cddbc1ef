"""What the step coverage computes: who takes part in which stage and how, what is suggested, and the balance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.kernel.workflow import Workflow

from .. import reading
from .engagement import participation

#: A role in the register, or else a level of engagement, means this role in a stage (proposed by TNA Desktop).
BY_ROLE = {"decide": "decide", "advise": "involve", "consulted": "consult", "informed": "inform"}
BY_ENGAGEMENT = {
    "lead": "decide",
    "collaborate": "involve",
    "involve": "involve",
    "consult": "consult",
    "inform": "inform",
}
#: Who scores does so where weights and scores are given, and is at least involved everywhere else.
SCORES, SCORING_STAGES, BESIDES_SCORING = "score", ("criteria", "priorities"), "involve"


@dataclass(frozen=True)
class GroupRoles:
    """One group (an empty key: no group) and how its stakeholders take part: ``counts`` is role -> number by stage.

    ``gap`` is the recorded reason why nobody of it takes part; ``needs_reason`` says that one is missing.
    """

    key: str
    name: str
    stakeholders: tuple[reading.Participant, ...]
    counts: dict[str, Counter[str]]
    gap: str = ""
    needs_reason: bool = False

    def taking_part(self, stage: str) -> int:
        """How many of the group have a role in a stage."""
        return sum(self.counts[stage].values())


@dataclass(frozen=True)
class Coverage:
    """Groups by stage. ``everyone`` adds all groups up; ``suggested`` are roles by (stakeholder, stage) for empty cells."""

    stages: tuple[str, ...]
    groups: tuple[GroupRoles, ...]
    everyone: GroupRoles
    suggested: dict[tuple[str, str], str]


def coverage_by_stage(session: Session, workflow: Workflow) -> Coverage:
    """Who takes part in which stage and how, by group in the workflow's order."""
    people = reading.participants(session)
    stages = tuple(stage.key for stage in workflow.stages)
    groups = [
        _roles(each.key, each.name, [p for p in people if p.group == each.key], stages, each.gap, each.required)
        for each in reading.groups(session, workflow)
    ]
    known = {group.key for group in groups}
    without = [person for person in people if person.group not in known]
    if without:
        groups.append(_roles("", "", without, stages))
    if not people:  # an empty register is not a register with gaps
        groups = [_roles(group.key, group.name, [], stages, group.gap) for group in groups]
    return Coverage(stages, tuple(groups), _roles("", "", people, stages), suggestions(people, workflow))


def _roles(
    key: str,
    name: str,
    people: list[reading.Participant],
    stages: tuple[str, ...],
    gap: str = "",
    required: bool = False,
) -> GroupRoles:
    counts = {stage: Counter(each.roles[stage] for each in people if each.roles.get(stage)) for stage in stages}
    return GroupRoles(key, name, tuple(people), counts, gap if not people else "", required and not people and not gap)


def suggestions(people: list[reading.Participant], workflow: Workflow) -> dict[tuple[str, str], str]:
    """Roles by (stakeholder, stage) where none is said, from the role and else the engagement in the register."""
    offered = {entry.key for entry in workflow.catalogue("stage_roles").entries}
    found = {}
    for person in people:
        for stage in workflow.stages:
            role = suggested(person, stage.key)
            if role in offered and not person.roles.get(stage.key):
                found[person.id, stage.key] = role
    return found


def suggested(person: reading.Participant, stage: str) -> str:
    """The role the register speaks for in one stage; empty when it says nothing."""
    if person.role == SCORES:
        return SCORES if stage in SCORING_STAGES else BESIDES_SCORING
    return BY_ROLE.get(person.role) or BY_ENGAGEMENT.get(person.engagement, "")


# Balance -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """One bar of a balance. ``count`` None: nobody counted. ``unknown``: those for whom it is not said."""

    key: str
    name: str
    count: int | None
    unknown: bool = False


@dataclass(frozen=True)
class Balance:
    """Stakeholders by group and by region, contacts by sex, and women and men counted at meetings.

    ``known`` of ``stakeholders`` have a region and at least one contact. A share of nobody is not a share.
    """

    stakeholders: int
    known: int
    groups: tuple[Share, ...]
    sexes: tuple[Share, ...]
    attendance: tuple[Share, ...]
    uncounted: int
    regions: tuple[Share, ...]


def balance(session: Session, workflow: Workflow) -> Balance:
    """How the register is made up, with what is not known told apart from what is none."""
    people = reading.participants(session)
    found = reading.groups(session, workflow)
    groups = [Share(group.key, group.name, group.count) for group in found]
    without = len(people) - sum(group.count for group in found)
    if without:
        groups.append(Share("", "", without, True))
    sexes = reading.contact_sexes(session)
    unknown = sum(sexes.values()) - sexes["female"] - sexes["male"] - sexes["other"]
    shares = [Share("female", "", sexes["female"]), Share("male", "", sexes["male"])]
    if sexes["other"]:
        shares.append(Share("other", "", sexes["other"]))
    if unknown:
        shares.append(Share("", "", unknown, True))
    came = participation(session, workflow)[1]
    nobody = came.women is None and came.men is None
    counted = () if nobody else (Share("female", "", came.women), Share("male", "", came.men))
    return Balance(
        len(people),
        sum(1 for person in people if person.region and person.contacts),
        tuple(groups),
        tuple(shares) if sum(sexes.values()) else (),
        counted,
        came.uncounted,
        _regions(people),
    )


def _regions(people: list[reading.Participant]) -> tuple[Share, ...]:
    """Regions as they are written, whatever the capitals: the most frequent first, the unknown last."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for person in people:
        if person.region:
            key = " ".join(person.region.casefold().split())
            names.setdefault(key, person.region)
            counts[key] += 1
    shares = [Share(key, names[key], n) for key, n in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    unknown = len(people) - counts.total()
    if unknown:
        shares.append(Share("", "", unknown, True))
    return tuple(shares)
