"""The rosette: six petals, one per stage, clockwise from the top. The mark of the program and its measure of progress.

A stage that is done is a filled petal, one that is begun an outline filled from the centre by its share, one still to
do an outline. The art on the start screen and the report's cover is the same flower with its petals echoed outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: One petal in a flower of radius 1 whose centre is 0,0; the others are turned by 60 degrees each.
PETAL = "M0,-0.16 C0.22,-0.286 0.38,-0.68 0,-1 C-0.38,-0.68 -0.22,-0.286 0,-0.16 Z"
PETALS = 6
_SIDE = ((0.0, -0.16), (0.22, -0.286), (0.38, -0.68), (0.0, -1.0))
#: How much smaller each echo of the art is than the one around it.
_ECHO = 0.105
#: Where the flower of the art stands, as shares of the width and the height; its radius and the small flower in it.
ART_CENTER, ART_RADIUS, ART_HEART = (0.9, 0.66), 0.55, 0.37


class RosetteColors(NamedTuple):
    done: str
    begun: str
    to_do: str


LIGHT = RosetteColors("#0E6A73", "#E58A1F", "#C6D3D5")
DARK = RosetteColors("#5CC0C7", "#E9A040", "#34484D")
ON_RAIL = RosetteColors("#7CCBCB", "#F4B35E", "#568A93")
ON_RAIL_DARK = RosetteColors("#6FC1C3", "#F4B35E", "#4E7F87")
#: For covers that save ink: petrol lines on white.
ART_LINE, ART_LINE_INK_SAVING = "#2C6973", "#9CCACD"


def colors(dark: bool = False, on_rail: bool = False) -> RosetteColors:
    if on_rail:
        return ON_RAIL_DARK if dark else ON_RAIL
    return DARK if dark else LIGHT


def petal_transform(stage: int, scale: float = 1.0) -> str:
    """The SVG transform that puts the petal at a stage's place, 0 to 5."""
    return f"rotate({60 * stage}) scale({scale:g})"


def echoes() -> list[float]:
    """How large each echo of the art's petals is, the outermost first."""
    return [1 - _ECHO * echo for echo in range(6)]


def petal_part(share: float) -> tuple[tuple[float, float], ...]:
    """The lower part of one side of the petal, as a Bézier curve of four points that ends at the share's height.

    The other side is its mirror image. The curve is cut with de Casteljau's construction where it reaches the height.
    """
    height = -0.16 - 0.84 * max(0.0, min(1.0, share))
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if _split(middle)[-1][1] > height:
            low = middle
        else:
            high = middle
    return _split((low + high) / 2)


def petal_part_path(share: float) -> str:
    """The filled part of a begun petal, as an SVG path."""
    start, one, two, end = petal_part(share)

    def said(point: tuple[float, float], mirrored: bool = False) -> str:
        return f"{-point[0] if mirrored else point[0]:.4g},{point[1]:.4g}"

    right = f"M{said(start)} C{said(one)} {said(two)} {said(end)}"
    left = f"L{said(end, True)} C{said(two, True)} {said(one, True)} {said(start)} Z"
    return f"{right} {left}"


def rosette_svg(
    shares: Sequence[float], px: float = 64, *, dark: bool = False, on_rail: bool = False, title: str = ""
) -> str:
    """The rosette as a picture of its own. ``title`` is what a screen reader says."""
    tint = colors(dark, on_rail)
    stroke = max(1.2, px / 28) / (px / 2)
    name = f"<title>{_escaped(title)}</title>" if title else ""
    edge = 1 + stroke
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{px:g}" height="{px:g}" role="img"'
        f' viewBox="{-edge:.4g} {-edge:.4g} {2 * edge:.4g} {2 * edge:.4g}">{name}{_flower(shares, tint, stroke)}</svg>'
    )


def art_svg(
    shares: Sequence[float] = (1, 1, 1, 1, 1, 0.0),
    width: float = 420,
    height: float = 768,
    *,
    center: tuple[float, float] = ART_CENTER,
    radius: float = ART_RADIUS,
    ground: str | None = "#0F3A42",
    line: str = ART_LINE,
    tint: RosetteColors = ON_RAIL,
    mirrored: bool = False,
) -> str:
    """The large flower of the start screen and the cover.

    ``center`` and ``radius`` are shares of the width and height (the radius of the width). A stage that is not done is
    painted amber: the petal that is still open. ``mirrored`` for languages written from right to left.
    """
    x, y = center[0] * width, center[1] * height
    if mirrored:
        x = width - x
    reach = radius * width
    lines = "".join(
        f'<path d="{PETAL}" transform="{petal_transform(petal, reach * scale)}" fill="none"'
        f' stroke="{line}" stroke-width="{1.2 / (reach * scale):.4g}"/>'
        for scale in echoes()
        for petal in range(PETALS)
    )
    heart = reach * ART_HEART
    petals = "".join(
        f'<path d="{PETAL}" transform="{petal_transform(-petal if mirrored else petal, heart)}"'
        f' fill="{tint.done if share >= 1 else tint.begun}"/>'
        for petal, share in enumerate(_six(shares))
    )
    paper = f'<rect width="{width:g}" height="{height:g}" fill="{ground}"/>' if ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}">{paper}<g transform="translate({x:g} {y:g})">{lines}{petals}</g></svg>'
    )


def _flower(shares: Sequence[float], tint: RosetteColors, stroke: float) -> str:
    outlines: list[str] = []
    fills: list[str] = []
    for petal, share in enumerate(_six(shares)):
        place = f'transform="{petal_transform(petal)}"'
        if share >= 1:
            fills.append(f'<path d="{PETAL}" {place} fill="{tint.done}"/>')
            continue
        color = tint.begun if share > 0 else tint.to_do
        line = f'<path d="{PETAL}" {place} fill="none" stroke="{color}" stroke-width="{stroke:.4g}"/>'
        (fills if share > 0 else outlines).append(line)
        if share > 0:
            fills.append(f'<path d="{petal_part_path(share)}" {place} fill="{color}"/>')
    return "".join(outlines + fills)


def _six(shares: Sequence[float]) -> list[float]:
    """Exactly six shares: missing stages are still to do."""
    return [*shares, *(0.0,) * PETALS][:PETALS]


def _split(at: float) -> tuple[tuple[float, float], ...]:
    """The first part of the petal's right side, up to a parameter between 0 and 1."""
    points = list(_SIDE)
    first = [points[0]]
    while len(points) > 1:
        points = [
            ((1 - at) * ax + at * bx, (1 - at) * ay + at * by)
            for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)
        ]
        first.append(points[0])
    return tuple(first)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
