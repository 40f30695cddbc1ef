"""What good looks like between the branches of the criteria tree, computed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import Finding, Place, State
from tna_desktop.kernel.text import half_up, message
from tna_desktop.kernel.workflow import Workflow

from .. import reading, results
from ..balance import balance


def branches_weigh_fairly(session: Session, workflow: Workflow, step: str) -> Finding:
    """No branch weighs more only because it has more criteria; the rule is told in criteria.balance.

    Where people weighed branch by branch, a branch has the weight they gave it, however many criteria hang on it.
    """
    name = "branches_weigh_fairly"
    weights, tops = results.weights(session, workflow), reading.top_group(session)
    branches: dict[str, list[results.CriterionWeight]] = {}
    for each in weights.criteria:
        branches.setdefault(tops.get(each.group_id or "", ""), []).append(each)
    if not weights.criteria or weights.origin == results.NONE:
        return Finding(name, State.OPEN, message("There are no weights yet."), (Place(step),))
    if len(branches) < 2:
        return Finding(name, State.GOOD, message("All criteria stand in one branch, so none can outweigh another."))
    found = balance([(id, [each.share for each in inside]) for id, inside in branches.items()])
    heavy = [each for each in found if each.by_number_only]
    if heavy and weights.origin == results.SET and _asked_by_branch(session):
        return Finding(
            name, State.GOOD, message("The branches were weighed themselves, so each has the weight it was given.")
        )
    if not heavy:
        if weights.origin == results.EQUAL:
            return Finding(
                name, State.OPEN, message("No weight is set yet; as it stands, no branch outweighs the others.")
            )
        return Finding(name, State.GOOD, message("No branch weighs more only because it has more criteria."))
    names = {row["id"]: row["name"] for row in reading.groups(session)}
    worst = max(heavy, key=lambda each: each.weight)
    values = {
        "share": half_up(worst.weight, 2) * 100,
        "count": worst.criteria,
        "all": len(weights.criteria),
    }
    if worst.id:
        text = message(
            "“{name}” has {share} % of the weight because {count} of {all} criteria stand in it, not because each matters more.",
            name=names.get(worst.id, ""),
            **values,
        )
    else:
        text = message(
            "The criteria without a group have {share} % of the weight because they are {count} of {all}, not because each matters more.",
            **values,
        )
    return Finding(
        name,
        State.ATTENTION,
        text,
        tuple(Place(step, branches[each.id][0].id, "weight") for each in heavy),
    )


def _asked_by_branch(session: Session) -> bool:
    """Whether all ballots of the round that is shown were answered branch by branch."""
    shown = reading.shown_round(session)
    rows = reading.ballots(session, shown.id) if shown is not None else []
    answered = [row for row in rows if row.answers]
    return bool(answered) and all(row.level == "tree" for row in answered)


CHECKS = {branches_weigh_fairly.__name__: branches_weigh_fairly}
