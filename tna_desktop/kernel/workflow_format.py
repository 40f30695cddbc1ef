"""The names a workflow may use: steps, checks with their thresholds, lists with their fields.

Reading, translating and the extraction of texts all follow these tables; `workflows/README.md` tells the same
in words. A new step, check or list becomes known to workflows by a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The stages the program has, with their steps.
STEPS: Mapping[str, tuple[str, ...]] = {
    "stakeholders": ("scope", "register", "map", "coverage", "engagement", "consent"),
    "criteria": ("tree", "weights", "agreement"),
    "priorities": ("sectors", "longlist", "scores", "ranking"),
    "barriers": ("causes", "measures", "policy"),
    "actions": ("plan", "budget"),
    "synthesis": ("readiness", "compose", "export"),
}

#: Chapters of the report; besides these, every key that begins with ``annex_``.
CHAPTERS = ("summary", "stakeholders", "criteria", "priorities", "barriers", "actions", "next_steps")
ANNEX = "annex_"

SHAPES = (
    "circle", "triangle", "half", "square", "diamond", "hexagon", "triangle_down", "pentagon", "cross",
)  # fmt: skip
SOURCE_KINDS = ("seed", "article", "decision", "handbook", "source")

LONGEST_WHY = 45  # words; what fits the margin without scrolling
LONGEST_SHORT = 22  # characters; what fits a column head


@dataclass(frozen=True)
class Field:
    """One field of a list's entries.

    ``kind`` is text (translated), word (a name for the program), choice (one of ``among``), reference or
    references (entries of the list ``of``), number, yes_no, anchors (what the points of a scale mean) or
    shares (parts of a whole).
    """

    kind: str
    required: bool = False
    among: tuple[str, ...] = ()
    of: str = ""


TEXT = Field("text")
WORD = Field("word")
NUMBER = Field("number")
YES_NO = Field("yes_no")
ANCHORS = Field("anchors")
SHARES = Field("shares")


def one_of(*words: str, required: bool = False) -> Field:
    return Field("choice", required, words)


def entry_of(catalogue: str, required: bool = False) -> Field:
    return Field("reference", required, of=catalogue)


def entries_of(catalogue: str) -> Field:
    return Field("references", of=catalogue)


#: What a check may be given under ``with``.
CHECKS: Mapping[str, Mapping[str, Field]] = {
    "scope_described": {},
    "overview_begun": {"at_least": NUMBER},
    "groups_represented": {"at_least": NUMBER},
    "required_groups_present": {},
    "stakeholders_have_group": {},
    "stakeholders_have_engagement": {},
    "contacts_balanced": {},
    "stakeholders_placed": {"at_least_share": NUMBER},
    "deciders_on_map": {},
    "interest_has_influence": {},
    "placements_agree": {"spread_points": NUMBER},
    "roles_given": {},
    "every_stage_has_roles": {},
    "coordination_named": {},
    "balance_known": {"at_least_share": NUMBER},
    "meetings_planned": {"at_least": NUMBER},
    "meetings_recorded": {},
    "participation_counted": {},
    "consent_recorded": {},
    "consent_dated": {},
    "knowledge_withheld_known": {},
    "criteria_enough": {"at_least": NUMBER, "at_most": NUMBER},
    "convention_criteria_present": {"groups": entries_of("criteria_groups")},
    "criteria_have_anchors": {},
    "criteria_distinct": {},
    "cost_counted_once": {},
    "branches_weigh_fairly": {},
    "gates_present": {"at_least": NUMBER},
    "weights_agreed": {},
    "groups_weighed": {"at_least": NUMBER},
    "no_criterion_dominates": {"at_most_share": NUMBER},
    "weights_disputed": {"spread_points": NUMBER},
    "answers_consistent": {"at_most_ratio": NUMBER},
    "weights_reasoned": {"spread_points": NUMBER},
    "rounds_closed": {},
    "weights_locked": {},
    "sectors_scored": {},
    "sectors_chosen": {"at_least": NUMBER, "at_most": NUMBER},
    "sector_choice_reasoned": {},
    "technologies_enough": {"at_least": NUMBER},
    "technologies_described": {},
    "hardware_not_alone": {"at_most_share": NUMBER},
    "gates_answered": {},
    "scores_complete": {"at_least_share": NUMBER},
    "scores_evidenced": {"at_least_share": NUMBER},
    "ranking_computable": {},
    "criteria_not_alike": {"at_least": NUMBER},
    "shortlist_chosen": {"at_least": NUMBER, "at_most": NUMBER},
    "departures_reasoned": {},
    "near_ties_discussed": {"within_points": NUMBER},
    "shortlisted_have_barriers": {"at_least": NUMBER},
    "core_problem_written": {},
    "barriers_rated": {},
    "barriers_answered": {"classes": entries_of("barrier_classes")},
    "measures_rated": {},
    "policy_needs_named": {"at_least": NUMBER},
    "policy_needs_have_body": {},
    "actions_enough": {"at_least": NUMBER},
    "actions_have_lead": {},
    "actions_have_dates": {},
    "actions_have_indicator": {},
    "technologies_have_action": {},
    "actions_costed": {},
    "funding_gap_known": {},
    "budget_covered": {"at_least_share": NUMBER},
    "earlier_stages_done": {},
    "summary_written": {},
    "no_open_attention": {},
    "report_exported": {},
}
CHECK_NAMES = frozenset(CHECKS)

_APPLIES = one_of("all", "genetic_resources", "traditional_knowledge")
_NOTHING: Mapping[str, Field] = {}

#: The lists a workflow may have, with the fields of their own besides key, name, short, definition, source.
CATALOGUES: Mapping[str, Mapping[str, Field]] = {
    "stakeholder_groups": {"shape": one_of(*SHAPES, required=True), "required": YES_NO, "reason": TEXT},
    "stakeholder_roles": _NOTHING,
    "stage_roles": _NOTHING,
    "body_kinds": _NOTHING,
    "meeting_kinds": _NOTHING,
    "weighing_methods": _NOTHING,
    "engagement_levels": _NOTHING,
    "overview_kinds": _NOTHING,
    "criteria_groups": _NOTHING,
    "criteria": {
        "group": entry_of("criteria_groups", required=True),
        "direction": one_of("benefit", "cost", required=True),
        "scale": entry_of("scales"),
        "unit": TEXT,
        "anchors": ANCHORS,
        "applies_to": _APPLIES,
        "core": YES_NO,
    },
    "gates": {"question": Field("text", required=True), "applies_to": _APPLIES},
    "gate_answers": _NOTHING,
    "sectors": {"kind": one_of("economic", "biome", "crosscutting", required=True)},
    "sector_questions": {"anchors": ANCHORS},
    "technologies": {
        "purpose": entry_of("purposes"),
        "nature": SHARES,
        "traditional": YES_NO,
        "sector": entry_of("sectors"),
        "biome": entry_of("sectors"),
        "maturity": entry_of("maturities"),
        "market": entry_of("market_categories"),
        "ownership": entry_of("ownerships"),
        "term": entry_of("terms"),
        "scale": entry_of("reach"),
    },
    "purposes": _NOTHING,
    "maturities": _NOTHING,
    "market_categories": _NOTHING,
    "ownerships": _NOTHING,
    "terms": _NOTHING,
    "reach": _NOTHING,
    "transfer_phases": _NOTHING,
    "technology_natures": _NOTHING,
    "sureness": _NOTHING,
    "score_states": _NOTHING,
    "consent_forms": _NOTHING,
    "shortlist_states": _NOTHING,
    "barrier_categories": {"icon": WORD, "phase": entry_of("transfer_phases")},
    "barriers": {
        "category": entry_of("barrier_categories", required=True),
        "phase": entry_of("transfer_phases"),
        "side": one_of("national", "provider"),
    },
    "barrier_classes": _NOTHING,
    "measure_kinds": _NOTHING,
    "measures": {
        "kind": entry_of("measure_kinds", required=True),
        "for_categories": entries_of("barrier_categories"),
    },
    "policy_needs": {"kind": WORD},
    "action_kinds": _NOTHING,
    "indicators": {
        "kind": one_of("input", "process", "transfer", "use", "effect", "capacity", required=True),
        "unit": TEXT,
    },
    "funding_sources": _NOTHING,
    "action_states": _NOTHING,
    "benefits": {"kind": one_of("monetary", "non_monetary", required=True)},
    "conventions": _NOTHING,
    "gbf_targets": _NOTHING,
    "cbd_articles": _NOTHING,
    "scales": {
        "kind": one_of("ordinal", "number", required=True),
        "low": NUMBER,
        "high": NUMBER,
        "step": NUMBER,
        "anchors": ANCHORS,
    },
}
