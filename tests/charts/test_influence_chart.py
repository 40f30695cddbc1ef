"""The influence map as a picture, and how its names find their places."""

import re
import xml.etree.ElementTree as ET

import pytest

from tna_desktop.charts.influence import Point, Words, influence_chart
from tna_desktop.charts.map_layout import Box, Mark, Scale, arranged, crowded, overlaps
from tna_desktop.kernel.text import language

SVG = "{http://www.w3.org/2000/svg}"
AREA = Box(0, 0, 800, 400)
WORDS = Words(
    ("Keep engaged", "Decide together", "Keep informed", "Stronger voice"), "Influence", "Interest", "low", "high"
)
GROUPS = (("government", "Government"), ("research", "Research"))


def marks(*places, width=120):
    return [Mark(str(number), x, y, width) for number, (x, y) in enumerate(places)]


def laid(*places, **options):
    pills = arranged(marks(*places), AREA, 26, 15, **options)
    return {pill.id: pill for pill in pills}


def test_values_and_places_are_each_others_inverse_and_three_is_the_middle():
    scale = Scale(AREA, 40, 20)
    assert (scale.x(1), scale.x(5), scale.y(5), scale.y(1)) == (40, 760, 20, 380)
    assert (scale.x(3), scale.y(3)) == (400, 200)
    assert scale.interest(scale.x(2.4)) == pytest.approx(2.4)
    assert scale.influence(scale.y(4.7)) == pytest.approx(4.7)


def test_a_lone_name_stands_beside_its_mark_and_turns_inwards_near_the_edge():
    left, middle, right = laid((40, 50), (400, 50), (760, 50)).values()
    assert (left.turned, middle.turned, right.turned) == (False, False, True)
    for pill in (left, middle, right):
        assert not pill.pushed
        assert pill.mark_x == pill.x
        assert AREA.left <= pill.box.left and pill.box.right <= AREA.right


def test_in_the_middle_names_stand_on_the_side_of_the_writing():
    assert laid((400, 50), turned=True)["0"].turned
    assert not laid((40, 50), turned=True)["0"].turned


def test_names_at_one_place_are_pushed_up_and_down_and_never_lie_on_each_other():
    pills = list(laid(*[(400, 100)] * 6).values())
    assert overlaps(pills) == 0
    assert sum(not pill.pushed for pill in pills) >= 1
    assert all(pill.x == 400 and pill.y == 100 for pill in pills)


def test_a_place_that_is_taken_stays_free():
    name = Box(640, 0, 160, 30)
    pill = laid((700, 15), taken=[name])["0"]
    assert pill.box.top >= name.bottom


def test_who_was_moved_last_stays_where_it_was_put():
    for first in ("0", "3", "5"):
        pills = laid(*[(400, 100)] * 6, first=first)
        assert not pills[first].pushed
        assert overlaps(list(pills.values())) == 0


def test_a_name_is_not_pushed_into_another_quadrant_while_there_is_room_in_its_own():
    pills = laid(*[(400, 190)] * 5).values()
    assert all(pill.middle < 200 for pill in pills)


def test_sixty_names_are_placed_without_lying_on_each_other():
    places = [(300 + 37 * number % 450, 20 + 53 * number % 360) for number in range(60)]
    pills = arranged(marks(*places, width=110), AREA, 19, 11, gap=2)
    assert len(pills) == 60
    assert overlaps(pills) == 0
    assert crowded(arranged(marks(*[(400, 100)] * 40), AREA, 26, 15))
    assert not crowded(list(laid((100, 100), (500, 300)).values()))


def drawn(points, code="en", groups=GROUPS):
    svg = influence_chart(points, groups, WORDS, language(code), "Two stakeholders on the map.")
    return ET.fromstring(svg)


def texts(root):
    return [element.text for element in root.iter(f"{SVG}text")]


def test_the_picture_writes_names_and_both_values_and_says_what_it_is():
    root = drawn([Point("Finance & Co", "government", 4.7, 1.9), Point("Seed Savers", "research", 1.7, 4.25)])
    words = texts(root)
    assert "Finance & Co" in words and "4.7 / 1.9" in words
    assert "1.7 / 4.3" in words
    assert {"Keep engaged", "Decide together", "Influence", "Interest", "Government", "Research"} <= set(words)
    assert root.get("aria-label") == "Two stakeholders on the map."


def test_the_picture_is_not_mirrored_and_uses_plain_colours_only():
    points = [Point("West", "government", 3, 1), Point("East", "research", 3, 5)]
    for code in ("en", "ar"):
        root = drawn(points, code, ())
        x = {element.text: float(element.get("x")) for element in root.iter(f"{SVG}text")}
        assert x["West"] < x["East"]
    svg = ET.tostring(root, encoding="unicode")
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {
        "none",
        *re.findall(r"#[0-9A-F]{6}", svg),
    }


def test_a_large_map_leaves_the_numbers_to_the_table():
    points = [Point(f"Nr {number}", "research", 1 + number % 5, 1 + number % 4) for number in range(30)]
    assert not [text for text in texts(drawn(points)) if text and "/" in text]
