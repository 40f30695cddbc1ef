"""The colours and shapes that screen, wall and report share.

Only hex colours, because Qt's SVG renderer paints others black. Shapes stand in a box from -1 to 1 with y pointing
down. A group always has both its colour and its shape, so that nobody needs to tell colours apart.
"""

from __future__ import annotations

from collections.abc import Sequence

#: The stakeholder groups, in the order in which every list, switch and legend shows them.
GROUPS = (
    "government",
    "indigenous_peoples",
    "local_communities",
    "research",
    "civil_society",
    "private_sector",
    "women_youth",
    "local_authorities",
    "partners",
)

SHAPES = {
    "government": "circle",
    "indigenous_peoples": "triangle",
    "local_communities": "half",
    "research": "square",
    "civil_society": "diamond",
    "private_sector": "hexagon",
    "women_youth": "triangle_down",
    "local_authorities": "pentagon",
    "partners": "cross",
}

# The rose of local communities came last. It was searched for on a grid of all colours: the one with the largest
# smallest CIEDE2000 distance to the other eight, seen with full colour vision and with deuteranopia, protanopia and
# tritanopia (Machado 2009, full severity). Left out were near-blacks and greys (chroma under 30, which read as text
# or as switched off), colours within 10 of amber, brick, petrol or the text colours, and contrasts under 2:1 on white
# or 3:1 on dark. Its nearest neighbour is at, light: 22.5 full vision, 15.8 deuteranopia, 15.8 protanopia, 15.4
# tritanopia; dark (rose too, so that it stays the same group): 16.7, 14.0, 13.9, 13.8. The worst pair of all nine is
# therefore still one of the first eight, light 11.9 (tritanopia), dark 10.7 (protanopia).
_LIGHT = {
    "government": "#3A6A98",
    "indigenous_peoples": "#C24E18",
    "local_communities": "#FC7098",
    "research": "#12906C",
    "civil_society": "#B47ADB",
    "private_sector": "#DDB42C",
    "women_youth": "#66C8D8",
    "local_authorities": "#35246F",
    "partners": "#62423A",
}
_DARK = {
    "government": "#6C93F2",
    "indigenous_peoples": "#CF5A10",
    "local_communities": "#C878A0",
    "research": "#22C07F",
    "civil_society": "#C3A8DC",
    "private_sector": "#ECE04A",
    "women_youth": "#C0F2E6",
    "local_authorities": "#7363B0",
    "partners": "#8F716E",
}
#: Groups whose colour is under 3:1 on white: they carry an outline of their own colour, 35 % darker.
PALE = frozenset({"local_communities", "private_sector", "women_youth"})
#: For a group the palette does not know (a workflow may name others): a neutral grey circle.
OTHER, OTHER_DARK = "#7A8F94", "#8FA3A8"

#: Light to strong, for shares and ranks. Seven fixed steps: blends between step 3 and 4 would not carry text.
SEQUENTIAL = ("#F1F7F7", "#D3E7E8", "#A6CFD2", "#6BAEB4", "#257A83", "#0F6670", "#0B454D")
SEQUENTIAL_DARK = ("#1A2A2D", "#1F4449", "#24626A", "#28767F", "#4FA9B0", "#86CDD1", "#C9EEEF")
#: From which share of the trials each step of the sequential palette begins.
RANK_STEPS = (0.005, 0.10, 0.25, 0.40, 0.60, 0.80)

#: Scores from 1 to 5.
SCORE = ("#EEF5F5", "#CFE5E6", "#9CCACD", "#55A1A8", "#12707A")
SCORE_DARK = ("#1A2A2D", "#1F4449", "#24626A", "#4FA9B0", "#86CDD1")

#: Parts of a whole (groups of criteria, sources of money): at most five, in this order.
PARTS = ("#0F6670", "#79B7BC", "#D2C08A", "#B0603F", "#26303A")
PARTS_DARK = ("#2C838C", "#9AD7DA", "#C2B27E", "#C9764F", "#E6EFF0")

#: Below, at and above a middle.
DIVERGING = ("#B0603F", "#F1F7F7", "#0F6670")

INK, PAPER = "#0D2A2F", "#FFFFFF"

_POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0, -0.95), (0.98, 0.75), (-0.98, 0.75)),
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "hexagon": ((-1, 0), (-0.5, -0.866), (0.5, -0.866), (1, 0), (0.5, 0.866), (-0.5, 0.866)),
    "triangle_down": ((-0.98, -0.75), (0.98, -0.75), (0, 0.95)),
    "pentagon": ((0, -0.96), (0.951, -0.27), (0.588, 0.85), (-0.588, 0.85), (-0.951, -0.27)),
    "cross": (
        (-0.32, -0.9), (0.32, -0.9), (0.32, -0.32), (0.9, -0.32), (0.9, 0.32), (0.32, 0.32),
        (0.32, 0.9), (-0.32, 0.9), (-0.32, 0.32), (-0.9, 0.32), (-0.9, -0.32), (-0.32, -0.32),
    ),
}  # fmt: skip


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:g},{y:g}" for x, y in points) + " Z"


#: Each shape as an SVG path in a box from -1 to 1.
SHAPE_PATHS = {
    "circle": "M-0.92,0 A0.92,0.92 0 1 1 0.92,0 A0.92,0.92 0 1 1 -0.92,0 Z",
    "half": "M-1,0.52 A1,1 0 0 1 1,0.52 Z",
    **{name: _path(points) for name, points in _POLYGONS.items()},
}


def shape_points(shape: str) -> tuple[tuple[float, float], ...]:
    """The corners of a shape; empty for the circle and the half disc."""
    return _POLYGONS.get(shape, ())


def group_shape(group: str) -> str:
    return SHAPES.get(group, "circle")


def group_color(group: str, dark: bool = False) -> str:
    """The fixed colour of a stakeholder group."""
    return (_DARK if dark else _LIGHT).get(group, OTHER_DARK if dark else OTHER)


def group_outline(group: str, dark: bool = False) -> str | None:
    """The outline a pale group needs on white; None where the fill alone is clear enough."""
    return darker(group_color(group)) if group in PALE and not dark else None


def darker(color: str, share: float = 0.35) -> str:
    """The colour, darkened by that share."""
    parts = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * (1 - share)):02X}" for part in parts)


def rank_step(share: float) -> int:
    """Which of the seven steps a share between 0 and 1 falls into, e.g. how often a rank comes up."""
    return sum(share >= start for start in RANK_STEPS)


def sequential(step: int, dark: bool = False) -> str:
    return (SEQUENTIAL_DARK if dark else SEQUENTIAL)[max(0, min(6, step))]


def ink_on(step: int, dark: bool = False) -> str:
    """The text colour that is readable on a step of the sequential palette."""
    return INK if (step <= 3) != dark else PAPER


def score_color(score: int, dark: bool = False) -> str:
    """The cell colour of a score from 1 to 5."""
    return (SCORE_DARK if dark else SCORE)[max(1, min(5, score)) - 1]


def score_ink(score: int, dark: bool = False) -> str:
    if dark:
        return PAPER if score <= 3 else INK
    return PAPER if score >= 5 else INK


def parts(dark: bool = False) -> tuple[str, ...]:
    return PARTS_DARK if dark else PARTS


def shape_svg(group: str, x: float, y: float, diameter: float, *, dark: bool = False, hollow: bool = False) -> str:
    """The mark of a group as an SVG element, centred at x, y."""
    scale = diameter / 2
    color = group_color(group, dark)
    outline = group_outline(group, dark)
    if hollow:
        paint = f'fill="none" stroke="{outline or color}" stroke-width="{1.5 / scale:.4g}"'
    elif outline:
        paint = f'fill="{color}" stroke="{outline}" stroke-width="{1 / scale:.4g}"'
    else:
        paint = f'fill="{color}"'
    path = SHAPE_PATHS[group_shape(group)]
    return f'<path d="{path}" {paint} stroke-linejoin="round" transform="translate({x:g} {y:g}) scale({scale:g})"/>'


def contrast(first: str, second: str) -> float:
    """How well two colours stand apart, from 1 to 21 (WCAG 2: relative luminance)."""
    brighter, dimmer = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (dimmer + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
