"""The shortlist over time: what the line leaves alone, and what is said when the list is no longer the decided one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.stages.test_ranking_robustness import fill, page, tried
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.priorities import chapter, operations, ranking_banner, reading, results_inputs
from tna_desktop.stages.priorities.screen import SCREENS

EN, K = language("en"), Qt.Key


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def four(document):
    """Four technologies, each well ahead of the next by one criterion."""
    rows, _ = fill(document, [[100, 100], [75, 75], [40, 40], [0, 0]])
    return rows


def shown(document, qtbot):
    desk = room.new_desk(document)
    screen = SCREENS["ranking"](desk, "priorities.ranking")
    qtbot.addWidget(screen)
    screen.resize(1090, 620)
    screen.show()
    return screen


def chosen(document) -> dict[str, str]:
    return {row["name"]: row["shortlist_reason"] for row in read(document, reading.shortlist)}


def names(document) -> list[str]:
    return [row["name"] for row in read(document, reading.technologies)]


def test_moving_the_line_leaves_what_was_decided_against_the_ranking(document, four, qtbot):
    do(document, operations.choose_shortlist, four[:2])
    do(document, operations.shortlist_technology, four[3], True, reason="The islands need it", decided_by="Cabinet")
    first, second, _, last = names(document)
    screen = shown(document, qtbot)
    screen.view.handle.setFocus()
    qtbot.keyClick(screen.view.handle, K.Key_Up)
    assert chosen(document) == {first: "", last: "The islands need it"}
    qtbot.keyClick(screen.view.handle, K.Key_Down)
    assert chosen(document) == {first: "", second: "", last: "The islands need it"}


def test_a_list_changed_after_it_was_decided_says_so_on_screen_and_in_the_report(document, four, qtbot):
    do(document, operations.choose_shortlist, four[:3], reason="Money for three", decided_by="Cabinet")
    first, second, third, last = names(document)
    assert read(document, results_inputs.since_decided) is None
    screen = shown(document, qtbot)
    qtbot.keyClick(screen.view.handle, K.Key_Up)
    found = read(document, results_inputs.since_decided)
    assert (found.added, found.gone) == ((), (third,))
    told = f"{third} left the shortlist decided on {EN.date(found.day)}, and nobody noted why."
    qtbot.waitUntil(lambda: told in screen.banner.accessibleName())  # it is read after the rest
    section = next(
        each for each in read(document, chapter.chapter, WORKFLOW, EN, Options()).sections
        if each.title == "The shortlist"
    )  # fmt: skip
    assert told in section.paragraphs
    # What is decided one by one is no silent change.
    do(document, operations.shortlist_technology, four[2], False, reason="Too dear", decided_by="Cabinet")
    assert read(document, results_inputs.since_decided) is None
    do(document, operations.shortlist_technology, four[3], True)
    assert read(document, results_inputs.since_decided).added == (last,)
    # Deciding again settles it.
    do(document, operations.choose_shortlist, [four[0], four[3]], reason="Two now", decided_by="Cabinet")
    assert read(document, results_inputs.since_decided) is None


def test_names_are_told_apart_and_nothing_is_claimed_of_what_is_gone(document, four):
    do(document, operations.change_technology, four[0], name="Ponds, lined")
    do(document, operations.change_technology, four[1], name="Ponds")
    do(document, operations.choose_shortlist, four[:2], reason="Water first", decided_by="Cabinet")
    assert read(document, results_inputs.since_decided) is None
    do(document, operations.shortlist_technology, four[1], False)
    assert read(document, results_inputs.since_decided).gone == ("Ponds",)
    do(document, operations.change_technology, four[0], name="Basins")  # the log knows it by its old name only
    assert read(document, results_inputs.since_decided) is None


def test_a_groups_near_tie_for_first_place_is_called_one(document):
    (a, b, _), _ = fill(document, [[60, 50], [50, 59], [0, 0]])
    do(document, operations.choose_shortlist, [a])
    asked = page(document)
    # Nothing is claimed before the trials.
    assert len(ranking_banner.group_sentences(asked.ranking, None, 2.0, EN)) == 1
    told = [each.text for each in ranking_banner.group_sentences(asked.ranking, tried(document), 2.0, EN)]
    # 55 to 54.5 points; with weights varied to both sides it is nearly even.
    assert told[0].startswith("Near tie for first place: A is ahead of B in ")
    assert "Choose “All groups” to change the shortlist." in told


def test_the_report_says_who_decided_and_prints_a_reason_only_while_it_departs(document, four):
    do(document, operations.choose_shortlist, four[:2], reason="Money for two", decided_by="Cabinet")
    do(document, operations.shortlist_technology, four[3], True, reason="The islands need it", decided_by="Fisheries")
    first, second, third, last = names(document)

    def section():
        chapter_ = read(document, chapter.chapter, WORKFLOW, EN, Options())
        return next(each for each in chapter_.sections if each.title == "The shortlist")

    today = EN.date(read(document, results_inputs.counting)[0]["decided_on"])
    assert f"Decided by Cabinet, {today}: Money for two" in section().paragraphs
    (aside,) = section().asides
    assert (aside.title, aside.text) == (last, f"The islands need it (Decided by Fisheries, {today})")
    # Chosen up to the last one, nothing departs any more: the old reason would contradict the sentence above it.
    do(document, operations.choose_shortlist, four)
    assert section().asides == () and section().paragraphs[0] == "The shortlist follows the ranking."
