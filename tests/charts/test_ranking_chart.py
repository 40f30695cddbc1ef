"""The figures of the ranking and the budget: what a reader sees in them, read back from the picture itself."""

import re
import xml.etree.ElementTree as ET

import pytest

from tna_desktop.charts.bars import Bar, bar_chart
from tna_desktop.charts.drawing import fitted, mixed, text_width
from tna_desktop.charts.palette import PARTS, PARTS_DARK
from tna_desktop.charts.ranking import RankingRow, ranking_chart
from tna_desktop.charts.stacked import Stack, stacked_bar
from tna_desktop.kernel.text import language

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH, ARABIC = language("en"), language("ar")

ROWS = (
    RankingRow("Mangrove nurseries", (40.0, 30.0), 70.0, 1),
    RankingRow("Seed banks", (20.0, 15.0), 35.0, 2, tied=True),
    RankingRow("Fishing gear", (15.0, 20.0), 35.0, 2, tied=True),
    RankingRow("Drone survey", (10.0, 0.0), low=10.0, high=60.0, rank_best=2, rank_worst=4),
    RankingRow("Reef sensors", ()),
)
GROUPS = ("Biodiversity", "Feasibility")


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg, color):
    """Left end and width of the bars of one colour, without the squares of the legend."""
    return [
        (float(element.get("x")), float(element.get("width")))
        for element in ET.fromstring(svg).iter(f"{SVG}rect")
        if element.get("fill") == color and element.get("rx") is None
    ]


def hatches(svg):
    return [element for element in ET.fromstring(svg).iter(f"{SVG}path")]


def dashed(svg):
    return [element for element in ET.fromstring(svg).iter(f"{SVG}line") if element.get("stroke-dasharray")]


def test_bars_are_as_long_as_their_points_and_begin_at_one_line():
    svg, _ = ranking_chart(ROWS, GROUPS, ENGLISH)
    first = boxes(svg, PARTS[0])
    assert len({left for left, _ in first}) == 1
    gap = 1.5
    points = [width + gap for _, width in first]
    assert points[0] / points[1] == pytest.approx(40 / 20, rel=0.01)
    assert points[0] / points[3] == pytest.approx(40 / 10, rel=0.01)
    second = boxes(svg, PARTS[1])
    assert second[0][0] == pytest.approx(first[0][0] + points[0], abs=0.02)


def test_ranks_names_and_values_are_written():
    written = texts(ranking_chart(ROWS, GROUPS, ENGLISH)[0])
    for text in ("1", "2=", "–", "Mangrove nurseries", "70", "35", "Biodiversity", "Feasibility", "not scored"):
        assert text in written
    assert written.count("2=") == 2


def test_what_is_unknown_is_hatched_from_least_to_most():
    svg, _ = ranking_chart(ROWS, GROUPS, ENGLISH)
    assert "10 to 60, place 2 to 4" in texts(svg)
    assert "Depends on unknown scores" in texts(svg)
    bar_start, first = boxes(svg, PARTS[0])[0]
    a_point = (first + 1.5) / 40
    whiskers = sorted(float(e.get("x1")) for e in ET.fromstring(svg).iter(f"{SVG}line"))
    assert [(x - bar_start) / a_point for x in whiskers] == pytest.approx([10, 60], abs=0.1)


def test_without_unknown_scores_there_is_no_hatch():
    svg, _ = ranking_chart(ROWS[:3], GROUPS, ENGLISH)
    assert hatches(svg) == [] and "Depends on unknown scores" not in texts(svg)


def test_the_shortlist_line_stands_below_the_rows_above_it_and_pales_the_others():
    svg, _ = ranking_chart(ROWS, GROUPS, ENGLISH, shortlist=2)
    [line] = dashed(svg)
    heights = {e.text: float(e.get("y")) for e in ET.fromstring(svg).iter(f"{SVG}text")}
    assert heights["Seed banks"] < float(line.get("y1")) < heights["Fishing gear"]
    assert len(boxes(svg, PARTS[0])) == 2 and len(boxes(svg, mixed(PARTS[0], "#FFFFFF", 0.6))) == 2
    assert dashed(ranking_chart(ROWS, GROUPS, ENGLISH)[0]) == []
    assert len(dashed(ranking_chart(ROWS, GROUPS, ENGLISH, shortlist=5)[0])) == 1


def test_right_to_left_is_the_mirror_image():
    svg, _ = ranking_chart(ROWS, GROUPS, ENGLISH)
    mirror, _ = ranking_chart(ROWS, GROUPS, ARABIC)
    for (left, width), (left_mirrored, width_mirrored) in zip(
        boxes(svg, PARTS[0]), boxes(mirror, PARTS[0]), strict=True
    ):
        assert width_mirrored == pytest.approx(width, rel=0.25)  # labels in another language leave another room
        assert left_mirrored + width_mirrored > 360 > left
    assert 'text-anchor="end"' in mirror and "IBM Plex Sans Arabic" in mirror


def test_the_description_says_what_the_picture_shows():
    _, said = ranking_chart(ROWS, GROUPS, ENGLISH, shortlist=2)
    assert said.startswith("5 technologies by their score out of 100. In order: 1 Mangrove nurseries (70)")
    assert "2= Seed banks (35)" in said
    assert "Drone survey has unknown scores and lies between 10 and 60." in said
    assert "Reef sensors has no score." in said
    assert said.endswith("The first 2 are on the shortlist.")
    assert "No technology" in ranking_chart((), GROUPS, ENGLISH)[1]


def test_more_groups_than_colours_share_the_last_one():
    row = RankingRow("A", (10.0, 10.0, 10.0, 10.0, 5.0, 15.0, 10.0), 70.0, 1)
    svg, _ = ranking_chart((row,), [f"Group {number}" for number in range(7)], ENGLISH)
    assert "Other groups of criteria" in texts(svg) and "Group 4" not in texts(svg)
    [(_, first)], [(_, last)] = boxes(svg, PARTS[0]), boxes(svg, PARTS[4])
    assert (last + 1.5) / (first + 1.5) == pytest.approx(3, rel=0.01)


NASTY = "<script>&\"'\x07\n" + "long name " * 60


@pytest.mark.parametrize("code", ["en", "ar", "zh", "qps"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_picture_is_sound_in_every_language_and_with_any_name(code, dark):
    speaking = language(code)
    row = RankingRow(NASTY, (99.0, 1.0), 100.0, 1)
    pictures = [
        ranking_chart((*ROWS, row), (NASTY, "B"), speaking, shortlist=3, dark=dark),
        ranking_chart((), (), speaking, dark=dark),
        bar_chart((Bar(NASTY, 3), Bar("B", None), Bar("C", 0)), speaking, title=NASTY, cut=1, dark=dark),
        bar_chart((), speaking, dark=dark),
        stacked_bar((Stack(NASTY, (1, 2), 3), Stack("B", (0, 0))), (NASTY, "x"), speaking, currency="USD", dark=dark),
        stacked_bar((), (), speaking, dark=dark),
    ]
    for svg, said in pictures:
        picture = ET.fromstring(svg)
        assert said and picture.get("aria-label")
        width = float(picture.get("width"))
        assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= {"none"} | set(re.findall(r"#[0-9A-F]{6}", svg))
        for box in picture.iter(f"{SVG}rect"):
            assert float(box.get("x")) >= -0.01
            assert float(box.get("x")) + float(box.get("width")) <= width + 0.01
        for path in picture.iter(f"{SVG}path"):
            numbers = [float(number) for number in re.findall(r"[-\d.]+", path.get("d"))]
            assert min(numbers) >= -0.01 and max(numbers) <= max(width, float(picture.get("height"))) + 0.01
    assert (PARTS_DARK if dark else PARTS)[0] in pictures[0][0]


def test_plain_bars_are_cut_and_unknown_is_a_word():
    svg, said = bar_chart(
        (Bar("Coast", 4), Bar("Forests", 2), Bar("Tourism", None)),
        ENGLISH,
        title="Mean answer",
        most=5,
        cut=1,
        decimals=1,
    )
    [(_, coast)] = boxes(svg, PARTS[0])
    [(_, forests)] = boxes(svg, mixed(PARTS[0], "#FFFFFF", 0.6))
    assert coast / forests == pytest.approx(2, rel=0.01)
    assert "4.0" in texts(svg) and "unknown" in texts(svg) and len(dashed(svg)) == 1
    assert said == "Mean answer: Coast (4.0), Forests (2.0) and Tourism (unknown). The first one is above the line."
    with pytest.raises(ValueError):
        bar_chart((Bar("Coast", -1),), ENGLISH)


def test_money_without_a_source_is_hatched_and_sums_are_written():
    svg, said = stacked_bar(
        (Stack("Nurseries", (3.0, 1.0), 4.0), Stack("Seed banks", (1.0, 1.0), 0.0)),
        ("State budget", "Private"),
        ENGLISH,
        currency="USD",
        unit="million",
    )
    assert len(hatches(svg)) == 2  # the gap and its square in the legend
    assert {"8 million USD", "2 million USD", "State budget: 4 million USD", "No source yet: 4 million USD"} <= set(
        texts(svg)
    )
    assert said.startswith("In all 10 million USD.")
    nurseries, seeds = boxes(svg, PARTS[0])
    assert (nurseries[1] + 1.5) / (seeds[1] + 1.5) == pytest.approx(3, rel=0.01)
    assert "no money" in stacked_bar((Stack("A", (0.0,)),), ("State",), ENGLISH)[1]
    with pytest.raises(ValueError):
        stacked_bar((Stack("A", (-1.0,)),), ("State",), ENGLISH)


def test_long_names_take_two_lines_and_then_an_ellipsis():
    lines = fitted("Environmental DNA monitoring of protected lakes and rivers in the north", 150)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(text_width(line) <= 150 for line in lines)
    assert fitted("生物多样性" * 10, 100, lines=1)[0].endswith("…")
    assert fitted("", 100) == [""]
