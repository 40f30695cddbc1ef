"""What stage 5 computes: what the plan costs, who pays, what is missing, and whether the plan is complete.

Amounts are added in decimal digits, as people typed them, so that 0.1 and 0.2 make 0.3 and an action that is paid
for to the cent has no gap. Nothing is rounded. An unknown cost is left out of every sum and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from . import reading


@dataclass(frozen=True)
class ActionMoney:
    """An action's cost (None: unknown), the money found for it, and what is still missing (None: not known)."""

    id: str
    name: str
    technology_id: str | None
    technology: str
    cost: float | None
    funded: float
    secured: float
    gap: float | None
    surplus: float

    @property
    def over_funded(self) -> bool:
        return self.surplus > 0


@dataclass(frozen=True)
class Part:
    """A line of the budget: a source, a year or a technology. ``key`` None: it was not said which.

    ``by_source`` has the money found by source. For a source, ``cost`` and ``gap`` are zero: it has only money.
    """

    key: Any
    name: str
    cost: float
    funded: float
    secured: float
    gap: float
    by_source: dict[str, float]


@dataclass(frozen=True)
class Budget:
    """The money of the whole plan.

    ``cost`` is the sum of the known costs, ``covered`` how much of it has a source (never more than each action
    costs), ``gap`` what is missing of it. ``funded`` is all money found, also beyond a cost or for an unknown one.
    ``uncosted`` actions have no cost, ``unknown_amounts`` sources no amount.
    """

    currency: str
    actions: tuple[ActionMoney, ...]
    cost: float
    funded: float
    secured: float
    covered: float
    gap: float
    sources: tuple[Part, ...]
    years: tuple[Part, ...]
    technologies: tuple[Part, ...]
    costed: int
    uncosted: int
    unknown_amounts: int

    @property
    def complete(self) -> bool:
        """Whether every cost and every amount is known."""
        return not self.uncosted and not self.unknown_amounts

    @property
    def covered_share(self) -> float | None:
        """How much of the known cost has a source; None when nothing is known."""
        return self.covered / self.cost if self.cost else None


def budget(session: Session, currency: str | None = None) -> Budget:
    """The plan's money by source, by year and by technology, and the gap of each action.

    Money belongs to the year it was entered for. A gap has no year of its own: it is spread over the months of its
    action, and what has no dates stands under a year that is not known.
    """
    if currency is None:
        from tna_desktop.kernel import assessment

        currency = assessment.facts(session).currency
    actions, fundings = reading.actions(session), reading.fundings(session)
    known = [row for row in fundings if row["amount"] is not None]
    lines = [(row, *_money(row, [each for each in known if each["action_id"] == row["id"]])) for row in actions]
    sources = list(dict.fromkeys(row["source"] for row in known))
    years: dict[int | None, _Sums] = {}
    technologies: dict[str | None, _Sums] = {}
    home = {row["id"]: row["technology_id"] for row in actions}
    names = {row["technology_id"]: row["technology"] for row in actions}
    for row in known:
        years.setdefault(row["year"], _Sums()).pay(row)
        technologies.setdefault(home[row["action_id"]], _Sums()).pay(row)
    for row, _, gap in lines:
        part = technologies.setdefault(row["technology_id"], _Sums())
        part.cost += _exact(row["cost"])
        part.gap += gap
        for year, share in _over_years(row["start"], row["end"]):
            if gap:
                years.setdefault(year, _Sums()).gap += gap * share
    by_source: dict[str, _Sums] = {source: _Sums() for source in sources}
    for row in known:
        by_source[row["source"]].pay(row)
    cost = sum((_exact(row["cost"]) for row in actions), Decimal())
    gap = sum((gap for *_, gap in lines), Decimal())
    order = [row["technology_id"] for row in actions]
    return Budget(
        currency=currency,
        actions=tuple(line for _, line, _ in lines),
        cost=float(cost),
        funded=_total(known),
        secured=_total(row for row in known if row["secured"]),
        covered=float(cost - gap),
        gap=float(gap),
        sources=tuple(sorted((sums.part(key, "") for key, sums in by_source.items()), key=lambda each: -each.funded)),
        years=tuple(
            years[year].part(year, "" if year is None else str(year), need=True)
            for year in sorted(years, key=lambda year: (year is None, year or 0))
        ),
        technologies=tuple(
            technologies[id].part(id, names.get(id, ""))
            for id in sorted(technologies, key=lambda id: (id is None, order.index(id)))
        ),
        costed=sum(1 for row in actions if row["cost"] is not None),
        uncosted=sum(1 for row in actions if row["cost"] is None),
        unknown_amounts=len(fundings) - len(known),
    )


@dataclass(frozen=True)
class Tick:
    """One of the five things a sound plan says of every action; ``lacking`` are the ids of those that do not."""

    key: str
    done: int
    all: int
    lacking: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return bool(self.all) and not self.lacking


def quality(session: Session) -> tuple[Tick, ...]:
    """The five ticks: lead, dates, cost, source of money, indicator; each asked of every action."""
    actions = reading.actions(session)
    paid = {row["action_id"] for row in reading.fundings(session) if row["source"]}
    asked = (
        ("lead_id", lambda row: bool(row["lead_id"])),
        ("dates", lambda row: bool(row["start"] and row["end"])),
        ("cost", lambda row: row["cost"] is not None),
        ("source", lambda row: row["id"] in paid),
        ("indicator", lambda row: bool(row["indicator"])),
    )
    ticks = []
    for key, says in asked:
        lacking = tuple(row["id"] for row in actions if not says(row))
        ticks.append(Tick(key, len(actions) - len(lacking), len(actions), lacking))
    return tuple(ticks)


class _Sums:
    """Decimal sums of one line of the budget while it is added up."""

    def __init__(self) -> None:
        self.cost = self.gap = self.funded = self.secured = Decimal()
        self.sources: dict[str, Decimal] = {}

    def pay(self, row: dict[str, Any]) -> None:
        amount = _exact(row["amount"])
        self.funded += amount
        self.secured += amount if row["secured"] else Decimal()
        self.sources[row["source"]] = self.sources.get(row["source"], Decimal()) + amount

    def part(self, key: Any, name: str, need: bool = False) -> Part:
        cost = self.funded + self.gap if need else self.cost
        money = {source: float(amount) for source, amount in self.sources.items()}
        return Part(key, name, float(cost), float(self.funded), float(self.secured), float(self.gap), money)


def _exact(amount: float | None) -> Decimal:
    return Decimal(repr(float(amount))) if amount is not None else Decimal()


def _total(rows: Iterable[dict[str, Any]]) -> float:
    return float(sum((_exact(row["amount"]) for row in rows), Decimal()))


def _money(action: dict[str, Any], fundings: list[dict[str, Any]]) -> tuple[ActionMoney, Decimal]:
    """What is known of one action's money, and its exact gap."""
    funded = sum((_exact(row["amount"]) for row in fundings), Decimal())
    secured = sum((_exact(row["amount"]) for row in fundings if row["secured"]), Decimal())
    known = action["cost"] is not None
    difference = _exact(action["cost"]) - funded if known else Decimal()
    gap = max(difference, Decimal())
    line = ActionMoney(
        action["id"],
        action["name"],
        action["technology_id"],
        action["technology"],
        action["cost"],
        float(funded),
        float(secured),
        float(gap) if known else None,
        float(max(-difference, Decimal())),
    )
    return line, gap


def _over_years(start: date | None, end: date | None) -> list[tuple[int | None, Decimal]]:
    """The share of an action's months that lie in each year; with one date missing, the year of the other."""
    if start is None or end is None or end < start:
        day = start or end
        return [(day.year if day else None, Decimal(1))]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    shares: list[tuple[int | None, Decimal]] = []
    for year in range(start.year, end.year + 1):
        first = start.month if year == start.year else 1
        last = end.month if year == end.year else 12
        shares.append((year, Decimal(last - first + 1) / months))
    return shares
