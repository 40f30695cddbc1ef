"""The art of the report's cover: the rosette of six petals, with its outlines growing out of the page.

One petal for each stage, clockwise from the top. A finished stage is a filled petal, a begun one an outline filled with
amber from the centre by its share. While the report is a draft its last petal is amber.
"""

from __future__ import annotations

from collections.abc import Sequence

GROUND, LINE, DONE, BEGUN = "#103A42", "#2C6973", "#7CCBCB", "#F4B35E"
PETAL = "M0,-.16C.22,-.286 .38,-.68 0,-1C-.38,-.68 -.22,-.286 0,-.16Z"
#: Size of the picture in millimetres: the petrol part of an A4 cover.
WIDTH, HEIGHT = 210.0, 182.0
_CENTRE, _OUTER, _INNER, _OUTLINES, _STEP = (172.0, 149.7), 83.6, 31.6, 6, 0.108


def cover_svg(progress: Sequence[float] = (), draft: bool = True, mirrored: bool = False) -> str:
    """SVG of the cover's upper part, 210 by 182 mm. ``mirrored`` puts the rosette on the left, for right-to-left."""
    shares = [*progress, *[1.0] * 6][:6] if progress else [1.0] * 6
    # Mirroring moves the rosette only: the petals keep their clockwise order in the reading direction.
    flip = f"translate({WIDTH:g} 0) scale(-1 1) " if mirrored else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" '
        f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}">',
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{GROUND}"/>',
        f'<g transform="{flip}translate({_CENTRE[0]:g} {_CENTRE[1]:g})">',
    ]
    for outline in range(_OUTLINES):
        radius = _OUTER * (1 - _STEP * outline)
        parts += [_petal(turn, radius, f'fill="none" stroke="{LINE}" stroke-width="{0.44 / radius:.5f}"')
                  for turn in range(6)]
    for turn, share in enumerate(shares):
        if draft and turn == 5:
            parts.append(_petal(turn, _INNER, f'fill="{BEGUN}"'))
        elif share >= 1:
            parts.append(_petal(turn, _INNER, f'fill="{DONE}"'))
        else:
            outlined = f'fill="{GROUND}" stroke="{DONE}" stroke-width="{0.5 / _INNER:.5f}"'
            parts.append(_petal(turn, _INNER, outlined))
            if share > 0:
                parts.append(_petal(turn, _INNER * max(0.3, share), f'fill="{BEGUN}"'))
    return "".join([*parts, "</g></svg>"])


def _petal(turn: int, radius: float, paint: str) -> str:
    return f'<path d="{PETAL}" transform="rotate({turn * 60}) scale({radius:.3f})" {paint}/>'
