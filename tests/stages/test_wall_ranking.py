"""What the room is told of the ranking: everybody, who comes first, who nearly ties, and how sure that is."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import records
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations, wall
from tna_desktop.stages.stakeholders.tables import Consent


@operation("Withheld")
def withhold(session, id):
    records.add(session, Consent, kind="technology", record=id, form="fpic", may_be_shown=False)


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def ids(document):
    """Two criteria from 0 to 100 of the same weight: A 90, B 75, C 74, D 20; of E one score is known, of F none."""
    columns = [do(document, criteria.add_criterion, name, low=0, high=100, weight=1) for name in ("Effect", "Cost")]
    scores = {"A": (90, 90), "B": (90, 60), "C": (58, 90), "D": (20, 20), "E": (60, None), "F": (None, None)}
    found = {}
    for name, line in scores.items():
        found[name] = do(document, operations.add_technology, f"Technology with the long name {name}", short=name)
        for column, value in zip(columns, line, strict=True):
            if value is not None:
                do(document, operations.set_score, found[name], column, value=value)
    do(document, operations.choose_shortlist, [found["A"], found["B"]], reason="", decided_by="")
    return found


def view(document):
    return read(document, wall.ranking, WORKFLOW, ENGLISH)


def test_everybody_stands_on_the_wall_and_who_has_no_rank_says_why(document, ids):
    bars = {bar.name: bar for bar in view(document).pages[0].bars}
    assert list(bars) == ["A", "B", "C", "D", "E", "F"] or list(bars) == ["A", "B", "C", "D", "F", "E"]
    assert (bars["A"].place, bars["A"].value, bars["A"].words, bars["A"].why) == ("1", pytest.approx(90), "90", "")
    # E has 60 of 100 on half of the weight; the other half can bring 0 to 50 points more.
    assert bars["E"].place == "–" and bars["E"].value is None and bars["E"].why == "one score unknown"
    assert (bars["E"].low, bars["E"].high, bars["E"].words) == (pytest.approx(30), pytest.approx(80), "30 to 80")
    assert bars["F"].why in ("not scored", "2 scores unknown")


def test_the_near_tie_at_the_line_is_said_and_marked(document, ids):
    shown = view(document)
    page = shown.pages[0]
    assert page.ties == ((ids["B"], ids["C"]),) and page.tie == "Near tie"
    assert "Near tie at the end of the shortlist: B is ahead of C" in shown.sentence


def test_the_sentence_says_who_is_first_and_how_sure_the_choice_is_in_short_names(document, ids):
    sentence = view(document).sentence
    assert sentence.startswith("A comes first, 15")
    assert "safe choice" in sentence
    assert "long name" not in sentence


def test_a_technology_that_failed_a_gate_is_named_without_its_gate(document, ids):
    gate = do(document, criteria.add_gate, "Secret of the gate")
    do(document, operations.answer_gate, ids["D"], gate, "fail", reason="Not to be read in the room")
    shown = view(document)
    assert next(bar for bar in shown.pages[0].bars if bar.name == "D").why == "did not pass a gate"
    assert "Secret" not in repr(shown) and "Not to be read" not in repr(shown)


def test_a_large_table_is_not_kept_waiting_by_trials_and_near_ties_are_said_all_the_same(document, ids, monkeypatch):
    monkeypatch.setattr(wall, "AT_ONCE", 3)
    monkeypatch.setattr(wall, "robustness", lambda asked: pytest.fail("no trials here"))
    wall._KNOWN.clear()
    shown = view(document)
    assert "B and C are a near tie, 1 points apart" in shown.sentence.replace("1.0", "1")
    assert shown.pages[0].ties == ((ids["B"], ids["C"]),)


def test_the_same_question_is_tried_once(document, ids, monkeypatch):
    wall._KNOWN.clear()
    asked, before = [], wall.robustness
    monkeypatch.setattr(wall, "robustness", lambda question: (asked.append(question.key), before(question))[1])
    view(document)
    view(document)
    assert len(asked) == 1
    do(document, operations.choose_shortlist, [ids["A"]], reason="", decided_by="")
    view(document)
    assert len(asked) == 2


def test_a_withheld_technology_is_in_no_bar_and_in_no_sentence(document, ids):
    do(document, withhold, ids["A"])
    shown = view(document)
    assert "Technology with the long name A" not in repr(shown)
    assert shown.pages[0].bars[0].name == "Withheld entry 1"
    assert shown.sentence.startswith("Withheld entry 1 comes first")


def test_before_anything_is_scored_there_is_no_ranking_to_show(document):
    do(document, criteria.add_criterion, "Effect", low=0, high=100, weight=1)
    do(document, operations.add_technology, "A")
    assert view(document).pages[0].bars == ()


def test_how_often_each_place_comes_up_is_told_of_those_chosen_and_of_who_comes_close(document, ids):
    page = view(document).pages[1]
    rows = {row.name: row for row in page.rows}
    assert list(rows)[:3] == ["A", "B", "C"] and "D" not in rows and "F" not in list(rows)[:3]
    assert all(sum(row.shares) == pytest.approx(1.0) for row in page.rows)
    assert rows["A"].chosen and rows["B"].chosen and not rows["C"].chosen
    # Two are chosen: among the first two of those that take part in the trials.
    assert page.among == "Among first 2" and rows["A"].among.endswith(" of 100")
    assert page.heading.startswith("Places among all") and "ranked or not" in page.heading


def test_without_trials_there_is_no_such_page(document, ids, monkeypatch):
    monkeypatch.setattr(wall, "AT_ONCE", 3)
    assert len(view(document).pages) == 1


def test_of_two_technologies_the_sentence_says_it_all(document, ids):
    do(document, operations.remove_technologies, [ids[name] for name in "CDEF"])
    shown = view(document)
    assert len(shown.pages) == 1 and "safe choice" in shown.sentence
