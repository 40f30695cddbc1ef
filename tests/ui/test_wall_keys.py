"""The wall by its keys, as a presenter's clicker sends them; and what is told and moved while it is up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders.wall_pages import every_kind, header, influence_map, weights
from tna_desktop.kernel.text import language
from tna_desktop.ui import tokens
from tna_desktop.ui.theme import use_theme
from tna_desktop.ui.wall import Wall, keys

KEY = Qt.Key


@pytest.fixture
def wall(qapp):
    use_theme("light", 100, "en")
    made = Wall(language("en"))
    made.resize(1280, 800)
    made.show()
    made.tell(header(), weights())
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(
    ("key", "does"),
    [
        (KEY.Key_PageDown, "next"), (KEY.Key_Right, "next"), (KEY.Key_Down, "next"), (KEY.Key_Space, "next"),
        (KEY.Key_Return, "next"), (KEY.Key_Enter, "next"), (KEY.Key_PageUp, "back"), (KEY.Key_Left, "back"),
        (KEY.Key_Up, "back"), (KEY.Key_Backspace, "back"), (KEY.Key_F5, "leave"), (KEY.Key_Escape, "leave"),
        (KEY.Key_B, "blank"), (KEY.Key_Period, "blank"), (KEY.Key_L, "legend"), (KEY.Key_H, "keys"),
        (KEY.Key_Question, "keys"), (KEY.Key_Plus, "larger"), (KEY.Key_Minus, "smaller"), (KEY.Key_Home, "first"),
        (KEY.Key_End, "last"), (KEY.Key_F12, ""),
    ],
)  # fmt: skip
def test_the_key_table(key, does) -> None:
    assert keys.command(key, "", False) == does


def test_arrows_follow_the_direction_of_reading_and_pgdn_does_not() -> None:
    assert keys.command(KEY.Key_Left, "", True) == keys.NEXT
    assert keys.command(KEY.Key_Right, "", True) == keys.BACK
    assert keys.command(KEY.Key_PageDown, "", True) == keys.NEXT
    assert keys.command(KEY.Key_Down, "", True) == keys.NEXT


def test_pages_turn_and_ask_for_the_next_step_beyond_the_last(wall, qtbot) -> None:
    steps: list[int] = []
    wall.stepped.connect(steps.append)
    assert wall.pages == 3
    QTest.keyClick(wall, KEY.Key_PageUp)
    assert steps == [-1] and wall.page == 0
    QTest.keyClick(wall, KEY.Key_PageDown)
    QTest.keyClick(wall, KEY.Key_Space)
    assert wall.page == 2 and steps == [-1]
    assert "Page 3 of 3" in wall.accessibleName()
    QTest.keyClick(wall, KEY.Key_PageDown)
    assert wall.page == 2 and steps == [-1, 1]
    QTest.keyClick(wall, KEY.Key_Home)
    assert wall.page == 0
    QTest.keyClick(wall, "2")
    assert wall.page == 1
    QTest.keyClick(wall, KEY.Key_End)
    assert wall.page == 2


def test_coming_back_from_the_step_after_shows_the_last_page(wall) -> None:
    wall.tell(header(question="Another question?"), influence_map(), at_end=False)
    assert wall.page == 2 or wall.page == 0
    other = header()
    wall.tell(type(other)("What is good?", "Step 2.1, Criteria tree", "Kelvara", ()), weights(), at_end=True)
    assert wall.page == wall.pages - 1
    wall.tell(type(other)("Who?", "Step 1.1, Register", "Kelvara", ()), weights())
    assert wall.page == 0


def test_blank_is_black_and_the_next_key_brings_the_same_page_back(wall) -> None:
    QTest.keyClick(wall, KEY.Key_PageDown)
    QTest.keyClick(wall, KEY.Key_Period)
    assert only(wall) == {"#000000"} and wall.texts() == []
    assert wall.accessibleName() == "The wall is blank" and wall.accessibleDescription() == ""
    QTest.keyClick(wall, KEY.Key_PageDown)
    assert wall.page == 1 and len(only(wall)) > 1
    QTest.keyClick(wall, KEY.Key_B)
    QTest.keyClick(wall, KEY.Key_B)
    assert not wall.blank


def test_the_sheet_of_keys_comes_and_any_key_takes_it_away(wall) -> None:
    QTest.keyClick(wall, KEY.Key_H)
    assert any(each.words == "Keys on the wall" for each in wall.texts())
    QTest.keyClick(wall, KEY.Key_Escape)
    assert wall.isVisible() and not wall.showing_keys
    QTest.keyClick(wall, KEY.Key_Escape)
    assert not wall.isVisible()


def test_the_sheet_of_keys_fits_on_a_small_projector_in_long_words(qapp) -> None:
    for code in ("en", "ar", "qps"):
        wall = Wall(language(code))
        wall.resize(1024, 768)
        wall.grab()
        wall.tell(header(), weights())
        wall.show_keys(True)
        assert all(wall.rect().contains(each.place.toRect()) for each in wall.texts())
        wall.close()


def test_the_legend_goes_and_the_rows_stay(wall) -> None:
    assert any(each.words == "Women & youth" for each in wall.texts())
    QTest.keyClick(wall, KEY.Key_L)
    assert not any(each.words == "Women & youth" for each in wall.texts())
    assert any(each.words == "Jobs and local income" for each in wall.texts())


def test_text_grows_in_three_sizes_and_the_room_stays_with_what_it_saw(wall) -> None:
    sizes: list[int] = []
    wall.sized.connect(sizes.append)
    QTest.keyClick(wall, KEY.Key_PageDown)
    seen = wall._sheets[wall.page].ids
    for _ in range(3):
        QTest.keyClick(wall, KEY.Key_Plus)
    assert sizes == [1, 2] and wall.size_index == 2
    assert set(wall._sheets[wall.page].ids) <= set(seen)
    QTest.keyClick(wall, KEY.Key_Minus)
    assert wall.size_index == 1


def test_hints_go_after_a_while_and_at_once_for_people_who_want_less_motion(wall, monkeypatch) -> None:
    wall._show_hints()
    assert any(each.words == "PgDn next" for each in wall.texts())
    monkeypatch.setattr(tokens, "_current", tokens.theme()._replace(reduced_motion=True))
    wall._hints.timeout.emit()
    assert not any(each.passing for each in wall.texts())
    QTest.keyClick(wall, KEY.Key_F12)  # a key that does nothing shows what keys there are
    assert any(each.passing for each in wall.texts())


# Live --------------------------------------------------------------------------------------------------------


def test_a_dragged_pill_moves_and_the_others_stay(wall) -> None:
    wall.tell(header(), influence_map(20))
    before = {each.words: each.place for each in wall.texts()}
    pill = wall.projection.pages[0].pills[4]
    wall.point(pill.id, (1.2, 4.8))
    after = {each.words: each.place for each in wall.texts()}
    moved = [words for words, place in after.items() if place != before[words]]
    assert moved == [pill.name]
    assert after[pill.name].center().x() > wall.width() * 0.7 and after[pill.name].center().y() > wall.height() * 0.6


def test_the_wall_turns_to_the_page_of_what_is_dragged(wall) -> None:
    wall.tell(header(), influence_map(60))
    other = wall._sheets[2].ids[0]
    wall.point(other, (3, 3))
    assert wall.page == 2
    wall.point("nobody knows this one", (3, 3))
    assert wall.page == 2


def test_a_weight_in_hand_moves_its_tick_and_its_number(wall) -> None:
    row = wall.projection.pages[0].rows[1]
    ticks = [each.place.center().x() for each in wall.marks() if each.what == "agreed"]
    wall.point(row.id, 0.25)
    assert any(each.words == "25 %" for each in wall.texts())
    moved = [each.place.center().x() for each in wall.marks() if each.what == "agreed"]
    assert moved[1] > ticks[1] + 100 and moved[0] == ticks[0] and moved[2:] == ticks[2:]
    wall.point(row.id, None)  # let go: it stays until the wall is told what is so
    assert any(each.words == "25 %" for each in wall.texts())
    wall.tell(header(), weights())
    assert not any(each.words == "25 %" for each in wall.texts())


def test_the_wall_says_to_a_screen_reader_what_it_shows(wall) -> None:
    wall.tell(*every_kind()["bars"])
    name = wall.accessibleName()
    assert (
        name.startswith("Who decides, and who cares most?") and "Reef gardens leads" in name and "Page 1 of 2" in name
    )
    assert "Community seed banks" in wall.accessibleDescription()


def test_a_long_question_and_a_long_sentence_are_wrapped_and_not_cut(wall) -> None:
    words = (
        "Which of the technologies that we have listed together serve the goals of the country best, and who says so?"
    )
    sentence = " ".join(["Reef gardens lead, and nobody disputes it."] * 12)
    projection = weights()
    wall.tell(header(question=words), type(projection)(projection.pages, sentence, projection.legend))
    said = " ".join(each.words for each in wall.texts())
    for word in (*words.split(), *sentence.split()):
        assert word in said
    assert all(wall.rect().contains(each.place.toRect()) for each in wall.texts())


def test_a_wall_that_lost_its_screen_shows_nothing_wherever_the_system_puts_it(wall, qtbot) -> None:
    lost: list[bool] = []
    wall.lost.connect(lambda: lost.append(True))
    wall._lose()
    assert lost == [True] and not wall.isVisible()
    wall.show()
    assert only(wall) == {"#ffffff"}
    qtbot.waitUntil(lambda: not wall.isVisible())


def only(wall) -> set[str]:
    image = wall.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
