"""What stage 2 shows on the wall: the tree, the weights of groups, and what to talk about; never one person's answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tna_desktop.kernel.projected import (
    Branch,
    Disputed,
    Figure,
    Hidden,
    Projection,
    Statement,
    Tree,
    WeightRow,
    Weights,
)
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from . import reading, results
from .limits import spread_limit

#: The columns that may reach the wall, by table; of ballots only how many there are in each group.
FIELDS = {
    "criteria_group": ("id", "rank", "name", "short", "parent_id"),
    "criterion": ("id", "rank", "name", "short", "group_id", "definition", "weight"),
    "group_weight": ("criterion_id", "group", "weight"),
    "weighing_round": ("number", "revealed", "closed"),
    "ballot": ("group",),
}


def tree(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The criteria by branch; with their weights once any are agreed."""
    weights = results.weights(session, workflow)
    shares = {each.id: each.share for each in weights.criteria}
    said = weights.origin == results.SET
    groups = reading.groups(session)
    parents = {group["id"]: group["parent_id"] for group in groups}
    tops = reading.top_group(session)
    criteria = reading.criteria(session)
    sums: dict[str | None, float] = {}
    for row in criteria:
        above = row["group_id"]
        while above:
            sums[above] = sums.get(above, 0.0) + shares[row["id"]]
            above = parents.get(above)

    def words(share: float) -> str:
        return language.percent(share) if said else ""

    branches = []
    for top in (group for group in groups if not group["parent_id"]):
        leaves: list[tuple[str, str, int]] = []
        for group in (each for each in groups if tops[each["id"]] == top["id"]):
            deep = group["depth"]
            if deep:
                leaves.append((group["name"], words(sums.get(group["id"], 0.0)), deep - 1))
            leaves += [
                (row["name"], words(shares[row["id"]]), deep) for row in criteria if row["group_id"] == group["id"]
            ]
        branches.append(Branch(top["name"], words(sums.get(top["id"], 0.0)), tuple(leaves)))
    loose = tuple((row["name"], words(shares[row["id"]]), 0) for row in criteria if not row["group_id"])
    if loose:
        branches.append(Branch(language.say("Without a group"), "", loose))
    return Projection((Tree(tuple(branches)),) if branches else ())


def weights(session: Session, workflow: Workflow, language: Language) -> Projection:
    """The weights as shapes on a line; while a round is hidden, only how many answers are in."""
    hidden = _hidden(session, workflow, language)
    if hidden:
        return Projection((hidden,))
    rows = _rows(session, workflow, language)
    return Projection((Weights(rows),) if rows else (), "", _legend(workflow, rows))


def agreement(session: Session, workflow: Workflow, language: Language) -> Projection:
    """One disputed criterion a page, the widest spread first; what the groups of the round before said beside it."""
    hidden = _hidden(session, workflow, language)
    if hidden:
        return Projection((hidden,))
    found = results.agreement(session, workflow, threshold=spread_limit(workflow))
    if found is None:
        return Projection((Statement((language.say("No group has weighed every criterion yet."),)),))
    rows = {row.id: row for row in _rows(session, workflow, language)}
    before = _before(session, workflow)
    definitions = {row["id"]: row["definition"] for row in reading.criteria(session)}
    names = {entry.key: entry.short or entry.name for entry in workflow.catalogue("stakeholder_groups").entries}
    by_id = {each.id: each for each in found.criteria}
    pages = []
    for id in found.disputed:
        each = by_id[id]
        lines = (
            language.say(
                "{group} gives most: {share}",
                group=names.get(each.highest_group, each.highest_group),
                share=language.percent(each.highest),
            ),
            language.say(
                "{group} gives least: {share}",
                group=names.get(each.lowest_group, each.lowest_group),
                share=language.percent(each.lowest),
            ),
        )
        spread = language.say("{points} points apart", points=language.number(each.spread, 0))
        pages.append(Disputed(rows[id], definitions[id], spread, lines, before.get(id, ())))
    open_ones = set(found.disputed) - reading.settled(session)
    if open_ones:
        sentence = language.say_n("One criterion needs a discussion", "{n} criteria need a discussion", len(open_ones))
    else:
        sentence = language.say_n(
            "The disputed criterion is settled", "All {n} disputed criteria are settled", len(pages)
        )
    if not pages:
        return Projection((Statement((language.say("No criterion is disputed."),)),), "", ())
    return Projection(tuple(pages), sentence, _legend(workflow, tuple(rows.values())))


def _rows(session: Session, workflow: Workflow, language: Language) -> tuple[WeightRow, ...]:
    found = results.weights(session, workflow)
    limit = spread_limit(workflow)
    tops = reading.top_group(session)
    rows = []
    for place, each in enumerate(found.criteria):
        following = found.criteria[place + 1].group_id if place + 1 < len(found.criteria) else None
        ends = place + 1 < len(found.criteria) and tops.get(following or "") != tops.get(each.group_id or "")
        apart = each.spread is not None and each.spread > limit
        rows.append(
            WeightRow(
                each.id,
                each.name,
                language.percent(each.share),
                tuple(each.groups.items()),
                each.share if found.origin == results.SET else None,
                language.say("Discuss") if apart else "",
                ends,
            )
        )
    return tuple(rows)


def _hidden(session: Session, workflow: Workflow, language: Language) -> Hidden | None:
    """What is said of a round that is not revealed yet, also before anybody answered; None when there is none."""
    current = reading.current_round(session)
    if current is None or current.revealed:
        return None
    counts = reading.ballot_counts(session, current.id)
    figures = tuple(
        Figure(language.number(counts[entry.key]), entry.short or entry.name)
        for entry in workflow.catalogue("stakeholder_groups").entries
        if counts.get(entry.key)
    )
    count = sum(counts.values())
    line = language.say_n(
        "Round {round}: one answer is in. Nothing is shown until the round is revealed.",
        "Round {round}: {n} answers are in. Nothing is shown until the round is revealed.",
        count,
        round=current.number,
    )
    return Hidden(line, figures)


def _before(session: Session, workflow: Workflow) -> dict[str, tuple[tuple[str, float], ...]]:
    """What each group gave in the revealed round before the one shown, by criterion."""
    shown = [each for each in reading.rounds(session) if each.revealed]
    if len(shown) < 2:
        return {}
    found: dict[str, list[tuple[str, float]]] = {}
    for group, voice in results.group_weights(session, workflow, shown[-2].id).items():
        for criterion, share in voice.shares.items():
            found.setdefault(criterion, []).append((group, share))
    return {id: tuple(each) for id, each in found.items()}


def _legend(workflow: Workflow, rows: tuple[WeightRow, ...]) -> tuple[tuple[str, str], ...]:
    present = {group for row in rows for group, _ in row.voices}
    entries = workflow.catalogue("stakeholder_groups").entries
    return tuple((entry.key, entry.short or entry.name) for entry in entries if entry.key in present)


VIEWS = {"tree": tree, "weights": weights, "agreement": agreement}
