"""What stage 1 shows on the wall: organisations, groups, counts and ratings; never a person, a contact or a remark."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import (
    Calendar,
    Cell,
    Event,
    Figure,
    Map,
    Matrix,
    MatrixRow,
    Month,
    NameList,
    Names,
    Pill,
    Projection,
    Statement,
)
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from . import reading
from .reading import consent as consented
from .results.map import QUADRANTS
from .tables import Consent, Meeting, OverviewItem, StageRole, Stakeholder

#: The columns that may reach the wall, by table. A test holds them against the classes of the columns.
FIELDS = {
    "scope": ("purpose", "period_from", "period_to"),
    "overview_item": ("kind",),
    "stakeholder": ("id", "rank", "name", "short", "group", "influence", "interest"),
    "group_gap": ("group", "reason"),
    "stage_role": ("stakeholder_id", "stage", "role"),
    "meeting": ("name", "held_on", "place", "held", "rank"),
    "consent": ("record", "may_be_shown"),
}


def _stakeholders(session: Session) -> list[Any]:
    columns = [getattr(Stakeholder, name) for name in FIELDS["stakeholder"]]
    return list(session.execute(select(*columns).order_by(Stakeholder.rank)))


def scope(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The purpose in the team's words, the period, and how much exists already, by kind."""
    values = reading.scope(session)
    lines = [values["purpose"].split("\n")[0].strip()] if values["purpose"] else []
    first, last = values["period_from"], values["period_to"]
    if first and last:
        lines.append(language.say("From {first} to {last}.", first=str(first), last=str(last)))
    kinds = Counter(session.scalars(select(OverviewItem.kind)))
    figures = [
        Figure(language.number(kinds[entry.key]), entry.name)
        for entry in workflow.catalogue("overview_kinds").entries
        if kinds[entry.key]
    ]
    return Projection((Statement(tuple(lines), tuple(figures)),))


def register(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The names by group; a group that must take part and does not is marked, with its reason if there is one."""
    rows = _stakeholders(session)
    lists = []
    for group in reading.groups(session, workflow):
        names = tuple(row.short or row.name for row in rows if row.group == group.key)
        note = "" if names else group.gap or (language.say("None yet") if group.required else "")
        if names or note:
            lists.append(NameList(group.short, names, group.key, language.number(len(names)), note))
    known = {group.key for group in reading.groups(session, workflow)}
    loose = tuple(row.short or row.name for row in rows if row.group not in known)
    if loose:
        lists.append(NameList(language.say("Without a group"), loose, "", language.number(len(loose))))
    filled = sum(1 for each in lists if each.names and each.group)
    sentence = language.say(
        "{stakeholders} from {groups}",
        stakeholders=language.say_n("One stakeholder", "{n} stakeholders", len(rows)),
        groups=language.say_n("one group", "{n} groups", filled),
    )
    return Projection((Names(tuple(lists)),), sentence if rows else "")


def influence_map(session: Session, workflow: Workflow, language: Language) -> Projection:
    """Where the team placed everyone. What single assessors said stays on the laptop."""
    say = language.say
    rows = _stakeholders(session)
    pills = tuple(
        Pill(row.id, row.short or row.name, row.group, row.influence, row.interest)
        for row in rows
        if row.influence is not None and row.interest is not None
    )
    waiting = len(rows) - len(pills)
    engaged, together, informed, voice = (language.tell(name) for name in QUADRANTS.values())
    page = Map(
        pills,
        (engaged, together, informed, voice),
        say("Influence"),
        say("Interest"),
        say("low"),
        say("high"),
        language.say_n("One is not placed yet", "{n} are not placed yet", waiting) if waiting else "",
    )
    return Projection((page,), "", _legend(workflow, {pill.group for pill in pills}))


def coverage(session: Session, workflow: Workflow, language: Language) -> Projection:
    """How many of each group take part in each stage, and how many of them decide."""
    known = {group.key for group in reading.groups(session, workflow)}
    groups = {row.id: row.group if row.group in known else "" for row in _stakeholders(session)}
    parts: dict[tuple[str, str], Counter[str]] = {}
    for id, stage, role in session.execute(select(StageRole.stakeholder_id, StageRole.stage, StageRole.role)):
        if role and id in groups:
            parts.setdefault((groups[id], stage), Counter())[role] += 1

    def cells(key: str, present: bool) -> tuple[Cell, ...]:
        made = []
        for stage in workflow.stages:
            roles = parts.get((key, stage.key), Counter())
            count = sum(roles.values())
            deciding = roles["decide"]
            words = language.say_n("one decides", "{n} decide", deciding) if deciding else ""
            made.append(Cell(language.number(count) if count else "–", present and not count, words))
        return tuple(made)

    rows = [
        MatrixRow(group.short, cells(group.key, bool(group.count)), group.key)
        for group in reading.groups(session, workflow)
        if group.count or group.required
    ]
    if "" in groups.values():
        rows.append(MatrixRow(language.say("Without a group"), cells("", True)))
    columns = tuple(stage.title for stage in workflow.stages)
    return Projection((Matrix(columns, tuple(rows), language.say("Group")),))


def engagement(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The meetings by month: what, when and where, without anyone's name."""
    columns = (Meeting.name, Meeting.held_on, Meeting.place, Meeting.held)
    rows = session.execute(select(*columns).order_by(Meeting.rank)).all()
    months: dict[str, list[Event]] = {}
    dated = sorted((row for row in rows if row.held_on), key=lambda row: row.held_on)
    for row in dated:
        title = language.date(row.held_on, "LLLL y")
        state = language.say("held") if row.held else language.say("planned")
        months.setdefault(title, []).append(Event(language.date(row.held_on, "d MMM"), row.name, row.place, state))
    undated = [
        Event("", row.name, row.place, language.say("held") if row.held else language.say("planned"))
        for row in rows
        if not row.held_on
    ]
    if undated:
        months[language.say("Without a date")] = undated
    return Projection((Calendar(tuple(Month(title, tuple(events)) for title, events in months.items())),))


def consent(session: Session, workflow: Workflow, language: Language) -> Projection:
    """How many entries carry knowledge, and how many may be shown; never which, and never whose."""
    # A record whose entry was removed withholds nothing.
    there = {entry.id for entry in consented.entries(session)}
    records = session.execute(select(Consent.record, Consent.may_be_shown))
    rows = [row for row in records if row.record in there]
    shown = sum(1 for row in rows if row.may_be_shown)
    figures = (
        Figure(language.number(len(rows)), language.say("entries with a consent record")),
        Figure(language.number(shown), language.say("may be shown")),
        Figure(language.number(len(rows) - shown), language.say("are withheld")),
    )
    line = language.say("What is withheld is shown nowhere: not here, not in the report, not in a table.")
    return Projection((Statement((line,), figures if rows else ()),))


def _legend(workflow: Workflow, present: set[str]) -> tuple[tuple[str, str], ...]:
    entries = workflow.catalogue("stakeholder_groups").entries
    return tuple((entry.key, entry.short or entry.name) for entry in entries if entry.key in present)


VIEWS = {
    "scope": scope,
    "register": register,
    "map": influence_map,
    "coverage": coverage,
    "engagement": engagement,
    "consent": consent,
}
