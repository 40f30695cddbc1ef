"""The shared colours: readable where text stands on them, told apart by colour-blind people, one shape per group."""

import itertools
import math
import re

import pytest

from tna_desktop.charts import palette, rosette

HEX = re.compile(r"^#[0-9A-F]{6}$")
# Machado, Oliveira and Fernandes (2009), full severity, applied to linear RGB.
BLINDNESS = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(color: str) -> list[float]:
    values = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def lab(color: str, matrix=((1, 0, 0), (0, 1, 0), (0, 0, 1))) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear(color), strict=True)))) for row in matrix]
    to_xyz = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
    xyz = [sum(m * c for m, c in zip(row, seen, strict=True)) for row in to_xyz]
    x, y, z = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
        for t in (v / white for v, white in zip(xyz, (0.95047, 1, 1.08883), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(first, second) -> float:
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.2 * math.cos(math.radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rt = (
        -2
        * math.sqrt(chroma**7 / (chroma**7 + 25**7))
        * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    )
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return math.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # Sharma, Wu and Dalal (2005), pairs 1, 7, 17 and 25 of their test data
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_distance_used_here_is_the_published_one(first, second, expected):
    assert ciede2000(first, second) == pytest.approx(expected, abs=1e-4)


def test_nine_groups_have_nine_colours_and_nine_shapes():
    assert len(palette.GROUPS) == len(set(palette.GROUPS)) == 9
    assert len({palette.group_shape(group) for group in palette.GROUPS}) == 9
    for dark in (False, True):
        assert len({palette.group_color(group, dark) for group in palette.GROUPS}) == 9
    assert set(palette.SHAPE_PATHS) == set(palette.SHAPES.values())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("seen", "limit"), [("deuteranopia", 12.6), ("protanopia", 10.6), ("tritanopia", 11.8)])
def test_no_two_groups_look_alike_to_colour_blind_people(seen, limit, dark):
    seen_as = {group: lab(palette.group_color(group, dark), BLINDNESS[seen]) for group in palette.GROUPS}
    worst = min(ciede2000(seen_as[one], seen_as[two]) for one, two in itertools.combinations(seen_as, 2))
    assert worst >= limit


@pytest.mark.parametrize(("dark", "limit"), [(False, 15.3), (True, 13.7)])
def test_the_ninth_colour_keeps_the_distance_it_was_chosen_for(dark, limit):
    for matrix in BLINDNESS.values():
        seen_as = {group: lab(palette.group_color(group, dark), matrix) for group in palette.GROUPS}
        ninth = seen_as.pop("local_communities")
        assert min(ciede2000(ninth, other) for other in seen_as.values()) >= limit


def test_marks_stand_out_from_the_ground_by_fill_or_by_outline():
    for group in palette.GROUPS:
        edge = palette.group_outline(group) or palette.group_color(group)
        assert palette.contrast(edge, "#FFFFFF") >= 3, group
        assert palette.contrast(palette.group_color(group, dark=True), "#10191B") >= 3, group


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_are_readable_on_every_step(dark):
    for step in range(7):
        assert palette.contrast(palette.ink_on(step, dark), palette.sequential(step, dark)) >= 4.5
    for score in range(1, 6):
        assert palette.contrast(palette.score_ink(score, dark), palette.score_color(score, dark)) >= 4.5


def test_steps_go_from_light_to_strong():
    against_white = [palette.contrast(color, "#FFFFFF") for color in palette.SEQUENTIAL]
    assert against_white == sorted(against_white)
    on_dark = [palette.contrast(color, "#10191B") for color in palette.SEQUENTIAL_DARK]
    assert on_dark == sorted(on_dark)


@pytest.mark.parametrize(
    ("share", "step"),
    [(0, 0), (0.004, 0), (0.005, 1), (0.099, 1), (0.1, 2), (0.25, 3), (0.4, 4), (0.6, 5), (0.8, 6), (1, 6)],
)
def test_a_share_falls_into_the_step_the_design_names(share, step):
    assert palette.rank_step(share) == step


def test_only_hex_colours_because_the_svg_renderer_knows_no_others():
    every = [*palette.SEQUENTIAL, *palette.SEQUENTIAL_DARK, *palette.SCORE, *palette.SCORE_DARK, *palette.PARTS]
    every += [*palette.PARTS_DARK, *palette.DIVERGING, palette.INK, palette.PAPER, palette.OTHER, palette.OTHER_DARK]
    every += [palette.group_color(group, dark) for group in palette.GROUPS for dark in (False, True)]
    assert all(HEX.match(color) for color in every)


def test_an_unknown_group_still_has_a_mark():
    assert palette.group_shape("fishers") == "circle"
    assert HEX.match(palette.group_color("fishers"))
    assert "<path" in palette.shape_svg("fishers", 10, 10, 12)


def test_contrast_of_black_and_white_is_twenty_one():
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#0E6A73", "#FFFFFF") == pytest.approx(6.3, abs=0.05)


def test_a_petal_is_filled_up_to_its_share():
    for share in (0.0, 0.25, 0.5, 1.0):
        assert rosette.petal_part(share)[-1][1] == pytest.approx(-0.16 - 0.84 * share, abs=1e-6)


def test_the_rosette_shows_done_begun_and_to_do():
    picture = rosette.rosette_svg([1, 0.5, 0, 0, 0, 0], title="2 < 6 stages")
    assert picture.count(f'fill="{rosette.LIGHT.done}"') == 1
    assert picture.count(f'fill="{rosette.LIGHT.begun}"') == 1
    assert picture.count(f'stroke="{rosette.LIGHT.to_do}"') == 4
    assert "<title>2 &lt; 6 stages</title>" in picture


def test_missing_stages_are_still_to_do():
    assert rosette.rosette_svg([1]).count(f'stroke="{rosette.LIGHT.to_do}"') == 5


def test_the_art_turns_round_for_right_to_left_languages():
    assert "translate(378 " in rosette.art_svg(width=420)
    assert "translate(42 " in rosette.art_svg(width=420, mirrored=True)
