"""Whether a branch of the criteria tree weighs more only because more criteria hang on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: By how much of the whole a branch must weigh more than an equal part, before it is spoken of.
MARGIN = 0.05
#: How much more than the average a branch's criteria must weigh each, to say that people gave it the weight on purpose.
ON_PURPOSE = 1.1


@dataclass(frozen=True)
class BranchBalance:
    """A branch of the top: its share of the weight and of the number of criteria, and whether only the number lifts it."""

    id: str
    weight: float
    number: float
    criteria: int
    by_number_only: bool


def balance(branches: Sequence[tuple[str, Sequence[float]]]) -> list[BranchBalance]:
    """Each branch with the shares of weight (of one) its criteria have.

    The rule: with B branches and N criteria, a branch weighs more only because of its number when its weight is more
    than 1/B by MARGIN, while its criteria weigh, on the average, no more than ON_PURPOSE times what all criteria weigh
    on the average (1/N). Nine of twenty criteria that all count the same make 45 per cent: by number. A branch of
    three heavy criteria is heavy on purpose.
    """
    held = [(id, shares) for id, shares in branches if shares]
    number = sum(len(shares) for _, shares in held)
    total = sum(sum(shares) for _, shares in held)
    found = []
    for id, shares in held:
        weight = sum(shares) / total if total else 0.0
        part = len(shares) / number
        heavy = len(held) > 1 and weight > 1 / len(held) + MARGIN + 1e-9
        found.append(BranchBalance(id, weight, part, len(shares), heavy and weight <= part * ON_PURPOSE + 1e-9))
    return found
