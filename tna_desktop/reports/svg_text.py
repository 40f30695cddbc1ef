"""Letters in charts: WeasyPrint 70 sets the text of an SVG letter by letter, which breaks Arabic; this joins it again.

A text without positions of its own for single letters is laid out as one run, in the direction of its first letter,
and looks for missing letters in the bundled families. Made for one version of WeasyPrint, which pyproject.toml pins;
the test of the joined letters tells when that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import wraps
from typing import Any

from .fonts import FAMILIES
from .values import text_direction

_PLACES = ("x", "y", "dx", "dy", "rotate")


class Run(str):
    """A text that gives itself whole when asked for its letters."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def join_letters() -> None:
    """Teach this process's WeasyPrint to keep the letters of a chart's text together."""
    from weasyprint import svg

    original = svg.text
    if getattr(original, "joined", False):
        return

    @wraps(original)
    def text(drawing: Any, node: Any, font_size: float) -> None:
        written, asked = node.text, node.get("direction")
        family = node.get("font-family")
        node.attrib["font-family"] = ",".join(dict.fromkeys([*_names(family), *FAMILIES]))
        if not written or _placed_by_letter(node):
            return original(drawing, node, font_size)
        # The direction decides where brackets and full stops go; the anchor was worked out before and stays physical.
        if asked is None:
            node.attrib["direction"] = text_direction(written) or "ltr"
        node._etree_node.text = Run(written)
        try:
            return original(drawing, node, font_size)
        finally:
            node._etree_node.text = written
            if asked is None:
                del node.attrib["direction"]

    text.joined = True  # type: ignore[attr-defined]
    for tag, draw in list(svg.TAGS.items()):
        if draw is original:
            svg.TAGS[tag] = text
    svg.text = text


def _names(family: str | None) -> list[str]:
    return [name.strip().strip("\"'") for name in family.split(",")] if family else []


def _placed_by_letter(node: Any) -> bool:
    if node.get("textLength") or node.get("letter-spacing"):
        return True
    return any(len(node.get(place, "").replace(",", " ").split()) > 1 for place in _PLACES)
