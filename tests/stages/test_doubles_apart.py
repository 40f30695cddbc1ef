"""Technologies that look alike and are not the same: remembered, never asked about again, and taken back."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.kernel.text import language
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations, reading, reading_doubles
from tna_desktop.stages.priorities.operations_merging import ask_again, keep_apart, merge_technologies
from tna_desktop.stages.priorities.panels.merge_dialog import MergeDialog
from tna_desktop.stages.priorities.screen import SCREENS


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def score(document, technology, criterion, **values):
    do(document, operations.set_score, technology, criterion, **values)


@pytest.fixture
def alike(document):
    return [do(document, operations.add_technology, name) for name in ("Seed bank", "Seed banks", "Seedbanks")]


def test_what_was_found_different_is_not_asked_about_again(document, alike):
    one, other, _ = alike
    assert len(read(document, reading_doubles.doubles)) == 3
    do(document, keep_apart, other, one)
    do(document, keep_apart, one, other)  # once is enough
    assert len(read(document, reading_doubles.distinct_pairs)) == 1
    asked = {frozenset((each.first, each.second)) for each in read(document, reading_doubles.doubles)}
    assert len(asked) == 2 and frozenset((one, other)) not in asked
    do(document, ask_again, one, other)
    assert len(read(document, reading_doubles.doubles)) == 3
    document.undo()
    assert len(read(document, reading_doubles.doubles)) == 2


def test_a_merged_technology_stays_different_from_what_it_was_different_from(document, alike):
    one, other, third = alike
    for pair in ((one, other), (other, third), (one, third)):
        do(document, keep_apart, *pair)
    do(document, merge_technologies, one, other)
    assert read(document, reading_doubles.distinct_pairs) == [tuple(sorted((one, third)))]
    document.undo()
    assert len(read(document, reading_doubles.distinct_pairs)) == 3
    do(document, operations.remove_technologies, [third])
    assert read(document, reading_doubles.distinct_pairs) == [tuple(sorted((one, other)))]


def test_the_dialog_keeps_apart_and_takes_back(document, alike, qtbot):
    desk = room.new_desk(document)
    screen = SCREENS["longlist"](desk, "priorities.longlist")
    qtbot.addWidget(screen)
    dialog = MergeDialog(desk, screen)
    qtbot.addWidget(dialog)
    assert len(dialog.pairs()) == 3 and dialog.apart.words() == "These are different"
    first = dialog.pairs()[0]
    dialog.apart.click()
    assert dialog.pairs()[-1] == f"Different: {first}" and len(read(document, reading_doubles.doubles)) == 2
    dialog.list.setCurrentRow(2)
    assert not dialog.verb_button.isEnabled() and dialog.keep.isHidden()
    assert dialog.apart.words() == "Ask about these again"
    dialog.accept()  # Enter merges nothing here
    assert len(read(document, reading.technologies)) == 3
    dialog.apart.click()
    assert len(read(document, reading_doubles.doubles)) == 3


def test_numbers_of_two_scores_are_written_as_the_language_does(document, alike):
    one, other, _ = alike
    cost = do(document, criteria.add_criterion, "Cost", weight=1)
    score(document, one, cost, value=1234.5)
    score(document, other, cost, value=2.5, low=1.5, high=4)
    with document.reading() as session:
        preview = reading_doubles.merge_preview(session, one, other)
        told = [words for _, words in reading_doubles.told(preview, session, room.WORKFLOW, language("fr"), {})]
    assert any("1\u202f234,5" in line and "1,5 – 2,5 – 4" in line for line in told)
