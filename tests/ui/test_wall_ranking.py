"""The ranking on the wall: nobody is left out, what is open is hatched, near ties are marked, the height is used."""

from __future__ import annotations

import pytest

from tests.builders.wall_pages import header, places, ranking
from tna_desktop.kernel.text import language
from tna_desktop.ui.theme import use_theme
from tna_desktop.ui.wall import Wall
from tna_desktop.ui.wall.places import told as told_places

SCREENS = [(1280, 800), (1920, 1080), (1366, 768)]


@pytest.fixture
def told(qapp):
    made = []

    def make(size, code: str = "en", text: int = 0, **of) -> Wall:
        use_theme("light", 100, code)
        wall = Wall(language(code), text)
        wall.resize(*size)
        wall.grab()
        wall.tell(header(code == "ar"), ranking(code == "ar", **of))
        made.append(wall)
        return wall

    yield make
    for wall in made:
        wall.close()
        wall.deleteLater()
    use_theme("light", 100, "en")


def pages(wall: Wall):
    for page in range(wall.pages):
        wall.go(page)
        yield page


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_everybody_is_named_and_what_is_open_is_hatched_with_its_reason_beside_or_below(told, size, code) -> None:
    wall = told(size, code)
    names, reasons, hatches = set(), 0, 0
    for _ in pages(wall):
        texts = wall.texts()
        names |= {each.words for each in texts}
        reasons += sum(each.words == "one score unknown" for each in texts)
        # The key shows a small hatch too; those in the rows are bars.
        open_ones = [each.place for each in wall.marks() if each.what == "open"]
        hatches += sum(place.width() != place.height() for place in open_ones)
        drawn = [each.place for each in wall.marks() if each.what in ("open", "value")]
        for each in texts:
            assert not any(each.place.adjusted(1, 4, -1, -4).intersects(place) for place in drawn), each.words
    every = wall.projection.pages[0].bars
    assert {bar.name for bar in every} <= names
    assert reasons == hatches == 3


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_a_hatch_spans_what_a_value_can_still_be(told, size, code) -> None:
    wall = told(size, code)
    for _ in pages(wall):
        rows = {each.words: each.place for each in wall.texts()}
        if "48 to 60" not in rows:
            continue
        middle = rows["48 to 60"].center().y()
        hatch = next(
            each.place for each in wall.marks()
            if each.what == "open" and abs(each.place.center().y() - middle) < size[1] / 36 and each.place.width() > 40
        )  # fmt: skip
        whole = next(
            each.place for each in wall.marks() if each.what == "open" and each.place.width() > 4 * hatch.width()
        )  # from 0 to 100, or from 20 to 100
        span = whole.width() / (1.0 if whole.width() > 7.5 * hatch.width() else 0.8)
        assert hatch.width() == pytest.approx(0.12 * span, rel=0.05)
        return
    pytest.fail("the range is on no page")


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_a_near_tie_is_a_bracket_from_row_to_row_with_its_words(told, size, code) -> None:
    wall = told(size, code)
    seen = 0
    for _ in pages(wall):
        brackets = [each.place for each in wall.marks() if each.what == "near tie"]
        words = [each.place for each in wall.texts() if each.words == "Near tie"]
        assert len(brackets) == len(words)
        if not brackets:
            continue
        seen += 1
        rows = {each.words: each.place.center().y() for each in wall.texts()}
        assert brackets[0].top() == pytest.approx(rows["70"], abs=2)  # 84 - 3 * 4.5 = 70.5
        assert brackets[0].bottom() == pytest.approx(rows["66"], abs=2)
        assert brackets[0].top() < words[0].center().y() < brackets[0].bottom()
    assert seen == 1


def test_without_room_for_its_words_the_bracket_stays_and_the_bars_too(told) -> None:
    wall = told((1024, 768), text=2)
    brackets, bars = 0, []
    for _ in pages(wall):
        brackets += sum(each.what == "near tie" for each in wall.marks())
        assert all(each.words != "Near tie" for each in wall.texts())
        bars += [each.place.width() for each in wall.marks() if each.what == "part"]
    assert brackets == 1 and max(bars) > 60


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("size", SCREENS, ids=str)
@pytest.mark.parametrize("count", [12, 8, 5])
def test_rows_fill_the_height(told, size, code, count) -> None:
    wall = told(size, code, count=count)
    for _ in pages(wall):
        foot = next(each.place for each in wall.texts() if "2026" in each.words).top()
        last = max(each.place.bottom() for each in wall.marks() if each.what in ("part", "open", "value"))
        assert foot - last < size[1] * 0.14


# How often each place comes up --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("size", SCREENS, ids=str)
def test_the_places_stand_under_their_numbers_and_the_rest_under_the_last(told, size, code) -> None:
    use_theme("light", 100, code)
    wall = told(size, code)
    wall.tell(header(code == "ar"), places(code == "ar"))
    texts = {each.words: each.place for each in wall.texts()}
    assert texts["34"].center().x() == pytest.approx(texts["4"].center().x(), abs=2)
    assert texts["44"].center().x() == pytest.approx(texts["40"].center().x(), abs=2)
    # Twelve places exist, six come up often enough to be told: nothing beyond is written, and nothing is lost.
    assert "7" not in texts and "6+" in texts
    forward = texts["5"].center().x() - texts["6+"].center().x()
    assert forward > 0 if code == "ar" else forward < 0
    assert {"100 of 100", "> 99 of 100", "60 of 100", "39 of 100"} <= set(texts)


def test_shares_beyond_the_last_column_are_added_up() -> None:
    row = places().pages[0].rows[4]
    assert told_places(row, 3) == pytest.approx((0.0, 0.0, 1.0))
    assert sum(told_places(row, 20)) == pytest.approx(1.0) and len(told_places(row, 20)) == 20
