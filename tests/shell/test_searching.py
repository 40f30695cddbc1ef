"""What the palette finds for a few letters."""

from __future__ import annotations

from tna_desktop.shell.searching import DO, GO, LEARN, Entry, best, score


def entry(title: str, section: str = GO, **more: str) -> Entry:
    return Entry(section, title, lambda: None, **more)


def titles(query: str, *entries: Entry) -> list[str]:
    return [each.title for each in best(query, entries)]


def test_the_beginning_of_a_name_wins_over_its_middle() -> None:
    assert titles("weig", entry("Forest weighing"), entry("Overweight"), entry("Weights")) == [
        "Weights",
        "Forest weighing",
        "Overweight",
    ]


def test_accents_and_case_do_not_matter() -> None:
    assert score("evaluation", "Évaluation nationale") > 0.9
    assert score("ÉVAL", "evaluation") > 0.9


def test_every_word_must_be_found() -> None:
    assert score("save copy", "Save a copy") > 0
    assert score("save moon", "Save a copy") == 0


def test_letters_with_gaps_find_a_word_that_begins_so() -> None:
    assert score("wgt", "Weights") > 0
    assert score("wgt", "Ranking") == 0


def test_english_finds_what_is_shown_in_another_language() -> None:
    assert titles("weights", entry("Pondération", english="Weights")) == ["Pondération"]


def test_sections_keep_their_order_and_learning_is_not_offered_unasked() -> None:
    offered = [
        entry("Swing weighting", LEARN, words="weights"),
        entry("Collect weights", DO),
        entry("Weights"),
    ]
    assert titles("weight", *offered) == ["Weights", "Collect weights", "Swing weighting"]
    assert titles("", *offered) == ["Weights", "Collect weights"]
