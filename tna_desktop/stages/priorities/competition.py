"""Who competes with whom: all technologies together, or only those alike in reach, in time horizon, or in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment, records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import Language, language, message
from tna_desktop.kernel.workflow import Workflow

from . import reading
from .tables import Competition

ALL, REACH, TERM, BOTH = "", "reach", "term", "reach_term"
WAYS = (ALL, REACH, TERM, BOTH)
#: What technologies are told apart by, and the workflow's list for it.
_LISTS = {REACH: "reach", TERM: "terms"}
_PARTS = {ALL: (), REACH: (REACH,), TERM: (TERM,), BOTH: (REACH, TERM)}


@dataclass(frozen=True)
class Rule:
    """How the team lets technologies compete, and why."""

    within: str = ALL
    reason: str = ""


@dataclass(frozen=True)
class CompetingGroup:
    """Technologies that compete with each other and with no other one.

    ``reach`` and ``term`` are named in the workflow's words: empty where it is not said of these technologies, None
    where the team does not tell technologies apart by it. ``members`` are ids, in the order of the long list, also of
    those that fail a gate.
    """

    key: str
    reach: str | None
    term: str | None
    members: tuple[str, ...]

    def called(self, language: Language) -> str:
        """The group's name as a heading."""
        say = language.say
        if self.reach is None:
            return self.term or say("Time horizon not said")
        reach = self.reach or say("Reach not said")
        if self.term is None:
            return reach
        return say("{reach}, {term}", reach=reach, term=self.term or say("time horizon not said"))


def competition(session: Session) -> Rule:
    """Which technologies compete with each other; all of them as long as the team says nothing else."""
    row = session.execute(select(Competition.within, Competition.reason).order_by(Competition.id)).first()
    return Rule(row.within, row.reason) if row and row.within in WAYS else Rule()


@operation("Who competes changed")
def compete_within(session: Session, within: str, reason: str = "", decided_by: str = "") -> None:
    """Let all technologies compete, or only those alike in ``within``; with a reason it stands in the decision log too."""
    if within not in WAYS:
        raise Refused(message("Technologies can compete all together, or by reach, by time horizon, or by both."))
    row = session.scalars(select(Competition).order_by(Competition.id)).first()
    if row is None:
        records.add(session, Competition, within=within, reason=reason)
    else:
        records.change(session, Competition, row.id, within=within, reason=reason)
    words = way_words(within, language(assessment.facts(session).language))
    if reason.strip():
        assessment.record_decision(
            session, what=words, reason=reason, decided_by=decided_by, step="priorities.ranking", kind="competition",
        )  # fmt: skip
    about(session, words)


def way_words(within: str, language: Language) -> str:
    """A way to compete, as a choice."""
    say = language.say
    return {
        REACH: say("Only technologies of the same reach compete"),
        TERM: say("Only technologies of the same time horizon compete"),
        BOTH: say("Only technologies of the same reach and time horizon compete"),
    }.get(within, say("All technologies compete together"))


def alike_words(within: str, language: Language) -> str:
    """The same in two or three words, for a control."""
    say = language.say
    return {REACH: say("same reach"), TERM: say("same time horizon"), BOTH: say("same reach and time horizon")}.get(
        within, say("all together")
    )


def groups_of(
    technologies: Sequence[Mapping[str, Any]], within: str, workflow: Workflow | None = None
) -> tuple[CompetingGroup, ...]:
    """The groups within which technologies compete, in the order of the workflow's lists; what is unsaid comes last.

    ``technologies`` say their id, reach and term. None at all where all compete together.
    """
    parts = _PARTS.get(within, ())
    if not parts:
        return ()
    held: dict[tuple[str, ...], list[str]] = {}
    for row in technologies:
        held.setdefault(tuple(row[part] or "" for part in parts), []).append(row["id"])
    lists = [_names(part, workflow) for part in parts]

    def order(key: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
        return tuple(
            (list(names).index(each) if each in names else len(names) + (not each), each)
            for each, names in zip(key, lists, strict=True)
        )

    found = []
    for key in sorted(held, key=order):
        named = {part: names.get(each, each) for part, each, names in zip(parts, key, lists, strict=True)}
        found.append(CompetingGroup("/".join(key) or "-", named.get(REACH), named.get(TERM), tuple(held[key])))
    return tuple(found)


def _names(part: str, workflow: Workflow | None) -> dict[str, str]:
    return {} if workflow is None else {each.key: each.name for each in workflow.catalogue(_LISTS[part]).entries}


def competing_groups(session: Session, workflow: Workflow | None = None) -> tuple[CompetingGroup, ...]:
    """The groups that compete as the team wants it; none where all compete together."""
    within = competition(session).within
    return groups_of(reading.technologies(session), within, workflow) if within else ()


def members(session: Session, workflow: Workflow | None = None) -> dict[str, tuple[str, ...]]:
    """By the key of each competing group the ids of its technologies; empty where all compete together."""
    return {each.key: each.members for each in competing_groups(session, workflow)}
