"""The words of the ranking, read aloud by somebody without statistics: each is true, computed by hand or entered and seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tests.stages.test_ranking_robustness import fill, page, tried, unlock, weigh
from tna_desktop.kernel.text import language
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import (
    chapter,
    group_words,
    operations,
    ranking_banner,
    ranking_words,
    results,
    results_compare,
    results_score_change,
)
from tna_desktop.stages.priorities import results_robustness as robust

EN = language("en")


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def table(document, columns, scores, names="ABCDEF"):
    """Technologies by criteria; each column is (name, weight, what else is known of it). None is unknown."""
    ids = [do(document, criteria.add_criterion, name, weight=weight, **more) for name, weight, more in columns]
    rows = [do(document, operations.add_technology, name) for name, _ in zip(names, scores, strict=False)]
    for row, line in zip(rows, scores, strict=True):
        for id, value in zip(ids, line, strict=True):
            if value == "n/a":
                do(document, operations.set_score, row, id, state="not_applicable")
            elif value is not None:
                do(document, operations.set_score, row, id, value=value)
    return rows, ids


FIVE = {"low": 1, "high": 5}


def with_score(shown, technology, criterion, value):
    """The ranking with one score changed, and nothing else."""
    rows = [row["id"] for row in shown.basis.taking_part]
    scores = shown.basis.scores.copy()
    scores[rows.index(technology), [row["id"] for row in shown.basis.criteria].index(criterion)] = value
    return results.ranked(replace(shown.basis, scores=scores))


def firsts(found):
    return [each.id for each in found.ranked if each.rank == 1]


# By group: held against what the team chose ---------------------------------------------------------------


def departing(document):
    """Agreed (50, 50): A 60, B 43.5, C 40; chosen are A and C. At 40: A 52, C 48, B 43.2. At 10: C 72, B 42.3, A 28."""
    rows, columns = fill(document, [[100, 20], [45, 42], [0, 80]])
    do(document, operations.choose_shortlist, [rows[0], rows[2]], reason="C helps the coast")
    unlock(document)
    weigh(document, "government", columns, [50, 50])
    weigh(document, "research", columns, [40, 60])
    weigh(document, "private_sector", columns, [10, 90])
    return rows, columns


def test_a_group_that_wants_what_is_chosen_already_agrees(document):
    (a, b, c), _ = departing(document)
    shown = page(document)
    found = {each.group: each for each in shown.group_rankings()}
    assert (found["government"].enters, found["government"].leaves) == ((b,), (c,))
    assert found["research"].agrees and (found["research"].enters, found["research"].leaves) == ((), ())
    assert (found["private_sector"].enters, found["private_sector"].leaves) == ((b,), (a,))
    name = dict(shown.groups)
    assert group_words.groups_words(shown.ranking, shown.group_rankings(), 2, EN) == (
        f"Of 3 groups one would choose the same shortlist by its own weights: {name['research']}. "
        f"{name['government']} would take B instead of C; {name['private_sector']} would take B instead of A."
    )


def test_groups_that_want_the_same_are_told_in_one_breath(document):
    rows, columns = departing(document)
    weigh(document, "private_sector", columns, [60, 40])
    name = dict(page(document).groups)
    told = group_words.groups_words(page(document).ranking, page(document).group_rankings(), 2, EN)
    both = EN.listing([name["government"], name["private_sector"]])
    assert told.endswith(f" {both} would take B instead of C.")


def test_all_groups_agree_with_a_shortlist_that_departs_from_the_ranking(document):
    rows, columns = departing(document)
    for group in ("government", "private_sector"):
        weigh(document, group, columns, [40, 60])
    assert group_words.groups_words(page(document).ranking, page(document).group_rankings(), 2, EN) == (
        "By their own weights all 3 groups would choose the same shortlist."
    )


def test_as_long_as_nothing_is_chosen_groups_are_held_against_the_agreed_order(document):
    # Agreed: A 60, B 50, C 40, D 30; the first three are A, B, C. At 10: C 72, D 62 (10 % of 0, 90 % of ...).
    rows, columns = fill(document, [[100, 20], [50, 50], [0, 80], [0, 60]])
    unlock(document)
    weigh(document, "research", columns, [10, 90])
    shown = page(document)
    # By (10, 90): C 72, D 54, B 50, A 28.
    assert group_words.groups_words(shown.ranking, shown.group_rankings(), 3, EN) == (
        f"One group of 1 would change the first 3: {dict(shown.groups)['research']} would take D instead of A."
    )


def test_who_shares_the_last_place_is_not_preferred_to_the_chosen_one(document):
    # A and B are equal; A is chosen. A group that finds them equal too has nothing against it.
    rows, columns = fill(document, [[80, 80], [80, 80], [10, 10]])
    do(document, operations.choose_shortlist, rows[:1])
    unlock(document)
    weigh(document, "research", columns, [10, 90])
    (found,) = page(document).group_rankings()
    assert found.agrees


def test_one_that_is_surely_before_the_chosen_ones_is_told_though_none_drops_out(document):
    # By (0, 1): C 90, then A and B equal at 50. The shortlist has A and B, so C would come in; nobody surely goes.
    rows, columns = fill(document, [[90, 50], [80, 50], [10, 90]])
    do(document, operations.choose_shortlist, rows[:2])
    unlock(document)
    weigh(document, "research", columns, [0, 1])
    (found,) = page(document).group_rankings()
    assert (found.enters, found.leaves) == ((rows[2],), ())


def test_the_view_marks_the_shortlist_and_who_would_change_it(document, qtbot):
    departing(document)
    screen = shown_screen(document, qtbot)
    screen.show_view("groups")
    rows = {row.values["name"]: row.values for row in screen.groups.table.rows()}
    assert [rows[name]["agreed"] for name in "ABC"] == ["1 ✓", "2", "3 ✓"]
    assert [rows[name]["government"] for name in "ABC"] == ["1", "2 ▲", "3 ▼"]
    assert [rows[name]["research"] for name in "ABC"] == ["1", "3", "2"]
    assert "✓ is on the shortlist" in screen.groups.note.text()


def test_the_report_says_the_same_of_the_groups(document):
    departing(document)
    told = read(document, chapter.chapter, WORKFLOW, EN, Options())
    section = next(each for each in told.sections if each.title == "How sure this is")
    assert any(text.startswith("Of 3 groups one would choose the same shortlist") for text in section.paragraphs)


# What would change first place ----------------------------------------------------------------------------


def test_a_scale_of_whole_steps_names_the_next_step_that_does_it(document):
    # Shares 0.6 and 0.4. A: 60 + 30 = 90, B: 30 + 40 = 70. A needs 33.3 points less on Effect: 1.33 steps, so two.
    (a, b), (effect, _) = table(document, [("Effect", 3, FIVE), ("Jobs", 2, FIVE)], [[5, 4], [3, 5]])
    shown = page(document)
    change = shown.changes().score
    assert (change.technology, change.criterion, change.now, change.to) == (a, effect, 5, 3)
    assert ranking_words.one_score_words(shown.ranking, shown.changes(), EN) == (
        "If the score of A on “Effect” were 3 instead of 5, B would be first."
    )
    # At 4: A 45 + 30 = 75, still ahead of 70. At 3: A 60.
    assert firsts(with_score(shown, a, effect, 4)) == [a]
    assert firsts(with_score(shown, a, effect, 3)) == [b]


def test_a_step_that_makes_two_equal_says_that_they_share(document):
    # A: 50 + 37.5, B: 25 + 50. The gap of 12.5 is just one step of half the weight.
    (a, b), (effect, _) = table(document, [("Effect", 1, FIVE), ("Jobs", 1, FIVE)], [[5, 4], [3, 5]])
    shown = page(document)
    assert ranking_words.one_score_words(shown.ranking, shown.changes(), EN) == (
        "If the score of A on “Effect” were 4 instead of 5, B would share first place with it."
    )
    assert sorted(firsts(with_score(shown, a, effect, 4))) == sorted([a, b])


def test_no_step_of_the_scale_is_enough(document):
    # A 100, B 0: one score at its other end makes 50 of it.
    table(document, [("Effect", 1, FIVE), ("Jobs", 1, FIVE)], [[5, 5], [1, 1]])
    shown = page(document)
    what = shown.changes()
    assert what.score is None
    assert ranking_words.one_score_words(shown.ranking, what, EN) == (
        "No single score on the scale 1 to 5 changes first place."
    )


def test_where_only_something_measured_is_enough_it_is_said_in_round_numbers(document):
    # A: 25 + 0.75 * 60 = 70, B: 0 + 37.5. 32.5 / 0.75 = 43.3 points are 433 USD: at 840 A has 37, at 830 still 37.75.
    cost = {"low": 0, "high": 1000, "unit": "USD", "direction": "cost"}
    (a, b), (_, spent) = table(document, [("Effect", 1, FIVE), ("Cost", 3, cost)], [[5, 400], [1, 500]])
    shown = page(document)
    assert ranking_words.one_score_words(shown.ranking, shown.changes(), EN) == (
        "If the score of A on “Cost” were 840 USD instead of 400, B would be first. "
        "No single score on the scale 1 to 5 changes it."
    )
    assert firsts(with_score(shown, a, spent, 840)) == [b] and firsts(with_score(shown, a, spent, 830)) == [a]


def test_a_score_that_makes_the_end_of_its_scale_itself_is_ranked_anew(document):
    # Cost has no ends of its own: 100 to 300. A 50, B 45, C 0. With A at 120 the scale begins there, and A stays first
    # (50 to 47.8). B with 180 has 60 points instead of 50 and shares first place.
    open_ended = {"unit": "USD", "direction": "cost"}
    rows, (_, spent) = table(
        document, [("Effect", 1, {"low": 0, "high": 100, "unit": "t"}), ("Cost", 1, open_ended)],
        [[0, 100], [40, 200], [0, 300]],
    )  # fmt: skip
    shown = page(document)
    assert firsts(with_score(shown, rows[0], spent, 120)) == [rows[0]]
    change = shown.changes().score
    assert change.technology == rows[1]
    assert rows[1] in firsts(with_score(shown, change.technology, change.criterion, change.to))


def test_a_value_function_is_looked_up_step_by_step(document):
    # Effect is worth 0 below 4 and 100 from there on. A 100, B 50 * 0 + ... : A 50 + 25, B 0 + 50. B with 4 is at 100.
    steep = FIVE | {"value_shape": "threshold", "value_points": "1:0 4:100"}
    (a, b), (effect, jobs) = table(document, [("Effect", 1, FIVE), ("Jobs", 1, FIVE)], [[5, 3], [2, 5]])
    do(document, criteria.change_criterion, effect, **{key: steep[key] for key in ("value_shape", "value_points")})
    shown = page(document)
    change = shown.changes().score
    # 25 points apart; half the weight makes 50: Jobs of A from 3 to 1 takes 50, everything on Effect takes 100.
    assert (change.technology, change.criterion, change.to, change.in_points) == (a, jobs, 1, False)
    assert sorted(firsts(with_score(shown, a, jobs, 1))) == sorted([a, b])


def test_whatever_is_said_comes_true_when_it_is_entered_and_no_nearer_step_is_enough(document):
    draw = np.random.default_rng(7)
    rows, ids = table(document, [(name, weight, FIVE) for name, weight in zip("PQRS", (4, 3, 2, 1), strict=True)],
                      draw.integers(1, 6, (5, 4)).astype(float).tolist())  # fmt: skip
    shown = page(document)
    matrix, said = shown.matrix, 0
    for _ in range(60):
        basis = replace(shown.basis, scores=draw.integers(1, 6, (5, 4)).astype(float))
        found = results.ranked(basis)
        order = [each.id for each in found.technologies]
        numbers = replace(
            results.decided_by(found, matrix),
            scores=basis.scores[[[row["id"] for row in basis.taking_part].index(id) for id in order]],
        )
        numbers = replace(numbers, points=(numbers.scores - 1) * 25)
        change = results_score_change.smallest(found, numbers, range(5), range(4))
        if change is None or len(firsts(found)) > 1:
            continue
        said += 1
        here = replace(shown, basis=basis)
        assert float(change.to).is_integer() and 1 <= change.to <= 5
        assert set(firsts(with_score(here, change.technology, change.criterion, change.to))) == set(change.first)
        nearer = change.to + (1 if change.to < change.now else -1)
        if nearer != change.now:
            assert firsts(with_score(here, change.technology, change.criterion, nearer)) == firsts(found)
    assert said > 30


def test_the_other_weights_are_said_to_keep_their_proportions(document, qtbot):
    fill(document, [[100, 0], [0, 60]])
    screen = shown_screen(document, qtbot)
    screen.show_view("changes")
    assert "When one weight changes, the others keep their proportions." in screen.what.sentences()
    told = read(document, chapter.chapter, WORKFLOW, EN, Options())
    section = next(each for each in told.sections if each.title == "How sure this is")
    assert "When one weight changes, the others keep their proportions." in section.paragraphs


def test_first_place_does_stay_up_to_the_weight_that_is_written(document):
    # Equal where Effect weighs 37.5 of 100: from 38 on A is first, at 37 B is.
    fill(document, [[100, 0], [0, 60]])
    shown = page(document)
    assert [ranking_words.stay_words(stay, shown.ranking, EN) for stay in shown.changes().stays] == [
        "from 38 on; below it B is first", "up to 62; beyond it B is first",
    ]  # fmt: skip


# Two of them ----------------------------------------------------------------------------------------------


def four_better(document):
    columns = [(f"Criterion number {n} in full", 5 - n, FIVE | {"short": f"C{n}"}) for n in range(1, 5)]
    return table(document, [*columns, ("Jobs", 1, FIVE)], [[5, 5, 5, 5, 1], [3, 3, 3, 3, 5]])


def test_where_not_all_advantages_are_named_it_says_above_all(document):
    (a, b), _ = four_better(document)
    shown = page(document)
    pair = results_compare.head_to_head(shown.ranking, shown.matrix, a, b)
    # Of 11: 2 points of 4 on shares 4, 3, 2, 1 make 50 * 10 / 11 = 45.5; Jobs takes 100 / 11 = 9.1 back.
    assert ranking_words.pair_words(pair, EN) == (
        "A is 36.4 points of 100 ahead of B. A is better above all on “C1”, “C2” and “C3”; B is better on “Jobs”."
    )


def test_sentence_and_table_use_the_same_names_and_the_tooltip_the_whole_one(document, qtbot):
    four_better(document)
    screen = shown_screen(document, qtbot)
    screen.show_view("compare")
    view = screen.compared.table.view
    names = [row.values["criterion"] for row in screen.compared.table.rows()]
    assert names == ["C1", "C2", "C3", "C4", "Jobs", "Sum"]
    tip = view.itemDelegate().tip(QRect(0, 0, 400, 30), view.model().index(0, 0))
    assert tip == "Criterion number 1 in full"
    assert all(name in screen.compared.banner.accessibleName() for name in ("“C1”", "“C2”", "“C3”"))


def test_nobody_is_better_on_what_does_not_apply_to_one_of_two(document, qtbot):
    # Effect 1, Patents 1: A is judged on Effect alone, 75; B has 50 + 25.
    (a, b), (effect, patents) = table(document, [("Effect", 1, FIVE), ("Patents", 1, FIVE)], [[4, "n/a"], [5, 3]])
    shown = page(document)
    pair = results_compare.head_to_head(shown.ranking, shown.matrix, a, b)
    # On Effect A has 75 points and B 50, for it counts twice as much for A; B's score is the better one all the same.
    assert [row.difference for row in pair.rows] == [25, -25] and [row.better for row in pair.rows] == [-12.5, None]
    assert ranking_words.pair_words(pair, EN) == (
        "A and B have the same value. B is better on “Effect”. “Patents” does not apply to A, for which the rest counts more."
    )
    screen = shown_screen(document, qtbot)
    screen.show_view("compare")
    rows = {row.id: row.values for row in screen.compared.table.rows()}
    assert rows[patents]["better"] == "does not apply to A"
    assert rows[effect]["better"] == "B, yet with fewer points"


# The banner -----------------------------------------------------------------------------------------------


def shown_screen(document, qtbot, width=1090, height=620):
    from tna_desktop.stages.priorities.screen import SCREENS

    screen = SCREENS["ranking"](room.new_desk(document), "priorities.ranking")
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    qtbot.waitUntil(lambda: screen.sure is not None, timeout=20_000)
    return screen


def closing_in(document, unknown):
    """By 75 and 25: A 90, B 45 + 25 = 70, C 54 + 15 = 69, D with one unknown score; A and C are chosen."""
    rows, columns = fill(document, [[90, 90], [60, 100], [72, 60], unknown], weights=[3, 1],
                         names=("Alder groves", "Beehives", "Cisterns", "Dykes"))  # fmt: skip
    do(document, operations.shortlist_technology, rows[0], True)
    do(document, operations.shortlist_technology, rows[2], True, reason="The villages ask for it")
    return rows, columns


def words_of(document):
    shown = page(document)
    sure = tried(document, shown=shown)
    ties = robust.near_ties(shown.ranking, sure, shown.within_points)
    return [each.text for each in ranking_banner.sentences(shown.ranking, sure, ties, [], EN)]


def test_the_banner_ends_with_what_is_unknown_and_says_that_it_does_not_matter(document):
    # Dykes: 0.75 * 50 = 37.5 to 62.5, below the second (70) whatever it is.
    closing_in(document, [50, None])
    told = words_of(document)
    assert told[0].startswith("Near tie at the end of the shortlist: Beehives is ahead of Cisterns in ")
    assert told[1] == "The shortlist departs from the ranking for Cisterns."
    assert told[-1] == "Whatever its missing scores are, Dykes stays out of the first 2."


def test_an_unknown_that_could_still_come_in_is_said_and_never_left_out(document):
    # Dykes: 0.75 * 75 = 56.25 to 81.25: below Alder groves (90), above or below Beehives (70).
    closing_in(document, [75, None])
    shown = page(document)
    (said,) = ranking_banner.unknown_sentences(shown.ranking, EN)
    assert said.text == "Dykes could still come among the first 2, by scores not yet known." and said.weight == 0


def test_an_unknown_that_is_in_whatever_it_scores_and_one_that_could_come_first(document):
    # Dykes: 0.75 * 95 = 71.25 to 96.25: at least second, perhaps first.
    rows, columns = closing_in(document, [95, None])
    (said,) = ranking_banner.unknown_sentences(page(document).ranking, EN)
    assert said.text == "Scores are still unknown that could bring Dykes to first place." and said.weight == 0
    # With 85 known and Cost weighing 1 of 20: 80.75 to 85.75, between A (90) and C (68.4 + 3).
    do(document, criteria.unlock_weights, "Weighed again")
    do(document, criteria.set_weight, columns[0], 19)
    do(document, operations.set_score, rows[3], columns[0], value=85)
    (said,) = ranking_banner.unknown_sentences(page(document).ranking, EN)
    assert said.text == "Whatever its missing scores are, Dykes is among the first 2."


def test_many_unknowns_are_counted(document):
    fill(document, [[90, 90], [80, 80], [70, 70], *[[10, None]] * 4], names="ABCDEFG")
    told = [each.text for each in ranking_banner.unknown_sentences(page(document).ranking, EN)]
    assert told == ["Whatever their missing scores are, 4 technologies stay out of the first 3."]


def test_two_points_apart_are_a_near_tie_as_long_as_neither_is_clearly_ahead():
    class Found:
        class A:
            id = short = "A"

        class B:
            id = short = "B"

        technologies = (A, B)

    def said(wins):
        return ranking_banner.near_words([robust.NearTie("A", "B", 0.5, wins, True)], Found, EN)

    assert said(0.63) == "Near tie at the end of the shortlist: A is ahead of B in 63 of 100 trials."
    assert said(0.93) == "A and B lie only 0.5 points apart, though A is ahead in 93 of 100 trials."


@pytest.mark.parametrize(("width", "height"), [(1098, 648), (866, 648), (964, 480), (640, 420)])
def test_the_banner_takes_few_lines_and_leaves_out_neither_near_tie_nor_departure(document, qtbot, width, height):
    closing_in(document, [50, None])
    screen = shown_screen(document, qtbot, width, height)
    text = screen.banner.accessibleName()
    assert "Near tie at the end of the shortlist" in text and "departs from the ranking for Cisterns" in text
    assert text.startswith("Alder groves comes first, 20.0 points of 100 ahead of Beehives.")
    from tna_desktop.ui.fonts import line_height

    label = screen.banner._sentence
    assert label.heightForWidth(label.width()) <= 3 * line_height("body")
    # What did not fit is told by the tooltip.
    assert "stays out of the first 2" in (text if width > 1000 else text + screen.banner.toolTip())
    assert width > 640 or "safe choice" not in text


def test_a_wider_window_says_more(document, qtbot):
    closing_in(document, [50, None])
    screen = shown_screen(document, qtbot, 640, 620)
    less = screen.banner.accessibleName()
    screen.resize(1300, 620)
    qtbot.waitUntil(lambda: len(screen.banner.accessibleName()) > len(less), timeout=5000)
    assert screen.banner.accessibleName().endswith("stays out of the first 2.") and screen.banner.toolTip() == ""
