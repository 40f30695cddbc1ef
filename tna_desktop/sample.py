"""The sample: an assessment of the fictional country Kelvara, made step by step by the same operations as any other.

What it says stands as plain YAML in resources/examples/kelvara. Its log reads like the log of real work, with the
roles of those who did it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from . import sample_workshop
from .beginning import begin
from .kernel import assessment
from .kernel.document import Document
from .kernel.errors import DocumentRefused
from .kernel.operation import about, operation
from .kernel.text import Message, message
from .kernel.workflow import Workflow, from_json
from .paths import resource
from .stages.actions import operations as actions
from .stages.barriers import operations as barriers
from .stages.barriers import reading as barriers_reading
from .stages.criteria import operations as criteria
from .stages.criteria import reading as criteria_reading
from .stages.priorities import operations as priorities
from .stages.priorities import reading as priorities_reading
from .stages.priorities import results_inputs
from .stages.stakeholders import operations as stakeholders
from .stages.synthesis import operations as synthesis

SECRETARIAT, FACILITATOR, PANEL, STEERING = "Secretariat", "Facilitator", "Scoring panel", "Steering group"
UNKNOWN = "unknown"


def build_sample(path: Path) -> None:
    """Write the sample as a new file, whole or not at all. Raises DocumentRefused when something is there already."""
    path = Path(path).absolute()
    if os.path.lexists(path):
        raise DocumentRefused(message("{path} exists already. Choose another name.", path=path), "changed")
    if not path.parent.is_dir():
        raise DocumentRefused(
            message("The folder {folder} is not there. Choose another place.", folder=path.parent), "missing"
        )
    document = begin(None, workflow="cbd", country="Kelvara", year=2026)
    written = False
    try:
        _Telling(document).tell()
        document.save_as(path)
        written = True
    finally:
        document.close(publish=written)


class _Telling:
    """The history of the sample, stage by stage. ``ids`` finds a record by its kind and its key in the YAML."""

    def __init__(self, document: Document):
        self.document = document
        self.whole = _read("assessment")
        self.ids: dict[tuple[str, str], str] = {}
        self.last: str | None = None  # the technology that was described last; the list keeps their order
        with document.reading() as session:
            self.workflow: Workflow = from_json(assessment.facts(session).workflow_content)

    def tell(self) -> None:
        self.stakeholders()
        self.criteria()
        self.sectors_and_technologies()
        self.scores_and_shortlist()
        self.barriers()
        self.actions()
        self.words()

    # What every stage shares -------------------------------------------------------------------------

    def do(self, function: Callable[..., Any], *args: Any, author: str, **values: Any) -> Any:
        return self.document.do(function, *args, author=author, **values).result

    def several(self, label: Message, told: str, author: str, work: Callable[[Session], Any]) -> Any:
        """Several operations as one change, under a label of its own."""

        @operation(label.text)
        def together(session: Session) -> Any:
            result = work(session)
            about(session, told)
            return result

        return self.do(together, author=author)

    def close_step(self, step: str) -> None:
        """What a step leaves in the margin and in the decision log, and that it is done."""
        for row in self.whole["notes"]:
            if row["step"] == step:
                self.do(assessment.add_note, step, row["text"], row["author"], author=row["author"])
        for row in self.whole["decisions"]:
            if row["step"] == step:
                self.do(assessment.record_decision, author=SECRETARIAT, **row, **self._rests_on(row["kind"]))
        for row in self.whole["steps_done"]:
            if row["step"] == step:
                self.do(assessment.mark_step, step, True, row["by"], author=row["by"])

    def _rests_on(self, kind: str) -> dict[str, str]:
        """The fingerprint of the data a decision on the shortlist rests on."""
        if kind not in results_inputs.KINDS:
            return {}
        with self.document.reading() as session:
            return {"inputs": results_inputs.inputs_digest(session)}

    def id(self, kind: str, key: str | None) -> str | None:
        return self.ids[kind, key] if key else None

    # Stage 1 -----------------------------------------------------------------------------------------

    def stakeholders(self) -> None:
        self.do(assessment.change_facts, author=SECRETARIAT, **self.whole["facts"])
        self.do(stakeholders.change_scope, author=SECRETARIAT, **self.whole["scope"])

        def overview(session: Session) -> None:
            for row in self.whole["overview"]:
                stakeholders.add_overview_item(session, **row)

        self.several(message("Existing options added"), str(len(self.whole["overview"])), SECRETARIAT, overview)
        self.close_step("stakeholders.scope")
        rows = _read("stakeholders")["stakeholders"]
        for group in self.workflow.catalogue("stakeholder_groups").entries:
            self.several(
                message("Stakeholders added"),
                group.name,
                FACILITATOR,
                self._group([row for row in rows if row["group"] == group.key]),
            )

        def contacts(session: Session) -> None:
            for row in rows:
                for contact in row.get("contacts", ()):
                    stakeholders.add_contact(session, self.ids["stakeholder", row["key"]], **contact)

        self.several(
            message("Contacts added"), str(sum(len(row.get("contacts", ())) for row in rows)), FACILITATOR, contacts
        )
        self.close_step("stakeholders.register")
        rooms = _read("workshop")
        sample_workshop.map_drawn(self, rooms)
        sample_workshop.parts_given(self, rooms)
        sample_workshop.meetings_held(self, rooms)

    def _group(self, rows: list[dict[str, Any]]) -> Callable[[Session], None]:
        def add(session: Session) -> None:
            for row in rows:
                values = {name: value for name, value in row.items() if name not in ("key", "contacts")}
                self.ids["stakeholder", row["key"]] = stakeholders.add_stakeholder(session, **values)

        return add

    # Stage 2 -----------------------------------------------------------------------------------------

    def criteria(self) -> None:
        found = _read("criteria")
        self.do(criteria.add_model_criteria, self.workflow, found["library"], author=FACILITATOR)
        with self.document.reading() as session:
            branches = {row["catalogue_key"]: row["id"] for row in criteria_reading.groups(session)}
            for row in criteria_reading.criteria(session):
                self.ids["criterion", row["catalogue_key"]] = row["id"]
        for row in found["own"]:
            values = {name: value for name, value in row.items() if name not in ("key", "group")}
            self.ids["criterion", row["key"]] = self.do(
                criteria.add_criterion, author=STEERING, group_id=branches[row["group"]], **values
            )
        self.do(criteria.add_model_gates, self.workflow, author=FACILITATOR)
        self.close_step("criteria.tree")
        second = sample_workshop.first_round(self, _read("workshop"), list(found["agreed"]))
        for group, weights in found["groups"].items():
            name = self.workflow.name("stakeholder_groups", group)
            self.do(criteria.set_group_weights, group, name, self._by_criterion(weights), author=FACILITATOR)
        self.do(criteria.reveal_round, second, author=FACILITATOR)
        self.do(criteria.close_round, second, author=FACILITATOR)
        self.close_step("criteria.weights")
        agreed = self._by_criterion(found["agreed"])
        reasons = self._by_criterion(found["reasons"])

        def agree(session: Session) -> None:
            for criterion_id, weight in agreed.items():
                criteria.set_weight(session, criterion_id, weight)

        self.several(message("Agreed weights set"), str(len(agreed)), STEERING, agree)
        for criterion_id, reason in reasons.items():
            self.do(criteria.agree_weight, criterion_id, agreed[criterion_id], reason, STEERING, author=STEERING)
        self.close_step("criteria.agreement")

    def _by_criterion(self, weights: dict[str, Any]) -> dict[str, Any]:
        return {self.ids["criterion", key]: weight for key, weight in weights.items()}

    # Stage 3 -----------------------------------------------------------------------------------------

    def sectors_and_technologies(self) -> None:
        found = _read("priorities")
        sectors, technologies = found["sectors"], found["technologies"]
        self.do(priorities.add_model_sectors, self.workflow, [row["library"] for row in sectors], author=FACILITATOR)
        with self.document.reading() as session:
            for row in priorities_reading.sectors(session):
                self.ids["sector", row["catalogue_key"]] = row["id"]

        def scores(session: Session) -> None:
            for row in sectors:
                for question, value in row["scores"].items():
                    priorities.score_sector(session, self.ids["sector", row["library"]], question, value)

        def needs(session: Session) -> None:
            after = None
            for row in sectors:
                id = self.ids["sector", row["library"]]
                priorities.change_sector(
                    session,
                    id,
                    **{name: value for name, value in row.items() if name not in ("library", "scores", "serves")},
                )
                sample_workshop.goals_served(self, session, row)
                priorities.move_sector(session, id, after)
                after = id

        self.several(message("Sectors described and chosen"), str(len(sectors)), FACILITATOR, needs)
        sample_workshop.sectors_answered(self, found)
        self.several(message("Sectors scored"), str(len(sectors)), STEERING, scores)
        self.close_step("priorities.sectors")

        self.do(
            priorities.add_model_technologies,
            self.workflow,
            [row["library"] for row in technologies],
            author=FACILITATOR,
        )
        with self.document.reading() as session:
            here = {row["catalogue_key"]: row["id"] for row in priorities_reading.technologies(session)}
        for row in technologies:
            self.ids["technology", row["key"]] = here[row["library"]]
        for sector in sectors:
            of_sector = [row for row in technologies if row["sector"] == sector["library"]]
            if of_sector:
                told = self.workflow.name("sectors", sector["library"])
                self.several(message("Technologies described"), told, PANEL, self._fact_sheets(of_sector))
        self.several(
            message("Gates answered"), str(len(technologies)), PANEL, self._gates(found["gates"], technologies)
        )
        sample_workshop.pictures_added(self, found)
        sample_workshop.consents_recorded(self, _read("workshop"))
        self.close_step("priorities.longlist")

    def _fact_sheets(self, rows: list[dict[str, Any]]) -> Callable[[Session], None]:
        def describe(session: Session) -> None:
            for row in rows:
                values = {name: value for name, value in row.items() if name not in ("key", "library", "sector")}
                id = self.ids["technology", row["key"]]
                priorities.change_technology(session, id, sector_id=self.ids["sector", row["sector"]], **values)
                priorities.move_technology(session, id, self.last)
                self.last = id

        return describe

    def _gates(self, answers: dict[str, Any], technologies: list[dict[str, Any]]) -> Callable[[Session], None]:
        def answer(session: Session) -> None:
            there = {row["id"]: row for row in priorities_reading.technologies(session)}
            for gate in criteria_reading.gates(session):
                for row in technologies:
                    id = self.ids["technology", row["key"]]
                    if priorities_reading.gate_applies(gate, there[id]):
                        said = answers["exceptions"].get(row["key"], {}).get(gate["catalogue_key"], answers["default"])
                        priorities.answer_gate(session, id, gate["id"], *said)

        return answer

    def scores_and_shortlist(self) -> None:
        found = _read("scores")
        sample_workshop.voices_scored(self, found)
        for key, given in found["scores"].items():
            technology = self.ids["technology", key]
            cells = [(technology, self.ids["criterion", criterion], _score(*cell)) for criterion, cell in given.items()]
            cells += [
                (technology, self.ids["criterion", criterion], {"state": "not_applicable"})
                for criterion in found["not_applicable"] if criterion not in given
            ]  # fmt: skip
            self.do(priorities.set_scores, cells, author=PANEL)
        self.close_step("priorities.scores")
        wanted = _read("priorities")["shortlist"]
        self.do(priorities.choose_shortlist, [self.ids["technology", key] for key in wanted["chosen"]], author=STEERING)
        for row in wanted["departures"]:
            self.several(message("Shortlist changed"), self._name(row["technology"]), STEERING, self._departure(row))
        self.close_step("priorities.ranking")

    def _departure(self, row: dict[str, Any]) -> Callable[[Session], None]:
        def depart(session: Session) -> None:
            id = self.ids["technology", row["technology"]]
            priorities.shortlist_technology(session, id, True, row["reason"], row["decided_by"])
            for decision in assessment.decisions(session, "priorities.ranking"):
                if decision["record"] == id:
                    assessment.change_decision(session, decision["id"], decided_on=row["decided_on"])

        return depart

    def _name(self, technology: str) -> str:
        with self.document.reading() as session:
            rows = {row["id"]: row["name"] for row in priorities_reading.technologies(session)}
        return rows[self.ids["technology", technology]]

    # Stages 4 and 5 ----------------------------------------------------------------------------------

    def barriers(self) -> None:
        found = _read("barriers")
        for key, text in found["core_problems"].items():
            self.do(barriers.write_core_problem, self.ids["technology", key], text, author=FACILITATOR)
            of_technology = [row for row in found["barriers"] if key in row["at"]]
            self.several(message("Barriers added"), self._name(key), FACILITATOR, self._tree(key, of_technology))
        self.close_step("barriers.causes")
        needs = [row for row in found["measures"] if row["kind"] == barriers.POLICY]
        others = [row for row in found["measures"] if row["kind"] != barriers.POLICY]
        self.several(
            message("Measures added"), str(len(others)), FACILITATOR, self._measures(others, barriers.add_measure)
        )
        self.close_step("barriers.measures")
        self.several(
            message("Policy needs added"), str(len(needs)), SECRETARIAT, self._measures(needs, barriers.add_policy_need)
        )
        self.close_step("barriers.policy")

    def _tree(self, technology: str, rows: list[dict[str, Any]]) -> Callable[[Session], None]:
        def grow(session: Session) -> None:
            id = self.ids["technology", technology]
            links = {}
            for row in rows:
                values = {name: value for name, value in row.items() if name not in ("key", "at")}
                links[row["key"]] = barriers.add_barrier(session, id, **values)
            here = {row["id"]: row["barrier_id"] for row in barriers_reading.causes(session, id)}
            for key, link in links.items():
                self.ids["barrier", key] = here[link]
            for row in rows:
                if row["at"][technology]:
                    barriers.change_hindrance(
                        session, links[row["key"]], cause_of_id=self.ids["barrier", row["at"][technology]]
                    )

        return grow

    def _measures(self, rows: list[dict[str, Any]], add: Callable[..., str]) -> Callable[[Session], None]:
        def write(session: Session) -> None:
            for row in rows:
                values = {name: value for name, value in row.items() if name not in ("key", "barrier")}
                self.ids["measure", row["key"]] = add(session, barrier_id=self.ids["barrier", row["barrier"]], **values)

        return write

    def actions(self) -> None:
        found = _read("actions")

        def plan(session: Session) -> None:
            for row in found["actions"]:
                values = {
                    name: value for name, value in row.items() if name not in ("key", "measure", "technology", "lead")
                }
                self.ids["action", row["key"]] = actions.add_action(
                    session, measure_id=self.id("measure", row.get("measure")), technology_id=self.id("technology", row.get("technology")),
                    lead_id=self.id("stakeholder", row.get("lead")), **values,
                )  # fmt: skip

        def money(session: Session) -> None:
            for row in found["funding"]:
                values = {name: value for name, value in row.items() if name != "action"}
                actions.add_funding(session, self.ids["action", row["action"]], **values)

        self.several(message("Actions added"), str(len(found["actions"])), SECRETARIAT, plan)
        self.close_step("actions.plan")
        self.several(message("Money added"), str(len(found["funding"])), SECRETARIAT, money)
        self.close_step("actions.budget")

    # Stage 6 -----------------------------------------------------------------------------------------

    def words(self) -> None:
        titles = {part.key: part.title for part in self.workflow.outline}
        for part, text in self.whole["texts"].items():
            self.do(synthesis.write_text, part, text, titles.get(part, part), author=SECRETARIAT)
        self.close_step("synthesis.compose")


def _score(value: Any, sureness: str, evidence: str, within: tuple[float, float] | None = None) -> dict[str, Any]:
    if value == UNKNOWN:
        return {"state": UNKNOWN, "evidence": evidence}
    low, high = within or (None, None)
    return {"value": value, "low": low, "high": high, "sureness": sureness, "evidence": evidence}


def _read(name: str) -> dict[str, Any]:
    text = resource("examples", "kelvara", f"{name}.yaml").read_text("utf-8")
    found = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return dict(found)
