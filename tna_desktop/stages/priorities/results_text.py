"""The results as the command line tells them: the ranking, how often each takes which place, and what is to be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: So many places have a column of their own; those below share the last one.
PLACES = 10


def lines(outcome: Mapping[str, Any]) -> Iterator[str]:
    """The lines of what results_json() answers, in English as all of the command line."""
    digits = 1 if outcome.get("value_scale", [0, 100])[1] >= 100 else 4
    apart = ""
    for each in outcome["technologies"]:
        if each["competes_in"] != apart:
            apart = each["competes_in"]
            yield apart
        value = f"{each['value']:.{digits}f}" if each["value"] is not None else _range(each)
        yield f"{each['rank'] or '–':>4}{'=' if each['tied'] else ' '}  {value:>14}  {each['name']}"
    if outcome.get("trials") and outcome["technologies"]:
        yield from _trials(outcome)
    if outcome["remarks"]:
        yield from ([""] if outcome["technologies"] else [])
        yield from outcome["remarks"]


def _range(each: Mapping[str, Any]) -> str:
    if each["value_low"] is None or each["value_high"] is None:
        return "not ranked"
    return f"{each['value_low']:.1f} to {each['value_high']:.1f}"


def _trials(outcome: Mapping[str, Any]) -> Iterator[str]:
    """How often each takes which place, in trials of a hundred."""
    made, technologies = outcome["trials"], outcome["technologies"]
    most = max(len(each["rank_acceptability"]) for each in technologies)
    heads = [str(place + 1) for place in range(min(most, PLACES))]
    if most > PLACES:
        heads[-1] += "+"
    yield ""
    yield (
        f"How often each takes which place, of 100 trials ({made['count']:,} with any weights, seed {made['seed']}, "
        f"standard error at most {100 * made['standard_error']:.1f}):"
    )
    yield "".join(f"{head:>6}" for head in heads)
    for each in technologies:
        shares = list(each["rank_acceptability"])
        shares[PLACES - 1 :] = [sum(shares[PLACES - 1 :])] if len(shares) >= PLACES else []
        yield "".join(f"{100 * share:6.1f}" if share else f"{'–':>6}" for share in shares) + f"  {each['name']}"
