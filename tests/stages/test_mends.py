"""Small things that went wrong once: unlockings left out of the report, Insert beside the table, keys taken for words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import do, read
from tests.builders.weighing import small_tree
from tna_desktop.kernel.projected import Cause, Causes, Projection, WeightRow, Weights
from tna_desktop.kernel.text import language
from tna_desktop.stages.criteria import chapter, operations
from tna_desktop.stages.stakeholders import withholding
from tna_desktop.stages.stakeholders.screen import SCREENS


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def test_the_report_tells_every_unlocking_in_the_order_they_happened(document):
    ids = small_tree(document)
    do(document, operations.set_weights, {ids["Jobs"]: 50, ids["Nature"]: 30, ids["Cost"]: 20})
    for reason in ("First reason", "Second reason"):
        do(document, operations.lock_weights)
        do(document, operations.unlock_weights, reason)
    said = read(document, chapter._locked, language("en"))
    assert [words.rpartition("Reason: ")[2] for words in said] == ["First reason", "Second reason"]


def test_insert_begins_the_first_meeting_also_from_the_switch(document, qtbot):
    desk = room.new_desk(document)
    screen = SCREENS["engagement"](desk, "stakeholders.engagement")
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show()
    screen.load()
    screen.show_view("meetings")
    qtbot.keyClick(screen.switch, Qt.Key.Key_Insert)
    assert screen.meetings.foot.line.isVisible() and not screen.plan.isVisible()


def test_a_placeholder_stands_for_words_and_never_for_a_key():
    page = Weights((WeightRow("r1", "pump", "", (("pump", 0.5),), None),))
    causes = Causes("pump", (Cause("pump", "pump", "pump", kind="pump"),))
    shown = withholding._veiled(Projection((page, causes), "pump", (("pump", "pump"),)), lambda _words: "Withheld")
    assert shown.legend == (("pump", "Withheld"),) and shown.sentence == "Withheld"
    row, cause = shown.pages[0].rows[0], shown.pages[1].causes[0]
    assert (row.name, row.voices) == ("Withheld", (("pump", 0.5),))
    assert (cause.id, cause.name, cause.above, cause.kind) == ("pump", "Withheld", "pump", "pump")
