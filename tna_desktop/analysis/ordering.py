"""Places out of values: 1 + how many are strictly better, and who shares a place; never by order of entry."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

Places = tuple[int | None, ...]


def places(values: ArrayLike, tie: float = 1e-11) -> tuple[Places, tuple[bool, ...]]:
    """The place of every technology and whether it shares it.

    ``values``: m numbers, more is better, NaN for one without a place. ``tie``: values no further apart than this are
    the same, in the unit of the values; for values within -1 and 1 the default is above rounding noise and far below
    any difference a person could mean. Returns m places from 1 on (None without a value) and m booleans.
    """
    V = np.asarray(values, dtype=float)
    if V.ndim != 1:
        raise ValueError("values must be one row of numbers")
    known = ~np.isnan(V)
    ascending = np.sort(V[known])
    better = ascending.size - np.searchsorted(ascending, V + tie, side="right")
    alike = ascending.size - np.searchsorted(ascending, V - tie, side="left") - better
    return (
        tuple(1 + int(count) if there else None for count, there in zip(better, known, strict=True)),
        tuple(bool(there and count > 1) for count, there in zip(alike, known, strict=True)),
    )
