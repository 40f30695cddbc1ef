"""The influence map: placing by mouse and keys, assessors and their spread, what follows from a place."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place as Where
from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import language
from tna_desktop.stages.stakeholders import checks, operations, reading
from tna_desktop.stages.stakeholders.results import map as results
from tna_desktop.stages.stakeholders.sections.map import map_section, map_table

STEP = "stakeholders.map"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def add(document, name, influence=None, interest=None, **values):
    values = {"group": "government", **values}
    return do(document, operations.add_stakeholder, name=name, influence=influence, interest=interest, **values)


def seen(document):
    return read(document, results.influence_map, WORKFLOW)


def place(document, id, assessor=""):
    return seen(document).of(id).place(assessor)


def check(document, name, **parameters):
    return read(document, checks.CHECKS[name], WORKFLOW, STEP, **parameters)


# Quadrants and levels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("influence", "interest", "quadrant"),
    [
        (4.7, 1.9, results.KEEP_ENGAGED),
        (4.5, 4.5, results.DECIDE_TOGETHER),
        (1.0, 1.0, results.KEEP_INFORMED),
        (2.9, 5.0, results.STRONGER_VOICE),
        (3.0, 3.0, results.DECIDE_TOGETHER),
        (2.94, 2.94, results.KEEP_INFORMED),
        (2.95, 2.95, results.DECIDE_TOGETHER),  # shown as 3.0, and a reader must not see 3.0 on the low side
    ],
)
def test_exactly_three_is_high_and_what_is_shown_decides(influence, interest, quadrant):
    assert results.Place(influence, interest).quadrant == quadrant


@pytest.mark.parametrize(
    ("influence", "interest", "more", "level"),
    [
        (4, 4, {}, "collaborate"),
        (4, 4, {"decides": True}, "lead"),
        (4, 2, {}, "involve"),
        (4, 2, {"decides": True}, "involve"),
        (2, 4, {}, "involve"),
        (2, 2, {}, "inform"),
        (2, 2, {"affected": True}, "consult"),
        (None, 4, {}, ""),
        (4, 4, {"levels": ("consult", "inform")}, "consult"),
        (4, 4, {"levels": ()}, ""),
    ],
)
def test_the_level_that_follows_from_a_place(influence, interest, more, level):
    assert results.suggested_level(influence, interest, **more) == level


def test_suggestions_are_accepted_only_where_nothing_is_decided_and_taken_back_as_one(document):
    first = add(document, "Environment", 4.5, 4.5, role="decide")
    second = add(document, "Finance", 4.5, 2.0, engagement="consult")
    add(document, "Youth forum", 2.0, None)
    third = add(document, "Seed savers", 2.0, 4.5)
    found = seen(document).open_suggestions
    assert found == {first: "lead", third: "involve"}
    do(document, operations.accept_suggested_levels, found)
    assert {row.id: row.engagement for row in read(document, reading.map_rows)} | {} == {
        first: "lead",
        second: "consult",
        third: "involve",
        **{row.id: "" for row in read(document, reading.map_rows) if row.name == "Youth forum"},
    }
    document.undo()
    assert seen(document).open_suggestions == found


# Assessors -----------------------------------------------------------------------------------------------


def test_assessors_place_by_themselves_and_the_agreed_place_stays(document):
    id = add(document, "Fisheries", 4.0, 3.0)
    do(document, operations.add_assessor, "Amina")
    do(document, operations.add_assessor, "research")
    do(document, operations.place_stakeholder, id, 2.0, 4.0, assessor="Amina")
    do(document, operations.place_stakeholder, id, 5.0, 3.5, assessor="research")
    standing = seen(document).of(id)
    assert standing.place() == results.Place(4.0, 3.0)
    assert standing.place("Amina") == results.Place(2.0, 4.0)
    spread = standing.spread
    assert (spread.influence, spread.interest) == ((2.0, 5.0), (3.5, 4.0))
    assert spread.mean == results.Place(3.5, 3.8)  # 3.75 is shown as 3.8, and what is shown is what is taken
    assert (spread.widest, spread.of_interest) == (3.0, 0.5)
    assert seen(document).assessors == ("Amina", "research")


def test_the_widest_spread_comes_first_and_all_means_are_taken_as_one_change(document):
    near, far, alone = add(document, "Near"), add(document, "Far", 1.0, 1.0), add(document, "Alone")
    for assessor, places in {"A": ((near, 3.0), (far, 1.0), (alone, 5.0)), "B": ((near, 3.2), (far, 5.0))}.items():
        do(document, operations.add_assessor, assessor)
        for id, influence in places:
            do(document, operations.place_stakeholder, id, influence, 3.0, assessor=assessor)
    shown = seen(document)
    assert [each.id for each in shown.compared] == [far, near, alone]
    assert shown.means == {far: (3.0, 3.0), near: (3.1, 3.0), alone: (5.0, 3.0)}
    do(document, operations.adopt_places, shown.means)
    assert place(document, far) == results.Place(3.0, 3.0)
    assert seen(document).means == {}
    document.undo()
    assert place(document, far) == results.Place(1.0, 1.0)
    assert place(document, near) is None


def test_assessors_are_renamed_removed_and_never_twice(document):
    id = add(document, "Fisheries")
    with pytest.raises(Refused):
        do(document, operations.add_assessor, "  ")
    do(document, operations.add_assessor, "Amina")
    do(document, operations.add_assessor, "Bilal")
    with pytest.raises(Refused) as refused:
        do(document, operations.add_assessor, "amina ")
    assert refused.value.field == "assessor"
    do(document, operations.place_stakeholder, id, 2.0, 4.0, assessor="Amina")
    do(document, operations.rename_assessor, "Amina", "Amina Yusuf")
    with pytest.raises(Refused):
        do(document, operations.rename_assessor, "Amina Yusuf", "Bilal")
    assert place(document, id, "Amina Yusuf") == results.Place(2.0, 4.0)
    do(document, operations.remove_assessor, "Amina Yusuf")
    assert seen(document).assessors == ("Bilal",)
    document.undo()
    assert place(document, id, "Amina Yusuf") == results.Place(2.0, 4.0)


def test_an_assessors_empty_map_outlives_the_removal_of_a_stakeholder(document):
    first, _ = add(document, "One"), add(document, "Two")
    do(document, operations.add_assessor, "Amina")
    do(document, operations.remove_stakeholders, [first])
    assert seen(document).assessors == ("Amina",)


def test_the_log_never_says_who_the_assessor_is(document):
    id = add(document, "Fisheries")
    do(document, operations.add_assessor, "Amina Canary")
    do(document, operations.place_stakeholder, id, 2.0, 4.0, assessor="Amina Canary")
    do(document, operations.rename_assessor, "Amina Canary", "Bilal Canary")
    told = [document.undo() for _ in range(3)]
    assert not [change for change in told if "Canary" in f"{change.label}{getattr(change, 'about', '')}"]


# Checks --------------------------------------------------------------------------------------------------


def test_the_share_of_those_who_are_placed(document):
    assert check(document, "stakeholders_placed", at_least_share=0.5).state is State.OPEN
    add(document, "One", 4, 4)
    second = add(document, "Two", 4, None)
    found = check(document, "stakeholders_placed", at_least_share=0.9)
    assert (found.state, found.text.english()) == (State.ATTENTION, "1 of 2 stakeholders have a place on the map.")
    assert found.places == (Where(STEP, second),)
    assert check(document, "stakeholders_placed", at_least_share=0.5).state is State.GOOD


def test_who_decides_must_be_on_the_map(document):
    assert check(document, "deciders_on_map").state is State.OPEN
    first = add(document, "Cabinet", role="decide")
    add(document, "Chorus", 3, 3)
    found = check(document, "deciders_on_map")
    assert (found.state, found.places) == (State.ATTENTION, (Where(STEP, first),))
    assert found.text.english() == "Cabinet decides, and has no place yet."
    do(document, operations.place_stakeholder, first, 5, 3)
    assert check(document, "deciders_on_map").state is State.GOOD


def test_those_who_care_without_influence_must_be_involved(document):
    assert check(document, "interest_has_influence").state is State.OPEN
    add(document, "Ministry", 5, 4)
    assert check(document, "interest_has_influence").state is State.GOOD
    weak = add(document, "Seed savers", 2, 4)
    other = add(document, "Fishers", 2.9, 3.0, engagement="involve")
    found = check(document, "interest_has_influence")
    assert found.state is State.ATTENTION
    assert found.places == (Where(STEP, weak),)
    assert found.text.english() == (
        "Of 3 with a high interest, 2 have little influence; one of these is not involved yet."
    )
    do(document, operations.choose_engagement, weak, "collaborate")
    assert check(document, "interest_has_influence").state is State.GOOD
    do(document, operations.choose_engagement, other, "inform")
    assert check(document, "interest_has_influence").state is State.ATTENTION


def test_assessors_may_lie_exactly_one_and_a_half_points_apart(document):
    id = add(document, "Fisheries")
    assert check(document, "placements_agree", spread_points=1.5).state is State.OPEN
    for assessor, influence in (("A", 2.6), ("B", 4.1)):
        do(document, operations.add_assessor, assessor)
        do(document, operations.place_stakeholder, id, influence, 3.0, assessor=assessor)
    assert check(document, "placements_agree", spread_points=1.5).state is State.GOOD
    found = check(document, "placements_agree", spread_points=1.4)
    assert (found.state, found.places) == (State.ATTENTION, (Where(STEP, id),))
    assert found.text.english() == (
        "Assessors differ about one stakeholder: the influence of Fisheries, by 1.5 points."
    )


# Report --------------------------------------------------------------------------------------------------


def test_the_report_shows_agreed_places_only_and_no_assessor(document):
    english = language("en")
    assert read(document, map_section, WORKFLOW, english) is None
    add(document, "Finance Ministry", 4.7, 1.9, short="Finance")
    id = add(document, "Youth forum", group="women_youth")
    do(document, operations.add_assessor, "Amina Canary")
    do(document, operations.place_stakeholder, id, 2.0, 4.0, assessor="Amina Canary")
    section = read(document, map_section, WORKFLOW, english)
    table = read(document, map_table, WORKFLOW, english)
    assert "Canary" not in f"{section}{table}"
    [picture] = section.pictures
    assert "Finance" in picture.svg and "4.7 / 1.9" in picture.svg and "Youth" not in picture.svg
    assert picture.description == "Keep engaged: Finance."
    assert [row[:5] for row in table.rows] == [
        ("Finance Ministry", "Government and agencies", 4.7, 1.9, "Keep engaged"),
        ("Youth forum", "Women and young people", None, None, None),
    ]
