"""Who competes: ranks, lines, trials and sentences within groups of the same reach and time horizon."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.projected import Bars
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import (
    chapter,
    checks,
    competition,
    competition_words,
    operations,
    ranking_page,
    reading,
    results,
    sheet,
    wall,
)
from tna_desktop.stages.priorities import results_inputs as inputs
from tna_desktop.stages.priorities import results_robustness as robust
from tna_desktop.stages.priorities.competition import BOTH, REACH, TERM
from tna_desktop.stages.priorities.panels import who_competes
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.stages.synthesis import chapter as synthesis

EN = language("en")
#: name, reach, term, effect (more is better, 0 to 100), cost (less is better, ends out of the data)
ROWS = (
    ("Closure", "site", "short", 90, 20),
    ("Nursery", "site", "short", 60, 30),
    ("Survey", "site", "long", 50, 100),
    ("Network", "national", "long", 40, 20),
    ("Register", "national", "long", 80, 60),
    ("Fund", "national", "", None, 120),
)


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    effect = do(made, criteria.add_criterion, "Effect", low=0, high=100)
    cost = do(made, criteria.add_criterion, "Cost", direction="cost")
    for id in (effect, cost):
        do(made, criteria.set_weight, id, 1)
    cells = []
    for name, reach, term, good, dear in ROWS:
        id = do(made, operations.add_technology, name, reach=reach, term=term)
        cells += [(id, effect, {"value": good}), (id, cost, {"value": dear})]
    do(made, operations.set_scores, cells)
    yield made
    made.close(publish=False)


def ids(document):
    return {row["name"]: row["id"] for row in read(document, reading.technologies)}


def ranking(document):
    return read(document, results.ranking, WORKFLOW)


def by_part(document):
    return {
        group.called(EN): [(each.name, each.rank) for each in found.technologies]
        for group, found in read(document, results.rankings, WORKFLOW)
    }


def told(document, **how):
    return read(document, results.results_json, WORKFLOW, **how)


def test_all_compete_together_until_the_team_says_otherwise(document):
    assert read(document, competition.competition) == competition.Rule("", "")
    assert read(document, competition.competing_groups, WORKFLOW) == () == tuple(by_part(document))
    found = told(document)
    assert found["competition"] == {"within": "", "reason": "", "groups": []}
    assert {row["competes_in"] for row in found["technologies"]} == {""}
    # Costs go from 20 to 120: Closure (90 + 100) / 2, Nursery (60 + 90) / 2, Network (40 + 100) / 2, Register (80 + 60) / 2.
    assert found["ranking"] == ["Closure", "Nursery", "Network", "Register", "Survey"]


def test_groups_stand_in_the_order_of_the_lists_and_what_is_unsaid_is_last(document):
    do(document, competition.compete_within, BOTH, "Not alternatives")
    groups = read(document, competition.competing_groups, WORKFLOW)
    assert [group.called(EN) for group in groups] == [
        "Site, Short term", "Site, Long term", "National, Long term", "National, time horizon not said",
    ]  # fmt: skip
    known = ids(document)
    assert groups[2].members == (known["Network"], known["Register"])
    assert read(document, competition.members, WORKFLOW)["site/short"] == (known["Closure"], known["Nursery"])
    do(document, competition.compete_within, TERM)
    assert list(by_part(document)) == ["Short term", "Long term", "Time horizon not said"]
    do(document, competition.compete_within, REACH)
    assert list(by_part(document)) == ["Site", "National"]


def test_ranks_are_within_the_group_and_values_keep_the_scales_of_all(document):
    before = {each.name: each.value for each in ranking(document).technologies}
    assert before == pytest.approx(
        {"Closure": 95, "Nursery": 75, "Survey": 35, "Network": 70, "Register": 70, "Fund": None}
    )
    do(document, competition.compete_within, REACH)
    assert by_part(document) == {
        "Site": [("Closure", 1), ("Nursery", 2), ("Survey", 3)],
        "National": [("Network", 1), ("Register", 1), ("Fund", None)],
    }
    found = ranking(document)
    assert {each.name: each.value for each in found.technologies} == pytest.approx(before)
    assert found.low[1] == 20 and found.high[1] == 120
    assert all(part.low == found.low and part.high == found.high for part in found.apart)
    rows = {each.name: each for each in found.technologies}
    # Fund has 0 points of cost and up to 50 of effect: last of its three, whatever its effect turns out to be.
    assert (rows["Fund"].rank_best, rows["Fund"].rank_worst) == (3, 3)
    assert rows["Network"].tied and rows["Register"].tied


def test_a_gate_takes_a_technology_out_of_its_group_and_of_the_scales(document):
    gate = do(document, criteria.add_gate, "Legal")
    do(document, operations.answer_gate, ids(document)["Fund"], gate, "fail", "Not allowed")
    do(document, competition.compete_within, BOTH)
    found = ranking(document)
    assert found.high[1] == 100
    parts = {group.called(EN): part for group, part in found.parts}
    assert [each.failed for each in parts["National, time horizon not said"].technologies] == [("Legal",)]
    assert not parts["National, time horizon not said"].computable and found.computable


def test_the_shortlist_has_a_line_in_each_group(document):
    known = ids(document)
    do(document, competition.compete_within, REACH)
    do(document, operations.choose_shortlist, [known["Closure"], known["Network"], known["Register"]])
    found = ranking(document)
    assert [part.cut for part in found.apart] == [1, 2] and found.cut == 3
    assert found.departures() == [] and found.shortlist_length == 0
    do(document, operations.choose_shortlist, [known["Nursery"], known["Network"]])
    assert {each.name for each in ranking(document).departures()} == {"Nursery"}
    do(document, competition.compete_within, "")
    assert [each.name for each in ranking(document).departures()] == ["Closure"]


def test_what_is_refused_undone_and_recorded(document):
    with pytest.raises(Refused):
        do(document, competition.compete_within, "sector")
    do(document, competition.compete_within, BOTH, "A village is not a ministry", decided_by="Steering group")
    assert read(document, competition.competition) == competition.Rule(BOTH, "A village is not a ministry")
    noted = read(document, assessment.decisions, "priorities.ranking")
    assert [(row["reason"], row["decided_by"], row["kind"]) for row in noted] == [
        ("A village is not a ministry", "Steering group", "competition")
    ]
    do(document, competition.compete_within, TERM, "By time")
    assert read(document, competition.competition).within == TERM
    document.undo()
    assert read(document, competition.competition).within == BOTH
    document.undo()
    assert read(document, competition.competition) == competition.Rule()
    assert read(document, assessment.decisions, "priorities.ranking") == []


def test_a_decision_is_older_than_who_competes(document):
    known = ids(document)
    do(document, operations.choose_shortlist, [known["Closure"]], reason="The best")
    alone = read(document, inputs.inputs_digest)
    assert read(document, inputs.aged) == []
    do(document, competition.compete_within, BOTH)
    assert len(read(document, inputs.aged)) == 1
    do(document, competition.compete_within, "")
    assert read(document, inputs.inputs_digest) == alone and read(document, inputs.aged) == []


def test_results_tell_group_after_group(document):
    do(document, competition.compete_within, REACH, "Not alternatives")
    found = told(document, trials=400)
    assert found["competition"] == {
        "within": "reach", "reason": "Not alternatives",
        "groups": [
            {"name": "Site", "ranking": ["Closure", "Nursery", "Survey"]},
            {"name": "National", "ranking": ["Network", "Register"]},
        ],
    }  # fmt: skip
    assert found["ranking"] == ["Closure", "Nursery", "Survey", "Network", "Register"] and found["unranked"] == ["Fund"]
    rows = {row["name"]: row for row in found["technologies"]}
    assert {name: row["competes_in"] for name, row in rows.items()} == {
        "Closure": "Site", "Nursery": "Site", "Survey": "Site", "Network": "National", "Register": "National", "Fund": "National",
    }  # fmt: skip
    # Closure is better than its two rivals whatever is weighed; one of the three has each place.
    assert rows["Closure"]["rank_acceptability"] == [1.0, 0.0, 0.0]
    assert len(rows["Fund"]["rank_acceptability"]) == 3
    assert found["trials"]["uncertain_scores"] == 1 and found["trials"]["count"] == 400


def test_other_methods_compare_within_the_group_on_the_scales_of_all(document):
    do(document, competition.compete_within, BOTH)
    rows = {row["name"]: row for row in told(document, method="topsis", normalisation="minmax")["technologies"]}
    # Of two, the one that is better on both is at the best point, the other at the worst.
    assert (rows["Closure"]["value"], rows["Nursery"]["value"]) == pytest.approx((1.0, 0.0))
    assert [rows[name]["rank"] for name in ("Closure", "Nursery", "Survey", "Network", "Register")] == [1, 2, 1, 1, 1]
    largest = {row["name"]: row for row in told(document, normalisation="max")["technologies"]}
    do(document, competition.compete_within, "")
    whole = {row["name"]: row["value"] for row in told(document, normalisation="max")["technologies"]}
    assert {name: row["value"] for name, row in largest.items()} == pytest.approx(whole)


def test_what_the_screen_asks_is_asked_within_the_group(document):
    known = ids(document)
    do(document, operations.choose_shortlist, [known["Nursery"]])
    do(document, competition.compete_within, REACH)
    page = read(document, ranking_page.read_page, WORKFLOW)
    site, national = page.apart
    assert page.within("national") is national and page.within("gone") is site
    assert page.holding(known["Fund"]) is national
    asked = site.question(site.ranking, robust.AROUND)
    sure = robust.robustness(asked)
    assert set(sure.ranks) == {known[name] for name in ("Closure", "Nursery", "Survey")}
    assert sure.first(known["Closure"]) == 1.0 and asked.length == 1 and asked.chosen
    other = national.question(national.ranking, robust.AROUND)
    assert not other.chosen and len(other.numbers.ids) == 3
    # Closure has most effect and least cost of its group: no weight changes first place there.
    assert site.changes().weight is None and site.changes().first == (known["Closure"],)
    assert set(national.changes().first) == {known["Network"], known["Register"]}
    ties = robust.near_ties(national.ranking, robust.robustness(other))
    assert [{tie.one, tie.other} for tie in ties] == [{known["Network"], known["Register"]}]
    assert [set(order.ids) for order in site.orders()] == [set(sure.ranks)] * len(site.orders())


def test_checks_say_who_stands_alone_and_look_at_every_line(document):
    known = ids(document)
    do(
        document,
        operations.set_scores,
        [(known["Fund"], each["id"], {"value": 10.0}) for each in ranking(document).criteria[:1]],
    )
    assert read(document, checks.ranking_computable, WORKFLOW, "s").state is State.GOOD
    do(document, competition.compete_within, BOTH)
    found = read(document, checks.ranking_computable, WORKFLOW, "s")
    assert found.state is State.ATTENTION and [place.record for place in found.places] == [
        known["Survey"],
        known["Fund"],
    ]
    assert found.text.english().startswith("Nothing competes with 2 technologies, such as Survey")
    do(document, operations.choose_shortlist, [known["Closure"], known["Network"]])
    near = read(document, checks.near_ties_discussed, WORKFLOW, "s")
    assert near.state is State.ATTENTION and [place.record for place in near.places] == [known["Network"]]
    do(document, operations.choose_shortlist, [known["Closure"]])
    assert read(document, checks.near_ties_discussed, WORKFLOW, "s").state is State.GOOD
    assert read(document, checks.departures_reasoned, WORKFLOW, "s").state is State.GOOD


def test_sentences_report_and_workbook_go_by_group(document):
    do(document, competition.compete_within, BOTH, "They are not alternatives.")
    found = ranking(document)
    assert chapter.conclusion(found, EN) == (
        "In each of 2 groups that compete apart one comes first: Closure (Site, Short term) and Network and Register "
        "(National, Long term). Nothing competes with Survey and Fund."
    )
    site, alone, national, unsaid = found.apart
    assert chapter.conclusion(site, EN) == "Closure comes first, 20.0 points of 100 ahead of Nursery."
    assert chapter.conclusion(alone, EN) == (
        "Nothing competes with Survey: it has 35.0 points of 100, and its rank says nothing."
    )
    assert chapter.conclusion(unsaid, EN) == "Nothing competes with Fund, and not all its scores are known."
    rule = competition.Rule(BOTH, "They are not alternatives.")
    assert competition_words.rule_words(found, rule, EN)[:3] == [
        "Only technologies of the same reach and time horizon compete, in 4 groups.", "They are not alternatives.",
        "Points keep the scales of the whole list, so values can be compared between groups; places cannot.",
    ]  # fmt: skip
    made = read(document, chapter.chapter, WORKFLOW, EN, Options())
    assert len({picture.key for picture in made.sections[0].pictures}) == 4
    assert made.sections[0].pictures[1].title.startswith("Site, Long term: nothing competes with it")
    assert [each.title for each in made.sections if "How sure" in each.title] == [
        "Site, Short term: How sure this is", "National, Long term: How sure this is",
    ]  # fmt: skip
    tables = {table.key: table for table in read(document, sheet.sheets, WORKFLOW, EN, Options())}
    assert {"trials-site/short", "trials-national/long"} <= set(tables) and "trials" not in tables
    places = [(row[1], row[2], row[0]) for row in tables["ranking"].rows]
    assert places[:3] == [
        ("Closure", "Site, Short term", 1),
        ("Nursery", "Site, Short term", 2),
        ("Survey", "Site, Long term", 1),
    ]
    assert (
        chapter.conclusion(found, EN)
        in read(document, synthesis.summary, WORKFLOW, EN, Options()).sections[0].paragraphs
    )


def test_the_wall_has_a_page_for_each_group(document):
    def ranked():
        """The pages with bars; how often each place comes up stands after them."""
        return [page for page in read(document, wall.ranking, WORKFLOW, EN).pages if isinstance(page, Bars)]

    assert [page.heading for page in ranked()] == [""]
    do(document, competition.compete_within, BOTH)
    assert [page.heading for page in ranked()] == [
        "Site, Short term", "Site, Long term: nothing competes with it", "National, Long term",
    ]  # fmt: skip
    assert [bar.place for bar in ranked()[2].bars] == ["1=", "1="]


# The screens -------------------------------------------------------------------------------------------------


def opened(document, qtbot, step):
    desk = room.new_desk(document)
    screen = SCREENS[step](desk, f"priorities.{step}")
    qtbot.addWidget(screen)
    for _, tab in screen.panel_tabs():
        qtbot.addWidget(tab)
    screen.resize(1000, 640)
    screen.show()
    return desk, screen


def answers(monkeypatch, *given):
    asked = []

    def ask(self, question, text):
        asked.append(text)
        return given or None

    monkeypatch.setattr(who_competes.WhoCompetes, "ask", ask)
    return asked


def test_the_ranking_shows_one_group_at_a_time(document, qtbot, monkeypatch):
    known = ids(document)
    _desk, screen = opened(document, qtbot, "ranking")
    assert not screen.competing.isVisible() and screen.who.isVisible()
    asked = answers(monkeypatch, "Not alternatives", "Team")
    menu = screen.who.menu_of_ways()
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False]
    menu.actions()[3].trigger()
    assert "within each group" in asked[0]
    assert read(document, competition.competition) == competition.Rule(BOTH, "Not alternatives")
    assert screen.competing.isVisible() and screen.competing.button.words() == "Site, Short term (2)"
    assert [row.name for row in screen.model.rows] == ["Closure", "Nursery"]
    screen.competing.forth.click()
    assert [row.name for row in screen.model.rows] == ["Survey"] and screen.view.places == 0
    assert "Nothing competes with Survey" in chapter.conclusion(screen.ranking, EN)
    screen.competing.forth.click()
    screen.view.moved.emit(1)
    assert {row["name"] for row in read(document, reading.shortlist)} == {"Network"}
    screen.show_place(Place("priorities.ranking", known["Nursery"]))
    assert screen.competing.current() == "site/short"
    screen.view.moved.emit(1)
    assert {row["name"] for row in read(document, reading.shortlist)} == {"Network", "Closure"}
    screen.who_apart.choose("")
    QApplication.processEvents()
    assert not screen.competing.isVisible() and len(screen.model.rows) == 6


def test_who_competes_is_not_changed_without_a_reason(document, qtbot, monkeypatch):
    _desk, screen = opened(document, qtbot, "ranking")
    answers(monkeypatch)
    screen.who.choose(REACH)
    assert read(document, competition.competition) == competition.Rule()


def test_the_long_list_groups_by_who_competes(document, qtbot, monkeypatch):
    answers(monkeypatch, "Not alternatives", "")
    desk, screen = opened(document, qtbot, "longlist")
    assert screen.table.grouped.heads() == [] and not screen.apart.isVisible()
    screen.group_button.click()
    assert screen.apart.isVisible() and len(screen.table.grouped.heads()) == 4
    screen.who.choose(TERM)
    assert screen.table.grouped.heads() == [
        "Short term: 2 technologies that compete", "Long term: 3 technologies that compete",
        "Time horizon not said: one technology, nothing competes with it",
    ]  # fmt: skip
    desk.changed.emit(document.undo())
    assert len(screen.table.grouped.heads()) == 4
