"""What a score is worth: the value function a team gave a criterion, and the ranking by it.

A criterion without one is worth 0 to 100 in a straight line between its ends. The others keep their points as
"level:worth" pairs. Between the points of PIECEWISE worth grows or falls in straight lines; of THRESHOLD and STEPS each
pair is worth the same from its level up to the next one, and the first pair also holds below.

Methods and sources: analysis.values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tna_desktop.analysis import values
from tna_desktop.analysis.ranking import Ranking
from tna_desktop.analysis.ranking import weighted_sum as in_straight_lines
from tna_desktop.analysis.values import ValueFunction
from tna_desktop.analysis.weights import FloatArray, frozen
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message

from .score_table import COST

SHAPES = LINEAR, PIECEWISE, THRESHOLD, STEPS = "", "piecewise", "threshold", "steps"
MOST_POINTS = 12
Point = tuple[float, float]


def points_of(criterion: Mapping[str, Any]) -> tuple[Point, ...]:
    """The points of a criterion's value function; none where there is none, or where it cannot be read."""
    found = []
    for pair in (criterion.get("value_points") or "").split():
        level, _, worth = pair.rpartition(":")
        try:
            found.append((float(level), float(worth)))
        except ValueError:
            return ()
    return tuple(found)


def written(points: Sequence[Point]) -> str:
    """Points as they are kept."""
    return " ".join(f"{_short(level)}:{_short(worth)}" for level, worth in points)


def _short(number: float) -> str:
    return repr(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def checked(shape: str, points: Sequence[Point]) -> tuple[Point, ...]:
    """The points of a value function that can be used. Raises Refused with the reason."""
    if shape not in SHAPES:
        raise Refused(message("There is no such kind of value."), "value_shape")
    if shape == LINEAR:
        return ()
    found = tuple((float(level), float(worth)) for level, worth in points)
    if len(found) < 2 or shape == THRESHOLD and len(found) != 2:
        raise Refused(message("This kind of value needs two points or more."), "value_points")
    if len(found) > MOST_POINTS:
        raise Refused(message("At most {n} points can be used.", n=MOST_POINTS), "value_points")
    if not all(math.isfinite(number) for point in found for number in point):
        raise Refused(message("This number is too large."), "value_points")
    if any(later[0] <= earlier[0] for earlier, later in zip(found, found[1:], strict=False)):
        raise Refused(message("Each level must lie above the one before."), "value_points")
    if any(not 0 <= worth <= 100 for _, worth in found):
        raise Refused(message("What a score is worth lies between {low} and {high}.", low=0, high=100), "value_points")
    return found


def shaped(shape: str, points: Sequence[Point]) -> ValueFunction | None:
    """The function through these points; None for a straight line between the ends, or points that cannot be used."""
    try:
        found = checked(shape, points)
    except Refused:
        return None
    if not found:
        return None
    at, worth = [level for level, _ in found], [worth for _, worth in found]
    return values.piecewise(at, worth) if shape == PIECEWISE else values.steps(at[1:], worth)


def function_of(criterion: Mapping[str, Any]) -> ValueFunction | None:
    """The value function of a criterion; None where it is a straight line between its ends."""
    return shaped(criterion.get("value_shape") or LINEAR, points_of(criterion))


def ends_of(criterion: Mapping[str, Any], scores: FloatArray) -> tuple[float, float]:
    """The ends between which a value function is drawn: the criterion's own, else those of scores and points."""
    known = [float(score) for score in scores if not math.isnan(score)] + [level for level, _ in points_of(criterion)]
    low, high = criterion["low"], criterion["high"]
    return (
        min(known, default=math.nan) if low is None else float(low),
        max(known, default=math.nan) if high is None else float(high),
    )


def points(
    criteria: Sequence[Mapping[str, Any]], scores: Any, low: Any, high: Any, direction: Any, applies: Any = None
) -> FloatArray:
    """Every score of the matrix as points from 0 to 100: m technologies by n criteria, NaN where unknown.

    ``scores``: m x n in each criterion's unit. ``low``, ``high``, ``direction``: n, as in analysis.ranking; they count
    for criteria that have no value function of their own.
    """
    return weighted_sum(criteria, scores, low, high, direction, np.ones(len(criteria)), applies).points


def weighted_sum(
    criteria: Sequence[Mapping[str, Any]],
    scores: Any,
    low: Any,
    high: Any,
    direction: Any,
    weights: Any,
    applies: Any = None,
) -> Ranking:
    """As analysis.ranking.weighted_sum, with each criterion's own value function where it has one.

    The ends in the answer stay in each criterion's unit.
    """
    functions = {place: function_of(each) for place, each in enumerate(criteria)}
    own = {place: function for place, function in functions.items() if function is not None}
    if not own:
        return in_straight_lines(scores, low, high, direction, weights, applies)
    numbers, bottom, top, sign = (np.array(each, dtype=float) for each in (scores, low, high, direction))
    shown_low, shown_high = bottom.copy(), top.copy()
    for place, function in own.items():
        shown_low[place], shown_high[place] = ends_of(criteria[place], numbers[:, place])
        numbers[:, place] = function(numbers[:, place])
        bottom[place], top[place], sign[place] = 0.0, 100.0, 1.0
    found = in_straight_lines(numbers, bottom, top, sign, weights, applies)
    mine = np.isin(np.arange(len(criteria)), list(own))
    return replace(
        found,
        low=frozen(np.where(mine, shown_low, found.low)),
        high=frozen(np.where(mine, shown_high, found.high)),
    )


def straightened(
    criteria: Sequence[Mapping[str, Any]],
    lowest: FloatArray,
    highest: FloatArray,
    low: FloatArray,
    high: FloatArray,
    direction: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """The ends of uncertain scores, moved to where a straight line would give them the worth they have.

    Trials draw between the worth of two ends on a straight line. On a criterion with a value function of its own, the
    least and the most that any score between the ends is worth stand in for them.
    """
    lowest, highest = lowest.copy(), highest.copy()
    for place, each in enumerate(criteria):
        function = function_of(each)
        if function is None:
            continue
        least, most = worth_between(function, lowest[:, place], highest[:, place])
        wide = high[place] - low[place]
        for ends, worth in ((lowest, least), (highest, most)):
            share = worth / 100 if direction[place] > 0 else 1 - worth / 100
            ends[:, place] = low[place] + share * wide
    return lowest, highest


def worth_between(function: ValueFunction, lowest: FloatArray, highest: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least and the most that a score between two ends is worth, in points; NaN where an end is."""
    one, other = function(lowest), function(highest)
    least, most = np.minimum(one, other), np.maximum(one, other)
    for level in function.at.tolist():
        beside = (
            (level, (lowest <= level) & (level <= highest)),
            (np.nextafter(level, -np.inf), (lowest < level) & (level <= highest)),
            (np.nextafter(level, np.inf), (lowest <= level) & (level < highest)),
        )
        for score, reached in beside:
            worth = float(function([score])[0])
            least = np.where(reached, np.minimum(least, worth), least)
            most = np.where(reached, np.maximum(most, worth), most)
    return least, most


def against_direction(criterion: Mapping[str, Any], function: ValueFunction) -> bool:
    """Whether worth grows where the criterion says that less is better, or falls where more is."""
    return function.direction == (1 if criterion["direction"] == COST else -1)
