"""The columns of the long list, and how a list of technologies comes in from a worksheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tna_desktop.kernel.text import Language, message
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.cell_values import Choice, Column, Row, unknown
from tna_desktop.ui.pasting import Entry, Plan, Problem

from ..competition import ALL, BOTH, groups_of
from ..reading_longlist import OPEN, WAITING, WITHHELD, ConsentStatus, GateStatus
from ..score_table import same_name
from .grouped_table import GroupedExchange, GroupedTable, Grouping
from .wording import SHARES, share_names

_HIDDEN = -1
#: Facets that are picked from a list of the workflow.
LISTS = {
    "purpose": "purposes", "maturity": "maturities", "market": "market_categories", "ownership": "ownerships",
    "term": "terms", "reach": "reach",
}  # fmt: skip


def facet_names(language: Language, workflow: Workflow) -> dict[str, str]:
    """What the columns, and the keys of their lists, are called."""
    say = language.say
    names = {
        "name": say("Technology"), "short": say("Short name"), "definition": say("What it is"), "sector_id": say("Sector"),
        "biome": say("Ecosystem programme"), "place": say("Place or ecosystem"), "purpose": say("Purpose"),
        "shares": say("Nature"), "traditional": say("Traditional"), "genetic_resources": say("Genetic resources"),
        "traditional_knowledge": say("Traditional knowledge"), "ownership": say("Ownership"), "maturity": say("Maturity"),
        "market": say("Market category"), "term": say("Time horizon"), "reach": say("Reach"), "status": say("Status here"),
        "costs": say("Costs"), "benefits": say("Benefits"), "risks": say("Risks"), "suppliers": say("Possible suppliers"),
        "sources": say("Sources"), "shortlisted": say("Shortlist"), "shortlist_reason": say("Reason"),
        "catalogue_key": say("Example"),
    }  # fmt: skip
    for catalogue in (*LISTS.values(), "gate_answers", "score_states"):
        names |= {entry.key: entry.name for entry in workflow.catalogue(catalogue).entries if entry.key not in names}
    return names


def columns(language: Language, workflow: Workflow, sectors: Any) -> list[Column]:
    """The facets as columns; those that are not shown at first can be, and all of them can be pasted and imported."""
    say = language.say
    title = facet_names(language, workflow)

    def listed(key: str, width: int, least: int, *names: str) -> Column:
        choices = [Choice(entry.key, entry.name, short=entry.short) for entry in workflow.catalogue(LISTS[key]).entries]
        return Column(key, title[key], "choice", width, choices=choices, least=least, names=names)

    def hidden(key: str, kind: str = "long", *names: str) -> Column:
        return Column(key, title[key], kind, 160, least=_HIDDEN, names=names)

    biomes = [Choice(e.key, e.name) for e in workflow.catalogue("sectors").entries if e.get("kind") == "biome"]
    return [
        Column("name", title["name"], width=206, strong=True, required=True, names=(say("Name"), say("Title")), short="short", lines=2),
        Column("definition", title["definition"], "long", 176, lines=2, names=(say("Definition"), say("Description"))),
        Column("gates", say("Gates"), "computed", 104, help=say("Conditions that no score can outweigh; they come before scoring.")),
        Column("sector_id", title["sector_id"], "choice", 126, choices=sectors),
        Column("shares", title["shares"], "shares", 90, help=", ".join(share_names(language))),
        listed("purpose", 130, 960),
        Column("traditional", title["traditional"], "flag", 80, least=1060, help=say("A traditional or indigenous technology")),
        Column("genetic_resources", title["genetic_resources"], "flag", 116, least=1240, help=say("Uses genetic resources, or knowledge that goes with them")),
        Column("consent", say("Consent"), "computed", 120, least=1340, help=say("Whether what it carries may be shown; it is recorded under stage 1.")),
        listed("maturity", 124, 1440),
        listed("term", 112, 1540, say("Term")),
        listed("reach", 112, 1640, say("Scale")),
        Column("place", title["place"], width=140, least=1760),
        hidden("short", "text"),
        Column("biome", title["biome"], "choice", 140, choices=biomes, least=_HIDDEN),
        hidden("traditional_knowledge", "flag"),
        listed("ownership", 140, _HIDDEN, say("Rights"), say("Intellectual property")),
        listed("market", 140, _HIDDEN, say("Market")),
        hidden("status"), hidden("costs", "long", say("Cost")), hidden("benefits", "long", say("Benefit")),
        hidden("risks", "long", say("Risk")), hidden("suppliers", "text", say("Suppliers"), say("Supplier")),
        hidden("sources", "long", say("Source"), say("References")),
    ]  # fmt: skip


def gate_words(language: Language, status: GateStatus) -> str:
    """The gates of a technology in two words."""
    say, say_n = language.say, language.say_n
    if not status.gates:
        return ""
    if status.failed:
        return say("Does not pass")
    if status.unanswered:
        return say_n("{n} open", "{n} open", len(status.unanswered))
    return say("On conditions") if status.conditional else say("Passes")


def consent_words(language: Language, status: ConsentStatus | None) -> str:
    """How it stands with consent, in two words."""
    say = language.say
    if status is None:
        return ""
    words = {WITHHELD: say("Withheld"), OPEN: say("May be shown"), WAITING: say("Nobody asked yet")}
    return words.get(status.state, "")


def by_comparability(language: Language, workflow: Workflow, within: str = ALL) -> Grouping:
    """The groups within which technologies compete, or could: those of one reach and one time horizon are comparable."""
    say, say_n = language.say, language.say_n

    def grouped(rows: Sequence[Row]) -> Iterator[tuple[str, str, list[Row]]]:
        by_id = {row.id: row for row in rows}
        alike = [{"id": row.id, "reach": row.values["reach"], "term": row.values["term"]} for row in rows]
        for group in groups_of(alike, within or BOTH, workflow):
            those = [by_id[id] for id in group.members]
            if len(those) == 1 and within:
                count = say("one technology, nothing competes with it")
            elif len(those) == 1:
                count = say("one technology, nothing to compare it with")
            elif within:
                count = say_n("{n} technology", "{n} technologies that compete", len(those))
            else:
                count = say_n("{n} technology", "{n} technologies to compare", len(those))
            yield group.key, say("{group}: {count}", group=group.called(language), count=count), those

    return grouped


class TechnologyExchange(GroupedExchange):
    """A list of technologies: rows already on the long list are met by name, and only what they lack is filled in."""

    met = 0

    def listed_columns(self) -> list[Column]:
        say = self.language.say
        names = {
            "hardware": (say("Hard"),),
            "software": (say("Soft"), "know-how", "software"),
            "orgware": (say("Organisational"), "orgware"),
        }
        shares = [
            Column(key, title, "number", 90, names=names[key])
            for key, title in zip(SHARES, share_names(self.language), strict=True)
        ]
        return [*self._table.model.columns, *shares]

    def _options(self, column: Column) -> Any:
        return column.options() if column.key in SHARES else super()._options(column)

    def _tried(self, plan: Plan, columns: Sequence[Column]) -> Plan:
        """Shares come as per cent or as parts of one; a name on the list is completed, never overwritten or doubled."""
        if any(entry.id is not None for entry in plan.entries):  # cells pasted into rows that are there
            return super()._tried(plan, columns)
        title = next(column.title for column in columns if column.key == "name")
        titles = {column.key: column.title for column in columns}
        here = {same_name(str(row.values["name"])): row for row in self._table.rows()}
        seen: dict[str, int] = {}
        ready = Plan([], list(plan.problems))
        for entry in plan.entries:
            name = str(entry.values.get("name", ""))
            key = same_name(name)
            values = dict(self._shared(entry, ready, titles))
            if key in seen:
                reason = message("Row {row} has the same name; this row is left out.", row=seen[key])
                ready.problems.append(Problem(entry.line, title, name, reason))
                continue
            seen[key] = entry.line
            if key not in here:
                ready.entries.append(Entry(entry.line, values))
                continue
            told = len(ready.problems)
            lacking = self._lacking(entry, values, here[key], ready, titles)
            if lacking:
                ready.entries.append(Entry(entry.line, lacking, here[key].id))
            elif len(ready.problems) == told:
                reason = message("This is on the list already, and nothing new is said about it.")
                ready.problems.append(Problem(entry.line, title, name, reason))
        result = super()._tried(ready, columns)
        self.met = sum(entry.id is not None for entry in result.entries)
        return result

    def _shared(self, entry: Entry, plan: Plan, titles: dict[str, str]) -> Iterable[tuple[str, Any]]:
        """The values with the three shares as parts of one, or without any where they do not add up."""
        values = dict(entry.values)
        given = [values.pop(name, None) for name in SHARES]
        known = [share for share in given if share is not None]
        if not known:
            return values.items()
        whole = 100 if max(known) > 1 or sum(known) > 1.5 else 1
        if len(known) == 2:
            given = [whole - sum(known) if share is None else share for share in given]
        parts = [share / whole for share in given if share is not None]
        if len(parts) < 3 or min(parts) < 0 or abs(sum(parts) - 1) > 0.005:
            reason = message("The shares of hardware, know-how and organisation must add up to one hundred per cent.")
            shown = " / ".join(f"{share:g}" for share in known)
            plan.problems.append(Problem(entry.line, titles["hardware"], shown, reason))
            return values.items()
        return [*values.items(), *zip(SHARES, parts, strict=True)]

    def _lacking(
        self, entry: Entry, values: dict[str, Any], row: Row, plan: Plan, titles: dict[str, str]
    ) -> dict[str, Any]:
        """Of the new values those the row does not have; what differs stays as it is here, and is told."""
        lacking: dict[str, Any] = {}
        for name, value in values.items():
            before = row.values.get(name)
            if name == "name" or unknown(value) or value is False or value == before:
                continue
            if unknown(before) or before is False:
                lacking[name] = value
            elif name not in SHARES:
                reason = message("The list says something else here already; that stays.")
                plan.problems.append(Problem(entry.line, titles.get(name, name), str(value), reason))
        if not all(name in lacking for name in SHARES):
            lacking = {name: value for name, value in lacking.items() if name not in SHARES}
        return lacking

    def _add_words(self, number: int) -> str:
        if not self.met:
            return super()._add_words(number)
        say = self.language.say
        if self.met == number:
            return say("Complete {counted}", counted=self._table.words.counted(number))
        return say("Add {new}, complete {met}", new=number - self.met, met=self.met)


class LongListTable(GroupedTable):
    """The table of technologies."""

    def make_exchange(self) -> TechnologyExchange:
        self.worksheet = TechnologyExchange(self)
        return self.worksheet


__all__ = ["LongListTable", "by_comparability", "columns", "consent_words", "facet_names", "gate_words"]
