"""Dividing rows into pages: as few as it takes, evenly filled, best after a branch, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tna_desktop.ui.wall.nudging import Box, Wish, placed
from tna_desktop.ui.wall.paging import divided, filled


def test_ten_rows_are_five_and_five_and_not_nine_and_one() -> None:
    assert divided([80.0] * 10, 800) == [(0, 5), (5, 10)]
    assert divided([80.0] * 9, 800) == [(0, 9)]
    assert divided([], 800) == []


def test_a_page_ends_after_a_branch_where_that_is_possible() -> None:
    assert divided([80.0] * 10, 800, breaks={3, 9}) == [(0, 4), (4, 10)]


def test_a_row_higher_than_the_page_has_one_of_its_own() -> None:
    assert divided([100, 900, 100], 800) == [(0, 1), (1, 2), (2, 3)]


@given(
    st.lists(st.floats(10, 1000), max_size=40),
    st.floats(200, 900),
    st.integers(1, 9),
    st.sets(st.integers(0, 40), max_size=8),
)
def test_nothing_is_lost_and_every_page_fits(heights, room, most, breaks) -> None:
    for cuts in (divided(heights, room, most, breaks), filled(heights, room, most)):
        assert [row for first, last in cuts for row in range(first, last)] == list(range(len(heights)))
        for first, last in cuts:
            assert last - first <= most
            assert last - first == 1 or sum(heights[first:last]) <= room + 1
    if not breaks:
        assert len(divided(heights, room, most)) == len(filled(heights, room, most))


def test_a_pill_stays_where_it_belongs_while_there_is_room() -> None:
    whole = Box(0, 0, 1000, 500)
    quadrants = [Box(x, y, 500, 250) for y in (0, 250) for x in (0, 500)]
    lone = placed([Wish(300, 100, 200, 50, 20, False)], whole, quadrants)[0]
    assert lone.box == Box(280, 75, 200, 50) and not lone.turned
    first, second = placed([Wish(300, 100, 200, 50, 20, False)] * 2, whole, quadrants)
    assert not first.box.hits(second.box, air=0)
    assert abs(second.box.top - first.box.top) < 60 and quadrants[0].holds(second.box)


def test_a_pill_at_the_rim_of_its_quadrant_turns_its_name_to_the_inside() -> None:
    whole = Box(0, 0, 1000, 500)
    quadrants = [Box(x, y, 500, 250) for y in (0, 250) for x in (0, 500)]
    place = placed([Wish(480, 240, 200, 50, 20, False)], whole, quadrants)[0]
    assert place.turned and quadrants[0].holds(place.box)
