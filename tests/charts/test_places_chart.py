"""The strip of places: what a reader sees in it, read back from the picture itself."""

import xml.etree.ElementTree as ET

from tna_desktop.charts.palette import sequential
from tna_desktop.charts.places import PlacesRow, folded, places_chart
from tna_desktop.kernel.text import language

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH, ARABIC = language("en"), language("ar")
ROWS = (
    PlacesRow("Seed bank", (0.9, 0.1, 0.0), 1.0, True),
    PlacesRow("Closure", (0.1, 0.898, 0.002), 0.998, True),
    PlacesRow("Gear", (0.0, 0.002, 0.998), 0.002, False),
)


def texts(svg):
    return [(element.text, float(element.get("x"))) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def cells(svg):
    return [element.get("fill") for element in ET.fromstring(svg).iter(f"{SVG}rect") if element.get("rx")]


def test_each_share_stands_in_its_cell_and_darker_is_oftener():
    svg, _ = places_chart(ROWS, 2, ENGLISH)
    words = [text for text, _ in texts(svg)]
    begin = words.index("Seed bank")
    assert words[begin : begin + 4] == ["Seed bank", "90", "10", "100"]
    # 0.2 of 100 trials is no nought: the cell stays without a figure, and the share at the end is below one.
    begin = words.index("Gear")
    assert words[begin:] == ["Gear", "100", "< 1"]
    assert cells(svg)[:3] == [sequential(6), sequential(2), sequential(0)]


def test_nothing_is_rounded_to_all_or_none():
    svg, told = places_chart(ROWS, 2, ENGLISH)
    assert "> 99" in [text for text, _ in texts(svg)]
    assert "Closure: most often at place 2, in 90 of 100 trials; among the first 2 in > 99." in told


def test_more_than_ten_places_share_the_last_column():
    shares = (0.0,) * 9 + (0.5, 0.3, 0.2)
    assert folded(shares, 10) == (0.0,) * 9 + (1.0,)
    rows = [PlacesRow("Gear", shares, 0.0, False)]
    words = [text for text, _ in texts(places_chart(rows, 2, ENGLISH)[0])]
    assert "10+" in words and "11" not in words and words[words.index("Gear") + 1] == "100"


def test_right_to_left_begins_on_the_right():
    places = dict(texts(places_chart(ROWS, 2, ARABIC)[0]))
    assert places["Seed bank"] > places["Gear"] - 1 and places["Seed bank"] == 627
