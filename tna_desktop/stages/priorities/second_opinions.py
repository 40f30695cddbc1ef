"""The ranking by another method, and how sure it is: what `results --json` adds when it is asked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tna_desktop.analysis import ahp
from tna_desktop.analysis.ordering import Places, places
from tna_desktop.analysis.promethee import Preference, promethee2
from tna_desktop.analysis.topsis import topsis
from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.values import Normalisation, normalise
from tna_desktop.analysis.weight_space import AnyWeights
from tna_desktop.analysis.weights import FloatArray
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message

WEIGHTED_SUM, TOPSIS, PROMETHEE2, AHP = "weighted_sum", "topsis", "promethee2", "ahp"
METHODS = (WEIGHTED_SUM, TOPSIS, PROMETHEE2, AHP)
NORMALISATIONS = (Normalisation.MINMAX.value, Normalisation.VECTOR.value, Normalisation.MAX.value)
#: What the scores of a criterion are divided by under AHP: the best one, or their sum.
RATIOS = (ahp.Mode.IDEAL.value, ahp.Mode.DISTRIBUTIVE.value)
PREFERENCES = (Preference.USUAL.value, Preference.LINEAR.value)
#: Up to which share of a criterion's range a difference is no preference, and from which share on a full one.
INDIFFERENCE, FULL_PREFERENCE = 0.1, 0.5
#: What a technology that takes no part has of the trials.
NO_SHARES: dict[str, Any] = {"rank_acceptability": None, "central_weights": None, "confidence": None}
#: A number of trials beyond this would keep a computer busy for minutes and change no digit that is shown.
MOST_TRIALS = 10_000_000


@dataclass(frozen=True, eq=False)
class Numbers:
    """What the technologies that take part are ranked by: m technologies, n criteria.

    ``scores``: m x n in each criterion's unit, NaN where unknown. ``lowest``, ``highest``: m x n, the range of a score
    that is not exact, NaN where it is. ``likely``: m x n, whether a ranged score is likeliest near the score, rather than
    anywhere in its range. ``applies``: m x n. ``low``, ``high``: n, the ends in use, NaN where there are
    none. ``direction``: n, 1 or -1. ``weights``: n shares of one. ``points``: m x n, 0 to 100 between the ends.
    ``indifference``, ``preference``: n, thresholds in each criterion's unit, NaN where none is given. ``bends``: n,
    what each criterion's own value function does as the score grows: 1 or -1 where worth only grows or only falls, 0
    where it does both; None where worth is a straight line.
    """

    ids: tuple[str, ...]
    criteria: tuple[str, ...]
    scores: FloatArray
    lowest: FloatArray
    highest: FloatArray
    likely: np.ndarray
    applies: np.ndarray
    low: FloatArray
    high: FloatArray
    direction: FloatArray
    weights: FloatArray
    points: FloatArray
    indifference: FloatArray
    preference: FloatArray
    bends: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Opinion:
    """The outcome of a method. ``about`` says more of it; ``extra`` has further numbers of each technology."""

    about: dict[str, Any]
    values: FloatArray
    rank: Places
    tied: tuple[bool, ...]
    extra: tuple[dict[str, float | None], ...]


def check(method: str, normalisation: str | None, preference: str | None, trials: int | None, seed: int) -> None:
    """Refuse what does not go together, in a sentence."""
    if method not in METHODS:
        raise Refused(
            message("There is no method “{method}”. Choose one of: {all}.", method=method, all=", ".join(METHODS))
        )
    ways = RATIOS if method == AHP else NORMALISATIONS
    if normalisation is not None and normalisation not in ways:
        choices = ", ".join(ways)
        raise Refused(
            message("There is no normalisation “{name}”. Choose one of: {all}.", name=normalisation, all=choices)
        )
    if preference is not None and preference not in PREFERENCES:
        choices = ", ".join(PREFERENCES)
        raise Refused(message("There is no preference “{name}”. Choose one of: {all}.", name=preference, all=choices))
    if normalisation is not None and method == PROMETHEE2:
        raise Refused(message("The method promethee2 compares scores in their own units and takes no normalisation."))
    if preference is not None and method != PROMETHEE2:
        raise Refused(message("A preference belongs to the method promethee2 only."))
    if trials is None:
        return
    if not 1 <= trials <= MOST_TRIALS:
        raise Refused(message("The number of trials must be between 1 and {most}.", most=f"{MOST_TRIALS:,}"))
    if seed < 0:
        raise Refused(message("The seed must be zero or more."))
    if method != WEIGHTED_SUM or normalisation not in (None, Normalisation.MINMAX.value):
        raise Refused(
            message("Trials are made with the weighted sum between the ends of each scale; leave the other method out.")
        )


def described(method: str, normalisation: str | None, preference: str | None) -> dict[str, Any]:
    """What is said of the method even where nothing can be ranked."""
    if method == PROMETHEE2:
        return {"preference": {"function": preference or Preference.USUAL.value}, "value_scale": [-1, 1]}
    if method == AHP:
        return {"normalisation": normalisation or ahp.Mode.IDEAL.value, "value_scale": [0, 1]}
    return {
        "normalisation": normalisation or Normalisation.VECTOR.value,
        "value_scale": [0, 1] if method == TOPSIS else [0, 100],
    }


def second_opinion(
    numbers: Numbers, method: str, normalisation: str | None, preference: str | None, whole: Numbers | None = None
) -> Opinion:
    """Rank by the method; a technology with an unknown score that counts has no value under any but the weighted sum.

    ``whole``: the numbers of all technologies, where ``numbers`` are those of a group that competes apart. Scores are
    then put on the scale of the whole, and compared within the group.
    """
    if method == PROMETHEE2:
        return _promethee(numbers, Preference(preference or Preference.USUAL))
    if method == AHP:
        return _ahp(numbers, ahp.Mode(normalisation or ahp.Mode.IDEAL), whole)
    how = Normalisation(normalisation or Normalisation.VECTOR)
    shares = numbers.points / 100 if how is Normalisation.MINMAX else _normalised(whole or numbers, how)
    if whole is not None and how is not Normalisation.MINMAX:
        rows = {id: row for row, id in enumerate(whole.ids)}
        shares = shares[[rows[id] for id in numbers.ids]]
    return _topsis(numbers, shares) if method == TOPSIS else _weighted_sum(numbers, shares)


def replaced(rows: dict[str, dict[str, Any]], ids: tuple[str, ...], opinion: Opinion) -> dict[str, dict[str, Any]]:
    """The rows of the table with the opinion's values and places, in its order.

    What unknown scores leave open cannot be told here as it can for the weighted sum: with any in the table, the best
    and worst places are not known.
    """
    open_ends = any(rank is None for rank in opinion.rank)
    changed = {}
    for id, value, rank, tied, extra in zip(
        ids, opinion.values, opinion.rank, opinion.tied, opinion.extra, strict=True
    ):
        place = None if open_ends else rank
        changed[id] = {
            **rows[id], "value": known(value), "value_low": known(value), "value_high": known(value), "rank": rank, "tied": tied,
            "rank_best": place, "rank_worst": place, **extra,
        }  # fmt: skip
    ranked = sorted((id for id in changed if changed[id]["rank"] is not None), key=lambda id: int(changed[id]["rank"]))
    rest = [id for id in rows if id not in changed or changed[id]["rank"] is None]
    return {id: changed.get(id, rows[id]) for id in (*ranked, *rest)}


def _normalised(numbers: Numbers, how: Normalisation) -> FloatArray:
    """Out of the technologies that can be compared, so that a half-known one moves nobody else."""
    counts = numbers.applies & (numbers.weights > 0)
    complete = ~(counts & np.isnan(numbers.scores)).any(axis=1, keepdims=True)
    return normalise(np.where(numbers.applies & complete, numbers.scores, np.nan), numbers.direction, how)


def _weighted_sum(numbers: Numbers, shares: FloatArray) -> Opinion:
    applied = np.where(numbers.applies, numbers.weights, 0.0)
    total = applied.sum(axis=1)
    with np.errstate(invalid="ignore"):
        sums = np.where(applied > 0, applied * shares, 0.0).sum(axis=1) / total
    values = 100 * np.where(total > 0, sums, np.nan)
    rank, tied = places(values, 1e-9)
    # As shares of the largest, scores below zero are worth less than nothing, and as costs more than all.
    beyond = bool((np.less(shares, 0) | np.greater(shares, 1)).any())
    return Opinion({"value_scale": [-100, 200]} if beyond else {}, values, rank, tied, ({},) * len(values))


def _ahp(numbers: Numbers, mode: ahp.Mode, whole: Numbers | None) -> Opinion:
    """By ratios of scores in their unit. By ratios of worth where a criterion has a value function of its own, or where
    ratios mean nothing: its scale goes below zero, or something costs nothing."""
    of = whole or numbers
    counts = of.applies & (of.weights > 0)
    complete = ~(counts & np.isnan(of.scores)).any(axis=1, keepdims=True)
    scores = np.where(of.applies & complete, of.scores, np.nan)
    own = np.array([bend is not None for bend in of.bends] or [False] * len(of.criteria))
    below = (np.nan_to_num(scores, nan=1.0) < 0).any(axis=0) | (of.low < 0)
    on_worth = own | below | ((of.direction < 0) & (scores == 0).any(axis=0))
    scores = np.where(on_worth, np.where(np.isnan(scores), np.nan, of.points), scores)
    ratios = ahp.shares(scores, np.where(on_worth, 1.0, of.direction), mode)
    if whole is not None:
        rows = {id: row for row, id in enumerate(whole.ids)}
        ratios = ratios[[rows[id] for id in numbers.ids]]
    found = ahp.synthesis(ratios, numbers.weights, numbers.applies)
    about = {"on_worth": [name for name, there in zip(of.criteria, on_worth, strict=True) if there]}
    extra = tuple({"priority": known(each)} for each in found.priorities)
    return Opinion(about, found.values, found.rank, found.tied, extra)


def _topsis(numbers: Numbers, shares: FloatArray) -> Opinion:
    found = topsis(shares, numbers.weights, numbers.applies)
    extra = tuple(
        {"distance_to_best": known(best), "distance_to_worst": known(worst)}
        for best, worst in zip(found.to_best, found.to_worst, strict=True)
    )
    return Opinion({}, found.values, found.rank, found.tied, extra)


def _promethee(numbers: Numbers, preference: Preference) -> Opinion:
    """Pairs are compared in the criterion's unit, as Brans and Vincke have it: more is better, or less is.

    Where a criterion has a value function of its own, the pairs are compared on worth, 0 to 100: two scores on the
    same step are equal, and beside a peak neither more nor less is better. Thresholds in the unit keep the unit as
    long as the linear preference uses them and worth only grows or only falls; at a peak they say nothing.
    """
    bends = numbers.bends or (None,) * len(numbers.criteria)
    own_q, own_p = ~np.isnan(numbers.indifference), ~np.isnan(numbers.preference)
    thresholds = (own_q | own_p) & (preference is Preference.LINEAR)
    shaped, peaks = np.array([bend is not None for bend in bends]), np.array([bend == 0 for bend in bends])
    on_worth = shaped & (peaks | ~thresholds)
    in_unit = [name for name, kept in zip(numbers.criteria, shaped & ~on_worth, strict=True) if kept]
    own_q, own_p = own_q & ~on_worth, own_p & ~on_worth
    scores = np.where(on_worth, numbers.points, numbers.scores)
    # In the unit, the function's own direction counts: it is what worth follows.
    follows = np.array([float(bend or 0) for bend in bends])
    direction = np.where(on_worth, 1.0, np.where(shaped, follows, numbers.direction))
    span = np.where(on_worth, 100.0, np.nan_to_num(numbers.high - numbers.low))
    # As the published functions have it: with p alone preference begins at once (V-shape), with q alone it is full
    # beyond q (U-shape).
    q = np.where(own_q, numbers.indifference, np.where(own_p, 0.0, INDIFFERENCE * span))
    p = np.where(own_p, numbers.preference, np.where(own_q, numbers.indifference, FULL_PREFERENCE * span))
    p = np.maximum(q, p)  # two tables, one with each threshold, may have crossed them
    found = promethee2(scores, direction, numbers.weights, preference, q, p, numbers.applies)
    extra = tuple(
        {"positive_flow": known(leaving), "negative_flow": known(entering)}
        for leaving, entering in zip(found.leaving, found.entering, strict=True)
    )
    about: dict[str, Any] = {"function": preference.value}
    if shaped.any():
        # Where value functions have a part: which criteria were compared on worth, and which kept their unit.
        named = np.array(numbers.criteria, dtype=object)
        about |= {"on_worth": named[on_worth].tolist(), "in_unit": in_unit}
    if preference is Preference.LINEAR:
        about |= {
            "q_share_of_range": None if (own_q | own_p).all() else INDIFFERENCE,
            "p_share_of_range": None if (own_q | own_p).all() else FULL_PREFERENCE,
            "q": dict(zip(numbers.criteria, q.tolist(), strict=True)),
            "p": dict(zip(numbers.criteria, p.tolist(), strict=True)),
        }
    return Opinion({"preference": about}, found.net, found.rank, found.tied, extra)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Scores as trials draw them, in points: m x n each. ``values``: NaN where anything in the range is as likely;
    ``low``, ``high``: NaN where a score is exact; ``uncertain``: whether it is not.
    """

    values: FloatArray
    low: FloatArray
    high: FloatArray
    uncertain: np.ndarray


def uncertain(numbers: Numbers) -> Drawn:
    """Known scores with a range are drawn within it, unknown ones from the whole scale; all others are exact."""
    span = numbers.high - numbers.low

    def points(scores: FloatArray) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(numbers.direction > 0, scores - numbers.low, numbers.high - scores) / span
        return 100 * np.clip(share, 0.0, 1.0)

    values = numbers.points
    one, other = points(numbers.lowest), points(numbers.highest)
    unknown = np.isnan(values)
    ranged = ~unknown & ~np.isnan(one) & ~np.isnan(other)
    low = np.where(unknown, 0.0, np.where(ranged, np.fmin(np.fmin(one, other), values), np.nan))
    high = np.where(unknown, 100.0, np.where(ranged, np.fmax(np.fmax(one, other), values), np.nan))
    values = np.where(ranged & ~numbers.likely, np.nan, values)
    return Drawn(values, low, high, (unknown | ranged) & numbers.applies)


def trials_of(numbers: Numbers, trials: int, seed: int) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What many trials with any weights say: about them, and for each technology's id its shares.

    Known scores with a range are drawn near the score, or anywhere in the range when that is all that is known;
    unknown ones from the whole scale; all others are exact. A
    criterion of weight zero does not count here either, and a technology to which no other one applies has no part.
    """
    used = np.flatnonzero(numbers.weights > 0)
    drawn = uncertain(numbers)
    part = np.flatnonzero(numbers.applies[:, used].any(axis=1))
    cells = np.ix_(part, used)
    found = smaa2(
        drawn.values[cells], AnyWeights(used.size), low=drawn.low[cells], high=drawn.high[cells],
        applicable=numbers.applies[cells],
        trials=trials, seed=seed, confidence=True,
    )  # fmt: skip
    assert found.confidence is not None
    about = {
        "count": trials,
        "seed": seed,
        "weights": "any",
        "uncertain_scores": int(drawn.uncertain[cells].sum()),
        "standard_error": found.largest_standard_error,
    }
    shares = {}
    for place, row in enumerate(part.tolist()):
        central = np.zeros(len(numbers.criteria))
        central[used] = found.central_weights[place]
        shares[numbers.ids[row]] = {
            "rank_acceptability": found.rank_acceptability[place].tolist(),
            "central_weights": None
            if np.isnan(central).any()
            else dict(zip(numbers.criteria, central.tolist(), strict=True)),
            "confidence": known(found.confidence[place]),
        }
    return about, shares


def counted_together(counts: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """What is said of the trials of several groups that compete apart: uncertain scores of all, the largest error."""
    found = [each for each in counts if each is not None]
    if len(found) < 2:
        return found[0] if found else None
    uncertain, errors = ([each[name] for each in found] for name in ("uncertain_scores", "standard_error"))
    return {**found[0], "uncertain_scores": sum(uncertain), "standard_error": max(errors)}


def known(number: Any) -> float | None:
    return None if np.isnan(number) else float(number)
