"""What may be done in stage 2. Each function is one entry in the log and one step of undo."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.text import message
from tna_desktop.kernel.workflow import Entry, Workflow

from ..reading import CRITERION_FIELDS
from ..tables import CriteriaGroup, Criterion, Gate
from .lock import refuse_if_locked, refuse_loss_if_locked

#: What a copy of a criterion does not take along: what was weighed, and where in the library it came from.
NOT_COPIED = ("id", "weight", "weight_reason", "catalogue_key")


@operation("Criteria group added")
def add_group(session: Session, name: str, **values: Any) -> str:
    return records.add(session, CriteriaGroup, name=name, **values).id


@operation("Criteria group changed")
def change_group(session: Session, id: str, **values: Any) -> None:
    """Change a group; a group cannot be put below itself, nor below one of its own branches."""
    _refuse_loop(session, id, values.get("parent_id"))
    records.change(session, CriteriaGroup, id, **values)


@operation("Criterion added")
def add_criterion(session: Session, name: str, **values: Any) -> str:
    if values.get("weight") is not None:
        refuse_if_locked(session)
    record = records.add(session, Criterion, name=name, **values)
    _check_ends(record.low, record.high)
    return record.id


@operation("Criterion added")
def add_listed_criterion(session: Session, name: str, group: str = "", **values: Any) -> str:
    """Add a criterion of a list that names its group; a group that is not there yet is made."""
    if group.strip():
        values["group_id"] = _group_named(session, group)
    return add_criterion(session, name, **values)


@operation("Criterion duplicated")
def duplicate_criterion(session: Session, id: str) -> str:
    """A copy of a criterion right after it, with its scale and what the scores mean; weights and scores stay behind."""
    record = records.fetch(session, Criterion, id)
    values = {name: getattr(record, name) for name in CRITERION_FIELDS if name not in NOT_COPIED}
    new = records.add(session, Criterion, **values)
    records.move(session, Criterion, new.id, id)
    return new.id


@operation("Criterion changed")
def change_criterion(session: Session, id: str, **values: Any) -> None:
    """Change a criterion; its weight only as long as the weights are not locked."""
    before = records.fetch(session, Criterion, id).weight
    record = records.change(session, Criterion, id, **values)
    if record.weight != before:
        refuse_if_locked(session)
    if "low" in values or "high" in values:
        _check_ends(record.low, record.high)


@operation("Criterion moved")
def place_criterion(session: Session, id: str, group_id: str | None, after: str | None = None) -> None:
    """Put a criterion into a group, after another one of it; with ``after`` None it stands there first."""
    records.move(session, Criterion, id, after)
    record = records.fetch(session, Criterion, id)
    record.group_id = records.fetch(session, CriteriaGroup, group_id).id if group_id else None


@operation("Criteria group moved")
def place_group(session: Session, id: str, parent_id: str | None, after: str | None = None) -> None:
    """Put a branch, with all that hangs below it, below another one (None: at the top), after a branch there."""
    _refuse_loop(session, id, parent_id)
    records.move(session, CriteriaGroup, id, after)
    branch = records.fetch(session, CriteriaGroup, id)
    branch.parent_id = records.fetch(session, CriteriaGroup, parent_id).id if parent_id else None
    session.flush()
    session.expire_all()  # it hangs on another branch now: lists that were read before are out of date


@operation("Criteria moved")
def place_entries(session: Session, ids: Iterable[str], group_id: str | None, after: str | None = None) -> int:
    """Put criteria and branches into one branch, in their order, as one change; what hangs below comes along."""
    wanted = list(dict.fromkeys(ids))
    branches = [id for id in wanted if session.get(CriteriaGroup, id) is not None]
    loose = [id for id in wanted if id not in branches]
    above = {row.id: row.parent_id for row in session.scalars(select(CriteriaGroup))}
    homes = {row.id: row.group_id for row in session.scalars(select(Criterion).where(Criterion.id.in_(loose)))}
    after_branch, after_leaf = (after, None) if after in above else (None, after)
    moved = 0
    for id in branches:
        if not _hangs_on(above, above.get(id), branches):
            place_group(session, id, group_id, after_branch)
            after_branch, moved = id, moved + 1
    for id in loose:
        if not _hangs_on(above, homes.get(id), branches):
            place_criterion(session, id, group_id, after_leaf)
            after_leaf, moved = id, moved + 1
    about(session, str(moved))
    return moved


@operation("Criteria removed")
def remove_entries(session: Session, ids: Iterable[str]) -> int:
    """Remove groups with all that hangs on them, and criteria of other groups, as one change."""
    wanted = list(ids)
    refuse_loss_if_locked(session, wanted)
    inside = records.remove(session, Criterion, wanted)
    return inside + records.remove(session, CriteriaGroup, wanted)


@operation("Model criteria added")
def add_model_criteria(session: Session, workflow: Workflow, keys: Iterable[str]) -> int:
    """Take criteria of the catalogue over, with their groups, anchors and sources; each only once.

    The workflow's texts are taken as they are, so hand in the one in the language of the document.
    """
    there = set(session.scalars(select(Criterion.catalogue_key)))
    wanted = [entry for entry in workflow.catalogue("criteria").entries if entry.key in set(keys) - there]
    for entry in wanted:
        group = _group_from_catalogue(session, workflow, entry.get("group", ""))
        anchors = {f"anchor_{step}": text for step, text in (entry.get("anchors") or {}).items()}
        low, high = _scale_ends(workflow, entry)
        records.add(
            session,
            Criterion,
            name=entry.name,
            short=entry.short,
            definition=entry.definition,
            source=entry.source,
            group_id=group,
            direction=entry.get("direction", "benefit"),
            unit=entry.get("unit", ""),
            low=low,
            high=high,
            applies_to=entry.get("applies_to", "all"),
            catalogue_key=entry.key,
            **anchors,
        )
    about(session, str(len(wanted)))
    return len(wanted)


@operation("Model gates added")
def add_model_gates(session: Session, workflow: Workflow, keys: Iterable[str] | None = None) -> int:
    """Take gates of the catalogue over (None: all of them), each only once."""
    there = set(session.scalars(select(Gate.catalogue_key)))
    entries = workflow.catalogue("gates").entries
    chosen = {entry.key for entry in entries} if keys is None else set(keys)
    wanted = [entry for entry in entries if entry.key in chosen - there]
    for entry in wanted:
        records.add(
            session,
            Gate,
            name=entry.name,
            question=entry.get("question", entry.definition),
            source=entry.source,
            applies_to=entry.get("applies_to", "all"),
            catalogue_key=entry.key,
        )
    about(session, str(len(wanted)))
    return len(wanted)


@operation("Gate added")
def add_gate(session: Session, name: str, **values: Any) -> str:
    return records.add(session, Gate, name=name, **values).id


@operation("Gate changed")
def change_gate(session: Session, id: str, **values: Any) -> None:
    records.change(session, Gate, id, **values)


@operation("Gate removed")
def remove_gates(session: Session, ids: list[str]) -> int:
    return records.remove(session, Gate, ids)


@operation("Gate moved")
def move_gate(session: Session, id: str, after: str | None) -> None:
    records.move(session, Gate, id, after)


def _check_ends(low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low >= high:
        raise Refused(message("The low end of the scale must be below the high end."), "high")


def _hangs_on(above: Mapping[str, str | None], group: str | None, branches: Collection[str]) -> bool:
    """Whether a branch, or one above it, is among these."""
    while group is not None:
        if group in branches:
            return True
        group = above.get(group)
    return False


def _refuse_loop(session: Session, id: str, parent_id: str | None) -> None:
    """A branch hangs neither on itself nor on what hangs below it."""
    if parent_id == id:
        raise Refused(message("A group cannot stand below itself."), "parent_id")
    above = parent_id
    while above:
        branch = records.fetch(session, CriteriaGroup, above)
        above = branch.parent_id
        if above == id:
            own, other = (
                records.fetch(session, CriteriaGroup, id),
                records.fetch(session, CriteriaGroup, parent_id or ""),
            )
            raise Refused(
                message(
                    "“{other}” hangs below “{name}”, so “{name}” cannot be put below it.",
                    other=other.name,
                    name=own.name,
                ),
                "parent_id",
            )


def _group_named(session: Session, name: str) -> str:
    """The first group of this name in the order of the tree, made where there is none."""
    wanted = " ".join(name.split())
    for group in session.scalars(select(CriteriaGroup).order_by(CriteriaGroup.rank)):
        if group.name.casefold() == wanted.casefold():
            return group.id
    try:
        return records.add(session, CriteriaGroup, name=wanted).id
    except Refused as refused:
        raise Refused(refused.reason, "group") from None


def _group_from_catalogue(session: Session, workflow: Workflow, key: str) -> str | None:
    entry = workflow.catalogue("criteria_groups").find(key)
    if entry is None:
        return None
    found = session.scalars(select(CriteriaGroup).where(CriteriaGroup.catalogue_key == key)).first()
    if found is None:
        found = records.add(
            session, CriteriaGroup, name=entry.name, short=entry.short, definition=entry.definition, catalogue_key=key
        )
    return found.id


def _scale_ends(workflow: Workflow, entry: Entry) -> tuple[float | None, float | None]:
    scale = workflow.catalogue("scales").find(entry.get("scale"))
    return (scale.get("low"), scale.get("high")) if scale else (None, None)
