"""Money by source, and what still has none: parts of a whole on one scale, the gap hatched and never a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..kernel.text import Language
from .drawing import Drawing, fitted, legend, text_width
from .palette import parts as part_colors

#: Between the parts of a bar.
GAP = 1.5


@dataclass(frozen=True)
class Stack:
    """A whole and its parts, e.g. what a technology costs: an amount from each source, and the gap that has none.

    Amounts are zero or more. ``shown`` is how the whole is written beside the bar, e.g. with its currency.
    """

    name: str
    amounts: tuple[float, ...]
    gap: float = 0.0
    shown: str = ""

    @property
    def whole(self) -> float:
        return sum(self.amounts) + self.gap


def stacked_bar(
    stacks: Sequence[Stack],
    sources: Sequence[str],
    language: Language,
    *,
    title: str = "",
    currency: str = "",
    unit: str = "",
    width: float = 720,
    row_height: float = 32,
    dark: bool = False,
) -> tuple[str, str]:
    """The picture as SVG text, and the sentences that say the same.

    All bars share one scale. ``sources`` names the parts of every stack, with their sums in the legend. Beyond five
    sources the fifth colour takes all the rest. A single stack without a name fills the width.
    """
    if any(amount < 0 for stack in stacks for amount in (*stack.amounts, stack.gap)):
        raise ValueError("amounts are zero or more")
    drawing = Drawing(width, language, dark)
    ink = drawing.ink
    colors = part_colors(dark)
    names, folded = list(sources), [list(stack.amounts) for stack in stacks]
    if len(names) > len(colors):
        names = [*names[: len(colors) - 1], language.say("Other sources")]
        folded = [[*amounts[: len(colors) - 1], sum(amounts[len(colors) - 1 :])] for amounts in folded]

    def money(amount: float) -> str:
        return language.money(amount, currency, unit)

    wholes = [stack.shown or money(stack.whole) for stack in stacks]
    named = any(stack.name for stack in stacks)
    bar_x = round(min(width * 0.4, 16 + max(text_width(stack.name, 13, 500) for stack in stacks))) if named else 0
    beside = max((text_width(whole, 13, 600) for whole in wholes), default=0) + 12 if named else 0
    full = max((stack.whole for stack in stacks), default=0) or 1
    scale = (width - bar_x - beside) / full
    y = 0.0
    if title:
        drawing.text(0, 14, title, size=12, weight=600)
        y = 24
    for place, (stack, amounts, whole) in enumerate(zip(stacks, folded, wholes, strict=True)):
        if named and place:
            drawing.rect(0, y, width, 1, ink.line)
        middle, thick = y + row_height / 2, 16 if named else 20
        if named:
            [name] = fitted(stack.name, bar_x - 12, 13, 500, lines=1)
            drawing.text(0, middle + 4.7, name, weight=500)
        x = float(bar_x)
        for amount, color in zip(amounts, colors, strict=False):
            length = amount * scale
            if length > 0:
                drawing.rect(x, middle - thick / 2, length - GAP if length > 2 * GAP else length, thick, color)
            x += length
        if stack.gap * scale > 0:
            drawing.hatch(x, middle - thick / 2, stack.gap * scale, thick, ink.faint_text)
            x += stack.gap * scale
        if named:
            drawing.text(x + 8, middle + 4.7, whole, weight=600)
        y += row_height
    sums = [sum(column) for column in zip(*folded, strict=True)] if folded else [0.0] * len(names)
    entries: list[tuple[str, str | None]] = [
        (language.say("{name}: {amount}", name=name, amount=money(total)), color)
        for name, total, color in zip(names, sums, colors, strict=False)
    ]
    gap = sum(stack.gap for stack in stacks)
    if gap:
        entries.append((language.say("No source yet: {amount}", amount=money(gap)), None))
    y = legend(drawing, 0, y + 20, entries, width)
    description = _description(
        stacks, [name for name, _ in entries], wholes, money(sum(s.whole for s in stacks)), language
    )
    return drawing.svg(round(y + 8), description), description


def _description(
    stacks: Sequence[Stack], entries: Sequence[str], wholes: Sequence[str], total: str, language: Language
) -> str:
    if not any(stack.whole for stack in stacks):
        return language.say("There is no money to show yet.")
    sentences = [language.say("In all {total}.", total=total)]
    if entries:
        sentences.append(language.say("{parts}.", parts=language.listing(entries)))
    if any(stack.name for stack in stacks):
        listed = [
            language.say("{name} ({number})", name=stack.name, number=whole)
            for stack, whole in zip(stacks, wholes, strict=True)
        ]
        sentences.append(language.say("{bars}.", bars=language.listing(listed)))
    return " ".join(sentences)
