"""The ranking by another method, and how sure it is: what `results --json` adds when it is asked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tna_desktop.analysis.ordering import Places, places
from tna_desktop.analysis.promethee import Preference, promethee2
from tna_desktop.analysis.topsis import topsis
from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.values import Normalisation, normalise
from tna_desktop.analysis.weight_space import AnyWeights
from tna_desktop.analysis.weights import FloatArray
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message

WEIGHTED_SUM, TOPSIS, PROMETHEE2 = "weighted_sum", "topsis", "promethee2"
METHODS = (WEIGHTED_SUM, TOPSIS, PROMETHEE2)
NORMALISATIONS = (Normalisation.MINMAX.value, Normalisation.VECTOR.value, Normalisation.MAX.value)
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
    ``indifference``, ``preference``: n, thresholds in each criterion's unit, NaN where none is given.
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
    if normalisation is not None and normalisation not in NORMALISATIONS:
        choices = ", ".join(NORMALISATIONS)
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
    return {
        "normalisation": normalisation or Normalisation.VECTOR.value,
        "value_scale": [0, 1] if method == TOPSIS else [0, 100],
    }


def second_opinion(numbers: Numbers, method: str, normalisation: str | None, preference: str | None) -> Opinion:
    """Rank by the method; a technology with an unknown score that counts has no value under any but the weighted sum."""
    if method == PROMETHEE2:
        return _promethee(numbers, Preference(preference or Preference.USUAL))
    how = Normalisation(normalisation or Normalisation.VECTOR)
    shares = numbers.points / 100 if how is Normalisation.MINMAX else _normalised(numbers, how)
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
    return Opinion({}, values, rank, tied, ({},) * len(values))


def _topsis(numbers: Numbers, shares: FloatArray) -> Opinion:
    found = topsis(shares, numbers.weights, numbers.applies)
    extra = tuple(
        {"distance_to_best": known(best), "distance_to_worst": known(worst)}
        for best, worst in zip(found.to_best, found.to_worst, strict=True)
    )
    return Opinion({}, found.values, found.rank, found.tied, extra)


def _promethee(numbers: Numbers, preference: Preference) -> Opinion:
    span = np.nan_to_num(numbers.high - numbers.low)
    own_q, own_p = ~np.isnan(numbers.indifference), ~np.isnan(numbers.preference)
    q = np.where(own_q, numbers.indifference, INDIFFERENCE * span)
    p = np.where(own_p, numbers.preference, FULL_PREFERENCE * span)
    # Where only one threshold is given, the other one must not cross it.
    q, p = np.where(own_q, q, np.minimum(q, p)), np.where(own_p, p, np.maximum(q, p))
    found = promethee2(numbers.scores, numbers.direction, numbers.weights, preference, q, p, numbers.applies)
    extra = tuple(
        {"positive_flow": known(leaving), "negative_flow": known(entering)}
        for leaving, entering in zip(found.leaving, found.entering, strict=True)
    )
    about: dict[str, Any] = {"function": preference.value}
    if preference is Preference.LINEAR:
        about |= {
            "q_share_of_range": None if own_q.all() else INDIFFERENCE,
            "p_share_of_range": None if own_p.all() else FULL_PREFERENCE,
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


def known(number: Any) -> float | None:
    return None if np.isnan(number) else float(number)
