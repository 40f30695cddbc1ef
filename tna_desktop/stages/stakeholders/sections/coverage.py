"""The section on coverage and roles: who takes part in which stage and how, the bodies, the balance. No persons."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Section
from tna_desktop.reports.table import Table, TableColumn, printed

from .. import reading, results
from ..results import Balance, Coverage


def coverage_section(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """Roles by stage, bodies and balance; None while neither a role nor a body is noted."""
    found, bodies = results.coverage_by_stage(session, workflow), reading.bodies(session)
    roles = any(found.everyone.counts.values())
    if not roles and not bodies:
        return None
    tables: list[Table] = []
    if roles:
        tables += [coverage_table(session, workflow, language), level_table(session, workflow, language)]
    if bodies:
        tables.append(printed(body_table(session, workflow, language), "sector", "task", "lead"))
    return Section(
        language.say("How they take part"),
        (
            *(_roles_sentences(found, workflow, language) if roles else ()),
            *_balance_sentences(results.balance(session, workflow), language),
        ),
        tables=tuple(tables),
    )


def tables(session: Session, workflow: Workflow, language: Language) -> list[Table]:
    """The tables of this step for the workbook; those without any row are left out."""
    made = (role_table, coverage_table, level_table, body_table, region_table)
    return [table for table in (make(session, workflow, language) for make in made) if table.rows]


def role_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How each stakeholder takes part in each stage; empty where it has no part."""
    say, named = language.say, workflow.name
    rows = [
        (
            person.name,
            named("stakeholder_groups", person.group),
            *(named("stage_roles", person.roles.get(stage.key, "")) for stage in workflow.stages),
        )
        for person in reading.participants(session)
        if person.roles
    ]
    columns = (
        TableColumn("name", say("Stakeholder"), width=3, strong=True),
        TableColumn("group", say("Group"), width=2),
        *(TableColumn(stage.key, stage.title, width=1.2) for stage in workflow.stages),
    )
    return Table("stage_roles", say("Roles by stage"), columns, rows, wide=True)


def coverage_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How many of each group take part in each stage."""
    say, found = language.say, results.coverage_by_stage(session, workflow)
    rows = [
        (group.name or say("No group"), *(group.taking_part(stage) for stage in found.stages))
        for group in found.groups
        if group.stakeholders
    ]
    columns = (
        TableColumn("group", say("Group"), width=3, strong=True),
        *(TableColumn(stage.key, stage.title, "number", 0) for stage in workflow.stages),
    )
    total = (say("All groups"), *(found.everyone.taking_part(stage) for stage in found.stages))
    return Table("coverage", say("Stakeholders who take part, by group and stage"), columns, rows, total=total)


def level_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How many stakeholders have each role in each stage."""
    say, everyone = language.say, results.coverage_by_stage(session, workflow).everyone
    rows = [
        (entry.name, *(everyone.counts[stage.key][entry.key] for stage in workflow.stages))
        for entry in workflow.catalogue("stage_roles").entries
        if any(counts[entry.key] for counts in everyone.counts.values())
    ]
    columns = (
        TableColumn("role", say("How they take part"), width=3, strong=True),
        *(TableColumn(stage.key, stage.title, "number", 0) for stage in workflow.stages),
    )
    return Table("stage_levels", say("Stakeholders by role and stage"), columns, rows)


def body_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """Steering body, coordinator, core team and working groups: who leads, how many sit in it, what it does."""
    say, named = language.say, workflow.name
    rows = [
        (
            body["name"],
            named("body_kinds", body["kind"]),
            named("sectors", body["sector"]),
            body["lead"],
            len(body["members"]),
            body["task"],
        )
        for body in reading.bodies(session)
    ]
    columns = (
        TableColumn("name", say("Body"), width=2, strong=True),
        TableColumn("kind", say("Kind"), width=1.5),
        TableColumn("sector", say("Sector"), width=1.5),
        TableColumn("lead", say("Led by"), width=2),
        TableColumn("members", say("Members"), "number", 0),
        TableColumn("task", say("Task"), width=2.5),
    )
    return Table("bodies", say("Bodies of the assessment"), columns, rows, wide=True)


def region_table(session: Session, workflow: Workflow, language: Language) -> Table:
    """How many stakeholders there are in each region, and for how many it is not said."""
    say, regions = language.say, results.balance(session, workflow).regions
    known = any(not share.unknown for share in regions)
    rows = [(share.name or say("Not said"), share.count) for share in regions] if known else []
    columns = (
        TableColumn("region", say("Region"), width=3, strong=True),
        TableColumn("count", say("Stakeholders"), "number", 0),
    )
    return Table("regions", say("Stakeholders by region"), columns, rows)


def _roles_sentences(found: Coverage, workflow: Workflow, language: Language) -> list[str]:
    say, everyone = language.say, found.everyone
    given = sum(1 for person in everyone.stakeholders if any(person.roles.get(stage) for stage in found.stages))
    sentences = [
        say(
            "{given} of {all} stakeholders have a part in at least one stage.",
            given=given,
            all=len(everyone.stakeholders),
        )
    ]
    undecided = [stage.title for stage in workflow.stages if not everyone.counts[stage.key]["decide"]]
    if undecided:
        sentences.append(say("It is not said who decides in {stages}.", stages=undecided))
    return sentences


def _balance_sentences(found: Balance, language: Language) -> list[str]:
    """What is known of women and men and of places; what is not known is said as unknown."""
    say, sentences = language.say, []
    sexes = {share.key: share.count or 0 for share in found.sexes}
    if sexes:
        values = {
            "women": language.say_n("one woman", "{n} women", sexes["female"]),
            "men": language.say_n("one man", "{n} men", sexes["male"]),
        }
        others = sexes.get("other", 0)
        counted = (
            say(
                "Among the contacts there are {women}, {men} and {others}.",
                others=language.say_n("one other person", "{n} other persons", others),
                **values,
            )
            if others
            else say("Among the contacts there are {women} and {men}.", **values)
        )
        sentences.append(
            say("{counted} For {unknown} it is not said.", counted=counted, unknown=sexes[""])
            if sexes.get("")
            else counted
        )
    known = [share for share in found.regions if not share.unknown]
    if known:
        sentences.append(
            language.say_n(
                "The stakeholders come from one region; for {unknown} of them the region is not said.",
                "The stakeholders come from {n} regions; for {unknown} of them the region is not said.",
                len(known),
                unknown=sum(share.count or 0 for share in found.regions if share.unknown),
            )
            if len(known) < len(found.regions)
            else language.say_n(
                "The stakeholders come from one region.", "The stakeholders come from {n} regions.", len(known)
            )
        )
    return sentences
