"""What a planner reads aloud from the ranking must be right: which trials a strip shows, and who is better where."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPixmap

from tests.builders import room
from tests.builders.room import do
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def screen(document, qtbot):
    from tna_desktop.stages.priorities.panels.ranking import RankingScreen

    columns = [do(document, criteria.add_criterion, name, low=0, high=100, weight=1) for name in ("Effect", "Patents")]
    for name, score in (("A", 90), ("B", 40), ("C", None)):
        technology = do(document, operations.add_technology, name)
        if score is not None:
            do(document, operations.set_score, technology, columns[0], value=score)
        do(document, operations.set_score, technology, columns[1], state="not_applicable")
    desk = room.new_desk(document)
    made = RankingScreen(desk, "priorities.ranking")
    qtbot.addWidget(made)
    made.resize(1100, 620)
    made.show()
    qtbot.waitUntil(lambda: made.sure is not None, timeout=20_000)
    return made


def painted(head, monkeypatch):
    """Every text the head of the table paints."""
    told = []
    from tna_desktop.stages.priorities.panels import ranking_head

    before = ranking_head.RankingHead._put_trials

    def listening(self, put, at):
        before(self, lambda x, y, text, *more: (told.append(text), put(x, y, text, *more)), at)

    monkeypatch.setattr(ranking_head.RankingHead, "_put_trials", listening)
    head.render(QPixmap(head.size()))
    return told


def test_the_strip_says_that_those_without_a_rank_take_part(screen, monkeypatch):
    told = painted(screen.head, monkeypatch)
    assert any(text.startswith("Places among all 3, ranked or not") for text in told)
    assert "Among first 3" in told


def test_the_foot_says_how_many_trials_and_from_which_number(screen):
    assert screen.origin.text() == "10,000 trials (seed 1): weights ± 30 %, scores within what is known."


def test_a_criterion_that_applies_to_neither_of_two_makes_nobody_equal(screen):
    screen.show_view("compare")
    rows = {row.values["criterion"]: row.values for row in screen.compared.table.rows()}
    assert rows["Patents"]["one"] == rows["Patents"]["other"] == "n/a" and rows["Patents"]["better"] == ""
    assert rows["Effect"]["better"] == "A"
